/** ECR's API (AWS JSON 1.1): the store and the scans of its images as a caller of ECR sees them. */
import { type Answer, type Pager, ServiceError } from '../answer.ts';
import { problem } from '../shapes.ts';
import type { World } from '../world.ts';
import { createAuthorization } from './authorization.ts';
import { imageOperations } from './images.ts';
import { createLayers } from './layers.ts';
import { invalid } from './operation.ts';
import { Registry } from './registry.ts';
import { repositoryOperations } from './repositories.ts';
import { scanningOperations } from './scanning.ts';
import { scanOperations } from './scans.ts';
import { signingOperations } from './signing.ts';

export { DOWNLOADS } from './layers.ts';

/** The prefix of the `X-Amz-Target` header. */
export const ECR_TARGET = 'AmazonEC2ContainerRegistry_V20150921.';

export interface Ecr {
  /** Answers an operation; refusals are answers too. */
  handle(operation: string, input: unknown): Answer;
  /** Whether a user and password are those of a token that GetAuthorizationToken gave. */
  authenticate(user: string, password: string): boolean;
  /** The blob behind a path and query of GetDownloadUrlForLayer; undefined where that gave no such URL. */
  blob(path: string): Buffer | undefined;
}

/** @param endpoint where blobs are downloaded, without a path */
export function createEcr(world: World, pager: Pager, endpoint: () => string): Ecr {
  const registry = new Registry(world, pager);
  const authorization = createAuthorization(world);
  const layers = createLayers(registry, endpoint);
  const operations = new Map(
    [
      authorization.operations,
      layers.operations,
      imageOperations(registry),
      scanOperations(registry),
      scanningOperations(world),
      signingOperations(registry),
      repositoryOperations(registry),
    ].flatMap((family) => Object.entries(family)),
  );

  return {
    handle: (name, input) => {
      try {
        const operation = operations.get(name);
        if (operation === undefined) {
          throw new ServiceError('UnknownOperationException', `ECR's ${name} is not emulated`, 404);
        }
        const wrong = problem(operation.shape, input, '');
        if (wrong !== undefined) throw invalid(`Invalid parameter: ${wrong}`);
        return { status: 200, body: operation.handle(input) };
      } catch (error) {
        if (error instanceof ServiceError) return error.answer();
        throw error;
      }
    },
    blob: layers.blob,
    authenticate: authorization.authenticate,
  };
}
