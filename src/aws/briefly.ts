/** Questions whose answers only explain: nothing depends on them, so nobody waits for them. */
import type { Deadline } from '../deadline.ts';

const PATIENCE_MS = 5_000;

/**
 * Asks, and stops waiting after five seconds.
 * @throws what `ask` throws; Error where there was no answer in time
 */
export async function briefly<T>(
  deadline: Pick<Deadline, 'signal'>,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(PATIENCE_MS)]);
  // The SDK sleeps between its tries whatever the signal says.
  const over = new Promise<never>((_, reject) => {
    const late = () => reject(new Error('there was no answer in time'));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
  });
  return Promise.race([ask(signal), over]);
}
