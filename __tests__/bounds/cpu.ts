/** Time as the thread itself spends it: what else the machine does is not in it. */

/** CPU milliseconds that some work takes in this thread, the least of several runs. */
export function cpuMs(work: () => unknown, runs = 3): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** How many times larger the second input is, and how many times longer it may take: three doublings, three each. */
const LARGER = 8;
const LONGER = 27;
/** What takes less is not worth a comparison. */
const LEAST_MS = 1;

/**
 * Fails where some work takes more than linear time.
 * @param largest the size of the larger input: so large that quadratic time would show
 * @param make an input of about a size
 */
export function expectLinear<T>(
  largest: number,
  make: (size: number) => T,
  work: (input: T) => unknown,
): void {
  const time = (size: number) => {
    const input = make(size);
    return cpuMs(() => work(input));
  };
  const small = time(Math.floor(largest / LARGER));
  const large = time(largest);
  const words = `${large.toFixed(1)} ms for what is ${LARGER} times larger than what takes ${small.toFixed(1)} ms`;
  if (large > LONGER * Math.max(small, LEAST_MS)) throw new Error(words);
}
