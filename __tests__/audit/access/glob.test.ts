/** Patterns against texts and against each other, compared with a slower and simpler reading. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collapsed, covers, glob, intersect, literal, matches } from '../../../src/audit/access/glob.ts';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 5_000) };
const anyPattern = fc
  .array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 6 })
  .map((parts) => parts.join(''));

/** Every text of `a`, `b` and `c` of up to five characters. */
const TEXTS = [''];
for (let from = 0, length = 0; length < 5; length += 1) {
  const to = TEXTS.length;
  for (const text of TEXTS.slice(from, to)) TEXTS.push(`${text}a`, `${text}b`, `${text}c`);
  from = to;
}

const regexp = (pattern: string) =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');

describe('a pattern', () => {
  it('matches what its regular expression matches', () => {
    fc.assert(
      fc.property(anyPattern, fc.constantFrom(...TEXTS), (pattern, text) => {
        expect(matches(glob(pattern), text)).toBe(regexp(pattern).test(text));
      }),
      RUNS,
    );
  });

  it('meets another one if some text matches both', () => {
    fc.assert(
      fc.property(anyPattern, anyPattern, (a, b) => {
        const [one, other] = [regexp(a), regexp(b)];
        const shared = TEXTS.some((text) => one.test(text) && other.test(text));
        // A text that both match can be longer than those that were tried.
        if (shared) expect(intersect(glob(a), glob(b))).toBe(true);
        if (a.length + b.length <= 5) expect(intersect(glob(a), glob(b))).toBe(shared);
      }),
      RUNS,
    );
  });

  it('covers another one only if it matches each of its texts', () => {
    let covered = 0;
    fc.assert(
      fc.property(anyPattern, anyPattern, (a, b) => {
        if (!covers(glob(a), glob(b))) return;
        covered += 1;
        const [outer, inner] = [regexp(a), regexp(b)];
        for (const text of TEXTS) if (inner.test(text)) expect(outer.test(text)).toBe(true);
      }),
      RUNS,
    );
    if (RUNS.numRuns >= 5_000) expect(covered).toBeGreaterThan(200);
  });

  it.each([
    ['*', 'a*', true],
    ['a*', 'ab*', true],
    ['arn:aws:iam::1:role/*', 'arn:aws:iam::1:role/ci-*', true],
    ['a?', 'a*', false],
    ['ab*', 'a*', false],
    ['a*b', 'a?b', true],
  ])('%s and %s', (outer, inner, expected) => {
    expect(covers(glob(outer), glob(inner))).toBe(expected);
  });

  it('can contain both wildcards and literal asterisks', () => {
    const pattern = `${literal('a*')}${glob('*')}`;
    expect(matches(pattern, 'a*b')).toBe(true);
    expect(matches(pattern, 'ab')).toBe(false);
    expect(matches(literal('?'), 'x')).toBe(false);
    expect(collapsed(`${glob('*')}${glob('*')}`)).toBe(glob('*'));
    // The characters that stand for wildcards are none in a policy.
    expect(matches(glob('\u0000'), 'x')).toBe(false);
    expect(matches(literal('\u0001'), 'x')).toBe(false);
  });
});
