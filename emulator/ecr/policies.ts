/** The documents and tags of repositories, and the registry policy. */
import { ServiceError } from '../answer.ts';
import { type Operations, operation } from '../operation.ts';
import { structure, text } from '../shapes.ts';
import {
  invalid,
  type RepositoryInput,
  registryId,
  repositoryName,
  repositoryNotFound,
} from './operation.ts';
import { documentText, type Registry } from './registry.ts';

export function policyOperations(registry: Registry): Operations {
  const { world } = registry;
  const shape = structure({ registryId, repositoryName }, ['repositoryName']);
  const answer = (name: string) => ({ registryId: world.scenario.account, repositoryName: name });

  return {
    GetRepositoryPolicy: operation(shape, (input: RepositoryInput) => {
      const { name } = registry.repositoryOf(input);
      const policy = world.repositorySpec(name)?.policy;
      if (policy !== undefined) return { ...answer(name), policyText: documentText(policy) };
      throw new ServiceError(
        'RepositoryPolicyNotFoundException',
        `Repository policy does not exist for the repository with name '${name}' in the registry with id '${world.scenario.account}'`,
      );
    }),

    GetLifecyclePolicy: operation(shape, (input: RepositoryInput) => {
      const { name } = registry.repositoryOf(input);
      return { ...answer(name), lifecyclePolicyText: registry.lifecyclePolicy(name) };
    }),

    ListTagsForResource: operation(
      structure({ resourceArn: text() }, ['resourceArn']),
      ({ resourceArn }: { readonly resourceArn: string }) => {
        const [, account, name] =
          /^arn:[a-z-]+:ecr:[a-z0-9-]+:(\d{12}):repository\/(.+)$/.exec(resourceArn) ?? [];
        if (account === undefined || name === undefined) {
          throw invalid(`Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'`);
        }
        if (!world.store.repositories.has(name) || world.repositoryArn(name) !== resourceArn) {
          throw repositoryNotFound(name, account);
        }
        const tags = Object.entries(world.repositorySpec(name)?.resourceTags ?? {});
        return { tags: tags.map(([Key, Value]) => ({ Key, Value })) };
      },
    ),

    GetRegistryPolicy: operation(structure({}), () => {
      const policy = registry.callersSettings().policy;
      if (policy !== undefined) return { registryId: world.caller(), policyText: documentText(policy) };
      throw new ServiceError(
        'RegistryPolicyNotFoundException',
        `Registry policy does not exist in the registry with id '${world.caller()}'`,
      );
    }),
  };
}
