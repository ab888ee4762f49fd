/** Whose signatures count: the public key, or the identity in a certificate, that cosign verifies with. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { interrupted } from '../aws/errors.ts';
import { GateError, messageOf } from '../errors.ts';
import { publicKeyArguments, type Verifier } from './cosign/arguments.ts';
import { type CosignSession, call, failureOf } from './cosign/session.ts';
import type { SigningKey } from './key.ts';
import type { SigningPorts } from './ports.ts';

/**
 * What signatures that this run makes are verified with.
 * @throws GateError `signing`; `timeout` or `cancelled` if the run has ended
 */
export async function ownVerifier(session: CosignSession, key: SigningKey): Promise<Verifier> {
  if (key.kind === 'keyless') return { kind: 'identity', ...(await workflowIdentity(session.ports)) };
  return keyVerifier(session, key);
}

/**
 * What signatures by a key are verified with. An encrypted key file cannot verify, so its public key is written into the
 * private directory.
 * @param fileName the name of that file
 * @throws GateError `signing` if a key file cannot be read; `timeout` or `cancelled` if the run has ended
 */
export async function keyVerifier(
  session: CosignSession,
  key: SigningKey & { kind: 'kms' | 'file' },
  fileName = 'public-key.pem',
): Promise<Verifier> {
  const { ports, home } = session;
  if (key.kind === 'kms') return { kind: 'key', reference: key.reference };
  const result = await call(session, publicKeyArguments(key), undefined);
  if (ports.deadline.signal.aborted) throw interrupted(ports.deadline, `reading the key file ${key.path}`);
  if (result.exitCode !== 0 || !result.stdout.includes('BEGIN PUBLIC KEY')) {
    const { message, nextStep } = failureOf(result);
    throw new GateError('signing', `cosign cannot read the key file ${key.path}: ${message}`, { nextStep });
  }
  const reference = join(home, fileName);
  await writeFile(reference, result.stdout, { mode: 0o600 });
  return { kind: 'key', reference, publicKey: result.stdout };
}

/**
 * The identity that Fulcio writes into the certificate: the workflow that runs this job. In a reusable workflow it is the
 * reusable one, not its caller. Source: Fulcio's OIDC claims for GitHub, job_workflow_ref.
 */
async function workflowIdentity(ports: SigningPorts): Promise<{ identity: string; issuer: string }> {
  const { job_workflow_ref: workflow, iss: issuer } = await tokenClaims(ports);
  if (typeof workflow !== 'string' || typeof issuer !== 'string') {
    throw new GateError('signing', 'GitHub’s OIDC token does not name the workflow that signs.');
  }
  const server = ports.environment.GITHUB_SERVER_URL || 'https://github.com';
  return { identity: `${server}/${workflow}`, issuer };
}

/** The claims of the job's OIDC token. It comes from GitHub itself over TLS, and Fulcio checks its signature. */
async function tokenClaims(ports: SigningPorts): Promise<Readonly<Record<string, unknown>>> {
  try {
    const [, payload = ''] = (await ports.identityToken('sigstore')).split('.');
    return { ...JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) };
  } catch (error) {
    // The message of JSON.parse would quote the token.
    const why = error instanceof SyntaxError ? 'it is not a JSON web token' : messageOf(error);
    throw new GateError('signing', `GitHub’s OIDC token could not be requested: ${why}`, {
      nextStep: 'Add "permissions: id-token: write" to the job.',
    });
  }
}
