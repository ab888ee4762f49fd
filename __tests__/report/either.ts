/** Results of either action in one type, and what is rendered of each: tests of what both share need no two of each. */
import { formatMarker, type Marker } from '../../src/github/comment-plan.ts';
import { SUMMARY_BYTES, writeFiles, writeSummary } from '../../src/publish/files.ts';
import type { ReportDocument } from '../../src/report/findings/document.ts';
import { gateDocument, reportText as gateText } from '../../src/report/gate/json.ts';
import { gateOutputs, gateReport, gateSummary } from '../../src/report/gate/report.ts';
import { OUTPUTS, type Outputs } from '../../src/report/kit/outputs.ts';
import { type CheckoutFile, NO_FILES, type Report, type ReportFiles } from '../../src/report/report.ts';
import { verifyDocument, reportText as verifyText } from '../../src/report/verify/json.ts';
import { verifyOutputs, verifyReport, verifySummary } from '../../src/report/verify/report.ts';
import type { CommentPlace } from '../../src/results/comment.ts';
import type { GateImage, GateResult } from '../../src/results/modes/gate.ts';
import type { VerifiedImage, VerifyResult } from '../../src/results/modes/verify.ts';

export type EitherImage = GateImage & VerifiedImage;

/** One of the verify action where it says what was to be verified. */
export type EitherResult = Omit<GateResult, 'images'> &
  Omit<VerifyResult, 'images'> & { readonly images: readonly EitherImage[] };

/** The names of all outputs. */
export const OUTPUT_NAMES = [...new Set([...OUTPUTS.gate, ...OUTPUTS.verify])];

const isVerify = ({ verification }: EitherResult) => verification !== undefined;

export function reportOf(result: EitherResult): Report {
  return isVerify(result) ? verifyReport(result) : gateReport(result);
}

/** The lines of the log, those of groups after their titles. */
export function logLines(result: EitherResult): readonly string[] {
  return reportOf(result)
    .log()
    .flatMap((part) => (typeof part === 'string' ? [part] : [part.title, ...part.lines]));
}

export function renderSummary(result: EitherResult, limitBytes: number = SUMMARY_BYTES): string {
  return isVerify(result) ? verifySummary(result, limitBytes) : gateSummary(result, limitBytes);
}

export function outputs(result: EitherResult, files: ReportFiles): Outputs<'verify'> | Outputs<'gate'> {
  return isVerify(result) ? verifyOutputs(result, files) : gateOutputs(result, files);
}

export function reportDocument(result: EitherResult): ReportDocument {
  return isVerify(result) ? verifyDocument(result) : gateDocument(result);
}

export function reportText(result: EitherResult): Generator<string> {
  return isVerify(result) ? verifyText(result) : gateText(result);
}

/** A comment as it is posted, its marker included. */
export function renderComment(
  result: EitherResult,
  { key, run, ...place }: CommentPlace & Pick<Marker, 'key' | 'run'>,
  limitBytes = 65_000,
): string {
  const { comment } = reportOf(result);
  const marker = formatMarker({ key, state: comment.isFailing ? 'failing' : 'passing', run });
  return `${marker}\n\n${comment.render(place, limitBytes - marker.length - 2)}`;
}

export interface ReportSinks {
  readonly summaryBytes: () => Promise<number>;
  readonly appendSummary: (text: string) => Promise<void>;
  readonly warn: (text: string) => void;
  readonly workspace: string;
}

/** Writes the files of a report and its summary, and says what could not be written. */
export async function writeReports(
  result: EitherResult,
  directory: string,
  { summaryBytes, appendSummary, warn, workspace }: ReportSinks,
  dockerfile?: CheckoutFile,
): Promise<ReportFiles> {
  const report = reportOf(result);
  let files = NO_FILES;
  try {
    files = await writeFiles(report.files(dockerfile), directory, { warn, workspace });
  } catch (error) {
    warn(`The report could not be written: ${(error as Error).message}`);
  }
  await writeSummary(report, { bytes: summaryBytes, append: appendSummary, warn }).catch((error: Error) =>
    warn(`The job summary could not be written: ${error.message}`),
  );
  return files;
}
