/** Times and certificates of Sigstore bundles: what is not exactly as the format has it is unknown. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequiredAttestation } from '../../../src/results/attestation.ts';
import { verifiedTime } from '../../../src/signing/attestation-verification.ts';
import {
  type BundleFacts,
  bundleFacts,
  certificateFromPem,
  sourceInCertificate,
  timestampTime,
} from '../../../src/signing/evidence/bundle.ts';
import { derValues, only, sequence } from '../../../src/signing/evidence/der.ts';

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
const hex = (text: string) => Buffer.from(text, 'hex');
const id = (text: string) => der(0x06, hex(text));
const int = der(0x02, hex('01'));

const SIGNED_DATA = '2a864886f70d010702';
const INFO = '2a864886f70d0109100104';

function stamp(time = '20261126063000Z', { tag = 0x18, signed = SIGNED_DATA, info = INFO } = {}): Buffer {
  const tstInfo = der(0x30, int, id('2a03'), der(0x30), int, der(tag, Buffer.from(time)), der(0x30, int));
  const encapsulated = der(0x30, id(info), der(0xa0, der(0x04, tstInfo)));
  const token = der(0x30, id(signed), der(0xa0, der(0x30, int, der(0x31), encapsulated, der(0x31))));
  return der(0x30, der(0x30, der(0x02, hex('00'))), token);
}

describe('a timestamp', () => {
  it('has a time', () => {
    expect(timestampTime(stamp())?.toISOString()).toBe('2026-11-26T06:30:00.000Z');
    expect(timestampTime(stamp('20261126063000.123Z'))?.toISOString()).toBe('2026-11-26T06:30:00.000Z');
  });

  it.each([
    ['another form of time', stamp('261126063000Z', { tag: 0x17 })],
    ['a time without a zone', stamp('20261126063000')],
    ['a time in another zone', stamp('20261126063000+0100')],
    ['a day that no calendar has', stamp('20261341063000Z')],
    ['another content', stamp(undefined, { signed: '2a864886f70d010701' })],
    ['another content inside', stamp(undefined, { info: '2a864886f70d010701' })],
    ['bytes behind it', Buffer.concat([stamp(), int])],
    ['a second token', der(0x30, der(0x30), der(0x30), der(0x30))],
    ['an indefinite length', Buffer.concat([hex('3080'), stamp().subarray(4), hex('0000')])],
    ['nothing', Buffer.alloc(0)],
  ])('with %s has none', (_, bytes) => {
    expect(timestampTime(bytes)).toBeUndefined();
  });

  it('that is cut off or changed has no time, or another one, and throws nothing', () => {
    const whole = stamp();
    for (let end = 0; end < whole.length; end += 1) {
      expect(timestampTime(whole.subarray(0, end))).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void timestampTime(Buffer.from(bytes))),
    );
  });
});

describe('DER', () => {
  it('has one form of each length', () => {
    expect(derValues(hex('0401ff'))).toHaveLength(1);
    for (const other of ['048101ff', '04820001ff', '04850000000001ff', '0480', '04', '0402ff', '1f0100']) {
      expect(derValues(hex(other)), other).toBeUndefined();
    }
    expect(only(hex('0401ff0401ff'), 0x04)).toBeUndefined();
    expect(sequence(hex('0401ff'))).toBeUndefined();
  });
});

function certificate(...extensions: readonly Buffer[]): Buffer {
  const list = der(0xa3, der(0x30, ...extensions));
  return der(0x30, der(0x30, der(0xa0, int), int, list), der(0x30), der(0x03, hex('00')));
}
const extension = (value: Buffer, oid = '2b0601040183bf30010c') => der(0x30, id(oid), der(0x04, value));
const text = (value: string) => der(0x0c, Buffer.from(value));

describe('a certificate', () => {
  it('names the repository that it was issued for', () => {
    const uri = 'https://github.com/team/app';
    expect(sourceInCertificate(certificate(extension(text('x'), '550411'), extension(text(uri))))).toEqual({
      kind: 'known',
      uri,
    });
    expect(sourceInCertificate(certificate(extension(text(uri), '550411')))).toEqual({ kind: 'none' });
  });

  it.each([
    ['is no certificate', Buffer.from('no certificate')],
    ['names two', certificate(extension(text('a')), extension(text('b')))],
    ['names it in another form', certificate(extension(der(0x16, Buffer.from('a'))))],
    ['has an extension that is none', certificate(int)],
  ])('that %s is unreadable', (_, bytes) => {
    expect(sourceInCertificate(bytes)).toEqual({ kind: 'unreadable' });
  });
});

describe('the certificate of a legacy attestation', () => {
  const pemOf = (bytes: Buffer, name = 'CERTIFICATE') => {
    const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${name}-----`, ...lines, `-----END ${name}-----`, ''].join('\n');
  };
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((some) => Buffer.from(some));

  it('is read as cosign writes it', () => {
    fc.assert(fc.property(bytes, (der) => void expect(certificateFromPem(pemOf(der))).toEqual(der)));
    expect(certificateFromPem(pemOf(Buffer.from('a')).trimEnd())).toEqual(Buffer.from('a'));
  });

  it('is unreadable in every other spelling, because parsers differ in what they skip', () => {
    const pem = pemOf(Buffer.alloc(100, 'a'));
    const other = pemOf(Buffer.alloc(100, 'b'));
    for (const text of [
      '',
      other + pem,
      other.replace('\n-----END', '\n-\n-----END') + pem,
      other.replace('-----END', '\n-----END') + pem,
      pemOf(Buffer.alloc(100, 'b'), 'X509 CERTIFICATE'),
      pemOf(Buffer.alloc(100, 'b'), 'TRUSTED CERTIFICATE') + pem,
      `text\n${pem}`,
      `\n${pem}`,
      pem.replace('\n', '\nProc-Type: 4,ENCRYPTED\n\n'),
      pem.replaceAll('\n', '\r\n'),
      pem.replace('=', ''),
      pemOf(Buffer.alloc(0)),
    ])
      expect([text, certificateFromPem(text)]).toEqual([text, undefined]);
    const insert = fc.tuple(
      fc.nat(pem.length - 2),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 20 }),
    );
    fc.assert(
      fc.property(insert, ([at, text]) => {
        const read = certificateFromPem(pem.slice(0, at) + text + pem.slice(at));
        // What is read is all that the text contains.
        if (read !== undefined) expect(pemOf(read)).toBe(pem.slice(0, at) + text + pem.slice(at));
      }),
    );
  });
});

const bundle = (material: object, more: object = {}) =>
  Buffer.from(JSON.stringify({ mediaType: 'x', verificationMaterial: material, dsseEnvelope: {}, ...more }));
const stamped = (bytes: Buffer) => ({
  timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: bytes.toString('base64') }] },
});
const entry = (more: object = {}) => ({
  logIndex: '1',
  integratedTime: '1764158400',
  inclusionPromise: { signedEntryTimestamp: 'AAAA' },
  ...more,
});

describe('a bundle', () => {
  it('has the times of its log entries and timestamps', () => {
    const facts = bundleFacts(
      bundle({ tlogEntries: [entry(), entry({ inclusionPromise: undefined })], ...stamped(stamp()) }),
    );
    const logged = new Date(1_764_158_400_000);
    expect(facts?.times).toEqual({
      promised: [logged],
      integrated: [logged, logged],
      stamped: [new Date('2026-11-26T06:30:00Z')],
    });
    expect(bundleFacts(bundle({ tlogEntries: [entry({ integratedTime: '0' })] }))?.times).toMatchObject({
      integrated: [],
    });
  });

  it.each([
    ['a time that cannot be read', { tlogEntries: [entry({ integratedTime: 'yesterday' })] }],
    ['a negative time', { tlogEntries: [entry({ integratedTime: '-1' })] }],
    ['a fraction', { tlogEntries: [entry({ integratedTime: 1.5 })] }],
    ['a timestamp that cannot be read', stamped(Buffer.from('no timestamp'))],
    ['the time in another spelling', { tlogEntries: [{ logIndex: '1', integrated_time: '1764158400' }] }],
    ['entries that are not a list', { tlogEntries: {} }],
    ['too many entries', { tlogEntries: Array.from({ length: 33 }, () => entry()) }],
    ['timestamps in another spelling', { timestampVerificationData: { rfc3161_timestamps: [] } }],
  ])('with %s has no times', (_, material) => {
    expect(bundleFacts(bundle(material))).toMatchObject({ times: undefined });
  });

  it('that can be read in two ways has nothing', () => {
    expect(bundleFacts(bundle({ tlog_entries: [] }))).toBeUndefined();
    expect(bundleFacts(bundle({}, { verification_material: {} }))).toBeUndefined();
    expect(bundleFacts(Buffer.from('{"verificationMaterial":{},"verificationMaterial":{}}'))).toBeUndefined();
    expect(bundleFacts(Buffer.from('[]'))).toBeUndefined();
    fc.assert(
      fc.property(fc.json(), (json) => {
        bundleFacts(Buffer.from(json));
        bundleFacts(Buffer.from(`{"verificationMaterial":${json}}`));
      }),
    );
  });
});

describe('the time of an attestation', () => {
  const [early, late] = [new Date(1_000_000), new Date(2_000_000)];
  const times = { promised: [late], integrated: [late], stamped: [] as Date[] };
  const facts = (changes: Partial<typeof times> = {}, validFrom: Date | undefined = late): BundleFacts => ({
    times: { ...times, ...changes },
    certificate: undefined,
    validFrom,
  });
  const required = (kind: 'identity' | 'public-key', transparencyLog: boolean): RequiredAttestation => ({
    type: 'urn:type',
    signer: kind === 'identity' ? { kind, identity: 'a', issuer: 'b' } : { kind, pem: '' },
    trustedRoot: undefined,
    transparencyLog,
    builder: undefined,
    sourceRepository: undefined,
    maxAgeMs: 1,
  });

  it('is the oldest of all, because only one of them has to be verified', () => {
    for (const logged of [true, false]) {
      expect(verifiedTime(required('identity', logged), facts({ stamped: [early] }))).toEqual(early);
      expect(
        verifiedTime(required('identity', logged), facts({ stamped: [late], integrated: [early] })),
      ).toEqual(early);
    }
    expect(verifiedTime(required('identity', true), facts())).toEqual(late);
  });

  it('is not later than the certificate, because an old signature can get a later timestamp', () => {
    for (const logged of [true, false]) {
      expect(verifiedTime(required('identity', logged), facts({ stamped: [late] }, early))).toEqual(early);
      const unreadable = { ...facts({ stamped: [late] }), validFrom: undefined };
      expect(verifiedTime(required('identity', logged), unreadable)).toBeUndefined();
    }
  });

  it('is unknown if cosign had to verify none', () => {
    expect(verifiedTime(required('identity', true), undefined)).toBeUndefined();
    // A time that the log has not signed.
    expect(verifiedTime(required('identity', true), facts({ promised: [] }))).toBeUndefined();
    expect(verifiedTime(required('identity', false), facts())).toBeUndefined();
  });

  it('is always unknown for a key, because anyone can get a later time for its signature', () => {
    for (const logged of [true, false]) {
      for (const given of [facts(), facts({ stamped: [early] }), { ...facts(), validFrom: undefined }]) {
        expect(verifiedTime(required('public-key', logged), given)).toBeUndefined();
      }
    }
  });
});

it.each([
  '',
  '\n',
  '\n\n\n\n',
  ' AAAA',
  'AAAA\n',
  'AA=A',
  '=',
  7,
  null,
  undefined,
])('a promise of %j is no signature of the log over its time', (signedEntryTimestamp) => {
  const entry = { integratedTime: '1764158400', inclusionPromise: { signedEntryTimestamp } };
  const read = bundleFacts(Buffer.from(JSON.stringify({ verificationMaterial: { tlogEntries: [entry] } })));
  expect(read?.times).toMatchObject({ promised: [], integrated: [new Date(1_764_158_400_000)] });
});
