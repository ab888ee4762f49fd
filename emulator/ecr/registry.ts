/** The registry as a caller of ECR sees it: its repositories, their images and the pages of its lists. */
import type { DocumentSpec, RegistrySpec } from '../account.ts';
import { type Pager, ServiceError } from '../answer.ts';
import type { Repository, StoredManifest } from '../store.ts';
import type { World } from '../world.ts';
import {
  type ImageId,
  invalid,
  type PagedInput,
  type RepositoryInput,
  repositoryNotFound,
} from './operation.ts';

/** The parts of a manifest that ECR's answers are about. */
interface Manifest {
  readonly artifactType?: string;
  readonly config?: { readonly mediaType: string; readonly size: number };
  readonly layers?: readonly { readonly size: number }[];
  readonly manifests?: readonly { readonly digest: string }[];
  readonly annotations?: Record<string, string>;
}

export class Registry {
  readonly world: World;
  private readonly pager: Pager;

  constructor(world: World, pager: Pager) {
    this.world = world;
    this.pager = pager;
  }

  /** @throws ServiceError if the request is about the registry of another account */
  checkRegistry({ registryId }: Pick<RepositoryInput, 'registryId'>, name: string): void {
    const registry = registryId || this.world.caller();
    if (registry !== this.world.scenario.account) throw repositoryNotFound(name, registry);
  }

  /** @throws ServiceError if there is no such repository */
  repositoryOf(input: RepositoryInput): Repository {
    this.checkRegistry(input, input.repositoryName);
    const { store, scenario } = this.world;
    const repository = store.repositories.get(input.repositoryName);
    if (repository === undefined) throw repositoryNotFound(input.repositoryName, scenario.account);
    return repository;
  }

  /** @throws ServiceError if the repository has no such image */
  imageOf(repository: Repository, id: ImageId): StoredManifest {
    const manifest = lookUp(repository, id);
    if (manifest === undefined) throw this.imageNotFound(repository, id);
    return manifest;
  }

  /** The settings of the caller's registry; those of another account are not part of a scenario. */
  callersSettings(): RegistrySpec {
    const { scenario } = this.world;
    return this.world.caller() === scenario.account ? (scenario.registry ?? {}) : {};
  }

  /**
   * The text of a repository's lifecycle policy.
   * @throws ServiceError if it has none
   */
  lifecyclePolicy(name: string): string {
    const policy = this.world.repositorySpec(name)?.lifecycle;
    if (policy !== undefined) return documentText(policy);
    throw new ServiceError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${this.world.scenario.account}'`,
    );
  }

  inRepository(repository: Repository): string {
    return `the repository with name '${repository.name}' in the registry with id '${this.world.scenario.account}'`;
  }

  imageNotFound(repository: Repository, id: ImageId): ServiceError {
    return new ServiceError(
      'ImageNotFoundException',
      `The image with imageId ${idText(id)} does not exist within ${this.inRepository(repository)}`,
    );
  }

  /** ACTIVE or ARCHIVED. Images that were pushed through the registry are ACTIVE. */
  imageStatus(repository: Repository, digest: string): string {
    const isArchived = repository.archived.has(digest) || this.world.find(repository.name, digest)?.archived;
    return isArchived ? 'ARCHIVED' : 'ACTIVE';
  }

  /** @throws ServiceError if the token is not one that this query was given */
  paged<T>(items: readonly T[], operation: string, input: PagedInput, standard: number) {
    const { nextToken: token, maxResults, ...rest } = input;
    const query = `${operation} ${JSON.stringify(rest)}`;
    const page = this.pager.page(items, query, token ?? undefined, maxResults ?? standard);
    if (page === undefined)
      throw invalid("Invalid parameter at 'nextToken' failed to satisfy constraint: 'invalid token'");
    return page;
  }
}

/** The manifest that an id names; if it has both a tag and a digest, they must agree. */
export function lookUp(
  repository: Repository,
  { imageDigest, imageTag }: ImageId,
): StoredManifest | undefined {
  const tagged = imageTag ? repository.tags.get(imageTag) : undefined;
  const digest = imageDigest ?? tagged;
  if (digest === undefined || (imageTag && tagged !== digest)) return undefined;
  return repository.manifests.get(digest);
}

/** A document as the API has it. */
export function documentText(document: DocumentSpec): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}

export function idText({ imageDigest, imageTag }: ImageId): string {
  return `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;
}

export function read(manifest: StoredManifest): Manifest {
  return JSON.parse(manifest.bytes.toString('utf8')) as Manifest;
}
