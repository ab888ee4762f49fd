/** Facts about something that was not read. */
import { canonicalHost } from '../../image/reference.ts';
import type { Registry } from '../../results/registry.ts';
import { type AccountFacts, Fact, type Gap, type RegistryFacts, type WorkloadFacts } from '../facts.ts';

/** Facts that are unknown because of a gap. */
export function unknown({ reason, missing }: Gap): Fact<never> {
  return Fact.unknown(reason, missing);
}

export function unknownWorkloads(gap: Gap): WorkloadFacts {
  const nothing = unknown(gap);
  return {
    ecs: nothing,
    lambda: nothing,
    lambdaVersions: nothing,
    ecsRoles: nothing,
    eksRoles: nothing,
    lambdaRoles: nothing,
    eksClusters: nothing,
  };
}

export function unknownRegistry(registry: Registry, gap: Gap): RegistryFacts {
  const { account, region, partition } = registry;
  const nothing = unknown(gap);
  return {
    host: canonicalHost(registry),
    account,
    region,
    partition,
    scanning: nothing,
    inspectorStatus: nothing,
    inspectorRescan: nothing,
    suppressionFilters: nothing,
    inspectorAdministrator: nothing,
    policy: nothing,
    policyScope: nothing,
    signing: nothing,
    replication: nothing,
    cacheRules: nothing,
    templates: nothing,
    pullTimeExclusions: nothing,
    repositories: nothing,
    repositoryNames: nothing,
    workloads: unknownWorkloads(gap),
  };
}

export function unknownAccount({ account, partition }: Registry, gap: Gap): AccountFacts {
  const nothing = unknown(gap);
  return {
    id: account,
    partition,
    principals: nothing,
    groups: nothing,
    oidcProviders: nothing,
    instanceProfiles: nothing,
  };
}
