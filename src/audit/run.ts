/** Runs all checks on all resources: one result for each check and resource. */
import { type Check, joined, type Outcome } from './check.ts';
import { checksOf } from './checks/index.ts';
import { type AccountFacts, Fact, type RegistryFacts } from './facts.ts';
import type { Result } from './result.ts';
import type { World } from './world.ts';

/** What a result is about. */
interface Place {
  readonly registry: string | undefined;
  readonly resource: string;
}

/** The results of all checks that apply, registry by registry, and then users and roles. */
export function resultsOf(world: World): readonly Result[] {
  const results = new Results();
  for (const registry of world.facts.registries) runRegistry(world, registry, results);
  for (const account of world.facts.accounts) runAccount(world, account, results);
  return results.all();
}

function runRegistry(world: World, registry: RegistryFacts, results: Results): void {
  const { host } = registry;
  const itself: Place = { registry: host, resource: host };
  const about = { world, registry };
  results.run(world.enabled(checksOf('registry')), about, itself);
  results.each(
    registry.repositories,
    world.enabled(checksOf('repository')),
    (repository) => [world.caseOf(registry, repository), { registry: host, resource: repository.arn }],
    [itself],
  );
  results.each(
    registry.cacheRules,
    world.enabled(checksOf('cache-rule')),
    (rule) => [
      { ...about, rule },
      { registry: host, resource: `${host}/${rule.prefix}` },
    ],
    [itself],
  );
  results.each(
    registry.templates,
    world.enabled(checksOf('template')),
    (template) => [
      { ...about, template },
      { registry: host, resource: `${host}/${template.prefix}` },
    ],
    [itself],
  );
}

function runAccount(world: World, account: AccountFacts, results: Results): void {
  const hosts = world.facts.registries
    .filter((registry) => registry.account === account.id)
    .map(({ host }): Place => ({ registry: host, resource: host }));
  const principals = world.principalsOf(account.id);
  for (const kind of ['role', 'user'] as const) {
    results.each(
      principals.map((all) => all.filter((one) => one.kind === kind)),
      world.enabled(checksOf(kind)),
      (principal) => [
        { world, account, principal },
        { registry: undefined, resource: principal.arn },
      ],
      hosts,
    );
  }
}

/** Collects outcomes. Two of the same check about the same resource are one result. */
class Results {
  private readonly found = new Map<
    string,
    { readonly check: Check<never>; readonly place: Place; outcome: Outcome }
  >();

  /**
   * Runs checks on all resources of a kind. If these are unknown, the results are about the registry or account
   * instead.
   */
  each<T, C>(
    things: Fact<readonly T[]>,
    checks: readonly Check<C>[],
    caseOf: (thing: T) => readonly [C, Place],
    otherwise: readonly Place[],
  ): void {
    const content = Fact.open(things);
    if ('known' in content) {
      for (const thing of content.known) this.run(checks, ...caseOf(thing));
      return;
    }
    for (const place of otherwise) {
      for (const check of checks) this.add(check, place, check.withoutFacts(content.gap));
    }
  }

  run<C>(checks: readonly Check<C>[], about: C, place: Place): void {
    for (const check of checks) {
      const outcome = check.run(about);
      if (outcome !== undefined) this.add(check, place, outcome);
    }
  }

  private add(check: Check<never>, place: Place, outcome: Outcome): void {
    const key = `${check.id} ${place.resource}`;
    const before = this.found.get(key);
    if (before === undefined) this.found.set(key, { check, place, outcome });
    else before.outcome = joined(before.outcome, outcome);
  }

  all(): readonly Result[] {
    return [...this.found.values()].map(({ check, place, outcome }) => resultOf(check, place, outcome));
  }
}

function resultOf({ id, reference }: Check<never>, place: Place, outcome: Outcome): Result {
  const { status, severity, message } = outcome;
  return {
    check: id,
    status,
    severity,
    ...place,
    message,
    evidence: status === 'pass' ? {} : outcome.evidence,
    fix: status === 'fail' ? outcome.fix : undefined,
    reference,
    missing: status === 'pass' ? [] : outcome.missing,
    couldBe: status === 'fail' ? outcome.couldBe : undefined,
    items: status === 'fail' ? outcome.items : [],
    ignored: undefined,
    new: undefined,
  };
}
