/** A reference becomes one digest, once; the digest becomes the platform images that have to be scanned. */

import { GateError } from '../errors.ts';
import type { Digest, ImageReference, Registry } from '../results/registry.ts';
import { isAttestation, isRunnable, type Manifest, parseManifest, unscannableLayer } from './manifest.ts';
import { joinedNames, NO_PLATFORM, platformName } from './platform.ts';
import { imageUri } from './reference.ts';

/** The most images an index may lead to: more is no image anyone deploys, but work without end. */
export const MOST_IMAGES = 64;

/** How often the indexes of one level may name an image: the same one can be listed for several platforms. */
const MOST_CHILDREN = 1_000;

/** What the registry says of an image besides its manifest. */
export interface ImageDetail {
  readonly digest: Digest;
  readonly pushedAt: Date;
  /** ACTIVE, ARCHIVED, ACTIVATING; undefined where ECR does not say. */
  readonly status: string | undefined;
}

/** The questions that resolving asks of a registry. */
export interface ImageSource {
  /**
   * Details of one image by tag or by digest, or by both, which then have to agree.
   * @throws GateError `not-found` naming what is missing
   */
  describe(reference: ImageReference): Promise<ImageDetail>;
  /** Details of several images of one repository by digest. */
  describeAll(registry: Registry, repository: string, digests: readonly Digest[]): Promise<ImageDetail[]>;
  /** Manifests by digest, in the bytes that were pushed. */
  manifests(registry: Registry, repository: string, digests: readonly Digest[]): Promise<Map<Digest, string>>;
}

/** One image that Inspector scans: an image manifest, by digest. */
export interface PlatformImage {
  readonly registry: Registry;
  readonly repository: string;
  readonly digest: Digest;
  /** `linux/arm/v7`; several platforms may share a digest; `unknown` for an image that is no index's child. */
  readonly platform: string;
  readonly pushedAt: Date;
  readonly status: string | undefined;
}

/** What a platform image is called where a person reads it. */
export function imageName({ repository, digest, platform }: PlatformImage): string {
  return platform === NO_PLATFORM ? `${repository}@${digest}` : `${repository}@${digest} (${platform})`;
}

export interface ResolvedImage {
  /** As the user wrote them: more than one where they name the same digest. */
  readonly references: readonly string[];
  readonly registry: Registry;
  readonly repository: string;
  readonly digest: Digest;
  /** `HOST/REPOSITORY@DIGEST`. */
  readonly uri: string;
  readonly isIndex: boolean;
  readonly platforms: readonly PlatformImage[];
  readonly attestations: readonly Digest[];
}

/**
 * Resolves every reference, side by side. References to one digest become one image, so it is judged once.
 * @throws GateError naming the reference that could not be resolved
 */
export async function resolveImages(
  references: readonly ImageReference[],
  source: ImageSource,
): Promise<ResolvedImage[]> {
  const details = await Promise.all(references.map((reference) => source.describe(reference)));
  const images = new Map<string, { reference: ImageReference; detail: ImageDetail; texts: string[] }>();
  for (const [index, reference] of references.entries()) {
    const detail = details[index];
    if (detail === undefined) continue;
    const { account, region } = reference.registry;
    const key = [account, region, reference.repository, detail.digest].join();
    const known = images.get(key);
    if (known) known.texts.push(reference.text);
    else images.set(key, { reference, detail, texts: [reference.text] });
  }
  return Promise.all(
    [...images.values()].map(({ reference, detail, texts }) => expand(reference, detail, texts, source)),
  );
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
    return { ...image, isIndex: false, platforms: [platform], attestations: [] };
  }
  const { platforms, attestations } = await childImages(registry, repository, top, source);
  if (platforms.size === 0) throw notAnImage(uri);
  const details = await source.describeAll(registry, repository, [...platforms.keys()]);
  const found = new Map(details.map((child) => [child.digest, child]));
  return {
    ...image,
    isIndex: true,
    attestations: [...attestations],
    platforms: [...platforms].map(([digest, names]) => {
      const child = found.get(digest);
      if (child === undefined) throw missing(uri, digest);
      return { registry, repository, platform: joinedNames(names), ...child };
    }),
  };
}

interface Children {
  /** Platform images and the platforms that the index gives them. */
  readonly platforms: Map<Digest, Set<string>>;
  readonly attestations: Set<Digest>;
}

/** The images below an index, level by level: nested indexes are followed. */
async function childImages(
  registry: Registry,
  repository: string,
  top: Manifest & { kind: 'index' },
  source: ImageSource,
): Promise<Children> {
  const platforms = new Map<Digest, Set<string>>();
  const attestations = new Set<Digest>();
  const indexes = new Set<Digest>([top.digest]);
  let level: readonly (Manifest & { kind: 'index' })[] = [top];
  while (level.length > 0) {
    const siblings = level.map(({ children }) => children);
    if (siblings.reduce((sum, children) => sum + children.length, 0) > MOST_CHILDREN) {
      throw tooMany(top.digest, `lists images more than ${MOST_CHILDREN} times`);
    }
    const digests = [...new Set(siblings.flat().map(({ digest }) => digest))];
    if (digests.length + platforms.size + attestations.size + indexes.size > 2 * MOST_IMAGES)
      throw tooMany(top.digest, TOO_MANY_IMAGES);
    const manifests = new Map(
      (await fetchManifests(registry, repository, digests, source)).map((manifest) => [
        manifest.digest,
        manifest,
      ]),
    );
    const next: (Manifest & { kind: 'index' })[] = [];
    for (const children of siblings) {
      for (const child of children) {
        const manifest = manifests.get(child.digest);
        if (manifest === undefined) throw missing(imageUri(registry, repository, top.digest), child.digest);
        if (manifest.kind === 'index') {
          if (!indexes.has(child.digest)) next.push(manifest);
          indexes.add(child.digest);
        } else if (isAttestation(child, children, manifest)) {
          attestations.add(child.digest);
        } else {
          refuseUnscannable(imageUri(registry, repository, child.digest), manifest);
          platforms.set(
            child.digest,
            (platforms.get(child.digest) ?? new Set()).add(platformName(child.platform)),
          );
        }
      }
    }
    if (platforms.size > MOST_IMAGES) throw tooMany(top.digest, TOO_MANY_IMAGES);
    level = next;
  }
  // A child that one index calls an attestation and another an image is an image.
  for (const digest of platforms.keys()) attestations.delete(digest);
  return { platforms, attestations };
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

/** @throws GateError `unscannable` for what is no image, and for an image that no scanner can read as a whole */
function refuseUnscannable(uri: string, manifest: Manifest): void {
  if (!isRunnable(manifest)) throw notAnImage(uri);
  const layer = unscannableLayer(manifest);
  if (layer === undefined) return;
  throw new GateError('unscannable', `${uri} cannot be verified: ${layer}, so no scan covers it.`, {
    nextStep: 'Build the image with all of its layers in the registry, unencrypted.',
  });
}

function notAnImage(uri: string): GateError {
  return new GateError(
    'unscannable',
    `${uri} is not a container image (a chart, a signature, an SBOM or an empty index).`,
    {
      nextStep: 'Give the gate the reference of the image that is deployed.',
    },
  );
}

function missing(uri: string, digest: Digest): GateError {
  return new GateError('not-found', `${uri}: ECR did not return ${digest}.`, {
    nextStep: 'The index may have been pushed only in part: push the image again with all its platforms.',
  });
}

const TOO_MANY_IMAGES = `leads to more than ${MOST_IMAGES} images`;

function tooMany(digest: Digest, why: string): GateError {
  return new GateError('unscannable', `The index ${digest} ${why}.`, {
    nextStep: 'Push an index of the platforms that are deployed, and gate that one.',
  });
}
