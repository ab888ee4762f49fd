/** Registries and image references, as data. */

/** `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`;

/** A partition of AWS. Partitions share no accounts; the name is the second field of an ARN. */
export type Partition =
  | 'aws'
  | 'aws-cn'
  | 'aws-eusc'
  | 'aws-iso'
  | 'aws-iso-b'
  | 'aws-iso-e'
  | 'aws-iso-f'
  | 'aws-us-gov';

export interface Registry {
  /** The host name as the user wrote it. cosign and the cluster use the same. */
  readonly host: string;
  /** The 12-digit account that owns the registry. */
  readonly account: string;
  readonly region: string;
  readonly partition: Partition;
  readonly fips: boolean;
  /** Whether the host name also answers over IPv6, such as those in `on.aws`. */
  readonly dualStack: boolean;
}

export interface ImageReference {
  readonly registry: Registry;
  readonly repository: string;
  /** `latest` if the reference has neither tag nor digest, as in docker. */
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  /** The reference as it was written. */
  readonly text: string;
}
