/** Evaluates the conditions of a rule for a finding. A condition on data that the finding does not have is unknown. */

import { platformsOf } from '../image/platform.ts';
import type { Finding, VulnerablePackage } from '../results/finding.ts';
import { rankOf, UNTRIAGED } from '../results/severity.ts';
import type { Detail } from '../results/verdict.ts';
import { CLOCK_SKEW_MS } from '../time.ts';
import { matchesAny } from './globs.ts';
import type { Bound, Conditions } from './policy.ts';

/** `undefined`: unknown, because the finding does not have the data. */
export type Truth = boolean | undefined;

export interface Match {
  readonly truth: Truth;
  /** The missing data, if the result is unknown. */
  readonly missing: readonly Detail[];
}

export interface MatchContext {
  /**
   * How many packages, platforms and related ids of a finding must match: `any` for rules that block, `every` for what
   * downgrades or allows. A match of the finding's own id is always enough.
   */
  readonly quantifier: 'any' | 'every';
  /** The name of the repository that holds the image. */
  readonly repository: string;
  /** The service's time. */
  readonly now: Date;
}

/** Evaluates one condition, or several that must hold together, and names the data that is missing if it is unknown. */
type Test = (
  when: Conditions,
  finding: Finding,
  context: MatchContext,
) => readonly [truth: Truth, ...missing: Detail[]];

const TESTS: Readonly<Record<keyof Conditions, Test>> = {
  severity: ({ severity }, finding) => [
    ifGiven(severity, (list) => hasSeverity(list, finding.severity)),
    'severity',
  ],
  repository: ({ repository }, _, context) => [
    ifGiven(repository, (globs) => matchesAny(globs, context.repository)),
  ],
  platform: ({ platform }, finding, { quantifier }) => [
    ifGiven(platform, (globs) => onPlatform(globs, finding, quantifier)),
    'platform',
  ],
  vulnerability: ({ vulnerability }, finding, { quantifier }) => [
    ifGiven(vulnerability, (globs) => namesVulnerability(globs, finding, quantifier)),
  ],
  score: ({ score }, finding) => [ifGiven(score, (bound) => within(finding.score, bound)), 'score'],
  fixAvailable: ({ fixAvailable }, finding) => [
    ifGiven(fixAvailable, (wanted) => is(knownValue(finding.fixAvailable, FIX), wanted)),
    'fix-available',
  ],
  exploitAvailable: ({ exploitAvailable }, finding) => [
    ifGiven(exploitAvailable, (wanted) =>
      is(knownValue(finding.exploitAvailable, YES_NO), wanted ? 'YES' : 'NO'),
    ),
    'exploit-available',
  ],
  olderThanMs: ({ olderThanMs }, finding, { now }) => [
    ifGiven(olderThanMs, (ms) => compared(age(finding.firstObservedAt, now), (ageMs) => ageMs > ms)),
    'age',
  ],
  newerThanMs: ({ newerThanMs }, finding, { now }) => [
    ifGiven(newerThanMs, (ms) => compared(age(finding.firstObservedAt, now), (ageMs) => ageMs <= ms)),
    'age',
  ],
  package: packagesHold,
  packageManager: packagesHold,
  layer: packagesHold,
  reachability: packagesHold,
  epss: ({ epss }, finding) => [ifGiven(epss, (bound) => within(finding.epss, bound)), 'epss'],
  knownExploited: ({ knownExploited }, finding) => [
    ifGiven(knownExploited, (wanted) => is(finding.knownExploited, wanted)),
    'known-exploited',
  ],
};

/** A test, and those of its conditions that are given. */
type Given = readonly [test: Test, keys: readonly (keyof Conditions)[]];

const given = new WeakMap<Conditions, readonly Given[]>();

/** The tests for the conditions that are given. They are kept, because a rule is evaluated for thousands of findings. */
function testsOf(when: Conditions): readonly Given[] {
  const known = given.get(when);
  if (known !== undefined) return known;
  const keys = (Object.keys(TESTS) as (keyof Conditions)[]).filter((key) => when[key] !== undefined);
  const tests = [...Map.groupBy(keys, (key) => TESTS[key])];
  given.set(when, tests);
  return tests;
}

/** Whether all conditions hold. If one does not, the result is false even if others are unknown. */
export function match(when: Conditions, finding: Finding, context: MatchContext): Match {
  let isKnown = true;
  const missing = new Set<Detail>();
  for (const [test] of testsOf(when)) {
    const result = test(when, finding, context);
    const [truth] = result;
    if (truth === false) return { truth: false, missing: [] };
    if (truth === true) continue;
    isKnown = false;
    const [, ...details] = result;
    for (const detail of details) missing.add(detail);
  }
  return { truth: isKnown ? true : undefined, missing: [...missing] };
}

/** Conditions on data about exploits, which a finding may not have before its details are read. */
const EXPLOIT_TESTS: readonly Test[] = [TESTS.epss, TESTS.knownExploited];

/**
 * The conditions whose result is unknown before the details of a finding are read: those on exploits, and those that are
 * unknown. Undefined if one of the others does not hold.
 */
export function remainingConditions(
  when: Conditions,
  finding: Finding,
  context: MatchContext,
): Conditions | undefined {
  const left: Partial<Record<keyof Conditions, unknown>> = {};
  for (const [test, keys] of testsOf(when)) {
    const known = EXPLOIT_TESTS.includes(test) ? undefined : test(when, finding, context)[0];
    if (known === false) return undefined;
    if (known === undefined) for (const key of keys) left[key] = when[key];
  }
  return left as Conditions;
}

const FIX = ['YES', 'NO', 'PARTIAL'] as const;
const YES_NO = ['YES', 'NO'] as const;

/** Undefined for a missing, invalid or future date. */
function age(since: Date | undefined, now: Date): number | undefined {
  const ms = now.getTime() - (since?.getTime() ?? Number.NaN);
  return ms >= -CLOCK_SKEW_MS ? ms : undefined;
}

/** Whether a list has a severity. Undefined for a severity that is not in Inspector's list: it may be any of them. */
export function hasSeverity(list: readonly string[], severity: string): Truth {
  if (list.includes(severity)) return true;
  return severity === UNTRIAGED || rankOf(severity) !== undefined ? false : undefined;
}

function compared(value: number | undefined, holds: (value: number) => boolean): Truth {
  return value === undefined ? undefined : holds(value);
}

/** Evaluates a condition. One that is not given holds. */
function ifGiven<T>(condition: T | undefined, holds: (condition: T) => Truth): Truth {
  return condition === undefined ? true : holds(condition);
}

/** Whether a number is within a bound. Undefined if there is no number. */
export function within(value: number | undefined, { operator, value: bound }: Bound): Truth {
  if (value === undefined || Number.isNaN(value)) return undefined;
  switch (operator) {
    case '>=':
      return value >= bound;
    case '>':
      return value > bound;
    case '<=':
      return value <= bound;
    case '<':
      return value < bound;
  }
}

function is<T>(value: T | undefined, wanted: T): Truth {
  return value === undefined ? undefined : value === wanted;
}

/** The value, if it is a known one. */
function knownValue<const T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((candidate) => candidate === value);
}

function namesVulnerability(
  globs: readonly string[],
  finding: Finding,
  quantifier: 'any' | 'every',
): boolean {
  return namesIds(finding, quantifier, (id) => matchesAny(globs, id, { ignoreCase: true }));
}

/**
 * Whether a list of ids names the vulnerability of a finding. An advisory can stand for several vulnerabilities: what allows
 * a finding must name all of them, or the advisory itself.
 */
export function namesIds(
  { vulnerabilityId, relatedIds }: Pick<Finding, 'vulnerabilityId' | 'relatedIds'>,
  quantifier: 'any' | 'every',
  named: (id: string) => boolean,
): boolean {
  if (named(vulnerabilityId)) return true;
  return quantifier === 'any' ? relatedIds.some(named) : relatedIds.length > 0 && relatedIds.every(named);
}

/**
 * Whether a finding is on a platform that a glob names, in any spelling: `linux/amd64` is also `Linux/x86_64`, and stands for
 * every variant. A digest can stand for several platforms. A rule that blocks may mean the hosts that run the image, so it is
 * unknown for an image that only runs on such a host.
 */
export function onPlatform(
  globs: readonly string[],
  finding: Pick<Finding, 'platform' | 'configPlatform'>,
  quantifier: 'any' | 'every',
): Truth {
  const names = (spellings: readonly string[]) =>
    spellings.some((name) => matchesAny(globs, name, { ignoreCase: true }));
  return combined(
    platformsOf(finding).map((platform): Truth => {
      if (platform === undefined) return undefined;
      if (names(platform.own)) return true;
      return quantifier === 'any' && names(platform.hosts) ? undefined : false;
    }),
    quantifier,
  );
}

/** Combines results: `any` is a logical or, `every` a logical and. */
export function combined(truths: readonly Truth[], quantifier: 'any' | 'every'): Truth {
  const deciding = quantifier === 'any';
  if (truths.includes(deciding)) return deciding;
  return truths.includes(undefined) ? undefined : !deciding;
}

/**
 * The conditions on packages must hold for the same package, so they are one test. They are unknown for a finding without
 * packages.
 */
function packagesHold(
  when: Conditions,
  { packages }: Finding,
  { quantifier }: MatchContext,
): readonly [Truth, ...Detail[]] {
  const truths = packages.map((found) => packageHolds(when, found));
  const truth = packages.length === 0 ? undefined : combined(truths, quantifier);
  if (truth !== undefined) return [truth];
  const unknown = packages.filter((_, at) => truths[at] === undefined);
  const isMissing = (of: 'manager' | 'origin' | 'reachability') =>
    packages.length === 0 || unknown.some((found) => found[of] === undefined);
  const missing: Detail[] = [];
  const named = when.package !== undefined && packages.length === 0;
  if (named || (when.packageManager !== undefined && isMissing('manager'))) missing.push('package');
  if (when.layer !== undefined && isMissing('origin')) missing.push('layer');
  if (when.reachability !== undefined && isMissing('reachability')) missing.push('reachability');
  return [undefined, ...missing];
}

function packageHolds(when: Conditions, found: VulnerablePackage): Truth {
  const truths = [
    ifGiven(when.package, (globs) => matchesAny(globs, found.name)),
    ifGiven(when.packageManager, (globs) =>
      found.manager === undefined ? undefined : matchesAny(globs, found.manager, { ignoreCase: true }),
    ),
    ifGiven(when.layer, (layer) => is(found.origin, layer)),
    ifGiven(when.reachability, (wanted) => is<typeof wanted>(found.reachability, wanted)),
  ];
  return combined(truths, 'every');
}
