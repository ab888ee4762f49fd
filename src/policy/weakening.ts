/** Whether the inputs of a run are the reason that an image is judged less strictly than by its policy file. */
import type { Weakening } from '../results/documents.ts';
import type { Finding } from '../results/finding.ts';
import type { Verdict } from '../results/verdict.ts';
import { isWeakenedByBaseImages } from './base.ts';
import type { EvaluationContext } from './evaluate.ts';
import type { Policy } from './policy.ts';

/** The inputs that weaken the policy for one image: those that do so for every image, its baseline and its base images. */
export function weakenedBy(
  byInputs: Weakening,
  findings: readonly Finding[],
  verdict: Pick<Verdict, 'judged'>,
  policy: Policy,
  context: EvaluationContext,
): Weakening {
  return {
    ...byInputs,
    ...(isWeakenedByBaseline(verdict, policy) ? { baseline: true } : {}),
    ...(isWeakenedByBaseImages(findings, policy, context) ? { 'base-image': true } : {}),
  };
}

/** Whether a baseline may be the reason that an image is not blocked: it downgrades a finding, or excludes one from a limit. */
export function isWeakenedByBaseline(
  { judged }: Pick<Verdict, 'judged'>,
  { limits }: Pick<Policy, 'limits'>,
): boolean {
  const limited = new Set(Object.keys(limits).map((severity) => severity.toUpperCase()));
  return judged.some(
    ({ reason, inBaseline, finding }) =>
      reason.kind === 'baseline' || (inBaseline === true && limited.has(finding.severity)),
  );
}
