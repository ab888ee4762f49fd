/**
 * What the conditions of a statement limit it to, whatever its Principal element says: accounts, organizations, or
 * anything else that an outsider cannot choose, such as an address or a VPC.
 */
import { type Condition, lowerCase, type Statement } from './document.ts';
import { contextOf } from './keys.ts';
import { anyone } from './named-principals.ts';
import { networkOf, partsOf } from './operators.ts';

/** The limits of a statement. All of them have to be satisfied. */
export interface Limits {
  /** The accounts; undefined if no condition limits it to accounts. */
  readonly accounts: ReadonlySet<string> | undefined;
  /** Ids of organizations; undefined if no condition limits it to organizations. */
  readonly organizations: ReadonlySet<string> | undefined;
  /** Whether anything else limits it: addresses, VPCs, sources, AWS services. */
  readonly otherwise: boolean;
  /** Conditions that may or may not limit the statement. */
  readonly unknown: readonly string[];
}

/** Whether anything limits a statement; undefined if that is unknown. */
export function isLimited({ accounts, organizations, otherwise, unknown }: Limits): boolean | undefined {
  if (accounts !== undefined || organizations !== undefined || otherwise) return true;
  return unknown.length === 0 ? false : undefined;
}

/** The part of the value of a policy variable that the resource decides. */
export interface OwnSide {
  readonly account: string;
  /** Undefined if the organization is unknown. */
  readonly organization: string | undefined;
}

/** The limit that a condition sets: `unknown` if it cannot be determined, `nothing` if there is none. */
type Limit =
  | { readonly accounts: readonly string[] }
  | { readonly organizations: readonly string[] }
  | 'otherwise'
  | 'nothing'
  | 'unknown';

/** What the conditions of a statement limit it to. @param variables whether policy variables are replaced */
export function limitsOf(
  { conditions }: Pick<Statement, 'conditions'>,
  variables: boolean,
  own: OwnSide,
): Limits {
  let accounts: ReadonlySet<string> | undefined;
  let organizations: ReadonlySet<string> | undefined;
  let otherwise = false;
  const unknown: string[] = [];
  for (const condition of conditions) {
    const limit = limitOf(condition, variables, own);
    if (limit === 'unknown') unknown.push(condition.text);
    else if (limit === 'otherwise') otherwise = true;
    else if (limit === 'nothing') continue;
    else if ('accounts' in limit) accounts = common(accounts, limit.accounts);
    else organizations = common(organizations, limit.organizations);
  }
  return { accounts, organizations, otherwise, unknown };
}

function common(before: ReadonlySet<string> | undefined, values: readonly string[]): ReadonlySet<string> {
  return new Set(before === undefined ? values : values.filter((value) => before.has(value)));
}

/**
 * The same for a Deny: the principals that its only condition excludes. A Deny limits what other statements allow only
 * if it has no other condition, because a Deny applies only if all of its conditions are true.
 */
export function exceptionsOf(
  { conditions }: Pick<Statement, 'conditions'>,
  variables: boolean,
  own: OwnSide,
): Limits | undefined {
  const [condition, ...more] = conditions;
  if (condition?.operator?.negated !== true || more.length > 0) return undefined;
  // A negated condition is true, so that the Deny applies, if the key is missing, except with ForAnyValue.
  if (condition.set === 'any') return undefined;
  const positive: Condition = {
    ...condition,
    operator: { ...condition.operator, negated: false },
    set: undefined,
    ifExists: false,
  };
  return limitsOf({ conditions: [positive] }, variables, own);
}

/** Keys that every request of an IAM principal has, so that `IfExists` and `ForAllValues` change nothing. */
const ALWAYS_THERE = new Set(['aws:principalarn', 'aws:principalaccount', 'aws:userid']);

const SOURCES = new Set(['aws:sourcearn', 'lambda:sourcefunctionarn']);
const INSTANCES = new Set(['ec2:sourceinstancearn', 'ssm:sourceinstancearn']);
const NETWORKS = new Set(['aws:sourceip', 'aws:vpcsourceip']);
const VPCS = new Set(['aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce', 'aws:ec2instancesourcevpc']);
const ACCOUNTS = new Set(['aws:sourceaccount', 'aws:vpceaccount']);
const ORGANIZATIONS = new Set([
  ...['aws:sourceorgid', 'aws:sourceorgpaths', 'aws:vpceorgid', 'aws:vpceorgpaths'],
]);
const SERVICES = new Set(['aws:principalservicename', 'aws:principalservicenameslist']);

function limitOf(condition: Condition, variables: boolean, own: OwnSide): Limit {
  const { operator, set, ifExists } = condition;
  const key = lowerCase(condition.key);
  if (operator === undefined) return 'unknown';
  if (operator.negated || operator.type === 'null') return 'nothing';
  if ((set === 'all' || ifExists) && !ALWAYS_THERE.has(key)) return 'nothing';
  const values = condition.values.map((value) => ownValue(value, variables, own));
  if (NETWORKS.has(key)) return operator.type === 'address' ? limitOfAddresses(values) : 'unknown';
  if (key === 'aws:principalisawsservice') {
    const isTrue = values.every((value) => lowerCase(value) === 'true');
    return operator.type === 'bool' && isTrue ? 'otherwise' : 'nothing';
  }
  const isText = ['text', 'text-ignoring-case', 'pattern', 'arn'].includes(operator.type);
  const known = limitOfTexts(key, values, operator.type !== 'text' && operator.type !== 'text-ignoring-case');
  if (known !== undefined) return isText ? known : 'unknown';
  return isKnownKey(condition.key) ? 'nothing' : 'unknown';
}

/** The limit that text values of a key set; undefined for keys that do not limit principals. */
function limitOfTexts(key: string, values: readonly string[], wildcards: boolean): Limit | undefined {
  const literal = (value: string) => !isOpen(value, wildcards);
  const every = (holds: (value: string) => boolean, limit: Limit): Limit =>
    values.every(holds) ? limit : 'nothing';
  switch (key) {
    case 'aws:principalaccount':
      return every(literal, { accounts: values });
    case 'aws:principalarn':
      return limitOfArns(values, wildcards);
    case 'aws:principalorgid':
      return every(literal, { organizations: values });
    case 'aws:principalorgpaths':
      return limitOfPaths(values, wildcards);
    case 'aws:userid':
      return every((value) => /^(?:A[A-Z]{3}[A-Z0-9]{12,}|\d{12})/.test(value), 'otherwise');
    default:
      break;
  }
  if (ACCOUNTS.has(key) || VPCS.has(key) || SERVICES.has(key)) return every(literal, 'otherwise');
  if (ORGANIZATIONS.has(key)) {
    return limitOfPaths(values, wildcards) === 'nothing' ? 'nothing' : 'otherwise';
  }
  if (SOURCES.has(key) || INSTANCES.has(key))
    return every((arn) => isOfSomebody(arn, wildcards), 'otherwise');
  return undefined;
}

/** Whether a value can match texts that an outsider chooses. A remaining variable is one of the principal's. */
function isOpen(value: string, wildcards: boolean): boolean {
  return value.includes('${') || (wildcards && /[*?]/.test(value));
}

/** Values of variables that the resource decides. */
function ownValue(value: string, variables: boolean, own: OwnSide): string {
  // Without variables, it is a text that no key has as its value.
  if (!variables) return value.replaceAll('${', '');
  return value
    .replace(/\$\{aws:ResourceAccount\}/gi, own.account)
    .replace(/\$\{aws:ResourceOrgID\}/gi, own.organization ?? 'the organization of the resource');
}

/** The account has to come before any wildcard: an earlier wildcard can match a path that looks like an account. */
function limitOfArns(values: readonly string[], wildcards: boolean): Limit {
  const accounts = new Set<string>();
  for (const value of values) {
    const parts = partsOf(value)?.slice(0, 5);
    if (parts === undefined) {
      // Without wildcards, it is not the ARN of a principal.
      if (isOpen(value, wildcards)) return 'nothing';
      continue;
    }
    if (parts.some((part) => isOpen(part, wildcards))) return 'nothing';
    accounts.add(parts[4] ?? '');
  }
  return { accounts: [...accounts] };
}

/** `o-a1b2c3d4e5/r-ab12/*`: the organization is the first part. */
function limitOfPaths(values: readonly string[], wildcards: boolean): Limit {
  const organizations = values.map((value) => value.split('/', 1)[0] ?? '');
  return organizations.some((id) => isOpen(id, wildcards)) ? 'nothing' : { organizations };
}

/** An ARN that names an account or, for buckets, which have none, the resource. */
function isOfSomebody(arn: string, wildcards: boolean): boolean {
  const parts = partsOf(arn);
  if (parts === undefined) return !isOpen(arn, wildcards);
  const [, , service = '', , account = '', resource = ''] = parts;
  if (account !== '') return !isOpen(account, wildcards);
  return !isOpen(service, wildcards) && /^[^*?$]/.test(resource);
}

/**
 * Blocks that together contain half of all addresses, or more, limit nothing. All public IPv6 addresses are in 2000::/3
 * (https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml).
 */
function limitOfAddresses(values: readonly string[]): Limit {
  const shares = { 32: 0, 128: 0 };
  for (const value of values) {
    const network = networkOf(value);
    if (network === undefined) return 'unknown';
    shares[network.bits] += 2 ** ((network.bits === 32 ? 0 : 3) - network.prefix);
  }
  return Math.max(...Object.values(shares)) >= 0.5 ? 'nothing' : 'otherwise';
}

/** Whether the evaluator knows a condition key at all. */
function isKnownKey(key: string): boolean {
  const value = contextOf(anyone(), {
    region: undefined,
    account: '',
    tags: { known: {} },
    organization: { none: true },
  }).value(key);
  return value.kind === 'known' || value.reason === undefined;
}
