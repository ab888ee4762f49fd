/** What an audit could not determine, and the missing permissions. */
import type { AuditResult } from '../../audit/result.ts';
import { bySeverity, type Severity } from '../../audit/severity.ts';
import { compareTexts } from '../../text.ts';
import { many } from './words.ts';

/** Unknown results of one check for one reason. */
export interface UndecidedGroup {
  readonly check: string;
  /** How severe it could be. */
  readonly severity: Severity;
  readonly message: string;
  readonly missing: readonly string[];
  readonly resources: readonly string[];
}

export interface Undecided {
  readonly groups: readonly UndecidedGroup[];
  /** How many results are unknown. */
  readonly total: number;
}

/** Unknown results: those that could be the worst first. */
export function undecided({ results }: Pick<AuditResult, 'results'>): Undecided {
  const unknown = results.filter(({ status }) => status === 'unknown');
  const groups = [...Map.groupBy(unknown, ({ check, message }) => `${check}\n${message}`).values()].flatMap(
    (group): UndecidedGroup[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { check, message } = first;
      const severity = group.map((result) => result.severity).sort(bySeverity)[0] ?? first.severity;
      const missing = [...new Set(group.flatMap((result) => result.missing))].sort(compareTexts);
      return [{ check, severity, message, missing, resources: group.map(({ resource }) => resource) }];
    },
  );
  return { groups: groups.sort((a, b) => bySeverity(a.severity, b.severity)), total: unknown.length };
}

/**
 * How many results are unknown, and which permissions some of them lack; undefined if none is unknown.
 * @param named the names of the permissions in the form of the medium
 */
export function unknownSentences(
  { groups, total }: Undecided,
  named: (actions: readonly string[]) => string,
): string | undefined {
  if (total === 0) return undefined;
  const permissions = permissionsOf(groups.flatMap(({ missing }) => missing));
  const needed =
    permissions === undefined
      ? ''
      : ` For some of them, the role lacks permissions: ${named(permissions.Action)}.`;
  return `${many(total, 'result')} ${total === 1 ? 'is' : 'are'} unknown.${needed}`;
}

/** A statement that allows actions; undefined if there are none. Texts that are not names of actions are left out. */
export function permissionsOf(
  actions: readonly string[],
): { readonly Effect: 'Allow'; readonly Action: readonly string[]; readonly Resource: '*' } | undefined {
  const named = [...new Set(actions)].filter((action) => /^[a-z0-9-]{1,40}:[A-Za-z0-9]{1,80}$/.test(action));
  return named.length === 0
    ? undefined
    : { Effect: 'Allow', Action: named.sort(compareTexts), Resource: '*' };
}
