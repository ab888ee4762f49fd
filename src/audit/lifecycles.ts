/** The lifecycle policy of a repository or a template, evaluated, and how it could be corrected. */

import type { Read, Report } from './check.ts';
import { Fact, type Image, type ImageCoverage } from './facts.ts';
import { ImageSet } from './images.ts';
import { type Evaluation, evaluate, type Fate } from './lifecycle/evaluate.ts';
import { compile } from './lifecycle/patterns.ts';
import { type Policy, type Rule, readPolicy, validate } from './lifecycle/policy.ts';
import { reaches, threats } from './lifecycle/production.ts';
import { deadRules } from './lifecycle/rules.ts';
import type { Json } from './result.ts';
import { type PlacedUse, RunningImages, type UsesBySource } from './uses.ts';
import { aws, dayOf, name, short } from './words.ts';
import type { RegistryCase, RepositoryCase } from './world.ts';

/** The rules of a policy that ECR accepted; undefined for a policy that cannot be interpreted, which is reported. */
export function policyOf(text: string, called: string, report: Report): Policy | undefined {
  const reading = readPolicy(text);
  if ('policy' in reading) return reading.policy;
  report.unknown(`what ${called} does: ${reading.unknown}`);
  return undefined;
}

/** The current effect of a policy on the images of a repository. It is evaluated once. */
export function evaluationOf(about: RepositoryCase, policy: Policy, images: readonly Image[]): Evaluation {
  const { world, registry, repository } = about;
  return world.once(`lifecycle ${repository.arn}`, () => {
    // Principals whose pulls are not recorded do not change the result. They are part of the evidence.
    const exclusions = Fact.open(registry.pullTimeExclusions);
    return evaluate(policy, images, {
      now: world.facts.now,
      pullTimeExclusions: 'gap' in exclusions ? undefined : exclusions.known,
    });
  });
}

/** The known uses. Unknown ones are noted in the report. */
export function knownUses(uses: UsesBySource, report: Report): readonly PlacedUse[] {
  const found: PlacedUse[] = [];
  for (const source of uses) report.attempt(() => found.push(...report.read(source)));
  return found;
}

/**
 * The images of a repository that run according to ECS, Lambda and Inspector. What is unknown is noted in the report.
 * @param counts which uses count; default: all
 */
export function runningOf(
  set: ImageSet,
  facts: { readonly uses: UsesBySource; readonly coverage: readonly ImageCoverage[] },
  report: Report,
  counts: (use: PlacedUse) => boolean = () => true,
): RunningImages {
  const running = new RunningImages(set);
  report.attempt(() => running.addUses(knownUses(facts.uses, report).filter(counts)));
  report.attempt(() => running.addCoverage(facts.coverage));
  for (const { by, image } of running.unresolved) {
    report.unknown(`which image ${name(by)} runs: the repository has no image for ${name(image)}`);
  }
  return running;
}

/** A service does not run an image itself; its tasks do. */
export function isRunning({ kind }: PlacedUse): boolean {
  return kind !== 'ecs-service';
}

/** A rule in words: `rule 20 (keep the newest 5)`. */
export function ruleName({ priority }: Rule): string {
  return `rule ${priority}`;
}

/** The effect of a rule on an image, for the evidence. */
export function fateInWords(fate: Fate): string {
  if (fate.is === 'uncertain') return `uncertain: ${fate.reasons.join('; ')}`;
  if (fate.is === 'kept') return 'kept';
  const does = fate.action === 'archive' ? 'archived' : 'expired';
  const why =
    'since' in fate
      ? `by age since ${dayOf(fate.since)}`
      : `number ${fate.rank.least} of ${fate.rank.kept} that are kept`;
  return `${does} by rule ${fate.rule.priority}, ${why}`;
}

export function imageJson(
  image: Pick<Image, 'digest' | 'tags' | 'pushedAt'>,
  more: Readonly<Record<string, Json>> = {},
): Json {
  return {
    digest: image.digest,
    tags: (image.tags ?? []).slice(0, 10),
    pushedAt:
      image.pushedAt === undefined || Number.isNaN(image.pushedAt.getTime())
        ? null
        : image.pushedAt.toISOString(),
    ...more,
  };
}

export function label({ tags, digest }: Pick<Image, 'digest' | 'tags'>): string {
  return tags?.[0] ?? short(digest);
}

export function putLifecycle({ registry }: RegistryCase, repository: string): string {
  return aws('ecr put-lifecycle-policy', {
    'repository-name': repository,
    'lifecycle-policy-text': 'file://lifecycle.json',
    region: registry.region,
  });
}

type RuleJson = Readonly<Record<string, Json>>;

/** The rules of a policy's text in the order of their priority. The text was read before. */
function rulesIn(text: string): readonly RuleJson[] {
  const { rules } = JSON.parse(text) as { readonly rules: readonly RuleJson[] };
  return rules.toSorted((a, b) => Number(a.rulePriority) - Number(b.rulePriority));
}

function numbered(rules: readonly RuleJson[]): { readonly rules: readonly RuleJson[] } {
  return { rules: rules.map((rule, at) => ({ ...rule, rulePriority: at + 1 })) };
}

/** The rule that expires untagged images. */
const UNTAGGED: RuleJson = {
  description: 'Expire untagged images after 14 days',
  selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
  action: { type: 'expire' },
};

const ARCHIVED_UNTAGGED: RuleJson = {
  description: 'Expire untagged images 90 days after they were archived',
  selection: {
    tagStatus: 'untagged',
    storageClass: 'archive',
    countType: 'sinceImageTransitioned',
    countUnit: 'days',
    countNumber: 90,
  },
  action: { type: 'expire' },
};

/** The policy with a rule for untagged images. @param archives whether a rule archives them already */
export function withUntaggedRule(text: string | undefined, archives: boolean): Json {
  const rules = text === undefined ? [] : rulesIn(text);
  return numbered([archives ? ARCHIVED_UNTAGGED : UNTAGGED, ...rules]);
}

/** The policy without its dead rules, which has the same effect. */
export function withoutDeadRules(text: string): Json | undefined {
  let rules = rulesIn(text);
  for (;;) {
    const document = numbered(rules);
    const reading = readPolicy(JSON.stringify(document));
    if (!('policy' in reading)) return undefined;
    const dead = new Set(deadRules(reading.policy).dead.map(({ rule }) => rule.index));
    if (dead.size === 0) return rules.length === 0 ? undefined : document;
    rules = rules.filter((_, at) => !dead.has(at));
  }
}

/** The policy with one rule for each pattern or prefix of some rules. */
export function withSplitRules(text: string, priorities: ReadonlySet<number>): Json {
  return numbered(
    rulesIn(text).flatMap((rule) => {
      if (!priorities.has(Number(rule.rulePriority))) return [rule];
      const selection = rule.selection as RuleJson;
      const key = Array.isArray(selection.tagPatternList) ? 'tagPatternList' : 'tagPrefixList';
      const listed = selection[key] as readonly Json[];
      return listed.map((one) => ({ ...rule, selection: { ...selection, [key]: [one] } }));
    }),
  );
}

/**
 * The policy with an additional first rule for each pattern of production tags, so that no later rule can expire such
 * images. The new rules keep as many images as exist today, and at least as many as the audit policy requires.
 */
export function protecting(
  text: string,
  { expected }: Pick<RepositoryCase, 'expected'>,
  images: readonly Image[],
): Json | undefined {
  const front = expected.productionTags.map((pattern): RuleJson => {
    const test = compile(pattern);
    const today = images.filter(({ tags }) => tags?.some(test)).length;
    return {
      description: `Keep the newest images with ${pattern}`,
      selection: {
        tagStatus: 'tagged',
        tagPatternList: [pattern],
        countType: 'imageCountMoreThan',
        countNumber: Math.max(expected.keep, today),
      },
      action: { type: 'expire' },
    };
  });
  return withoutDeadRules(JSON.stringify(numbered([...front, ...rulesIn(text)])));
}

/**
 * A corrected policy that ECR accepts and that, according to the evaluator, neither expires nor can expire a needed
 * image; otherwise undefined.
 */
export function ifSafe(about: RepositoryCase, document: Json | undefined, read: Read): Json | undefined {
  if (document === undefined) return undefined;
  const text = JSON.stringify(document);
  const reading = readPolicy(text);
  if (validate(text).length > 0 || !('policy' in reading)) return undefined;
  const { world, registry, repository, expected } = about;
  const images = read(repository.images);
  const running = new RunningImages(new ImageSet(images));
  for (const source of world.usesOf(registry, repository.name)) running.addUses(read(source));
  running.addCoverage(read(repository.coverage));
  if (running.unresolved.length > 0) return undefined;
  const evaluation = evaluate(reading.policy, images, {
    now: world.facts.now,
    pullTimeExclusions: undefined,
  });
  const taken = threats(evaluation, { ...expected, running: running.digests });
  const reached = reaches(evaluation, expected);
  const isSafe =
    taken.production.length + taken.running.length + reached.reaches.length + reached.undecided.length === 0;
  return isSafe ? document : undefined;
}
