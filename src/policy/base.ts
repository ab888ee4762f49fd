/** What base images change: a finding is judged with them and, for comparison, without. */

import type { Finding } from '../results/finding.ts';
import type { LimitedSeverity } from '../results/verdict.ts';
import { BADNESS, decide, type Judgement } from './decide.ts';
import { type EvaluationContext, isHidden } from './evaluate.ts';
import type { Policy } from './policy.ts';

/** Whether a finding would not be as mild, or would count towards a limit, if no base image had been named. */
function isBetterWithBase(finding: Finding, policy: Policy, circumstances: EvaluationContext): boolean {
  const { effect, counts } = byRules(finding, policy, circumstances);
  const without = byRules(withoutOrigin(finding), policy, circumstances);
  return (
    BADNESS[effect] < BADNESS[without.effect] || (!counts && without.counts && isLimited(finding, policy))
  );
}

/**
 * Whether the base images that the workflow named may be why an image is not blocked: they made a finding milder, or
 * kept one from a limit. Exceptions and the baseline are left out of the comparison: what they would have excused too was
 * excused all the same, and what the base images changed must not be overlooked because of them.
 */
export function isWeakenedByBaseImages(
  findings: readonly Finding[],
  policy: Policy,
  circumstances: EvaluationContext,
): boolean {
  return findings.some(
    (finding) =>
      isJudged(finding, policy) &&
      dependsOnBase(finding, policy) &&
      isBetterWithBase(finding, policy, circumstances),
  );
}

/** Whether base images may matter to a finding: a rule asks for the layer, and it is known of one of its packages. */
export function dependsOnBase({ packages }: Finding, { rules }: Policy): boolean {
  return (
    packages.some(({ origin }) => origin !== undefined) && rules.some(({ when }) => when.layer !== undefined)
  );
}

/** The finding as it is where no base image is named. */
export function withoutOrigin(finding: Finding): Finding {
  return { ...finding, packages: finding.packages.map((found) => ({ ...found, origin: undefined })) };
}

/** What the policy's rules and thresholds make of a finding, without exceptions and without a baseline. */
export function byRules(finding: Finding, policy: Policy, { image, now }: EvaluationContext): Judgement {
  const { repository } = image;
  return decide(finding, policy, { repository, now, exception: undefined, inBaseline: false });
}

/** Whether a policy limits how many findings of this severity there may be. */
export function isLimited({ severity }: Finding, { limits }: Policy): boolean {
  return limits[severity.toLowerCase() as LimitedSeverity] !== undefined;
}

function isJudged(finding: Finding, policy: Policy): boolean {
  return finding.status !== 'CLOSED' && !isHidden(finding, policy);
}
