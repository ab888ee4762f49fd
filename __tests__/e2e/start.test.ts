/** What a run loads before its first request to AWS, so that it starts fast. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { many } from '../../emulator/findings.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { image, LONG_AGO, scanned, story } from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type ActionRun, inputsOf, runAction } from '../../scripts/runner.ts';
import { UNFINISHED_OUTPUTS } from '../../src/report/kit/outputs.ts';

/**
 * Writes to a file: the files of the bundle and the modules of Node.js that were loaded before the first request, and the flags
 * of V8 that the run changed.
 */
const RECORDER = `data:text/javascript,${encodeURIComponent(`
  import { subscribe, unsubscribe } from 'node:diagnostics_channel';
  import { writeFileSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  import v8 from 'node:v8';
  const files = [];
  const flags = [];
  const { setFlagsFromString } = v8;
  v8.setFlagsFromString = (flag) => {
    flags.push(flag);
    setFlagsFromString(flag);
  };
  registerHooks({
    load: (url, context, next) => {
      if (url.includes('/dist/')) files.push(url.replace(/.*\\/dist\\//, ''));
      return next(url, context);
    },
  });
  const request = () => {
    unsubscribe('http.client.request.start', request);
    const before = { files: [...files], modules: [...process.moduleLoadList] };
    process.on('exit', () => writeFileSync(process.env.LOADED, JSON.stringify({ ...before, flags })));
  };
  subscribe('http.client.request.start', request);
`)}`;

interface Loaded {
  readonly files: readonly string[];
  readonly modules: readonly string[];
  readonly flags: readonly string[];
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-start-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function loadedBy(
  played: string | Scenario,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Loaded> {
  const scenario = typeof played === 'string' ? scenarios[played] : played;
  if (scenario === undefined) throw new Error(`there is no scenario ${played}`);
  const emulator = await startEmulator(scenario);
  const file = join(directory, scenario.name);
  try {
    const run = await runAction({
      ...(scenario.action && { action: scenario.action }),
      inputs: { ...inputsOf(emulator, scenario), ...inputs },
      files: emulator.files,
      env: { ...emulator.env(), NODE_OPTIONS: `--import=${RECORDER}`, LOADED: file },
    });
    await run.clean();
    return JSON.parse(await readFile(file, 'utf8'));
  } finally {
    await emulator.close();
  }
}

/** The parts of Node.js that take long to load. */
const LARGE = /\b(undici|zlib|http2|child_process)\b/;

describe('before its first request, the gate', () => {
  it('loads its entry and main.js, and no large part of Node.js that it does not need', async () => {
    const { files, modules } = await loadedBy('long-finished', { 'signing-key': '' });
    expect(files).toEqual(['index.js', 'main.js']);
    expect(modules.filter((module) => LARGE.test(module))).toEqual([]);
  });

  // After a change, Node.js compiles all further code without its code cache.
  it('changes flags of V8 only in a run with many requests', async () => {
    const { flags } = await loadedBy('long-finished', { 'signing-key': '' });
    expect(flags).toEqual([]);
    const long = story('long', '30 pages of findings.', [image([scanned(many(3_000, 'LONG'), 0, LONG_AGO)])]);
    expect((await loadedBy(long)).flags).not.toEqual([]);
  });
});

describe('before its first request, the audit', () => {
  it('does not load the HTTP client that Node.js has for fetch', async () => {
    const { modules } = await loadedBy('audit');
    expect(modules.filter((module) => module.includes('undici'))).toEqual([]);
  });
});

/** Fails to load the files of the bundle that contain a module. */
const BREAKER = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      const isChunk = /\\d+\\.main\\.js$/.test(url);
      if (isChunk && String(loaded.source).includes('MODULE: ./' + process.env.BROKEN)) throw new Error('is broken');
      return loaded;
    },
  });
`)}`;

/** Runs a scenario with a bundle of which one module cannot be loaded. */
async function runWithout(
  module: string,
  name: string,
  options: Partial<Parameters<typeof runAction>[0]> = {},
): Promise<ActionRun> {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const emulator = await startEmulator(scenario);
  try {
    const run = await runAction({
      ...(scenario.action && { action: scenario.action }),
      files: emulator.files,
      ...options,
      inputs: { ...inputsOf(emulator, scenario), ...options.inputs },
      env: {
        ...emulator.env(),
        ...options.env,
        NODE_OPTIONS: `--import=${BREAKER}`,
        BROKEN: module,
      },
    });
    await run.clean();
    return run;
  } finally {
    await emulator.close();
  }
}

describe('a step that cannot load a part of its bundle', () => {
  it.each([
    ['gate', 'modes/judge.js', 'long-finished', { inputs: { 'signing-key': '' } }],
    ['gate', 'report/gate/report.js', 'long-finished', { inputs: { 'signing-key': '' } }],
    ['gate', 'publish/publish.js', 'long-finished', { inputs: { 'signing-key': '' } }],
    ['audit', 'modes/audit.js', 'audit', {}],
    ['audit', 'publish/publish.js', 'audit', {}],
    ['verify', 'modes/verify.js', 'long-finished', { action: 'verify' }],
  ] as const)('fails, and says so in an annotation: %s without %s', async (action, module, name, options) => {
    const run = await runWithout(module, name, options);
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(run.log).toMatch(/^::error title=[^:]+::Unexpected failure: is broken\. Run the job again /m);
    expect(run.summary).toMatch(/No verdict/);
    expect(Object.keys(run.outputs).sort()).toEqual(Object.keys(UNFINISHED_OUTPUTS[action]).sort());
  });

  it('still says why the run had ended before', async () => {
    const run = await runWithout('publish/publish.js', 'long-finished', {
      inputs: { 'fail-on': 'sometimes' },
    });
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: UNFINISHED_OUTPUTS.gate });
    expect(run.log).toMatch(/^::error title=ECR Deployment Gate::[^:]*fail-on[^\n]*sometimes/m);
    expect(run.log).toMatch(/^::error title=ECR Deployment Gate::Unexpected failure: is broken\./m);
    expect(run.log).not.toMatch(/^::debug::/m);
  });

  it('logs with step debugging where the failure occurred', async () => {
    const run = await runWithout('publish/publish.js', 'long-finished', {
      inputs: { 'signing-key': '' },
      env: { RUNNER_DEBUG: '1' },
    });
    expect(run.log).toMatch(/^::debug::Error: is broken%0A +at /m);
  });
});
