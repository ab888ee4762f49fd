/** How many calls are under way at once. */

/** So many calls of one API at once: ten answers of 20 ms are 500 in a second, and no quota of ECR is near. */
const WIDTH = 10;

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Work in lanes: in each, some pieces run at once and the others wait their turn. An API that does not answer blocks its
 * own lane and no other one.
 */
export class Lanes {
  private readonly signal: AbortSignal;
  private readonly lanes = new Map<string, Lane>();

  /** @param signal ends all waiting */
  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** @throws AbortError where the signal was aborted before its turn */
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
