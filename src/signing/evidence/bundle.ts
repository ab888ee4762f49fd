/**
 * The data in a Sigstore bundle besides its signature: when it was signed, and for which repository its certificate was
 * issued. It is used only after cosign has verified that bundle alone. Pure.
 */

import { X509Certificate } from 'node:crypto';
import { givesKeyTwice } from '../../json.ts';
import { isRecord } from '../statements/spelling.ts';
import {
  context,
  type DerValue,
  derValues,
  GENERALIZED_TIME,
  OBJECT_ID,
  OCTET_STRING,
  only,
  SEQUENCE,
  SET,
  sequence,
  UTF8_STRING,
} from './der.ts';

/** The times in a bundle. cosign may have verified only some of them. */
export interface BundleTimes {
  /** The integrated times of entries that have a promise of the log, which is a signature over that time. */
  readonly promised: readonly Date[];
  /** All integrated times. */
  readonly integrated: readonly Date[];
  /** The times of RFC 3161 timestamps. */
  readonly stamped: readonly Date[];
}

export interface BundleFacts {
  /** Undefined if not every time could be read. */
  readonly times: BundleTimes | undefined;
  /** The certificate of the signature, in DER; undefined if it has none. */
  readonly certificate: Buffer | undefined;
  /** From when on the certificate is valid; undefined if there is none, or it cannot be read. */
  readonly validFrom: Date | undefined;
}

/** A certificate has about 2 KiB; a timestamp with its certificates, about 6 KiB. */
const MOST_DER_BYTES = 64 * 1024;
/** sigstore-go accepts at most as many entries and timestamps. */
const MOST_TIMES = 32;

/** Undefined if the bytes are not a bundle, or could be read in two ways. */
export function bundleFacts(bytes: Buffer): BundleFacts | undefined {
  const text = bytes.toString('utf8');
  let bundle: unknown;
  try {
    bundle = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (givesKeyTwice(text, bundle)) return undefined;
  const material = fields(bundle, BUNDLE)?.verificationMaterial;
  const parts = fields(material, MATERIAL);
  if (parts === undefined) return undefined;
  const certificate = certificateIn(parts);
  return { times: timesIn(parts), certificate, validFrom: validFrom(certificate) };
}

type Fields = Readonly<Record<string, unknown>>;

// Source: sigstore/protobuf-specs, sigstore_bundle.proto, sigstore_rekor.proto and sigstore_common.proto.
const BUNDLE = ['mediaType', 'verificationMaterial', 'dsseEnvelope'];
const MATERIAL = [
  'certificate',
  'x509CertificateChain',
  'publicKey',
  'tlogEntries',
  'timestampVerificationData',
];
const LOG_ENTRY = [
  'logIndex',
  'logId',
  'kindVersion',
  'integratedTime',
  'inclusionPromise',
  'inclusionProof',
  'canonicalizedBody',
];

/**
 * The members of an object that has no others than these; undefined otherwise. The JSON form of Protocol Buffers also allows
 * other spellings of a name (`timestamp_verification_data`): cosign would read a time or a certificate that is not found here.
 */
function fields(value: unknown, names: readonly string[]): Fields | undefined {
  return isRecord(value) && Object.keys(value).every((name) => names.includes(name)) ? value : undefined;
}

function timesIn(material: Fields): BundleTimes | undefined {
  const { tlogEntries: entries = [], timestampVerificationData = {} } = material;
  const data = fields(timestampVerificationData, ['rfc3161Timestamps']);
  if (!Array.isArray(entries) || data === undefined) return undefined;
  const { rfc3161Timestamps: stamps = [] } = data;
  if (!Array.isArray(stamps) || entries.length > MOST_TIMES || stamps.length > MOST_TIMES) return undefined;
  const integrated: Date[] = [];
  const promised: Date[] = [];
  for (const item of entries as readonly unknown[]) {
    const entry = fields(item, LOG_ENTRY);
    if (entry === undefined) return undefined;
    const time = integratedTime(entry.integratedTime ?? '0');
    if (time === undefined) return undefined;
    if (time.getTime() === 0) continue;
    integrated.push(time);
    const promise = entry.inclusionPromise;
    if (isRecord(promise) && isBase64(promise.signedEntryTimestamp)) promised.push(time);
  }
  const stamped: Date[] = [];
  for (const stamp of stamps as readonly unknown[]) {
    const encoded = fields(stamp, ['signedTimestamp'])?.signedTimestamp;
    const time = typeof encoded === 'string' ? timestampTime(Buffer.from(encoded, 'base64')) : undefined;
    if (time === undefined) return undefined;
    stamped.push(time);
  }
  return { promised, integrated, stamped };
}

/** Whether a text is base64 of at least one byte. Go skips line breaks, so that a text of nothing else stands for no bytes. */
function isBase64(text: unknown): boolean {
  return typeof text === 'string' && text !== '' && Buffer.from(text, 'base64').toString('base64') === text;
}

function validFrom(certificate: Buffer | undefined): Date | undefined {
  if (certificate === undefined) return undefined;
  try {
    const { validFromDate } = new X509Certificate(certificate);
    return Number.isNaN(validFromDate.getTime()) ? undefined : validFromDate;
  } catch {
    return undefined;
  }
}

/** Seconds since 1970. The JSON form of Protocol Buffers writes 64-bit numbers as text. */
function integratedTime(value: unknown): Date | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,11}$/.test(text) ? new Date(Number(text) * 1000) : undefined;
}

// 1.2.840.113549.1.7.2 (signedData) and 1.2.840.113549.1.9.16.1.4 (id-ct-TSTInfo).
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');
const TIMESTAMP_INFO = Buffer.from('2a864886f70d0109100104', 'hex');

/**
 * The time in a timestamp response; undefined if it has another form. Source: RFC 3161, section 2.4.2 (TimeStampResp,
 * TSTInfo), and RFC 5652, section 5 (SignedData).
 */
export function timestampTime(response: Buffer): Date | undefined {
  if (response.length > MOST_DER_BYTES) return undefined;
  const [, token, ...more] = sequence(response) ?? [];
  if (token?.tag !== SEQUENCE || more.length > 0) return undefined;
  const [type, content] = derValues(token.content) ?? [];
  if (!isId(type, SIGNED_DATA) || content?.tag !== context(0)) return undefined;
  const [, algorithms, encapsulated] = sequence(content.content) ?? [];
  if (algorithms?.tag !== SET || encapsulated?.tag !== SEQUENCE) return undefined;
  const [infoType, info] = derValues(encapsulated.content) ?? [];
  if (!isId(infoType, TIMESTAMP_INFO) || info?.tag !== context(0)) return undefined;
  // version, policy, messageImprint, serialNumber, genTime
  const time = sequence(only(info.content, OCTET_STRING))?.[4];
  return time?.tag === GENERALIZED_TIME ? generalizedTime(time.content.toString('latin1')) : undefined;
}

/** `20261126063000Z`, with or without fractions of a second. RFC 3161 requires UTC. */
function generalizedTime(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function isId(value: DerValue | undefined, id: Buffer): boolean {
  return value?.tag === OBJECT_ID && value.content.equals(id);
}

function certificateIn(material: Fields): Buffer | undefined {
  const { certificate, x509CertificateChain: chain } = material;
  const [first]: readonly unknown[] =
    isRecord(chain) && Array.isArray(chain.certificates) ? chain.certificates : [];
  const leaf = certificate ?? first;
  const raw = isRecord(leaf) ? leaf.rawBytes : undefined;
  return typeof raw === 'string' ? Buffer.from(raw, 'base64') : undefined;
}

/**
 * The certificate in the annotation of a legacy attestation, exactly as cosign writes it; undefined for every other text. Parsers of
 * PEM skip different blocks, so cosign could have verified another certificate than the one that is read here.
 */
export function certificateFromPem(pem: string): Buffer | undefined {
  const [begin, ...lines] = pem.trimEnd().split('\n');
  const end = lines.pop();
  if (begin !== '-----BEGIN CERTIFICATE-----' || end !== '-----END CERTIFICATE-----') return undefined;
  const certificate = Buffer.from(lines.join(''), 'base64');
  const written = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return written.length > 0 && written.join('\n') === lines.join('\n') ? certificate : undefined;
}

/** The repository for which a certificate was issued. */
export type SourceInCertificate =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly uri: string }
  | { readonly kind: 'unreadable' };

// 1.3.6.1.4.1.57264.1.12, Source Repository URI. Source: sigstore/fulcio, docs/oid-info.md.
const SOURCE_REPOSITORY_URI = Buffer.from('2b0601040183bf30010c', 'hex');

/** The source repository that Fulcio wrote into a certificate. */
export function sourceInCertificate(certificate: Buffer): SourceInCertificate {
  if (certificate.length > MOST_DER_BYTES) return { kind: 'unreadable' };
  const [body] = sequence(certificate) ?? [];
  if (body?.tag !== SEQUENCE) return { kind: 'unreadable' };
  const fields = derValues(body.content);
  if (fields === undefined) return { kind: 'unreadable' };
  const list = fields.find(({ tag }) => tag === context(3));
  if (list === undefined) return { kind: 'none' };
  const extensions = sequence(list.content);
  if (extensions === undefined) return { kind: 'unreadable' };
  const found: Buffer[] = [];
  for (const { tag, content } of extensions) {
    const parts = tag === SEQUENCE ? derValues(content) : undefined;
    if (parts === undefined) return { kind: 'unreadable' };
    const value = parts.at(-1);
    if (isId(parts[0], SOURCE_REPOSITORY_URI) && value !== undefined) found.push(value.content);
  }
  const [first, ...others] = found;
  if (first === undefined) return { kind: 'none' };
  const text = only(first, UTF8_STRING);
  if (text === undefined || others.length > 0) return { kind: 'unreadable' };
  return { kind: 'known', uri: text.toString('utf8') };
}
