/**
 * What a condition on a claim of a GitHub token pins (https://docs.github.com/en/actions/reference/security/oidc).
 *
 * The owner of a repository chooses the format of the claim `sub` (any claims, in any order, as `key:value:key:value`
 * with colons in values replaced). A pattern therefore pins only what comes before its first wildcard.
 */

/** How much a condition restricts which tokens are accepted. */
export type Reach = 'anyone' | 'organization' | 'repository' | 'no-principal';

export interface Pin {
  readonly reach: Reach;
  /** The organization or repository in the policy. */
  readonly name: string | undefined;
  /** Whether only some branches, tags or environments are accepted. */
  readonly narrow: boolean;
}

export const ANYONE: Pin = { reach: 'anyone', name: undefined, narrow: false };
const NO_PRINCIPAL: Pin = { reach: 'no-principal', name: undefined, narrow: false };

/** A value of a condition: the text before its first wildcard, and whether that is the whole value. */
export interface Beginning {
  readonly text: string;
  readonly whole: boolean;
}

/** Claims that do not restrict the repository: everyone can get a token with these. */
const FREE = new Set([
  ...[
    'actor',
    'actor_id',
    'workflow',
    'job_workflow_ref',
    'job_workflow_sha',
    'event_name',
    'ref_type',
    'head_ref',
  ],
  ...[
    'base_ref',
    'runner_environment',
    'repository_visibility',
    'run_id',
    'run_number',
    'run_attempt',
    'jti',
  ],
]);

/**
 * What one value of a condition on a claim pins; undefined for an unknown claim.
 * @param claim in lower case
 */
export function pinOf(claim: string, value: Beginning): Pin | undefined {
  switch (claim) {
    case 'sub':
      return pinOfSubject(value);
    case 'repository':
      return repositoryPin(value.text, value.whole);
    case 'repository_id':
      return idPin(value, 'repository');
    case 'repository_owner_id':
    case 'enterprise_id':
      return idPin(value, 'organization');
    case 'ref':
      return { ...ANYONE, narrow: isNarrowRef(value) };
    case 'environment':
      return { ...ANYONE, narrow: value.text !== '' };
    default:
      return FREE.has(claim) ? ANYONE : undefined;
  }
}

function idPin({ text, whole }: Beginning, reach: 'repository' | 'organization'): Pin {
  if (!whole) return ANYONE;
  return /^\d+$/.test(text) ? { reach, name: text, narrow: false } : NO_PRINCIPAL;
}

/** Reads `repo:OWNER/NAME:ref:refs/heads/main`, its form with ids, and subjects made of other claims. */
function pinOfSubject({ text, whole }: Beginning): Pin {
  const parts = text.split(':');
  const last = parts.length - 1;
  let pin = ANYONE;
  let at = 0;
  while (at <= last) {
    const key = parts[at] ?? '';
    // The subject of a pull request has only this word instead of a key and a value.
    if (key === 'pull_request') {
      at += 1;
      continue;
    }
    const value = parts[at + 1];
    if (value === undefined) break;
    const complete = whole || at + 1 < last;
    pin = stronger(pin, pinOfPart(key, value, complete));
    at += 2;
  }
  // Without a colon, it is not a subject, except for that of a pull request.
  return whole && last === 0 && text !== 'pull_request' ? NO_PRINCIPAL : pin;
}

function pinOfPart(key: string, value: string, whole: boolean): Pin {
  switch (key) {
    case 'repo':
      return repositoryPin(value, whole);
    case 'repository_owner':
    case 'enterprise':
      return whole && value !== '' ? { reach: 'organization', name: value, narrow: false } : ANYONE;
    case 'repository_id':
    case 'repository_owner_id':
    case 'enterprise_id':
    case 'ref':
    case 'environment':
      return pinOf(key, { text: value, whole }) ?? ANYONE;
    default:
      return ANYONE;
  }
}

/**
 * `OWNER/NAME` or `OWNER@ID/NAME@ID`; names contain neither `/` nor `@`. A wildcard within a name or an id can match
 * other repositories of the owner.
 */
function repositoryPin(value: string, whole: boolean): Pin {
  const slash = value.indexOf('/');
  const owner = (slash < 0 ? value : value.slice(0, slash)).split('@')[0] ?? '';
  if (slash < 0) {
    if (whole) return NO_PRINCIPAL;
    return value.includes('@') ? { reach: 'organization', name: owner, narrow: false } : ANYONE;
  }
  return whole && slash < value.length - 1
    ? { reach: 'repository', name: value, narrow: false }
    : { reach: 'organization', name: owner, narrow: false };
}

/** `refs/heads/*` matches all branches, and `refs/pull/…` matches pull requests. */
function isNarrowRef({ text, whole }: Beginning): boolean {
  if (text.startsWith('refs/pull')) return false;
  return whole ? text !== '' : !'refs/heads/'.startsWith(text);
}

const ORDER: readonly Reach[] = ['anyone', 'organization', 'repository', 'no-principal'];

/** For conditions that both apply: the narrower one. */
export function stronger(a: Pin, b: Pin): Pin {
  const narrow = a.narrow || b.narrow;
  return ORDER.indexOf(b.reach) > ORDER.indexOf(a.reach) ? { ...b, narrow } : { ...a, narrow };
}

/** For alternative values: the wider one. A value that no token has adds nothing. */
export function weaker(a: Pin, b: Pin): Pin {
  if (a.reach === 'no-principal') return b;
  if (b.reach === 'no-principal') return a;
  const narrow = a.narrow && b.narrow;
  return ORDER.indexOf(b.reach) < ORDER.indexOf(a.reach) ? { ...b, narrow } : { ...a, narrow };
}
