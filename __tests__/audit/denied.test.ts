/** Each API is denied in turn: no result gets better, and what is unknown names the permission. */
import { describe, expect, it } from 'vitest';
import type { RoleSpec } from '../../emulator/account.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import type { OrganizationLevel } from '../../src/audit/access/facts.ts';
import { audit } from '../../src/audit/audit.ts';
import { permissionsFor } from '../../src/audit/facts/actions.ts';
import type { AuditResult } from '../../src/audit/result.ts';
import { betterIn } from '../search/audit-subject.ts';
import { expecting } from './factories.ts';
import { ACCOUNT, everything, REGISTRIES } from './facts/everything.ts';
import { collect } from './facts/stage.ts';

const EXPECTED = expecting(`
repositories:
  - match: ["**"]
    push: ["arn:aws:iam::*:role/ci-*"]
    pull: ["arn:aws:iam::*:role/*-exec"]
    administer: ["arn:aws:iam::*:role/platform-*"]
    signed: true
    customer-key: true
`);

/** An audience is needed where the provider has several client ids. */
const withoutAudience: RoleSpec = {
  name: 'ci-without-audience',
  trust: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/app:ref:refs/heads/main' },
      },
    },
  },
};

const scenario: Scenario = {
  ...everything,
  iam: {
    ...everything.iam,
    [ACCOUNT]: {
      ...everything.iam?.[ACCOUNT],
      roles: [...(everything.iam?.[ACCOUNT]?.roles ?? []), withoutAudience],
    },
  },
};

/** A service control policy, which does not bind the management account. */
const LEVELS: readonly OrganizationLevel[] = [
  {
    kind: 'scp',
    name: 'root',
    account: undefined,
    policies: [
      {
        name: 'root.json',
        text: {
          known: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: '*', Resource: '*' },
              { Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' },
            ],
          }),
        },
      },
    ],
  },
];

async function auditWithout(api?: string): Promise<AuditResult> {
  const faults = api === undefined ? [] : [{ api, kind: 'deny' as const }];
  const scope = { registries: REGISTRIES, expectations: EXPECTED, levels: LEVELS };
  const { facts } = await collect({ ...scenario, faults }, { scope });
  return audit(facts, EXPECTED, { failOn: 'low', access: true, baseline: undefined });
}

/** For people to see only, or needed in addition by another call. */
const DECIDES_NOTHING = [
  'ecr:ListPullTimeUpdateExclusions',
  'inspector2:GetClustersForImage',
  'inspector2:ListFindings',
];
/** No registry can be audited without it. */
const THE_RUN = 'ecr:DescribeRepositories';

const actions = permissionsFor(['always', 'access', 'role', 'validate-cache', 'lifecycle-preview'])
  .map(({ action }) => action)
  .filter((action) => action !== THE_RUN);
const all = auditWithout();

describe('a permission that is missing', () => {
  it.each(actions)('%s makes no result better, and is named where something is unknown', async (action) => {
    const [before, after] = await Promise.all([all, auditWithout(action)]);
    expect(betterIn(before, after)).toEqual([]);
    const naming = after.results.filter(({ missing }) => missing.includes(action));
    if (DECIDES_NOTHING.includes(action)) return;
    expect(naming.map(({ status }) => status)).toContainEqual(expect.stringMatching(/^(?:unknown|fail)$/));
    expect(naming.filter(({ status }) => status === 'pass')).toEqual([]);
  });
});
