/** The function that produces all results of an audit from its facts. */
import type { Document } from './access/document.ts';
import type { AccessRow } from './access/map.ts';
import { goneSince, withNews } from './baseline.ts';
import { unseenDestinations } from './checks/registry.ts';
import type { Expectations } from './expectations.ts';
import { type AuditFacts, Fact, type RegistryFacts } from './facts.ts';
import { principalEntries } from './principals.ts';
import { proposals } from './proposal.ts';
import type { AccessEntry, AuditOptions, AuditResult, Result } from './result.ts';
import { applyRules } from './rules.ts';
import { resultsOf } from './run.ts';
import { isAtLeast } from './severity.ts';
import { count } from './words.ts';
import { World } from './world.ts';

/** Evaluates the facts against the expectations. It is pure; its time is that of the facts. */
export function audit(facts: AuditFacts, expectations: Expectations, options: AuditOptions): AuditResult {
  const { access, baseline } = options;
  const world = new World(facts, expectations, access);
  const ruled = applyRules(resultsOf(world), expectations.rules, facts.now);
  const results = baseline === undefined ? ruled.results : withNews(ruled.results, baseline);
  return {
    verdict: verdictOf(results, expectations, options),
    registries: facts.registries.map((registry) => ({
      host: registry.host,
      account: registry.account,
      region: registry.region,
      partition: registry.partition,
      repositories: repositoriesOf(registry).map(({ name }) => name),
    })),
    results,
    access: access ? world.map.rows.map(entryOf).sort(byPlace) : [],
    accessIncomplete: access ? gapsOf(world) : ['The access map was not made: the input access is false.'],
    principals: access ? principalEntries(world) : [],
    notSeen: notSeen(world),
    notes: access ? world.map.notes : [],
    rules: { unmatched: ruled.unmatched, expired: ruled.expired },
    gone: baseline === undefined ? [] : goneSince(results, baseline, facts),
    counts: countsOf(results),
    proposals: access ? [...proposals(world).values()] : [],
  };
}

function verdictOf(
  results: readonly Result[],
  expectations: Expectations,
  { failOn }: AuditOptions,
): AuditResult['verdict'] {
  const blocks = (result: Result) => {
    const { status, severity, couldBe } = result;
    // With a baseline, known failures do not block.
    if (status === 'fail' && result.new !== false && isAtLeast(severity, failOn)) return true;
    if (expectations.unknown !== 'block') return false;
    if (status === 'unknown') return isAtLeast(severity, failOn);
    return status === 'fail' && couldBe !== undefined && isAtLeast(couldBe, failOn);
  };
  if (results.some(blocks)) return 'block';
  return results.some(({ status }) => status === 'fail' || status === 'unknown') ? 'warn' : 'pass';
}

function countsOf(results: readonly Result[]): AuditResult['counts'] {
  const counts = { passed: 0, critical: 0, high: 0, medium: 0, low: 0, unknown: 0, ignored: 0 };
  for (const { status, severity } of results) {
    if (status === 'pass') counts.passed += 1;
    else if (status === 'fail') counts[severity] += 1;
    else counts[status] += 1;
  }
  return counts;
}

function repositoriesOf({ repositories }: RegistryFacts) {
  const content = Fact.open(repositories);
  return 'gap' in content ? [] : content.known;
}

function entryOf({ repository, principal, kind, answer }: AccessRow): AccessEntry {
  const { decisions: _, ...rest } = answer;
  return { repository, principal, kind, ...rest };
}

function byPlace(a: AccessEntry, b: AccessEntry): number {
  return compare(a.repository, b.repository) || compare(a.principal, b.principal);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Why the access map may lack rows: unknown principals and repositories, and policies that may name more. */
function gapsOf(world: World): readonly string[] {
  const gaps: string[] = [];
  for (const account of world.audited) {
    const content = Fact.open(world.principalsOf(account));
    if ('gap' in content) gaps.push(`The users and roles of ${account} are unknown: ${content.gap.reason}.`);
  }
  const isUnread = (policy: Fact<string | undefined>, kind: 'repository' | 'registry') => {
    const content = Fact.open(policy);
    if ('gap' in content) return true;
    if (content.known === undefined) return false;
    const document = world.document(content.known, kind);
    return !document.readable || document.statements.some(({ readable }) => !readable);
  };
  for (const registry of world.facts.registries) {
    const { host, policy, repositories } = registry;
    const content = Fact.open(repositories);
    if ('gap' in content) gaps.push(`The repositories of ${host} are unknown: ${content.gap.reason}.`);
    if (isUnread(policy, 'registry')) {
      gaps.push(
        `The policy of the registry ${host} could not be read completely. It may name other principals.`,
      );
    }
    const [text, scope] = [Fact.open(policy), Fact.open(registry.policyScope)];
    const denies =
      'known' in text && text.known !== undefined && deniesAny(world.document(text.known, 'registry'));
    if (denies && 'gap' in scope) {
      gaps.push(
        `What the policy of the registry ${host} denies may not count: its scope is not known (${scope.gap.reason}).`,
      );
    }
    const unread = repositoriesOf(registry).filter((one) => isUnread(one.policy, 'repository'));
    if (unread.length > 0) {
      const which = count(unread.length, 'repository', 'repositories');
      gaps.push(
        `The policies of ${which} of ${host} could not be read completely. They may name other principals.`,
      );
    }
  }
  return gaps;
}

function deniesAny(document: Document): boolean {
  return document.readable && document.statements.some(({ effect }) => effect === 'Deny');
}

/** What an audit never sees, what it was not given, and replication destinations that it does not audit. */
function notSeen(world: World): readonly string[] {
  const { levels, registries } = world.facts;
  const destinations = registries.flatMap(({ replication }) => {
    const content = Fact.open(replication);
    return 'gap' in content ? [] : unseenDestinations(content.known, world);
  });
  return [
    ...(['scp', 'rcp'] as const).filter((kind) => levels.every((level) => level.kind !== kind)),
    ...['session policies', 'session tags', 'VPC endpoint policies'],
    ...new Set(destinations),
  ];
}
