/** What lifecycle policies do, by ECR's published rules: to production images, to what runs, and to signatures. */
import type { CheckText, Report } from '../check.ts';
import { repositoryCheck } from '../checkers.ts';
import type { RepositoryExpectations } from '../expectations.ts';
import type { Image } from '../facts.ts';
import { ImageSet, isImage } from '../images.ts';
import { type Evaluation, evaluate } from '../lifecycle/evaluate.ts';
import type { Policy, Rule } from '../lifecycle/policy.ts';
import { validate } from '../lifecycle/policy.ts';
import { comparePreview } from '../lifecycle/preview.ts';
import { type Reach, reaches, type Threat, threats } from '../lifecycle/production.ts';
import { allPatternsRules, deadRules, type Undecided, untaggedRules } from '../lifecycle/rules.ts';
import { legacySignatures } from '../lifecycle/signatures.ts';
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
  withoutDeadRules,
  withSplitRules,
  withUntaggedRule,
} from '../lifecycles.ts';
import * as needs from '../needs.ts';
import type { Json } from '../result.ts';
import { asFrequency } from '../scan-rules.ts';
import { count, list, name, short, some } from '../words.ts';
import type { RepositoryCase } from '../world.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const RULES = `${GUIDE}/LifecyclePolicies.html`;

function calledOf({ repository }: RepositoryCase): string {
  return `the lifecycle policy of ${name(repository.name)}`;
}

function noteUndecided(
  undecided: readonly Undecided[],
  what: string,
  report: Report,
  options?: Parameters<Report['unknown']>[1],
): void {
  for (const { rule, reasons } of undecided) {
    report.unknown(`${what} ${ruleName(rule)}: ${reasons.join('; ')}`, options);
  }
}

export const missing = repositoryCheck({
  id: 'lifecycle/missing',
  title: 'The repository has a lifecycle policy.',
  severities: ['medium'],
  means: 'The repository has no lifecycle policy.',
  why: 'Images are kept and paid for without end, and old ones with known vulnerabilities stay ready to be deployed.',
  fix: 'Put a lifecycle policy that expires untagged images and keeps the newest production images.',
  nearest:
    'Security Hub ECR.3 (AWS Config `ecr-private-lifecycle-policy-configured`) and Prowler `ecr_repositories_lifecycle_policy_enabled` see whether there is a policy, and not what it does.',
  reference: RULES,
  needs: { policy: needs.lifecyclePolicy },
  judge({ policy }, about, report) {
    if (policy !== undefined) return;
    report.fail({
      what: `${about.repository.name} has no lifecycle policy.`,
      toDo: 'Put one.',
      command: putLifecycle(about, about.repository.name),
      document: (read) => ifSafe(about, withUntaggedRule(undefined, false), read),
    });
  },
});

export const untagged = repositoryCheck({
  id: 'lifecycle/untagged',
  title: 'Untagged images expire.',
  severities: ['low'],
  means: 'There is a lifecycle policy, and no rule of it expires untagged images.',
  why: 'An image loses its tag when the tag moves on. Without a rule for them, such images are kept for ever.',
  fix: 'Add a rule with the tagStatus untagged.',
  nearest: 'none',
  reference: `${GUIDE}/lifecycle_policy_examples.html`,
  needs: { policy: needs.lifecyclePolicy },
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

type FixParts = Pick<Parameters<Report['fail']>[0], 'command' | 'document'>;

function judgeUntagged(policy: Policy, called: string, report: Report, fix: FixParts): void {
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
  title: 'Each lifecycle rule can act.',
  severities: ['medium'],
  means:
    'A rule can never expire or archive anything: each image that it could select matches the tagging of the rules before it, within one storage class. Such an image "cannot be expired or archived by a rule with a lower priority", whether or not the earlier rule acts on it.',
  why: 'What the rule is meant to do does not happen, although the policy says so.',
  fix: 'Remove the rule, or move it before those that match the same images.',
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

function judgeDead(policy: Policy, called: string, report: Report, fix: FixParts): void {
  const { dead, undecided } = deadRules(policy);
  noteUndecided(undecided, 'whether an image is left to', report);
  if (dead.length === 0) return;
  const sentences = dead.map(({ rule, by }) => {
    const others = by.map(({ priority }) => `${priority}`);
    const which = others.length === 1 ? `rule ${others[0]} matches` : `rules ${list(others)} together match`;
    return `${ruleName(rule)} of ${called} can never act, because ${which} every image that it could select`;
  });
  report.fail({
    what: `${capital(list(sentences))}.`,
    toDo: 'Remove it, or give it a lower rulePriority than theirs.',
    evidence: {
      deadRules: dead.map(({ rule, by }) => ({
        rule: ruleJson(rule),
        by: by.map(({ priority }) => priority),
      })),
    },
    ...fix,
  });
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function ruleJson({ priority, description, tagging, criterion, action }: Rule): Json {
  return {
    rulePriority: priority,
    description: description?.slice(0, 200) ?? null,
    tags: tagging?.status === 'tagged' ? tagging.listed.slice(0, 20) : (tagging?.status ?? null),
    criterion:
      criterion === undefined
        ? null
        : 'count' in criterion
          ? `${criterion.type} ${criterion.count}`
          : `${criterion.type} ${criterion.days} days`,
    action: action ?? null,
  };
}

export const allPatterns = repositoryCheck({
  id: 'lifecycle/all-patterns',
  title: 'Rules with several patterns select images.',
  severities: ['medium'],
  means:
    "A rule has several patterns or prefixes, all of which one image has to match, and of today's images some match one of them and none matches all.",
  why: 'Patterns of one rule are joined by AND. Who lists `prod-*` and `release-*` in one rule mostly means either, and the rule selects nothing.',
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
        what: `${capital(ruleName(rule))} of ${calledOf(about)} selects images that match all of ${list(listed)}: of today's images ${matchingSome.length} ${matchingSome.length === 1 ? 'matches' : 'match'} one of them, and none matches all.`,
        toDo: 'Write one rule for each pattern.',
        evidence: {
          rules: [ruleJson(rule)],
          images: some(matchingSome).map((image) => imageJson(image)),
        },
        command: putLifecycle(about, about.repository.name),
        document: (read) => ifSafe(about, withSplitRules(text, new Set([rule.priority])), read),
      });
    }
  },
});

export const production = repositoryCheck({
  id: 'lifecycle/production',
  title: 'No rule expires production images that are needed.',
  severities: ['high', 'medium'],
  means:
    'High: a rule would expire or archive now one of the newest `keep` production images (of all production tags together), or one that runs. Medium: it could, by age, by a count below `keep`, or by a count that production images share with others. A count over production tags alone of at least `keep` passes.',
  why: 'An image that was expired cannot be deployed again, so there is nothing to roll back to, and what restarts cannot be pulled. A tag that moves to an older image does not make that image younger.',
  fix: 'Put a rule for each pattern of production tags in front, with a count that keeps enough of them.',
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

/** Images, artifacts left aside, that rules take now, or may. */
function takenNow({ images, fates }: Evaluation): readonly Image[] {
  return (images as readonly Image[]).filter((image) => {
    const fate = fates.get(image.digest);
    return fate !== undefined && fate.is !== 'kept' && isImage(image);
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
      `whether the lifecycle policy takes ${list(uncertain.map(({ image }) => label(image)))}, which may be ${which}${reasons.length === 0 ? '' : `: ${list(reasons)}`}`,
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
    toDo: 'Change the policy before ECR runs it, which is within 24 hours.',
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

function judgeReach(
  evaluation: Evaluation,
  expected: RepositoryExpectations,
  called: string,
  fix: FixParts,
  report: Report,
): void {
  const found = reaches(evaluation, expected);
  noteUndecided(found.undecided, 'whether production images can be taken by', report, { severity: 'medium' });
  for (const reach of found.reaches) {
    report.fail({
      severity: 'medium',
      what: `${capital(ruleName(reach.rule))} of ${called} can take production images: ${howOf(reach, expected.keep)}.`,
      toDo: 'Put a rule for each pattern of production tags before it, with a count that keeps enough of them.',
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
    });
  }
}

function howOf({ how, rule, shared, byPatterns, byImages }: Reach, keep: number): string {
  const example = byPatterns[0]?.tag ?? byImages[0]?.tags?.[0];
  const such = example === undefined ? '' : `, such as ${name(example)}`;
  if (how === 'age') return `it goes by age, whatever the image is tagged${such}`;
  const kept = rule.criterion !== undefined && 'count' in rule.criterion ? rule.criterion.count : 0;
  if (how === 'count-below-keep') return `it keeps ${kept}${such}, and ${keep} are needed`;
  const others = [
    ...(shared?.tag === undefined ? [] : [`images tagged like ${name(shared.tag)}`]),
    ...(shared?.untagged === true ? ['untagged images'] : []),
    ...((shared?.images.length ?? 0) > 0 ? [`${shared?.images.length} of today's other images`] : []),
  ];
  return `${list(others)} take places of the ${kept} that it keeps${such}`;
}

export const signatures = repositoryCheck({
  id: 'lifecycle/signatures',
  title: 'Signatures live as long as their images.',
  severities: ['medium'],
  means:
    "A rule counts or expires signatures, attestations or SBOMs that the repository has under legacy tags (`sha256-….sig`, `.att`, `.sbom`), other than by their own subject's end.",
  why: 'For ECR these are ordinary tagged images: they take places of images in a count, and expire while the image that they are about stays, which then no longer verifies.',
  fix: 'Sign with cosign 3 or later, whose signatures refer to the image and go with it, or give the rules patterns that do not match `sha256-*`.',
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
      toDo: 'Sign with cosign 3 or later, whose signatures go with the image, or give the rules patterns that do not match sha256-*.',
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

export const inUse = repositoryCheck({
  id: 'lifecycle/in-use',
  title: 'No rule expires images that run.',
  severities: ['high'],
  means:
    "A rule would expire or archive an image that ECS tasks or services, Lambda functions or Inspector's in-use data show running; an index runs when one of its platforms does. Inspector tracks the use of images only in continuously scanned repositories, and not that of multi-architecture images: there its silence leaves the result unknown. Where nothing would expire, the check passes.",
  why: 'ECR does not look at what runs. A task that restarts cannot pull an image that is gone, and an archived image cannot be pulled either.',
  fix: 'Change the rule so that it keeps the image, or deploy a newer one.',
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
        `whether ${count(silent.length, 'image')} that ${silent.length === 1 ? 'is' : 'are'} about to expire or be archived (${list(silent.map(label))}) ${silent.length === 1 ? 'runs' : 'run'} outside of ECS and Lambda: Inspector does not track it`,
      );
    });
  },
});

export const preview = repositoryCheck({
  id: 'lifecycle/preview',
  title: "ECR's own preview agrees.",
  severities: ['medium'],
  means: "With `lifecycle-preview`: ECR's own answer about the policy differs from this evaluator's.",
  why: 'Where the two differ, what the other lifecycle checks say of the repository is in doubt.',
  fix: "Trust ECR's preview, and report the difference.",
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
        `what to conclude from the preview about ${count(undecided.length, 'image')}: ${list(undecided.map(({ reason }) => reason))}`,
      );
    }
    if (differences.length === 0) return;
    const inWords = (statement: { action: string | undefined; priority: number | undefined } | undefined) =>
      statement === undefined
        ? 'kept'
        : `${statement.action ?? 'acted on'} by rule ${statement.priority ?? 'unknown'}`;
    report.fail({
      what: `ECR's preview and this evaluator differ about ${count(differences.length, 'image')} of ${about.repository.name}, such as ${short(differences[0]?.digest ?? '')}.`,
      toDo: "Go by ECR's preview, and report the difference.",
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

/** A lifecycle policy that applies to no repository yet. */
export interface LifecycleText {
  readonly called: string;
  readonly text: string;
  readonly expected: RepositoryExpectations;
  readonly now: Date;
}

/** A check that judges a text alone, without images. */
export interface TextJudge {
  readonly check: Pick<CheckText, 'id' | 'severities'>;
  readonly judge: (about: LifecycleText, report: Report) => void;
}

/** Judges the text of a creation template. It gives no result of its own: `template/lifecycle` names it. */
export const invalid: CheckText & TextJudge['check'] = {
  id: 'lifecycle/invalid',
  title: "The lifecycle policy of the template follows ECR's rules.",
  kinds: ['template'],
  severities: ['high'],
  means:
    "The text in a creation template breaks ECR's rules about priorities, the place of `any` within its storage class, patterns or prefixes. It is reported as `template/lifecycle`.",
  why: 'Repositories that are created from the template get no lifecycle policy, or are not created.',
  fix: 'Correct the text.',
  nearest: 'none',
  reference: `${GUIDE}/lifecycle_policy_parameters.html`,
};

/** What is judged of a text: whether it is valid, and then what its rules are like. */
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
        what: `${capital(called)} breaks ECR's rules: ${list(sentences)}.`,
        toDo: 'Correct it.',
        evidence: { violations: some(violations).map(({ path, problem }) => ({ path, problem })) },
      });
    },
  },
  textJudge(deadRule, (policy, { called }, report) => judgeDead(policy, called, report, {})),
  textJudge(untagged, (policy, { called }, report) => judgeUntagged(policy, called, report, {})),
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
