/** `report.json`, as document.ts defines it: what is the same for the gate and the verify action. */
import type { ImageReport, ImagesResult } from '../../results/modes/images.ts';
import { jsonText, oneByOne } from '../kit/json-text.ts';
import type { FileToWrite } from '../report.ts';
import type { ImageDocument, ReportDocument } from './document.ts';
import {
  errorDocument,
  exceptionOutcomeDocument,
  findingDocument,
  imageDocument,
  iso,
  judgedDocument,
} from './json-image.ts';

/** What the reports of the gate and the verify action do not share. */
export interface DocumentParts<I extends ImageReport> {
  readonly signing: ReportDocument['signing'];
  readonly verification: ReportDocument['verification'];
  readonly changes: ReportDocument['changes'];
  readonly ofImage: (
    image: I,
  ) => Pick<ImageDocument, 'signatures' | 'verdictAttestations' | 'signed' | 'proofs'>;
}

/** The report as plain JSON, findings worst first. */
export function reportDocument<I extends ImageReport>(
  report: ImagesResult<I>,
  { signing, verification, changes, ofImage }: DocumentParts<I>,
): ReportDocument {
  const { settings, documents, baseline, records } = report;
  return {
    schemaVersion: 1,
    action: { name: 'ecr-deployment-gate', version: report.version },
    verdict: report.verdict,
    startedAt: report.startedAt.toISOString(),
    durationMs: report.durationMs,
    // Field by field: other settings of the run, such as the path of a key, must not be in a file.
    settings: settings
      ? {
          failOn: settings.failOn,
          warnOn: settings.warnOn,
          ignoreUnfixed: settings.ignoreUnfixed,
          enforce: settings.enforce,
          scanType: settings.scanType,
          timeoutMs: settings.timeoutMs,
          settleTimeMs: settings.settleTimeMs,
        }
      : null,
    error: report.error ? errorDocument(report.error) : null,
    documents: documents ? { ...documents, policy: documents.policy ?? null } : null,
    baseline: baseline
      ? { reference: baseline.reference, image: baseline.uri ?? null, unused: baseline.unused ?? null }
      : null,
    notices: report.notices,
    nextSteps: report.nextSteps,
    judgedAt: iso(report.judgedAt),
    signing,
    images: report.images.map((image) => ({ ...imageDocument(image), ...ofImage(image) })),
    verification,
    records: records
      ? {
          kind: records.kind,
          written: records.written,
          organization: records.organization,
          page: records.page ?? null,
        }
      : null,
    changes,
  };
}

/** The document as text. Findings and exceptions are rendered one at a time: there may be many. */
export function documentText<I extends ImageReport>(
  report: ImagesResult<I>,
  parts: DocumentParts<I>,
): Generator<string> {
  const bare = reportDocument({ ...report, images: report.images.map(withoutLists) }, parts);
  const images = bare.images.map((image, index) => {
    const outcome = report.images[index]?.outcome;
    const verdict = outcome?.kind === 'judged' ? outcome.verdict : undefined;
    return {
      ...image,
      findings: oneByOne(verdict?.judged ?? [], judgedDocument),
      suppressed: oneByOne(verdict?.suppressed ?? [], findingDocument),
      exceptions: oneByOne(verdict?.exceptions ?? [], exceptionOutcomeDocument),
    };
  });
  return jsonText({ ...bare, images });
}

const REPORT_FILE = 'report.json';

/** The file of the report. */
export function reportFile(text: () => Iterable<string>): FileToWrite {
  return {
    kind: 'report',
    name: REPORT_FILE,
    what: 'The report',
    render: () => ({ text: text(), omissions: [] }),
  };
}

function withoutLists<I extends ImageReport>(image: I): I {
  const { outcome } = image;
  if (outcome.kind !== 'judged') return image;
  const verdict = { ...outcome.verdict, judged: [], suppressed: [], exceptions: [] };
  return { ...image, outcome: { ...outcome, verdict } };
}
