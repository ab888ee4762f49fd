/** Downloads of layers: GetDownloadUrlForLayer, and the content behind its URLs. */
import { randomBytes } from 'node:crypto';
import { ServiceError } from '../answer.ts';
import { type Operations, operation } from '../operation.ts';
import { structure, text } from '../shapes.ts';
import { type RepositoryInput, registryId, repositoryName } from './operation.ts';
import type { Registry } from './registry.ts';

/** The path of layers that can be downloaded, which Amazon S3 serves for ECR. */
export const DOWNLOADS = '/layers/';

const URL_LIFE_MS = 60 * 60 * 1000;

/** @param endpoint where blobs are downloaded, without a path */
export function createLayers(
  registry: Registry,
  endpoint: () => string,
): { readonly operations: Operations; blob(path: string): Buffer | undefined } {
  const { world } = registry;
  const urls = new Map<string, { repository: string; digest: string; expiresAt: number }>();
  return {
    operations: {
      GetDownloadUrlForLayer: operation(
        structure(
          { registryId, repositoryName, layerDigest: text({ pattern: /^[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+$/ }) },
          ['repositoryName', 'layerDigest'],
        ),
        (input: RepositoryInput & { readonly layerDigest: string }) => {
          const repository = registry.repositoryOf(input);
          if (!repository.blobs.has(input.layerDigest)) {
            throw new ServiceError(
              'LayersNotFoundException',
              `The layer with digest '${input.layerDigest}' does not exist within ${registry.inRepository(repository)}`,
            );
          }
          const signature = randomBytes(32).toString('hex');
          const expiresAt = world.now() + URL_LIFE_MS;
          urls.set(signature, { repository: repository.name, digest: input.layerDigest, expiresAt });
          return {
            downloadUrl: `${endpoint()}${DOWNLOADS}${input.layerDigest}?X-Amz-Expires=3600&X-Amz-Signature=${signature}`,
            layerDigest: input.layerDigest,
          };
        },
      ),
    },
    blob: (path) => {
      const { pathname, searchParams } = new URL(path, 'http://s3');
      const url = urls.get(searchParams.get('X-Amz-Signature') ?? '');
      const known =
        url !== undefined && url.expiresAt > world.now() && pathname === `${DOWNLOADS}${url.digest}`;
      return known ? world.store.repositories.get(url.repository)?.blobs.get(url.digest) : undefined;
    },
  };
}
