/** KMS's GetPublicKey, DescribeKey and Sign (AWS JSON 1.1), with real asymmetric keys. */
import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt } from 'node:crypto';
import { type Answer, epochSeconds, ServiceError } from './answer.ts';
import { error } from './faults.ts';
import type { JsonObject, KeyDefinition } from './scenario.ts';
import { list, oneOf, problem, type Shape, structure, text } from './shapes.ts';

/** A key of the scenario. A symmetric one is for tests of its refusal. */
export type KmsKey = KeyDefinition;

export interface Kms {
  /** Responds to an operation. Refusals are responses too. */
  handle(operation: string, input: unknown): Answer;
  /** The public key, for verification. */
  publicKeyPem(id: string): string;
  arn(id: string): string;
}

type Spec = NonNullable<KmsKey['spec']>;

interface Key {
  readonly definition: KmsKey;
  readonly spec: Spec;
  readonly arn: string;
  readonly pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;
}

interface Input {
  readonly KeyId: string;
  readonly Message: string;
  readonly MessageType?: 'RAW' | 'DIGEST' | null;
  readonly SigningAlgorithm: string;
}

// In the order in which KMS lists them: cosign takes the first.
const ALGORITHMS: Readonly<Record<Spec, readonly string[]>> = {
  ECC_NIST_P256: ['ECDSA_SHA_256'],
  RSA_2048: ['RSASSA_PKCS1_V1_5_SHA_256'],
  SYMMETRIC_DEFAULT: [],
};

const DELETION_WAIT_MS = 7 * 86_400_000;

const keyId = text({ min: 1, max: 2048 });
const GrantTokens = list(text(), 0, 10);

const SHAPES: Readonly<Record<string, Shape>> = {
  GetPublicKey: structure({ KeyId: keyId, GrantTokens }, ['KeyId']),
  DescribeKey: structure({ KeyId: keyId, GrantTokens }, ['KeyId']),
  Sign: structure(
    {
      KeyId: keyId,
      GrantTokens,
      Message: text({
        pattern: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
        min: 1,
        max: 5464,
      }),
      MessageType: oneOf('RAW', 'DIGEST'),
      SigningAlgorithm: text(),
    },
    ['KeyId', 'Message', 'SigningAlgorithm'],
  ),
};

export function createKms(
  definitions: readonly KmsKey[],
  { account, region, now }: { readonly account: string; readonly region: string; readonly now: () => number },
): Kms {
  const prefix = `arn:aws:kms:${region}:${account}`;
  const createdAt = now();
  const keys = definitions.map((definition): Key => {
    const spec = definition.spec ?? 'ECC_NIST_P256';
    return { definition, spec, arn: `${prefix}:key/${definition.id}`, pair: newPair(spec) };
  });

  function find(name: string): Key | undefined {
    return keys.find(({ definition: { id, alias }, arn }) =>
      [id, arn, ...(alias === undefined ? [] : [alias, `${prefix}:${alias}`])].includes(name),
    );
  }

  function lookUp(name: string): Key {
    const key = find(name);
    if (key !== undefined) return key;
    if (/(?:^|:)alias\//.test(name)) {
      const arn = name.startsWith('arn:') ? name : `${prefix}:${name}`;
      throw new ServiceError('NotFoundException', `Alias ${arn} is not found.`);
    }
    const arn = name.startsWith('arn:') ? name : `${prefix}:key/${name}`;
    throw new ServiceError('NotFoundException', `Key '${arn}' does not exist`);
  }

  function answer(operation: string, input: Input): JsonObject {
    const key = lookUp(input.KeyId);
    const { definition, spec, arn } = key;
    const { usage = spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : 'SIGN_VERIFY', state = 'Enabled' } =
      definition;
    if (definition.deny?.includes(operation)) {
      throw new ServiceError(
        'AccessDeniedException',
        `User: arn:aws:sts::${account}:assumed-role/deployment-gate/job is not authorized to perform: kms:${operation} on resource: ${arn} because no identity-based policy allows the kms:${operation} action`,
      );
    }
    const signing = usage === 'SIGN_VERIFY' ? { SigningAlgorithms: ALGORITHMS[spec] } : {};
    if (operation === 'DescribeKey') {
      return {
        KeyMetadata: {
          AWSAccountId: account,
          Arn: arn,
          CreationDate: epochSeconds(createdAt),
          CustomerMasterKeySpec: spec,
          Description: '',
          Enabled: state === 'Enabled',
          KeyId: definition.id,
          ...(state === 'PendingDeletion'
            ? { DeletionDate: epochSeconds(createdAt + DELETION_WAIT_MS) }
            : {}),
          KeyManager: definition.manager ?? 'CUSTOMER',
          KeySpec: spec,
          KeyState: state,
          KeyUsage: usage,
          MultiRegion: false,
          Origin: 'AWS_KMS',
          ...signing,
        },
      };
    }
    if (state === 'Disabled') throw new ServiceError('DisabledException', `${arn} is disabled.`);
    if (state !== 'Enabled')
      throw new ServiceError('KMSInvalidStateException', `${arn} is pending deletion.`);
    if (key.pair === undefined) {
      throw new ServiceError(
        'UnsupportedOperationException',
        `${arn} key spec ${spec} is not valid for ${operation}.`,
      );
    }
    if (operation === 'GetPublicKey') {
      const der = key.pair.publicKey.export({ type: 'spki', format: 'der' });
      return {
        CustomerMasterKeySpec: spec,
        KeyId: arn,
        KeySpec: spec,
        KeyUsage: usage,
        PublicKey: der.toString('base64'),
        ...signing,
      };
    }
    if (usage !== 'SIGN_VERIFY') {
      throw new ServiceError(
        'InvalidKeyUsageException',
        `${arn} key usage is ${usage} which is not valid for Sign.`,
      );
    }
    const { SigningAlgorithm } = input;
    if (!ALGORITHMS[spec].includes(SigningAlgorithm)) {
      const incompatible = `Algorithm ${SigningAlgorithm} is incompatible with key spec ${spec}.`;
      throw new ServiceError('InvalidKeyUsageException', incompatible);
    }
    const message = Buffer.from(input.Message, 'base64');
    if (input.MessageType === 'DIGEST' && message.length !== 32) {
      throw new ServiceError(
        'ValidationException',
        `Digest is invalid length for algorithm ${SigningAlgorithm}.`,
      );
    }
    const digest = input.MessageType === 'DIGEST' ? message : createHash('sha256').update(message).digest();
    const sign = spec === 'RSA_2048' ? signRsa : signEcdsa;
    return { KeyId: arn, Signature: sign(key.pair.privateKey, digest).toString('base64'), SigningAlgorithm };
  }

  return {
    arn: (id) => lookUp(id).arn,
    publicKeyPem: (id) => {
      const { pair, spec } = lookUp(id);
      if (pair === undefined) throw new Error(`a key of spec ${spec} has no public half`);
      return pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    },
    handle: (operation, input) => {
      const shape = SHAPES[operation];
      if (shape === undefined) {
        return error(400, 'UnknownOperationException', `The emulator does not have KMS's ${operation}`);
      }
      const wrong = problem(shape, input, '');
      if (wrong !== undefined)
        return error(400, 'ValidationException', `1 validation error detected: ${wrong}`);
      try {
        return { status: 200, body: answer(operation, input as Input) };
      } catch (failure) {
        if (failure instanceof ServiceError) return failure.answer();
        throw failure;
      }
    },
  };
}

function newPair(spec: Spec): Key['pair'] {
  switch (spec) {
    case 'ECC_NIST_P256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'RSA_2048':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'SYMMETRIC_DEFAULT':
      return undefined;
  }
}

// The order of the group (FIPS 186-4, D.1.2.3).
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * ECDSA over a given SHA-256 digest (FIPS 186-4, 6.4): Node's own `sign` always hashes what it is
 * given. The key pair that is made for each signature is its nonce and the nonce's point, so that no
 * arithmetic on the curve is needed here.
 */
function signEcdsa(key: KeyObject, digest: Buffer): Buffer {
  const secret = number(key.export({ format: 'jwk' }).d);
  for (;;) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const nonce = privateKey.export({ format: 'jwk' });
    const r = number(nonce.x) % ORDER;
    const s = (inverse(number(nonce.d)) * (BigInt(`0x${digest.toString('hex')}`) + r * secret)) % ORDER;
    if (r !== 0n && s !== 0n) return derSequence(derInteger(r), derInteger(s));
  }
}

// The prefix of a SHA-256 digest in a PKCS #1 v1.5 signature (RFC 8017, 9.2).
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

function signRsa(key: KeyObject, digest: Buffer): Buffer {
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([DIGEST_INFO, digest]));
}

/** The inverse modulo the order, which is prime (Fermat). */
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

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  // A first bit that is set would make it negative.
  const positive = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return Buffer.concat([Buffer.of(0x02, positive.length), positive]);
}

function derSequence(...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}
