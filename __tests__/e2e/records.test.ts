/** The bundles with deployment-record: what is recorded on GitHub, when, and what a failure changes. GitHub's API is on loopback. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GitHubComments, startGitHubComments } from '../../emulator/github-comments.ts';
import { HOST, image, LONG_AGO, scanned } from '../../emulator/scenarios/build.ts';
import type { Emulator } from '../../emulator/server.ts';
import type { ActionRun } from '../../scripts/runner.ts';
import { ATTESTED, emulate, findCosign, needsCosign, run, verify } from './signed.ts';

const BOT = { id: 41898282, login: 'github-actions[bot]' };
let github: GitHubComments;
beforeAll(async () => {
  await findCosign();
  github = await startGitHubComments('octo/app', {
    ghs_writer: { ...BOT, access: 'write' },
    ghs_reader: { ...BOT, access: 'read' },
  });
}, 900_000);
afterAll(() => github.close());
beforeEach(() => github.reset());
afterEach(() => expect(github.refused).toEqual([]));

const env = () => ({
  GITHUB_API_URL: github.url,
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'octo/app',
});
const RECORD = { 'deployment-record': 'true', 'github-token': 'ghs_writer', 'signing-key': '' };
const DEPLOYED = { ...RECORD, 'deployment-environment': 'production' };

const gate = (emulator: Emulator, inputs: Record<string, string> = {}, options: object = {}) =>
  run(emulator, { ...RECORD, ...inputs }, { env: env(), ...options });

/** The identity of each record, and where it is said to be. */
const recorded = () => github.records.map(({ kind, fields }) => [kind, fields.name, fields.digest]);

async function reportOf({ outputs }: ActionRun): Promise<{ notices: string[]; records: unknown }> {
  return JSON.parse(await readFile(outputs.report ?? '', 'utf8'));
}

const PASSED = { exitCode: 0, outputs: { verdict: 'pass', passed: 'true' } };
const APP = [image([scanned([], 0, LONG_AGO)])];
const API = { name: 'team/api', images: [image([scanned([], 0, LONG_AGO)], { name: 'api' })] };

describe('the gate', () => {
  it('records where an image that passed is stored, and says so in one line', async () => {
    const emulator = await emulate();
    const result = await gate(emulator);
    expect(result).toMatchObject(PASSED);
    expect(github.records.map(({ fields }) => fields)).toEqual([
      {
        id: 1,
        name: `${HOST}/team/app`,
        digest: emulator.digests.get('app'),
        registry_url: `https://${HOST}`,
        repository: 'team/app',
        status: 'active',
        github_repository: 'app',
      },
    ]);
    expect(result.summary.match(/^<p>.*Recorded on GitHub.*$/gm)).toEqual([
      '<p>🗂️ <b>Recorded on GitHub</b>: 1 storage record of <code>octo</code>, in its <a href="https://github.example/orgs/octo/artifacts">linked artifacts</a>.</p>',
    ]);
    expect(result.log).toContain('Recorded on GitHub in octo (storage): 1 of 1 records.');
    expect(result.log).toContain('::add-mask::ghs_writer');
    expect(await reportOf(result)).toMatchObject({
      notices: [],
      records: {
        kind: 'storage',
        written: 1,
        organization: 'octo',
        page: 'https://github.example/orgs/octo/artifacts',
      },
    });
  });

  it('records nothing by default, without a request to GitHub', async () => {
    const result = await gate(await emulate(), { 'deployment-record': 'false' });
    expect(result).toMatchObject(PASSED);
    expect(github.requests).toEqual([]);
    expect(result.summary).not.toContain('Recorded on GitHub');
  });

  it.each([
    ['a blocked image', 'blocked', {}, 1, 'block'],
    ['a blocked image that does not fail the step', 'blocked', { enforce: 'false' }, 0, 'block'],
    ['an image without a scan', 'unsupported-os', {}, 1, 'error'],
    ['a run in which one of several images passed', 'several-images', {}, 1, 'error'],
    ['such a run that does not fail for the others', 'several-images', { enforce: 'false' }, 1, 'error'],
  ])('records nothing of %s', async (_, name, inputs, exitCode, verdict) => {
    const result = await gate(await emulate(name), inputs);
    expect(result).toMatchObject({ exitCode, outputs: { verdict, passed: 'false' } });
    expect(github.requests).toEqual([]);
    expect(result.summary).not.toContain('Recorded on GitHub');
  });

  it('records nothing if a run ends at its timeout', async () => {
    const result = await gate(await emulate('never-ends'), { timeout: '3s', 'settle-time': '1s' });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(github.requests).toEqual([]);
  });

  it('records images only after all of them are signed', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const result = await run(
      emulator,
      { 'deployment-record': 'true', 'github-token': 'ghs_writer' },
      { env: env() },
    );
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    expect(recorded()).toEqual([['storage', `${HOST}/team/app`, emulator.digests.get('app')]]);
  });

  it.each(['all', 'each'])('records nothing if signing fails, with sign: %s', async (sign) => {
    const emulator = await emulate('pass-single', { faults: [{ api: 'Sign', kind: 'deny' }] });
    const inputs = { 'deployment-record': 'true', 'github-token': 'ghs_writer', sign };
    const result = await run(emulator, inputs, { env: env() });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', signed: 'false' } });
    expect(github.requests).toEqual([]);
  });

  it('records nothing if sign: each signed only the image that passed', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const inputs = { 'deployment-record': 'true', 'github-token': 'ghs_writer', sign: 'each' };
    const result = await run(emulator, inputs, { env: env() });
    expect(JSON.parse(result.outputs.results ?? '').map((one: { signed: boolean }) => one.signed)).toEqual([
      true,
      false,
      false,
    ]);
    expect(github.requests).toEqual([]);
  });

  it('records nothing if the job is cancelled', async () => {
    const kill = { signal: 'SIGTERM', after: /Resolved / } as const;
    const result = await gate(await emulate('never-ends'), {}, { kill });
    expect(result.outputs.verdict).toBe('error');
    expect(github.requests).toEqual([]);
  });

  it.each([
    ['no permission', { 'github-token': 'ghs_reader' }, {}, /permission artifact-metadata: write/],
    ['no token', { 'github-token': '' }, {}, /Input github-token is empty/],
    ['no repository', {}, { GITHUB_REPOSITORY: '' }, /GITHUB_REPOSITORY names no repository/],
    ['no API', {}, { GITHUB_API_URL: 'http://127.0.0.1:1' }, /Check whether GitHub responds to the runner/],
  ])('only warns if nothing can be recorded: %s', async (_, inputs, changes, message) => {
    const result = await gate(await emulate(), inputs, { env: { ...env(), ...changes } });
    expect(result).toMatchObject(PASSED);
    const warnings = result.log.match(/^::warning.*$/gm) ?? [];
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(warnings[0]).toContain('Not recorded on GitHub (storage): 1 of 1 records.');
    expect(await reportOf(result)).toMatchObject({
      notices: [expect.stringMatching(message)],
      records: null,
    });
    expect(result.summary).toContain('Not recorded on GitHub');
    expect(result.summary).not.toContain('<b>Recorded on GitHub</b>');
    expect(github.records).toEqual([]);
  });

  it.each([
    [404, /exist for a repository of an organization/],
    [429, /Run the job again later/],
    [500, /run the job again/],
  ])('only warns if GitHub answers with HTTP %i', async (status, message) => {
    github.reset({ faults: [{ request: /storage-record/, status, message: '<b>@octocat</b> ::error::x' }] });
    const result = await gate(await emulate());
    expect(result).toMatchObject(PASSED);
    expect(result.log).toMatch(message);
    expect(result.log).not.toMatch(/^::error/m);
    expect(result.summary).not.toContain('<b>@octocat</b>');
  });

  it('ends in time if GitHub does not respond', async () => {
    github.reset({ faults: [{ request: /storage-record/, status: 'hang' }] });
    const result = await gate(await emulate(), { timeout: '6s', 'settle-time': '1s' });
    expect(result).toMatchObject(PASSED);
    expect(result.log).toMatch(/^::warning::.*GitHub did not respond in time/m);
    expect(result.durationMs).toBeLessThan(12_000);
  });
});

describe('verify', () => {
  it('records the deployment of what it verified, a name for each image', async (context) => {
    await needsCosign(context);
    const { 0: app } = APP;
    if (app === undefined) throw new Error('no image');
    const emulator = await emulate('pass-single', {
      repositories: [{ name: 'team/app', images: APP }, API],
      images: [`${HOST}/team/app:1.4.2`, `${HOST}/team/api:1.4.2`],
    });
    const key = { 'github-token': 'ghs_writer' };
    expect((await run(emulator, key)).outputs.signed).toBe('true');
    const inputs = {
      ...DEPLOYED,
      'signing-key': emulator.kms.arn(emulator.scenario.keys?.[0]?.id ?? ''),
      'deployment-name': 'shop-app\nshop-api',
      'deployment-cluster': 'blue',
      'deployment-region': 'eu-central-1',
    };
    const result = await verify(emulator, inputs, { env: env() });
    expect(result, result.log).toMatchObject(PASSED);
    expect(github.records.map(({ fields }) => fields)).toEqual(
      ['app', 'api'].map((name, index) => ({
        id: index + 1,
        name: `${HOST}/team/${name}`,
        digest: emulator.digests.get(name),
        status: 'deployed',
        logical_environment: 'production',
        physical_environment: 'eu-central-1',
        cluster: 'blue',
        deployment_name: `shop-${name}`,
        github_repository: 'app',
      })),
    );
    expect(result.summary).toContain('<b>Recorded on GitHub</b>: 2 deployment records of <code>octo</code>');

    // A later run replaces them. A run without today's findings records as well, with the names of the repositories.
    await verify(emulator, inputs, { env: env() });
    expect(github.records).toHaveLength(2);
    const { 'deployment-name': _, ...unnamed } = inputs;
    await verify(emulator, { ...unnamed, ...ATTESTED }, { env: env() });
    expect(github.records.slice(2).map(({ fields }) => fields.deployment_name)).toEqual([
      'team/app',
      'team/api',
    ]);

    // A failure in between is a warning that says how many are missing.
    github.reset({ faults: [{ request: /deployment-record/, status: 503, after: 1 }] });
    const partly = await verify(emulator, inputs, { env: env() });
    expect(partly).toMatchObject(PASSED);
    expect(partly.log).toMatch(/^::warning::Not recorded on GitHub \(deployment\): 1 of 2 records\./m);
    expect(partly.summary).toContain('1 deployment record of');
    expect(partly.summary).toContain('Not recorded on GitHub');
  });

  it('records nothing if one image is not signed or does not pass', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    await run(emulator, { sign: 'each' });
    const inputs = {
      ...DEPLOYED,
      'signing-key': emulator.kms.arn(emulator.scenario.keys?.[0]?.id ?? ''),
    };
    for (const changes of [{}, ATTESTED, { enforce: 'false' }]) {
      const result = await verify(emulator, { ...inputs, ...changes }, { env: env() });
      expect(result.outputs.passed).toBe('false');
    }
    expect(github.requests).toEqual([]);
    const [api = ''] = emulator.images;
    const alone = await verify(emulator, { ...inputs, image: api }, { env: env() });
    expect(alone.outputs.passed, alone.log).toBe('true');
    expect(recorded()).toEqual([['deployment', `${HOST}/team/api`, emulator.digests.get('api')]]);
  });

  it('needs to know the environment before it calls AWS', async () => {
    const emulator = await emulate();
    const result = await verify(emulator, { ...RECORD, 'signing-key': 'alias/release' }, { env: env() });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('Input deployment-environment: expected the stage');
    expect(emulator.calls).toEqual([]);
  });
});
