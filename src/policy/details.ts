/** For which findings it matters what is known of exploits: asking costs a call for ten of them. */
import type { Finding } from '../results/finding.ts';
import { dependsOnBase, isLimited, withoutOrigin } from './base.ts';
import { isInBaseline } from './baseline.ts';
import { remainingConditions } from './conditions.ts';
import { decide, quantifierOf } from './decide.ts';
import { type EvaluationContext, isHidden } from './evaluate.ts';
import { prepareExceptions } from './exceptions.ts';
import type { Policy } from './policy.ts';

// Just over a bound: what `>` needs to hold.
const STEP = 1e-9;
const KEV = [undefined, true, false] as const;

/**
 * The findings whose judgement would change with what they do not say of exploits (KEV, EPSS). Each is judged
 * as if every answer had come, and as if none had; where they all lead to the same, nobody needs to ask.
 */
export function findingsNeedingDetails(
  findings: readonly Finding[],
  policy: Policy,
  circumstances: EvaluationContext,
): Finding[] {
  const { image, baseline, now } = circumstances;
  const { never } = policy.exceptionsAllowed;
  const asksKev = never.knownExploited || policy.rules.some(({ when }) => when.knownExploited !== undefined);
  if (!asksKev && !policy.rules.some(({ when }) => when.epss !== undefined)) return [];
  const exceptions = prepareExceptions(circumstances.exceptions, policy.exceptionsAllowed, image, now);
  const context = { repository: image.repository, now };

  /** @param excused whether exceptions and the baseline count, or rules and thresholds alone */
  const dependsOnAnswer = (finding: Finding, excused: boolean): boolean => {
    // What does not depend on the answer is asked once, not for each of them.
    const rules = policy.rules.flatMap((rule) => {
      const when = remainingConditions(rule.when, finding, { ...context, quantifier: quantifierOf(rule) });
      return when === undefined ? [] : [{ ...rule, when }];
    });
    const kevMatters =
      finding.knownExploited === undefined &&
      ((excused && never.knownExploited) || rules.some(({ when }) => when.knownExploited !== undefined));
    const bounds = new Set(rules.flatMap(({ when }) => (when.epss === undefined ? [] : [when.epss.value])));
    const epssMatters = finding.epss === undefined && bounds.size > 0;
    if (!kevMatters && !epssMatters) return false;
    const matches = excused ? exceptions.matching(finding) : [];
    const inBaseline = excused && isInBaseline(finding, baseline);
    const limited = isLimited(finding, policy);
    // What lies between two bounds is just above one of them.
    const probabilities = epssMatters
      ? [undefined, 0, ...[...bounds].flatMap((bound) => [bound, bound + STEP])]
      : [finding.epss];
    let first: string | undefined;
    for (const knownExploited of kevMatters ? KEV : [finding.knownExploited]) {
      const aware = { ...finding, knownExploited };
      const exception = matches.find((one) => exceptions.refusal(one, aware) === undefined)?.exception;
      for (const epss of probabilities) {
        const known = { ...aware, epss };
        const { effect, counts } = decide(known, { ...policy, rules }, { ...context, inBaseline, exception });
        const outcome = `${effect} ${limited && counts}`;
        first ??= outcome;
        if (outcome !== first) return true;
      }
    }
    return false;
  };

  /** What base images changed is told by rules and thresholds alone, with them and without. */
  const isInNeed = (finding: Finding): boolean =>
    dependsOnAnswer(finding, true) ||
    (dependsOnBase(finding, policy) &&
      (dependsOnAnswer(finding, false) || dependsOnAnswer(withoutOrigin(finding), false)));

  return findings.filter(
    (finding) => finding.status !== 'CLOSED' && !isHidden(finding, policy) && isInNeed(finding),
  );
}
