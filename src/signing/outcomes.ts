/** The results of signing and verifying, as data. */

/** The state of the signature of one digest. */
export interface SignatureReport {
  readonly digest: string;
  /** `signed` by this run, or `already-signed` by the same key before. Both were verified. */
  readonly state: 'signed' | 'already-signed';
  readonly format: 'bundle' | 'legacy' | 'notation';
  /** Set for the platform image of an index, such as `linux/amd64`. */
  readonly platform: string | undefined;
  /** The Sigstore bundle as JSON, where the format is `bundle`. It is written to a file in the report directory. */
  readonly bundle?: string | undefined;
  /** The command for a POSIX shell that verifies it by hand. */
  readonly command?: string | undefined;
}

/** The state of an attestation of one digest. */
export interface AttestationReport {
  readonly digest: string;
  readonly platform: string | undefined;
  readonly format: 'bundle' | 'legacy';
  /** The predicate's type. */
  readonly type: string;
  /** `attested` and verified by this run; `kept`: an earlier one by the same key, because its tag is immutable. */
  readonly state: 'attested' | 'kept';
  /** The Sigstore bundle as JSON, where the format is `bundle`. It is written to a file in the report directory. */
  readonly bundle?: string | undefined;
  /** The command for a POSIX shell that verifies it by hand, where it is a verification summary. */
  readonly command?: string | undefined;
}

/** An artifact that was used for a required attestation, as SLSA's `inputAttestations` names it. */
export interface UsedAttestation {
  /** Where it is, by its digest: `oci://ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:…`. */
  readonly uri: string;
  /** The digest of the bundle, of the legacy attestation, or of the statement in a build attestation. */
  readonly digest: string;
}

/** One check of the verification of an image. All texts are plain and not yet escaped. */
export interface Proof {
  readonly kind:
    | 'signature'
    | 'attestation'
    /** An attestation that the policy requires. */
    | 'required-attestation'
    | 'findings'
    | 'aws-signing'
    | 'notation';
  /**
   * - `proven`, `failed`: what is required was verified, or was not.
   * - `skipped`: it was not required, or an earlier check failed.
   * - `noted`: it exists, is not trusted and changes nothing.
   */
  readonly state: 'proven' | 'failed' | 'skipped' | 'noted';
  /** What was checked: `Signature (bundle)`. */
  readonly what: string;
  /** Who signed it: a key or an identity. */
  readonly by: string | undefined;
  /** When it was made; undefined if nothing that is signed says so. */
  readonly at: Date | undefined;
  /** Its age when it was checked, in milliseconds. */
  readonly ageMs: number | undefined;
  /** When it will be too old; undefined if it has no maximum age, or was not verified. */
  readonly ends?: Date | undefined;
  /**
   * The repository that the image was promoted from, where the verification summary is the one of that repository, or the
   * signature is attached only there.
   */
  readonly promotedFrom?: string | undefined;
  /** What it says, or why it could not be verified. */
  readonly detail: string | undefined;
  readonly nextStep: string | undefined;
  /** The command for a POSIX shell that verifies the same by hand; undefined if cosign verified nothing. */
  readonly command?: string | undefined;
}
