import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GitHubComments, startGitHubComments } from '../../emulator/github-comments.ts';
import { issueFromActions } from '../../src/github/issue.ts';
import { auditSubject, type IssueSubject, verifySubject } from '../../src/github/issue-subject.ts';
import type { CommentText, IssueText } from '../../src/results/comment.ts';

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
  readonly subject?: IssueSubject;
  readonly env?: Readonly<Record<string, string>>;
}

function keep(text: CommentText & Partial<IssueText>, given: Given = {}): Promise<string> {
  const { mode = 'on-failure', token = 'writer', run = 1, registries = ['eu-central-1'], env } = given;
  const { subject = auditSubject(registries, ['**']) } = given;
  return issueFromActions(
    text,
    { mode, token, subject },
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

  it.each(['null', '{}', '[null]'])('is not kept if the list of issues is %s', async (body) => {
    github.reset({ faults: [{ request: /^GET .*\/issues$/, status: 200, body }] });
    await expect(keep(failing)).rejects.toThrow(/^GitHub returned a response in an unknown form/);
  });

  it('is not in a repository without issues', async () => {
    github.reset({ faults: [{ request: /\/issues$/, status: 410, message: 'Issues are disabled' }] });
    await expect(keep(failing)).rejects.toThrow(/issues are disabled in this repository/);
  });
});

describe('the issue of the verify action', () => {
  const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  const imagesOf = (...repositories: string[]) =>
    repositories.map((repository) => ({ registry: { host: HOST }, repository }));
  const app = verifySubject(undefined, imagesOf('team/app'));
  const withNews = (text: CommentText, news: string | undefined): IssueText => ({
    ...text,
    news: () => news,
  });
  const comments = () => github.comments.map(({ issue, body }) => [issue, body]);

  it('has a comment when something has changed, and none when nothing has', async () => {
    const keepIt = (text: IssueText, run: number) => keep(text, { run, subject: app });
    // A new issue is news itself.
    expect(await keepIt(withNews(failing, 'new: CVE-1'), 1)).toBe('Opened issue #1.');
    expect(comments()).toEqual([]);
    expect(await keepIt(withNews(failing, undefined), 2)).toBe('Updated issue #1.');
    expect(comments()).toEqual([]);
    expect(await keepIt(withNews(failing, 'new: CVE-2'), 3)).toBe(
      'Updated issue #1. Commented on what has changed.',
    );
    expect(await keepIt(withNews(passing, 'passes again'), 4)).toBe(
      'Updated issue #1 and closed it. Commented on what has changed.',
    );
    expect(comments()).toEqual([
      [1, 'new: CVE-2'],
      [1, 'passes again'],
    ]);
    expect(github.issues).toMatchObject([{ title: 'ECR verify of team/app', state: 'closed' }]);
  });

  it('has no comment of an earlier run', async () => {
    await keep(withNews(failing, undefined), { run: 9, subject: app });
    await keep(withNews(failing, 'old news'), { run: 8, subject: app });
    expect(comments()).toEqual([]);
  });

  it('is another one for other repositories or titles, and the same for a title whatever is verified', async () => {
    const text = withNews(failing, undefined);
    const opened: string[] = [];
    for (const subject of [
      app,
      verifySubject(undefined, imagesOf('team/web')),
      verifySubject(undefined, imagesOf('team/app', 'team/web')),
      verifySubject('production', imagesOf('team/app')),
      verifySubject('staging', imagesOf('team/app')),
      auditSubject([HOST], ['team/app']),
      verifySubject(undefined, imagesOf('team/web', 'team/app', 'team/app')),
      verifySubject('production', imagesOf('team/new')),
      // A title is no list of repositories.
      verifySubject(`${HOST}/team/app`, imagesOf('team/app')),
    ]) {
      opened.push(await keep(text, { subject }));
    }
    expect(opened).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((number) => `Opened issue #${number}.`),
      'Updated issue #3.',
      'Updated issue #4.',
      'Opened issue #7.',
    ]);
    expect(github.issues.map(({ title }) => title)).toContain('ECR verify of team/app, team/web');
  });

  it('has a short title, however many repositories there are', () => {
    const { title } = verifySubject(undefined, imagesOf('d', 'c', 'b', 'a', 'e'));
    expect(title).toBe('ECR verify of a, b, c and 2 more');
  });

  it.each([
    ['who the token is of', /^POST .*\/graphql$/, /A fault/, 0],
    ['the list of issues', /^GET .*\/issues$/, /A fault/, 0],
    ['the change of the text', /^PATCH .*\/issues\/1$/, /A fault/, 0],
    // The text is right, and only the comment is missing.
    ['the comment', /^POST .*\/issues\/1\/comments$/, /A fault/, 1],
  ])('fails with an error if GitHub refuses %s', async (_, request, why, updated) => {
    await keep(withNews(failing, undefined), { subject: app });
    const [{ body = '' } = {}] = github.issues;
    for (const status of [301, 400, 403, 404, 422, 500]) {
      github.reset({ faults: [{ request, status }] });
      github.open(BOT, body);
      await expect(keep(withNews(failing, 'news'), { run: 5, subject: app })).rejects.toThrow(
        status === 301 ? /./ : why,
      );
      expect(comments()).toEqual([]);
      expect(github.issues).toHaveLength(1);
      expect(github.issues.filter((issue) => issue.body.includes('runs/5/'))).toHaveLength(updated);
    }
  });

  it('fails with an error if GitHub does not answer', async () => {
    for (const request of [/graphql$/, /^GET .*\/issues$/, /^POST .*\/issues$/, /comments$/]) {
      github.reset();
      if (request.source.includes('comments')) await keep(withNews(failing, undefined), { subject: app });
      const [{ body = '' } = {}] = github.issues;
      github.reset({ faults: [{ request, status: 'hang' }] });
      if (body !== '') github.open(BOT, body);
      const { keepIssue } = await import('../../src/github/issue.ts');
      const given = {
        mode: 'on-failure',
        token: 'writer',
        owner: 'octo',
        repo: 'app',
        title: 'x',
        key: body.slice(28, 60) || 'f'.repeat(32),
        workflow: '',
        run: { id: 2, attempt: 1 },
        url: undefined,
      } as const;
      await expect(keepIssue(withNews(failing, 'news'), given, 500)).rejects.toThrow(/did not answer within/);
    }
  });
});
