/** A temporary certificate authority, and leaf certificates for the emulated hosts (X.509 v3, P-256). */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly pem: string;
  readonly key: KeyObject;
}

export interface Authority extends Certificate {
  /** A certificate for one host name. */
  issue(host: string): Certificate;
}

const DAY_MS = 24 * 3_600_000;
const NAME = 'ECR Deployment Gate emulator';

export function createAuthority(): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = distinguishedName(NAME);
  const keyId = createHash('sha1')
    .update(keys.publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
  const make = (subject: Buffer, publicKey: KeyObject, extensions: Buffer[]) => {
    const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
    const now = Date.now();
    const body = sequence(
      tagged(0xa0, integer(Buffer.of(2))),
      integer(Buffer.concat([Buffer.of(0x01), randomBytes(8)])),
      algorithm,
      name,
      sequence(time(now - DAY_MS), time(now + 7 * DAY_MS)),
      subject,
      publicKey.export({ type: 'spki', format: 'der' }),
      tagged(0xa3, sequence(...extensions)),
    );
    const signature = sign('sha256', body, keys.privateKey);
    const der = sequence(body, algorithm, tagged(0x03, Buffer.of(0), signature));
    const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  };
  const authorityKeyId = extension('2.5.29.35', false, sequence(tagged(0x80, keyId)));
  return {
    key: keys.privateKey,
    pem: make(name, keys.publicKey, [
      extension('2.5.29.19', true, sequence(TRUE)),
      // keyCertSign and cRLSign.
      extension('2.5.29.15', true, tagged(0x03, Buffer.of(1, 0x06))),
      extension('2.5.29.14', false, tagged(0x04, keyId)),
    ]),
    issue: (host) => {
      const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const pem = make(distinguishedName('emulated host'), leaf.publicKey, [
        extension('2.5.29.19', true, sequence()),
        // digitalSignature.
        extension('2.5.29.15', true, tagged(0x03, Buffer.of(7, 0x80))),
        extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
        extension('2.5.29.17', false, sequence(tagged(0x82, Buffer.from(host, 'ascii')))),
        authorityKeyId,
      ]);
      return { pem, key: leaf.privateKey };
    },
  };
}

// DER (X.690), as far as these certificates use it.

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const TRUE = tagged(0x01, Buffer.of(0xff));

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [40 * first + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [TRUE] : []), tagged(0x04, value));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('2.5.4.3'), tagged(0x0c, Buffer.from(commonName, 'utf8')))));
}

/** A UTCTime, which RFC 5280 requires until 2049. */
function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${text}Z`, 'ascii'));
}
