/** What the operations of ECR's API have in common: their shapes, their inputs and how they are answered. */
import { ServiceError } from '../answer.ts';
import type { JsonObject } from '../scenario.ts';
import { type Shape, structure, text } from '../shapes.ts';

/** An operation: what its input has to look like, and its answer. */
export interface Operation {
  readonly shape: Shape;
  readonly handle: (input: unknown) => JsonObject;
}

/** The operations of one family by name. */
export type Operations = Readonly<Record<string, Operation>>;

/** An operation whose input has a type of its own: what its shape lets through. */
export function operation<Input>(shape: Shape, handle: (input: Input) => JsonObject): Operation {
  return { shape, handle: (input) => handle(input as Input) };
}

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
