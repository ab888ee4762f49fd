/** Which images are entries of an index that is there. */
import { type Certainty, MAYBE, NO, YES } from './certainty.ts';
import { childrenOf, type ImageFacts } from './images.ts';

/** The indexes that list an image, and whether they certainly keep it. */
interface Entry {
  held: Certainty;
  readonly indexes: string[];
}

export class Indexes {
  /** By digest, for what some index lists. */
  private readonly entries = new Map<string, Entry>();
  /** Images that are indexes, or may be, and of which the entries are unknown. */
  private readonly unclear = new Set<string>();

  constructor(images: readonly ImageFacts[]) {
    for (const image of images) {
      const children = childrenOf(image);
      if (children === undefined) this.unclear.add(image.digest);
      const held = image.storageClass === 'standard' ? YES : MAYBE;
      for (const digest of new Set(children)) {
        const entry = this.entries.get(digest) ?? { held, indexes: [] };
        this.entries.set(digest, entry);
        entry.indexes.push(image.digest);
        if (held > entry.held) entry.held = held;
      }
    }
  }

  /** The digests of the indexes that list an image. */
  of(digest: string): readonly string[] {
    return this.entries.get(digest)?.indexes ?? [];
  }

  /**
   * Whether an index keeps an image from being acted on: "If an image is referenced by a manifest list, it cannot be
   * expired or archived without the manifest list being deleted or archived first". An index that is archived, or
   * may be, does not do so for certain.
   */
  hold(digest: string): Certainty {
    const held = this.entries.get(digest)?.held;
    if (held !== undefined) return held;
    return this.unclear.size > (this.unclear.has(digest) ? 1 : 0) ? MAYBE : NO;
  }

  /** Digests together with those of the indexes that list them, over any number of steps. */
  withIndexesOf(digests: Iterable<string>): ReadonlySet<string> {
    const all = new Set(digests);
    // A set grows while it is walked through.
    for (const digest of all) for (const index of this.of(digest)) all.add(index);
    return all;
  }
}
