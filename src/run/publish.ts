/** Log, annotations, files, summary, outputs and the comment. None of them can change the verdict. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import * as core from '../github/core.ts';
import { readDockerfile } from '../github/workspace.ts';
import type { Inputs } from '../inputs.ts';
import { annotations } from '../report/annotations.ts';
import type { Dockerfile } from '../report/dockerfile.ts';
import { line } from '../report/escape.ts';
import { logLines } from '../report/log.ts';
import { outputs } from '../report/outputs.ts';
import type { RunReport } from '../report/report.ts';
import { type ReportFiles, writeReports } from '../report/write.ts';
import { log } from './state.ts';

const annotate = { error: core.error, warning: core.warning, notice: core.notice };

/** Log, annotations, files, summary, outputs and the comment. None of them can change the verdict. */
export async function publish(report: RunReport, inputs: Inputs | undefined): Promise<void> {
  const attempt = async (what: string, work: () => void | Promise<void>) => {
    try {
      await work();
    } catch (error) {
      core.warning(line(`${what} could not be written: ${messageOf(error)}`));
    }
  };
  const dockerfile = await findDockerfile(inputs?.dockerfile);
  let files: ReportFiles = { report: undefined, sarif: undefined, bundles: [] };
  await attempt('The log', () => {
    for (const text of logLines(report)) core.info(text);
    for (const { level, message, ...place } of annotations(report, dockerfile)) {
      annotate[level](message, place);
    }
    debugErrors(report);
  });
  await attempt('The report', async () => {
    const sinks = {
      summaryBytes: summarySize,
      appendSummary: core.appendSummary,
      warn: (text: string) => core.warning(line(text)),
      workspace: process.env.GITHUB_WORKSPACE || process.cwd(),
    };
    files = await writeReports(report, await reportDirectory(inputs?.reportDirectory), sinks, dockerfile);
  });
  await attempt('The outputs', () => {
    for (const [name, value] of Object.entries(outputs(report, files))) core.setOutput(name, value);
  });
  await attempt('The comment', () => commentOn(report, inputs));
}

/** What the step's summary has already, from a tool that wrote into it before. */
async function summarySize(): Promise<number> {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return 0;
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** Results point at the Dockerfile only if it is in the checkout. */
async function findDockerfile(path: string | undefined): Promise<Dockerfile | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readDockerfile(path, process.env.GITHUB_WORKSPACE || process.cwd());
  } catch (error) {
    core.warning(line(`Nothing points at the Dockerfile: ${messageOf(error)}`));
    return undefined;
  }
}

/** A run that was cancelled has nothing to say that the next one will not say better, and no time to say it. */
async function commentOn(report: RunReport, inputs: Inputs | undefined): Promise<void> {
  if (inputs === undefined || inputs.comment === 'never' || report.error?.code === 'cancelled') return;
  const { comment: mode, githubToken: token, images, dockerfile } = inputs;
  if (token === undefined) throw new Error('input github-token is empty');
  core.setSecret(token);
  const { commentFromActions } = await import('../github/comment.ts');
  const repositories = images.map(({ registry, repository }) => `${registry.host}/${repository}`);
  log(await commentFromActions(report, { mode, token, repositories, dockerfile }, process.env));
}

async function reportDirectory(asked: string | undefined): Promise<string> {
  if (asked !== undefined) return asked;
  const parent = process.env.RUNNER_TEMP || tmpdir();
  // Where nothing can be made, writing says so, and the summary does not depend on it. The name is random, so that the
  // directory cannot have been prepared by others.
  return mkdtemp(join(parent, 'ecr-deployment-gate-')).catch(() =>
    join(parent, `ecr-deployment-gate-${randomUUID()}`),
  );
}

/** Stack traces are for whoever turned step debugging on. */
function debugErrors(report: RunReport): void {
  if (!core.isDebug()) return;
  const errors = [
    report.error,
    ...report.images.map(({ outcome }) => (outcome.kind === 'error' ? outcome.error : undefined)),
  ];
  for (const error of errors) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      core.debug(cause.stack ?? cause.message);
  }
}
