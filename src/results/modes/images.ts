/** The images of a run, as data: how each was judged, and by what. */

import type { GateError } from '../../errors.ts';
import type { Conflict, DocumentSource, PolicySource, Weakening } from '../documents.ts';
import type { BaseAdvice } from '../rebuild.ts';
import type { RecordsReport } from '../records.ts';
import type { Threshold } from '../severity.ts';
import type { Verdict } from '../verdict.ts';
import { byVerdict, type Envelope, type RunVerdict } from './envelope.ts';

export interface PlatformReport {
  readonly digest: string;
  readonly platform: string;
  /** When Inspector or ECR finished the scan that was judged; undefined if none was. */
  readonly scannedAt: Date | undefined;
  /** Whether the service keeps watching the image for new vulnerabilities (continuous scanning). */
  readonly monitored: boolean | undefined;
}

/** What an image is built on. */
export interface BaseImageReport {
  /** As the workflow or the image's annotations name it; not escaped. */
  readonly name: string;
  /** Whether the workflow named it and the image starts with its layers; false: only the image says so. */
  readonly named: boolean;
  /** The images behind the name that rules used, `HOST/REPOSITORY@DIGEST` of each platform; not escaped. */
  readonly deciding: readonly string[];
}

export interface ImageReport {
  /** The references as the user wrote them, more than one where they name the same digest. */
  readonly references: readonly string[];
  /** `HOST/REPOSITORY@DIGEST`; the reference as the user wrote it where it could not be resolved. */
  readonly uri: string;
  /** Undefined if the reference could not be resolved. Such an image has an error. */
  readonly digest: string | undefined;
  readonly repository: string;
  readonly account: string;
  readonly region: string;
  readonly isIndex: boolean;
  readonly platforms: readonly PlatformReport[];
  /** Digests of the index's build attestations. They are not images, so they are not scanned. */
  readonly attestations: readonly string[];
  /** The index's other artifacts that nothing can run, such as SOCI indexes and SBOMs. They are not scanned. */
  readonly skipped?: readonly { readonly digest: string; readonly type: string }[];
  /** The base images of its platforms, each once, as far as they were requested. */
  readonly baseImages?: readonly BaseImageReport[];
  /** Advice about its base image; undefined if there is none. No verdict depends on it. */
  readonly advice?: BaseAdvice | undefined;
  /** The inputs that weakened the policy for this image. Empty if there are none. */
  readonly weakened?: Weakening;
  /** Either the judgement, or why there is none; `verified` where no judgement was requested. */
  readonly outcome:
    | { readonly kind: 'judged'; readonly verdict: Verdict }
    | { readonly kind: 'verified' }
    | { readonly kind: 'error'; readonly error: GateError };
}

export interface SettingsReport {
  readonly failOn: Threshold;
  readonly warnOn: Threshold;
  readonly ignoreUnfixed: boolean;
  readonly enforce: boolean;
  readonly scanType: 'enhanced' | 'basic';
  readonly timeoutMs: number;
  readonly settleTimeMs: number;
}

/** The files that the images were judged by. */
export interface DocumentsReport {
  /** Undefined: thresholds only. */
  readonly policy: PolicySource | undefined;
  readonly exceptions: readonly DocumentSource[];
  readonly vex: readonly DocumentSource[];
  /** Inputs that are less strict than the policy's minimum, and the values that were used instead. */
  readonly conflicts: readonly Conflict[];
}

/** The image that is deployed now, which the others were compared with. */
export interface BaselineReport {
  /** As the user wrote it. */
  readonly reference: string;
  /** `HOST/REPOSITORY@DIGEST`; undefined if there is no such image, or it could not be used. */
  readonly uri: string | undefined;
  /** Why it was not used. */
  readonly unused: string | undefined;
}

/** What the gate and the verify action both report: images, and what they were judged by. */
export interface ImagesResult<I extends ImageReport = ImageReport> extends Envelope {
  /** Undefined if the inputs themselves could not be read. */
  readonly settings: SettingsReport | undefined;
  /** One entry per image, in the order given. Empty if the run ended before any was resolved. */
  readonly images: readonly I[];
  /** Undefined if the run ended before they were read. */
  readonly documents: DocumentsReport | undefined;
  /** Undefined if the workflow names none. */
  readonly baseline: BaselineReport | undefined;
  /** What to do besides what the errors say, such as permissions to add. Each is a sentence or a command. */
  readonly nextSteps: readonly string[];
  /** What was recorded in GitHub's artifact metadata; undefined if nothing was. */
  readonly records?: RecordsReport | undefined;
  /** The service's time by which exceptions and ages were judged; undefined if nothing was judged. */
  readonly judgedAt: Date | undefined;
}

/** The verdicts of the images that were judged. */
export function verdictsIn(images: readonly ImageReport[]): Verdict[] {
  return images.flatMap(({ outcome }) => (outcome.kind === 'judged' ? [outcome.verdict] : []));
}

/** The verdict of one image, with `error` for one that could not be judged. */
export function verdictOf(image: ImageReport): RunVerdict {
  if (image.outcome.kind === 'verified') return 'pass';
  return image.outcome.kind === 'judged' ? image.outcome.verdict.verdict : 'error';
}

/** Images with the worst verdict first; images with the same verdict keep their order. */
export function worstFirst<I extends ImageReport>(images: readonly I[]): I[] {
  return [...images].sort((a, b) => byVerdict(verdictOf(a), verdictOf(b)));
}
