import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { ExceptionBounds, Policy } from '../../src/policy/policy.ts';
import type { Exception } from '../../src/results/exception.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { createContext, createException, createPolicy, NOW } from './factories.ts';

const DAY = 86_400_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);
const critical = (overrides: Partial<Finding> = {}) => createFinding({ severity: 'CRITICAL', ...overrides });

function judge(
  exceptions: readonly Exception[],
  findings: readonly Finding[] = [critical()],
  policy: Partial<Policy> = {},
) {
  return evaluate(findings, createPolicy(policy), createContext({ exceptions }));
}

const globs = (scope: { package?: string; image?: string; platform?: string }) =>
  createException({
    scope: { kind: 'globs', package: undefined, image: undefined, platform: undefined, ...scope },
  });

describe('an exception', () => {
  it('allows its finding, and has the reason without it', () => {
    const exception = createException();
    const verdict = judge([exception]);
    expect(verdict).toMatchObject({ verdict: 'pass', blocking: 0 });
    expect(verdict.judged[0]).toMatchObject({
      effect: 'allow',
      reason: { kind: 'exception', exception, instead: { kind: 'fail-on', threshold: 'critical' } },
    });
    expect(verdict.exceptions).toEqual([
      { exception, matches: 'finding', applied: 1, needless: 0, refusals: [], ends: exception.expires },
    ]);
    // It is still there: counts are of what is in the image.
    expect(verdict.counts.critical).toBe(1);
  });

  it.each([
    ['the id in another case', ['cve-2022-0778'], true],
    ['the beginning of the id', ['CVE-2022-07'], false],
    ['an id that begins like it', ['CVE-2022-07781'], false],
    ['a glob', ['CVE-2022-*'], false],
    ['a blank', [''], false],
    ['one of two ids', ['CVE-2021-44228', 'CVE-2022-0778'], true],
  ])('with %s', (_, ids, applies) => {
    expect(judge([createException({ ids })]).verdict).toBe(applies ? 'pass' : 'block');
  });

  it('matches by a related id only if it names all of them', () => {
    const finding = critical({ vulnerabilityId: 'GHSA-1', relatedIds: ['CVE-1'] });
    const advisory = critical({ vulnerabilityId: 'ALAS-1', relatedIds: ['CVE-1', 'CVE-2'] });
    expect(judge([createException({ ids: ['CVE-1'] })], [finding]).verdict).toBe('pass');
    expect(judge([createException({ ids: ['CVE-1'] })], [advisory]).verdict).toBe('block');
    expect(judge([createException({ ids: ['CVE-1', 'CVE-2'] })], [advisory]).verdict).toBe('pass');
    expect(judge([createException({ ids: ['alas-1'] })], [advisory]).verdict).toBe('pass');
  });

  it.each([
    ['package: openssl*', { package: 'openssl*' }, true],
    ['package: zlib', { package: 'zlib' }, false],
    ['image: team/*', { image: 'team/*' }, true],
    ['image: app', { image: 'app' }, false],
    ['platform: linux/amd64', { platform: 'linux/amd64' }, true],
    ['platform: linux/arm64', { platform: 'linux/arm64' }, false],
    ['all of them', { package: '*', image: '*/app', platform: 'linux/*' }, true],
    ['all but one', { package: '*', image: '*/web', platform: 'linux/*' }, false],
  ])('with %s', (_, scope, applies) => {
    const finding = critical({ platform: 'linux/amd64', packages: [createPackage({ name: 'openssl' })] });
    expect(judge([globs(scope)], [finding]).verdict).toBe(applies ? 'pass' : 'block');
  });

  it('of a package needs every package of the finding to match, and at least one', () => {
    const packages = [createPackage({ name: 'openssl' }), createPackage({ name: 'zlib' })];
    expect(judge([globs({ package: 'openssl' })], [critical({ packages })]).verdict).toBe('block');
    expect(judge([globs({ package: '{openssl,zlib}' })], [critical({ packages })]).verdict).toBe('pass');
    expect(judge([globs({ package: '**' })], [critical({ packages: [] })]).verdict).toBe('block');
  });

  it('for a platform does not match an unknown platform', () => {
    expect(judge([globs({ platform: '**' })], [critical({ platform: 'unknown' })]).verdict).toBe('block');
  });

  it('applies until the moment it ends, and not at it', () => {
    const ending = (expires: Date) => judge([createException({ expires })]).verdict;
    expect(ending(new Date(NOW.getTime() + 1))).toBe('pass');
    expect(ending(NOW)).toBe('block');
    expect(ending(inDays(-1))).toBe('block');
    expect(ending(new Date('no date'))).toBe('block');
    const { exceptions } = judge([createException({ expires: inDays(-1) })]);
    expect(exceptions[0]).toMatchObject({ applied: 0, refusals: [{ kind: 'expired', since: inDays(-1) }] });
  });

  it('from VEX applies from its date on, clocks apart', () => {
    const dated = (since: Date) => judge([createException({ origin: 'vex', expires: undefined, since })]);
    expect(dated(new Date(NOW.getTime() + 300_000)).verdict).toBe('pass');
    for (const from of [new Date(NOW.getTime() + 300_001), new Date('no date')]) {
      expect(dated(from)).toMatchObject({
        verdict: 'block',
        exceptions: [{ applied: 0, refusals: [{ kind: 'not-yet', from }] }],
      });
    }
  });

  it('until-fixed applies only if it is certain that there is no fix', () => {
    const exception = createException({ untilFixed: true });
    const verdict = (fixAvailable: string | undefined) => judge([exception], [critical({ fixAvailable })]);
    expect(verdict('NO').verdict).toBe('pass');
    for (const fix of ['YES', 'PARTIAL', undefined, 'SOON']) {
      expect(verdict(fix).verdict).toBe('block');
      expect(verdict(fix).exceptions[0]?.refusals).toEqual([{ kind: 'fix-available' }]);
    }
  });

  it('also allows a warning, and is not needed for findings that neither block nor warn', () => {
    expect(judge([createException()], [createFinding({ severity: 'HIGH' })])).toMatchObject({
      verdict: 'pass',
      exceptions: [{ applied: 1, needless: 0 }],
    });
    expect(judge([createException()], [createFinding({ severity: 'LOW' })])).toMatchObject({
      verdict: 'pass',
      judged: [{ reason: { kind: 'below-thresholds' } }],
      exceptions: [{ applied: 0, needless: 1 }],
    });
  });

  it('is not needed if another exception applies, and is unused if it matches nothing', () => {
    const [first, second] = [createException({ source: 'a:1' }), createException({ source: 'a:9' })];
    const third = createException({ ids: ['CVE-1999-0001'] });
    expect(judge([first, second, third]).exceptions).toMatchObject([
      { exception: first, applied: 1, needless: 0 },
      { exception: second, applied: 0, needless: 1 },
      { exception: third, applied: 0, needless: 0, refusals: [] },
    ]);
  });

  it('reports its match: a finding, its vulnerability elsewhere, the image or nothing', () => {
    const finding = critical({ platform: 'linux/amd64', packages: [createPackage({ name: 'openssl' })] });
    const product = { digest: undefined, repositoryUrl: undefined, tag: undefined, arch: undefined };
    const vex = (name: string, overrides: Partial<Exception> = {}, more: object = {}) =>
      createException({
        origin: 'vex',
        scope: { kind: 'products', products: [{ ...product, name, subcomponents: [], ...more }] },
        ...overrides,
      });
    const unknown = { ids: ['CVE-1999-0001'] };
    const other = `sha256:${'c'.repeat(64)}`;
    const child = `sha256:${'b'.repeat(64)}`;
    const cases: [Exception, string][] = [
      [createException(), 'finding'],
      [globs({ package: 'zlib' }), 'vulnerability'],
      [globs({ platform: 'linux/arm64' }), 'vulnerability'],
      [globs({ image: 'other/app' }), 'vulnerability'],
      [createException(unknown), 'image'],
      [createException({ ...unknown, scope: globs({ image: 'other/app' }).scope }), 'nothing'],
      [vex('app'), 'finding'],
      [vex('web'), 'vulnerability'],
      [vex('app', {}, { digest: other }), 'vulnerability'],
      [vex('app', unknown), 'image'],
      [vex('app', unknown, { digest: child }), 'image'],
      [vex('', unknown, { digest: child }), 'image'],
      [vex('app', unknown, { digest: other }), 'nothing'],
      [vex('app', unknown, { repositoryUrl: 'ghcr.io/team/app' }), 'nothing'],
      [vex('web', unknown), 'nothing'],
      [vex('', unknown), 'nothing'],
      [createException({ origin: 'vex', ...unknown, scope: { kind: 'products', products: [] } }), 'nothing'],
    ];
    const context = createContext();
    const image = { ...context.image, platformDigests: [child] };
    const { exceptions } = evaluate([finding], createPolicy(), {
      ...context,
      image,
      exceptions: cases.map(([exception]) => exception),
    });
    expect(exceptions.map(({ matches }) => matches)).toEqual(cases.map(([, expected]) => expected));
  });

  it('that has ended or lacks a field is refused even if it names nothing', () => {
    const nothing = { ids: ['CVE-1999-0001'] };
    const policy: Partial<Policy> = {
      exceptionsAllowed: { ...createPolicy().exceptionsAllowed, required: ['ticket'] },
    };
    const given = [createException({ ...nothing, expires: inDays(-1) }), createException(nothing)];
    expect(judge(given, [critical()], policy).exceptions).toMatchObject([
      { applied: 0, refusals: [{ kind: 'expired' }] },
      { applied: 0, refusals: [{ kind: 'required', field: 'ticket' }] },
    ]);
  });

  it('lists its refusals in the same order whatever the order of the findings', () => {
    const findings = [
      critical({ id: '1', knownExploited: false, score: undefined }),
      critical({ id: '2', knownExploited: true, score: 1 }),
    ];
    const never = { severity: [], knownExploited: true, score: { operator: '>=', value: 9 } } as const;
    const policy = { exceptionsAllowed: { ...createPolicy().exceptionsAllowed, never } };
    const of = (list: Finding[]) => judge([createException()], list, policy).exceptions[0]?.refusals;
    expect(of(findings)).toEqual([
      { kind: 'never', what: 'known-exploited', unknown: false },
      { kind: 'never', what: 'score', unknown: true },
    ]);
    expect(of([...findings].reverse())).toEqual(of(findings));
  });

  it('ends at its own date, whatever max-duration is', () => {
    const expires = inDays(10);
    const policy = { exceptionsAllowed: { ...createPolicy().exceptionsAllowed, maxDurationMs: 30 * DAY } };
    expect(
      judge([createException({ expires, since: inDays(-5) })], [critical()], policy).exceptions[0]?.ends,
    ).toEqual(expires);
    const stated = createException({ origin: 'vex', expires: undefined, since: inDays(-5) });
    expect(judge([stated], [critical()], policy).exceptions[0]?.ends).toEqual(inDays(25));
    expect(judge([stated]).exceptions[0]?.ends).toBeUndefined();
  });

  it('of a platform needs both if one image stands for two', () => {
    const both = [critical({ platform: 'linux/amd64, linux/arm64' })];
    expect(judge([globs({ platform: 'linux/arm64' })], both).verdict).toBe('block');
    expect(judge([globs({ platform: 'linux/*' })], both).verdict).toBe('pass');
  });

  it('counts a finding of several platforms once', () => {
    const platforms = ['linux/amd64', 'linux/arm64'].map((platform) => critical({ id: platform, platform }));
    expect(judge([createException()], platforms).exceptions[0]?.applied).toBe(1);
  });

  it('excludes its finding from the limits, also below the thresholds', () => {
    const low = createFinding({ severity: 'LOW' });
    expect(judge([], [low], { limits: { low: 0 } }).verdict).toBe('block');
    expect(judge([createException()], [low], { limits: { low: 0 } }).verdict).toBe('pass');
    expect(judge([createException()], [critical()], { limits: { critical: 0 } }).verdict).toBe('pass');
  });

  it('for one finding leaves the others as they are', () => {
    const others = [critical({ id: '2', vulnerabilityId: 'CVE-2021-44228' })];
    expect(judge([createException()], [critical(), ...others])).toMatchObject({
      verdict: 'block',
      blocking: 1,
    });
  });
});

describe('the bounds that a policy sets for exceptions', () => {
  const bounded = (bounds: Partial<ExceptionBounds>): Partial<Policy> => ({
    exceptionsAllowed: {
      maxDurationMs: undefined,
      never: { severity: [], knownExploited: false, score: undefined },
      required: [],
      ...bounds,
    },
  });
  const never = (never: Partial<ExceptionBounds['never']>) =>
    bounded({ never: { severity: [], knownExploited: false, score: undefined, ...never } });

  it('max-duration: one that ends later than that from now does not apply', () => {
    const policy = bounded({ maxDurationMs: 30 * DAY });
    expect(judge([createException({ expires: inDays(30) })], [critical()], policy).verdict).toBe('pass');
    const { verdict, exceptions } = judge([createException({ expires: inDays(31) })], [critical()], policy);
    expect(verdict).toBe('block');
    expect(exceptions[0]?.refusals).toEqual([{ kind: 'max-duration', maxDurationMs: 30 * DAY, days: 31 }]);
    const later = judge(
      [createException({ expires: new Date(inDays(199).getTime() + 1) })],
      [critical()],
      policy,
    );
    expect(later.exceptions[0]?.refusals).toMatchObject([{ days: 200 }]);
  });

  it('max-duration: a VEX statement lasts that long from when it was made', () => {
    const policy = bounded({ maxDurationMs: 30 * DAY });
    const vex = (since: Date | undefined) =>
      createException({ origin: 'vex', status: 'not_affected', expires: undefined, since });
    expect(judge([vex(inDays(-29))], [critical()], policy)).toMatchObject({
      verdict: 'pass',
      exceptions: [{ ends: inDays(1) }],
    });
    expect(judge([vex(inDays(-30))], [critical()], policy)).toMatchObject({
      verdict: 'block',
      exceptions: [{ refusals: [{ kind: 'expired', since: NOW }] }],
    });
    // One from the future would last longer than the policy allows, and one of no date for ever.
    expect(judge([vex(inDays(1))], [critical()], policy).verdict).toBe('block');
    expect(judge([vex(undefined)], [critical()], policy).exceptions[0]?.refusals).toEqual([
      { kind: 'max-duration', maxDurationMs: 30 * DAY, days: undefined },
    ]);
    expect(judge([vex(undefined)]).verdict).toBe('pass');
    expect(judge([vex(undefined)]).exceptions[0]?.ends).toBeUndefined();
  });

  it.each([
    ['approved-by', { approvedBy: undefined }, { approvedBy: 'security@example.com' }],
    ['ticket', { ticket: undefined }, { ticket: 'SEC-1' }],
    ['reason', { reason: undefined }, { reason: 'because' }],
    ['expires', { expires: undefined }, { expires: inDays(1) }],
  ] as const)('required: %s', (field, without, with_) => {
    const policy = bounded({ required: [field] });
    expect(judge([createException(with_)], [critical()], policy).verdict).toBe('pass');
    const { verdict, exceptions } = judge([createException(without)], [critical()], policy);
    expect(verdict).toBe('block');
    expect(exceptions[0]?.refusals).toEqual([{ kind: 'required', field }]);
  });

  it('never: severities', () => {
    const policy = never({ severity: ['CRITICAL'] });
    expect(judge([createException()], [critical()], policy)).toMatchObject({
      verdict: 'block',
      exceptions: [{ applied: 0, refusals: [{ kind: 'never', what: 'severity', unknown: false }] }],
    });
    expect(judge([createException()], [createFinding({ severity: 'HIGH' })], policy).verdict).toBe('pass');
    expect(judge([createException()], [createFinding({ severity: 'UNTRIAGED' })], policy).verdict).toBe(
      'pass',
    );
    // It may be any of them.
    const strange = [createFinding({ severity: 'CATASTROPHIC' })];
    expect(judge([createException()], strange, policy)).toMatchObject({
      verdict: 'block',
      exceptions: [{ applied: 0, refusals: [{ kind: 'never', what: 'severity', unknown: true }] }],
    });
    expect(judge([createException()], strange).verdict).toBe('pass');
  });

  it.each([
    [true, 'block', { unknown: false }],
    [undefined, 'block', { unknown: true }],
    [false, 'pass', undefined],
  ] as const)('never: known-exploited, on %s', (knownExploited, verdict, refusal) => {
    const result = judge(
      [createException()],
      [critical({ knownExploited })],
      never({ knownExploited: true }),
    );
    expect(result.verdict).toBe(verdict);
    if (refusal === undefined) expect(result.exceptions[0]?.refusals).toEqual([]);
    else
      expect(result.exceptions[0]?.refusals).toMatchObject([
        { kind: 'never', what: 'known-exploited', ...refusal },
      ]);
  });

  it.each([
    [9.8, 'block'],
    [undefined, 'block'],
    [9.7, 'pass'],
  ] as const)('never: score, on %s', (score, verdict) => {
    const policy = never({ score: { operator: '>=', value: 9.8 } });
    expect(judge([createException()], [critical({ score })], policy).verdict).toBe(verdict);
  });

  it('can refuse one finding of an exception and not the other', () => {
    const findings = [critical(), createFinding({ id: '2', severity: 'HIGH' })];
    expect(judge([createException()], findings, never({ severity: ['CRITICAL'] }))).toMatchObject({
      verdict: 'block',
      exceptions: [{ applied: 1, refusals: [{ kind: 'never' }] }],
    });
  });

  it('leaves another exception for the same finding its chance', () => {
    const policy = bounded({ required: ['ticket'] });
    const good = createException({ source: 'b:1', ticket: 'SEC-1' });
    expect(judge([createException(), good], [critical()], policy)).toMatchObject({
      verdict: 'pass',
      exceptions: [{ applied: 0, refusals: [{ kind: 'required' }] }, { applied: 1 }],
    });
  });
});
