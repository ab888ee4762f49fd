import { describe, expect, it } from 'vitest';
import type { AuditFacts, IamPrincipal } from '../../../src/audit/facts.ts';
import {
  ACCOUNT,
  account,
  allow,
  audited,
  expecting,
  facts,
  HOST,
  known,
  NO_WORKLOADS,
  OTHER,
  policy,
  registry,
  repository,
  repositoryArn,
  result,
  results,
  role,
  roleArn,
  roleThat,
  rootArn,
  trustOf,
  unknown,
  verdict,
} from '../factories.ts';

const PUSH = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const ADMIN = roleThat('admin', allow('*'));

const expected = expecting(`
administrators: ["${roleArn('admin')}"]
accounts: { "777788889999": partner }
organization: o-a1b2c3d4e5
repositories:
  - match: ["team/app"]
    push: ["${roleArn('ci')}"]
    pull: ["${roleArn('exec')}", "service:lambda.amazonaws.com"]
    administer: ["${roleArn('platform')}"]
`);

interface Situation {
  readonly principals?: readonly IamPrincipal[];
  readonly policy?: string;
  readonly registryPolicy?: string;
  readonly more?: object;
}

/** An account with an administrator and these principals, and one repository with this policy. */
function given({ principals = [], policy: text, registryPolicy, more = {} }: Situation): AuditFacts {
  return facts({
    registries: [
      registry([repository('team/app', { policy: known(text) })], { policy: known(registryPolicy), ...more }),
    ],
    accounts: [account([ADMIN, ...principals])],
  });
}

describe('access/push, access/pull and access/administer', () => {
  it.each([
    ['no other principal', [roleThat('ci', allow(PUSH))], 'pass'],
    ['a role that may push', [roleThat('web', allow(PUSH))], 'fail high'],
    ['a role that may move tags', [roleThat('web', allow('ecr:PutImage'))], 'fail high'],
    ['a role that may only begin to push', [roleThat('web', allow('ecr:InitiateLayerUpload'))], 'pass'],
    [
      'a role that may push under conditions',
      [roleThat('web', allow(PUSH, '*', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }))],
      'fail high',
    ],
    [
      'a role that may push under a condition that is unknown',
      [roleThat('web', allow(PUSH, '*', { Condition: { StringEquals: { 'aws:NewKey': 'x' } } }))],
      'unknown high',
    ],
    [
      'a role of which the policies were not read',
      [role('web', { policies: { unknown: 'refused' } })],
      'unknown high',
    ],
    ['a role that may push elsewhere', [roleThat('web', allow(PUSH, repositoryArn('other')))], 'pass'],
  ])('push: %s', (_, principals, result) => {
    expect(verdict('access/push', given({ principals }), expected)).toBe(result);
  });

  it.each([
    ['the role that is expected to pull', [roleThat('exec', allow(PULL))], 'pass'],
    ['the role that is expected to push', [roleThat('ci', allow([...PULL, ...PUSH]))], 'pass'],
    ['another role', [roleThat('web', allow(PULL))], 'fail medium'],
    ['a role that reads manifests alone', [roleThat('web', allow('ecr:BatchGetImage'))], 'pass'],
  ])('pull: %s', (_, principals, result) => {
    expect(verdict('access/pull', given({ principals }), expected)).toBe(result);
  });

  it.each([
    ['the role that is expected', [roleThat('platform', allow('ecr:SetRepositoryPolicy'))], 'pass'],
    ['the role that may push', [roleThat('ci', allow('ecr:SetRepositoryPolicy'))], 'fail high'],
    ['a role that deletes images', [roleThat('web', allow('ecr:BatchDeleteImage'))], 'fail high'],
    ['a role that changes tags of the repository', [roleThat('web', allow('ecr:TagResource'))], 'fail high'],
    ['a role that creates repositories', [roleThat('web', allow('ecr:CreateRepository'))], 'pass'],
  ])('administer: %s', (_, principals, result) => {
    expect(verdict('access/administer', given({ principals }), expected)).toBe(result);
  });

  it('knows services and accounts that may pull', () => {
    const to = (Principal: object) => given({ policy: policy({ Effect: 'Allow', Principal, Action: PULL }) });
    expect(verdict('access/pull', to({ Service: 'lambda.amazonaws.com' }), expected)).toBe('pass');
    expect(verdict('access/pull', to({ Service: 'new.amazonaws.com' }), expected)).toBe('fail medium');
    expect(verdict('access/pull', to({ AWS: rootArn('777788889999') }), expected)).toBe('pass');
    expect(verdict('access/pull', to({ AWS: rootArn(OTHER) }), expected)).toBe('fail medium');
  });

  it('does not take the own account for another one that may pull, though it has a name', () => {
    const named = expecting(
      `accounts: { "${ACCOUNT}": own }\nrepositories: [{ match: ["**"], pull: ["${roleArn('exec')}"] }]`,
    );
    const principals = [roleThat('web', allow(PULL))];
    expect(verdict('access/pull', given({ principals }), named)).toBe('fail medium');
  });

  it("does not judge the account's root, service-linked roles and administrators", () => {
    const linked = role('x', {
      arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication`,
      policies: { known: [{ name: 'p', text: { known: policy(allow('ecr:*')) } }] },
    });
    const found = audited(given({ principals: [linked] }), expected);
    expect(found.results.find(({ check }) => check === 'access/push')?.status).toBe('pass');
    expect(found.access.map(({ principal }) => principal)).toEqual(
      expect.arrayContaining([rootArn(), linked.arn, ADMIN.arn]),
    );
  });

  it('judges the root of another account', () => {
    const text = policy({ Effect: 'Allow', Principal: { AWS: rootArn(OTHER) }, Action: PUSH });
    const two = given({ policy: text });
    const both = { ...two, accounts: [...two.accounts, account([], { id: OTHER })] };
    expect(verdict('access/push', both, expected)).toBe('fail high');
  });

  it('does not apply without the expectation', () => {
    const principals = [roleThat('web', allow('ecr:*'))];
    const found = audited(given({ principals })).results.map(({ check }) => check);
    expect(found).not.toContain('access/push');
    expect(found).not.toContain('access/pull');
    expect(found).not.toContain('access/administer');
    expect(found).not.toContain('access/escalation');
  });

  it('fails for everybody with an empty expectation', () => {
    const none = expecting('repositories: [{ match: ["**"], push: [] }]');
    expect(verdict('access/push', given({ principals: [roleThat('ci', allow(PUSH))] }), none)).toBe(
      'fail high',
    );
  });

  it.each([
    ['the repository policy', { registries: [registry([repository('team/app', { policy: unknown() })])] }],
    ['the registry policy', { registries: [registry([repository()], { policy: unknown() })] }],
    [
      'the scope of the registry policy',
      { registries: [registry([repository()], { policyScope: unknown() })] },
    ],
    ['the users and roles', { accounts: [account([], { principals: unknown() })] }],
    [
      'a statement',
      {
        registries: [
          registry([repository('team/app', { policy: known(policy({ Effect: 'Allow', New: 1 })) })]),
        ],
      },
    ],
  ])('is unknown if %s could not be read', (_, more) => {
    for (const check of ['access/push', 'access/pull', 'access/administer']) {
      expect(verdict(check, { ...facts(), ...more }, expected)).toMatch(/^unknown/);
    }
  });

  it('names the principal that has it, the statement that grants it and the smallest change', () => {
    const principals = [
      roleThat('web', { Sid: 'Ecr', ...allow(PUSH) }),
      roleThat('platform', allow('ecr:*')),
    ];
    const found = result('access/push', given({ principals }), expected);
    expect(found?.message).toContain(
      '2 principals can push to team/app and are not listed in push of the audit policy',
    );
    expect(found?.message).toContain('Remove push from statement Ecr of the policy inline.');
    expect(found?.evidence.principals).toMatchObject([
      {
        principal: roleArn('web'),
        push: 'allowed',
        retag: 'allowed',
        because: [{ source: 'identity', policy: 'inline', sid: 'Ecr', effect: 'Allow' }],
      },
      { principal: roleArn('platform') },
    ]);
    expect(found?.items).toEqual([roleArn('platform'), roleArn('web')]);
  });

  it('proposes a policy with which the check passes', () => {
    const principals = [
      roleThat('web', allow(PUSH)),
      roleThat('ci', allow(PUSH)),
      roleThat('exec', allow(PULL)),
      roleThat('platform', allow('ecr:SetRepositoryPolicy')),
    ];
    const found = result('access/push', given({ principals }), expected);
    const proposed = JSON.stringify(found?.fix?.document);
    expect(found?.fix?.command).toContain('aws ecr set-repository-policy --repository-name team/app');
    for (const check of [
      'access/push',
      'access/pull',
      'access/administer',
      'policy/deny-others',
      'policy/locks-out',
    ]) {
      expect([check, verdict(check, given({ principals, policy: proposed }), expected)]).toEqual([
        check,
        'pass',
      ]);
    }
  });

  it('says why it proposes no policy', () => {
    const lonely = expecting(`repositories: [{ match: ["**"], push: ["${roleArn('ci')}"] }]`);
    const found = result('access/push', given({ principals: [roleThat('web', allow(PUSH))] }), lonely);
    // The policy that allows it can still be changed.
    expect(found?.fix).toEqual({
      command:
        'aws iam put-role-policy --role-name admin --policy-name inline --policy-document file://policy.json',
    });
    expect(JSON.stringify(found?.evidence.noProposedPolicy)).toContain(
      'no principal could change the policy',
    );
  });
});

describe('access/external-pull', () => {
  const to = (Principal: object | string, Condition: object = {}, Action: string[] = PULL) =>
    given({ policy: policy({ Sid: 'Pull', Effect: 'Allow', Principal, Action, Condition }) });
  const organization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };

  it.each([
    ['no expectation', given({}), 'pass'],
    ['the own account', to({ AWS: rootArn() }), 'pass'],
    ['an account that is expected', to({ AWS: rootArn('777788889999') }), 'pass'],
    ['another account', to({ AWS: rootArn(OTHER) }), 'fail high'],
    ['a role of another account', to({ AWS: roleArn('x', OTHER) }), 'fail high'],
    ['another account, for a part of it', to({ AWS: rootArn(OTHER) }, {}, ['ecr:BatchGetImage']), 'pass'],
    ['the organization', to('*', organization), 'pass'],
    [
      'another organization',
      to('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' } }),
      'fail high',
    ],
    ['everyone', to('*'), 'fail high'],
    ['everyone from one address', to('*', { IpAddress: { 'aws:SourceIp': '203.0.113.1/32' } }), 'pass'],
    [
      'everyone but the own account',
      given({ policy: policy({ Effect: 'Allow', NotPrincipal: { AWS: rootArn() }, Action: PULL }) }),
      'unknown high',
    ],
    ['an account by a condition', to('*', { StringEquals: { 'aws:PrincipalAccount': OTHER } }), 'fail high'],
    [
      'roles of an account by a pattern',
      to('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/*` } }),
      'fail high',
    ],
  ])('%s', (_, situation, result) => {
    expect(verdict('access/external-pull', situation, expected)).toBe(result);
  });

  it.each([
    ['a policy', { policy: '{' }],
    ['a statement', { policy: policy({ Effect: 'Allow', Principal: '*', Action: PULL, New: 1 }) }],
    ['the registry policy', { registryPolicy: '{' }],
  ])('is unknown if %s could not be read', (_, situation) => {
    expect(verdict('access/external-pull', given(situation), expected)).toBe('unknown high');
  });

  it('finds a pattern of roles of an account in which another role has a row', () => {
    const text = policy(
      { Effect: 'Allow', Principal: { AWS: roleArn('x', OTHER) }, Action: 'ecr:PutImage' },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: PULL,
        Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/web-*` } },
      },
    );
    expect(verdict('access/external-pull', given({ policy: text }), expected)).toBe('fail high');
  });

  it('knows the account of an identity provider', () => {
    const provider = { Federated: `arn:aws:iam::${OTHER}:saml-provider/corp` };
    expect(verdict('access/external-pull', to(provider), expected)).toBe('fail high');
    expect(
      verdict(
        'access/external-pull',
        to({ Federated: 'arn:aws:iam::777788889999:saml-provider/corp' }),
        expected,
      ),
    ).toBe('pass');
  });

  it('joins several statements, those of the registry policy included', () => {
    const one = (Action: string) => ({ Effect: 'Allow', Principal: { AWS: rootArn(OTHER) }, Action });
    const apart = given({
      policy: policy(one('ecr:BatchGetImage')),
      registryPolicy: policy({ ...one('ecr:GetDownloadUrlForLayer'), Resource: '*' }),
    });
    expect(verdict('access/external-pull', apart, expected)).toBe('fail high');
  });

  it('is taken back by a Deny', () => {
    const text = policy(
      { Effect: 'Allow', Principal: { AWS: rootArn(OTHER) }, Action: PULL },
      { Effect: 'Deny', Principal: { AWS: rootArn(OTHER) }, Action: 'ecr:*' },
    );
    expect(verdict('access/external-pull', given({ policy: text }), expected)).toBe('pass');
  });

  it('is unknown if the audit policy names no account', () => {
    expect(verdict('access/external-pull', to({ AWS: rootArn(OTHER) }))).toBe('unknown high');
  });

  it('an audited account may not pull for that reason alone', () => {
    const two = to({ AWS: rootArn(OTHER) });
    const both = { ...two, accounts: [...two.accounts, account([], { id: OTHER })] };
    expect(verdict('access/external-pull', both, expected)).toBe('fail high');
  });
});

const runsWith = (name: string, kind: 'ecsRoles' | 'eksRoles' | 'lambdaRoles' = 'ecsRoles') => ({
  workloads: {
    ...NO_WORKLOADS,
    [kind]: known([{ role: roleArn(name), by: 'ecs:task-definition/app:7 (task)' }]),
  },
});
const of = (check: string, name: string, situation: AuditFacts) => {
  const found = results(check, situation, expected).find(({ resource }) => resource === roleArn(name));
  return found === undefined
    ? 'none'
    : found.status === 'pass'
      ? 'pass'
      : `${found.status} ${found.severity}`;
};

describe('access/workload-writes', () => {
  it.each([
    ['pulls', roleThat('web', allow(PULL)), 'pass'],
    ['pushes', roleThat('web', allow(PUSH)), 'fail high'],
    ['moves tags', roleThat('web', allow('ecr:PutImage')), 'fail high'],
    ['deletes', roleThat('web', allow('ecr:BatchDeleteImage')), 'fail high'],
    ['administers', roleThat('web', allow('ecr:PutLifecyclePolicy')), 'fail high'],
    ['has control of the registry', roleThat('web', allow('ecr:PutRegistryPolicy')), 'fail high'],
    ['was not read', role('web', { policies: { unknown: 'refused' } }), 'unknown high'],
  ])('a role that %s', (_, one, result) => {
    expect(of('access/workload-writes', 'web', given({ principals: [one], more: runsWith('web') }))).toBe(
      result,
    );
    // Nothing runs with it.
    expect(of('access/workload-writes', 'web', given({ principals: [one] }))).toBe('none');
  });

  it.each(['ecsRoles', 'eksRoles', 'lambdaRoles'] as const)('knows the roles of %s', (kind) => {
    const principals = [roleThat('web', allow(PUSH))];
    expect(of('access/workload-writes', 'web', given({ principals, more: runsWith('web', kind) }))).toBe(
      'fail high',
    );
    const more = { workloads: { ...NO_WORKLOADS, [kind]: unknown() } };
    expect(of('access/workload-writes', 'web', given({ principals, more }))).toBe('unknown high');
    // Whatever runs with it cannot change images.
    expect(of('access/workload-writes', 'web', given({ principals: [role('web')], more }))).toBe('none');
  });

  it('knows the service accounts that a trust policy names', () => {
    const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/ABC';
    const trust = policy({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:shop:web' } },
    });
    const principals = [{ ...roleThat('web', allow(PUSH)), trust: { known: trust } }];
    const clusters = known([{ name: 'prod', issuer: issuer }]);
    const situation = given({ principals, more: { workloads: { ...NO_WORKLOADS, eksClusters: clusters } } });
    expect(of('access/workload-writes', 'web', situation)).toBe('fail high');
    const entry = audited(situation).principals.find(({ arn }) => arn === roleArn('web'));
    expect(entry?.usedBy).toEqual(['eks:service-account/prod/shop/web']);
  });

  it.each([
    ['V2', known<'V1' | 'V2'>('V2'), 'pass'],
    ['V1', known<'V1' | 'V2'>('V1'), 'fail high'],
    ['not read', unknown(), 'unknown high'],
  ])('goes by the scope of the registry policy: %s', (_, policyScope, result) => {
    const registryPolicy = policy({
      Effect: 'Deny',
      Principal: '*',
      Action: 'ecr:PutImage',
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn('ci') } },
    });
    const principals = [roleThat('web', allow(PUSH))];
    const situation = given({ principals, registryPolicy, more: { ...runsWith('web'), policyScope } });
    expect(of('access/workload-writes', 'web', situation)).toBe(result);
  });

  it('is unknown if the trust policy, which may name service accounts, was not read', () => {
    const principals = [{ ...roleThat('web', allow(PUSH)), trust: { unknown: 'refused' } }];
    expect(of('access/workload-writes', 'web', given({ principals }))).toBe('unknown high');
  });

  it.each([
    [
      'inline',
      'aws iam put-role-policy --role-name web --policy-name inline --policy-document file://policy.json',
    ],
    [
      `arn:aws:iam::${ACCOUNT}:policy/own`,
      `aws iam create-policy-version --policy-arn arn:aws:iam::${ACCOUNT}:policy/own --policy-document file://policy.json --set-as-default`,
    ],
    [
      'arn:aws:iam::aws:policy/PowerUserAccess',
      'aws iam detach-role-policy --role-name web --policy-arn arn:aws:iam::aws:policy/PowerUserAccess',
    ],
  ])('says how the policy %s is changed', (name, command) => {
    const one = role('web', {
      policies: { known: [{ name, text: { known: policy(allow('ecr:PutImage')) } }] },
    });
    const found = results(
      'access/workload-writes',
      given({ principals: [one], more: runsWith('web') }),
      expected,
    );
    expect(found.find(({ resource }) => resource === one.arn)?.fix).toEqual({ command });
  });

  it('leaves a role alone that push names', () => {
    const principals = [roleThat('ci', allow(PUSH))];
    expect(of('access/workload-writes', 'ci', given({ principals, more: runsWith('ci') }))).toBe('pass');
  });
});

describe('access/workload-dangers', () => {
  const condition = { Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } };

  it.each([
    ['*', roleThat('web', allow('*')), 'fail medium'],
    ['all but IAM', roleThat('web', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), 'fail medium'],
    ['a write in IAM', roleThat('web', allow('iam:PutRolePolicy')), 'fail medium'],
    [
      'all of IAM, on all roles',
      roleThat('web', allow('iam:*', `arn:aws:iam::${ACCOUNT}:role/*`)),
      'fail medium',
    ],
    ['reads of IAM', roleThat('web', allow(['iam:Get*', 'iam:List*'])), 'pass'],
    ['PassRole on *', roleThat('web', allow('iam:PassRole')), 'fail medium'],
    ['PassRole on * to one service', roleThat('web', allow('iam:PassRole', '*', condition)), 'pass'],
    [
      'PassRole on * under a condition that always holds',
      roleThat('web', allow('iam:PassRole', '*', { Condition: { StringLike: { 'aws:PrincipalArn': '*' } } })),
      'fail medium',
    ],
    ['PassRole on one role', roleThat('web', allow('iam:PassRole', roleArn('web'))), 'pass'],
    ['AssumeRole on *', roleThat('web', allow('sts:AssumeRole')), 'fail medium'],
    ['AssumeRole on one role', roleThat('web', allow('sts:AssumeRole', roleArn('x'))), 'pass'],
    ['service-linked roles', roleThat('web', allow('iam:CreateServiceLinkedRole')), 'pass'],
    [
      'instance profiles',
      roleThat('web', allow(['iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile'])),
      'pass',
    ],
    ['secrets on *', roleThat('web', allow('secretsmanager:GetSecretValue')), 'fail low'],
    [
      'one secret',
      roleThat(
        'web',
        allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:web-*`),
      ),
      'pass',
    ],
    ['keys on *', roleThat('web', allow('kms:*')), 'fail low'],
    ['buckets on *', roleThat('web', allow('s3:GetObject', 'arn:aws:s3:::*')), 'fail low'],
    ['one bucket', roleThat('web', allow('s3:GetObject', 'arn:aws:s3:::shop/*')), 'pass'],
    [
      'PassRole on * that a Deny takes back',
      roleThat('web', allow('iam:PassRole'), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }),
      'pass',
    ],
    [
      '* of which a Deny leaves IAM over',
      roleThat('web', allow('*'), { Effect: 'Deny', NotAction: ['iam:*', 's3:*'], Resource: '*' }),
      'fail medium',
    ],
    [
      '* of which a Deny leaves reads over',
      roleThat('web', allow('*'), { Effect: 'Deny', NotAction: 'ec2:Describe*', Resource: '*' }),
      'pass',
    ],
    [
      'PassRole on * beyond its boundary',
      {
        ...roleThat('web', allow('iam:PassRole')),
        boundary: { known: { name: 'b', text: { known: policy(allow('s3:*')) } } },
      },
      'pass',
    ],
    [
      'PassRole on *, with a boundary that was not read',
      { ...roleThat('web', allow('iam:PassRole')), boundary: { unknown: 'refused' } },
      'unknown medium',
    ],
    ['policies that were not read', role('web', { policies: { unknown: 'refused' } }), 'unknown medium'],
  ] as const)('%s', (_, one, result) => {
    expect(of('access/workload-dangers', 'web', given({ principals: [one], more: runsWith('web') }))).toBe(
      result,
    );
    expect(of('access/workload-dangers', 'web', given({ principals: [one] }))).toBe('none');
  });

  it('names the statement', () => {
    const principals = [roleThat('web', { Sid: 'Pass', ...allow('iam:Pass*') })];
    const found = results('access/workload-dangers', given({ principals, more: runsWith('web') }), expected);
    expect(found[0]?.message).toContain('has iam:pass* on *, by statement Pass of the policy inline');
  });
});

const trusting = (url: string, Condition: object = {}) => ({
  ...role('ci'),
  trust: {
    known: policy({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${url}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    }),
  },
});
const github = (Condition: object, name = 'ci', statements: readonly object[] = []) => ({
  ...roleThat(name, ...statements),
  trust: {
    known: policy({
      Effect: 'Allow',
      Principal: { Federated: GITHUB },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    }),
  },
});
const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;
const aud = { [claim('aud')]: 'sts.amazonaws.com' };

describe('access/ci-trust', () => {
  const withProvider = (one: IamPrincipal, ...clientIds: string[]) => {
    const situation = given({ principals: [one] });
    const [own] = situation.accounts;
    return {
      ...situation,
      accounts: [
        { ...own, oidcProviders: known([{ arn: GITHUB, clientIds: ['sts.amazonaws.com', ...clientIds] }]) },
      ],
    } as AuditFacts;
  };
  const sub = (value: string, operator = 'StringLike') => ({
    [operator]: { [claim('sub')]: value },
    StringEquals: aud,
  });
  const pushes = [allow(PUSH)];

  it.each([
    ['everyone', github({ StringEquals: aud }), 'fail critical'],
    ['a prefix that others can register', github(sub('repo:acme*')), 'fail critical'],
    ['an organization', github(sub('repo:acme/*')), 'fail high'],
    ['a repository with every branch, for a role that cannot push', github(sub('repo:acme/app:*')), 'pass'],
    [
      'a repository with every branch, for a role that may push',
      github(sub('repo:acme/app:*'), 'ci', pushes),
      'fail medium',
    ],
    [
      'a branch, for a role that may push',
      github(sub('repo:acme/app:ref:refs/heads/main'), 'ci', pushes),
      'pass',
    ],
    [
      'a branch, in the form with ids',
      github(sub('repo:acme@1/app@2:ref:refs/heads/main'), 'ci', pushes),
      'pass',
    ],
    [
      'an organization under ForAllValues',
      github(sub('repo:acme/app:ref:refs/heads/main', 'ForAllValues:StringLike')),
      'fail high',
    ],
    ['a repository by its id', github({ StringEquals: { ...aud, [claim('repository_id')]: '1' } }), 'pass'],
    [
      'a workflow alone',
      github({ StringLike: { ...aud, [claim('job_workflow_ref')]: 'acme/app/*' } }),
      'fail critical',
    ],
    ['no identity provider', role('ci'), 'none'],
    ['all of GitLab.com', trusting('gitlab.com'), 'fail critical'],
    [
      'GitLab.com with an audience alone',
      trusting('gitlab.com', { StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' } }),
      'fail critical',
    ],
    [
      'a group of GitLab.com',
      trusting('gitlab.com', { StringLike: { 'gitlab.com:sub': 'project_path:acme/*' } }),
      'pass',
    ],
    [
      'a group of GitLab.com under ForAllValues',
      trusting('gitlab.com', { 'ForAllValues:StringLike': { 'gitlab.com:sub': 'project_path:acme/*' } }),
      'fail high',
    ],
    [
      'GitLab.com under an operator that is not known',
      trusting('gitlab.com', { StringMatches: { 'gitlab.com:sub': 'project_path:acme/*' } }),
      'unknown critical',
    ],
    ['a GitLab of its own', trusting('gitlab.acme.example'), 'none'],
    ['a cluster', trusting('oidc.eks.eu-central-1.amazonaws.com/id/1'), 'none'],
    ['all of Buildkite', trusting('agent.buildkite.com'), 'fail critical'],
    ['a trust policy that was not read', role('ci', { trust: { unknown: 'refused' } }), 'unknown critical'],
  ])('a role that trusts %s', (_, one, result) => {
    expect(of('access/ci-trust', 'ci', withProvider(one))).toBe(result);
  });

  it('requires an audience if the provider accepts others', () => {
    const one = github({ StringEquals: { [claim('sub')]: 'repo:acme/app:ref:refs/heads/main' } });
    expect(of('access/ci-trust', 'ci', withProvider(one))).toBe('pass');
    expect(of('access/ci-trust', 'ci', withProvider(one, 'other'))).toBe('fail high');
  });

  it('may be worse if the providers were not read', () => {
    const situation = given({
      principals: [github({ StringLike: { [claim('sub')]: 'repo:acme/app:*' } }, 'ci', pushes)],
    });
    const [own] = situation.accounts;
    const blind = { ...situation, accounts: [{ ...own, oidcProviders: unknown() }] } as AuditFacts;
    const found = results('access/ci-trust', blind, expected).find(
      ({ resource }) => resource === roleArn('ci'),
    );
    expect([found?.status, found?.severity, found?.couldBe]).toEqual(['fail', 'medium', 'high']);
  });

  it.each([
    [
      'every branch',
      github({ StringLike: { [claim('sub')]: 'repo:acme/app:*' }, StringEquals: aud }, 'ci', pushes),
    ],
    ['no audience', github({ StringEquals: { [claim('sub')]: 'repo:acme/app:ref:refs/heads/main' } })],
    [
      'ForAllValues',
      github({
        'ForAllValues:StringEquals': { [claim('sub')]: 'repo:acme/app:ref:refs/heads/main', ...aud },
      }),
    ],
  ])('corrects %s', (_, one) => {
    const found = results('access/ci-trust', withProvider(one, 'other'), expected).find(
      ({ resource }) => resource === roleArn('ci'),
    );
    expect(found?.status).toBe('fail');
    const trust = { known: JSON.stringify(found?.fix?.document) };
    expect(of('access/ci-trust', 'ci', withProvider({ ...one, trust }, 'other'))).toBe('pass');
  });

  it.each([
    ['gitlab.com', 'gitlab.com:sub'],
    ['oidc.vercel.com', 'oidc.vercel.com:aud'],
    ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/', 'sts:RoleSessionName'],
  ])('says which condition key of %s has to be pinned', (url, key) => {
    const found = results('access/ci-trust', withProvider(trusting(url)), expected).find(
      ({ resource }) => resource === roleArn('ci'),
    );
    expect(found?.message).toContain(`No condition limits ${key} to an organization: `);
    expect(found?.message).toContain(`Pin ${key} with StringEquals`);
    expect(found?.message).not.toContain('repository');
    expect(found?.fix).not.toHaveProperty('document');
  });

  it('gives no document if it is unknown which repository is meant', () => {
    const found = results('access/ci-trust', withProvider(github({ StringEquals: aud })), expected);
    expect(found.find(({ resource }) => resource === roleArn('ci'))?.fix).toEqual({
      command: 'aws iam update-assume-role-policy --role-name ci --policy-document file://trust.json',
    });
  });
});

describe('access/ci-wide', () => {
  const branch = { StringEquals: { [claim('sub')]: 'repo:acme/app:ref:refs/heads/main', ...aud } };
  const several = (one: IamPrincipal) =>
    facts({
      registries: [registry([repository('team/app'), repository('team/web')], { policy: known(undefined) })],
      accounts: [account([one])],
    });

  it.each([
    ['ecr:*', github(branch, 'x', [allow('ecr:*')]), 'fail high'],
    [
      'ecr:* on one repository',
      github(branch, 'x', [allow('ecr:*', repositoryArn('team/app'))]),
      'fail high',
    ],
    ['*', github(branch, 'x', [allow('*')]), 'fail high'],
    ['push to every repository', github(branch, 'x', [allow(PUSH)]), 'fail high'],
    ['push to one repository', github(branch, 'x', [allow(PUSH, repositoryArn('team/app'))]), 'pass'],
    ['PassRole on *', github(branch, 'x', [allow('iam:PassRole')]), 'fail high'],
    ['PassRole on one role', github(branch, 'x', [allow('iam:PassRole', roleArn('exec'))]), 'pass'],
    [
      'ecr:* that a Deny takes back',
      github(branch, 'x', [allow('ecr:*'), { Effect: 'Deny', Action: 'ecr:*', Resource: '*' }]),
      'pass',
    ],
    ['no CI', roleThat('x', allow('*')), 'none'],
    [
      'CodeBuild',
      { ...roleThat('x', allow('ecr:*')), trust: { known: trustOf({ Service: 'codebuild.amazonaws.com' }) } },
      'fail high',
    ],
  ])('%s', (_, one, result) => {
    expect(of('access/ci-wide', 'x', several(one))).toBe(result);
  });

  it('sees ecr:* though a Deny is about some repositories', () => {
    const deny = { Effect: 'Deny', Action: 'ecr:*', Resource: repositoryArn('team/web') };
    expect(of('access/ci-wide', 'x', several(github(branch, 'x', [allow('ecr:*'), deny])))).toBe('fail high');
  });

  it('is unknown if the scope of a registry policy that denies push was not read', () => {
    const text = policy({
      Effect: 'Deny',
      Principal: '*',
      Action: 'ecr:PutImage',
      Resource: repositoryArn('team/web'),
      Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn('admin') } },
    });
    const situation = (policyScope: ReturnType<typeof known<'V1' | 'V2'>> | ReturnType<typeof unknown>) =>
      facts({
        registries: [
          registry([repository('team/app'), repository('team/web')], { policy: known(text), policyScope }),
        ],
        accounts: [account([github(branch, 'x', [allow(PUSH)])])],
      });
    const results = [known<'V1' | 'V2'>('V2'), known<'V1' | 'V2'>('V1'), unknown()].map((scope) =>
      of('access/ci-wide', 'x', situation(scope)),
    );
    expect(results).toEqual(['pass', 'fail high', 'unknown high']);
  });

  it('lets a role push everywhere that push names for all of them', () => {
    const named = expecting(`repositories: [{ match: ["**"], push: ["${roleArn('x')}"] }]`);
    const found = results('access/ci-wide', several(github(branch, 'x', [allow(PUSH)])), named);
    expect(found.map(({ status }) => status)).toEqual(['pass']);
  });
});

describe('access/escalation', () => {
  const push = roleThat('ci', allow(PUSH));
  const trusting = (one: IamPrincipal) => ({ ...one, trust: { known: trustOf({ AWS: rootArn() }) } });

  it.each([
    ['nothing', [trusting(push), role('web')], 'pass'],
    [
      'AssumeRole, which the role allows',
      [trusting(push), roleThat('web', allow('sts:AssumeRole', roleArn('ci')))],
      'fail high',
    ],
    [
      'AssumeRole, which the role does not allow',
      [push, roleThat('web', allow('sts:AssumeRole', roleArn('ci')))],
      'pass',
    ],
    ['a policy for itself', [push, roleThat('web', allow('iam:PutRolePolicy', roleArn('web')))], 'fail high'],
    [
      'a policy for a role that it cannot enter',
      [push, roleThat('web', allow('iam:PutRolePolicy', roleArn('ci')))],
      'pass',
    ],
    [
      'a role that it passes to code',
      [
        { ...push, trust: { known: trustOf({ Service: 'lambda.amazonaws.com' }) } },
        roleThat('web', allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])),
      ],
      'fail high',
    ],
    [
      'a step under a condition that is unknown',
      [
        trusting(push),
        roleThat('web', allow('sts:AssumeRole', '*', { Condition: { StringEquals: { 'aws:NewKey': 'x' } } })),
      ],
      'unknown high',
    ],
  ])('by %s', (_, principals, result) => {
    expect(of('access/escalation', 'web', given({ principals }))).toBe(result);
  });

  it('has the shortest way in sentences, with the statements', () => {
    const principals = [trusting(push), roleThat('web', { Sid: 'Assume', ...allow('sts:AssumeRole') })];
    const found = results('access/escalation', given({ principals }), expected).find(
      ({ resource }) => resource === roleArn('web'),
    );
    expect(found?.message).toContain(
      `${roleArn('web')} can push to ${repositoryArn('team/app')} after 1 step: ${roleArn('web')} assumes ${roleArn('ci')}.`,
    );
    expect(JSON.stringify(found?.evidence)).toContain('Assume');
  });

  it.each([
    ['V2', known<'V1' | 'V2'>('V2'), 'pass'],
    ['V1', known<'V1' | 'V2'>('V1'), 'fail high'],
    ['not read', unknown(), 'unknown high'],
  ])('goes by the scope of the registry policy: %s', (_, policyScope, result) => {
    const registryPolicy = policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage', Resource: '*' });
    const principals = [trusting(push), roleThat('web', allow('sts:AssumeRole', roleArn('ci')))];
    expect(of('access/escalation', 'web', given({ principals, registryPolicy, more: { policyScope } }))).toBe(
      result,
    );
  });

  it('is unknown if the users and roles of another audited account were not read', () => {
    const situation = given({ principals: [role('web')] });
    const both = {
      ...situation,
      accounts: [...situation.accounts, account([], { id: OTHER, principals: unknown() })],
    };
    expect(of('access/escalation', 'web', both)).toBe('unknown high');
  });

  const outsider = (id: string) => ({ AWS: rootArn(id) });
  const stranger = '999988887777';
  const trusted = (principal: object | string, more: object = {}) => ({
    ...push,
    trust: { known: trustOf(principal, more) },
  });
  const equals = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });

  it.each<readonly [string, IamPrincipal, string]>([
    ['everyone', trusted('*'), 'fail high'],
    ['everyone, by an external id', trusted('*', equals('sts:ExternalId', 'x')), 'fail high'],
    ['everyone of the organization', trusted('*', equals('aws:PrincipalOrgID', 'o-a1b2c3d4e5')), 'none'],
    [
      'everyone of another organization',
      trusted('*', equals('aws:PrincipalOrgID', 'o-other00000')),
      'fail high',
    ],
    ['everyone in an unknown account', trusted('*', equals('aws:PrincipalAccount', stranger)), 'fail high'],
    ['everyone, under an unknown condition', trusted('*', equals('aws:NewKey', 'x')), 'unknown high'],
    ['an unknown account', trusted(outsider(stranger)), 'fail high'],
    ['a role of such an account', trusted({ AWS: roleArn('x', stranger) }), 'fail high'],
    [
      'a session of such an account',
      trusted({ AWS: `arn:aws:sts::${stranger}:assumed-role/x/y` }),
      'fail high',
    ],
    ['a known account', trusted(outsider('777788889999')), 'none'],
    ['its own account', trusted(outsider(ACCOUNT)), 'none'],
    ['a service', trusted({ Service: 'ecs-tasks.amazonaws.com' }), 'none'],
    [
      'everyone but one by NotPrincipal',
      {
        ...push,
        trust: {
          known: policy({ Effect: 'Allow', NotPrincipal: { AWS: rootArn() }, Action: 'sts:AssumeRole' }),
        },
      },
      'unknown high',
    ],
    ['what cannot be read', { ...push, trust: { known: '{' } }, 'unknown high'],
    ['what was not read', { ...push, trust: { unknown: 'it was refused' } }, 'unknown high'],
    [
      'everyone whom no Deny keeps out',
      {
        ...push,
        trust: {
          known: policy(
            { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
            { Effect: 'Deny', Principal: '*', Action: 'sts:*' },
          ),
        },
      },
      'none',
    ],
  ])('finds a role that may push and that trusts %s', (_, principal, result) => {
    expect(of('access/escalation', 'ci', given({ principals: [principal] }))).toBe(result);
  });

  it('looks at roles that control and at administrators, and at no role that cannot change images', () => {
    const open = { trust: { known: trustOf('*') } };
    const on = (name: string, ...statements: object[]) =>
      of('access/escalation', name, given({ principals: [{ ...roleThat(name, ...statements), ...open }] }));
    expect(on('platform', allow('ecr:PutLifecyclePolicy'))).toBe('fail high');
    expect(on('boss', allow('ecr:PutRegistryPolicy'))).toBe('fail high');
    expect(on('exec', allow(PULL))).toBe('pass');
    const situation = { ...given({}), accounts: [account([{ ...ADMIN, ...open }])] };
    expect(of('access/escalation', 'admin', situation)).toBe('fail high');
  });

  it('is unknown for a role that outsiders may assume if it is unknown what the role can do', () => {
    const unread = { ...trusted('*'), policies: { unknown: 'it was refused' } };
    expect(of('access/escalation', 'ci', given({ principals: [unread] }))).toBe('unknown high');
    const closed = given({
      principals: [{ ...roleThat('exec', allow(PULL)), trust: { known: trustOf('*') } }],
    });
    const [one] = closed.registries;
    const blind = {
      ...closed,
      registries: one === undefined ? [] : [one, { ...one, host: 'other', repositories: unknown() }],
    };
    expect(of('access/escalation', 'exec', blind)).toBe('unknown high');
  });

  it('lists the accounts if the audit policy names none, and treats the management account as known', () => {
    const nameless = expecting(`repositories: [{ match: ["**"], push: ["${roleArn('ci')}"] }]`);
    const situation = given({ principals: [trusted(outsider(stranger))] });
    const found = escalationOf(situation, nameless);
    expect(found).toMatchObject({ status: 'unknown', severity: 'high' });
    expect(found?.message).toContain(`accounts: { "${stranger}": name }`);
    expect(escalationOf({ ...situation, managementAccount: known(stranger) }, nameless)).toBeUndefined();
    expect(escalationOf({ ...situation, managementAccount: known(stranger) }, expected)).toBeUndefined();
    const unread = { ...situation, managementAccount: unknown('it was refused', ['organizations:X']) };
    expect(escalationOf(unread, expected)).toMatchObject({ status: 'unknown', missing: ['organizations:X'] });
    const everyone = { ...given({ principals: [trusted('*')] }), managementAccount: unknown() };
    expect(escalationOf(everyone, expected)).toMatchObject({ status: 'fail' });
  });

  function escalationOf(situation: AuditFacts, policies: typeof expected) {
    return results('access/escalation', situation, policies).find(
      ({ resource }) => resource === roleArn('ci'),
    );
  }

  it('does not allow an account that may pull to assume a role that pushes', () => {
    const puller = expecting(
      `accounts: { "777788889999": partner }\nrepositories: [{ match: ["**"], push: ["${roleArn('ci')}"], pull-accounts: ["${stranger}"] }]`,
    );
    const situation = given({ principals: [trusted(outsider(stranger))] });
    expect(escalationOf(situation, puller)).toMatchObject({ status: 'fail', items: [`account ${stranger}`] });
  });

  it('shows the trust policy without them', () => {
    const principal = { ...push, trust: { known: trustOf({ AWS: [rootArn(), rootArn(stranger)] }) } };
    const { fix } = escalationOf(given({ principals: [principal] }), expected) ?? {};
    expect(fix?.command).toContain('aws iam update-assume-role-policy --role-name ci');
    expect(fix?.document).toMatchObject({ Statement: [{ Principal: { AWS: [rootArn()] } }] });
  });

  it('does not ask about those who are expected to write, and is unknown if groups were not read', () => {
    expect(of('access/escalation', 'ci', given({ principals: [push] }))).toBe('none');
    const situation = given({ principals: [role('web')] });
    const [own] = situation.accounts;
    const blind = { ...situation, accounts: [{ ...own, groups: unknown() }] } as AuditFacts;
    expect(of('access/escalation', 'web', blind)).toBe('unknown high');
  });
});

describe('access/expectations', () => {
  it('lists the repositories without an expectation', () => {
    const two = facts({ registries: [registry([repository('team/app'), repository('web/shop')])] });
    const found = result('access/expectations', two, expected);
    expect([found?.status, found?.severity, found?.resource]).toEqual(['fail', 'low', HOST]);
    expect(found?.evidence.repositories).toEqual(['web/shop']);
    expect(verdict('access/expectations', facts(), expected)).toBe('pass');
  });

  it('gives no result of the family without access', () => {
    const found = audited(facts(), expected, { access: false });
    expect(found.results.filter(({ check }) => check.startsWith('access/'))).toEqual([]);
    expect([found.access, found.principals, found.proposals]).toEqual([[], [], []]);
    expect(found.accessIncomplete).toEqual(['The access map was not made: the input access is false.']);
  });
});
