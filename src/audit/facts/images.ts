/** The images of a repository, what its indexes list, and the scan status of some of them. */
import { isDeepStrictEqual } from 'node:util';
import {
  BatchGetImageCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
} from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { GateError } from '../../errors.ts';
import { type Descriptor, MANIFEST_MEDIA_TYPES, parseManifest } from '../../image/manifest.ts';
import type { Digest } from '../../results/registry.ts';
import { Fact, type Image, type ImageScan, type IndexEntry } from '../facts.ts';
import type { StorageClass } from '../lifecycle/policy.ts';
import type { Context } from './context.ts';
import { type DescribedRepository, expectRepository } from './repository.ts';
import { chunks, digest, optionalDate, optionalText, page, texts } from './shapes.ts';

// The most items of one page, and the most images of one call (ECR service model).
const IMAGES_PAGE = 1000;
const IDS_PER_CALL = 100;

const ScanStatus = v.nullish(v.object({ status: optionalText, description: v.nullish(v.string()) }));
const About = { registryId: optionalText, repositoryName: optionalText };
const Detail = v.object({
  ...About,
  imageDigest: digest,
  imageTags: v.nullish(texts),
  imagePushedAt: optionalDate,
  imageManifestMediaType: optionalText,
  artifactMediaType: optionalText,
  lastRecordedPullTime: optionalDate,
  subjectManifestDigest: v.nullish(digest),
  imageStatus: optionalText,
  lastArchivedAt: optionalDate,
  lastActivatedAt: optionalDate,
  imageScanStatus: ScanStatus,
});
const Details = v.object({ imageDetails: v.array(Detail), nextToken: v.nullish(v.string()) });
const Manifests = v.object({
  images: v.array(
    v.object({
      ...About,
      imageId: v.object({ imageDigest: digest }),
      imageManifest: v.string(),
    }),
  ),
});
const Scan = v.object({
  ...About,
  imageId: v.nullish(v.object({ imageDigest: v.nullish(digest) })),
  imageScanStatus: v.object({ status: v.pipe(v.string(), v.nonEmpty()), description: v.nullish(v.string()) }),
});

type ImageDetail = v.InferOutput<typeof Detail>;

const STORAGE_CLASSES: ReadonlyMap<string, StorageClass> = new Map([
  ['ACTIVE', 'standard'],
  ['ARCHIVED', 'archive'],
]);

/** The status of an image that nothing asked ECR about. */
const NOT_READ = Fact.unknown('the scan status of this image was not read: it is neither new nor in use');

/**
 * Everything in a repository, archived images and artifacts included. Of images whose status DescribeImages does not
 * tell, the scan is not known yet.
 * @throws Unanswered
 */
export async function imagesOf(context: Context, repository: DescribedRepository): Promise<readonly Image[]> {
  const details = await describeImages(context, repository);
  const indexes = details.filter((detail) => isIndex(detail) && detail.imageStatus !== 'ARCHIVED');
  const entries = await entriesOf(
    context,
    repository,
    indexes.map(({ imageDigest }) => imageDigest),
  );
  const scans = new Map<string, Fact<ImageScan>>();
  return details.map((detail) => imageOf(detail, entries.get(detail.imageDigest), scans));
}

async function describeImages(
  context: Context,
  { name, arn }: DescribedRepository,
): Promise<readonly ImageDetail[]> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:DescribeImages';
  const about = { registryId: registry.account, repositoryName: name };
  const details = await asker.list(
    context.question(action, arn),
    (nextToken, abortSignal) =>
      ecr.send(
        new DescribeImagesCommand({
          ...about,
          filter: { imageStatus: 'ANY' },
          maxResults: IMAGES_PAGE,
          nextToken,
        }),
        { abortSignal },
      ),
    (answer) => {
      const { imageDetails, nextToken } = checked(Details, answer, action);
      for (const detail of imageDetails) expectRepository(action, detail, about);
      return page(imageDetails, nextToken);
    },
  );
  return agreeing(action, details);
}

/**
 * Each image once.
 * @throws MalformedAnswer where one is described twice and differently, or a tag is on two of them
 */
function agreeing(action: string, details: readonly ImageDetail[]): readonly ImageDetail[] {
  const found = new Map<string, ImageDetail>();
  const tagged = new Map<string, string>();
  for (const detail of details) {
    const { imageDigest, imageTags } = detail;
    if (!isDeepStrictEqual(found.get(imageDigest) ?? detail, detail)) {
      throw new MalformedAnswer(`${action} described ${imageDigest} twice, and differently`);
    }
    found.set(imageDigest, detail);
    for (const tag of imageTags ?? []) {
      if ((tagged.get(tag) ?? imageDigest) !== imageDigest) {
        throw new MalformedAnswer(`${action} described two images with the tag ${tag}`);
      }
      tagged.set(tag, imageDigest);
    }
  }
  return [...found.values()];
}

function isIndex({ imageManifestMediaType: type }: ImageDetail): boolean | undefined {
  return typeof type === 'string' ? /\bimage\.index\b|\bmanifest\.list\b/.test(type) : undefined;
}

function imageOf(
  detail: ImageDetail,
  entries: readonly IndexEntry[] | undefined,
  scans: Map<string, Fact<ImageScan>>,
): Image {
  const index = isIndex(detail);
  return {
    digest: detail.imageDigest,
    tags: detail.imageTags ?? [],
    pushedAt: detail.imagePushedAt ?? undefined,
    lastPulledAt: detail.lastRecordedPullTime ?? null,
    lastActivatedAt: detail.lastActivatedAt ?? null,
    archivedAt: detail.lastArchivedAt ?? null,
    storageClass: STORAGE_CLASSES.get(detail.imageStatus ?? ''),
    isIndex: index,
    children: index === false ? [] : entries?.map((entry) => entry.digest),
    subject: detail.subjectManifestDigest ?? null,
    mediaType: detail.imageManifestMediaType ?? undefined,
    artifactType: detail.artifactMediaType ?? undefined,
    entries,
    scan: scanOf(detail.imageScanStatus, scans),
  };
}

/** Many images have one status: they share a fact. */
function scanOf(
  given: ImageDetail['imageScanStatus'],
  scans: Map<string, Fact<ImageScan>>,
): Fact<ImageScan | undefined> {
  const { status, description } = given ?? {};
  if (!status) return NOT_READ;
  const key = `${status} ${description}`;
  const known = scans.get(key) ?? Fact.known({ status, description: description ?? undefined });
  scans.set(key, known);
  return known;
}

/**
 * Images with the scan statuses that ECR was asked for. With basic scanning, what DescribeImages says of scans is old:
 * "The new version of Amazon ECR basic scanning doesn't use the imageScanFindingsSummary and imageScanStatus attributes"
 * (ECR API reference, ImageDetail).
 * @param scanType that of the registry; undefined where it is not known
 */
export function withScans(
  images: readonly Image[],
  scanType: string | undefined,
  asked: ReadonlyMap<string, Fact<ImageScan | undefined>>,
): readonly Image[] {
  return images.map((image) => {
    const scan = asked.get(image.digest) ?? (scanType === 'ENHANCED' ? image.scan : NOT_READ);
    return scan === image.scan ? image : { ...image, scan };
  });
}

/** Whether DescribeImages has told the scan status of an image. */
export function hasScan({ scan }: Image): boolean {
  return scan !== NOT_READ;
}

/** What each index lists; nothing for an index that could not be read. */
async function entriesOf(
  context: Context,
  repository: DescribedRepository,
  digests: readonly string[],
): Promise<ReadonlyMap<string, readonly IndexEntry[]>> {
  const found = new Map<string, readonly IndexEntry[]>();
  const batches = chunks(digests, IDS_PER_CALL).map(async (batch) => {
    const manifests = await context.asker.fact(() => manifestsOf(context, repository, batch));
    const content = Fact.open(manifests);
    if ('gap' in content) return;
    for (const [name, manifest] of content.known) {
      const entries = parseIndex(name, manifest);
      if (entries !== undefined) found.set(name, entries);
    }
  });
  await Promise.all(batches);
  return found;
}

/** @throws Unanswered */
function manifestsOf(
  context: Context,
  { name, arn }: DescribedRepository,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:BatchGetImage';
  const about = { registryId: registry.account, repositoryName: name };
  const command = new BatchGetImageCommand({
    ...about,
    imageIds: digests.map((imageDigest) => ({ imageDigest })),
    acceptedMediaTypes: [...MANIFEST_MEDIA_TYPES],
  });
  return asker.call(
    context.question(action, arn),
    (abortSignal) => ecr.send(command, { abortSignal }),
    (answer) => {
      const { images } = checked(Manifests, answer, action);
      for (const image of images) expectRepository(action, image, about);
      return new Map(images.map(({ imageId, imageManifest }) => [imageId.imageDigest, imageManifest]));
    },
  );
}

/** Undefined where the manifest is not the one of its digest, or no index. */
function parseIndex(name: string, text: string): readonly IndexEntry[] | undefined {
  try {
    const manifest = parseManifest(name as Digest, text);
    return manifest.kind === 'index' ? manifest.children.map(entryOf) : undefined;
  } catch (error) {
    if (error instanceof GateError) return undefined;
    throw error;
  }
}

const NO_PLATFORM = 'unknown/unknown';

function entryOf({ digest: child, platform, isForNoPlatform }: Descriptor): IndexEntry {
  const { os, architecture, variant } = platform;
  if (isForNoPlatform) return { digest: child, platform: NO_PLATFORM };
  if (!os || !architecture) return { digest: child, platform: undefined };
  const name = [os, architecture, ...(variant ? [variant] : [])].join('/');
  // Only what says exactly so is for no platform.
  return { digest: child, platform: name === NO_PLATFORM ? undefined : name };
}

/**
 * Asks ECR for the scan status of images.
 * @returns by digest; undefined for an image of which ECR knows no scan
 */
export async function scansOf(
  context: Context,
  repository: DescribedRepository,
  digests: Iterable<string>,
): Promise<ReadonlyMap<string, Fact<ImageScan | undefined>>> {
  const asked = [...digests].map(async (name) => {
    const scan = await context.asker.fact(() => describeScan(context, repository, name));
    return [name, scan] as const;
  });
  return new Map(await Promise.all(asked));
}

function describeScan(
  context: Context,
  { name, arn }: DescribedRepository,
  imageDigest: string,
): Promise<ImageScan | undefined> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:DescribeImageScanFindings';
  const about = { registryId: registry.account, repositoryName: name };
  const command = new DescribeImageScanFindingsCommand({ ...about, imageId: { imageDigest }, maxResults: 1 });
  return asker.optional(
    context.question(action, arn),
    ['ScanNotFoundException'],
    (abortSignal) => ecr.send(command, { abortSignal }),
    (answer) => {
      const { imageId, imageScanStatus, ...said } = checked(Scan, answer, action);
      expectRepository(action, said, about);
      const other = imageId?.imageDigest;
      if (other && other !== imageDigest) throw new MalformedAnswer(`${action} answered about another image`);
      return { status: imageScanStatus.status, description: imageScanStatus.description ?? undefined };
    },
  );
}
