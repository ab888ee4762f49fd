/** Which images of a repository can run, which are the newest of them, and which platform images an index has. */
import type { RepositoryExpectations } from './expectations.ts';
import type { Gap, Image, IndexEntry } from './facts.ts';
import { legacySubject } from './lifecycle/images.ts';
import { Indexes } from './lifecycle/indexes.ts';
import { matches } from './lifecycle/patterns.ts';

/** Media types of the config of an image that can run; ECR reports them as `artifactMediaType`. */
const IMAGE_CONFIGS = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/**
 * Whether something is an image or an index of images, and not an artifact: a signature, an attestation, a chart. If
 * that is uncertain, it counts as an image.
 */
export function isImage({ subject, tags, artifactType, isIndex }: Image): boolean {
  if (typeof subject === 'string') return false;
  // cosign's legacy signatures have the config of an image. A further tag makes it something that can be deployed.
  if (tags !== undefined && tags.length > 0 && tags.every((tag) => legacySubject(tag) !== undefined)) {
    return false;
  }
  return isIndex !== false || artifactType === undefined || IMAGE_CONFIGS.includes(artifactType);
}

/** Whether everything that `isImage` depends on is known. */
export function isCertainlyImage(image: Image): boolean {
  return (
    isImage(image) && image.subject !== undefined && image.tags !== undefined && image.isIndex !== undefined
  );
}

/** The images of a repository, for lookups. */
export class ImageSet {
  readonly images: readonly Image[];
  readonly indexes: Indexes;
  private readonly byDigest: ReadonlyMap<string, Image>;
  private readonly byTag = new Map<string, Image>();

  constructor(images: readonly Image[]) {
    this.images = images;
    this.indexes = new Indexes(images);
    this.byDigest = new Map(images.map((image) => [image.digest, image]));
    for (const image of images) for (const tag of image.tags ?? []) this.byTag.set(tag, image);
  }

  of(digest: string): Image | undefined {
    return this.byDigest.get(digest);
  }

  tagged(tag: string): Image | undefined {
    return this.byTag.get(tag);
  }

  /** Whether some image may have tags that were not read. */
  hasUnknownTags(): boolean {
    return this.images.some(({ tags }) => tags === undefined);
  }
}

/** An image that must have a current scan, and why: `newest`, or the production pattern whose newest image it is. */
export interface Wanted {
  readonly image: Image;
  readonly as: string;
}

/**
 * The newest image and the newest of each production pattern, several where they were pushed at the same time. Archived
 * images and artifacts do not count, and neither do untagged images that an index lists.
 */
export function newestImages(
  { images, indexes }: ImageSet,
  { productionTags }: Pick<RepositoryExpectations, 'productionTags'>,
): { readonly wanted: readonly Wanted[]; readonly gaps: readonly Gap[] } {
  const candidates = images.filter(
    (image) =>
      image.storageClass !== 'archive' &&
      isImage(image) &&
      !(image.tags?.length === 0 && indexes.of(image.digest).length > 0),
  );
  const gaps: Gap[] = [];
  const unsure = candidates.filter(({ pushedAt, tags }) => !isDate(pushedAt) || tags === undefined);
  if (unsure.length > 0) {
    const reason = `the push time or the tags of ${unsure.length} images are unknown, so which images are the newest is not certain`;
    gaps.push({ reason, missing: [] });
  }
  const wanted: Wanted[] = newestOf(candidates).map((image) => ({ image, as: 'newest' }));
  for (const pattern of productionTags) {
    const ofPattern = candidates.filter(({ tags }) => tags?.some((tag) => isTagOf(pattern, tag)));
    wanted.push(...newestOf(ofPattern).map((image) => ({ image, as: pattern })));
  }
  return { wanted, gaps };
}

function isTagOf(pattern: string, tag: string): boolean {
  return matches(pattern, tag) && legacySubject(tag) === undefined;
}

function newestOf(images: readonly Image[]): readonly Image[] {
  let newest: Image[] = [];
  let time = Number.NEGATIVE_INFINITY;
  for (const image of images) {
    const pushed = isDate(image.pushedAt) ? image.pushedAt.getTime() : Number.NEGATIVE_INFINITY;
    if (pushed > time) newest = [];
    if (pushed >= time) newest.push(image);
    time = Math.max(time, pushed);
  }
  return newest;
}

function isDate(date: Date | null | undefined): date is Date {
  return date !== null && date !== undefined && !Number.isNaN(date.getTime());
}

/** An image for one platform, with the platform if an index states it. */
export interface PlatformImage {
  readonly image: Image;
  readonly platform: string | undefined;
}

/** How deeply nested indexes are followed. */
const DEEPEST = 4;

/**
 * The platform images of an index, or the image itself. Attestations have the platform `unknown/unknown`, which no
 * runtime selects, and are left out.
 * @param architecture the architecture that runs, if known: then only images for it are returned, if there are any
 */
export function platformImages(
  set: ImageSet,
  top: Image,
  architecture?: string,
): { readonly images: readonly PlatformImage[]; readonly gaps: readonly Gap[] } {
  const found = new Map<string, PlatformImage>();
  const gaps: Gap[] = [];
  const visit = (image: Image, platform: string | undefined, depth: number) => {
    if (image.isIndex === undefined) {
      gaps.push(gap(`whether ${image.digest} is an index is unknown`));
      return;
    }
    if (!image.isIndex) {
      if (isImage(image)) found.set(image.digest, { image, platform });
      return;
    }
    if (image.entries === undefined) {
      const reason = `what the index ${image.digest} lists was not read`;
      gaps.push(image.entriesGap ?? { reason, missing: ['ecr:BatchGetImage'] });
      return;
    }
    if (depth === DEEPEST) {
      gaps.push(gap(`the index ${image.digest} is in too many other indexes to be followed`));
      return;
    }
    for (const entry of entriesFor(image.entries, architecture)) {
      const child = set.of(entry.digest);
      if (child !== undefined) visit(child, entry.platform ?? platform, depth + 1);
      else gaps.push(gap(`${entry.digest}, which the index ${image.digest} lists, is not in the repository`));
    }
  };
  visit(top, undefined, 0);
  const all = [...found.values()];
  if (all.length === 0 && gaps.length === 0) gaps.push(gap(`${top.digest} lists no image of a platform`));
  return { images: all, gaps };
}

function entriesFor(entries: readonly IndexEntry[], architecture: string | undefined): readonly IndexEntry[] {
  const platforms = entries.filter(({ platform }) => platform !== 'unknown/unknown');
  const wanted = platforms.filter(({ platform }) => platform?.split('/')[1] === architecture);
  return architecture === undefined || wanted.length === 0
    ? platforms
    : platforms.filter((entry) => entry.platform === undefined || wanted.includes(entry));
}

function gap(reason: string): Gap {
  return { reason, missing: [] };
}

/**
 * The digests of the images whose scan status the checks need: the newest ones, and those that run.
 * @param running digests of images or indexes that run
 */
export function digestsToScan(
  images: readonly Image[],
  expected: Pick<RepositoryExpectations, 'productionTags'>,
  running: Iterable<string>,
): ReadonlySet<string> {
  const set = new ImageSet(images);
  const tops = newestImages(set, expected).wanted.map(({ image }) => image);
  for (const digest of running) {
    const image = set.of(digest);
    if (image !== undefined) tops.push(image);
  }
  return new Set(tops.flatMap((top) => platformImages(set, top).images.map(({ image }) => image.digest)));
}
