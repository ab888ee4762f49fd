/** Retries that last as long as the run does. */
import type { Deadline } from '../deadline.ts';
import { messageOf } from '../errors.ts';
import { networkFailure } from './network.ts';

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
 *
 * It also sleeps between the tries, by the run's own clock: the SDK would sleep past the deadline. Where the time ends
 * meanwhile, the SDK reports that it was aborted and not what had failed, so the deadline remembers that.
 */
export class DeadlineRetryStrategy {
  readonly mode = 'standard';
  private readonly deadline: Deadline;
  private readonly log: (line: string) => void;
  private readonly random: () => number;
  private readonly told = new Set<string>();

  /** @param log is told of the first retry for each kind of failure */
  constructor(deadline: Deadline, log: (line: string) => void, random: () => number = Math.random) {
    this.deadline = deadline;
    this.log = log;
    this.random = random;
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return { getRetryCount: () => 0, getRetryDelay: () => 0 };
  }

  /** @throws Error where there is no other try */
  async refreshRetryTokenForRetry(token: RetryToken, info: RetryErrorInfo): Promise<RetryToken> {
    if (!isTransient(info) || this.deadline.signal.aborted) throw new Error('not retried');
    this.deadline.lastFailure = info.error;
    this.tell(info.error);
    const count = token.getRetryCount();
    await this.deadline.sleep(this.delay(count, info));
    if (this.deadline.signal.aborted) throw new Error('not retried');
    return { getRetryCount: () => count + 1, getRetryDelay: () => 0 };
  }

  recordSuccess(): void {
    this.deadline.lastFailure = undefined;
  }

  private delay(count: number, { errorType, retryAfterHint }: RetryErrorInfo): number {
    const first = FIRST_DELAY_MS[errorType] ?? DEFAULT_FIRST_DELAY_MS;
    const ceiling = Math.min(LONGEST_DELAY_MS, first * 2 ** count);
    // Half fixed, half random: gates that were throttled together do not come back together.
    const backoff = ceiling / 2 + (this.random() * ceiling) / 2;
    const asked = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
    return Math.max(backoff, Math.min(asked, LONGEST_DELAY_MS));
  }

  private tell(error: unknown): void {
    const failure = networkFailure(error);
    const kind = failure?.code ?? (error instanceof Error ? error.name : String(error));
    if (this.told.has(kind)) return;
    this.told.add(kind);
    this.log(`A call to AWS failed and is made again: ${failure?.message ?? messageOf(error)} (${kind})`);
  }
}

/** A body that is not what its protocol says comes from a proxy or a broken connection, not from the service. */
function isTransient({ errorType, error }: RetryErrorInfo): boolean {
  const failure = networkFailure(error);
  if (failure !== undefined) return failure.transient;
  return errorType !== 'CLIENT_ERROR' || (error instanceof Error && error.name === 'SyntaxError');
}
