/** Reads manifests, configs and base images that explain the layers of an image. A failure here never fails a run. */

import type { Deadline } from '../deadline.ts';
import { messageOf } from '../errors.ts';
import type { Digest, ImageReference, Registry } from '../results/registry.ts';
import type { ConfigSource } from './configs.ts';
import {
  type BaseLayers,
  hasBlobsOf,
  type ImageConfig,
  type ImageLayers,
  imageLayers,
  parseConfig,
  type StatedBase,
  statedBase,
} from './layers.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { NO_PLATFORM } from './platform.ts';
import { parseReference, plainName } from './reference.ts';
import { type ImageSource, type ResolvedImage, resolveImages } from './resolve.ts';

/** Where the data about layers is read. */
export interface LayerSource {
  readonly images: ImageSource;
  readonly configs: ConfigSource;
}

/** The layers of an image, as far as they could be read. */
export interface LayerReading {
  /** By the digest of the platform image; an image whose manifest could not be read is missing. */
  readonly layers: ReadonlyMap<string, ImageLayers>;
  /** What could not be read, one line for each. The texts may be hostile. */
  readonly notices: readonly string[];
}

type ImageManifest = Manifest & { readonly kind: 'image' };

/** Base images with the data that images are compared with. */
export interface BaseImages {
  readonly platforms: readonly BasePlatform[];
  /** Which base images could not be read, and why. The texts may be hostile. */
  readonly notices: readonly string[];
}

interface BasePlatform {
  readonly name: string;
  /** Whether the policy allows it as a base image. */
  readonly allowed: boolean;
  readonly uri: string;
  readonly manifest: ImageManifest;
  readonly config: () => Promise<ImageConfig | undefined>;
}

/**
 * Reads base images, each with all of its platforms, because only the layers show which of them an image is built on. It
 * never rejects.
 * @param isAllowed whether the policy allows a base image in a repository, by its plain name
 */
export async function readBaseImages(
  references: readonly ImageReference[],
  source: LayerSource,
  isAllowed: (repository: string) => boolean,
): Promise<BaseImages> {
  const read = await Promise.all(
    references.map(async (reference): Promise<BaseImages> => {
      try {
        return { platforms: await basePlatforms(reference, source, isAllowed), notices: [] };
      } catch (error) {
        const notice = `The base image ${reference.text} could not be read: ${messageOf(error)}`;
        return { platforms: [], notices: [notice] };
      }
    }),
  );
  return {
    platforms: read.flatMap(({ platforms }) => platforms),
    notices: read.flatMap(({ notices }) => notices),
  };
}

async function basePlatforms(
  reference: ImageReference,
  source: LayerSource,
  isAllowed: (repository: string) => boolean,
): Promise<BasePlatform[]> {
  const resolved = await resolveImages([reference], source.images);
  const read = resolved.map(async ({ registry, repository, platforms }) => {
    const digests = platforms.map(({ digest }) => digest);
    const manifests = await readManifests(registry, repository, digests, source);
    const repositoryName = plainName(registry, repository);
    return imagesOf(manifests).map((manifest) => ({
      name: reference.text,
      allowed: isAllowed(repositoryName),
      uri: `${repositoryName}@${manifest.digest}`,
      manifest,
      config: once(() => readConfig(registry, repository, manifest, source).catch(() => undefined)),
    }));
  });
  return (await Promise.all(read)).flat();
}

/**
 * Reads the layers of every platform of an image. It never rejects: what cannot be read is left out and named in a
 * notice.
 * @param base from readBaseImages; undefined if the workflow named none
 */
export async function readLayers(
  image: ResolvedImage,
  base: BaseImages | undefined,
  source: LayerSource,
): Promise<LayerReading> {
  const { registry, repository, digest } = image;
  const notices = new Set<string>(base?.notices);
  const layers = new Map<string, ImageLayers>();
  let manifests: Map<Digest, Manifest>;
  try {
    const digests = new Set([digest, ...image.platforms.map((platform) => platform.digest)]);
    manifests = await readManifests(registry, repository, [...digests], source);
  } catch (error) {
    return { layers, notices: [...notices, `The layers of ${image.uri} are unknown: ${messageOf(error)}`] };
  }
  const namedBases = new Map<string, Promise<BaseImages>>();
  const readStated = (stated: StatedBase): Promise<BaseImages> => {
    const reference = readable(stated, registry);
    if (reference === undefined) return Promise.resolve({ platforms: [], notices: [] });
    // Only the image itself names it, so no rule uses it.
    const known = namedBases.get(reference.text) ?? readBaseImages([reference], source, () => false);
    namedBases.set(reference.text, known);
    return known;
  };

  await Promise.all(
    imagesOf(manifests).map(async (manifest) => {
      const config = await readConfig(registry, repository, manifest, source).catch((error: unknown) => {
        notices.add(
          `The instructions that created the layers of ${repository} are unknown: ${messageOf(error)}`,
        );
        return undefined;
      });
      const stated = statedBaseOf(manifest, manifests.get(digest));
      const own = { digest: manifest.digest, layerDigests: manifest.layerDigests, diffIds: config?.diffIds };
      const [given, named] = await Promise.all([
        basesOf(own, base),
        // A base image that only the image itself names gets no notice where it cannot be used.
        stated === undefined ? [] : readStated(stated).then((found) => basesOf(own, found)),
      ]);
      layers.set(manifest.digest, imageLayers(manifest, config, given, named, stated));
    }),
  );
  if (base !== undefined && base.platforms.length > 0) {
    for (const { digest: child, platform } of image.platforms) {
      const { base: built, whole = [] } = layers.get(child) ?? {};
      for (const { name } of whole) {
        notices.add(
          `The base image ${name} was not used for the image ${child}${platform === NO_PLATFORM ? '' : ` (${platform})`} of ${repository}: it has every layer of that image. Set base-image to the image that it is built on.`,
        );
      }
      if (built !== undefined || whole.length > 0) continue;
      notices.add(
        `The image ${child}${platform === NO_PLATFORM ? '' : ` (${platform})`} of ${repository} does not start with the layers of any image in base-image. It was built on another image, or on an earlier image of the same tag.`,
      );
    }
  }
  return { layers, notices: [...notices] };
}

/** How long a run waits for layers that are only shown with a finding. Most of them were read during the wait for the scan. */
const PATIENCE_MS = 20_000;

/** The layers, or a notice that they could not be read in time. */
export async function readInTime(
  reading: Promise<LayerReading>,
  deadline: Pick<Deadline, 'sleep'>,
): Promise<LayerReading> {
  const late = { layers: new Map(), notices: ['The layers were not read in time.'] };
  return Promise.race([reading, deadline.sleep(PATIENCE_MS).then(() => late)]);
}

/** The platforms of a base image, with their configs where the blobs alone do not show that it is the base. */
async function basesOf(
  own: Pick<BaseLayers, 'digest' | 'layerDigests' | 'diffIds'>,
  base: BaseImages | undefined,
): Promise<BaseLayers[]> {
  const bases = (base?.platforms ?? []).map(({ name, allowed, uri, manifest, config }) => ({
    known: {
      ...{ name, allowed, uri, digest: manifest.digest },
      ...{ layerDigests: manifest.layerDigests, diffIds: undefined },
    },
    config,
  }));
  if (bases.some(({ known }) => hasBlobsOf(own, known))) return bases.map(({ known }) => known);
  return Promise.all(
    bases.map(async ({ known, config }) => ({ ...known, diffIds: (await config())?.diffIds })),
  );
}

/**
 * The base image that a platform image names in its annotations, or the index for it.
 * @param top the manifest of the whole image
 */
export function statedBaseOf(
  { annotations, digest }: Manifest,
  top: Manifest | undefined,
): StatedBase | undefined {
  return statedBase([annotations, ...indexAnnotations(top, digest)]);
}

/** The reference of a stated base image, if it is in the image's own registry and can be read there. */
function readable({ name, digest }: StatedBase, registry: Registry): ImageReference | undefined {
  if (name === undefined) return undefined;
  try {
    const reference = parseReference(name);
    if (reference.registry.host !== registry.host) return undefined;
    return digest === undefined
      ? reference
      : { ...reference, tag: undefined, digest, text: `${name}@${digest}` };
  } catch {
    return undefined;
  }
}

/** The annotations that an index has for one of its children, and the annotations of the index. */
function indexAnnotations(index: Manifest | undefined, child: Digest): Readonly<Record<string, string>>[] {
  if (index?.kind !== 'index') return [];
  const descriptors = index.children.filter(({ digest }) => digest === child);
  return [...descriptors.map(({ annotations }) => annotations), index.annotations];
}

async function readManifests(
  registry: Registry,
  repository: string,
  digests: readonly Digest[],
  { images }: LayerSource,
): Promise<Map<Digest, Manifest>> {
  const texts = await images.manifests(registry, repository, digests);
  return new Map([...texts].map(([digest, text]) => [digest, parseManifest(digest, text)]));
}

function imagesOf(manifests: ReadonlyMap<Digest, Manifest>): ImageManifest[] {
  return [...manifests.values()].filter((manifest): manifest is ImageManifest => manifest.kind === 'image');
}

/** The config of an image; undefined if its manifest names none. */
export async function readConfig(
  registry: Registry,
  repository: string,
  { config }: ImageManifest,
  { configs }: LayerSource,
): Promise<ImageConfig | undefined> {
  if (config === undefined) return undefined;
  return parseConfig(config.digest, await configs.config(registry, repository, config));
}

/** A function that runs `make` once and returns the same result every time. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
