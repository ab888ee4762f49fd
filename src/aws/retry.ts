/** Retries that last as long as the run does. */
import type { Deadline } from '../deadline.ts';

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
}

interface RetryErrorInfo {
  readonly error?: unknown;
  readonly errorType: string;
  readonly retryAfterHint?: Date;
}

const FIRST_DELAY_MS: Readonly<Record<string, number>> = { THROTTLING: 500 };
const DEFAULT_FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 8_000;

/**
 * A retry strategy for the AWS SDK (its RetryStrategyV2). The SDK classifies the errors; this one decides
 * how often: as long as the deadline allows. The SDK's own strategies stop after a few attempts or when a
 * token bucket is empty, which fails a gate for nothing but an account's other traffic.
 */
export class DeadlineRetryStrategy {
  readonly mode = 'standard';
  private readonly deadline: Deadline;
  private readonly random: () => number;

  constructor(deadline: Deadline, random: () => number = Math.random) {
    this.deadline = deadline;
    this.random = random;
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return { getRetryCount: () => 0, getRetryDelay: () => 0 };
  }

  async refreshRetryTokenForRetry(token: RetryToken, info: RetryErrorInfo): Promise<RetryToken> {
    if (!isTransient(info) || this.deadline.signal.aborted) throw new Error('not retried');
    const count = token.getRetryCount();
    const first = FIRST_DELAY_MS[info.errorType] ?? DEFAULT_FIRST_DELAY_MS;
    const ceiling = Math.min(LONGEST_DELAY_MS, first * 2 ** count);
    // Half fixed, half random: gates that were throttled together do not come back together.
    const backoff = ceiling / 2 + (this.random() * ceiling) / 2;
    const asked = info.retryAfterHint === undefined ? 0 : info.retryAfterHint.getTime() - Date.now();
    const delay = Math.min(Math.max(backoff, Math.min(asked, LONGEST_DELAY_MS)), this.deadline.remainingMs());
    return { getRetryCount: () => count + 1, getRetryDelay: () => delay };
  }

  recordSuccess(): void {}
}

/** A body that is not what its protocol says comes from a proxy or a broken connection, not from the service. */
function isTransient(info: RetryErrorInfo): boolean {
  return (
    info.errorType !== 'CLIENT_ERROR' || (info.error instanceof Error && info.error.name === 'SyntaxError')
  );
}
