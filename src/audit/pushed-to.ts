/** Which repositories principals push to, and which belong to pull-through caches. */
import { isAbout } from './access/document.ts';
import type { Report } from './check.ts';
import { expectationsFor, type RepositoryExpectations } from './expectations.ts';
import type { CacheRule, RegistryFacts } from './facts.ts';
import { name } from './words.ts';
import type { RepositoryCase, World } from './world.ts';

/** The prefix of the rule that caches into the whole registry. */
export const ROOT = 'ROOT';

/**
 * How the names of repositories begin to which a cache rule or a creation template applies: `team/`; empty for `ROOT`. ECR
 * takes a prefix with a slash at its end and without (ECR service model, PullThroughCacheRuleRepositoryPrefix and Prefix).
 */
export function namespaceOf({ prefix }: { readonly prefix: string }): string {
  return prefix === ROOT ? '' : prefix.replace(/\/?$/, '/');
}

/** Whether a repository is in the namespace of a cache rule. */
export function isUnder(rule: Pick<CacheRule, 'prefix'>, repository: string): boolean {
  return repository.startsWith(namespaceOf(rule));
}

/** The expectations for repositories that are created in the namespace of a cache rule or template. */
export function expectationsUnder(
  { expectations }: Pick<World, 'expectations'>,
  { account }: Pick<RegistryFacts, 'account'>,
  place: { readonly prefix: string },
): RepositoryExpectations {
  return expectationsFor(expectations, { name: `${namespaceOf(place)}repository`, account });
}

/** Why a repository is known to be pushed to. Undefined if nothing shows it. */
export function whyPushedTo(
  { expected, repository, world }: RepositoryCase,
  facts: { readonly policy: string | undefined },
  report: Report,
): 'push is expected' | 'its policy grants push' | undefined {
  if (expected.push !== undefined && expected.push.length > 0) return 'push is expected';
  const { policy } = facts;
  if (policy === undefined) return undefined;
  const document = world.document(policy, 'repository');
  const unreadable = !document.readable || document.statements.some(({ readable }) => !readable);
  if (unreadable) report.unknown(`the policy of ${name(repository.name)} could not be read`);
  const grants =
    document.readable &&
    document.statements.some(
      (statement) => statement.readable && statement.effect === 'Allow' && isAbout(statement, 'ecr:PutImage'),
    );
  return grants ? 'its policy grants push' : undefined;
}

/**
 * Whether a repository belongs to a pull-through cache: it is in the namespace of a rule, and no principal pushes to
 * it. If the whole registry is a cache, only a repository with an empty `push` list counts.
 */
export function isOfCache(
  about: RepositoryCase,
  facts: { readonly cacheRules: readonly CacheRule[]; readonly policy: string | undefined },
  report: Report,
): boolean {
  const rules = facts.cacheRules.filter((rule) => isUnder(rule, about.repository.name));
  if (rules.length === 0) return false;
  if (rules.every(({ prefix }) => prefix === ROOT) && about.expected.push?.length !== 0) return false;
  return whyPushedTo(about, facts, report) === undefined;
}
