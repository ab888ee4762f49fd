/**
 * CPU time of this thread. Other processes are not part of it, but they make it longer: they take the caches and the clock
 * rate of the cores. So the least of several runs counts, and a run that takes too long is repeated later.
 */

/** The CPU time in milliseconds that some work takes in this thread, the least of several runs. */
function cpuMs(work: () => unknown, runs = 3): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** How many times larger the second input is, and how many times longer it may take: three times for each doubling. */
const LARGER = 8;
const LONGER = 27;
/** Shorter times are not compared, because they vary too much. */
const LEAST_MS = 4;
/** How often work that takes too long is measured, and the pause between two measurements. */
const ATTEMPTS = 8;
const PAUSE_MS = 100;
/** Work that takes this many times the limit is measured fewer times: no other process makes work so much slower. */
const FAR = 4;
const ATTEMPTS_IF_FAR = 3;

/** The least CPU time of several measurements, which end as soon as one is within the limit. */
export function leastUntil(limitMs: number, work: () => unknown): number {
  let least = cpuMs(work, 1);
  for (let attempt = 1; attempt < ATTEMPTS && least > limitMs; attempt += 1) {
    if (attempt >= ATTEMPTS_IF_FAR && least > FAR * limitMs) break;
    // What slows the machine down may be over then.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    least = Math.min(least, cpuMs(work, 1));
  }
  return least;
}

/**
 * Fails where some work takes more CPU time than a limit, however often it is measured.
 * @param what the input, for the message
 */
export function expectWithin(limitMs: number, work: () => unknown, what = 'the work'): void {
  const least = leastUntil(limitMs, work);
  if (least > limitMs) throw new Error(`${what} takes ${least.toFixed(1)} ms, not ${limitMs} ms`);
}

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
  const larger = make(largest);
  // Whatever the smaller input takes, this is not too long.
  const first = cpuMs(() => work(larger), 1);
  if (first <= LONGER * LEAST_MS) return;
  const input = make(Math.floor(largest / LARGER));
  const small = cpuMs(() => work(input));
  const most = LONGER * Math.max(small, LEAST_MS);
  if (first <= most) return;
  const large = leastUntil(most, () => work(larger));
  if (large <= most) return;
  throw new Error(
    `an input that is ${LARGER} times larger takes ${large.toFixed(1)} ms instead of ${small.toFixed(1)} ms`,
  );
}
