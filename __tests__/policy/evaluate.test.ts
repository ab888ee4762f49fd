import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate as evaluateUnder } from '../../src/policy/evaluate.ts';
import type { Policy, Rule } from '../../src/policy/policy.ts';
import type { Finding } from '../../src/results/finding.ts';
import { SEVERITIES, THRESHOLDS } from '../../src/results/severity.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { createContext, createPolicy } from './factories.ts';

type Thresholds = Pick<Policy, 'failOn' | 'warnOn' | 'ignoreUnfixed'>;

/** Judged by thresholds alone. */
function evaluate(findings: readonly Finding[], limits: Thresholds) {
  return evaluateUnder(findings, createPolicy(limits), createContext());
}

const defaults: Thresholds = { failOn: 'critical', warnOn: 'high', ignoreUnfixed: false };

const severity = fc.oneof(fc.constantFrom(...SEVERITIES, 'UNTRIAGED'), fc.string({ minLength: 1 }));
const status = fc.constantFrom('ACTIVE', 'ACTIVE', 'SUPPRESSED', 'CLOSED', 'REOPENED');
const finding: fc.Arbitrary<Finding> = fc
  .record({
    id: fc.integer({ min: 0, max: 30 }).map((number) => `arn:${number}`),
    vulnerabilityId: fc.constantFrom('CVE-2021-44228', 'CVE-2022-0778', 'GHSA-jfh8-c2jp-5v3q'),
    severity,
    status,
    fixAvailable: fc.constantFrom('YES', 'NO', 'PARTIAL', undefined),
    score: fc.option(fc.double({ min: 0, max: 10, noNaN: true }), { nil: undefined }),
    platform: fc.constantFrom('linux/amd64', 'linux/arm64'),
  })
  .map(createFinding);
const thresholds: fc.Arbitrary<Thresholds> = fc.record({
  failOn: fc.constantFrom(...THRESHOLDS),
  warnOn: fc.constantFrom(...THRESHOLDS),
  ignoreUnfixed: fc.boolean(),
});
const badness = (verdict: string) => ['pass', 'warn', 'block'].indexOf(verdict);

describe('evaluate', () => {
  it('does not merge a finding that is in the base image on one platform only', () => {
    const of = (platform: string, statedOrigin: 'base' | 'application') =>
      createFinding({
        id: platform,
        platform,
        severity: 'CRITICAL',
        packages: [createPackage({ statedOrigin })],
      });
    const { judged, blocking } = evaluate(
      [of('linux/amd64', 'base'), of('linux/arm64', 'application')],
      defaults,
    );
    expect(judged.map(({ platforms }) => platforms)).toEqual([['linux/amd64'], ['linux/arm64']]);
    expect(blocking).toBe(2);
  });

  it.each([
    'ACTIVE',
    'SUPPRESSED',
  ])('does not merge a finding that is %s and reachable on one platform only', (status) => {
    const of = (platform: string, reachability: 'reachable' | 'not-reachable') =>
      createFinding({
        id: platform,
        platform,
        status,
        severity: 'CRITICAL',
        packages: [createPackage({ reachability })],
      });
    const { judged, suppressed } = evaluate(
      [of('linux/amd64', 'not-reachable'), of('linux/arm64', 'reachable')],
      defaults,
    );
    const shown = [...judged, ...suppressed].map(({ platforms, finding }) => [
      platforms,
      finding.packages[0]?.reachability,
    ]);
    expect(shown).toEqual([
      [['linux/amd64'], 'not-reachable'],
      [['linux/arm64'], 'reachable'],
    ]);
  });

  it.each([
    ['CRITICAL', defaults, 'block', 'fail-on'],
    ['HIGH', defaults, 'warn', 'warn-on'],
    ['MEDIUM', defaults, 'pass', 'below-thresholds'],
    ['UNTRIAGED', defaults, 'warn', 'untriaged'],
    ['UNTRIAGED', { ...defaults, failOn: 'none', warnOn: 'none' }, 'warn', 'untriaged'],
    ['CATASTROPHIC', defaults, 'block', 'unknown-severity'],
    ['CATASTROPHIC', { ...defaults, failOn: 'none' }, 'block', 'unknown-severity'],
    ['', defaults, 'block', 'unknown-severity'],
    ['CRITICAL', { ...defaults, failOn: 'none' }, 'warn', 'warn-on'],
    ['INFORMATIONAL', { ...defaults, failOn: 'informational' }, 'block', 'fail-on'],
    ['LOW', { ...defaults, failOn: 'medium', warnOn: 'none' }, 'pass', 'below-thresholds'],
  ] as const)('%s with %o: %s by %s', (given, limits, verdict, reason) => {
    const result = evaluate([createFinding({ severity: given })], limits);
    expect(result.verdict).toBe(verdict);
    expect(result.judged[0]?.reason.kind).toBe(reason);
  });

  it('passes on no findings', () => {
    expect(evaluate([], defaults)).toMatchObject({ verdict: 'pass', blocking: 0, counts: { total: 0 } });
  });

  it('lets only findings without any fix off with a warning', () => {
    const limits = { ...defaults, ignoreUnfixed: true };
    const verdictOf = (fixAvailable: string | undefined, given = 'CRITICAL') =>
      evaluate([createFinding({ severity: given, fixAvailable })], limits).verdict;
    expect(verdictOf('NO')).toBe('warn');
    expect(
      evaluate([createFinding({ severity: 'CRITICAL', fixAvailable: 'NO' })], limits).judged[0],
    ).toMatchObject({
      effect: 'warn',
      reason: { kind: 'unfixed', threshold: 'critical' },
    });
    expect(verdictOf('PARTIAL')).toBe('block');
    expect(verdictOf('YES')).toBe('block');
    expect(verdictOf(undefined)).toBe('block');
    expect(verdictOf('NO', 'CATASTROPHIC')).toBe('block');
  });

  it('does not judge suppressed and closed findings, and lists the suppressed ones', () => {
    const result = evaluate(
      [
        createFinding({ id: 'a', severity: 'CRITICAL', status: 'SUPPRESSED' }),
        createFinding({ id: 'b', severity: 'CRITICAL', status: 'CLOSED' }),
      ],
      defaults,
    );
    expect(result).toMatchObject({ verdict: 'pass', counts: { total: 0 }, blocking: 0 });
    expect(result.suppressed.map(({ ids }) => ids)).toEqual([['a']]);
  });

  it('judges an unknown status', () => {
    expect(evaluate([createFinding({ severity: 'CRITICAL', status: 'REOPENED' })], defaults).verdict).toBe(
      'block',
    );
  });

  it('counts one finding of several platforms once and names them all', () => {
    const platforms = ['linux/arm64', 'linux/amd64'];
    const findings = platforms.map((platform) =>
      createFinding({ id: platform, severity: 'CRITICAL', platform }),
    );
    const result = evaluate(findings, defaults);
    expect(result.counts).toMatchObject({ critical: 1, total: 1 });
    expect(result.judged[0]?.platforms).toEqual(['linux/amd64', 'linux/arm64']);
  });

  it('counts every severity on its own', () => {
    const given = [
      'CRITICAL',
      'HIGH',
      'HIGH',
      'MEDIUM',
      'LOW',
      'LOW',
      'LOW',
      'INFORMATIONAL',
      'UNTRIAGED',
      'NEW',
    ];
    const findings = given.map((severity, index) =>
      createFinding({ id: `${index}`, vulnerabilityId: `CVE-${index}`, severity }),
    );
    expect(evaluate(findings, defaults).counts).toEqual({
      critical: 1,
      high: 2,
      medium: 1,
      low: 3,
      informational: 1,
      untriaged: 1,
      unknown: 1,
      total: 10,
    });
  });

  const openssl = createPackage({ name: 'openssl', version: '3.0.1', manager: 'OS', fixedIn: '3.0.2' });
  const zlib = createPackage({ name: 'zlib' });
  const twice = (one: Partial<Finding>, other: Partial<Finding>) =>
    evaluate(
      [
        createFinding({ id: 'a', platform: 'linux/amd64', packages: [openssl], ...one }),
        createFinding({ id: 'b', platform: 'linux/arm64', packages: [openssl], ...other }),
      ],
      defaults,
    );
  it.each<[string, Partial<Finding>]>([
    ['vulnerability', { vulnerabilityId: 'CVE-2021-44228' }],
    ['type', { type: 'CODE_VULNERABILITY' }],
    ['severity', { severity: 'CRITICAL' }],
    ['status', { status: 'REOPENED' }],
    ['fix', { fixAvailable: 'NO' }],
    ['fix that is unknown', { fixAvailable: undefined }],
    ['packages', { packages: [openssl, zlib] }],
    ['no package', { packages: [] }],
    ...(
      [
        { name: 'libssl3' },
        { version: '3.0.0' },
        { manager: 'NPM' },
        { manager: undefined },
        { fixedIn: undefined },
        { fixedIn: '3.0.3' },
        { filePath: 'app/lib' },
      ] as const
    ).map((change): [string, Partial<Finding>] => [
      JSON.stringify(change),
      { packages: [{ ...openssl, ...change }] },
    ]),
  ])('counts findings apart that differ in: %s', (_, other) => {
    const { counts, judged } = twice({}, other);
    expect([counts.total, judged.length]).toEqual([2, 2]);
  });

  it('counts findings apart that lie in different files, and shows apart those of different layers', () => {
    const at = (filePath: string) => ({ packages: [{ ...openssl, filePath }] });
    expect(twice(at('app/a'), at('app/b')).counts.total).toBe(2);
    expect(twice(at('app/a'), at('app/a')).counts.total).toBe(1);
    const of = (origin: 'base' | 'application') => ({ packages: [{ ...openssl, origin }] });
    const { counts, judged } = twice(of('base'), of('application'));
    expect([counts.total, judged.length]).toEqual([1, 2]);
  });

  it('counts findings once that differ in the order of their packages or in missing data', () => {
    const { counts, judged } = twice({ packages: [openssl, zlib] }, { packages: [zlib, openssl] });
    expect([counts.total, judged.length]).toEqual([1, 1]);
    const bare = { ...openssl, manager: undefined, fixedIn: undefined, filePath: undefined };
    const unknown = { fixAvailable: undefined, packages: [bare] };
    expect(twice(unknown, unknown).counts.total).toBe(1);
  });

  it('shows the same one of several equal findings, in any order', () => {
    const findings = ['b', 'a', 'c'].map((id) =>
      createFinding({ id, title: `as ${id} has it`, platform: `linux/${id}` }),
    );
    for (const order of [findings, [...findings].reverse()]) {
      const { judged } = evaluate(order, defaults);
      expect(judged).toMatchObject([{ finding: { title: 'as a has it' }, ids: ['a', 'b', 'c'] }]);
    }
    const twins = ['x', 'y'].map((title) => createFinding({ title }));
    expect(evaluate(twins, defaults).judged[0]?.finding.title).toBe('x');
    expect(evaluate([...twins].reverse(), defaults).judged[0]?.finding.title).toBe('x');
  });

  it('keeps platforms apart that a rule judges differently', () => {
    const rules: Rule[] = [
      { name: 'arm', action: 'block', reason: undefined, when: { platform: ['linux/arm64'] } },
      { name: 'ids', action: 'block', reason: undefined, when: { vulnerability: ['CVE-*'] } },
    ];
    const findings = ['linux/amd64', 'linux/arm64'].map((platform) =>
      createFinding({ id: platform, platform }),
    );
    const { judged, counts } = evaluateUnder(findings, createPolicy({ rules }), createContext());
    expect(
      judged.map(({ platforms, reason }) => [platforms.join(), reason.kind === 'rule' && reason.rule]),
    ).toEqual([
      ['linux/amd64', 'ids'],
      ['linux/arm64', 'arm'],
    ]);
    expect(counts.total).toBe(1);
  });

  it('keeps findings apart that would be judged differently', () => {
    const findings = [
      createFinding({ id: 'a', severity: 'CRITICAL', fixAvailable: 'NO', platform: 'linux/amd64' }),
      createFinding({ id: 'b', severity: 'CRITICAL', fixAvailable: 'YES', platform: 'linux/arm64' }),
    ];
    expect(evaluate(findings, { ...defaults, ignoreUnfixed: true })).toMatchObject({
      verdict: 'block',
      blocking: 1,
    });
  });

  it('never improves by an added finding', () => {
    fc.assert(
      fc.property(fc.array(finding), finding, thresholds, (findings, added, limits) => {
        const before = evaluate(findings, limits);
        const after = evaluate([...findings, { ...added, status: 'ACTIVE' }], limits);
        expect(badness(after.verdict)).toBeGreaterThanOrEqual(badness(before.verdict));
        expect(after.blocking).toBeGreaterThanOrEqual(before.blocking);
      }),
    );
  });

  it('does not depend on the order of pages or on their repetition', () => {
    const shuffled = fc
      .array(finding)
      .chain((findings) =>
        fc.tuple(
          fc.constant(findings),
          fc.shuffledSubarray([...findings, ...findings], { minLength: 2 * findings.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, thresholds, ([findings, again], limits) => {
        expect(evaluate(again, limits)).toEqual(evaluate(findings, limits));
      }),
    );
  });

  it('never improves by a stricter threshold', () => {
    fc.assert(
      fc.property(
        fc.array(finding),
        thresholds,
        fc.constantFrom(...THRESHOLDS),
        (findings, limits, other) => {
          const strict =
            THRESHOLDS.indexOf(other) % 5 >= THRESHOLDS.indexOf(limits.failOn) % 5 ? other : limits.failOn;
          if (strict === 'none' || limits.failOn === 'none') return;
          const before = evaluate(findings, limits);
          expect(badness(evaluate(findings, { ...limits, failOn: strict }).verdict)).toBeGreaterThanOrEqual(
            badness(before.verdict),
          );
        },
      ),
    );
  });

  it('counts every judged finding exactly once', () => {
    fc.assert(
      fc.property(fc.array(finding), thresholds, (findings, limits) => {
        const { counts, judged } = evaluate(findings, limits);
        const { total, ...bySeverity } = counts;
        expect(total).toBe(judged.length);
        expect(Object.values(bySeverity).reduce((sum, count) => sum + count, 0)).toBe(total);
      }),
    );
  });

  it('orders by severity, score, vulnerability, packages and ids, whatever the order they came in', () => {
    const packages = [createPackage({ name: 'a', version: '2' })];
    const expected = [
      createFinding({ id: '1', vulnerabilityId: 'CVE-9', score: 9 }),
      createFinding({ id: '2', vulnerabilityId: 'CVE-1', score: 7 }),
      createFinding({ id: '3', vulnerabilityId: 'CVE-2', score: 7 }),
      createFinding({ id: '4', vulnerabilityId: 'CVE-3', score: 0 }),
      createFinding({ id: '9', vulnerabilityId: 'CVE-5', score: Number.NaN, packages: [] }),
      createFinding({ id: '8', vulnerabilityId: 'CVE-5', score: undefined, packages }),
      createFinding({
        id: '7',
        vulnerabilityId: 'CVE-5',
        score: Number.NaN,
        packages: [createPackage({ name: 'b', version: '1' })],
      }),
      createFinding({ id: '6', vulnerabilityId: 'CVE-6', score: undefined, fixAvailable: 'NO' }),
      createFinding({ id: '66', vulnerabilityId: 'CVE-6', score: undefined, fixAvailable: 'YES' }),
      createFinding({ id: '77', vulnerabilityId: 'CVE-7', score: undefined, fixAvailable: 'NO' }),
      createFinding({ id: '77', vulnerabilityId: 'CVE-7', score: undefined, fixAvailable: 'YES' }),
    ];
    for (const order of [expected, [...expected].reverse()]) {
      expect(evaluate(order, defaults).judged.map(({ finding }) => finding)).toEqual(expected);
    }
  });

  it('lists blocking findings first, the worst of them at the top', () => {
    const { judged } = evaluate(
      ['LOW', 'HIGH', 'CRITICAL', 'NEW', 'UNTRIAGED'].map((given) =>
        createFinding({ id: given, severity: given }),
      ),
      defaults,
    );
    expect(judged.map((entry) => entry.finding.severity)).toEqual([
      'NEW',
      'CRITICAL',
      'HIGH',
      'UNTRIAGED',
      'LOW',
    ]);
  });
});
