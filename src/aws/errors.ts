/** Errors of AWS calls, as messages that say what to do. */

import type { Deadline } from '../deadline.ts';
import { GateError, messageOf, sentence } from '../errors.ts';
import { formatDuration } from '../time.ts';
import { networkFailure } from './network.ts';

/** A call: its IAM action and its resource. */
export interface ApiCall {
  readonly action: string;
  readonly resource: string;
}

/** An answer that does not have the documented shape. It is no evidence of anything, so the call is made again. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** The result of a call, or its malformed answer: one malformed answer must not discard the results of other calls. */
export async function attempt<T>(call: () => Promise<T>): Promise<T | MalformedAnswer> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof MalformedAnswer) return error;
    throw error;
  }
}

// The names differ by service and protocol; errors that a service does not model have the bare name.
const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'NotAuthorized']);
// Inspector returns the same error as IAM where it is disabled, or where another account administers it. The message
// of IAM is "User: ARN is not authorized to perform: ACTION".
const NOT_OF_IAM = /Invoking account does not have access|is not enabled/i;
const CREDENTIALS = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);
const CREDENTIALS_STEP =
  'Run aws-actions/configure-aws-credentials in this job before this step, with "permissions: id-token: write". The credentials have to be valid for the whole timeout.';

/** Whether an AWS error has one of these names. Services also send errors that their SDK does not model. */
export function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** Whether AWS denied the call. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && DENIED.has(error.name);
}

/**
 * The IAM action whose permission is missing, if AWS denied a call because of a missing permission. Undefined for other errors,
 * and if AWS refuses the whole account.
 * @param action the action of the call. A call can need several actions; AWS names the one that is missing.
 */
export function missingAction(error: unknown, action: string): string | undefined {
  if (!isDenied(error) || NOT_OF_IAM.test(messageOf(error))) return undefined;
  return /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(messageOf(error))?.[1] ?? action;
}

/** The error of an AWS call as a message for a person. A malformed answer and a GateError are returned unchanged. */
export function translate(error: unknown, call: ApiCall, deadline: Deadline): Error {
  if (error instanceof GateError || error instanceof MalformedAnswer) return error;
  if (deadline.signal.aborted) return interrupted(deadline, `${call.action} on ${call.resource}`, error);
  if (isDenied(error) && NOT_OF_IAM.test(messageOf(error))) {
    return new GateError(
      'configuration',
      `AWS refused ${call.action} to the account of these credentials: ${sentence(messageOf(error))}`,
      {
        nextStep:
          'Enable Amazon Inspector for ECR in that account and region (aws inspector2 enable --resource-types ECR), or run this step with a role of the account that owns the registry.',
        cause: error,
      },
    );
  }
  const action = missingAction(error, call.action);
  if (action !== undefined) {
    return new GateError('access-denied', `AWS denies ${action} on ${call.resource}: ${messageOf(error)}`, {
      nextStep: `Allow ${action} on ${call.resource} for the role of this job.`,
      cause: error,
    });
  }
  if (error instanceof Error && CREDENTIALS.has(error.name)) {
    const expired = /expired/i.test(`${error.name} ${error.message}`);
    const message = expired
      ? `The AWS credentials have expired (${call.action}: ${error.message})`
      : `There are no valid AWS credentials (${call.action}: ${error.message})`;
    return new GateError('credentials', message, { nextStep: CREDENTIALS_STEP, cause: error });
  }
  const failure = networkFailure(error);
  return new GateError('aws', `${call.action} on ${call.resource} failed: ${failureWords(error)}`, {
    nextStep: failure?.nextStep,
    cause: error,
  });
}

/** The message and the name of a failure. */
export function failureWords(error: unknown): string {
  const failure = networkFailure(error);
  if (failure !== undefined) return `${failure.message} (${failure.code})`;
  return error instanceof Error && error.name !== 'Error'
    ? `${error.message} (${error.name})`
    : messageOf(error);
}

/** The error for a run that was ended by its deadline or by the cancellation of the job. */
export function interrupted(deadline: Deadline, doing: string, cause?: unknown): GateError {
  if (!deadline.expired) return new GateError('cancelled', 'The job was cancelled.', { cause });
  // A call that was aborted is not the cause.
  const failed = deadline.lastFailure ?? (isNamed(cause, 'AbortError') ? undefined : cause);
  const failure = networkFailure(failed);
  const last = failed === undefined ? '' : ` The last attempt failed: ${failureWords(failed)}.`;
  return new GateError(
    'timeout',
    `The timeout of ${formatDuration(deadline.totalMs)} expired during ${doing}.${last}`,
    {
      nextStep:
        failure?.nextStep ??
        'Raise the input timeout, for example timeout: 30m, or check why AWS does not respond.',
      cause,
    },
  );
}
