/** Reads image configs from ECR. They name the instruction that created each layer. */

import { GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { AwsClients } from '../aws/clients.ts';
import { DownloadFailed, download } from '../aws/download.ts';
import { translate } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import type { Digest, Registry } from '../results/registry.ts';
import { LayersUnknown } from './layers.ts';
import { repositoryArn } from './reference.ts';

/** Image configs usually have a few kilobytes. */
export const MAX_CONFIG_BYTES = 1024 * 1024;
const ATTEMPTS = 3;
const PAUSE_MS = 500;

export interface ConfigSource {
  /**
   * The bytes of a config blob. The caller verifies them against the digest.
   * @throws GateError `access-denied` and the like, LayersUnknown
   */
  config(
    registry: Registry,
    repository: string,
    config: { readonly digest: Digest; readonly size: number },
  ): Promise<Buffer>;
}

/**
 * ECR as a ConfigSource.
 * @param environment where the SDK's variables for an AWS endpoint are read
 */
export function ecrConfigs(
  clients: AwsClients,
  deadline: Deadline,
  environment: Readonly<Record<string, string | undefined>>,
): ConfigSource {
  const plainHost = plainEndpoint(environment.AWS_ENDPOINT_URL_ECR ?? environment.AWS_ENDPOINT_URL);
  return {
    config: async (registry, repository, { digest, size }) => {
      if (size > MAX_CONFIG_BYTES) throw new LayersUnknown(`the config ${digest} has ${size} bytes`);
      for (let attempt = 1; ; attempt++) {
        const url = await downloadUrl(clients, deadline, registry, repository, digest);
        try {
          return await download(url, { maxBytes: size, signal: deadline.signal, plainHost });
        } catch (error) {
          if (!(error instanceof DownloadFailed)) throw error;
          if (!error.transient || attempt === ATTEMPTS || deadline.signal.aborted) {
            throw new LayersUnknown(`the config ${digest} cannot be downloaded: ${error.message}`);
          }
          await deadline.sleep(attempt * PAUSE_MS);
        }
      }
    },
  };
}

async function downloadUrl(
  clients: AwsClients,
  deadline: Deadline,
  registry: Registry,
  repository: string,
  digest: Digest,
): Promise<string> {
  const command = new GetDownloadUrlForLayerCommand({
    registryId: registry.account,
    repositoryName: repository,
    layerDigest: digest,
  });
  let url: string | undefined;
  try {
    ({ downloadUrl: url } = await clients.ecr(registry).send(command, { abortSignal: deadline.signal }));
  } catch (error) {
    const resource = repositoryArn(registry, repository);
    throw translate(error, { action: 'ecr:GetDownloadUrlForLayer', resource }, deadline);
  }
  if (!url) throw new LayersUnknown('ecr:GetDownloadUrlForLayer returned no URL');
  return url;
}

/** The `host:port` of an endpoint without TLS; undefined for any other endpoint. */
export function plainEndpoint(endpoint: string | undefined): string | undefined {
  const address = endpoint === undefined ? null : URL.parse(endpoint);
  return address?.protocol === 'http:' ? address.host : undefined;
}
