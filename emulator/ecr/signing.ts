/** Managed signing: DescribeImageSigningStatus. */

import { type Operations, operation } from '../operation.ts';
import { structure } from '../shapes.ts';
import { type ImageId, imageId, type RepositoryInput, registryId, repositoryName } from './operation.ts';
import type { Registry } from './registry.ts';

export function signingOperations(registry: Registry): Operations {
  const { world } = registry;
  return {
    DescribeImageSigningStatus: operation(
      structure({ registryId, repositoryName, imageId }, ['repositoryName', 'imageId']),
      (input: RepositoryInput & { readonly imageId: ImageId }) => {
        const repository = registry.repositoryOf(input);
        const manifest = registry.imageOf(repository, input.imageId);
        const signingStatuses = world.repositorySpec(repository.name)?.managedSigning ?? [];
        return {
          registryId: world.scenario.account,
          repositoryName: repository.name,
          imageId: { imageDigest: manifest.digest },
          signingStatuses: signingStatuses.map((status) => ({ ...status })),
        };
      },
    ),
  };
}
