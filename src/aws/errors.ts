/** What AWS says when it refuses, in words that say what to do. */

import type { Deadline } from '../deadline.ts';
import { GateError, messageOf } from '../errors.ts';
import { formatDuration } from '../time.ts';
import { networkFailure } from './network.ts';

/** The call that was made: its IAM action and what it was made on. */
export interface ApiCall {
  readonly action: string;
  readonly resource: string;
}

/** An answer that does not have the shape the service documents: proof of nothing, so it is asked for again. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** What was asked for, or the malformed answer to it: one question's must not spoil what others have answered. */
export async function attempt<T>(ask: () => Promise<T>): Promise<T | MalformedAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MalformedAnswer) return error;
    throw error;
  }
}

// The names differ by service and protocol; those that a service does not model arrive with the bare name.
const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'NotAuthorized']);
// Inspector refuses accounts in which it is off, or which another account administers, by the same error as IAM does;
// IAM's own says "User: ARN is not authorized to perform: ACTION".
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
  'Run aws-actions/configure-aws-credentials (with "permissions: id-token: write") in this job, before this step; credentials must outlast the wait.';

/** Whether an AWS error has one of these names. By name, since services send errors they do not model. */
export function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** Whether AWS refused the call for lack of permission. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && DENIED.has(error.name);
}

/**
 * The IAM action whose permission is missing, where AWS denied a call for lack of one; undefined for other errors, and
 * where AWS refuses the whole account.
 * @param action that of the call; AWS names the one that it missed, since a call can need more than one
 */
export function missingAction(error: unknown, action: string): string | undefined {
  if (!isDenied(error) || NOT_OF_IAM.test(messageOf(error))) return undefined;
  return /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(messageOf(error))?.[1] ?? action;
}

/**
 * The error of an AWS call in words for a person. A malformed answer and what already has its words stay
 * as they are.
 */
export function translate(error: unknown, call: ApiCall, deadline: Deadline): Error {
  if (error instanceof GateError || error instanceof MalformedAnswer) return error;
  if (deadline.signal.aborted) return interrupted(deadline, `${call.action} on ${call.resource}`, error);
  if (isDenied(error) && NOT_OF_IAM.test(messageOf(error))) {
    return new GateError(
      'configuration',
      `AWS refuses ${call.action} to the account of these credentials: ${messageOf(error)}`,
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
      nextStep: `Allow ${action} on ${call.resource} for the role of this job. The README lists every permission the gate needs.`,
      cause: error,
    });
  }
  if (error instanceof Error && CREDENTIALS.has(error.name)) {
    const expired = /expired/i.test(`${error.name} ${error.message}`);
    const message = expired
      ? `The AWS credentials have expired (${call.action}: ${error.message})`
      : `There are no AWS credentials that work (${call.action}: ${error.message})`;
    return new GateError('credentials', message, { nextStep: CREDENTIALS_STEP, cause: error });
  }
  const failure = networkFailure(error);
  return new GateError('aws', `${call.action} on ${call.resource} failed: ${failureWords(error)}`, {
    nextStep: failure?.nextStep,
    cause: error,
  });
}

/** What failed, with the name by which a search finds it. */
export function failureWords(error: unknown): string {
  const failure = networkFailure(error);
  if (failure !== undefined) return `${failure.message} (${failure.code})`;
  return error instanceof Error && error.name !== 'Error'
    ? `${error.message} (${error.name})`
    : messageOf(error);
}

/** What ended the run from outside: the deadline or a cancelled job. */
export function interrupted(deadline: Deadline, doing: string, cause?: unknown): GateError {
  if (!deadline.expired) return new GateError('cancelled', 'The job was cancelled.', { cause });
  // What was aborted is not at fault.
  const failed = deadline.lastFailure ?? (isNamed(cause, 'AbortError') ? undefined : cause);
  const failure = networkFailure(failed);
  const last = failed === undefined ? '' : ` The last attempt failed: ${failureWords(failed)}.`;
  return new GateError(
    'timeout',
    `The timeout of ${formatDuration(deadline.totalMs)} ended during ${doing}.${last}`,
    {
      nextStep:
        failure?.nextStep ??
        'Raise the input timeout (for example timeout: 30m), or find out why AWS does not answer.',
      cause,
    },
  );
}
