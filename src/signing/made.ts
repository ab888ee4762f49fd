/** What signing and verifying made or found, as data. */

/** Where one digest's signature stands. */
export interface SignatureReport {
  readonly digest: string;
  /** `signed` by this run, or found `already-signed` by the same key; both were verified. */
  readonly state: 'signed' | 'already-signed';
  readonly format: 'bundle' | 'legacy';
  /** The platform image of an index that was signed as well, such as `linux/amd64`. */
  readonly platform: string | undefined;
  /** The Sigstore bundle, where this run made one: JSON for a file beside the report. */
  readonly bundle?: string | undefined;
}

/** Where one digest's attestation stands. */
export interface AttestationReport {
  readonly digest: string;
  readonly platform: string | undefined;
  readonly format: 'bundle' | 'legacy';
  /** The predicate's type. */
  readonly type: string;
  /** `attested` by this run and verified; `kept`: an earlier one by the same key stays, since its tag is immutable. */
  readonly state: 'attested' | 'kept';
  /** The Sigstore bundle, where there is one: JSON for a file beside the report. */
  readonly bundle?: string | undefined;
}

/** One thing that was looked at to verify an image. All texts are plain and not yet escaped. */
export interface Proof {
  readonly kind: 'signature' | 'attestation' | 'findings' | 'aws-signing' | 'notation';
  /**
   * - `proven`, `failed`: what was asked for is there, or is not.
   * - `skipped`: it was not asked for, or something before it had failed.
   * - `noted`: it is there, is not trusted and changes nothing.
   */
  readonly state: 'proven' | 'failed' | 'skipped' | 'noted';
  /** What was checked: `Signature (bundle)`. */
  readonly what: string;
  /** Who signed it: a key or an identity. */
  readonly by: string | undefined;
  /** Of when it is; undefined where nothing signed says so. */
  readonly at: Date | undefined;
  /** How old it was when it was checked, in milliseconds. */
  readonly ageMs: number | undefined;
  /** What it says, or why it does not hold. */
  readonly detail: string | undefined;
  readonly nextStep: string | undefined;
}
