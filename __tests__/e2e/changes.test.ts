/** A scheduled verify that compares its result with the last report, and keeps an issue: the whole action. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import { type GitHubComments, startGitHubComments } from '../../emulator/github-comments.ts';
import { image, LONG_AGO, scanned } from '../../emulator/scenarios/build.ts';
import type { ActionRun } from '../../scripts/runner.ts';
import { emulate, findCosign, needsCosign, run, verify } from './signed.ts';

const BOT = { id: 41898282, login: 'github-actions[bot]' };
let github: GitHubComments;
let directory = '';
beforeAll(async () => {
  await findCosign();
  github = await startGitHubComments('octo/app', {
    ghs_writer: { ...BOT, access: 'write' },
    ghs_reader: { ...BOT, access: 'read' },
  });
  directory = await mkdtemp(join(tmpdir(), 'changes-'));
}, 900_000);
afterAll(async () => {
  await github.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => github.reset());
afterEach(() => expect(github.refused).toEqual([]));

const ISSUE = { issue: 'on-failure', 'github-token': 'ghs_writer' };

/** The environment of a run, by its number. */
const night = (id: number): Record<string, string> => ({
  GITHUB_API_URL: github.url,
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'octo/app',
  GITHUB_EVENT_NAME: 'schedule',
  GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/deploy.yml@refs/heads/main',
  GITHUB_RUN_ID: `${id}`,
  GITHUB_RUN_ATTEMPT: '1',
});

const annotationsIn = ({ log }: ActionRun) =>
  log.split('\n').filter((line) => /^::(error|warning)/.test(line));

describe('night after night', () => {
  it('verify speaks when an image is newly blocked, is quiet while it stays so, and when it passes again', async (context) => {
    await needsCosign(context);
    const images = [image([scanned([finding(CATALOGUE.looneyTunables)], 0, LONG_AGO)])];
    const emulator = await emulate('pass-single', {}, { images });
    const signed = await run(emulator, { 'fail-on': 'none' });
    expect(signed.outputs.signed, signed.log).toBe('true');
    const same = { ...ISSUE, 'warn-on': 'none', 'fail-on': 'none', 'max-attestation-age': '1h' };

    const missing = join(directory, 'no', 'report.json');
    const first = await verify(emulator, { ...same, 'baseline-report': missing }, { env: night(1) });
    expect(first, first.log).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass', changed: 'true' } });
    expect(first.log).toContain('The issue was not changed: the run passed.');
    const [{ proofs }] = JSON.parse(await readFile(first.outputs.report ?? '', 'utf8')).images;
    const summary = proofs.find(({ kind }: { kind: string }) => kind === 'attestation');
    expect(Date.parse(summary.ends) - Date.parse(summary.at)).toBe(3_600_000);
    expect(first.summary).toContain('There is no earlier report');
    expect(first.summary).toContain('No earlier report can be used, so everything counts as new.');

    // What blocks tonight did not last night.
    const blocking = { ...same, 'fail-on': 'high' };
    const second = await verify(
      emulator,
      { ...blocking, 'baseline-report': first.outputs.report ?? '' },
      { env: night(2) },
    );
    expect(second, second.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'block', changed: 'true' } });
    expect(second.log).toContain('Opened issue #1.');
    expect(github.issues).toMatchObject([{ title: 'ECR verify of team/app', state: 'open' }]);
    expect(github.issues[0]?.body).toContain('1 image does not pass, for new reasons');
    expect(annotationsIn(second)).toEqual([expect.stringContaining('title=New%3A Blocked')]);
    expect(JSON.parse(await readFile(second.outputs.report ?? '', 'utf8')).changes).toMatchObject({
      blocks: [{ before: 'passing', verdict: 'block' }],
    });

    const third = await verify(
      emulator,
      { ...blocking, 'baseline-report': second.outputs.report ?? '' },
      { env: night(3) },
    );
    // It still does not pass.
    expect(third, third.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'block', passed: 'false', changed: 'false' },
    });
    expect(third.log).toContain('Updated issue #1.');
    expect(annotationsIn(third)).toEqual([]);
    expect(third.log).toMatch(/::notice title=Nothing has changed::.* 1 of 1 image still does not pass\./);
    expect(github.comments).toEqual([]);

    const fourth = await verify(
      emulator,
      { ...same, 'baseline-report': third.outputs.report ?? '' },
      { env: night(4) },
    );
    expect(fourth, fourth.log).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass', changed: 'true' } });
    expect(fourth.log).toContain('Updated issue #1 and closed it. Commented on what has changed.');
    expect(github.comments).toMatchObject([
      { issue: 1, body: expect.stringContaining('1 image now passes') },
    ]);
  });
});

describe('a report that cannot be used', () => {
  /** Files in place of the last report, each with what the warning says of it. */
  const FILES: readonly (readonly [string, (path: string) => Promise<void>, RegExp])[] = [
    ['not JSON', (path) => writeFile(path, '{"schemaVersion": 1'), /it is not JSON/],
    ['a directory', async (path) => void (await mkdir(path)), /cannot be read: it is not a regular file/],
    ['empty', (path) => writeFile(path, ''), /it is not JSON/],
    [
      'a report of the gate',
      (path) =>
        writeFile(
          path,
          JSON.stringify({
            schemaVersion: 1,
            action: { name: 'ecr-deployment-gate' },
            startedAt: '2026-01-01T00:00:00.000Z',
            judgedAt: null,
            error: null,
            verification: null,
            images: [],
          }),
        ),
      /the verify action has verified nothing/,
    ],
    ['a link to itself', (path) => symlink(path, path), /leads through more than 40 symbolic links/],
  ];

  it.each(FILES)('(%s) changes no verdict, and everything counts as new', async (name, make, why) => {
    const emulator = await emulate();
    const path = join(directory, `${name.replaceAll(' ', '-')}.json`);
    await make(path);
    const result = await verify(emulator, { 'baseline-report': path });
    // The image has no signature.
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', changed: 'true' } });
    const [warning = ''] = annotationsIn(result).filter((line) => line.startsWith('::warning'));
    expect(warning).toMatch(why);
    expect(warning).toContain('Everything counts as new.');
    expect(result.summary).toContain('No earlier report can be used, so everything counts as new.');
    expect(result.log).toMatch(/::error title=Not verified/);
  });

  it('is not followed out of the workspace', async () => {
    const emulator = await emulate();
    const workspace = join(directory, 'workspace');
    await mkdir(workspace);
    await writeFile(join(directory, 'outside.json'), '{}');
    await symlink(join(directory, 'outside.json'), join(workspace, 'report.json'));
    const env = { GITHUB_WORKSPACE: workspace };
    const result = await verify(emulator, { 'baseline-report': 'report.json' }, { env });
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', changed: 'true' } });
    expect(result.log).toMatch(/::warning::.*report\.json is outside of the workspace\./);
  });

  it('does not turn the verdict of an image without a signature, whatever it claims', async () => {
    const emulator = await emulate();
    const first = await verify(emulator);
    const report = JSON.parse(await readFile(first.outputs.report ?? '', 'utf8'));
    const [entry] = report.images;
    const claims = [
      { ...entry, verdict: 'pass', error: null, signed: true, proofs: [] },
      { ...entry, verdict: 'pass', error: null, signed: true, proofs: [] },
    ];
    const path = join(directory, 'claims.json');
    await writeFile(path, JSON.stringify({ ...report, verdict: 'pass', images: claims }));
    const result = await verify(emulator, { 'baseline-report': path });
    expect(result, result.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false', changed: 'true' },
    });
    // Its own report is quiet, and it fails all the same.
    const again = await verify(emulator, { 'baseline-report': first.outputs.report ?? '' });
    expect(again, again.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', changed: 'false' } });
  });
});

describe('the issue', () => {
  it.each([
    ['who the token is of', /graphql$/],
    ['the list', /^GET .*\/issues$/],
    ['a new issue', /^POST .*\/issues$/],
    ['a change', /^PATCH .*\/issues\/1$/],
    ['a comment', /comments$/],
  ])('that cannot be kept (%s) is a warning, and changes no verdict', async (_, request) => {
    const emulator = await emulate();
    if (/PATCH|comments/.test(request.source)) {
      const opened = await verify(emulator, ISSUE, { env: night(1) });
      expect(opened.log).toContain('Opened issue #1.');
    }
    const bodies = github.issues.map(({ body }) => body);
    github.reset({ faults: [{ request, status: 500, message: 'Oops' }] });
    for (const body of bodies) github.open(BOT, body);
    const inputs = { ...ISSUE, 'baseline-report': join(directory, 'none.json') };
    const result = await verify(emulator, inputs, { env: night(2) });
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(result.log).toMatch(/::warning::The issue could not be written: .*Oops/);
    expect(result.summary).toContain('Not verified');
  });

  it('that the token may not write is a warning that says what to do', async () => {
    const emulator = await emulate();
    const result = await verify(emulator, { ...ISSUE, 'github-token': 'ghs_reader' }, { env: night(1) });
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(result.log).toMatch(/::warning::The issue could not be written: .*issues: write/);
  });

  it('needs a token, which is said before anything is read', async () => {
    const emulator = await emulate();
    const result = await verify(emulator, { issue: 'always', 'github-token': '' });
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', changed: 'true' } });
    expect(result.log).toContain('requires the input github-token');
    expect(emulator.calls).toEqual([]);
  });

  it('has the title of the workflow', async () => {
    const emulator = await emulate();
    const inputs = { ...ISSUE, 'issue-title': 'Images in production @octocat' };
    await verify(emulator, inputs, { env: night(1) });
    await verify(emulator, { ...ISSUE, 'issue-title': 'Images in staging' }, { env: night(1) });
    expect(github.issues.map(({ title }) => title)).toEqual([
      'Images in production @octocat',
      'Images in staging',
    ]);
  });
});
