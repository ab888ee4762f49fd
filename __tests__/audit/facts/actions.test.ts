/** The list of IAM actions is what the collector calls, and the auditor's policy is that list. */
import { describe, expect, it } from 'vitest';
import { permissionsFor } from '../../../src/audit/facts/actions.ts';
import { auditorPolicy } from '../../../src/audit/facts/auditor-policy.ts';
import type { AuditScope } from '../../../src/audit/facts/scope.ts';
import { everything, REGISTRIES } from './everything.ts';
import { collect } from './stage.ts';

// ecr:DescribeImageScanFindings needs it, and sts:GetCallerIdentity needs no permission.
const NOT_CALLED = 'inspector2:ListFindings';
const NO_PERMISSION = 'sts:GetCallerIdentity';

async function called(scope: Partial<AuditScope>): Promise<string[]> {
  const { aws } = await collect(everything, { scope });
  const calls = new Set(aws.calls.map(({ service, api }) => `${service}:${api}`));
  expect(calls.delete(NO_PERMISSION)).toBe(true);
  return [...calls.add(NOT_CALLED)].sort();
}

const actions = (...needs: Parameters<typeof permissionsFor>[0]) =>
  permissionsFor(needs).map(({ action }) => action);

const LESS = { access: false, validateCache: false, lifecyclePreview: false };

describe('the actions that are called', () => {
  it('are those of the list, and each input adds its own', async () => {
    expect(await called(LESS)).toEqual(actions('always'));
    expect(await called({ ...LESS, access: true })).toEqual(actions('always', 'access'));
    expect(await called({ ...LESS, validateCache: true })).toEqual(actions('always', 'validate-cache'));
    expect(await called({ ...LESS, lifecyclePreview: true })).toEqual(actions('always', 'lifecycle-preview'));
    expect(await called({ ...LESS, registries: REGISTRIES })).toEqual(actions('always', 'role'));
  });

  it('are all in the policy of an auditor that uses every input', async () => {
    const { Statement } = auditorPolicy({
      needs: ['access', 'role', 'validate-cache', 'lifecycle-preview'],
    });
    const allowed = Statement.flatMap(({ Action }) => Action).sort();
    expect(allowed).toEqual(
      await called({ registries: REGISTRIES, access: true, validateCache: true, lifecyclePreview: true }),
    );
    expect(new Set(allowed).size).toBe(allowed.length);
  });
});

describe("the auditor's policy", () => {
  it('allows reading alone, by its name, unless lifecycle previews are started', () => {
    const { Statement } = auditorPolicy({ needs: ['access', 'validate-cache'] });
    for (const action of Statement.flatMap(({ Action }) => Action)) {
      expect(action).toMatch(/^[a-z0-9]+:(Get|List|Describe|BatchGet|Validate)[A-Za-z]+$/);
    }
    const more = auditorPolicy({ needs: ['lifecycle-preview'] }).Statement.flatMap(({ Action }) => Action);
    expect(more.filter((action) => /:(Start|Put|Create|Delete)/.test(action))).toEqual([
      'ecr:StartLifecyclePolicyPreview',
    ]);
  });

  it('limits what can be limited to the account, the region and the role', () => {
    const policy = auditorPolicy({
      needs: ['role'],
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
      account: '123456789012',
      role: 'arn:aws-us-gov:iam::{account}:role/auditor',
    });
    const resources = Object.fromEntries(policy.Statement.map(({ Sid, Resource }) => [Sid, Resource]));
    expect(resources).toEqual({
      ReadRepositories: 'arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/*',
      ReadKeys: 'arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/*',
      ReadAccount: '*',
      AssumeAuditors: 'arn:aws-us-gov:iam::*:role/auditor',
    });
    const unlimited = policy.Statement.find(({ Resource }) => Resource === '*')?.Action ?? [];
    // AWS authorizes these for no particular resource (service authorization reference).
    expect(unlimited.filter((action) => action.startsWith('ecr:'))).toEqual([
      'ecr:DescribePullThroughCacheRules',
      'ecr:DescribeRegistry',
      'ecr:DescribeRepositoryCreationTemplates',
      'ecr:GetAccountSetting',
      'ecr:GetRegistryPolicy',
      'ecr:GetRegistryScanningConfiguration',
      'ecr:GetSigningConfiguration',
      'ecr:ListPullTimeUpdateExclusions',
    ]);
  });

  it('has no statement for what is not needed, and fits into a managed policy', () => {
    const sids = (needs: Parameters<typeof auditorPolicy>[0]['needs']) =>
      auditorPolicy({ needs }).Statement.map(({ Sid }) => Sid);
    expect(sids([])).toEqual(['ReadRepositories', 'ReadKeys', 'ReadAccount']);
    expect(sids(['role'])).toContain('AssumeAuditors');
    const everyNeed = auditorPolicy({ needs: ['access', 'role', 'validate-cache', 'lifecycle-preview'] });
    // IAM's quota for the characters of a managed policy, white space left out.
    expect(JSON.stringify(everyNeed).length).toBeLessThan(6144);
  });
});
