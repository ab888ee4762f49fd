/**
 * Conditions of a statement
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html).
 */
import type { Condition } from './document.ts';
import type { Context, KeyValue } from './keys.ts';
import { both, conditional, either, type Match, NO, not, unknown, YES } from './match.ts';
import {
  compare,
  compareOpen,
  compiled,
  type Operator,
  takesVariables,
  takesWildcards,
} from './operators.ts';
import { hasVariables, substitute } from './variables.ts';

/** Whether a statement's conditions hold: all of them have to. */
export function holdAll(conditions: readonly Condition[], context: Context, variables: boolean): Match {
  let match = YES;
  for (const condition of conditions) {
    match = both(match, holds(condition, context, variables));
    if (match.truth === 'no') return NO;
  }
  return match;
}

/**
 * Whether one condition holds. Several values in the policy are alternatives; under a negated operator none of them
 * may match. A missing key makes a condition false, a negated one true, and one with `IfExists` true.
 * @param variables whether policy variables are replaced
 */
export function holds(condition: Condition, context: Context, variables: boolean): Match {
  const { operator, key, text } = condition;
  if (operator === undefined) return unknown(`the operator of "${text}" is unknown`);
  const value = context.value(key);
  if (operator.type === 'null') return isNull(condition, value);
  const compareWith = comparer(condition, operator, context, variables);
  if (value.kind === 'known') return ofKnown(condition, operator, value.values, compareWith);
  // The possible outcomes: one for each pattern, and one for a missing key.
  const outcomes = value.patterns.map((pattern) => negatedIf(operator, compareWith(pattern, value)));
  if (value.mayBeAbsent) outcomes.push(ofAbsent(condition, operator));
  if (outcomes.every((outcome) => outcome.truth === 'yes')) return YES;
  if (outcomes.every((outcome) => outcome.truth === 'no')) return NO;
  const undecided = value.reason === undefined ? conditional(text) : unknown(value.reason);
  return outcomes.reduce(
    (match, outcome) => (outcome.truth === 'unknown' ? both(match, outcome) : match),
    undecided,
  );
}

type Compare = (given: string, open: Extract<KeyValue, { kind: 'open' }> | undefined) => Match;

/** Compares a value, or a pattern of values, of the request with all values of the policy. */
function comparer(condition: Condition, operator: Operator, context: Context, variables: boolean): Compare {
  const { values, text } = condition;
  const replace = variables && values.some(hasVariables);
  if (replace && !takesVariables(operator)) {
    return () => unknown(`"${text}" has a policy variable, which this operator does not replace`);
  }
  const wanted = replace ? values : patternsOf(condition, operator);
  return (given, open) => {
    let match = NO;
    for (const value of wanted) {
      match = either(match, replace ? substituted(value, given, open) : plain(value, given, open));
      if (match.truth === 'yes') return YES;
    }
    return match;
  };

  function plain(wanted: string, given: string, open: Parameters<Compare>[1]): Match {
    if (open === undefined) return compare(operator, wanted, given);
    return (
      compareOpen(operator, wanted, given) ??
      (open.reason === undefined ? conditional(text) : unknown(open.reason))
    );
  }

  function substituted(value: string, given: string, open: Parameters<Compare>[1]): Match {
    const wanted = substitute(value, context, takesWildcards(operator));
    if (wanted.kind === 'nothing') return NO;
    if (wanted.kind === 'unreadable') return unknown(wanted.reason);
    if (wanted.kind === 'fixed') return plain(wanted.pattern, given, open);
    // An undecided variable can only prevent a match.
    const atMost =
      open === undefined ? compare(operator, wanted.pattern, given) : plain(wanted.pattern, given, open);
    if (atMost.truth === 'no' || atMost.truth === 'unknown') return atMost;
    return wanted.reason === undefined ? conditional(text) : unknown(wanted.reason);
  }
}

const patterns = new WeakMap<Condition, readonly string[]>();

/** The values of a condition, prepared for comparison. They are computed once. */
function patternsOf(condition: Condition, operator: Operator): readonly string[] {
  let known = patterns.get(condition);
  if (known === undefined) {
    known = condition.values.map((value) => compiled(operator, value));
    patterns.set(condition, known);
  }
  return known;
}

function negatedIf({ negated }: Operator, match: Match): Match {
  return negated ? not(match) : match;
}

/**
 * With `ForAllValues`, every value of the request has to match, which is also true without values. With `ForAnyValue`,
 * at least one value has to match
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html).
 */
function ofKnown(
  condition: Condition,
  operator: Operator,
  values: readonly string[],
  compareWith: Compare,
): Match {
  const [first, ...more] = values;
  if (first === undefined) return ofAbsent(condition, operator);
  const outcomes = values.map((value) => negatedIf(operator, compareWith(value, undefined)));
  if (condition.set === 'all') return outcomes.reduce(both, YES);
  if (condition.set === 'any') return outcomes.reduce(either, NO);
  if (more.length > 0) {
    return unknown(`"${condition.text}" tests a key with several values without ForAllValues or ForAnyValue`);
  }
  return outcomes[0] ?? NO;
}

function ofAbsent({ ifExists, set, text }: Condition, { negated }: Operator): Match {
  // The documented rules contradict each other: "If the key is not present, evaluate the condition element as true."
  // "For no matching key or a null dataset, the condition returns false."
  if (ifExists && set === 'any')
    return unknown(`"${text}" combines ForAnyValue and IfExists, and the key is missing`);
  if (ifExists || set === 'all') return YES;
  if (set === 'any') return NO;
  return negated ? YES : NO;
}

/** "true (the key doesn't exist — it is null) or false (the key exists and its value is not null)" */
function isNull(condition: Condition, value: KeyValue): Match {
  let match = NO;
  for (const wanted of condition.values) {
    const small = wanted.toLowerCase();
    if (small !== 'true' && small !== 'false')
      return unknown(`"${condition.text}" is neither true nor false`);
    match = either(match, nullIs(small === 'true', condition, value));
  }
  return match;
}

function nullIs(absent: boolean, { text }: Condition, value: KeyValue): Match {
  if (value.kind === 'known') return (value.values.length === 0) === absent ? YES : NO;
  if (!value.mayBeAbsent) return absent ? NO : YES;
  return value.reason === undefined ? conditional(text) : unknown(value.reason);
}
