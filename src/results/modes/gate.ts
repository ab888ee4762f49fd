/** The result of the gate: images that were judged and, where all of them pass, signed. */
import type { AttestationReport, Proof, SignatureReport, UsedAttestation } from '../../signing/outcomes.ts';
import { allows } from './envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf } from './images.ts';

/** The error of an image that a run did not come to, with the code `not-proven`. The error of the run says why. */
export const NOT_JUDGED = 'The run ended before the image was judged.';

export interface GateImage extends ImageReport {
  /** The attestations that the policy requires, in order. */
  readonly proofs: readonly Proof[];
  /** The attestations that were used for them, for the verification summary. */
  readonly inputAttestations?: readonly UsedAttestation[];
  readonly signatures: readonly SignatureReport[];
  /** The verdict as this run attached it. */
  readonly verdictAttestations: readonly AttestationReport[];
  /** Whether this run completed its signatures and attestations, and verified them. */
  readonly signed: boolean;
}

export interface SigningReport {
  /** The key as cosign or notation was given it, or `keyless`; two keys are joined by `and`. */
  readonly key: string;
  /** The format of cosign; `notation` if only notation signs. */
  readonly format: 'bundle' | 'legacy' | 'both' | 'notation';
  readonly transparencyLog: boolean;
  /** Whether all images are signed or none, or each that passed. */
  readonly sign: 'all' | 'each';
  /** The version of cosign that was used; undefined if it could not be provided. */
  readonly cosignVersion: string | undefined;
  /** The version of notation that was used; undefined if it was not needed or could not be provided. */
  readonly notationVersion: string | undefined;
  /**
   * - `done`: every image of the run carries a verified signature.
   * - `partly`: each image that was signed passed and carries a verified signature, but not every image was signed.
   * - `withheld`: not every image passed or, with `sign: each`, none did, so none was signed.
   * - `failed`: signing was tried and did not succeed: for all images or, with `sign: each`, for any.
   */
  readonly state: 'done' | 'partly' | 'withheld' | 'failed';
}

export interface GateResult extends ImagesResult<GateImage> {
  /** Undefined if the workflow gives no signing key. */
  readonly signing: SigningReport | undefined;
}

/**
 * Whether this run signed its images, or found them signed by its key, and verified that. All or nothing: later steps
 * can rely on none of the signatures of a run that did not complete them.
 */
export function isSigned({ signing }: Pick<GateResult, 'signing'>): boolean {
  return signing?.state === 'done';
}

/** Whether later steps can rely on the signature of one image: all images are signed, or `sign: each` signed it. */
export function isImageSigned(result: Pick<GateResult, 'signing'>, image: GateImage): boolean {
  return isSigned(result) || (result.signing?.state === 'partly' && image.signed && allows(verdictOf(image)));
}
