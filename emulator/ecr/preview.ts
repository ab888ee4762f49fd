/** Lifecycle previews. The scenario defines their results. Each is complete at the second request. */
import { epochSeconds, ServiceError } from '../answer.ts';
import { type Operations, operation } from '../operation.ts';
import type { JsonObject } from '../scenario.ts';
import { integer, list, oneOf, structure, text } from '../shapes.ts';
import {
  imageId,
  next,
  nextToken,
  type PagedInput,
  type RepositoryInput,
  registryId,
  repositoryName,
} from './operation.ts';
import type { Registry } from './registry.ts';

export function previewOperations(registry: Registry): Operations {
  const { world } = registry;
  /** How often the preview of each repository was requested. */
  const asked = new Map<string, number>();
  const texts = new Map<string, string>();
  const about = (name: string) => ({ registryId: world.scenario.account, repositoryName: name });

  function results(name: string): JsonObject[] {
    const repository = world.store.repositories.get(name);
    return (world.repositorySpec(name)?.preview ?? []).flatMap(({ image, action, priority }) => {
      const manifest = repository?.manifests.get(world.digests.get(image) ?? '');
      if (repository === undefined || manifest === undefined) return [];
      const imageTags = world.store.tagsOf(repository, manifest.digest);
      return [
        {
          ...(imageTags.length > 0 ? { imageTags } : {}),
          imageDigest: manifest.digest,
          imagePushedAt: epochSeconds(manifest.pushedAt),
          action: {
            type: action,
            ...(action === 'TRANSITION' ? { targetStorageClass: 'ARCHIVE' } : {}),
          },
          appliedRulePriority: priority,
          storageClass:
            registry.imageStatus(repository, manifest.digest) === 'ARCHIVED' ? 'ARCHIVE' : 'STANDARD',
        },
      ];
    });
  }

  return {
    StartLifecyclePolicyPreview: operation(
      structure({ registryId, repositoryName, lifecyclePolicyText: text({ min: 100, max: 30_720 }) }, [
        'repositoryName',
      ]),
      (input: RepositoryInput & { readonly lifecyclePolicyText?: string | null }) => {
        const { name } = registry.repositoryOf(input);
        const policy = input.lifecyclePolicyText ?? registry.lifecyclePolicy(name);
        if (asked.get(name) === 0) {
          throw new ServiceError(
            'LifecyclePolicyPreviewInProgressException',
            `The lifecycle policy preview is in progress for the repository with name '${name}'`,
          );
        }
        asked.set(name, 0);
        texts.set(name, policy);
        return { ...about(name), lifecyclePolicyText: policy, status: 'IN_PROGRESS' };
      },
    ),

    GetLifecyclePolicyPreview: operation(
      structure(
        {
          registryId,
          repositoryName,
          imageIds: list(imageId, 1, 100),
          nextToken,
          maxResults: integer(1, 100),
          filter: structure({ tagStatus: oneOf('TAGGED', 'UNTAGGED', 'ANY') }),
        },
        ['repositoryName'],
      ),
      (input: RepositoryInput & PagedInput) => {
        const { name } = registry.repositoryOf(input);
        const times = asked.get(name);
        if (times === undefined) {
          throw new ServiceError(
            'LifecyclePolicyPreviewNotFoundException',
            `Lifecycle policy preview does not exist for the repository with name '${name}'`,
          );
        }
        asked.set(name, times + 1);
        const answer = { ...about(name), lifecyclePolicyText: texts.get(name) ?? '' };
        if (times === 0) return { ...answer, status: 'IN_PROGRESS' };
        const all = results(name);
        const page = registry.paged(all, 'GetLifecyclePolicyPreview', input, 100);
        const count = (type: string) =>
          all.filter(({ action }) => (action as { type: string }).type === type).length;
        return {
          ...answer,
          status: 'COMPLETE',
          previewResults: page.items,
          summary: {
            expiringImageTotalCount: count('EXPIRE'),
            transitioningImageTotalCounts: [
              { targetStorageClass: 'ARCHIVE', imageTotalCount: count('TRANSITION') },
            ],
          },
          ...next(page.nextToken),
        };
      },
    ),
  };
}
