/** Pull-through cache rules and repository creation templates. */
import type { CacheRuleSpec, TemplateSpec } from '../account.ts';
import { epochSeconds, ServiceError } from '../answer.ts';
import { type Operations, operation } from '../operation.ts';
import type { JsonObject } from '../scenario.ts';
import { integer, list, structure, text } from '../shapes.ts';
import { next, nextToken, type PagedInput, registryId } from './operation.ts';
import { documentText, type Registry } from './registry.ts';

const prefix = text({
  min: 2,
  max: 30,
  pattern: /^((?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*\/?|ROOT)$/,
});

export function cacheOperations(registry: Registry): Operations {
  const { world } = registry;
  const createdAt = epochSeconds(world.now());

  function describeRule({ prefix: ecrRepositoryPrefix, upstream, url, ...rule }: CacheRuleSpec): JsonObject {
    return {
      ecrRepositoryPrefix,
      upstreamRegistryUrl: url,
      upstreamRegistry: upstream,
      createdAt,
      updatedAt: createdAt,
      registryId: world.caller(),
      ...(rule.upstreamPrefix === undefined ? {} : { upstreamRepositoryPrefix: rule.upstreamPrefix }),
      ...(rule.credentialArn === undefined ? {} : { credentialArn: rule.credentialArn }),
      ...(rule.roleArn === undefined ? {} : { customRoleArn: rule.roleArn }),
    };
  }

  function describeTemplate(template: TemplateSpec): JsonObject {
    const { prefix: name, appliedFor, policy, lifecycle, tagMutability, tagMutabilityExclusions } = template;
    return {
      prefix: name,
      encryptionConfiguration: { encryptionType: 'AES256' },
      resourceTags: [],
      imageTagMutability: tagMutability ?? 'MUTABLE',
      ...(tagMutabilityExclusions?.length
        ? {
            imageTagMutabilityExclusionFilters: tagMutabilityExclusions.map((filter) => ({
              filterType: 'WILDCARD',
              filter,
            })),
          }
        : {}),
      ...(policy === undefined ? {} : { repositoryPolicy: documentText(policy) }),
      ...(lifecycle === undefined ? {} : { lifecyclePolicy: documentText(lifecycle) }),
      appliedFor,
      createdAt,
      updatedAt: createdAt,
    };
  }

  return {
    DescribePullThroughCacheRules: operation(
      structure({
        registryId,
        ecrRepositoryPrefixes: list(prefix, 1, 100),
        nextToken,
        maxResults: integer(1, 1000),
      }),
      (input: PagedInput & { readonly registryId?: string | null }) => {
        registry.checkRegistry(input, '');
        const page = registry.paged(
          registry.callersSettings().cacheRules ?? [],
          'DescribePullThroughCacheRules',
          input,
          100,
        );
        return { pullThroughCacheRules: page.items.map(describeRule), ...next(page.nextToken) };
      },
    ),

    ValidatePullThroughCacheRule: operation(
      structure({ registryId, ecrRepositoryPrefix: prefix }, ['ecrRepositoryPrefix']),
      (input: { readonly registryId?: string | null; readonly ecrRepositoryPrefix: string }) => {
        registry.checkRegistry(input, '');
        const found = registry
          .callersSettings()
          .cacheRules?.find((rule) => rule.prefix === input.ecrRepositoryPrefix);
        if (found === undefined) {
          throw new ServiceError(
            'PullThroughCacheRuleNotFoundException',
            `A pull through cache rule with prefix '${input.ecrRepositoryPrefix}' does not exist`,
          );
        }
        const { createdAt: _, updatedAt: __, upstreamRegistry: ___, ...rule } = describeRule(found);
        const { failure } = found;
        return { ...rule, isValid: failure === undefined, ...(failure === undefined ? {} : { failure }) };
      },
    ),

    DescribeRepositoryCreationTemplates: operation(
      structure({
        prefixes: list(text({ min: 1, max: 256 }), 1, 100),
        nextToken,
        maxResults: integer(1, 1000),
      }),
      (input: PagedInput) => {
        const page = registry.paged(
          registry.callersSettings().templates ?? [],
          'DescribeRepositoryCreationTemplates',
          input,
          100,
        );
        return {
          registryId: world.caller(),
          repositoryCreationTemplates: page.items.map(describeTemplate),
          ...next(page.nextToken),
        };
      },
    ),
  };
}
