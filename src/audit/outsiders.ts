/** Which accounts and organizations in a policy are unknown. */

import { lowerCase, type Statement, shortened } from './access/document.ts';
import { isLimited } from './access/limits.ts';
import { partsOf } from './access/operators.ts';
import type { Report } from './check.ts';
import {
  edited,
  limitsIn,
  objectOf,
  type Placed,
  type PolicyView,
  shown,
  sidsOf,
  statementWord,
} from './policies.ts';
import type { Json } from './result.ts';
import { capital, list, some } from './words.ts';

/** The unknown accounts and organizations to which a statement grants something. */
export interface Outsiders {
  /** Unknown accounts. */
  readonly accounts: readonly string[];
  /** Ids of organizations other than the audited one. */
  readonly organizations: readonly string[];
  /** Everyone. */
  readonly everyone: boolean;
  /** What could not be determined. */
  readonly unknown: readonly string[];
}

/**
 * Determines the unknown accounts and organizations to which an Allow grants something.
 * @param isKnown whether an account is known
 */
export function outsidersOf(
  view: PolicyView,
  statement: Statement,
  isKnown: (account: string) => boolean,
): Outsiders {
  const { organization } = view.world.expectations;
  const limits = limitsIn(view, statement);
  const unknown: string[] = [];
  const ids = [...(limits.organizations ?? [])];
  const foreign = ids.filter((id) => id !== organization && id !== OWN_ORGANIZATION);
  const none: Outsiders = { accounts: [], organizations: [], everyone: false, unknown };
  if (ids.length > 0 && foreign.length === 0) return none;

  const named = accountsIn(statement, limits.accounts);
  for (const reason of named.unknown) unknown.push(reason);
  const accounts = named.accounts.filter((account) => !isKnown(account));
  const byCondition = named.everyone && limits.accounts === undefined;
  if (byCondition && ids.length > 0) {
    if (organization !== undefined) return { ...none, organizations: foreign };
    unknown.push(
      `whether ${list(ids)} is the organization of the audited accounts: the audit policy names none`,
    );
    return none;
  }
  const limited = isLimited(limits);
  if (byCondition && limited === undefined)
    unknown.push(`whether ${list(limits.unknown)} limits who has this access`);
  return { accounts, organizations: [], everyone: byCondition && limited === false, unknown };
}

const OWN_ORGANIZATION = 'the organization of the resource';

/** The accounts that a Principal element names or, if it is for everyone, those that conditions require. */
function accountsIn(
  { principals }: Statement,
  byCondition: ReadonlySet<string> | undefined,
): { readonly accounts: readonly string[]; readonly everyone: boolean; readonly unknown: readonly string[] } {
  const accounts = new Set<string>();
  const unknown: string[] = [];
  // NotPrincipal means everyone except the listed principals.
  let everyone = principals?.except === true;
  for (const entry of principals?.except ? [] : (principals?.entries ?? [])) {
    if ('account' in entry) accounts.add(entry.account);
    else if (entry.type === 'everyone') everyone = true;
    else if (entry.type === 'federated') {
      const account = partsOf(entry.provider)?.[4];
      if (account !== undefined && /^\d{12}$/.test(account)) accounts.add(account);
    } else if (entry.type === 'canonical') {
      unknown.push(`the account of the canonical user id ${shortened(entry.id, 12)}`);
    } else if (entry.type === 'unreadable') {
      unknown.push(`who ${entry.text} is`);
    }
  }
  if (everyone) for (const account of byCondition ?? []) if (/^\d{12}$/.test(account)) accounts.add(account);
  const narrowed =
    byCondition === undefined ? [...accounts] : [...accounts].filter((account) => byCondition.has(account));
  return { accounts: narrowed, everyone, unknown };
}

/** Reports unknown accounts: as a failure if the audit policy names known accounts, otherwise as unknown. */
export function reportOutsiders(
  view: PolicyView,
  found: readonly { readonly placed: Placed; readonly who: Outsiders }[],
  report: Report,
  { does, toDo }: { readonly does: string; readonly toDo: string },
): void {
  const accounts = [...new Set(found.flatMap(({ who }) => who.accounts))].sort();
  const organizations = [...new Set(found.flatMap(({ who }) => who.organizations))].sort();
  const everyone = found.some(({ who }) => who.everyone);
  for (const { who } of found) for (const reason of who.unknown) report.unknown(reason);
  const certain = organizations.length > 0 || everyone;
  if (accounts.length > 0 && !view.world.knowsAccounts) {
    report.unknown(
      `whether ${list(accounts, 20)} may ${does}: the audit policy names no account; add those that are yours to accounts: { ${accounts
        .slice(0, 20)
        .map((account) => `"${account}": name`)
        .join(', ')} }`,
    );
  }
  if (!certain && (accounts.length === 0 || !view.world.knowsAccounts)) return;
  const whom = [
    ...accounts.map((account) => `account ${account}`),
    ...organizations.map((id) => `organization ${id}`),
    ...(everyone ? ['everyone'] : []),
  ];
  const statements = found
    .filter(({ who }) => who.accounts.length + who.organizations.length > 0 || who.everyone)
    .map(({ placed }) => placed);
  report.fail({
    what: `${capital(view.called)} lets ${list(whom)} ${does}, in ${statementWord(statements)} ${sidsOf(statements)}.`,
    toDo,
    evidence: {
      accounts: some(accounts),
      organizations: some(organizations),
      statements: some(statements).map(shown),
    },
    command: view.put,
    document: () => withoutOutsiders(view, statements, new Set([...accounts, ...organizations])),
    items: whom,
  });
}

/** The policy without some accounts and organizations in some statements. */
function withoutOutsiders(
  view: PolicyView,
  statements: readonly Placed[],
  outsiders: ReadonlySet<string>,
): Json | undefined {
  const places = new Set(statements.map(({ at }) => at));
  const isTheirs = (value: unknown) =>
    typeof value === 'string' && (outsiders.has(value) || outsiders.has(partsOf(value)?.[4] ?? ''));
  return edited(view, (statement, at) => {
    if (!places.has(at)) return statement;
    const { AWS: named, ...others } = objectOf(statement.Principal);
    const before = named === undefined ? [] : [named].flat();
    const left = before.filter((principal) => !isTheirs(principal));
    if (left.length < before.length) {
      if (left.length > 0) return { ...statement, Principal: { ...others, AWS: left } };
      return Object.keys(others).length > 0 ? { ...statement, Principal: others } : undefined;
    }
    return withoutValues(statement, isTheirs);
  });
}

const NAMES_OUTSIDERS = ['aws:principalaccount', 'aws:principalarn', 'aws:principalorgid'];

/** The statement without some values of its conditions; undefined if a condition would have no values left. */
function withoutValues(
  statement: Readonly<Record<string, unknown>>,
  isTheirs: (value: unknown) => boolean,
): Readonly<Record<string, unknown>> | undefined {
  let isChanged = false;
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const [operator, tests] of Object.entries(objectOf(statement.Condition))) {
    const kept: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(objectOf(tests))) {
      const values = [value].flat();
      const left = NAMES_OUTSIDERS.includes(lowerCase(key)) ? values.filter((one) => !isTheirs(one)) : values;
      if (left.length === 0) return undefined;
      isChanged ||= left.length < values.length;
      kept[key] = left.length < values.length ? left : value;
    }
    conditions[operator] = kept;
  }
  return isChanged ? { ...statement, Condition: conditions } : undefined;
}
