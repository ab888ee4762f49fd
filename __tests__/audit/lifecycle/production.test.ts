import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageFacts } from '../../../src/audit/lifecycle/images.ts';
import { EFFORT, findTag, matches } from '../../../src/audit/lifecycle/patterns.ts';
import { productionTest, reaches, threats } from '../../../src/audit/lifecycle/production.ts';
import { deadRules, selectsOneImage } from '../../../src/audit/lifecycle/rules.ts';
import { anyImages, anyPolicy } from './arbitraries.ts';
import {
  ARCHIVE,
  any,
  archived,
  count,
  daysAgo,
  evaluated,
  image,
  NOW,
  policy,
  prefixed,
  pulled,
  pushed,
  tagged,
  untagged,
} from './factories.ts';

const PRODUCTION = ['prod-*', 'release-*', 'v*'];
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 3_000) };
type RuleText = Parameters<typeof policy>[0];

describe('needed images that rules take now', () => {
  const threatened = (
    rules: ReturnType<typeof policy>,
    images: readonly ImageFacts[],
    needs: Partial<Parameters<typeof threats>[1]> = {},
  ) => {
    const found = threats(evaluated(rules, images), {
      productionTags: PRODUCTION,
      keep: 2,
      running: new Set(),
      ...needs,
    });
    const inWords = (list: (typeof found)['production']) =>
      list.map(({ image: { digest }, certain }) => `${digest}${certain ? '' : '?'}`).join(' ');
    return [inWords(found.production), inWords(found.running)];
  };
  const one = policy({ selection: { ...any, ...count(1) } });
  const old = policy({ selection: { ...any, ...pushed(30) } });

  it('are among the newest production images, of all production tags together', () => {
    const images = [
      image('A', ['x'], 1),
      image('B', ['v1', 'x'], 2),
      image('C', ['prod-1'], 3),
      image('D', ['release-1'], 4),
      image('E', [], 5),
    ];
    expect(threatened(one, images)).toEqual(['B C', '']);
    expect(threatened(one, images, { keep: 1 })).toEqual(['B', '']);
    expect(threatened(one, images, { keep: 9, productionTags: ['prod-*', 'release-*'] })).toEqual([
      'C D',
      '',
    ]);
    expect(threatened(old, images)).toEqual(['', '']);
  });

  it('come with the rule, and with the date or the rank', () => {
    const [threat] = threats(evaluated(old, [image('A', ['v1'], 31)]), {
      productionTags: PRODUCTION,
      keep: 2,
      running: new Set(),
    }).production;
    expect(threat?.fate).toMatchObject({
      is: 'acted-on',
      action: 'expire',
      rule: { priority: 1 },
      since: daysAgo(1),
    });
  });

  it('are not certain if it is not certain which images are the newest', () => {
    const images = [image('A', ['v1'], 31), image('B', ['v2'], 32), image('C', ['v3'], 32)];
    expect(threatened(old, images)).toEqual(['A B? C?', '']);
    const unknown = [
      image('A', ['v1'], 31),
      image('B', ['v2'], 32),
      image('C', ['v3'], 33),
      image('?', [], 31, { tags: undefined }),
    ];
    expect(threatened(old, unknown)).toEqual(['A B? ??', '']);
  });

  it('are not certain if it is not certain what becomes of them', () => {
    expect(threatened(old, [image('A', ['v1'], 0, { pushedAt: undefined })])).toEqual(['A?', '']);
    expect(threatened(old, [image('A', ['v1'], 99, { subject: undefined })])).toEqual(['A?', '']);
  });

  it('are not what an index lists, signatures by tag, and artifacts with a subject', () => {
    const images = [
      image('index', ['v1'], 31, { isIndex: true, children: ['amd64'] }),
      image('amd64', ['v1-amd64'], 31),
      image('sbom', ['v1-sbom'], 31, { subject: 'index' }),
      image('S', [`sha256-${'a'.repeat(64)}.sig`], 32),
      image('B', ['v0'], 40),
    ];
    expect(threatened(old, images, { productionTags: ['*'] })).toEqual(['index B', '']);
  });

  it('are images that run, and the indexes of platform images that run', () => {
    const images = [
      image('outer', ['x'], 31, { isIndex: true, children: ['inner'] }),
      image('inner', [], 31, { isIndex: true, children: ['amd64'] }),
      image('amd64', [], 31),
      image('B', ['y'], 32),
      image('C', ['z'], 32),
    ];
    expect(threatened(old, images, { running: new Set(['amd64', 'B', 'elsewhere']) })).toEqual([
      '',
      'outer B',
    ]);
    expect(threatened(one, images, { running: new Set(['outer']) })).toEqual(['', '']);
  });

  it('may be any index with unknown entries, if an image of the repository runs', () => {
    const images = [image('A', ['x'], 31, { isIndex: true, children: undefined }), image('B', ['y'], 1)];
    expect(threatened(old, images, { running: new Set(['B']) })).toEqual(['', 'A?']);
    expect(threatened(old, images, { running: new Set(['elsewhere']) })).toEqual(['', '']);
  });

  it('are also taken to the archive', () => {
    const archive = policy({ selection: { ...any, ...pulled(30) }, action: ARCHIVE });
    expect(threatened(archive, [image('A', ['v1'], 31)], { running: new Set(['A']) })).toEqual(['A', 'A']);
  });
});

describe('rules that could take production images', () => {
  const reached = (rules: readonly RuleText[], images: readonly ImageFacts[] = []) => {
    const needs = { productionTags: PRODUCTION, keep: 10 };
    const { reaches: found, undecided } = reaches(evaluated(policy(...rules), images), needs);
    return [
      ...found.map(({ rule, how, byPatterns, byImages, shared }) =>
        [
          rule.priority,
          how,
          ...byPatterns.map(({ tag }) => tag),
          ...byImages.map(({ digest }) => `image ${digest}`),
          ...(shared?.tag === undefined ? [] : [`shared with ${shared.tag}`]),
          ...(shared?.untagged ? ['shared with untagged'] : []),
          ...(shared?.images ?? []).map(({ digest }) => `shared with image ${digest}`),
        ].join(' '),
      ),
      ...undecided.map(({ rule }) => `${rule.priority}?`),
    ];
  };
  const age = (selection: object): RuleText => ({ selection: { ...selection, ...pushed(30) } });
  const keeping = (number: number, selection: object): RuleText => ({
    selection: { ...selection, ...count(number) },
  });

  it.each<[string, RuleText[], string[]]>([
    ['by age, of any image', [age(any)], ['1 age prod-1 release-1 v1']],
    ['by age, of a production pattern', [age(tagged('v1.*'))], ['1 age v1.2']],
    [
      'by age, of a pattern that meets a production pattern',
      [age(tagged('*-alpine'))],
      ['1 age prod-alpine release-alpine v-alpine'],
    ],
    [
      'by age, with all of several patterns',
      [age(tagged('prod-*', 'release-*'))],
      ['1 age prod-1 release-1'],
    ],
    ['by age in the archive', [{ selection: { ...any, ...archived(90) } }], ['1 age prod-1 release-1 v1']],
    ['not by age, of other tags', [age(tagged('dev-*')), age(untagged)], []],
    ['what earlier rules leave', [keeping(99, tagged('v*')), age(any)], ['2 age prod-1 release-1']],
    [
      'nothing where earlier rules leave nothing',
      [keeping(99, tagged('v*')), keeping(99, prefixed('prod')), keeping(99, tagged('release-*')), age(any)],
      [],
    ],
    [
      'what a rule of several patterns leaves',
      [keeping(99, tagged('v*', '*-lts')), age(tagged('v*'))],
      ['2 age v1'],
    ],
    [
      'what is left of what two patterns have in common',
      [keeping(99, tagged('v-*')), age(tagged('*-alpine', 'v*'))],
      ['2 age prod-alpine release-alpine v1-alpine'],
    ],
    [
      'nothing of the other storage class',
      [{ selection: { ...tagged('v*'), ...archived(90) }, action: { type: 'expire' } }, age(tagged('v*'))],
      ['1 age v1', '2 age v1'],
    ],
    ['by a count that is too small', [keeping(9, tagged('v*'))], ['1 count-below-keep v1']],
    [
      'not by a count of them alone that is large enough',
      [keeping(10, tagged('v*')), keeping(10, tagged('prod-1*'))],
      [],
    ],
    [
      'not by a count of tags like theirs',
      [keeping(10, prefixed('prod')), keeping(10, tagged('release*'))],
      [],
    ],
    [
      'by a count that others share',
      [keeping(10, tagged('*'))],
      ['1 count-shared prod-1 release-1 v1 shared with 1'],
    ],
    [
      'by a count that other tags of the pattern share',
      [keeping(10, tagged('*-alpine'))],
      ['1 count-shared prod-alpine release-alpine v-alpine shared with 1-alpine'],
    ],
    [
      'by a count that untagged images share',
      [keeping(10, any)],
      ['1 count-shared prod-1 release-1 v1 shared with 1 shared with untagged'],
    ],
    [
      'not by a count of several patterns, one of which is for production',
      [keeping(10, tagged('v*', '*-x')), keeping(10, tagged('*-y', 'v*'))],
      [],
    ],
    [
      'not by a count of one tag, which one image has',
      [keeping(1, tagged('v1')), keeping(1, tagged('v1', '*'))],
      [],
    ],
    ['by age of one tag', [age(tagged('v1'))], ['1 age v1']],
    ['not by dead rules', [keeping(99, tagged('v*')), age(tagged('v1'))], []],
    [
      'perhaps by a rule that is not understood',
      [{ selection: { ...any, countType: 'sinceImageScanned' } }],
      ['1?'],
    ],
    [
      'perhaps by a rule after one that is not understood',
      [keeping(9, { tagStatus: 'signed' }), age(any), age(untagged)],
      ['1?', '2?'],
    ],
  ])('%s', (_, rules, expected) => {
    expect(reached(rules)).toEqual(expected);
  });

  it('by today’s images, whatever their other tags are', () => {
    const rules = [age(tagged('dev-*')), keeping(50, tagged('ci-*'))];
    const images = [
      image('A', ['dev-1', 'v1'], 1),
      image('B', ['ci-1', 'v2'], 1),
      image('C', ['ci-2'], 1),
      image('D', ['dev-2'], 1),
    ];
    expect(reached(rules, images)).toEqual([
      '1 age image A',
      '2 count-shared image B shared with ci-1 shared with image C',
    ]);
    expect(reached(rules, [image('D', ['dev-2'], 1)])).toEqual([]);
    // What an earlier rule governs, or an index holds, is not the rule's.
    expect(reached([keeping(50, tagged('v*')), ...rules], images)).toEqual([]);
  });

  it('by a count in which today’s images take places that production images need', () => {
    const images = [image('A', ['v1'], 1), image('B', ['vendor'], 1), image('C', ['x'], 1)];
    const needs = { productionTags: ['v1*'], keep: 10 };
    const rules = policy(keeping(10, tagged('v1*')), keeping(10, tagged('v*')));
    expect(reaches(evaluated(rules, images), needs).reaches).toEqual([]);
    const shared = policy(keeping(10, tagged('v*')));
    expect(reaches(evaluated(shared, images), needs).reaches).toMatchObject([
      { how: 'count-shared', shared: { tag: 'v2', untagged: false, images: [{ digest: 'B' }] } },
    ]);
  });

  it('are undecided if comparing the patterns takes too long', () => {
    const slow = `${'*ab'.repeat(4)}*`.replaceAll('ab', 'ab'.repeat(30));
    const other = `*${'ba'.repeat(30)}*${'bb'.repeat(30)}*${'aa'.repeat(30)}*`;
    const rules = policy(...Array.from({ length: 50 }, (_, at) => age(tagged(`${slow}x${at}y`))));
    const { reaches: found, undecided } = reaches(evaluated(rules, []), {
      productionTags: [other],
      keep: 10,
    });
    expect(found.length + undecided.length).toBe(50);
    expect(undecided.length).toBeGreaterThan(0);
  });

  it('are found for every production image that a rule takes at some time', () => {
    let found = 0;
    fc.assert(
      fc.property(anyPolicy, anyImages, (rules, images) => {
        const productionTags = ['v*', 'prod-*'];
        const isProduction = productionTest(productionTags);
        const later = new Date(NOW.getTime() + 999 * 86_400_000);
        const keep = 3;
        const reach = reaches(evaluated(rules, images), { productionTags, keep });
        const needed = threats(evaluated(rules, images, { now: later }), {
          productionTags,
          keep,
          running: new Set(),
        });
        for (const { image: facts, fate, certain } of needed.production) {
          if (!certain || fate.is !== 'acted-on' || !facts.tags?.some(isProduction)) continue;
          // Two images of one tag are none that a repository has.
          if (selectsOneImage(fate.rule)) continue;
          found += 1;
          expect(reach.reaches.map(({ rule }) => rule)).toContain(fate.rule);
        }
      }),
      RUNS,
    );
    expect(found).toBeGreaterThan(RUNS.numRuns / 6);
  });

  it('are reached by the tags that are shown', () => {
    fc.assert(
      fc.property(anyPolicy, (rules) => {
        const productionTags = ['v*', 'prod-*'];
        const { dead } = deadRules(rules);
        for (const { rule, byPatterns } of reaches(evaluated(rules, []), { productionTags, keep: 3 })
          .reaches) {
          expect(dead.some((other) => other.rule === rule)).toBe(false);
          for (const { pattern, tag } of byPatterns) {
            expect(matches(pattern, tag)).toBe(true);
            // The image has one more tag for each pattern that the shown one does not match.
            const more =
              rule.tagging?.status === 'tagged'
                ? rule.tagging.patterns.filter((other) => !matches(other, tag))
                : [];
            const tags = [
              tag,
              ...more.flatMap((other) => {
                const search = findTag([other], [], { left: EFFORT });
                return typeof search === 'string' ? [] : [search.tag.replaceAll('1', '~')];
              }),
            ];
            if (more.some((other) => /1/.test(other))) continue;
            const lone = image('lone', tags, 1, { storageClass: rule.storageClass, archivedAt: daysAgo(1) });
            expect(evaluated(rules, [lone]).fates.get('lone')).toMatchObject({
              rule: { priority: rule.priority },
            });
          }
        }
      }),
      RUNS,
    );
  });
});
