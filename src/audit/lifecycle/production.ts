/**
 * Whether a policy expires or archives needed images: the newest production images and images that run.
 *
 * Production tags are patterns as in lifecycle rules: `*` stands for any characters. A legacy tag of cosign
 * (`sha256-….sig`) is never a production tag.
 */
import { type Certainty, MAYBE, NO, YES } from './certainty.ts';
import { type Evaluation, type Fate, ranking } from './evaluate.ts';
import { childrenOf, type ImageFacts, legacySubject } from './images.ts';
import type { Indexes } from './indexes.ts';
import { compile, EFFORT, type Effort, findTag, includes, intersects, type Search } from './patterns.ts';
import type { Criterion, Rule, Tagging } from './policy.ts';
import { deadRules, isUnclearFor, selectsOneImage, type Undecided } from './rules.ts';

/** A needed image that a rule expires or archives now, or may. */
export interface Threat {
  readonly image: ImageFacts;
  readonly fate: Extract<Fate, { is: 'acted-on' | 'uncertain' }>;
  /** Whether it is certain that the image is needed and that a rule acts on it. */
  readonly certain: boolean;
}

export interface Needs {
  /** Patterns of production tags. */
  readonly productionTags: readonly string[];
  /** How many of the newest production images are needed. */
  readonly keep: number;
  /** Digests of images, indexes or platform images, that run. */
  readonly running: ReadonlySet<string>;
}

/** The needed images that the rules act on now. */
export interface Threats {
  /** Images among the newest production images of all production tags together. */
  readonly production: readonly Threat[];
  /** Images that run. An index runs if an image that it lists runs. */
  readonly running: readonly Threat[];
}

/** Which needed images the rules of an evaluated policy would expire or archive now. */
export function threats(evaluation: Evaluation, { productionTags, keep, running }: Needs): Threats {
  const { images, indexes, fates } = evaluation;
  const isProduction = productionTest(productionTags);
  const production = Uint8Array.from(images, (image) => takesPlace(image, isProduction, indexes));
  const rankOf = ranking(images, production);
  const runs = indexes.withIndexesOf(running);
  const someRuns = images.some(({ digest }) => runs.has(digest));

  const newest: Threat[] = [];
  const inUse: Threat[] = [];
  for (const [at, image] of images.entries()) {
    const fate = fates.get(image.digest);
    if (fate === undefined || fate.is === 'kept') continue;
    const isActedOn = fate.is === 'acted-on';
    const { least, most } = rankOf(at);
    if (production[at] !== NO && least <= keep) {
      newest.push({ image, fate, certain: isActedOn && production[at] === YES && most <= keep });
    }
    const isRunning = runs.has(image.digest);
    // An image that runs may be an entry of any index of which the entries are unknown.
    if (isRunning || (someRuns && childrenOf(image) === undefined)) {
      inUse.push({ image, fate, certain: isActedOn && isRunning });
    }
  }
  return { production: newest, running: inUse };
}

/** Whether an image is a production image. The entries of an index belong to the index. */
function takesPlace(image: ImageFacts, isProduction: (tag: string) => boolean, indexes: Indexes): Certainty {
  if (typeof image.subject === 'string') return NO;
  const held = indexes.hold(image.digest);
  if (held === YES || image.tags?.some(isProduction) === false) return NO;
  return held === NO && image.tags !== undefined && image.subject === null ? YES : MAYBE;
}

/** Returns a test for production tags. */
export function productionTest(productionTags: readonly string[]): (tag: string) => boolean {
  const tests = productionTags.map((pattern) => compile(pattern));
  return (tag) => tests.some((test) => test(tag)) && legacySubject(tag) === undefined;
}

/** A rule that can at some time expire or archive one of the newest production images. */
export interface Reach {
  readonly rule: Rule;
  /**
   * `age`: by age, whatever the image is. `count-below-keep`: the rule keeps fewer images than needed. `count-shared`:
   * the rule keeps enough images, but also counts images that are not production images.
   */
  readonly how: 'age' | 'count-below-keep' | 'count-shared';
  /** Examples of production tags that the rule's patterns select, by production pattern: `v1` for `v*`. */
  readonly byPatterns: readonly { readonly pattern: string; readonly tag: string }[];
  /** Today's production images on which only this rule can act. */
  readonly byImages: readonly ImageFacts[];
  /** For `count-shared`: the other images that the rule counts. */
  readonly shared: Shared | undefined;
}

export interface Shared {
  /** A tag that the rule's patterns select and that is not a production tag. */
  readonly tag: string | undefined;
  /** Whether the rule counts untagged images. */
  readonly untagged: boolean;
  /** Today's images without a production tag that the rule counts. */
  readonly images: readonly ImageFacts[];
}

/**
 * Which rules could at some time act on one of the newest production images: by the tags that their patterns select and
 * that no earlier rule governs, and by today's images. If the policy was evaluated without images, only the patterns
 * decide.
 */
export function reaches(
  evaluation: Evaluation,
  { productionTags, keep }: Pick<Needs, 'productionTags' | 'keep'>,
): { readonly reaches: readonly Reach[]; readonly undecided: readonly Undecided[] } {
  const { policy, images, fates } = evaluation;
  const effort = { left: EFFORT };
  const isProduction = productionTest(productionTags);
  const production = images.filter(({ tags }) => tags?.some(isProduction));
  const { dead } = deadRules(policy);
  const found: Reach[] = [];
  const undecided: Undecided[] = [];
  for (const [at, rule] of policy.rules.entries()) {
    if (dead.some((other) => other.rule === rule) || rule.tagging?.status === 'untagged') continue;
    const earlier = policy.rules.slice(0, at);
    const reasons = [rule, ...earlier]
      .filter((other) => (other === rule ? hasUnknownPart(rule) : isUnclearFor(rule, other)))
      .flatMap(({ unknown }) => unknown);
    const { tagging, criterion } = rule;
    if (reasons.length > 0 || tagging === undefined || criterion === undefined) {
      undecided.push({ rule, reasons });
      continue;
    }
    if (criterion.type === 'imageCountMoreThan' && selectsOneImage(rule)) continue;

    const how = howFar(criterion, keep);
    const shields = earlier.filter(({ storageClass }) => storageClass === rule.storageClass);
    const searches = productionTags.map((pattern) => reachableTag(tagging, pattern, shields, effort));
    const byPatterns = searches.flatMap((search, place) =>
      typeof search === 'object' ? [{ pattern: productionTags[place] ?? '', tag: search.tag }] : [],
    );
    const byImages = production.filter(({ digest }) => governs(rule, fates.get(digest)));
    const shared =
      how === 'count-shared' ? sharing(rule, tagging, productionTags, evaluation, effort) : undefined;
    const isReached = byPatterns.length > 0 || byImages.length > 0;
    if (isReached && (how !== 'count-shared' || typeof shared === 'object')) {
      found.push({
        rule,
        how,
        byPatterns,
        byImages,
        shared: typeof shared === 'object' ? shared : undefined,
      });
    } else if (shared !== 'none' && (searches.includes('undecided') || shared === 'undecided')) {
      undecided.push({ rule, reasons: ['comparing its patterns with the production tags takes too long'] });
    }
  }
  return { reaches: found, undecided };
}

function hasUnknownPart({ tagging, criterion, storageClass, action }: Rule): boolean {
  return [tagging, criterion, storageClass, action].includes(undefined);
}

function howFar(criterion: Criterion, keep: number): Reach['how'] {
  if (criterion.type !== 'imageCountMoreThan') return 'age';
  return criterion.count < keep ? 'count-below-keep' : 'count-shared';
}

/** Whether only this rule can act on an image. */
function governs(rule: Rule, fate: Fate | undefined): boolean {
  if (fate === undefined) return false;
  if (fate.is === 'uncertain') return fate.may.length > 0 && fate.may.every((acting) => acting.rule === rule);
  if (fate.is === 'acted-on') return fate.rule === rule && fate.subject === undefined;
  return (fate.why === 'age' || fate.why === 'count') && fate.rule === rule;
}

/** A production tag with which a rule's own patterns select an image that no earlier rule governs. */
function reachableTag(
  tagging: Tagging,
  production: string,
  earlier: readonly Rule[],
  effort: Effort,
): Search {
  const patterns = tagging.status === 'tagged' ? tagging.patterns : ['*'];
  const shields = earlier.flatMap((rule) =>
    rule.tagging?.status === 'tagged' ? [rule.tagging.patterns] : [],
  );
  let result: Search = 'none';
  for (const [at, pattern] of patterns.entries()) {
    if (!intersects(pattern, production)) continue;
    // The image has one more tag for each other pattern. Images that then match an earlier rule are not reachable
    // anyway.
    const others = patterns.filter((_, place) => place !== at);
    const open = shields.map((shield) =>
      shield.filter((wide) => !others.some((other) => includes(wide, other))),
    );
    const search = findTag([pattern, production], open, effort);
    if (typeof search === 'object') return search;
    if (search === 'undecided') result = search;
  }
  return result;
}

/** The images that a count rule counts in addition to images with production tags. */
function sharing(
  rule: Rule,
  tagging: Tagging,
  productionTags: readonly string[],
  { rules }: Evaluation,
  effort: Effort,
): Shared | 'none' | 'undecided' {
  const near = productionTags.map(stem);
  const isNear = productionTest(near);
  const result = rules.find((other) => other.rule === rule);
  const images = (result?.identified ?? []).filter(({ tags }) => tags?.some(isNear) === false);
  const patterns = tagging.status === 'tagged' ? tagging.patterns : ['*'];
  const avoided = near.map((other) => [other]);
  const searches = patterns.map((pattern) => findTag([pattern], avoided, effort));
  const [search] = searches;
  const isCertain = searches.every((each) => typeof each === 'object');
  const tag = isCertain && typeof search === 'object' ? search.tag : undefined;
  const untagged = tagging.status === 'any';
  if (tag !== undefined || untagged || images.length > 0) return { tag, untagged, images };
  return searches.includes('none') ? 'none' : 'undecided';
}

/**
 * `prod*` for `prod-*`. A rule for `prod*` is meant for production images, although it also selects `prod` and
 * `prod1`.
 */
function stem(pattern: string): string {
  const word = /^([^*]*[^*._-])[._-]+\*$/.exec(pattern)?.[1];
  return word === undefined ? pattern : `${word}*`;
}
