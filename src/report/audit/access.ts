/** The access map, grouped for reading: repositories that are alike, and who is not expected. */
import type { Ability } from '../../audit/access/abilities.ts';
import type { Because } from '../../audit/access/decide.ts';
import type { AccessEntry, AuditResult } from '../../audit/result.ts';
import { compareTexts } from '../../text.ts';

export const ABILITIES: readonly Ability[] = ['pull', 'push', 'retag', 'delete', 'administer'];

/** Which abilities each check about access judges. */
const JUDGED: Readonly<Record<string, readonly Ability[]>> = {
  'access/push': ['push', 'retag'],
  'access/pull': ['pull'],
  'access/external-pull': ['pull'],
  'access/administer': ['delete', 'administer'],
};

/** What a principal can do with all repositories of a group. */
export interface AccessGroupRow {
  readonly entry: AccessEntry;
  /** Abilities that a check found unexpected. */
  readonly unexpected: readonly Ability[];
}

/** Repositories, or a registry, on which everybody has the same access. */
export interface AccessGroup {
  readonly resources: readonly string[];
  /** Unexpected ones first. */
  readonly rows: readonly AccessGroupRow[];
}

/** Who has unexpected abilities on what, by the failed results of the checks about access. */
export class Unexpected {
  private readonly items = new Map<string, Map<string, Set<Ability>>>();

  constructor({ results }: Pick<AuditResult, 'results'>) {
    for (const { check, status, resource, items } of results) {
      const abilities = JUDGED[check];
      if (abilities === undefined || status !== 'fail') continue;
      const about = this.items.get(resource) ?? new Map<string, Set<Ability>>();
      this.items.set(resource, about);
      for (const item of items) {
        about.set(item, new Set([...(about.get(item) ?? []), ...abilities]));
      }
    }
  }

  /** The abilities of a row that are not denied, and that a check found unexpected of the principal or its account. */
  of(entry: AccessEntry): readonly Ability[] {
    const about = this.items.get(entry.repository);
    if (about === undefined) return [];
    const account = entry.principal.split(':')[4];
    const found = [about.get(entry.principal), account === undefined ? undefined : about.get(account)];
    return ABILITIES.filter(
      (ability) => isPossible(entry[ability]) && found.some((abilities) => abilities?.has(ability)),
    );
  }
}

function isPossible(verdict: AccessEntry[Ability] | undefined): boolean {
  return verdict !== undefined && verdict !== 'denied';
}

/** Groups of repositories on which all principals have the same access; those with unexpected access first. */
export function accessGroups(audit: AuditResult): readonly AccessGroup[] {
  const unexpected = new Unexpected(audit);
  const byResource = Map.groupBy(audit.access, ({ repository }) => repository);
  const groups = new Map<string, { resources: string[]; rows: readonly AccessGroupRow[] }>();
  for (const [resource, entries] of byResource) {
    const rows = entries
      .map((entry): AccessGroupRow => ({ entry, unexpected: unexpected.of(entry) }))
      .sort(
        (a, b) =>
          b.unexpected.length - a.unexpected.length || compareTexts(a.entry.principal, b.entry.principal),
      );
    const isRegistry = !resource.startsWith('arn:');
    const key = `${isRegistry} ${rows.map(keyOf).join('\n')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { resources: [resource], rows });
    else group.resources.push(resource);
  }
  const count = (group: AccessGroup) => group.rows.filter((row) => row.unexpected.length > 0).length;
  return [...groups.values()].sort((a, b) => count(b) - count(a) || b.resources.length - a.resources.length);
}

function keyOf({ entry, unexpected }: AccessGroupRow): string {
  const { principal, because } = entry;
  return [
    principal,
    ...ABILITIES.map((ability) => entry[ability] ?? ''),
    unexpected.join(),
    ...because.map(({ source, policy, sid }) => `${source} ${policy} ${sid}`),
  ].join('\t');
}

/** How to take unexpected abilities away, one sentence for each policy that grants them. */
export function smallestChanges({ entry, unexpected }: AccessGroupRow): readonly string[] {
  const grants = entry.because.filter(({ effect }) => effect === 'Allow');
  if (unexpected.length === 0) return [];
  return grants.map((grant) => changeOf(grant, entry, unexpected));
}

function changeOf(
  { source, policy, sid }: Because,
  entry: AccessEntry,
  abilities: readonly Ability[],
): string {
  const what = abilities.join(', ');
  const where = `the statement ${sid}`;
  switch (source) {
    case 'repository':
      return `Remove ${entry.principal} from ${where} of the repository policy, or take the actions for ${what} out of that statement.`;
    case 'registry':
      return `Remove ${entry.principal} from ${where} of the registry policy, or take the actions for ${what} out of that statement.`;
    default:
      return /^arn:[^:]*:iam::aws:policy\//.test(policy)
        ? `Detach the AWS managed policy ${policy} from ${entry.principal}, and attach a policy that does not allow ${what}.`
        : `Take the actions for ${what} out of ${where} of the policy ${policy}, or limit its Resource to other repositories.`;
  }
}
