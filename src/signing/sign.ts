/** Signing by digest with cosign: checked first, signed if need be, and verified afterwards. */
import { rmSync } from 'node:fs';
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interrupted } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { GateError, messageOf } from '../errors.ts';
import { type Digest, imageUri, type Registry } from '../image/reference.ts';
import type { SignatureReport } from '../report/report.ts';
import {
  childEnvironment,
  explainFailure,
  NO_SERVICES,
  provesBundle,
  provesLegacy,
  publicKeyArguments,
  type SignatureFormat,
  signArguments,
  type Verifier,
  verifyArguments,
} from './cosign.ts';
import { type Execution, execute } from './exec.ts';
import type { SigningKey } from './key.ts';
import { type CosignVersion, provisionCosign } from './provision.ts';
import { beyond, COSIGN_VERSION } from './release.ts';

export interface SigningSettings {
  readonly key: SigningKey;
  readonly format: SignatureFormat | 'both';
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
}

export interface SigningPorts {
  readonly deadline: Deadline;
  readonly log: (line: string) => void;
  /** Makes the runner hide a secret in every log. */
  readonly mask: (secret: string) => void;
  readonly authorize: (registry: Registry) => Promise<{ user: string; password: string }>;
  /** GitHub's OIDC token for an audience. */
  readonly identityToken: (audience: string) => Promise<string>;
  readonly download: (url: string) => Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
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
   * Signs one digest in every format asked for. Calls must not overlap: they share credentials on disk.
   * @throws GateError `signing`; `timeout` or `cancelled` where the run is over
   */
  sign(target: SigningTarget): Promise<SignatureReport[]>;
  /** Removes credentials and everything else that signing left on disk. */
  close(): Promise<void>;
}

// One call of cosign; its own default is three minutes.
const CALL_MS = 120_000;
// Registries can answer with what was there a moment before a push.
const VERIFY_TRIES = 4;
const SIGN_TRIES = 4;
const FIRST_PAUSE_MS = 500;

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
  if (key.kind === 'keyless' && !environment.ACTIONS_ID_TOKEN_REQUEST_URL) {
    throw new GateError(
      'signing',
      'Keyless signing needs the permission id-token: write, which this job does not have.',
      {
        nextStep: 'Add "permissions: id-token: write" to the job.',
      },
    );
  }
  const cosign = await provisionCosign(settings.cosignVersion, { ...ports, signal: deadline.signal });
  const impossible = beyond(cosign.version, settings);
  if (impossible !== undefined) {
    throw new GateError('signing', `cosign ${cosign.version} (${cosign.path}) ${impossible}.`, {
      nextStep: `Use cosign ${COSIGN_VERSION} or newer: leave cosign 2 off PATH and the input cosign-version out.`,
    });
  }
  const home = await privateDirectory(environment);
  // The last resort against credentials that stay on disk: the process ends by a signal or in the middle.
  const removeNow = () => rmSync(home, { recursive: true, force: true });
  process.once('exit', removeNow);
  const close = async () => {
    await rm(home, { recursive: true, force: true });
    process.off('exit', removeNow);
  };
  try {
    const signingConfig = join(home, 'signing-config.json');
    const trustedRoot = join(home, 'trusted-root.json');
    await writeFile(signingConfig, NO_SERVICES.signingConfig, { mode: 0o600 });
    await writeFile(trustedRoot, NO_SERVICES.trustedRoot, { mode: 0o600 });
    const session: Session = { settings, ports, cosign: cosign.path, home, signingConfig, trustedRoot };
    // Of a key file it is known now, and so is whether the password is right.
    let verifier = key.kind === 'file' ? await verifierOf(session) : undefined;
    const loggedIn = new Set<string>();
    return {
      cosignVersion: cosign.version,
      sign: async (target) => {
        if (!loggedIn.has(target.registry.host)) await logIn(session, target.registry);
        loggedIn.add(target.registry.host);
        const formats: SignatureFormat[] =
          settings.format === 'both' ? ['bundle', 'legacy'] : [settings.format];
        const reports: SignatureReport[] = [];
        verifier ??= await verifierOf(session);
        for (const format of formats) reports.push(await signOnce(session, target, format, verifier));
        return reports;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Session {
  readonly settings: SigningSettings;
  readonly ports: SigningPorts;
  readonly cosign: string;
  readonly home: string;
  readonly signingConfig: string;
  readonly trustedRoot: string;
}

/** A signature that is there already is kept: signing again would only add another beside it. */
async function signOnce(
  session: Session,
  target: SigningTarget,
  format: SignatureFormat,
  verifier: Verifier,
): Promise<SignatureReport> {
  const { deadline } = session.ports;
  const report = { digest: target.digest, format, platform: target.platform };
  const image = imageUri(target.registry, target.repository, target.digest);
  const stopIfOver = () => {
    if (deadline.signal.aborted) throw interrupted(deadline, `signing ${image}`);
  };
  // A fault that passes does not mean that there is no signature.
  for (let attempt = 1; ; attempt += 1) {
    const { proven, transient } = await isSigned(session, target, format, verifier);
    if (proven) return { ...report, state: 'already-signed' };
    stopIfOver();
    if (!transient || attempt === VERIFY_TRIES) break;
    await deadline.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
  for (let attempt = 1; ; attempt += 1) {
    const result = await call(
      session,
      signArguments({ ...session, ...session.settings, image, format, timeoutMs: callTime(deadline) }),
      target.registry,
    );
    if (result.exitCode === 0) break;
    stopIfOver();
    const failure = failureOf(result);
    if (!failure.transient || attempt === SIGN_TRIES) {
      throw new GateError('signing', `cosign did not sign ${image}: ${failure.message}`, {
        nextStep: failure.nextStep,
      });
    }
    await deadline.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
  for (let attempt = 1; ; attempt += 1) {
    const { proven, why } = await isSigned(session, target, format, verifier);
    if (proven) return { ...report, state: 'signed' };
    stopIfOver();
    if (attempt === VERIFY_TRIES) {
      throw new GateError('signing', `The signature just made of ${image} does not verify: ${why}`, {
        nextStep:
          'Do not deploy this image. See whether the registry keeps OCI referrers, and run the step again.',
      });
    }
    await deadline.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
}

/** Exit code 0 alone proves nothing: the output has to name this digest and the signature's type. */
async function isSigned(
  session: Session,
  target: SigningTarget,
  format: SignatureFormat,
  verifier: Verifier,
): Promise<{ proven: boolean; why: string; transient: boolean }> {
  const { settings, ports, trustedRoot } = session;
  const { annotations, transparencyLog } = settings;
  const image = imageUri(target.registry, target.repository, target.digest);
  const timeoutMs = callTime(ports.deadline);
  const result = await call(
    session,
    verifyArguments({ image, verifier, format, transparencyLog, annotations, trustedRoot, timeoutMs }),
    target.registry,
  );
  if (result.exitCode !== 0) {
    const { message, transient } = failureOf(result);
    return { proven: false, why: message, transient };
  }
  const proves = format === 'bundle' ? provesBundle : provesLegacy;
  const proven = proves(result.stdout, target.digest, annotations);
  const why = proven ? '' : 'cosign’s output does not name this digest and these annotations';
  return { proven, why, transient: false };
}

/** What our own signatures are verified by. An encrypted key file cannot verify, its public half can. */
async function verifierOf(session: Session): Promise<Verifier> {
  const { settings, ports, home } = session;
  const { key } = settings;
  if (key.kind === 'keyless') return { kind: 'identity', ...(await workflowIdentity(ports)) };
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

/** Credentials for the registry, in a file that only this user can read and that goes with the run. */
async function logIn({ ports, home }: Session, registry: Registry): Promise<void> {
  const { user, password } = await ports.authorize(registry);
  const auth = Buffer.from(`${user}:${password}`).toString('base64');
  ports.mask(password);
  ports.mask(auth);
  const path = join(home, 'config.json');
  const existing = JSON.parse(await readFile(path, 'utf8').catch(() => '{"auths":{}}')) as { auths: object };
  const auths = { ...existing.auths, [registry.host]: { auth } };
  await writeFile(path, JSON.stringify({ auths }), { mode: 0o600 });
}

async function call(session: Session, args: string[], registry: Registry | undefined): Promise<Execution> {
  const { settings, ports, cosign, home } = session;
  const region = (settings.key.kind === 'kms' ? settings.key.region : undefined) ?? registry?.region;
  return execute(cosign, args, {
    env: childEnvironment(ports.environment, { home, region, key: settings.key.kind }),
    timeoutMs: callTime(ports.deadline),
    signal: ports.deadline.signal,
  });
}

function callTime(deadline: Deadline): number {
  return Math.min(CALL_MS, deadline.remainingMs());
}

function failureOf(result: Execution) {
  if (result.timedOut) {
    const nextStep = 'Raise the input timeout, or see whether registry and KMS answer.';
    return { message: 'it did not end in time', nextStep, transient: false };
  }
  return explainFailure(result.stderr);
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

async function readable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw new GateError('input', `Input signing-key: the key file ${path} cannot be read.`, {
      nextStep: 'Give the path of a cosign private key, or a KMS key: awskms:///ARN.',
      cause: error,
    });
  }
}

async function privateDirectory(environment: SigningPorts['environment']): Promise<string> {
  const parent = environment.RUNNER_TEMP || tmpdir();
  try {
    // mkdtemp makes it for this user alone (0700).
    return await mkdtemp(join(parent, 'gate-signing-'));
  } catch (error) {
    throw new GateError('signing', `No private directory can be made in ${parent}: ${messageOf(error)}`, {
      nextStep: 'Make RUNNER_TEMP writable for this step.',
      cause: error,
    });
  }
}
