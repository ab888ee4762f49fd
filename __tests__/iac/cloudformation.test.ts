/** The CloudFormation template: what its policies say once it is evaluated. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDIT_ROLE, PERMISSIONS, type Permission, type PermissionScope } from '../../scripts/permissions.ts';
import { ADMINISTER, DELETE, PUSH } from '../../src/audit/access/actions.ts';
import { auditorPolicy } from '../../src/audit/facts/auditor-policy.ts';
import { evaluate, readTemplate } from './template.ts';

const text = readFileSync(join(import.meta.dirname, '../../examples/iac/cloudformation/gate.yml'), 'utf8');
const template = readTemplate(text);

const GIVEN = {
  GitHubOwner: 'acme',
  GitHubOwnerId: '12345678',
  GitHubRepository: 'app',
  GitHubRepositoryId: '987654321',
  BuildRoleArns: 'arn:aws:iam::123456789012:role/build,arn:aws:iam::123456789012:role/ci/other',
  AdministratorRoleArns: 'arn:aws:iam::123456789012:role/admin',
  RepositoryName: 'team/app',
  CachePrefix: 'ecr-public',
};
const resources = (changes: Readonly<Record<string, string>> = {}) =>
  evaluate(template, { ...GIVEN, ...changes }) as Record<string, Record<string, unknown>>;

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string;
  readonly Condition?: Record<string, Record<string, string | readonly string[]>>;
}
const statements = (policy: unknown) =>
  (typeof policy === 'string' ? JSON.parse(policy) : policy).Statement as readonly Statement[];
const actions = ({ Action }: Statement) => [Action].flat();
const GATE = 'arn:aws:iam::123456789012:role/GateRole';
const CLAIM = 'token.actions.githubusercontent.com:';

describe('the trust policies', () => {
  const trust = (role: string, changes = {}) => {
    const [only, ...others] = statements(resources(changes)[role]?.AssumeRolePolicyDocument);
    expect(others).toEqual([]);
    expect(only?.Action).toBe('sts:AssumeRoleWithWebIdentity');
    expect(only?.Principal).toEqual({
      Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
    });
    // No other operator: StringLike would read a * in a claim as a pattern, and IfExists holds if the claim is missing.
    expect(Object.keys(only?.Condition ?? {})).toEqual(['StringEquals']);
    return only?.Condition?.StringEquals ?? {};
  };

  it.each([
    ['GateRole', 'ref:refs/heads/main'],
    ['VerifyRole', 'environment:production'],
    ['AuditRole', 'ref:refs/heads/main'],
  ])('%s trusts one repository in both forms of sub, and its ID', (role, context) => {
    expect(trust(role)).toEqual({
      [`${CLAIM}aud`]: 'sts.amazonaws.com',
      [`${CLAIM}repository_id`]: '987654321',
      [`${CLAIM}sub`]: [`repo:acme/app:${context}`, `repo:acme@12345678/app@987654321:${context}`],
    });
  });

  it.each([
    ['GateRole', 'GateWorkflows', 'gate'],
    ['VerifyRole', 'VerifyWorkflows', 'verify'],
  ])('%s trusts the reusable workflow at the listed refs, for the owner alone', (role, parameter, workflow) => {
    const refs = ['refs/tags/v1', 'refs/heads/main', '3f'.repeat(20)].map(
      (ref) => `acme/central/.github/workflows/${workflow}.yml@${ref}`,
    );
    expect(trust(role, { TrustedBy: 'workflow', [parameter]: refs.join(',') })).toEqual({
      [`${CLAIM}aud`]: 'sts.amazonaws.com',
      [`${CLAIM}repository_owner_id`]: '12345678',
      [`${CLAIM}job_workflow_ref`]: refs,
    });
    // Without a list, a claim that no token has.
    expect(trust(role, { TrustedBy: 'workflow' })[`${CLAIM}job_workflow_ref`]).toEqual(['']);
  });

  it('AuditRole trusts the reusable workflow at the listed refs, for one repository alone', () => {
    const ref = 'acme/central/.github/workflows/audit.yml@refs/tags/v1';
    expect(trust('AuditRole', { TrustedBy: 'workflow', AuditWorkflows: ref })).toEqual({
      [`${CLAIM}aud`]: 'sts.amazonaws.com',
      [`${CLAIM}repository_id`]: '987654321',
      [`${CLAIM}job_workflow_ref`]: [ref],
    });
    expect(trust('AuditRole', { TrustedBy: 'workflow' })[`${CLAIM}job_workflow_ref`]).toEqual(['']);
  });

  it.each([
    ['GitHubOwner', 'ac*'],
    ['GitHubRepository', '*'],
    ['GitHubOwnerId', ''],
    ['GitHubRepositoryId', ''],
    ['GateContext', '*'],
    ['GateContext', 'ref:refs/heads/*'],
    ['GateContext', 'pull_request'],
    ['GateWorkflows', '*'],
    ['GateWorkflows', 'acme/central/.github/workflows/gate.yml@*'],
    ['GateWorkflows', 'acme/central/.github/workflows/gate.yml@main'],
    ['VerifyWorkflows', 'acme/*/.github/workflows/verify.yml@refs/tags/v1'],
    ['BuildRoleArns', '*'],
    ['BuildRoleArns', 'arn:aws:iam::123456789012:role/*'],
    ['AdministratorRoleArns', ''],
    ['TemporaryTags', '*'],
    ['TemporaryTags', 's*'],
    ['TemporaryTags', 'sha256*'],
    ['TemporaryTags', 'sha256-*'],
    ['TemporaryTags', 'sha256-0.sig'],
    ['AuditContext', 'pull_request'],
    ['AuditContext', 'ref:refs/heads/*'],
    ['AuditWorkflows', 'acme/central/.github/workflows/audit.yml@*'],
  ])('%s cannot be "%s"', (parameter, value) => {
    expect(() => resources({ [parameter]: value })).toThrow(`the parameter ${parameter} cannot be`);
  });
});

describe('the signing key', () => {
  const policy = () => statements(resources().SigningKey?.KeyPolicy);
  const signs = (statement: Statement) =>
    actions(statement).some((action) =>
      /^(\*|kms:(\*|Sign|S\*|CreateGrant|Create\*|ReEncrypt.*))$/.test(action),
    );

  it('is for signatures of the kind that cosign makes, and stays if the stack is deleted', () => {
    expect(resources().SigningKey).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    expect(template.Resources.SigningKey?.DeletionPolicy).toBe('Retain');
  });

  it('allows kms:Sign to the gate alone, and grants to no one', () => {
    const allowing = policy().filter((statement) => statement.Effect === 'Allow' && signs(statement));
    expect(allowing.map(({ Principal }) => Principal)).toEqual([{ AWS: GATE }]);
    expect(allowing.flatMap(actions)).toEqual(['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign']);
    for (const statement of policy().filter(({ Effect }) => Effect === 'Allow'))
      for (const action of actions(statement)) expect(action).not.toContain('*');
  });

  it('denies kms:Sign to everyone else, and kms:CreateGrant to everyone', () => {
    expect(policy().filter(({ Effect }) => Effect === 'Deny')).toEqual([
      {
        Sid: 'OnlyTheGateSigns',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'kms:Sign',
        Resource: '*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': GATE } },
      },
      { Sid: 'NoGrants', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:CreateGrant', Resource: '*' },
    ]);
  });

  it('can be managed by the account', () => {
    const root = policy().find(({ Sid }) => Sid === 'Administer');
    expect(root?.Principal).toEqual({ AWS: 'arn:aws:iam::123456789012:root' });
    for (const action of ['kms:PutKeyPolicy', 'kms:GetPublicKey', 'kms:DescribeKey', 'kms:CreateAlias'])
      expect(root?.Action).toContain(action);
  });
});

describe('the permissions', () => {
  const RESOURCE: Readonly<Partial<Record<PermissionScope, string>>> = {
    repository: 'arn:aws:ecr:eu-central-1:123456789012:repository/team/*',
    key: 'arn:aws:kms:eu-central-1:123456789012:key/SigningKey',
    any: '*',
  };
  const expected = (...lists: readonly (readonly Permission[])[]) =>
    lists.flat().map(({ sid, actions: allowed, scope }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: allowed,
      Resource: RESOURCE[scope],
    }));

  it('are those of the actions', () => {
    const made = resources({ Repositories: 'team/*' });
    expect(statements(made.GatePermissions?.PolicyDocument)).toEqual(
      expected(PERMISSIONS.gate, PERMISSIONS.signing),
    );
    expect(statements(made.VerifyPermissions?.PolicyDocument)).toEqual(
      expected(PERMISSIONS.gate, PERMISSIONS.verify),
    );
  });

  it('of the audit are those that the audit documents, for every region of the account', () => {
    const { Statement } = auditorPolicy({ needs: AUDIT_ROLE, account: '123456789012' });
    expect(statements(resources().AuditPermissions?.PolicyDocument)).toEqual(Statement);
  });

  it('let the audit only read', () => {
    const allowed = statements(resources().AuditPermissions?.PolicyDocument).flatMap(actions);
    for (const action of allowed) expect(action).toMatch(/^[a-z0-9]+:(Get|List|Describe|BatchGet)[A-Za-z]+$/);
    for (const action of ['ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer'])
      expect(allowed).not.toContain(action);
  });

  it('do not let verify sign or push', () => {
    const allowed = statements(resources().VerifyPermissions?.PolicyDocument).flatMap(actions);
    for (const action of ['kms:Sign', 'ecr:PutImage', 'ecr:UploadLayerPart'])
      expect(allowed).not.toContain(action);
  });
});

describe('the registry', () => {
  it('scans every repository continuously', () => {
    expect(resources().Scanning).toEqual({
      ScanType: 'ENHANCED',
      Rules: [
        { ScanFrequency: 'CONTINUOUS_SCAN', RepositoryFilters: [{ Filter: '*', FilterType: 'WILDCARD' }] },
      ],
    });
    expect(resources({ ManageScanning: 'false' }).Scanning).toBeUndefined();
  });

  it.each([
    'Defaults',
    'Repository',
  ])('%s: tags are immutable, but for the tags of legacy signatures', (name) => {
    expect(resources()[name]?.ImageTagMutability).toBe('IMMUTABLE');
    expect(resources()[name]).not.toHaveProperty('ImageTagMutabilityExclusionFilters');
    expect(resources({ LegacySignatures: 'true' })[name]).toMatchObject({
      ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      ImageTagMutabilityExclusionFilters: [
        {
          ImageTagMutabilityExclusionFilterType: 'WILDCARD',
          ImageTagMutabilityExclusionFilterValue: 'sha256-*',
        },
      ],
    });
  });

  it('leaves the repositories of the pull-through cache mutable', () => {
    expect(resources().CacheDefaults).toMatchObject({
      Prefix: 'ecr-public',
      AppliedFor: ['PULL_THROUGH_CACHE'],
      ImageTagMutability: 'MUTABLE',
    });
    expect(resources().Defaults?.AppliedFor).not.toContain('PULL_THROUGH_CACHE');
    expect(resources({ CachePrefix: '' })).not.toHaveProperty('Cache');
  });

  it('gives a new repository and the template the same policies', () => {
    const { Defaults, Repository } = resources();
    expect(Repository?.LifecyclePolicy).toEqual({ LifecyclePolicyText: Defaults?.LifecyclePolicy });
    expect(Repository?.RepositoryPolicyText).toBe(Defaults?.RepositoryPolicy);
  });

  it('lets only the gate and the builds push, and only administrators delete images or change the repository', () => {
    const policy = statements(resources().Repository?.RepositoryPolicyText);
    expect(policy.map(({ Effect, Principal }) => [Effect, Principal])).toEqual(Array(2).fill(['Deny', '*']));
    const except = (action: string) =>
      policy.filter((statement) => actions(statement).includes(action)).map(({ Condition }) => Condition);
    for (const action of PUSH)
      expect(except(action)).toEqual([
        { ArnNotEquals: { 'aws:PrincipalArn': [GATE, ...GIVEN.BuildRoleArns.split(',')] } },
      ]);
    for (const action of [...DELETE, ...ADMINISTER])
      expect(except(action)).toEqual([
        { ArnNotEquals: { 'aws:PrincipalArn': [GIVEN.AdministratorRoleArns] } },
      ]);
  });

  it('expires only images that have a temporary tag and no tag of production or of a signature', () => {
    const { rules } = JSON.parse(String(resources().Defaults?.LifecyclePolicy)) as {
      rules: {
        rulePriority: number;
        selection: { tagStatus: string; tagPatternList: string[]; countType: string; countNumber: number };
      }[];
    };
    expect(rules.map(({ rulePriority }) => rulePriority)).toEqual([1, 2]);
    // ECR: an image that matches the tags of a rule is not touched by the rules after it.
    const matches = (tags: string[], patterns: string[]) =>
      patterns.every((pattern) => tags.some((tag) => tag.startsWith(pattern.replace(/\*$/, ''))));
    const ruleOf = (...tags: string[]) =>
      rules.find(({ selection }) => matches(tags, selection.tagPatternList))?.rulePriority;
    expect(ruleOf('build-7')).toBe(2);
    expect(ruleOf('build-7', 'v1.4.2')).toBe(1);
    expect(ruleOf(`sha256-${'0'.repeat(64)}.sig`)).toBeUndefined();
    expect(ruleOf('other')).toBeUndefined();
    for (const { selection } of rules) expect(selection.tagStatus).toBe('tagged');
    for (const { selection } of rules.slice(0, 1))
      expect(selection).toMatchObject({ countType: 'imageCountMoreThan', countNumber: 100_000 });
  });
});
