import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { observeFirst } from '../../src/scan/first.ts';
import type { Scanner, ScanObservation } from '../../src/scan/scanner.ts';
import { watchScans } from '../../src/scan/wait.ts';
import { fakeTime } from '../clock.ts';
import { createImage, createScanner, finishedScan } from './factories.ts';

const [good, gone] = [1, 2].map((number) =>
  createImage({ digest: `sha256:${String(number).padStart(64, '0')}`, platform: `linux/p${number}` }),
) as [ReturnType<typeof createImage>, ReturnType<typeof createImage>];

/** A scanner that fails for one image. */
function failing(error: GateError): Partial<Scanner> {
  return {
    observe: async (images) => {
      if (images.includes(gone)) throw error;
      return new Map(images.map((image): [typeof image, ScanObservation] => [image, finishedScan()]));
    },
  };
}

async function play(error: GateError, each: boolean) {
  const time = fakeTime(600_000);
  const scanner = createScanner(failing(error));
  try {
    const first = await observeFirst([good, gone], scanner, time.deadline, each);
    const options = { clock: time.clock, deadline: time.deadline, log: () => {}, random: () => 0, each };
    const scans = watchScans([good, gone], scanner, options, first);
    return await Promise.allSettled([scans.get(good), scans.get(gone)]);
  } finally {
    time.deadline.clear();
  }
}

describe('the first observation', () => {
  it('is dated by when the services were asked', async () => {
    const time = fakeTime(600_000);
    await time.clock.sleep(1_000, new AbortController().signal);
    const scanner = createScanner({
      observe: async () => {
        await time.clock.sleep(7_000, new AbortController().signal);
        return new Map([[good, finishedScan()]]);
      },
    });
    const first = await observeFirst([good], scanner, time.deadline, false);
    time.deadline.clear();
    expect(first.get(good)?.observedAtMs).toBe(1_000);
  });

  it('leaves the other images unaffected by one that was deleted, if each has its own outcome', async () => {
    expect(await play(new GateError('not-found', 'ECR has no such image.'), true)).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'not-found' } },
    ]);
  });

  it.each([
    ['one that was deleted, where the images have one outcome', 'not-found', false],
    ['calls that are denied', 'access-denied', true],
    ['credentials that have expired', 'credentials', true],
    ['an error of the program', 'internal', true],
  ] as const)('ends the run for %s', async (_, code, each) => {
    await expect(play(new GateError(code, 'It failed.'), each)).rejects.toMatchObject({ code });
  });
});
