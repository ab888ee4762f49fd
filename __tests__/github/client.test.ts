import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHubEmulator, startGitHub } from '../../emulator/github.ts';
import { startProxy } from '../../emulator/proxy.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { createGitHub, isCommit, readGitHubFile } from '../../src/github/client.ts';
import { rejection } from '../policy/errors.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const file = { owner: 'example-org', repo: 'security', path: 'gate/policy.yml', ref: 'main' };

let github: GitHubEmulator;

beforeEach(async () => {
  github = await startGitHub([
    {
      name: 'example-org/security',
      tokens: ['reader'],
      files: {
        'main:gate/policy.yml': 'version: 1\n',
        [`${SHA}:gate/policy.yml`]: 'version: 1\nfail-on: high\n',
        'release/1:a b/ü#?.yml': 'version: 1\n# ü\n',
        'main:gate': '/',
        'main:large.yml': 'x'.repeat(1024 * 1024 + 1),
        'main:empty.yml': '',
      },
    },
    { name: 'example-org/other', tokens: ['other'], files: {} },
  ]);
});

afterEach(() => github.close());

function client(token = 'reader', timeoutMs = 20_000, environment: NodeJS.ProcessEnv = {}) {
  const cancel = new AbortController();
  const deadline = startDeadline(timeoutMs, systemClock, cancel.signal);
  return {
    cancel,
    github: createGitHub({
      token,
      deadline,
      environment: { GITHUB_API_URL: github.url, ...environment },
      random: () => 0,
    }),
  };
}

const read = (token?: string, where = {}) => readGitHubFile(client(token).github, { ...file, ...where });

describe('readGitHubFile', () => {
  it('reads a file at a branch, a commit, and with a path that needs encoding', async () => {
    expect((await read()).toString()).toBe('version: 1\n');
    expect((await read('reader', { ref: SHA })).toString()).toBe('version: 1\nfail-on: high\n');
    expect((await read('reader', { path: 'a b/ü#?.yml', ref: 'release/1' })).toString()).toBe(
      'version: 1\n# ü\n',
    );
    expect(await read('reader', { path: 'empty.yml' })).toHaveLength(0);
    expect(github.requests[0]).toBe(
      'GET /api/v3/repos/example-org/security/contents/gate/policy.yml?ref=main',
    );
  });

  it.each([
    ['without a token', {}, 'GitHub does not accept the token of github-token'],
    ['other', {}, 'there is no such repository, file or ref, or the token of github-token cannot read it'],
    ['reader', { path: 'missing.yml' }, 'there is no such repository, file or ref'],
    ['reader', { ref: 'gone' }, 'there is no such repository, file or ref'],
    ['reader', { path: 'gate' }, 'is not a file'],
    ['reader', { path: 'large.yml' }, "it is too large for GitHub's API"],
  ])('with the token %s and %j: %s', async (token, where, message) => {
    const error = await rejection(read(token, where));
    expect(error.code).toBe('input');
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(token);
    expect(github.requests).toHaveLength(1);
  });

  it.each([
    [{ status: 403 }, 'GitHub denies access to the token of github-token: A fault of the scenario'],
    [
      { status: 403, headers: { 'x-github-sso': 'required' } },
      'GitHub denies access to the token of github-token (the token is not authorized for single sign-on)',
    ],
    [{ status: 301, headers: { location: 'http://127.0.0.1:1/' } }, 'the repository has moved'],
    [{ status: 307, headers: { location: 'http://127.0.0.1:1/' } }, 'the repository has moved'],
    [{ status: 418 }, 'GitHub returned HTTP 418: A fault of the scenario'],
    [{ status: 204 }, 'GitHub returned HTTP 204'],
    [
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' } },
      "GitHub's rate limit for the token is used up until 2100-01-01T00:00:00.000Z",
    ],
    [{ status: 429, headers: { 'retry-after': '3600' } }, "GitHub's rate limit for the token is used up"],
  ])('after %j says: %s', async (fault, message) => {
    github.fail(fault);
    const error = await rejection(read());
    expect(error.code).toBe('input');
    expect(error.message).toContain(`example-org/security/gate/policy.yml@main cannot be read: ${message}`);
    expect(error.nextStep).toBeTruthy();
    expect(github.requests).toHaveLength(1);
  });

  it.each([
    ['another file', { path: 'gate/other.yml' }, 'GitHub returned a different file or ref'],
    ['another ref', { url: 'https://api.github.com/x?ref=other' }, 'GitHub returned a different file or ref'],
    ['no ref', { url: 'https://api.github.com/x' }, 'GitHub returned a different file or ref'],
    ['other bytes', { content: 'dmVyc2lvbjogMQojCg==' }, 'does not match its blob ID'],
    ['no content', { content: undefined }, 'is not a file'],
    ['a link that leads out of the repository', { type: 'symlink' }, 'is not a file'],
  ])('refuses an answer with %s', async (_, changes, message) => {
    github.fail({ alter: (body) => ({ ...body, ...changes }) });
    expect((await rejection(read())).message).toContain(message);
  });

  it.each([[null], [[]], ['text'], [{}]])('refuses the answer %j', async (body) => {
    github.fail({ alter: () => body });
    expect((await rejection(read())).message).toContain('is not a file');
  });

  it('retries after transient faults', async () => {
    github.fail(
      { status: 500 },
      { status: 503, headers: { 'retry-after': '0' } },
      { kind: 'reset' },
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' } },
    );
    expect((await read()).toString()).toBe('version: 1\n');
    expect(github.requests).toHaveLength(6);
  });

  it('ends with the deadline, and with the job', async () => {
    github.fail(...Array.from({ length: 100 }, () => ({ status: 502 })));
    const error = await rejection(readGitHubFile(client('reader', 1_000).github, file));
    expect(error.code).toBe('timeout');
    expect(error.message).toContain('Last result: HTTP 502');
    expect(error.nextStep).toBe(
      `Check whether ${new URL(github.url).host} responds to the runner, and run the job again.`,
    );

    const { cancel, github: cancelled } = client('reader', 60_000);
    github.fail({ kind: 'hang' });
    const reading = rejection(readGitHubFile(cancelled, file));
    cancel.abort();
    expect((await reading).code).toBe('cancelled');
  });

  it('uses the proxy of the environment, except for hosts that it excludes', async () => {
    const refused: string[] = [];
    const proxy = await startProxy({
      route: (host) => {
        refused.push(host);
        return undefined;
      },
    });
    try {
      const through = client('reader', 1_500, {
        GITHUB_API_URL: 'https://ghe.example.com/api/v3',
        https_proxy: proxy.url,
      });
      expect((await rejection(readGitHubFile(through.github, file))).code).toBe('timeout');
      expect(refused[0]).toBe('ghe.example.com');
      const around = client('reader', 20_000, { http_proxy: proxy.url, no_proxy: '127.0.0.1' });
      expect((await readGitHubFile(around.github, file)).toString()).toBe('version: 1\n');
    } finally {
      await proxy.close();
    }
  });
});

describe('createGitHub', () => {
  it('does not retry a login that the proxy refused', async () => {
    const proxy = await startProxy({ route: () => undefined, login: { user: 'runner', password: 'right' } });
    const { github: through } = client('reader', 20_000, {
      GITHUB_API_URL: 'https://ghe.example.com/api/v3',
      HTTPS_PROXY: proxy.url.replace('right', 'wrong'),
    });
    const error = await rejection(readGitHubFile(through, file)).finally(() => proxy.close());
    expect(error).toMatchObject({
      code: 'input',
      message: expect.stringContaining('407'),
      nextStep: expect.stringMatching(/the password in HTTPS_PROXY/),
    });
    expect(`${error.message} ${error.nextStep}`).not.toContain('wrong');
    expect(proxy.refusals()).toBe(1);
  });

  it.each(['ftp://example.com', 'nonsense'])('refuses %s as GITHUB_API_URL', async (url) => {
    const error = await rejection((async () => client('reader', 1_000, { GITHUB_API_URL: url }))());
    expect(error.message).toContain('GITHUB_API_URL is not an http or https address');
  });
});

it.each([
  [SHA, true],
  [SHA.toUpperCase(), true],
  [SHA.slice(1), false],
  ['main', false],
  [`${SHA}0`, false],
])('isCommit(%s): %s', (ref, expected) => {
  expect(isCommit(ref)).toBe(expected);
});
