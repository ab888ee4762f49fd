/** Limits how many calls run at the same time. */

/**
 * The most calls of one API at the same time. With ten calls and 20 ms per response, that is 500 per second, which is
 * below every quota of ECR.
 */
const WIDTH = 10;

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Runs work in lanes. In each lane, a limited number of tasks run at the same time, and the others wait. An API that
 * does not respond blocks only its own lane.
 */
export class Lanes {
  private readonly signal: AbortSignal;
  private readonly lanes = new Map<string, Lane>();

  /** @param signal ends all waiting */
  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** @throws AbortError if the signal was aborted before its turn */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(name) ?? { running: 0, waiting: [] };
    this.lanes.set(name, lane);
    if (lane.running >= WIDTH) await new Promise<void>((resolve) => lane.waiting.push(resolve));
    else lane.running += 1;
    try {
      this.signal.throwIfAborted();
      return await work();
    } finally {
      const next = lane.waiting.shift();
      if (next === undefined) lane.running -= 1;
      else next();
    }
  }
}
