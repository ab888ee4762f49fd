import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/results/finding.ts';
import { readSettled } from '../../src/scan/once.ts';
import type { ScanObservation } from '../../src/scan/scanner.ts';
import {
  createFinding,
  createImage,
  createScanner,
  finishedScan,
  scannedAt,
  waitingScan,
} from './factories.ts';

const image = createImage();
const MINUTE = 60_000;
const HIGH = createFinding({ id: 'one' });

/** One read, some time after the scan. */
function read(
  observation: ScanObservation | undefined,
  findings: readonly Finding[],
  { afterMs = 10 * MINUTE, counted }: { afterMs?: number; counted?: ReadonlyMap<string, number> } = {},
) {
  const scanner = createScanner({
    observe: async () => new Map(observation && [[image, observation]]),
    findings: async () => [...findings],
    countedByEcr: async () => counted,
    serviceTime: () => new Date(scannedAt.getTime() + afterMs),
  });
  return readSettled(image, scanner);
}

const counts = (high: number) => new Map([['HIGH', high]]);

describe('one read of the findings of an image', () => {
  it('has the findings of a scan that has ended and is kept up to date', async () => {
    expect(await read(finishedScan(counts(1)), [HIGH])).toEqual({ findings: [HIGH] });
    expect(await read(finishedScan(new Map()), [])).toEqual({ findings: [] });
  });

  it('reads the counts of ECR if they have several pages', async () => {
    const several = { ...finishedScan(), countedByEcr: undefined };
    expect(await read(several, [HIGH], { counted: counts(1) })).toEqual({ findings: [HIGH] });
    expect((await read(several, [HIGH])).unknown).toMatch(/does not report/);
  });

  const once = { state: { kind: 'scanned', scannedAt, monitored: false } as const };
  it.each<[string, ScanObservation | undefined, readonly Finding[], number, RegExp]>([
    ['no observation', undefined, [], 10 * MINUTE, /state of its scan is unknown/],
    [
      'a scan that waits',
      waitingScan('ECR reports PENDING'),
      [],
      10 * MINUTE,
      /^it is not scanned: ECR reports PENDING$/,
    ],
    [
      'an image that cannot be scanned',
      {
        ...finishedScan(),
        state: { kind: 'unscannable', reason: 'Inspector reports UNSUPPORTED_OS', nextStep: '' },
      },
      [],
      10 * MINUTE,
      /^it is not scanned: Inspector reports UNSUPPORTED_OS$/,
    ],
    ['a scan that has just ended', finishedScan(counts(1)), [HIGH], 4 * MINUTE, /only just ended/],
    [
      'an old scan that is not repeated',
      { ...finishedScan(counts(1)), ...once },
      [HIGH],
      50 * 60 * MINUTE,
      /scanned 2 days ago/,
    ],
    ['findings that ECR alone counts', finishedScan(counts(1)), [], 10 * MINUTE, /does not list \(1 HIGH\)/],
    [
      'fewer findings than ECR counts',
      finishedScan(counts(2)),
      [HIGH],
      10 * MINUTE,
      /does not list \(2 HIGH\)/,
    ],
    [
      'the same finding twice instead of two',
      finishedScan(counts(2)),
      [HIGH, HIGH],
      10 * MINUTE,
      /does not list \(2 HIGH\)/,
    ],
    [
      'closed findings that ECR counts',
      finishedScan(counts(2)),
      [HIGH, createFinding({ id: 'two', status: 'CLOSED' })],
      10 * MINUTE,
      /does not list \(2 HIGH\)/,
    ],
    [
      'a low finding beside high ones that ECR counts',
      finishedScan(counts(1)),
      [createFinding({ severity: 'LOW' })],
      10 * MINUTE,
      /does not list \(1 HIGH\)/,
    ],
  ])('has no findings, but a reason, with %s', async (_, observation, findings, afterMs, reason) => {
    const { findings: none, unknown } = await read(observation, findings, { afterMs });
    expect(none).toBeUndefined();
    expect(unknown).toMatch(reason);
  });

  it('has the findings of a scan of today that is not repeated', async () => {
    const today = { ...finishedScan(counts(1)), ...once };
    expect(await read(today, [HIGH], { afterMs: 20 * 60 * MINUTE })).toEqual({ findings: [HIGH] });
  });
});
