/** What the principals of a stack may do, decided by the audit's evaluator of IAM policies. */
import type { IamSpec } from '../../emulator/account.ts';
import { type AttachedPolicy, Evaluator, type Target, type Verdict } from '../../src/audit/access/decide.ts';
import type { PrincipalFacts } from '../../src/audit/access/facts.ts';
import { ACCOUNT, REGION } from './account.ts';

const GITHUB = 'token.actions.githubusercontent.com';

/** The claims that GitHub's tokens have: a condition on one that a token lacks does not hold. */
const CLAIMS = [
  ...['aud', 'sub', 'repository', 'repository_id', 'repository_owner', 'repository_owner_id', 'ref'],
  ...['environment', 'event_name', 'job_workflow_ref', 'workflow_ref', 'actor', 'enterprise_id'],
];

export type Token = Readonly<Record<string, string>>;

const text = (document: unknown) => ({
  known: typeof document === 'string' ? document : JSON.stringify(document),
});

function target(arn: string, policy: AttachedPolicy | undefined, resourcePolicyDecides: boolean): Target {
  return {
    name: arn === '*' ? { everything: true } : { arn },
    account: ACCOUNT,
    region: REGION,
    tags: { known: {} },
    organization: { none: true },
    policies: policy === undefined ? [] : [policy],
    resourcePolicyDecides,
  };
}

const evaluator = () => new Evaluator({ levels: [], managementAccount: { known: undefined } });

function principal(arn: string, more: Partial<PrincipalFacts>): PrincipalFacts {
  return {
    arn,
    kind: 'role',
    account: ACCOUNT,
    id: undefined,
    tags: { known: {} },
    organization: { none: true },
    policies: { known: [] },
    managedPolicies: [],
    boundary: { known: undefined },
    trust: { known: undefined },
    ...more,
  };
}

/** Whether a token of GitHub can assume a role with this trust policy. */
export function assumes(trust: unknown, token: Token): Verdict {
  const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}`;
  const federated = principal(`federated:${provider}`, { kind: 'federated', account: undefined });
  const policy: AttachedPolicy = { source: 'trust', name: 'trust', text: text(trust) };
  const keys = Object.fromEntries(
    CLAIMS.map((claim) => [`${GITHUB}:${claim}`, token[claim] === undefined ? [] : [token[claim]]]),
  );
  return evaluator().decide({
    action: 'sts:AssumeRoleWithWebIdentity',
    principal: federated,
    target: target(`arn:aws:iam::${ACCOUNT}:role/x`, policy, true),
    keys,
  }).verdict;
}

/** A role of an account, with its inline policies. */
export function roleOf(iam: IamSpec, name: string): PrincipalFacts {
  const role = iam.roles?.find((one) => one.name === name);
  if (role === undefined) throw new Error(`there is no role ${name}`);
  return principal(`arn:aws:iam::${ACCOUNT}:role/${name}`, {
    policies: {
      known: Object.entries(role.inline ?? {}).map(([policy, document]) => ({
        name: policy,
        text: text(document),
      })),
    },
  });
}

export function rootUser(): PrincipalFacts {
  return principal(`arn:aws:iam::${ACCOUNT}:root`, { kind: 'root' });
}

/** Whether a principal may do something with a resource, which may have a policy; `*`: the action has no resource. */
export function may(who: PrincipalFacts, action: string, arn: string, policy?: unknown): Verdict {
  const attached: AttachedPolicy | undefined =
    policy === undefined ? undefined : { source: 'repository', name: 'policy', text: text(policy) };
  return evaluator().decide({ action, principal: who, target: target(arn, attached, false) }).verdict;
}

/**
 * The same for a key: its policy has to allow, and a policy that names the account leaves the decision to IAM policies
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html), as the trust policy of a role does.
 */
export function mayUse(who: PrincipalFacts, action: string, arn: string, policy: unknown): Verdict {
  const attached: AttachedPolicy = { source: 'registry', name: 'key policy', text: text(policy) };
  return evaluator().decide({ action, principal: who, target: target(arn, attached, true) }).verdict;
}
