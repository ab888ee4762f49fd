/** Verifying what was signed and attested before, by whoever deploys it. */

import { readFile } from 'node:fs/promises';
import { GateError, messageOf } from '../errors.ts';
import type { Digest } from '../results/registry.ts';
import {
  provesBundle,
  provesLegacy,
  SIGNATURE_TYPE,
  type SignatureFormat,
  type Verifier,
  type VerifyRequest,
  verifyArguments,
  verifyAttestationArguments,
} from './cosign.ts';
import {
  type Attestation,
  type Evidence,
  EvidenceUnread,
  type Referrer,
  readEvidence,
  readLegacySignatures,
} from './evidence.ts';
import type { SigningKey } from './key.ts';
import type { Proof } from './made.ts';
import type { Shown } from './mirror.ts';
import { resourceUri, SUMMARY_TYPE } from './predicate.ts';
import { type CosignVersion, provisionCosign } from './provision.ts';
import {
  type Look as Looked,
  look,
  openSession,
  type Services,
  type Session,
  type SigningPorts,
} from './session.ts';
import { keyVerifier, readable, refuseBeyond, type SigningTarget } from './sign.ts';

import {
  decideSummaries,
  type Expectation,
  isAbout,
  policyText,
  type Statement,
  statementsOf,
  takeBacksOf,
} from './statement.ts';
import { takeBacksBySigner, takeBackWords } from './take-back.ts';

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
   * Looks for the signature and, where asked for, the verification summary of one digest, and in any case for what
   * takes its verdict back. What is not there, and what cannot be read, is a failed proof, not an error.
   * @param now by AWS's clock; undefined where it was not heard, by which no summary's age is proven
   * @throws GateError `timeout` or `cancelled` where the run is over, `credentials`
   */
  verify(target: SigningTarget, now: Date | undefined): Promise<Proof[]>;
  /** What refers to a digest that was verified; undefined where that could not be read. */
  referrers(digest: Digest): readonly Referrer[] | undefined;
  /** Removes credentials and everything else that was left on disk. */
  close(): Promise<void>;
}

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
    const referrers = new Map<Digest, readonly Referrer[]>();
    return {
      cosignVersion: cosign.version,
      verify: async (target, now) => {
        try {
          const evidence = await readEvidence(ports.evidence, target, ports.deadline);
          referrers.set(target.digest, evidence.referrers);
          const takeBacks = await takeBacksBySigner({ session, verifier, subject: target }, evidence);
          return await proofsOf({ session, settings, target, verifier, evidence, takeBacks }, now);
        } catch (error) {
          if (!(error instanceof EvidenceUnread)) throw error;
          return unreadProofs(settings, target, error);
        }
      },
      referrers: (digest) => referrers.get(digest),
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
  readonly evidence: Evidence;
  /** The signer's attestations that take a verdict back. */
  readonly takeBacks: readonly Attestation[];
}

function of({ platform }: SigningTarget): string {
  return platform === undefined ? '' : ` of ${platform}`;
}

function formatsOf({ format }: VerificationSettings): SignatureFormat[] {
  return format === 'both' ? ['bundle', 'legacy'] : [format];
}

async function proofsOf(look: Look, now: Date | undefined): Promise<Proof[]> {
  const { settings, target } = look;
  const proofs: Proof[] = [];
  for (const format of formatsOf(settings)) proofs.push(await signatureProof(look, format));
  const { takeBacks, passedOver } = takeBacksOf(said(look), expectedOf(target));
  if (settings.summary === undefined && takeBacks.length === 0) {
    const detail = `not asked for${notCounted(passedOver)}`;
    return [...proofs, { ...summaryOf(settings, target), state: 'skipped', detail }];
  }
  // It counts even if only the signature is required: a newer summary then has to follow it.
  const asked = settings.summary ?? { policySha256: undefined, maxAgeMs: undefined };
  for (const format of formatsOf(settings)) proofs.push(await summaryProof(look, format, asked, now));
  return proofs;
}

/** What the signer's attestations that take a verdict back say. */
function said({ takeBacks }: Look): Statement[] {
  return takeBacks.map(({ envelope }) => envelope.statement);
}

function expectedOf({ registry, repository, digest }: SigningTarget) {
  return { digest, resourceUri: resourceUri(registry, repository) };
}

/** If not everything could be read, no proof holds. */
function unreadProofs(
  settings: VerificationSettings,
  target: SigningTarget,
  { message, nextStep }: EvidenceUnread,
): Proof[] {
  const detail = `what is attached to it could not be read completely, and may take its verdict back: ${message}`;
  return [
    ...formatsOf(settings).map(
      (format): Proof => ({ ...signatureOf(settings, target, format), state: 'failed', detail, nextStep }),
    ),
    { ...summaryOf(settings, target), state: 'skipped', detail: 'not everything could be read' },
  ];
}

function signatureOf(settings: VerificationSettings, target: SigningTarget, format: SignatureFormat) {
  return {
    kind: 'signature',
    what: `Signature${of(target)} (${format})`,
    by: signerWords(settings.signer),
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
  } as const;
}

async function signatureProof(look: Look, format: SignatureFormat): Promise<Proof> {
  const { settings, target } = look;
  const proof = signatureOf(settings, target, format);
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
  const shown = format === 'bundle' ? attested(look, format, SIGNATURE_TYPE) : await legacySignatures(look);
  const result = await verified(look, shown, (request) =>
    verifyArguments({ ...request, format, annotations }),
  );
  if (!result.ok) return { proven: false, why: result.message, nextStep: result.nextStep };
  const proves = format === 'bundle' ? provesBundle : provesLegacy;
  const proven = proves(result.stdout, target.digest, annotations);
  return { proven, why: 'what verifies is not of this digest with these annotations', nextStep: undefined };
}

async function legacySignatures({ session, target }: Look): Promise<Shown> {
  const signatures = await readLegacySignatures(session.ports.evidence, target);
  return { digest: target.digest, signatures };
}

/** What cosign is shown to find attestations of a type: those of that type, in one format. */
function attested({ evidence, target }: Look, format: SignatureFormat, type: string): Shown {
  const attestations = evidence.attestations.filter(
    ({ format: has, isForCosign, envelope: { statement } }) =>
      has === format && isForCosign && statement.predicateType === type && isAbout(statement, target.digest),
  );
  return { digest: target.digest, attestations };
}

function summaryOf(settings: VerificationSettings, target: SigningTarget, format?: SignatureFormat) {
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
  const { settings, target, takeBacks } = look;
  const proof = summaryOf(settings, target, format);
  const result = await verified(look, attested(look, format, SUMMARY_TYPE), (request) =>
    verifyAttestationArguments({ ...request, format }, SUMMARY_TYPE),
  );
  const decision = decideSummaries([...said(look), ...statementsOf(result.ok ? result.stdout : '')], {
    ...expectedOf(target),
    ...asked,
    now,
  });
  const others = notCounted(decision.passedOver);
  if (decision.proven) {
    const any = asked.policySha256 === undefined ? ', which could have been any' : '';
    return {
      ...proof,
      state: 'proven',
      at: decision.at,
      ageMs: decision.ageMs,
      detail: `${decision.summary.verificationResult} by policy ${policyText(decision.summary)}${any}${others}`,
    };
  }
  const failed = { ...proof, state: 'failed' } as const;
  if (decision.takenBackBy !== undefined) {
    const takers = takeBacksOf(said(look), expectedOf(target)).takeBacks.map(({ statement }) => statement);
    const { what, nextStep } = takeBackWords(takers, takeBacks, target);
    return { ...failed, detail: `${decision.why} (${what})${others}`, nextStep };
  }
  if (result.ok) return { ...failed, detail: `${decision.why}${others}`, nextStep: RENEW };
  const detail = `no verification summary by this signer was found: ${result.message}${others}`;
  return { ...failed, detail, nextStep: result.nextStep ?? RENEW };
}

const MOST_LISTED = 5;

/** The summaries that do not say PASSED and did not decide. */
function notCounted(items: readonly string[]): string {
  if (items.length === 0) return '';
  const more = items.length - MOST_LISTED;
  const listed = [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])];
  return `; not counted: ${listed.join(', ')}`;
}

const RENEW =
  'Let the gate judge this image again with attest: true, by the policy and with the key that are expected here.';

/** Has cosign verify what it is shown, as strictly as the settings say. */
async function verified(
  { session, settings, target, verifier }: Look,
  shown: Shown,
  args: (request: Omit<VerifyRequest, 'format' | 'annotations'>) => string[],
): Promise<Looked> {
  const { trustedRoot, ownServices } = session;
  const { transparencyLog } = settings;
  const showing = await session.show(shown);
  // What is not read here is missing, which never speaks for the image.
  return look(
    session,
    target,
    showing,
    (image, timeoutMs) => args({ image, verifier, transparencyLog, trustedRoot, ownServices, timeoutMs }),
    { wholly: false },
  );
}
