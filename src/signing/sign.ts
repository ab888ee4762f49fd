/** Signing by digest with cosign: checked first, signed if need be, and verified afterwards. */

import { access, constants, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { interrupted } from '../aws/errors.ts';
import { GateError, messageOf } from '../errors.ts';
import { imageUri } from '../image/reference.ts';
import type { Digest, Registry } from '../results/registry.ts';
import { attestOnce, type Claim } from './attest.ts';
import {
  isSignature,
  isTagTaken,
  provesBundle,
  provesLegacy,
  publicKeyArguments,
  SIGNATURE_TYPE,
  type SignatureFormat,
  signArguments,
  type Verifier,
  verifyArguments,
} from './cosign.ts';
import type { SigningKey } from './key.ts';
import type { AttestationReport, SignatureReport } from './made.ts';
import { type Cosign, type CosignVersion, provisionCosign } from './provision.ts';
import { beyond, COSIGN_VERSION } from './release.ts';
import {
  attachedBundle,
  call,
  callTime,
  failureOf,
  logIn,
  make,
  openSession,
  pause,
  type Services,
  type Session,
  type SigningPorts,
  stopIfOver,
} from './session.ts';
import { warnOfPublicLog } from './visibility.ts';

export type { SigningPorts } from './session.ts';

export interface SigningSettings {
  readonly key: SigningKey;
  readonly format: SignatureFormat | 'both';
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
  /** Undefined: the public Sigstore services, where any are needed. */
  readonly services: Services | undefined;
}

export interface SigningTarget {
  readonly registry: Registry;
  readonly repository: string;
  readonly digest: Digest;
  /** Set for a platform image of an index. */
  readonly platform: string | undefined;
}

export interface Signer {
  readonly cosignVersion: string;
  /**
   * Looks for attestations by this signer, in either format and with any date, that take back the verdict on one of the
   * digests: to sign all the same would override them.
   * @throws GateError `signing` where there is such an attestation, or where not everything attached could be read;
   *   `timeout` or `cancelled` where the run is over
   */
  refuseTakenBack(targets: readonly SigningTarget[]): Promise<void>;
  /**
   * Signs one digest in every format asked for. Calls must not overlap: they share credentials on disk.
   * @throws GateError `signing`; `timeout` or `cancelled` where the run is over
   */
  sign(target: SigningTarget): Promise<SignatureReport[]>;
  /**
   * Attaches claims to one digest, each in every format asked for, and verifies them as a consumer would. Calls
   * must not overlap, with those of `sign` neither.
   * @throws GateError as `sign` does
   */
  attest(target: SigningTarget, claims: readonly Claim[]): Promise<AttestationReport[]>;
  /** Removes credentials and everything else that signing left on disk. */
  close(): Promise<void>;
}

// Registries can answer with what was there a moment before a push.
const VERIFY_TRIES = 4;

/**
 * Gets everything ready that signing needs, before the wait for the scan: what is missing should be known
 * in the first second, not after fifteen minutes.
 * @throws GateError `signing` or `input`; `timeout` or `cancelled` where the run is over
 */
export async function prepareSigner(settings: SigningSettings, ports: SigningPorts): Promise<Signer> {
  const { key } = settings;
  const { environment, deadline } = ports;
  refuseAnnotations(settings.annotations);
  if (key.kind === 'file') await readable(key.path);
  refuseWithoutPermission(key, environment);
  if (key.kind === 'keyless' && settings.services === undefined && !settings.transparencyLog) {
    await warnOfPublicLog(ports);
  }
  const cosign = await provisionCosign(settings.cosignVersion, { ...ports, signal: deadline.signal });
  const session = await openSession(
    cosign,
    {
      key: key.kind,
      keyRegion: key.kind === 'kms' ? key.region : undefined,
      // Without a log no service is called, one's own neither.
      services: key.kind === 'keyless' || settings.transparencyLog ? settings.services : undefined,
    },
    ports,
  );
  try {
    refuseBeyond(cosign, settings);
    // Of a key file it is known now, and so is whether the password is right.
    let verifier = key.kind === 'file' ? await verifierOf(session, key) : undefined;
    const formats: SignatureFormat[] = settings.format === 'both' ? ['bundle', 'legacy'] : [settings.format];
    return {
      cosignVersion: cosign.version,
      refuseTakenBack: async (targets) => {
        verifier ??= await verifierOf(session, key);
        // No run needs it that does not sign.
        const { refuseTakenBack } = await import('./take-back.ts');
        for (const subject of targets) await refuseTakenBack({ session, verifier, subject });
      },
      sign: async (target) => {
        await logIn(session, target.registry);
        verifier ??= await verifierOf(session, key);
        const reports: SignatureReport[] = [];
        for (const format of formats) {
          reports.push(await signOnce({ ...session, settings }, target, format, verifier));
        }
        return reports;
      },
      attest: async (target, claims) => {
        await logIn(session, target.registry);
        verifier ??= await verifierOf(session, key);
        const reports: AttestationReport[] = [];
        for (const format of formats) {
          for (const claim of claims) {
            reports.push(await attestOnce(session, settings, { target, format, claim, verifier }));
          }
        }
        return reports;
      },
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/**
 * Without the permission cosign would wait for somebody to log in. The runner sets both variables where the job
 * has it. Source: https://docs.github.com/actions/reference/security/oidc
 * @throws GateError `signing`
 */
export function refuseWithoutPermission(key: SigningKey, environment: SigningPorts['environment']): void {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = environment;
  if (key.kind !== 'keyless' || (url && token)) return;
  throw new GateError(
    'signing',
    'Keyless signing needs the permission id-token: write, which this job does not have.',
    { nextStep: 'Add "permissions: id-token: write" to the job.' },
  );
}

interface SigningSession extends Session {
  readonly settings: SigningSettings;
}

/** A signature that is there already is kept: signing again would only add another beside it. */
async function signOnce(
  session: SigningSession,
  target: SigningTarget,
  format: SignatureFormat,
  verifier: Verifier,
): Promise<SignatureReport> {
  const { deadline } = session.ports;
  const report = { digest: target.digest, format, platform: target.platform };
  const image = imageUri(target.registry, target.repository, target.digest);
  const doing = `signing ${image}`;
  const bundleOf = async (verified: string) =>
    format === 'bundle'
      ? attachedBundle(
          session,
          { image, type: SIGNATURE_TYPE, registry: target.registry },
          verified,
          (statement) => isSignature(statement, target.digest, session.settings.annotations),
        )
      : undefined;
  // A fault that passes does not mean that there is no signature.
  for (let attempt = 1; ; attempt += 1) {
    const { proven, transient, output } = await isSigned(session, target, format, verifier);
    if (proven) return { ...report, state: 'already-signed', bundle: await bundleOf(output) };
    stopIfOver(deadline, doing);
    if (!transient || attempt === VERIFY_TRIES) break;
    await pause(deadline, attempt);
  }
  const failure = await make(
    session,
    () =>
      signArguments({
        ...session,
        ...session.settings,
        image,
        format,
        timeoutMs: callTime(deadline),
      }),
    target.registry,
    doing,
  );
  if (failure !== undefined) {
    // Another run may have signed meanwhile: the tag of a legacy signature is then taken, and may not move.
    const taken = failure.transient || isTagTaken(failure.message);
    const now = taken ? await isSigned(session, target, format, verifier) : undefined;
    if (now?.proven) return { ...report, state: 'already-signed', bundle: await bundleOf(now.output) };
    stopIfOver(deadline, doing);
    throw new GateError('signing', `cosign did not sign ${image}: ${failure.message}`, {
      nextStep: failure.nextStep,
    });
  }
  for (let attempt = 1; ; attempt += 1) {
    const { proven, why, output } = await isSigned(session, target, format, verifier);
    if (proven) return { ...report, state: 'signed', bundle: await bundleOf(output) };
    stopIfOver(deadline, doing);
    if (attempt === VERIFY_TRIES) {
      throw new GateError('signing', `The signature just made of ${image} does not verify: ${why}`, {
        nextStep:
          'Do not deploy this image. See whether the registry keeps OCI referrers, and run the step again.',
      });
    }
    await pause(deadline, attempt);
  }
}

/**
 * Says at once what this cosign can never do of what is asked.
 * @throws GateError `signing`
 */
export function refuseBeyond(
  { version, path }: Cosign,
  settings: Pick<SigningSettings, 'format' | 'annotations'>,
): void {
  const impossible = beyond(version, settings);
  if (impossible === undefined) return;
  throw new GateError('signing', `cosign ${version} (${path}) ${impossible}.`, {
    nextStep: `Use cosign ${COSIGN_VERSION} or newer: leave cosign 2 off PATH and the input cosign-version out.`,
  });
}

/** Exit code 0 alone proves nothing: the output has to name this digest and the signature's type. */
async function isSigned(
  session: SigningSession,
  target: SigningTarget,
  format: SignatureFormat,
  verifier: Verifier,
): Promise<{ proven: boolean; why: string; transient: boolean; output: string }> {
  const { settings, ports, trustedRoot, ownServices } = session;
  const { annotations, transparencyLog } = settings;
  const image = imageUri(target.registry, target.repository, target.digest);
  const timeoutMs = callTime(ports.deadline);
  const request = {
    image,
    verifier,
    format,
    transparencyLog,
    annotations,
    trustedRoot,
    ownServices,
    timeoutMs,
  };
  const result = await call(session, verifyArguments(request), target.registry);
  if (result.exitCode !== 0) {
    const { message, transient } = failureOf(result);
    return { proven: false, why: message, transient, output: '' };
  }
  const proves = format === 'bundle' ? provesBundle : provesLegacy;
  const proven = proves(result.stdout, target.digest, annotations);
  const why = proven ? '' : 'cosign’s output does not name this digest and these annotations';
  return { proven, why, transient: false, output: result.stdout };
}

/** What our own signatures are verified by. An encrypted key file cannot verify, its public half can. */
async function verifierOf(session: Session, key: SigningKey): Promise<Verifier> {
  if (key.kind === 'keyless') return { kind: 'identity', ...(await workflowIdentity(session.ports)) };
  return keyVerifier(session, key);
}

/**
 * What signatures by a key are verified by.
 * @throws GateError `signing` where a key file cannot be read
 */
export async function keyVerifier(
  session: Session,
  key: SigningKey & { kind: 'kms' | 'file' },
): Promise<Verifier> {
  const { ports, home } = session;
  if (key.kind === 'kms') return { kind: 'key', reference: key.reference };
  const result = await call(session, publicKeyArguments(key), undefined);
  if (ports.deadline.signal.aborted) throw interrupted(ports.deadline, `reading the key file ${key.path}`);
  if (result.exitCode !== 0 || !result.stdout.includes('BEGIN PUBLIC KEY')) {
    const { message, nextStep } = failureOf(result);
    throw new GateError('signing', `cosign cannot read the key file ${key.path}: ${message}`, { nextStep });
  }
  const reference = join(home, 'public-key.pem');
  await writeFile(reference, result.stdout, { mode: 0o600 });
  return { kind: 'key', reference };
}

/**
 * The identity that Fulcio writes into the certificate: the workflow that runs this job, which in a
 * reusable workflow is not the caller's. Source: Fulcio's OIDC claims for GitHub, job_workflow_ref.
 */
async function workflowIdentity(ports: SigningPorts): Promise<{ identity: string; issuer: string }> {
  const { job_workflow_ref: workflow, iss: issuer } = await tokenClaims(ports);
  if (typeof workflow !== 'string' || typeof issuer !== 'string') {
    throw new GateError('signing', 'GitHub’s OIDC token does not name the workflow that signs.');
  }
  const server = ports.environment.GITHUB_SERVER_URL ?? 'https://github.com';
  return { identity: `${server}/${workflow}`, issuer };
}

/** What the token says of this job. It comes from GitHub itself, over TLS, and Fulcio checks its signature. */
async function tokenClaims(ports: SigningPorts): Promise<Readonly<Record<string, unknown>>> {
  try {
    const [, payload = ''] = (await ports.identityToken('sigstore')).split('.');
    return { ...JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) };
  } catch (error) {
    // What JSON.parse says would quote the token.
    const why = error instanceof SyntaxError ? 'it is no JSON web token' : messageOf(error);
    throw new GateError('signing', `GitHub’s OIDC token cannot be had: ${why}`, {
      nextStep: 'Add "permissions: id-token: write" to the job.',
    });
  }
}

/**
 * cosign 3.0.6 splits an annotation at every "=" and refuses more than one, which would show only after the
 * wait; later versions take them, but whether a workflow works must not depend on what is on PATH.
 */
function refuseAnnotations(annotations: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(annotations)) {
    if (value.includes('=')) {
      throw new GateError(
        'input',
        `Input signature-annotations: the value of ${name} has a "=", which cosign cannot sign.`,
        { nextStep: 'A right value is: signature-annotations: commit=0f3c1e2' },
      );
    }
  }
}

export async function readable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw new GateError('input', `Input signing-key: the key file ${path} cannot be read.`, {
      nextStep: 'Give the path of a cosign private key, or a KMS key: awskms:///ARN.',
      cause: error,
    });
  }
}
