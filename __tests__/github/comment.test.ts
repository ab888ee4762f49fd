import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type GitHubComments,
  startGitHubComments,
  type WorkflowRun,
} from '../../emulator/github-comments.ts';
import { comment, commentFromActions } from '../../src/github/comment.ts';
import { type EitherResult, reportOf } from '../report/either.ts';
import { createFinding, createImage, createReport } from '../report/fixtures.ts';

const SHA = 'a'.repeat(40);
const BOT = { id: 41898282, login: 'github-actions[bot]' };
const blocked = createReport({ verdict: 'block', images: [createImage([createFinding()])] });
const passed = createReport();

let github: GitHubComments;
let directory = '';
beforeAll(async () => {
  github = await startGitHubComments('octo/app', {
    writer: { ...BOT, access: 'write' },
    reader: { ...BOT, access: 'read' },
    stranger: { ...BOT, access: 'none' },
    person: { id: 1, login: 'octocat', access: 'write' },
  });
  // It is read when @actions/github is first loaded.
  vi.stubEnv('GITHUB_API_URL', github.url);
  directory = await mkdtemp(join(tmpdir(), 'comment-'));
});
afterAll(async () => {
  await github.close();
  await rm(directory, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
beforeEach(() => github.reset());
afterEach(() => expect(github.refused).toEqual([]));

interface Given {
  readonly report?: EitherResult;
  readonly mode?: 'on-failure' | 'always';
  readonly token?: string;
  readonly payload?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly repositories?: readonly string[];
}

const repository = { id: 7, full_name: 'octo/app' };
const pull = (from = 'octo/app') => ({
  repository,
  pull_request: { number: 12, head: { sha: SHA, repo: { full_name: from } } },
});

async function post(given: Given = {}): Promise<string> {
  const path = join(directory, 'event.json');
  await writeFile(path, JSON.stringify(given.payload ?? pull()));
  return commentFromActions(
    reportOf(given.report ?? blocked).comment,
    {
      mode: given.mode ?? 'on-failure',
      token: given.token ?? 'writer',
      repositories: given.repositories ?? ['host/team/app'],
      dockerfile: undefined,
    },
    {
      GITHUB_REPOSITORY: 'octo/app',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: path,
      GITHUB_SHA: SHA,
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_RUN_ID: '100',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/deploy.yml@refs/pull/12/merge',
      GITHUB_JOB: 'gate',
      GITHUB_ACTION: '__octo_gate',
      ...given.env,
    },
  );
}

/** The one that posts, as GitHub knows it. */
const RUN = { id: 100, attempt: 1, path: '.github/workflows/deploy.yml' };

const bodies = () => github.comments.map(({ body }) => body);

describe('one comment', () => {
  it('is created, then updated in place, and never left stale', async () => {
    expect(await post()).toBe('Commented on #12.');
    expect(bodies()).toEqual([expect.stringContaining('⛔ Blocked: 1 critical finding')]);
    expect(bodies()[0]).toContain('https://github.example/octo/app/actions/runs/100/attempts/1');
    expect(bodies()[0]).toContain(SHA.slice(0, 12));
    expect(await post({ report: passed, env: { GITHUB_RUN_ID: '101' } })).toBe('Updated the comment on #12.');
    expect(bodies()).toEqual([expect.stringContaining('✅ Passed')]);
    expect(await post({ env: { GITHUB_RUN_ID: '102' } })).toBe('Updated the comment on #12.');
    expect(bodies()).toEqual([expect.stringContaining('⛔ Blocked')]);
  });

  it('is not begun by a run that passes, unless it is always wanted', async () => {
    expect(await post({ report: passed })).toBe('No comment on #12: the run passed.');
    expect(github.comments).toEqual([]);
    await post({ report: passed, mode: 'always' });
    expect(github.comments).toHaveLength(1);
  });

  it('is of one step: another image, workflow, job or step has one of its own', async () => {
    await post();
    await post({ repositories: ['host/team/other'] });
    await post({ env: { GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/other.yml@refs/pull/12/merge' } });
    await post({ env: { GITHUB_JOB: 'other' } });
    await post({ env: { GITHUB_ACTION: '__octo_gate_2' } });
    expect(github.comments).toHaveLength(5);
    // The ref is no part of it: a merge queue has another.
    await post({ env: { GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/deploy.yml@refs/heads/main' } });
    expect(github.comments).toHaveLength(5);
  });

  it('is found behind hundreds of others', async () => {
    for (let n = 0; n < 250; n += 1) github.write(12, { id: 5, login: 'chatty' }, 'hello');
    await post();
    await post();
    expect(github.comments).toHaveLength(251);
  });

  it('is updated twice if two runs created two', async () => {
    await post();
    github.write(12, BOT, bodies()[0] ?? '');
    await post({ report: passed, env: { GITHUB_RUN_ID: '101' } });
    expect(bodies()).toEqual([expect.stringContaining('✅ Passed'), expect.stringContaining('✅ Passed')]);
  });

  it('is not spoken over by an older run, nor by a passing job of the same run', async () => {
    await post();
    expect(await post({ report: passed })).toMatch(/another job of this run/);
    expect(await post({ report: passed, env: { GITHUB_RUN_ID: '99' } })).toMatch(/a newer run/);
    expect(bodies()).toEqual([expect.stringContaining('⛔ Blocked')]);
    // A second attempt is newer.
    expect(await post({ report: passed, env: { GITHUB_RUN_ATTEMPT: '2' } })).toMatch(/^Updated/);
  });
});

describe('a comment with the marker', () => {
  it('of another account is not changed', async () => {
    await post();
    const [own] = bodies();
    github.reset();
    const forged = github.write(12, { id: 666, login: 'mallory' }, own ?? '');
    await post();
    expect(github.comments).toHaveLength(2);
    expect(github.comments[0]).toEqual(forged);
  });

  it('that is only quoted is left alone', async () => {
    await post();
    const quoted = `> ${bodies()[0]}`;
    github.reset();
    github.write(12, BOT, quoted);
    await post();
    expect(bodies()[0]).toBe(quoted);
    expect(github.comments).toHaveLength(2);
  });
});

describe('a comment that claims to be of a later run', () => {
  /** What another workflow can write by the same account: nothing about the marker is a secret. */
  async function forge(id: number, attempt = 1, verdict = 'passing', given: Given = {}): Promise<void> {
    await post(given);
    const [body = ''] = bodies();
    const marker = `<!-- ecr-deployment-gate v1 ${/[0-9a-f]{32}/.exec(body)?.[0]} ${verdict} ${id}.${attempt} -->`;
    github.reset();
    github.write(12, BOT, `${marker}\n\nAll is well.`);
  }

  it.each<[string, number, number, readonly WorkflowRun[]]>([
    ['that does not exist', 999_999_999_999_999, 1, []],
    ['of another workflow', 101, 1, [{ ...RUN, id: 101, path: '.github/workflows/other.yml' }]],
    ['with more attempts than it has', 101, 3, [{ ...RUN, id: 101, attempt: 2 }]],
    ['of which it is a later attempt', 100, 2, [RUN]],
  ])('%s is updated', async (_, id, attempt, runs) => {
    await forge(id, attempt);
    const { comments } = github;
    github.reset({ runs });
    for (const { issue, user, body } of comments) github.write(issue, user, body);
    expect(await post()).toBe('Updated the comment on #12.');
    expect(bodies()).toEqual([expect.stringContaining('⛔ Blocked')]);
    // And from then on as ever.
    expect(await post({ report: passed, env: { GITHUB_RUN_ID: '102' } })).toBe('Updated the comment on #12.');
  });

  it.each<[string, number, number, WorkflowRun]>([
    ['a later run', 101, 1, { ...RUN, id: 101 }],
    ['an earlier attempt of one', 101, 1, { ...RUN, id: 101, attempt: 3 }],
    ['a later attempt', 100, 2, { ...RUN, attempt: 2 }],
    ['a run whose file GitHub names with its ref', 101, 1, { ...RUN, id: 101, path: `${RUN.path}@main` }],
  ])('that GitHub knows is left alone: %s', async (_, id, attempt, run) => {
    await forge(id, attempt);
    const { comments } = github;
    github.reset({ runs: [run] });
    for (const { issue, user, body } of comments) github.write(issue, user, body);
    expect(await post()).toMatch(/a newer run has commented already/);
    expect(bodies()).toEqual([expect.stringContaining('All is well.')]);
  });

  it('is updated if GitHub does not say whether the run exists', async () => {
    await forge(101);
    const { comments } = github;
    const faults = [
      { request: /actions\/runs/, status: 403, message: 'Resource not accessible by integration' },
    ];
    github.reset({ runs: [{ ...RUN, id: 101 }], faults });
    for (const { issue, user, body } of comments) github.write(issue, user, body);
    expect(await post()).toBe('Updated the comment on #12.');
  });

  it('costs a few requests, however many there are', async () => {
    await forge(5_000);
    const [first] = github.comments;
    for (let id = 5_001; id < 5_100; id += 1) {
      github.write(12, BOT, (first?.body ?? '').replace(' 5000.1 ', ` ${id}.1 `));
    }
    expect(await post()).toBe('Updated the comment on #12.');
    const count = (pattern: RegExp) => github.requests.filter((request) => pattern.test(request)).length;
    expect(count(/actions\/runs/)).toBe(3);
    expect(count(/^PATCH/)).toBe(10);
    expect(bodies()[0]).toContain('⛔ Blocked');
  });
});

describe('a repository that was renamed', () => {
  const there = () => `${github.url}/repositories/7/issues/12/comments`;

  it.each([
    301, 302, 303, 307, 308,
  ])('answers a new comment with %i, and nothing was written', async (status) => {
    github.reset({ faults: [{ request: /^POST .*\/octo\/app\/issues/, status, location: there() }] });
    await expect(post()).rejects.toThrow(
      new RegExp(`GitHub returned HTTP ${status}: the repository has moved, and nothing was written`),
    );
    expect(github.comments).toEqual([]);
  });

  it.each([301, 302, 307])('answers an update with %i, and nothing was written', async (status) => {
    await post();
    const { comments } = github;
    const [one] = comments;
    github.reset({
      faults: [
        {
          request: /^PATCH .*\/octo\/app\//,
          status,
          location: `${github.url}/repositories/7/issues/comments/${(one?.id ?? 0) + 1}`,
        },
      ],
    });
    github.write(12, BOT, one?.body ?? '');
    await expect(post({ report: passed, env: { GITHUB_RUN_ID: '101' } })).rejects.toThrow(/has moved/);
    expect(bodies()).toEqual([expect.stringContaining('⛔ Blocked')]);
  });

  it.each([
    ['GET .*comments', 301],
    ['POST /api/graphql', 302],
    ['POST .*comments', 200],
    ['POST .*comments', 202],
    ['POST .*comments', 204],
  ])('or anything else that is not expected is no success: %s, %i', async (pattern, status) => {
    github.reset({ faults: [{ request: new RegExp(pattern), status, location: there() }] });
    await expect(post()).rejects.toThrow(/GitHub (returned HTTP \d+|did not return)/);
    expect(github.comments).toEqual([]);
  });
});

describe('which pull request', () => {
  const open = { number: 5, state: 'open', head: { sha: SHA } } as const;
  const push = { payload: { repository }, env: { GITHUB_EVENT_NAME: 'push' } };

  it('a push is about is the open one that ends with its commit', async () => {
    github.reset({ pulls: [open, { ...open, number: 4, state: 'closed' }] });
    expect(await post(push)).toBe('Commented on #5.');
  });

  it.each([
    ['merged', [{ ...open, state: 'closed' as const }]],
    ['ahead by now', [{ ...open, head: { sha: 'c'.repeat(40) } }]],
    ['one of several', [open, { ...open, number: 6 }]],
    ['not there', []],
  ])('is none if it is %s', async (_, pulls) => {
    github.reset({ pulls });
    expect(await post(push)).toMatch(/^No comment: there is not exactly one open pull request/);
    expect(github.comments).toEqual([]);
  });

  it('a merge queue is about is named in its branch', async () => {
    const payload = { merge_group: { head_ref: `refs/heads/gh-readonly-queue/main/pr-8-${SHA}` } };
    expect(await post({ payload, env: { GITHUB_EVENT_NAME: 'merge_group' } })).toBe('Commented on #8.');
  });

  it('is not requested if the event belongs to no pull request', async () => {
    const payload = { issue: { number: 3 } };
    expect(await post({ payload, env: { GITHUB_EVENT_NAME: 'issues' } })).toMatch(
      /does not belong to a pull request/,
    );
    expect(github.requests).toEqual([]);
  });
});

describe('pull_request_target', () => {
  const env = { GITHUB_EVENT_NAME: 'pull_request_target' };

  it('may write to a pull request from a fork', async () => {
    expect(await post({ payload: pull('mallory/app'), env })).toBe('Commented on #12.');
  });

  it('fails without the permission', async () => {
    await expect(post({ payload: pull('mallory/app'), token: 'reader', env })).rejects.toThrow(
      /permission pull-requests: write/,
    );
  });
});

describe('an Enterprise Server', () => {
  it('is asked at its paths, and linked to', async () => {
    await post({ env: { GITHUB_SERVER_URL: 'https://ghes.example' } });
    expect(github.requests).toEqual([
      'POST /api/graphql',
      'GET /api/v3/repos/octo/app/issues/12/comments',
      'POST /api/v3/repos/octo/app/issues/12/comments',
    ]);
    expect(bodies()[0]).toContain('href="https://ghes.example/octo/app/actions/runs/100/attempts/1"');
  });
});

describe('a failure', () => {
  it('for a fork is expected: its token can only read', async () => {
    expect(await post({ payload: pull('mallory/app'), token: 'reader' })).toMatch(
      /from a fork can only read/,
    );
  });

  it.each(['reader', 'stranger'])('names the permission that is missing: %s', async (token) => {
    await expect(post({ token })).rejects.toThrow(/permission pull-requests: write/);
  });

  it('names a token that GitHub does not know', async () => {
    await expect(post({ token: 'expired' })).rejects.toThrow(/does not accept the token.*Bad credentials/);
  });

  it('contains GitHub’s message, shortened', async () => {
    github.reset({ faults: [{ request: /POST .*comments/, status: 500, message: 'x'.repeat(9_000) }] });
    const failure = await post().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(String(failure).length).toBeLessThan(400);
  });

  it.each(['POST /api/graphql', 'GET .*comments', 'POST .*comments'])('ends in time: %s', async (pattern) => {
    github.reset({ faults: [{ request: new RegExp(pattern), status: 'hang' }] });
    const request = {
      mode: 'always',
      token: 'writer',
      owner: 'octo',
      repo: 'app',
      event: { name: 'pull_request', sha: SHA, payload: pull() },
      workflow: '',
      key: 'f'.repeat(32),
      run: { id: 1, attempt: 1 },
      url: undefined,
    } as const;
    await expect(comment(reportOf(blocked).comment, request, 500)).rejects.toThrow(
      /did not respond within 0.5 s/,
    );
  });

  it.each([
    ['null', 'null'],
    ['an object', '{}'],
    ['null as a comment', '[null]'],
  ])('does not repeat what the program says of a list of comments that is %s', async (_, body) => {
    github.reset({ faults: [{ request: /GET .*comments/, status: 200, body }] });
    await expect(post()).rejects.toThrow(/^GitHub returned a response in an unknown form/);
  });

  it('is reported if the environment names no repository', async () => {
    await expect(post({ env: { GITHUB_REPOSITORY: '../..' } })).rejects.toThrow(/no repository/);
  });
});
