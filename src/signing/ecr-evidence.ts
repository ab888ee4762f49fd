/** What is attached to a digest, as ECR's API and its downloads show it. */
import {
  BatchGetImageCommand,
  GetDownloadUrlForLayerCommand,
  ListImageReferrersCommand,
} from '@aws-sdk/client-ecr';
import type { AwsClients } from '../aws/clients.ts';
import { DownloadFailed, download } from '../aws/download.ts';
import { interrupted, translate } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { plainEndpoint } from '../image/configs.ts';
import { MANIFEST_MEDIA_TYPES } from '../image/manifest.ts';
import { repositoryArn } from '../image/reference.ts';
import type { EvidenceSource, Subject } from './evidence.ts';

// The most that ListImageReferrers lists on a page (ECR service model).
const REFERRERS_A_PAGE = 50;
const ATTEMPTS = 4;
const PAUSE_MS = 500;

/** @param environment where an AWS endpoint may be set (the SDK's own variables) */
export function ecrEvidence(
  clients: Pick<AwsClients, 'ecr'>,
  deadline: Deadline,
  environment: Readonly<Record<string, string | undefined>>,
): EvidenceSource {
  const plainHost = plainEndpoint(environment.AWS_ENDPOINT_URL_ECR ?? environment.AWS_ENDPOINT_URL);
  const asked = async <T>(action: string, { registry, repository }: Subject, ask: () => Promise<T>) => {
    try {
      return await ask();
    } catch (error) {
      throw translate(error, { action, resource: repositoryArn(registry, repository) }, deadline);
    }
  };
  const downloadUrl = (subject: Subject, layerDigest: string) =>
    asked('ecr:GetDownloadUrlForLayer', subject, () =>
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
      asked('ecr:ListImageReferrers', subject, () =>
        clients.ecr(subject.registry).send(
          new ListImageReferrersCommand({
            registryId: subject.registry.account,
            repositoryName: subject.repository,
            subjectId: { imageDigest: subject.digest },
            // By itself ECR lists no archived ones, and what is archived may take a verdict back.
            filter: { artifactStatus: 'ANY' },
            maxResults: REFERRERS_A_PAGE,
            nextToken,
          }),
          { abortSignal: deadline.signal },
        ),
      ),
    manifests: (subject, ids) =>
      asked('ecr:BatchGetImage', subject, () =>
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
      for (let attempt = 1; ; attempt += 1) {
        const { downloadUrl: url } = await downloadUrl(subject, digest);
        try {
          if (!url) throw new DownloadFailed('ECR answered without a URL', true);
          return await download(url, { maxBytes, signal: deadline.signal, plainHost });
        } catch (error) {
          if (deadline.signal.aborted) throw interrupted(deadline, `the download of ${digest}`, error);
          if (!(error instanceof DownloadFailed) || !error.transient || attempt === ATTEMPTS) throw error;
          await deadline.sleep(attempt * PAUSE_MS);
        }
      }
    },
  };
}
