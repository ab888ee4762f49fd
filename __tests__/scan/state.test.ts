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
const now = new Date('2026-01-01T01:00:00Z');
const skewed = new Date('2026-01-01T01:04:00Z');
const future = new Date('2026-01-01T01:06:00Z');

function facts(overrides: Partial<ScanFacts> = {}): ScanFacts {
  return {
    ecrStatus: 'ACTIVE',
    coverage: [{ statusCode: 'ACTIVE', reason: 'SUCCESSFUL', lastScannedAt: scannedAt }],
    imageStatus: 'ACTIVE',
    pushedAt,
    now,
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
    ['a scan in the future', covered('ACTIVE', 'SUCCESSFUL', future)],
    [
      'a scan on push in the far future',
      covered('INACTIVE', 'SCAN_FREQUENCY_SCAN_ON_PUSH', new Date(8.64e15)),
    ],
    ['a time of AWS that is none', { ...covered('ACTIVE', 'SUCCESSFUL'), now: new Date(Number.NaN) }],
    [
      'two rows of which one is of the future',
      facts({
        coverage: [
          { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', lastScannedAt: scannedAt },
          { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', lastScannedAt: future },
        ],
      }),
    ],
    ['an image that is being restored', facts({ imageStatus: 'ACTIVATING' })],
    ['an unknown image status', facts({ imageStatus: 'FROZEN' })],
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

  it('tolerates clocks of two services that differ by minutes', () => {
    expect(classify(covered('ACTIVE', 'SUCCESSFUL', skewed)).kind).toBe('scanned');
  });

  it('never treats a status that is not in the tables as a finished scan', () => {
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

  it('does not treat an archived image as scanned, and says what to do', () => {
    expect(classify(facts({ imageStatus: 'ARCHIVED' }))).toMatchObject({
      kind: 'unscannable',
      nextStep: /Restore/,
    });
  });

  const BUILD = /^Build the image on an operating system and in a format that Amazon Inspector supports\.$/;
  const SMALLER = /^Make the image smaller/;
  const AGAIN =
    /^Delete the image and push it again, because only a push starts a scan; in a pull-through cache, delete it and pull it once\./;
  const PERMIT =
    /^Allow Amazon Inspector to read the repository: check the repository policy, and the key policy/;
  it.each<[string, RegExp]>([
    ['FAILED', BUILD],
    ['UNSUPPORTED_IMAGE', BUILD],
    ['IMAGE_SIZE_EXCEEDED', SMALLER],
    ['SCAN_ELIGIBILITY_EXPIRED', AGAIN],
    ['FINDINGS_UNAVAILABLE', AGAIN],
    ['LIMIT_EXCEEDED', /^The account has reached a scan limit/],
    ['IMAGE_ARCHIVED', /^Restore the image in ECR/],
  ])('ends the wait at ECR status %s and says what to do', (ecrStatus, nextStep) => {
    const expected = { kind: 'unscannable', reason: `ECR reports ${ecrStatus}` };
    for (const state of [
      classify(facts({ ecrStatus })),
      classifyBasic({ ecrStatus, completedAt: scannedAt, imageStatus: 'ACTIVE', pushedAt, now }),
    ]) {
      expect(state).toMatchObject(expected);
      expect('nextStep' in state && state.nextStep).toMatch(nextStep);
    }
  });

  it.each<[string, RegExp]>([
    ['UNSUPPORTED_OS', BUILD],
    ['UNSUPPORTED_MEDIA_TYPE', BUILD],
    ['IMAGE_SIZE_EXCEEDED', SMALLER],
    ['STORAGE_LIMIT_EXCEEDED', BUILD],
    ['EXTRACTION_COLLECTION_TIME_LIMIT_EXCEEDED', BUILD],
    ['INVALID_ARTIFACT', BUILD],
    ['SCAN_ELIGIBILITY_EXPIRED', AGAIN],
    ['IMAGE_ARCHIVED', /^Restore the image in ECR/],
    ['SCAN_FREQUENCY_MANUAL', /^Turn on enhanced scanning for this repository/],
    ['PENDING_DISABLE', /^Amazon Inspector is being disabled for this account/],
    [
      'RESOURCE_TERMINATED',
      /^The image was deleted: push it again\. .*pull-through cache, pull the image once instead/,
    ],
    ['ACCESS_DENIED', PERMIT],
    ['ACCESS_DENIED_TO_ENCRYPTION_KEY', PERMIT],
    ['EXCLUDED_BY_TAG', /^Remove the tag that excludes this resource/],
  ])('ends the wait at coverage reason %s and says what to do', (reason, nextStep) => {
    const state = classify(covered('INACTIVE', reason));
    expect(state).toMatchObject({ kind: 'unscannable', reason: `Inspector reports ${reason}` });
    expect('nextStep' in state && state.nextStep).toMatch(nextStep);
  });

  it('names the statuses of both services, with what to do about the one of Inspector', () => {
    const state = classify({ ...covered('INACTIVE', 'UNSUPPORTED_OS'), ecrStatus: 'LIMIT_EXCEEDED' });
    expect(state).toMatchObject({ reason: 'Inspector reports UNSUPPORTED_OS, ECR reports LIMIT_EXCEEDED' });
    expect('nextStep' in state && state.nextStep).toMatch(BUILD);
  });

  it.each([
    [facts({ imageStatus: 'ACTIVATING' }), 'ECR reports the image as ACTIVATING'],
    [facts({ ecrStatus: 'PENDING' }), 'ECR reports PENDING'],
    [facts({ ecrStatus: undefined }), 'ECR reports no scan yet'],
    [facts({ coverage: [] }), 'Inspector has no record of the image yet'],
    [covered('ACTIVE', 'SCAN_IN_PROGRESS'), 'Inspector reports ACTIVE SCAN_IN_PROGRESS'],
    [
      facts({ coverage: [{ statusCode: 'ACTIVE', reason: 'SUCCESSFUL', lastScannedAt: undefined }] }),
      'Inspector reports SUCCESSFUL without the time of a scan',
    ],
    [covered('ACTIVE', 'SUCCESSFUL', earlier), 'Inspector has not scanned the image since it was pushed'],
    [
      covered('ACTIVE', 'SUCCESSFUL', new Date('?')),
      'Inspector has not scanned the image since it was pushed',
    ],
    [facts({ pushedAt: new Date('?') }), 'Inspector has not scanned the image since it was pushed'],
    [
      covered('ACTIVE', 'SUCCESSFUL', future),
      'Inspector reports a scan in the future (2026-01-01T01:06:00.000Z)',
    ],
  ])('gives the reason why it waits', (given, reason) => {
    expect(classify(given)).toEqual({ kind: 'waiting', reason });
  });

  it('accepts a scan at the moment of the push, and an image without a status', () => {
    expect(classify(covered('ACTIVE', 'SUCCESSFUL', pushedAt)).kind).toBe('scanned');
    expect(classify(facts({ imageStatus: undefined })).kind).toBe('scanned');
  });

  it('returns whether the image is still monitored, and the latest of several times', () => {
    expect(classify(facts())).toEqual({ kind: 'scanned', scannedAt, monitored: true });
    const rows = [
      { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', lastScannedAt: pushedAt },
      { statusCode: 'ACTIVE', reason: 'SCAN_FREQUENCY_SCAN_ON_PUSH', lastScannedAt: scannedAt },
    ];
    for (const coverage of [rows, [...rows].reverse()]) {
      expect(classify(facts({ coverage }))).toEqual({ kind: 'scanned', scannedAt, monitored: false });
    }
    expect(classify(covered('INACTIVE', 'SCAN_FREQUENCY_SCAN_ON_PUSH'))).toMatchObject({ monitored: false });
  });
});

describe('classifyBasic', () => {
  const basic = { ecrStatus: 'COMPLETE', completedAt: scannedAt, imageStatus: 'ACTIVE', pushedAt, now };
  it.each([
    ['COMPLETE', scannedAt, 'scanned'],
    ['COMPLETE', undefined, 'waiting'],
    ['COMPLETE', earlier, 'waiting'],
    ['COMPLETE', skewed, 'scanned'],
    ['COMPLETE', future, 'waiting'],
    ['IN_PROGRESS', scannedAt, 'waiting'],
    [undefined, undefined, 'waiting'],
    ['ACTIVE', scannedAt, 'unscannable'],
    ['FAILED', scannedAt, 'unscannable'],
    ['SOMETHING', scannedAt, 'waiting'],
  ])('%s at %s is %s', (ecrStatus, completedAt, kind) => {
    expect(classifyBasic({ ...basic, ecrStatus, completedAt }).kind).toBe(kind);
  });

  it('is scanned once, at that time, and not monitored', () => {
    const expected = { kind: 'scanned', scannedAt: pushedAt, monitored: false };
    expect(classifyBasic({ ...basic, completedAt: pushedAt })).toEqual(expected);
    expect(classifyBasic({ ...basic, completedAt: pushedAt, imageStatus: undefined })).toEqual(expected);
  });

  it.each([
    [{ ecrStatus: 'IN_PROGRESS' }, 'ECR reports IN_PROGRESS'],
    [{ ecrStatus: undefined }, 'ECR reports no scan yet'],
    [{ ecrStatus: 'toString' }, 'ECR reports toString'],
    [{ completedAt: undefined }, 'ECR reports COMPLETE without the time of a scan'],
    [{ completedAt: earlier }, 'ECR has not scanned the image since it was pushed'],
    [{ completedAt: new Date('?') }, 'ECR has not scanned the image since it was pushed'],
    [{ pushedAt: new Date('?') }, 'ECR has not scanned the image since it was pushed'],
    [{ completedAt: future }, 'ECR reports a scan in the future (2026-01-01T01:06:00.000Z)'],
  ])('waits at %o and gives the reason', (changes, reason) => {
    expect(classifyBasic({ ...basic, ...changes })).toEqual({ kind: 'waiting', reason });
  });

  it('says what to do if the wait ends', () => {
    expect(classifyBasic({ ...basic, ecrStatus: 'ACTIVE' })).toEqual({
      kind: 'unscannable',
      reason: 'ECR reports ACTIVE, which only enhanced scanning reports',
      nextStep: 'Set scan-type: enhanced, or remove the input.',
    });
    const archived = {
      kind: 'unscannable',
      reason: 'the image is archived',
      nextStep: 'Restore the image in ECR, or push it again.',
    };
    expect(classifyBasic({ ...basic, imageStatus: 'ARCHIVED' })).toEqual(archived);
    expect(classify(facts({ imageStatus: 'ARCHIVED' }))).toEqual(archived);
  });
});
