/** The parts that the operations of ECR's API share: shapes, inputs and refusals. */
import { ServiceError } from '../answer.ts';
import { structure, text } from '../shapes.ts';

export const registryId = text({ pattern: /^[0-9]{12}$/ });
export const repositoryName = text({
  min: 2,
  max: 256,
  pattern: /^(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\/)*[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/,
});
export const imageId = structure({ imageDigest: text(), imageTag: text({ min: 1, max: 300 }) });
export const nextToken = text();

export interface ImageId {
  readonly imageDigest?: string | null;
  readonly imageTag?: string | null;
}

export interface RepositoryInput {
  readonly registryId?: string | null;
  readonly repositoryName: string;
}

export interface PagedInput {
  readonly nextToken?: string | null;
  readonly maxResults?: number | null;
}

export function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}

export function repositoryNotFound(name: string, registry: string): ServiceError {
  return new ServiceError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registry}'`,
  );
}

export function next(token: string | undefined): { nextToken?: string } {
  return token === undefined ? {} : { nextToken: token };
}
