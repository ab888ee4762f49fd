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
const LEAST_MS = 4;

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
  const input = make(Math.floor(largest / LARGER));
  const small = cpuMs(() => work(input));
  const most = LONGER * Math.max(small, LEAST_MS);
  const larger = make(largest);
  let large = Number.POSITIVE_INFINITY;
  // Once is enough, unless something else came between.
  for (let run = 0; run < 3 && large > most; run += 1)
    large = Math.min(
      large,
      cpuMs(() => work(larger), 1),
    );
  if (large <= most) return;
  throw new Error(
    `${large.toFixed(1)} ms for what is ${LARGER} times larger than what takes ${small.toFixed(1)} ms`,
  );
}
