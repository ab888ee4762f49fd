/** The bundle on a pull request: comment, SARIF and annotations, with GitHub's API on loopback. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GitHubComments, startGitHubComments } from '../../emulator/github-comments.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type ActionOptions, type ActionRun, runAction } from '../../scripts/runner.ts';

const SHA = 'a'.repeat(40);
const BOT = { id: 41898282, login: 'github-actions[bot]' };
const cleanups: (() => Promise<void>)[] = [];
let github: GitHubComments;
let directory = '';
beforeAll(async () => {
  github = await startGitHubComments('octo/app', {
    ghs_writer: { ...BOT, access: 'write' },
    ghs_reader: { ...BOT, access: 'read' },
  });
  directory = await mkdtemp(join(tmpdir(), 'pull-request-'));
});
afterAll(async () => {
  await github.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => github.reset());
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  expect(github.refused).toEqual([]);
});

/** Runs a scenario of one repository as a step of a pull request's workflow. */
async function play(
  name: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  from = 'octo/app',
  kill?: ActionOptions['kill'],
): Promise<ActionRun> {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const { 'signing-key': _, ...given } = scenario.inputs ?? {};
  const emulator = await startEmulator({ ...scenario, inputs: given });
  cleanups.push(() => emulator.close());
  const event = join(directory, 'event.json');
  const pull = { number: 12, head: { sha: SHA, repo: { full_name: from } } };
  await writeFile(
    event,
    JSON.stringify({ repository: { id: 7, full_name: 'octo/app' }, pull_request: pull }),
  );
  const run = await runAction({
    inputs: { image: emulator.images.join('\n'), ...given, ...inputs },
    env: {
      ...emulator.env(),
      GITHUB_API_URL: github.url,
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: 'octo/app',
      GITHUB_SHA: 'd'.repeat(40),
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_WORKSPACE: directory,
      ...env,
    },
    ...(kill === undefined ? {} : { kill }),
  });
  cleanups.push(() => run.clean());
  expect(emulator.foreign).toEqual([]);
  return run;
}

const WRITER = { 'github-token': 'ghs_writer' };

describe('the comment', () => {
  it('is written for a blocked image and updated by every later run', async () => {
    const blocked = await play('blocked', { comment: 'on-failure', ...WRITER });
    expect(blocked.exitCode).toBe(1);
    expect(blocked.log).toContain('Commented on #12.');
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining('⛔ Blocked')]);
    const again = await play('blocked', { comment: 'on-failure', ...WRITER }, { GITHUB_RUN_ID: '2' });
    expect(again.log).toContain('Updated the comment on #12.');
    expect(github.comments).toHaveLength(1);
  });

  it('is written for a run without a verdict, and for a block that is not enforced', async () => {
    await play('unsupported-os', { comment: 'on-failure', ...WRITER });
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining('❌ No verdict')]);
    github.reset();
    const green = await play('blocked', { comment: 'on-failure', enforce: 'false', ...WRITER });
    expect(green.exitCode).toBe(0);
    expect(github.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('⛔ Blocked (not enforced)'),
    ]);
  });

  it('is not written by default, without a request to GitHub', async () => {
    await play('blocked', WRITER);
    expect(github.requests).toEqual([]);
  });

  it.each([
    ['no permission', { 'github-token': 'ghs_reader' }, {}, /::warning::.*permission pull-requests: write/],
    ['no token', { 'github-token': '' }, {}, /::warning::.*github-token is empty/],
    [
      'no API',
      WRITER,
      { GITHUB_API_URL: 'http://127.0.0.1:1' },
      /::warning::The comment could not be written/,
    ],
    [
      'no event',
      WRITER,
      { GITHUB_EVENT_PATH: '/dev/null/event' },
      /::warning::The comment could not be written/,
    ],
  ])('only warns if it cannot be written: %s', async (_, inputs, env, warning) => {
    const run = await play('pass-single', { comment: 'always', ...inputs }, env);
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass', passed: 'true' } });
    expect(run.log).toMatch(warning);
    expect(run.log.match(/::warning::/g)).toHaveLength(1);
  });

  it('is not written for a fork, without a warning', async () => {
    const reader = { comment: 'always', 'github-token': 'ghs_reader' };
    const run = await play('pass-single', reader, {}, 'mallory/app');
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass', passed: 'true' } });
    expect(run.log).toMatch(/from a fork can only read/);
    expect(run.log).not.toMatch(/^::(warning|error)/m);
  });

  it('uses the paths of github.com, where other tests use those of an Enterprise Server', async () => {
    const com = await startGitHubComments(
      'octo/app',
      { ghs_writer: { ...BOT, access: 'write' } },
      'github.com',
    );
    cleanups.push(() => com.close());
    const run = await play('pass-single', { comment: 'always', ...WRITER }, { GITHUB_API_URL: com.url });
    expect(run.log).toContain('Commented on #12.');
    expect(com.requests).toEqual([
      'POST /graphql',
      'GET /repos/octo/app/issues/12/comments',
      'POST /repos/octo/app/issues/12/comments',
    ]);
    expect(com.refused).toEqual([]);
  });

  it('shows the differences to the deployed image', async () => {
    await play('baseline', { comment: 'on-failure', ...WRITER });
    const [body] = github.comments.map((comment) => comment.body);
    expect(body?.replace(/<[^>]*>/g, '')).toMatch(/1 new finding, 1 no longer present, 1 unchanged/);
    expect(body).toMatch(/CVE-2022-22965<\/a>.*🆕/);
  });

  it('is not awaited longer than its time limit', async () => {
    github.reset({ faults: [{ request: /graphql/, status: 'hang' }] });
    const run = await play('pass-single', { comment: 'always', ...WRITER });
    expect(run.outputs.verdict).toBe('pass');
    expect(run.log).toMatch(/did not respond within 15 s/);
  }, 60_000);
});

describe('a job that is cancelled while its result is published', () => {
  it.each([
    ['SIGTERM', 'pass-single', {}],
    ['SIGINT', 'pass-single', {}],
    ['SIGTERM', 'blocked', { enforce: 'false' }],
  ] as const)('fails, and what was published before is replaced: %s, %s', async (signal, name, inputs) => {
    github.reset({ faults: [{ request: /graphql/, status: 'hang' }] });
    // Log, files, summary and outputs have been written when the comment begins.
    const asked = vi.waitUntil(() => github.requests.includes('POST /api/graphql'), { timeout: 60_000 });
    const kill = { signal, after: asked };
    const run = await play(name, { comment: 'always', ...inputs, ...WRITER }, {}, 'octo/app', kill);
    expect(run, run.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false' },
    });
    const report = JSON.parse(await readFile(run.outputs.report ?? '', 'utf8'));
    expect(report).toMatchObject({ verdict: 'error', error: { code: 'cancelled' } });
    expect(run.summary.match(/<h2>/g)).toHaveLength(1);
    expect(run.summary).toMatch(/^<h2>.*No verdict: The job was cancelled/m);
    expect(run.log).toMatch(/^::error .*The job was cancelled/m);
    expect(github.comments).toEqual([]);
  });
});

describe('annotations and results', () => {
  // As the emulator's image was built.
  const DOCKERFILE = [
    '# syntax=docker/dockerfile:1',
    'FROM cache/debian:12',
    'ARG VERSION',
    'RUN apt-get update \\',
    '  && apt-get install -y --no-install-recommends curl gnupg2',
    'WORKDIR /app',
    'COPY dist /app',
    'CMD ["/app/server"]',
    '',
  ].join('\n');
  const PLACES = { 'CVE-2022-37434': 2, 'CVE-2023-45853': 2, 'CVE-2023-38545': 4, 'CVE-2021-44228': 7 };

  /** The line that each finding's annotation points at, and each result of the SARIF file. */
  async function places(inputs: Readonly<Record<string, string>>) {
    const run = await play('whose-layer', inputs);
    const annotated = [...run.log.matchAll(/^::error ([^:]*)::(CVE-[\d-]+) /gm)].map(
      ([, properties = '', id]) => [
        id,
        /(?:^|,)file=([^,]*)/.exec(properties)?.[1],
        Number(/(?:^|,)line=(\d+)/.exec(properties)?.[1]),
      ],
    );
    const log = JSON.parse(await readFile(run.outputs.sarif ?? '', 'utf8'));
    const found = log.runs[0].results
      .filter(({ level }: { level: string }) => level === 'error')
      .map((result: { ruleId: string; locations: { physicalLocation: PhysicalLocation }[] }) => {
        const place = result.locations[0]?.physicalLocation;
        return [result.ruleId, place?.artifactLocation.uri, place?.region?.startLine ?? Number.NaN];
      });
    return { annotated: new Set(annotated.map(String)), found: new Set(found.map(String)) };
  }

  it('point at the line of the Dockerfile that added a package', async () => {
    await mkdir(join(directory, 'app'), { recursive: true });
    await writeFile(join(directory, 'app', 'Dockerfile'), DOCKERFILE);
    const { annotated, found } = await places({ dockerfile: 'app/Dockerfile' });
    const wanted = Object.entries(PLACES).map(([id, line]) => String([id, 'app/Dockerfile', line]));
    expect(annotated).toEqual(new Set(wanted));
    expect(found).toEqual(new Set(wanted));
  });

  it('point at no line of another Dockerfile, and at no file without one', async () => {
    const nowhere = (file: string | undefined) =>
      new Set(Object.keys(PLACES).map((id) => String([id, file, Number.NaN])));
    await mkdir(join(directory, 'app'), { recursive: true });
    await writeFile(join(directory, 'app', 'Dockerfile'), 'ARG BASE\nFROM a AS b\nFROM $BASE\nRUN make\n');
    const other = await places({ dockerfile: 'app/Dockerfile' });
    expect(other.annotated).toEqual(nowhere(undefined));
    expect(other.found).toEqual(nowhere('app/Dockerfile'));
    const unknown = await places({});
    expect(unknown.annotated).toEqual(nowhere(undefined));
    expect(unknown.found).toEqual(nowhere('team/app'));
  });
});

interface PhysicalLocation {
  readonly artifactLocation: { readonly uri: string };
  readonly region?: { readonly startLine: number };
}

describe('results.sarif', () => {
  it('lists the findings, and points at the Dockerfile', async () => {
    await mkdir(join(directory, 'app'), { recursive: true });
    await writeFile(join(directory, 'app', 'Dockerfile'), 'FROM debian\n');
    const run = await play('blocked', { dockerfile: 'app/Dockerfile' });
    expect(run.outputs.sarif).toMatch(/\/results\.sarif$/);
    const log = JSON.parse(await readFile(run.outputs.sarif ?? '', 'utf8'));
    expect(log.runs).toHaveLength(1);
    const { results } = log.runs[0];
    expect(results.filter(({ level }: { level: string }) => level === 'error').length).toBeGreaterThan(0);
    const { uri } = results[0].locations[0].physicalLocation.artifactLocation;
    expect(uri).toBe('app/Dockerfile');
  });

  it('is the same in the next run', async () => {
    const texts = [];
    for (const id of ['1', '2']) {
      const run = await play('blocked', {}, { GITHUB_RUN_ID: id });
      texts.push(await readFile(run.outputs.sarif ?? '', 'utf8'));
    }
    expect(texts[0]).toBe(texts[1]);
  });

  it('is empty if nothing was judged, such as for a Dockerfile that does not exist', async () => {
    const run = await play('unsupported-os', { dockerfile: 'none/Dockerfile' });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', sarif: '' } });
    // It is reported once, before the wait.
    expect(run.log.match(/there is no file none\/Dockerfile in the workspace/g)).toHaveLength(2);
    expect(run.log).not.toContain('Nothing points at the Dockerfile');
    expect(run.log).not.toContain('UNSUPPORTED_OS');
  });

  it('contains 10,000 findings within the limits of GitHub', async () => {
    const run = await play('ten-thousand', {});
    expect(run.log).toMatch(/::warning::results.sarif contains the worst 5000 of \d+ results of /);
    expect(JSON.parse(await readFile(run.outputs.sarif ?? '', 'utf8')).runs[0].results).toHaveLength(5_000);
  });
});
