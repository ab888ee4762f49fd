/** An attestation that the policy requires of every image, as data. */

/** Whose attestations count: those of one key, or of one identity in a certificate. */
export type AttestationSigner =
  | {
      readonly kind: 'kms';
      /** `awskms:///` and an ARN, in the form that cosign accepts. */
      readonly reference: string;
      /** The region in the ARN. */
      readonly region: string;
    }
  | {
      readonly kind: 'public-key';
      /** In PEM. */
      readonly pem: string;
    }
  | { readonly kind: 'identity'; readonly identity: string; readonly issuer: string };

/** All conditions that are given must hold. */
export interface RequiredAttestation {
  /** The URI of the predicate type. */
  readonly type: string;
  readonly signer: AttestationSigner;
  /** The Sigstore trusted root, as JSON; undefined: the public one, where any is needed. */
  readonly trustedRoot: string | undefined;
  /** Whether a transparency log must contain the signature. */
  readonly transparencyLog: boolean;
  /** Globs over the builder's ID; undefined: any. */
  readonly builder: readonly string[] | undefined;
  /** Globs over the repository of the source, as `https://HOST/PATH`; undefined: any. */
  readonly sourceRepository: readonly string[] | undefined;
  /** The longest time since the attestation was signed, in milliseconds. */
  readonly maxAgeMs: number | undefined;
}
