/** The access map, grouped by repositories with the same access, and the unexpected principals. */
import type { Ability } from '../../audit/access/abilities.ts';
import type { Because } from '../../audit/access/decide.ts';
import type { AccessEntry, AuditResult } from '../../audit/result.ts';
import { compareTexts } from '../../text.ts';
import { enumerate } from '../kit/words.ts';

export const ABILITIES: readonly Ability[] = ['pull', 'push', 'retag', 'delete', 'administer'];

/** Which abilities each check of access evaluates. */
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

/** Repositories, or a registry, on which all principals have the same access. */
export interface AccessGroup {
  readonly resources: readonly string[];
  /** Unexpected ones first. */
  readonly rows: readonly AccessGroupRow[];
}

/** Which principals have unexpected abilities on which resources, by the failed checks of access. */
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

  /**
   * The abilities of a row that are not denied and that a check reported as unexpected for the principal or its
   * account.
   */
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

/** A statement in words: `statement Push of the repository policy`. */
export function statementWords({ source, policy, sid }: Because): string {
  const statement = `statement ${sid}`;
  switch (source) {
    case 'repository':
    case 'registry':
      return `${statement} of the ${source} policy`;
    case 'boundary':
      return `${statement} of the permissions boundary ${policyName(policy)}`;
    case 'scp':
      return `${statement} of the service control policy ${policy}`;
    case 'rcp':
      return `${statement} of the resource control policy ${policy}`;
    case 'trust':
      return `${statement} of the trust policy`;
    case 'identity':
      return `${statement} of the ${isOfAws(policy) ? 'AWS managed policy' : 'policy'} ${policyName(policy)}`;
  }
}

function isOfAws(policy: string): boolean {
  return /^arn:[^:]*:iam::aws:policy\//.test(policy);
}

/** The name of a managed policy in place of its ARN. */
function policyName(policy: string): string {
  return policy.replace(/^arn:[^:]*:iam::(?:aws|\d{12}):policy\//, '');
}

/** `allowed by statement Push of the repository policy` */
export function becauseWords(because: Because): string {
  return `${because.effect === 'Allow' ? 'allowed' : 'denied'} by ${statementWords(because)}`;
}

/** The conditions of an answer, and what is unknown about it. */
export function ifWords({
  conditions,
  unknown,
}: Pick<AccessEntry, 'conditions' | 'unknown'>): readonly string[] {
  return [...conditions, ...unknown.map((reason) => `unknown: ${reason}`)];
}

/** Rows that differ only in the principal. */
export function alike(rows: readonly AccessGroupRow[]): readonly (readonly AccessGroupRow[])[] {
  const key = (row: AccessGroupRow) =>
    JSON.stringify([keyOf(row).slice(row.entry.principal.length), ifWords(row.entry)]);
  return [...Map.groupBy(rows, key).values()];
}

/** How to remove unexpected abilities: one sentence for each statement that grants one. Boundaries grant nothing. */
export function smallestChanges({ entry, unexpected }: AccessGroupRow, principal: string): readonly string[] {
  if (unexpected.length === 0) return [];
  return entry.because
    .filter(({ effect, source }) => effect === 'Allow' && GRANTING.has(source))
    .map((grant) => changeOf(grant, principal, enumerate(unexpected)));
}

const GRANTING: ReadonlySet<Because['source']> = new Set(['identity', 'repository', 'registry']);

function changeOf(grant: Because, principal: string, what: string): string {
  if (grant.source !== 'identity') {
    return `Change ${statementWords(grant)} so that it does not apply to ${principal}.`;
  }
  return isOfAws(grant.policy)
    ? `Detach the AWS managed policy ${policyName(grant.policy)} from ${principal}, and attach a policy that does not allow ${what}.`
    : `Remove the actions for ${what} from ${statementWords(grant)}, or limit its Resource to other repositories.`;
}
