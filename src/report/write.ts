/** Puts the report where people and later steps find it. Nothing that goes wrong here changes the verdict. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { reportDocument } from './json.ts';
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
 * Writes `report.json` and the Sigstore bundles this run made into the directory, which is made where it is
 * missing, and appends the summary.
 * @returns the absolute path of each file; undefined for one that could not be written
 */
export async function writeReports(
  report: RunReport,
  directory: string,
  { appendSummary, warn }: ReportSinks,
): Promise<{ report: string | undefined; bundles: string[] }> {
  let file: string | undefined;
  try {
    const path = join(resolve(directory), REPORT_FILE);
    const text = `${JSON.stringify(reportDocument(report), undefined, 2)}\n`;
    await mkdir(resolve(directory), { recursive: true });
    await writeFile(path, text, { mode: 0o644 });
    file = path;
  } catch (error) {
    warn(`The report could not be written: ${messageOf(error)}`);
  }
  const bundles: string[] = [];
  try {
    for (const [name, text] of bundleFiles(report)) {
      const path = join(resolve(directory), name);
      await writeFile(path, text, { mode: 0o644 });
      bundles.push(path);
    }
  } catch (error) {
    warn(`The Sigstore bundles could not be written: ${messageOf(error)}`);
  }
  try {
    await appendSummary(summaryOf(report, warn));
  } catch (error) {
    warn(`The job summary could not be written: ${messageOf(error)}`);
  }
  return { report: file, bundles };
}

/**
 * The bundles this run made by their file names: the repository's name, the digest and what it is. A name that
 * ECR allows has no other characters than these.
 */
function bundleFiles({ images }: RunReport): [string, string][] {
  return images.flatMap((image) => {
    const made = [
      ...image.signatures.map((entry) => ({ ...entry, what: 'signature' })),
      ...(image.verdictAttestations ?? []).map((entry) => ({
        ...entry,
        what: /\/verification_summary\//.test(entry.type) ? 'summary' : 'vulnerabilities',
      })),
    ];
    const owner = `${image.account}.${image.region}.${image.repository.replaceAll('/', '__')}`;
    return made.flatMap(({ digest, what, bundle }): [string, string][] =>
      bundle === undefined ? [] : [[`${owner}@${digest.replace(':', '-')}.${what}.sigstore.json`, bundle]],
    );
  });
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
