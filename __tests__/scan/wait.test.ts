import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/errors.ts';
import type { PlatformImage } from '../../src/image/resolve.ts';
import type { Scanner, ScanObservation } from '../../src/scan/scanner.ts';
import { pollInterval, watchScans } from '../../src/scan/wait.ts';
import { fakeTime } from '../clock.ts';
import { createImage, createScanner, finishedScan, waitingScan } from './factories.ts';

function images(count: number): PlatformImage[] {
  return Array.from({ length: count }, (_, index) =>
    createImage({ digest: `sha256:${String(index).padStart(64, '0')}`, platform: `linux/p${index}` }),
  );
}

/** A scanner whose images are scanned from a time on; it records how many images each observation was for. */
function timed(clock: { now(): number }, scannedFrom: (image: PlatformImage) => number) {
  const widths: number[] = [];
  const observe: Scanner['observe'] = async (asked) => {
    widths.push(asked.length);
    return new Map(
      asked.map((image): [PlatformImage, ScanObservation] => [
        image,
        clock.now() >= scannedFrom(image) ? finishedScan() : waitingScan(),
      ]),
    );
  };
  return { widths, observe };
}

function watch(
  targets: PlatformImage[],
  answers: Partial<Scanner>,
  timeoutMs = 900_000,
  time = fakeTime(timeoutMs),
  each = false,
) {
  const lines: string[] = [];
  const promises = watchScans(targets, createScanner(answers), {
    clock: time.clock,
    deadline: time.deadline,
    log: (line) => lines.push(line),
    random: () => 0,
    each,
  });
  const settled = Promise.allSettled(targets.map((target) => promises.get(target)));
  return { ...time, lines, settled: settled.finally(() => time.deadline.clear()) };
}

describe('watchScans', () => {
  it('needs one observation if everything was scanned long ago', async () => {
    const targets = images(8);
    const time = fakeTime(900_000);
    const scanner = timed(time.clock, () => 0);
    const { settled } = watch(targets, scanner, 900_000, time);
    expect((await settled).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(scanner.widths).toEqual([8]);
  });

  it('dates an observation by when the services were asked, however long their answers take', async () => {
    const [target] = images(1) as [PlatformImage];
    const time = fakeTime(900_000);
    const slow = async () => {
      const asked = time.clock.now();
      await time.clock.sleep(7_000, new AbortController().signal);
      return new Map([[target, asked > 10_000 ? finishedScan() : waitingScan()]]);
    };
    const { settled } = watch([target], { observe: slow, poll: slow }, 900_000, time);
    const [outcome] = await settled;
    const { observedAtMs } = (outcome as PromiseFulfilledResult<ScanObservation>).value;
    expect(time.clock.now() - (observedAtMs ?? 0)).toBe(7_000);
  });

  it('observes one image per round while it waits, whatever their number', async () => {
    const targets = images(8);
    const time = fakeTime(900_000);
    const scanner = timed(time.clock, () => 60_000);
    const { settled, clock } = watch(targets, scanner, 900_000, time);
    await settled;
    const [first, ...rounds] = scanner.widths;
    expect(first).toBe(8);
    expect(rounds.slice(0, -4).every((width) => width === 1)).toBe(true);
    expect(rounds.slice(-4)).toEqual([1, 2, 4, 1]);
    expect(clock.now() - 60_000).toBeLessThanOrEqual(1_000);
  });

  it('ends for all images when one can never be scanned, and keeps those that are scanned', async () => {
    const [good, bad, late] = images(3) as [PlatformImage, PlatformImage, PlatformImage];
    const { settled } = watch([good, bad, late], {
      observe: async () =>
        new Map<PlatformImage, ScanObservation>([
          [good, finishedScan()],
          [
            bad,
            {
              ...waitingScan(),
              state: { kind: 'unscannable', reason: 'Inspector reports UNSUPPORTED_OS', nextStep: 'rebuild' },
            },
          ],
          [late, waitingScan()],
        ]),
    });
    const [first, second, third] = await settled;
    expect(first?.status).toBe('fulfilled');
    expect(second).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'unscannable',
        nextStep: 'rebuild Or give the digest of the platform that you deploy instead of the index.',
      },
    });
    expect(third).toMatchObject({ status: 'rejected', reason: { code: 'not-proven' } });
  });

  it('leaves the others unaffected if each image has its own outcome', async () => {
    const [good, bad, gone, never, late] = images(5) as [
      PlatformImage,
      PlatformImage,
      PlatformImage,
      PlatformImage,
      PlatformImage,
    ];
    const time = fakeTime(900_000);
    let explained = 0;
    const answerFor = (image: PlatformImage): ScanObservation => {
      if (image === bad) {
        return { ...waitingScan(), state: { kind: 'unscannable', reason: 'archived', nextStep: 'restore' } };
      }
      if (image === never) return waitingScan('ECR reports no scan yet', true);
      return image === late && time.clock.now() < 5_000 ? waitingScan() : finishedScan();
    };
    const { settled } = watch(
      [good, bad, gone, never, late],
      {
        // One image was deleted after it had been resolved.
        observe: async (asked) => {
          if (asked.includes(gone)) throw new GateError('not-found', 'ECR has no such image.');
          return new Map(asked.map((image) => [image, answerFor(image)]));
        },
        explainMissingScan: async () => {
          explained += 1;
          return { error: new GateError('configuration', 'never scanned') };
        },
      },
      900_000,
      time,
      true,
    );
    expect(await settled).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'unscannable' } },
      { status: 'rejected', reason: { code: 'not-found' } },
      { status: 'rejected', reason: { code: 'configuration' } },
      { status: 'fulfilled' },
    ]);
    expect(explained).toBe(1);
  });

  it('ends for all images without credentials, even if each has its own outcome', async () => {
    let calls = 0;
    const observe: Scanner['observe'] = async () => {
      calls += 1;
      throw new GateError('credentials', 'The credentials have expired.');
    };
    const { settled } = watch(images(3), { observe }, 900_000, fakeTime(900_000), true);
    expect(await settled).toMatchObject(Array(3).fill({ reason: { code: 'credentials' } }));
    expect(calls).toBe(1);
  });

  it('requests once why there is no scan, and ends if the reason is certain', async () => {
    let asked = 0;
    const answers = (answer: GateError | undefined): Partial<Scanner> => ({
      observe: async (looked) =>
        new Map(looked.map((image) => [image, waitingScan('ECR reports no scan yet', true)])),
      explainMissingScan: async () => {
        asked += 1;
        return { error: answer };
      },
    });
    const definite = watch(images(3), answers(new GateError('configuration', 'never scanned')));
    expect(await definite.settled).toMatchObject(
      Array(3).fill({ status: 'rejected', reason: { message: 'never scanned' } }),
    );
    expect(asked).toBe(1);
    asked = 0;
    const open = watch(images(1), answers(undefined), 30_000);
    expect(await open.settled).toMatchObject([
      { reason: { code: 'timeout', message: expect.stringMatching(/no scan yet/) } },
    ]);
    expect(asked).toBe(1);
  });

  it('fails at the deadline, and not after it, with the state that it observed last', async () => {
    const { settled, clock } = watch(
      images(2),
      { observe: async (asked) => new Map(asked.map((image) => [image, waitingScan()])) },
      90_000,
    );
    expect(await settled).toMatchObject(
      Array(2).fill({
        status: 'rejected',
        reason: { code: 'timeout', message: expect.stringMatching(/PENDING/) },
      }),
    );
    expect(clock.now()).toBeLessThanOrEqual(90_000);
  });

  it('ends for all images with the error of an observation', async () => {
    const { settled } = watch(images(2), {
      observe: async () => {
        throw new GateError('access-denied', 'AWS denies it');
      },
    });
    expect(await settled).toMatchObject(Array(2).fill({ reason: { code: 'access-denied' } }));
  });

  it('is cancelled with the job', async () => {
    const { settled, cancel } = watch(images(1), {
      observe: async (asked) => new Map(asked.map((image) => [image, waitingScan()])),
    });
    setImmediate(() => cancel.abort());
    expect(await settled).toMatchObject([{ reason: { code: 'cancelled' } }]);
  });

  it('advises to give the digest of a platform only for an image of an index', async () => {
    const { settled } = watch([createImage()], {
      observe: async ([image]) =>
        new Map(
          image && [
            [
              image,
              {
                ...waitingScan(),
                state: { kind: 'unscannable', reason: 'UNSUPPORTED_OS', nextStep: 'Rebuild.' },
              },
            ],
          ],
        ),
    });
    expect(await settled).toMatchObject([{ reason: { nextStep: 'Rebuild.' } }]);
  });

  it('logs a possible reason once, and reports it at the timeout', async () => {
    const possibleReason = 'The credentials belong to account A.';
    const { settled, lines } = watch(
      images(3),
      {
        observe: async (asked) => new Map(asked.map((image) => [image, waitingScan('no scan yet', true)])),
        explainMissingScan: async () => ({ possibleReason }),
      },
      60_000,
    );
    expect(await settled).toMatchObject(
      Array(3).fill({
        reason: {
          code: 'timeout',
          message: expect.stringMatching(/: no scan yet\. The credentials belong to account A\.$/),
        },
      }),
    );
    expect(lines.filter((line) => line.includes(possibleReason))).toHaveLength(1);
  });

  it('starts from the first observation if it was already made', async () => {
    const [done, waits] = images(2) as [PlatformImage, PlatformImage];
    const widths: number[] = [];
    const time = fakeTime(900_000);
    const observe: Scanner['observe'] = async (asked, first) => {
      expect(first).toBe(false);
      widths.push(asked.length);
      return new Map(asked.map((image) => [image, finishedScan()]));
    };
    const first = new Map<PlatformImage, ScanObservation>([
      [done, finishedScan()],
      [waits, waitingScan()],
    ]);
    const promises = watchScans(
      [done, waits],
      createScanner({ observe }),
      { clock: time.clock, deadline: time.deadline, log: () => {}, random: () => 0, each: false },
      first,
    );
    await Promise.all(promises.values());
    time.deadline.clear();
    expect(widths).toEqual([1]);
  });

  it('logs one line for each change of several images, and not one for each poll', async () => {
    const targets = images(8);
    const time = fakeTime(900_000);
    const state = (image: PlatformImage) => {
      if (time.clock.now() < 40_000) return 'ECR reports PENDING';
      return targets.indexOf(image) < 3 ? 'ECR reports IN_PROGRESS' : 'ECR reports PENDING';
    };
    const { settled, lines } = watch(
      targets,
      {
        observe: async (asked) =>
          new Map(
            asked.map((image): [PlatformImage, ScanObservation] => [
              image,
              time.clock.now() > 85_000 ? finishedScan() : waitingScan(state(image)),
            ]),
          ),
      },
      900_000,
      time,
    );
    await settled;
    // At the start, after 30 s, three images that change their state one by one, and after 30 s again.
    expect(lines.map((line) => line.replace(/^Waiting for the scan: | \(.*$/g, ''))).toEqual([
      '0 of 8 scanned; 8 images: ECR reports PENDING',
      '0 of 8 scanned; 8 images: ECR reports PENDING',
      expect.stringMatching(/^0 of 8 scanned; 7 images: ECR reports PENDING; app@/),
      '0 of 8 scanned; 2 images: ECR reports IN_PROGRESS; 6 images: ECR reports PENDING',
      '0 of 8 scanned; 3 images: ECR reports IN_PROGRESS; 5 images: ECR reports PENDING',
      '0 of 8 scanned; 3 images: ECR reports IN_PROGRESS; 5 images: ECR reports PENDING',
    ]);
  });

  it('logs a state that does not change every 30 s', async () => {
    const time = fakeTime(900_000);
    const scanner = timed(time.clock, () => 180_000);
    const { settled, lines } = watch(images(1), scanner, 900_000, time);
    await settled;
    expect(scanner.widths.length).toBeGreaterThan(100);
    expect(lines.length).toBeLessThanOrEqual(8);
    expect(lines[0]).toContain('at most 15 m');
  });
});

describe('pollInterval', () => {
  it('is four seconds once, a second while most scans end, then longer, and has a maximum', () => {
    expect(pollInterval(0, 0, 0)).toBe(4_000);
    const at = [5_000, 60_000, 120_000, 130_000, 10_000_000].map((elapsed) => pollInterval(elapsed, 1, 0));
    expect(at).toEqual([1_000, 1_000, 1_000, 1_500, 15_000]);
  });

  it('is shorter by up to a tenth at random', () => {
    expect(pollInterval(60_000, 1, 1)).toBe(900);
    expect(pollInterval(60_000, 1, 0.5)).toBe(950);
  });
});
