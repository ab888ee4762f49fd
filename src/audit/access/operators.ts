/**
 * The condition operators of IAM
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 */
import { ANYTHING, covers, glob, intersect, isLiteral, literal, matches } from './glob.ts';
import { type Match, NO, unknown, YES, yesOrNo } from './match.ts';

export type OperatorType =
  | 'text'
  | 'text-ignoring-case'
  | 'pattern'
  | 'arn'
  | 'number'
  | 'date'
  | 'bool'
  | 'binary'
  | 'address'
  | 'null';

export type Comparison = 'equals' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal';

export interface Operator {
  readonly name: string;
  readonly type: OperatorType;
  readonly comparison: Comparison;
  readonly negated: boolean;
}

function operators(type: OperatorType, names: Readonly<Record<string, Comparison | 'not'>>): Operator[] {
  return Object.entries(names).map(([name, how]) => ({
    name,
    type,
    comparison: how === 'not' ? 'equals' : how,
    negated: how === 'not',
  }));
}

function ordered(prefix: string): Record<string, Comparison | 'not'> {
  return {
    [`${prefix}Equals`]: 'equals',
    [`${prefix}NotEquals`]: 'not',
    [`${prefix}LessThan`]: 'less',
    [`${prefix}LessThanEquals`]: 'less-or-equal',
    [`${prefix}GreaterThan`]: 'greater',
    [`${prefix}GreaterThanEquals`]: 'greater-or-equal',
  };
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    ...operators('text', { StringEquals: 'equals', StringNotEquals: 'not' }),
    ...operators('text-ignoring-case', {
      StringEqualsIgnoreCase: 'equals',
      StringNotEqualsIgnoreCase: 'not',
    }),
    ...operators('pattern', { StringLike: 'equals', StringNotLike: 'not' }),
    ...operators('arn', { ArnEquals: 'equals', ArnLike: 'equals', ArnNotEquals: 'not', ArnNotLike: 'not' }),
    ...operators('number', ordered('Numeric')),
    ...operators('date', ordered('Date')),
    ...operators('bool', { Bool: 'equals' }),
    ...operators('binary', { BinaryEquals: 'equals' }),
    ...operators('address', { IpAddress: 'equals', NotIpAddress: 'not' }),
    ...operators('null', { Null: 'equals' }),
  ].map((operator) => [operator.name, operator]),
);

/** The operator of this name, without `ForAllValues:`, `ForAnyValue:` and `IfExists`; undefined if there is none. */
export function operatorNamed(name: string): Operator | undefined {
  return OPERATORS.get(name);
}

/** Whether policy variables are replaced in this operator's values (they are in texts and ARNs). */
export function takesVariables({ type }: Operator): boolean {
  return type === 'text' || type === 'text-ignoring-case' || type === 'pattern' || type === 'arn';
}

/** Whether `*` and `?` are wildcards in this operator's values. */
export function takesWildcards({ type }: Operator): boolean {
  return type === 'pattern' || type === 'arn';
}

/**
 * Compares a value of the policy with a value of the request, before negation.
 * @param wanted a compiled pattern for texts and ARNs, else the value as written
 * @param given the value of the request
 */
export function compare({ type, comparison }: Operator, wanted: string, given: string): Match {
  switch (type) {
    case 'text':
    case 'pattern':
      return yesOrNo(matches(wanted, given));
    case 'text-ignoring-case':
      return yesOrNo(matches(wanted.toLowerCase(), given.toLowerCase()));
    case 'arn':
      return compareArns(wanted, given);
    case 'number':
      return compareNumbers(comparison, numberOf(wanted), numberOf(given), 'number');
    case 'date':
      return compareNumbers(comparison, dateOf(wanted), dateOf(given), 'date');
    case 'bool':
      return compareBooleans(wanted, given);
    case 'binary':
      return compareBinaries(wanted, given);
    case 'address':
      return compareAddresses(wanted, given);
    case 'null':
      return NO;
  }
}

/** Like `compare`, for a value of which only a pattern is known; undefined if both results are possible. */
export function compareOpen({ type }: Operator, wanted: string, given: string): Match | undefined {
  switch (type) {
    case 'text':
    case 'pattern':
      return comparePatterns(wanted, given);
    case 'text-ignoring-case':
      return comparePatterns(wanted.toLowerCase(), given.toLowerCase());
    case 'arn': {
      if (given === ANYTHING) return undefined;
      const [a, b] = [partsOf(wanted), partsOf(given)];
      if (a === undefined || b === undefined) return undefined;
      const parts = a.map((part, index) => comparePatterns(part, b[index] ?? ''));
      if (parts.some((part) => part === NO)) return NO;
      return parts.every((part) => part === YES) ? YES : undefined;
    }
    default:
      return undefined;
  }
}

function comparePatterns(wanted: string, given: string): Match | undefined {
  if (!intersect(wanted, given)) return NO;
  return covers(wanted, given) ? YES : undefined;
}

/**
 * "Each of the six colon-delimited components of the ARN is checked separately and each can include multi-character
 * match wildcards (*) or single-character match wildcards (?)."
 */
function compareArns(wanted: string, given: string): Match {
  if (isLiteral(wanted) && isArn(wanted)) return yesOrNo(wanted === given);
  const [patterns, parts] = [partsOf(wanted), partsOf(given)];
  if (parts === undefined) return NO;
  if (patterns === undefined) return unknown('an ARN in a condition has fewer than six parts');
  return yesOrNo(patterns.every((pattern, index) => matches(pattern, parts[index] ?? '')));
}

function isArn(text: string): boolean {
  let colon = -1;
  for (let count = 0; count < 5; count += 1) {
    colon = text.indexOf(':', colon + 1);
    if (colon < 0) return false;
  }
  return true;
}

/** The six parts of an ARN; colons behind the fifth belong to the last. */
export function partsOf(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function compareNumbers(
  comparison: Comparison,
  wanted: number | undefined,
  given: number | undefined,
  what: string,
): Match {
  if (wanted === undefined || given === undefined)
    return unknown(`a condition compares a value that is not ${what}`);
  switch (comparison) {
    case 'equals':
      return yesOrNo(given === wanted);
    case 'less':
      return yesOrNo(given < wanted);
    case 'less-or-equal':
      return yesOrNo(given <= wanted);
    case 'greater':
      return yesOrNo(given > wanted);
    case 'greater-or-equal':
      return yesOrNo(given >= wanted);
  }
}

function numberOf(text: string): number | undefined {
  return /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
}

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;

/** The forms of https://www.w3.org/TR/NOTE-datetime, or seconds since 1970; in milliseconds. */
function dateOf(text: string): number | undefined {
  // Four digits are a year there and seconds here. So few seconds are no realistic date for a policy.
  if (/^\d{5,12}$/.test(text)) return Number(text) * 1000;
  if (!DATE.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function compareBooleans(wanted: string, given: string): Match {
  const [a, b] = [wanted.toLowerCase(), given.toLowerCase()];
  if (a !== 'true' && a !== 'false') return unknown('a Bool condition has a value other than true and false');
  return yesOrNo(a === b);
}

function compareBinaries(wanted: string, given: string): Match {
  const [a, b] = [bytesOf(wanted), bytesOf(given)];
  if (a === undefined || b === undefined)
    return unknown('a BinaryEquals condition has a value that is not base64');
  return yesOrNo(a.equals(b));
}

function bytesOf(text: string): Buffer | undefined {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    ? Buffer.from(text, 'base64')
    : undefined;
}

export interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

function compareAddresses(wanted: string, given: string): Match {
  const [network, address] = [networkOf(wanted), networkOf(given)];
  if (network === undefined || address === undefined) {
    return unknown('an IP address condition has a value that is not an address');
  }
  if (network.bits !== address.bits || address.prefix < network.prefix) return NO;
  const shift = BigInt(network.bits - network.prefix);
  return yesOrNo(network.address >> shift === address.address >> shift);
}

/** "If you specify an IP address without the associated routing prefix, IAM uses the default prefix value of /32." */
export function networkOf(text: string): Network | undefined {
  const [, written = '', prefixText] = /^([0-9A-Fa-f:.]{2,45})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bits = written.includes(':') ? 128 : 32;
  const address = bits === 32 ? ipv4(written) : ipv6(written);
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  return address === undefined || prefix > bits ? undefined : { bits, address, prefix };
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** A value of a policy without variables, ready for `compare`. */
export function compiled(operator: Operator, value: string): string {
  if (!takesVariables(operator)) return value;
  return takesWildcards(operator) ? glob(value) : literal(value);
}

/** Whether a value has a `*` or `?` that is written as a wildcard, rather than `${*}`, which stands for the character. */
export function isWildcardText(value: string, variables: boolean): boolean {
  return /[*?]/.test(variables ? value.replace(/\$\{[^}]*\}?/g, '') : value);
}
