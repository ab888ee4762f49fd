/** The time of a run: one clock, and one deadline for everything that it does. */

/** The clock of a run. Tests pass their own. */
export interface Clock {
  /** Milliseconds of a monotonic clock; only differences are meaningful. */
  now(): number;
  /** Resolves after `ms` milliseconds, or as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
    }),
};

export interface Deadline {
  /** The whole time of the run, in milliseconds. */
  readonly totalMs: number;
  /** Aborted when the deadline expires or the job is cancelled. */
  readonly signal: AbortSignal;
  /** Whether the deadline has expired. */
  readonly expired: boolean;
  elapsedMs(): number;
  /** Milliseconds left, never below 0. */
  remainingMs(): number;
  /** Sleeps, at most until the deadline. */
  sleep(ms: number): Promise<void>;
  /** Moves the deadline forward: the run takes at most this long from its start. A later deadline is ignored. */
  limit(totalMs: number): void;
  /** The last failure that was retried. It may be the reason why the deadline expires. */
  lastFailure: unknown;
  /** Clears the timer. */
  clear(): void;
}

/**
 * Starts a deadline `totalMs` milliseconds from now.
 * @param cancelled aborted when the job is cancelled
 * @param armed called with the milliseconds left and the whole time whenever the deadline is set
 */
export function startDeadline(
  totalMs: number,
  clock: Clock,
  cancelled: AbortSignal,
  armed: (remainingMs: number, totalMs: number) => void = () => {},
): Deadline {
  const start = clock.now();
  const over = new AbortController();
  const cleared = new AbortController();
  const signal = AbortSignal.any([over.signal, cancelled]);
  let wholeMs = totalMs;
  const elapsedMs = () => clock.now() - start;
  const remainingMs = () => Math.max(0, wholeMs - elapsedMs());
  const arm = () => {
    armed(remainingMs(), wholeMs);
    void clock.sleep(remainingMs(), cleared.signal).then(() => {
      if (!cleared.signal.aborted) over.abort();
    });
  };
  arm();
  return {
    get totalMs() {
      return wholeMs;
    },
    signal,
    get expired() {
      return over.signal.aborted || remainingMs() === 0;
    },
    elapsedMs,
    remainingMs,
    sleep: (ms) => clock.sleep(Math.min(ms, remainingMs()), signal),
    limit: (most) => {
      if (most >= wholeMs) return;
      wholeMs = most;
      arm();
    },
    lastFailure: undefined,
    clear: () => cleared.abort(),
  };
}

/**
 * The result of some work. Work that goes on after the deadline is not awaited for longer than a grace period.
 * @param graceMs returns the grace period in milliseconds; called when the deadline is over
 * @param late returns the result to use after the grace period
 */
export function withGrace<T>(
  work: Promise<T>,
  deadline: Deadline,
  graceMs: () => number,
  late: () => T,
): Promise<T> {
  const over = new Promise<T>((resolve) => {
    const begin = () => {
      // The timer has to keep the process alive, because work that hangs may not.
      setTimeout(() => resolve(late()), graceMs());
    };
    if (deadline.signal.aborted) begin();
    else deadline.signal.addEventListener('abort', begin, { once: true });
  });
  return Promise.race([work, over]);
}
