/** Cases whose answers are known: what a common repository policy means for each kind of principal. */
import { describe, expect, it } from 'vitest';
import { Evaluator } from '../../../src/audit/access/decide.ts';
import { parseDocument } from '../../../src/audit/access/document.ts';
import type { OrganizationLevel, PrincipalFacts } from '../../../src/audit/access/facts.ts';
import { namedPrincipals, rootOf } from '../../../src/audit/access/named-principals.ts';
import {
  ACCOUNT,
  createAccount,
  createRole,
  createUser,
  decideOn,
  type Json,
  level,
  OTHER,
  policy,
  policyText,
  roleArn,
  roleThat,
  rootArn,
  says,
  userArn,
  variable,
} from './factories.ts';

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const PUSH = ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'];
const [A, B] = [roleArn('a'), roleArn('b')];

/** A may push, B and a role of another account may pull, only A may push. */
const SEED: Json[] = [
  { Sid: 'Push', Effect: 'Allow', Principal: { AWS: A }, Action: [...PULL, ...PUSH] },
  { Sid: 'Pull', Effect: 'Allow', Principal: { AWS: [B, roleArn('deploy', OTHER)] }, Action: PULL },
  {
    Sid: 'OthersDoNotPush',
    Effect: 'Deny',
    Principal: '*',
    Action: PUSH,
    Condition: { StringNotLike: { 'aws:PrincipalArn': A } },
  },
];

function named(...statements: Json[]): PrincipalFacts[] {
  return [...namedPrincipals([parseDocument(policy(...statements), 'repository')], [createAccount()], 'aws')];
}

function namedPrincipal(arn: string, statements: Json[]): PrincipalFacts {
  const found = named(...statements).find((principal) => principal.arn === arn);
  if (found === undefined) throw new Error(`${arn} is not named`);
  return found;
}

const everything = says('Allow', 'ecr:*');
const bounded = (...statements: Json[]) => ({ boundary: { known: policyText('boundary', ...statements) } });
const withIdentity = (...statements: Json[]) => ({
  policies: { known: [policyText('inline', ...statements)] },
});
const pulls = (principal: PrincipalFacts, statements: Json[] = SEED, levels: OrganizationLevel[] = []) =>
  decideOn({
    principal,
    action: 'ecr:BatchGetImage',
    repository: { policy: { known: policy(...statements) } },
    levels,
  }).verdict;
const pushes = (principal: PrincipalFacts, statements: Json[] = SEED, levels: OrganizationLevel[] = []) =>
  decideOn({
    principal,
    action: 'ecr:PutImage',
    repository: { policy: { known: policy(...statements) } },
    levels,
  }).verdict;

describe('a policy that lets A push, B and another account pull, and no other principal push', () => {
  it('lets A push without any identity policy', () => {
    expect(pushes(createRole('a'))).toBe('allowed');
  });

  it('lets B pull without any identity policy', () => {
    expect(pulls(createRole('b'))).toBe('allowed');
  });

  it.each(['b', 'c'])('does not let %s push, whatever its identity policy allows', (name) => {
    const decision = decideOn({
      principal: roleThat(name, everything),
      repository: { policy: { known: policy(...SEED) } },
    });
    expect(decision).toMatchObject({
      verdict: 'denied',
      because: [
        { source: 'repository', policy: 'repository policy', sid: 'OthersDoNotPush', effect: 'Deny' },
      ],
    });
  });

  it('does not let C pull without an identity policy', () => {
    expect(pulls(createRole('c'))).toBe('denied');
  });

  it('lets C pull by its identity policy: the Deny is about push alone', () => {
    expect(pulls(roleThat('c', everything))).toBe('allowed');
  });

  it('lets C remove the Deny by its identity policy', () => {
    const decision = decideOn({
      principal: roleThat('c', everything),
      action: 'ecr:SetRepositoryPolicy',
      repository: { policy: { known: policy(...SEED) } },
    });
    expect(decision).toMatchObject({
      verdict: 'allowed',
      because: [{ source: 'identity', policy: 'inline', sid: '#1', effect: 'Allow' }],
    });
  });

  it('does not let a user push by an identity policy', () => {
    expect(pushes(createUser('dev', withIdentity(everything)))).toBe('denied');
  });

  it('lets the root of the account pull, and does not let it push', () => {
    expect(pulls(rootOf(createAccount()))).toBe('allowed');
    expect(pushes(rootOf(createAccount()))).toBe('denied');
  });

  it('lets the role of another account pull as far as this side decides, and not push', () => {
    const deploy = namedPrincipal(roleArn('deploy', OTHER), SEED);
    expect(pulls(deploy)).toBe('allowed');
    expect(pushes(deploy)).toBe('denied');
  });

  it('needs both sides if the other account is audited', () => {
    const situation = {
      action: 'ecr:BatchGetImage',
      repository: { policy: { known: policy(...SEED) } },
      otherSide: true,
    };
    const bare = createRole('deploy', { account: OTHER });
    const able = createRole('deploy', { account: OTHER, ...withIdentity(says('Allow', PULL)) });
    expect(decideOn({ ...situation, principal: bare }).verdict).toBe('denied');
    expect(decideOn({ ...situation, principal: able })).toMatchObject({
      verdict: 'allowed',
      because: [{ source: 'repository', sid: 'Pull' }, { source: 'identity' }],
    });
    const unnamed = createRole('else', { account: OTHER, ...withIdentity(says('Allow', PULL)) });
    expect(decideOn({ ...situation, principal: unnamed }).verdict).toBe('denied');
  });

  it('limits what a role gets by its ARN with a permissions boundary', () => {
    expect(pushes(createRole('a', bounded(says('Allow', 's3:*'))))).toBe('denied');
    expect(pushes(createRole('a', bounded(says('Allow', 'ecr:*'))))).toBe('allowed');
  });

  it('names the boundary that does not allow', () => {
    const principal = createRole('a', bounded(says('Allow', 's3:*')));
    const decision = decideOn({ principal, repository: { policy: { known: policy(...SEED) } } });
    expect(decision.limits).toEqual([{ source: 'boundary', policy: 'boundary' }]);
  });

  it('does nothing for A if a service control policy denies', () => {
    const levels = [level('scp', 'root', [says('Deny', 'ecr:PutImage')])];
    expect(pushes(createRole('a'), SEED, levels)).toBe('denied');
    expect(pulls(createRole('b'), SEED, levels)).toBe('allowed');
  });
});

describe('grants by other ways of naming', () => {
  const allow = (principal: Json, condition?: Json): Json => ({
    Effect: 'Allow',
    Principal: principal,
    Action: 'ecr:*',
    ...(condition === undefined ? {} : { Condition: condition }),
  });

  it('makes the row of a role conditional if one of its sessions is named', () => {
    const statements = [allow({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/a/build-1` })];
    const decision = decideOn({
      principal: createRole('path/a', bounded(says('Allow', 's3:*'))),
      repository: { policy: { known: policy(...statements) } },
    });
    expect(decision).toMatchObject({
      verdict: 'conditional',
      conditions: [`the session build-1 of ${roleArn('path/a')}`],
    });
    expect(pushes(createRole('b'), statements)).toBe('denied');
    const namesake = createRole('a', { account: OTHER });
    expect(pushes(namesake, statements)).toBe('denied');
  });

  it('names only the statements that count', () => {
    const [grant, own] = [allow({ AWS: rootArn() }), allow({ AWS: A })];
    const vpc = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
    const principal = roleThat('a', says('Allow', 'ecr:*', vpc));
    const decide = (statement: Json, who: PrincipalFacts) =>
      decideOn({ principal: who, repository: { policy: { known: policy(statement) } } });
    // To name the account grants a role nothing.
    expect(decide(grant, roleThat('a', everything)).because).toEqual([
      { source: 'identity', policy: 'inline', sid: '#1', effect: 'Allow' },
    ]);
    // What is certain needs no condition.
    expect(decide(own, principal)).toMatchObject({ verdict: 'allowed', because: [{ source: 'repository' }] });
    expect(decide(own, principal).because).toHaveLength(1);
  });

  it('decides aws:PrincipalOrgID by the organization that is given, and keeps it as a condition if none is', () => {
    const statements = [allow('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-abc123' } })];
    expect(pushes(createRole('a', { organization: { id: 'o-abc123' } }), statements)).toBe('allowed');
    expect(pushes(createRole('a', { organization: { id: 'o-other' } }), statements)).toBe('denied');
    expect(pushes(createRole('a', { organization: { none: true } }), statements)).toBe('denied');
    expect(pushes(createRole('a'), statements)).toBe('conditional');
    const [anyone] = named(...statements);
    expect(anyone && pushes(anyone, statements)).toBe('conditional');
  });

  it('lets another account in by its root, and not by another root', () => {
    const statements = [allow({ AWS: rootArn(OTHER) })];
    expect(pushes(namedPrincipal(rootArn(OTHER), statements), statements)).toBe('allowed');
    const situation = { repository: { policy: { known: policy(...statements) } }, otherSide: true };
    const able = createRole('x', { account: OTHER, ...withIdentity(everything) });
    const elsewhere = createRole('x', { account: '777788889999', ...withIdentity(everything) });
    expect(decideOn({ ...situation, principal: able }).verdict).toBe('allowed');
    expect(decideOn({ ...situation, principal: elsewhere }).verdict).toBe('denied');
  });

  it('grants the roles of the own account nothing by its root', () => {
    for (const principal of [{ AWS: rootArn() }, { AWS: ACCOUNT }]) {
      expect(pushes(createRole('a'), [allow(principal)])).toBe('denied');
      expect(pushes(rootOf(createAccount()), [allow(principal)])).toBe('allowed');
    }
  });

  it('grants a service by its name', () => {
    const statements = [allow({ Service: 'lambda.amazonaws.com' })];
    expect(pulls(namedPrincipal('service:lambda.amazonaws.com', statements), statements)).toBe('allowed');
    expect(pulls(createRole('a'), statements)).toBe('denied');
  });

  it('lets everyone in by *, users and roles of the account without any other permission', () => {
    for (const principal of ['*', { AWS: '*' }]) {
      const statements = [allow(principal)];
      expect(pushes(createRole('a'), statements)).toBe('allowed');
      expect(pushes(createUser('u'), statements)).toBe('allowed');
      expect(named(...statements).map((one) => [one.kind, pushes(one, statements)])).toEqual([
        ['anyone', 'allowed'],
      ]);
    }
  });

  it.each<[string, Json, Json, string]>([
    ['a role by its ARN', { AWS: A }, {}, 'denied'],
    ['everyone', '*', {}, 'unknown'],
    ['everyone, limited by ARN', '*', { ArnLike: { 'aws:PrincipalArn': A } }, 'allowed'],
    [
      'everyone, limited by ARN if there is one',
      '*',
      { ArnLikeIfExists: { 'aws:PrincipalArn': A } },
      'unknown',
    ],
    ['everyone but an ARN', '*', { ArnNotLike: { 'aws:PrincipalArn': B } }, 'unknown'],
    ['a session', { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/a/s` }, {}, 'conditional'],
  ])('with a boundary that does not allow, a grant to %s', (_, principal, condition, expected) => {
    expect(pushes(createRole('a', bounded(says('Allow', 's3:*'))), [allow(principal, condition)])).toBe(
      expected,
    );
  });

  it('does not limit a grant to a user by ARN with a boundary', () => {
    const user = createUser('u', bounded(says('Allow', 's3:*')));
    expect(pushes(user, [allow({ AWS: userArn('u') })])).toBe('allowed');
    expect(
      pushes(createUser('u', { ...bounded(says('Allow', 's3:*')), ...withIdentity(everything) }), []),
    ).toBe('denied');
  });
});

describe('NotPrincipal', () => {
  const deny = (...list: string[]): Json[] => [
    says('Allow', 'ecr:*', { Principal: '*' }),
    { Effect: 'Deny', NotPrincipal: { AWS: list }, Action: 'ecr:*' },
  ];

  it('with Deny spares a user who is listed together with its account', () => {
    const [granted] = deny();
    const of = (name: string, ...list: string[]) =>
      pushes(createUser(name), [granted ?? {}, ...deny(...list)]);
    expect(of('a', userArn('a'), rootArn())).toBe('allowed');
    expect(of('b', userArn('a'))).toBe('denied');
  });

  it('with Deny spares the sessions of a role that are listed together with it and its account', () => {
    const session = (name: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/a/${name}`;
    expect(pushes(createRole('a'), deny(A, rootArn(), session('build'), session('release')))).toBe(
      'conditional',
    );
    expect(pushes(createRole('b'), deny(A))).toBe('denied');
  });

  it('with Deny is unknown for a role that is listed with its account and without its sessions', () => {
    expect(pushes(createRole('a'), deny(A, rootArn()))).toBe('unknown');
    expect(pushes(createRole('a'), deny(rootArn(), `arn:aws:sts::${ACCOUNT}:assumed-role/a/x`))).toBe(
      'unknown',
    );
  });

  it('with Deny is unknown for who is listed without its account, or by its account alone', () => {
    expect(pushes(createRole('a'), deny(A))).toBe('unknown');
    expect(pushes(createRole('b'), deny(A, rootArn()))).toBe('unknown');
  });

  it('with Deny always hits principals that have a boundary', () => {
    expect(pushes(createRole('a', bounded(says('Allow', '*'))), deny(A, rootArn()))).toBe('denied');
  });

  it('with Deny is unknown for who is listed, if the boundary was not read', () => {
    const unread = { boundary: { unknown: 'refused' } };
    const granted: Json = { Effect: 'Allow', Principal: { AWS: userArn('a') }, Action: 'ecr:*' };
    const user = createUser('a', unread);
    expect(pushes(user, [granted, ...deny(userArn('a'), rootArn())])).toBe('unknown');
    expect(pushes(user, [granted, ...deny('arn:aws:iam::777788889999:root')])).toBe('denied');
  });

  it('with Deny and everyone hits only principals that have a boundary', () => {
    expect(pushes(createRole('a'), deny('*'))).toBe('allowed');
    expect(pushes(createRole('a', bounded(says('Allow', '*'))), deny('*'))).toBe('denied');
  });

  it('with Allow is unknown for who is not listed', () => {
    const statements: Json[] = [{ Effect: 'Allow', NotPrincipal: { AWS: A }, Action: 'ecr:*' }];
    expect(pushes(createRole('b'), statements)).toBe('unknown');
    expect(pushes(createRole('a'), statements)).toBe('denied');
  });
});

describe('Resource', () => {
  const decide = (element: { [key: string]: Json }, principal = createRole('r')) =>
    decideOn({
      principal: {
        ...principal,
        policies: { known: [policyText('inline', { Effect: 'Allow', Action: '*', ...element })] },
      },
    }).verdict;
  const arn = (region: string, rest: string) => `arn:aws:ecr:${region}:${ACCOUNT}:repository/${rest}`;

  it.each<[string, { [key: string]: Json }, string]>([
    ['the repository', { Resource: arn('eu-central-1', 'team/app') }, 'allowed'],
    ['it in capital letters', { Resource: arn('eu-central-1', 'Team/app') }, 'denied'],
    ['another one', { Resource: arn('eu-central-1', 'team') }, 'denied'],
    ['one of several', { Resource: ['arn:aws:s3:::*', arn('*', 'team/*')] }, 'allowed'],
    ['one with wildcards', { Resource: arn('eu-*', '*/ap?') }, 'allowed'],
    ['an ARN that ends early with a wildcard', { Resource: 'arn:aws:ecr:*' }, 'allowed'],
    ['a wildcard that takes in colons', { Resource: 'arn:aws:ecr:*:repository/team/app' }, 'unknown'],
    [
      'a wildcard that takes in colons, of six parts',
      { Resource: `arn:aws:*:${ACCOUNT}:repository/team/app:x` },
      'denied',
    ],
    ['all but another one', { NotResource: arn('*', 'x') }, 'allowed'],
    ['all but it', { NotResource: arn('*', 'team/*') }, 'denied'],
    ['a variable', { Resource: arn('*', `${variable('aws:PrincipalTag/team')}/app`) }, 'allowed'],
    ['a variable without a value', { Resource: arn('*', `${variable('aws:PrincipalTag/x')}*`) }, 'denied'],
    [
      'all but a variable without a value',
      { NotResource: arn('*', `${variable('aws:PrincipalTag/x')}*`) },
      'unknown',
    ],
    ['a variable of the request', { Resource: arn('*', `${variable('aws:SourceVpc')}/app`) }, 'conditional'],
    ['a variable where none may be', { Resource: arn(variable('aws:RequestedRegion'), '*') }, 'unknown'],
  ])('names %s', (_, element, expected) => {
    expect(decide(element, createRole('r', { tags: { known: { team: 'team' } } }))).toBe(expected);
  });
});

describe('a trust policy', () => {
  const assume = (principal: PrincipalFacts, ...statements: Json[]) =>
    new Evaluator({ levels: [], managementAccount: { known: undefined } }).decide({
      action: 'sts:AssumeRole',
      principal,
      target: {
        name: { arn: roleArn('target') },
        account: ACCOUNT,
        region: undefined,
        tags: { known: {} },
        organization: { notGiven: true },
        policies: [{ source: 'trust', ...policyText('trust', ...statements) }],
        resourcePolicyDecides: true,
      },
    }).verdict;
  const trusts = (AWS: string): Json => ({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });
  const able = roleThat('a', says('Allow', 'sts:AssumeRole'));

  it('has to allow, whatever identity policies say', () => {
    expect(assume(able, trusts(B))).toBe('denied');
    expect(assume(able, trusts(A))).toBe('allowed');
    expect(assume(createRole('a'), trusts(A))).toBe('allowed');
  });

  it('that names the account leaves it to identity policies', () => {
    expect(assume(able, trusts(rootArn()))).toBe('allowed');
    expect(assume(createRole('a'), trusts(rootArn()))).toBe('denied');
  });

  it('does not let the root in, which cannot assume roles', () => {
    expect(assume(rootOf(createAccount()), trusts(rootArn()))).toBe('denied');
  });

  it('lets a service in, which has no policies of its own', () => {
    const statement: Json = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const service = namedPrincipal('service:lambda.amazonaws.com', [statement]);
    expect(assume(service, statement)).toBe('allowed');
    const repository = { policy: { known: policy({ ...(statement as object), Action: 'ecr:*' }) } };
    expect(decideOn({ principal: service, repository, otherSide: true }).verdict).toBe('allowed');
  });
});

describe('policies of the organization', () => {
  const role = roleThat('a', everything);
  const allowAll = says('Allow', '*');

  it('need an Allow on every level; the Allows of a level add up', () => {
    const split: OrganizationLevel = {
      kind: 'scp',
      name: 'root',
      account: undefined,
      policies: [policyText('one', says('Allow', 's3:*')), policyText('two', says('Allow', 'ecr:*'))],
    };
    expect(decideOn({ principal: role, levels: [split] }).verdict).toBe('allowed');
    const decision = decideOn({
      principal: role,
      levels: [split, level('scp', 'ou', [says('Allow', 's3:*')])],
    });
    expect(decision).toMatchObject({ verdict: 'denied', limits: [{ source: 'scp', policy: 'ou' }] });
  });

  it('imply Allow * on a level that has no Allow', () => {
    const levels = [level('scp', 'root', [says('Deny', 's3:*')])];
    expect(decideOn({ principal: role, levels }).verdict).toBe('allowed');
  });

  it('bind one account if the level is that of an account', () => {
    const deny = [says('Deny', '*')];
    expect(decideOn({ principal: role, levels: [level('scp', OTHER, deny, OTHER)] }).verdict).toBe('allowed');
    expect(decideOn({ principal: role, levels: [level('scp', ACCOUNT, deny, ACCOUNT)] }).verdict).toBe(
      'denied',
    );
  });

  it('exempt service-linked roles and the management account; an unknown management account leaves it open', () => {
    const levels = [level('scp', 'root', [allowAll, says('Deny', 'ecr:*')])];
    const linked = createRole('aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2', {
      ...withIdentity(everything),
    });
    expect(decideOn({ principal: linked, levels }).verdict).toBe('allowed');
    expect(decideOn({ principal: role, levels }).verdict).toBe('denied');
    expect(decideOn({ principal: role, levels, managementAccount: { known: ACCOUNT } }).verdict).toBe(
      'allowed',
    );
    const unread = { unknown: 'organizations:DescribeOrganization was refused' };
    expect(decideOn({ principal: role, levels, managementAccount: unread })).toMatchObject({
      verdict: 'unknown',
      because: [{ source: 'identity' }, { source: 'scp', effect: 'Deny' }],
    });
    const missing = [level('scp', 'root', [says('Allow', 's3:*')])];
    expect(decideOn({ principal: role, levels: missing, managementAccount: unread }).verdict).toBe('unknown');
  });

  it('bind the root of a member account', () => {
    const levels = [level('scp', 'root', [allowAll, says('Deny', 'ecr:PutImage')])];
    expect(decideOn({ principal: rootOf(createAccount()), levels }).verdict).toBe('denied');
    expect(
      decideOn({ principal: rootOf(createAccount()), action: 'ecr:BatchGetImage', levels }).verdict,
    ).toBe('allowed');
  });

  it('are of the resource if they are resource control policies: they bind other accounts too', () => {
    const levels = [
      level('rcp', 'root', [
        {
          ...(says('Deny', 'ecr:*') as object),
          Principal: '*',
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
        },
      ]),
    ];
    const statements: Json[] = [{ Effect: 'Allow', Principal: { AWS: rootArn(OTHER) }, Action: 'ecr:*' }];
    const repository = { policy: { known: policy(...statements) } };
    const outside = namedPrincipal(rootArn(OTHER), statements);
    expect(
      decideOn({ principal: { ...outside, organization: { id: 'o-2' } }, repository, levels }).verdict,
    ).toBe('denied');
    expect(decideOn({ principal: outside, repository, levels }).verdict).toBe('unknown');
    expect(decideOn({ principal: { ...role, organization: { id: 'o-1' } }, levels }).verdict).toBe('allowed');
  });

  it('leave the principals of accounts that are not audited to their own account', () => {
    const statements: Json[] = [{ Effect: 'Allow', Principal: { AWS: rootArn(OTHER) }, Action: 'ecr:*' }];
    const outside = namedPrincipal(rootArn(OTHER), statements);
    const levels = [level('scp', 'root', [says('Deny', '*')])];
    expect(
      decideOn({ principal: outside, repository: { policy: { known: policy(...statements) } }, levels })
        .verdict,
    ).toBe('allowed');
  });
});

describe('registry policies', () => {
  const grant = policy({
    Effect: 'Allow',
    Principal: { AWS: rootArn(OTHER) },
    Action: 'ecr:*',
    Resource: `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/*`,
  });
  const outside = namedPrincipal(rootArn(OTHER), [
    { Effect: 'Allow', Principal: { AWS: OTHER }, Action: '*' },
  ]);

  it('of scope V2 grant and deny on every repository', () => {
    expect(decideOn({ principal: outside, registry: { policy: { known: grant } } }).verdict).toBe('allowed');
    const deny = policy(says('Deny', 'ecr:PutImage', { Principal: '*' }));
    expect(
      decideOn({ principal: roleThat('a', everything), registry: { policy: { known: deny } } }),
    ).toMatchObject({
      verdict: 'denied',
      because: [{ source: 'registry' }],
    });
  });

  it('of scope V1 do not apply to images; an unknown scope is treated as V2', () => {
    const registry = { policy: { known: grant } };
    expect(
      decideOn({ principal: outside, registry: { ...registry, policyScope: { known: 'V1' } } }).verdict,
    ).toBe('denied');
    expect(
      decideOn({ principal: outside, registry: { ...registry, policyScope: { unknown: 'refused' } } })
        .verdict,
    ).toBe('allowed');
  });
});

describe('what was not read', () => {
  const unread = { unknown: 'ecr:GetRepositoryPolicy was refused' };

  it('leaves what an identity policy does not decide open', () => {
    expect(decideOn({ principal: createRole('a'), repository: { policy: unread } })).toMatchObject({
      verdict: 'unknown',
      unknown: ['repository policy could not be read: ecr:GetRepositoryPolicy was refused'],
    });
    // A Deny may be in it.
    expect(decideOn({ principal: roleThat('a', everything), repository: { policy: unread } }).verdict).toBe(
      'unknown',
    );
    expect(
      decideOn({ principal: roleThat('a', says('Deny', '*')), repository: { policy: unread } }).verdict,
    ).toBe('denied');
  });

  it('of a principal leaves open what a resource policy grants by the ARN of a role, and not what it denies', () => {
    const principal = createRole('a', { policies: { unknown: 'refused' }, boundary: { unknown: 'refused' } });
    expect(pushes(principal)).toBe('unknown');
    expect(pushes({ ...principal, arn: B })).toBe('denied');
  });
});
