/** Limits the rate of a run's calls to AWS. Throttling slows down the whole run, not a single call. */
import type { Deadline } from '../deadline.ts';

/**
 * The interval between two calls after the first throttled call, and after the second, third and every further
 * consecutive one.
 */
const INTERVALS_MS = [2_000, 2_000, 4_000, 16_000] as const;
/** How many calls per second each response that is not throttled adds to the rate. */
const GROWTH_PER_S = 0.5;
/** At this rate, calls are no longer spaced. */
const FREE_PER_S = 20;

/**
 * Spaces the calls of a run once AWS has throttled one: the rate increases by a constant, and decreases more with each
 * throttled call in a row. Runs that share the limits of an account thereby share its rate, without communicating.
 * Before the first throttled call there are no pauses.
 *
 * The intervals are a compromise, found by simulating many runs at the same time (see docs/performance.md): with longer
 * intervals, fewer calls of many runs are throttled, but a few runs, and a single run that is throttled twice by
 * chance, end much later.
 */
export class Pace {
  private readonly deadline: Pick<Deadline, 'elapsedMs' | 'sleep'>;
  private readonly random: () => number;
  /** Milliseconds between two calls on average; 0: not spaced. */
  private interval = 0;
  /** When the next call may be made, in milliseconds since the start of the run. */
  private next = 0;
  private slowedAt = Number.NEGATIVE_INFINITY;
  /** How many calls were throttled since the last other answer. */
  private inARow = 0;

  /** @param random from 0 to 1, so that runs that were throttled together do not call together again */
  constructor(deadline: Pick<Deadline, 'elapsedMs' | 'sleep'>, random: () => number) {
    this.deadline = deadline;
    this.random = random;
  }

  /** Waits for the turn of a call, at most until the deadline. Calls take their turns in the order in which they ask. */
  async turn(): Promise<void> {
    if (this.interval === 0) return;
    const now = this.deadline.elapsedMs();
    const at = Math.max(now, this.next);
    this.next = at + this.pause();
    if (at > now) await this.deadline.sleep(at - now);
  }

  /**
   * After a throttled answer: lowers the rate and postpones all calls. Calls that were under way at the same time slow the
   * run down once, because they were throttled at the same moment.
   * @param sentAtMs when the call was sent, in milliseconds since the start of the run
   * @param atLeastMs how long AWS asks to wait
   */
  throttled(sentAtMs: number, atLeastMs = 0): void {
    const now = this.deadline.elapsedMs();
    this.next = Math.max(this.next, now + atLeastMs);
    if (sentAtMs < this.slowedAt) return;
    this.slowedAt = now;
    this.interval = Math.max(this.interval, INTERVALS_MS[this.inARow] ?? INTERVALS_MS[3]);
    this.inARow += 1;
    this.next = Math.max(this.next, now + this.pause());
  }

  /** After any other answer. */
  answered(): void {
    this.inARow = 0;
    if (this.interval === 0) return;
    const perSecond = 1_000 / this.interval + GROWTH_PER_S;
    this.interval = perSecond >= FREE_PER_S ? 0 : 1_000 / perSecond;
  }

  /**
   * The time until the next call: on average the interval. It is never much shorter, so that the account has meanwhile
   * answered calls of other runs.
   */
  private pause(): number {
    return this.interval * (0.5 + this.random());
  }
}
