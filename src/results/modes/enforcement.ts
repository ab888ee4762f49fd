/** What `enforce: false` changes: which failures do not fail the step. It changes no verdict and no output. Pure. */
import type { ActionName } from '../../action.ts';
import { type ErrorCode, failuresIn, type GateError } from '../../errors.ts';
import { allows } from './envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf } from './images.ts';

/**
 * Whether an error is the failure of an image, which a report-only run of the verify action reports. All other errors
 * are about the workflow, the account or the run itself. They fail the step, because a run that checks nothing must not
 * look like one that does.
 */
const IS_FAILURE_OF_IMAGE: Readonly<Record<ErrorCode, boolean>> = {
  'not-found': true,
  unscannable: true,
  'not-proven': true,
  'not-verified': true,
  timeout: true,
  aws: true,
  input: false,
  'access-denied': false,
  credentials: false,
  configuration: false,
  signing: false,
  cancelled: false,
  internal: false,
};

/**
 * Whether the step succeeds although the verdict is `block` or `error`: because of `enforce: false`, and because every
 * failure is one that it covers. In the gate these are blocked images, and images without an attestation that the policy
 * requires; in the verify action also images that could not be verified or judged.
 */
export function isTolerated(
  action: ActionName,
  { verdict, enforced, error, images }: Pick<ImagesResult, 'verdict' | 'enforced' | 'error' | 'images'>,
): boolean {
  if (enforced || allows(verdict)) return false;
  if (verdict === 'block') return true;
  const errors = [
    ...(error === undefined ? [] : [error]),
    ...images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : [])),
  ];
  const isCovered = action === 'gate' ? isMissingAttestation : isFailureOfImage;
  return errors.length > 0 && errors.every(isCovered);
}

/** In the gate only this is a decision by the policy. After any other error the image was not judged. */
function isMissingAttestation(error: GateError): boolean {
  return failuresIn(error).every(({ code }) => code === 'not-verified');
}

function isFailureOfImage(error: GateError): boolean {
  return failuresIn(error).every(({ code }) => IS_FAILURE_OF_IMAGE[code]);
}

/** The images that did not pass. */
export function failedImages(images: readonly ImageReport[]): readonly ImageReport[] {
  return images.filter((image) => !allows(verdictOf(image)));
}
