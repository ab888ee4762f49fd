/** The retry loop, with an injected clock. */
import { describe, expect, it } from 'vitest';
import { retry } from '../../src/signing/retry.ts';

function recorded(abortAfter = Number.POSITIVE_INFINITY) {
  const controller = new AbortController();
  const pauses: number[] = [];
  const sleep = async (ms: number) => {
    pauses.push(ms);
    if (pauses.length >= abortAfter) controller.abort();
  };
  return { pauses, deadline: { sleep, signal: controller.signal } };
}

/** Attempts that return their number; all but the `last` one request another attempt. */
function attempts(last: number) {
  let made = 0;
  return async () => {
    made += 1;
    return { value: made, again: made < last };
  };
}

describe('retry', () => {
  it('returns the first result that needs no further attempt, without a pause after it', async () => {
    const { pauses, deadline } = recorded();
    expect(await retry(attempts(3), { deadline, attempts: 9 })).toBe(3);
    expect(pauses).toEqual([500, 1_000]);
  });

  it('makes at most the given number of attempts, and returns the last result', async () => {
    const { pauses, deadline } = recorded();
    expect(await retry(attempts(99), { deadline, attempts: 4 })).toBe(4);
    expect(pauses).toEqual([500, 1_000, 2_000]);
  });

  it('doubles its pauses up to 30 seconds', async () => {
    const { pauses, deadline } = recorded();
    await retry(attempts(99), { deadline, attempts: 8, firstPauseMs: 1_000 });
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('makes one more attempt after the pause in which the deadline was reached, and no other', async () => {
    const { pauses, deadline } = recorded(2);
    expect(await retry(attempts(99), { deadline, attempts: Number.POSITIVE_INFINITY })).toBe(3);
    expect(pauses).toHaveLength(2);
  });

  it('throws the error of an attempt', async () => {
    const { pauses, deadline } = recorded();
    const failing = async () => {
      throw new Error('over');
    };
    await expect(retry(failing, { deadline, attempts: 4 })).rejects.toThrow('over');
    expect(pauses).toEqual([]);
  });
});
