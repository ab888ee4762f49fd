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
 */
export function startDeadline(totalMs: number, clock: Clock, cancelled: AbortSignal): Deadline {
  const start = clock.now();
  const over = new AbortController();
  const cleared = new AbortController();
  const signal = AbortSignal.any([over.signal, cancelled]);
  let wholeMs = totalMs;
  const elapsedMs = () => clock.now() - start;
  const remainingMs = () => Math.max(0, wholeMs - elapsedMs());
  const arm = () => {
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
    deadline.signal.addEventListener('abort', () => {
      // It has to keep the process alive: what hangs may hold nothing that does.
      setTimeout(() => resolve(late()), graceMs());
    });
  });
  return Promise.race([work, over]);
}

/** A duration for people: `45 s`, `2 m 5 s`, `15 m`, `1 h 30 m`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ].filter(([amount]) => amount !== 0);
  return parts.length === 0 ? '0 s' : parts.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}

const DAY_MS = 86_400_000;

/** An age for people, in days where it is more than two of them: `31 days`, `5 h 10 m`. */
export function formatAge(ms: number): string {
  return ms >= 2 * DAY_MS ? `${Math.floor(ms / DAY_MS)} days` : formatDuration(ms);
}
