/** Signs images by digest with cosign: looks for a valid signature first, signs if there is none, and verifies afterwards. */

import { GateError } from '../errors.ts';
import { imageUri } from '../image/reference.ts';
import type { Digest, Registry } from '../results/registry.ts';
import { attestOnce } from './attest.ts';
import type { Claim } from './claims.ts';
import { SIGNATURE_TYPE, type SignatureFormat, signArguments, type Verifier } from './cosign/arguments.ts';
import { signatureCommand } from './cosign/by-hand.ts';
import { checkOnce } from './cosign/check.ts';
import { attachedBundle, create } from './cosign/create.ts';
import { isTagTaken } from './cosign/failures.ts';
import { isSignature, provesBundle, provesLegacy } from './cosign/output.ts';
import { provisionCosign } from './cosign/provision.ts';
import type { CosignVersion } from './cosign/release.ts';
import { byHand, type CosignSession, callTime, logIn, openSession, stopIfOver } from './cosign/session.ts';
import type { SigningKey } from './key.ts';
import { checkKmsKey } from './kms-key.ts';
import type { AttestationReport, SignatureReport } from './outcomes.ts';
import type { Services, SigningPorts } from './ports.ts';
import { warnOfPublicLog } from './public-log.ts';
import { requireAnnotations, requireIdToken, requireKeyFile, requireSupport } from './requirements.ts';
import { retry } from './retry.ts';
import { ownVerifier } from './verifier.ts';

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
   * Checks what can be known of the key before anything is signed: that a KMS key exists, can sign and may be read by this
   * role, and for keyless signing that GitHub issues a token. Nothing is signed.
   * @param registry its region is used for a KMS key whose region is unknown
   * @throws GateError `signing`
   */
  checkKey(registry: Registry): Promise<void>;
  /**
   * Looks for attestations by this signer, in both formats and with any date, that revoke the verdict on one of the
   * digests. A new signature would override them.
   * @throws GateError `signing` if there is such an attestation, or if not everything attached could be read;
   *   `timeout` or `cancelled` if the run has ended
   */
  refuseRevoked(targets: readonly SigningTarget[]): Promise<void>;
  /**
   * Signs one digest in every required format. Calls must not overlap: they share the private directory.
   * @throws GateError `signing`; `timeout` or `cancelled` if the run has ended
   */
  sign(target: SigningTarget): Promise<SignatureReport[]>;
  /**
   * Attaches claims to one digest, each in every required format, and verifies them as a consumer would. Calls must not
   * overlap, with those of `sign` neither.
   * @throws GateError as `sign` does
   */
  attest(target: SigningTarget, claims: readonly Claim[]): Promise<AttestationReport[]>;
  /** Removes credentials and everything else that signing wrote to disk. */
  close(): Promise<void>;
}

// For a short time after a push, registries can return the content from before it.
const VERIFY_ATTEMPTS = 4;

/**
 * Gets everything ready that signing needs before the wait for the scan, so that a run fails at once if something is
 * missing.
 * @throws GateError `signing` or `input`; `timeout` or `cancelled` if the run has ended
 */
export async function prepareSigner(settings: SigningSettings, ports: SigningPorts): Promise<Signer> {
  const { key } = settings;
  const { environment, deadline } = ports;
  requireAnnotations(settings.annotations);
  if (key.kind === 'file') await requireKeyFile(key.path);
  requireIdToken(key, environment);
  if (key.kind === 'keyless' && settings.services === undefined && !settings.transparencyLog) {
    await warnOfPublicLog(ports);
  }
  const cosign = await provisionCosign(settings.cosignVersion, { ...ports, signal: deadline.signal });
  const session = await openSession(
    cosign,
    {
      key: key.kind,
      keyRegion: key.kind === 'kms' ? key.region : undefined,
      // Without a transparency log no service is called, private ones included.
      services: key.kind === 'keyless' || settings.transparencyLog ? settings.services : undefined,
      transparencyLog: settings.transparencyLog,
    },
    ports,
  );
  try {
    requireSupport(cosign, settings);
    // Reading a key file shows now whether its password is right.
    let verifier = key.kind === 'file' ? await ownVerifier(session, key) : undefined;
    const formats: SignatureFormat[] = settings.format === 'both' ? ['bundle', 'legacy'] : [settings.format];
    return {
      cosignVersion: cosign.version,
      checkKey: async (registry) => {
        if (key.kind === 'kms') await checkKmsKey(session, key, registry);
        verifier ??= await ownVerifier(session, key);
      },
      refuseRevoked: async (targets) => {
        verifier ??= await ownVerifier(session, key);
        // Only a run that signs loads it.
        const { refuseRevoked } = await import('./revocations.ts');
        for (const subject of targets) await refuseRevoked({ session, verifier, subject });
      },
      sign: async (target) => {
        await logIn(session, target.registry);
        verifier ??= await ownVerifier(session, key);
        const reports: SignatureReport[] = [];
        for (const format of formats) {
          reports.push(await signOnce({ session, settings, target, format, verifier }));
        }
        return reports;
      },
      attest: async (target, claims) => {
        await logIn(session, target.registry);
        verifier ??= await ownVerifier(session, key);
        const reports: AttestationReport[] = [];
        for (const format of formats) {
          for (const claim of claims) {
            reports.push(await attestOnce({ session, key, target, format, claim, verifier }));
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

interface SignTask {
  readonly session: CosignSession;
  readonly settings: SigningSettings;
  readonly target: SigningTarget;
  readonly format: SignatureFormat;
  readonly verifier: Verifier;
}

/** Signs a digest in one format. A valid signature that exists is kept: another one would only be added to it. */
async function signOnce(task: SignTask): Promise<SignatureReport> {
  const { session, settings, target, format } = task;
  const { deadline } = session.ports;
  const image = imageUri(target.registry, target.repository, target.digest);
  const doing = `signing ${image}`;
  const reported = async (state: SignatureReport['state'], verified: string): Promise<SignatureReport> => ({
    digest: target.digest,
    format,
    platform: target.platform,
    state,
    bundle: format === 'bundle' ? await signatureBundle(task, image, verified) : undefined,
    command: signatureCommand(byHand(session, task.verifier, target, format), settings.annotations),
  });

  // After a temporary failure the signature may still exist.
  const before = await lookForSignature(task, doing, ({ transient }) => transient);
  if (before.verified) return reported('already-signed', before.output);

  const request = () => ({ ...session, ...settings, image, format, timeoutMs: callTime(deadline) });
  const failure = await create(session, () => signArguments(request()), target.registry, doing);
  if (failure !== undefined) {
    // If another run has signed in the meantime, the tag of a legacy signature exists and may be immutable.
    const mayExist = failure.transient || isTagTaken(failure.message);
    const now = mayExist ? await lookForSignature(task, doing, () => false) : undefined;
    if (now?.verified) return reported('already-signed', now.output);
    throw new GateError('signing', `cosign did not sign ${image}: ${failure.message}`, {
      nextStep: failure.nextStep,
    });
  }

  const after = await lookForSignature(task, doing, () => true);
  if (after.verified) return reported('signed', after.output);
  throw new GateError('signing', `The new signature of ${image} could not be verified: ${after.why}`, {
    nextStep:
      'Do not deploy this image. Check that the registry supports OCI referrers, and run the step again.',
  });
}

function signatureBundle(
  { session, settings, target }: SignTask,
  image: string,
  verified: string,
): Promise<string | undefined> {
  const where = { image, type: SIGNATURE_TYPE, registry: target.registry };
  return attachedBundle(session, where, verified, (statement) =>
    isSignature(statement, target.digest, settings.annotations),
  );
}

interface Found {
  readonly verified: boolean;
  readonly why: string;
  readonly transient: boolean;
  /** What cosign printed. */
  readonly output: string;
}

/**
 * Looks for a signature that verifies.
 * @param mayAppear whether to look again where none was found
 * @throws GateError `timeout` or `cancelled` if none was found and the run has ended
 */
function lookForSignature(
  task: SignTask,
  doing: string,
  mayAppear: (found: Found) => boolean,
): Promise<Found> {
  const { deadline } = task.session.ports;
  return retry(
    async () => {
      const found = await findSignature(task);
      if (!found.verified) stopIfOver(deadline, doing);
      return { value: found, again: !found.verified && mayAppear(found) };
    },
    { deadline, attempts: VERIFY_ATTEMPTS },
  );
}

/** cosign's exit code 0 alone does not count: its output has to name this digest and the type of a signature. */
async function findSignature(task: SignTask): Promise<Found> {
  const { session, settings, target, format, verifier } = task;
  const { annotations } = settings;
  const checked = await checkOnce(session, { subject: target, verifier, format, wanted: { annotations } });
  if (!checked.ok) {
    return { verified: false, why: checked.message, transient: checked.transient, output: '' };
  }
  const proves = format === 'bundle' ? provesBundle : provesLegacy;
  const verified = proves(checked.stdout, target.digest, annotations);
  const why = verified ? '' : 'cosign’s output does not name this digest and these annotations';
  return { verified, why, transient: false, output: checked.stdout };
}
