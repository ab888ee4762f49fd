/** Which failures are new since an earlier audit, and which no longer exist. */
import { type AuditFacts, Fact } from './facts.ts';
import type { BaselineResult, Result } from './result.ts';
import { bySeverity } from './severity.ts';

function keyOf({ check, resource }: Pick<Result, 'check' | 'resource'>): string {
  return `${check} ${resource}`;
}

/**
 * Determines for each failure whether it is new: the earlier audit had no such failure, had a less severe one, or had
 * one that did not cover everything that this failure is about. A failure that was unknown or ignored before is new.
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
 * Failures of an earlier audit that no longer exist: the check passes now, or its resource no longer exists. Failures
 * that are now unknown or ignored, or that this audit did not check, still exist.
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
      // The check could not be run on any resource, so its results are unknown.
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

/** The resources whose existence this audit can determine. */
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
