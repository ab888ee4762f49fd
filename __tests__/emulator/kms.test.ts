/** The emulated keys: their signatures verify with their public keys, and they refuse the requests that KMS refuses. */
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKms, type KmsKey } from '../../emulator/kms.ts';
import { createSts } from '../../emulator/sts.ts';

const account = '111122223333';
const region = 'eu-central-1';
const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ARN = `arn:aws:kms:${region}:${account}:key/${ID}`;
const now = () => Date.UTC(2026, 0, 1);

function kmsWith(key: Partial<KmsKey> = {}) {
  return createKms([{ id: ID, alias: 'alias/release', ...key }], { account, region, now });
}

type Body = Record<string, unknown>;

function good(kms: ReturnType<typeof createKms>, operation: string, input: object): Body {
  const { status, body } = kms.handle(operation, input);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as Body;
}

function refused(kms: ReturnType<typeof createKms>, operation: string, input: unknown): [string, string] {
  const { status, body } = kms.handle(operation, input);
  expect(status).toBe(400);
  const { __type, message } = body as Record<string, string>;
  return [__type ?? '', message ?? ''];
}

const sign = (message: Buffer, more: object = {}) => ({
  KeyId: ID,
  Message: message.toString('base64'),
  MessageType: 'DIGEST',
  SigningAlgorithm: 'ECDSA_SHA_256',
  ...more,
});

describe('signatures', () => {
  it.each([
    ['ECC_NIST_P256', 'ECDSA_SHA_256'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256'],
  ] as const)('of %s verify over the message whose digest was signed', (spec, SigningAlgorithm) => {
    const kms = kmsWith({ spec });
    const { PublicKey } = good(kms, 'GetPublicKey', { KeyId: ARN });
    const key = createPublicKey({
      key: Buffer.from(String(PublicKey), 'base64'),
      format: 'der',
      type: 'spki',
    });
    // More than once: one signature in two has a number whose first bit is set, which DER writes differently.
    for (let round = 0; round < 20; round++) {
      const message = randomBytes(round * 7);
      const digest = createHash('sha256').update(message).digest();
      const { Signature, KeyId } = good(kms, 'Sign', sign(digest, { SigningAlgorithm }));
      expect(KeyId).toBe(ARN);
      const signature = Buffer.from(String(Signature), 'base64');
      expect(verify('sha256', message, key, signature)).toBe(true);
      expect(verify('sha256', digest, key, signature)).toBe(false);
    }
  });

  it('are over the given digest, also of zeros or ones', () => {
    const kms = kmsWith();
    for (const byte of [0x00, 0xff]) {
      const { Signature } = good(kms, 'Sign', sign(Buffer.alloc(32, byte)));
      expect(Buffer.from(String(Signature), 'base64')[0]).toBe(0x30);
    }
  });

  it('are over the digest of a RAW message, which is the default', () => {
    const kms = kmsWith();
    const message = Buffer.from('a message');
    const { MessageType: _, ...withoutType } = sign(message);
    for (const input of [sign(message, { MessageType: 'RAW' }), withoutType]) {
      const { Signature } = good(kms, 'Sign', input);
      expect(verify('sha256', message, kms.publicKeyPem(ID), Buffer.from(String(Signature), 'base64'))).toBe(
        true,
      );
    }
  });

  it('by another key do not verify', () => {
    const message = Buffer.from('a message');
    const { Signature } = good(kmsWith(), 'Sign', sign(message, { MessageType: 'RAW' }));
    const signature = Buffer.from(String(Signature), 'base64');
    expect(verify('sha256', message, kmsWith().publicKeyPem(ID), signature)).toBe(false);
  });
});

it.each([
  ID,
  ARN,
  'alias/release',
  `arn:aws:kms:${region}:${account}:alias/release`,
])('finds its key as %s', (KeyId) => {
  const kms = kmsWith();
  expect(good(kms, 'DescribeKey', { KeyId })).toMatchObject({
    KeyMetadata: {
      Arn: ARN,
      KeyId: ID,
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      KeyState: 'Enabled',
      Enabled: true,
      SigningAlgorithms: ['ECDSA_SHA_256'],
    },
  });
  expect(good(kms, 'GetPublicKey', { KeyId })).toMatchObject({
    KeyId: ARN,
    SigningAlgorithms: ['ECDSA_SHA_256'],
  });
  expect(kms.arn(KeyId)).toBe(ARN);
});

it.each([
  ['alias/other', `Alias arn:aws:kms:${region}:${account}:alias/other is not found.`],
  ['other', `Key 'arn:aws:kms:${region}:${account}:key/other' does not exist`],
  [ARN.replace(region, 'us-east-1'), `Key '${ARN.replace(region, 'us-east-1')}' does not exist`],
])('does not find %s', (KeyId, message) => {
  expect(refused(kmsWith(), 'DescribeKey', { KeyId })).toEqual(['NotFoundException', message]);
});

it('refuses denied operations, and no others', () => {
  const kms = kmsWith({ deny: ['Sign'] });
  good(kms, 'DescribeKey', { KeyId: ID });
  good(kms, 'GetPublicKey', { KeyId: ID });
  expect(refused(kms, 'Sign', sign(Buffer.alloc(32)))).toEqual([
    'AccessDeniedException',
    `User: arn:aws:sts::${account}:assumed-role/deployment-gate/job is not authorized to perform: kms:Sign on resource: ${ARN} because no identity-based policy allows the kms:Sign action`,
  ]);
});

it.each([
  ['a disabled key', { state: 'Disabled' }, 'DisabledException'],
  ['a key that is to be deleted', { state: 'PendingDeletion' }, 'KMSInvalidStateException'],
  ['a symmetric key', { spec: 'SYMMETRIC_DEFAULT' }, 'UnsupportedOperationException'],
  ['a key for encryption', { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' }, 'InvalidKeyUsageException'],
] as const)('does not sign by %s, but describes it', (_, key, type) => {
  const kms = kmsWith(key);
  good(kms, 'DescribeKey', { KeyId: ID });
  expect(refused(kms, 'Sign', sign(Buffer.alloc(32)))[0]).toBe(type);
});

it.each([
  ['a digest of another length', sign(Buffer.alloc(20)), 'ValidationException', /invalid length/],
  [
    'another algorithm',
    sign(Buffer.alloc(32), { SigningAlgorithm: 'ECDSA_SHA_384' }),
    'InvalidKeyUsageException',
    /incompatible/,
  ],
  [
    'a member that is not modelled',
    sign(Buffer.alloc(32), { DryRun: true }),
    'ValidationException',
    /DryRun/,
  ],
  [
    'another message type',
    sign(Buffer.alloc(32), { MessageType: 'EXTERNAL_MU' }),
    'ValidationException',
    /MessageType/,
  ],
  ['no message', { KeyId: ID, SigningAlgorithm: 'ECDSA_SHA_256' }, 'ValidationException', /Message/],
  [
    'a message that is not base64',
    sign(Buffer.alloc(32), { Message: '§§§§' }),
    'ValidationException',
    /Message/,
  ],
  ['no structure', [], 'ValidationException', /structure/],
])('refuses to sign %s', (_, input, type, message) => {
  expect(refused(kmsWith(), 'Sign', input)).toEqual([type, expect.stringMatching(message)]);
});

it('refuses operations that are not emulated', () => {
  expect(refused(kmsWith(), 'Verify', { KeyId: ID })[0]).toBe('UnknownOperationException');
});

it('says who the caller is, and lets it become what the scenario says', () => {
  const role = 'arn:aws:iam::210987654321:role/auditor';
  const sts = createSts({ account, assumable: [role], now: () => 0 });
  expect(sts.handle('GetCallerIdentity', {})).toMatchObject({ status: 200, body: { Account: account } });
  const session = { RoleArn: role, RoleSessionName: 'audit' };
  expect(sts.handle('AssumeRole', session)).toMatchObject({
    status: 200,
    body: { Credentials: { Expiration: '1970-01-01T01:00:00.000Z' } },
  });
  expect(sts.handle('AssumeRole', { ...session, RoleArn: `${role}2` })).toMatchObject({
    status: 403,
    errorType: 'AccessDenied',
  });
  expect(sts.handle('GetSessionToken', {})).toMatchObject({ errorType: 'UnknownOperationException' });
});
