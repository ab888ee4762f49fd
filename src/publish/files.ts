/** Writes files and the job summary. No failure here changes the verdict. */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { directoryFor, replaceFile } from '../files.ts';
import type { FileToWrite, ReportFiles } from '../report/report.ts';

/**
 * Writes files to a directory, which is created if it is missing. Each file replaces an existing one of its name. No symbolic
 * link in the workspace is followed, on the way to the directory or in it.
 * @param workspace the checkout, in which links are not trusted
 * @param warn receives what could not be written, or not in full
 */
export async function writeFiles(
  files: readonly FileToWrite[],
  directory: string,
  { workspace, warn }: { readonly workspace: string; readonly warn: (text: string) => void },
): Promise<ReportFiles> {
  const written: { kind: FileToWrite['kind']; path: string }[] = [];
  for (const { kind, name, what, render } of files) {
    try {
      const rendered = render();
      const real = await directoryFor(directory, workspace);
      if (rendered === undefined) {
        await rm(join(real, name), { force: true });
        continue;
      }
      for (const omission of rendered.omissions) warn(omission);
      await replaceFile(real, name, rendered.text);
      written.push({ kind, path: join(resolve(directory), name) });
    } catch (error) {
      warn(`${what} could not be written: ${messageOf(error)}`);
    }
  }
  const of = (kind: FileToWrite['kind']) => written.filter((file) => file.kind === kind);
  return {
    report: of('report')[0]?.path,
    sarif: of('sarif')[0]?.path,
    bundles: of('bundle').map(({ path }) => path),
    accessMap: of('access-map')[0]?.path,
    graph: of('graph')[0]?.path,
  };
}

// The limit of GitHub for the summary of a step. A longer summary is not shown at all.
const GITHUB_SUMMARY_BYTES = 1024 * 1024;
/** The rest is left for other tools in the same step. */
export const SUMMARY_BYTES = 900 * 1024;

export interface SummaryFile {
  /** The size of the summary of this step so far. */
  readonly bytes: () => Promise<number>;
  readonly append: (text: string) => Promise<void>;
  readonly warn: (text: string) => void;
}

/**
 * Adds the summary, as long as the limit allows. If rendering fails, it adds the bare verdict: a defect must not hide it.
 * @throws Error if it cannot be written
 */
export async function writeSummary(
  report: { summary(limitBytes: number): string; bareSummary(): string },
  { bytes, append, warn }: SummaryFile,
): Promise<void> {
  const there = await bytes();
  const room = GITHUB_SUMMARY_BYTES - there;
  let text: string;
  try {
    text = report.summary(Math.min(SUMMARY_BYTES, room));
  } catch (error) {
    warn(`The job summary could not be rendered: ${messageOf(error)}`);
    text = report.bareSummary();
  }
  // GitHub does not show a summary that exceeds the limit.
  if (Buffer.byteLength(text) > room)
    throw new Error(
      `the step has already written ${there} bytes to it, and GitHub allows ${GITHUB_SUMMARY_BYTES}`,
    );
  await append(text);
}
