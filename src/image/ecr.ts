/** The registry as ECR's API shows it. */

import { isDeepStrictEqual } from 'node:util';
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  type ImageDetail as EcrImageDetail,
  type ImageIdentifier,
} from '@aws-sdk/client-ecr';
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
        for (const image of answer.images ?? []) {
          const digest = image.imageId?.imageDigest;
          if (digest !== undefined && isDigest(digest) && image.imageManifest !== undefined) {
            manifests.set(digest, image.imageManifest);
          }
        }
        const failure = answer.failures?.find(
          ({ imageId }) => !manifests.has(imageId?.imageDigest as Digest),
        );
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
  if (answer.imageDetails === undefined) throw malformed('DescribeImages', 'came without imageDetails');
  if (answer.nextToken) throw malformed('DescribeImages', 'has further pages for images asked for by id');
  return answer.imageDetails.map(parseDetail);
}

function parseDetail(detail: EcrImageDetail): ImageDetail {
  const { imageDigest: digest, imagePushedAt: pushedAt } = detail;
  if (digest === undefined || !isDigest(digest)) throw malformed('DescribeImages', 'names no valid digest');
  if (!(pushedAt instanceof Date) || Number.isNaN(pushedAt.getTime())) {
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
