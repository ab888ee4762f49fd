import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GitHubComments, startGitHubComments } from '../../emulator/github-comments.ts';
import { issueFromActions } from '../../src/github/issue.ts';
import type { CommentText } from '../../src/results/comment.ts';

const BOT = { id: 41898282, login: 'github-actions[bot]' };
const failing: CommentText = { isFailing: true, render: ({ url }) => `failed, see ${url}` };
const passing: CommentText = { isFailing: false, render: () => 'passed' };

let github: GitHubComments;
beforeAll(async () => {
  github = await startGitHubComments('octo/app', {
    writer: { ...BOT, access: 'write' },
    reader: { ...BOT, access: 'read' },
    person: { id: 1, login: 'octocat', access: 'write' },
  });
  // It is read when @actions/github is first loaded.
  vi.stubEnv('GITHUB_API_URL', github.url);
});
afterAll(async () => {
  await github.close();
  vi.unstubAllEnvs();
});
beforeEach(() => github.reset());
afterEach(() => expect(github.refused).toEqual([]));

interface Given {
  readonly mode?: 'on-failure' | 'always';
  readonly token?: string;
  readonly run?: number;
  readonly registries?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function keep(text: CommentText, given: Given = {}): Promise<string> {
  const { mode = 'on-failure', token = 'writer', run = 1, registries = ['eu-central-1'], env } = given;
  return issueFromActions(
    text,
    { mode, token, registries, repositories: ['**'] },
    {
      GITHUB_REPOSITORY: 'octo/app',
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/deploy.yml@refs/heads/main',
      GITHUB_JOB: 'audit',
      GITHUB_ACTION: 'audit',
      GITHUB_RUN_ID: `${run}`,
      GITHUB_RUN_ATTEMPT: '1',
      ...env,
    },
  );
}

describe('the issue of an audit', () => {
  it('is opened by a failure, and with always by a pass too', async () => {
    expect(await keep(passing)).toBe('The issue was not changed: the run passed.');
    expect(github.issues).toEqual([]);
    expect(await keep(failing)).toBe('Opened issue #1.');
    expect(github.issues).toMatchObject([
      {
        title: 'ECR audit of eu-central-1',
        state: 'open',
        body: expect.stringContaining(
          'failed, see https://github.example/octo/app/actions/runs/1/attempts/1',
        ),
      },
    ]);
    expect(await keep(passing, { mode: 'always', registries: ['us-east-1'] })).toBe('Opened issue #2.');
  });

  it('is closed by a pass and opened again by a failure; with always it stays as it is', async () => {
    await keep(failing);
    expect(await keep(passing, { run: 2, mode: 'always' })).toBe('Updated issue #1.');
    expect(await keep(passing, { run: 3 })).toBe('Updated issue #1 and closed it.');
    expect(await keep(passing, { run: 4 })).toBe('Updated issue #1.');
    expect(await keep(failing, { run: 5, mode: 'always' })).toBe('Updated issue #1 and opened it again.');
    expect(github.issues).toMatchObject([{ state: 'open', body: expect.stringContaining('runs/5/') }]);
  });

  it('is found among many, by its marker alone', async () => {
    await keep(failing);
    for (let at = 0; at < 120; at += 1) github.open(BOT, `issue ${at}`);
    expect(await keep(failing, { run: 2 })).toBe('Updated issue #1.');
  });

  it('is not one that somebody else has written, whatever it says', async () => {
    await keep(failing);
    const body = github.issues[0]?.body ?? '';
    github.reset();
    const theirs = github.open({ id: 1, login: 'octocat' }, body);
    const quoted = github.open(BOT, `> quoted\n${body}`);
    // A name can be taken over, an id cannot.
    const renamed = github.open({ id: 2, login: BOT.login }, body);
    expect(await keep(failing)).toBe('Opened issue #4.');
    expect(github.issues.slice(0, 3)).toEqual([theirs, quoted, renamed]);
  });

  it('is another one for other registries, workflows and jobs', async () => {
    await keep(failing);
    expect(await keep(failing, { registries: ['us-east-1'] })).toBe('Opened issue #2.');
    expect(await keep(failing, { env: { GITHUB_JOB: 'other' } })).toBe('Opened issue #3.');
    expect(await keep(failing, { registries: [] })).toBe('Opened issue #4.');
    expect(github.issues.at(-1)?.title).toBe('ECR audit');
  });

  it('is not written over by an earlier run, unless no such later run exists', async () => {
    await keep(failing, { run: 9 });
    expect(await keep(passing, { run: 8 })).toBe(
      'The issue was not changed: a newer run has commented already.',
    );
    github.reset({ runs: [] });
    await keep(failing, { run: 9 });
    expect(await keep(failing, { run: 8 })).toBe('Updated issue #1.');
  });

  it('prefers the open one of several', async () => {
    await keep(failing);
    const body = github.issues[0]?.body ?? '';
    github.reset();
    github.open(BOT, body, 'closed');
    github.open(BOT, body);
    expect(await keep(failing, { run: 2 })).toBe('Updated issue #2.');
  });

  it.each([
    ['reader', /give the job permissions: issues: write/],
    ['nobody', /does not accept the token/],
  ])('that a token (%s) may not write is an error that says what to do', async (token, why) => {
    await expect(keep(failing, { token })).rejects.toThrow(why);
    expect(github.issues).toEqual([]);
  });

  it('is not followed to where a renamed repository leads', async () => {
    github.reset({ faults: [{ request: /^POST .*\/issues$/, status: 307, location: `${github.url}/x` }] });
    await expect(keep(failing)).rejects.toThrow(/moved/);
  });

  it('is not in a repository without issues', async () => {
    github.reset({ faults: [{ request: /\/issues$/, status: 410, message: 'Issues are disabled' }] });
    await expect(keep(failing)).rejects.toThrow(/issues are disabled in this repository/);
  });
});
