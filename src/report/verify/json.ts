/** The verify action's `report.json`. */
import type { Changes } from '../../results/modes/changes.ts';
import {
  isSigned,
  type VerificationReport,
  type VerifiedImage,
  type VerifyResult,
} from '../../results/modes/verify.ts';
import type { ChangesDocument, ReportDocument, VerificationDocument } from '../findings/document.ts';
import { type DocumentParts, documentText, reportDocument } from '../findings/json.ts';
import { iso } from '../findings/json-image.ts';
import { proofDocument } from '../findings/json-proof.ts';

/** The report as plain JSON. */
export function verifyDocument(result: VerifyResult): ReportDocument {
  return reportDocument(result, partsOf(result));
}

/** The same as text, in pieces. */
export function reportText(result: VerifyResult): Generator<string> {
  return documentText(result, partsOf(result));
}

function partsOf({ verification, changes }: VerifyResult): DocumentParts<VerifiedImage> {
  return {
    signing: null,
    verification: verification === undefined ? null : verificationDocument(verification),
    changes: changes === undefined ? null : changesDocument(changes),
    ofImage: (image) => ({
      signatures: [],
      verdictAttestations: [],
      signed: isSigned(image),
      proofs: image.proofs.map(proofDocument),
    }),
  };
}

function changesDocument({ since, error, expiries, ...lists }: Changes): ChangesDocument {
  return {
    since: iso(since),
    error: error ?? null,
    expiries: expiries.map(({ ends, ...expiry }) => ({ ...expiry, ends: iso(ends) })),
    ...lists,
  };
}

function verificationDocument(verification: VerificationReport): VerificationDocument {
  const {
    signers,
    format,
    cosignVersion,
    notation,
    attestation,
    policies,
    maxAttestationAgeMs,
    promotedFrom,
    recheck,
  } = verification;
  return {
    signer: requiredSigners(verification),
    signers,
    format,
    cosignVersion: cosignVersion ?? null,
    notation:
      notation === undefined ? null : { identities: notation.identities, version: notation.version ?? null },
    attestation,
    policySha256: policies?.[0] ?? null,
    policies: policies ?? null,
    maxAttestationAgeMs: maxAttestationAgeMs ?? null,
    promotedFrom,
    recheck,
  };
}

/** The signers in words. */
function requiredSigners({ signers, notation }: VerificationReport): string {
  return [signers, notation?.identities ?? []]
    .filter((any) => any.length > 0)
    .map((any) => any.join(' or '))
    .join(' and ');
}
