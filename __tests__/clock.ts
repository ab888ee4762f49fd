import type { Clock, Deadline } from '../src/deadline.ts';
import { startDeadline } from '../src/deadline.ts';

/** A clock that jumps to the next sleeper as soon as everyone sleeps: hours pass in no time. */
export class FakeClock implements Clock {
  private time = 0;
  private readonly sleepers: { at: number; wake: () => void }[] = [];
  private scheduled = false;

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { at: this.time + ms, wake: resolve };
      this.sleepers.push(sleeper);
      signal.addEventListener('abort', () => {
        const index = this.sleepers.indexOf(sleeper);
        if (index !== -1) this.sleepers.splice(index, 1);
        resolve();
      });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // A turn of the event loop lets every promise chain run to its next sleep first.
    setImmediate(() => {
      this.scheduled = false;
      this.sleepers.sort((a, b) => a.at - b.at);
      const next = this.sleepers.shift();
      if (next === undefined) return;
      this.time = Math.max(this.time, next.at);
      next.wake();
      if (this.sleepers.length > 0) this.schedule();
    });
  }
}

/** A deadline on a fake clock, with the clock. */
export function fakeTime(totalMs: number): { clock: FakeClock; deadline: Deadline; cancel: AbortController } {
  const clock = new FakeClock();
  const cancel = new AbortController();
  return { clock, deadline: startDeadline(totalMs, clock, cancel.signal), cancel };
}

/** A deadline whose time stands still: only cancelling ends it. */
export function stillTime(totalMs: number): { deadline: Deadline; cancel: AbortController } {
  const cancel = new AbortController();
  const clock: Clock = {
    now: () => 0,
    sleep: (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
  };
  return { deadline: startDeadline(totalMs, clock, cancel.signal), cancel };
}
