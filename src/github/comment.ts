/** Puts the comment on the pull request. Whatever goes wrong here changes no verdict. */
import { readFile } from 'node:fs/promises';
import type { Environment } from '../context.ts';
import { messageOf } from '../errors.ts';
import type { CommentText } from '../results/comment.ts';
import { clip } from '../text.ts';
import {
  commentKey,
  compareRuns,
  formatMarker,
  type Marker,
  parseMarker,
  planComment,
  type WorkflowRun,
} from './comment-plan.ts';
import { type PullRequest, pullRequestOf, type WorkflowEvent } from './pull-request.ts';

/** The gate's own deadline may be over by now. */
const TIMEOUT_MS = 15_000;
// GitHub takes 65,536 characters.
const LIMIT_BYTES = 65_000;
const PAGE_SIZE = 100;
// GitHub allows 2,500 comments on a pull request.
const MAX_PAGES = 30;
// How many of the later runs that comments claim are looked up, the latest first.
const MAX_LOOKED_UP = 3;
/** Earlier than any. */
const NO_RUN: WorkflowRun = { id: 0, attempt: 0 };

export interface CommentRequest {
  readonly mode: 'on-failure' | 'always';
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  readonly event: WorkflowEvent;
  /** The workflow's file in its repository; empty where that is not known. */
  readonly workflow: string;
  /** Which comment it is. */
  readonly key: string;
  readonly run: WorkflowRun;
  /** Where the run's summary is. */
  readonly url: string | undefined;
}

/**
 * The same, told by the environment of a step where it is and what it is about.
 * @param given what the step's inputs say
 */
export async function commentFromActions(
  text: CommentText,
  given: Pick<CommentRequest, 'mode' | 'token'> & {
    /** `HOST/REPOSITORY` of every image. */
    readonly repositories: readonly string[];
    readonly dockerfile: string | undefined;
  },
  environment: Environment,
): Promise<string> {
  const { mode, token, repositories, dockerfile } = given;
  const { identity, ...step } = stepOf(environment);
  const path = environment.GITHUB_EVENT_PATH ?? '';
  const payload: unknown = path === '' ? undefined : JSON.parse(await readFile(path, 'utf8'));
  const { GITHUB_EVENT_NAME: name = '', GITHUB_SHA: sha = '' } = environment;
  const key = commentKey({ repositories, dockerfile, ...identity });
  return comment(text, { mode, token, ...step, event: { name, sha, payload }, key });
}

/** What the environment of a step says of it. */
interface StepPlace extends Pick<CommentRequest, 'owner' | 'repo' | 'workflow' | 'run' | 'url'> {
  /** What tells the step from others: the workflow, the job and the step. */
  readonly identity: { readonly workflow: string; readonly job: string; readonly step: string };
}

/** @throws Error where the environment names no repository */
export function stepOf(environment: Environment): StepPlace {
  const variable = (name: string) => environment[name] ?? '';
  const [, owner, repo] = /^([\w-]+)\/(?!\.{1,2}$)([\w.-]+)$/.exec(variable('GITHUB_REPOSITORY')) ?? [];
  if (owner === undefined || repo === undefined) throw new Error('GITHUB_REPOSITORY names no repository');
  const run = { id: count(variable('GITHUB_RUN_ID')), attempt: count(variable('GITHUB_RUN_ATTEMPT')) };
  const server = variable('GITHUB_SERVER_URL');
  // The file without the ref: a name can be two workflows', and a pull request has a ref of its own.
  const workflow = variable('GITHUB_WORKFLOW_REF').replace(/@.*$/s, '');
  const url =
    /^https?:\/\/[^\s]+$/.test(server) && run.id > 0
      ? `${server}/${owner}/${repo}/actions/runs/${run.id}/attempts/${run.attempt}`
      : undefined;
  return {
    owner,
    repo,
    // OWNER/REPO/PATH
    workflow: workflow.split('/').slice(2).join('/'),
    run,
    url,
    identity: {
      workflow: workflow || variable('GITHUB_WORKFLOW'),
      job: variable('GITHUB_JOB'),
      step: variable('GITHUB_ACTION'),
    },
  };
}

function count(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/**
 * Creates or updates the comment. Only comments by whoever the token speaks for are ever changed: anybody can
 * write the marker. So can another workflow that comments by the same account: a comment that claims to be of a later run
 * is left alone only if GitHub knows that run.
 * @returns what was done, in words
 * @throws Error saying what to do where GitHub refuses or does not answer in time
 */
export async function comment(
  text: CommentText,
  { mode, token, owner, repo, event, workflow, key, run: ownRun, url }: CommentRequest,
  timeoutMs: number = TIMEOUT_MS,
): Promise<string> {
  const target = pullRequestOf(event);
  if (target.kind === 'none') return `No comment: a ${event.name} event is about no pull request.`;
  const signal = AbortSignal.timeout(timeoutMs);
  // It is large, and most runs never need it.
  const { getOctokit } = await import('@actions/github');
  // A redirect would be followed with GET: nothing would be written, and it would look like success.
  const github = getOctokit(token, { request: { signal, redirect: 'manual' } });
  github.hook.after('request', ({ status }) => {
    if (status !== 200 && status !== 201) throw new Unexpected(status);
  });
  const repository = { owner, repo };
  let request: PullRequest | undefined;
  try {
    request =
      target.kind === 'number'
        ? target
        : await find(target.sha, async (sha) => {
            const asked = { ...repository, commit_sha: sha, per_page: PAGE_SIZE };
            return (await github.rest.repos.listPullRequestsAssociatedWithCommit(asked)).data;
          });
    if (request === undefined) return 'No comment: no one open pull request ends with this commit.';
    const { number, head } = request;
    const answer = await github.graphql<{ viewer?: { databaseId?: unknown } } | undefined>(
      'query { viewer { databaseId } }',
    );
    const me = answer?.viewer?.databaseId;
    if (typeof me !== 'number') throw new Error('GitHub does not say who the token speaks for');

    const own = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { data } = await github.rest.issues.listComments({
        ...repository,
        issue_number: number,
        per_page: PAGE_SIZE,
        page,
      });
      for (const { id, user, body } of data) {
        const marker = user?.id === me ? parseMarker(body ?? '') : undefined;
        if (marker?.key === key) own.push({ id, marker });
      }
      if (data.length < PAGE_SIZE) break;
    }

    const believed = await withRealRuns(
      own,
      { run: ownRun, workflow },
      async (run) => {
        const asked = { ...repository, run_id: run.id };
        return (await github.rest.actions.getWorkflowRun(asked)).data;
      },
      signal,
    );
    const plan = planComment(mode, text.isFailing, believed, ownRun);
    if (plan.kind === 'none') return `No comment on #${number}: ${plan.why}.`;
    const marker = formatMarker({ key, state: text.isFailing ? 'failing' : 'passing', run: ownRun });
    const body = `${marker}\n\n${text.render({ url, commit: head }, LIMIT_BYTES - marker.length - 2)}`;
    if (plan.kind === 'create') {
      const { status } = await github.rest.issues.createComment({
        ...repository,
        issue_number: number,
        body,
      });
      // The type allows 201 only.
      if (Number(status) !== 201) throw new Unexpected(status);
      return `Commented on #${number}.`;
    }
    for (const id of plan.ids)
      await github.rest.issues.updateComment({ ...repository, comment_id: id, body });
    return `Updated the comment on #${number}.`;
  } catch (error) {
    if (signal.aborted)
      throw new Error(`GitHub did not answer within ${timeoutMs / 1000} s`, { cause: error });
    // A token of pull_request_target may write, wherever the pull request comes from.
    if (request?.fork && event.name !== 'pull_request_target' && statusOf(error) === 403) {
      return `No comment on #${request.number}: the token of a pull request from a fork can only read. The job summary has all of it.`;
    }
    throw new Error(adviceOn(error), { cause: error });
  }
}

/**
 * The same comments; one that claims to be of a later run that GitHub does not know is treated as one of the earliest run.
 * @param look asks GitHub about a run
 */
export async function withRealRuns<T extends { readonly marker: Marker }>(
  own: readonly T[],
  { run: ownRun, workflow }: Pick<CommentRequest, 'run' | 'workflow'>,
  look: (run: WorkflowRun) => Promise<Parameters<typeof isRun>[0]>,
  signal: AbortSignal,
): Promise<T[]> {
  const known: WorkflowRun[] = [];
  for (const run of laterRuns(own, ownRun)) {
    const is = await look(run)
      .then((data) => isRun(data, run, workflow))
      // In a private repository this needs the permission actions: read. What is not known is not believed.
      .catch((error: unknown) => {
        if (signal.aborted) throw error;
        return false;
      });
    if (is) known.push(run);
  }
  return own.map((one) => {
    const { marker } = one;
    const isReal =
      compareRuns(marker.run, ownRun) <= 0 || known.some((run) => compareRuns(run, marker.run) === 0);
    return isReal ? one : { ...one, marker: { ...marker, run: NO_RUN } };
  });
}

/** A response with a status that is neither the expected one nor an error. */
export class Unexpected extends Error {
  constructor(status: number) {
    super(
      status >= 300 && status < 400
        ? `GitHub answered ${status}: the repository has moved, and nothing was written. Run the workflow under the new name of the repository`
        : `GitHub answered ${status}. It is not known whether anything was written`,
    );
  }
}

/** The later runs that comments claim, the latest first. */
function laterRuns(comments: readonly { marker: { run: WorkflowRun } }[], run: WorkflowRun): WorkflowRun[] {
  return comments
    .map(({ marker }) => marker.run)
    .filter((claimed) => compareRuns(claimed, run) > 0)
    .sort((a, b) => compareRuns(b, a))
    .slice(0, MAX_LOOKED_UP);
}

/** Whether GitHub's answer about a run is about that one, by this workflow, with as many attempts. */
function isRun(
  { id, run_attempt, path }: { id: number; run_attempt?: number | undefined; path: string },
  claimed: WorkflowRun,
  workflow: string,
): boolean {
  const isOurs = workflow === '' || path.replace(/@.*$/s, '') === workflow;
  return id === claimed.id && (run_attempt ?? 1) >= claimed.attempt && isOurs;
}

/** The one open pull request that ends with the commit; with several it is anybody's guess which is meant. */
async function find(
  sha: string,
  list: (sha: string) => Promise<readonly { number: number; state: string; head: { sha: string } }[]>,
): Promise<PullRequest | undefined> {
  const open = (await list(sha)).filter(({ state, head }) => state === 'open' && head.sha === sha);
  const [only, ...others] = open;
  return only === undefined || others.length > 0
    ? undefined
    : { kind: 'number', number: only.number, head: sha, fork: false };
}

export function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | undefined)?.status;
  return typeof status === 'number' ? status : undefined;
}

function adviceOn(error: unknown): string {
  const said = clip(messageOf(error), 300);
  switch (statusOf(error)) {
    case 401:
      return `GitHub does not accept the token of github-token (${said})`;
    case 403:
    case 404:
      return `the token of github-token may not comment: give the job permissions: pull-requests: write (${said})`;
    default:
      return said;
  }
}
