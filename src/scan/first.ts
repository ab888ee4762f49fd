/** The first observation of the scans, which also shows what the role is not allowed to do. */
import { briefly } from '../aws/briefly.ts';
import type { Deadline } from '../deadline.ts';
import { combineFailures, endsRun, failuresIn, type NamedFailure } from '../errors.ts';
import { NO_PLATFORM } from '../image/platform.ts';
import type { ImageSource, PlatformImage } from '../image/resolve.ts';
import type { Digest, ImageReference } from '../results/registry.ts';
import type { Scanner, ScanObservation } from './scanner.ts';

/**
 * Observes the scans of all images for the first time. Where a scan is not finished yet, or a call was denied, the
 * findings of an image are read too, so that one run reports every permission that is missing. A finished scan needs
 * no additional call: its findings are read next.
 * @param each whether an image that cannot be observed does not affect the others: the wait observes each again
 * @throws GateError the failure of the observation, together with the other calls that were denied
 */
export async function observeFirst(
  images: readonly PlatformImage[],
  scanner: Scanner,
  deadline: Pick<Deadline, 'signal' | 'elapsedMs'>,
  each: boolean,
): Promise<Map<PlatformImage, ScanObservation>> {
  const failures: NamedFailure[] = [];
  // Before the call: one of its answers can be as old as this, however long the others take.
  const observedAtMs = deadline.elapsedMs();
  const observations = await scanner.observe(images, true).catch((error: unknown) => {
    const refusals = refusalsIn(error);
    if (refusals.length === 0 && (!each || endsRun(error))) throw error;
    failures.push(...refusals);
    return new Map<PlatformImage, ScanObservation>();
  });
  const unfinished = images.find((image) => observations.get(image)?.state.kind !== 'scanned');
  // If the configuration is the reason, it is the reason for the other calls too.
  const isExplained = failures.some(({ error }) => error.code !== 'access-denied');
  if (unfinished !== undefined && !isExplained) {
    failures.push(...(await refusalsOf(deadline, () => scanner.findings(unfinished))));
  }
  const [first, ...others] = failures;
  if (first !== undefined) throw combineFailures([first, ...others]);
  return new Map([...observations].map(([image, observation]) => [image, { ...observation, observedAtMs }]));
}

/** A digest that no image has: a call for it shows whether the call is allowed. */
const NO_IMAGE: Digest = `sha256:${'0'.repeat(64)}`;

/**
 * Makes the calls that follow in a run where an image could not be resolved, so that one run reports every permission
 * that is missing.
 * @throws GateError for the calls that were denied; any other failure is about the image and not reported
 */
export async function checkPermissions(
  { registry, repository, digest = NO_IMAGE }: ImageReference,
  source: ImageSource,
  scanner: Scanner,
  deadline: Pick<Deadline, 'signal'>,
): Promise<void> {
  const image = {
    ...{ registry, repository, digest },
    ...{ platform: NO_PLATFORM, pushedAt: new Date(0), status: undefined },
  };
  const refusals = await Promise.all([
    refusalsOf(deadline, () => source.manifests(registry, repository, [digest])),
    refusalsOf(deadline, () => scanner.observe([image], true)),
    refusalsOf(deadline, () => scanner.findings(image)),
  ]);
  const [first, ...others] = refusals.flat();
  if (first !== undefined) throw combineFailures([first, ...others]);
}

/** The refusals that a call ends with; none if it ends otherwise, or does not end in time. */
async function refusalsOf(
  deadline: Pick<Deadline, 'signal'>,
  call: () => Promise<unknown>,
): Promise<NamedFailure[]> {
  return briefly(deadline, call).then(() => [], refusalsIn);
}

/** The parts of an error that are about the permissions of the role, and not about one image or one response. */
function refusalsIn(error: unknown): NamedFailure[] {
  return failuresIn(error)
    .filter(({ code }) => ['access-denied', 'configuration', 'credentials'].includes(code))
    .map((refusal) => ({ name: 'Permissions', error: refusal }));
}
