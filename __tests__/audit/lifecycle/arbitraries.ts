/** Policies and images that have something to do with each other: few tags, few days, small counts. */
import fc from 'fast-check';
import type { ImageFacts } from '../../../src/audit/lifecycle/images.ts';
import { matches, sample } from '../../../src/audit/lifecycle/patterns.ts';
import type { Policy } from '../../../src/audit/lifecycle/policy.ts';
import {
  ARCHIVE,
  any,
  archived,
  count,
  daysAgo,
  image,
  policy,
  prefixed,
  pulled,
  pushed,
  tagged,
  untagged,
} from './factories.ts';

const PATTERNS = ['*', 'v*', 'v1*', '*1', 'v1', '*-a', 'v*-a', 'prod-*', 'a', '**', 'sha256-*'];
const TAGS = [
  ...PATTERNS.map(sample),
  'v2',
  'v11',
  'v1-a',
  'a-1',
  'prod-v1',
  'x',
  `sha256-${'0'.repeat(64)}.sig`,
];

const patterns = fc.uniqueArray(fc.constantFrom(...PATTERNS), { minLength: 1, maxLength: 3 });
const tagging = fc.oneof(
  { weight: 3, arbitrary: patterns.map((list) => tagged(...list)) },
  { weight: 1, arbitrary: fc.constantFrom('v', 'v1', 'prod-').map((prefix) => prefixed(prefix)) },
  { weight: 1, arbitrary: fc.constantFrom(untagged, any) },
);
const selection = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((number) => [count(number), [{ type: 'expire' }, ARCHIVE]] as const),
  fc.integer({ min: 1, max: 6 }).map((days) => [pushed(days), [{ type: 'expire' }, ARCHIVE]] as const),
  fc.integer({ min: 1, max: 6 }).map((days) => [pulled(days), [ARCHIVE]] as const),
  fc.integer({ min: 90, max: 96 }).map((days) => [archived(days), [{ type: 'expire' }]] as const),
);

const anyRule = fc.tuple(tagging, selection, fc.nat(1)).map(([tags, [criterion, actions], at]) => ({
  selection: { ...tags, ...criterion },
  action: actions[at % actions.length] ?? ARCHIVE,
}));

/** Rules as they come: the evaluator does not need what ECR's validation demands. */
export const anyPolicy: fc.Arbitrary<Policy> = fc
  .array(anyRule, { minLength: 1, maxLength: 5 })
  .map((rules) => policy(...rules));

/** Halves of days, so that ages of exactly a number of days and times that are the same are common. */
const days = (max: number) => fc.nat(max * 2).map((halves) => halves / 2);
const tags = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 4, arbitrary: fc.uniqueArray(fc.constantFrom(...TAGS), { minLength: 1, maxLength: 4 }) },
);

/** An image about which everything is known, and that stands in no relation to others. */
export const plainImage: fc.Arbitrary<ImageFacts> = fc
  .record({
    tags,
    pushed: days(8),
    pulled: fc.option(days(8), { freq: 3 }),
    activated: fc.option(days(4), { freq: 8 }),
    archived: days(8),
    storageClass: fc.oneof(
      { weight: 4, arbitrary: fc.constant('standard' as const) },
      { weight: 1, arbitrary: fc.constant('archive' as const) },
    ),
  })
  .map((facts) =>
    image('', facts.tags, facts.pushed, {
      lastPulledAt: facts.pulled === null ? null : daysAgo(facts.pulled),
      lastActivatedAt: facts.activated === null ? null : daysAgo(facts.activated),
      storageClass: facts.storageClass,
      archivedAt: facts.storageClass === 'archive' ? daysAgo(88 + facts.archived) : null,
    }),
  );

/** Images with digests `d0`, `d1`…, the first of which may list or refer to later ones. Everything is known. */
export const anyImages: fc.Arbitrary<readonly ImageFacts[]> = fc
  .array(
    fc.tuple(
      plainImage,
      fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 2 }), { freq: 6 }),
      fc.option(fc.integer({ min: 1, max: 6 }), { freq: 7 }),
    ),
    { maxLength: 10 },
  )
  .map((list) =>
    list.map(([facts, children, subject], at) => {
      const digest = `d${at}`;
      const exists = (place: number) => at + place < list.length;
      const listed = (children ?? []).filter(exists).map((place) => `d${at + place}`);
      if (listed.length > 0) return { ...facts, digest, isIndex: true, children: listed };
      return subject !== null && exists(subject)
        ? { ...facts, digest, subject: `d${at + subject}` }
        : { ...facts, digest };
    }),
  );

const FORGETTABLE = [
  'tags',
  'pushedAt',
  'lastPulledAt',
  'lastActivatedAt',
  'archivedAt',
  'storageClass',
  'children',
  'subject',
] as const;

/** Which facts about which of ten images are unknown. */
export const anyGaps = fc.array(fc.tuple(fc.nat(9), fc.constantFrom(...FORGETTABLE)), {
  minLength: 1,
  maxLength: 4,
});

export function withGaps(
  images: readonly ImageFacts[],
  gaps: readonly (readonly [number, (typeof FORGETTABLE)[number]])[],
): readonly ImageFacts[] {
  return images.map((facts, at) => {
    const missing = gaps.filter(([place]) => place === at).map(([, key]) => [key, undefined]);
    // What may be an index is one of which the kind is unknown, or the entries.
    const kind =
      missing.some(([key]) => key === 'children') && facts.isIndex !== true ? { isIndex: undefined } : {};
    return { ...facts, ...kind, ...Object.fromEntries(missing) };
  });
}

/** Whether a list of patterns matches an image's tags, by the user guide's words. */
export function hasAll(list: readonly string[], { tags: all }: ImageFacts): boolean {
  return list.every((pattern) => (all ?? []).some((tag) => matches(pattern, tag)));
}
