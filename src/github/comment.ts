/** Writes the comment on the pull request. No failure here changes the verdict. */
import { readFile } from 'node:fs/promises';
import type { Environment } from '../context.ts';
import type { CommentText } from '../results/comment.ts';
import { sentences } from '../text.ts';
import {
  commentKey,
  compareRuns,
  formatMarker,
  type Marker,
  parseMarker,
  planComment,
  type WorkflowRun,
} from './comment-plan.ts';
import { accountOf, connect, detailOf, type Octokit, Unexpected } from './octokit.ts';
import { type PullRequest, pullRequestOf, type WorkflowEvent } from './pull-request.ts';

/** A limit of its own: the deadline of the run may be over. */
const TIMEOUT_MS = 15_000;
// GitHub accepts 65,536 characters.
const LIMIT_BYTES = 65_000;
const PAGE_SIZE = 100;
// GitHub allows 2,500 comments on a pull request.
const MAX_PAGES = 30;
// How many of the later runs in comments are looked up, the latest first.
const MAX_LOOKED_UP = 3;
/** Earlier than every run. */
const NO_RUN: WorkflowRun = { id: 0, attempt: 0 };

export interface CommentRequest {
  readonly mode: 'on-failure' | 'always';
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  readonly event: WorkflowEvent;
  /** The workflow's file in its repository; empty if it is unknown. */
  readonly workflow: string;
  /** Identifies the comment. */
  readonly key: string;
  readonly run: WorkflowRun;
  /** The address of the run's summary. */
  readonly url: string | undefined;
}

/**
 * Creates or updates the comment, with the repository, the run and the event from the environment of a step.
 * @param given the inputs of the step
 * @returns what was done, as a sentence
 * @throws Error with a message for the user
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
  /** The address of GitHub's pages; undefined if it is unknown. */
  readonly server: string | undefined;
}

/** @throws Error if the environment names no repository */
export function stepOf(environment: Environment): StepPlace {
  const variable = (name: string) => environment[name] ?? '';
  const [, owner, repo] = /^([\w-]+)\/(?!\.{1,2}$)([\w.-]+)$/.exec(variable('GITHUB_REPOSITORY')) ?? [];
  if (owner === undefined || repo === undefined) throw new Error('GITHUB_REPOSITORY names no repository');
  const run = { id: count(variable('GITHUB_RUN_ID')), attempt: count(variable('GITHUB_RUN_ATTEMPT')) };
  const named = variable('GITHUB_SERVER_URL');
  const server = /^https?:\/\/[^\s]+$/.test(named) ? named : undefined;
  // The file without the ref: two workflows can have the same name, and each pull request has its own ref.
  const workflow = variable('GITHUB_WORKFLOW_REF').replace(/@.*$/s, '');
  const url =
    server !== undefined && run.id > 0
      ? `${server}/${owner}/${repo}/actions/runs/${run.id}/attempts/${run.attempt}`
      : undefined;
  return {
    owner,
    repo,
    // OWNER/REPO/PATH
    workflow: workflow.split('/').slice(2).join('/'),
    run,
    url,
    server,
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
 * Creates or updates the comment. Only comments of the token's account are changed, because anyone can write the marker.
 * Another workflow that comments with the same account can write it too: a comment of a later run is left unchanged only if
 * GitHub confirms that run.
 * @returns what was done, as a sentence
 * @throws Error that says what to do if GitHub refuses or does not answer in time
 */
export async function comment(
  text: CommentText,
  given: CommentRequest,
  timeoutMs: number = TIMEOUT_MS,
): Promise<string> {
  const { token, owner, repo, event } = given;
  const target = pullRequestOf(event);
  if (target.kind === 'none') return `No comment: the event ${event.name} does not belong to a pull request.`;
  const signal = AbortSignal.timeout(timeoutMs);
  const github = await connect(token, signal);
  let request: PullRequest | undefined;
  try {
    request = target.kind === 'number' ? target : await pullRequestWith(target.sha, github, { owner, repo });
    if (request === undefined)
      return 'No comment: there is not exactly one open pull request whose last commit is this one.';
    return await commentOn(request, text, given, github, signal);
  } catch (error) {
    if (signal.aborted)
      throw new Error(`GitHub did not respond within ${timeoutMs / 1000} s`, { cause: error });
    // A token of pull_request_target may write even if the pull request comes from a fork.
    if (request?.fork && event.name !== 'pull_request_target' && statusOf(error) === 403) {
      return `No comment on #${request.number}: the token of a pull request from a fork can only read. See the job summary.`;
    }
    throw new Error(adviceOn(error), { cause: error });
  }
}

async function commentOn(
  { number, head }: PullRequest,
  text: CommentText,
  { mode, owner, repo, workflow, key, run: ownRun, url }: CommentRequest,
  github: Octokit,
  signal: AbortSignal,
): Promise<string> {
  const repository = { owner, repo };
  const own = await ownComments(github, repository, number, key);
  const verified = await withRealRuns(
    own,
    { run: ownRun, workflow },
    async (run) => (await github.rest.actions.getWorkflowRun({ ...repository, run_id: run.id })).data,
    signal,
  );
  const plan = planComment(mode, text.isFailing, verified, ownRun);
  if (plan.kind === 'none') return `No comment on #${number}: ${plan.why}.`;
  const marker = formatMarker({ key, state: text.isFailing ? 'failing' : 'passing', run: ownRun });
  const body = `${marker}\n\n${text.render({ url, commit: head }, LIMIT_BYTES - marker.length - 2)}`;
  if (plan.kind === 'create') {
    const { status } = await github.rest.issues.createComment({ ...repository, issue_number: number, body });
    // The type allows 201 only.
    if (Number(status) !== 201) throw new Unexpected(status);
    return `Commented on #${number}.`;
  }
  for (const id of plan.ids) await github.rest.issues.updateComment({ ...repository, comment_id: id, body });
  return `Updated the comment on #${number}.`;
}

/** The comments on a pull request with a key, by the account of the token. */
async function ownComments(
  github: Octokit,
  repository: { readonly owner: string; readonly repo: string },
  number: number,
  key: string,
): Promise<{ readonly id: number; readonly marker: Marker }[]> {
  const { id: me } = await accountOf(github);
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
  return own;
}

/**
 * The same comments. One that claims to be of a later run that GitHub does not know is treated as one of the earliest run.
 * @param look reads a run from GitHub
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
      // In a private repository this requires the permission actions: read. An unknown run is treated as not confirmed.
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

/** The later runs that comments name, the latest first. */
function laterRuns(comments: readonly { marker: { run: WorkflowRun } }[], run: WorkflowRun): WorkflowRun[] {
  return comments
    .map(({ marker }) => marker.run)
    .filter((claimed) => compareRuns(claimed, run) > 0)
    .sort((a, b) => compareRuns(b, a))
    .slice(0, MAX_LOOKED_UP);
}

/** Whether GitHub's answer confirms a run of this workflow with at least that many attempts. */
function isRun(
  { id, run_attempt, path }: { id: number; run_attempt?: number | undefined; path: string },
  claimed: WorkflowRun,
  workflow: string,
): boolean {
  const isOurs = workflow === '' || path.replace(/@.*$/s, '') === workflow;
  return id === claimed.id && (run_attempt ?? 1) >= claimed.attempt && isOurs;
}

/** The open pull request whose last commit this is; undefined if there is none, or more than one. */
async function pullRequestWith(
  sha: string,
  github: Octokit,
  repository: { readonly owner: string; readonly repo: string },
): Promise<PullRequest | undefined> {
  const { data } = await github.rest.repos.listPullRequestsAssociatedWithCommit({
    ...repository,
    commit_sha: sha,
    per_page: PAGE_SIZE,
  });
  const [only, ...others] = data.filter(({ state, head }) => state === 'open' && head.sha === sha);
  return only === undefined || others.length > 0
    ? undefined
    : { kind: 'number', number: only.number, head: sha, fork: false };
}

export function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown } | undefined)?.status;
  return typeof status === 'number' ? status : undefined;
}

function adviceOn(error: unknown): string {
  const said = detailOf(error);
  switch (statusOf(error)) {
    case 401:
      return `GitHub does not accept the token of github-token: ${said}`;
    case 403:
    case 404:
      return sentences(
        `GitHub does not allow the token of github-token to comment: ${said}`,
        'Give the job the permission pull-requests: write',
      );
    default:
      return said;
  }
}
