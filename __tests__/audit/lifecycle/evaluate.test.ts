import { describe, expect, it } from 'vitest';
import type { Fate } from '../../../src/audit/lifecycle/evaluate.ts';
import type { ImageFacts } from '../../../src/audit/lifecycle/images.ts';
import {
  ARCHIVE,
  any,
  archived,
  count,
  daysAgo,
  evaluated,
  fates,
  image,
  NOW,
  policy,
  prefixed,
  pulled,
  pushed,
  tagged,
  untagged,
} from './factories.ts';

type Parts = Partial<ImageFacts>;
const SECOND = 1 / 86_400;

function fateOf(rules: ReturnType<typeof policy>, ...images: ImageFacts[]): Fate | undefined {
  return evaluated(rules, images).fates.get(images[0]?.digest ?? '');
}

describe('an age', () => {
  const rules = policy({ selection: { ...any, ...pushed(14) } });

  it.each([
    [14 + SECOND, 'expire by 1'],
    [14, 'kept: age of 1'],
    [14 - SECOND, 'kept: age of 1'],
    [-1, 'kept: age of 1'],
  ])('of %d days: %s', (days, expected) => {
    expect(fates(evaluated(rules, [image('A', ['x'], days)]))).toEqual({ A: expected });
  });

  it('has the date since when the rule could act, or after which it will', () => {
    expect(fateOf(rules, image('A', [], 20))).toMatchObject({ is: 'acted-on', since: daysAgo(6) });
    expect(fateOf(rules, image('A', [], 4))).toMatchObject({ is: 'kept', after: daysAgo(-10) });
  });

  it('ends where dates end', () => {
    const never = policy({ selection: { ...any, ...pushed(Number.MAX_SAFE_INTEGER) } });
    expect(fateOf(never, image('A', [], 20))).toMatchObject({ after: new Date(8.64e15) });
  });

  it.each<[string, Parts, string]>([
    ['no time of the push', { pushedAt: undefined }, 'uncertain'],
    ['a time that is none', { pushedAt: new Date(Number.NaN) }, 'uncertain'],
    ['no word on whether it was restored', { lastActivatedAt: undefined }, 'uncertain'],
    ['a push before the limit and a restoring after it', { lastActivatedAt: daysAgo(3) }, 'uncertain'],
    ['a push before the limit and a restoring exactly at it', { lastActivatedAt: daysAgo(14) }, 'uncertain'],
    ['both before the limit', { lastActivatedAt: daysAgo(15) }, 'expire by 1'],
    ['no word on the last pull, which does not matter', { lastPulledAt: undefined }, 'expire by 1'],
    ['no word on whether it refers to another image', { subject: undefined }, 'uncertain'],
    ['no tags known, which do not matter', { tags: undefined }, 'expire by 1'],
    ['no storage class known', { storageClass: undefined }, 'uncertain'],
    [
      'being an index of which the entries are unknown',
      { isIndex: true, children: undefined },
      'expire by 1',
    ],
  ])('of 20 days, with %s: %s', (_, changes, expected) => {
    expect(fates(evaluated(rules, [image('A', ['x'], 20, changes)]))).toEqual({ A: expected });
  });

  it.each<[string, Parts, string]>([
    ['no record of a pull', { lastPulledAt: null }, 'archive by 1'],
    ['no word on the last pull', { lastPulledAt: undefined }, 'uncertain'],
    ['no word on the restoring', { lastActivatedAt: undefined }, 'uncertain'],
    [
      'no word on the restoring, and a pull',
      { lastActivatedAt: undefined, lastPulledAt: daysAgo(99) },
      'uncertain',
    ],
    ['no record of a pull, and no time of the push', { pushedAt: undefined }, 'uncertain'],
    ['a pull, and no time of the push', { pushedAt: undefined, lastPulledAt: daysAgo(20) }, 'archive by 1'],
    ['a pull exactly at the limit', { lastPulledAt: daysAgo(14) }, 'kept: age of 1'],
  ])('since the last pull, with %s: %s', (_, changes, expected) => {
    const byPull = policy({ selection: { ...any, ...pulled(14) }, action: ARCHIVE });
    expect(fates(evaluated(byPull, [image('A', ['x'], 20, changes)]))).toEqual({ A: expected });
  });

  it.each<[string, Parts, string]>([
    ['a long time', { archivedAt: daysAgo(91) }, 'expire by 1'],
    ['exactly the limit', { archivedAt: daysAgo(90) }, 'kept: age of 1'],
    ['an unknown time', { archivedAt: undefined }, 'uncertain'],
    ['no time, which cannot be', { archivedAt: null }, 'uncertain'],
  ])('in the archive for %s', (_, changes, expected) => {
    const inArchive = policy({ selection: { ...any, ...archived(90) } });
    const images = [
      image('A', ['x'], 200, { storageClass: 'archive', ...changes }),
      image('restored', ['x'], 200, { archivedAt: daysAgo(100), lastActivatedAt: daysAgo(1) }),
    ];
    expect(fates(evaluated(inArchive, images))).toEqual({ A: expected, restored: 'kept: no-rule' });
  });
});

describe('a count', () => {
  const two = policy({ selection: { ...any, ...count(2) } });
  const kept = 'kept: count of 1';

  it('ranks from the youngest, by the push', () => {
    const images = [image('A', [], 3), image('B', ['x'], 1), image('C', ['x'], 2)];
    const evaluation = evaluated(two, images);
    expect(fates(evaluation)).toEqual({ A: 'expire by 1', B: kept, C: kept });
    expect(evaluation.fates.get('A')).toMatchObject({ rank: { least: 3, most: 3, kept: 2 } });
    expect(evaluation.fates.get('B')).toMatchObject({ rank: { least: 1, most: 1, kept: 2 } });
  });

  it('ranks an image that was restored by the restoring', () => {
    const images = [
      image('A', [], 30, { lastActivatedAt: daysAgo(1) }),
      image('B', [], 2),
      image('C', [], 3),
    ];
    expect(fates(evaluated(two, images))).toEqual({ A: kept, B: kept, C: 'expire by 1' });
  });

  it('is uncertain between images of one time if the limit is between them', () => {
    const images = [image('A', [], 1), image('B', [], 5), image('C', [], 5), image('D', [], 9)];
    expect(fates(evaluated(two, images))).toEqual({
      A: kept,
      B: 'uncertain',
      C: 'uncertain',
      D: 'expire by 1',
    });
  });

  it('is certain between images of one time if the limit is elsewhere', () => {
    const images = [image('A', [], 5), image('B', [], 5), image('C', [], 9), image('D', [], 9)];
    expect(fates(evaluated(two, images))).toEqual({ A: kept, B: kept, C: 'expire by 1', D: 'expire by 1' });
  });

  it('is uncertain only about the images that one of an unknown time can push over the limit', () => {
    const images = [
      image('A', [], 1),
      image('B', [], 2),
      image('C', [], 3),
      image('?', [], 0, { pushedAt: undefined }),
    ];
    expect(fates(evaluated(two, images))).toEqual({
      A: kept,
      B: 'uncertain',
      C: 'expire by 1',
      '?': 'uncertain',
    });
  });

  it('counts what an earlier rule has and what it has marked, and takes none of it', () => {
    const rules = policy(
      { selection: { ...prefixed('v'), ...count(1) } },
      { selection: { ...any, ...count(2) } },
    );
    const images = [
      image('A', ['v2'], 1),
      image('B', ['v1'], 2),
      image('C', ['x'], 3),
      image('D', ['v0'], 4),
    ];
    expect(fates(evaluated(rules, images))).toEqual({
      A: 'kept: count of 1',
      B: 'expire by 1',
      C: 'expire by 2',
      D: 'expire by 1',
    });
  });

  it('counts within one storage class', () => {
    const images = [
      image('A', [], 1, { storageClass: 'archive' }),
      image('B', [], 2, { storageClass: 'archive' }),
      image('C', [], 3),
      image('D', [], 4),
    ];
    expect(fates(evaluated(two, images))).toEqual({
      A: 'kept: no-rule',
      B: 'kept: no-rule',
      C: kept,
      D: kept,
    });
  });

  it('counts an image that is given twice once', () => {
    const images = [image('A', [], 1), image('A', [], 1), image('B', [], 2), image('A', [], 1)];
    expect(fates(evaluated(two, images))).toEqual({ A: kept, B: kept });
  });

  it('does not know what two entries of one digest disagree on', () => {
    const rules = policy({ selection: { ...tagged('x'), ...pushed(1) } });
    const disagreeing = [image('A', ['x'], 5), image('A', [], 5)];
    expect(fates(evaluated(rules, disagreeing))).toEqual({ A: 'uncertain' });
    const inAnotherOrder = [image('A', ['x', 'y'], 5), image('A', ['y', 'x'], 5)];
    expect(fates(evaluated(rules, inAnotherOrder))).toEqual({ A: 'expire by 1' });
  });
});

describe('tags', () => {
  it('have to match all patterns of a rule, by one tag or by several', () => {
    const rules = policy({ selection: { ...tagged('v*', '*-alpine'), ...pushed(1) } });
    const images = [
      image('one', ['v1-alpine'], 5),
      image('two', ['v1', 'x-alpine'], 5),
      image('some', ['v1'], 5),
      image('none', [], 5),
      image('unknown', [], 5, { tags: undefined }),
    ];
    expect(fates(evaluated(rules, images))).toEqual({
      one: 'expire by 1',
      two: 'expire by 1',
      some: 'kept: no-rule',
      none: 'kept: no-rule',
      unknown: 'uncertain',
    });
  });

  it('make the first rule that they match the only one that can act', () => {
    const rules = policy(
      { selection: { ...tagged('keep*'), ...count(999) } },
      { selection: { ...any, ...pushed(1) } },
    );
    const images = [image('A', ['keep-1', 'x'], 99), image('B', ['x'], 99)];
    expect(fates(evaluated(rules, images))).toEqual({ A: 'kept: count of 1', B: 'expire by 2' });
  });

  it('shield in one storage class alone', () => {
    const rules = policy(
      { selection: { ...tagged('keep*'), ...count(999) } },
      { selection: { ...any, ...archived(90) } },
    );
    const images = [image('A', ['keep'], 999, { storageClass: 'archive', archivedAt: daysAgo(91) })];
    expect(fates(evaluated(rules, images))).toEqual({ A: 'expire by 2' });
  });
});

describe('an index', () => {
  const rules = policy({ selection: { ...untagged, ...pushed(1) } }, { selection: { ...any, ...count(2) } });
  const index = (digest: string, tags: string[], days: number, children: string[], changes: Parts = {}) =>
    image(digest, tags, days, { isIndex: true, children, ...changes });

  it('keeps what it lists, over several steps, and that takes no place in a count', () => {
    const images = [
      index('outer', ['v1'], 5, ['inner']),
      index('inner', [], 9, ['amd64', 'arm64']),
      image('amd64', [], 9),
      image('arm64', [], 9),
      image('other', ['v0'], 8),
    ];
    expect(fates(evaluated(rules, images))).toEqual({
      outer: 'kept: count of 2',
      inner: 'kept: index',
      amd64: 'kept: index',
      arm64: 'kept: index',
      other: 'kept: count of 2',
    });
  });

  it('keeps it also when the index itself goes now', () => {
    const images = [index('index', [], 5, ['amd64']), image('amd64', [], 9)];
    const evaluation = evaluated(rules, images);
    expect(fates(evaluation)).toEqual({ index: 'expire by 1', amd64: 'kept: index' });
    expect(evaluation.fates.get('amd64')).toMatchObject({ indexes: ['index'] });
  });

  it('that lists a tagged image keeps it; whether it takes a place is not documented', () => {
    const images = [
      index('index', ['v1'], 1, ['amd64']),
      image('amd64', ['v1-amd64'], 2),
      image('B', ['v0'], 3),
      image('C', ['v00'], 4),
    ];
    const evaluation = evaluated(rules, images);
    expect(fates(evaluation)).toEqual({
      index: 'kept: count of 2',
      amd64: 'kept: index',
      B: 'uncertain',
      C: 'expire by 2',
    });
    expect(evaluation.rules[1]?.perhapsIdentified.map(({ digest }) => digest)).toEqual(['amd64']);
  });

  it('with unknown entries makes every other image uncertain that a rule would act on', () => {
    const images = [
      index('index', ['v1'], 5, [], { children: undefined }),
      image('A', [], 9),
      image('B', [], 0.5),
      image('C', ['v0'], 9),
    ];
    expect(fates(evaluated(rules, images))).toEqual({
      index: 'kept: count of 2',
      A: 'uncertain',
      B: 'kept: age of 1',
      C: 'uncertain',
    });
    expect(evaluated(rules, images).fates.get('A')).toMatchObject({
      may: [{ action: 'expire' }],
      reasons: ['an index may list the image, because the entries of some indexes are unknown'],
    });
  });

  it('that is archived, or may be, does not certainly keep what it lists', () => {
    for (const storageClass of ['archive', undefined] as const) {
      const images = [index('index', ['v1'], 5, ['amd64'], { storageClass }), image('amd64', [], 9)];
      expect(fates(evaluated(rules, images)).amd64).toBe('uncertain');
    }
  });

  it('is not what is known to be no index, even if it is not stated that it lists nothing', () => {
    const images = [image('A', [], 9), image('B', [], 0.5, { isIndex: false, children: undefined })];
    expect(fates(evaluated(rules, images)).A).toBe('expire by 1');
  });

  it('may be what an unknown kind of image is', () => {
    const images = [image('A', [], 9), image('B', [], 0.5, { isIndex: undefined, children: undefined })];
    expect(fates(evaluated(rules, images)).A).toBe('uncertain');
  });
});

describe('an artifact with a subject', () => {
  const rules = policy(
    { selection: { ...tagged('v*'), ...pushed(30) }, action: ARCHIVE },
    { selection: { ...untagged, ...pushed(1) } },
    { selection: { ...any, ...count(1) } },
  );
  const signature = (digest: string, subject: string, changes: Parts = {}) =>
    image(digest, [], 99, { subject, ...changes });

  it('follows it over any number of steps, whatever rules its own tags match', () => {
    const images = [
      signature('of the signature', 'signature'),
      signature('signature', 'A'),
      image('A', ['v1'], 31),
      image('B', ['v2'], 29),
      image('sbom', ['x'], 99, { subject: 'B' }),
    ];
    expect(fates(evaluated(rules, images))).toEqual({
      A: 'archive by 1',
      signature: 'archive by 1 with A',
      'of the signature': 'archive by 1 with signature',
      B: 'kept: age of 1',
      sbom: 'kept: subject',
    });
  });

  it('takes no place in a count, and is in no list of a rule', () => {
    const images = [image('A', ['x'], 5), ...Array.from({ length: 9 }, (_, at) => signature(`s${at}`, 'A'))];
    const evaluation = evaluated(rules, images);
    expect(evaluation.fates.get('A')).toMatchObject({ is: 'kept', rank: { most: 1 } });
    for (const { identified, perhapsIdentified, actsOn } of evaluation.rules.slice(0, 2)) {
      expect([...identified, ...perhapsIdentified, ...actsOn]).toEqual([]);
    }
  });

  it.each<[string, ImageFacts[]]>([
    ['of which the subject is not there', [signature('A', 'gone')]],
    [
      'of which the subject is uncertain',
      [signature('A', 'B'), image('B', ['v1'], 99, { pushedAt: undefined })],
    ],
    [
      'in another storage class than its subject',
      [signature('A', 'B'), image('B', ['v1'], 99, { storageClass: 'archive' })],
    ],
    [
      'of which the storage class is unknown, and neither that of its subject',
      [signature('A', 'B', { storageClass: undefined }), image('B', ['x'], 0, { storageClass: undefined })],
    ],
    ['that refers to itself', [signature('A', 'A')]],
    ['in a circle', [signature('A', 'B'), signature('B', 'A')]],
    [
      'that an index of unknown entries may list, and of which the subject goes',
      [
        signature('A', 'B'),
        image('B', ['v1'], 99),
        image('C', ['x'], 1, { isIndex: true, children: undefined }),
      ],
    ],
    [
      'that an archived index lists, and of which the subject goes',
      [
        signature('A', 'B'),
        image('B', ['v1'], 99),
        image('C', ['x'], 1, { isIndex: true, children: ['A'], storageClass: 'archive' }),
      ],
    ],
  ])('%s: uncertain', (_, images) => {
    expect(fates(evaluated(rules, images)).A).toBe('uncertain');
  });

  it('is in no list of a rule if its subject is uncertain', () => {
    const { rules: results } = evaluated(rules, [
      signature('A', 'B'),
      image('B', ['v1'], 99, { pushedAt: undefined }),
    ]);
    expect(results[0]?.perhapsActsOn.map(({ digest }) => digest)).toEqual(['B']);
  });

  it('that an index lists is kept', () => {
    const images = [
      signature('A', 'B'),
      image('B', ['v1'], 99),
      image('C', ['x'], 1, { isIndex: true, children: ['A'] }),
    ];
    expect(fates(evaluated(rules, images)).A).toBe('kept: index');
  });
});

describe('a rule that is not understood', () => {
  const images = [image('A', ['v1'], 99), image('B', ['x'], 99), image('C', [], 99)];

  it.each<[string, object, object, Record<string, string>]>([
    [
      'its criterion',
      { ...tagged('v*'), countType: 'sinceImageScanned' },
      {},
      { A: 'uncertain', B: 'expire by 2', C: 'expire by 2' },
    ],
    [
      'its action',
      { ...tagged('v*'), ...pushed(1) },
      { type: 'quarantine' },
      { A: 'uncertain', B: 'expire by 2', C: 'expire by 2' },
    ],
    [
      'its action, where it does not act',
      { ...tagged('v*'), ...pushed(999) },
      { type: 'quarantine' },
      { A: 'kept: age of 1', B: 'expire by 2', C: 'expire by 2' },
    ],
    [
      'its tags',
      { tagStatus: 'signed', ...pushed(1) },
      { type: 'expire' },
      { A: 'uncertain', B: 'uncertain', C: 'uncertain' },
    ],
    [
      'its storage class',
      { ...tagged('v*'), ...pushed(999), storageClass: 'cold' },
      { type: 'expire' },
      { A: 'uncertain', B: 'expire by 2', C: 'expire by 2' },
    ],
  ])('by %s', (_, selection, action, expected) => {
    const rules = policy({ selection, action }, { selection: { ...any, ...pushed(5) } });
    expect(fates(evaluated(rules, images))).toEqual(expected);
  });

  it('never makes it seem that nothing happens', () => {
    const rules = policy({ selection: { ...any, countType: 'sinceImageScanned' } });
    expect(fates(evaluated(rules, images))).toEqual({ A: 'uncertain', B: 'uncertain', C: 'uncertain' });
    expect(evaluated(rules, images).fates.get('A')).toMatchObject({
      may: [{ action: 'expire' }],
      reasons: [expect.stringMatching(/^the rule with priority 1 is not understood: rules\[0\]/)],
    });
    expect(evaluated(rules, images).rules[0]?.perhapsActsOn).toHaveLength(3);
  });
});

describe('exclusions from the recording of pulls', () => {
  const role = 'arn:aws:iam::123456789012:role/runtime';
  const rules = policy(
    { selection: { ...tagged('v*'), ...pulled(9) }, action: ARCHIVE },
    { selection: { ...any, ...count(9) } },
  );

  it.each<[readonly string[] | undefined, unknown[]]>([
    [[], [undefined, undefined]],
    [[role], [[role], undefined]],
    [undefined, ['unknown', undefined]],
  ])('%j are named for a rule by pulls', (pullTimeExclusions, expected) => {
    const { rules: results } = evaluated(rules, [], { pullTimeExclusions });
    expect(results.map(({ unrecordedPulls }) => unrecordedPulls)).toEqual(expected);
  });
});

it('keeps the time and the policy that it is about', () => {
  const rules = policy({ selection: { ...any, ...count(1) } });
  expect(evaluated(rules, [])).toMatchObject({ policy: rules, now: NOW, images: [] });
});
