import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { match } from '../../src/policy/conditions.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import { matchesGlob } from '../../src/policy/globs.ts';
import type { Action, Conditions, Policy, Rule } from '../../src/policy/policy.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { createContext, createPolicy, NOW } from './factories.ts';

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);
const soon = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

function rule(action: Action, when: Conditions, name: string = action): Rule {
  return { name, action, reason: action === 'ignore' ? 'because' : undefined, when };
}

function judge(finding: Partial<Finding>, rules: readonly Rule[], policy: Partial<Policy> = {}) {
  return evaluate([createFinding(finding)], createPolicy({ ...policy, rules }), createContext());
}

describe('match', () => {
  const table: readonly (readonly [string, Conditions, Partial<Finding>, boolean | undefined])[] = [
    ['a severity of the list', { severity: ['HIGH', 'LOW'] }, { severity: 'LOW' }, true],
    ['a severity that is not in it', { severity: ['HIGH'] }, { severity: 'CRITICAL' }, false],
    ['UNTRIAGED', { severity: ['UNTRIAGED'] }, { severity: 'UNTRIAGED' }, true],
    ['UNTRIAGED that is not in it', { severity: ['HIGH'] }, { severity: 'UNTRIAGED' }, false],
    ['an unknown severity', { severity: ['HIGH'] }, { severity: 'CATASTROPHIC' }, undefined],
    ['a severity in lower case, which is unknown', { severity: ['LOW'] }, { severity: 'low' }, undefined],
    ['a score at its bound', { score: { operator: '>=', value: 7 } }, { score: 7 }, true],
    ['a score below it', { score: { operator: '>=', value: 7 } }, { score: 6.9 }, false],
    ['a score not above it', { score: { operator: '>', value: 7 } }, { score: 7 }, false],
    ['a score above it', { score: { operator: '>', value: 7 } }, { score: 7.1 }, true],
    ['a score at its upper bound', { score: { operator: '<=', value: 7 } }, { score: 7 }, true],
    ['a score over it', { score: { operator: '<=', value: 7 } }, { score: 7.1 }, false],
    ['a score under it', { score: { operator: '<', value: 7 } }, { score: 6.9 }, true],
    ['a score not under it', { score: { operator: '<', value: 7 } }, { score: 7 }, false],
    ['no score', { score: { operator: '<', value: 7 } }, { score: undefined }, undefined],
    ['a score that is no number', { score: { operator: '<', value: 7 } }, { score: Number.NaN }, undefined],
    ['an EPSS', { epss: { operator: '>=', value: 0.5 } }, { epss: 0.6 }, true],
    ['no EPSS', { epss: { operator: '>=', value: 0.5 } }, { epss: undefined }, undefined],
    ['KEV', { knownExploited: true }, { knownExploited: true }, true],
    ['no KEV', { knownExploited: true }, { knownExploited: false }, false],
    ['not KEV', { knownExploited: false }, { knownExploited: false }, true],
    ['unknown KEV data', { knownExploited: false }, { knownExploited: undefined }, undefined],
    ['an exploit', { exploitAvailable: true }, { exploitAvailable: 'YES' }, true],
    ['no exploit', { exploitAvailable: true }, { exploitAvailable: 'NO' }, false],
    ['the absence of an exploit', { exploitAvailable: false }, { exploitAvailable: 'NO' }, true],
    ['unknown exploit data', { exploitAvailable: true }, { exploitAvailable: undefined }, undefined],
    ['an exploit in new words', { exploitAvailable: true }, { exploitAvailable: 'PERHAPS' }, undefined],
    ['a fix', { fixAvailable: 'YES' }, { fixAvailable: 'YES' }, true],
    ['another fix', { fixAvailable: 'NO' }, { fixAvailable: 'PARTIAL' }, false],
    ['an unknown fix', { fixAvailable: 'NO' }, { fixAvailable: undefined }, undefined],
    ['a fix in new words', { fixAvailable: 'NO' }, { fixAvailable: 'SOON' }, undefined],
    ['older than', { olderThanMs: 7 * DAY }, { firstObservedAt: daysAgo(8) }, true],
    ['not yet older than', { olderThanMs: 7 * DAY }, { firstObservedAt: daysAgo(7) }, false],
    ['newer than', { newerThanMs: 7 * DAY }, { firstObservedAt: daysAgo(7) }, true],
    ['no longer newer than', { newerThanMs: 7 * DAY }, { firstObservedAt: daysAgo(7.1) }, false],
    ['observed at this moment', { newerThanMs: 7 * DAY }, { firstObservedAt: NOW }, true],
    [
      'observed a moment from now, by another clock',
      { newerThanMs: 7 * DAY },
      { firstObservedAt: soon(300) },
      true,
    ],
    ['not yet observed', { newerThanMs: 7 * DAY }, { firstObservedAt: soon(301) }, undefined],
    ['of no age', { newerThanMs: 7 * DAY }, { firstObservedAt: undefined }, undefined],
    ['of an age that is none', { olderThanMs: 7 * DAY }, { firstObservedAt: new Date('?') }, undefined],
    ['a repository', { repository: ['other/*', 'team/*'] }, {}, true],
    ['another repository', { repository: ['team'] }, {}, false],
    ['a platform', { platform: ['linux/arm64'] }, { platform: 'linux/arm64' }, true],
    ['another platform', { platform: ['linux/arm64'] }, { platform: 'linux/amd64' }, false],
    ['an unknown platform', { platform: ['linux/*'] }, { platform: 'unknown' }, undefined],
    [
      'an index entry without platform',
      { platform: ['linux/*'] },
      { platform: 'unknown/unknown' },
      undefined,
    ],
    ['an id, in any case', { vulnerability: ['cve-2022-0778'] }, {}, true],
    ['an id that only begins so', { vulnerability: ['CVE-2022-07'] }, {}, false],
    ['a glob over ids', { vulnerability: ['CVE-2022-*'] }, {}, true],
    [
      'several conditions, all of which hold',
      { severity: ['HIGH'], knownExploited: true },
      { knownExploited: true },
      true,
    ],
    ['one that does not hold beside an unknown one', { severity: ['LOW'], knownExploited: true }, {}, false],
    ['one that holds beside an unknown one', { severity: ['HIGH'], knownExploited: true }, {}, undefined],
  ];
  it.each(table)('%s', (_, when, finding, expected) => {
    for (const quantifier of ['any', 'every'] as const) {
      const context = { quantifier, repository: 'team/app', now: NOW };
      expect(match(when, createFinding(finding), context).truth).toBe(expected);
    }
  });

  it('names missing data, each once', () => {
    const when: Conditions = {
      severity: ['HIGH'],
      knownExploited: true,
      epss: { operator: '>', value: 0.1 },
      olderThanMs: 1,
      newerThanMs: DAY,
      score: { operator: '>', value: 1 },
      exploitAvailable: true,
      fixAvailable: 'NO',
      platform: ['linux/*'],
      package: ['openssl'],
    };
    const finding = createFinding({
      severity: 'CATASTROPHIC',
      score: undefined,
      exploitAvailable: undefined,
      fixAvailable: undefined,
    });
    const { missing } = match(when, finding, { quantifier: 'any', repository: 'team/app', now: NOW });
    expect([...missing].sort()).toEqual([
      'age',
      'epss',
      'exploit-available',
      'fix-available',
      'known-exploited',
      'package',
      'platform',
      'score',
      'severity',
    ]);
    const layered = match({ layer: 'base' }, finding, {
      quantifier: 'any',
      repository: 'team/app',
      now: NOW,
    });
    expect(layered).toEqual({ truth: undefined, missing: ['layer'] });
    expect(
      match({ repository: ['**'] }, finding, { quantifier: 'any', repository: 'a', now: NOW }).missing,
    ).toEqual([]);
  });

  const openssl = createPackage({ name: 'openssl', manager: 'OS', origin: 'base' });
  const lodash = createPackage({ name: 'lodash', manager: 'NPM', origin: 'application' });
  const idle = createPackage({ name: 'zlib', reachability: 'not-reachable' });
  const running = createPackage({ name: 'curl', reachability: 'reachable' });
  const unmanaged = createPackage({ name: 'openssl', manager: undefined, origin: undefined });
  it.each([
    ['one of two packages', { package: ['openssl'] }, [openssl, lodash], true, false],
    ['both packages', { package: ['openssl', 'lodash'] }, [openssl, lodash], true, true],
    ['no package', { package: ['zlib'] }, [openssl, lodash], false, false],
    ['a finding without packages', { package: ['zlib'] }, [], undefined, undefined],
    ['a manager, in any case', { packageManager: ['os'] }, [openssl], true, true],
    ['another manager', { packageManager: ['npm'] }, [openssl], false, false],
    ['an unknown package manager', { packageManager: ['npm'] }, [unmanaged], undefined, undefined],
    [
      'one that matches and one that is unknown',
      { packageManager: ['npm'] },
      [unmanaged, lodash],
      true,
      undefined,
    ],
    [
      'one that does not match and one that is unknown',
      { packageManager: ['npm'] },
      [unmanaged, openssl],
      undefined,
      false,
    ],
    [
      'conditions that hold for different packages only',
      { package: ['openssl'], packageManager: ['NPM'] },
      [openssl, lodash],
      false,
      false,
    ],
    ['a layer', { layer: 'base' }, [openssl], true, true],
    ['another layer', { layer: 'base' }, [lodash], false, false],
    ['an unknown layer', { layer: 'base' }, [unmanaged], undefined, undefined],
    ['a package that is not reachable', { reachability: 'not-reachable' }, [idle], true, true],
    ['a package that is reachable', { reachability: 'reachable' }, [running], true, true],
    ['one that is, and not the other', { reachability: 'not-reachable' }, [running], false, false],
    ['the other way round', { reachability: 'reachable' }, [idle], false, false],
    ['an unknown reachability', { reachability: 'not-reachable' }, [openssl], undefined, undefined],
    ['that it may be reachable', { reachability: 'reachable' }, [openssl], undefined, undefined],
    ['one of two that are not reachable', { reachability: 'not-reachable' }, [idle, running], true, false],
    ['one of two that are reachable', { reachability: 'reachable' }, [idle, running], true, false],
    ['both that are not reachable', { reachability: 'not-reachable' }, [idle, idle], true, true],
    [
      'one that is not, and an unknown one',
      { reachability: 'not-reachable' },
      [idle, openssl],
      true,
      undefined,
    ],
    ['one that is not, where one may be', { reachability: 'reachable' }, [idle, openssl], undefined, false],
    ['no package that is not reachable', { reachability: 'not-reachable' }, [], undefined, undefined],
    ['that the reachability is unknown', { reachability: 'unknown' }, [openssl], undefined, undefined],
    ['that it is unknown of one package', { reachability: 'unknown' }, [idle, openssl], undefined, false],
    ['that it is unknown where it is known', { reachability: 'unknown' }, [idle, running], false, false],
    [
      'a reachability of another package',
      { reachability: 'not-reachable', package: ['curl'] },
      [idle, running],
      false,
      false,
    ],
    [
      'a reachability that is unknown of another package',
      { reachability: 'reachable', package: ['curl'] },
      [running, openssl],
      true,
      false,
    ],
  ] as const)('of packages: %s', (_, when, packages, any, every) => {
    const finding = createFinding({ packages });
    const context = { repository: 'team/app', now: NOW };
    expect(match(when, finding, { ...context, quantifier: 'any' }).truth).toBe(any);
    expect(match(when, finding, { ...context, quantifier: 'every' }).truth).toBe(every);
  });

  it.each<[string, Conditions, Finding['packages'], readonly string[]]>([
    ['the reachability', { reachability: 'not-reachable' }, [openssl], ['reachability']],
    [
      'the reachability, if the package matches',
      { reachability: 'reachable', package: ['openssl'] },
      [openssl],
      ['reachability'],
    ],
    [
      'the layer and not the reachability',
      { reachability: 'not-reachable', layer: 'base' },
      [idle],
      ['layer'],
    ],
    ['both', { reachability: 'not-reachable', layer: 'base' }, [unmanaged], ['layer', 'reachability']],
    [
      'the package manager',
      { packageManager: ['OS'], layer: 'base' },
      [{ ...openssl, manager: undefined }],
      ['package'],
    ],
    [
      'all of a finding without packages',
      { package: ['a'], layer: 'base', reachability: 'reachable' },
      [],
      ['package', 'layer', 'reachability'],
    ],
    [
      'only what decides',
      { package: ['openssl'], reachability: 'reachable', layer: 'base' },
      [idle, openssl],
      ['reachability'],
    ],
  ])('names the missing data of packages: %s', (_, when, packages, expected) => {
    const context = { quantifier: 'any', repository: 'team/app', now: NOW } as const;
    expect(match(when, createFinding({ packages }), context)).toEqual({
      truth: undefined,
      missing: expected,
    });
  });

  it('must match all vulnerabilities of an advisory to allow it, and any of them to block it', () => {
    const advisory = createFinding({
      vulnerabilityId: 'ALAS-1',
      relatedIds: ['CVE-2022-0001', 'CVE-2022-0002'],
    });
    const truth = (vulnerability: string[], quantifier: 'any' | 'every') =>
      match({ vulnerability }, advisory, { quantifier, repository: 'team/app', now: NOW }).truth;
    expect(truth(['CVE-2022-0001'], 'any')).toBe(true);
    expect(truth(['CVE-2022-0001'], 'every')).toBe(false);
    expect(truth(['CVE-2022-0001', 'CVE-2022-0002'], 'every')).toBe(true);
    expect(truth(['ALAS-1'], 'every')).toBe(true);
    const plain = createFinding({ relatedIds: [] });
    expect(
      match({ vulnerability: ['GHSA-*'] }, plain, { quantifier: 'every', repository: 'a', now: NOW }).truth,
    ).toBe(false);
  });

  it('must match both platforms of an image to downgrade', () => {
    const both = createFinding({ platform: 'linux/amd64, linux/arm64' });
    const context = { repository: 'team/app', now: NOW };
    expect(match({ platform: ['linux/arm64'] }, both, { ...context, quantifier: 'any' }).truth).toBe(true);
    expect(match({ platform: ['linux/arm64'] }, both, { ...context, quantifier: 'every' }).truth).toBe(false);
    expect(match({ platform: ['linux/*'] }, both, { ...context, quantifier: 'every' }).truth).toBe(true);
  });
});

describe('rules', () => {
  it('decide in order: the first that matches', () => {
    const rules = [
      rule('warn', { package: ['zlib'] }, 'zlib'),
      rule('ignore', { severity: ['CRITICAL'] }, 'critical'),
      rule('block', { severity: ['CRITICAL'] }, 'never reached'),
    ];
    const packages = [createPackage({ name: 'openssl' })];
    const { verdict, judged } = judge({ severity: 'CRITICAL', packages }, rules);
    expect(verdict).toBe('pass');
    expect(judged[0]).toMatchObject({
      effect: 'allow',
      reason: { kind: 'rule', rule: 'critical', reason: 'because', missing: [] },
    });
  });

  it('leave findings without a matching rule to the thresholds', () => {
    const { judged } = judge({ severity: 'HIGH' }, [rule('block', { severity: ['CRITICAL'] })]);
    expect(judged[0]?.reason).toEqual({ kind: 'warn-on', threshold: 'high' });
  });

  it.each([
    // A rule that may or may not match decides only for the worse.
    ['block', 'LOW', 'block', 'rule'],
    ['block', 'CRITICAL', 'block', 'fail-on'],
    ['warn', 'LOW', 'warn', 'rule'],
    ['warn', 'CRITICAL', 'block', 'fail-on'],
    ['ignore', 'LOW', 'allow', 'below-thresholds'],
    ['ignore', 'CRITICAL', 'block', 'fail-on'],
  ] as const)('%s whose match is unknown, on %s: %s by %s', (action, severity, effect, kind) => {
    const { judged } = judge({ severity, knownExploited: undefined }, [
      rule(action, { knownExploited: true }),
    ]);
    expect(judged[0]).toMatchObject({ effect, reason: { kind } });
    if (kind === 'rule') expect(judged[0]?.reason).toMatchObject({ missing: ['known-exploited'] });
  });

  it('can judge what is untriaged, suppressed or of unknown severity', () => {
    const ignore = [rule('ignore', { vulnerability: ['CVE-2022-0778'] })];
    expect(judge({ severity: 'UNTRIAGED' }, ignore).verdict).toBe('pass');
    expect(judge({ severity: 'CATASTROPHIC' }, ignore).verdict).toBe('pass');
    expect(judge({ status: 'SUPPRESSED' }, ignore, { suppressed: 'block' }).verdict).toBe('pass');
    const block = [rule('block', { vulnerability: ['CVE-2022-0778'] })];
    expect(judge({ severity: 'UNTRIAGED' }, block).verdict).toBe('block');
    expect(judge({ status: 'SUPPRESSED' }, block, { suppressed: 'warn' }).verdict).toBe('block');
    // What a suppression hides is not judged at all, by rules neither.
    expect(judge({ status: 'SUPPRESSED' }, block).verdict).toBe('pass');
  });

  it('treat an unknown severity as any: it blocks if one of them would, and is never downgraded', () => {
    const strange = { severity: 'CATASTROPHIC' };
    const ignore = rule('ignore', { vulnerability: ['CVE-*'] });
    expect(judge(strange, [rule('block', { severity: ['CRITICAL'] }), ignore]).verdict).toBe('block');
    expect(judge(strange, [rule('ignore', { severity: ['LOW'] })]).verdict).toBe('block');
  });

  it('block if one package matches, and downgrade only if every package does', () => {
    const packages = [createPackage({ name: 'openssl' }), createPackage({ name: 'zlib' })];
    const when = { package: ['openssl'] };
    expect(judge({ severity: 'LOW', packages }, [rule('block', when)]).verdict).toBe('block');
    for (const action of ['warn', 'ignore'] as const) {
      expect(judge({ severity: 'CRITICAL', packages }, [rule(action, when)]).verdict).toBe('block');
      const both = { package: ['openssl', 'zlib'] };
      expect(judge({ severity: 'CRITICAL', packages }, [rule(action, both)]).verdict).not.toBe('block');
    }
  });

  const reaching = (...given: readonly ('reachable' | 'not-reachable' | undefined)[]) =>
    given.map((reachability, at) => createPackage({ name: `p${at}`, reachability }));

  it.each([
    ['ignore', 'not-reachable', ['not-reachable', 'not-reachable'], 'pass'],
    ['warn', 'not-reachable', ['not-reachable'], 'warn'],
    ['ignore', 'not-reachable', ['not-reachable', 'reachable'], 'block'],
    ['ignore', 'not-reachable', ['not-reachable', undefined], 'block'],
    ['ignore', 'not-reachable', [undefined], 'block'],
    ['ignore', 'not-reachable', [], 'block'],
    ['warn', 'not-reachable', [undefined], 'block'],
    // They may be reachable, so that they are not certainly "reachable" either.
    ['ignore', 'reachable', [undefined], 'block'],
    ['warn', 'unknown', [undefined], 'block'],
    ['warn', 'unknown', [], 'block'],
  ] as const)('%s with reachability: %s of %j makes %s of a CRITICAL finding', (action, reachability, given, verdict) => {
    const packages = reaching(...given);
    expect(judge({ severity: 'CRITICAL', packages }, [rule(action, { reachability })]).verdict).toBe(verdict);
  });

  it.each([
    ['block', 'reachable', ['not-reachable', 'reachable'], 'block'],
    ['block', 'reachable', ['not-reachable', undefined], 'block'],
    ['block', 'reachable', [undefined], 'block'],
    ['block', 'reachable', [], 'block'],
    ['block', 'reachable', ['not-reachable', 'not-reachable'], 'pass'],
    ['block', 'not-reachable', [undefined], 'block'],
    ['block', 'not-reachable', ['reachable'], 'pass'],
    ['block', 'unknown', ['not-reachable', undefined], 'block'],
    ['block', 'unknown', ['not-reachable', 'reachable'], 'pass'],
    ['warn', 'unknown', [undefined], 'warn'],
    ['warn', 'reachable', [undefined], 'warn'],
    ['warn', 'reachable', ['reachable'], 'warn'],
    ['warn', 'reachable', ['not-reachable'], 'pass'],
  ] as const)('%s with reachability: %s of %j makes %s of a LOW finding', (action, reachability, given, verdict) => {
    const packages = reaching(...given);
    const result = judge({ severity: 'LOW', packages }, [rule(action, { reachability })]);
    expect(result.verdict).toBe(verdict);
    if (given.length === 1 && given[0] === undefined) {
      expect(result.judged[0]?.reason).toMatchObject({ kind: 'rule', missing: ['reachability'] });
    }
  });

  it('that certainly match decide, and have no missing data', () => {
    const rules = [
      rule('warn', { severity: ['HIGH'] }, 'first'),
      rule('block', { severity: ['HIGH'] }, 'second'),
    ];
    expect(judge({ severity: 'HIGH' }, rules).judged[0]).toMatchObject({
      effect: 'warn',
      reason: { kind: 'rule', rule: 'first' },
    });
    const blocks = [
      rule('block', { severity: ['HIGH'] }, 'first'),
      rule('block', { severity: ['HIGH'] }, 'second'),
    ];
    expect(judge({ severity: 'HIGH' }, blocks).judged[0]?.reason).toMatchObject({ rule: 'first' });
  });

  it.each([
    ['block', 'block'],
    ['warn', 'warn'],
    ['ignore', 'pass'],
  ] as const)('untriaged: %s makes %s', (untriaged, verdict) => {
    const result = judge({ severity: 'UNTRIAGED' }, [], { untriaged });
    expect(result.verdict).toBe(verdict);
    expect(result.judged[0]?.reason).toEqual({ kind: 'untriaged' });
  });

  it.each([
    ['block', 'block', 1, 0],
    ['warn', 'warn', 1, 0],
    ['ignore', 'pass', 0, 1],
  ] as const)('suppressed: %s makes %s', (suppressed, verdict, judged, listed) => {
    const result = judge({ severity: 'LOW', status: 'SUPPRESSED' }, [], { suppressed });
    expect(result.verdict).toBe(verdict);
    expect(result.judged).toHaveLength(judged);
    expect(result.suppressed).toHaveLength(listed);
    expect(result.counts.total).toBe(0);
    if (judged > 0) expect(result.judged[0]?.reason).toEqual({ kind: 'suppressed' });
  });
});

describe('limits', () => {
  const high = (id: string, more: Partial<Finding> = {}) =>
    createFinding({ id, vulnerabilityId: `CVE-2022-000${id}`, severity: 'HIGH', ...more });

  it('block an image with more findings than they allow', () => {
    const limits = { high: 2 };
    const of = (count: number) =>
      evaluate(
        Array.from({ length: count }, (_, index) => high(`${index}`)),
        createPolicy({ limits }),
        createContext(),
      );
    expect(of(2)).toMatchObject({ verdict: 'warn', exceededLimits: [] });
    expect(of(3)).toMatchObject({
      verdict: 'block',
      blocking: 0,
      exceededLimits: [{ severity: 'high', allowed: 2, found: 3 }],
    });
  });

  it('count below the thresholds too, and every severity on its own', () => {
    const policy = createPolicy({
      failOn: 'none',
      warnOn: 'none',
      limits: { high: 0, untriaged: 0 },
      untriaged: 'warn',
    });
    expect(evaluate([high('1')], policy, createContext()).exceededLimits).toHaveLength(1);
    const untriaged = evaluate([createFinding({ severity: 'UNTRIAGED' })], policy, createContext());
    expect(untriaged.exceededLimits).toEqual([{ severity: 'untriaged', allowed: 0, found: 1 }]);
    expect(evaluate([createFinding({ severity: 'LOW' })], policy, createContext()).exceededLimits).toEqual(
      [],
    );
  });

  it('do not count findings that a rule ignores, and count a finding on two platforms once', () => {
    const rules = [rule('ignore', { vulnerability: ['CVE-2022-0001'] })];
    const policy = createPolicy({ limits: { high: 1 }, rules });
    const platforms = [
      high('2', { platform: 'linux/amd64' }),
      high('3', { vulnerabilityId: 'CVE-2022-0002', platform: 'linux/arm64' }),
    ];
    expect(evaluate([high('1'), ...platforms], policy, createContext()).exceededLimits).toEqual([]);
  });

  it('count findings that only warn', () => {
    const warned = createPolicy({ limits: { high: 0 }, rules: [rule('warn', { severity: ['HIGH'] })] });
    expect(evaluate([high('1')], warned, createContext()).verdict).toBe('block');
    const suppressed = createPolicy({ limits: { high: 0 }, suppressed: 'warn' });
    expect(evaluate([high('1', { status: 'SUPPRESSED' })], suppressed, createContext()).verdict).toBe(
      'block',
    );
    const untriaged = createPolicy({ limits: { untriaged: 0 }, untriaged: 'warn' });
    expect(evaluate([createFinding({ severity: 'UNTRIAGED' })], untriaged, createContext()).verdict).toBe(
      'block',
    );
  });

  it('count the same whether or not the layer of a finding is known', () => {
    const policy = createPolicy({ limits: { high: 1 } });
    const of = (...origins: ('base' | undefined)[]) =>
      evaluate(
        origins.map((origin, index) =>
          high('1', { id: `${index}`, platform: `linux/${index}`, packages: [createPackage({ origin })] }),
        ),
        policy,
        createContext(),
      );
    expect(of(undefined, undefined)).toMatchObject({ verdict: 'warn', judged: [{}] });
    const known = of('base', undefined);
    expect(known).toMatchObject({ verdict: 'warn', exceededLimits: [], counts: { high: 1 } });
    // They are told one by one all the same.
    expect(known.judged).toHaveLength(2);
  });

  it('do not count untriaged findings that the policy ignores', () => {
    const policy = createPolicy({ limits: { untriaged: 0 }, untriaged: 'ignore' });
    const { verdict } = evaluate([createFinding({ severity: 'UNTRIAGED' })], policy, createContext());
    expect(verdict).toBe('pass');
  });
});

describe('globs', () => {
  it.each([
    ['openssl*', 'openssl', true],
    ['openssl*', 'openssl-libs', true],
    ['openssl', 'openssl-libs', false],
    ['ssl', 'openssl', false],
    ['*', 'golang.org/x/net', false],
    ['**', 'golang.org/x/net', true],
    ['golang.org/**', 'golang.org/x/net', true],
    ['@babel/*', '@babel/traverse', true],
    ['org.apache:*', 'org.apache:log4j', true],
    ['!openssl', 'zlib', false],
    ['!openssl', '!openssl', true],
    ['g++', 'g++', true],
    ['g++', 'g+++', false],
    ['libstdc++6', 'libstdc++6', true],
    ['+(a|b)', 'a', false],
    ['@(a|b)', 'a', false],
    ['(a+)+b', 'aab', false],
    ['a.c', 'abc', false],
    ['{npm,jar}', 'jar', true],
    ['fo?', 'foo', true],
    ['fo?', 'fo/', false],
    ['CVE-*', 'cve-1', false],
    ['.*', '.hidden', true],
    ['*', '.hidden', true],
    ['**', 'a/../b', true],
    ['**', '..', true],
    ['*', '..', true],
    ['**', 'one\nline more', true],
    ['*', 'one\nline more', true],
    ['openssl', 'openssl\n', false],
    ['**', '', true],
    ['a**', 'a/b', true],
    ['a**z', 'a/b/z', true],
    ['a*z', 'a/z', false],
    ['***', 'a/b', true],
    ['**/app', 'app', true],
    ['**/app', 'x/y/app', true],
    ['**/app', 'myapp', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'ab', false],
    ['shop/**', 'shop', false],
    ['"a"', 'a', false],
    ['{a}', 'a', true],
    ['a{,-b}', 'a', true],
    ['{a*,b?}', 'bc', true],
    ['{a*,b?}', 'xa', false],
    ['x{1..3}', 'x2', false],
    // A directory more or less begins only behind a slash, whatever the braces are.
    ['team{**/app,web}', 'teamapp', false],
    ['team{**/app,web}', 'team-a/app', true],
    ['team{**/app,web}', 'team/app', true],
    ['team/{**/app,web}', 'team/app', true],
    ['team/{**/app,web}', 'team/a/app', true],
    ['{**/app,web}', 'app', true],
    ['{a}{**/app}', 'aapp', false],
    ['team{/**/app,web}', 'team/app', true],
    ['team{a/**/b,web}', 'teama/b', true],
    ['[ab]c', 'bc', true],
    ['[ab]c', 'abc', false],
    ['lib[0-9]', 'lib7', true],
    ['lib[0-9]', 'lib-', false],
    ['lib[0-9]', 'lib0', true],
    ['lib[0-9]', 'lib9', true],
    ['lib[0-9]', 'lib:', false],
    ['lib[0-9]', 'lib/', false],
    ['lib[a-a]', 'liba', true],
    ['lib[9-0]', 'lib5', false],
    ['lib[9-0]', 'lib-', true],
    ['lib[a-c-]', 'lib-', true],
    ['[!a]', 'b', false],
    ['[^a]', 'b', false],
    ['[^a]', '^', true],
    ['[.]', 'x', false],
    ['a\\*', 'a\\b', true],
    ['a|b', 'a', false],
    ['$', '', false],
    ['{a,b}{c,d}*', 'bdx', true],
    ['{a,b}{c,d}', 'bb', false],
    ['{*,b}c', 'x/c', false],
    ['{*,b/}c', 'b/c', true],
    ['*{a,b}', 'xxb', true],
    ['?', '\u{1f600}', true],
    ['[\u{1f600}-\u{1f60f}]', '\u{1f605}', true],
    ['[a-]', '-', true],
  ])('%s on %s: %s', (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });

  /** The same by trying every way, without a regular expression. */
  function tried(glob: string, text: string, starts = true): boolean {
    const rest = (length: number) => glob.slice(length);
    if (glob === '') return text === '';
    if (starts && glob.startsWith('**/')) {
      const places = [...text].flatMap((character, at) => (character === '/' ? [at + 1] : []));
      return [0, ...places].some((at) => tried(rest(3), text.slice(at)));
    }
    const stars = /^\*+/.exec(glob)?.[0].length ?? 0;
    if (stars > 0) {
      const most = stars > 1 || !text.includes('/') ? text.length : text.indexOf('/');
      return Array.from({ length: most + 1 }, (_, at) => at).some((at) =>
        tried(rest(stars), text.slice(at), false),
      );
    }
    const fits = glob[0] === '?' ? text !== '' && text[0] !== '/' : text[0] === glob[0];
    return fits && tried(rest(1), text.slice(1), glob[0] === '/');
  }

  it('match the same names as an exhaustive search', () => {
    const text = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 7 });
    let matched = 0;
    fc.assert(
      fc.property(text('**?/ab.'), text('//aab.\n'), (glob, candidate) => {
        const expected = tried(glob, candidate);
        expect(matchesGlob(glob, candidate)).toBe(expected);
        if (expected && candidate !== '') matched += 1;
      }),
      { numRuns: 5_000 },
    );
    expect(matched).toBeGreaterThan(100);
  });

  it('never fail, whatever a policy may write', () => {
    const written = fc.string({
      unit: fc.constantFrom(...'*?[]{}ab-!^\\/.$+|,@#~"'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(written, (glob) => {
        expect(typeof matchesGlob(glob, 'a/b')).toBe('boolean');
        expect(typeof matchesGlob(glob, 'a/b', { ignoreCase: true })).toBe('boolean');
      }),
      { numRuns: 5_000 },
    );
  });

  it('can leave case out of account', () => {
    expect(matchesGlob('CVE-*', 'cve-1', { ignoreCase: true })).toBe(true);
    // U+212A, the sign for kelvin, is no K.
    expect(matchesGlob('K-1', '\u212a-1', { ignoreCase: true })).toBe(false);
    expect(matchesGlob('CVE-*', 'cve-1')).toBe(false);
  });

  // What backtracks takes longer for any of them than a test may.
  it.each([
    [`${'{a,aa}'.repeat(42)}b`, 'a'.repeat(84)],
    [`${'{a*,*a}'.repeat(36)}b`, 'a'.repeat(1_000)],
    [`${'*a'.repeat(127)}*b`, 'a'.repeat(3_000)],
    ['*a*a*b', `${'a'.repeat(1_000)}!/`],
    ['(((a+)+)+)+b', 'a'.repeat(1_000)],
  ])('decides a pattern made to be slow: %s', (glob, text) => {
    expect(matchesGlob(glob, text)).toBe(false);
  });
});
