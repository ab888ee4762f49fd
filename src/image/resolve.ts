/** Resolves references: each to one digest, once, and the digest to the platform images that have to be scanned. */

import { combineFailures, endsRun, GateError, type NamedFailure } from '../errors.ts';
import type { Digest, ImageReference, Registry } from '../results/registry.ts';
import {
  artifactTypeOf,
  type Descriptor,
  isAttestation,
  isRunnable,
  type Manifest,
  parseManifest,
  unscannableLayer,
} from './manifest.ts';
import { joinedNames, NO_PLATFORM, platformName } from './platform.ts';
import { imageUri } from './reference.ts';

/** The most images that an index may contain, nested indexes included. It bounds the work of a run. */
export const MOST_IMAGES = 64;

/** The most entries of the indexes of one level. An index can list the same image for several platforms. */
const MOST_CHILDREN = 1_000;

/** The registry's record of an image. */
export interface ImageDetail {
  readonly digest: Digest;
  readonly pushedAt: Date;
  /** ACTIVE, ARCHIVED, ACTIVATING; undefined if ECR does not report it. */
  readonly status: string | undefined;
}

/** The reads of a registry that are needed to resolve references. */
export interface ImageSource {
  /**
   * The record of one image by tag or by digest. With both, the tag has to point at the digest.
   * @throws GateError `not-found` with the name of what is missing
   */
  describe(reference: ImageReference): Promise<ImageDetail>;
  /** The records of several images of one repository by digest. */
  describeAll(registry: Registry, repository: string, digests: readonly Digest[]): Promise<ImageDetail[]>;
  /** Manifests by digest, byte for byte as they were pushed. */
  manifests(registry: Registry, repository: string, digests: readonly Digest[]): Promise<Map<Digest, string>>;
}

/** An image for one platform, which is the unit of a scan: an image manifest, by digest. */
export interface PlatformImage {
  readonly registry: Registry;
  readonly repository: string;
  readonly digest: Digest;
  /** `linux/arm/v7`. Several platforms can share a digest. NO_PLATFORM for an image that is not part of an index. */
  readonly platform: string;
  readonly pushedAt: Date;
  readonly status: string | undefined;
}

/** The name of a platform image in messages. */
export function imageName({ repository, digest, platform }: PlatformImage): string {
  return platform === NO_PLATFORM ? `${repository}@${digest}` : `${repository}@${digest} (${platform})`;
}

/** A child of an index that nothing can run, so that it is not scanned. */
export interface SkippedArtifact {
  readonly digest: Digest;
  /** Its artifact type, or the media type of its config. The text may be hostile. */
  readonly type: string;
}

export interface ResolvedImage {
  /** As the user wrote them; several where they have the same digest. */
  readonly references: readonly string[];
  readonly registry: Registry;
  readonly repository: string;
  readonly digest: Digest;
  /** `HOST/REPOSITORY@DIGEST`. */
  readonly uri: string;
  readonly isIndex: boolean;
  readonly platforms: readonly PlatformImage[];
  readonly attestations: readonly Digest[];
  readonly skipped: readonly SkippedArtifact[];
}

/** References that could not be resolved to an image, and why. */
export interface UnresolvedImage {
  /** As the user wrote them; several where they name the same image. */
  readonly references: readonly [string, ...string[]];
  readonly registry: Registry;
  readonly repository: string;
  readonly error: GateError;
}

/** What came of a reference. */
export type Resolution = ResolvedImage | UnresolvedImage;

export function isResolved(resolution: Resolution): resolution is ResolvedImage {
  return !('error' in resolution);
}

/**
 * Resolves all references at the same time. References to the same digest become one image, which is judged once. A
 * reference that cannot be resolved, such as that of an image that was deleted, does not affect the others.
 * @returns one entry for each image, in the order of its first reference
 * @throws GateError an error that ends the whole run, such as missing credentials
 */
export async function resolveEach(
  references: readonly ImageReference[],
  source: ImageSource,
): Promise<Resolution[]> {
  const details = await Promise.all(references.map((reference) => orError(() => source.describe(reference))));
  const images = new Map<string, Named & { detail: ImageDetail | GateError }>();
  for (const [index, reference] of references.entries()) {
    const detail = details[index];
    if (detail === undefined) continue;
    const { account, region } = reference.registry;
    const key =
      detail instanceof GateError
        ? `unresolved ${reference.text}`
        : [account, region, reference.repository, detail.digest].join();
    const known = images.get(key);
    if (known) known.texts.push(reference.text);
    else images.set(key, { reference, detail, texts: [reference.text] });
  }
  return Promise.all(
    [...images.values()].map(async ({ reference, detail, texts }) => {
      const { registry, repository } = reference;
      const image =
        detail instanceof GateError ? detail : await orError(() => expand(reference, detail, texts, source));
      return image instanceof GateError ? { references: texts, registry, repository, error: image } : image;
    }),
  );
}

interface Named {
  readonly reference: ImageReference;
  readonly texts: [string, ...string[]];
}

/** @throws an error that ends the whole run */
async function orError<T>(work: () => Promise<T>): Promise<T | GateError> {
  try {
    return await work();
  } catch (error) {
    if (endsRun(error) || !(error instanceof GateError)) throw error;
    return error;
  }
}

/**
 * Resolves references as `resolveEach` does, all or none.
 * @throws GateError with every reference that could not be resolved
 */
export async function resolveImages(
  references: readonly ImageReference[],
  source: ImageSource,
): Promise<ResolvedImage[]> {
  const resolutions = await resolveEach(references, source);
  const failure = failureOf(resolutions);
  if (failure !== undefined) throw failure;
  return resolutions.filter(isResolved);
}

/** One error for all images that could not be resolved; undefined if all of them were. */
export function failureOf(resolutions: readonly Resolution[]): GateError | undefined {
  const failures = resolutions.flatMap((one): NamedFailure[] =>
    isResolved(one) ? [] : [{ name: one.references[0], error: one.error }],
  );
  const [first, ...others] = failures;
  return first === undefined ? undefined : combineFailures([first, ...others]);
}

async function expand(
  { registry, repository }: ImageReference,
  detail: ImageDetail,
  references: readonly string[],
  source: ImageSource,
): Promise<ResolvedImage> {
  const uri = imageUri(registry, repository, detail.digest);
  const [top] = await fetchManifests(registry, repository, [detail.digest], source);
  const image = { references, registry, repository, digest: detail.digest, uri };
  if (top?.kind !== 'index') {
    if (top === undefined) throw notAnImage(uri);
    refuseUnscannable(uri, top);
    const platform = { registry, repository, platform: NO_PLATFORM, ...detail };
    return { ...image, isIndex: false, platforms: [platform], attestations: [], skipped: [] };
  }
  const { platforms, attestations, artifacts } = await childImages(registry, repository, top, source);
  if (platforms.size === 0) throw notAnImage(uri);
  const details = await source.describeAll(registry, repository, [...platforms.keys()]);
  const found = new Map(details.map((child) => [child.digest, child]));
  return {
    ...image,
    isIndex: true,
    attestations: [...attestations],
    skipped: [...artifacts].map(([digest, type]) => ({ digest, type })),
    platforms: [...platforms].map(([digest, names]) => {
      const child = found.get(digest);
      if (child === undefined) throw missing(uri, digest);
      return { registry, repository, platform: joinedNames(names), ...child };
    }),
  };
}

interface Children {
  /** Platform images and the platforms that the index states for them. */
  readonly platforms: Map<Digest, Set<string>>;
  readonly attestations: Set<Digest>;
  /** Artifacts that nothing can run, and their types. */
  readonly artifacts: Map<Digest, string>;
  readonly indexes: Set<Digest>;
}

type Index = Manifest & { readonly kind: 'index' };

/** The children of an index and of the indexes nested in it, read level by level. */
async function childImages(
  registry: Registry,
  repository: string,
  top: Index,
  source: ImageSource,
): Promise<Children> {
  const found: Children = {
    platforms: new Map(),
    attestations: new Set(),
    artifacts: new Map(),
    indexes: new Set([top.digest]),
  };
  let level: readonly Index[] = [top];
  while (level.length > 0) {
    const children = level.flatMap((index) => index.children);
    if (children.length > MOST_CHILDREN) throw tooMany(top.digest, `has more than ${MOST_CHILDREN} entries`);
    const digests = [...new Set(children.map(({ digest }) => digest))];
    const known = Object.values(found).reduce((sum, { size }) => sum + size, 0);
    // Beside each image there can be an attestation and a SOCI index.
    if (digests.length + known > 3 * MOST_IMAGES) throw tooMany(top.digest, TOO_MANY_IMAGES);
    const fetched = await fetchManifests(registry, repository, digests, source);
    const manifests = new Map(fetched.map((manifest) => [manifest.digest, manifest]));
    const nested = children.flatMap((child) => {
      const manifest = manifests.get(child.digest);
      if (manifest === undefined) throw missing(imageUri(registry, repository, top.digest), child.digest);
      return addChild(child, manifest, found, imageUri(registry, repository, child.digest)) ?? [];
    });
    if (found.platforms.size > MOST_IMAGES) throw tooMany(top.digest, TOO_MANY_IMAGES);
    level = nested;
  }
  // A child that one index lists as an attestation and another as an image is an image.
  for (const digest of found.platforms.keys()) found.attestations.delete(digest);
  return found;
}

/**
 * Adds a child of an index to what was found: as a nested index, an artifact that is skipped, an attestation that is
 * skipped, or a platform image.
 * @returns a nested index that was not read yet
 * @throws GateError `unscannable` for a child that is none of these
 */
function addChild(
  child: Descriptor,
  manifest: Manifest,
  { platforms, attestations, artifacts, indexes }: Children,
  uri: string,
): Index | undefined {
  const { digest } = child;
  if (manifest.kind === 'index') {
    if (indexes.has(digest)) return undefined;
    indexes.add(digest);
    return manifest;
  }
  const type = artifactTypeOf(child, manifest);
  if (type !== undefined) {
    artifacts.set(digest, type);
  } else if (isAttestation(child, manifest)) {
    attestations.add(digest);
  } else {
    refuseUnscannable(uri, manifest, { inIndex: true });
    platforms.set(digest, (platforms.get(digest) ?? new Set()).add(platformName(child.platform)));
  }
  return undefined;
}

async function fetchManifests(
  registry: Registry,
  repository: string,
  digests: readonly Digest[],
  source: ImageSource,
): Promise<Manifest[]> {
  const texts = await source.manifests(registry, repository, digests);
  return digests.map((digest) => {
    const text = texts.get(digest);
    if (text === undefined) throw missing(`${registry.host}/${repository}`, digest);
    return parseManifest(digest, text);
  });
}

/** @throws GateError `unscannable` for a manifest that is not an image, and for an image that no scan covers completely */
function refuseUnscannable(uri: string, manifest: Manifest, { inIndex = false } = {}): void {
  if (!isRunnable(manifest)) throw notAnImage(uri, inIndex);
  const layer = unscannableLayer(manifest);
  if (layer === undefined) return;
  const nextStep = 'Build the image with all of its layers in the registry, unencrypted.';
  throw new GateError('unscannable', `${uri} cannot be verified: ${layer}, so no scan covers it.`, {
    nextStep: inIndex ? `${nextStep} ${DEPLOYED_PLATFORM}` : nextStep,
  });
}

/** Another step that helps if one platform of an index cannot be scanned. */
export const DEPLOYED_PLATFORM = 'Or give the digest of the platform that you deploy instead of the index.';

function notAnImage(uri: string, inIndex = false): GateError {
  const what = 'a Helm chart, a signature, an SBOM or an empty index';
  return new GateError('unscannable', `${uri} is not a container image (it may be ${what}).`, {
    nextStep: inIndex
      ? `Remove it from the index. ${DEPLOYED_PLATFORM}`
      : 'Give the reference of the image that is deployed.',
  });
}

function missing(uri: string, digest: Digest): GateError {
  return new GateError('not-found', `${uri}: ECR did not return ${digest}.`, {
    nextStep: INCOMPLETE_INDEX,
  });
}

/** What to do where a child of an index is missing. */
export const INCOMPLETE_INDEX =
  'The index may be incomplete: push the image again with all its platforms. If the repository is a pull-through cache, pull the image once for each platform instead.';

const TOO_MANY_IMAGES = `contains more than ${MOST_IMAGES} images`;

function tooMany(digest: Digest, why: string): GateError {
  return new GateError('unscannable', `The index ${digest} ${why}.`, {
    nextStep: `Push an index of the platforms that you deploy. ${DEPLOYED_PLATFORM}`,
  });
}
