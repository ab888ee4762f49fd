/**
 * Has cosign verify the attestations of one digest by one signer, and checks what cosign verified: subject, predicate, source
 * in the certificate, and time.
 */
import type { RequiredAttestation } from '../results/attestation.ts';
import { clip } from '../text.ts';
import { CLOCK_SKEW_MS, formatAge } from '../time.ts';
import type { Verifier } from './cosign/arguments.ts';
import { type Checked, check } from './cosign/check.ts';
import type { CosignSession } from './cosign/session.ts';
import {
  type BundleFacts,
  bundleFacts,
  certificateFromPem,
  type SourceInCertificate,
  sourceInCertificate,
} from './evidence/bundle.ts';
import type { Attestation, Subject } from './evidence/source.ts';
import { isRecord } from './statements/spelling.ts';
import { type Statement, statementsOf, verifiedPayloads } from './statements/statement.ts';

/** Which condition of a required attestation a predicate does not satisfy, in words; undefined if it satisfies all. */
export type Unmet = (
  required: RequiredAttestation,
  predicate: unknown,
  certificate: SourceInCertificate,
) => string | undefined;

/** A required attestation, and what cosign verifies it with. */
export interface Prepared {
  readonly required: RequiredAttestation;
  readonly session: CosignSession;
  readonly verifier: Verifier;
}

/** The verification of attestations of one kind. */
export interface Verification extends Prepared {
  readonly unmet: Unmet;
  /** The time by AWS's clock; undefined if it is unknown. */
  readonly now: Date | undefined;
}

/** How many attestations cosign verifies in one call. */
const MOST_SERVED = 500;
/** How many attestations by the signer are verified one by one. */
const MOST_TRIED = 50;
/** If there are more attestations, one call determines first which of them are by the signer. */
const FEW = 3;
export const MOST_REASONS = 3;
const MOST_REASON_CHARACTERS = 500;

/** What cosign has to verify of an attestation, and where its predicate then comes from. */
export interface Wanted {
  readonly type: string;
  /** The predicate, if what cosign verified is about the right digest; undefined otherwise. */
  readonly predicateOf: (verified: readonly Statement[]) => unknown;
}

export interface Tried {
  readonly accepted: { readonly attestation: Attestation; readonly at: Date | undefined } | undefined;
  readonly words: string;
  readonly isDetermined: boolean;
  readonly nextStep: string | undefined;
  /** Why those by the signer do not count; empty if none of them is by the signer. */
  readonly reasons: readonly string[];
}

/**
 * Has cosign verify attestations one by one, newest first, until one satisfies all conditions. Each is verified alone: only
 * then is it certain that time and certificate are those that cosign verified, because others can attach a changed copy.
 */
export async function tryEach(
  verification: Verification,
  subject: Subject,
  attestations: readonly Attestation[],
  wanted: Wanted,
): Promise<Tried> {
  const none = { accepted: undefined, isDetermined: true, nextStep: undefined, reasons: [] } as const;
  if (attestations.length === 0) return { ...none, words: 'has no attestation of this type' };
  // Of an attestation in the legacy format, cosign accepts a certificate that is valid now instead of a timestamp.
  const usable = needsTimestamp(verification.required)
    ? attestations.filter(({ format }) => format === 'bundle')
    : attestations;
  if (usable.length === 0) {
    return { ...none, words: 'has attestations of this type in the legacy format only, without a timestamp' };
  }
  const signed = await signedOnes(verification, subject, usable, wanted.type);
  const newestFirst = signed.attestations
    .map((attestation) => ({ attestation, facts: factsOf(attestation) }))
    .toSorted((a, b) => claimedTime(b.facts) - claimedTime(a.facts));
  const reasons = new Set<string>();
  let unverified = signed.why;
  let verified = 0;
  let isDetermined = signed.isDetermined;
  for (const { attestation, facts } of newestFirst.slice(0, MOST_TRIED)) {
    const checked = await verifyWith(verification, subject, [attestation], wanted.type);
    if (!checked.ok) {
      unverified ??= checked;
      isDetermined &&= checked.found !== undefined;
      continue;
    }
    verified += 1;
    const why = refusal(verification, attestation, wanted.predicateOf(statementsOf(checked.stdout)), facts);
    if ('why' in why) reasons.add(why.why);
    else return { ...none, accepted: { attestation, at: why.at }, words: '' };
  }
  if (newestFirst.length > MOST_TRIED) {
    isDetermined = false;
    reasons.add(`there are more than ${MOST_TRIED} by this signer`);
  }
  const total = usable.length;
  const many = total === 1 ? '1 attestation' : `${total} attestations`;
  if (verified === 0) {
    const which = total === 1 ? 'which is not' : total === 2 ? 'neither of which is' : 'none of which is';
    const whose = isDetermined ? `${which} signed by this signer` : 'and cosign could not verify who signed';
    const message = unverified === undefined ? '' : ` (${clip(unverified.message, MOST_REASON_CHARACTERS)})`;
    return {
      ...none,
      words: `has ${many} of this type, ${whose}${message}`,
      isDetermined,
      nextStep: unverified?.nextStep,
    };
  }
  const ignored = total - verified;
  const others =
    ignored === 0 ? '' : `; ${ignored} by other signers ${ignored === 1 ? 'was' : 'were'} ignored`;
  const listed = [...reasons].slice(0, MOST_REASONS);
  return {
    ...none,
    words: `has ${verified === 1 ? '1 attestation' : `${verified} attestations`} of this type by this signer, but ${listed.join('; ')}${others}`,
    isDetermined,
    reasons: listed,
  };
}

/**
 * Which attestations cosign verifies as the signer's; all of them where there are few. Everyone who can push can attach
 * thousands, so they are not verified one by one before that.
 */
async function signedOnes(
  verification: Verification,
  subject: Subject,
  attestations: readonly Attestation[],
  type: string,
): Promise<{
  attestations: readonly Attestation[];
  isDetermined: boolean;
  why: (Checked & { ok: false }) | undefined;
}> {
  if (attestations.length <= FEW) return { attestations, isDetermined: true, why: undefined };
  const signed: Attestation[] = [];
  let isDetermined = true;
  let why: (Checked & { ok: false }) | undefined;
  for (const format of ['bundle', 'legacy'] as const) {
    const ofFormat = attestations.filter((one) => one.format === format);
    for (let at = 0; at < ofFormat.length; at += MOST_SERVED) {
      const part = ofFormat.slice(at, at + MOST_SERVED);
      const checked = await verifyWith(verification, subject, part, type);
      if (checked.ok) {
        const payloads = verifiedPayloads(checked.stdout);
        signed.push(...part.filter(({ envelope }) => payloads.has(envelope.payload.toString('base64'))));
      } else {
        why ??= checked;
        isDetermined &&= checked.found !== undefined;
      }
    }
  }
  return { attestations: signed, isDetermined, why };
}

function factsOf({ format, layer }: Attestation): BundleFacts | undefined {
  return format === 'bundle' ? bundleFacts(layer.bytes) : undefined;
}

async function verifyWith(
  { session, verifier, required }: Verification,
  subject: Subject,
  attestations: readonly Attestation[],
  type: string,
): Promise<Checked> {
  const isIdentity = required.signer.kind === 'identity';
  const copy = await session.serve({ digest: subject.digest, attestations });
  return check(session, {
    subject,
    verifier,
    format: attestations[0]?.format ?? 'bundle',
    wanted: { type },
    copy,
    ignoresCertificateLog: isIdentity && hasNoCertificateLog(required.trustedRoot),
    timestampInsteadOfLog: needsTimestamp(required),
  });
}

/** The certificate is valid for minutes: without a log, a timestamp has to say that it was valid when it signed. */
function needsTimestamp({ signer, transparencyLog }: RequiredAttestation): boolean {
  return signer.kind === 'identity' && !transparencyLog;
}

/** Whether a trusted root names no log of certificates: then certificates of its authorities are in none. */
function hasNoCertificateLog(trustedRoot: string | undefined): boolean {
  if (trustedRoot === undefined) return false;
  const { ctlogs = [] } = JSON.parse(trustedRoot) as { ctlogs?: unknown };
  return Array.isArray(ctlogs) && ctlogs.length === 0;
}

/** The time by which attestations are sorted. It may not be verified. */
function claimedTime(facts: BundleFacts | undefined): number {
  return oldest([...(facts?.times?.integrated ?? []), ...(facts?.times?.stamped ?? [])])?.getTime() ?? 0;
}

function oldest(times: readonly Date[]): Date | undefined {
  const all = times.map((time) => time.getTime());
  return all.length === 0 ? undefined : new Date(Math.min(...all));
}

/** Why an attestation that cosign verified alone does not count, or when it was signed. */
function refusal(
  { required, unmet, now }: Verification,
  attestation: Attestation,
  predicate: unknown,
  facts: BundleFacts | undefined,
): { readonly why: string } | { readonly at: Date | undefined } {
  if (!isRecord(predicate)) {
    return { why: 'its statement is not about this digest, has no predicate, or can be read in two ways' };
  }
  const condition = unmet(required, predicate, certificateSource(required, attestation));
  if (condition !== undefined) return { why: condition };
  const at = verifiedTime(required, facts);
  if (at !== undefined && now !== undefined && at.getTime() > now.getTime() + CLOCK_SKEW_MS) {
    return { why: `it was signed in the future, at ${at.toISOString()}` };
  }
  if (required.maxAgeMs === undefined) return { at };
  const limit = `the policy allows ${formatAge(required.maxAgeMs)}`;
  if (at === undefined) {
    return { why: `no log and no timestamp authority states when it was signed, and ${limit}` };
  }
  if (now === undefined) return { why: `AWS’s time is unknown, and ${limit}` };
  const age = now.getTime() - at.getTime();
  return age > required.maxAgeMs ? { why: `it was signed ${formatAge(age)} ago, and ${limit}` } : { at };
}

/**
 * When an attestation by an identity was signed: the oldest of the times in its bundle and of the time from which its certificate is
 * valid. A bundle can contain times that cosign has not verified, and anyone can get a later timestamp for a signature, so only an
 * older time can be wrong in the strict direction. The certificate is part of what cosign verified, and is issued to sign at once.
 *
 * A key has no certificate, so when it signed is unknown: a log or a timestamp authority also accepts an old signature.
 */
export function verifiedTime(
  { signer, transparencyLog }: RequiredAttestation,
  facts: BundleFacts | undefined,
): Date | undefined {
  if (signer.kind !== 'identity' || facts?.times === undefined || facts.validFrom === undefined)
    return undefined;
  const { promised, stamped, integrated } = facts.times;
  const isVerified = stamped.length > 0 || (transparencyLog && promised.length > 0);
  return isVerified ? oldest([...integrated, ...stamped, facts.validFrom]) : undefined;
}

/** The annotation of a legacy attestation with the certificate of its signature. Source: cosign, pkg/oci/static/signature.go. */
const LEGACY_CERTIFICATE = 'dev.sigstore.cosign/certificate';

/** The source repository in the certificate of an attestation, where the policy compares it. */
function certificateSource(
  { signer, sourceRepository }: RequiredAttestation,
  { format, layer }: Attestation,
): SourceInCertificate {
  if (signer.kind !== 'identity' || sourceRepository === undefined) return { kind: 'none' };
  const certificate =
    format === 'bundle'
      ? bundleFacts(layer.bytes)?.certificate
      : certificateFromPem(layer.descriptor.annotations[LEGACY_CERTIFICATE] ?? '');
  return certificate === undefined ? { kind: 'unreadable' } : sourceInCertificate(certificate);
}
