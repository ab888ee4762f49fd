/** Every operator, set operator, key and variable, one by one. */
import { describe, expect, it } from 'vitest';
import { holdAll } from '../../../src/audit/access/conditions.ts';
import { parseDocument } from '../../../src/audit/access/document.ts';
import type { PrincipalFacts } from '../../../src/audit/access/facts.ts';
import { contextOf, type KeyTarget } from '../../../src/audit/access/keys.ts';
import { rootOf } from '../../../src/audit/access/named-principals.ts';
import {
  ACCOUNT,
  createAccount,
  createRole,
  createUser,
  decideOn,
  type Json,
  OTHER,
  roleArn,
  roleThat,
  rootArn,
  says,
  variable,
} from './factories.ts';

const TARGET: KeyTarget = {
  region: 'eu-central-1',
  account: ACCOUNT,
  tags: { known: {} },
  organization: { notGiven: true },
};

interface Case {
  readonly principal?: PrincipalFacts;
  readonly target?: Partial<KeyTarget>;
  readonly keys?: Record<string, string[]>;
  readonly version?: string;
}

function truthOf(
  condition: Json,
  { principal = createRole('r'), target, keys, version = '2012-10-17' }: Case = {},
) {
  const statement = { Effect: 'Allow', Action: 'ecr:PutImage', Resource: '*', Condition: condition };
  const document = parseDocument(JSON.stringify({ Version: version, Statement: statement }), 'principal');
  if (!document.readable) throw new Error(document.reason);
  const [only] = document.statements;
  if (only?.readable !== true) throw new Error(only?.reason);
  return holdAll(only.conditions, contextOf(principal, { ...TARGET, ...target }, keys), document.variables);
}

/** An operator, the policy's value, the request's values (none: the key is missing), and what it is. */
const yes = (operator: string, wanted: Json, ...given: string[]) => [operator, wanted, given, 'yes'] as const;
const no = (operator: string, wanted: Json, ...given: string[]) => [operator, wanted, given, 'no'] as const;
const open = (operator: string, wanted: Json, ...given: string[]) =>
  [operator, wanted, given, 'unknown'] as const;

const ROLE = 'arn:aws:iam::111122223333:role/a/b';

describe('an operator', () => {
  it.each([
    yes('StringEquals', 'a', 'a'),
    no('StringEquals', 'a', 'A'),
    no('StringEquals', '*', 'a'),
    yes('StringEquals', '*', '*'),
    yes('StringEquals', ['x', 'a'], 'a'),
    no('StringEquals', 'a'),
    no('StringNotEquals', 'a', 'a'),
    yes('StringNotEquals', 'a', 'b'),
    no('StringNotEquals', ['a', 'b'], 'b'),
    yes('StringNotEquals', ['a', 'b'], 'c'),
    yes('StringNotEquals', 'a'),
    yes('StringNotEquals', 'a*', 'ab'),
    yes('StringEqualsIgnoreCase', 'aB', 'Ab'),
    no('StringEqualsIgnoreCase', 'a?', 'ab'),
    no('StringNotEqualsIgnoreCase', 'aB', 'Ab'),
    yes('StringNotEqualsIgnoreCase', 'aB'),
    yes('StringLike', 'a*c', 'abbc'),
    yes('StringLike', 'a*c', 'ac'),
    yes('StringLike', 'a?c', 'abc'),
    no('StringLike', 'a?c', 'ac'),
    no('StringLike', 'A*', 'abc'),
    no('StringLike', 'b*', 'abc'),
    yes('StringLike', '*', ''),
    yes('StringLike', 'a.c', 'a.c'),
    no('StringLike', 'a.c', 'abc'),
    yes('StringLike', '**a**', 'xax'),
    yes('StringLike', '*a*b', 'aabab'),
    no('StringLike', '*'),
    no('StringNotLike', 'a*', 'abc'),
    yes('StringNotLike', 'a*', 'bc'),
    yes('StringNotLike', 'a*'),
    ...['ArnEquals', 'ArnLike'].flatMap((name) => [
      yes(name, ROLE, ROLE),
      yes(name, 'arn:aws:iam::111122223333:role/*', ROLE),
      yes(name, 'arn:*:iam::*:role/a/?', ROLE),
      no(name, 'arn:aws:iam::111122223333:user/*', ROLE),
      open(name, 'arn:aws:iam:*:role/a/b', ROLE),
      no(
        name,
        'arn:aws:someservice:*:111122223333:finance/*',
        'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
      ),
      yes(name, 'arn:aws:x:r:a:b:*', 'arn:aws:x:r:a:b:c:d'),
      no(name, ROLE),
      no(name, ROLE, 'not an arn'),
      open(name, '*', ROLE),
      open(name, 'role/a/b', ROLE),
    ]),
    ...['ArnNotEquals', 'ArnNotLike'].flatMap((name) => [
      no(name, 'arn:aws:iam::*:role/*', ROLE),
      yes(name, 'arn:aws:iam::*:user/*', ROLE),
      yes(name, ROLE),
    ]),
    yes('NumericEquals', '5', '5.0'),
    yes('NumericEquals', 5, '5'),
    no('NumericEquals', '5', '6'),
    no('NumericNotEquals', '5', '5'),
    yes('NumericNotEquals', '5'),
    yes('NumericLessThan', '5', '4.9'),
    no('NumericLessThan', '5', '5'),
    yes('NumericLessThanEquals', '5', '5'),
    no('NumericLessThanEquals', '5', '5.1'),
    yes('NumericGreaterThan', '-5', '-4'),
    no('NumericGreaterThan', '5', '5'),
    yes('NumericGreaterThanEquals', '5', '5'),
    no('NumericGreaterThanEquals', '5'),
    open('NumericEquals', 'five', '5'),
    open('NumericEquals', '5', 'five'),
    open('NumericNotEquals', '0x5', '5'),
    yes('DateEquals', '2026-11-23T10:00:00Z', '2026-11-23T11:00:00+01:00'),
    yes('DateEquals', '2026-11-23', '1795392000'),
    no('DateNotEquals', '2026-11-23T10:00Z', '2026-11-23T10:00:00Z'),
    yes('DateLessThan', '2026-11-23', '2026-11-22T23:59:59Z'),
    no('DateLessThan', '2026-11-23', '2026-11-23T00:00:00Z'),
    yes('DateLessThanEquals', '2026-11-23', '2026-11-23T00:00:00Z'),
    yes('DateGreaterThan', '2026-11', '2026-11-02'),
    yes('DateGreaterThanEquals', '2026', '2026-01-01'),
    open('DateLessThan', '23.11.2026', '2026-11-22'),
    open('DateLessThan', '2026-13-01', '2026-11-22'),
    yes('Bool', 'true', 'true'),
    yes('Bool', 'TRUE', 'true'),
    yes('Bool', true, 'true'),
    no('Bool', 'true', 'false'),
    no('Bool', false, 'true'),
    no('Bool', 'false'),
    open('Bool', 'yes', 'true'),
    yes('BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA=='),
    no('BinaryEquals', 'QQ==', 'Qg=='),
    open('BinaryEquals', 'not base64', 'Qg=='),
    yes('IpAddress', '203.0.113.0/24', '203.0.113.255'),
    no('IpAddress', '203.0.113.0/24', '203.0.114.1'),
    yes('IpAddress', '203.0.113.7', '203.0.113.7'),
    yes('IpAddress', '0.0.0.0/0', '8.8.8.8'),
    no('IpAddress', '0.0.0.0/0', '2001:db8::1'),
    no('IpAddress', '0.0.0.0/0', '::1'),
    yes('IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5678:9::1'),
    no('IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1'),
    yes('IpAddress', '::/0', '1::'),
    yes('NotIpAddress', '203.0.113.0/24', '198.51.100.1'),
    no('NotIpAddress', ['198.51.100.0/24', '203.0.113.0/24'], '203.0.113.9'),
    yes('NotIpAddress', '203.0.113.0/24'),
    open('IpAddress', '203.0.113.256', '203.0.113.1'),
    open('IpAddress', '203.0.113.0/33', '203.0.113.1'),
    open('IpAddress', '1::2::3', '1::'),
    yes('Null', 'true'),
    no('Null', 'true', 'a'),
    yes('Null', 'false', 'a'),
    no('Null', false),
    yes('Null', ['true', 'false'], 'a'),
    open('Null', 'maybe', 'a'),
    open('StringMatches', 'a', 'a'),
    open('stringequals', 'a', 'a'),
    open('StringEqualsIfExist', 'a', 'a'),
    open('NullIfExists', 'true', 'a'),
    open('ForAnyValue:Null', 'true', 'a'),
    open('ForSomeValues:StringEquals', 'a', 'a'),
  ])('%s %j of %j is %s', (operator, wanted, given, expected) => {
    expect(
      truthOf({ [operator]: { 'aws:TagKeys': wanted } }, { keys: { 'aws:tagkeys': [...given] } }).truth,
    ).toBe(expected);
  });

  it.each([
    yes('StringEqualsIfExists', 'a'),
    no('StringEqualsIfExists', 'a', 'b'),
    yes('StringNotEqualsIfExists', 'a'),
    no('StringNotLikeIfExists', 'a*', 'ab'),
    yes('BoolIfExists', 'true'),
    yes('ForAllValues:StringEquals', 'a'),
    yes('ForAllValues:StringEquals', ['a', 'b'], 'a', 'b'),
    no('ForAllValues:StringEquals', ['a', 'b'], 'a', 'c'),
    yes('ForAllValues:StringNotEquals', ['a', 'b'], 'c', 'd'),
    no('ForAllValues:StringNotEquals', ['a', 'b'], 'c', 'a'),
    yes('ForAllValues:StringLikeIfExists', 'a*'),
    no('ForAnyValue:StringEquals', 'a'),
    yes('ForAnyValue:StringEquals', ['a', 'b'], 'x', 'b'),
    no('ForAnyValue:StringEquals', ['a', 'b'], 'x', 'y'),
    yes('ForAnyValue:StringNotEquals', 'a', 'a', 'b'),
    no('ForAnyValue:StringNotEquals', 'a', 'a'),
    no('ForAnyValue:StringNotEquals', 'a'),
    open('ForAnyValue:StringLikeIfExists', 'a*'),
    yes('ForAnyValue:StringLikeIfExists', 'a*', 'b', 'ab'),
    open('StringEquals', 'a', 'a', 'b'),
  ])('%s %j of %j is %s', (operator, wanted, given, expected) => {
    expect(
      truthOf({ [operator]: { 'aws:TagKeys': wanted } }, { keys: { 'aws:tagkeys': [...given] } }).truth,
    ).toBe(expected);
  });

  it('has to hold together with all others, and a certain no decides', () => {
    const keys = { 'aws:tagkeys': ['a'] };
    const [holds, fails, strange] = [{ 'aws:TagKeys': 'a' }, { 'aws:TagKeys': 'b' }, { 'strange:Key': 'b' }];
    expect(truthOf({ StringEquals: holds, StringLike: fails, ArnLike: strange }, { keys }).truth).toBe('no');
    expect(truthOf({ StringEquals: { ...holds, ...strange } }, { keys }).truth).toBe('unknown');
    expect(truthOf({}, { keys }).truth).toBe('yes');
  });
});

describe('a key', () => {
  const role = createRole('path/r', { tags: { known: { Team: 'a' } }, organization: { id: 'o-1' } });
  const user = createUser('path/u');
  const root = rootOf(createAccount());
  const service: PrincipalFacts = {
    ...role,
    arn: 'service:lambda.amazonaws.com',
    kind: 'service',
    account: undefined,
  };
  const anyone: PrincipalFacts = { ...role, arn: 'anyone', kind: 'anyone', account: undefined };
  const other: PrincipalFacts = {
    ...role,
    arn: rootArn(OTHER),
    kind: 'account',
    account: OTHER,
    tags: { unknown: 'not audited' },
    organization: { unknown: 'not audited' },
  };

  it.each<[string, Json, PrincipalFacts, string]>([
    ['a role by its ARN', { ArnEquals: { 'aws:PrincipalArn': roleArn('path/r') } }, role, 'yes'],
    [
      'a role by a session',
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:sts::${ACCOUNT}:assumed-role/r/*` } },
      role,
      'no',
    ],
    ['a root by its ARN', { StringEquals: { 'aws:PrincipalArn': rootArn() } }, root, 'yes'],
    ['a role by the root', { StringEquals: { 'aws:PrincipalArn': rootArn() } }, role, 'no'],
    [
      'an account by a role of it',
      { ArnLike: { 'aws:PrincipalArn': roleArn('x', OTHER) } },
      other,
      'conditional',
    ],
    ['an account by all of it', { StringLike: { 'aws:PrincipalArn': 'arn:*' } }, other, 'yes'],
    ['an account by a role of another', { ArnLike: { 'aws:PrincipalArn': roleArn('x') } }, other, 'no'],
    [
      'an account but for roles of another',
      { ArnNotLike: { 'aws:PrincipalArn': roleArn('x') } },
      other,
      'yes',
    ],
    ['anyone by ARN', { ArnLike: { 'aws:PrincipalArn': roleArn('x') } }, anyone, 'conditional'],
    ['a service by ARN', { ArnNotLike: { 'aws:PrincipalArn': roleArn('x') } }, service, 'unknown'],
    ['the account', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }, role, 'yes'],
    ['another account', { StringEquals: { 'AWS:principalaccount': OTHER } }, role, 'no'],
    ['the organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, role, 'yes'],
    ['another organization', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, role, 'no'],
    [
      'the organization of another account',
      { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      other,
      'unknown',
    ],
    [
      'a path in the organization',
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/*' } },
      role,
      'unknown',
    ],
    [
      'all paths of the organization',
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } },
      role,
      'yes',
    ],
    [
      'a path in another organization',
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-2/*' } },
      role,
      'no',
    ],
    [
      'no organization',
      { Null: { 'aws:PrincipalOrgID': 'true' } },
      { ...role, organization: { none: true } },
      'yes',
    ],
    [
      'an organization that is not given',
      { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      user,
      'conditional',
    ],
    ['a tag', { StringEquals: { 'aws:PrincipalTag/team': 'a' } }, role, 'yes'],
    ['a tag that it does not have', { StringEquals: { 'aws:PrincipalTag/x': 'a' } }, role, 'no'],
    [
      'a tag of another account',
      { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
      { ...other, kind: 'role' },
      'unknown',
    ],
    [
      'two tags that differ by case',
      { 'ForAnyValue:StringEquals': { 'aws:PrincipalTag/team': 'a' } },
      { ...role, tags: { known: { team: 'a', Team: 'b' } } },
      'unknown',
    ],
    ['the type of a role', { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, role, 'yes'],
    ['the type of a user', { StringEquals: { 'aws:PrincipalType': 'User' } }, user, 'yes'],
    ['the type of a root', { StringEquals: { 'aws:PrincipalType': 'Account' } }, root, 'yes'],
    ['the name of a user', { StringEquals: { 'aws:username': 'u' } }, user, 'yes'],
    ['the name of a role', { StringEquals: { 'aws:username': 'r' } }, role, 'no'],
    ['a session by the id of its role', { StringLike: { 'aws:userid': `${role.id}:*` } }, role, 'yes'],
    ['one session', { StringLike: { 'aws:userid': `${role.id}:build` } }, role, 'conditional'],
    ['the id of another role', { StringLike: { 'aws:userid': 'AROAOTHER:*' } }, role, 'no'],
    ['an id that was not read', { StringLike: { 'aws:userid': 'x' } }, { ...role, id: undefined }, 'unknown'],
    ['a service', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, service, 'yes'],
    ['no service', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }, role, 'yes'],
    [
      'a service by its name',
      { StringEquals: { 'aws:PrincipalServiceName': 'lambda.amazonaws.com' } },
      service,
      'yes',
    ],
    [
      'a role by the name of a service',
      { StringEquals: { 'aws:PrincipalServiceName': 'lambda.amazonaws.com' } },
      role,
      'no',
    ],
    ['the region', { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }, role, 'yes'],
    [
      'the account of the resource',
      { StringEquals: { 'aws:ResourceAccount': variable('aws:PrincipalAccount') } },
      role,
      'yes',
    ],
    ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, role, 'conditional'],
    ['any endpoint', { StringLike: { 'aws:SourceVpce': '*' } }, role, 'conditional'],
    ['any endpoint, if there is one', { StringLikeIfExists: { 'aws:SourceVpce': '*' } }, role, 'yes'],
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }, role, 'conditional'],
    ['that there is a time', { Null: { 'aws:CurrentTime': 'false' } }, role, 'yes'],
    ['that there is MFA', { Null: { 'aws:MultiFactorAuthAge': 'false' } }, role, 'conditional'],
    ['a key that is unknown', { StringEquals: { 'aws:NewKey': 'x' } }, role, 'unknown'],
    [
      'a key that is unknown, if there is one',
      { StringEqualsIfExists: { 'aws:NewKey': 'x' } },
      role,
      'unknown',
    ],
    [
      'a key that is unknown, for all values',
      { 'ForAllValues:StringEquals': { 'other:Key': 'x' } },
      role,
      'unknown',
    ],
    ['whether a key that is unknown is there', { Null: { 'other:Key': 'true' } }, role, 'unknown'],
    ['the prototype', { StringEquals: { constructor: 'x', __proto__x: 'y' } }, role, 'unknown'],
  ])('names %s', (_, condition, principal, expected) => {
    expect(truthOf(condition, { principal }).truth).toBe(expected);
  });

  it.each([
    'aws:ResourceTag/team',
    'ecr:ResourceTag/team',
    'ecr:resourcetag/Team',
  ])('%s is a tag of the repository', (key) => {
    const target = { tags: { known: { team: 'a' } } };
    expect(truthOf({ StringEquals: { [key]: 'a' } }, { target }).truth).toBe('yes');
    expect(
      truthOf({ StringEquals: { [key]: variable('aws:PrincipalTag/Team') } }, { target, principal: role })
        .truth,
    ).toBe('yes');
    expect(
      truthOf({ StringEquals: { [key]: 'a' } }, { target: { tags: { unknown: 'refused' } } }),
    ).toMatchObject({
      truth: 'unknown',
      reasons: ['the tags of the resource: refused'],
    });
  });

  it('says what the request has to be like', () => {
    const condition = { StringEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } };
    expect(truthOf(condition).conditions).toEqual(['aws:SourceVpce StringEquals vpce-1, vpce-2']);
  });

  it('keeps the conditions of one statement together, and those of several apart', () => {
    const [vpc, time] = [{ 'aws:SourceVpc': 'vpc-1' }, { 'aws:CurrentTime': '2027-01-01' }];
    const decide = (...conditions: Json[]) =>
      decideOn({
        principal: roleThat('r', ...conditions.map((one) => says('Allow', '*', { Condition: one }))),
      }).conditions;
    expect(decide({ StringEquals: vpc, DateLessThan: time })).toEqual([
      'aws:SourceVpc StringEquals vpc-1 and aws:CurrentTime DateLessThan 2027-01-01',
    ]);
    expect(decide({ StringEquals: vpc }, { DateLessThan: time })).toEqual([
      'aws:SourceVpc StringEquals vpc-1',
      'aws:CurrentTime DateLessThan 2027-01-01',
    ]);
  });

  it('makes an allowed action conditional if a Deny leaves it to the request', () => {
    const decide = (key: string) =>
      decideOn({
        principal: {
          ...role,
          policies: {
            known: [
              {
                name: 'p',
                text: {
                  known: JSON.stringify({
                    Version: '2012-10-17',
                    Statement: [
                      says('Allow', '*'),
                      says('Deny', 'ecr:*', { Condition: { StringNotEquals: { [key]: 'v' } } }),
                    ],
                  }),
                },
              },
            ],
          },
        },
      });
    expect(decide('aws:SourceVpc')).toMatchObject({
      verdict: 'conditional',
      conditions: ['unless aws:SourceVpc StringNotEquals v'],
    });
    expect(decide('aws:NewKey').verdict).toBe('unknown');
  });
});

describe('a policy variable', () => {
  const user = createUser('anna', { tags: { known: { team: 'a', star: 'x*', level: '1', yes: 'true' } } });
  const like = (value: string) => ({ StringLike: { 'aws:TagKeys': value } });
  const given = (value: string): Case => ({ principal: user, keys: { 'aws:tagkeys': [value] } });

  it.each<[string, string, string, string]>([
    ['a name', `x/${variable('aws:username')}/*`, 'x/anna/y', 'yes'],
    ['a tag', variable('aws:PrincipalTag/team'), 'a', 'yes'],
    [
      'a missing tag with a default',
      variable("aws:PrincipalTag/none, 'company-wide'"),
      'company-wide',
      'yes',
    ],
    ['a tag with a default', variable("aws:PrincipalTag/team, 'company-wide'"), 'company-wide', 'no'],
    ['a missing tag', `*${variable('aws:PrincipalTag/none')}`, 'x', 'no'],
    ['a star', variable('*'), '*', 'yes'],
    ['a star, not a wildcard', variable('*'), 'x', 'no'],
    ['a question mark', variable('?'), 'x', 'no'],
    ['a dollar', variable('$'), '$', 'yes'],
    ['what the request decides', `a${variable('aws:SourceVpc')}`, 'ab', 'conditional'],
    ['what the request decides, beside what does not match', `a${variable('aws:SourceVpc')}`, 'b', 'no'],
    ['a key that is unknown', `a${variable('aws:NewKey')}`, 'ab', 'unknown'],
    ['a value that has a wildcard', variable('aws:PrincipalTag/star'), 'xy', 'unknown'],
    ['nothing, unclosed', `$${'{'}aws:username`, 'anna', 'unknown'],
    ['nothing, empty', variable(''), 'anna', 'unknown'],
  ])('stands for %s', (_, value, wanted, expected) => {
    expect(truthOf(like(value), given(wanted)).truth).toBe(expected);
  });

  it('matches nothing if it has no value, and a negated operator does then', () => {
    const value = variable('aws:PrincipalTag/none');
    expect(truthOf({ StringNotLike: { 'aws:TagKeys': value } }, given('x')).truth).toBe('yes');
    expect(truthOf({ StringEquals: { 'aws:TagKeys': value } }, given('')).truth).toBe('no');
  });

  it('is text in version 2008-10-17, and if no version is given', () => {
    const value = variable('aws:username');
    expect(truthOf(like(value), { ...given('anna'), version: '2008-10-17' }).truth).toBe('no');
    expect(truthOf(like(value), { ...given(value), version: '2008-10-17' }).truth).toBe('yes');
  });

  it('is unknown in operators that take none', () => {
    const [level, bool] = [variable('aws:PrincipalTag/level'), variable('aws:PrincipalTag/yes')];
    expect(truthOf({ NumericEquals: { 'aws:TagKeys': level } }, given('1')).truth).toBe('unknown');
    expect(truthOf({ Bool: { 'aws:TagKeys': bool } }, given('true')).truth).toBe('unknown');
  });

  it('is unknown with several values', () => {
    const keys = { 'aws:tagkeys': ['a'], 'aws:calledvia': ['a', 'b'] };
    expect(truthOf(like(variable('aws:CalledVia')), { principal: user, keys }).truth).toBe('unknown');
  });
});
