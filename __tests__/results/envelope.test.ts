import { describe, expect, it } from 'vitest';
import { allows, worst } from '../../src/results/modes/envelope.ts';

describe('worst', () => {
  it('is the worst of all, and error if nothing was judged', () => {
    expect(worst(['pass', 'block', 'warn'])).toBe('block');
    expect(worst(['pass', 'error', 'block'])).toBe('error');
    expect(worst(['pass', 'pass'])).toBe('pass');
    expect(worst(['pass', 'warn'])).toBe('warn');
    expect(worst(['pass', 'warn', 'block'])).toBe('block');
    expect(worst([])).toBe('error');
  });
});

it('allows a deployment by pass and warn alone', () => {
  expect((['pass', 'warn', 'block', 'error'] as const).filter(allows)).toEqual(['pass', 'warn']);
});
