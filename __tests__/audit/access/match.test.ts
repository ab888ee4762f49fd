/** How yes, no, conditional and unknown combine. */
import { describe, expect, it } from 'vitest';
import {
  both,
  conditional,
  either,
  type Match,
  NO,
  not,
  union,
  unknown,
  YES,
} from '../../../src/audit/access/match.ts';

const ALL: Match[] = [NO, conditional('c'), conditional('d'), unknown('r'), YES];

describe('combinations', () => {
  it.each(ALL.flatMap((a) => ALL.map((b) => [a, b] as const)))('of %j and %j', (a, b) => {
    const truths = [a.truth, b.truth];
    const among = (...order: string[]) => order.find((truth) => truths.some((one) => one === truth));
    expect(both(a, b).truth).toBe(among('no', 'unknown', 'conditional', 'yes'));
    expect(either(a, b).truth).toBe(among('yes', 'unknown', 'conditional', 'no'));
    // Nothing that still matters is lost.
    const kept = both(a, b);
    if (kept.truth !== 'no') {
      expect(kept.conditions).toEqual([...new Set([...a.conditions, ...b.conditions])]);
      expect(kept.reasons).toEqual(
        [...a.reasons, ...b.reasons].filter((one, index, list) => list.indexOf(one) === index),
      );
    }
    expect(not(both(not(a), not(b)))).toEqual(either(a, b));
  });

  it('name a limited number of conditions', () => {
    const many = Array.from({ length: 100 }, (_, index) => `${index}`);
    const named = union(many.slice(0, 30), many);
    expect(named).toHaveLength(41);
    expect(named.at(-1)).toBe('and more');
    expect(union(named, ['x'])).toBe(named);
  });
});
