/**
 * What a lifecycle policy does to the images of a repository at one time, by ECR's published rules (README.md).
 *
 * Within a storage class, only the first rule whose tag requirements an image matches can act on it: the rule governs
 * the image. Only the criterion of that rule decides whether it acts. A count rule counts every image that its tag
 * requirements select, whichever rule governs the image.
 *
 * If something about an image or a rule is unknown, the fate is uncertain unless all possibilities agree.
 */
import { DAY_MS } from '../../time.ts';
import { type Certainty, MAYBE, NO, YES } from './certainty.ts';
import { type ImageFacts, withoutDuplicates } from './images.ts';
import { Indexes } from './indexes.ts';
import { compile } from './patterns.ts';
import type { Action, Criterion, Policy, Rule } from './policy.ts';

/** The best and the worst rank that an image can have among the images that a rule counts; 1 is the youngest. */
export interface Rank {
  readonly least: number;
  readonly most: number;
  /** How many images the rule keeps. */
  readonly kept: number;
}

/**
 * What happens to an image.
 *
 * - `acted-on`: the rule expires or archives it at ECR's next run, which is within 24 hours. By age it has been
 *   allowed to since `since`; by count it has the rank. `subject` is set if the image only follows another one.
 * - `kept`: nothing happens to it now. `age`: the rule acts on it after `after`, unless a pull, or whatever the
 *   rule's age is counted from, comes between. `count`: it is among the youngest that the rule keeps. `no-rule`: no
 *   rule selects it. `index`: an index that is there lists it. `subject`: it refers to an image that is kept.
 * - `uncertain`: what is known allows more than one of these. `may` has every action that is possible.
 */
export type Fate =
  | ({ readonly is: 'acted-on'; readonly subject?: string } & Acting & Because)
  | ({ readonly is: 'kept'; readonly why: 'age'; readonly after: Date } & Acting)
  | ({ readonly is: 'kept'; readonly why: 'count'; readonly rank: Rank } & Acting)
  | { readonly is: 'kept'; readonly why: 'no-rule' }
  | { readonly is: 'kept'; readonly why: 'index'; readonly indexes: readonly string[] }
  | { readonly is: 'kept'; readonly why: 'subject'; readonly subject: string }
  | { readonly is: 'uncertain'; readonly may: readonly Acting[]; readonly reasons: readonly string[] };

/** A rule and its action; undefined if the action is not understood. */
export interface Acting {
  readonly rule: Rule;
  readonly action: Action | undefined;
}

type Because = { readonly since: Date } | { readonly rank: Rank };

/** What a rule selects, and what it does. */
export interface RuleResult {
  readonly rule: Rule;
  /**
   * The images that it selects by storage class and tags, and therefore counts, whether or not an earlier rule governs
   * them.
   */
  readonly identified: readonly ImageFacts[];
  /** The images that the rule may select. */
  readonly perhapsIdentified: readonly ImageFacts[];
  readonly actsOn: readonly ImageFacts[];
  readonly perhapsActsOn: readonly ImageFacts[];
  /**
   * For a rule by pull time: principals whose pulls do not count, so that an image which they use looks unused; or
   * `unknown`. Undefined if there are none, or for other rules.
   */
  readonly unrecordedPulls: readonly string[] | 'unknown' | undefined;
}

export interface Evaluation {
  readonly policy: Policy;
  /** Each once. */
  readonly images: readonly ImageFacts[];
  readonly indexes: Indexes;
  readonly now: Date;
  /** By digest. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** In the order in which the rules are applied. */
  readonly rules: readonly RuleResult[];
}

export interface Circumstances {
  readonly now: Date;
  /** ARNs of the registry's pull-time update exclusions; undefined if they are unknown. */
  readonly pullTimeExclusions: readonly string[] | undefined;
}

const LAST_DATE_MS = 8.64e15;

/**
 * Evaluates a policy over all images of a repository. The order of the images does not matter, and an image that is
 * given twice counts once.
 */
export function evaluate(
  policy: Policy,
  given: readonly ImageFacts[],
  circumstances: Circumstances,
): Evaluation {
  const images = withoutDuplicates(given);
  const indexes = new Indexes(images);
  const counted = Uint8Array.from(images, (image) => isCounted(image, indexes));
  const selections = policy.rules.map((rule) => select(rule, images, counted));
  const now = circumstances.now.getTime();

  const fates = new Map<string, Fate>();
  for (const [at, image] of images.entries()) {
    if (typeof image.subject !== 'string') fates.set(image.digest, fateOf(image, at));
  }
  followSubjects(images, indexes, fates);

  const acted = new Map<Rule, ImageFacts[]>();
  const perhaps = new Map<Rule, ImageFacts[]>();
  for (const image of images) {
    const fate = fates.get(image.digest);
    if (fate?.is === 'acted-on' && fate.subject === undefined) append(acted, fate.rule, image);
    if (fate?.is !== 'uncertain' || typeof image.subject === 'string') continue;
    for (const { rule } of fate.may) append(perhaps, rule, image);
  }
  const rules = selections.map(({ rule, matched }) => ({
    rule,
    identified: images.filter((_, at) => matched[at] === YES),
    perhapsIdentified: images.filter((_, at) => matched[at] === MAYBE),
    actsOn: acted.get(rule) ?? [],
    perhapsActsOn: perhaps.get(rule) ?? [],
    unrecordedPulls: unrecordedPulls(rule, circumstances.pullTimeExclusions),
  }));
  return { policy, images, indexes, now: circumstances.now, fates, rules };

  function fateOf(image: ImageFacts, at: number): Fate {
    if (indexes.hold(image.digest) === YES) return heldBy(image, indexes);

    const possible: Fate[] = [];
    let certain = false;
    for (const selection of selections) {
      const selects = selection.selects[at];
      if (selects === NO) continue;
      possible.push(underRule(selection, image, at, now));
      if (selects === YES) {
        certain = true;
        break;
      }
    }
    if (!certain) possible.push({ is: 'kept', why: 'no-rule' });
    possible.push(...doubtsAbout(image, indexes));
    return agreed(possible);
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function heldBy({ digest }: ImageFacts, indexes: Indexes): Fate {
  return { is: 'kept', why: 'index', indexes: indexes.of(digest) };
}

/** Other possible fates of an image, if it is uncertain whether rules apply to it. */
function* doubtsAbout(image: ImageFacts, indexes: Indexes): Generator<Fate> {
  if (indexes.hold(image.digest) === MAYBE) yield heldBy(image, indexes);
  if (image.subject === undefined) {
    yield {
      is: 'uncertain',
      may: [],
      reasons: ['whether the image refers to another one, and so follows it, is unknown'],
    };
  }
}

/** A rule with the data for the fates of its images. */
interface Selection {
  readonly rule: Rule;
  readonly acting: Acting;
  /** By the index of the image: whether its storage class and tags match the rule. */
  readonly selects: Uint8Array;
  /** The same, without artifacts that follow their subject and images that an index lists. */
  readonly matched: Uint8Array;
  /** For a count rule: what happens to an image that it governs. */
  readonly underCount: (place: number) => Fate;
}

function select(rule: Rule, images: readonly ImageFacts[], counted: Uint8Array): Selection {
  const hasTags = tagTest(rule);
  const selects = new Uint8Array(images.length);
  const matched = new Uint8Array(images.length);
  for (const [at, image] of images.entries()) {
    const certainty = Math.min(hasClass(rule, image), hasTags(image));
    selects[at] = certainty;
    matched[at] = Math.min(certainty, counted[at] ?? NO);
  }
  const acting: Acting = { rule, action: rule.action };
  return { rule, acting, selects, matched, underCount: counting(acting, images, matched) };
}

/** Consecutive images often have the same rank, whose fate is created once. */
function counting(
  acting: Acting,
  images: readonly ImageFacts[],
  matched: Uint8Array,
): (place: number) => Fate {
  const { criterion } = acting.rule;
  const kept = criterion?.type === 'imageCountMoreThan' ? criterion.count : 0;
  let rankOf: ReturnType<typeof ranking> | undefined;
  let last: { readonly rank: Rank; readonly fate: Fate } | undefined;
  return (place) => {
    rankOf ??= ranking(images, matched);
    const { least, most } = rankOf(place);
    if (last?.rank.least === least && last.rank.most === most) return last.fate;
    const rank = { least, most, kept };
    last = { rank, fate: underRank(acting, rank) };
    return last.fate;
  };
}

function hasClass({ storageClass }: Rule, image: ImageFacts): Certainty {
  if (storageClass === undefined || image.storageClass === undefined) return MAYBE;
  return storageClass === image.storageClass ? YES : NO;
}

/** Whether an image's tags match the requirements of a rule. */
function tagTest({ tagging }: Rule): (image: ImageFacts) => Certainty {
  if (tagging === undefined) return () => MAYBE;
  if (tagging.status === 'any') return () => YES;
  if (tagging.status !== 'tagged') {
    return ({ tags }) => (tags === undefined ? MAYBE : tags.length === 0 ? YES : NO);
  }
  const tests = tagging.patterns.map((pattern) => compile(pattern));
  return ({ tags }) => (tags === undefined ? MAYBE : tests.every((test) => tags.some(test)) ? YES : NO);
}

/**
 * Whether rules count an image. Artifacts with a subject are not counted, and neither are untagged images that an
 * index lists; whether tagged ones are is not documented.
 */
function isCounted(image: ImageFacts, indexes: Indexes): Certainty {
  if (typeof image.subject === 'string') return NO;
  const held = indexes.hold(image.digest);
  if (held === YES && image.tags?.length === 0) return NO;
  return held === NO && image.subject === null ? YES : MAYBE;
}

/** A time that is not known exactly: it lies between these two times, in milliseconds. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The time of a date. A date that is not valid is unknown. */
function timeOf(date: Date | null | undefined): number | null | undefined {
  if (date === null || date === undefined) return date;
  return Number.isNaN(date.getTime()) ? undefined : date.getTime();
}

function exactly(time: number | null | undefined): Span {
  return typeof time === 'number' ? { from: time, to: time } : ALWAYS;
}

/**
 * The time by which images are ordered: the time of the push; "if an image was archived and then restored at any point
 * in the past, the image's last_activated_at is used instead of pushed_at_time".
 */
export function orderedBy(image: ImageFacts): Span {
  const activated = timeOf(image.lastActivatedAt);
  return activated === null ? exactly(timeOf(image.pushedAt)) : exactly(activated);
}

/**
 * Ranks images from the youngest to the oldest. Images with the same time, and images whose time or selection is
 * uncertain, make ranks uncertain.
 */
export function ranking(
  images: readonly ImageFacts[],
  counted: Uint8Array,
): (place: number) => Omit<Rank, 'kept'> {
  const spans = images.map(orderedBy);
  const among = (least: Certainty, end: keyof Span) =>
    Float64Array.from(
      spans.filter((_, place) => (counted[place] ?? NO) >= least).map((span) => span[end]),
    ).sort();
  const certainStarts = among(YES, 'from');
  const possibleEnds = among(MAYBE, 'to');
  return (place) => {
    const { from, to } = spans[place] ?? ALWAYS;
    const younger = certainStarts.length - countUpTo(certainStarts, to, true);
    const notOlder = possibleEnds.length - countUpTo(possibleEnds, from, false);
    const itself = (counted[place] ?? NO) === NO ? 0 : 1;
    return { least: younger + 1, most: notOlder + 1 - itself };
  };
}

/** How many of ascending numbers are below a limit, or at most the limit. */
function countUpTo(numbers: Float64Array, limit: number, inclusive: boolean): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = numbers[middle] ?? Number.NaN;
    if (value < limit || (inclusive && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The time from which an age is counted. */
function ageFrom(type: Exclude<Criterion['type'], 'imageCountMoreThan'>, image: ImageFacts): Span {
  const pushed = timeOf(image.pushedAt);
  const pulled = timeOf(image.lastPulledAt);
  const activated = timeOf(image.lastActivatedAt);
  if (type === 'sinceImageTransitioned') return exactly(timeOf(image.archivedAt));
  if (activated === undefined) return ALWAYS;
  if (type === 'sinceImagePulled') {
    if (pulled === undefined) return ALWAYS;
    if (pulled === null) return exactly(activated ?? pushed);
    return exactly(Math.max(pulled, activated ?? pulled));
  }
  // For the age since the push, the user guide does not say whether restoring an image replaces the push time, as it
  // does in the order.
  if (pushed === undefined || pushed === null) return ALWAYS;
  return { from: Math.min(pushed, activated ?? pushed), to: Math.max(pushed, activated ?? pushed) };
}

/** What happens to an image that a rule governs. */
function underRule({ acting, underCount }: Selection, image: ImageFacts, place: number, now: number): Fate {
  const { rule, action } = acting;
  const { criterion } = rule;
  const uncertain = (reason: string): Fate => ({ is: 'uncertain', may: [acting], reasons: [reason] });
  if (criterion === undefined) return uncertain(unknownPart(rule));
  if (criterion.type === 'imageCountMoreThan') return underCount(place);

  const span = ageFrom(criterion.type, image);
  const limit = criterion.days * DAY_MS;
  // "Older than" does not include an image of exactly that age.
  if (span.from + limit >= now)
    return { is: 'kept', why: 'age', after: dateOf(span.from + limit), ...acting };
  if (span.to + limit >= now) return uncertain(`the time that ${criterion.type} counts from is unknown`);
  return action === undefined
    ? uncertain(unknownPart(rule))
    : { is: 'acted-on', since: dateOf(span.to + limit), ...acting };
}

/** The same for a count rule that keeps a number of images, by their ranks. */
function underRank(acting: Acting, rank: Rank): Fate {
  const { least, most, kept } = rank;
  const uncertain = (reason: string): Fate => ({ is: 'uncertain', may: [acting], reasons: [reason] });
  if (most <= kept) return { is: 'kept', why: 'count', rank, ...acting };
  if (least <= kept) {
    return uncertain(
      `the rule keeps ${kept}, and the rank of the image is between ${least} and ${most}, because images have the same time or the data is unknown`,
    );
  }
  return acting.action === undefined
    ? uncertain(unknownPart(acting.rule))
    : { is: 'acted-on', rank, ...acting };
}

function dateOf(time: number): Date {
  return new Date(Math.min(time, LAST_DATE_MS));
}

function unknownPart({ priority, unknown }: Rule): string {
  return `the rule with priority ${priority} is not understood: ${unknown.join('; ')}`;
}

/** Combines all possible fates. The result is certain only if there is one, or if the image is kept in every case. */
function agreed(possible: readonly Fate[]): Fate {
  const [first] = possible;
  if (first !== undefined && (possible.length === 1 || possible.every(({ is }) => is === 'kept')))
    return first;
  const may: Acting[] = [];
  const reasons = new Set<string>();
  for (const fate of possible) {
    if (fate.is === 'acted-on') may.push({ rule: fate.rule, action: fate.action });
    if (fate.is === 'kept' && fate.why === 'index') reasons.add(doubtAbout(fate.indexes));
    if (fate.is !== 'uncertain') continue;
    may.push(...fate.may);
    for (const reason of fate.reasons) reasons.add(reason);
  }
  if (reasons.size === 0) reasons.add('which rule selects the image first is unknown');
  return { is: 'uncertain', may, reasons: [...reasons] };
}

function doubtAbout(indexes: readonly string[]): string {
  return indexes.length === 0
    ? 'an index may list the image, because the entries of some indexes are unknown'
    : 'an index lists the image, but is archived or may be';
}

/** Gives artifacts the fate of the image that they refer to, over any number of steps. */
function followSubjects(images: readonly ImageFacts[], indexes: Indexes, fates: Map<string, Fate>): void {
  const byDigest = new Map(images.map((image) => [image.digest, image]));
  for (const image of images) {
    const chain: ImageFacts[] = [];
    const seen = new Set<string>();
    let next: ImageFacts | undefined = image;
    while (next !== undefined && !fates.has(next.digest) && !seen.has(next.digest)) {
      seen.add(next.digest);
      chain.push(next);
      next = typeof next.subject === 'string' ? byDigest.get(next.subject) : undefined;
    }
    for (const follower of chain.reverse()) {
      fates.set(follower.digest, followed(follower, byDigest, indexes, fates));
    }
  }
}

function followed(
  follower: ImageFacts,
  byDigest: ReadonlyMap<string, ImageFacts>,
  indexes: Indexes,
  fates: ReadonlyMap<string, Fate>,
): Fate {
  const { digest, subject, storageClass } = follower;
  if (indexes.hold(digest) === YES) return heldBy(follower, indexes);
  const leader = subject ?? '';
  const uncertain = (reason: string): Fate => ({ is: 'uncertain', may: [], reasons: [reason] });
  const image = byDigest.get(leader);
  const fate = fates.get(leader);
  if (image === undefined) return uncertain('the image that it refers to is not in the repository');
  if (fate === undefined) return uncertain('the images that it refers to refer to each other');
  if (storageClass === undefined || image.storageClass !== storageClass) {
    return uncertain('it is not in the storage class of the image that it refers to');
  }
  if (fate.is === 'kept') return { is: 'kept', why: 'subject', subject: leader };
  if (fate.is === 'uncertain') return fate;
  const follows: Fate = { ...fate, subject: leader };
  return indexes.hold(digest) === MAYBE ? agreed([follows, heldBy(follower, indexes)]) : follows;
}

function unrecordedPulls(
  { criterion }: Rule,
  exclusions: readonly string[] | undefined,
): RuleResult['unrecordedPulls'] {
  if (criterion?.type !== 'sinceImagePulled') return undefined;
  if (exclusions === undefined) return 'unknown';
  return exclusions.length === 0 ? undefined : exclusions;
}
