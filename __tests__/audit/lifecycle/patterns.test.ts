import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EFFORT,
  findTag,
  includes,
  intersects,
  matches,
  type Search,
  sample,
} from '../../../src/audit/lifecycle/patterns.ts';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 2_000) };

/** Short patterns over two letters, so that they often have to do with each other. */
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 5 });

/** Every text over two letters, and one that no pattern has, up to a length. */
const TEXTS = textsUpTo(6);

function textsUpTo(length: number): string[] {
  if (length === 0) return [''];
  const shorter = textsUpTo(length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return [...shorter, ...longest.flatMap((text) => ['a', 'b', '1'].map((letter) => text + letter))];
}

/** By the definition, with backtracking. */
function slowly(glob: string, text: string): boolean {
  if (glob === '') return text === '';
  if (glob.startsWith('*')) {
    return slowly(glob.slice(1), text) || (text !== '' && slowly(glob, text.slice(1)));
  }
  return text !== '' && glob[0] === text[0] && slowly(glob.slice(1), text.slice(1));
}

function tagIn(search: Search): string | undefined {
  return typeof search === 'object' ? search.tag : undefined;
}

describe('matches', () => {
  it.each([
    ['prod*', 'prod', true],
    ['prod*', 'production-team1', true],
    ['prod*', 'a-prod', false],
    ['*prod*', 'repo-production', true],
    ['v1.*', 'v1x2', false],
    ['a?', 'ab', false],
    ['a?', 'a?', true],
    ['[ab]', 'a', false],
    ['a*a', 'a', false],
    ['', '', true],
    ['*', '', true],
    ['Prod*', 'prod', false],
  ])('%s, %s: %s', (glob, tag, expected) => {
    expect(matches(glob, tag)).toBe(expected);
  });

  it('is what the definition says', () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom(...TEXTS), (glob, text) => {
        expect(matches(glob, text)).toBe(slowly(glob, text));
      }),
      { numRuns: RUNS.numRuns * 5 },
    );
  });
});

describe('includes', () => {
  it.each([
    ['*', 'anything*', true],
    ['*', '', true],
    ['**', '*', true],
    ['v*', 'v1*', true],
    ['v1*', 'v*', false],
    ['*-rc*', 'v*-rc1', true],
    ['a*b*c', 'a*c', false],
    ['a*c', 'a*b*c', true],
    ['prod', 'prod', true],
    ['prod', 'prod*', false],
    ['*a*', '*', false],
    ['\ue000*', '\ue000*', true],
    ['\ue000', '*', false],
  ])('%s includes %s: %s', (outer, inner, expected) => {
    expect(includes(outer, inner)).toBe(expected);
  });

  it('is what all short texts say', () => {
    fc.assert(
      fc.property(pattern, pattern, (outer, inner) => {
        const counterexample = TEXTS.find((text) => matches(inner, text) && !matches(outer, text));
        expect(includes(outer, inner)).toBe(counterexample === undefined);
      }),
      RUNS,
    );
  });

  it('holds of several patterns together only if it holds of one of them', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), pattern, (outer, inner) => {
        const counterexample = TEXTS.find(
          (text) => matches(inner, text) && !outer.some((glob) => matches(glob, text)),
        );
        expect(outer.some((glob) => includes(glob, inner))).toBe(counterexample === undefined);
      }),
      RUNS,
    );
  });
});

describe('intersects', () => {
  it.each([
    ['v*', '*-alpine', true],
    ['v*', 'prod-*', false],
    ['a*b', 'b*a', false],
    ['*a', 'a*', true],
    ['', '*', true],
    ['a', '', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(intersects(a, b)).toBe(expected);
  });

  it('is what all short texts say', () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        // The shortest text of both is no longer than both patterns together.
        const common = TEXTS.some((text) => matches(a, text) && matches(b, text));
        if (common) expect(intersects(a, b)).toBe(true);
        else if (a.replaceAll('*', '').length + b.replaceAll('*', '').length <= 6) {
          expect(intersects(a, b)).toBe(false);
        }
        expect(intersects(a, b)).toBe(intersects(b, a));
      }),
      RUNS,
    );
  });
});

describe('sample', () => {
  it.each([
    ['prod-*', 'prod-1'],
    ['v*', 'v1'],
    ['*', '1'],
    ['*-a-**', '1-a-1'],
    ['latest', 'latest'],
  ])('%s: %s', (glob, expected) => {
    expect(sample(glob)).toBe(expected);
    expect(matches(glob, expected)).toBe(true);
  });
});

describe('findTag', () => {
  it.each<[string[], string[][], Search]>([
    [['prod-*', '*'], [], { tag: 'prod-1' }],
    [['prod-*'], [['prod-1*']], { tag: 'prod-2' }],
    [['prod-*'], [['prod*']], 'none'],
    [['v*', '*-alpine'], [], { tag: 'v-alpine' }],
    [['v*', '*-alpine'], [['v-*']], { tag: 'v1-alpine' }],
    [['a*', 'b*'], [], 'none'],
    [['v*'], [['v*', '*-rc']], { tag: 'v1' }],
    [['v*-rc'], [['v*', '*-rc']], 'none'],
    [['v*'], [[]], 'none'],
  ])('%j, not all of %j', (all, notAllOf, expected) => {
    expect(findTag(all, notAllOf, { left: EFFORT })).toEqual(expected);
  });

  it('finds a tag exactly if short texts have one', () => {
    const groups = fc.array(fc.array(pattern, { minLength: 1, maxLength: 2 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), groups, (all, notAllOf) => {
        const fits = (text: string) =>
          text !== '' &&
          all.every((glob) => matches(glob, text)) &&
          notAllOf.every((group) => !group.every((glob) => matches(glob, text)));
        const search = findTag(all, notAllOf, { left: EFFORT });
        const tag = tagIn(search);
        if (tag === undefined) expect(search).toBe('none');
        else expect(fits(tag)).toBe(true);
        if (TEXTS.some(fits)) expect(tag).toBeDefined();
      }),
      RUNS,
    );
  });

  it('is undecided when the limit is reached, and takes no further steps', () => {
    const effort = { left: 500 };
    expect(findTag([`${'ab*'.repeat(20)}`, `${'*ba'.repeat(20)}`], [], effort)).toBe('undecided');
    expect(effort.left).toBeLessThan(0);
    expect(findTag(['a*', '*b'], [[]], effort)).toBe('none');
    expect(findTag(['v*', '*-alpine'], [], effort)).toBe('undecided');
  });

  it('uses all letters of a tag if patterns have all of them', () => {
    const letters = [...'1234567890abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.-'];
    const all = letters.map((letter) => [`${letter}*`]);
    expect(findTag(['*'], all.slice(1), { left: EFFORT })).toEqual({ tag: '1' });
    expect(findTag(['*'], all, { left: EFFORT })).toBe('none');
    expect(findTag(['*'], [...all.slice(1), ['1']], { left: EFFORT })).toEqual({ tag: '12' });
  });

  it('finds tags of characters beyond the basic plane', () => {
    const search = findTag(['😀*', '*😁'], [], { left: EFFORT });
    expect(search).toEqual({ tag: '😀😁' });
  });
});

describe('hostile patterns', () => {
  const long = [
    `${'a'.repeat(74)}*${'a'.repeat(74)}*${'a'.repeat(74)}*${'a'.repeat(74)}*`,
    `*${'a'.repeat(74)}*${'a'.repeat(74)}*${'a'.repeat(74)}*${'a'.repeat(73)}b`,
    '*a'.repeat(150),
    '*'.repeat(300),
  ];

  it('take bounded time', () => {
    const start = performance.now();
    for (const a of long) {
      matches(a, 'a'.repeat(300));
      for (const b of long) {
        includes(a, b);
        intersects(a, b);
        findTag([a, b], [['*b', a]], { left: EFFORT });
      }
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
