/** Why an image has no scan, according to the configuration of the accounts. */
import {
  BatchGetRepositoryScanningConfigurationCommand,
  GetRegistryScanningConfigurationCommand,
} from '@aws-sdk/client-ecr';
import { BatchGetAccountStatusCommand } from '@aws-sdk/client-inspector2';
import { briefly } from '../aws/briefly.ts';
import { callerAccount } from '../aws/caller.ts';
import type { AwsClients } from '../aws/clients.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { repositoryArn } from '../image/reference.ts';
import type { PlatformImage } from '../image/resolve.ts';
import type { MissingScan } from './scanner.ts';

/**
 * Reads the configuration for a reason why Amazon Inspector shows no scan of an image: basic scanning, Inspector
 * turned off, no scanning filter for the repository, or credentials of another account.
 */
export async function explainMissingInspectorScan(
  clients: AwsClients,
  deadline: Deadline,
  image: PlatformImage,
): Promise<MissingScan> {
  const [basic, inspector, manual] = await Promise.all([
    basicRegistry(clients, deadline, image),
    inspectorStatus(clients, deadline, image),
    neverScanned(clients, deadline, image, 'enhanced'),
  ]);
  const error = basic ?? inspectorOff(inspector, image) ?? manual;
  if (error !== undefined) return { error };
  // Inspector reports the status of an account to its own roles and to the delegated administrator.
  if (inspector.kind === 'known') return {};
  return otherAccount(clients, deadline, image, inspector.kind === 'refused');
}

/**
 * An error if the registry uses basic scanning, so that Inspector scans none of its images. ECR answers for the account
 * of the caller; a response about another registry, or none, is no evidence.
 * Source: ECR's service model, GetRegistryScanningConfiguration.
 */
function basicRegistry(
  clients: AwsClients,
  deadline: Deadline,
  { registry }: PlatformImage,
): Promise<GateError | undefined> {
  const { account, region } = registry;
  return ifAnswered(deadline, async (abortSignal) => {
    const command = new GetRegistryScanningConfigurationCommand({});
    const answer = await clients.ecr(registry).send(command, { abortSignal });
    if (answer.registryId !== account || answer.scanningConfiguration?.scanType !== 'BASIC') return undefined;
    const rules =
      '[{"scanFrequency":"CONTINUOUS_SCAN","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]';
    return new GateError(
      'configuration',
      `The registry of account ${account}, region ${region} uses basic scanning, so Amazon Inspector scans none of its images.`,
      {
        nextStep: `Enable enhanced scanning: aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules '${rules}' --region ${region}. To use the results of basic scanning instead, set scan-type: basic.`,
      },
    );
  });
}

/**
 * What Inspector reports of the registry's account. `refused`: it reports nothing to these credentials, which are
 * neither of that account nor of its delegated administrator. `unknown`: there was no answer.
 */
type InspectorStatus =
  | { readonly kind: 'known'; readonly status: string }
  | { readonly kind: 'refused' | 'unknown' };

/** Source: Inspector API, BatchGetAccountStatus and FailedAccount. */
async function inspectorStatus(
  clients: AwsClients,
  deadline: Deadline,
  { registry }: PlatformImage,
): Promise<InspectorStatus> {
  const found = await ifAnswered(deadline, async (abortSignal): Promise<InspectorStatus> => {
    const command = new BatchGetAccountStatusCommand({ accountIds: [registry.account] });
    const client = await clients.inspector(registry);
    const { accounts, failedAccounts } = await client.send(command, { abortSignal });
    const own = accounts?.find(({ accountId }) => accountId === registry.account);
    const status = own?.resourceState?.ecr?.status;
    if (status !== undefined) return { kind: 'known', status };
    const failure = failedAccounts?.find(({ accountId }) => accountId === registry.account);
    return { kind: failure?.errorCode === 'ACCESS_DENIED' ? 'refused' : 'unknown' };
  });
  return found ?? { kind: 'unknown' };
}

/** An error if Inspector does not scan images in the registry's account. */
function inspectorOff(inspector: InspectorStatus, { registry }: PlatformImage): GateError | undefined {
  if (inspector.kind !== 'known' || ['ENABLED', 'ENABLING'].includes(inspector.status)) return undefined;
  return new GateError(
    'configuration',
    `Amazon Inspector does not scan images in account ${registry.account}, region ${registry.region}: its status is ${inspector.status}.`,
    {
      nextStep: `Enable it: aws inspector2 enable --resource-types ECR --region ${registry.region}. If an organization manages Inspector, ask its delegated administrator.`,
    },
  );
}

/**
 * Names both accounts if the credentials are of another account than the registry's.
 * @param isRefused whether Inspector does not show that account to these credentials: then no scan will be visible
 */
async function otherAccount(
  clients: AwsClients,
  deadline: Deadline,
  { registry }: PlatformImage,
  isRefused: boolean,
): Promise<MissingScan> {
  const caller = await ifAnswered(deadline, (signal) => callerAccount(clients, registry, signal));
  if (caller === undefined || caller === registry.account) return {};
  const reason = `The AWS credentials belong to account ${caller}, and the registry belongs to account ${registry.account}. Amazon Inspector shows the scans of a registry only to its own account and to the delegated administrator of the organization.`;
  if (!isRefused) return { possibleReason: reason };
  return {
    error: new GateError('configuration', reason, {
      nextStep: `Run this step with a role of account ${registry.account}, or with a role of the delegated administrator's account.`,
    }),
  };
}

/**
 * An error if a push to the repository does not start a scan. ECR answers for the account of the caller; a response
 * about a repository of the same name in another account, or no response, is no evidence. Source: ECR's service model,
 * BatchGetRepositoryScanningConfiguration.
 */
export function neverScanned(
  clients: AwsClients,
  deadline: Deadline,
  image: PlatformImage,
  scanType: 'enhanced' | 'basic',
): Promise<GateError | undefined> {
  const { registry, repository } = image;
  return ifAnswered(deadline, async (abortSignal) => {
    const command = new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [repository] });
    const answer = await clients.ecr(registry).send(command, { abortSignal });
    const own = repositoryArn(registry, repository);
    const found = answer.scanningConfigurations?.find(({ repositoryArn: arn }) => arn === own);
    if (found === undefined) return undefined;
    if (scanType === 'basic') return found.scanOnPush === false ? notScannedOnPush(image) : undefined;
    if (found.scanFrequency !== 'MANUAL') return undefined;
    return new GateError(
      'configuration',
      `No scanning filter of account ${registry.account}, region ${registry.region} matches the repository ${repository}, so Amazon Inspector never scans it.`,
      {
        nextStep:
          'Add the repository to the enhanced scanning filters of the registry: ECR console, Private registry, Scanning configuration (aws ecr put-registry-scanning-configuration).',
      },
    );
  });
}

/** The answer; undefined if there is none. These calls only help to explain, so the run continues without a response. */
async function ifAnswered<T>(
  deadline: Deadline,
  call: (signal: AbortSignal) => Promise<T | undefined>,
): Promise<T | undefined> {
  return briefly(deadline, call).catch(() => undefined);
}

function notScannedOnPush({ registry, repository, digest }: PlatformImage): GateError {
  return new GateError(
    'configuration',
    `ECR has not scanned ${repository}@${digest}, and a push to the repository does not start a scan.`,
    {
      nextStep: `Turn on scan on push for the repository, or start a scan: aws ecr start-image-scan --repository-name ${repository} --image-id imageDigest=${digest} --region ${registry.region}`,
    },
  );
}
