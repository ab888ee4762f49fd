/** The data that the evaluator needs about the images of a repository. */
import type { StorageClass } from './policy.ts';

/**
 * An image, index or artifact of a repository. A member that is `undefined` is unknown, and every answer that depends
 * on it is uncertain. `null` means that it is known to be absent.
 */
export interface ImageFacts {
  readonly digest: string;
  /** None for an untagged image. */
  readonly tags: readonly string[] | undefined;
  /** `imagePushedAt` */
  readonly pushedAt: Date | undefined;
  /** `lastRecordedPullTime`; null if ECR has recorded none. */
  readonly lastPulledAt: Date | null | undefined;
  /** `lastActivatedAt`; null for an image that was never restored from the archive. */
  readonly lastActivatedAt: Date | null | undefined;
  /** `lastArchivedAt`; null for an image that was never archived. */
  readonly archivedAt: Date | null | undefined;
  /** By `imageStatus`: ACTIVE is standard, ARCHIVED is archive, and anything else, such as ACTIVATING, undefined. */
  readonly storageClass: StorageClass | undefined;
  /** Whether its media type is that of an index or a manifest list. */
  readonly isIndex: boolean | undefined;
  /** Digests that the index lists; empty if it is not an index. */
  readonly children: readonly string[] | undefined;
  /** `subjectManifestDigest`; null for an image that refers to no other. */
  readonly subject: string | null | undefined;
}

/** The digests of an index's entries; undefined for an index whose entries are unknown. */
export function childrenOf({ isIndex, children }: ImageFacts): readonly string[] | undefined {
  return children ?? (isIndex === false ? [] : undefined);
}

const LEGACY_SIGNATURE = /^sha256-([0-9a-f]{64})\.(?:sig|att|sbom)$/;

/**
 * The digest that a legacy tag of cosign refers to: `sha256-HEX.sig`, `.att` or `.sbom`. For ECR, such a signature,
 * attestation or SBOM is an ordinary tagged image with no subject.
 */
export function legacySubject(tag: string): string | undefined {
  const hex = LEGACY_SIGNATURE.exec(tag)?.[1];
  return hex === undefined ? undefined : `sha256:${hex}`;
}

/** Merges entries with the same digest. Members that differ are unknown. */
export function withoutDuplicates(images: readonly ImageFacts[]): readonly ImageFacts[] {
  const byDigest = new Map<string, ImageFacts>();
  for (const image of images) {
    const other = byDigest.get(image.digest);
    byDigest.set(image.digest, other === undefined ? image : agreement(image, other));
  }
  return byDigest.size === images.length ? images : [...byDigest.values()];
}

function agreement(a: ImageFacts, b: ImageFacts): ImageFacts {
  const agreed = <K extends keyof ImageFacts>(key: K): ImageFacts[K] | undefined =>
    comparable(a[key]) === comparable(b[key]) ? a[key] : undefined;
  return {
    digest: a.digest,
    tags: agreed('tags'),
    pushedAt: agreed('pushedAt'),
    lastPulledAt: agreed('lastPulledAt'),
    lastActivatedAt: agreed('lastActivatedAt'),
    archivedAt: agreed('archivedAt'),
    storageClass: agreed('storageClass'),
    isIndex: agreed('isIndex'),
    children: agreed('children'),
    subject: agreed('subject'),
  };
}

/** As text. The order of a list has no meaning. */
function comparable(value: ImageFacts[keyof ImageFacts]): string {
  return JSON.stringify(Array.isArray(value) ? value.toSorted() : value) ?? '';
}
