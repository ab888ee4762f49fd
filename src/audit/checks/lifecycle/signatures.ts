/** What lifecycle policies do to signatures that ECR treats as ordinary images. */

import { repositoryCheck } from '../../checkers.ts';
import { legacySignatures } from '../../lifecycle/signatures.ts';
import { evaluationOf, policyOf, putLifecycle, ruleName } from '../../lifecycles.ts';
import * as needs from '../../needs.ts';
import { capital, count, list, name, some } from '../../words.ts';
import { calledOf, ruleJson } from './common.ts';

const RULES = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html';

export const signatures = repositoryCheck({
  id: 'lifecycle/signatures',
  title: 'Signatures are kept as long as their images.',
  severities: ['medium'],
  means:
    'A rule counts signatures, attestations or SBOMs under legacy tags (`sha256-….sig`, `.att`, `.sbom`) as images, or expires them before their images.',
  why: 'ECR treats these as ordinary tagged images. They count towards the images that a rule keeps, and can expire before the image that they refer to, which then cannot be verified.',
  fix: 'Sign with cosign 3 or later, whose signatures ECR deletes together with the image, or give the rules patterns that do not match `sha256-*`.',
  nearest: 'none',
  reference: RULES,
  needs: { policy: needs.lifecyclePolicy, images: needs.images },
  judge(facts, about, report) {
    if (facts.policy === undefined) return report.doesNotApply();
    const policy = policyOf(facts.policy, calledOf(about), report);
    if (policy === undefined) return;
    const evaluation = evaluationOf(about, policy, facts.images);
    const found = legacySignatures(evaluation);
    if (found.length === 0) {
      const unread = facts.images.filter(({ tags }) => tags === undefined);
      if (unread.length > 0) report.unknown(`the tags of ${count(unread.length, 'image')}`);
      else report.doesNotApply();
      return;
    }
    const identified = new Map(evaluation.rules.map((result) => [result.rule, new Set(result.identified)]));
    const counted = found.filter(({ image, countedBy }) =>
      countedBy.some((rule) => identified.get(rule)?.has(image)),
    );
    const lost = found.filter(
      ({ takenBy, outlivesSubject }) => takenBy.length > 0 && outlivesSubject === false,
    );
    const doubtful = found.filter(
      (one) =>
        (one.takenBy.length > 0 && one.outlivesSubject === undefined) ||
        (one.countedBy.length > 0 && !counted.includes(one)),
    );
    if (doubtful.length > 0) {
      report.unknown(
        `whether rules count ${list(doubtful.map(({ tag }) => tag))}, or expire them before their images`,
      );
    }
    const bad = [...new Set([...counted, ...lost])];
    if (bad.length === 0) return;
    const rules = [...new Set(bad.flatMap(({ countedBy, takenBy }) => [...countedBy, ...takenBy]))];
    report.fail({
      what: `${capital(list(rules.map(ruleName)))} of ${calledOf(about)} ${rules.length === 1 ? 'counts or expires' : 'count or expire'} ${count(bad.length, 'signature')}, such as ${name(bad[0]?.tag ?? '')}, as if they were images.`,
      toDo: 'Sign with cosign 3 or later, whose signatures ECR deletes together with the image, or give the rules patterns that do not match sha256-*.',
      evidence: {
        rules: rules.map(ruleJson),
        signatures: some(bad).map(({ tag, subject, subjectIsThere, countedBy, takenBy }) => ({
          tag,
          subject,
          subjectIsThere,
          countedBy: countedBy.map(({ priority }) => priority),
          takenBy: takenBy.map(({ priority }) => priority),
        })),
      },
      command: putLifecycle(about, about.repository.name),
      items: rules.map(ruleName),
    });
  },
});
