import { describe, expect, it } from 'vitest';
import { DeadlineRetryStrategy } from '../../src/aws/retry.ts';
import { startDeadline } from '../../src/deadline.ts';
import { FakeClock } from '../clock.ts';
import { randomOf } from '../random.ts';

/** A call to an API takes this long, answered or throttled. */
const CALL_MS = 20;

/** The limit of an account: a bucket of one second's requests that fills again at that rate. */
function accountLimit(perSecond: number, clock: FakeClock): () => boolean {
  let tokens = perSecond;
  let at = 0;
  return () => {
    const now = clock.now();
    tokens = Math.min(perSecond, tokens + ((now - at) / 1_000) * perSecond);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Plays gates that start within a second, each of which makes `callsEach` calls, one after the other. */
async function play({
  gates,
  perSecond,
  callsEach,
  startMs = 1_000,
  random,
}: {
  readonly gates: number;
  readonly perSecond: number;
  readonly callsEach: number;
  readonly startMs?: number;
  readonly random: () => number;
}) {
  const clock = new FakeClock();
  const take = accountLimit(perSecond, clock);
  const ends: number[] = [];
  let calls = 0;
  const gate = async () => {
    const deadline = startDeadline(600_000, clock, new AbortController().signal);
    const strategy = new DeadlineRetryStrategy(deadline, () => {}, random);
    // The processes do not start in the same millisecond.
    await clock.sleep(random() * startMs, deadline.signal);
    for (let made = 0; made < callsEach; made += 1) {
      let token = await strategy.acquireInitialRetryToken();
      for (;;) {
        calls += 1;
        await clock.sleep(CALL_MS, deadline.signal);
        if (take()) break;
        token = await strategy.refreshRetryTokenForRetry(token, { errorType: 'THROTTLING' });
      }
      strategy.recordSuccess();
    }
    ends.push(clock.now());
    deadline.clear();
  };
  await Promise.all(Array.from({ length: gates }, gate));
  return { calls, last: Math.max(...ends), finished: ends.length };
}

describe('gates that start together on an account with a limit of requests', () => {
  it.each([
    { gates: 40, perSecond: 20, mostCalls: 300, mostThrottled: 100, mostMs: 20_000 },
    { gates: 40, perSecond: 5, mostCalls: 420, mostThrottled: 220, mostMs: 80_000 },
    { gates: 200, perSecond: 10, mostCalls: 2_800, mostThrottled: 1_800, mostMs: 140_000 },
  ])('$gates gates at $perSecond per second all end soon, with few calls', async (limits) => {
    const { mostCalls, mostThrottled, mostMs, ...played } = limits;
    for (let seed = 1; seed <= 5; seed += 1) {
      const { calls, finished, last } = await play({ ...played, callsEach: 5, random: randomOf(seed) });
      expect(finished).toBe(limits.gates);
      expect(calls).toBeLessThanOrEqual(mostCalls);
      expect(calls - 5 * limits.gates).toBeLessThanOrEqual(mostThrottled);
      expect(last).toBeLessThanOrEqual(mostMs);
    }
  });

  it('ends as soon if the gates start within five seconds', async () => {
    const { calls, last } = await play({
      gates: 40,
      perSecond: 20,
      callsEach: 5,
      startMs: 5_000,
      random: randomOf(1),
    });
    expect(calls).toBeLessThanOrEqual(300);
    expect(last).toBeLessThanOrEqual(20_000);
  });
});

describe('a run that is alone', () => {
  /** How long `calls` calls take, of which the first is throttled some times. */
  async function alone(throttled: number, calls: number, random: () => number): Promise<number> {
    const clock = new FakeClock();
    const deadline = startDeadline(600_000, clock, new AbortController().signal);
    const strategy = new DeadlineRetryStrategy(deadline, () => {}, random);
    for (let made = 0; made < calls; made += 1) {
      let token = await strategy.acquireInitialRetryToken();
      for (let time = 0; made === 0 && time < throttled; time += 1) {
        token = await strategy.refreshRetryTokenForRetry(token, { errorType: 'THROTTLING' });
      }
      strategy.recordSuccess();
    }
    deadline.clear();
    return clock.now();
  }

  it.each([
    { throttled: 0, calls: 100, mostMs: 0 },
    { throttled: 1, calls: 1, mostMs: 3_000 },
    { throttled: 1, calls: 100, mostMs: 20_000 },
    { throttled: 2, calls: 5, mostMs: 15_000 },
    { throttled: 3, calls: 5, mostMs: 25_000 },
  ])('makes $calls calls soon after $throttled throttled answers', async ({ throttled, calls, mostMs }) => {
    for (const random of [() => 0, () => 1, randomOf(1)]) {
      expect(await alone(throttled, calls, random)).toBeLessThanOrEqual(mostMs);
    }
  });
});
