/** Who can assume the roles of examples/iac, sign with the key and push, decided by the audit's evaluator. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { IamSpec } from '../../emulator/account.ts';
import { ADMINISTER, DELETE, PUSH } from '../../src/audit/access/actions.ts';
import { ACCOUNT, accountOf, REGION } from './account.ts';
import { assumes, may, mayUse, roleOf, rootUser, type Token } from './decide.ts';
import { evaluate, readTemplate } from './template.ts';

const template = readTemplate(
  readFileSync(join(import.meta.dirname, '../../examples/iac/cloudformation/gate.yml'), 'utf8'),
);
const WORKFLOWS = 'acme/central/.github/workflows';
const COMMIT = '3f'.repeat(20);
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const PARAMETERS = {
  GitHubOwner: 'acme',
  GitHubOwnerId: '12345678',
  GitHubRepository: 'app',
  GitHubRepositoryId: '987654321',
  AuditContext: 'ref:refs/heads/audit',
  GateWorkflows: `${WORKFLOWS}/gate.yml@refs/tags/v1,${WORKFLOWS}/gate.yml@${COMMIT}`,
  VerifyWorkflows: `${WORKFLOWS}/verify.yml@refs/tags/v1`,
  AuditWorkflows: `${WORKFLOWS}/audit.yml@refs/tags/v1`,
  BuildRoleArns: role('build'),
  AdministratorRoleArns: role('admin'),
  Repositories: 'team/*',
  RepositoryName: 'team/app',
};
const ROLES = ['GateRole', 'VerifyRole', 'AuditRole'] as const;
const CONTEXTS = {
  GateRole: 'ref:refs/heads/main',
  VerifyRole: 'environment:production',
  AuditRole: 'ref:refs/heads/audit',
} as const;
const FILES = { GateRole: 'gate.yml', VerifyRole: 'verify.yml', AuditRole: 'audit.yml' } as const;

type Resources = Record<string, Record<string, unknown>>;
const resources = (changes = {}) => evaluate(template, { ...PARAMETERS, ...changes }) as Resources;
const trustOf = (name: string, changes = {}) => resources(changes)[name]?.AssumeRolePolicyDocument;

/** A token of GitHub. `sub` follows from the other claims, in the form with or without ids. */
function tokenOf(
  context: string,
  { owner = 'acme', ownerId = '12345678', name = 'app', id = '987654321', ids = true, ...more } = {},
  changes: Token = {},
): Token {
  const repository = ids ? `${owner}@${ownerId}/${name}@${id}` : `${owner}/${name}`;
  const ref = context.startsWith('ref:') ? context.slice('ref:'.length) : 'refs/heads/main';
  return {
    aud: 'sts.amazonaws.com',
    sub: `repo:${repository}:${context}`,
    repository: `${owner}/${name}`,
    repository_id: id,
    repository_owner: owner,
    repository_owner_id: ownerId,
    ref: context === 'pull_request' ? 'refs/pull/7/merge' : ref,
    event_name: context === 'pull_request' ? 'pull_request' : 'push',
    workflow_ref: `${owner}/${name}/.github/workflows/release.yml@${ref}`,
    job_workflow_ref: `${owner}/${name}/.github/workflows/release.yml@${ref}`,
    ...(context.startsWith('environment:') ? { environment: context.slice('environment:'.length) } : {}),
    ...more,
    ...changes,
  };
}

function without(token: Token, claim: string): Token {
  return Object.fromEntries(Object.entries(token).filter(([name]) => name !== claim));
}

describe.each(ROLES)('%s that trusts one repository', (name) => {
  const trust = trustOf(name);
  const context = CONTEXTS[name];

  it.each([false, true])('can be assumed by the repository, ids in sub: %s', (ids) => {
    expect(assumes(trust, tokenOf(context, { ids }))).toBe('allowed');
  });

  const others: readonly (readonly [string, (ids: boolean) => Token])[] = [
    ['another repository of the owner', (ids) => tokenOf(context, { ids, name: 'other', id: '5' })],
    [
      'a repository of another owner',
      (ids) => tokenOf(context, { ids, owner: 'evil', ownerId: '6', id: '5' }),
    ],
    ['a later repository with the same names', (ids) => tokenOf(context, { ids, ownerId: '6', id: '5' })],
    ['a later repository of the owner with the same name', (ids) => tokenOf(context, { ids, id: '5' })],
    ['another branch', (ids) => tokenOf('ref:refs/heads/feature', { ids })],
    ['a branch that begins like it', (ids) => tokenOf(`${context}x`, { ids })],
    ['a branch below it', (ids) => tokenOf(`${context}/x`, { ids })],
    ['a tag of the name', (ids) => tokenOf('ref:refs/tags/main', { ids })],
    ['another environment', (ids) => tokenOf('environment:staging', { ids })],
    ['a pull request', (ids) => tokenOf('pull_request', { ids })],
    ['another audience', (ids) => tokenOf(context, { ids }, { aud: 'https://github.com/acme' })],
    [
      'a sub of other claims',
      (ids) => tokenOf(context, { ids }, { sub: `repository_owner:acme:${context}` }),
    ],
    ['no repository id', (ids) => without(tokenOf(context, { ids }), 'repository_id')],
    ['no sub', (ids) => without(tokenOf(context, { ids }), 'sub')],
    ['a sub in small letters of another case', (ids) => tokenOf(context, { ids, owner: 'Acme' })],
    [
      'the central workflow, called by another repository',
      (ids) =>
        tokenOf(
          context,
          { ids, name: 'other', id: '5' },
          { job_workflow_ref: `${WORKFLOWS}/${FILES[name]}@refs/tags/v1` },
        ),
    ],
  ];
  it.each(others)('cannot be assumed with %s', (_, token) => {
    for (const ids of [false, true]) expect(assumes(trust, token(ids))).toBe('denied');
  });

  it('cannot be assumed with the tokens of the other roles', () => {
    for (const other of ROLES.filter((one) => one !== name))
      expect(assumes(trust, tokenOf(CONTEXTS[other]))).toBe('denied');
  });
});

describe.each(ROLES)('%s that trusts a reusable workflow', (name) => {
  const trust = trustOf(name, { TrustedBy: 'workflow' });
  const called = `${WORKFLOWS}/${FILES[name]}@refs/tags/v1`;
  /** A job of the workflow, called by a repository of the owner. */
  const call = (
    given: Parameters<typeof tokenOf>[1] = {},
    changes: Token = {},
    context = 'ref:refs/heads/x',
  ) => tokenOf(context, given, { job_workflow_ref: called, ...changes });

  it.each([
    ['on a branch', 'ref:refs/heads/x'],
    ['in an environment', 'environment:production'],
    // The code of the job is that of the central workflow, whatever the event is.
    ['for a pull request', 'pull_request'],
  ])('can be assumed by a job of the workflow %s', (_, context) => {
    for (const ids of [false, true]) {
      expect(assumes(trust, call({ ids }, {}, context))).toBe('allowed');
      // Any repository of the owner can call the others; the audit says who has access to what.
      const other = call({ ids, name: 'other', id: '5' }, {}, context);
      expect(assumes(trust, other)).toBe(name === 'AuditRole' ? 'denied' : 'allowed');
    }
  });

  it.each<readonly [string, Token]>([
    ['the workflow called by another owner', call({ owner: 'evil', ownerId: '6', id: '5' })],
    ['the workflow called by a later owner of the same name', call({ ownerId: '6', id: '5' })],
    [
      'the workflow at another branch',
      call({}, { job_workflow_ref: called.replace(/@.*/, '@refs/heads/main') }),
    ],
    ['the workflow at another tag', call({}, { job_workflow_ref: `${called}.1` })],
    [
      'the workflow at a commit that is not listed',
      call({}, { job_workflow_ref: called.replace(/@.*/, `@${'5c'.repeat(20)}`) }),
    ],
    ['the workflow of a fork', call({}, { job_workflow_ref: called.replace('acme/', 'evil/') })],
    [
      'another workflow of the central repository',
      call({}, { job_workflow_ref: called.replace(/[a-z]+\.yml/, 'x.yml') }),
    ],
    ['a job of the repository itself', tokenOf('ref:refs/heads/main')],
    [
      'a job of the central repository',
      tokenOf('ref:refs/heads/main', { name: 'central', id: '5' }, { workflow_ref: called }),
    ],
    ['another audience', call({}, { aud: 'https://github.com/acme' })],
    ['no ids', without(without(call(), 'repository_owner_id'), 'repository_id')],
    ['no called workflow', without(call(), 'job_workflow_ref')],
  ])('cannot be assumed by %s', (_, token) => {
    expect(assumes(trust, token)).toBe('denied');
  });

  it('cannot be assumed by the other workflows', () => {
    for (const other of ROLES.filter((one) => one !== name)) {
      const workflow = `${WORKFLOWS}/${FILES[other]}@refs/tags/v1`;
      expect(assumes(trust, call({}, { job_workflow_ref: workflow }))).toBe('denied');
    }
  });

  it('cannot be assumed without a list of workflows', () => {
    const parameter = name.replace('Role', 'Workflows');
    const empty = trustOf(name, { TrustedBy: 'workflow', [parameter]: '' });
    // A job without a called workflow still has its own file in the claim, so that it is never empty.
    for (const token of [call(), without(call(), 'job_workflow_ref'), call({}, { job_workflow_ref: '' })])
      expect(assumes(empty, token)).toBe(token.job_workflow_ref === '' ? 'allowed' : 'denied');
  });
});

const everything = {
  all: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};
const scenario = accountOf(template, PARAMETERS, {
  images: [],
  created: {},
  roles: [
    { name: 'build', trust: {}, inline: everything },
    { name: 'admin', trust: {}, inline: everything },
    { name: 'other', trust: {}, inline: everything },
  ],
});
const iam: IamSpec = scenario.iam?.[ACCOUNT] ?? {};
const PRINCIPALS = [...ROLES, 'build', 'admin', 'other'].map((name) => roleOf(iam, name));
const nameOf = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1).replace('role/', '');

describe('the signing key', () => {
  const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/SigningKey`;
  const policy = resources().SigningKey?.KeyPolicy;
  const allowed = (action: string) =>
    [...PRINCIPALS, rootUser()]
      .filter((who) => mayUse(who, action, key, policy) !== 'denied')
      .map(({ arn }) => nameOf(arn));

  it('signs for the gate alone, whatever IAM policies allow', () => {
    expect(mayUse(roleOf(iam, 'GateRole'), 'kms:Sign', key, policy)).toBe('allowed');
    expect(allowed('kms:Sign')).toEqual(['GateRole']);
  });

  it('has no grants, signs nothing else and encrypts nothing', () => {
    for (const action of ['kms:CreateGrant', 'kms:ReplicateKey', 'kms:Encrypt', 'kms:GenerateMac', 'kms:*'])
      expect(allowed(action)).toEqual([]);
  });

  it('gives verify its public half, and the audit its description alone', () => {
    expect(allowed('kms:GetPublicKey')).toEqual(['GateRole', 'VerifyRole', 'build', 'admin', 'other']);
    expect(allowed('kms:DescribeKey')).toEqual([...ROLES, 'build', 'admin', 'other']);
  });
});

describe('the repository', () => {
  const arn = `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/app`;
  const policy = resources().Repository?.RepositoryPolicyText;
  const allowed = (action: string) =>
    PRINCIPALS.filter((who) => may(who, action, arn, policy) !== 'denied').map(({ arn: one }) => nameOf(one));

  it('is pushed to by builds and the gate alone', () => {
    for (const action of PUSH) expect(allowed(action)).toEqual(['GateRole', 'build']);
  });

  it('is changed by administrators alone', () => {
    for (const action of [...DELETE, ...ADMINISTER]) expect(allowed(action)).toEqual(['admin']);
  });

  it('is not pushed to by the gate if it is none of its repositories', () => {
    const other = arn.replace('team/app', 'other/app');
    expect(may(roleOf(iam, 'GateRole'), 'ecr:PutImage', other)).toBe('denied');
    expect(may(roleOf(iam, 'GateRole'), 'ecr:PutImage', arn)).toBe('allowed');
  });
});
