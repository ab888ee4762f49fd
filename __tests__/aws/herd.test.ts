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

/** Plays gates that start together, each of which makes `callsEach` calls, one after the other. */
async function play({
  gates,
  perSecond,
  callsEach,
  random,
}: {
  readonly gates: number;
  readonly perSecond: number;
  readonly callsEach: number;
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
    await clock.sleep(random() * 1_000, deadline.signal);
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
    { gates: 40, perSecond: 20, mostCalls: 300, mostMs: 30_000 },
    { gates: 200, perSecond: 10, mostCalls: 2_800, mostMs: 140_000 },
  ])('$gates gates at $perSecond per second all end soon, with few calls', async (limits) => {
    const { mostCalls, mostMs, ...played } = limits;
    const { calls, finished, last } = await play({ ...played, callsEach: 5, random: randomOf(1) });
    expect(finished).toBe(limits.gates);
    expect(calls).toBeLessThanOrEqual(mostCalls);
    expect(last).toBeLessThanOrEqual(mostMs);
  });
});
