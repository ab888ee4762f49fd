/** Statements of resource policies that can never take effect, and roles in policies that do not exist. */
import { holds } from './conditions.ts';
import {
  type Condition,
  isAbout,
  lowerCase,
  type PrincipalEntry,
  type ReadableDocument,
  type Statement,
  shortened,
} from './document.ts';
import type { PrincipalFacts } from './facts.ts';
import { glob, intersect, matches } from './glob.ts';
import { contextOf, type KeyTarget } from './keys.ts';
import { limitsOf } from './limits.ts';
import { rootOf } from './named-principals.ts';
import { isWildcardText, type Operator, partsOf, takesWildcards } from './operators.ts';

/** The existing principals. */
export interface Directory {
  /** Users and roles of an account; undefined for an account that is not audited. */
  of(account: string): readonly PrincipalFacts[] | undefined;
  /** Whether a user or role of an audited account has a unique id. */
  hasId(id: string): boolean;
}

/** The resource that the policy is attached to. */
export interface Attachment extends KeyTarget {
  readonly partition: string;
  readonly region: string;
  /** The ARN of the repository, or a pattern of all ARNs of the registry. */
  readonly resources: string;
  readonly organizationId: string | undefined;
}

/** Keys that every request of a user or a role has. */
const ALWAYS_THERE = new Set(['aws:principalarn', 'aws:principalaccount', 'aws:userid', 'aws:principaltype']);

/**
 * Why a statement cannot take effect, as the rest of a sentence about it; undefined if it can or if that is uncertain.
 * Missing roles that it names by a literal ARN and allows to push are not part of it: see `rolesToCreate`.
 */
export function whyNever(
  statement: Statement,
  { variables }: ReadableDocument,
  at: Attachment,
  directory: Directory,
): string | undefined {
  const { principals, conditions, resources } = statement;
  if (principals !== undefined && !principals.except) {
    const dead = principals.entries.map((entry) => whyNobody(entry, directory));
    if (dead.every((why) => why !== undefined)) return dead[0];
  }
  if (resources !== undefined && !resources.except) {
    const reachable = resources.patterns.some((pattern) =>
      intersect(glob(pattern.replace(/\$\{[^}]*\}?/g, '*')), glob(at.resources)),
    );
    if (!reachable) return 'its Resource names nothing of this registry';
  }
  for (const condition of conditions) {
    const why = whyFalse(condition, statement, variables, at, directory);
    if (why !== undefined) return why;
  }
  return whyContradicting(statement, variables, at);
}

function whyNobody(entry: PrincipalEntry, directory: Directory): string | undefined {
  switch (entry.type) {
    case 'role':
    case 'user': {
      const there = directory.of(entry.account)?.some(({ arn }) => arn === entry.arn) ?? true;
      return there ? undefined : `there is no ${entry.arn}`;
    }
    case 'session': {
      const there = directory.of(entry.account)?.some(({ arn }) => isRoleOfName(arn, entry.role)) ?? true;
      return there ? undefined : `there is no role ${shortened(entry.role)} in ${entry.account}`;
    }
    case 'id':
      // If no existing principal has the id, it stands for a deleted principal.
      return directory.hasId(entry.id) ? undefined : `the principal ${entry.id} was deleted`;
    default:
      return undefined;
  }
}

function isRoleOfName(arn: string, name: string): boolean {
  return arn.includes(':role/') && arn.endsWith(`/${name}`);
}

function whyFalse(
  condition: Condition,
  statement: Statement,
  variables: boolean,
  at: Attachment,
  directory: Directory,
): string | undefined {
  const { operator, set, ifExists, values, text } = condition;
  const key = lowerCase(condition.key);
  if (operator === undefined || operator.negated || operator.type === 'null') return undefined;
  // It is true if the key is missing.
  if ((set === 'all' || ifExists) && !ALWAYS_THERE.has(key)) return undefined;
  const isText = operator.type === 'text' || operator.type === 'text-ignoring-case';
  if (isText && values.every((value) => isWildcardText(value, variables))) {
    return `"${text}" compares text, in which * and ? are not wildcards`;
  }
  if (key !== 'aws:principalarn') return undefined;
  const arns = values.filter((value) => !isSessionArn(value));
  if (arns.length === 0)
    return `"${text}" has the ARN of a session, but aws:PrincipalArn is the ARN of the role`;
  if (arns.some((value) => !isOfReadAccount(value, directory))) return undefined;
  const grantsPush = statement.effect === 'Allow' && isAbout(statement, 'ecr:PutImage');
  const named = arns.filter((value) => !(grantsPush && isRoleLiteral(value, condition)));
  if (named.length < arns.length) return undefined;
  const alive = arns.some((value) => {
    const account = partsOf(value)?.[4] ?? '';
    const one: Condition = { ...condition, values: [value] };
    if (
      holds(
        one,
        contextOf(rootOf({ id: account, partition: at.partition, organization: at.organization }), at),
        variables,
      ).truth !== 'no'
    )
      return true;
    if (partsOf(value)?.[2] === 'sts') return true;
    return directory
      .of(account)
      ?.some((principal) => holds(one, contextOf(principal, at), variables).truth !== 'no');
  });
  return alive ? undefined : `"${text}" matches no existing user or role`;
}

function isSessionArn(value: string): boolean {
  return /^arn:[^:]*:sts::[^:]*:assumed-role\//.test(value);
}

/** Whether a value can only be the ARN of a principal in an account that was read. */
function isOfReadAccount(value: string, directory: Directory): boolean {
  const account = partsOf(value)?.[4];
  return account !== undefined && /^\d{12}$/.test(account) && directory.of(account) !== undefined;
}

function isRoleLiteral(value: string, { operator }: Condition): boolean {
  if (!/^arn:[^:*?$]*:iam::\d{12}:role\/[^$]+$/.test(value)) return false;
  return operator === undefined || !takesWildcards(operator) || !/[*?]/.test(value);
}

/**
 * Missing roles that an Allow for everyone allows to push by their ARN. A Principal element stops matching when a role
 * is deleted, but a condition does not, so creating the role is enough to push.
 */
export function rolesToCreate(statement: Statement, directory: Directory): readonly string[] {
  const { effect, principals, conditions } = statement;
  if (effect !== 'Allow' || principals?.except !== false || !isAbout(statement, 'ecr:PutImage')) return [];
  if (!principals.entries.some(({ type }) => type === 'everyone')) return [];
  return conditions.flatMap((condition) => {
    const { key, operator, values } = condition;
    if (lowerCase(key) !== 'aws:principalarn' || operator === undefined || operator.negated) return [];
    return values.filter((value) => {
      if (!isRoleLiteral(value, condition)) return false;
      return directory.of(partsOf(value)?.[4] ?? '')?.every(({ arn }) => arn !== value) ?? false;
    });
  });
}

/** Conditions that cannot be true together, or not for any principal in the Principal element. */
function whyContradicting(statement: Statement, variables: boolean, at: Attachment): string | undefined {
  const { principals, conditions } = statement;
  const { accounts, organizations } = limitsOf(statement, variables, {
    account: at.account,
    organization: at.organizationId,
  });
  if (accounts?.size === 0) return 'its conditions exclude every account';
  if (organizations?.size === 0) return 'its conditions exclude every organization';
  const named = principals?.except === false ? principals.entries.map(accountOf) : [];
  if (
    accounts !== undefined &&
    named.length > 0 &&
    named.every((one) => one !== undefined && !accounts.has(one))
  ) {
    return 'its conditions require another account than its Principal names';
  }
  for (const [index, one] of conditions.entries()) {
    for (const other of conditions.slice(index + 1)) {
      if (exclude(one, other, variables) || exclude(other, one, variables)) {
        return `"${one.text}" and "${other.text}" cannot both be true`;
      }
    }
  }
  return undefined;
}

/** The account of the principals in a Principal element; undefined if there is none, or if it can be any. */
function accountOf(entry: PrincipalEntry): string | undefined {
  return 'account' in entry ? entry.account : undefined;
}

/** Whether no value that one condition requires can satisfy the other condition, for the same single-valued key. */
function exclude(one: Condition, other: Condition, variables: boolean): boolean {
  if (lowerCase(one.key) !== lowerCase(other.key)) return false;
  if (one.set !== undefined || other.set !== undefined || one.ifExists) return false;
  const [a, b] = [one.operator, other.operator];
  if (a === undefined || b === undefined || a.negated || a.type === 'null') return false;
  if (b.type === 'null') return other.values.every((value) => lowerCase(value) === 'true');
  const values = one.values;
  const wild = takesWildcards(a);
  const literal = values.every(
    (value) => !(variables && value.includes('${')) && !(wild && /[*?]/.test(value)),
  );
  if (!literal || other.values.some((value) => variables && value.includes('${'))) return false;
  const tests = other.values.map((value) => testOf(b, value));
  if (!isTextual(a.type) || tests.includes(undefined)) return false;
  return values.every((value) => tests.some((test) => test?.(value) === true) === b.negated);
}

function isTextual(type: string): boolean {
  return type === 'text' || type === 'pattern' || type === 'arn';
}

function testOf({ type, negated }: Operator, wanted: string): ((value: string) => boolean) | undefined {
  if (type === 'text') return (value) => value === wanted;
  if (type === 'pattern' || (type === 'arn' && !negated)) {
    const pattern = glob(wanted);
    return (value) => matches(pattern, value);
  }
  return undefined;
}
