/** From resolved images to verdicts: wait, collect, decide. */

import type { AwsClients } from '../aws/clients.ts';
import { type Clock, type Deadline, formatAge, systemClock } from '../deadline.ts';
import { GateError, toGateError } from '../errors.ts';
import * as core from '../github/core.ts';
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
import type { ResolvedImage } from '../image/resolve.ts';
import type { Inputs } from '../inputs.ts';
import { type Baseline, isItself } from '../policy/baseline.ts';
import { canBlock as canBlockUnder } from '../policy/decide.ts';
import { findingsInNeedOfDetails } from '../policy/details.ts';
import { type Circumstances, evaluate, type Verdict } from '../policy/evaluate.ts';
import { askForPlatform, type Exception } from '../policy/exceptions.ts';
import { type Demands, type Weakening, weakenedBy } from '../policy/minimum.ts';
import { line } from '../report/escape.ts';
import type { BaseImageReport, ImageReport } from '../report/report.ts';
import { day } from '../report/words.ts';
import { staleScan } from '../scan/age.ts';
import { type DeployedImage, readBaseline } from '../scan/baseline.ts';
import { basicScanner } from '../scan/basic.ts';
import { withDetails } from '../scan/details.ts';
import type { Finding } from '../scan/findings.ts';
import { inspectorScanner } from '../scan/inspector.ts';
import type { Scanner } from '../scan/scanner.ts';
import { settledFindings } from '../scan/settle.ts';
import { type ScannedLook, watchScans } from '../scan/wait.ts';
import { judged, log, type Run } from './state.ts';

/** What judging an image needs besides the image. */
interface Court {
  readonly inputs: Inputs;
  readonly demands: Demands;
  /** By which inputs more is let through than by the policy file itself, whatever the image. */
  readonly weakening: Weakening;
  readonly exceptions: readonly Exception[];
  readonly clients: AwsClients;
  readonly deadline: Deadline;
  /** Read when somebody first asks. */
  readonly baseImages: () => Promise<BaseImages | undefined>;
  readonly run: Run;
}

/** Waits for, collects and judges every image; each ends with a verdict or with what stood in its way. */
export async function judge(
  images: readonly ResolvedImage[],
  parties: Omit<Court, 'baseImages'>,
): Promise<ImageReport[]> {
  const { inputs, demands, clients, deadline } = parties;
  const isAllowed = (repository: string) => demands.baseImages.includes(repository);
  const baseImages = once(async () =>
    inputs.baseImages.length === 0
      ? undefined
      : readBaseImages(inputs.baseImages, layerSource(clients, deadline), isAllowed),
  );
  const exceptions = parties.exceptions.filter(({ origin }) => demands.excepting[origin]);
  const court: Court = { ...parties, exceptions, baseImages };
  const { settleTimeMs, policy } = demands;
  const canBlock = (severity: string) => canBlockUnder(severity, policy);
  const scanner: Scanner =
    demands.scanType === 'basic' ? basicScanner(clients, deadline) : inspectorScanner(clients, deadline);
  const baseline = compareWith(scanner, court);
  // It is awaited after the scan; until then its failure must not be an unhandled one.
  baseline.catch(() => {});
  const platforms = images.flatMap((image) => image.platforms);
  const clock: Clock = systemClock;
  const scans = watchScans(platforms, scanner, { clock, deadline, log, random: Math.random });
  return Promise.all(
    images.map(async (image) => {
      const looks = new Map<string, ScannedLook>();
      try {
        const findings = await Promise.all(
          image.platforms.map(async (platform) => {
            const look = await scans.get(platform);
            if (look === undefined) throw new GateError('not-proven', `Nobody looked at ${platform.digest}.`);
            looks.set(platform.digest, look);
            return settledFindings(platform, look, scanner, { settleTimeMs, canBlock, clock, deadline, log });
          }),
        );
        const { verdict, ...rest } = await decide(image, findings.flat(), scanner, await baseline, court);
        const report = { ...judged(image, looks, { kind: 'judged', verdict }), ...rest };
        warnOfAge(report, clients.serviceTime(image.registry), court.run);
        return report;
      } catch (error) {
        return judged(image, looks, { kind: 'error', error: toGateError(error) });
      }
    }),
  );
}

/** Says so where the findings may be old: no threshold finds what was published after the last scan. */
function warnOfAge({ repository, digest, platforms }: ImageReport, now: Date | undefined, run: Run): void {
  const at = now && staleScan(platforms, now);
  if (now === undefined || at === undefined) return;
  const age = formatAge(now.getTime() - at.getTime());
  const notice = `${repository}@${digest} was last scanned ${age} ago, and is not scanned again by itself: what was published since ${day(at)} is not among its findings. Scan its repository continuously, or the image again.`;
  run.notices.push(notice);
  core.warning(line(notice));
}

/** Judges an image by its findings, once it is known of them what the policy asks. */
async function decide(
  image: ResolvedImage,
  findings: readonly Finding[],
  scanner: Scanner,
  baseline: DeployedImage | undefined,
  court: Court,
): Promise<{ verdict: Verdict; baseImages: readonly BaseImageReport[]; weakened: Weakening }> {
  const { demands, exceptions, run } = court;
  const { policy } = demands;
  const [first] = image.platforms;
  if (first === undefined) throw new Error('an image without platforms was resolved');
  const now = scanner.serviceTime(first);
  run.judgedAt ??= now;
  const circumstances: Circumstances = {
    image: {
      host: image.registry.host,
      repository: image.repository,
      digests: [image.digest],
    },
    exceptions,
    baseline: baselineOf(image, baseline, court),
    now,
  };
  const unplaced = { findings, baseImages: [] };
  const asked = policy.rules.some(({ when }) => when.layer !== undefined) || asksForConfig(image, court);
  const placed = asked ? await withLayers(image, findings, court) : unplaced;
  const known = await withKnownExploits(image, placed.findings, circumstances, court);
  const verdict = evaluate(known, policy, circumstances);
  const weakened = weakenedBy(court.weakening, known, verdict, policy, circumstances);
  if (asked || verdict.verdict === 'pass') return { verdict, baseImages: placed.baseImages, weakened };
  // Whose layer it is helps whoever has to act, and changes nothing that was decided without it.
  const explained = await withLayers(image, known, court);
  return {
    verdict: evaluate(explained.findings, policy, circumstances),
    baseImages: explained.baseImages,
    weakened,
  };
}

/** Whether the judgement can depend on what configs say of platforms. They say nothing of an image that is no child. */
function asksForConfig({ isIndex }: ResolvedImage, { demands: { policy }, exceptions }: Court): boolean {
  const rulesAsk = policy.rules.some(({ when }) => when.platform !== undefined);
  return isIndex && (rulesAsk || askForPlatform(exceptions));
}

/** The findings with what is known of exploits, as far as the judgement depends on it. */
async function withKnownExploits(
  image: ResolvedImage,
  findings: readonly Finding[],
  circumstances: Circumstances,
  { demands: { policy }, clients, deadline, run }: Court,
): Promise<readonly Finding[]> {
  const asked = findingsInNeedOfDetails(findings, policy, circumstances);
  if (asked.length === 0) return findings;
  const { findings: detailed, unknown } = await withDetails(asked, image.registry, clients, deadline);
  if (unknown !== undefined) {
    run.notices.push(
      `What the policy asks about exploits is not known of ${unknown.count} of ${asked.length} findings of ${image.repository}, and counted against the image: ${unknown.why}`,
    );
  }
  const known = new Map(asked.map((finding, index) => [finding, detailed[index] ?? finding]));
  return findings.map((finding) => known.get(finding) ?? finding);
}

/** The findings with the layers and instructions they come from, as far as that can be known. */
async function withLayers(
  image: ResolvedImage,
  findings: readonly Finding[],
  court: Court,
): Promise<{ findings: readonly Finding[]; baseImages: readonly BaseImageReport[] }> {
  const isPlaced = findings.some(({ packages }) => packages.some(({ layer }) => layer !== undefined));
  if (!isPlaced && !asksForConfig(image, court)) return { findings, baseImages: [] };
  const { clients, deadline, baseImages, run } = court;
  const source = layerSource(clients, deadline);
  const reading = (async () => readLayers(image, await baseImages(), source))();
  const { layers, notices } = await readInTime(reading, deadline);
  for (const notice of notices) if (!run.notices.includes(notice)) run.notices.push(notice);
  return { findings: attributeLayers(findings, layers), baseImages: baseImagesOf(layers.values()) };
}

function layerSource(clients: AwsClients, deadline: Deadline): LayerSource {
  return { images: ecrImages(clients, deadline), configs: ecrConfigs(clients, deadline, process.env) };
}

/** The baseline, where there is one that may be used; otherwise the run says why there is none. */
async function compareWith(
  scanner: Scanner,
  { inputs, demands, clients, deadline, run }: Court,
): Promise<DeployedImage | undefined> {
  const reference = inputs.baseline;
  if (reference === undefined) return undefined;
  const { baseline, unused } = demands.baseline
    ? await readBaseline(reference, ecrImages(clients, deadline), scanner, deadline)
    : { baseline: undefined, unused: 'the policy allows none' };
  run.baseline = { reference: reference.text, uri: baseline?.uri, unused };
  if (unused !== undefined)
    core.warning(line(`No baseline, so nothing is softened: ${reference.text}: ${unused}`));
  return baseline;
}

/**
 * The baseline for one image. A tag that was moved before the gate was asked names the image itself, and would let it
 * through by its own findings. So would what runs, judged again: what was published since is in both.
 */
function baselineOf(
  image: ResolvedImage,
  baseline: DeployedImage | undefined,
  { run }: Court,
): Baseline | undefined {
  if (baseline === undefined) return undefined;
  const platforms = image.platforms.map(({ digest }) => digest);
  if (!isItself(baseline.platforms, platforms)) return baseline;
  const { reference } = baseline;
  const unused = 'it is the image itself, which does not tell what is new';
  core.warning(line(`No baseline, so nothing is softened: ${reference}: ${unused}`));
  if (run.images.length === 1) run.baseline = { reference, uri: undefined, unused };
  else run.notices.push(`The baseline ${reference} was not used for ${image.uri}: ${unused}`);
  return undefined;
}
