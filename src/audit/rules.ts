/** The rules under `checks:` in the audit policy: which results do not count, and which get another severity. */
import { matchesGlob } from '../policy/globs.ts';
import type { CheckRule } from './expectations.ts';
import type { Result, RuleNote } from './result.ts';

export interface Ruled {
  readonly results: readonly Result[];
  /** Rules that match no failed or unknown result. */
  readonly unmatched: readonly RuleNote[];
  /** Rules that no longer apply. */
  readonly expired: readonly RuleNote[];
}

/** Applies the first rule that matches each failed or unknown result. @param now when the audit takes place */
export function applyRules(results: readonly Result[], rules: readonly CheckRule[], now: Date): Ruled {
  const isOver = ({ end }: CheckRule) => end !== undefined && now.getTime() >= end.getTime();
  const current = rules.filter((rule) => !isOver(rule)).map((rule) => new Matcher(rule));
  const open = results.filter(({ status }) => status === 'fail' || status === 'unknown');
  const deciding = new Map(
    open.map((result) => [result, current.find((matcher) => matcher.matches(result))?.rule]),
  );
  const decides = new Set(deciding.values());
  // A rule that matches only results that earlier rules decide still matches.
  const matchesAny = (matcher: Matcher) =>
    decides.has(matcher.rule) || open.some((one) => matcher.matches(one));
  return {
    results: results.map((result) => ruled(result, deciding.get(result))),
    unmatched: current.filter((matcher) => !matchesAny(matcher)).map(({ rule }) => noteOf(rule)),
    expired: rules.filter(isOver).map(noteOf),
  };
}

function ruled(result: Result, rule: CheckRule | undefined): Result {
  if (rule === undefined) return result;
  const { action, reason, expires } = rule;
  if (action === 'ignore') return { ...result, status: 'ignored', ignored: { reason, expires } };
  // The rule applies to everything that the check can find there, including unknown results.
  return { ...result, severity: action, couldBe: undefined };
}

function noteOf({ source, check, resource, expires }: CheckRule): RuleNote {
  return { source, check, resource, expires };
}

/** A rule that compares each check and each resource once. */
class Matcher {
  readonly rule: CheckRule;
  private readonly checks = new Map<string, boolean>();
  private readonly resources = new Map<string, boolean>();

  constructor(rule: CheckRule) {
    this.rule = rule;
  }

  matches({ check, resource }: Result): boolean {
    const { check: checks, resource: resources } = this.rule;
    return (
      remembered(this.checks, check, () => matchesGlob(checks, check)) &&
      (resources === undefined ||
        remembered(this.resources, resource, () => matchesGlob(resources, resource)))
    );
  }
}

function remembered(known: Map<string, boolean>, text: string, test: () => boolean): boolean {
  let value = known.get(text);
  if (value === undefined) {
    value = test();
    known.set(text, value);
  }
  return value;
}
