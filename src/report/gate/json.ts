/** The gate's `report.json`. */
import {
  type GateImage,
  type GateResult,
  isImageSigned,
  type SigningReport,
} from '../../results/modes/gate.ts';
import type { ReportDocument, SigningDocument } from '../findings/document.ts';
import { type DocumentParts, documentText, reportDocument } from '../findings/json.ts';
import { proofDocument } from '../findings/json-proof.ts';

/** The report as plain JSON. */
export function gateDocument(result: GateResult): ReportDocument {
  return reportDocument(result, partsOf(result));
}

/** The same as text, in pieces. */
export function reportText(result: GateResult): Generator<string> {
  return documentText(result, partsOf(result));
}

function partsOf(result: GateResult): DocumentParts<GateImage> {
  const { signing } = result;
  return {
    signing: signing === undefined ? null : signingDocument(signing),
    verification: null,
    changes: null,
    ofImage: (image) => imageParts(image, isImageSigned(result, image)),
  };
}

// Field by field: nothing else of the result must be in a file.
function signingDocument({
  key,
  format,
  transparencyLog,
  sign,
  cosignVersion,
  notationVersion,
  state,
}: SigningReport): SigningDocument {
  return {
    key,
    format,
    transparencyLog,
    sign,
    cosignVersion: cosignVersion ?? null,
    notationVersion: notationVersion ?? null,
    state,
  };
}

function imageParts(
  { signatures, verdictAttestations, proofs }: GateImage,
  signed: boolean,
): ReturnType<DocumentParts<GateImage>['ofImage']> {
  return {
    signatures: signatures.map(({ digest, state, format, platform, command }) => ({
      digest,
      state,
      format,
      platform: platform ?? null,
      command: command ?? null,
    })),
    verdictAttestations: verdictAttestations.map(({ digest, type, state, format, platform, command }) => ({
      digest,
      type,
      state,
      format,
      platform: platform ?? null,
      command: command ?? null,
    })),
    signed,
    proofs: proofs.map(proofDocument),
  };
}
