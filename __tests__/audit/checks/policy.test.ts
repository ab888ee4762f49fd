import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  about,
  aboutRegistry,
  account,
  allow,
  coverage,
  expecting,
  facts,
  HOST,
  known,
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
  unknown,
  verdict,
} from '../factories.ts';

const NO_REGISTRY_POLICY = { policy: known(undefined) };
const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const inspector = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2`;

/** Facts about a repository with a policy of one statement. */
const withStatement = (statement: object) =>
  about({ policy: known(policy({ Sid: 'It', ...statement })) }, NO_REGISTRY_POLICY);
const open = (Condition: object) =>
  withStatement({ Effect: 'Allow', Principal: '*', Action: pull, Condition });

describe('policy/missing', () => {
  const limiting = (Condition: object) =>
    known(policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource: '*', Condition }));

  it.each([
    ['neither policy', {}, known(undefined), 'V2', 'fail low'],
    ['a policy', { policy: known(policy()) }, known(undefined), 'V2', 'pass'],
    [
      'a registry policy that limits who may push',
      {},
      limiting({ ArnNotLike: { 'aws:PrincipalArn': roleArn('ci') } }),
      'V2',
      'pass',
    ],
    [
      'such a policy of a scope that is not about push',
      {},
      limiting({ ArnNotLike: { 'aws:PrincipalArn': roleArn('ci') } }),
      'V1',
      'fail low',
    ],
    [
      'a registry policy that requires TLS alone',
      {},
      limiting({ Bool: { 'aws:SecureTransport': 'false' } }),
      'V2',
      'fail low',
    ],
    [
      'a registry policy about other repositories',
      {},
      known(
        policy({
          Effect: 'Deny',
          Principal: '*',
          Action: 'ecr:*',
          Resource: repositoryArn('other/*'),
          Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn('ci') } },
        }),
      ),
      'V2',
      'fail low',
    ],
    ['a registry policy that was not read', {}, unknown(), 'V2', 'unknown low'],
  ] as const)('%s', (_, more, registryPolicy, scope, expected) => {
    const given = about(more, { policy: registryPolicy, policyScope: known(scope) });
    expect(verdict('policy/missing', given)).toBe(expected);
  });
});

describe('policy/public', () => {
  it.each([
    ['no condition', {}, 'fail critical'],
    ['the account of the principal', { StringEquals: { 'aws:PrincipalAccount': OTHER } }, 'pass'],
    ['the organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, 'pass'],
    [
      'a path of the organization',
      { StringLike: { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } },
      'pass',
    ],
    ['any path', { StringLike: { 'aws:PrincipalOrgPaths': '*' } }, 'fail critical'],
    ['a role', { ArnEquals: { 'aws:PrincipalArn': roleArn('ci') } }, 'pass'],
    ['a role of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci' } }, 'fail critical'],
    ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'pass'],
    ['every address', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, 'fail critical'],
    [
      'every address in halves',
      { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } },
      'fail critical',
    ],
    [
      'every address that hosts have',
      { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3'] } },
      'fail critical',
    ],
    ['half of all addresses', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, 'fail critical'],
    ['some large networks', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '3.0.0.0/8'] } }, 'pass'],
    ['an IPv6 network', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, 'pass'],
    [
      'every IPv6 address that hosts have, in halves',
      { IpAddress: { 'aws:SourceIp': ['2000::/4', '3000::/4'] } },
      'fail critical',
    ],
    ['a VPC endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, 'pass'],
    ['any VPC endpoint', { StringLike: { 'aws:SourceVpce': 'vpce-*' } }, 'fail critical'],
    ['a source account', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, 'pass'],
    ['a tag of the principal', { StringEquals: { 'aws:PrincipalTag/team': 'a' } }, 'fail critical'],
    ['the type of the principal', { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, 'fail critical'],
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }, 'fail critical'],
    ['MFA', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'fail critical'],
    ['a time', { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }, 'fail critical'],
    [
      'the organization, if there is one',
      { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      'fail critical',
    ],
    [
      'the organization of all values, of which there may be none',
      { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      'fail critical',
    ],
    ['another account than one', { StringNotEquals: { 'aws:PrincipalAccount': OTHER } }, 'fail critical'],
    ['a key that is unknown', { StringEquals: { 'aws:NewKey': 'x' } }, 'unknown critical'],
  ])('an Allow for everyone under a condition on %s', (_, condition, expected) => {
    expect(verdict('policy/public', open(condition))).toBe(expected);
  });

  it('reads the form with AWS, and leaves other principals alone', () => {
    const allowing = (Principal: object) => withStatement({ Effect: 'Allow', Principal, Action: pull });
    expect(verdict('policy/public', allowing({ AWS: '*' }))).toBe('fail critical');
    expect(verdict('policy/public', allowing({ AWS: ['*', rootArn()] }))).toBe('fail critical');
    expect(verdict('policy/public', allowing({ AWS: rootArn(OTHER) }))).toBe('pass');
    expect(
      verdict(
        'policy/public',
        withStatement({ Effect: 'Allow', NotPrincipal: { AWS: rootArn() }, Action: pull }),
      ),
    ).toBe('pass');
    expect(verdict('policy/public', withStatement({ Effect: 'Deny', Principal: '*', Action: pull }))).toBe(
      'pass',
    );
  });

  it('judges registry policies as well', () => {
    const text = policy({ Effect: 'Allow', Principal: '*', Action: 'ecr:*', Resource: '*' });
    const found = results('policy/public', aboutRegistry({ policy: known(text) }));
    expect(found.map(({ resource, status }) => [resource, status])).toEqual([[HOST, 'fail']]);
  });

  it('limits the statement to the organization, or to the accounts that are known', () => {
    const document = (yaml: string) =>
      JSON.stringify(result('policy/public', open({}), expecting(yaml))?.fix?.document);
    expect(document('organization: o-a1b2c3d4e5')).toContain('"aws:PrincipalOrgID":"o-a1b2c3d4e5"');
    expect(document(`accounts: { "${OTHER}": production }`)).toContain(
      `"aws:PrincipalAccount":["${ACCOUNT}","${OTHER}"]`,
    );
  });

  it('is unknown for what cannot be read, and still fails for what is known', () => {
    expect(verdict('policy/public', about({ policy: known('{') }, NO_REGISTRY_POLICY))).toBe(
      'unknown critical',
    );
    expect(verdict('policy/public', about({ policy: unknown() }, NO_REGISTRY_POLICY))).toBe(
      'unknown critical',
    );
    const partly = policy(
      { Effect: 'Allow', Principal: '*', Action: pull },
      { Effect: 'Allow', Principal: '*', Action: pull, New: true },
    );
    expect(verdict('policy/public', about({ policy: known(partly) }, NO_REGISTRY_POLICY))).toBe(
      'fail critical',
    );
  });
});

it('policy/not-principal fails for an Allow with NotPrincipal', () => {
  const given = (Effect: string) =>
    withStatement({ Effect, NotPrincipal: { AWS: rootArn() }, Action: 'ecr:PutImage' });
  expect(verdict('policy/not-principal', given('Allow'))).toBe('fail high');
  expect(verdict('policy/not-principal', given('Deny'))).toBe('pass');
  // Nothing is left of the policy.
  expect(result('policy/not-principal', given('Allow'))?.fix).toEqual({
    command: 'aws ecr delete-repository-policy --repository-name team/app --region eu-central-1',
  });
});

describe('policy/external', () => {
  const partner = expecting('accounts: { "777788889999": partner }\norganization: o-a1b2c3d4e5');
  const allowing = (Principal: object | string, Condition: object = {}) =>
    withStatement({ Effect: 'Allow', Principal, Action: pull, Condition });

  it.each([
    ['the own account', { AWS: rootArn() }, {}, 'pass'],
    ['a known account', { AWS: rootArn('777788889999') }, {}, 'pass'],
    ['another account', { AWS: rootArn(OTHER) }, {}, 'fail high'],
    ['the id of another account', { AWS: OTHER }, {}, 'fail high'],
    ['a role of another account', { AWS: roleArn('x', OTHER) }, {}, 'fail high'],
    ['an account by a condition', '*', { StringEquals: { 'aws:PrincipalAccount': OTHER } }, 'fail high'],
    [
      'a role by a condition',
      '*',
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/*` } },
      'fail high',
    ],
    [
      'another account, limited to the organization',
      { AWS: rootArn(OTHER) },
      { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      'pass',
    ],
    ['another organization', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' } }, 'fail high'],
    ['everyone, which is another check', '*', {}, 'pass'],
    ['a service', { Service: 'lambda.amazonaws.com' }, {}, 'pass'],
  ])('%s', (_, principal, condition, expected) => {
    expect(verdict('policy/external', allowing(principal, condition), partner)).toBe(expected);
  });

  it('is unknown if the audit policy names no account, and lists what could be added', () => {
    const found = result('policy/external', allowing({ AWS: rootArn(OTHER) }));
    expect(found?.status).toBe('unknown');
    expect(found?.message).toContain(`accounts: { "${OTHER}": name }`);
  });

  it('knows the accounts that may pull', () => {
    const expected = expecting(`repositories: [{ match: ["team/app"], pull-accounts: ["${OTHER}"] }]`);
    expect(verdict('policy/external', allowing({ AWS: rootArn(OTHER) }), expected)).toBe('pass');
  });

  it('takes out of the policy what does not belong there, and nothing else', () => {
    const given = allowing({ AWS: [rootArn(OTHER), rootArn()] });
    expect(result('policy/external', given, partner)?.fix?.document).toMatchObject({
      Statement: [{ Principal: { AWS: [rootArn()] } }],
    });
  });
});

/** A text with a policy variable in it. */
const variable = (before: string, key: string, after: string) => `${before}$\{${key}}${after}`;

describe('policy/deny-others', () => {
  const expected = expecting(
    `repositories: [{ match: ["**"], push: ["${roleArn('ci')}"], administer: ["${roleArn('platform')}"] }]`,
  );
  const deny = (Action: string | string[], ...except: string[]) => ({
    Effect: 'Deny',
    Principal: '*',
    Action,
    Condition: { ArnNotLike: { 'aws:PrincipalArn': except } },
  });
  const given = (...statements: object[]) =>
    facts({
      registries: [
        registry([repository('team/app', { policy: known(policy(...statements)) })], NO_REGISTRY_POLICY),
      ],
      accounts: [account([role('ci'), roleThat('platform', allow('ecr:*'))])],
    });

  it('passes if everyone else is denied push and control', () => {
    expect(
      verdict('policy/deny-others', given(deny('ecr:*', roleArn('ci'), roleArn('platform'))), expected),
    ).toBe('pass');
  });

  it('passes with exceptions for the roles of a path, and for sessions and tags', () => {
    const except = [roleArn('platform'), `arn:aws:iam::${ACCOUNT}:role/ci/*`];
    expect(verdict('policy/deny-others', given(deny('ecr:*', ...except)), expected)).toBe('pass');
    const more = {
      ...deny('ecr:*', ...except),
      Condition: {
        ArnNotLike: { 'aws:PrincipalArn': except },
        StringNotLike: { 'aws:userid': 'AROAEXAMPLEEXAMPLE:*' },
        StringNotEquals: { 'aws:PrincipalTag/team': 'platform' },
      },
    };
    expect(verdict('policy/deny-others', given(more), expected)).toBe('pass');
  });

  it('counts several Denies together, those of the registry included', () => {
    const push = deny(['ecr:PutImage', 'ecr:*Layer*'], roleArn('ci'));
    const rest = { ...deny('ecr:*', roleArn('ci'), roleArn('platform')), Resource: '*' };
    expect(verdict('policy/deny-others', given(push), expected)).toBe('fail low');
    const both = about({ policy: known(policy(push)) }, { policy: known(policy(rest)) });
    expect(verdict('policy/deny-others', both, expected)).toBe('pass');
    const apart = about(
      { policy: known(policy(push)) },
      { policy: known(policy(rest)), policyScope: known('V1') },
    );
    expect(verdict('policy/deny-others', apart, expected)).toBe('fail low');
  });

  it.each([
    ['a Deny for push alone', [deny(['ecr:PutImage', 'ecr:*Layer*'], roleArn('ci'))]],
    ['no exception who administers', [deny('ecr:*', roleArn('ci'))]],
    [
      'an exception for the whole account',
      [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'ecr:*',
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } },
        },
      ],
    ],
    [
      'a further condition',
      [
        {
          ...deny('ecr:*', roleArn('ci'), roleArn('platform')),
          Condition: {
            ArnNotLike: { 'aws:PrincipalArn': [roleArn('ci'), roleArn('platform')] },
            Bool: { 'aws:SecureTransport': 'false' },
          },
        },
      ],
    ],
    [
      'an exception for every principal',
      [
        {
          ...deny('ecr:*'),
          Condition: { StringNotLike: { 'aws:PrincipalArn': ['*', roleArn('ci'), roleArn('platform')] } },
        },
      ],
    ],
    [
      'an exception for every role of the account beside those who are meant',
      [deny('ecr:*', roleArn('ci'), roleArn('platform'), `arn:aws:iam::${ACCOUNT}:role/*`)],
    ],
    [
      'an exception for every user of the account',
      [deny('ecr:*', roleArn('ci'), roleArn('platform'), `arn:aws:iam::*:user/*`)],
    ],
    ['an exception for the whole account by ARN', [deny('ecr:*', `arn:aws:iam::${ACCOUNT}:*`)]],
    [
      'an exception for the account of whoever asks',
      [
        deny(
          'ecr:*',
          roleArn('ci'),
          roleArn('platform'),
          variable('arn:aws:iam::', 'aws:PrincipalAccount', ':*'),
        ),
      ],
    ],
    [
      'a further exception for every id',
      [
        {
          ...deny('ecr:*'),
          Condition: {
            ArnNotLike: { 'aws:PrincipalArn': [roleArn('ci'), roleArn('platform')] },
            StringNotLike: { 'aws:userid': '*' },
          },
        },
      ],
    ],
  ])('fails with %s', (_, statements) => {
    expect(verdict('policy/deny-others', given(...statements), expected)).toBe('fail low');
  });

  it('is unknown where it is not known whom an exception is about', () => {
    const given_ = given(deny('ecr:*', roleArn('ci'), roleArn('platform'), '*'));
    expect(verdict('policy/deny-others', given_, expected)).toBe('unknown low');
  });

  it('does not apply if no principal is expected to push', () => {
    expect(verdict('policy/deny-others', given())).toBe('none');
  });

  it('proposes a policy that passes the check', () => {
    const { fix } = result('policy/deny-others', given(), expected) ?? {};
    const text = JSON.stringify(fix?.document);
    const again = given(...(JSON.parse(text) as { Statement: object[] }).Statement);
    expect(verdict('policy/deny-others', again, expected)).toBe('pass');
  });
});

describe('policy/denies-inspector', () => {
  const deny = (Action: string | string[], Condition: object = {}) =>
    withStatement({ Effect: 'Deny', Principal: '*', Action, Condition });
  const except = (arn: string) => ({ ArnNotLike: { 'aws:PrincipalArn': [roleArn('ci'), arn] } });

  it.each([
    ['pull for everyone but CI', deny('ecr:BatchGetImage', except(roleArn('x'))), 'fail medium'],
    ['pull for everyone but CI and Inspector', deny('ecr:BatchGetImage', except(inspector)), 'pass'],
    ['push alone', deny('ecr:PutImage', except(roleArn('x'))), 'pass'],
    [
      'requests without TLS, which Inspector does not make',
      deny('ecr:*', { Bool: { 'aws:SecureTransport': 'false' } }),
      'pass',
    ],
    [
      'other VPC endpoints, of which nothing is documented',
      deny('ecr:*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      'unknown medium',
    ],
    [
      'everyone but by NotPrincipal',
      withStatement({ Effect: 'Deny', NotPrincipal: { AWS: [roleArn('ci'), rootArn()] }, Action: 'ecr:*' }),
      'unknown medium',
    ],
  ])('a Deny of %s', (_, given, expected) => {
    expect(verdict('policy/denies-inspector', given)).toBe(expected);
  });

  it('is unknown for a NotPrincipal that lists the role of Inspector and not its sessions', () => {
    const list = { AWS: [roleArn('ci'), inspector, rootArn()] };
    const given = withStatement({ Effect: 'Deny', NotPrincipal: list, Action: 'ecr:*' });
    expect(verdict('policy/denies-inspector', given)).toBe('unknown medium');
  });

  it('looks at the setting of the registry in registry policies', () => {
    const given = (Action: string) =>
      aboutRegistry({
        policy: known(
          policy({ Effect: 'Deny', Principal: '*', Action, Resource: '*', Condition: except(roleArn('x')) }),
        ),
      });
    expect(verdict('policy/denies-inspector', given('ecr:PutRegistryScanningConfiguration'))).toBe(
      'fail medium',
    );
    expect(verdict('policy/denies-inspector', given('ecr:PutImage'))).toBe('pass');
  });

  it("names what Inspector reports, and excepts Inspector's role", () => {
    const given = about(
      {
        policy: known(
          policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:*', Condition: except(roleArn('x')) }),
        ),
        coverage: known([coverage('one', { reason: 'ACCESS_DENIED' })]),
      },
      NO_REGISTRY_POLICY,
    );
    const found = result('policy/denies-inspector', given);
    expect(found?.evidence.accessDenied).toHaveLength(1);
    const fixed = JSON.stringify(found?.fix?.document);
    expect(fixed).toContain(inspector);
    expect(verdict('policy/denies-inspector', about({ policy: known(fixed) }, NO_REGISTRY_POLICY))).toBe(
      'pass',
    );
  });
});

describe('policy/locks-out', () => {
  const lock = (Condition: object = {}, Action: string | string[] = 'ecr:*RepositoryPolicy') =>
    facts({
      registries: [
        registry(
          [
            repository('team/app', {
              policy: known(policy({ Effect: 'Deny', Principal: '*', Action, Condition })),
            }),
          ],
          NO_REGISTRY_POLICY,
        ),
      ],
      accounts: [account([role('ci'), role('break-glass')])],
    });
  const except = (...arns: string[]) => ({ StringNotLike: { 'aws:PrincipalArn': arns } });

  it.each([
    ['no exception', lock(), 'fail medium'],
    ['an exception who exists', lock(except(roleArn('break-glass'))), 'pass'],
    ['an exception who does not exist', lock(except(roleArn('gone'))), 'fail medium'],
    ['a pattern that matches a principal', lock(except(`arn:aws:iam::${ACCOUNT}:role/break-*`)), 'pass'],
    [
      'a condition that the request decides',
      lock({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }),
      'pass',
    ],
    ['one of the two actions', lock({}, 'ecr:SetRepositoryPolicy'), 'pass'],
  ])('Denies with %s', (_, given, expected) => {
    expect(verdict('policy/locks-out', given)).toBe(expected);
  });

  it.each([
    ['a role and its account', [], 'unknown medium'],
    ['a role, its account and a session', [`arn:aws:sts::${ACCOUNT}:assumed-role/break-glass/anna`], 'pass'],
  ])('a NotPrincipal that lists %s', (_, more, expected) => {
    const AWS = [roleArn('break-glass'), rootArn(), ...more];
    const given = facts({
      registries: [
        registry(
          [
            repository('team/app', {
              policy: known(policy({ Effect: 'Deny', NotPrincipal: { AWS }, Action: 'ecr:*' })),
            }),
          ],
          NO_REGISTRY_POLICY,
        ),
      ],
      accounts: [account([role('break-glass')])],
    });
    expect(verdict('policy/locks-out', given)).toBe(expected);
  });

  it('is unknown if it is unknown who exists', () => {
    const given = lock(except(roleArn('gone')));
    expect(
      verdict('policy/locks-out', { ...given, accounts: [account([], { principals: unknown() })] }),
    ).toBe('unknown medium');
    // No principal is excepted at all.
    expect(
      verdict('policy/locks-out', { ...lock(), accounts: [account([], { principals: unknown() })] }),
    ).toBe('fail medium');
  });
});

describe('policy/recreatable', () => {
  const byName = (arn: string, Action: string | string[] = 'ecr:*', operator = 'StringEquals') =>
    withStatement({
      Effect: 'Allow',
      Principal: '*',
      Action,
      Condition: { [operator]: { 'aws:PrincipalArn': arn } },
    });

  it.each([
    ['push to a role that does not exist', byName(roleArn('later')), 'fail high'],
    ['push to a role that exists', byName(roleArn('ci')), 'pass'],
    ['pull to a role that does not exist', byName(roleArn('later'), pull), 'pass'],
    ['push to a role of an account that is not audited', byName(roleArn('later', OTHER)), 'pass'],
    ['push to a pattern', byName(`arn:aws:iam::${ACCOUNT}:role/later-*`, 'ecr:*', 'ArnLike'), 'pass'],
    [
      'push to a role that does not exist, by Principal',
      withStatement({ Effect: 'Allow', Principal: { AWS: roleArn('later') }, Action: 'ecr:*' }),
      'pass',
    ],
  ])('%s', (_, given, expected) => {
    expect(verdict('policy/recreatable', given)).toBe(expected);
  });
});

describe('policy/never-matches', () => {
  const by = (operator: string, key: string, value: string | string[]) =>
    withStatement({
      Effect: 'Allow',
      Principal: '*',
      Action: pull,
      Condition: { [operator]: { [key]: value } },
    });

  it.each([
    [
      'a role that does not exist',
      withStatement({ Effect: 'Allow', Principal: { AWS: roleArn('gone') }, Action: pull }),
      'fail medium',
    ],
    [
      'a role of an account that is not audited',
      withStatement({ Effect: 'Allow', Principal: { AWS: roleArn('x', OTHER) }, Action: pull }),
      'pass',
    ],
    [
      'a deleted principal',
      withStatement({ Effect: 'Allow', Principal: { AWS: 'AROAAAAAAAAAAAAAAAAAA' }, Action: pull }),
      'fail medium',
    ],
    [
      'StringEquals with a wildcard',
      by('StringEquals', 'aws:PrincipalArn', `arn:aws:iam::${ACCOUNT}:role/*`),
      'fail medium',
    ],
    [
      'StringEqualsIgnoreCase with a wildcard',
      by('StringEqualsIgnoreCase', 'aws:PrincipalOrgID', 'o-*'),
      'fail medium',
    ],
    [
      'StringNotEquals with a wildcard, which is always true',
      by('StringNotEquals', 'aws:PrincipalArn', `arn:aws:iam::${ACCOUNT}:role/*`),
      'pass',
    ],
    [
      'ArnEquals, which takes wildcards',
      by('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${ACCOUNT}:role/c*`),
      'pass',
    ],
    [
      'a pattern that matches no principal',
      by('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${ACCOUNT}:role/x*`),
      'fail medium',
    ],
    [
      'the ARN of a session',
      by('StringLike', 'aws:PrincipalArn', `arn:aws:sts::${ACCOUNT}:assumed-role/ci/*`),
      'fail medium',
    ],
    [
      'the ARN of a federated user',
      by('StringLike', 'aws:PrincipalArn', `arn:aws:sts::${ACCOUNT}:federated-user/bob`),
      'pass',
    ],
    [
      'conditions that contradict each other',
      withStatement({
        Effect: 'Allow',
        Principal: '*',
        Action: pull,
        Condition: {
          StringEquals: { 'aws:PrincipalAccount': OTHER },
          StringNotEquals: { 'aws:PrincipalAccount': OTHER },
        },
      }),
      'fail medium',
    ],
  ])('%s', (_, given, expected) => {
    expect(verdict('policy/never-matches', given)).toBe(expected);
  });

  it('finds resources of another registry', () => {
    const given = (Resource: string) =>
      aboutRegistry({ policy: known(policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:*', Resource })) });
    expect(verdict('policy/never-matches', given(repositoryArn('*', OTHER)))).toBe('fail medium');
    expect(verdict('policy/never-matches', given(repositoryArn('*')))).toBe('pass');
  });

  it('is unknown if it is unknown who exists', () => {
    const given = withStatement({ Effect: 'Allow', Principal: { AWS: roleArn('gone') }, Action: pull });
    const accounts = [account([], { principals: unknown() })];
    expect(verdict('policy/never-matches', { ...given, accounts })).toBe('unknown medium');
  });

  it('leaves the other statements in the corrected policy', () => {
    const kept = { Sid: 'Kept', Effect: 'Allow', Principal: { AWS: roleArn('ci') }, Action: pull };
    const gone = { Sid: 'Gone', Effect: 'Allow', Principal: { AWS: roleArn('gone') }, Action: pull };
    const given = about({ policy: known(policy(kept, gone)) }, NO_REGISTRY_POLICY);
    expect(result('policy/never-matches', given)?.fix?.document).toMatchObject({ Statement: [kept] });
  });
});
