/** Retries of AWS calls until the deadline of the run. */
import type { Deadline } from '../deadline.ts';
import { messageOf } from '../errors.ts';
import { networkFailure } from './network.ts';
import { Pace } from './pace.ts';

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
  /** When the attempt was made, in milliseconds since the start of the run. */
  readonly sentAtMs: number;
}

interface RetryErrorInfo {
  readonly error?: unknown;
  readonly errorType: string;
  readonly retryAfterHint?: Date;
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 8_000;

/**
 * A retry strategy for the AWS SDK (its RetryStrategyV2). The SDK classifies the errors; this strategy decides how
 * often a call is retried: until the deadline. The SDK's own strategies stop after a few attempts or when a token
 * bucket is empty, which would fail a run because of other traffic of the account.
 *
 * A throttled answer slows down all calls of the run, because they share the limits of the account.
 *
 * The strategy sleeps between the attempts by the run's clock, because the SDK would sleep past the deadline. Where the
 * deadline expires meanwhile, the SDK reports an aborted call and not the failure before it, so the deadline keeps that
 * failure.
 */
export class DeadlineRetryStrategy {
  readonly mode = 'standard';
  private readonly deadline: Deadline;
  private readonly log: (line: string) => void;
  private readonly random: () => number;
  private readonly pace: Pace;
  private readonly logged = new Set<string>();

  /** @param log logs the first retry after each kind of failure */
  constructor(deadline: Deadline, log: (line: string) => void, random: () => number = Math.random) {
    this.deadline = deadline;
    this.log = log;
    this.random = random;
    this.pace = new Pace(deadline, random);
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    await this.pace.turn();
    return this.token(0);
  }

  /** @throws Error if the call is not retried */
  async refreshRetryTokenForRetry(token: RetryToken, info: RetryErrorInfo): Promise<RetryToken> {
    if (!isTransient(info)) {
      // An error such as ScanNotFoundException is an answer too.
      this.pace.answered();
      throw new Error('not retried');
    }
    if (this.deadline.signal.aborted) throw new Error('not retried');
    this.deadline.lastFailure = info.error;
    this.logFirst(info.error);
    const count = token.getRetryCount();
    const requested = requestedMs(info);
    if (info.errorType === 'THROTTLING') this.pace.throttled(token.sentAtMs, requested);
    else await this.deadline.sleep(Math.max(this.delay(count), requested));
    await this.pace.turn();
    if (this.deadline.signal.aborted) throw new Error('not retried');
    return this.token(count + 1);
  }

  recordSuccess(): void {
    this.deadline.lastFailure = undefined;
    this.pace.answered();
  }

  private token(count: number): RetryToken {
    return { getRetryCount: () => count, getRetryDelay: () => 0, sentAtMs: this.deadline.elapsedMs() };
  }

  private delay(count: number): number {
    const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** count);
    // Half fixed, half random, so that runs that failed together do not retry together.
    return ceiling / 2 + (this.random() * ceiling) / 2;
  }

  private logFirst(error: unknown): void {
    const failure = networkFailure(error);
    const kind = failure?.code ?? (error instanceof Error ? error.name : String(error));
    if (this.logged.has(kind)) return;
    this.logged.add(kind);
    this.log(`A call to AWS failed and will be retried: ${failure?.message ?? messageOf(error)} (${kind})`);
  }
}

/** How long AWS asks to wait, with a limit. */
function requestedMs({ retryAfterHint }: RetryErrorInfo): number {
  const requested = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
  return Math.max(0, Math.min(requested, LONGEST_DELAY_MS));
}

/** A body that is not JSON comes from a proxy or a broken connection, not from the service, so it is retried too. */
function isTransient({ errorType, error }: RetryErrorInfo): boolean {
  const failure = networkFailure(error);
  if (failure !== undefined) return failure.transient;
  return errorType !== 'CLIENT_ERROR' || (error instanceof Error && error.name === 'SyntaxError');
}
