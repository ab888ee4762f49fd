/**
 * Functions that the checks of access share: which rows of the access map a check is about, and what is unknown about
 * them.
 */
import type { Ability, Answer } from '../../access/abilities.ts';
import type { Because, Decision } from '../../access/decide.ts';
import type { AccessRow } from '../../access/map.ts';
import type { Report } from '../../check.ts';
import type { Json } from '../../result.ts';
import { aws, list, name } from '../../words.ts';
import type { RegistryCase, RepositoryCase, World } from '../../world.ts';

/** Which of some abilities a principal has: certainly, under conditions, or it is unknown. */
export type Holding = 'has' | 'unknown' | 'none';

export function holdingOf(answer: Answer, abilities: readonly Ability[]): Holding {
  const verdicts = abilities.map((ability) => answer[ability]);
  if (verdicts.some((verdict) => verdict === 'allowed' || verdict === 'conditional')) return 'has';
  return verdicts.includes('unknown') ? 'unknown' : 'none';
}

/** The decisions behind some abilities that are not denied. */
export function decisionsOf({ decisions }: Answer, abilities: readonly Ability[]): readonly Decision[] {
  return abilities.flatMap((ability) => {
    const decision = decisions[ability];
    return decision === undefined || decision.verdict === 'denied' ? [] : [decision];
  });
}

/** Notes why the access of some principals is unknown, with the IAM actions that would show it. */
export function noteUnknown(
  rows: readonly AccessRow[],
  abilities: readonly Ability[],
  what: string,
  world: World,
  report: Report,
): void {
  if (rows.length === 0) return;
  const reasons = [
    ...new Set(
      rows.flatMap(({ answer }) => decisionsOf(answer, abilities).flatMap(({ unknown }) => unknown)),
    ),
  ];
  const who = list(rows.map(({ principal }) => principal));
  report.unknown(`whether ${who} may ${what}: ${list(reasons)}`, { missing: world.missingFor(reasons) });
}

/**
 * Notes why the access map may lack rows about a repository: a policy that cannot be read may name principals about
 * which nothing else is known, and a registry policy of unknown scope may not apply.
 */
export function noteGaps(
  about: RepositoryCase | RegistryCase,
  facts: { readonly policy?: string | undefined; readonly registryPolicy: string | undefined },
  report: Report,
): void {
  const { world, registry } = about;
  const note = (text: string | undefined, kind: 'repository' | 'registry', called: string) => {
    if (text === undefined) return;
    const document = world.document(text, kind);
    const isWhole = document.readable && document.statements.every(({ readable }) => readable);
    if (!isWhole) report.unknown(`which other principals ${called} names: not all of it could be read`);
  };
  report.attempt(() =>
    note(
      facts.policy,
      'repository',
      'repository' in about ? `the policy of ${name(about.repository.name)}` : '',
    ),
  );
  report.attempt(() => {
    const text = facts.registryPolicy;
    note(text, 'registry', `the policy of the registry ${registry.host}`);
    // It applies to push and pull only with scope V2.
    if (text !== undefined) report.read(registry.policyScope);
  });
}

/** The statements for the evidence, each once. */
export function distinctBecause(because: readonly Because[]): readonly Json[] {
  const found = new Map<string, Json>();
  for (const { source, policy, sid, effect } of because) {
    found.set(`${source} ${policy} ${sid} ${effect}`, {
      source,
      policy: name(policy),
      sid: name(sid),
      effect,
    });
  }
  return [...found.values()];
}

/** The smallest change to the statements that grant an ability, so that they no longer grant it. */
export function changesFor(decisions: readonly Decision[], what: string): readonly string[] {
  const allows = decisions.flatMap(({ because }) => because.filter(({ effect }) => effect === 'Allow'));
  const changes = allows.flatMap(({ source, policy, sid }) => {
    // Boundaries and the organization's policies grant nothing.
    if (source !== 'identity' && source !== 'repository' && source !== 'registry') return [];
    const where = source === 'identity' ? `the policy ${name(policy)}` : `the ${source} policy`;
    return [`remove ${what} from ${sid === '' ? where : `statement ${name(sid)} of ${where}`}`];
  });
  return [...new Set(changes)];
}

/**
 * The command that changes an identity policy of a role: an inline policy by its name, a customer managed policy by its
 * ARN. An AWS managed policy cannot be changed, only detached.
 */
export function changePolicy(role: string, policy: string): string {
  const roleName = role.slice(role.lastIndexOf('/') + 1);
  if (/^arn:[^:]*:iam::aws:/.test(policy)) {
    return aws('iam detach-role-policy', { 'role-name': roleName, 'policy-arn': policy });
  }
  const document = { 'policy-document': 'file://policy.json' };
  return policy.startsWith('arn:')
    ? aws('iam create-policy-version', { 'policy-arn': policy, ...document, 'set-as-default': true })
    : aws('iam put-role-policy', { 'role-name': roleName, 'policy-name': policy, ...document });
}

/** The first identity policy that allows it; undefined if only other policies do. */
export function allowingPolicy(decisions: readonly Decision[]): string | undefined {
  return decisions
    .flatMap(({ because }) => because)
    .find(({ source, effect }) => source === 'identity' && effect === 'Allow')?.policy;
}
