/** Which images are entries of an existing index. */
import { type Certainty, MAYBE, NO, YES } from './certainty.ts';
import { childrenOf, type ImageFacts } from './images.ts';

/** The indexes that list an image, and whether they certainly keep it. */
interface Entry {
  held: Certainty;
  readonly indexes: string[];
}

export class Indexes {
  /** By digest, for the entries of indexes. */
  private readonly entries = new Map<string, Entry>();
  /** Images that are or may be indexes and whose entries are unknown. */
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
   * expired or archived without the manifest list being deleted or archived first". If the index is or may be archived,
   * that is uncertain.
   */
  hold(digest: string): Certainty {
    const held = this.entries.get(digest)?.held;
    if (held !== undefined) return held;
    return this.unclear.size > (this.unclear.has(digest) ? 1 : 0) ? MAYBE : NO;
  }

  /** Digests together with those of the indexes that list them, over any number of steps. */
  withIndexesOf(digests: Iterable<string>): ReadonlySet<string> {
    const all = new Set(digests);
    // The set grows during the iteration.
    for (const digest of all) for (const index of this.of(digest)) all.add(index);
    return all;
  }
}
