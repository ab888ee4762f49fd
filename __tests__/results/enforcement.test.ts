import { describe, expect, it } from 'vitest';
import { combineFailures, type ErrorCode, GateError } from '../../src/errors.ts';
import { failedImages, isTolerated } from '../../src/results/modes/enforcement.ts';
import { createFailedImage, createFinding, createImage } from '../report/fixtures.ts';

const OF_IMAGES: readonly ErrorCode[] = [
  'not-found',
  'unscannable',
  'not-proven',
  'not-verified',
  'timeout',
  'aws',
];
const OF_THE_RUN: readonly ErrorCode[] = [
  'input',
  'access-denied',
  'credentials',
  'configuration',
  'signing',
  'cancelled',
  'internal',
];

const errorOf = (code: ErrorCode) => new GateError(code, `an error of kind ${code}`);
const failed = (code: ErrorCode) => createFailedImage(errorOf(code));
const ended = { verdict: 'error', enforced: false, error: undefined } as const;

describe('isTolerated', () => {
  it.each(OF_IMAGES)('covers the failure %s of an image in verify', (code) => {
    expect(isTolerated('verify', { ...ended, images: [createImage(), failed(code)] })).toBe(true);
    expect(isTolerated('verify', { ...ended, error: errorOf(code), images: [] })).toBe(true);
  });

  it.each(OF_THE_RUN)('does not cover %s, even if another image also failed', (code) => {
    for (const images of [[failed(code)], [failed('not-verified'), failed(code)]]) {
      expect(isTolerated('verify', { ...ended, images })).toBe(false);
    }
    const images = [failed('not-proven')];
    expect(isTolerated('verify', { ...ended, error: errorOf(code), images })).toBe(false);
    const both = combineFailures([
      { name: 'one', error: errorOf('not-found') },
      { name: 'other', error: errorOf(code) },
    ]);
    expect(isTolerated('verify', { ...ended, images: [createFailedImage(both)] })).toBe(false);
  });

  it('covers blocked images in both actions, and in the gate only a missing attestation besides', () => {
    const blocked = { verdict: 'block', enforced: false, error: undefined } as const;
    const images = [createImage([createFinding()])];
    expect(isTolerated('gate', { ...blocked, images })).toBe(true);
    expect(isTolerated('verify', { ...blocked, images })).toBe(true);
    for (const code of [...OF_IMAGES, ...OF_THE_RUN]) {
      const isMissing = code === 'not-verified';
      expect(isTolerated('gate', { ...ended, images: [failed(code)] }), code).toBe(isMissing);
      const both = [failed('not-verified'), failed(code), createImage([createFinding()])];
      expect(isTolerated('gate', { ...ended, images: both }), code).toBe(isMissing);
    }
  });

  it('covers nothing if the verdict is enforced, an error without a reason, or no failure', () => {
    for (const action of ['gate', 'verify'] as const) {
      const images = [failed('not-verified')];
      expect(isTolerated(action, { ...ended, enforced: true, images })).toBe(false);
      expect(isTolerated(action, { ...ended, verdict: 'block', enforced: true, images })).toBe(false);
      expect(isTolerated(action, { ...ended, images: [] })).toBe(false);
      expect(isTolerated(action, { ...ended, verdict: 'pass', images: [createImage()] })).toBe(false);
    }
  });
});

describe('failedImages', () => {
  it('are those that are blocked or have no verdict', () => {
    const [passes, blocked, error] = [createImage(), createImage([createFinding()]), failed('aws')];
    expect(failedImages([passes, blocked, error])).toEqual([blocked, error]);
  });
});
