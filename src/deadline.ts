/** Time as the run sees it: one clock, and one deadline that bounds every single thing. */

/** Passed in everywhere, so that tests can own time. */
export interface Clock {
  /** Milliseconds of a clock that never goes back; only differences mean anything. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal is aborted. */
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
  /** The whole time given, in milliseconds. */
  readonly totalMs: number;
  /** Aborted when the time is over or the job was cancelled. */
  readonly signal: AbortSignal;
  /** Whether it was the time that ended it. */
  readonly expired: boolean;
  elapsedMs(): number;
  /** Milliseconds left, never below 0. */
  remainingMs(): number;
  /** Sleeps, but not past the end. */
  sleep(ms: number): Promise<void>;
  /** Brings the end nearer: the whole time is at most this long, counted from the start. */
  limit(totalMs: number): void;
  /** What failed last and was being tried again: the end of the time may be its fault. */
  lastFailure: unknown;
  /** Lets go of the timer. */
  clear(): void;
}

/**
 * A deadline `totalMs` milliseconds from now.
 * @param cancelled aborted when the job is cancelled
 * @param armed called with the milliseconds left and the whole time whenever the end is set
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
 * What some work comes to. Work that does not heed the deadline is not waited for longer than a grace after it.
 * @param graceMs how long, asked when the deadline is over
 * @param late what to take then
 */
export function withGrace<T>(
  work: Promise<T>,
  deadline: Deadline,
  graceMs: () => number,
  late: () => T,
): Promise<T> {
  const over = new Promise<T>((resolve) => {
    const begin = () => {
      // It has to keep the process alive: what hangs may hold nothing that does.
      setTimeout(() => resolve(late()), graceMs());
    };
    if (deadline.signal.aborted) begin();
    else deadline.signal.addEventListener('abort', begin, { once: true });
  });
  return Promise.race([work, over]);
}
