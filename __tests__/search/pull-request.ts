/** GitHub as far as the comment on a pull request goes: answers that a play can change, and what was written. */
import { formatMarker } from '../../src/github/comment-plan.ts';
import type { Json } from './mutate.ts';

export const REPOSITORY = 'octo/app';
const SHA = 'a'.repeat(40);
const NUMBER = 12;
/** The account of the token, and another one. */
const [OWN, OTHER] = [41898282, 1];
const WORKFLOW = '.github/workflows/deploy.yml';

/** The event of a pull request, as far as it is read. */
export const EVENT: Json = {
  action: 'synchronize',
  number: NUMBER,
  repository: { id: 7, full_name: REPOSITORY, private: true, visibility: 'private' },
  pull_request: { number: NUMBER, head: { sha: SHA, repo: { full_name: REPOSITORY } } },
};

/** The environment of the step. @param path of the event */
export function stepEnvironment(path: string): Readonly<Record<string, string>> {
  return {
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: path,
    GITHUB_SHA: SHA,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: '100',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW_REF: `${REPOSITORY}/${WORKFLOW}@refs/pull/${NUMBER}/merge`,
    GITHUB_JOB: 'gate',
    GITHUB_ACTION: '__octo_gate',
  };
}

/** Something that was written: a new comment, or another text of one. */
export interface Written {
  readonly path: string;
  readonly body: string;
}

export interface Answered {
  /** What was asked, for the names of changes. */
  readonly where: string;
  readonly answer: { readonly [name: string]: Json };
}

/**
 * Answers a request.
 * @param key of the step's own comment
 */
export function answerPullRequest(method: string, path: string, key: string): Answered {
  const api = `/repos/${REPOSITORY}`;
  const asked = (where: string, body: Json, status = 200): Answered => ({
    where: `github ${where}`,
    answer: { status, body },
  });
  // Comments of the same key: one by another account, and one by the own account of a run that GitHub does not know.
  const comment = (id: number, account: number, run: number, state: 'passing' | 'failing') => ({
    id,
    user: { id: account },
    body: `${formatMarker({ key, state, run: { id: run, attempt: 1 } })}\n\ntext`,
  });
  if (path === '/graphql')
    return asked('viewer', { data: { viewer: { databaseId: OWN, login: 'github-actions[bot]' } } });
  if (method === 'GET' && path === `${api}/issues/${NUMBER}/comments`) {
    return asked('comments', [comment(1, OTHER, 200, 'passing'), comment(2, OWN, 300, 'passing')]);
  }
  if (method === 'GET' && path === `${api}/commits/${SHA}/pulls`) {
    return asked('pulls', [{ number: NUMBER, state: 'open', head: { sha: SHA } }]);
  }
  if (path.startsWith(`${api}/actions/runs/`)) return asked('run', { message: 'Not Found' }, 404);
  if (method === 'GET' && path.endsWith('/comments')) return asked('other comments', []);
  if (method === 'POST' && path.endsWith('/comments')) return asked('created', { id: 3 }, 201);
  if (method === 'PATCH') return asked('updated', { id: 2 });
  return asked('nothing', { message: 'Not Found' }, 404);
}
