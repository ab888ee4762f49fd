/** Reads what is attached to a digest from ECR's API and the download URLs that it returns. */
import {
  BatchGetImageCommand,
  GetDownloadUrlForLayerCommand,
  ListImageReferrersCommand,
} from '@aws-sdk/client-ecr';
import type { AwsClients } from '../../aws/clients.ts';
import { DownloadFailed, download } from '../../aws/download.ts';
import { interrupted, isNamed, translate } from '../../aws/errors.ts';
import type { Deadline } from '../../deadline.ts';
import { GateError } from '../../errors.ts';
import { plainEndpoint } from '../../image/configs.ts';
import { MANIFEST_MEDIA_TYPES } from '../../image/manifest.ts';
import { repositoryArn } from '../../image/reference.ts';
import { retry } from '../retry.ts';
import type { EvidenceSource, Subject } from './source.ts';

// The maximum page size of ListImageReferrers. Source: ECR service model.
const REFERRERS_PER_PAGE = 50;
const DOWNLOAD_ATTEMPTS = 4;

/** @param environment may name an AWS endpoint in the SDK's own variables */
export function ecrEvidence(
  clients: Pick<AwsClients, 'ecr'>,
  deadline: Deadline,
  environment: Readonly<Record<string, string | undefined>>,
): EvidenceSource {
  const plainHost = plainEndpoint(environment.AWS_ENDPOINT_URL_ECR ?? environment.AWS_ENDPOINT_URL);
  const request = async <T>(action: string, { registry, repository }: Subject, send: () => Promise<T>) => {
    try {
      return await send();
    } catch (error) {
      const resource = repositoryArn(registry, repository);
      if (isNamed(error, 'RepositoryNotFoundException')) {
        throw new GateError('not-found', `ECR has no repository ${resource}.`, {
          nextStep: 'Check the account, the region and the name of the repository.',
          cause: error,
        });
      }
      throw translate(error, { action, resource }, deadline);
    }
  };
  const downloadUrl = (subject: Subject, layerDigest: string) =>
    request('ecr:GetDownloadUrlForLayer', subject, () =>
      clients.ecr(subject.registry).send(
        new GetDownloadUrlForLayerCommand({
          registryId: subject.registry.account,
          repositoryName: subject.repository,
          layerDigest,
        }),
        { abortSignal: deadline.signal },
      ),
    );
  return {
    referrers: (subject, nextToken) =>
      request('ecr:ListImageReferrers', subject, () =>
        clients.ecr(subject.registry).send(
          new ListImageReferrersCommand({
            registryId: subject.registry.account,
            repositoryName: subject.repository,
            subjectId: { imageDigest: subject.digest },
            // By default ECR lists no archived referrers, and an archived one may revoke the verdict.
            filter: { artifactStatus: 'ANY' },
            maxResults: REFERRERS_PER_PAGE,
            nextToken,
          }),
          { abortSignal: deadline.signal },
        ),
      ),
    manifests: (subject, ids) =>
      request('ecr:BatchGetImage', subject, () =>
        clients.ecr(subject.registry).send(
          new BatchGetImageCommand({
            registryId: subject.registry.account,
            repositoryName: subject.repository,
            imageIds: [...ids],
            acceptedMediaTypes: [...MANIFEST_MEDIA_TYPES],
          }),
          { abortSignal: deadline.signal },
        ),
      ),
    blob: async (subject, digest, maxBytes) => {
      const result = await retry<Buffer | DownloadFailed>(
        async () => {
          const { downloadUrl: url } = await downloadUrl(subject, digest);
          try {
            if (!url) throw new DownloadFailed('ECR returned no URL', true);
            const bytes = await download(url, { maxBytes, signal: deadline.signal, plainHost });
            return { value: bytes, again: false };
          } catch (error) {
            if (deadline.signal.aborted) throw interrupted(deadline, `the download of ${digest}`, error);
            if (!(error instanceof DownloadFailed)) throw error;
            return { value: error, again: error.transient };
          }
        },
        { deadline, attempts: DOWNLOAD_ATTEMPTS },
      );
      if (result instanceof DownloadFailed) throw result;
      return result;
    },
  };
}
