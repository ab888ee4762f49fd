/** Waiting for scans: fast at first, then less and less often, at most two calls a round. */

import { interrupted } from '../aws/errors.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { imageName, type PlatformImage } from '../image/resolve.ts';
import { formatDuration } from '../time.ts';
import type { Scanner, ScanObservation } from './scanner.ts';

export type FinishedScan = ScanObservation & {
  readonly state: { readonly kind: 'scanned'; readonly scannedAt: Date; readonly monitored: boolean };
};

export interface WaitOptions {
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly log: (line: string) => void;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
}

const HEARTBEAT_MS = 30_000;

/**
 * Milliseconds until the next round: half a second at first, a second for the two minutes in which most
 * scans end, then slower and slower up to 15 s; a little less at random, so that gates which
 * started together part.
 */
export function pollInterval(elapsedMs: number, random: number): number {
  const base = elapsedMs < 10_000 ? 500 : Math.min(15_000, 1_000 + Math.max(0, elapsedMs - 120_000) / 20);
  return base * (1 - 0.2 * random);
}

/**
 * Watches the scans of all images at once and promises each its end: resolved when scanned, rejected with
 * what stands in the way. A round observations at one waiting image, in turn, so its cost does not grow with their
 * number; as long as observations succeed it goes on at once, twice as wide. The first image that can never be
 * scanned ends the wait for all: the run fails whatever the others do.
 */
export function watchScans(
  images: readonly PlatformImage[],
  scanner: Scanner,
  options: WaitOptions,
): Map<PlatformImage, Promise<FinishedScan>> {
  const waiting = new Map<PlatformImage, PromiseWithResolvers<FinishedScan>>();
  const promises = new Map<PlatformImage, Promise<FinishedScan>>();
  for (const image of images) {
    const resolvers = Promise.withResolvers<FinishedScan>();
    // Each is awaited by its image's judgement, but perhaps only after it was rejected.
    resolvers.promise.catch(() => {});
    waiting.set(image, resolvers);
    promises.set(image, resolvers.promise);
  }
  const rejectAll = (error: unknown) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  watch(waiting, images.length, scanner, options).catch(rejectAll);
  return promises;
}

async function watch(
  waiting: Map<PlatformImage, PromiseWithResolvers<FinishedScan>>,
  total: number,
  scanner: Scanner,
  { clock, deadline, log, random }: WaitOptions,
): Promise<void> {
  const reasons = new Map<PlatformImage, string>();
  let told = '';
  let toldAt = Number.NEGATIVE_INFINITY;
  const explained = new Set<string>();

  /** Looks at these images and hands each its result; true if all of them are scanned. */
  const observe = async (images: readonly PlatformImage[], first: boolean): Promise<boolean> => {
    const observations = await scanner.observe(images, first);
    let allScanned = true;
    for (const image of images) {
      const observation = observations.get(image);
      const promise = waiting.get(image);
      if (observation === undefined || promise === undefined) continue;
      const { state } = observation;
      if (state.kind === 'scanned') {
        waiting.delete(image);
        promise.resolve({ ...observation, state });
        continue;
      }
      allScanned = false;
      reasons.set(image, state.reason);
      if (state.kind === 'unscannable') {
        waiting.delete(image);
        promise.reject(
          new GateError('unscannable', `${imageName(image)} is not scanned: ${state.reason}.`, {
            nextStep: state.nextStep,
          }),
        );
        throw new GateError('not-proven', `Not waited for: ${imageName(image)} can never pass.`);
      }
      // To the end of the queue: the next round observations at another one.
      waiting.delete(image);
      waiting.set(image, promise);
    }
    if (allScanned) return true;
    for (const image of images) {
      if (waiting.has(image) && observations.get(image)?.isMissing && !explained.has(image.repository)) {
        explained.add(image.repository);
        const why = await scanner.explainMissingScan(image);
        if (why !== undefined) throw why;
      }
    }
    return false;
  };

  const tell = () => {
    const [next] = waiting.keys();
    if (next === undefined) return;
    const done = total - waiting.size;
    const status = `${done} of ${total} scanned; ${imageName(next)}: ${reasons.get(next) ?? 'not looked at yet'}`;
    if (status === told && clock.now() - toldAt < HEARTBEAT_MS) return;
    told = status;
    toldAt = clock.now();
    log(
      `Waiting for the scan: ${status} (${formatDuration(deadline.elapsedMs())} so far, at most ${formatDuration(deadline.totalMs)})`,
    );
  };

  try {
    await observe([...waiting.keys()], true);
    while (waiting.size > 0 && !deadline.signal.aborted) {
      tell();
      await deadline.sleep(pollInterval(deadline.elapsedMs(), random()));
      for (let width = 1; waiting.size > 0 && !deadline.signal.aborted; width *= 2) {
        if (!(await observe([...waiting.keys()].slice(0, width), false))) break;
      }
    }
  } catch (error) {
    // A call that the deadline cut off says less than what was last learnt of each image.
    if (!deadline.signal.aborted) throw error;
  }
  for (const [image, { reject }] of waiting) reject(notScannedInTime(image, reasons.get(image), deadline));
  waiting.clear();
}

function notScannedInTime(image: PlatformImage, reason: string | undefined, deadline: Deadline): GateError {
  if (!deadline.expired) return interrupted(deadline, 'waiting for the scan');
  return new GateError(
    'timeout',
    `${imageName(image)} was not scanned within ${formatDuration(deadline.totalMs)}: ${reason ?? 'nothing was learnt of its scan'}.`,
    { nextStep: 'Raise the input timeout, or see in the Inspector console why the scan does not finish.' },
  );
}
