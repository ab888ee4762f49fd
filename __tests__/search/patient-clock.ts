/** A clock for whole runs: it jumps to the next sleeper, but not while something else is under way. */
import type { Clock } from '../../src/deadline.ts';

/**
 * How long nothing may happen, by the real clock, before a jump: modules that are loaded late are under way without a
 * trace. The longest pause between two looks at a scan is one of 15 s; a run that AWS has throttled pauses for at most 24 s;
 * longer jumps are to deadlines.
 */
function quietBefore(jumpMs: number): number {
  if (jumpMs <= 15_000) return 0;
  return jumpMs <= 24_000 ? 300 : 2_000;
}
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
      const quietMs = performance.now() - this.quietSince;
      if (!isReading() && quietMs >= quietBefore(next.at - this.time)) {
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
