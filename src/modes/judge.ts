/** From resolved images to verdicts: wait, collect, decide. */

import type { AwsClients } from '../aws/clients.ts';
import type { Context } from '../context.ts';
import type { Deadline } from '../deadline.ts';
import { GateError, toGateError } from '../errors.ts';
import { ecrConfigs } from '../image/configs.ts';
import { ecrImages } from '../image/ecr.ts';
import { attributeLayers, baseImagesOf } from '../image/layers.ts';
import {
  type BaseImages,
  type LayerSource,
  once,
  readBaseImages,
  readInTime,
  readLayers,
} from '../image/origins.ts';
import type { PlatformImage, ResolvedImage } from '../image/resolve.ts';
import type { ImageInputs } from '../inputs/common.ts';
import { isSameImage } from '../policy/baseline.ts';
import { alwaysBlocks, canBlock } from '../policy/decide.ts';
import { findingsNeedingDetails } from '../policy/details.ts';
import { type EvaluationContext, evaluate } from '../policy/evaluate.ts';
import { dependOnPlatform } from '../policy/exceptions.ts';
import type { EffectiveSettings } from '../policy/minimum.ts';
import { weakenedBy } from '../policy/weakening.ts';
import type { Baseline } from '../results/baseline.ts';
import type { Weakening } from '../results/documents.ts';
import type { Exception } from '../results/exception.ts';
import type { Finding } from '../results/finding.ts';
import type { BaseImageReport, ImageReport } from '../results/modes/images.ts';
import type { Verdict } from '../results/verdict.ts';
import { staleScan } from '../scan/age.ts';
import { type DeployedImage, readBaseline } from '../scan/baseline.ts';
import { basicScanner } from '../scan/basic.ts';
import { withDetails } from '../scan/details.ts';
import { inspectorScanner } from '../scan/inspector.ts';
import type { Scanner, ScanObservation } from '../scan/scanner.ts';
import { settledFindings } from '../scan/settle.ts';
import { type FinishedScan, watchScans } from '../scan/wait.ts';
import { day, formatAge } from '../time.ts';
import { type Known, reported } from './images.ts';

/** What is needed to judge images, besides the images. */
export interface JudgingContext {
  readonly inputs: ImageInputs;
  readonly settings: EffectiveSettings;
  /** The inputs that allow more than the policy file does, for every image. */
  readonly weakening: Weakening;
  readonly exceptions: readonly Exception[];
  readonly clients: AwsClients;
  readonly context: Context;
  readonly known: Known;
  /** How many images the run has. */
  readonly imageCount: number;
  readonly scanner: Scanner;
  /** Whether an image that cannot be scanned leaves the others unaffected; false: it ends the wait for all of them. */
  readonly each: boolean;
  /** The first observation of each image's scan, where it was already made. */
  readonly observations?: ReadonlyMap<PlatformImage, ScanObservation>;
  /** Receives the findings of each verdict, for advice. */
  readonly bases: Map<ResolvedImage, Basis>;
}

/** The data behind a verdict, besides the policy. */
export interface Basis {
  /** With their layers, as far as they are known. */
  readonly findings: readonly Finding[];
  readonly evaluation: EvaluationContext;
}

/** The scanner that the inputs and the policy select. */
export function scannerOf(
  { scanType }: Pick<EffectiveSettings, 'scanType'>,
  clients: AwsClients,
  deadline: Deadline,
): Scanner {
  return scanType === 'basic' ? basicScanner(clients, deadline) : inspectorScanner(clients, deadline);
}

interface Judging extends JudgingContext {
  /** Reads them when they are first needed. */
  readonly baseImages: () => Promise<BaseImages | undefined>;
}

/** Waits for the scan of every image, collects its findings and judges it. An image ends with a verdict or with an error. */
export async function judge(images: readonly ResolvedImage[], given: JudgingContext): Promise<ImageReport[]> {
  const { inputs, settings, clients, context, scanner } = given;
  const { clock, deadline, log, random } = context;
  const isAllowed = (repository: string) => settings.baseImages.includes(repository);
  const baseImages = once(async () =>
    inputs.baseImages.length === 0
      ? undefined
      : readBaseImages(inputs.baseImages, layerSource(clients, context), isAllowed),
  );
  const exceptions = given.exceptions.filter(({ origin }) => settings.excepting[origin]);
  const judging: Judging = { ...given, exceptions, baseImages };
  const { settleTimeMs, policy } = settings;
  const isExcepted = exceptions.length > 0 || inputs.baseline !== undefined;
  const blocking = {
    canBlock: (severity: string) => canBlock(severity, policy),
    alwaysBlocks: (severity: string) => !isExcepted && alwaysBlocks(severity, policy),
  };
  const baseline = compareWith(scanner, judging);
  // It is awaited after the scan; until then its failure must not be an unhandled one.
  baseline.catch(() => {});
  const platforms = images.flatMap((image) => image.platforms);
  const scans = watchScans(
    platforms,
    scanner,
    { clock, deadline, log, random, each: given.each },
    given.observations,
  );
  return Promise.all(
    images.map(async (image) => {
      const observations = new Map<string, FinishedScan>();
      try {
        const findings = await Promise.all(
          image.platforms.map(async (platform) => {
            const observation = await scans.get(platform);
            if (observation === undefined)
              throw new GateError('not-proven', `The scan of ${platform.digest} was not observed.`);
            observations.set(platform.digest, observation);
            return settledFindings(platform, observation, scanner, {
              settleTimeMs,
              blocking,
              clock,
              deadline,
              log,
            });
          }),
        );
        const { verdict, ...rest } = await decide(image, findings.flat(), scanner, await baseline, judging);
        const report = { ...reported(image, observations, { kind: 'judged', verdict }), ...rest };
        warnOfAge(report, clients.serviceTime(image.registry), judging);
        return report;
      } catch (error) {
        return reported(image, observations, { kind: 'error', error: toGateError(error) });
      }
    }),
  );
}

/** Warns if the last scan is old: vulnerabilities that were published later are not among the findings. */
function warnOfAge(
  { repository, digest, platforms }: ImageReport,
  now: Date | undefined,
  { known, context }: Judging,
): void {
  const at = now && staleScan(platforms, now);
  if (now === undefined || at === undefined) return;
  const age = formatAge(now.getTime() - at.getTime());
  const notice = `${repository}@${digest} was last scanned ${age} ago and is not scanned continuously: vulnerabilities published since ${day(at)} are not among its findings. Turn on continuous scanning for its repository, or scan the image again.`;
  known.notices.push(notice);
  context.warn(notice);
}

/** Judges an image, after reading the details of its findings that the policy needs. */
async function decide(
  image: ResolvedImage,
  findings: readonly Finding[],
  scanner: Scanner,
  baseline: DeployedImage | undefined,
  judging: Judging,
): Promise<{ verdict: Verdict; baseImages: readonly BaseImageReport[]; weakened: Weakening }> {
  const { settings, exceptions, known } = judging;
  const { policy } = settings;
  const [first] = image.platforms;
  if (first === undefined) throw new Error('an image without platforms was resolved');
  const now = scanner.serviceTime(first);
  known.judgedAt ??= now;
  const evaluation: EvaluationContext = {
    image: {
      host: image.registry.host,
      repository: image.repository,
      digests: [image.digest],
      platformDigests: image.platforms.map(({ digest }) => digest),
    },
    exceptions,
    baseline: baselineOf(image, baseline, judging),
    now,
  };
  const unplaced = { findings, baseImages: [] };
  const asked = policy.rules.some(({ when }) => when.layer !== undefined) || asksForConfig(image, judging);
  const placed = asked ? await withLayers(image, findings, judging) : unplaced;
  const detailed = await withKnownExploits(image, placed.findings, evaluation, judging);
  const verdict = evaluate(detailed, policy, evaluation);
  const weakened = weakenedBy(judging.weakening, detailed, verdict, policy, evaluation);
  // No advice is made for an image that passes.
  if (verdict.verdict !== 'pass') judging.bases.set(image, { findings: detailed, evaluation });
  if (asked || verdict.verdict === 'pass') return { verdict, baseImages: placed.baseImages, weakened };
  // The layers help the reader to fix the findings. The verdict does not depend on them.
  const explained = await withLayers(image, detailed, judging);
  judging.bases.set(image, { findings: explained.findings, evaluation });
  return {
    verdict: evaluate(explained.findings, policy, evaluation),
    baseImages: explained.baseImages,
    weakened,
  };
}

/** Whether the verdict can depend on the platforms that image configs name. Only those of an index are compared. */
function asksForConfig({ isIndex }: ResolvedImage, { settings: { policy }, exceptions }: Judging): boolean {
  const rulesAsk = policy.rules.some(({ when }) => when.platform !== undefined);
  return isIndex && (rulesAsk || dependOnPlatform(exceptions));
}

/** Adds the exploit data (KEV, EPSS) to the findings whose verdict depends on it. */
async function withKnownExploits(
  image: ResolvedImage,
  findings: readonly Finding[],
  evaluation: EvaluationContext,
  { settings: { policy }, clients, context: { deadline, warn }, known }: Judging,
): Promise<readonly Finding[]> {
  const asked = findingsNeedingDetails(findings, policy, evaluation);
  if (asked.length === 0) return findings;
  const { findings: detailed, unknown } = await withDetails(asked, image.registry, clients, deadline);
  if (unknown !== undefined) {
    const notice = `KEV and EPSS data is unavailable for ${unknown.count} of ${asked.length} findings of ${image.repository}. They are treated as the stricter case. Reason: ${unknown.why}`;
    known.notices.push(notice);
    warn(notice);
    const { nextStep } = unknown;
    if (nextStep !== undefined && !known.nextSteps.includes(nextStep)) known.nextSteps.push(nextStep);
  }
  const answered = new Map(asked.map((finding, index) => [finding, detailed[index] ?? finding]));
  return findings.map((finding) => answered.get(finding) ?? finding);
}

/** Adds the layers and Dockerfile instructions to the findings, as far as they are known. */
async function withLayers(
  image: ResolvedImage,
  findings: readonly Finding[],
  judging: Judging,
): Promise<{ findings: readonly Finding[]; baseImages: readonly BaseImageReport[] }> {
  const isPlaced = findings.some(({ packages }) => packages.some(({ layer }) => layer !== undefined));
  if (!isPlaced && !asksForConfig(image, judging)) return { findings, baseImages: [] };
  const { clients, context, baseImages, known } = judging;
  const source = layerSource(clients, context);
  const reading = (async () => readLayers(image, await baseImages(), source))();
  const { layers, notices } = await readInTime(reading, context.deadline);
  for (const notice of notices) if (!known.notices.includes(notice)) known.notices.push(notice);
  return { findings: attributeLayers(findings, layers), baseImages: baseImagesOf(layers.values()) };
}

function layerSource(clients: AwsClients, { deadline, environment }: Context): LayerSource {
  return { images: ecrImages(clients, deadline), configs: ecrConfigs(clients, deadline, environment) };
}

/** The baseline; undefined if there is none or it cannot be used, and then a warning says why. */
async function compareWith(
  scanner: Scanner,
  { inputs, settings, clients, context: { deadline, warn }, known }: Judging,
): Promise<DeployedImage | undefined> {
  const reference = inputs.baseline;
  if (reference === undefined) return undefined;
  const { baseline, unused } = settings.baseline
    ? await readBaseline(reference, ecrImages(clients, deadline), scanner, deadline)
    : { baseline: undefined, unused: 'the policy does not allow a baseline' };
  known.baseline = { reference: reference.text, uri: baseline?.uri, unused };
  if (unused !== undefined)
    warn(`The baseline was not used; no finding was downgraded: ${reference.text}: ${unused}`);
  return baseline;
}

/**
 * The baseline for one image; undefined if it is that image itself, which would allow all of its own findings. This
 * happens if the tag of the baseline was moved before the gate ran, or if the deployed image is judged again.
 */
function baselineOf(
  image: ResolvedImage,
  baseline: DeployedImage | undefined,
  { known, imageCount, context: { warn } }: Judging,
): Baseline | undefined {
  if (baseline === undefined) return undefined;
  const platforms = image.platforms.map(({ digest }) => digest);
  if (!isSameImage(baseline.platforms, platforms)) return baseline;
  const { reference } = baseline;
  const unused = 'it is the same image, so it does not show which findings are new';
  warn(`The baseline was not used; no finding was downgraded: ${reference}: ${unused}`);
  if (imageCount === 1) known.baseline = { reference, uri: undefined, unused };
  else known.notices.push(`The baseline ${reference} was not used for ${image.uri}: ${unused}`);
  return undefined;
}
