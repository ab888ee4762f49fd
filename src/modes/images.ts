/** The data that the gate and the verify action collect about a run, and the result that it becomes. */
import type { ActionName } from '../action.ts';
import type { GateError } from '../errors.ts';
import type { ResolvedImage, UnresolvedImage } from '../image/resolve.ts';
import { isTolerated } from '../results/modes/enforcement.ts';
import { worst } from '../results/modes/envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf } from '../results/modes/images.ts';
import type { FinishedScan } from '../scan/wait.ts';
import { clip } from '../text.ts';
import { VERSION } from '../version.ts';
import { withPlatformName } from './platform-name.ts';

/** The data about a run. Each step adds to it, so that a run that ends early reports what it has collected. */
export interface Known {
  readonly startedAt: Date;
  settings: ImagesResult['settings'];
  documents: ImagesResult['documents'];
  baseline: ImagesResult['baseline'];
  judgedAt: ImagesResult['judgedAt'];
  records: ImagesResult['records'];
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
    records: undefined,
    notices: [],
    nextSteps: [],
  };
}

/** The result of a run: with the worst verdict of its images, or with the error that ended it. */
export function imagesResult<I extends ImageReport>(
  known: Known,
  images: readonly I[],
  error: GateError | undefined,
  action: ActionName,
): ImagesResult<I> {
  const verdict = error === undefined ? worst(images.map(verdictOf)) : 'error';
  const enforced = known.settings?.enforce !== false;
  return {
    ...known,
    verdict,
    enforced,
    tolerated: isTolerated(action, { verdict, enforced, error, images }),
    images,
    error,
    durationMs: Date.now() - known.startedAt.getTime(),
    version: VERSION,
  };
}

/** An image and its outcome. */
export function reported(
  image: ResolvedImage,
  observations: ReadonlyMap<string, FinishedScan>,
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
      scannedAt: observations.get(digest)?.state.scannedAt,
      monitored: observations.get(digest)?.state.monitored,
    })),
    attestations: image.attestations,
    skipped: image.skipped,
    outcome,
  });
}

/** An image that could not be resolved, and why. */
export function unresolved({ references, registry, repository, error }: UnresolvedImage): ImageReport {
  return {
    references,
    uri: references[0],
    digest: undefined,
    repository,
    account: registry.account,
    region: registry.region,
    isIndex: false,
    platforms: [],
    attestations: [],
    outcome: { kind: 'error', error },
  };
}

/** An image without a verdict, and why. */
export function unjudged(image: ResolvedImage, error: GateError): ImageReport {
  return reported(image, new Map(), { kind: 'error', error });
}

/** What the references were resolved to, as a line of the log. */
export function describeImage(image: ResolvedImage): string {
  const { isIndex, platforms, attestations, skipped, references, uri } = image;
  const notScanned = [
    ...(attestations.length === 0 ? [] : [counted(attestations.length, 'build attestation')]),
    ...skipped.slice(0, MOST_ARTIFACTS).map(({ digest, type }) => `${digest} of type ${clip(type, 100)}`),
    ...(skipped.length > MOST_ARTIFACTS ? [counted(skipped.length - MOST_ARTIFACTS, 'more artifact')] : []),
  ];
  const what = isIndex
    ? `index of ${platforms.map(({ platform }) => platform).join(', ')}${notScanned.length === 0 ? '' : `; not scanned, because no runtime can run them: ${notScanned.join(', ')}`}`
    : 'one image';
  return `Resolved ${references.join(', ')} to ${uri} (${what})`;
}

/** How many skipped artifacts a line lists one by one. */
const MOST_ARTIFACTS = 10;

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
