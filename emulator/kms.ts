/** KMS's GetPublicKey, DescribeKey and Sign with real ECC_NIST_P256 keys. */
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type Answer, ServiceError } from './answer.ts';
import type { Json, KeyDefinition } from './scenario.ts';

const ALGORITHM = 'ECDSA_SHA_256';

/** The order of the P-256 group (FIPS 186-4, D.1.2.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

interface Key {
  readonly definition: KeyDefinition;
  readonly publicKey: KeyObject;
  readonly secret: bigint;
}

export interface Kms {
  handle(operation: string, input: unknown): Answer;
  /** The key's public half, as anyone verifies with. */
  publicKeyPem(id: string): string;
  arn(id: string): string;
}

export function createKms(
  definitions: readonly KeyDefinition[],
  { account, region, now }: { account: string; region: string; now: () => number },
): Kms {
  const keys = definitions.map((definition): Key => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { definition, publicKey, secret: number(privateKey.export({ format: 'jwk' }).d) };
  });
  const prefix = `arn:aws:kms:${region}:${account}`;
  const arn = (id: string) => `${prefix}:key/${id}`;

  const find = (name: string) =>
    keys.find(({ definition: { id, alias } }) => [id, arn(id), alias, `${prefix}:${alias}`].includes(name));
  const refuse = (type: string, message: string) => new ServiceError(type, message).answer();

  return {
    arn,
    publicKeyPem: (id) => {
      const key = find(id);
      if (key === undefined) throw new Error(`the scenario has no key ${id}`);
      return key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    },
    handle: (operation, input) => {
      const members = MEMBERS[operation];
      if (members === undefined) return refuse('UnknownOperationException', `${operation} is not emulated`);
      const request = input as Record<string, unknown>;
      const unknown = Object.keys(request).find((member) => !members.includes(member));
      if (unknown !== undefined)
        return refuse('ValidationException', `${operation} has no member ${unknown}`);
      const name = request.KeyId;
      if (typeof name !== 'string') return refuse('ValidationException', 'KeyId is missing');
      const key = find(name);
      if (key === undefined) {
        const what = name.includes('alias/') ? 'Alias' : 'Key';
        return refuse(
          'NotFoundException',
          `${what} ${name.startsWith('arn:') ? name : `${prefix}:${name}`} is not found.`,
        );
      }
      const { definition, publicKey } = key;
      const { id, spec = 'ECC_NIST_P256', usage = 'SIGN_VERIFY', state = 'Enabled' } = definition;
      if (definition.deny?.includes(operation)) {
        return refuse(
          'AccessDeniedException',
          `User: arn:aws:sts::${account}:assumed-role/release/gate is not authorized to perform: kms:${operation} on resource: ${arn(id)} because no identity-based policy allows the kms:${operation} action`,
        );
      }
      const algorithms = usage === 'SIGN_VERIFY' ? { SigningAlgorithms: [ALGORITHM] } : {};
      if (operation === 'DescribeKey') {
        return ok({
          KeyMetadata: {
            AWSAccountId: account,
            Arn: arn(id),
            CreationDate: Math.floor(now() / 1000),
            Enabled: state === 'Enabled',
            KeyId: id,
            KeyManager: 'CUSTOMER',
            KeySpec: spec,
            KeyState: state,
            KeyUsage: usage,
            ...algorithms,
          },
        });
      }
      if (state === 'Disabled') return refuse('DisabledException', `${arn(id)} is disabled.`);
      if (state !== 'Enabled') return refuse('KMSInvalidStateException', `${arn(id)} is pending deletion.`);
      if (usage !== 'SIGN_VERIFY')
        return refuse('InvalidKeyUsageException', `${arn(id)} key usage is ${usage}`);
      if (spec !== 'ECC_NIST_P256')
        return refuse('UnsupportedOperationException', `${spec} keys are not emulated`);
      if (operation === 'GetPublicKey') {
        const der = publicKey.export({ type: 'spki', format: 'der' });
        return ok({
          KeyId: arn(id),
          KeySpec: spec,
          KeyUsage: usage,
          PublicKey: der.toString('base64'),
          ...algorithms,
        });
      }
      if (request.SigningAlgorithm !== ALGORITHM) {
        return refuse(
          'InvalidKeyUsageException',
          `Algorithm ${request.SigningAlgorithm} is incompatible with key spec ${spec}.`,
        );
      }
      if (typeof request.Message !== 'string') return refuse('ValidationException', 'Message is missing');
      const message = Buffer.from(request.Message, 'base64');
      const isDigest = request.MessageType === 'DIGEST';
      if (isDigest && message.length !== 32) {
        return refuse('ValidationException', 'Digest is invalid length for algorithm ECDSA_SHA_256.');
      }
      const digest = isDigest ? message : createHash('sha256').update(message).digest();
      return ok({
        KeyId: arn(id),
        Signature: signDigest(key.secret, digest).toString('base64'),
        SigningAlgorithm: ALGORITHM,
      });
    },
  };
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  GetPublicKey: ['KeyId', 'GrantTokens'],
  DescribeKey: ['KeyId', 'GrantTokens'],
  Sign: ['KeyId', 'Message', 'MessageType', 'SigningAlgorithm', 'GrantTokens', 'DryRun'],
};

function ok(body: Json): Answer {
  return { status: 200, body };
}

/**
 * ECDSA over a digest as it is given (FIPS 186-4, 6.4). Node's own `sign` hashes first, always. A fresh key
 * pair is a nonce and its point, so no curve arithmetic is needed here.
 */
function signDigest(secret: bigint, digest: Buffer): Buffer {
  for (;;) {
    const nonce = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    const r = number(nonce.x) % ORDER;
    const s = (inverse(number(nonce.d)) * (number(digest.toString('base64url')) + r * secret)) % ORDER;
    if (r !== 0n && s !== 0n) return sequence(integer(r), integer(s));
  }
}

/** By Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = value % ORDER;
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}

function number(base64url: string | undefined): bigint {
  return BigInt(`0x${Buffer.from(base64url ?? '', 'base64url').toString('hex')}`);
}

function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const positive = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return Buffer.concat([Buffer.of(0x02, positive.length), positive]);
}

function sequence(...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}
