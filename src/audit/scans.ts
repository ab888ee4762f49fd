/** Whether images have a current scan, for `scanning/current` and `runtime/current`. */
import { ECR_STATUS } from '../scan/state.ts';
import type { Problem, Report } from './check.ts';
import type { Image } from './facts.ts';
import { type ImageSet, isCertainlyImage, platformImages } from './images.ts';
import { aws, count, list, short, some } from './words.ts';
import type { RepositoryCase } from './world.ts';

/** Statuses of an image that is scanned, or is about to be. */
const CURRENT = new Set(['ACTIVE', 'COMPLETE', 'PENDING', 'IN_PROGRESS']);

/** An image or index that must have a current scan. */
export interface Top {
  readonly image: Image;
  /** Why, for the evidence. */
  readonly as: readonly string[];
  /** The architectures that run. If one of them is unknown, all platforms must have a scan. */
  readonly architectures: readonly (string | undefined)[];
}

interface Unscanned {
  readonly image: Image;
  readonly platform: string | undefined;
  readonly status: string | undefined;
  readonly as: readonly string[];
}

/** The images without a current scan. What is unknown is noted in the report. */
export function unscanned(tops: readonly Top[], set: ImageSet, report: Report): readonly Unscanned[] {
  const found = new Map<string, Unscanned>();
  for (const { image: top, as, architectures } of tops) {
    for (const architecture of new Set(architectures.includes(undefined) ? [undefined] : architectures)) {
      const { images, gaps } = platformImages(set, top, architecture);
      for (const { reason, missing } of gaps) report.unknown(reason, { missing });
      for (const { image, platform } of images) {
        report.attempt(() => {
          const status = report.read(image.scan)?.status;
          if (status !== undefined && CURRENT.has(status)) return;
          if (isCertainlyImage(image)) found.set(image.digest, { image, platform, status, as });
          else report.unknown(`whether ${short(image.digest)}, which has no current scan, is an image`);
        });
      }
    }
  }
  return [...found.values()];
}

/** The problem of images without a current scan. @param subject the beginning of a sentence: `The newest images` */
export function problemOf(
  images: readonly Unscanned[],
  { registry, repository }: RepositoryCase,
  isBasic: boolean,
  evidence: Problem['evidence'] = {},
): Problem {
  const [first] = images;
  const status = first?.status;
  const named = images.map(
    (one) =>
      `${labelOf(one)}: ${one.status ?? 'no scan'}${one.platform === undefined ? '' : ` (${one.platform})`}`,
  );
  const isOne = images.length === 1;
  return {
    what: `${count(images.length, 'image')} of ${repository.name} ${isOne ? 'has' : 'have'} no current scan: ${list(named)}.`,
    toDo: toDoAbout(status, isBasic),
    evidence: {
      images: some(images).map((one) => ({
        digest: one.image.digest,
        tags: some(one.image.tags ?? []),
        platform: one.platform ?? null,
        status: one.status ?? null,
        as: one.as,
      })),
      ...evidence,
    },
    command: commandAbout(first),
    items: images.map(({ image }) => image.digest),
  };

  function commandAbout(one: Unscanned | undefined): string {
    const options = {
      'repository-name': repository.name,
      'image-id': `imageDigest=${one?.image.digest ?? ''}`,
      region: registry.region,
    };
    if (status === 'IMAGE_ARCHIVED') {
      return aws('ecr update-image-storage-class', { ...options, 'target-storage-class': 'STANDARD' });
    }
    return isBasic ? aws('ecr start-image-scan', options) : aws('ecr describe-image-scan-findings', options);
  }
}

function labelOf({ image }: Unscanned): string {
  return image.tags?.[0] ?? short(image.digest);
}

function toDoAbout(status: string | undefined, isBasic: boolean): string {
  const meaning = status !== undefined && Object.hasOwn(ECR_STATUS, status) ? ECR_STATUS[status] : undefined;
  if (typeof meaning === 'object') return meaning.nextStep;
  if (isBasic) return 'Start a scan of the image.';
  return 'Check that a scanning rule covers the repository, and push the image again: a push starts the scan.';
}
