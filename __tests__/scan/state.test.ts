import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COVERAGE_REASON,
  classify,
  classifyBasic,
  ECR_STATUS,
  type ScanFacts,
} from '../../src/scan/state.ts';

const pushedAt = new Date('2026-01-01T00:00:00Z');
const scannedAt = new Date('2026-01-01T00:01:00Z');
const earlier = new Date('2025-12-31T00:00:00Z');

function facts(overrides: Partial<ScanFacts> = {}): ScanFacts {
  return {
    ecrStatus: 'ACTIVE',
    coverage: [{ statusCode: 'ACTIVE', reason: 'SUCCESSFUL', lastScannedAt: scannedAt }],
    imageStatus: 'ACTIVE',
    pushedAt,
    ...overrides,
  };
}

function covered(statusCode: string, reason: string, lastScannedAt: Date | undefined = scannedAt): ScanFacts {
  return facts({ coverage: [{ statusCode, reason, lastScannedAt }] });
}

describe('classify', () => {
  it.each([
    ['ACTIVE', 'ACTIVE', 'SUCCESSFUL', 'scanned'],
    ['COMPLETE', 'ACTIVE', 'SUCCESSFUL', 'scanned'],
    ['COMPLETE', 'INACTIVE', 'SCAN_FREQUENCY_SCAN_ON_PUSH', 'scanned'],
    ['ACTIVE', 'ACTIVE', 'SCAN_FREQUENCY_SCAN_ON_PUSH', 'scanned'],
    ['ACTIVE', 'INACTIVE', 'SUCCESSFUL', 'waiting'],
    ['ACTIVE', '', 'SCAN_FREQUENCY_SCAN_ON_PUSH', 'waiting'],
    ['PENDING', 'ACTIVE', 'SUCCESSFUL', 'waiting'],
    ['IN_PROGRESS', 'ACTIVE', 'SUCCESSFUL', 'waiting'],
    [undefined, 'ACTIVE', 'SUCCESSFUL', 'waiting'],
    ['active', 'ACTIVE', 'SUCCESSFUL', 'waiting'],
    ['ACTIVE', 'ACTIVE', 'PENDING_INITIAL_SCAN', 'waiting'],
    ['ACTIVE', 'ACTIVE', 'SCAN_IN_PROGRESS', 'waiting'],
    ['ACTIVE', 'ACTIVE', 'PENDING_REVIVAL_SCAN', 'waiting'],
    ['ACTIVE', 'ACTIVE', 'INTERNAL_ERROR', 'waiting'],
    ['ACTIVE', 'ACTIVE', 'toString', 'waiting'],
    ['ACTIVE', 'INACTIVE', 'UNSUPPORTED_OS', 'unscannable'],
    ['ACTIVE', 'INACTIVE', 'SCAN_ELIGIBILITY_EXPIRED', 'unscannable'],
    ['PENDING', 'INACTIVE', 'SCAN_FREQUENCY_MANUAL', 'unscannable'],
  ])('ECR %s with coverage %s %s is %s', (ecrStatus, statusCode, reason, kind) => {
    expect(classify({ ...covered(statusCode, reason), ecrStatus }).kind).toBe(kind);
  });

  it.each(Object.entries(ECR_STATUS))('judges every ECR status of the table: %s', (ecrStatus, meaning) => {
    const kind = typeof meaning === 'object' ? 'unscannable' : meaning;
    expect(classify(facts({ ecrStatus })).kind).toBe(kind);
  });

  it.each(
    Object.entries(COVERAGE_REASON),
  )('judges every coverage reason of the table: %s', (reason, meaning) => {
    const kind = typeof meaning === 'object' ? 'unscannable' : meaning;
    expect(classify(covered('ACTIVE', reason)).kind).toBe(kind);
  });

  it.each([
    ['no coverage row', facts({ coverage: [] })],
    [
      'a scan without a time',
      facts({ coverage: [{ statusCode: 'ACTIVE', reason: 'SUCCESSFUL', lastScannedAt: undefined }] }),
    ],
    ['a scan before the push', covered('ACTIVE', 'SUCCESSFUL', earlier)],
    ['a time that is none', covered('ACTIVE', 'SUCCESSFUL', new Date(Number.NaN))],
    ['an image that is being restored', facts({ imageStatus: 'ACTIVATING' })],
    ['an image status nobody knows', facts({ imageStatus: 'FROZEN' })],
    [
      'two rows of which one is still waiting',
      facts({
        coverage: [
          { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', lastScannedAt: scannedAt },
          { statusCode: 'ACTIVE', reason: 'PENDING_INITIAL_SCAN', lastScannedAt: undefined },
        ],
      }),
    ],
  ])('waits for %s', (_, given) => {
    expect(classify(given).kind).toBe('waiting');
  });

  it('never takes a word outside the tables for a scan', () => {
    const outside = (table: object) => fc.string().filter((word) => !Object.hasOwn(table, word));
    fc.assert(
      fc.property(
        outside(ECR_STATUS),
        outside(COVERAGE_REASON),
        fc.string(),
        (ecrStatus, reason, statusCode) => {
          expect(classify(facts({ ecrStatus })).kind).not.toBe('scanned');
          expect(classify(covered(statusCode, reason)).kind).not.toBe('scanned');
          expect(classify({ ...covered(statusCode, 'SUCCESSFUL'), ecrStatus }).kind).not.toBe('scanned');
        },
      ),
    );
  });

  it('does not take an archived image for scanned, and says what to do', () => {
    expect(classify(facts({ imageStatus: 'ARCHIVED' }))).toMatchObject({
      kind: 'unscannable',
      nextStep: /Restore/,
    });
  });

  it('tells whether the image is still watched, and takes the latest of several times', () => {
    expect(classify(facts())).toEqual({ kind: 'scanned', scannedAt, monitored: true });
    expect(classify(covered('INACTIVE', 'SCAN_FREQUENCY_SCAN_ON_PUSH'))).toMatchObject({ monitored: false });
  });
});

describe('classifyBasic', () => {
  const basic = { ecrStatus: 'COMPLETE', completedAt: scannedAt, imageStatus: 'ACTIVE', pushedAt };
  it.each([
    ['COMPLETE', scannedAt, 'scanned'],
    ['COMPLETE', undefined, 'waiting'],
    ['COMPLETE', earlier, 'waiting'],
    ['IN_PROGRESS', scannedAt, 'waiting'],
    [undefined, undefined, 'waiting'],
    ['ACTIVE', scannedAt, 'unscannable'],
    ['FAILED', scannedAt, 'unscannable'],
    ['SOMETHING', scannedAt, 'waiting'],
  ])('%s at %s is %s', (ecrStatus, completedAt, kind) => {
    expect(classifyBasic({ ...basic, ecrStatus, completedAt }).kind).toBe(kind);
  });
});
