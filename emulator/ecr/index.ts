/** ECR's API (AWS JSON 1.1): the store and the scans of its images as a caller of ECR sees them. */
import type { Pager } from '../answer.ts';
import { type Handler, handlerOf } from '../operation.ts';
import type { World } from '../world.ts';
import { createAuthorization } from './authorization.ts';
import { cacheOperations } from './cache.ts';
import { imageOperations } from './images.ts';
import { createLayers } from './layers.ts';
import { invalid } from './operation.ts';
import { policyOperations } from './policies.ts';
import { previewOperations } from './preview.ts';
import { Registry } from './registry.ts';
import { repositoryOperations } from './repositories.ts';
import { scanningOperations } from './scanning.ts';
import { scanOperations } from './scans.ts';
import { settingOperations } from './settings.ts';
import { signingOperations } from './signing.ts';

export { DOWNLOADS } from './layers.ts';

/** The prefix of the `X-Amz-Target` header. */
export const ECR_TARGET = 'AmazonEC2ContainerRegistry_V20150921.';

export interface Ecr extends Handler {
  /** Whether a user and password are those of a token that GetAuthorizationToken gave. */
  authenticate(user: string, password: string): boolean;
  /** The blob behind a path and query of GetDownloadUrlForLayer; undefined if that gave no such URL. */
  blob(path: string): Buffer | undefined;
}

/** @param endpoint where blobs are downloaded, without a path */
export function createEcr(world: World, pager: Pager, endpoint: () => string): Ecr {
  const registry = new Registry(world, pager);
  const authorization = createAuthorization(world);
  const layers = createLayers(registry, endpoint);
  const { handle } = handlerOf(
    'ECR',
    [
      authorization.operations,
      layers.operations,
      imageOperations(registry),
      scanOperations(registry),
      scanningOperations(world),
      signingOperations(registry),
      repositoryOperations(registry),
      policyOperations(registry),
      settingOperations(registry),
      cacheOperations(registry),
      previewOperations(registry),
    ],
    (problem) => invalid(`Invalid parameter: ${problem}`),
  );

  return {
    handle,
    blob: layers.blob,
    authenticate: authorization.authenticate,
  };
}
