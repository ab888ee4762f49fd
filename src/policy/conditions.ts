/** Whether the conditions of a rule hold for a finding. What the finding does not say leaves them unknown. */

import { platformsOf } from '../image/platform.ts';
import type { Finding, VulnerablePackage } from '../results/finding.ts';
import { rankOf, UNTRIAGED } from '../results/severity.ts';
import type { Detail } from '../results/verdict.ts';
import { CLOCK_SKEW_MS } from '../time.ts';
import { matchesAny } from './globs.ts';
import type { Bound, Conditions } from './policy.ts';

/** `undefined`: the finding does not say. */
export type Truth = boolean | undefined;

export interface Match {
  readonly truth: Truth;
  /** What was not said, where that left the truth unknown. */
  readonly missing: readonly Detail[];
}

export interface MatchContext {
  /**
   * Of several packages in a finding, `any` is enough for what blocks, and `every` one is needed for what
   * softens. So with related ids: what softens must name all of them, unless it names the finding's own.
   */
  readonly quantifier: 'any' | 'every';
  /** The name of the repository that holds the image. */
  readonly repository: string;
  /** The service's time. */
  readonly now: Date;
}

/** One condition, or some that must hold together: whether they hold, and what is missing where that is unknown. */
type Test = (
  when: Conditions,
  finding: Finding,
  context: MatchContext,
) => readonly [truth: Truth, detail: Detail | undefined];

const TESTS: Readonly<Record<keyof Conditions, Test>> = {
  severity: ({ severity }, finding) => [
    ifGiven(severity, (list) => hasSeverity(list, finding.severity)),
    'severity',
  ],
  repository: ({ repository }, _, context) => [
    ifGiven(repository, (globs) => matchesAny(globs, context.repository)),
    undefined,
  ],
  platform: ({ platform }, finding, { quantifier }) => [
    ifGiven(platform, (globs) => onPlatform(globs, finding, quantifier)),
    'platform',
  ],
  vulnerability: ({ vulnerability }, finding, { quantifier }) => [
    ifGiven(vulnerability, (globs) => namesVulnerability(globs, finding, quantifier)),
    undefined,
  ],
  score: ({ score }, finding) => [ifGiven(score, (bound) => within(finding.score, bound)), 'score'],
  fixAvailable: ({ fixAvailable }, finding) => [
    ifGiven(fixAvailable, (wanted) => is(word(finding.fixAvailable, FIX), wanted)),
    'fix-available',
  ],
  exploitAvailable: ({ exploitAvailable }, finding) => [
    ifGiven(exploitAvailable, (wanted) => is(word(finding.exploitAvailable, YES_NO), wanted ? 'YES' : 'NO')),
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
  epss: ({ epss }, finding) => [ifGiven(epss, (bound) => within(finding.epss, bound)), 'epss'],
  knownExploited: ({ knownExploited }, finding) => [
    ifGiven(knownExploited, (wanted) => is(finding.knownExploited, wanted)),
    'known-exploited',
  ],
};

/** A test, and those of its conditions that are given. */
type Given = readonly [test: Test, keys: readonly (keyof Conditions)[]];

const given = new WeakMap<Conditions, readonly Given[]>();

/** What is to be tested for conditions, each test once. A rule is asked about thousands of findings. */
function testsOf(when: Conditions): readonly Given[] {
  const known = given.get(when);
  if (known !== undefined) return known;
  const keys = (Object.keys(TESTS) as (keyof Conditions)[]).filter((key) => when[key] !== undefined);
  const tests = [...Map.groupBy(keys, (key) => TESTS[key])];
  given.set(when, tests);
  return tests;
}

/** Whether all conditions hold. One that does not settles it, whatever else is unknown. */
export function match(when: Conditions, finding: Finding, context: MatchContext): Match {
  const missing: Detail[] = [];
  for (const [test] of testsOf(when)) {
    const [truth, detail] = test(when, finding, context);
    if (truth === false) return { truth: false, missing: [] };
    if (truth === undefined && detail !== undefined && !missing.includes(detail)) missing.push(detail);
  }
  return { truth: missing.length === 0 ? true : undefined, missing };
}

/** What is asked of exploits, which a finding need not say before its details are read. */
const OF_EXPLOITS: readonly Test[] = [TESTS.epss, TESTS.knownExploited];

/**
 * The conditions that are left to ask of a finding, whatever is learnt of its exploits: those on exploits, and those
 * that stay unknown. Undefined where one of the others does not hold.
 */
export function remainingConditions(
  when: Conditions,
  finding: Finding,
  context: MatchContext,
): Conditions | undefined {
  const left: Partial<Record<keyof Conditions, unknown>> = {};
  for (const [test, keys] of testsOf(when)) {
    const known = OF_EXPLOITS.includes(test) ? undefined : test(when, finding, context)[0];
    if (known === false) return undefined;
    if (known === undefined) for (const key of keys) left[key] = when[key];
  }
  return left as Conditions;
}

const FIX = ['YES', 'NO', 'PARTIAL'] as const;
const YES_NO = ['YES', 'NO'] as const;

/** Unknown where there is no date, none that is one, or one that is still to come. */
function age(since: Date | undefined, now: Date): number | undefined {
  const ms = now.getTime() - (since?.getTime() ?? Number.NaN);
  return ms >= -CLOCK_SKEW_MS ? ms : undefined;
}

/** Whether a severity is one of a list; one that nobody knows may be any of them. */
export function hasSeverity(list: readonly string[], severity: string): Truth {
  if (list.includes(severity)) return true;
  return severity === UNTRIAGED || rankOf(severity) !== undefined ? false : undefined;
}

function compared(value: number | undefined, holds: (value: number) => boolean): Truth {
  return value === undefined ? undefined : holds(value);
}

/** A condition that is not given holds. */
function ifGiven<T>(condition: T | undefined, holds: (condition: T) => Truth): Truth {
  return condition === undefined ? true : holds(condition);
}

/** Whether a number is within a bound; unknown where there is no number. */
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

/** A value that nobody knows says nothing. */
function word<const T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
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
 * Whether something that names vulnerabilities names this finding's. An advisory can stand for several of
 * them: what softens must not let the others through with the one it names.
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
 * Whether a finding is of a platform that a glob names, in whatever spelling: `linux/amd64` is `Linux/x86_64` too, and
 * stands for every variant. One digest can stand for several platforms. What blocks may mean the hosts that run the image
 * as well, so there it is not known whether it holds.
 */
export function onPlatform(
  globs: readonly string[],
  finding: Pick<Finding, 'platform' | 'configPlatform'>,
  quantifier: 'any' | 'every',
): Truth {
  const names = (spellings: readonly string[]) =>
    spellings.some((name) => matchesAny(globs, name, { ignoreCase: true }));
  return settled(
    platformsOf(finding).map((platform): Truth => {
      if (platform === undefined) return undefined;
      if (names(platform.own)) return true;
      return quantifier === 'any' && names(platform.hosts) ? undefined : false;
    }),
    quantifier,
  );
}

/** What one that holds settles for `any`, and one that does not for `every`. */
export function settled(truths: readonly Truth[], quantifier: 'any' | 'every'): Truth {
  const settling = quantifier === 'any';
  if (truths.includes(settling)) return settling;
  return truths.includes(undefined) ? undefined : !settling;
}

/** The three conditions on packages are one. */
function packagesHold(when: Conditions, { packages }: Finding, { quantifier }: MatchContext) {
  return [matchPackages(when, packages, quantifier), when.layer === undefined ? 'package' : 'layer'] as const;
}

/** The conditions on packages must hold together for one package. A finding that names none does not say. */
function matchPackages(
  when: Pick<Conditions, 'package' | 'packageManager' | 'layer'>,
  packages: readonly VulnerablePackage[],
  quantifier: 'any' | 'every',
): Truth {
  if (when.package === undefined && when.packageManager === undefined && when.layer === undefined)
    return true;
  if (packages.length === 0) return undefined;
  const truths = packages.map((found) =>
    both(
      both(
        ifGiven(when.package, (globs) => matchesAny(globs, found.name)),
        ifGiven(when.packageManager, (globs) =>
          found.manager === undefined ? undefined : matchesAny(globs, found.manager, { ignoreCase: true }),
        ),
      ),
      ifGiven(when.layer, (layer) => is(found.origin, layer)),
    ),
  );
  return settled(truths, quantifier);
}

function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}
