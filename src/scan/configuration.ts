/** Why an image has no scan: what the account's configuration says of it. */
import {
  BatchGetRepositoryScanningConfigurationCommand,
  GetRegistryScanningConfigurationCommand,
} from '@aws-sdk/client-ecr';
import { BatchGetAccountStatusCommand } from '@aws-sdk/client-inspector2';
import { briefly } from '../aws/briefly.ts';
import type { AwsClients } from '../aws/clients.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { repositoryArn } from '../image/reference.ts';
import type { PlatformImage } from '../image/resolve.ts';

/**
 * Says so if the registry is on basic scanning, so that Inspector sees none of its images; no answer says nothing, nor
 * does one about another registry: ECR answers for the account of the caller.
 * Source: ECR's service model, GetRegistryScanningConfiguration.
 */
export function basicRegistry(
  clients: AwsClients,
  deadline: Deadline,
  { registry }: PlatformImage,
): Promise<GateError | undefined> {
  const { account, region } = registry;
  return hint(deadline, async (abortSignal) => {
    const command = new GetRegistryScanningConfigurationCommand({});
    const answer = await clients.ecr(registry).send(command, { abortSignal });
    if (answer.registryId !== account || answer.scanningConfiguration?.scanType !== 'BASIC') return undefined;
    const rules =
      '[{"scanFrequency":"CONTINUOUS_SCAN","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]';
    return new GateError(
      'configuration',
      `The registry of account ${account}, region ${region} is on basic scanning, so Amazon Inspector scans none of its images.`,
      {
        nextStep: `Enable enhanced scanning: aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules '${rules}' --region ${region}. To judge by the results of basic scanning, set scan-type: basic.`,
      },
    );
  });
}

/** Says so if Inspector does not scan images in the registry's account; no answer says nothing. */
export function inspectorOff(
  clients: AwsClients,
  deadline: Deadline,
  { registry }: PlatformImage,
): Promise<GateError | undefined> {
  return hint(deadline, async (abortSignal) => {
    const command = new BatchGetAccountStatusCommand({ accountIds: [registry.account] });
    const answer = await clients.inspector(registry).send(command, { abortSignal });
    const status = answer.accounts?.find(({ accountId }) => accountId === registry.account)?.resourceState
      ?.ecr?.status;
    if (status === undefined || status === 'ENABLED' || status === 'ENABLING') return undefined;
    return new GateError(
      'configuration',
      `Amazon Inspector does not scan images in account ${registry.account}, region ${registry.region}: it is ${status}.`,
      { nextStep: `Turn it on: aws inspector2 enable --resource-types ECR --region ${registry.region}` },
    );
  });
}

/**
 * Says so if a push to the repository starts no scan; no answer says nothing, nor does one of a repository of
 * the same name: ECR answers for the account of whoever asks, whatever account the image is in.
 * Source: ECR's service model, BatchGetRepositoryScanningConfiguration.
 */
export function neverScanned(
  clients: AwsClients,
  deadline: Deadline,
  image: PlatformImage,
  scanType: 'enhanced' | 'basic',
): Promise<GateError | undefined> {
  const { registry, repository } = image;
  return hint(deadline, async (abortSignal) => {
    const command = new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repository] });
    const answer = await clients.ecr(registry).send(command, { abortSignal });
    const own = repositoryArn(registry, repository);
    const found = answer.scanningConfigurations?.find(({ repositoryArn: arn }) => arn === own);
    if (found === undefined) return undefined;
    if (scanType === 'basic') return found.scanOnPush === false ? notScannedOnPush(image) : undefined;
    if (found.scanFrequency !== 'MANUAL') return undefined;
    return new GateError(
      'configuration',
      `The repository ${repository} is in no scanning filter of account ${registry.account}, region ${registry.region}: Inspector never scans it.`,
      {
        nextStep:
          'Add the repository to the registry’s enhanced scanning filters: ECR, Private registry, Scanning (aws ecr put-registry-scanning-configuration).',
      },
    );
  });
}

/** These questions only explain: being refused an answer costs the hint and nothing else. */
async function hint(
  deadline: Deadline,
  ask: (signal: AbortSignal) => Promise<GateError | undefined>,
): Promise<GateError | undefined> {
  return briefly(deadline, ask).catch(() => undefined);
}

function notScannedOnPush({ registry, repository, digest }: PlatformImage): GateError {
  return new GateError(
    'configuration',
    `ECR has not scanned ${repository}@${digest}, and a push to the repository starts no scan.`,
    {
      nextStep: `Turn on scan on push for the repository, or start a scan: aws ecr start-image-scan --repository-name ${repository} --image-id imageDigest=${digest} --region ${registry.region}`,
    },
  );
}
