/** What rooms hand each other of registries and images. */

/** `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`;

/** A part of AWS that shares no accounts with the others; the second field of an ARN. */
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
  /** The host name as the user wrote it: what cosign and the cluster will see too. */
  readonly host: string;
  /** The 12-digit account that owns the registry. */
  readonly account: string;
  readonly region: string;
  readonly partition: Partition;
  readonly fips: boolean;
  /** The host names that answer over IPv6 too, such as those in `on.aws`. */
  readonly dualStack: boolean;
}

export interface ImageReference {
  readonly registry: Registry;
  readonly repository: string;
  /** `latest` where the reference names neither tag nor digest, as docker reads it. */
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  /** The reference as it was written. */
  readonly text: string;
}
