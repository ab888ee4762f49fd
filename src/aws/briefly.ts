/** Calls whose responses only help to explain: no decision depends on them, so the run does not wait long for them. */
import type { Deadline } from '../deadline.ts';

const PATIENCE_MS = 5_000;

/**
 * Makes a call, and stops waiting for it after five seconds.
 * @throws the call's own error; Error where there was no response in time
 */
export async function briefly<T>(
  deadline: Pick<Deadline, 'signal'>,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(PATIENCE_MS)]);
  // Before the other promise, which would be left without a handler if this throws.
  const calling = call(signal);
  // The SDK sleeps between its attempts although the signal is aborted.
  const over = new Promise<never>((_, reject) => {
    const late = () => reject(new Error('there was no response in time'));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
  });
  return Promise.race([calling, over]);
}
