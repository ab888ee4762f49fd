/**
 * Signs images by digest with notation: looks for a valid signature by the same key first, signs if there is none, and
 * verifies afterwards. A trust policy can trust more keys than this one, and their signatures are not this key's.
 */
import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { GateError, messageOf } from '../../errors.ts';
import { readRegularFile, regularFile } from '../../files.ts';
import { imageUri } from '../../image/reference.ts';
import { stopIfOver } from '../cosign/session.ts';
import type { SignatureReport } from '../outcomes.ts';
import type { SigningPorts } from '../ports.ts';
import { retry } from '../retry.ts';
import type { SigningTarget } from '../sign.ts';
import {
  certificateMetadata,
  inspectArguments,
  isOnlyBy,
  KEY_NAME,
  type Metadata,
  signArguments,
  verdictMetadata,
} from './arguments.ts';
import { configurationDirectory } from './environment.ts';
import type { NotationKey } from './key.ts';
import {
  failureOf,
  type NotationChecked,
  type NotationSession,
  openNotation,
  verifySignature,
} from './session.ts';
import type { Trust } from './trust.ts';
import { parseTrustPolicy } from './trust-policy.ts';

export interface NotationSigner {
  readonly version: string;
  /**
   * Signs one digest, and verifies the signature by the trust policy. Calls must not overlap.
   * @param policySha256 the digest of the policy, as the verification summary names it
   * @throws GateError `signing`; `timeout` or `cancelled` if the run has ended
   */
  sign(target: SigningTarget, policySha256: string): Promise<SignatureReport>;
  /** Removes everything that signing wrote to disk. */
  close(): Promise<void>;
}

const SIGN_ATTEMPTS = 4;
// For a short time after a push, registries can return the content from before it.
const VERIFY_ATTEMPTS = 4;

/**
 * Gets everything ready that signing needs before the wait for the scan.
 * @param trust what a consumer verifies with; the gate verifies its signatures with it
 * @throws GateError `signing` or `input`
 */
export async function prepareNotationSigner(
  key: NotationKey,
  trust: Trust,
  annotations: Metadata,
  workspace: string,
  ports: SigningPorts,
): Promise<NotationSigner> {
  const own = key.kind === 'profile' ? onlyProfile(trust, key.arn) : withoutProfiles(trust, key.name);
  const session = await openNotation(own, ports);
  try {
    const certificate = key.kind === 'named' ? await writeKey(session, key.name, workspace) : undefined;
    return {
      version: session.version,
      sign: (target, policySha256) => {
        const metadata = {
          ...annotations,
          ...verdictMetadata(target, policySha256),
          ...(certificate === undefined ? {} : certificateMetadata(certificate)),
        };
        return signOnce({ session, key, certificate, target, metadata });
      },
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** The same trust policy with one profile only, so that the signature of another one does not count as this gate's. */
function onlyProfile(trust: Trust, arn: string): Trust {
  const profiles = trust.profiles.filter((profile) => profile.arn === arn);
  if (profiles.length === 0) throw notTrusted(arn);
  const document = JSON.parse(trust.json) as {
    version: string;
    trustPolicies: { trustedIdentities: string[] }[];
  };
  const trustPolicies = document.trustPolicies
    .filter(({ trustedIdentities }) => trustedIdentities.includes(arn))
    .map((statement) => ({ ...statement, trustedIdentities: [arn] }));
  return { ...trust, ...parseTrustPolicy(JSON.stringify({ ...document, trustPolicies })) };
}

function withoutProfiles(trust: Trust, name: string): Trust {
  if (trust.profiles.length > 0) throw notTrusted(`notation:${name}`);
  return trust;
}

function notTrusted(key: string): GateError {
  return new GateError('input', `Input notation-trust-policy: it does not trust the signing key ${key}.`, {
    nextStep: 'Use the trust policy by which the signatures are verified before a deployment.',
  });
}

/**
 * Writes the private configuration for a key of the user's configuration. The key stays where it is; its certificates are
 * copied, so that notation signs with the one whose fingerprint is returned.
 * @returns the fingerprint of its certificate: SHA-256, in lower-case hex
 * @throws GateError `signing`
 */
async function writeKey(session: NotationSession, name: string, workspace: string): Promise<string> {
  const directory = configurationDirectory(session.ports.environment);
  const path = directory === undefined ? undefined : join(directory, 'signingkeys.json');
  const refuse = (why: string, cause?: unknown): GateError =>
    new GateError('signing', `The signing key notation:${name} cannot be used: ${why}.`, {
      nextStep: `Add the key with notation key add or notation cert generate-test before this step, or use the ARN of a signing profile of AWS Signer.`,
      cause,
    });
  if (path === undefined) throw refuse('the configuration directory of notation is unknown');
  let entry: KeyFiles | undefined;
  try {
    const real = await regularFile('signing-key', resolve(path), workspace, MOST_BYTES);
    if (real === undefined) throw new Error('it does not exist');
    entry = keyFiles((await readRegularFile(real, MOST_BYTES)).toString('utf8'), name);
  } catch (error) {
    throw refuse(`${path} cannot be read: ${messageOf(error)}`, error);
  }
  if (entry === undefined)
    throw refuse(`${path} has no key of this name with the files keyPath and certPath`);
  const { keyPath, certPath } = entry;
  const file = async (named: string): Promise<string> => {
    if (!isAbsolute(named)) throw refuse(`${path} names a relative path`);
    const real = await regularFile('signing-key', named, workspace, MOST_BYTES);
    if (real === undefined) throw refuse(`${named} does not exist`);
    return real;
  };
  await file(keyPath);
  const chain = await file(certPath);
  let certificates: Buffer;
  let fingerprint: string;
  try {
    certificates = await readRegularFile(chain, MOST_BYTES);
    // It reads the first one of a file, which is the signing certificate.
    fingerprint = new X509Certificate(certificates).fingerprint256.replaceAll(':', '').toLowerCase();
  } catch (error) {
    throw refuse(`${certPath} has no certificate that can be read: ${messageOf(error)}`, error);
  }
  const copy = join(session.config, 'certificates.pem');
  await writeFile(copy, certificates, { mode: 0o600 });
  const keys = { default: KEY_NAME, keys: [{ name: KEY_NAME, keyPath, certPath: copy }] };
  await writeFile(join(session.config, 'signingkeys.json'), JSON.stringify(keys), { mode: 0o600 });
  return fingerprint;
}

const MOST_BYTES = 1024 * 1024;

interface KeyFiles {
  readonly keyPath: string;
  readonly certPath: string;
}

/**
 * The files of a key in signingkeys.json; undefined if it has no such key, or one of a plugin.
 * Source: notation-go v1.3.2, config/keys.go.
 */
function keyFiles(text: string, name: string): KeyFiles | undefined {
  const { keys } = JSON.parse(text) as { keys?: unknown };
  const entries: unknown[] = Array.isArray(keys) ? keys : [];
  const entry = entries.find((one) => (one as { name?: unknown } | null)?.name === name);
  const { keyPath, certPath } = (entry ?? {}) as { keyPath?: unknown; certPath?: unknown };
  return typeof keyPath === 'string' && typeof certPath === 'string' ? { keyPath, certPath } : undefined;
}

interface SignTask {
  readonly session: NotationSession;
  readonly key: NotationKey;
  /** The fingerprint of the key's certificate; undefined for a signing profile, which the trust policy is reduced to. */
  readonly certificate: string | undefined;
  readonly target: SigningTarget;
  readonly metadata: Metadata;
}

async function signOnce(task: SignTask): Promise<SignatureReport> {
  const { session, key, target, metadata } = task;
  const { deadline, log } = session.ports;
  const image = imageUri(target.registry, target.repository, target.digest);
  const report = { digest: target.digest, format: 'notation', platform: target.platform } as const;
  // A valid signature that exists is kept: another one would only be added to it.
  if ((await verifyOwn(task, image)).ok) return { ...report, state: 'already-signed' };

  const args = signArguments(image, metadata, key.kind === 'profile' ? key : undefined);
  const failure = await retry(
    async () => {
      const result = await session.call(args, target.registry);
      if (result.exitCode === 0) return { value: undefined, again: false };
      stopIfOver(deadline, `signing ${image}`);
      const value = failureOf(result);
      if (value.transient) log(`Notation failed, and may be tried again: ${value.message}`);
      return { value, again: value.transient };
    },
    { deadline, attempts: SIGN_ATTEMPTS },
  );
  if (failure !== undefined) {
    throw new GateError('signing', `notation did not sign ${image}: ${failure.message}`, {
      nextStep: failure.nextStep,
    });
  }

  const after = await retry(
    async () => {
      const value = await verifyOwn(task, image);
      return { value, again: !value.ok };
    },
    { deadline, attempts: VERIFY_ATTEMPTS },
  );
  if (after.ok) return { ...report, state: 'signed' };
  throw new GateError('signing', `The new signature of ${image} could not be verified: ${after.message}`, {
    nextStep:
      after.nextStep ??
      'Do not deploy this image. Check that notation-trust-policy and notation-trust-store trust the signing key.',
  });
}

/** Verifies that there is a valid signature by the key itself, not only by another identity that the trust policy trusts. */
async function verifyOwn(
  { session, certificate, target, metadata }: SignTask,
  image: string,
): Promise<NotationChecked> {
  const verified = await verifySignature(session, target, metadata);
  if (!verified.ok || certificate === undefined) return verified;
  const { exitCode, stdout } = await session.call(inspectArguments(image), target.registry);
  if (exitCode === 0 && isOnlyBy(stdout, certificate)) return { ok: true };
  stopIfOver(session.ports.deadline, `verifying ${image}`);
  return {
    ok: false,
    message:
      'notation verified a signature that names the certificate of the signing key, but its list of signatures does not show that this certificate made it',
    nextStep:
      'Do not deploy this image. Look at its signatures with notation inspect, and remove those that are damaged or that name the certificate of another key.',
    transient: false,
    isUnsigned: false,
  };
}
