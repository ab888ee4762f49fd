/**
 * Keeps one issue up to date with the result of an audit or of the verify action. No failure here changes the verdict.
 */
import { createHash } from 'node:crypto';
import type { Environment } from '../context.ts';
import type { CommentText, IssueText } from '../results/comment.ts';
import { statusOf, stepOf, withRealRuns } from './comment.ts';
import { formatMarker, type Marker, parseMarker, planComment, type WorkflowRun } from './comment-plan.ts';
import type { IssueSubject } from './issue-subject.ts';
import { accountOf, connect, detailOf, Unexpected } from './octokit.ts';

const TIMEOUT_MS = 15_000;
/** GitHub accepts 65,536 characters. */
const LIMIT_BYTES = 65_000;
const PAGE_SIZE = 100;
/** Only issues of the token's own account are listed. */
const MAX_PAGES = 10;

export interface IssueRequest {
  readonly mode: 'on-failure' | 'always';
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  readonly title: string;
  /** Identifies the issue. */
  readonly key: string;
  readonly workflow: string;
  readonly run: WorkflowRun;
  /** The address of the run's summary. */
  readonly url: string | undefined;
}

/**
 * The same for every run of a step with the same subject, and for no other step. It is not a secret: another workflow
 * that uses the same account can compute it.
 */
export function issueKey(parts: {
  readonly subject: IssueSubject;
  readonly workflow: string;
  readonly job: string;
  readonly step: string;
}): string {
  const { subject, workflow, job, step } = parts;
  const identity = [...subject.identity, workflow, job, step];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}

/**
 * The same, with the repository and the run from the environment of a step.
 * @param given the inputs of the step
 */
export async function issueFromActions(
  text: CommentText & Partial<IssueText>,
  given: Pick<IssueRequest, 'mode' | 'token'> & { readonly subject: IssueSubject },
  environment: Environment,
): Promise<string> {
  const { mode, token, subject } = given;
  const { identity, ...step } = stepOf(environment);
  return keepIssue(text, {
    mode,
    token,
    ...step,
    title: subject.title,
    key: issueKey({ subject, ...identity }),
  });
}

interface Own {
  readonly id: number;
  readonly marker: Marker;
  readonly isOpen: boolean;
}

/**
 * Creates or updates the issue, and comments on an existing one if there is news. Only issues of the account of the token
 * are changed, because anyone can write the marker. A run that fails opens the issue again; with `on-failure`, a run that
 * passes closes it. Title, labels and assignees are left to people.
 * @returns what was done, as a sentence
 * @throws Error saying what to do if GitHub refuses or does not answer in time
 */
export async function keepIssue(
  text: CommentText & Partial<IssueText>,
  { mode, token, owner, repo, title, key, workflow, run: ownRun, url }: IssueRequest,
  timeoutMs: number = TIMEOUT_MS,
): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  const github = await connect(token, signal);
  const repository = { owner, repo };
  try {
    const { id: me, login } = await accountOf(github);
    const own: Own[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { data } = await github.rest.issues.listForRepo({
        ...repository,
        state: 'all',
        creator: login,
        per_page: PAGE_SIZE,
        page,
      });
      for (const { number, user, body, state, pull_request: pull } of data) {
        const marker = user?.id === me && pull === undefined ? parseMarker(body ?? '') : undefined;
        if (marker?.key === key) own.push({ id: number, marker, isOpen: state === 'open' });
      }
      if (data.length < PAGE_SIZE) break;
    }
    // Open issues come first, because people read them. Of several, the oldest is used, which has the comments.
    own.sort((a, b) => Number(b.isOpen) - Number(a.isOpen) || a.id - b.id);
    const believed = await withRealRuns(
      own.slice(0, 1),
      { run: ownRun, workflow },
      async (run) => {
        const asked = { ...repository, run_id: run.id };
        return (await github.rest.actions.getWorkflowRun(asked)).data;
      },
      signal,
    );
    const plan = planComment(mode, text.isFailing, believed, ownRun);
    if (plan.kind === 'none') return `The issue was not changed: ${plan.why}.`;
    const marker = formatMarker({ key, state: text.isFailing ? 'failing' : 'passing', run: ownRun });
    const place = { url, commit: undefined };
    const rendered = text.render(place, LIMIT_BYTES - marker.length - 2);
    const body = `${marker}\n\n${rendered}`;
    const [first] = believed;
    if (plan.kind === 'create' || first === undefined) {
      const { data, status } = await github.rest.issues.create({ ...repository, title, body });
      // The type allows 201 only.
      if (Number(status) !== 201) throw new Unexpected(status);
      return `Opened issue #${data.number}.`;
    }
    const state = text.isFailing ? 'open' : mode === 'on-failure' ? 'closed' : undefined;
    const { id, isOpen } = first;
    await github.rest.issues.update({
      ...repository,
      issue_number: id,
      body,
      ...(state !== undefined && isOpen !== (state === 'open') && { state }),
    });
    const changed =
      state === 'closed' && isOpen
        ? `Updated issue #${id} and closed it.`
        : state === 'open' && !isOpen
          ? `Updated issue #${id} and opened it again.`
          : `Updated issue #${id}.`;
    const news = text.news?.(place, LIMIT_BYTES);
    if (news === undefined) return changed;
    // GitHub sends no notification for a changed text.
    const { status } = await github.rest.issues.createComment({
      ...repository,
      issue_number: id,
      body: news,
    });
    if (Number(status) !== 201) throw new Unexpected(status);
    return `${changed} Commented on what has changed.`;
  } catch (error) {
    if (signal.aborted)
      throw new Error(`GitHub did not answer within ${timeoutMs / 1000} s`, { cause: error });
    throw new Error(adviceOn(error), { cause: error });
  }
}

function adviceOn(error: unknown): string {
  const said = detailOf(error);
  switch (statusOf(error)) {
    case 401:
      return `GitHub does not accept the token of github-token (${said})`;
    case 403:
    case 404:
      return `the token of github-token may not write issues: give the job permissions: issues: write (${said})`;
    case 410:
      return `issues are disabled in this repository (${said})`;
    default:
      return said;
  }
}
