/** The scanning configuration of the caller's registry, and the resulting scan frequency of each repository. */

import { type Operations, operation } from '../operation.ts';
import type { JsonObject } from '../scenario.ts';
import { list, structure } from '../shapes.ts';
import type { World } from '../world.ts';
import { repositoryName } from './operation.ts';

export function scanningOperations(world: World): Operations {
  const { scenario, store } = world;

  /** The repositories of the caller's registry, and when each is scanned. */
  function callersRepositories(): Map<string, string> {
    const { caller } = scenario;
    return caller === undefined
      ? new Map([...store.repositories.keys()].map((name) => [name, world.scanFrequency(name)]))
      : new Map(caller.repositories?.map(({ name, scanFrequency }) => [name, scanFrequency]));
  }

  return {
    BatchGetRepositoryScanningConfiguration: operation(
      structure({ repositoryNames: list(repositoryName, 1, 25) }, ['repositoryNames']),
      (input: { readonly repositoryNames: readonly string[] }) => {
        const scanningConfigurations: JsonObject[] = [];
        const failures: JsonObject[] = [];
        const frequencies = callersRepositories();
        for (const name of input.repositoryNames) {
          const scanFrequency = frequencies.get(name);
          if (scanFrequency === undefined) {
            failures.push({
              repositoryName: name,
              failureCode: 'REPOSITORY_NOT_FOUND',
              failureReason: `The repository with name '${name}' does not exist`,
            });
            continue;
          }
          scanningConfigurations.push({
            repositoryArn: world.repositoryArn(name, world.caller()),
            repositoryName: name,
            scanOnPush: scanFrequency !== 'MANUAL',
            scanFrequency,
            appliedScanFilters: scanFrequency === 'MANUAL' ? [] : [{ filter: name, filterType: 'WILDCARD' }],
          });
        }
        return { scanningConfigurations, failures };
      },
    ),

    GetRegistryScanningConfiguration: operation(structure({}), () => {
      const repositories = [...callersRepositories()];
      const given = scenario.caller === undefined ? scenario.registry?.scanningRules : undefined;
      const rulesGiven = given?.map(({ frequency, filters }) => ({
        scanFrequency: frequency,
        repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })),
      }));
      return {
        registryId: world.caller(),
        scanningConfiguration: {
          scanType: scenario.caller?.registryScanType ?? world.scanType(),
          rules:
            rulesGiven ??
            ['CONTINUOUS_SCAN', 'SCAN_ON_PUSH'].flatMap((scanFrequency) => {
              const repositoryFilters = repositories
                .filter(([, frequency]) => frequency === scanFrequency)
                .map(([filter]) => ({ filter, filterType: 'WILDCARD' }));
              return repositoryFilters.length === 0 ? [] : [{ scanFrequency, repositoryFilters }];
            }),
        },
      };
    }),
  };
}
