/** What the gate and the verify action know of their images so far, and the report that it becomes. */
import type { GateError } from '../errors.ts';
import type { ResolvedImage } from '../image/resolve.ts';
import { worst } from '../results/modes/envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf } from '../results/modes/images.ts';
import type { ScannedLook } from '../scan/wait.ts';
import { VERSION } from '../version.ts';
import { withPlatformName } from './platform-name.ts';

/** What is known of a run so far. Each step adds to it, so that a run that is ended reports what it had. */
export interface Known {
  readonly startedAt: Date;
  settings: ImagesResult['settings'];
  documents: ImagesResult['documents'];
  baseline: ImagesResult['baseline'];
  judgedAt: ImagesResult['judgedAt'];
  readonly notices: string[];
  readonly nextSteps: string[];
}

export function newKnown(startedAt: Date): Known {
  return {
    startedAt,
    settings: undefined,
    documents: undefined,
    baseline: undefined,
    judgedAt: undefined,
    notices: [],
    nextSteps: [],
  };
}

/** The result of a run: with the worst verdict of its images, or with the error that ended it. */
export function imagesResult<I extends ImageReport>(
  known: Known,
  images: readonly I[],
  error: GateError | undefined,
): ImagesResult<I> {
  return {
    ...known,
    verdict: error === undefined ? worst(images.map(verdictOf)) : 'error',
    enforced: known.settings?.enforce !== false,
    images,
    error,
    durationMs: Date.now() - known.startedAt.getTime(),
    version: VERSION,
  };
}

/** An image with what came of it. */
export function reported(
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
  });
}

/** An image without a verdict, and why. */
export function unjudged(image: ResolvedImage, error: GateError): ImageReport {
  return reported(image, new Map(), { kind: 'error', error });
}

/** Says in the log what the references turned out to be. */
export function describeImage(image: ResolvedImage): string {
  const { isIndex, platforms, attestations, references, uri } = image;
  const skipped = attestations.length === 0 ? '' : `, ${attestations.length} build attestations skipped`;
  const what = isIndex
    ? `index of ${platforms.map(({ platform }) => platform).join(', ')}${skipped}`
    : 'one image';
  return `Resolved ${references.join(', ')} to ${uri} (${what})`;
}
