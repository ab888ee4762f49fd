/** The gate's `report.json`. */
import type { GateImage, GateResult, SigningReport } from '../../results/modes/gate.ts';
import type { ReportDocument, SigningDocument } from '../findings/document.ts';
import { type DocumentParts, documentText, reportDocument } from '../findings/json.ts';

/** The report as plain JSON. */
export function gateDocument(result: GateResult): ReportDocument {
  return reportDocument(result, partsOf(result));
}

/** The same as text, in pieces. */
export function reportText(result: GateResult): Generator<string> {
  return documentText(result, partsOf(result));
}

function partsOf({ signing }: GateResult): DocumentParts<GateImage> {
  return { signing: signing === undefined ? null : signingDocument(signing), verification: null, ofImage };
}

// Field by field: nothing else of the result must be in a file.
function signingDocument({
  key,
  format,
  transparencyLog,
  cosignVersion,
  state,
}: SigningReport): SigningDocument {
  return { key, format, transparencyLog, cosignVersion: cosignVersion ?? null, state };
}

function ofImage({
  signatures,
  verdictAttestations,
}: GateImage): ReturnType<DocumentParts<GateImage>['ofImage']> {
  return {
    signatures: signatures.map(({ digest, state, format, platform }) => ({
      digest,
      state,
      format,
      platform: platform ?? null,
    })),
    verdictAttestations: verdictAttestations.map(({ digest, type, state, format, platform }) => ({
      digest,
      type,
      state,
      format,
      platform: platform ?? null,
    })),
    proofs: [],
  };
}
