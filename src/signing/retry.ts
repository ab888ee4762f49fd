/** The only retry loop: cosign, ECR and the Sigstore services can fail temporarily. */
import type { Deadline } from '../deadline.ts';

/** The result of one attempt, and whether another one could give a better result. */
export interface Attempt<T> {
  readonly value: T;
  readonly again: boolean;
}

export interface RetryOptions {
  readonly deadline: Pick<Deadline, 'sleep' | 'signal'>;
  /** How many attempts there are at most. */
  readonly attempts: number;
  /** The pause after the first attempt, in milliseconds; each later pause is twice as long. Default: 500. */
  readonly firstPauseMs?: number;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Makes attempts until one succeeds or cannot be retried, no attempt is left, or the deadline is over.
 * @returns the result of the last attempt
 * @throws what an attempt throws
 */
export async function retry<T>(
  attempt: () => Promise<Attempt<T>>,
  { deadline, attempts, firstPauseMs = FIRST_PAUSE_MS }: RetryOptions,
): Promise<T> {
  for (let made = 1; ; made += 1) {
    const { value, again } = await attempt();
    if (!again || made >= attempts || deadline.signal.aborted) return value;
    await deadline.sleep(Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (made - 1)));
  }
}
