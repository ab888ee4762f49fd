/** Compares the judgement of findings with the base images that the workflow names and without them. */

import type { Finding } from '../results/finding.ts';
import type { LimitedSeverity } from '../results/verdict.ts';
import { decide, type Judgement, SEVERITY_OF_EFFECT } from './decide.ts';
import { type EvaluationContext, isHidden } from './evaluate.ts';
import type { Policy } from './policy.ts';

/** Whether a finding has a less severe effect because of the base images, or does not count towards a limit. */
function isBetterWithBase(finding: Finding, policy: Policy, context: EvaluationContext): boolean {
  const { effect, counts } = judgeByRules(finding, policy, context);
  const without = judgeByRules(withoutOrigin(finding), policy, context);
  return (
    SEVERITY_OF_EFFECT[effect] < SEVERITY_OF_EFFECT[without.effect] ||
    (!counts && without.counts && isLimited(finding, policy))
  );
}

/**
 * Whether the base images that the workflow names may be the reason that an image is not blocked: they downgrade a finding,
 * or exclude one from a limit. Exceptions and the baseline are left out of the comparison, so that they cannot hide what the
 * base images change.
 */
export function isWeakenedByBaseImages(
  findings: readonly Finding[],
  policy: Policy,
  context: EvaluationContext,
): boolean {
  return findings.some(
    (finding) =>
      isJudged(finding, policy) &&
      dependsOnBase(finding, policy) &&
      isBetterWithBase(finding, policy, context),
  );
}

/** Whether base images can change the judgement of a finding: a rule has the condition `layer`, and it is known for a package. */
export function dependsOnBase({ packages }: Finding, { rules }: Policy): boolean {
  return (
    packages.some(({ origin }) => origin !== undefined) && rules.some(({ when }) => when.layer !== undefined)
  );
}

/** The finding as it is if no base image is named. */
export function withoutOrigin(finding: Finding): Finding {
  return { ...finding, packages: finding.packages.map((found) => ({ ...found, origin: undefined })) };
}

/** Judges a finding by rules and thresholds alone, without exceptions and without a baseline. */
export function judgeByRules(finding: Finding, policy: Policy, { image, now }: EvaluationContext): Judgement {
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
