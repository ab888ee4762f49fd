/** What is new since an earlier audit, and what is gone. */
import { type AuditFacts, Fact } from './facts.ts';
import type { BaselineResult, Result } from './result.ts';
import { bySeverity } from './severity.ts';

function keyOf({ check, resource }: Pick<Result, 'check' | 'resource'>): string {
  return `${check} ${resource}`;
}

/**
 * Says of each failure whether it is new: the earlier audit had no such failure, a less severe one, or one that was not
 * about all that this one is about. What was unknown or ignored then is new.
 */
export function withNews(results: readonly Result[], baseline: readonly BaselineResult[]): readonly Result[] {
  const before = new Map(baseline.filter(({ status }) => status === 'fail').map((one) => [keyOf(one), one]));
  return results.map((result) =>
    result.status === 'fail' ? { ...result, new: isNew(result, before.get(keyOf(result))) } : result,
  );
}

function isNew(result: Result, before: BaselineResult | undefined): boolean {
  if (before === undefined || bySeverity(result.severity, before.severity) < 0) return true;
  const known = new Set(before.items);
  return result.items.some((item) => !known.has(item));
}

/**
 * Failures of an earlier audit that are gone: the check passes now, or what it was about is no longer there. What is now
 * unknown or ignored is not gone, and neither is what this audit does not look at.
 */
export function goneSince(
  results: readonly Result[],
  baseline: readonly BaselineResult[],
  facts: AuditFacts,
): readonly Pick<Result, 'check' | 'resource'>[] {
  const now = new Map(results.map((result) => [keyOf(result), result]));
  const scope = scopeOf(facts);
  return baseline
    .filter((one) => {
      if (one.status !== 'fail') return false;
      const result = now.get(keyOf(one));
      if (result !== undefined) return result.status === 'pass';
      // The check could not be run on anything: what it would say is unknown.
      const host = hostOf(one.resource, facts);
      const isOpen = host !== undefined && now.get(`${one.check} ${host}`)?.status === 'unknown';
      return !isOpen && scope.covers(one.resource);
    })
    .map(({ check, resource }) => ({ check, resource }));
}

/** The registry that a resource belongs to. */
function hostOf(resource: string, { registries }: AuditFacts): string | undefined {
  return registries.find(
    ({ host, account, region }) =>
      resource === host ||
      resource.startsWith(`${host}/`) ||
      resource.includes(`:ecr:${region}:${account}:repository/`) ||
      resource.includes(`:iam::${account}:`),
  )?.host;
}

/** Of what this audit would have found that something is there. */
function scopeOf({ registries, accounts }: AuditFacts) {
  const left = new Set(
    registries.flatMap(({ partition, region, account, repositories, repositoryNames }) => {
      const [selected, all] = [Fact.open(repositories), Fact.open(repositoryNames)];
      if ('gap' in selected || 'gap' in all) return [];
      const names = new Set(selected.known.map(({ name }) => name));
      return all.known
        .filter((name) => !names.has(name))
        .map((name) => `arn:${partition}:ecr:${region}:${account}:repository/${name}`);
    }),
  );
  return {
    covers(resource: string): boolean {
      if (left.has(resource)) return false;
      const [, , service, region, account] = resource.split(':');
      if (service === 'iam') {
        const found = accounts.find(({ id }) => id === account);
        return found !== undefined && 'known' in Fact.open(found.principals);
      }
      return registries.some((registry) =>
        service === 'ecr'
          ? registry.account === account && registry.region === region
          : resource === registry.host || resource.startsWith(`${registry.host}/`),
      );
    },
  };
}
