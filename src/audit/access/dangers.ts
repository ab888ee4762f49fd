/** What a principal may do outside Amazon ECR: the permissions in its policies, and which of them are dangerous. */
import type { Evaluator, Target, Verdict } from './decide.ts';
import { isAbout, lowerCase, type Statement, shortened } from './document.ts';
import type { PrincipalFacts } from './facts.ts';
import { covers, glob, intersect, written } from './glob.ts';
import type { ResourceName } from './resources.ts';

export type DangerKind = 'everything' | 'iam' | 'pass-role' | 'assume-role' | 'data';

/** A dangerous permission. */
export interface Danger {
  readonly kind: DangerKind;
  /** For messages: `iam:PassRole on *`. */
  readonly text: string;
  /** The evaluator's answer, including boundaries and Deny statements. Never `denied`. */
  readonly verdict: Exclude<Verdict, 'denied'>;
  /** Whether the statement that allows it has a condition that may be false. */
  readonly conditioned: boolean;
  readonly policy: string;
  readonly sid: string;
  readonly unknown: readonly string[];
}

/**
 * Actions with which a principal can give permissions to itself or others. Actions on service-linked roles and instance
 * profiles cannot.
 */
const IAM_WRITES = [
  ...['AddClientIDToOpenIDConnectProvider', 'AddUserToGroup', 'AttachGroupPolicy', 'AttachRolePolicy'],
  ...['AttachUserPolicy', 'CreateAccessKey', 'CreateGroup', 'CreateLoginProfile'],
  ...['CreateOpenIDConnectProvider', 'CreatePolicy', 'CreatePolicyVersion', 'CreateRole'],
  ...['CreateSAMLProvider', 'CreateUser', 'DeactivateMFADevice', 'DeleteRolePermissionsBoundary'],
  ...['DeleteRolePolicy', 'DeleteUserPermissionsBoundary', 'DeleteUserPolicy', 'DetachRolePolicy'],
  ...['DetachUserPolicy', 'PutGroupPolicy', 'PutRolePermissionsBoundary', 'PutRolePolicy'],
  ...['PutUserPermissionsBoundary', 'PutUserPolicy', 'SetDefaultPolicyVersion', 'UpdateAccessKey'],
  ...['UpdateAssumeRolePolicy', 'UpdateLoginProfile', 'UpdateOpenIDConnectProviderThumbprint'],
  ...['UpdateRole', 'UpdateSAMLProvider'],
].map((name) => `iam:${name}`);

/** Actions that read secrets, use keys, or read or write buckets. */
const DATA = [
  ...['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
  ...['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
  ...['kms:Decrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
  ...['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:PutBucketPolicy'],
];

const SOUGHT: readonly { readonly kind: DangerKind; readonly actions: readonly string[] }[] = [
  { kind: 'iam', actions: IAM_WRITES },
  { kind: 'pass-role', actions: ['iam:PassRole'] },
  { kind: 'assume-role', actions: ['sts:AssumeRole'] },
  { kind: 'data', actions: DATA },
];

/** What a principal may do, by its identity policies. */
export interface Permissions {
  readonly dangers: readonly Danger[];
  /** `s3:GetObject on arn:…`, one for each action of a statement. */
  readonly summary: readonly string[];
  /** What could not be read. */
  readonly unknown: readonly string[];
}

/** Reads the identity policies of a user or role. Each danger is decided by the evaluator. */
export function permissionsOf(principal: PrincipalFacts, evaluator: Evaluator): Permissions {
  const dangers: Danger[] = [];
  const summary = new Set<string>();
  const unknown: string[] = [];
  for (const { name, document } of evaluator.policiesOf(principal).identity) {
    if (!document.readable) {
      unknown.push(`${name} could not be read: ${document.reason}`);
      continue;
    }
    for (const statement of document.statements) {
      if (!statement.readable) {
        unknown.push(
          `statement ${shortened(statement.sid)} of ${name} could not be read: ${statement.reason}`,
        );
        continue;
      }
      if (statement.effect !== 'Allow') continue;
      for (const text of inWords(statement)) summary.add(text);
      dangers.push(...dangersIn(statement, name, principal, evaluator));
    }
  }
  return { dangers, summary: [...summary], unknown };
}

/** The Allow statements of a principal that cover all actions of a service, on any resources. */
export function wholeServiceOf(
  principal: PrincipalFacts,
  service: string,
  evaluator: Evaluator,
): readonly Omit<Danger, 'kind'>[] {
  const all = glob(`${service}:*`);
  return evaluator.policiesOf(principal).identity.flatMap(({ name, document }) => {
    if (!document.readable) return [];
    return document.statements.flatMap((statement) => {
      if (!statement.readable || statement.effect !== 'Allow') return [];
      const { actions, conditions, resources } = statement;
      const isWhole = actions.except
        ? !actions.patterns.some((pattern) => intersect(pattern, all))
        : actions.patterns.some((pattern) => covers(pattern, all));
      if (!isWhole) return [];
      // An action that does not exist stands for all actions of the service.
      const [first = '*'] = resources?.except ? [] : (resources?.patterns ?? []);
      const own = `arn:${partitionOf(principal)}:${service}:*:${principal.account}:*`;
      const resource: ResourceName = { any: glob(isAll(first) ? own : first) };
      const { verdict, unknown } = evaluator.decide({
        action: `${service}:AnyAction`,
        principal,
        target: targetOf(principal, resource),
      });
      if (verdict === 'denied') return [];
      const [text = ''] = inWords(statement);
      const conditioned = conditions.length > 0 && verdict !== 'allowed';
      return [{ text, verdict, unknown, conditioned, policy: name, sid: shortened(statement.sid) }];
    });
  });
}

/** The actions that a statement allows, one by one. */
function inWords({ actions, resources, conditions }: Statement): readonly string[] {
  const names = actions.patterns.map(written);
  const subjects = actions.except ? [`all but ${names.join(', ')}`] : names;
  const where = resources?.except ? 'all but ' : '';
  const on = `${where}${(resources?.patterns ?? ['*']).join(', ')}`;
  const under = conditions.length === 0 ? '' : ' under conditions';
  return subjects.map((subject) => shortened(`${subject} on ${on}${under}`, LONGEST));
}

const LONGEST = 300;

function partitionOf({ arn }: PrincipalFacts): string {
  return arn.split(':')[1] ?? 'aws';
}

/** A resource of the principal's own account. */
function targetOf({ account, organization }: PrincipalFacts, name: ResourceName): Target {
  return {
    name,
    account: account ?? '',
    region: undefined,
    tags: { unknown: 'the tags of the resource' },
    organization,
    policies: [],
    resourcePolicyDecides: false,
  };
}

function dangersIn(
  statement: Statement,
  policy: string,
  principal: PrincipalFacts,
  evaluator: Evaluator,
): readonly Danger[] {
  const found = (kind: DangerKind, text: string, action: string, resource: ResourceName) => {
    const target = targetOf(principal, resource);
    const { verdict, unknown } = evaluator.decide({ action, principal, target });
    if (verdict === 'denied') return undefined;
    const conditioned = statement.conditions.length > 0 && verdict !== 'allowed';
    return { kind, text, verdict, unknown, conditioned, policy, sid: shortened(statement.sid) };
  };
  if (isEverything(statement)) {
    const text = statement.actions.except ? `${namedBy(statement, [])} on *` : '* on *';
    // An action that does not exist in any service stands for all other actions.
    const everything = found('everything', text, 'any-service:AnyAction', { everything: true });
    if (everything !== undefined) return [everything];
    // A Deny may still leave some of the actions below allowed.
  }
  return SOUGHT.flatMap(({ kind, actions }) => {
    const about = actions.filter((action) => isAbout(statement, action));
    for (const action of about) {
      const resource = wholeKind(statement, action, principal);
      if (resource === undefined) continue;
      const danger = found(kind, `${namedBy(statement, about)} on *`, action, resource);
      if (danger !== undefined) return [danger];
    }
    return [];
  });
}

/** The patterns in a statement that match some actions. */
function namedBy({ actions }: Statement, about: readonly string[]): string {
  if (actions.except) return shortened(`all but ${actions.patterns.map(written).join(', ')}`);
  const patterns = actions.patterns.filter((pattern) =>
    about.some((action) => covers(pattern, glob(lowerCase(action)))),
  );
  return shortened(patterns.map((pattern) => properCase(written(pattern), about)).join(', '), LONGEST);
}

/** Actions are stored in lower case. A full action is shown in its usual spelling. */
function properCase(pattern: string, about: readonly string[]): string {
  return about.find((action) => lowerCase(action) === pattern) ?? pattern;
}

function isEverything(statement: Statement): boolean {
  const { actions, resources } = statement;
  const onAll = resources === undefined || (!resources.except && resources.patterns.some(isAll));
  if (!onAll) return false;
  // NotAction leaves out some services, and allows all others.
  return actions.except || actions.patterns.some((pattern) => covers(pattern, glob('*')));
}

function isAll(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/** All resources of a kind, if a statement covers all of them for an action. */
function wholeKind(
  { resources }: Statement,
  action: string,
  principal: PrincipalFacts,
): ResourceName | undefined {
  const all = resourcesOf(action, principal).map(glob);
  const whole =
    resources === undefined || resources.except
      ? all[0]
      : all.find((one) => resources.patterns.some((pattern) => covers(glob(pattern), one)));
  return whole === undefined ? undefined : { any: whole };
}

/** Patterns that each stand for all resources of a kind to which an action applies. */
function resourcesOf(action: string, principal: PrincipalFacts): readonly string[] {
  const partition = partitionOf(principal);
  const iam = `arn:${partition}:iam::${principal.account}`;
  switch (action.split(':', 1)[0]) {
    case 'iam':
      return action === 'iam:PassRole'
        ? [`${iam}:role/*`]
        : ['role', 'user', 'policy', 'group'].map((kind) => `${iam}:${kind}/*`);
    case 'sts':
      return [`${iam}:role/*`];
    case 's3':
      return [`arn:${partition}:s3:::*`];
    case 'secretsmanager':
      return [`arn:${partition}:secretsmanager:*:${principal.account}:secret:*`];
    case 'ssm':
      return [`arn:${partition}:ssm:*:${principal.account}:parameter/*`];
    default:
      return [`arn:${partition}:kms:*:${principal.account}:key/*`];
  }
}
