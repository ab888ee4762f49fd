/** Which findings need details about exploits (KEV, EPSS). Reading them takes one API call for ten findings. */
import type { Finding } from '../results/finding.ts';
import { dependsOnBase, isLimited, withoutOrigin } from './base.ts';
import { isInBaseline } from './baseline.ts';
import { remainingConditions } from './conditions.ts';
import { decide, quantifierOf } from './decide.ts';
import { type EvaluationContext, isHidden } from './evaluate.ts';
import { prepareExceptions } from './exceptions.ts';
import type { Policy } from './policy.ts';

// The distance above a bound at which `>` holds.
const STEP = 1e-9;
const KEV = [undefined, true, false] as const;

/**
 * The findings whose judgement depends on details about exploits that they do not have. Each finding is judged with every
 * possible answer and without one. If the result is always the same, the details are not needed.
 */
export function findingsNeedingDetails(
  findings: readonly Finding[],
  policy: Policy,
  context: EvaluationContext,
): Finding[] {
  const { image, baseline, now } = context;
  const { never } = policy.exceptionsAllowed;
  const usesKev = never.knownExploited || policy.rules.some(({ when }) => when.knownExploited !== undefined);
  if (!usesKev && !policy.rules.some(({ when }) => when.epss !== undefined)) return [];
  const exceptions = prepareExceptions(context.exceptions, policy.exceptionsAllowed, image, now);
  const base = { repository: image.repository, now };

  /** @param excused whether exceptions and the baseline apply, or rules and thresholds alone */
  const dependsOnAnswer = (finding: Finding, excused: boolean): boolean => {
    // Conditions that do not depend on the answer are evaluated once, not for each answer.
    const rules = policy.rules.flatMap((rule) => {
      const when = remainingConditions(rule.when, finding, { ...base, quantifier: quantifierOf(rule) });
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
    // A value between two bounds gives the same results as one just above the lower bound.
    const probabilities = epssMatters
      ? [undefined, 0, ...[...bounds].flatMap((bound) => [bound, bound + STEP])]
      : [finding.epss];
    let first: string | undefined;
    for (const knownExploited of kevMatters ? KEV : [finding.knownExploited]) {
      const aware = { ...finding, knownExploited };
      const exception = matches.find((one) => exceptions.refusal(one, aware) === undefined)?.exception;
      for (const epss of probabilities) {
        const known = { ...aware, epss };
        const { effect, counts } = decide(known, { ...policy, rules }, { ...base, inBaseline, exception });
        const outcome = `${effect} ${limited && counts}`;
        first ??= outcome;
        if (outcome !== first) return true;
      }
    }
    return false;
  };

  // The effect of base images is judged by rules and thresholds alone, with base images and without.
  const needsDetails = (finding: Finding): boolean =>
    dependsOnAnswer(finding, true) ||
    (dependsOnBase(finding, policy) &&
      (dependsOnAnswer(finding, false) || dependsOnAnswer(withoutOrigin(finding), false)));

  return findings.filter(
    (finding) => finding.status !== 'CLOSED' && !isHidden(finding, policy) && needsDetails(finding),
  );
}
