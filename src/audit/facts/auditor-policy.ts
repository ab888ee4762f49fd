/** The IAM policy that a role needs for an audit, generated from the list of actions that the collector can use. */
import { type Need, type Permission, permissionsFor } from './actions.ts';

export interface AuditorPolicyOptions {
  /** The inputs of the action for which the role needs more. */
  readonly needs: readonly Exclude<Need, 'always'>[];
  /** Default `aws`. */
  readonly partition?: string;
  /** Default: any region. */
  readonly region?: string;
  /** Default: any account. */
  readonly account?: string;
  /** The input `role`, where `needs` has `role`: `{account}` in it stands for any account. */
  readonly role?: string;
}

export interface AuditorPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: string;
  }[];
}

/**
 * The policy with exactly the actions that an audit needs. All of them read, except ecr:StartLifecyclePolicyPreview,
 * which the input `lifecycle-preview` needs and which changes no image.
 */
export function auditorPolicy({
  needs,
  partition = 'aws',
  region = '*',
  account = '*',
  role = `arn:${partition}:iam::{account}:role/*`,
}: AuditorPolicyOptions): AuditorPolicy {
  const resources: Readonly<Record<Permission['resource'], readonly [sid: string, resource: string]>> = {
    repository: ['ReadRepositories', `arn:${partition}:ecr:${region}:${account}:repository/*`],
    key: ['ReadKeys', `arn:${partition}:kms:${region}:${account}:key/*`],
    '*': ['ReadAccount', '*'],
    role: ['AssumeAuditors', role.replaceAll('{account}', '*')],
  };
  const permissions = permissionsFor(['always', ...needs]);
  return {
    Version: '2012-10-17',
    Statement: Object.entries(resources).flatMap(([kind, [Sid, Resource]]) => {
      const Action = permissions.filter(({ resource }) => resource === kind).map(({ action }) => action);
      return Action.length === 0 ? [] : [{ Sid, Effect: 'Allow' as const, Action, Resource }];
    }),
  };
}
