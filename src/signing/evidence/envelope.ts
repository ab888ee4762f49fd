/** DSSE envelopes: reading them from bundles and legacy attestations, and whether a public key signed one. Pure. */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { readLoosely, type Statement } from '../statements/statement.ts';

/** An envelope whose signatures are not verified yet. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Buffer;
  readonly signatures: readonly Buffer[];
  /** The payload, read tolerantly. */
  readonly statement: Statement;
}

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

/**
 * The envelope in the bytes of a Sigstore bundle or of a legacy attestation; undefined if there is none that holds a
 * statement. Compressed layers are decompressed, as cosign does.
 * @param mostBytes the largest size after decompression
 * @throws RangeError if it is larger
 */
export function envelopeIn(bytes: Buffer, mostBytes: number): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(decompressed(bytes, mostBytes).toString('utf8'));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
  const bundle = record(value);
  // The JSON form of Protocol Buffers allows both names of a field.
  const envelope = record(bundle?.dsseEnvelope ?? bundle?.dsse_envelope) ?? bundle;
  const payloadType = envelope?.payloadType ?? envelope?.payload_type;
  if (typeof envelope?.payload !== 'string' || typeof payloadType !== 'string') return undefined;
  const payload = Buffer.from(envelope.payload, 'base64');
  const statement = readLoosely(payload.toString('utf8'));
  if (statement === undefined) return undefined;
  const signatures = (Array.isArray(envelope.signatures) ? envelope.signatures : []).flatMap((signature) => {
    const sig = record(signature)?.sig;
    return typeof sig === 'string' ? [Buffer.from(sig, 'base64')] : [];
  });
  return { payloadType, payload, signatures, statement };
}

function decompressed(bytes: Buffer, maxOutputLength: number): Buffer {
  const begins = (magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (begins(GZIP)) return gunzipSync(bytes, { maxOutputLength });
  return begins(ZSTD) ? zstdDecompressSync(bytes, { maxOutputLength }) : bytes;
}

/**
 * Returns a function that tells whether a key made one of an envelope's signatures, with any algorithm that this kind of
 * key supports. It is used only for what revokes a verdict: cosign decides what counts for an image.
 * @param pem a public key
 * @throws Error if it is not a public key
 */
export function signedBy(pem: string): (envelope: Envelope) => boolean {
  const key = createPublicKey(pem);
  const algorithms = algorithmsOf(key);
  return ({ payloadType, payload, signatures }) => {
    const signed = preAuthenticationEncoding(payloadType, payload);
    return signatures.some((signature) =>
      algorithms.some(({ hash, ...padding }) => verify(hash, signed, { key, ...padding }, signature)),
    );
  };
}

/** The bytes of an envelope that are signed. Source: secure-systems-lab/dsse, protocol.md. */
function preAuthenticationEncoding(payloadType: string, payload: Buffer): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    payload,
  ]);
}

interface Algorithm {
  readonly hash: string | undefined;
  readonly padding?: number;
}

const HASHES = ['sha256', 'sha384', 'sha512'];

function algorithmsOf({ asymmetricKeyType }: KeyObject): Algorithm[] {
  if (asymmetricKeyType === 'ed25519') return [{ hash: undefined }];
  if (!asymmetricKeyType?.startsWith('rsa')) return HASHES.map((hash) => ({ hash }));
  const pss = constants.RSA_PKCS1_PSS_PADDING;
  const paddings = asymmetricKeyType === 'rsa' ? [constants.RSA_PKCS1_PADDING, pss] : [pss];
  return HASHES.flatMap((hash) => paddings.map((padding) => ({ hash, padding })));
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
