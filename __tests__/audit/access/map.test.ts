/** The access map: rows, abilities, and that grouping changes nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAllDenied,
  registryAnswer,
  registryTarget,
  repositoryAnswer,
  repositoryTarget,
} from '../../../src/audit/access/abilities.ts';
import { Evaluator } from '../../../src/audit/access/decide.ts';
import type { AccessFacts, PrincipalFacts, RepositoryFacts } from '../../../src/audit/access/facts.ts';
import { type AccessRow, accessMap, principalsOf } from '../../../src/audit/access/map.ts';
import { anyPolicies, anyTags, anyWho, type Policies, situationOf } from './arbitraries.ts';
import {
  ACCOUNT,
  createAccount,
  createFacts,
  createRegistry,
  createRepository,
  createRole,
  createUser,
  HOST,
  type Json,
  OTHER,
  policy,
  policyText,
  REPOSITORY,
  roleArn,
  roleThat,
  rootArn,
  says,
  variable,
} from './factories.ts';

/** For tests that count CPU time or decisions on a machine that does other things as well. */
const SLOW = 120_000;

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const UPLOAD = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'];

const ofAccount = (...principals: PrincipalFacts[]) => [createAccount({ principals: { known: principals } })];

function rowsOf(facts: Partial<AccessFacts>, principal: string): AccessRow[] {
  return accessMap(createFacts(facts)).rows.filter((row) => row.principal === principal);
}

function answerOf(principal: PrincipalFacts, facts: Partial<AccessFacts> = {}) {
  const rows = rowsOf({ accounts: ofAccount(principal), ...facts }, principal.arn);
  return rows.find(({ repository }) => repository === REPOSITORY)?.answer;
}

describe('abilities', () => {
  const onlyAdminister = {
    pull: 'denied',
    push: 'denied',
    retag: 'denied',
    delete: 'denied',
    administer: 'allowed',
  };

  it.each<[string, string[], object]>([
    [
      'pull needs manifest and layers',
      PULL,
      { pull: 'allowed', push: 'denied', retag: 'denied', delete: 'denied', administer: 'denied' },
    ],
    [
      'push needs each action',
      [...UPLOAD, 'ecr:PutImage'],
      { pull: 'denied', push: 'allowed', retag: 'allowed' },
    ],
    ['a manifest alone moves a tag', ['ecr:PutImage'], { push: 'denied', retag: 'allowed' }],
    ['one way to delete is enough', ['ecr:BatchDeleteImage'], { delete: 'allowed', administer: 'denied' }],
    ['so is deleting the repository', ['ecr:DeleteRepository'], { delete: 'allowed', administer: 'denied' }],
    ...[
      ...[
        'SetRepositoryPolicy',
        'DeleteRepositoryPolicy',
        'PutLifecyclePolicy',
        'DeleteLifecyclePolicy',
        'TagResource',
      ],
      ...[
        'PutImageTagMutability',
        'PutImageScanningConfiguration',
        'UpdateImageStorageClass',
        'UntagResource',
      ],
    ].map((action): [string, string[], object] => [
      `${action} is control`,
      [`ecr:${action}`],
      { ...onlyAdminister, administerActions: [`ecr:${action}`] },
    ]),
  ])('%s', (_, actions, expected) => {
    expect(answerOf(roleThat('r', says('Allow', actions)))).toMatchObject(expected);
  });

  it.each([
    ...[
      [PULL[0] ?? ''],
      UPLOAD,
      ['ecr:CreateRepository'],
      ['ecr:BatchImportUpstreamImage'],
      ['ecr:GetAuthorizationToken'],
    ],
    ['ecr:Describe*'],
  ])('%j gives none', (...actions) => {
    expect(answerOf(roleThat('r', says('Allow', actions)))).toBeUndefined();
  });

  const vpc = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
  const strange = { Condition: { StringEquals: { 'strange:Key': 'x' } } };

  it('are as bad as the worst of what they need', () => {
    const [manifest, layers] = [says('Allow', PULL[0] ?? '', vpc), says('Allow', PULL[1] ?? '', strange)];
    expect(answerOf(roleThat('r', manifest, says('Allow', PULL[1] ?? '')))).toMatchObject({
      pull: 'conditional',
      conditions: ['aws:SourceVpc StringEquals vpc-1'],
    });
    expect(answerOf(roleThat('r', manifest, layers))?.pull).toBe('unknown');
    expect(answerOf(roleThat('r', layers))).toBeUndefined();
  });

  it('are as good as the best of what is enough: allowed, then conditional, then unknown', () => {
    const [allowed, conditional, unsure] = [
      says('Allow', 'ecr:TagResource'),
      says('Allow', 'ecr:UntagResource', vpc),
      says('Allow', 'ecr:PutLifecyclePolicy', strange),
    ];
    expect(answerOf(roleThat('r', allowed, conditional, unsure))).toMatchObject({
      administer: 'allowed',
      administerActions: ['ecr:PutLifecyclePolicy', 'ecr:TagResource', 'ecr:UntagResource'],
      because: [{ sid: '#1' }],
    });
    expect(answerOf(roleThat('r', conditional, unsure))?.administer).toBe('conditional');
    expect(answerOf(roleThat('r', unsure))).toMatchObject({
      administer: 'unknown',
      unknown: ['the condition key strange:Key is unknown'],
    });
  });

  it('note whether the principal may log in with docker', () => {
    expect(answerOf(roleThat('r', says('Allow', PULL)))?.token).toBe('denied');
    expect(answerOf(roleThat('r', says('Allow', [...PULL, 'ecr:GetAuthorizationToken'])))?.token).toBe(
      'allowed',
    );
    const limited = says('Allow', 'ecr:GetAuthorizationToken', { Resource: REPOSITORY });
    expect(answerOf(roleThat('r', says('Allow', PULL), limited))?.token).toBe('denied');
  });

  it('of a registry are control alone, by actions that have no resource', () => {
    const role = roleThat(
      'r',
      says('Allow', 'ecr:PutRegistryPolicy'),
      says('Allow', 'ecr:*', { Resource: `arn:aws:ecr:*:*:repository/*` }),
    );
    const row = rowsOf({ accounts: ofAccount(role) }, role.arn).find(({ repository }) => repository === HOST);
    expect(row?.answer).toMatchObject({
      pull: undefined,
      push: undefined,
      administer: 'allowed',
      administerActions: ['ecr:PutRegistryPolicy'],
    });
    // A repository policy is not about them.
    const open = createRepository({
      policy: { known: policy({ Effect: 'Allow', Principal: '*', Action: '*' }) },
    });
    const hosts = accessMap(createFacts({ repositories: [open] })).rows.filter(
      ({ repository }) => repository === HOST,
    );
    expect(hosts.map(({ kind }) => kind)).toEqual(['root']);
  });

  it('of a registry are unknown if a registry policy is about repositories', () => {
    const grant = policy(
      says('Allow', 'ecr:*', { Principal: { AWS: OTHER }, Resource: 'arn:aws:ecr:*:*:repository/*' }),
    );
    const rows = rowsOf({ registries: [createRegistry({ policy: { known: grant } })] }, rootArn(OTHER));
    expect(rows.find(({ repository }) => repository === HOST)?.answer.administer).toBe('unknown');
  });
});

describe('rows', () => {
  it('are for users, roles, the root user, and principals that policies name', () => {
    const statements: Json[] = [
      { Effect: 'Allow', Principal: { AWS: [roleArn('gone'), roleArn('x', OTHER), OTHER] }, Action: '*' },
      { Effect: 'Allow', Principal: { AWS: `arn:aws:sts::${OTHER}:assumed-role/y/s` }, Action: '*' },
      { Effect: 'Allow', Principal: { AWS: `arn:aws:sts::${OTHER}:federated-user/z` }, Action: '*' },
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: '*' },
      { Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: '*' },
      { Effect: 'Allow', Principal: { CanonicalUser: '79a59d' }, Action: '*' },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '777788889999' } },
      },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn('c', '777788889999') } },
      },
      { Effect: 'Allow', Principal: { AWS: 'AROADELETED0000000000' }, Action: '*' },
      { Effect: 'Deny', Principal: { AWS: roleArn('denied', OTHER) }, Action: '*' },
    ];
    const facts: Partial<AccessFacts> = {
      accounts: ofAccount(roleThat('a', says('Allow', PULL)), createUser('nothing')),
      repositories: [createRepository({ policy: { known: policy(...statements) } })],
    };
    const rows = accessMap(createFacts(facts)).rows.filter(({ repository }) => repository === REPOSITORY);
    expect(rows.map(({ principal, kind, answer }) => [kind, principal, answer.pull])).toEqual([
      ['role', roleArn('a'), 'allowed'],
      ['root', rootArn(), 'allowed'],
      ['role', roleArn('x', OTHER), 'allowed'],
      ['account', rootArn(OTHER), 'allowed'],
      ['role', roleArn('y', OTHER), 'allowed'],
      ['federated-user', `arn:aws:sts::${OTHER}:federated-user/z`, 'allowed'],
      ['service', 'service:lambda.amazonaws.com', 'allowed'],
      ['federated', 'federated:cognito-identity.amazonaws.com', 'allowed'],
      ['canonical', 'canonical:79a59d', 'allowed'],
      ['anyone', 'anyone', 'conditional'],
      ['account', rootArn('777788889999'), 'allowed'],
      ['role', roleArn('c', '777788889999'), 'allowed'],
    ]);
  });

  it('are for named principals if IAM could not be read', () => {
    const accounts = [
      createAccount({ principals: { unknown: 'iam:GetAccountAuthorizationDetails was refused' } }),
    ];
    const statements: Json[] = [
      { Effect: 'Allow', Principal: { AWS: roleArn('ci') }, Action: PULL },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: PULL,
        Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn('app') } },
      },
    ];
    const repositories = [createRepository({ policy: { known: policy(...statements) } })];
    const reason = expect.stringContaining('iam:GetAccountAuthorizationDetails was refused');
    const federated = `arn:aws:sts::${ACCOUNT}:federated-user/x`;
    const named = createRepository({
      policy: { known: policy({ Effect: 'Allow', Principal: { AWS: federated }, Action: PULL }) },
    });
    expect(rowsOf({ accounts, repositories: [named] }, federated)[0]?.answer.pull).toBe('unknown');
    // A boundary may limit it, and an identity policy may deny it.
    expect(rowsOf({ accounts, repositories }, roleArn('ci'))[0]?.answer).toMatchObject({
      pull: 'unknown',
      unknown: expect.arrayContaining([reason]),
    });
    expect(rowsOf({ accounts, repositories }, roleArn('app'))[0]?.answer).toMatchObject({
      pull: 'unknown',
      because: expect.arrayContaining([
        { source: 'repository', policy: 'repository policy', sid: '#2', effect: 'Allow' },
      ]),
    });
  });

  it('of another audited account need both sides', () => {
    const accounts = [
      createAccount(),
      createAccount({
        id: OTHER,
        principals: {
          known: [
            createRole('a', { account: OTHER, policies: { known: [policyText('p', says('Allow', PULL))] } }),
            createRole('b', { account: OTHER }),
          ],
        },
      }),
    ];
    const repositories = [
      createRepository({
        policy: { known: policy({ Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'ecr:*' }) },
      }),
    ];
    const { rows } = accessMap(createFacts({ accounts, repositories }));
    expect(
      rows
        .filter(({ repository }) => repository === REPOSITORY)
        .map(({ principal, answer }) => [principal, answer.pull, answer.push]),
    ).toEqual([
      [rootArn(), 'allowed', 'allowed'],
      [roleArn('a', OTHER), 'allowed', 'denied'],
      [rootArn(OTHER), 'allowed', 'allowed'],
    ]);
  });

  it('are left out if everything is denied, and say what was assumed', () => {
    const facts = createFacts({
      accounts: ofAccount(createRole('r')),
      registries: [createRegistry({ policyScope: { unknown: 'ecr:GetAccountSetting was refused' } })],
    });
    const { rows, notes } = accessMap(facts);
    expect(rows.map(({ kind }) => kind)).toEqual(['root', 'root']);
    expect(notes).toEqual([
      `The scope of the registry policy of ${HOST} is unknown, so V2 is assumed: ecr:GetAccountSetting was refused`,
    ]);
  });
});

const NO_POLICIES: Policies = {
  identity: [],
  boundary: undefined,
  repository: undefined,
  registry: undefined,
  scp: undefined,
  rcp: undefined,
};

/** Decides about each pair by itself. */
function pairByPair(facts: AccessFacts): AccessRow[] {
  const evaluator = new Evaluator(facts);
  const audited = new Set(facts.accounts.map(({ id }) => id));
  return principalsOf(facts, evaluator).flatMap((principal) => {
    const { arn, kind, account } = principal;
    const otherSide = account !== undefined && audited.has(account);
    const pairs = [
      ...facts.repositories.map((repository) => ({
        repository: repository.arn,
        answer: repositoryAnswer(
          evaluator,
          principal,
          repositoryTarget(
            repository,
            facts.registries.find(({ host }) => host === repository.registry) ?? createRegistry(),
          ),
          otherSide,
        ),
      })),
      ...facts.registries.map((registry) => ({
        repository: registry.host,
        answer: registryAnswer(evaluator, principal, registryTarget(registry), otherSide),
      })),
    ];
    return pairs
      .filter(({ answer }) => !isAllDenied(answer))
      .map(({ repository, answer }) => ({ repository, principal: arn, kind, answer }));
  });
}

describe('grouping', () => {
  it('gives each pair the answer that it has by itself', { timeout: SLOW }, () => {
    const names = ['team/app', 'team/lib', 'other', 'x'];
    const anyFacts = fc
      .record({
        situations: fc.array(fc.tuple(anyPolicies, anyWho), { minLength: 1, maxLength: 3 }),
        // Few policies for more repositories: some are alike.
        policies: fc.array(anyPolicies, { minLength: 1, maxLength: 2 }),
        repositories: fc.array(fc.tuple(fc.nat({ max: 1 }), anyTags, fc.constantFrom(...names)), {
          minLength: 2,
          maxLength: 6,
        }),
        organization: fc.boolean(),
      })
      .map(({ situations, policies, repositories, organization }): AccessFacts => {
        const built = situations.map(([own, who], index) => {
          const situation = situationOf(own, who);
          const { principal } = situation;
          return {
            ...situation,
            principal: {
              ...principal,
              arn: principal.kind === 'root' ? principal.arn : `${principal.arn}${index || ''}`,
            },
          };
        });
        const principals = built.map(({ principal }) => principal).filter(({ kind }) => kind !== 'root');
        return createFacts({
          accounts: [ACCOUNT, OTHER].map((id) =>
            createAccount({ id, principals: { known: principals.filter(({ account }) => account === id) } }),
          ),
          registries: [built[0]?.registry ?? createRegistry()],
          repositories: repositories.map(
            ([which, tags, name], index): RepositoryFacts => ({
              ...situationOf(policies[which % policies.length] ?? NO_POLICIES, createRole('x'), tags)
                .repository,
              arn: `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/${name}${index > 3 ? index : ''}`,
            }),
          ),
          levels: organization ? (built[0]?.levels ?? []) : [],
        });
      });
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const withoutToken = (rows: readonly AccessRow[]) =>
          rows.map((row) => ({ ...row, answer: { ...row.answer, token: undefined } }));
        expect(withoutToken(accessMap(facts).rows)).toEqual(withoutToken(pairByPair(facts)));
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 120) },
    );
  });

  it('tells a grant to everyone from one to everyone with an ARN, which a boundary does not limit', () => {
    const role = createRole('r', { boundary: { known: policyText('boundary', says('Allow', 's3:*')) } });
    const everyone = { Effect: 'Allow', Principal: '*', Action: PULL };
    const grants: Json[] = [
      everyone,
      { ...everyone, Condition: { ArnLike: { 'aws:PrincipalArn': role.arn } } },
    ];
    const repositories = grants.map((grant, index) =>
      createRepository({ arn: `${REPOSITORY}-${index}`, policy: { known: policy(grant) } }),
    );
    const rows = rowsOf({ accounts: ofAccount(role), repositories }, role.arn);
    expect(rows.map(({ answer }) => answer.pull)).toEqual(['unknown', 'allowed']);
  });

  it('tells repositories apart by policy variables in the names of resources', () => {
    const names = ['a/x', 'a/y', 'b/x', 'c'];
    const arnOf = (name: string) => `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/${name}`;
    const role = {
      ...roleThat('r', says('Allow', PULL, { Resource: arnOf(`${variable('aws:PrincipalTag/team')}/*`) })),
      tags: { known: { team: 'a' } },
    };
    const repositories = names.map((name) => createRepository({ arn: arnOf(name) }));
    const rows = rowsOf({ accounts: ofAccount(role), repositories }, role.arn);
    expect(rows.map(({ repository }) => repository)).toEqual([arnOf('a/x'), arnOf('a/y')]);
  });

  /** Roles that each push to a repository of their own, whose policy names them; teams that pull; some that may do all. */
  function organization(roles: number, repositories: number): AccessFacts {
    const names = Array.from({ length: repositories }, (_, index) => `team-${index % 20}/app-${index}`);
    const arnOf = (name: string) => `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/${name}`;
    const push = [...UPLOAD, 'ecr:PutImage'];
    const principals = Array.from({ length: roles }, (_, index) => {
      const statements: Json[] = [
        ...(index % 10 < 4
          ? [says('Allow', [...push, ...PULL], { Resource: arnOf(names[index % repositories] ?? '') })]
          : []),
        ...(index % 10 === 4 || index % 10 === 5
          ? [says('Allow', ['ecr:Get*', 'ecr:Batch*'], { Resource: arnOf(`team-${index % 20}/*`) })]
          : []),
        ...(index % 10 === 6 ? [says('Allow', '*')] : []),
        ...(index % 10 === 7
          ? [
              says('Allow', 'ecr:*', {
                Condition: { StringEquals: { 'aws:ResourceTag/team': variable('aws:PrincipalTag/team') } },
              }),
            ]
          : []),
        says('Allow', ['s3:*', 'sqs:*']),
      ];
      return createRole(`ci-${index}`, {
        tags: { known: { team: `t${index % 20}` } },
        policies: { known: [policyText(`p${index}`, ...statements)] },
      });
    });
    return createFacts({
      accounts: ofAccount(...principals),
      repositories: names.map((name, index) =>
        createRepository({
          arn: arnOf(name),
          tags: { known: { team: `t${index % 20}` } },
          policy: {
            known: policy(
              {
                Sid: 'Push',
                Effect: 'Allow',
                Principal: { AWS: roleArn(`ci-${index % roles}`) },
                Action: push,
              },
              {
                Sid: 'OthersDoNotPush',
                Effect: 'Deny',
                Principal: '*',
                Action: [...push, 'ecr:SetRepositoryPolicy'],
                Condition: {
                  ArnNotLike: {
                    'aws:PrincipalArn': [roleArn(`ci-${index % roles}`), roleArn('break-glass')],
                  },
                },
              },
            ),
          },
        }),
      ),
    });
  }

  it('decides less than a fiftieth of 400 roles times 500 repositories, in under 5 seconds', {
    timeout: SLOW,
  }, () => {
    const facts = organization(400, 500);
    const before = process.cpuUsage();
    const { rows, decided } = accessMap(facts);
    const { user, system } = process.cpuUsage(before);
    expect(rows.length).toBeGreaterThan(20_000);
    expect(decided).toBeLessThan((400 * 500 * 17) / 50);
    expect((user + system) / 1_000_000).toBeLessThan(5);
  });

  it('grows with the number of roles and no faster', { timeout: SLOW }, () => {
    const [small, middle, large] = [100, 400, 1_600].map(
      (roles) => accessMap(organization(roles, 40)).decided,
    );
    expect((middle ?? 0) / (small ?? 1)).toBeLessThan(5);
    expect((large ?? 0) / (middle ?? 1)).toBeLessThan(5);
  });

  it('does not grow with the number of repositories with the same policy', () => {
    const alike = (count: number) =>
      createFacts({
        accounts: ofAccount(roleThat('a', says('Allow', 'ecr:*')), roleThat('b', says('Allow', PULL))),
        repositories: Array.from({ length: count }, (_, index) =>
          createRepository({ arn: `${REPOSITORY}-${index}` }),
        ),
      });
    expect(accessMap(alike(1_000)).decided).toBe(accessMap(alike(2)).decided);
    expect(accessMap(alike(1_000)).rows).toHaveLength(3 * 1_000 + 2);
  });
});
