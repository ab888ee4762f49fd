/** Whether the conditions of a rule hold for a finding. What the finding does not say leaves them unknown. */
import { platformsOf } from '../image/platform.ts';
import type { Finding, VulnerablePackage } from '../scan/findings.ts';
import { matchesGlob } from './globs.ts';
import type { Bound, Conditions } from './policy.ts';
import { rankOf, UNTRIAGED } from './severity.ts';

/** `undefined`: the finding does not say. */
export type Truth = boolean | undefined;

/** What a condition can ask of a finding that the finding need not say. */
export type Detail =
  | 'severity'
  | 'score'
  | 'epss'
  | 'known-exploited'
  | 'exploit-available'
  | 'fix-available'
  | 'age'
  | 'platform'
  | 'package'
  | 'layer';

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

/** Whether all conditions hold. One that does not settles it, whatever else is unknown. */
export function match(
  when: Conditions,
  finding: Finding,
  { quantifier, repository, now }: MatchContext,
): Match {
  const ageMs = age(finding.firstObservedAt, now);
  const answers: readonly (readonly [Truth, Detail | undefined])[] = [
    [given(when.severity, (list) => hasSeverity(list, finding.severity)), 'severity'],
    [given(when.repository, (globs) => globs.some((glob) => matchesGlob(glob, repository))), undefined],
    [given(when.platform, (globs) => onPlatform(globs, finding, quantifier)), 'platform'],
    [given(when.vulnerability, (globs) => namesVulnerability(globs, finding, quantifier)), undefined],
    [given(when.score, (bound) => within(finding.score, bound)), 'score'],
    [given(when.fixAvailable, (wanted) => is(word(finding.fixAvailable, FIX), wanted)), 'fix-available'],
    [
      given(when.exploitAvailable, (wanted) =>
        is(word(finding.exploitAvailable, YES_NO), wanted ? 'YES' : 'NO'),
      ),
      'exploit-available',
    ],
    [given(when.olderThanMs, (ms) => (ageMs === undefined ? undefined : ageMs > ms)), 'age'],
    [given(when.newerThanMs, (ms) => (ageMs === undefined ? undefined : ageMs <= ms)), 'age'],
    [matchPackages(when, finding.packages, quantifier), when.layer === undefined ? 'package' : 'layer'],
    [given(when.epss, (bound) => within(finding.epss, bound)), 'epss'],
    [given(when.knownExploited, (wanted) => is(finding.knownExploited, wanted)), 'known-exploited'],
  ];
  if (answers.some(([truth]) => truth === false)) return { truth: false, missing: [] };
  const missing = answers.flatMap(([truth, detail]) => (truth === undefined && detail ? [detail] : []));
  return { truth: missing.length === 0 ? true : undefined, missing: [...new Set(missing)] };
}

const FIX = ['YES', 'NO', 'PARTIAL'] as const;
const YES_NO = ['YES', 'NO'] as const;

/** How far apart two clocks may be that are meant to show the same time. */
export const CLOCK_SKEW_MS = 300_000;

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

/** A condition that is not given holds. */
function given<T>(condition: T | undefined, holds: (condition: T) => Truth): Truth {
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
  return namesIds(finding, quantifier, (id) =>
    globs.some((glob) => matchesGlob(glob, id, { ignoreCase: true })),
  );
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
    spellings.some((name) => globs.some((glob) => isNamed(glob, name)));
  return settled(
    platformsOf(finding).map((platform): Truth => {
      if (platform === undefined) return undefined;
      if (names(platform.own)) return true;
      return quantifier === 'any' && names(platform.hosts) ? undefined : false;
    }),
    quantifier,
  );
}

const named = new Map<string, Map<string, boolean>>();

/** The same few names and globs are compared for every finding. */
function isNamed(glob: string, name: string): boolean {
  const known = named.get(glob) ?? new Map<string, boolean>();
  named.set(glob, known);
  const matches = known.get(name) ?? matchesGlob(glob, name, { ignoreCase: true });
  known.set(name, matches);
  return matches;
}

/** What one that holds settles for `any`, and one that does not for `every`. */
export function settled(truths: readonly Truth[], quantifier: 'any' | 'every'): Truth {
  const settling = quantifier === 'any';
  if (truths.includes(settling)) return settling;
  return truths.includes(undefined) ? undefined : !settling;
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
        given(when.package, (globs) => globs.some((glob) => matchesGlob(glob, found.name))),
        given(when.packageManager, (globs) =>
          found.manager === undefined
            ? undefined
            : globs.some((glob) => matchesGlob(glob, found.manager ?? '', { ignoreCase: true })),
        ),
      ),
      given(when.layer, (layer) => is(found.origin, layer)),
    ),
  );
  return settled(truths, quantifier);
}

function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}
