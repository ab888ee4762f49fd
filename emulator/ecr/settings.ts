/** The settings of the caller's registry: replication, account settings, managed signing, pull times. */
import { ServiceError } from '../answer.ts';
import { type Operations, operation } from '../operation.ts';
import { integer, oneOf, structure } from '../shapes.ts';
import { next, nextToken, type PagedInput } from './operation.ts';
import type { Registry } from './registry.ts';

export function settingOperations(registry: Registry): Operations {
  const { world } = registry;
  const settings = () => registry.callersSettings();
  return {
    DescribeRegistry: operation(structure({}), () => ({
      registryId: world.caller(),
      replicationConfiguration: {
        rules: (settings().replication ?? []).map(({ destinations, prefixes }) => ({
          destinations: destinations.map(({ region, account }) => ({ region, registryId: account })),
          ...(prefixes && {
            repositoryFilters: prefixes.map((filter) => ({ filter, filterType: 'PREFIX_MATCH' })),
          }),
        })),
      },
    })),

    GetAccountSetting: operation(
      structure({ name: oneOf('BASIC_SCAN_TYPE_VERSION', 'REGISTRY_POLICY_SCOPE', 'BLOB_MOUNTING') }, [
        'name',
      ]),
      ({ name }: { readonly name: string }) => {
        const values: Readonly<Record<string, string>> = {
          BASIC_SCAN_TYPE_VERSION: 'AWS_NATIVE',
          REGISTRY_POLICY_SCOPE: settings().policyScope ?? 'V2',
          BLOB_MOUNTING: 'DISABLED',
        };
        return { name, value: values[name] ?? '' };
      },
    ),

    GetSigningConfiguration: operation(structure({}), () => {
      const { signing } = settings();
      if (signing === undefined) {
        throw new ServiceError(
          'SigningConfigurationNotFoundException',
          `The signing configuration was not found for the registry with id '${world.caller()}'`,
        );
      }
      const rules = signing.map(({ profileArn, filters }) => ({
        signingProfileArn: profileArn,
        ...(filters && {
          repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD_MATCH' })),
        }),
      }));
      return { registryId: world.caller(), signingConfiguration: { rules } };
    }),

    ListPullTimeUpdateExclusions: operation(
      structure({ nextToken, maxResults: integer(1, 1000) }),
      (input: PagedInput) => {
        const all = settings().pullTimeExclusions ?? [];
        const page = registry.paged(all, 'ListPullTimeUpdateExclusions', input, 100);
        return { pullTimeUpdateExclusions: page.items, ...next(page.nextToken) };
      },
    ),
  };
}
