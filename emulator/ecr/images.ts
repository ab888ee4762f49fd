/** The images of a repository: DescribeImages, BatchGetImage and ListImageReferrers. */
import { epochSeconds } from '../answer.ts';
import { type Operations, operation } from '../operation.ts';
import type { JsonObject } from '../scenario.ts';
import { integer, list, oneOf, structure, text } from '../shapes.ts';
import type { Repository, StoredManifest } from '../store.ts';
import {
  type ImageId,
  imageId,
  invalid,
  next,
  nextToken,
  type PagedInput,
  type RepositoryInput,
  registryId,
  repositoryName,
} from './operation.ts';
import { lookUp, type Registry, read } from './registry.ts';

const INDEX_MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

interface DescribeImagesInput extends RepositoryInput, PagedInput {
  readonly imageIds?: readonly ImageId[] | null;
  readonly filter?: { readonly tagStatus?: string; readonly imageStatus?: string } | null;
}

interface BatchGetImageInput extends RepositoryInput {
  readonly imageIds: readonly ImageId[];
  readonly acceptedMediaTypes?: readonly string[] | null;
}

interface ListImageReferrersInput extends RepositoryInput, PagedInput {
  readonly subjectId: { readonly imageDigest: string };
  readonly filter?: { readonly artifactTypes?: readonly string[]; readonly artifactStatus?: string } | null;
}

export function imageOperations(registry: Registry): Operations {
  const { world } = registry;
  const { scenario, store } = world;

  function imageDetail(repository: Repository, manifest: StoredManifest): JsonObject {
    const tags = store.tagsOf(repository, manifest.digest);
    const { artifactType, config } = read(manifest);
    const artifactMediaType = artifactType ?? config?.mediaType;
    const image = world.find(repository.name, manifest.digest);
    const state = image && world.state(image);
    // Basic scanning does not show here, nor does an image of which no scan is known.
    const scan = world.scanType() === 'ENHANCED' ? state?.ecr : undefined;
    return {
      registryId: scenario.account,
      repositoryName: repository.name,
      imageDigest: manifest.digest,
      ...(tags.length > 0 ? { imageTags: tags } : {}),
      imageSizeInBytes: sizeOf(repository, manifest),
      imagePushedAt: epochSeconds(manifest.pushedAt),
      ...(scan === undefined || scan === 'ScanNotFound' ? {} : { imageScanStatus: { ...scan } }),
      imageManifestMediaType: manifest.mediaType,
      ...(artifactMediaType === undefined ? {} : { artifactMediaType }),
      ...(manifest.subject === undefined ? {} : { subjectManifestDigest: manifest.subject }),
      imageStatus: registry.imageStatus(repository, manifest.digest),
      ...(image?.pulledAt === undefined ? {} : { lastRecordedPullTime: epochSeconds(image.pulledAt) }),
      ...(image?.archivedAt === undefined ? {} : { lastArchivedAt: epochSeconds(image.archivedAt) }),
      ...(image?.restoredAt === undefined ? {} : { lastActivatedAt: epochSeconds(image.restoredAt) }),
    };
  }

  return {
    DescribeImages: operation(
      structure(
        {
          registryId,
          repositoryName,
          imageIds: list(imageId, 1, 100),
          nextToken,
          maxResults: integer(1, 1000),
          filter: structure({
            tagStatus: oneOf('TAGGED', 'UNTAGGED', 'ANY'),
            imageStatus: oneOf('ACTIVE', 'ARCHIVED', 'ACTIVATING', 'ANY'),
          }),
        },
        ['repositoryName'],
      ),
      (input: DescribeImagesInput) => {
        const repository = registry.repositoryOf(input);
        const { imageIds, filter, maxResults } = input;
        if (imageIds && (maxResults || input.nextToken)) {
          throw invalid("maxResults and nextToken can't be used together with imageIds");
        }
        const visible = (manifest: StoredManifest) => {
          const status = registry.imageStatus(repository, manifest.digest);
          const wanted = filter?.imageStatus ?? 'ACTIVE';
          if (wanted !== 'ANY' && wanted !== status) return false;
          const tagged = store.tagsOf(repository, manifest.digest).length > 0;
          const tagStatus = filter?.tagStatus ?? 'ANY';
          return tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tagged;
        };
        if (imageIds) {
          const asked = imageIds.map((id) => {
            const manifest = lookUp(repository, id);
            if (manifest === undefined || !visible(manifest)) throw registry.imageNotFound(repository, id);
            return manifest;
          });
          return { imageDetails: [...new Set(asked)].map((manifest) => imageDetail(repository, manifest)) };
        }
        const all = [...repository.manifests.values()].filter(visible);
        const page = registry.paged(all, 'DescribeImages', input, 100);
        return {
          imageDetails: page.items.map((manifest) => imageDetail(repository, manifest)),
          ...next(page.nextToken),
        };
      },
    ),

    BatchGetImage: operation(
      structure(
        {
          registryId,
          repositoryName,
          imageIds: list(imageId, 1, 100),
          acceptedMediaTypes: list(text(), 1, 100),
        },
        ['repositoryName', 'imageIds'],
      ),
      (input: BatchGetImageInput) => {
        const repository = registry.repositoryOf(input);
        const images: JsonObject[] = [];
        const failures: JsonObject[] = [];
        for (const id of input.imageIds) {
          const fail = (failureCode: string, failureReason: string) =>
            failures.push({ imageId: id as JsonObject, failureCode, failureReason });
          if (!id.imageDigest && !id.imageTag) {
            fail('MissingDigestAndTag', 'Invalid request parameters: both digest and tag are missing');
            continue;
          }
          if (id.imageDigest && !/^sha256:[0-9a-f]{64}$/.test(id.imageDigest)) {
            fail('InvalidImageDigest', 'Invalid request parameters: image digest should satisfy the regex');
            continue;
          }
          const manifest = lookUp(repository, id);
          if (manifest === undefined) {
            const elsewhere = id.imageDigest && id.imageTag && repository.tags.has(id.imageTag);
            if (elsewhere) fail('ImageTagDoesNotMatchDigest', 'The image tag does not match the digest');
            else fail('ImageNotFound', 'Requested image not found');
            continue;
          }
          if (registry.imageStatus(repository, manifest.digest) === 'ARCHIVED') {
            fail('ImageInaccessible', 'The image is archived');
            continue;
          }
          // ECR would convert the manifest to an accepted type if possible. The gate must not depend on that.
          if (!(input.acceptedMediaTypes ?? []).includes(manifest.mediaType)) {
            throw invalid(
              `acceptedMediaTypes must include ${manifest.mediaType}: manifests are not converted here`,
            );
          }
          images.push({
            registryId: scenario.account,
            repositoryName: repository.name,
            imageId: { imageDigest: manifest.digest, ...(id.imageTag ? { imageTag: id.imageTag } : {}) },
            imageManifest: manifest.bytes.toString('utf8'),
            imageManifestMediaType: manifest.mediaType,
          });
        }
        return { images, failures };
      },
    ),

    ListImageReferrers: operation(
      structure(
        {
          registryId,
          repositoryName,
          subjectId: structure({ imageDigest: text({ pattern: /^sha256:[0-9a-f]{64}$/ }) }, ['imageDigest']),
          filter: structure({
            artifactTypes: list(text(), 0, 5),
            artifactStatus: oneOf('ACTIVE', 'ARCHIVED', 'ACTIVATING', 'ANY'),
          }),
          nextToken,
          maxResults: integer(1, 50),
        },
        ['repositoryName', 'subjectId'],
      ),
      (input: ListImageReferrersInput) => {
        const repository = registry.repositoryOf(input);
        const types = input.filter?.artifactTypes ?? [];
        const status = input.filter?.artifactStatus ?? 'ACTIVE';
        const referrers = [...repository.manifests.values()]
          .filter(({ subject }) => subject === input.subjectId.imageDigest)
          .map((manifest): JsonObject => {
            const { artifactType, config, annotations } = read(manifest);
            const type = artifactType ?? config?.mediaType;
            return {
              digest: manifest.digest,
              mediaType: manifest.mediaType,
              ...(type === undefined ? {} : { artifactType: type }),
              size: manifest.bytes.length,
              ...(annotations ? { annotations } : {}),
              artifactStatus: registry.imageStatus(repository, manifest.digest),
            };
          })
          .filter(({ artifactType }) => types.length === 0 || types.includes(String(artifactType)))
          .filter(({ artifactStatus }) => status === 'ANY' || artifactStatus === status);
        const page = registry.paged(referrers, 'ListImageReferrers', input, 20);
        return { referrers: page.items, ...next(page.nextToken) };
      },
    ),
  };
}

/** For an image, the size of its config and layers; for an index, the size of its largest entry. */
function sizeOf(repository: Repository, manifest: StoredManifest): number {
  const { config, layers, manifests } = read(manifest);
  if (INDEX_MEDIA_TYPES.includes(manifest.mediaType)) {
    const sizes = (manifests ?? []).map(({ digest }) => {
      const child = repository.manifests.get(digest);
      return child === undefined ? 0 : sizeOf(repository, child);
    });
    return Math.max(0, ...sizes);
  }
  return (layers ?? []).reduce((sum, { size }) => sum + size, config?.size ?? 0);
}
