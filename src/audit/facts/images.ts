/** The images of a repository. */
import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import type { Fact, Image, ImageScan } from '../facts.ts';
import type { StorageClass } from '../lifecycle/policy.ts';
import type { Context } from './context.ts';
import { entriesOf, type Listed } from './indexes.ts';
import { About, type DescribedRepository, expectRepository } from './repository.ts';
import { statedScan } from './scans.ts';
import { byKey, digest, mediaType, once, optionalDate, optionalText, page, tag } from './shapes.ts';

// The most items of one page (ECR service model).
const IMAGES_PAGE = 1000;

const ScanStatus = v.nullish(v.object({ status: optionalText, description: v.nullish(v.string()) }));
const Detail = v.object({
  ...About,
  imageDigest: digest,
  imageTags: v.nullish(v.array(tag)),
  imagePushedAt: optionalDate,
  imageManifestMediaType: v.nullish(mediaType),
  artifactMediaType: v.nullish(mediaType),
  lastRecordedPullTime: optionalDate,
  subjectManifestDigest: v.nullish(digest),
  imageStatus: optionalText,
  lastArchivedAt: optionalDate,
  lastActivatedAt: optionalDate,
  imageScanStatus: ScanStatus,
});
const Details = v.object({ imageDetails: v.array(Detail), nextToken: v.nullish(v.string()) });
type ImageDetail = v.InferOutput<typeof Detail>;

const STORAGE_CLASSES: ReadonlyMap<string, StorageClass> = new Map([
  ['ACTIVE', 'standard'],
  ['ARCHIVED', 'archive'],
]);

/**
 * Everything in a repository, archived images and artifacts included. The scan of an image is still unknown if
 * DescribeImages does not report its status.
 * @throws Unanswered
 */
export async function imagesOf(context: Context, repository: DescribedRepository): Promise<readonly Image[]> {
  const details = await describeImages(context, repository);
  const indexes = details.filter(isIndex);
  const readable = indexes.filter(({ imageStatus }) => imageStatus !== 'ARCHIVED');
  const listed = await entriesOf(
    context,
    repository,
    readable.map(({ imageDigest }) => imageDigest),
  );
  const scans = new Map<string, Fact<ImageScan>>();
  return details.map((detail) => imageOf(detail, listed.get(detail.imageDigest) ?? archived(detail), scans));
}

/** ECR does not return the manifests of archived images. */
function archived(detail: ImageDetail): Listed | undefined {
  if (!isIndex(detail)) return undefined;
  const reason = `what the archived index ${detail.imageDigest} lists cannot be read`;
  return { entriesGap: { reason, missing: [] } };
}

async function describeImages(
  context: Context,
  { name, arn }: DescribedRepository,
): Promise<readonly ImageDetail[]> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:DescribeImages';
  const about = { registryId: registry.account, repositoryName: name };
  return asker.list(
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
    (details) => agreeing(action, details),
  );
}

/**
 * The images, each once.
 * @throws MalformedAnswer if one is described twice with different values, or a tag is on two of them
 */
function agreeing(action: string, details: readonly ImageDetail[]): readonly ImageDetail[] {
  const images = once(action, details, ({ imageDigest }) => imageDigest);
  byKey(
    action,
    images.flatMap(({ imageTags }) => imageTags ?? []),
    (tag) => tag,
  );
  return images;
}

function isIndex({ imageManifestMediaType: type }: ImageDetail): boolean | undefined {
  return typeof type === 'string' ? /\bimage\.index\b|\bmanifest\.list\b/.test(type) : undefined;
}

function imageOf(
  detail: ImageDetail,
  listed: Listed | undefined,
  scans: Map<string, Fact<ImageScan>>,
): Image {
  const index = isIndex(detail);
  const entries = listed !== undefined && 'entries' in listed ? listed.entries : undefined;
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
    ...(listed !== undefined && 'entriesGap' in listed && { entriesGap: listed.entriesGap }),
    scan: statedScan(detail.imageScanStatus, scans),
  };
}
