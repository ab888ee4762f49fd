/** The errors that can end a run: each has a message for a person and, where one is known, a next step. */

/**
 * - `input`: the workflow gave the action a value that it cannot use.
 * - `not-found`: the registry does not have the repository, image or manifest.
 * - `access-denied`: AWS refused a call; the message names the IAM action.
 * - `credentials`: there are no AWS credentials, or they have expired.
 * - `configuration`: the account is configured so that this image is never scanned.
 * - `unscannable`: the image cannot be scanned, or its scan is no longer kept up to date.
 * - `not-proven`: evidence is missing or contradicts itself.
 * - `timeout`: the timeout of the run has expired.
 * - `aws`: AWS returned an error that a retry does not fix.
 * - `signing`: cosign or notation could not be installed, could not sign, or made a signature that did not verify.
 * - `not-verified`: an image lacks a signature or attestation that it has to have.
 * - `cancelled`: the job was cancelled.
 * - `internal`: a defect of the gate itself.
 */
export type ErrorCode =
  | 'input'
  | 'not-found'
  | 'access-denied'
  | 'credentials'
  | 'configuration'
  | 'unscannable'
  | 'not-proven'
  | 'timeout'
  | 'aws'
  | 'signing'
  | 'not-verified'
  | 'cancelled'
  | 'internal';

/** A place in a file of the checkout. */
export interface FileLocation {
  /** The path in the workspace, with `/`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface GateErrorOptions {
  /** What the reader can do about it: a sentence or a command. */
  readonly nextStep?: string | undefined;
  readonly cause?: unknown;
  /** The place that an annotation of the error points at. */
  readonly location?: FileLocation | undefined;
}

/** Ends a run without a verdict. Any other error that is thrown is a defect of the gate. */
export class GateError extends Error {
  override readonly name = 'GateError';
  readonly code: ErrorCode;
  readonly nextStep: string | undefined;
  readonly location: FileLocation | undefined;

  constructor(code: ErrorCode, message: string, options: GateErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.nextStep = options.nextStep;
    this.location = options.location;
  }
}

/** Several failures that were found at the same time, reported as one error. */
class CombinedError extends GateError {
  readonly parts: readonly NamedFailure[];

  constructor(parts: readonly [NamedFailure, ...NamedFailure[]]) {
    const numbered = (texts: readonly string[]) =>
      texts.map((text, index) => `(${index + 1}) ${sentence(text)}`).join(' ');
    const steps = [...new Set(parts.flatMap(({ error }) => error.nextStep ?? []))];
    super(
      parts[0].error.code,
      `${parts.length} checks failed. ${numbered(parts.map(({ name, error }) => `${name}: ${error.message}`))}`,
      { nextStep: steps.length > 1 ? numbered(steps) : steps[0], cause: parts[0].error },
    );
    this.parts = parts;
  }
}

/** A failure and the name of the check that failed, in words for a person. */
export interface NamedFailure {
  readonly name: string;
  readonly error: GateError;
}

/**
 * One error for several failures: its message and its next step list all of them, each once. Its code is that of the
 * first. The end of the run (a timeout, a cancelled job) is reported alone, and so are missing credentials: they
 * are the reason for the other failures. A single failure is returned as it is.
 */
export function combineFailures(failures: readonly [NamedFailure, ...NamedFailure[]]): GateError {
  const all = failures.flatMap((failure) =>
    failure.error instanceof CombinedError ? failure.error.parts : [failure],
  );
  for (const code of ['cancelled', 'timeout', 'credentials'] as const) {
    const reason = all.find(({ error }) => error.code === code);
    if (reason !== undefined) return reason.error;
  }
  const [first, ...others] = new Map(all.map((part) => [part.error.message, part])).values();
  if (first === undefined || others.length === 0) return failures[0].error;
  return new CombinedError([first, ...others]);
}

/** The failures that an error reports: one, or those that were combined; none for a value that is not a GateError. */
export function failuresIn(error: unknown): readonly GateError[] {
  if (error instanceof CombinedError) return error.parts.map((part) => part.error);
  return error instanceof GateError ? [error] : [];
}

/**
 * Whether an error is the end of the whole run, and not only of the image that it occurred at: the timeout has expired,
 * the job was cancelled, the credentials are missing, or the gate has a defect.
 */
export function endsRun(error: unknown): boolean {
  if (!(error instanceof GateError)) return true;
  return ['cancelled', 'timeout', 'credentials', 'internal'].includes(error.code);
}

/** How long the other promises may take after one has been rejected. */
const GRACE_MS = 5_000;

/**
 * The values of all promises, each of which has a name for messages. Once one is rejected, the others have five more
 * seconds, so that a call that hangs does not hide a failure.
 * @param sleep waits for some milliseconds
 * @throws GateError the failure, or one error that lists all failures; a value that is not a GateError is thrown as it is
 */
export async function allOrFailures<T>(
  named: readonly (readonly [name: string, promise: Promise<T>])[],
  sleep: (ms: number) => Promise<unknown> = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
): Promise<T[]> {
  const failures: (readonly [name: string, reason: unknown])[] = [];
  const failed = Promise.withResolvers<void>();
  const watched = named.map(async ([name, promise], index) => {
    try {
      await promise;
    } catch (reason) {
      failures[index] = [name, reason];
      failed.resolve();
    }
  });
  await Promise.race([Promise.all(watched), failed.promise.then(() => sleep(GRACE_MS))]);
  const found: NamedFailure[] = [];
  for (const [name, reason] of failures.filter((failure) => failure !== undefined)) {
    if (!(reason instanceof GateError)) throw reason;
    found.push({ name, error: reason });
  }
  const [first, ...others] = found;
  if (first !== undefined) throw combineFailures([first, ...others]);
  return Promise.all(named.map(([, promise]) => promise));
}

/** The text with a full stop at its end. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The message of any value that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Any value that was thrown, as a GateError. A defect becomes one that asks the reader to report it. */
export function toGateError(error: unknown): GateError {
  if (error instanceof GateError) return error;
  return new GateError('internal', `Unexpected failure: ${messageOf(error)}`, {
    nextStep:
      'Run the job again with step debugging on (secret ACTIONS_STEP_DEBUG = true) and report its log.',
    cause: error,
  });
}
