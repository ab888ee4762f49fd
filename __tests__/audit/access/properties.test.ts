/** What has to hold of every decision, whatever the policies say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/audit/access/decide.ts';
import type { PrincipalFacts } from '../../../src/audit/access/facts.ts';
import {
  anyAction,
  anyIdentityStatement,
  anyPolicies,
  anyRegistryStatement,
  anyRepositoryStatement,
  anyTags,
  anyWho,
  type Policies,
  type StatementJson,
  situationOf,
} from './arbitraries.ts';
import { createRole, decideOn, type Json, policy, roleArn, says, variable } from './factories.ts';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 1_500) };

function decide(
  policies: Policies,
  who: PrincipalFacts,
  action: string,
  tags?: Parameters<typeof situationOf>[2],
) {
  return decideOn({ ...situationOf(policies, who, tags), action, otherSide: true });
}

/** Whether it can be allowed, and whether it is certain to be. */
const may = (verdict: Verdict) => verdict !== 'denied';
const must = (verdict: Verdict) => verdict === 'allowed';

const KINDS = ['identity', 'boundary', 'repository', 'registry', 'scp', 'rcp'] as const;
type Kind = (typeof KINDS)[number];

const anyAddition = fc
  .tuple(fc.constantFrom(...KINDS), anyIdentityStatement, anyRepositoryStatement, anyRegistryStatement)
  .map(([kind, identity, repository, registry]): [Kind, StatementJson] => {
    if (kind === 'repository') return [kind, repository];
    if (kind === 'registry') return [kind, registry];
    return [kind, kind === 'rcp' ? { ...identity, Principal: '*' } : identity];
  });

const added = (policies: Policies, kind: Kind, statement: StatementJson): Policies => ({
  ...policies,
  [kind]: [...(policies[kind] ?? []), statement],
});

describe('a decision', () => {
  it('is not worse for another Allow', () => {
    fc.assert(
      fc.property(
        anyPolicies,
        anyWho,
        anyAction,
        anyAddition,
        anyTags,
        (policies, who, action, [kind, statement], tags) => {
          // A first policy of these kinds is a limit that was not there; so is the first Allow of a level.
          const limits = kind === 'boundary' || kind === 'scp' || kind === 'rcp';
          fc.pre(!limits || policies[kind]?.some(({ Effect: effect }) => effect === 'Allow') === true);
          const before = decide(policies, who, action, tags).verdict;
          const after = decide(
            added(policies, kind, { ...statement, Effect: 'Allow' }),
            who,
            action,
            tags,
          ).verdict;
          if (must(before)) expect(after).toBe('allowed');
          if (may(before)) expect(after).not.toBe('denied');
        },
      ),
      RUNS,
    );
  });

  it('is not better for another Deny', () => {
    fc.assert(
      fc.property(
        anyPolicies,
        anyWho,
        anyAction,
        anyAddition,
        anyTags,
        (policies, who, action, [kind, statement], tags) => {
          const before = decide(policies, who, action, tags).verdict;
          const after = decide(
            added(policies, kind, { ...statement, Effect: 'Deny' }),
            who,
            action,
            tags,
          ).verdict;
          if (!may(before)) expect(after).toBe('denied');
          if (!must(before)) expect(after).not.toBe('allowed');
        },
      ),
      RUNS,
    );
  });

  it('does not depend on the order of statements, nor on how they are split', () => {
    const split = (statement: StatementJson): StatementJson[] => {
      const { Action: actions } = statement;
      return Array.isArray(actions) ? actions.map((one) => ({ ...statement, Action: one })) : [statement];
    };
    const changed = (
      policies: Policies,
      change: (list: readonly StatementJson[]) => StatementJson[],
    ): Policies => ({
      identity: change(policies.identity),
      boundary: policies.boundary && change(policies.boundary),
      repository: policies.repository && change(policies.repository),
      registry: policies.registry && change(policies.registry),
      scp: policies.scp && change(policies.scp),
      rcp: policies.rcp && change(policies.rcp),
    });
    fc.assert(
      fc.property(anyPolicies, anyWho, anyAction, anyTags, (policies, who, action, tags) => {
        const { verdict } = decide(policies, who, action, tags);
        const reversed = changed(policies, (list) => [...list].reverse());
        expect(decide(reversed, who, action, tags).verdict).toBe(verdict);
        expect(
          decide(
            changed(policies, (list) => list.flatMap(split)),
            who,
            action,
            tags,
          ).verdict,
        ).toBe(verdict);
      }),
      RUNS,
    );
  });

  it('explains itself', () => {
    fc.assert(
      fc.property(anyPolicies, anyWho, anyAction, anyTags, (policies, who, action, tags) => {
        const { verdict, because, conditions, unknown } = decide(policies, who, action, tags);
        if (verdict === 'allowed' && who.kind !== 'root')
          expect(because.some(({ effect }) => effect === 'Allow')).toBe(true);
        if (verdict === 'allowed' || verdict === 'denied') expect([conditions, unknown]).toEqual([[], []]);
        if (verdict === 'conditional') expect(conditions).not.toEqual([]);
        if (verdict === 'unknown') expect(unknown).not.toEqual([]);
        if (verdict === 'denied') expect(because.every(({ effect }) => effect === 'Deny')).toBe(true);
      }),
      RUNS,
    );
  });

  it('takes what is complemented for the rest', () => {
    const actions = ['ecr:PutImage', 'ecr:Batch*'];
    const role = createRole('r');
    const decideBy = (statement: Json, action: string) =>
      decideOn({
        principal: { ...role, policies: { known: [{ name: 'p', text: { known: policy(statement) } }] } },
        action,
      }).verdict;
    fc.assert(
      fc.property(
        anyAction,
        fc.subarray(actions, { minLength: 1 }),
        fc.constantFrom('*', 'arn:aws:ecr:*:*:repository/team/*', 'arn:aws:ecr:*:*:repository/x'),
        (action, list, resource) => {
          const verdicts = ['Action', 'NotAction'].map((name) =>
            decideBy({ Effect: 'Allow', [name]: list, Resource: '*' }, action),
          );
          expect([...verdicts].sort()).toEqual(['allowed', 'denied']);
          const byResource = ['Resource', 'NotResource'].map((name) =>
            decideBy({ Effect: 'Allow', Action: '*', [name]: resource }, action),
          );
          expect([...byResource].sort()).toEqual(['allowed', 'denied']);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('what is unknown', () => {
  const strange: Json[] = [
    { StringMatches: { 'aws:PrincipalArn': roleArn('r') } },
    { StringEquals: { 'aws:BrandNewKey': 'x' } },
    { StringNotEqualsIfExists: { 'other:Key': 'x' } },
    { 'ForAllValues:StringEquals': { 'other:Key': 'x' } },
    { Null: { 'other:Key': 'false' } },
    { StringLike: { 'aws:PrincipalArn': variable('other:Key') } },
    { NumericLessThan: { 'aws:PrincipalAccount': 'many' } },
  ];
  const role = (...statements: Json[]) =>
    createRole('r', { policies: { known: [{ name: 'p', text: { known: policy(...statements) } }] } });

  it.each(strange)('neither allows nor denies by itself: %j', (condition) => {
    const unsure = { Condition: condition };
    const everyone = { Principal: '*' };
    const verdicts = {
      allow: decideOn({ principal: role(says('Allow', '*', unsure)) }).verdict,
      deny: decideOn({ principal: role(says('Allow', '*'), says('Deny', '*', unsure)) }).verdict,
      boundary: decideOn({
        principal: {
          ...role(says('Allow', '*')),
          boundary: { known: { name: 'b', text: { known: policy(says('Allow', '*', unsure)) } } },
        },
      }).verdict,
      resource: decideOn({
        principal: role(),
        repository: { policy: { known: policy(says('Allow', '*', { ...unsure, ...everyone })) } },
      }).verdict,
      resourceDeny: decideOn({
        principal: role(says('Allow', '*')),
        repository: { policy: { known: policy(says('Deny', '*', { ...unsure, ...everyone })) } },
      }).verdict,
    };
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['unknown']));
  });

  it.each<[string, string]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a number', '1'],
    ['nothing', ''],
    ['no statements', '{"Version":"2012-10-17"}'],
    ['another version', '{"Version":"2027-01-01","Statement":[]}'],
    ['a version that is no text', '{"Version":["2012-10-17"],"Statement":[]}'],
    ['another element', '{"Version":"2012-10-17","Statement":[],"Comment":"x"}'],
    [
      'a key twice',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}]}',
    ],
    ['a statement that is no object', policy('x')],
    ['another effect', policy({ Effect: 'allow', Action: '*', Resource: '*' })],
    ['no action', policy({ Effect: 'Allow', Resource: '*' })],
    ['both actions', policy({ Effect: 'Allow', Action: '*', NotAction: 's3:*', Resource: '*' })],
    ['an empty list of actions', policy({ Effect: 'Allow', Action: [], Resource: '*' })],
    ['an action that is none', policy({ Effect: 'Allow', Action: 'PutImage', Resource: '*' })],
    ['no resource', policy({ Effect: 'Allow', Action: '*' })],
    ['a principal', policy({ Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' })],
    ['another element of a statement', policy({ Effect: 'Allow', Action: '*', Resource: '*', Scope: 'x' })],
    [
      'a condition that is no object',
      policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: ['x'] }),
    ],
    [
      'an operator that is no object',
      policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: 'x' } }),
    ],
    [
      'a condition without values',
      policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { a: [] } } }),
    ],
    [
      'a condition with an object',
      policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { a: {} } } }),
    ],
    ['a Sid that is no text', policy({ Sid: 1, Effect: 'Allow', Action: '*', Resource: '*' })],
  ])('a document with %s is unreadable, and leaves open what depends on it', (_, text) => {
    const principal = createRole('r', { policies: { known: [{ name: 'p', text: { known: text } }] } });
    expect(decideOn({ principal }).verdict).toBe('unknown');
    const bounded = {
      ...role(says('Allow', '*')),
      boundary: { known: { name: 'b', text: { known: text } } },
    };
    expect(decideOn({ principal: bounded }).verdict).toBe('unknown');
    const deny = { known: policy(says('Deny', '*', { Principal: '*' })) };
    expect(decideOn({ principal, repository: { policy: deny } }).verdict).toBe('denied');
  });

  it.each<[string, Json]>([
    ['a kind of principal', { Group: 'x' }],
    ['a text', 'arn:aws:iam::111122223333:root'],
    ['nothing', {}],
    ['an empty list', { AWS: [] }],
    ['a wildcard in an ARN', { AWS: roleArn('*') }],
    ['a user group', { AWS: 'arn:aws:iam::111122223333:group/x' }],
  ])('a principal that cannot be read leaves the statement open: %s', (_, principal) => {
    const statement: Json = { Effect: 'Allow', Principal: principal, Action: '*' };
    expect(
      decideOn({ principal: role(), repository: { policy: { known: policy(statement) } } }).verdict,
    ).toBe('unknown');
    const deny: Json = { Effect: 'Deny', Principal: principal, Action: '*' };
    expect(
      decideOn({ principal: role(says('Allow', '*')), repository: { policy: { known: policy(deny) } } })
        .verdict,
    ).toBe('unknown');
  });

  it('reads every legal form', () => {
    const one = says('Allow', 'ecr:PutImage');
    for (const statement of [one, [one]] as Json[]) {
      for (const version of [{ Version: '2012-10-17' }, { Version: '2008-10-17' }, {}]) {
        const text = JSON.stringify({ ...version, Id: 'x', Statement: statement });
        const principal = createRole('r', { policies: { known: [{ name: 'p', text: { known: text } }] } });
        expect(decideOn({ principal }).verdict).toBe('allowed');
      }
    }
    expect(decideOn({ principal: role() }).verdict).toBe('denied');
  });
});

describe('a hostile document', () => {
  const within = (seconds: number, work: () => void) => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(seconds);
  };
  const decideText = (text: string) => {
    const principal = createRole('r', { policies: { known: [{ name: 'p', text: { known: text } }] } });
    return decideOn({ principal, repository: { policy: { known: text } } }).verdict;
  };
  const long = 'a*?'.repeat(33_000);

  it.each<[string, string]>([
    ['nests deeply', `{"Version":"2012-10-17","Statement":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['nests objects deeply', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['has a long action', policy({ Effect: 'Allow', Action: `ecr:${long}`, Resource: '*' })],
    ['has a long resource', policy({ Effect: 'Allow', Action: '*', Resource: `arn:aws:ecr:${long}` })],
    ['has stars in a resource', policy({ Effect: 'Allow', Action: '*', Resource: `${'*a'.repeat(50)}b` })],
    ['has a long principal', policy({ Effect: 'Allow', Action: '*', Principal: { AWS: long } })],
    [
      'has a long condition',
      policy(says('Allow', '*', { Condition: { StringLike: { 'aws:PrincipalArn': long, [long]: long } } })),
    ],
    [
      'has a long operator',
      policy(says('Allow', '*', { Condition: { [`${'ForAnyValue:'.repeat(8_000)}x`]: { a: 'b' } } })),
    ],
    [
      'has long variables',
      policy(says('Allow', '*', { Condition: { StringLike: { 'aws:PrincipalArn': '${'.repeat(40_000) } } })),
    ],
    [
      'has many variables',
      policy(
        says('Allow', '*', {
          Condition: { StringLike: { 'aws:PrincipalArn': variable('aws:SourceVpc').repeat(10_000) } },
        }),
      ),
    ],
    [
      'has many statements',
      policy(...Array.from({ length: 2_500 }, (_, index) => says('Allow', `ecr:a${index}`))),
    ],
    [
      'has many unreadable statements',
      policy(...Array.from({ length: 5_000 }, (_, index) => ({ Sid: `${index}` }))),
    ],
    [
      'has many conditional statements',
      policy(
        ...Array.from({ length: 1_500 }, (_, index) =>
          says('Deny', '*', { Condition: { StringLike: { [`x:${index}`]: 'a' } } }),
        ),
      ),
    ],
    [
      'has a prototype',
      '{"Version":"2012-10-17","Statement":{"__proto__":{"Effect":"Allow"},"Effect":"Allow","Action":"*","Resource":"*"}}',
    ],
    [
      'has a prototype for a condition',
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"constructor":"x"}}}}',
    ],
    [
      'has a prototype for a principal',
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Principal":{"__proto__":["x"]}}}',
    ],
    ['has control characters', policy({ Effect: 'Allow', Action: 'ecr:\u0000', Resource: '\u0000\u0001*' })],
    ['is too long', `${policy(says('Allow', '*'))}${' '.repeat(300_000)}`],
  ])('that %s takes little time and allows nothing', (_, text) => {
    within(5, () => expect(decideText(text)).not.toBe('allowed'));
  });

  it('of any JSON is read without an exception', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        expect(decideText(text)).toBe('unknown');
      }),
      { numRuns: 500 },
    );
  });
});
