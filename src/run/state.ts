/** What is known of a run so far, and the report that it becomes. */
import type { GateError } from '../errors.ts';
import * as core from '../github/core.ts';
import type { ResolvedImage } from '../image/resolve.ts';
import type { Inputs } from '../inputs.ts';
import { worst } from '../policy/evaluate.ts';
import { line } from '../report/kit/escape.ts';
import { withPlatformName } from '../report/platform.ts';
import { type ImageReport, type RunReport, type SettingsReport, verdictOf } from '../results/modes/images.ts';
import type { ScannedLook } from '../scan/wait.ts';
import { VERSION } from '../version.ts';

/** What is known of the run so far. */
export interface Run {
  readonly startedAt: Date;
  /** Undefined until they are read, and where they cannot be. */
  inputs: Inputs | undefined;
  settings: SettingsReport | undefined;
  images: ImageReport[];
  documents: RunReport['documents'];
  baseline: RunReport['baseline'];
  notices: string[];
  judgedAt: Date | undefined;
  signing: RunReport['signing'];
  verification: RunReport['verification'];
}

/** A run of which nothing is known yet. */
export function newRun(startedAt: Date): Run {
  return {
    startedAt,
    inputs: undefined,
    settings: undefined,
    images: [],
    documents: undefined,
    baseline: undefined,
    notices: [],
    judgedAt: undefined,
    signing: undefined,
    verification: undefined,
  };
}

/** Whether an image may be deployed, and so be signed. */
export function passed(image: ImageReport): boolean {
  const verdict = verdictOf(image);
  return verdict === 'pass' || verdict === 'warn';
}

/** Takes over what came of one image. */
export function replace(run: Run, index: number, image: ImageReport): void {
  run.images = run.images.map((other, at) => (at === index ? image : other));
}

/** The run as it ends: with the worst verdict of its images, or with the error that ended it. */
export function finish(run: Run, error: GateError | undefined): RunReport {
  return {
    verdict: error === undefined ? worst(run.images.map(verdictOf)) : 'error',
    settings: run.settings,
    images: run.images,
    error,
    documents: run.documents,
    baseline: run.baseline,
    notices: run.notices,
    judgedAt: run.judgedAt,
    signing: run.signing,
    startedAt: run.startedAt,
    durationMs: Date.now() - run.startedAt.getTime(),
    version: VERSION,
    verification: run.verification,
  };
}

/** An image with what came of it. */
export function judged(
  image: ResolvedImage,
  looks: ReadonlyMap<string, ScannedLook>,
  outcome: ImageReport['outcome'],
): ImageReport {
  return withPlatformName({
    references: image.references,
    uri: image.uri,
    digest: image.digest,
    repository: image.repository,
    account: image.registry.account,
    region: image.registry.region,
    isIndex: image.isIndex,
    platforms: image.platforms.map(({ digest, platform }) => ({
      digest,
      platform,
      scannedAt: looks.get(digest)?.state.scannedAt,
      monitored: looks.get(digest)?.state.monitored,
    })),
    attestations: image.attestations,
    outcome,
    signatures: [],
  });
}

/** An image without a verdict, and why. */
export function unjudged(image: ResolvedImage, error: GateError): ImageReport {
  return judged(image, new Map(), { kind: 'error', error });
}

/** What a reference turned out to be, in words. */
export function describePlatforms({ isIndex, platforms, attestations }: ResolvedImage): string {
  if (!isIndex) return 'one image';
  const skipped = attestations.length === 0 ? '' : `, ${attestations.length} build attestations skipped`;
  return `index of ${platforms.map(({ platform }) => platform).join(', ')}${skipped}`;
}

/** A line of the log, made inert. */
export function log(text: string): void {
  core.info(line(text));
}
