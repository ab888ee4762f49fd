/** Checks whether a KMS key can sign, before the wait for the scan and without signing anything. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GateError } from '../errors.ts';
import type { Registry } from '../results/registry.ts';
import { verifyBlobArguments } from './cosign/arguments.ts';
import { type CosignSession, call, failureOf } from './cosign/session.ts';
import type { SigningKey } from './key.ts';

/** If KMS does not respond in this time, the check has no result. */
const MOST_MS = 20_000;

const BLOB = 'Used to check whether the signing key can be used.';

/** A bundle with a signature that no key can have made: 1 and 1, as ECDSA encodes them. */
const INVALID_BUNDLE = JSON.stringify({
  mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  verificationMaterial: { publicKey: { hint: '' } },
  messageSignature: {
    messageDigest: { algorithm: 'SHA2_256', digest: createHash('sha256').update(BLOB).digest('base64') },
    signature: 'MAYCAQECAQE=',
  },
});

/**
 * Has cosign verify an invalid signature with the key. cosign then reads the key (kms:GetPublicKey, kms:DescribeKey) and
 * chooses an algorithm. Only failures with a known cause are reported, such as a key that does not exist, is disabled or
 * cannot sign, or a missing permission. Every other result says nothing against the key, the invalid signature included.
 * @throws GateError `signing`
 */
export async function checkKmsKey(
  session: CosignSession,
  key: SigningKey & { kind: 'kms' },
  registry: Registry,
): Promise<void> {
  const files = {
    bundle: join(session.home, 'key-check.sigstore.json'),
    blob: join(session.home, 'key-check.txt'),
    trustedRoot: session.emptyRoot,
  };
  await writeFile(files.bundle, INVALID_BUNDLE, { mode: 0o600 });
  await writeFile(files.blob, BLOB, { mode: 0o600 });
  const result = await call(session, verifyBlobArguments(key, files), registry, { mostMs: MOST_MS });
  if (result.exitCode === 0 || result.timedOut) return;
  const { message, nextStep, transient } = failureOf(result);
  if (transient || nextStep === undefined) return;
  throw new GateError('signing', `The signing key ${key.reference} cannot be used: ${message}`, { nextStep });
}
