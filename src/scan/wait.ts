/**
 * Waits for scans. It polls often during the time in which most scans end, then less often, with few calls per round.
 */

import { interrupted } from '../aws/errors.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { endsRun, GateError } from '../errors.ts';
import { NO_PLATFORM } from '../image/platform.ts';
import { DEPLOYED_PLATFORM, imageName, type PlatformImage } from '../image/resolve.ts';
import { formatDuration } from '../time.ts';
import type { Scanner, ScanObservation } from './scanner.ts';

export type FinishedScan = ScanObservation & {
  readonly state: { readonly kind: 'scanned'; readonly scannedAt: Date; readonly monitored: boolean };
};

export interface WaitOptions {
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly log: (line: string) => void;
  /** From 0 to 1, for the jitter. */
  readonly random: () => number;
  /**
   * True: an image that cannot be scanned does not affect the others. False: the first one ends the wait for all images,
   * because the run fails whatever happens to the others.
   */
  readonly each: boolean;
}

/** How often the log repeats a state that does not change. */
const HEARTBEAT_MS = 30_000;

/** A scan that had not finished when the run first looked rarely ends in the next seconds. */
const FIRST_PAUSE_MS = 4_000;

/**
 * Milliseconds until the next round: four seconds at first, a second for the two minutes in which most scans end (the
 * first scan after a push usually takes 20 to 120 seconds), then gradually up to 15 s. Up to a tenth less at random, so
 * that gates that started together do not poll together.
 * @param rounds how many rounds there were
 */
export function pollInterval(elapsedMs: number, rounds: number, random: number): number {
  const base =
    rounds === 0 ? FIRST_PAUSE_MS : Math.min(15_000, 1_000 + Math.max(0, elapsedMs - 120_000) / 20);
  return base * (1 - 0.1 * random);
}

/**
 * Waits for the scans of all images and returns a promise for each: resolved when the image is scanned, rejected with
 * the reason why it is not. A round polls as many waiting images as one call serves, in turn, so that its cost does not
 * grow with their number. While polls find finished scans the round goes on at once with twice as many images.
 * @param first the first observation of each image, where it was already made
 */
export function watchScans(
  images: readonly PlatformImage[],
  scanner: Scanner,
  options: WaitOptions,
  first?: ReadonlyMap<PlatformImage, ScanObservation>,
): Map<PlatformImage, Promise<FinishedScan>> {
  const waiting = new Map<PlatformImage, PromiseWithResolvers<FinishedScan>>();
  const promises = new Map<PlatformImage, Promise<FinishedScan>>();
  for (const image of images) {
    const resolvers = Promise.withResolvers<FinishedScan>();
    // Each promise is awaited when its image is judged, which can be after it was rejected.
    resolvers.promise.catch(() => {});
    waiting.set(image, resolvers);
    promises.set(image, resolvers.promise);
  }
  const rejectAll = (error: unknown) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  new ScanWait(waiting, scanner, options).run(first).catch(rejectAll);
  return promises;
}

/** One wait: the images that are not scanned yet, in the order in which they are observed. */
class ScanWait {
  private readonly waiting: Map<PlatformImage, PromiseWithResolvers<FinishedScan>>;
  private readonly scanner: Scanner;
  private readonly options: WaitOptions;
  private readonly total: number;
  /** Why each image is not scanned, as last observed. */
  private readonly reasons = new Map<PlatformImage, string>();
  /** By repository: a possible reason why its images have no scan; undefined if none is known. */
  private readonly possibleReasons = new Map<string, string | undefined>();
  /** By repository: why no scan of its images will ever be visible. */
  private readonly neverScanned = new Map<string, GateError>();
  private logged = { progress: '', at: Number.NEGATIVE_INFINITY };

  constructor(
    waiting: Map<PlatformImage, PromiseWithResolvers<FinishedScan>>,
    scanner: Scanner,
    options: WaitOptions,
  ) {
    this.waiting = waiting;
    this.scanner = scanner;
    this.options = options;
    this.total = waiting.size;
  }

  async run(first: ReadonlyMap<PlatformImage, ScanObservation> | undefined): Promise<void> {
    const { deadline, random } = this.options;
    try {
      const images = [...this.waiting.keys()];
      const observeFirst = (some: readonly PlatformImage[]) => this.scanner.observe(some, true);
      await this.take(images, first ?? (await this.observe(images, observeFirst)));
      for (let rounds = 0; this.waiting.size > 0 && !deadline.signal.aborted; rounds += 1) {
        this.logProgress();
        await deadline.sleep(pollInterval(deadline.elapsedMs(), rounds, random()));
        await this.round();
      }
    } catch (error) {
      // A call that the deadline aborted says less than the last observation of each image.
      if (!deadline.signal.aborted) throw error;
    }
    for (const [image, { reject }] of this.waiting) reject(this.notScannedInTime(image));
    this.waiting.clear();
  }

  /** Polls the next images; while all of them are scanned, twice as many. */
  private async round(): Promise<void> {
    for (
      let width = this.scanner.imagesPerPoll;
      this.waiting.size > 0 && !this.options.deadline.signal.aborted;
      width *= 2
    ) {
      const images = [...this.waiting.keys()].slice(0, width);
      const observations = await this.observe(images, (some) => this.scanner.poll(some));
      if (!(await this.take(images, observations))) return;
    }
  }

  /**
   * Observes images. If that fails, each image is observed separately, so that a failure affects only its own image.
   */
  private async observe(
    images: readonly PlatformImage[],
    ask: (images: readonly PlatformImage[]) => Promise<ReadonlyMap<PlatformImage, ScanObservation>>,
  ): Promise<ReadonlyMap<PlatformImage, ScanObservation>> {
    // Before the call: one of its answers can be as old as this, however long the others take.
    const observedAtMs = this.options.deadline.elapsedMs();
    try {
      const found = await ask(images);
      return new Map([...found].map(([image, observation]) => [image, { ...observation, observedAtMs }]));
    } catch (error) {
      if (!this.options.each || this.options.deadline.signal.aborted || endsRun(error)) throw error;
      const [image, ...others] = images;
      if (image !== undefined && others.length === 0) {
        this.reject(image, error);
        return new Map();
      }
      const found = new Map<PlatformImage, ScanObservation>();
      for (const one of images) {
        for (const [key, observation] of await this.observe([one], ask)) found.set(key, observation);
      }
      return found;
    }
  }

  private reject(image: PlatformImage, error: unknown): void {
    this.waiting.get(image)?.reject(error);
    this.waiting.delete(image);
  }

  /**
   * Settles the promises of the images that are scanned or cannot be, and explains missing scans.
   * @returns whether all of the images are scanned
   */
  private async take(
    images: readonly PlatformImage[],
    observations: ReadonlyMap<PlatformImage, ScanObservation>,
  ): Promise<boolean> {
    let allScanned = true;
    for (const image of images) {
      const observation = observations.get(image);
      const promise = this.waiting.get(image);
      if (observation === undefined || promise === undefined) continue;
      const { state } = observation;
      // An image that still waits goes to the end of the queue.
      this.waiting.delete(image);
      if (state.kind === 'scanned') {
        promise.resolve({ ...observation, state });
        continue;
      }
      allScanned = false;
      this.reasons.set(image, state.reason);
      if (state.kind === 'unscannable') {
        promise.reject(unscannable(image, state));
        if (this.options.each) continue;
        throw new GateError(
          'not-proven',
          `Stopped waiting for the scan, because ${imageName(image)} cannot be scanned.`,
        );
      }
      this.waiting.set(image, promise);
    }
    for (const image of images) {
      if (this.waiting.has(image) && observations.get(image)?.isMissing) await this.explain(image);
    }
    return allScanned;
  }

  /**
   * Once per repository. Where it is certain that no scan of its images will ever be visible, that is their error.
   * @throws GateError that error, if it ends the wait for all images
   */
  private async explain(image: PlatformImage): Promise<void> {
    const repository = `${image.registry.host}/${image.repository}`;
    const known = this.neverScanned.get(repository);
    if (known !== undefined) this.reject(image, known);
    if (this.possibleReasons.has(repository)) return;
    this.possibleReasons.set(repository, undefined);
    const { error, possibleReason } = await this.scanner.explainMissingScan(image);
    if (error !== undefined) {
      if (!this.options.each) throw error;
      this.neverScanned.set(repository, error);
      this.reject(image, error);
      return;
    }
    this.possibleReasons.set(repository, possibleReason);
    if (possibleReason !== undefined) this.options.log(`No scan is visible yet. ${possibleReason}`);
  }

  /** Logs a line when something has changed, and otherwise every 30 s. */
  private logProgress(): void {
    const { clock, deadline, log } = this.options;
    const progress = this.progress();
    if (progress === this.logged.progress && clock.now() - this.logged.at < HEARTBEAT_MS) return;
    this.logged = { progress, at: clock.now() };
    log(
      `Waiting for the scan: ${progress} (${formatDuration(deadline.elapsedMs())} so far, at most ${formatDuration(deadline.totalMs)})`,
    );
  }

  /** How many images are scanned, and why the others are not; it does not depend on the order of the queue. */
  private progress(): string {
    const byReason = Map.groupBy(
      this.waiting.keys(),
      (image) => this.reasons.get(image) ?? 'not observed yet',
    );
    const parts = [...byReason]
      .map(([reason, [image, ...others]]) =>
        image !== undefined && others.length === 0
          ? `${imageName(image)}: ${reason}`
          : `${others.length + 1} images: ${reason}`,
      )
      .sort();
    return [`${this.total - this.waiting.size} of ${this.total} scanned`, ...parts].join('; ');
  }

  private notScannedInTime(image: PlatformImage): GateError {
    const { deadline } = this.options;
    if (!deadline.expired) return interrupted(deadline, 'waiting for the scan');
    const reason = this.reasons.get(image) ?? 'AWS did not report the state of its scan';
    const possible = this.possibleReasons.get(`${image.registry.host}/${image.repository}`);
    return new GateError(
      'timeout',
      `${imageName(image)} was not scanned within ${formatDuration(deadline.totalMs)}: ${reason}.${possible === undefined ? '' : ` ${possible}`}`,
      {
        nextStep:
          'Raise the input timeout, or look in the Amazon Inspector console for the reason why the scan does not finish.',
      },
    );
  }
}

/** The error for an image that cannot be scanned. */
export function unscannable(
  image: PlatformImage,
  { reason, nextStep }: { readonly reason: string; readonly nextStep: string },
): GateError {
  return new GateError('unscannable', `${imageName(image)} is not scanned: ${reason}.`, {
    nextStep: image.platform === NO_PLATFORM ? nextStep : `${nextStep} ${DEPLOYED_PLATFORM}`,
  });
}
