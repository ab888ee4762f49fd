/** Which roles workloads run with. */
import type { PrincipalFacts } from './access/facts.ts';
import { judgeTrust } from './access/trust.ts';
import { allOf, Fact, type RoleUse, type WorkloadFacts } from './facts.ts';
import type { World } from './world.ts';

/** The workloads in the accounts and regions of all audited registries. Each kind is a separate fact. */
const KINDS = ['ecsRoles', 'eksRoles', 'lambdaRoles'] as const satisfies readonly (keyof WorkloadFacts)[];

/**
 * The workloads that run with a role, such as `ecs:task-definition/app:7 (execution)`, for each kind of workload, as
 * far as known.
 */
export function workloadsOf(world: World, role: PrincipalFacts): readonly Fact<readonly string[]>[] {
  const byKind = world.once('workloads by kind', () =>
    KINDS.map((kind) =>
      allOf(world.facts.registries.map(({ workloads }) => workloads[kind])).map((lists) =>
        Map.groupBy(lists.flat(), (use: RoleUse) => use.role),
      ),
    ),
  );
  return [
    serviceAccountsOf(world, role),
    ...byKind.map((fact) => fact.map((uses) => (uses.get(role.arn) ?? []).map(({ by }) => by))),
  ];
}

// https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
const EKS_ISSUER = /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/id\/[^/]+$/;

/** The EKS service accounts in the trust policy of a role, whose pods run with it. */
function serviceAccountsOf(world: World, { trust }: PrincipalFacts): Fact<readonly string[]> {
  const names = world.once('clusters by issuer', () => clustersByIssuer(world));
  const { grants, unknown } = judgeTrust(trust, { unknown: 'not needed' });
  if (unknown.length > 0) {
    const reasons = unknown.map((reason) => reason.replace(/\.$/, ''));
    return Fact.unknown(reasons.join('; '), world.missingFor(unknown));
  }
  const found = grants.flatMap(({ issuer, subjects }) => {
    const cluster = names.get(issuer.url);
    if (cluster === undefined && !EKS_ISSUER.test(issuer.url)) return [];
    const accounts = subjects.filter((subject) => subject.startsWith('system:serviceaccount:'));
    const named = accounts.map((subject) => subject.slice('system:serviceaccount:'.length).replace(':', '/'));
    return (named.length === 0 ? ['*'] : named).map(
      (account) => `eks:service-account/${cluster ?? issuer.url}/${account}`,
    );
  });
  return Fact.known([...new Set(found)]);
}

function clustersByIssuer({ facts }: World): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { workloads } of facts.registries) {
    const content = Fact.open(workloads.eksClusters);
    if ('gap' in content) continue;
    for (const { name, issuer } of content.known) {
      if (issuer !== undefined) names.set(issuer.toLowerCase(), name);
    }
  }
  return names;
}
