/** A step always ends, with outputs and a summary: the bundle with a main thread that is blocked. */

import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type ActionOptions, type ActionRun, runAction } from '../../scripts/runner.ts';
import { UNFINISHED_OUTPUTS } from '../../src/report/kit/outputs.ts';
import { isAlive } from '../watchdog/alive.ts';
import { findCosign, keyOf, needsCosign } from './signed.ts';

vi.setConfig({ testTimeout: 180_000 });
beforeAll(findCosign, 900_000);

// Concurrent tests have no hook of their own at their end.
const cleanups: (() => Promise<unknown>)[] = [];
const later = (cleanup: () => Promise<unknown>) => void cleanups.push(cleanup);
afterAll(() => Promise.all(cleanups.map((cleanup) => cleanup())));

/**
 * Runs a scenario with a program that runs first in the action's main thread.
 * @param preload CommonJS; it has `spin` and, for the same effect without processor time, `block`
 */
async function play(
  name: string,
  preload: string,
  { flags = '', ...options }: Partial<ActionOptions> & { readonly flags?: string } = {},
): Promise<ActionRun> {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const { 'signing-key': _, ...inputs } = scenario.inputs ?? {};
  const emulator = await startEmulator(scenario);
  later(() => emulator.close());
  const directory = await mkdtemp(join(tmpdir(), 'gate-preload-'));
  later(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'preload.cjs');
  await writeFile(
    file,
    `if (require('node:worker_threads').isMainThread) {
      const spin = () => { for (;;); };
      const block = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      ${preload}
    }`,
  );
  const run = await runAction({
    ...options,
    inputs: { image: emulator.images.join('\n'), ...inputs, ...options.inputs },
    env: { ...emulator.env(), NODE_OPTIONS: `--require=${file} ${flags}`, ...options.env },
  });
  later(() => run.clean());
  return run;
}

const UNFINISHED = /the gate has not finished/;

function expectEnded(run: ActionRun, why: RegExp): void {
  expect(run, run.log).toMatchObject({ signal: 'SIGKILL', outputs: UNFINISHED_OUTPUTS.gate });
  expect(run.log).toMatch(/^::error title=ECR Deployment Gate::/m);
  expect(run.log).toMatch(why);
  expect(run.summary).toMatch(why);
  expect(run.summary).toMatch(/Treat the image as not approved/);
  expect(run.summary).not.toMatch(UNFINISHED);
}

/** The watchdog waits 20 s. The rest is for the start, the explanation and a busy machine. */
const SOON_MS = 20_000 + 20_000;

/** A program that calls `then` shortly after the run has begun to wait for the scan, however long its start takes. */
const whileWaiting = (then: string) => `
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = (text, ...rest) => {
    if (/Waiting for the scan/.test(text)) setTimeout(() => { ${then} }, 500);
    return write(text, ...rest);
  };`;

describe.concurrent('a main thread that does not respond', () => {
  it('while it waits for the scan is ended, and the step fails and says why', async () => {
    const run = await play('never-ends', whileWaiting('spin();'), { inputs: { timeout: '10m' } });
    expectEnded(run, /did not respond for 20 s/);
    expect(run.durationMs).toBeLessThan(SOON_MS);
  });

  it.each([
    ['a policy', { policy: 'policy.yml' }],
    ['exceptions', { exceptions: 'policy.yml' }],
    ['a VEX document', { vex: 'policy.yml' }],
  ])('while it reads %s, before the first request to AWS, is ended', async (_, inputs) => {
    const preload = "require('node:fs/promises').open = block;";
    const files = { 'policy.yml': 'version: 1\n' };
    const run = await play('never-ends', preload, { inputs: { timeout: '10m', ...inputs }, files });
    expectEnded(run, /did not respond for 20 s/);
    expect(run.durationMs).toBeLessThan(SOON_MS);
  });

  it('while it reads the first response of AWS is ended', async () => {
    const preload = "require('node:http').IncomingMessage.prototype.on = block;";
    const run = await play('never-ends', preload, { inputs: { timeout: '10m' } });
    expectEnded(run, /did not respond for 20 s/);
  });

  it('while it writes its report is ended', async () => {
    const preload = `
      const { stdout } = process;
      const write = stdout.write.bind(stdout);
      stdout.write = (text, ...rest) => (/Blocked/.test(text) ? block() : write(text, ...rest));`;
    const run = await play('blocked', preload);
    expectEnded(run, /did not respond for 20 s/);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('is ended after %s, which it cannot handle', async (signal) => {
    const preload = whileWaiting("write('blocked now\\n'); block();");
    const run = await play('never-ends', preload, {
      inputs: { timeout: '10m' },
      kill: { signal, after: /blocked now/, delayMs: 2_000 },
    });
    expectEnded(run, /did not respond for 20 s/);
  });

  it('is ended together with cosign, and its credentials are removed', async (context) => {
    const cosign = await needsCosign(context);
    const scenario = scenarios['pass-single'];
    if (scenario === undefined) throw new Error('no scenario');
    const emulator = await startEmulator(scenario);
    later(() => emulator.close());
    const directory = await mkdtemp(join(tmpdir(), 'gate-impostor-'));
    later(() => rm(directory, { recursive: true, force: true }));
    const pidFile = join(directory, 'pid');
    await writeFile(
      join(directory, 'cosign'),
      `#!/bin/sh
case $1 in version) echo '{"gitVersion":"v3.0.6"}'; exit 0;; verify-blob) exit 1;; esac
test -e "$DOCKER_CONFIG/config.json" && echo "$DOCKER_CONFIG" > ${join(directory, 'home')}
echo $$ > ${pidFile}; exec sleep 600\n`,
    );
    await chmod(join(directory, 'cosign'), 0o755);
    const preload = join(directory, 'preload.cjs');
    await writeFile(
      preload,
      `const { isMainThread } = require('node:worker_threads');
const { existsSync } = require('node:fs');
if (isMainThread) setInterval(() => { while (existsSync(${JSON.stringify(pidFile)})); }, 100).unref();`,
    );
    const run = await runAction({
      inputs: { image: emulator.images.join('\n'), 'signing-key': keyOf(emulator), timeout: '10m' },
      env: {
        ...emulator.env(),
        PATH: [directory, cosign, process.env.PATH].join(delimiter),
        NODE_OPTIONS: `--require=${preload}`,
      },
    });
    later(() => run.clean());
    expectEnded(run, /did not respond for 20 s/);
    const pid = Number(await readFile(pidFile, 'utf8'));
    await vi.waitUntil(() => !isAlive(pid));
    expect(await readFile(join(directory, 'home'), 'utf8')).toMatch(/gate-signing-/);
    expect((await readdir(run.temp)).filter((name) => /^gate-signing-/.test(name))).toEqual([]);
  });
});

describe.concurrent('a report that is never written', () => {
  it('ends the step', async () => {
    const preload =
      "require('node:fs/promises').mkdtemp = () => new Promise(() => setInterval(() => {}, 1000));";
    const run = await play('blocked', preload);
    expectEnded(run, /did not write its report within 1 m/);
    expect(run.durationMs).toBeLessThan(60_000 + SOON_MS);
  });
});

describe.concurrent('a step that is killed', () => {
  it('leaves outputs and a summary that say that there is no verdict', async () => {
    const run = await play('never-ends', '', {
      inputs: { timeout: '10m' },
      kill: { signal: 'SIGKILL', after: /Waiting for the scan/ },
    });
    expect(run).toMatchObject({ signal: 'SIGKILL', outputs: UNFINISHED_OUTPUTS.gate });
    expect(run.summary).toMatch(UNFINISHED);
    expect(run.summary).toMatch(/Treat the image as not approved/);
  });

  it('leaves the same results if it runs out of memory', async () => {
    const preload =
      'setTimeout(() => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); }, 1000);';
    const flags = '--max-old-space-size=100';
    const run = await play('never-ends', preload, { inputs: { timeout: '10m' }, flags });
    expect(run.exitCode).not.toBe(0);
    expect(run.outputs).toEqual(UNFINISHED_OUTPUTS.gate);
    expect(run.summary).toMatch(UNFINISHED);
  });

  it('leaves the same results if it cannot be loaded', async () => {
    const preload =
      "require('node:https').Agent = undefined; process.on('exit', () => { process.exitCode = 1; });";
    const run = await play('never-ends', preload);
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
  });
});

describe.concurrent('a step that ends by itself', () => {
  it.each([
    'pass-single',
    'blocked',
    'never-ends',
  ])('%s replaces everything that was written at the start', async (name) => {
    const run = await play(name, '', { env: { NODE_OPTIONS: '' } });
    expect(run.signal).toBeNull();
    expect(run.summary).not.toMatch(UNFINISHED);
    expect(run.summary).toMatch(/^<h2>/);
    expect(run.summary.match(/<h2>/g)).toHaveLength(1);
  });
});

describe('the first values of the outputs', () => {
  it.each([
    ['gate', 'action.yml'],
    ['verify', 'verify/action.yml'],
  ] as const)('%s: they are set, and approve nothing', async (action, metadata) => {
    const { outputs } = parse(await readFile(join(import.meta.dirname, '../..', metadata), 'utf8'));
    expect(Object.keys(UNFINISHED_OUTPUTS[action]).sort()).toEqual(Object.keys(outputs).sort());
    expect(UNFINISHED_OUTPUTS[action]).toMatchObject({
      verdict: 'error',
      passed: 'false',
      signed: 'false',
      total: '',
    });
  });
});
