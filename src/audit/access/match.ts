/** Whether something is true, if that may depend on the request or on a fact that was not read. */

export type Truth = 'no' | 'yes' | 'conditional' | 'unknown';

/** `conditional`: the request decides, and `conditions` says how. `unknown`: `reasons` says why. */
export interface Match {
  readonly truth: Truth;
  readonly conditions: readonly string[];
  readonly reasons: readonly string[];
}

const NOTHING: readonly string[] = [];

export const YES: Match = { truth: 'yes', conditions: NOTHING, reasons: NOTHING };
export const NO: Match = { truth: 'no', conditions: NOTHING, reasons: NOTHING };

export function conditional(condition: string): Match {
  return { truth: 'conditional', conditions: [condition], reasons: NOTHING };
}

export function unknown(reason: string): Match {
  return { truth: 'unknown', conditions: NOTHING, reasons: [reason] };
}

export function yesOrNo(holds: boolean): Match {
  return holds ? YES : NO;
}

/** Logical and. A certain `no` decides; otherwise `unknown` takes precedence over `conditional`. */
export function both(a: Match, b: Match): Match {
  if (a.truth === 'no' || b.truth === 'no') return NO;
  if (a.truth === 'yes') return b;
  return b.truth === 'yes' ? a : joined(a, b);
}

/** Logical or. A certain `yes` decides; otherwise `unknown` takes precedence over `conditional`. */
export function either(a: Match, b: Match): Match {
  if (a.truth === 'yes' || b.truth === 'yes') return YES;
  if (a.truth === 'no') return b;
  return b.truth === 'no' ? a : joined(a, b);
}

export function not(match: Match): Match {
  if (match.truth === 'yes') return NO;
  return match.truth === 'no' ? YES : match;
}

function joined(a: Match, b: Match): Match {
  return {
    truth: a.truth === 'unknown' || b.truth === 'unknown' ? 'unknown' : 'conditional',
    conditions: union(a.conditions, b.conditions),
    reasons: union(a.reasons, b.reasons),
  };
}

// A hostile document can have thousands of conditions, and a reader does not need more than these.
const MOST_NAMED = 40;
const MORE = 'and more';

/** The members of both lists, each once; beyond 40 of them the last one is `and more`. */
export function union(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0 || a.at(-1) === MORE) return a;
  if (a.length === 0) return b;
  const members = [...new Set([...a, ...b])];
  return members.length > MOST_NAMED ? [...members.slice(0, MOST_NAMED), MORE] : members;
}
