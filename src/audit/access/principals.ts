/**
 * Which principals a Principal or NotPrincipal element matches
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
import type { PrincipalEntry, Principals } from './document.ts';
import type { PrincipalFacts } from './facts.ts';
import { conditional, either, type Match, NO, unknown, YES } from './match.ts';

/**
 * How an element names a principal, which decides whether its permissions boundary limits an Allow: by the ARN of a
 * user (`direct`), of a session, or of a role; by its account; or as everyone.
 */
export type Naming = 'direct' | 'session' | 'role' | 'account' | 'everyone';

export interface Named {
  readonly naming: Naming;
  readonly match: Match;
}

/** Every way in which a Principal element names a principal. */
export function namings({ entries }: Principals, principal: PrincipalFacts): readonly Named[] {
  const found: Named[] = [];
  for (const entry of entries) {
    const named = naming(entry, principal);
    if (named !== undefined) found.push(named);
  }
  return found;
}

const YES_DIRECT: Named = { naming: 'direct', match: YES };
const YES_ROLE: Named = { naming: 'role', match: YES };
const YES_ACCOUNT: Named = { naming: 'account', match: YES };
const YES_EVERYONE: Named = { naming: 'everyone', match: YES };

function naming(entry: PrincipalEntry, principal: PrincipalFacts): Named | undefined {
  const { kind, arn, account } = principal;
  switch (entry.type) {
    case 'everyone':
      return YES_EVERYONE;
    case 'account':
      return account === entry.account ? YES_ACCOUNT : undefined;
    case 'role':
      return kind === 'role' && arn === entry.arn ? YES_ROLE : undefined;
    case 'user':
      return kind === 'user' && arn === entry.arn ? YES_DIRECT : undefined;
    case 'session':
      return sessionOf(entry, principal);
    case 'federated-user':
      if (kind === 'federated-user') return arn === entry.arn ? YES_DIRECT : undefined;
      // GetFederationToken gives a user or the root a session under a name that the caller chooses.
      if (account !== entry.account || (kind !== 'user' && kind !== 'root')) return undefined;
      return { naming: 'session', match: conditional(`the session ${entry.arn}`) };
    case 'federated':
      return kind === 'federated' && arn === `federated:${entry.provider}` ? YES_DIRECT : undefined;
    case 'service':
      if (kind !== 'service') return undefined;
      if (entry.name === '*') return { naming: 'direct', match: unknown('a Principal names the service *') };
      return arn === `service:${entry.name}` ? YES_DIRECT : undefined;
    case 'canonical':
      return kind === 'canonical' && arn === `canonical:${entry.id}` ? YES_DIRECT : undefined;
    case 'id':
      if (principal.id !== entry.id) return undefined;
      return kind === 'role' ? YES_ROLE : YES_DIRECT;
    case 'unreadable':
      return {
        naming: 'direct',
        match: unknown(`the principal ${entry.text} of a policy could not be read`),
      };
  }
}

/** The ARN of a session contains the name of its role, but not the role's path. */
function sessionOf(
  entry: Extract<PrincipalEntry, { type: 'session' }>,
  { kind, arn, account }: PrincipalFacts,
): Named | undefined {
  if (kind !== 'role' || account !== entry.account || arn.slice(arn.lastIndexOf('/') + 1) !== entry.role) {
    return undefined;
  }
  return { naming: 'session', match: conditional(`the session ${entry.session} of ${arn}`) };
}

/** Whether a Principal element of a Deny matches a principal. Denying an account denies every principal in it. */
export function isNamed(principals: Principals, principal: PrincipalFacts): Match {
  return namings(principals, principal).reduce((match, named) => either(match, named.match), NO);
}

/**
 * Whether a NotPrincipal element of a Deny matches a principal. "The NotPrincipal element with a Deny effect will
 * always deny any IAM principal that has a permissions boundary policy attached, regardless of the values specified in
 * the NotPrincipal element." And: "When you use NotPrincipal with Deny, you must also specify the account ARN of the
 * not-denied principal. Otherwise, the policy might deny access to the entire account containing the principal."
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html) Of a role, "you must list the
 * role session name of every user and every instance ID that will be assuming the role"
 * (https://repost.aws/knowledge-center/explicit-deny-principal-elements-s3), while the guide recommends to list the role and
 * its account.
 */
export function isNotExcepted(principals: Principals, principal: PrincipalFacts): Match {
  const found = namings(principals, principal);
  const by = (naming: Naming) =>
    found.some((named) => named.naming === naming && named.match.truth === 'yes');
  const unreadable = found.find((named) => named.match.truth === 'unknown');
  if (principal.kind === 'role' || principal.kind === 'user' || principal.kind === 'federated-user') {
    if ('known' in principal.boundary && principal.boundary.known !== undefined) return YES;
    if ('unknown' in principal.boundary && found.length > 0) {
      return unknown(`the permissions boundary of ${principal.arn}: ${principal.boundary.unknown}`);
    }
    if (by('everyone') || (by('direct') && by('account'))) return NO;
    const sessions = found.filter(({ naming }) => naming === 'session');
    if (by('role') && by('account')) {
      return sessions.length > 0
        ? conditional(`another session of ${principal.arn} than those that a NotPrincipal lists`)
        : unknown(`a NotPrincipal lists ${principal.arn} and none of its sessions`);
    }
    if (found.length > 0)
      return (
        unreadable?.match ?? unknown(`a NotPrincipal lists only part of ${principal.arn} and its account`)
      );
    return YES;
  }
  if (unreadable !== undefined && found.length === 1) return unreadable.match;
  return found.length === 0 ? YES : NO;
}
