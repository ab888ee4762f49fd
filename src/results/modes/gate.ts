/** The result of the gate: images that were judged and, where all of them pass, signed. */
import type { AttestationReport, SignatureReport } from '../../signing/outcomes.ts';
import type { ImageReport, ImagesResult } from './images.ts';

export interface GateImage extends ImageReport {
  readonly signatures: readonly SignatureReport[];
  /** The verdict as this run attached it. */
  readonly verdictAttestations: readonly AttestationReport[];
}

export interface SigningReport {
  /** The key as cosign was given it, or `keyless`. */
  readonly key: string;
  readonly format: 'bundle' | 'legacy' | 'both';
  readonly transparencyLog: boolean;
  /** The version of cosign that was used; undefined where it could not be provided. */
  readonly cosignVersion: string | undefined;
  /**
   * - `done`: every image of the run carries a verified signature.
   * - `withheld`: not every image passed, so none was signed.
   * - `failed`: signing was tried and did not succeed for all images.
   */
  readonly state: 'done' | 'withheld' | 'failed';
}

export interface GateResult extends ImagesResult<GateImage> {
  /** Undefined where the workflow gives no signing key. */
  readonly signing: SigningReport | undefined;
}

/**
 * Whether this run signed its images, or found them signed by its key, and verified that. All or nothing: later steps
 * can rely on none of the signatures of a run that did not complete them.
 */
export function isSigned({ signing }: Pick<GateResult, 'signing'>): boolean {
  return signing?.state === 'done';
}
