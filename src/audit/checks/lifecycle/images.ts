/** What lifecycle policies do to production images and to images that run, by ECR's published rules. */

import type { Report } from '../../check.ts';
import { repositoryCheck } from '../../checkers.ts';
import type { RepositoryExpectations } from '../../expectations.ts';
import type { Image } from '../../facts.ts';
import { ImageSet, isImage } from '../../images.ts';
import type { Evaluation } from '../../lifecycle/evaluate.ts';
import { comparePreview } from '../../lifecycle/preview.ts';
import { type Reach, reaches, type Threat, threats } from '../../lifecycle/production.ts';
import {
  evaluationOf,
  fateInWords,
  ifSafe,
  imageJson,
  label,
  policyOf,
  protecting,
  putLifecycle,
  ruleName,
  runningOf,
} from '../../lifecycles.ts';
import * as needs from '../../needs.ts';
import { asFrequency } from '../../scan-rules.ts';
import { capital, count, list, name, short, some } from '../../words.ts';
import type { RepositoryCase } from '../../world.ts';
import { calledOf, type FixParts, itemOf, noteUndecided, ruleJson } from './common.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const RULES = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html';

export const production = repositoryCheck({
  id: 'lifecycle/production',
  title: 'No rule expires production images that are needed.',
  severities: ['high', 'medium'],
  means:
    'High: a rule would now expire or archive one of the newest `keep` production images (of all production tags together), or an image that runs. Medium: a rule could do so in the future: by age, by a count below `keep`, or by a count that also includes other images. A rule that counts only production tags and keeps at least `keep` images passes.',
  why: 'An expired image cannot be deployed again, so there is nothing to roll back to, and tasks that restart cannot pull it. Moving a tag to an older image does not change the age of that image.',
  fix: 'Add a rule for each pattern of production tags with a higher priority and a count that keeps enough images.',
  nearest: 'none',
  reference: RULES,
  needs: {
    policy: needs.lifecyclePolicy,
    images: needs.images,
    uses: needs.uses,
    coverage: needs.coverage,
  },
  judge(facts, about, report) {
    if (facts.policy === undefined) return report.doesNotApply();
    const text = facts.policy;
    const policy = policyOf(text, calledOf(about), report);
    if (policy === undefined) return;
    const { images } = facts;
    const { expected, repository } = about;
    const evaluation = evaluationOf(about, policy, images);
    const fix: FixParts = {
      command: putLifecycle(about, repository.name),
      document: (read) => ifSafe(about, protecting(text, about, images), read),
    };
    const newest = threats(evaluation, { ...expected, running: new Set() }).production;
    reportThreats(newest, `of the newest ${expected.keep} production images`, about, evaluation, fix, report);
    judgeReach(evaluation, expected, calledOf(about), fix, report);
    if (takenNow(evaluation).length === 0) return;
    const running = runningOf(new ImageSet(images), facts, report);
    const runs = threats(evaluation, { ...expected, running: running.digests }).running;
    const others = runs.filter(({ image }) => !newest.some((threat) => threat.image === image));
    reportThreats(others, 'of the images that run', about, evaluation, fix, report);
  },
});

/**
 * Images that rules expire or archive now, or may. Signatures and other artifacts that refer to an image are left out.
 * The artifact type is not considered: the author of the manifest chooses it, so it does not show that nothing runs the
 * image.
 */
function takenNow({ images, fates }: Evaluation): readonly Image[] {
  return (images as readonly Image[]).filter((image) => {
    const fate = fates.get(image.digest);
    return fate !== undefined && fate.is !== 'kept' && isImage({ ...image, artifactType: undefined });
  });
}

function reportThreats(
  found: readonly Threat[],
  which: string,
  about: RepositoryCase,
  { rules }: Evaluation,
  fix: FixParts,
  report: Report,
): void {
  const certain = found.filter((threat) => threat.certain);
  const uncertain = found.filter((threat) => !threat.certain);
  if (uncertain.length > 0) {
    const reasons = uncertain.flatMap(({ fate }) => (fate.is === 'uncertain' ? fate.reasons : []));
    report.unknown(
      `whether the lifecycle policy expires or archives ${list(uncertain.map(({ image }) => label(image)))}, which may be ${which}${reasons.length === 0 ? '' : `: ${list(reasons)}`}`,
    );
  }
  if (certain.length === 0) return;
  const acting = new Set(certain.flatMap(({ fate }) => (fate.is === 'acted-on' ? [fate.rule] : [])));
  const archives = certain.every(({ fate }) => fate.is === 'acted-on' && fate.action === 'archive');
  const unrecorded = rules.filter(
    ({ rule, unrecordedPulls }) => acting.has(rule) && unrecordedPulls !== undefined,
  );
  report.fail({
    what: `The lifecycle policy of ${about.repository.name} ${archives ? 'archives' : 'expires'} ${certain.length} ${which} now (${list(certain.map(({ image }) => label(image)))}), by ${list([...acting].map(ruleName))}.`,
    toDo: 'Change the policy before ECR applies it, which can be within 24 hours.',
    evidence: {
      images: some(certain).map(({ image, fate }) => imageJson(image, { fate: fateInWords(fate) })),
      rules: [...acting].map(ruleJson),
      ...(unrecorded.length === 0
        ? {}
        : { pullsNotRecorded: unrecorded.flatMap(({ unrecordedPulls }) => unrecordedPulls ?? []) }),
    },
    ...fix,
    items: certain.map(({ image }) => image.digest),
  });
}

export function judgeReach(
  evaluation: Evaluation,
  expected: RepositoryExpectations,
  called: string,
  fix: FixParts,
  report: Report,
): void {
  const found = reaches(evaluation, expected);
  noteUndecided(found.undecided, 'whether production images can be expired or archived by', report, {
    severity: 'medium',
  });
  for (const reach of found.reaches) {
    report.fail({
      severity: 'medium',
      what: `${capital(ruleName(reach.rule))} of ${called} can expire or archive production images: ${howOf(reach, expected.keep)}.`,
      toDo: 'Add a rule for each pattern of production tags with a higher priority than this rule and a count that keeps enough images.',
      evidence: {
        rules: [ruleJson(reach.rule)],
        byPatterns: reach.byPatterns.slice(0, 10).map(({ pattern, tag }) => ({ pattern, tag })),
        byImages: some(reach.byImages).map((image) => imageJson(image)),
        ...(reach.shared === undefined
          ? {}
          : {
              shared: [
                {
                  tag: reach.shared.tag ?? null,
                  untagged: reach.shared.untagged,
                  images: reach.shared.images.slice(0, 10).map(({ digest }) => digest),
                },
              ],
            }),
      },
      ...fix,
      items: [`${reach.how} ${itemOf(reach.rule)}`],
    });
  }
}

function howOf({ how, rule, shared, byPatterns, byImages }: Reach, keep: number): string {
  const example = byPatterns[0]?.tag ?? byImages[0]?.tags?.[0];
  const such = example === undefined ? '' : `, such as ${name(example)}`;
  if (how === 'age') return `it selects images by age alone${such}`;
  const kept = rule.criterion !== undefined && 'count' in rule.criterion ? rule.criterion.count : 0;
  if (how === 'count-below-keep') return `it keeps ${kept}${such}, and the audit policy requires ${keep}`;
  const others = [
    ...(shared?.tag === undefined ? [] : [`images tagged like ${name(shared.tag)}`]),
    ...(shared?.untagged === true ? ['untagged images'] : []),
    ...((shared?.images.length ?? 0) > 0 ? [`${shared?.images.length} of today's other images`] : []),
  ];
  return `${list(others)} count towards the ${kept} images that it keeps${such}`;
}

export const inUse = repositoryCheck({
  id: 'lifecycle/in-use',
  title: 'No rule expires images that run.',
  severities: ['high'],
  means:
    "A rule would expire or archive an image that runs according to ECS tasks or services, Lambda functions or Inspector's data about images in use. An index runs if one of its platform images runs. Inspector tracks the use of images only in continuously scanned repositories, and not the use of multi-architecture images; without its data, the result is unknown. If no image would expire, the check passes.",
  why: 'ECR does not check which images run. A task that restarts cannot pull an image that was expired or archived.',
  fix: 'Change the rule so that it keeps the image, or deploy a newer image.',
  nearest: 'none',
  reference: RULES,
  needs: {
    policy: needs.lifecyclePolicy,
    images: needs.images,
    uses: needs.uses,
    coverage: needs.coverage,
    scanning: needs.scanning,
    frequency: needs.scanFrequency,
  },
  judge(facts, about, report) {
    if (facts.policy === undefined) return report.doesNotApply();
    const text = facts.policy;
    const policy = policyOf(text, calledOf(about), report);
    if (policy === undefined) return;
    const { images } = facts;
    const evaluation = evaluationOf(about, policy, images);
    const taken = takenNow(evaluation);
    if (taken.length === 0) return;
    const set = new ImageSet(images);
    const running = runningOf(set, facts, report);
    const found = threats(evaluation, { ...about.expected, running: running.digests }).running;
    reportThreats(
      found,
      'of the images that run',
      about,
      evaluation,
      {
        command: putLifecycle(about, about.repository.name),
        document: (read) => ifSafe(about, protecting(text, about, images), read),
      },
      report,
    );
    const threatened = new Set(found.map(({ image }) => image.digest));
    const others = taken.filter(({ digest }) => !threatened.has(digest));
    report.attempt(() => {
      const tracked = new Map(facts.coverage.map((row) => [row.digest, row.inUseCount]));
      const isContinuous =
        others.length > 0 &&
        facts.scanning.scanType === 'ENHANCED' &&
        asFrequency(facts.frequency) === 'CONTINUOUS_SCAN';
      const silent = others.filter(({ digest, isIndex }) => {
        const isSingle = isIndex === false && set.indexes.of(digest).length === 0;
        return !(isContinuous && isSingle && tracked.get(digest) !== undefined);
      });
      if (silent.length === 0) return;
      report.unknown(
        `whether ${count(silent.length, 'image')} that ${silent.length === 1 ? 'is' : 'are'} about to expire or be archived (${list(silent.map(label))}) ${silent.length === 1 ? 'runs' : 'run'} outside of ECS and Lambda: Inspector does not track its use`,
      );
    });
  },
});

export const preview = repositoryCheck({
  id: 'lifecycle/preview',
  title: "ECR's own preview has the same result.",
  severities: ['medium'],
  means: "With `lifecycle-preview`: ECR's own preview of the policy differs from the audit's evaluation.",
  why: 'If the two differ, the other lifecycle results for the repository may be wrong.',
  fix: "Rely on ECR's preview, and report the difference.",
  nearest: 'none',
  reference: `${GUIDE}/lp_creation.html`,
  needs: { policy: needs.lifecyclePolicy, preview: needs.preview, images: needs.images },
  judge(facts, about, report) {
    if (facts.policy === undefined || facts.preview === undefined) return report.doesNotApply();
    const policy = policyOf(facts.policy, calledOf(about), report);
    if (policy === undefined) return;
    const { differences, undecided } = comparePreview(
      evaluationOf(about, policy, facts.images),
      facts.preview,
    );
    if (undecided.length > 0) {
      report.unknown(
        `what ECR's preview means for ${count(undecided.length, 'image')}: ${list(undecided.map(({ reason }) => reason))}`,
      );
    }
    if (differences.length === 0) return;
    const inWords = (statement: { action: string | undefined; priority: number | undefined } | undefined) =>
      statement === undefined
        ? 'kept'
        : `${statement.action ?? 'acted on'} by rule ${statement.priority ?? 'unknown'}`;
    report.fail({
      what: `ECR's preview and the audit's evaluation differ about ${count(differences.length, 'image')} of ${about.repository.name}, such as ${short(differences[0]?.digest ?? '')}.`,
      toDo: "Rely on ECR's preview, and report the difference.",
      evidence: {
        differences: some(differences).map(({ digest, preview: theirs, evaluator }) => ({
          digest,
          preview: inWords(theirs),
          evaluator: inWords(evaluator),
        })),
      },
    });
  },
});
