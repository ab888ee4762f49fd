/** The registry as ECR's API shows it. */

import { isDeepStrictEqual } from 'node:util';
import { BatchGetImageCommand, DescribeImagesCommand, type ImageIdentifier } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { AwsClients } from '../aws/clients.ts';
import { isNamed, MalformedAnswer, translate } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import type { Digest, ImageReference, Registry } from '../results/registry.ts';
import { MANIFEST_MEDIA_TYPES } from './manifest.ts';
import { isDigest, repositoryArn } from './reference.ts';
import type { ImageDetail, ImageSource } from './resolve.ts';

// The most image ids that DescribeImages and BatchGetImage take (ECR service model).
const IDS_PER_CALL = 100;

// What is needed of an image is checked one by one, where the message can say what its absence means.
const DescribeAnswer = v.object({
  imageDetails: v.optional(
    v.array(
      v.object({
        imageDigest: v.optional(v.string()),
        imagePushedAt: v.optional(v.date()),
        imageStatus: v.optional(v.string()),
      }),
    ),
  ),
  nextToken: v.optional(v.string()),
});

const imageId = v.optional(v.object({ imageDigest: v.optional(v.string()) }));
const ManifestsAnswer = v.object({
  images: v.optional(v.array(v.object({ imageId, imageManifest: v.optional(v.string()) })), []),
  failures: v.optional(
    v.array(
      v.object({ imageId, failureCode: v.optional(v.string()), failureReason: v.optional(v.string()) }),
    ),
    [],
  ),
});

/** Resolving's questions, asked of ECR. */
export function ecrImages(clients: AwsClients, deadline: Deadline): ImageSource {
  return {
    describe: async (reference) => {
      const { registry, repository, tag, digest } = reference;
      const imageId = digest === undefined ? { imageTag: tag } : { imageDigest: digest };
      const details = await describe(clients, deadline, registry, repository, [imageId], reference.text);
      const [detail, ...others] = details;
      if (detail === undefined || others.length > 0) {
        throw malformed('DescribeImages', `described ${details.length} images instead of one`);
      }
      if (digest !== undefined && detail.digest !== digest) {
        throw malformed('DescribeImages', 'describes another digest than the one asked for');
      }
      if (digest !== undefined && tag !== undefined) {
        const [tagged] = await describe(
          clients,
          deadline,
          registry,
          repository,
          [{ imageTag: tag }],
          reference.text,
        );
        if (tagged?.digest !== digest) throw tagElsewhere(reference);
      }
      return detail;
    },
    describeAll: async (registry, repository, digests) => {
      const details: ImageDetail[] = [];
      for (const chunk of chunks(digests, IDS_PER_CALL)) {
        const ids = chunk.map((imageDigest) => ({ imageDigest }));
        details.push(...(await describe(clients, deadline, registry, repository, ids, repository)));
      }
      const described = new Map<Digest, ImageDetail>();
      for (const detail of details) {
        if (!isDeepStrictEqual(described.get(detail.digest) ?? detail, detail)) {
          throw malformed('DescribeImages', `describes ${detail.digest} twice, and differently`);
        }
        described.set(detail.digest, detail);
      }
      return [...described.values()];
    },
    manifests: async (registry, repository, digests) => {
      const manifests = new Map<Digest, string>();
      for (const chunk of chunks(digests, IDS_PER_CALL)) {
        const command = new BatchGetImageCommand({
          registryId: registry.account,
          repositoryName: repository,
          imageIds: chunk.map((imageDigest) => ({ imageDigest })),
          acceptedMediaTypes: [...MANIFEST_MEDIA_TYPES],
        });
        const answer = await send('ecr:BatchGetImage', registry, repository, deadline, () =>
          clients.ecr(registry).send(command, { abortSignal: deadline.signal }),
        );
        const { images, failures } = shaped(ManifestsAnswer, answer, 'BatchGetImage');
        for (const { imageId, imageManifest } of images) {
          const digest = imageId?.imageDigest;
          if (digest !== undefined && isDigest(digest) && imageManifest !== undefined) {
            manifests.set(digest, imageManifest);
          }
        }
        const failure = failures.find(({ imageId }) => !manifests.has(imageId?.imageDigest as Digest));
        if (failure !== undefined) {
          throw new GateError(
            'not-found',
            `ECR cannot give the manifest ${failure.imageId?.imageDigest} of ${repository}: ${failure.failureCode} (${failure.failureReason})`,
            {
              nextStep:
                'The index may have been pushed only in part: push the image again with all its platforms.',
            },
          );
        }
      }
      return manifests;
    },
  };
}

async function describe(
  clients: AwsClients,
  deadline: Deadline,
  registry: Registry,
  repository: string,
  imageIds: ImageIdentifier[],
  text: string,
): Promise<ImageDetail[]> {
  const ask = (archived: boolean) =>
    clients.ecr(registry).send(
      new DescribeImagesCommand({
        registryId: registry.account,
        repositoryName: repository,
        imageIds,
        ...(archived && { filter: { imageStatus: 'ANY' as const } }),
      }),
      { abortSignal: deadline.signal },
    );
  const answer = await send('ecr:DescribeImages', registry, repository, deadline, () =>
    ask(false).catch(async (error: unknown) => {
      if (!isNamed(error, 'ImageNotFoundException')) throw error;
      // ECR hides archived images unless they are asked for: the reader should learn that it is there.
      const hidden = await ask(true).catch(() => undefined);
      if (hidden?.imageDetails?.some(({ imageStatus }) => imageStatus === 'ARCHIVED'))
        throw archivedImage(text);
      throw new GateError('not-found', `ECR has no image ${text}: ${(error as Error).message}`, {
        nextStep: 'Check the tag, and that the push came before this step.',
        cause: error,
      });
    }),
  );
  const { imageDetails, nextToken } = shaped(DescribeAnswer, answer, 'DescribeImages');
  if (imageDetails === undefined) throw malformed('DescribeImages', 'came without imageDetails');
  if (nextToken) throw malformed('DescribeImages', 'has further pages for images asked for by id');
  return imageDetails.map(parseDetail);
}

/**
 * An answer in the shape that is documented.
 * @throws GateError `not-proven` naming the API and the member that has another one
 */
function shaped<const S extends v.GenericSchema>(schema: S, answer: unknown, api: string): v.InferOutput<S> {
  try {
    return checked(schema, answer, `ecr:${api}`);
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    throw new GateError('not-proven', `${error.message}, so nothing is known of the image.`, {
      cause: error,
    });
  }
}

type Described = NonNullable<v.InferOutput<typeof DescribeAnswer>['imageDetails']>[number];

function parseDetail(detail: Described): ImageDetail {
  const { imageDigest: digest, imagePushedAt: pushedAt } = detail;
  if (digest === undefined || !isDigest(digest)) throw malformed('DescribeImages', 'names no valid digest');
  if (pushedAt === undefined) {
    throw malformed('DescribeImages', 'does not say when the image was pushed');
  }
  return { digest, pushedAt, status: detail.imageStatus };
}

async function send<T>(
  action: string,
  registry: Registry,
  repository: string,
  deadline: Deadline,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, 'RepositoryNotFoundException')) {
      throw new GateError(
        'not-found',
        `ECR has no repository ${repository} in account ${registry.account}, region ${registry.region}.`,
        { nextStep: 'Check the repository name, the account and the region in the image URI.', cause: error },
      );
    }
    throw translate(error, { action, resource: repositoryArn(registry, repository) }, deadline);
  }
}

function malformed(api: string, why: string): GateError {
  const cause = new MalformedAnswer(`${api} ${why}`);
  return new GateError('not-proven', `ECR's answer to ${api} ${why}, so nothing is known of the image.`, {
    cause,
  });
}

function archivedImage(text: string): GateError {
  return new GateError('unscannable', `${text} is archived: Inspector does not scan archived images.`, {
    nextStep: 'Restore the image in ECR, or push it again.',
  });
}

function tagElsewhere(reference: ImageReference): GateError {
  return new GateError(
    'input',
    `${reference.text}: the tag ${reference.tag} does not point at that digest.`,
    { nextStep: 'Give the digest alone, or the tag and digest that the push printed.' },
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}
