/** Verifies the signature and the verification summary of one digest, and says what was found. */

import { endOf } from '../time.ts';
import { SIGNATURE_TYPE, type SignatureFormat, type Verifier } from './cosign/arguments.ts';
import { signatureCommand, summaryCommand } from './cosign/by-hand.ts';
import { type Check, type Checked, check } from './cosign/check.ts';
import type { ServedImage } from './cosign/loopback-registry.ts';
import { provesBundle, provesLegacy } from './cosign/output.ts';
import { byHand, type CosignSession } from './cosign/session.ts';
import { attestationKey, inSource, type Place, type Places } from './evidence/places.ts';
import { readLegacySignatures } from './evidence/read.ts';
import type { Attestation, Evidence, Subject, UnreadableEvidence } from './evidence/source.ts';
import type { Proof } from './outcomes.ts';
import { describeRevocations } from './revocations.ts';
import type { SigningTarget } from './sign.ts';
import { resourceUri, SUMMARY_TYPE, type VerificationSummary } from './statements/predicate.ts';
import { type RevocableImage, type Revocation, revocationsOf } from './statements/revocation.ts';
import { isAbout, type Statement, statementsOf } from './statements/statement.ts';
import { decideSummaries, policyText, type SummaryDecision } from './statements/summaries.ts';
import type { ExpectedSigner, VerificationSettings } from './verify.ts';

/** A signer whose signatures are accepted, and what cosign verifies them with. */
export interface VerifyingSigner {
  /** The signer in words. */
  readonly by: string;
  readonly session: CosignSession;
  readonly verifier: Verifier;
}

export interface SearchedSigner extends VerifyingSigner {
  /** The attestations by this signer that revoke a verdict. */
  readonly revocations: readonly Attestation[];
}

/** The verification of one digest. */
export interface Verification {
  /** At least one. */
  readonly signers: readonly SearchedSigner[];
  readonly settings: VerificationSettings;
  readonly target: SigningTarget;
  /** Where the digest is, or was promoted from, and what is attached to it there. */
  readonly places: Places;
  /** What is attached in all places together. */
  readonly evidence: Evidence;
}

/** The signer in words: the key as cosign reads it, or the identity and its issuer. */
export function signerText(signer: ExpectedSigner): string {
  if (signer.kind === 'key') return signer.key.kind === 'kms' ? signer.key.reference : signer.key.path;
  const identity = signer.kind === 'identity' ? signer.identity : signer.pattern;
  return `${identity} (${signer.issuer})`;
}

/**
 * The checks of one digest: its signature and its verification summary, in every required format.
 * @param now the time by AWS's clock; undefined if it is unknown
 * @throws UnreadableEvidence; GateError `timeout` or `cancelled`
 */
export async function proofsOf(verification: Verification, now: Date | undefined): Promise<Proof[]> {
  const { settings, target } = verification;
  const proofs: Proof[] = [];
  for (const format of formatsOf(settings)) proofs.push(await signatureProof(verification, format));
  const { revocations, notCounted } = revocationsOf(
    revokingStatements(verification.signers),
    expectedOf(verification),
  );
  if (settings.summary === undefined && revocations.length === 0) {
    const detail = `not required${notCountedText(notCounted)}`;
    return [...proofs, { ...summaryOf(settings, target), state: 'skipped', detail }];
  }
  // A revocation counts even if only the signature is required: a newer summary then has to follow it.
  const required = settings.summary ?? { policies: undefined, maxAgeMs: undefined };
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

function revokingStatements(signers: readonly SearchedSigner[]): Statement[] {
  return signers.flatMap(({ revocations }) => revocations.map(({ envelope }) => envelope.statement));
}

/** All signers in words. */
function anyOf({ signers }: VerificationSettings): string {
  return signers.map(signerText).join(' or ');
}

/** Why each of several signers does not count; for a single one without its name. */
function reasons(failures: readonly { readonly by: string; readonly why: string }[]): string {
  if (failures.length === 1) return failures.map(({ why }) => why).join();
  return failures.map(({ by, why }) => `${by}: ${why}`).join('; ');
}

function expectedOf({ target, places }: Verification): RevocableImage {
  const [own, ...sources] = places;
  return { digest: target.digest, resourceUri: uriOf(own), promotedFrom: sources.map(uriOf) };
}

function hasSummary({ evidence }: Place, { resourceUri: uri, timeVerified }: VerificationSummary): boolean {
  return evidence.attestations.some(({ envelope: { statement } }) => {
    const { resourceUri: of, timeVerified: at } = (statement.predicate ?? {}) as Partial<VerificationSummary>;
    return of === uri && at === timeVerified;
  });
}

/** The place as a summary names it. */
function uriOf({ subject: { registry, repository } }: Place): string {
  return resourceUri(registry, repository);
}

function signatureOf(settings: VerificationSettings, target: SigningTarget, format: SignatureFormat) {
  return {
    kind: 'signature',
    what: `Signature${platformText(target)} (${format})`,
    by: anyOf(settings),
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
  } as const;
}

async function signatureProof(verification: Verification, format: SignatureFormat): Promise<Proof> {
  const { settings, target } = verification;
  const proof = signatureOf(settings, target, format);
  const results: SignatureResult[] = [];
  for (const signer of verification.signers) {
    const result = await verifySignature(verification, signer, format);
    if (result.verified) {
      const { subject, source } = result.place;
      const said = [
        ...(source === undefined ? [] : [`found in ${source}`]),
        ...Object.entries(settings.annotations).map(([name, value]) => `${name}=${value}`),
      ];
      const command = signatureCommand(
        byHand(signer.session, signer.verifier, subject, format),
        settings.annotations,
      );
      return {
        ...proof,
        by: signer.by,
        state: 'proven',
        promotedFrom: source,
        detail: said.join(', ') || undefined,
        command,
      };
    }
    results.push(result);
  }
  const whose = results.length === 1 ? 'this signer' : 'any of these signers';
  const failed = {
    ...proof,
    state: 'failed',
    detail: `no valid signature by ${whose} was found: ${reasons(results)}`,
  } as const;
  // A likely cause, which the reader would otherwise have to find with cosign.
  const other = format === 'bundle' ? 'legacy' : 'bundle';
  for (const signer of verification.signers) {
    if (!(await verifySignature(verification, signer, other)).verified) continue;
    return {
      ...failed,
      detail: `${failed.detail}. It has a valid signature in format ${other}`,
      nextStep: `Set signature-format: ${other} for this step, or sign the image in format ${format} too.`,
    };
  }
  return {
    ...failed,
    nextStep:
      results.find(({ nextStep }) => nextStep !== undefined)?.nextStep ??
      'Do not deploy this image before the gate has judged and signed it.',
  };
}

interface SignatureResult {
  readonly by: string;
  readonly verified: boolean;
  /** Where it was looked for. */
  readonly place: Place;
  readonly why: string;
  readonly nextStep: string | undefined;
}

/**
 * Looks for a signature in the image's own repository, then in those that it was promoted from. What is signed names the digest
 * alone, so a signature in either place says the same.
 */
async function verifySignature(
  verification: Verification,
  signer: SearchedSigner,
  format: SignatureFormat,
): Promise<SignatureResult> {
  const { places } = verification;
  const [own, ...sources] = places;
  const result = await verifySignatureIn(own, verification, signer, format);
  if (result.verified) return result;
  const reasons = [result.why];
  for (const place of sources) {
    const other = await verifySignatureIn(place, verification, signer, format);
    if (other.verified) return other;
    reasons.push(`in ${place.source}: ${other.why}`);
  }
  return { ...result, why: reasons.join('; ') };
}

async function verifySignatureIn(
  place: Place,
  { target, settings }: Verification,
  signer: SearchedSigner,
  format: SignatureFormat,
): Promise<SignatureResult> {
  const { annotations } = settings;
  const { by } = signer;
  const { subject, source, evidence } = place;
  const image =
    format === 'bundle'
      ? attestationsOf(evidence, target, format, SIGNATURE_TYPE)
      : await inSource(source, () => legacySignatures(signer, subject));
  const isBare = image.signatures === undefined && (image.attestations ?? []).length === 0;
  // In the image's own repository, cosign says in its own words that there is none.
  if (source !== undefined && isBare) {
    return { by, verified: false, place, why: 'no signature is attached', nextStep: undefined };
  }
  const result = await verify(signer, target, image, format, { annotations });
  if (!result.ok) return { by, verified: false, place, why: result.message, nextStep: result.nextStep };
  const proves = format === 'bundle' ? provesBundle : provesLegacy;
  const verified = proves(result.stdout, target.digest, annotations);
  return {
    by,
    verified,
    place,
    why: 'the valid signatures are not for this digest with these annotations',
    nextStep: undefined,
  };
}

async function legacySignatures({ session }: SearchedSigner, subject: Subject): Promise<ServedImage> {
  const signatures = await readLegacySignatures(session.ports.evidence, subject);
  return { digest: subject.digest, signatures };
}

/** The image with the attestations of one type, in one format. */
function attestationsOf(
  evidence: Evidence,
  target: SigningTarget,
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
    by: anyOf(settings),
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
  const { settings, target, signers } = verification;
  const proof = summaryOf(settings, target, format);
  const results: SummaryResult[] = [];
  for (const signer of signers) results.push(await summaryBy(verification, signer, format, required, now));
  const accepted = results
    .flatMap(({ signer, decision }) => (decision.accepted ? [{ signer, decision }] : []))
    .toSorted((a, b) => b.decision.at.getTime() - a.decision.at.getTime())[0];
  if (accepted !== undefined) {
    const { signer, decision } = accepted;
    const { resourceUri: resource, policy } = decision.summary;
    const says = { type: SUMMARY_TYPE, resourceUri: resource, policySha256: policy.digest?.sha256 ?? '' };
    const any = required.policies === undefined ? ' (any policy is accepted)' : '';
    const { places } = verification;
    const source = places.find((place) => uriOf(place) === resource)?.source;
    // A copy of the summary may be attached in another repository than the one that it is for.
    const holder = places.find((place) => hasSummary(place, decision.summary)) ?? places[0];
    return {
      ...proof,
      by: signer.by,
      state: 'proven',
      at: decision.at,
      ageMs: decision.ageMs,
      ends: endOf(decision.at, required.maxAgeMs),
      promotedFrom: source,
      detail: `${source === undefined ? '' : `Verified by the summary of ${source}: `}${decision.summary.verificationResult} by policy ${policyText(decision.summary)}${any}${notCountedText(decision.notCounted)}`,
      command: summaryCommand(byHand(signer.session, signer.verifier, holder.subject, format), says),
    };
  }
  const failed = { ...proof, state: 'failed' } as const;
  const revoked = results.find(({ decision }) => !decision.accepted && decision.revokedBy !== undefined);
  if (revoked !== undefined) {
    const { revocations: counted } = revocationsOf(revokingStatements(signers), expectedOf(verification));
    const { what, nextStep } = describeRevocations(
      counted.map(({ statement }) => statement),
      signers.flatMap(({ revocations }) => revocations),
      verification.places,
    );
    return { ...failed, detail: `${revoked.why} (${what})${revoked.others}`, nextStep };
  }
  const nextStep = results.find((result) => result.nextStep !== undefined)?.nextStep ?? RENEW;
  const others = [...new Set(results.map((result) => result.others))].join('');
  return { ...failed, detail: `${reasons(results)}${others}`, nextStep };
}

interface SummaryResult {
  readonly by: string;
  readonly signer: SearchedSigner;
  readonly decision: SummaryDecision;
  /** Why it was not accepted; empty if it was. */
  readonly why: string;
  /** The summaries that did not decide, in words. */
  readonly others: string;
  readonly nextStep: string | undefined;
}

/**
 * Decides by the summaries of one signer. A revocation by another signer counts whatever its date: this signer may have
 * signed without knowing of it, because the gate looks only for revocations by its own key.
 */
async function summaryBy(
  verification: Verification,
  signer: SearchedSigner,
  format: SignatureFormat,
  required: NonNullable<VerificationSettings['summary']>,
  now: Date | undefined,
): Promise<SummaryResult> {
  const { target, signers } = verification;
  const { by } = signer;
  const image = attestationsOf(verification.evidence, target, format, SUMMARY_TYPE);
  const result = await verify(signer, target, image, format, { type: SUMMARY_TYPE });
  const own = [...revokingStatements([signer]), ...statementsOf(result.ok ? result.stdout : '')];
  const decision = decideSummaries(own, { ...expectedOf(verification), ...required, now });
  const others = notCountedText(decision.notCounted);
  const foreign = signers
    .filter((other) => other !== signer)
    .flatMap((other) =>
      revocationsOf(revokingStatements([other]), expectedOf(verification)).revocations.map((one) => ({
        ...one,
        signer: other.by,
        because: '',
      })),
    )[0];
  const unseen = decision.accepted ? unseenRevocation(signer, decision.summary, verification) : undefined;
  const revocation = foreign ?? unseen;
  if (revocation !== undefined) {
    const { signer: author, time, result: says, statement, because } = revocation;
    const why = `a verification summary by ${author}, of ${time}, says ${says}${because}`;
    const refused = { accepted: false, why, revokedBy: statement, notCounted: [] } as const;
    return { by, signer, decision: refused, why, others, nextStep: undefined };
  }
  if (decision.accepted) return { by, signer, decision, why: '', others, nextStep: undefined };
  if (decision.revokedBy !== undefined || result.ok) {
    return { by, signer, decision, why: decision.why, others, nextStep: decision.nextStep };
  }
  const why = `no verification summary by this signer was found: ${result.message}`;
  return { by, signer, decision, why, others, nextStep: result.nextStep };
}

/**
 * A revocation by the signer that the gate did not look for when it passed the image: it looks only for those that are
 * attached in the repository of the image, and that do not clearly name another one. A newer summary then does not say that the
 * image is good again, so the revocation counts whatever its date. One that is attached in another repository as well may have
 * been copied after the gate passed the image.
 */
function unseenRevocation(
  { by, revocations }: SearchedSigner,
  { resourceUri: passed }: VerificationSummary,
  verification: Verification,
): (Revocation & { readonly signer: string; readonly because: string }) | undefined {
  const there = verification.places.find((place) => uriOf(place) === passed);
  const keysIn = (places: readonly Place[]) =>
    new Set(places.flatMap(({ evidence }) => evidence.attestations.map(attestationKey)));
  const seen = keysIn(there === undefined ? [] : [there]);
  const elsewhere = keysIn(verification.places.filter((place) => place !== there));
  const { digest } = verification.target;
  const isSeen = (one: Attestation) =>
    seen.has(attestationKey(one)) &&
    !elsewhere.has(attestationKey(one)) &&
    revocationsOf([one.envelope.statement], { digest, resourceUri: passed }).revocations.length > 0;
  const statements = revocations.filter((one) => !isSeen(one)).map(({ envelope }) => envelope.statement);
  const [first] = revocationsOf(statements, expectedOf(verification)).revocations;
  const because = `. The newer summary of ${passed} does not count, because the gate for that repository does not look for this one, or may not have seen it`;
  return first && { ...first, signer: by, because };
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
  { session, verifier }: SearchedSigner,
  target: SigningTarget,
  image: ServedImage,
  format: SignatureFormat,
  wanted: Check['wanted'],
): Promise<Checked> {
  const copy = await session.serve(image);
  // What cosign does not read is missing, which never counts for the image.
  return check(session, { subject: target, verifier, format, wanted, copy });
}
