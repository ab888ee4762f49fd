/** The errors a run can end with: each has a message for a person and, where there is one, a next step. */

/**
 * - `input`: the workflow gave the action something it cannot use.
 * - `not-found`: the registry has no such repository, image or manifest.
 * - `access-denied`: AWS refused a call; the message names the IAM action.
 * - `credentials`: there are no AWS credentials, or they have expired.
 * - `configuration`: AWS is set up so that this image is never scanned.
 * - `unscannable`: the image was looked at and cannot be, or is no longer, scanned.
 * - `not-proven`: evidence is missing or contradicts itself.
 * - `timeout`: the time the run was given is over.
 * - `aws`: AWS answered with an error that a retry does not mend.
 * - `signing`: cosign could not be had, or did not sign, or what it signed did not verify.
 * - `not-verified`: an image lacks a signature or attestation that it has to carry.
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
  /** What the reader can do about it: one sentence or a command. */
  readonly nextStep?: string | undefined;
  readonly cause?: unknown;
  /** The place that an annotation of the error points at. */
  readonly location?: FileLocation | undefined;
}

/** An end of the run that is not a verdict. Whatever is thrown and is not one of these is a defect. */
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

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whatever was thrown, as a GateError: a defect becomes one that asks to be reported. */
export function toGateError(error: unknown): GateError {
  if (error instanceof GateError) return error;
  return new GateError('internal', `Unexpected failure: ${messageOf(error)}`, {
    nextStep:
      'Run the job again with step debugging on (secret ACTIONS_STEP_DEBUG = true) and report what it prints.',
    cause: error,
  });
}
