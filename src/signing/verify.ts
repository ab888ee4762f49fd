/** Verifying what was signed and attested before, by whoever deploys it. */
import { readFile } from 'node:fs/promises';
import { GateError, messageOf } from '../errors.ts';
import { imageUri } from '../image/reference.ts';
import type { Proof } from '../report/report.ts';
import {
  provesBundle,
  provesLegacy,
  type SignatureFormat,
  type Verifier,
  verifyArguments,
  verifyAttestationArguments,
} from './cosign.ts';
import type { SigningKey } from './key.ts';
import { resourceUri, SUMMARY_TYPE } from './predicate.ts';
import { type CosignVersion, provisionCosign } from './provision.ts';
import {
  call,
  callTime,
  failureOf,
  logIn,
  MOST_ATTESTATIONS,
  openSession,
  pause,
  type Services,
  type Session,
  type SigningPorts,
  stopIfOver,
} from './session.ts';
import { keyVerifier, readable, refuseBeyond, type SigningTarget } from './sign.ts';
import { decideSummaries, type Expectation, policyText, statementsOf } from './statement.ts';

/** Who has to have signed. */
export type ExpectedSigner =
  | { readonly kind: 'key'; readonly key: SigningKey & { kind: 'kms' | 'file' } }
  | (Verifier & { kind: 'identity' | 'identity-pattern' });

export interface VerificationSettings {
  readonly signer: ExpectedSigner;
  readonly format: SignatureFormat | 'both';
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
  readonly services: Services | undefined;
  /** What a verification summary has to say; undefined: none is asked for. */
  readonly summary: Pick<Expectation, 'policySha256' | 'weakenedSha256' | 'maxAgeMs'> | undefined;
}

export interface ImageVerifier {
  readonly cosignVersion: string;
  /**
   * Looks for the signature and, where asked for, the verification summary of one digest. What is not there is
   * a failed proof, not an error.
   * @param now by AWS's clock; undefined where it was not heard, by which no summary's age is proven
   * @throws GateError `timeout` or `cancelled` where the run is over; what registry credentials throw
   */
  verify(target: SigningTarget, now: Date | undefined): Promise<Proof[]>;
  /** Removes credentials and everything else that was left on disk. */
  close(): Promise<void>;
}

const TRIES = 4;

/** The signer in words: the key as cosign takes it, or the identity and who vouches for it. */
export function signerWords(signer: ExpectedSigner): string {
  if (signer.kind === 'key') return signer.key.kind === 'kms' ? signer.key.reference : signer.key.path;
  const identity = signer.kind === 'identity' ? signer.identity : signer.pattern;
  return `${identity} (${signer.issuer})`;
}

/**
 * Gets cosign and, of a key file, its public half ready.
 * @throws GateError `signing` or `input`
 */
export async function prepareVerifier(
  settings: VerificationSettings,
  ports: SigningPorts,
): Promise<ImageVerifier> {
  const { signer } = settings;
  const publicKey =
    signer.kind === 'key' && signer.key.kind === 'file' ? await isPublicKey(signer.key.path) : false;
  const cosign = await provisionCosign(settings.cosignVersion, { ...ports, signal: ports.deadline.signal });
  const session = await openSession(
    cosign,
    {
      key: signer.kind !== 'key' || publicKey ? 'none' : signer.key.kind,
      keyRegion: signer.kind === 'key' && signer.key.kind === 'kms' ? signer.key.region : undefined,
      services: signer.kind !== 'key' || settings.transparencyLog ? settings.services : undefined,
    },
    ports,
  );
  try {
    refuseBeyond(cosign, settings);
    const verifier = await verifierOf(session, signer, publicKey);
    const formats: SignatureFormat[] = settings.format === 'both' ? ['bundle', 'legacy'] : [settings.format];
    return {
      cosignVersion: cosign.version,
      verify: async (target, now) => {
        await logIn(session, target.registry);
        const look = { session, settings, target, verifier };
        const proofs: Proof[] = [];
        for (const format of formats) proofs.push(await signatureProof(look, format));
        if (settings.summary === undefined) {
          proofs.push({ ...summaryOf(look), state: 'skipped', detail: 'not asked for' });
        } else {
          for (const format of formats) proofs.push(await summaryProof(look, format, settings.summary, now));
        }
        return proofs;
      },
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** A public key can be checked into a repository; a private one gives its public half for its password. */
async function isPublicKey(path: string): Promise<boolean> {
  await readable(path);
  try {
    return (await readFile(path, 'utf8')).includes('BEGIN PUBLIC KEY');
  } catch (error) {
    throw new GateError('input', `Input signing-key: ${path} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function verifierOf(session: Session, signer: ExpectedSigner, publicKey: boolean): Promise<Verifier> {
  if (signer.kind !== 'key') return signer;
  if (signer.key.kind === 'file' && publicKey) return { kind: 'key', reference: signer.key.path };
  return keyVerifier(session, signer.key);
}

interface Look {
  readonly session: Session;
  readonly settings: VerificationSettings;
  readonly target: SigningTarget;
  readonly verifier: Verifier;
}

function of({ platform }: SigningTarget): string {
  return platform === undefined ? '' : ` of ${platform}`;
}

async function signatureProof(look: Look, format: SignatureFormat): Promise<Proof> {
  const { settings, target } = look;
  const proof = {
    kind: 'signature',
    what: `Signature${of(target)} (${format})`,
    by: signerWords(settings.signer),
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
  } as const;
  const { proven, why, nextStep } = await isSigned(look, format);
  if (proven) {
    const annotations = Object.entries(settings.annotations).map(([name, value]) => `${name}=${value}`);
    return { ...proof, state: 'proven', detail: annotations.join(', ') || undefined };
  }
  const failed = {
    ...proof,
    state: 'failed',
    detail: `no valid signature by this signer was found: ${why}`,
  } as const;
  // What a reader would otherwise find out with cosign by hand.
  const other = format === 'bundle' ? 'legacy' : 'bundle';
  if ((await isSigned(look, other)).proven) {
    return {
      ...failed,
      detail: `${failed.detail}. It does carry one in format ${other}`,
      nextStep: `Set signature-format: ${other} for this step, or sign the image in format ${format} too.`,
    };
  }
  return {
    ...failed,
    nextStep: nextStep ?? 'Do not deploy this image, or let the gate judge and sign it first.',
  };
}

async function isSigned(
  look: Look,
  format: SignatureFormat,
): Promise<{ proven: boolean; why: string; nextStep: string | undefined }> {
  const { target, settings } = look;
  const { annotations } = settings;
  const result = await ask(look, (request) => verifyArguments({ ...request, format, annotations }));
  if (!result.ok) return { proven: false, why: result.why, nextStep: result.nextStep };
  const proves = format === 'bundle' ? provesBundle : provesLegacy;
  const proven = proves(result.stdout, target.digest, annotations);
  return { proven, why: 'what verifies is not of this digest with these annotations', nextStep: undefined };
}

function summaryOf({ settings, target }: Look, format?: SignatureFormat) {
  return {
    kind: 'attestation',
    what: `Verification summary${of(target)}${format === undefined ? '' : ` (${format})`}`,
    by: signerWords(settings.signer),
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
  } as const;
}

async function summaryProof(
  look: Look,
  format: SignatureFormat,
  asked: NonNullable<VerificationSettings['summary']>,
  now: Date | undefined,
): Promise<Proof> {
  const { target } = look;
  const { registry, repository, digest } = target;
  const proof = summaryOf(look, format);
  const result = await ask(look, (request) =>
    verifyAttestationArguments({ ...request, format }, SUMMARY_TYPE),
  );
  if (!result.ok) {
    const why = `no verification summary by this signer was found: ${result.why}`;
    return { ...proof, state: 'failed', detail: why, nextStep: result.nextStep ?? RENEW };
  }
  const decision = decideSummaries(statementsOf(result.stdout), {
    digest,
    resourceUri: resourceUri(registry, repository),
    ...asked,
    now,
  });
  if (!decision.proven) return { ...proof, state: 'failed', detail: decision.why, nextStep: RENEW };
  const any = asked.policySha256 === undefined ? ', which could have been any' : '';
  return {
    ...proof,
    state: 'proven',
    at: decision.at,
    ageMs: decision.ageMs,
    detail: `${decision.summary.verificationResult} by policy ${policyText(decision.summary)}${any}`,
  };
}

const RENEW =
  'Let the gate judge this image again with attest: true, by the policy and with the key that are expected here.';

/** Calls cosign, again where it failed for a reason that passes. */
async function ask(
  { session, settings, target, verifier }: Look,
  args: (request: {
    image: string;
    verifier: Verifier;
    transparencyLog: boolean;
    trustedRoot: string;
    ownServices: boolean;
    timeoutMs: number;
  }) => string[],
): Promise<{ ok: true; stdout: string } | { ok: false; why: string; nextStep: string | undefined }> {
  const { trustedRoot, ownServices, ports } = session;
  const { deadline } = ports;
  const image = imageUri(target.registry, target.repository, target.digest);
  const { transparencyLog } = settings;
  for (let attempt = 1; ; attempt += 1) {
    const timeoutMs = callTime(deadline);
    const request = { image, verifier, transparencyLog, trustedRoot, ownServices, timeoutMs };
    const result = await call(session, args(request), target.registry, MOST_ATTESTATIONS);
    if (result.exitCode === 0) return { ok: true, stdout: result.stdout };
    stopIfOver(deadline, `verifying ${image}`);
    const { message, nextStep, transient } = failureOf(result);
    if (!transient || attempt === TRIES) return { ok: false, why: message, nextStep };
    await pause(deadline, attempt);
  }
}
