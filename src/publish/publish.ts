/** Publishes log, annotations, files, summary, outputs and comment. None of them can change the verdict. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context, Environment } from '../context.ts';
import { messageOf } from '../errors.ts';
import * as core from '../github/core.ts';
import type { IssueSubject } from '../github/issue-subject.ts';
import { type CheckoutFile, NO_FILES, type Report, type ReportFiles } from '../report/report.ts';
import type { Envelope } from '../results/modes/envelope.ts';
import { bytesBefore, replaceSection, type Section } from '../watchdog/section.ts';
import { writeFiles, writeSummary } from './files.ts';
import { readDockerfile } from './workspace.ts';

/** The inputs that say where results are published. */
export interface PublishOptions {
  readonly reportDirectory: string | undefined;
  readonly dockerfile: string | undefined;
  readonly comment: 'never' | 'on-failure' | 'always';
  readonly githubToken: string | undefined;
  readonly images: readonly {
    readonly registry: { readonly host: string };
    readonly repository: string;
  }[];
  /** The issue that an audit or the verify action keeps up to date. */
  readonly issue?: { readonly mode: 'on-failure' | 'always'; readonly subject: IssueSubject } | undefined;
}

export interface Publication {
  readonly result: Envelope;
  readonly report: Report;
  /** Undefined if the inputs could not be read. */
  readonly options: PublishOptions | undefined;
}

export interface PublishContext extends Pick<Context, 'environment' | 'workspace' | 'log' | 'warn' | 'mask'> {
  /** What the job summary says until now; undefined if it could not be written. */
  readonly unfinished: Section | undefined;
  /** Aborted when the job is cancelled. Then nothing more is written to GitHub. */
  readonly cancelled: AbortSignal;
}

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice };

/**
 * Returns a function that publishes a result. A later result of the same run replaces the earlier one. A warning names what
 * cannot be written.
 */
export function createPublisher(context: PublishContext): (publication: Publication) => Promise<void> {
  const { environment, workspace, warn, cancelled } = context;
  let section = context.unfinished;
  let directory: Promise<string> | undefined;
  const attempt = async (what: string, work: () => void | Promise<void>) => {
    try {
      await work();
    } catch (error) {
      warn(`${what} could not be written: ${messageOf(error)}`);
    }
  };
  return async (publication) => {
    const { report, options } = publication;
    // If the run ended with an input error, it may have reported that the Dockerfile cannot be read.
    const isRead = publication.result.error?.code !== 'input';
    const dockerfile = isRead ? await findDockerfile(options?.dockerfile, context) : undefined;
    let files: ReportFiles = NO_FILES;
    await attempt('The log', () => {
      for (const part of report.log()) {
        if (typeof part === 'string') core.info(part);
        else core.group(part.title, part.lines);
      }
      for (const { level, message, ...place } of report.annotations(dockerfile)) {
        ANNOTATE[level](message, place);
      }
      debugErrors(report);
    });
    await attempt('The report', async () => {
      directory ??= reportDirectory(options?.reportDirectory, environment);
      files = await writeFiles(report.files(dockerfile), await directory, { warn, workspace });
    });
    await attempt('The job summary', () =>
      writeSummary(report, {
        bytes: async () => (section === undefined ? summarySize(environment) : bytesBefore(section)),
        append: async (text) => {
          if (section === undefined) core.appendSummary(text);
          else section = replaceSection(section, text);
        },
        warn,
      }),
    );
    await attempt('The outputs', () => {
      core.setOutputs(report.outputs(files));
    });
    await attempt('The comment', () => unlessCancelled(cancelled, () => commentOn(publication, context)));
    await attempt('The issue', () => unlessCancelled(cancelled, () => updateIssue(publication, context)));
  };
}

/** Waits for some work until the job is cancelled. After that, it does not begin. */
async function unlessCancelled(cancelled: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (cancelled.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = () => resolve();
  cancelled.addEventListener('abort', stop, { once: true });
  await Promise.race([work(), promise]).finally(() => cancelled.removeEventListener('abort', stop));
}

/** How many bytes another tool has written to the summary of the step before. */
async function summarySize({ GITHUB_STEP_SUMMARY: path }: Environment): Promise<number> {
  if (!path) return 0;
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** The Dockerfile for annotations and SARIF results; it must be in the checkout. */
async function findDockerfile(
  path: string | undefined,
  { workspace, warn }: PublishContext,
): Promise<CheckoutFile | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readDockerfile(path, workspace);
  } catch (error) {
    warn(`Annotations and SARIF results have no line in the Dockerfile: ${messageOf(error)}`);
    return undefined;
  }
}

/** A cancelled run does not comment: it has no time, and the next run does. */
async function commentOn(
  { result, report, options }: Publication,
  { environment, log, mask }: PublishContext,
): Promise<void> {
  if (options === undefined || options.comment === 'never' || result.error?.code === 'cancelled') return;
  const { comment: mode, githubToken: token, images, dockerfile } = options;
  // The run has already warned about it.
  if (token === undefined) return;
  mask(token);
  const { commentFromActions } = await import('../github/comment.ts');
  const repositories = images.map(({ registry, repository }) => `${registry.host}/${repository}`);
  log(await commentFromActions(report.comment, { mode, token, repositories, dockerfile }, environment));
}

/** The same for the issue. */
async function updateIssue(
  { result, report, options }: Publication,
  { environment, log, mask }: PublishContext,
): Promise<void> {
  if (options?.issue === undefined || result.error?.code === 'cancelled') return;
  const { issue, githubToken: token } = options;
  if (token === undefined) throw new Error('input github-token is empty');
  mask(token);
  const { issueFromActions } = await import('../github/issue.ts');
  log(await issueFromActions(report.issue ?? report.comment, { ...issue, token }, environment));
}

async function reportDirectory(asked: string | undefined, environment: Environment): Promise<string> {
  if (asked !== undefined) return asked;
  const parent = environment.RUNNER_TEMP || tmpdir();
  // If it cannot be created, writing the files reports that. The name is random, so that no other program can have created the
  // directory before.
  return mkdtemp(join(parent, 'ecr-deployment-gate-')).catch(() =>
    join(parent, `ecr-deployment-gate-${randomUUID()}`),
  );
}

/** Step debugging shows stack traces. */
function debugErrors(report: Report): void {
  if (!core.isDebug()) return;
  for (const error of report.errors()) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      core.debug(cause.stack ?? cause.message);
  }
}
