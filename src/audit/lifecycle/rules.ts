/** Properties of a policy's rules that follow from their selections and from the tags of today's images. */
import type { ImageFacts } from './images.ts';
import { compile, EFFORT, findTag, includes } from './patterns.ts';
import type { Policy, Rule, Tagging } from './policy.ts';

/** A rule with an uncertain answer, and the reason. */
export interface Undecided {
  readonly rule: Rule;
  readonly reasons: readonly string[];
}

/** A rule that cannot act on any image. */
export interface DeadRule {
  readonly rule: Rule;
  /**
   * Earlier rules that govern every image that this rule could select. Each of them does so alone; for a rule for any
   * image, one governs every untagged image and one every tagged image.
   */
  readonly by: readonly Rule[];
}

/**
 * Rules that can never act, because "an image that matches the tagging requirements of a rule cannot be expired or
 * archived by a rule with a lower priority". Rules of the other storage class do not count.
 */
export function deadRules({ rules }: Policy): {
  readonly dead: readonly DeadRule[];
  readonly undecided: readonly Undecided[];
} {
  const dead: DeadRule[] = [];
  const undecided: Undecided[] = [];
  for (const [at, rule] of rules.entries()) {
    const before = rules.slice(0, at);
    const by = rule.tagging === undefined ? [] : shielding(rule, rule.tagging, before);
    if (by.length > 0) dead.push({ rule, by });
    else if (rule.tagging === undefined || rule.storageClass === undefined) {
      undecided.push({ rule, reasons: rule.unknown });
    } else {
      const reasons = before.filter((other) => isUnclearFor(rule, other)).flatMap(({ unknown }) => unknown);
      if (reasons.length > 0) undecided.push({ rule, reasons });
    }
  }
  return { dead, undecided };
}

/** Whether an unknown part of an earlier rule decides which images a later rule can act on. */
export function isUnclearFor({ storageClass }: Pick<Rule, 'storageClass'>, earlier: Rule): boolean {
  if (earlier.storageClass === undefined) return true;
  return earlier.storageClass === storageClass && earlier.tagging === undefined;
}

/**
 * The earlier rules that together govern every image that a rule could select.
 *
 * Except for a rule for any image, each earlier rule can be checked separately: replace each `*` of the rule's patterns
 * by a character that no pattern contains (see `includes`). An image with exactly these tags matches an earlier rule
 * only if that rule matches every image that the later rule selects.
 */
function shielding(rule: Rule, tagging: Tagging, earlier: readonly Rule[]): readonly Rule[] {
  const before = earlier.filter(
    (other) => rule.storageClass !== undefined && other.storageClass === rule.storageClass,
  );
  const thatCover = (part: Tagging) =>
    before.filter((other) => other.tagging !== undefined && covers(other.tagging, part));
  if (tagging.status !== 'any') return thatCover(tagging);
  const tagged = thatCover(EVERY_TAG);
  const untagged = thatCover({ status: 'untagged' });
  return tagged.length === 0 || untagged.length === 0
    ? []
    : before.filter((other) => {
        return tagged.includes(other) || untagged.includes(other);
      });
}

const EVERY_TAG: Tagging = { status: 'tagged', list: 'tagPatternList', listed: ['*'], patterns: ['*'] };

/** Whether every image that matches the inner tag requirements, which are not `any`, also matches the outer ones. */
export function covers(outer: Tagging, inner: Tagging): boolean {
  if (outer.status === 'any') return true;
  if (outer.status !== 'tagged' || inner.status !== 'tagged') return outer.status === inner.status;
  return outer.patterns.every((wide) => inner.patterns.some((narrow) => includes(wide, narrow)));
}

/**
 * Whether at most one image can match a rule's tags: a pattern without a wildcard is a single tag, which only one image
 * of a repository has at a time. A rule that keeps a number of such images never acts.
 */
export function selectsOneImage({ tagging }: Rule): boolean {
  return tagging?.status === 'tagged' && tagging.patterns.some((pattern) => !pattern.includes('*'));
}

/**
 * The rule that expires untagged images, or the rule that archives them together with the rule that expires them in the
 * archive; empty if they are never deleted.
 */
export function untaggedRules(policy: Policy): {
  readonly rules: readonly Rule[];
  /** Rules that may select untagged images first. */
  readonly undecided: readonly Undecided[];
} {
  const undecided: Undecided[] = [];
  const rules: Rule[] = [];
  for (const storageClass of ['standard', 'archive'] as const) {
    const rule = policy.rules.find((candidate) => {
      const unclear = isUnclearFor({ storageClass }, candidate);
      if (unclear) undecided.push({ rule: candidate, reasons: candidate.unknown });
      return !unclear && candidate.storageClass === storageClass && candidate.tagging?.status !== 'tagged';
    });
    if (rule === undefined) break;
    if (rule.action === undefined) undecided.push({ rule, reasons: rule.unknown });
    rules.push(rule);
    if (rule.action !== 'archive') break;
  }
  return { rules: rules.at(-1)?.action === 'expire' ? rules : [], undecided };
}

/** A rule with several patterns or prefixes, all of which an image has to match. */
export interface AllPatterns {
  readonly rule: Rule;
  /** Its patterns or prefixes without redundant ones, as the policy lists them. */
  readonly listed: readonly string[];
  /** A single tag that matches all of them, if there is one: such a rule may be intended. */
  readonly oneTag: string | undefined;
  /** Images of its storage class that match all of them, and those that match some. */
  readonly matchingAll: readonly ImageFacts[];
  readonly matchingSome: readonly ImageFacts[];
  /** Images that may match, because their tags or storage class are unknown. */
  readonly unknown: readonly ImageFacts[];
}

/**
 * The rules that require more than one tag of an image: "if you specify multiple tags, only the images with all
 * specified tags are selected".
 */
export function allPatternsRules({ rules }: Policy, images: readonly ImageFacts[]): readonly AllPatterns[] {
  const effort = { left: EFFORT };
  const found: AllPatterns[] = [];
  for (const rule of rules) {
    const { tagging } = rule;
    if (tagging?.status !== 'tagged') continue;
    const { patterns, listed } = tagging;
    const needed = patterns.flatMap((pattern, at) => (isImplied(pattern, at, patterns) ? [] : [at]));
    if (needed.length < 2) continue;

    const tests = needed.map((at) => compile(patterns[at] ?? ''));
    const searched = findTag(
      needed.map((at) => patterns[at] ?? ''),
      [],
      effort,
    );
    const matchingAll: ImageFacts[] = [];
    const matchingSome: ImageFacts[] = [];
    const unknown: ImageFacts[] = [];
    for (const image of images) {
      if (image.storageClass !== undefined && image.storageClass !== rule.storageClass) continue;
      const { tags } = image;
      const matched = tags === undefined ? 0 : tests.filter((test) => tags.some(test)).length;
      if (tags === undefined || (image.storageClass === undefined && matched > 0)) unknown.push(image);
      else if (matched === tests.length) matchingAll.push(image);
      else if (matched > 0) matchingSome.push(image);
    }
    found.push({
      rule,
      listed: needed.map((at) => listed[at] ?? ''),
      oneTag: typeof searched === 'string' ? undefined : searched.tag,
      matchingAll,
      matchingSome,
      unknown,
    });
  }
  return found;
}

/** Whether a pattern matches every tag that another pattern matches. Of equal patterns, the first counts. */
function isImplied(pattern: string, at: number, patterns: readonly string[]): boolean {
  return patterns.some((other, place) => {
    if (place === at || !includes(pattern, other)) return false;
    return !includes(other, pattern) || place < at;
  });
}
