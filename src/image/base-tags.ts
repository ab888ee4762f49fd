/**
 * Finds out what an image is built on, for advice: which layers it has from an image of a base image's repository, and
 * which image the base image's tag points at now. Layers are evidence only if their blobs are the same. Only images
 * that the repository lists are read, so that a pull-through cache does not contact its upstream registry.
 */
import type { Digest, ImageReference, Registry } from '../results/registry.ts';
import { type ImageConfig, isBuiltOn } from './layers.ts';
import type { ListedImage, Listing } from './listing.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { type LayerSource, readConfig, statedBaseOf } from './origins.ts';
import { NO_PLATFORM, platformName } from './platform.ts';
import { parseReference, plainName } from './reference.ts';
import type { ResolvedImage } from './resolve.ts';

/** The most images of a repository that are compared with the layers of an image. */
const MOST_CANDIDATES = 200;

/** A base image with a tag. A digest alone names no newer image. */
export interface BaseTag {
  readonly registry: Registry;
  readonly repository: string;
  readonly tag: string;
  /** The digest that the image is said to be built on; undefined: it is found by the layers. */
  readonly digest: Digest | undefined;
  /** `HOST/REPOSITORY:TAG`. */
  readonly text: string;
  /** Whether the workflow names it; false: only the image does. */
  readonly named: boolean;
}

/** One platform of an image, with what is needed to compare its layers. */
export interface BuiltPlatform {
  readonly digest: Digest;
  readonly pushedAt: Date;
  /** In containerd's spelling, by its config, which the index does not contradict. */
  readonly platform: string;
  readonly layerDigests: readonly (Digest | undefined)[];
  readonly diffIds: readonly Digest[];
}

/** The base image of one platform, as the layers show it. */
export interface BuiltOn {
  /** How many layers the platform image has from its base image. */
  readonly layerCount: number;
  /** Digests of those layers, without any that the image also has further up. */
  readonly layers: ReadonlySet<string>;
  /** When ECR received the base image. */
  readonly pushedAt: Date;
  /** Whether it is the image that the tag points at now, or one with the same layers. */
  readonly isCurrent: boolean;
}

type ImageManifest = Manifest & { readonly kind: 'image' };

/** The base image that a reference names; undefined if it has no tag. */
export function baseTagOf(
  { registry, repository, tag, digest }: ImageReference,
  named: boolean,
): BaseTag | undefined {
  if (tag === undefined) return undefined;
  return { registry, repository, tag, digest, named, text: `${registry.host}/${repository}:${tag}` };
}

/**
 * Reads the platforms of an image, and the base images that it names in its annotations.
 * @returns undefined if a platform is unknown, or if its config contradicts its index
 * @throws GateError, LayersUnknown if a manifest or a config cannot be read
 */
export async function readBuilt(
  image: ResolvedImage,
  source: LayerSource,
): Promise<{ platforms: readonly BuiltPlatform[]; stated: readonly BaseTag[] } | undefined> {
  const { registry, repository, digest } = image;
  const wanted = new Set([digest, ...image.platforms.map((platform) => platform.digest)]);
  const texts = await source.images.manifests(registry, repository, [...wanted]);
  const manifests = new Map([...texts].map(([key, text]) => [key, parseManifest(key, text)]));
  const stated = new Map<string, BaseTag>();
  const platforms: BuiltPlatform[] = [];
  for (const { digest: child, platform: listed, pushedAt } of image.platforms) {
    const manifest = manifests.get(child);
    if (manifest?.kind !== 'image') return undefined;
    const config = await readConfig(registry, repository, manifest, source);
    const platform = config && nameOf(config);
    if (platform === undefined || config === undefined) return undefined;
    if (listed !== NO_PLATFORM && !listed.split(', ').includes(platform)) return undefined;
    const { layerDigests } = manifest;
    platforms.push({ digest: child, pushedAt, platform, layerDigests, diffIds: config.diffIds });
    const base = statedTag(manifest, manifests.get(digest), registry);
    if (base !== undefined) stated.set(`${base.text}@${base.digest}`, base);
  }
  return { platforms, stated: [...stated.values()] };
}

/** The tag that annotations name, in the image's own registry. */
function statedTag(manifest: Manifest, top: Manifest | undefined, registry: Registry): BaseTag | undefined {
  const { name, digest } = statedBaseOf(manifest, top) ?? {};
  if (name === undefined) return undefined;
  try {
    const reference = parseReference(name);
    if (reference.registry.host !== registry.host) return undefined;
    return baseTagOf({ ...reference, digest: digest ?? reference.digest }, false);
  } catch {
    return undefined;
  }
}

/** The repository of a base image: what it lists, and what was read of it. */
export class BaseRepository {
  readonly listing: Listing;
  private readonly registry: Registry;
  private readonly repository: string;
  private readonly source: LayerSource;
  private readonly manifests = new Map<Digest, Manifest | undefined>();
  private readonly configs = new Map<Digest, Promise<ImageConfig | undefined>>();

  constructor(registry: Registry, repository: string, listing: Listing, source: LayerSource) {
    this.registry = registry;
    this.repository = repository;
    this.listing = listing;
    this.source = source;
  }

  /**
   * What each platform of an image is built on, by its digest; undefined if the layers do not show it for every
   * platform. An image starts with all layers of its base image and adds others. If it starts with the layers of
   * several images of the repository, its base image is the one with the most layers, but not with more layers than the
   * image that the tag points at now, because such an image could itself be built on the base image.
   */
  async basesOf(
    { registry, repository }: ResolvedImage,
    platforms: readonly BuiltPlatform[],
    base: BaseTag,
  ): Promise<ReadonlyMap<Digest, BuiltOn> | undefined> {
    const tagged = this.listing.tagged.get(base.tag);
    if (tagged === undefined) return undefined;
    // The repository then also contains releases of the image, which have most of its layers.
    const isOwn = plainName(registry, repository) === plainName(base.registry, base.repository);
    const found = new Map<Digest, BuiltOn>();
    for (const platform of platforms) {
      const now = await this.childOf(tagged.digest, platform.platform);
      if (now === undefined) return undefined;
      const isCurrent = isBuiltOn(platform, now);
      const candidates = isCurrent
        ? [now]
        : base.digest !== undefined && this.listing.images.has(base.digest)
          ? [await this.childOf(base.digest, platform.platform)]
          : isOwn
            ? []
            : await this.candidates(platform.pushedAt);
      const most = now.layerDigests.length;
      const built = candidates.flatMap((candidate) => {
        if (candidate === undefined || !isBuiltOn(platform, candidate)) return [];
        const layerCount = candidate.layerDigests.length;
        const pushedAt = this.listing.images.get(candidate.digest)?.pushedAt;
        return pushedAt === undefined || layerCount > most ? [] : [{ layerCount, pushedAt }];
      });
      const [longest] = built.sort(
        (a, b) => b.layerCount - a.layerCount || b.pushedAt.getTime() - a.pushedAt.getTime(),
      );
      if (longest === undefined) return undefined;
      found.set(platform.digest, { ...longest, layers: ownLayers(platform, longest.layerCount), isCurrent });
    }
    return found;
  }

  /** The image of one platform behind a digest of the repository; undefined if it is not certain. */
  async childOf(top: Digest, platform: string): Promise<ImageManifest | undefined> {
    await this.read([top]);
    const manifest = this.manifests.get(top);
    if (manifest === undefined) return undefined;
    const digests =
      manifest.kind === 'image'
        ? [top]
        : manifest.children.flatMap((child) =>
            !child.isForNoPlatform && platformName(child.platform) === platform ? [child.digest] : [],
          );
    const [digest, ...others] = new Set(digests);
    if (digest === undefined || others.length > 0) return undefined;
    await this.read([digest]);
    const child = this.manifests.get(digest);
    if (child?.kind !== 'image') return undefined;
    const known = this.configs.get(digest) ?? readConfig(this.registry, this.repository, child, this.source);
    this.configs.set(digest, known);
    const config = await known;
    return config !== undefined && nameOf(config) === platform ? child : undefined;
  }

  /** Images that an image may be built on. Those that were pushed before it come first, latest first. */
  private async candidates(pushedAt: Date): Promise<ImageManifest[]> {
    const ordered = [...this.listing.images.values()]
      .filter(({ mediaType = '' }) => !/index|list/.test(mediaType))
      .sort((a, b) => later(a, pushedAt) - later(b, pushedAt) || b.pushedAt.getTime() - a.pushedAt.getTime());
    const digests = ordered.slice(0, MOST_CANDIDATES).map(({ digest }) => digest);
    await this.read(digests);
    return digests.flatMap((digest) => {
      const manifest = this.manifests.get(digest);
      return manifest?.kind === 'image' ? [manifest] : [];
    });
  }

  /** Reads manifests that the repository lists, each once. One that cannot be read as a manifest is left out. */
  private async read(digests: readonly Digest[]): Promise<void> {
    const missing = digests.filter(
      (digest) => !this.manifests.has(digest) && this.listing.images.has(digest),
    );
    if (missing.length === 0) return;
    const texts = await this.source.images.manifests(this.registry, this.repository, missing);
    for (const digest of missing) {
      const text = texts.get(digest);
      this.manifests.set(digest, text === undefined ? undefined : parsed(digest, text));
    }
  }
}

function parsed(digest: Digest, text: string): Manifest | undefined {
  try {
    return parseManifest(digest, text);
  } catch {
    return undefined;
  }
}

function later({ pushedAt }: ListedImage, than: Date): number {
  return pushedAt > than ? 1 : 0;
}

/** The digests of the lowest layers, without any that is also further up. */
function ownLayers({ layerDigests }: BuiltPlatform, count: number): ReadonlySet<string> {
  const above = new Set(layerDigests.slice(count));
  return new Set(layerDigests.slice(0, count).flatMap((digest) => (above.has(digest) ? [] : (digest ?? []))));
}

/** The platform that a config states; undefined if it does not state one. */
function nameOf({ platform }: ImageConfig): string | undefined {
  return platform?.os === undefined || platform.architecture === undefined
    ? undefined
    : platformName(platform);
}
