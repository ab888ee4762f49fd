/** Principals in resource policies that are not among the principals that were read. */

import type { Condition, Document, PrincipalEntry } from './document.ts';
import { type AccountFacts, type PrincipalFacts, type PrincipalKind, unknownFact } from './facts.ts';
import { partsOf } from './operators.ts';

/** What a policy names: in a Principal element, or as the account or ARN that a condition on everyone requires. */
export function namedIn(document: Document): readonly PrincipalEntry[] {
  if (!document.readable) return [];
  return document.statements.flatMap((statement): readonly PrincipalEntry[] => {
    if (!statement.readable || statement.effect === 'Deny') return [];
    // Everyone except the listed principals.
    if (statement.principals?.except) return [{ type: 'everyone' }];
    const entries = statement.principals?.entries ?? [];
    return entries.some(({ type }) => type === 'everyone')
      ? [...entries, ...statement.conditions.flatMap(namedByCondition)]
      : entries;
  });
}

function namedByCondition({ key, values, operator }: Condition): readonly PrincipalEntry[] {
  if (operator === undefined || operator.negated) return [];
  const name = key.toLowerCase();
  if (name === 'aws:principalaccount') {
    return values.filter((value) => /^\d{12}$/.test(value)).map((account) => ({ type: 'account', account }));
  }
  if (name !== 'aws:principalarn') return [];
  return values.flatMap((arn): readonly PrincipalEntry[] => {
    const account = partsOf(arn)?.[4] ?? '';
    const [, what] = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[^*?$]+$/.exec(arn) ?? [];
    return what === 'role' || what === 'user' ? [{ type: what, arn, account }] : [];
  });
}

/**
 * The principals that policies name and that were not read: principals of accounts that are not audited or whose IAM
 * could not be read, services, identity providers, and everyone. If IAM of an account was read, other principals of
 * that account do not exist.
 */
export function namedPrincipals(
  documents: readonly Document[],
  accounts: readonly AccountFacts[],
  partition: string,
): readonly PrincipalFacts[] {
  const found = new Map<string, PrincipalFacts>();
  for (const entry of documents.flatMap(namedIn)) {
    const facts = namedPrincipal(entry, accounts, partition);
    if (facts !== undefined) found.set(facts.arn, facts);
  }
  return [...found.values()];
}

function namedPrincipal(
  entry: PrincipalEntry,
  accounts: readonly AccountFacts[],
  partition: string,
): PrincipalFacts | undefined {
  switch (entry.type) {
    case 'everyone':
      return outside('anyone', 'anyone', undefined, accounts);
    case 'account':
      // The root user of an audited account has its own row.
      return accounts.some(({ id }) => id === entry.account)
        ? undefined
        : outside(`arn:${partition}:iam::${entry.account}:root`, 'account', entry.account, accounts);
    case 'role':
    case 'user':
      return outside(entry.arn, entry.type, entry.account, accounts);
    case 'session':
      return outside(
        `arn:${partition}:iam::${entry.account}:role/${entry.role}`,
        'role',
        entry.account,
        accounts,
      );
    case 'federated-user':
      return outside(entry.arn, 'federated-user', entry.account, accounts);
    case 'federated':
      return outside(`federated:${entry.provider}`, 'federated', undefined, accounts);
    case 'service':
      return outside(`service:${entry.name}`, 'service', undefined, accounts);
    case 'canonical':
      return outside(`canonical:${entry.id}`, 'canonical', undefined, accounts);
    case 'id':
    case 'unreadable':
      return undefined;
  }
}

function outside(
  arn: string,
  kind: PrincipalKind,
  account: string | undefined,
  accounts: readonly AccountFacts[],
): PrincipalFacts | undefined {
  const audited = accounts.find(({ id }) => id === account);
  if (audited !== undefined && 'known' in audited.principals) return undefined;
  const reason =
    audited !== undefined && 'unknown' in audited.principals
      ? audited.principals.unknown
      : `${account ?? arn} is not audited`;
  const facts = stranger(arn, kind, account, unknownFact(reason));
  return audited === undefined ? facts : { ...facts, organization: audited.organization };
}

/** Any principal of any account. */
export function anyone(): PrincipalFacts {
  return stranger('anyone', 'anyone', undefined, unknownFact('anyone is not a particular principal'));
}

/** A principal of which only the name is known. */
function stranger(
  arn: string,
  kind: PrincipalKind,
  account: string | undefined,
  notKnown: { readonly unknown: string },
): PrincipalFacts {
  return {
    arn,
    kind,
    account,
    id: undefined,
    tags: notKnown,
    organization: notKnown,
    policies: notKnown,
    managedPolicies: [],
    boundary: notKnown,
    trust: notKnown,
  };
}

/** The root user of an account. */
export function rootOf({ id, partition, organization }: Omit<AccountFacts, 'principals'>): PrincipalFacts {
  return {
    arn: `arn:${partition}:iam::${id}:root`,
    kind: 'root',
    account: id,
    id,
    tags: { known: {} },
    organization,
    policies: { known: [] },
    managedPolicies: [],
    boundary: { known: undefined },
    trust: { known: undefined },
  };
}
