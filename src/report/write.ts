/** Puts the report where people and later steps find it. Nothing that goes wrong here changes the verdict. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { reportText } from './json.ts';
import type { RunReport } from './report.ts';
import { renderSummary } from './summary.ts';
import { MARKS, VERDICT_WORDS } from './words.ts';

export const REPORT_FILE = 'report.json';

export interface ReportSinks {
  /** Adds HTML to the summary of the job. */
  readonly appendSummary: (text: string) => Promise<void>;
  /** Says what could not be written. */
  readonly warn: (text: string) => void;
}

/**
 * Writes `report.json` into the directory, which is made where it is missing, and appends the summary.
 * @returns the absolute path of each file; undefined for one that could not be written
 */
export async function writeReports(
  report: RunReport,
  directory: string,
  { appendSummary, warn }: ReportSinks,
): Promise<{ report: string | undefined }> {
  let file: string | undefined;
  try {
    const path = join(resolve(directory), REPORT_FILE);
    await mkdir(resolve(directory), { recursive: true });
    await writeFile(path, reportText(report), { mode: 0o644 });
    file = path;
  } catch (error) {
    warn(`The report could not be written: ${messageOf(error)}`);
  }
  try {
    await appendSummary(summaryOf(report, warn));
  } catch (error) {
    warn(`The job summary could not be written: ${messageOf(error)}`);
  }
  return { report: file };
}

/** The summary, or the bare verdict where rendering it fails: a defect there must not hide the verdict. */
function summaryOf(report: RunReport, warn: (text: string) => void): string {
  try {
    return renderSummary(report);
  } catch (error) {
    warn(`The job summary could not be rendered: ${messageOf(error)}`);
    return `<h2>${MARKS[report.verdict]} ${VERDICT_WORDS[report.verdict]}</h2>\n`;
  }
}
