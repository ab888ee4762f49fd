/** Whether the rules of a lifecycle policy can have an effect. */
import type { Report } from '../../check.ts';
import { repositoryCheck } from '../../checkers.ts';
import type { Policy } from '../../lifecycle/policy.ts';
import { allPatternsRules, deadRules, untaggedRules } from '../../lifecycle/rules.ts';
import {
  ifSafe,
  imageJson,
  policyOf,
  putLifecycle,
  ruleName,
  withoutDeadRules,
  withSplitRules,
  withUntaggedRule,
} from '../../lifecycles.ts';
import * as needs from '../../needs.ts';
import { capital, count, list, some } from '../../words.ts';
import { calledOf, type FixParts, itemOf, noteUndecided, ruleJson } from './common.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const RULES = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html';

export const missing = repositoryCheck({
  id: 'lifecycle/missing',
  title: 'The repository has a lifecycle policy.',
  severities: ['medium'],
  means: 'The repository has no lifecycle policy.',
  why: 'ECR keeps all images, for which AWS charges, and old images with known vulnerabilities can still be deployed.',
  fix: 'Add a lifecycle policy that expires untagged images and keeps the newest production images.',
  nearest:
    'Security Hub ECR.3 (AWS Config `ecr-private-lifecycle-policy-configured`) and Prowler `ecr_repositories_lifecycle_policy_enabled` check only whether there is a policy, not what it does.',
  reference: RULES,
  needs: { policy: needs.lifecyclePolicy },
  judge({ policy }, about, report) {
    if (policy !== undefined) return;
    report.fail({
      what: `${about.repository.name} has no lifecycle policy.`,
      toDo: 'Add a lifecycle policy.',
      command: putLifecycle(about, about.repository.name),
      document: (read) =>
        about.expected.signed ? undefined : ifSafe(about, withUntaggedRule(undefined, false), read),
    });
  },
});

export const untagged = repositoryCheck({
  id: 'lifecycle/untagged',
  title: 'Untagged images expire.',
  severities: ['low'],
  means:
    'The repository has a lifecycle policy without a rule that expires untagged images. The check does not apply if the audit policy expects signatures (`signed`): signatures are untagged unless they are in format legacy, and AWS does not document whether such a rule selects them.',
  why: 'An image loses its tag when the tag is moved to another image. Without a rule for untagged images, ECR keeps all of them.',
  fix: 'Add a rule with the tagStatus untagged.',
  nearest: 'none',
  reference: `${GUIDE}/lifecycle_policy_examples.html`,
  needs: { policy: needs.lifecyclePolicy },
  applies: ({ expected }) => !expected.signed,
  judge(facts, about, report) {
    if (facts.policy === undefined) return report.doesNotApply();
    const text = facts.policy;
    const policy = policyOf(text, calledOf(about), report);
    if (policy === undefined) return;
    judgeUntagged(policy, calledOf(about), report, {
      command: putLifecycle(about, about.repository.name),
      document: (read) => ifSafe(about, withUntaggedRule(text, archivesUntagged(policy)), read),
    });
  },
});

export function judgeUntagged(policy: Policy, called: string, report: Report, fix: FixParts): void {
  const { rules, undecided } = untaggedRules(policy);
  noteUndecided(undecided, 'whether untagged images expire by', report);
  if (rules.length > 0 || undecided.length > 0) return;
  report.fail({
    what: `No rule of ${called} expires untagged images.`,
    toDo: 'Add a rule for untagged images.',
    ...fix,
  });
}

function archivesUntagged({ rules }: Policy): boolean {
  return rules.some(
    ({ storageClass, tagging, action }) =>
      storageClass === 'standard' && tagging?.status !== 'tagged' && action === 'archive',
  );
}

export const deadRule = repositoryCheck({
  id: 'lifecycle/dead-rule',
  title: 'Each lifecycle rule can have an effect.',
  severities: ['medium'],
  means:
    'A rule can never expire or archive an image: each image that it could select matches the tags of rules with a higher priority, within one storage class. Such an image "cannot be expired or archived by a rule with a lower priority", whether or not the other rule acts on it.',
  why: 'The rule has no effect, although the policy contains it.',
  fix: 'Remove the rule, or give it a higher priority than the rules that match the same images.',
  nearest: 'none',
  reference: RULES,
  needs: { policy: needs.lifecyclePolicy },
  judge(facts, about, report) {
    if (facts.policy === undefined) return report.doesNotApply();
    const text = facts.policy;
    const policy = policyOf(text, calledOf(about), report);
    if (policy === undefined) return;
    judgeDead(policy, calledOf(about), report, {
      command: putLifecycle(about, about.repository.name),
      document: () => withoutDeadRules(text),
    });
  },
});

export function judgeDead(policy: Policy, called: string, report: Report, fix: FixParts): void {
  const { dead, undecided } = deadRules(policy);
  noteUndecided(undecided, 'whether an image remains for', report);
  if (dead.length === 0) return;
  const sentences = dead.map(({ rule, by }) => {
    const others = by.map(({ priority }) => `${priority}`);
    const which = others.length === 1 ? `rule ${others[0]} matches` : `rules ${list(others)} together match`;
    return `${ruleName(rule)} of ${called} can never have an effect, because ${which} every image that it could select`;
  });
  report.fail({
    what: `${capital(list(sentences))}.`,
    toDo: 'Remove it, or give it a lower rulePriority number than theirs.',
    evidence: {
      deadRules: dead.map(({ rule, by }) => ({
        rule: ruleJson(rule),
        by: by.map(({ priority }) => priority),
      })),
    },
    ...fix,
    items: dead.map(({ rule }) => itemOf(rule)),
  });
}

export const allPatterns = repositoryCheck({
  id: 'lifecycle/all-patterns',
  title: 'Rules with several patterns select images.',
  severities: ['medium'],
  means:
    "A rule has several patterns or prefixes, and an image must match all of them. Some of today's images match one of them, and none matches all.",
  why: 'ECR combines the patterns of one rule with AND. A rule that lists `prod-*` and `release-*` selects only images that have both tags, although usually either tag is intended.',
  fix: 'Write one rule for each pattern.',
  nearest: 'none',
  reference: `${GUIDE}/lifecycle_policy_parameters.html`,
  needs: { policy: needs.lifecyclePolicy, images: needs.images },
  judge(facts, about, report) {
    if (facts.policy === undefined) return report.doesNotApply();
    const text = facts.policy;
    const policy = policyOf(text, calledOf(about), report);
    if (policy === undefined) return;
    for (const rule of policy.rules) {
      if (rule.tagging === undefined)
        report.unknown(`what ${ruleName(rule)} selects: ${rule.unknown.join('; ')}`);
    }
    const several = policy.rules.some(
      ({ tagging }) => tagging?.status === 'tagged' && tagging.patterns.length > 1,
    );
    if (!several) return;
    for (const found of allPatternsRules(policy, facts.images)) {
      const { rule, listed, matchingAll, matchingSome, unknown } = found;
      if (matchingAll.length > 0) continue;
      if (unknown.length > 0) {
        report.unknown(
          `whether one of ${count(unknown.length, 'image')} matches all patterns of ${ruleName(rule)}`,
        );
        continue;
      }
      if (matchingSome.length === 0) continue;
      report.fail({
        what: `${capital(ruleName(rule))} of ${calledOf(about)} selects only images that match all of ${list(listed)}. Of today's images, ${matchingSome.length} ${matchingSome.length === 1 ? 'matches' : 'match'} one of them, and none matches all.`,
        toDo: 'Write one rule for each pattern.',
        evidence: {
          rules: [ruleJson(rule)],
          images: some(matchingSome).map((image) => imageJson(image)),
        },
        command: putLifecycle(about, about.repository.name),
        document: (read) => ifSafe(about, withSplitRules(text, new Set([rule.priority])), read),
        items: [itemOf(rule)],
      });
    }
  },
});
