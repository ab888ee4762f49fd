import { describe, expect, it } from 'vitest';
import { oldestUnwatchedScan, staleScan } from '../../src/scan/age.ts';

const HOUR = 3_600_000;
const now = new Date('2026-11-25T12:00:00Z');
const scan = (hoursAgo: number, monitored: boolean | undefined) => ({
  scannedAt: new Date(now.getTime() - hoursAgo * HOUR),
  monitored,
});

describe('oldestUnwatchedScan', () => {
  it.each([
    ['none', [], undefined],
    ['none that is kept up to date', [scan(900, true)], undefined],
    ['none of which that is unknown', [scan(900, undefined)], undefined],
    ['none without a time', [{ scannedAt: undefined, monitored: false }], undefined],
    ['the one', [scan(1, false)], 1],
    ['the oldest of several', [scan(900, true), scan(2, false), scan(3, false)], 3],
  ])('is %s', (_, scans, hoursAgo) => {
    expect(oldestUnwatchedScan(scans)).toEqual(hoursAgo && scan(hoursAgo, false).scannedAt);
  });
});

describe('staleScan', () => {
  it.each([
    [23, false, false],
    [24, false, false],
    [25, false, true],
    [25, true, false],
  ])('of %i hours ago, monitored: %s: %s', (hoursAgo, monitored, isStale) => {
    const one = scan(hoursAgo, monitored);
    expect(staleScan([one], now)).toEqual(isStale ? one.scannedAt : undefined);
  });
});
