/** Lifecycle policies of creation templates, which are checked without images. */

import type { CheckText, Report } from '../../check.ts';
import type { RepositoryExpectations } from '../../expectations.ts';
import { evaluate } from '../../lifecycle/evaluate.ts';
import { type Policy, validate } from '../../lifecycle/policy.ts';
import { policyOf } from '../../lifecycles.ts';
import { capital, list, some } from '../../words.ts';
import { judgeReach, production } from './images.ts';
import { deadRule, judgeDead, judgeUntagged, untagged } from './rules.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';

/** A lifecycle policy that applies to no repository yet. */
export interface LifecycleText {
  readonly called: string;
  readonly text: string;
  readonly expected: RepositoryExpectations;
  readonly now: Date;
}

/** A check of the text of a policy, without images. */
export interface TextJudge {
  readonly check: Pick<CheckText, 'id' | 'severities'>;
  readonly judge: (about: LifecycleText, report: Report) => void;
}

/** Checks the policy text of a creation template. It has no result of its own: `template/lifecycle` names it. */
export const invalid: CheckText & TextJudge['check'] = {
  id: 'lifecycle/invalid',
  title: "The lifecycle policy of the template follows ECR's rules.",
  kinds: ['template'],
  severities: ['high'],
  means:
    "The policy text of a creation template violates ECR's rules about priorities, the priority of `any` within its storage class, patterns or prefixes. It is reported as `template/lifecycle`.",
  why: 'Repositories from the template get no lifecycle policy, or are not created.',
  fix: 'Correct the policy text.',
  nearest: 'none',
  reference: `${GUIDE}/lifecycle_policy_parameters.html`,
};

/** Checks whether a text is valid and, if it is, its rules. */
export const LIFECYCLE_JUDGES: readonly TextJudge[] = [
  {
    check: invalid,
    judge({ called, text }, report) {
      const violations = validate(text);
      if (violations.length === 0) return;
      const sentences = violations.map(
        ({ path, problem }) => `${path === '' ? 'the policy' : path} ${problem}`,
      );
      report.fail({
        what: `${capital(called)} violates ECR's rules: ${list(sentences)}.`,
        toDo: 'Correct the policy text.',
        evidence: { violations: some(violations).map(({ path, problem }) => ({ path, problem })) },
        items: sentences,
      });
    },
  },
  textJudge(deadRule, (policy, { called }, report) => judgeDead(policy, called, report, {})),
  textJudge(untagged, (policy, { called, expected }, report) => {
    if (!expected.signed) judgeUntagged(policy, called, report, {});
  }),
  textJudge(production, (policy, { called, expected, now }, report) =>
    judgeReach(evaluate(policy, [], { now, pullTimeExclusions: undefined }), expected, called, {}, report),
  ),
];

function textJudge(
  check: TextJudge['check'],
  judge: (policy: Policy, about: LifecycleText, report: Report) => void,
): TextJudge {
  return {
    check,
    judge(about, report) {
      const policy = policyOf(about.text, about.called, report);
      if (policy !== undefined) judge(policy, about, report);
    },
  };
}
