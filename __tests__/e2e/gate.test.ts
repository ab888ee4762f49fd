/** The bundle, as GitHub runs it, with every scenario of the emulator. */

import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Scenario } from '../../emulator/scenario.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type ActionOptions, type ActionRun, runAction } from '../../scripts/runner.ts';
import { expectBlocks } from '../report/blocks.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** The scenario without signing: these tests are about the verdict. */
function unsigned(name: string, overrides: Partial<Scenario> = {}): Scenario {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const { 'signing-key': _, ...inputs } = scenario.inputs ?? {};
  return { ...scenario, inputs, ...overrides };
}

async function play(
  scenario: Scenario,
  options: Partial<ActionOptions> = {},
): Promise<{ run: ActionRun; emulator: Emulator }> {
  const emulator = await startEmulator(scenario);
  cleanups.push(() => emulator.close());
  const run = await runAction({
    ...options,
    inputs: { image: emulator.images.join('\n'), ...scenario.inputs, ...options.inputs },
    files: emulator.files,
    env: { ...emulator.env(), ...options.env },
  });
  cleanups.push(() => run.clean());
  expect(emulator.foreign).toEqual([]);
  return { run, emulator };
}

describe('verdicts', () => {
  it.each<[name: string, verdicts: string, message?: RegExp]>([
    ['pass-multi-arch', 'warn'],
    ['pass-single', 'pass'],
    ['blocked', 'block'],
    ['late-findings', 'block'],
    ['empty-then-critical', 'block'],
    ['scan-on-push', 'pass|warn'],
    ['scanned-once', 'pass|warn'],
    ['long-finished', 'pass|warn'],
    ['just-finished', 'pass|warn'],
    ['throttled', 'pass|warn'],
    ['flaky', 'pass|warn'],
    ['nested-index', 'pass|warn|block'],
    ['suppressed-and-closed', 'pass|warn'],
    ['untriaged', 'warn'],
    ['unknown-severity', 'block'],
    ['hostile-text', 'block'],
    ['foreign-account', 'error'],
    ['unknown-status', 'block'],
    ['clock-skew', 'pass'],
    ['clock-behind', 'block'],
    ['pending-then-pass', 'pass'],
    ['empty-answers', 'error'],
    ['other-digest', 'error'],
    ['no-date', 'error'],
    ['immutable-tags', 'pass|warn'],
    ['basic-blocked', 'block'],
    ['basic-pass', 'pass|warn'],
    ['basic-other-account', 'error', /its response is for account 999900001111/],
    ['other-accounts-repository', 'pass|warn'],
    ['never-scanned', 'error', /No scanning filter of account/],
    ['inspector-off', 'error', /Amazon Inspector does not scan images/],
    ['inspector-off-refuses', 'error', /Amazon Inspector does not scan images .*aws inspector2 enable/s],
    [
      'inspector-refuses',
      'error',
      /AWS refused inspector2:ListCoverage to the account of these credentials.*enable/s,
    ],
    [
      'basic-registry',
      'error',
      /uses basic scanning.*put-registry-scanning-configuration.*scan-type: basic/s,
    ],
    ['unsupported-os', 'error', /UNSUPPORTED_OS/],
    ['eligibility-expired', 'error', /SCAN_ELIGIBILITY_EXPIRED/],
    ['archived', 'error', /archived/],
    ['never-ends', 'error'],
    ['contradiction', 'error', /did not settle before the timeout/],
    [
      'closed-contradiction',
      'error',
      /ECR counts findings that Amazon Inspector does not list \(50 [A-Z]+\)/,
    ],
    [
      'severity-contradiction',
      'error',
      /ECR counts findings that Amazon Inspector does not list \(2 CRITICAL\)/,
    ],
    [
      'excepted-contradiction',
      'error',
      /ECR counts findings that Amazon Inspector does not list \(2 CRITICAL\)/,
    ],
    ['ecr-without-counts', 'error', /ECR does not report how many findings it counts/],
    ['scan-in-the-future', 'error', /Inspector reports a scan in the future/],
    ['foreign-layer', 'error', /cannot be verified: layer 4 \(sha256:[0-9a-f]{64}, .*outside the registry/],
    [
      'encrypted-layer',
      'error',
      /cannot be verified: layer 4 \(sha256:[0-9a-f]{64}, .*\+encrypted\) is encrypted/,
    ],
    ['all-closed', 'pass'],
    ['basic-short-list', 'error', /fewer findings than it counts/],
    ['hidden-platform', 'error'],
    ['two-readings', 'error', /a key that differs from "manifests" only in case/],
    ['stale-scan', 'error'],
    ['access-denied', 'error', /inspector2:|ecr:/],
    ['expired-credentials', 'error', /expired/],
    ['missing-findings', 'error'],
    ['repeat-token', 'error'],
    ['manifest-mismatch', 'error', /SHA-256/],
    ['not-an-image', 'error', /not a container image/],
    // A run that is throttled pauses for up to 24 s between two calls.
  ])('%s: %s', { timeout: 120_000 }, async (name, verdicts, message) => {
    const { run } = await play(unsigned(name));
    const { verdict } = run.outputs;
    expect(verdicts.split('|'), run.log).toContain(verdict);
    const succeeds = verdict === 'pass' || verdict === 'warn';
    expect(run.exitCode).toBe(succeeds ? 0 : 1);
    expect(run.outputs).toMatchObject({ passed: String(succeeds), signed: 'false' });
    // A report is always written, and never contains a stack trace.
    expect(run.summary.length).toBeGreaterThan(100);
    expect(JSON.parse(await readFile(run.outputs.report ?? '', 'utf8'))).toMatchObject({ verdict });
    expect(run.log).not.toMatch(/ at .*\.js:\d+/);
    if (message !== undefined) {
      expect(run.log).toMatch(message);
      expect(run.log).toMatch(/^::error/m);
    }
  });
});

describe('messages', () => {
  it('name the repository, tag or image that does not exist', async () => {
    const scenario = unsigned('long-finished');
    const [host] = (scenario.images[0] ?? '').split('/');
    const repository = scenario.repositories[0]?.name ?? '';
    const missing = await play(scenario, { inputs: { image: `${host}/no-such-repository:1` } });
    expect(missing.run.log).toMatch(/no repository no-such-repository/);
    const tag = await play(scenario, { inputs: { image: `${host}/${repository}:no-such-tag` } });
    expect(tag.run.log).toMatch(/no image .*no-such-tag/);
    expect([missing.run.exitCode, tag.run.exitCode]).toEqual([1, 1]);
  });

  it('include stack traces only with step debugging on', async () => {
    const traces = async (env: Record<string, string>) =>
      (await play(unsigned('access-denied'), { env })).run.log
        .split('\n')
        .filter((line) => /\.js:\d+:\d+/.test(line));
    expect(await traces({})).toEqual([]);
    const debugging = await traces({ RUNNER_DEBUG: '1' });
    expect(debugging.length).toBeGreaterThan(0);
    for (const line of debugging) expect(line).toMatch(/^::debug::/);
  });

  it('report an invalid input before the first AWS call', async () => {
    const { run, emulator } = await play(unsigned('long-finished'), { inputs: { 'fail-on': 'severe' } });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(run.log).toMatch(/::error.*Input fail-on/);
    expect(emulator.calls).toEqual([]);
  });

  it('report missing credentials', async () => {
    const { run } = await play(unsigned('long-finished'), {
      env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' },
    });
    expect(run.log).toMatch(/no valid AWS credentials/);
    expect(run.outputs.verdict).toBe('error');
  });

  it('contain hostile text only in escaped form, in log and summary', async () => {
    const { run } = await play(unsigned('hostile-text'));
    for (const line of run.log.split('\n')) {
      expect(line).not.toMatch(/##\[/);
      if (line.trimStart().startsWith('::')) expect(line).toMatch(/^::(error|warning|notice|debug)[ :]/);
    }
    expectBlocks(run.summary);
    expect(run.exitCode).toBe(1);
  });
});

describe('a scan that is not repeated', () => {
  it('results in a warning if it is old', async () => {
    const old = await play(unsigned('scanned-once'));
    expect(old.run.log).toMatch(/^::warning::team\/app@sha256:\S+ was last scanned 365 days ago/m);
    expect(old.run.summary).toMatch(/was last scanned 365 days ago/);
    const fresh = await play(unsigned('scan-on-push'));
    expect(fresh.run.log).not.toMatch(/was last scanned/);
  });
});

describe('a service without Date headers', () => {
  it('does not get ages and expiry dates checked by another clock', async () => {
    const { run } = await play(unsigned('long-finished', { tellsNoTime: true }));
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(run.log).toMatch(/AWS responses had no Date header/);
  });
});

describe('a network without access to AWS', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['an endpoint where nothing listens', { AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:1' }, /ECONNREFUSED/],
    [
      'a name that does not resolve',
      { AWS_ENDPOINT_URL_ECR: 'http://registry.invalid' },
      /(ENOTFOUND|EAI_AGAIN)\)/,
    ],
    [
      'a proxy that is dead, given without a scheme',
      { AWS_ENDPOINT_URL_ECR: 'https://aws.invalid', HTTPS_PROXY: '127.0.0.1:1', NO_PROXY: '' },
      /connect ECONNREFUSED 127\.0\.0\.1:1/,
    ],
    [
      'TLS with an untrusted certificate',
      { AWS_ENDPOINT_URL_ECR: '', HTTPS_PROXY: '', NODE_EXTRA_CA_CERTS: '' },
      /NODE_EXTRA_CA_CERTS|ENOTFOUND|EAI_AGAIN/,
    ],
  ])('is reported in the log at the first failure and at the end: %s', async (_, env, message) => {
    const { run } = await play(unsigned('long-finished'), {
      env,
      inputs: { timeout: '3s', 'settle-time': '1s' },
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(run.log).toMatch(message);
    expect(run.log).toMatch(/^::error .*Check /m);
    expect(run.durationMs).toBeLessThan(20_000);
  });
});

describe('enforce: false', () => {
  it('lets the step succeed for a block and fail for an error', async () => {
    const blocked = await play(unsigned('blocked'), { inputs: { enforce: 'false' } });
    expect(blocked.run).toMatchObject({
      exitCode: 0,
      outputs: { verdict: 'block', passed: 'false', signed: 'false' },
    });
    const error = await play(unsigned('unsupported-os'), { inputs: { enforce: 'false' } });
    expect(error.run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
  });
});

describe('time', () => {
  it.each(['never-ends', 'hang'])('%s ends within the timeout and 15 s', async (name) => {
    const { run } = await play(unsigned(name), { inputs: { timeout: '4s', 'settle-time': '1s' } });
    expect(run.outputs.verdict).toBe('error');
    expect(run.durationMs).toBeLessThan(19_000);
  });

  it.each([
    'SIGTERM',
    'SIGINT',
  ] as const)('%s never becomes a pass, and leaves nothing behind', async (signal) => {
    const { run } = await play(unsigned('never-ends'), {
      inputs: { timeout: '60s' },
      kill: { signal, after: /Waiting for the scan/ },
    });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ verdict: 'error', passed: 'false' });
    expect(run.log).toMatch(/cancelled/);
    expect(run.durationMs).toBeLessThan(30_000);
    expect(
      readdirSync(run.temp).filter((name) => !/^(output|summary\.md|ecr-deployment-gate-)/.test(name)),
    ).toEqual([]);
  });
});

describe('the number of calls', () => {
  it('is at most six for one platform with a scan that finished long ago', async () => {
    const { emulator } = await play(unsigned('long-finished'));
    expect(emulator.calls.length).toBeLessThanOrEqual(6);
  });

  it('is at most forty for eight platforms with 300 findings each', async () => {
    const { emulator, run } = await play(unsigned('eight-platforms'));
    expect(emulator.calls.length).toBeLessThanOrEqual(40);
    expect(Number(run.outputs.total)).toBeGreaterThanOrEqual(300);
  });

  it('reads 10,000 findings completely, and the summary stays under 1 MiB', async () => {
    const { emulator, run } = await play(unsigned('ten-thousand'));
    expect(run.outputs.total).toBe('10000');
    expect(emulator.count('ListFindings')).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(run.summary)).toBeLessThan(1024 * 1024);
  });

  it('judges ten images of one step', async () => {
    const { run } = await play(unsigned('ten-images'));
    expect(JSON.parse(run.outputs.results ?? '[]')).toHaveLength(10);
    expect((run.outputs.digest ?? '').split('\n')).toHaveLength(10);
  });
});

describe('the environment of a step', () => {
  it('changes no verdict if the summary or report cannot be written', async () => {
    const { run } = await play(unsigned('pass-single'), {
      env: { GITHUB_STEP_SUMMARY: '/dev/null/summary' },
      inputs: { 'report-directory': '/dev/null/reports' },
    });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
    expect(run.log).toMatch(/^::warning/m);
  });

  it('gets no report outside of the workspace through a link in the checkout, and the verdict stays the same', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'gate-links-'));
    cleanups.push(() => rm(workspace, { recursive: true, force: true }));
    await mkdir(join(workspace, 'checkout'));
    await symlink('..', join(workspace, 'checkout', 'reports'));
    const { run } = await play(unsigned('pass-single'), {
      env: { GITHUB_WORKSPACE: join(workspace, 'checkout') },
      inputs: { 'report-directory': join(workspace, 'checkout', 'reports', 'gate') },
    });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass', report: '', sarif: '' } });
    expect(run.log).toMatch(/::warning::The report could not be written: .*symbolic link/);
    expect(await readdir(workspace)).toEqual(['checkout']);
  });

  it('does not change the result if a tag moves after it was resolved', async () => {
    const { run, emulator } = await play(unsigned('tag-moves'));
    expect(run.outputs).toMatchObject({ verdict: 'pass', digest: emulator.digests.get('app') });
  });

  it('uses the proxy of the environment variables', async () => {
    const { run, emulator } = await play(unsigned('long-finished'), {
      env: { AWS_ENDPOINT_URL_ECR: '', AWS_ENDPOINT_URL_INSPECTOR2: '' },
    });
    expect(run.exitCode, run.log).toBe(0);
    expect(emulator.calls.length).toBeGreaterThan(0);
  });

  it('judges all findings that were recorded from the real Inspector', async (context) => {
    const directory = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'inspector2');
    if (!existsSync(directory)) return context.skip('the folder of recorded findings is not here');
    for (const name of ['one_vul.json', 'many_vul.json']) {
      const { findings } = JSON.parse(await readFile(join(directory, name), 'utf8'));
      const emulator = await startEmulator(unsigned('long-finished'), {
        recordedFindings: { app: findings },
      });
      cleanups.push(() => emulator.close());
      const run = await runAction({ inputs: { image: emulator.images.join('\n') }, env: emulator.env() });
      cleanups.push(() => run.clean());
      expect(['pass', 'warn', 'block'], run.log).toContain(run.outputs.verdict);
      const active = findings.filter(({ status }: { status: string }) => status === 'ACTIVE');
      expect(Number(run.outputs.total)).toBe(active.length);
    }
  });
});

describe('what every run loads of the bundle', () => {
  it('is at most 0.9 MB', async () => {
    const { size } = await stat(join(import.meta.dirname, '..', '..', 'dist', 'main.js'));
    expect(size).toBeLessThanOrEqual(900_000);
  });
});
