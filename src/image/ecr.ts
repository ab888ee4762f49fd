/** Reads images and manifests from ECR. */

import { isDeepStrictEqual } from 'node:util';
import { BatchGetImageCommand, DescribeImagesCommand, type ImageIdentifier } from '@aws-sdk/client-ecr';
import type { AwsClients } from '../aws/clients.ts';
import { isNamed, MalformedAnswer, translate } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import type { Digest, ImageReference, Registry } from '../results/registry.ts';
import type * as Answers from './answers.ts';
import { MANIFEST_MEDIA_TYPES } from './manifest.ts';
import { isDigest, repositoryArn } from './reference.ts';
import { type ImageDetail, type ImageSource, INCOMPLETE_INDEX } from './resolve.ts';

// The most image ids that DescribeImages and BatchGetImage accept (ECR service model).
const IDS_PER_CALL = 100;

/** ECR as an ImageSource. */
export function ecrImages(clients: AwsClients, deadline: Deadline): ImageSource {
  return {
    describe: (reference) => describeReference(clients, deadline, reference),
    describeAll: async (registry, repository, digests) => {
      const details: ImageDetail[] = [];
      for (const chunk of chunks(digests, IDS_PER_CALL)) {
        const ids = chunk.map((imageDigest) => ({ imageDigest }));
        details.push(...(await describe(clients, deadline, registry, repository, ids, repository)));
      }
      return withoutRepetitions(details);
    },
    manifests: async (registry, repository, digests) => {
      const manifests = new Map<Digest, string>();
      for (const chunk of chunks(digests, IDS_PER_CALL)) {
        await readManifests(clients, deadline, registry, repository, chunk, manifests);
      }
      return manifests;
    },
  };
}

async function describeReference(
  clients: AwsClients,
  deadline: Deadline,
  reference: ImageReference,
): Promise<ImageDetail> {
  const { registry, repository, tag, digest, text } = reference;
  const imageId = digest === undefined ? { imageTag: tag } : { imageDigest: digest };
  const details = await describe(clients, deadline, registry, repository, [imageId], text);
  const [detail, ...others] = details;
  if (detail === undefined || others.length > 0) {
    throw malformed(`${DESCRIBE} described ${details.length} images instead of one`);
  }
  if (digest !== undefined && detail.digest !== digest) {
    throw malformed(`${DESCRIBE} described a different digest than the requested one`);
  }
  if (digest !== undefined && tag !== undefined) {
    const [tagged] = await describe(clients, deadline, registry, repository, [{ imageTag: tag }], text);
    if (tagged?.digest !== digest) throw otherDigest(reference);
  }
  return detail;
}

const DESCRIBE = 'ecr:DescribeImages';
const GET = 'ecr:BatchGetImage';

/** @throws GateError `not-proven` if two records of one image differ */
function withoutRepetitions(details: readonly ImageDetail[]): ImageDetail[] {
  const described = new Map<Digest, ImageDetail>();
  for (const detail of details) {
    if (!isDeepStrictEqual(described.get(detail.digest) ?? detail, detail)) {
      throw malformed(`${DESCRIBE} described ${detail.digest} twice, with different values`);
    }
    described.set(detail.digest, detail);
  }
  return [...described.values()];
}

/** Adds the manifests of one call. */
async function readManifests(
  clients: AwsClients,
  deadline: Deadline,
  registry: Registry,
  repository: string,
  digests: readonly Digest[],
  manifests: Map<Digest, string>,
): Promise<void> {
  const command = new BatchGetImageCommand({
    registryId: registry.account,
    repositoryName: repository,
    imageIds: digests.map((imageDigest) => ({ imageDigest })),
    acceptedMediaTypes: [...MANIFEST_MEDIA_TYPES],
  });
  const answer = await send(GET, registry, repository, deadline, () =>
    clients.ecr(registry).send(command, { abortSignal: deadline.signal }),
  );
  const { images, failures } = await read(({ fetchedImages }) => fetchedImages(answer, GET));
  for (const { imageId, imageManifest } of images ?? []) {
    const found = imageId?.imageDigest;
    if (found && isDigest(found) && typeof imageManifest === 'string') manifests.set(found, imageManifest);
  }
  const failure = failures?.find(({ imageId }) => !manifests.has(imageId?.imageDigest as Digest));
  if (failure === undefined) return;
  const code = failure.failureCode ?? 'no failure code';
  throw new GateError(
    'not-found',
    `ECR could not return the manifest ${failure.imageId?.imageDigest ?? 'of an image'} of ${repository}: ${failure.failureReason ?? 'no reason'} (${code})`,
    { nextStep: code.startsWith('Upstream') ? UPSTREAM : INCOMPLETE_INDEX },
  );
}

const UPSTREAM =
  'The repository is a pull-through cache: check the credentials of its rule, then pull the image once (docker pull) before this step.';

async function describe(
  clients: AwsClients,
  deadline: Deadline,
  registry: Registry,
  repository: string,
  imageIds: ImageIdentifier[],
  text: string,
): Promise<ImageDetail[]> {
  const call = (archived: boolean) =>
    clients.ecr(registry).send(
      new DescribeImagesCommand({
        registryId: registry.account,
        repositoryName: repository,
        imageIds,
        ...(archived && { filter: { imageStatus: 'ANY' as const } }),
      }),
      { abortSignal: deadline.signal },
    );
  const answer = await send(DESCRIBE, registry, repository, deadline, () =>
    call(false).catch(async (error: unknown) => {
      if (!isNamed(error, 'ImageNotFoundException')) throw error;
      // ECR does not report archived images unless the filter includes them.
      const hidden = await call(true).catch(() => undefined);
      const isArchived = await read(({ hasArchivedImage }) => hasArchivedImage(hidden));
      throw isArchived ? archivedImage(text) : noImage(text, error as Error);
    }),
  );
  const { imageDetails, nextToken } = await read(({ describedImages }) => describedImages(answer, DESCRIBE));
  if (nextToken) throw malformed(`${DESCRIBE} returned a further page for images that were requested by id`);
  return imageDetails.map(({ imageDigest, imagePushedAt, imageStatus }) => ({
    digest: imageDigest,
    pushedAt: imagePushedAt,
    status: imageStatus ?? undefined,
  }));
}

async function send<T>(
  action: string,
  registry: Registry,
  repository: string,
  deadline: Deadline,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, 'RepositoryNotFoundException')) {
      throw new GateError(
        'not-found',
        `ECR has no repository ${repository} in account ${registry.account}, region ${registry.region}.`,
        { nextStep: 'Check the repository name, the account and the region in the image URI.', cause: error },
      );
    }
    if (isNamed(error, 'UnableToGetUpstreamImageException')) {
      const message = `ECR could not get an image of ${repository} from the upstream registry: ${(error as Error).message}`;
      throw new GateError('not-found', message, { nextStep: UPSTREAM, cause: error });
    }
    throw translate(error, { action, resource: repositoryArn(registry, repository) }, deadline);
  }
}

/**
 * Reads an answer.
 * @throws GateError `not-proven` with the API and the member that is malformed
 */
async function read<T>(reader: (answers: typeof Answers) => T): Promise<T> {
  // No request needs it, so it is loaded while the first answer is under way.
  const answers = await import('./answers.ts');
  try {
    return reader(answers);
  } catch (error) {
    throw error instanceof MalformedAnswer ? malformed(error.message, error) : error;
  }
}

function malformed(message: string, cause = new MalformedAnswer(message)): GateError {
  return new GateError('not-proven', `${message}, so the image cannot be identified.`, {
    nextStep:
      'Run the step again. If it fails again, check whether a proxy between the runner and AWS modifies the responses.',
    cause,
  });
}

function noImage(text: string, cause: Error): GateError {
  return new GateError('not-found', `ECR has no image ${text}.`, {
    nextStep:
      'Check the tag, and that the image was pushed before this step. If the repository is a pull-through cache, pull the image once before this step.',
    cause,
  });
}

function archivedImage(text: string): GateError {
  return new GateError(
    'unscannable',
    `${text} is archived. Amazon Inspector does not scan archived images.`,
    {
      nextStep: 'Restore the image in ECR, or push it again.',
    },
  );
}

function otherDigest(reference: ImageReference): GateError {
  return new GateError(
    'input',
    `${reference.text}: the tag ${reference.tag} does not point at that digest.`,
    { nextStep: 'Give the digest alone, or the tag and the digest that the push printed.' },
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}
