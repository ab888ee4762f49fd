/** Validates ECR's responses and reads manifests. Pure. */
import { createHash } from 'node:crypto';
import { MalformedAnswer } from '../../aws/errors.ts';
import { isDigest } from '../../image/reference.ts';
import type { Digest } from '../../results/registry.ts';
import {
  FIND_OUT_WHY,
  type LayerDescriptor,
  type ManifestsAnswer,
  type Referrer,
  type ReferrersAnswer,
  type StoredManifest,
  UnreadableEvidence,
} from './source.ts';

/** The size of the largest manifest that ECR accepts. */
export const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;

export interface ListedReferrer extends Referrer {
  readonly size: number;
}

/**
 * One page of ListImageReferrers.
 * @throws MalformedAnswer
 */
export function referrersIn(answer: ReferrersAnswer): {
  items: ListedReferrer[];
  nextToken: string | undefined;
} {
  const { referrers, nextToken = null } = fields(answer);
  if (!Array.isArray(referrers)) throw new MalformedAnswer('ListImageReferrers returned no list');
  if (nextToken !== null && typeof nextToken !== 'string') {
    throw new MalformedAnswer('ListImageReferrers returned a page token that is not a string');
  }
  if (referrers.length === 0 && nextToken) {
    throw new MalformedAnswer('ListImageReferrers returned an empty page that is not the last');
  }
  return { items: referrers.map(referrerOf), nextToken: nextToken ?? undefined };
}

function referrerOf(referrer: unknown): ListedReferrer {
  const { digest, artifactType: type, size } = fields(referrer);
  if (typeof digest !== 'string' || !isDigest(digest)) {
    throw new MalformedAnswer('ListImageReferrers listed a referrer without a digest');
  }
  const artifactType = typeof type === 'string' ? type : undefined;
  return { digest, artifactType, size: Number(size) > 0 ? Number(size) : MOST_MANIFEST_BYTES };
}

/**
 * The manifest of a tag in an answer of BatchGetImage.
 * @returns undefined if ECR says that the tag does not exist
 * @throws UnreadableEvidence
 */
export function taggedManifest(answer: ManifestsAnswer, tag: string): StoredManifest | undefined {
  const { images, failures } = fields(answer);
  const isTagged = (entry: Fields) => fields(entry.imageId).imageTag === tag;
  const found = entries(images).filter(isTagged);
  const failure = entries(failures).find(isTagged);
  const [image] = found;
  if (found.length === 1 && image !== undefined) return manifestOf(image, tag);
  if (found.length === 0 && failure?.failureCode === 'ImageNotFound') return undefined;
  throw new UnreadableEvidence(`the tag ${tag} could not be read: ${reasonOf(failure)}`, FIND_OUT_WHY);
}

/**
 * The manifests in an answer of BatchGetImage.
 * @returns a function that gives the manifest of a digest, and throws UnreadableEvidence where it could not be read
 */
export function manifestsByDigest(answer: ManifestsAnswer): (digest: Digest) => StoredManifest {
  const { images, failures } = fields(answer);
  const byDigest = (list: unknown) =>
    new Map(entries(list).map((entry) => [fields(entry.imageId).imageDigest, entry]));
  const [found, failed] = [byDigest(images), byDigest(failures)];
  return (digest) => {
    const image = found.get(digest);
    if (image !== undefined) return manifestOf(image, digest);
    throw new UnreadableEvidence(
      `${digest} could not be read: ${reasonOf(failed.get(digest))}`,
      FIND_OUT_WHY,
    );
  };
}

/** @throws UnreadableEvidence if the manifest does not match its digest */
function manifestOf(image: Fields, requested: string): StoredManifest {
  const { imageId, imageManifest: text, imageManifestMediaType: type } = image;
  const digest = fields(imageId).imageDigest;
  const isValid = typeof digest === 'string' && isDigest(digest) && typeof text === 'string';
  if (!isValid || sha256(text) !== digest) {
    throw new UnreadableEvidence(
      `the manifest that ECR returned for ${requested} does not match its digest`,
      FIND_OUT_WHY,
    );
  }
  return { digest, mediaType: typeof type === 'string' ? type : '', text };
}

/** The layers of a manifest. Layers without a valid digest cannot be read and are left out. */
export function layersOf({ text }: StoredManifest): LayerDescriptor[] {
  let layers: unknown;
  try {
    layers = (JSON.parse(text) as { layers?: unknown } | null)?.layers;
  } catch {
    // What is not a manifest holds no attestation.
  }
  return (Array.isArray(layers) ? layers : []).flatMap((descriptor: unknown) => {
    const { digest, mediaType, size, annotations } = fields(descriptor);
    if (typeof digest !== 'string' || !isDigest(digest)) return [];
    const texts = Object.entries(fields(annotations)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return [
      {
        mediaType: typeof mediaType === 'string' ? mediaType : '',
        digest,
        size: typeof size === 'number' ? size : 0,
        annotations: Object.fromEntries(texts),
      },
    ];
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** The members of an object; none for any other value. */
function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** The objects in a list; none for any other value. */
function entries(list: unknown): Fields[] {
  return Array.isArray(list) ? list.map(fields) : [];
}

function reasonOf(failure: Fields | undefined): string {
  if (failure === undefined) return 'ECR’s response does not contain it';
  return `ECR returned ${failure.failureCode} (${failure.failureReason})`;
}

/** The digest of a manifest or blob. */
export function sha256(content: string | Buffer): Digest {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
