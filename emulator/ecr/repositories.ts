/** The repositories of the registry: DescribeRepositories. */
import { type JsonObject, registryHost } from '../scenario.ts';
import { integer, list, structure } from '../shapes.ts';
import type { Repository } from '../store.ts';
import {
  invalid,
  next,
  nextToken,
  type Operations,
  operation,
  type PagedInput,
  type RepositoryInput,
  registryId,
  repositoryName,
} from './operation.ts';
import type { Registry } from './registry.ts';

interface DescribeRepositoriesInput extends PagedInput, Pick<RepositoryInput, 'registryId'> {
  readonly repositoryNames?: readonly string[] | null;
}

export function repositoryOperations(registry: Registry): Operations {
  const { world } = registry;

  function describeRepository(repository: Repository): JsonObject {
    const exclusions = repository.tagMutabilityExclusions.map((filter) => ({
      filterType: 'WILDCARD',
      filter,
    }));
    return {
      repositoryArn: world.repositoryArn(repository.name),
      registryId: world.scenario.account,
      repositoryName: repository.name,
      repositoryUri: `${registryHost(world.scenario)}/${repository.name}`,
      imageTagMutability: repository.tagMutability,
      ...(exclusions.length > 0 ? { imageTagMutabilityExclusionFilters: exclusions } : {}),
      imageScanningConfiguration: { scanOnPush: world.scanFrequency(repository.name) !== 'MANUAL' },
      encryptionConfiguration: { encryptionType: 'AES256' },
    };
  }

  return {
    DescribeRepositories: operation(
      structure({
        registryId,
        repositoryNames: list(repositoryName, 1, 100),
        nextToken,
        maxResults: integer(1, 1000),
      }),
      (input: DescribeRepositoriesInput) => {
        const { repositoryNames } = input;
        if (repositoryNames && (input.maxResults || input.nextToken)) {
          throw invalid("maxResults and nextToken can't be used together with repositoryNames");
        }
        registry.checkRegistry(input, repositoryNames?.[0] ?? '');
        const found = repositoryNames
          ? repositoryNames.map((name) => registry.repositoryOf({ ...input, repositoryName: name }))
          : [...world.store.repositories.values()];
        const page = registry.paged(found, 'DescribeRepositories', input, 100);
        return { repositories: page.items.map(describeRepository), ...next(page.nextToken) };
      },
    ),
  };
}
