/** What others attach to an image is read in linear time, whatever its content. */
import { describe, expect, it, vi } from 'vitest';
import { unmetCondition } from '../../src/policy/attestations.ts';
import { bundleFacts, sourceInCertificate, timestampTime } from '../../src/signing/evidence/bundle.ts';
import { buildKitV1, PROVENANCE_V1 } from '../signing/provenance.ts';
import { expectLinear } from './cpu.ts';

vi.setConfig({ testTimeout: 300_000 });

const SIZE = 4 * 1024 * 1024;
const repeated = (piece: string, size: number, before = '', after = '') =>
  Buffer.from(
    before + piece.repeat(Math.floor((size - before.length - after.length) / piece.length)) + after,
  );

describe('a bundle', () => {
  it.each<[string, (size: number) => Buffer]>([
    [
      'many entries',
      (size) => repeated('{"logIndex":"1"},', size, '{"verificationMaterial":{"tlogEntries":[', '{}]}}'),
    ],
    ['many members', (size) => repeated('"a":1,', size, '{', '"b":1}')],
    [
      'a long time',
      (size) => repeated('1', size, '{"verificationMaterial":{"tlogEntries":[{"integratedTime":"', '"}]}}'),
    ],
    ['escapes', (size) => repeated('\\n', size, '{"verificationMaterial":"', '"}')],
  ])('with %s', (_, make) => {
    expectLinear(SIZE, make, (bytes) => {
      expect(bundleFacts(bytes)?.times).toBeUndefined();
    });
  });
});

describe('DER', () => {
  it('of more than 64 KiB is not read', () => {
    const values = Buffer.alloc(64 * 1024 + 2, Buffer.from('0500', 'hex'));
    expect(timestampTime(values)).toBeUndefined();
    expect(sourceInCertificate(values)).toEqual({ kind: 'unreadable' });
  });

  it.each<[string, (size: number) => Buffer]>([
    ['many values', (size) => Buffer.alloc(size - (size % 2), Buffer.from('0500', 'hex'))],
    ['deep sequences', (size) => Buffer.alloc(size, Buffer.from('3080', 'hex'))],
    [
      'one large value',
      (size) => Buffer.concat([Buffer.from('3084', 'hex'), uint32(size), Buffer.alloc(size)]),
    ],
  ])('of %s', (_, make) => {
    expectLinear(SIZE, make, (bytes) => {
      expect(timestampTime(bytes)).toBeUndefined();
      expect(sourceInCertificate(bytes).kind).not.toBe('known');
    });
  });
});

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

describe('a predicate', () => {
  const required = {
    type: PROVENANCE_V1,
    signer: { kind: 'public-key', pem: '' },
    trustedRoot: undefined,
    transparencyLog: false,
    builder: ['https://github.com/**/*{a,b}**/?*'],
    sourceRepository: ['https://github.com/team/**a**b**c'],
    maxAgeMs: undefined,
  } as const;

  it.each(['a', '/', '@', '.git', 'https://', '%'])('with a source of many %j', (piece) => {
    expectLinear(
      SIZE,
      (size) => buildKitV1(repeated(piece, size, 'https://github.com/team/').toString()),
      (predicate) => {
        const words = unmetCondition(required, predicate, { kind: 'none' });
        expect(words?.length).toBeLessThan(1_000);
      },
    );
  });
});
