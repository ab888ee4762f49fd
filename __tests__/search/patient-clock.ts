/** A clock for whole runs: it jumps to the next sleeper, but not while something else is under way. */
import type { Clock } from '../../src/deadline.ts';

/** The longest pause in the actions is one of 24 s, between two calls of a run that AWS has throttled. */
const LONGEST_PAUSE_MS = 24_000;
/**
 * How long nothing may happen, by the real clock, before a longer jump: modules that are loaded late are under way
 * without a trace.
 */
const QUIET_MS = 2_000;
/** The pause between two looks at what is under way, by the real clock. */
const WAIT_MS = 1;

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export class PatientClock implements Clock {
  private time = 0;
  private readonly sleepers = new Set<Sleeper>();
  private scheduled = false;
  private quietSince = performance.now();

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.quietSince = performance.now();
    return new Promise((resolve) => {
      const wake = () => {
        this.sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { at: this.time + Math.max(0, ms), wake };
      this.sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // A turn of the event loop lets every promise chain run to its next sleep first.
    setImmediate(() => {
      this.scheduled = false;
      let next: Sleeper | undefined;
      for (const sleeper of this.sleepers) if (next === undefined || sleeper.at < next.at) next = sleeper;
      if (next === undefined) return;
      const isLong = next.at - this.time > LONGEST_PAUSE_MS;
      if (!isReading() && (!isLong || performance.now() - this.quietSince > QUIET_MS)) {
        this.time = Math.max(this.time, next.at);
        this.quietSince = performance.now();
        next.wake();
      } else {
        // Something else is under way, which does not need this thread.
        setTimeout(() => this.schedule(), WAIT_MS);
        return;
      }
      if (this.sleepers.size > 0) this.schedule();
    });
  }
}

/** Whether files are being read or written. */
function isReading(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FS'));
}
