/** Which images ECS and Lambda run or refer to, by the repository that they come from. */
import { canonicalHost, InvalidReference, parseReference } from '../image/reference.ts';
import type { Fact, Image, ImageCoverage, ImageUse } from './facts.ts';
import type { ImageSet } from './images.ts';

/** A use of an image of a known registry. */
export interface PlacedUse extends ImageUse {
  /** The tag that the reference names, and no digest. */
  readonly tag: string | undefined;
  /** The digest that the reference names. */
  readonly pinned: string | undefined;
}

/** The uses of a repository, by their source. Each source is a separate fact. */
export type UsesBySource = readonly Fact<readonly PlacedUse[]>[];

/** The uses of each repository, by `HOST/NAME` with the canonical host. References to other registries are left out. */
export function usesByRepository(uses: readonly ImageUse[]): ReadonlyMap<string, readonly PlacedUse[]> {
  const found = new Map<string, PlacedUse[]>();
  for (const use of uses) {
    const placed = place(use);
    if (placed === undefined) continue;
    const list = found.get(placed.repository);
    if (list === undefined) found.set(placed.repository, [placed.use]);
    else list.push(placed.use);
  }
  return found;
}

function place(use: ImageUse): { readonly repository: string; readonly use: PlacedUse } | undefined {
  try {
    const { registry, repository, tag, digest } = parseReference(withCanonicalHost(use.image));
    return {
      repository: `${canonicalHost(registry)}/${repository}`,
      use: { ...use, tag: digest === undefined ? tag : undefined, pinned: digest },
    };
  } catch (error) {
    if (error instanceof InvalidReference) return undefined;
    throw error;
  }
}

/** Container runtimes also accept the host name in upper case and with the HTTPS port: it is the same registry. */
function withCanonicalHost(image: string): string {
  const slash = image.indexOf('/');
  return slash === -1 ? image : image.slice(0, slash).toLowerCase().replace(/:443$/, '') + image.slice(slash);
}

/**
 * The digest that a use runs: the digest that AWS reports or, without one, the digest that the reference currently
 * resolves to.
 */
export function digestOf({ digest, pinned, tag }: PlacedUse, set: ImageSet): string | undefined {
  return digest ?? pinned ?? (tag === undefined ? undefined : set.tagged(tag)?.digest);
}

/** An image or index that runs. */
export interface Running {
  readonly digest: string;
  /** Undefined for one that the repository no longer has. */
  readonly image: Image | undefined;
  /** What runs it, for people. */
  readonly by: readonly string[];
  readonly clusters: readonly string[];
  /** The architectures that run. An unknown one is undefined. */
  readonly architectures: readonly (string | undefined)[];
}

/** The images of a repository that run, each digest once. */
export class RunningImages {
  private readonly set: ImageSet;
  private readonly found = new Map<string, Running>();
  /** Uses whose image is unknown. */
  readonly unresolved: PlacedUse[] = [];

  constructor(set: ImageSet) {
    this.set = set;
  }

  addUses(uses: readonly PlacedUse[]): void {
    for (const use of uses) {
      const digest = digestOf(use, this.set);
      if (digest === undefined) this.unresolved.push(use);
      else this.add(digest, use.by, use.cluster === undefined ? [] : [use.cluster], use.architecture);
    }
  }

  /** The images that Inspector reports as in use. */
  addCoverage(rows: readonly ImageCoverage[]): void {
    for (const { digest, inUseCount = 0, clusters } of rows) {
      if (inUseCount > 0) this.add(digest, 'inspector:in-use', clusters, undefined);
    }
  }

  get all(): readonly Running[] {
    return [...this.found.values()];
  }

  get digests(): ReadonlySet<string> {
    return new Set(this.found.keys());
  }

  private add(
    digest: string,
    by: string,
    clusters: readonly string[],
    architecture: string | undefined,
  ): void {
    const before = this.found.get(digest);
    this.found.set(digest, {
      digest,
      image: this.set.of(digest),
      by: distinct(before?.by, [by]),
      clusters: distinct(before?.clusters, clusters),
      architectures: distinct(before?.architectures, [architecture]),
    });
  }
}

function distinct<T>(before: readonly T[] = [], more: readonly T[]): readonly T[] {
  return [...new Set([...before, ...more])];
}

/** Why an image cannot be pulled; undefined for one that can be. */
export function lack(image: Image | undefined): 'missing' | 'archived' | 'unknown' | undefined {
  if (image === undefined) return 'missing';
  if (image.storageClass === 'archive') return 'archived';
  return image.storageClass === undefined ? 'unknown' : undefined;
}
