/** Puts the report where people and later steps find it. Nothing that goes wrong here changes the verdict. */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { directoryFor, replaceFile } from '../files.ts';
import type { Dockerfile } from './dockerfile.ts';
import { inertJson } from './escape.ts';
import { reportText } from './json.ts';
import type { RunReport } from './report.ts';
import { sarifReport } from './sarif.ts';
import { renderSummary, SUMMARY_BYTES } from './summary.ts';
import { MARKS, VERDICT_WORDS } from './words.ts';

export const REPORT_FILE = 'report.json';
export const SARIF_FILE = 'results.sarif';

/** Absolute paths; undefined for a file that was not written. */
export interface ReportFiles {
  readonly report: string | undefined;
  readonly sarif: string | undefined;
  /** Of the Sigstore bundles that this run made. */
  readonly bundles: string[];
}

// What GitHub shows of one step's summary; a longer one fails to upload as a whole.
const GITHUB_SUMMARY_BYTES = 1024 * 1024;

export interface ReportSinks {
  /** How many bytes the summary of this step has already. */
  readonly summaryBytes: () => Promise<number>;
  /** Adds HTML to the summary of the job. */
  readonly appendSummary: (text: string) => Promise<void>;
  /** Says what could not be written. */
  readonly warn: (text: string) => void;
  /** The checkout, in which links are not trusted. */
  readonly workspace: string;
}

/**
 * Writes `report.json`, `results.sarif` and the Sigstore bundles this run made into the directory, which is made
 * where it is missing, and appends the summary. Each file takes the place of what has its name. No link in the
 * workspace is followed, on the way to the directory or in it.
 * @param dockerfile the image's Dockerfile in the checkout, for results to point at
 * @returns the absolute path of each file; undefined for one that could not be written
 */
export async function writeReports(
  report: RunReport,
  directory: string,
  { summaryBytes, appendSummary, warn, workspace }: ReportSinks,
  dockerfile?: Dockerfile,
): Promise<ReportFiles> {
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      warn(`${what} could not be written: ${messageOf(error)}`);
      return undefined;
    }
  };
  const write = async (name: string, text: string | Iterable<string>): Promise<string> => {
    await replaceFile(await directoryFor(directory, workspace), name, text);
    return join(resolve(directory), name);
  };
  const files: ReportFiles = {
    report: await attempt('The report', () => write(REPORT_FILE, reportText(report))),
    sarif: await attempt(SARIF_FILE, async () => {
      const sarif = sarifReport(report, dockerfile);
      for (const omission of sarif?.omissions ?? []) warn(omission);
      if (sarif !== undefined) return write(SARIF_FILE, sarif.text);
      // What an earlier run left here must not be taken for this one's.
      await rm(join(await directoryFor(directory, workspace), SARIF_FILE), { force: true });
      return undefined;
    }),
    bundles: [],
  };
  await attempt('The Sigstore bundles', async () => {
    for (const [name, text] of bundleFiles(report)) files.bundles.push(await write(name, text));
  });
  await attempt('The job summary', async () => {
    const there = await summaryBytes();
    const text = summaryOf(report, GITHUB_SUMMARY_BYTES - there, warn);
    // One byte too many, and GitHub shows nothing of it.
    if (Buffer.byteLength(text) > GITHUB_SUMMARY_BYTES - there)
      throw new Error(`the step has written ${there} bytes into it already`);
    await appendSummary(text);
  });
  return files;
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
      bundle === undefined
        ? []
        : [[`${owner}@${digest.replace(':', '-')}.${what}.sigstore.json`, inertJson(bundle)]],
    );
  });
}

/**
 * The summary as far as there is room for it, or the bare verdict where rendering it fails: a defect there must
 * not hide the verdict.
 */
function summaryOf(report: RunReport, room: number, warn: (text: string) => void): string {
  try {
    return renderSummary(report, Math.min(SUMMARY_BYTES, room));
  } catch (error) {
    warn(`The job summary could not be rendered: ${messageOf(error)}`);
    return `<h2>${MARKS[report.verdict]} ${VERDICT_WORDS[report.verdict]}</h2>\n`;
  }
}
