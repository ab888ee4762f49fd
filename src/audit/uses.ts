/** Which images ECS and Lambda run or refer to, by the repository that they come from. */
import { canonicalHost, InvalidReference, parseReference } from '../image/reference.ts';
import type { Image, ImageUse } from './facts.ts';
import type { ImageSet } from './images.ts';

/** A use of an image of a known registry. */
export interface PlacedUse extends ImageUse {
  /** The tag that the reference names, and no digest. */
  readonly tag: string | undefined;
  /** The digest that the reference names. */
  readonly pinned: string | undefined;
}

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
    const { registry, repository, tag, digest } = parseReference(use.image);
    return {
      repository: `${canonicalHost(registry)}/${repository}`,
      use: { ...use, tag: digest === undefined ? tag : undefined, pinned: digest },
    };
  } catch (error) {
    if (error instanceof InvalidReference) return undefined;
    throw error;
  }
}

/** The digest that a use runs: what AWS says, or else what the reference leads to now. */
export function digestOf({ digest, pinned, tag }: PlacedUse, set: ImageSet): string | undefined {
  return digest ?? pinned ?? (tag === undefined ? undefined : set.tagged(tag)?.digest);
}

/** Images that cannot be pulled, as `runtime/gone` words it; undefined for one that can be. */
export function lacks(image: Image | undefined): 'missing' | 'archived' | 'not known' | undefined {
  if (image === undefined) return 'missing';
  if (image.storageClass === 'archive') return 'archived';
  return image.storageClass === undefined ? 'not known' : undefined;
}
