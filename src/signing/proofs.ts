/** Verifies the signature and the verification summary of one digest, and says what was found. */

import { SIGNATURE_TYPE, type SignatureFormat, type Verifier } from './cosign/arguments.ts';
import { type Check, type Checked, check } from './cosign/check.ts';
import type { ServedImage } from './cosign/loopback-registry.ts';
import { provesBundle, provesLegacy } from './cosign/output.ts';
import type { CosignSession } from './cosign/session.ts';
import { readLegacySignatures } from './evidence/read.ts';
import type { Attestation, Evidence, UnreadableEvidence } from './evidence/source.ts';
import type { Proof } from './outcomes.ts';
import { describeRevocations } from './revocations.ts';
import type { SigningTarget } from './sign.ts';
import { resourceUri, SUMMARY_TYPE } from './statements/predicate.ts';
import { revocationsOf } from './statements/revocation.ts';
import { isAbout, type Statement, statementsOf } from './statements/statement.ts';
import { decideSummaries, policyText } from './statements/summaries.ts';
import type { ExpectedSigner, VerificationSettings } from './verify.ts';

/** The verification of one digest. */
export interface Verification {
  readonly session: CosignSession;
  readonly settings: VerificationSettings;
  readonly target: SigningTarget;
  readonly verifier: Verifier;
  readonly evidence: Evidence;
  /** The attestations by the signer that revoke a verdict. */
  readonly revocations: readonly Attestation[];
}

/** The signer in words: the key as cosign reads it, or the identity and its issuer. */
export function signerText(signer: ExpectedSigner): string {
  if (signer.kind === 'key') return signer.key.kind === 'kms' ? signer.key.reference : signer.key.path;
  const identity = signer.kind === 'identity' ? signer.identity : signer.pattern;
  return `${identity} (${signer.issuer})`;
}

/**
 * The checks of one digest: its signature and its verification summary, in every required format.
 * @param now the time by AWS's clock; undefined where it is unknown
 * @throws UnreadableEvidence; GateError `timeout` or `cancelled`
 */
export async function proofsOf(verification: Verification, now: Date | undefined): Promise<Proof[]> {
  const { settings, target } = verification;
  const proofs: Proof[] = [];
  for (const format of formatsOf(settings)) proofs.push(await signatureProof(verification, format));
  const { revocations, notCounted } = revocationsOf(revokingStatements(verification), expectedOf(target));
  if (settings.summary === undefined && revocations.length === 0) {
    const detail = `not required${notCountedText(notCounted)}`;
    return [...proofs, { ...summaryOf(settings, target), state: 'skipped', detail }];
  }
  // A revocation counts even if only the signature is required: a newer summary then has to follow it.
  const required = settings.summary ?? { policySha256: undefined, maxAgeMs: undefined };
  for (const format of formatsOf(settings)) {
    proofs.push(await summaryProof(verification, format, required, now));
  }
  return proofs;
}

/** The checks of a digest if not everything that is attached to it could be read: all of them fail. */
export function unreadableProofs(
  settings: VerificationSettings,
  target: SigningTarget,
  { message, nextStep }: UnreadableEvidence,
): Proof[] {
  const detail = `not everything that is attached to it could be read, and it may revoke the verdict: ${message}`;
  return [
    ...formatsOf(settings).map(
      (format): Proof => ({ ...signatureOf(settings, target, format), state: 'failed', detail, nextStep }),
    ),
    { ...summaryOf(settings, target), state: 'skipped', detail: 'not everything could be read' },
  ];
}

function platformText({ platform }: SigningTarget): string {
  return platform === undefined ? '' : ` of ${platform}`;
}

function formatsOf({ format }: VerificationSettings): SignatureFormat[] {
  return format === 'both' ? ['bundle', 'legacy'] : [format];
}

function revokingStatements({ revocations }: Verification): Statement[] {
  return revocations.map(({ envelope }) => envelope.statement);
}

function expectedOf({ registry, repository, digest }: SigningTarget) {
  return { digest, resourceUri: resourceUri(registry, repository) };
}

function signatureOf(settings: VerificationSettings, target: SigningTarget, format: SignatureFormat) {
  return {
    kind: 'signature',
    what: `Signature${platformText(target)} (${format})`,
    by: signerText(settings.signer),
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
  } as const;
}

async function signatureProof(verification: Verification, format: SignatureFormat): Promise<Proof> {
  const { settings, target } = verification;
  const proof = signatureOf(settings, target, format);
  const { verified, why, nextStep } = await verifySignature(verification, format);
  if (verified) {
    const annotations = Object.entries(settings.annotations).map(([name, value]) => `${name}=${value}`);
    return { ...proof, state: 'proven', detail: annotations.join(', ') || undefined };
  }
  const failed = {
    ...proof,
    state: 'failed',
    detail: `no valid signature by this signer was found: ${why}`,
  } as const;
  // A likely cause, which the reader would otherwise have to find with cosign.
  const other = format === 'bundle' ? 'legacy' : 'bundle';
  if ((await verifySignature(verification, other)).verified) {
    return {
      ...failed,
      detail: `${failed.detail}. It has a valid signature in format ${other}`,
      nextStep: `Set signature-format: ${other} for this step, or sign the image in format ${format} too.`,
    };
  }
  return {
    ...failed,
    nextStep: nextStep ?? 'Do not deploy this image before the gate has judged and signed it.',
  };
}

async function verifySignature(
  verification: Verification,
  format: SignatureFormat,
): Promise<{ verified: boolean; why: string; nextStep: string | undefined }> {
  const { target, settings } = verification;
  const { annotations } = settings;
  const image =
    format === 'bundle'
      ? attestationsOf(verification, format, SIGNATURE_TYPE)
      : await legacySignatures(verification);
  const result = await verify(verification, image, format, { annotations });
  if (!result.ok) return { verified: false, why: result.message, nextStep: result.nextStep };
  const proves = format === 'bundle' ? provesBundle : provesLegacy;
  const verified = proves(result.stdout, target.digest, annotations);
  return {
    verified,
    why: 'the valid signatures are not for this digest with these annotations',
    nextStep: undefined,
  };
}

async function legacySignatures({ session, target }: Verification): Promise<ServedImage> {
  const signatures = await readLegacySignatures(session.ports.evidence, target);
  return { digest: target.digest, signatures };
}

/** The image with the attestations of one type, in one format. */
function attestationsOf(
  { evidence, target }: Verification,
  format: SignatureFormat,
  type: string,
): ServedImage {
  const attestations = evidence.attestations.filter(
    ({ format: has, isForCosign, envelope: { statement } }) =>
      has === format && isForCosign && statement.predicateType === type && isAbout(statement, target.digest),
  );
  return { digest: target.digest, attestations };
}

function summaryOf(settings: VerificationSettings, target: SigningTarget, format?: SignatureFormat) {
  return {
    kind: 'attestation',
    what: `Verification summary${platformText(target)}${format === undefined ? '' : ` (${format})`}`,
    by: signerText(settings.signer),
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
  } as const;
}

async function summaryProof(
  verification: Verification,
  format: SignatureFormat,
  required: NonNullable<VerificationSettings['summary']>,
  now: Date | undefined,
): Promise<Proof> {
  const { settings, target, revocations } = verification;
  const proof = summaryOf(settings, target, format);
  const image = attestationsOf(verification, format, SUMMARY_TYPE);
  const result = await verify(verification, image, format, { type: SUMMARY_TYPE });
  const statements = [...revokingStatements(verification), ...statementsOf(result.ok ? result.stdout : '')];
  const decision = decideSummaries(statements, { ...expectedOf(target), ...required, now });
  const others = notCountedText(decision.notCounted);
  if (decision.accepted) {
    const any = required.policySha256 === undefined ? ' (any policy is accepted)' : '';
    return {
      ...proof,
      state: 'proven',
      at: decision.at,
      ageMs: decision.ageMs,
      detail: `${decision.summary.verificationResult} by policy ${policyText(decision.summary)}${any}${others}`,
    };
  }
  const failed = { ...proof, state: 'failed' } as const;
  if (decision.revokedBy !== undefined) {
    const { revocations: counted } = revocationsOf(revokingStatements(verification), expectedOf(target));
    const { what, nextStep } = describeRevocations(
      counted.map(({ statement }) => statement),
      revocations,
      target,
    );
    return { ...failed, detail: `${decision.why} (${what})${others}`, nextStep };
  }
  if (result.ok) return { ...failed, detail: `${decision.why}${others}`, nextStep: RENEW };
  const detail = `no verification summary by this signer was found: ${result.message}${others}`;
  return { ...failed, detail, nextStep: result.nextStep ?? RENEW };
}

const MOST_LISTED = 5;

/** The summaries that do not say PASSED and did not decide. */
function notCountedText(items: readonly string[]): string {
  if (items.length === 0) return '';
  const more = items.length - MOST_LISTED;
  const listed = [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])];
  return `; not counted: ${listed.join(', ')}`;
}

const RENEW =
  'Run the gate for this image again with attest: true, and with the policy and the key that are expected here.';

/** Has cosign verify a copy of the image, as strictly as the settings require. */
async function verify(
  { session, target, verifier }: Verification,
  image: ServedImage,
  format: SignatureFormat,
  wanted: Check['wanted'],
): Promise<Checked> {
  const copy = await session.serve(image);
  // What cosign does not read is missing, which never counts for the image.
  return check(session, { subject: target, verifier, format, wanted, copy });
}
