/** The repositories of the registry: DescribeRepositories. */

import { type Operations, operation } from '../operation.ts';
import { type JsonObject, registryHost } from '../scenario.ts';
import { integer, list, structure } from '../shapes.ts';
import type { Repository } from '../store.ts';
import {
  invalid,
  next,
  nextToken,
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
      encryptionConfiguration: encryption(repository.name),
    };
  }

  function encryption(name: string): JsonObject {
    const spec = world.repositorySpec(name)?.encryption;
    if (spec === undefined) return { encryptionType: 'AES256' };
    const { account, region } = world.scenario;
    const kmsKey = spec.key.startsWith('arn:')
      ? spec.key
      : `arn:aws:kms:${region}:${account}:key/${spec.key}`;
    return { encryptionType: spec.type, kmsKey };
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
