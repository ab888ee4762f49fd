/** The result of the verify action: what was checked about each image, and what it found. */
import type { Proof } from '../../signing/outcomes.ts';
import type { Changes } from './changes.ts';
import type { ImageReport, ImagesResult } from './images.ts';

/** The error of an image that a run did not reach, with the code `not-proven`. The error of the run says why. */
export const NOT_REACHED = 'The run ended before the image was verified.';

export interface VerifiedImage extends ImageReport {
  /** What was checked, in order. */
  readonly proofs: readonly Proof[];
}

/** What the workflow requires of every image. */
export interface VerificationReport {
  /** The accepted keys, or the identity; one of them must have signed with cosign. Empty if only notation verifies. */
  readonly signers: readonly string[];
  /** The format of cosign; `notation` if only notation verifies. */
  readonly format: 'bundle' | 'legacy' | 'both' | 'notation';
  /** Undefined if cosign was not needed or could not be provided. */
  readonly cosignVersion: string | undefined;
  /** What notation verifies in addition; undefined if the workflow gives no trust policy. */
  readonly notation: NotationReport | undefined;
  /** Whether a verification summary is required. */
  readonly attestation: boolean;
  /** The SHA-256, in hex, of the accepted policies; the summary must name one of them. Undefined: any policy. */
  readonly policies: readonly string[] | undefined;
  readonly maxAttestationAgeMs: number | undefined;
  /** The canonical names of repositories whose summaries of the same digest count as well. */
  readonly promotedFrom: readonly string[];
  /** Whether today's findings are judged too. */
  readonly recheck: boolean;
}

/** The identities of a trust policy; one of them must have signed with notation. */
export interface NotationReport {
  readonly identities: readonly string[];
  /** Undefined if notation could not be provided. */
  readonly version: string | undefined;
}

export interface VerifyResult extends ImagesResult<VerifiedImage> {
  /** Undefined if the inputs could not be read. */
  readonly verification: VerificationReport | undefined;
  /** What has changed since an earlier report; undefined if the workflow names none. */
  readonly changes?: Changes | undefined;
}

/** Whether this run verified all signatures that are required of an image. */
export function isSigned({ proofs }: Pick<VerifiedImage, 'proofs'>): boolean {
  const signatures = proofs.filter(({ kind }) => kind === 'signature');
  return signatures.length > 0 && signatures.every(({ state }) => state === 'proven');
}
