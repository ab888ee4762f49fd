/** The verify action's `report.json`. */
import {
  isSigned,
  type VerificationReport,
  type VerifiedImage,
  type VerifyResult,
} from '../../results/modes/verify.ts';
import type { Proof } from '../../signing/outcomes.ts';
import type { ProofDocument, ReportDocument, VerificationDocument } from '../findings/document.ts';
import { type DocumentParts, documentText, reportDocument } from '../findings/json.ts';
import { iso } from '../findings/json-image.ts';

/** The report as plain JSON. */
export function verifyDocument(result: VerifyResult): ReportDocument {
  return reportDocument(result, partsOf(result));
}

/** The same as text, in pieces. */
export function reportText(result: VerifyResult): Generator<string> {
  return documentText(result, partsOf(result));
}

function partsOf({ verification }: VerifyResult): DocumentParts<VerifiedImage> {
  return {
    signing: null,
    verification: verification === undefined ? null : verificationDocument(verification),
    ofImage: (image) => ({
      signatures: [],
      verdictAttestations: [],
      signed: isSigned(image),
      proofs: image.proofs.map(proofDocument),
    }),
  };
}

function verificationDocument(verification: VerificationReport): VerificationDocument {
  const {
    signers,
    format,
    cosignVersion,
    attestation,
    policies,
    maxAttestationAgeMs,
    promotedFrom,
    recheck,
  } = verification;
  return {
    signer: signers.join(' or '),
    signers,
    format,
    cosignVersion: cosignVersion ?? null,
    attestation,
    policySha256: policies?.[0] ?? null,
    policies: policies ?? null,
    maxAttestationAgeMs: maxAttestationAgeMs ?? null,
    promotedFrom,
    recheck,
  };
}

function proofDocument({ kind, state, what, by, at, ageMs, promotedFrom, detail }: Proof): ProofDocument {
  return {
    kind,
    state,
    what,
    by: by ?? null,
    at: iso(at),
    ageMs: ageMs ?? null,
    promotedFrom: promotedFrom ?? null,
    detail: detail ?? null,
  };
}
