/** What a run loads before its first request to AWS, so that it starts fast. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { inputsOf, runAction } from '../../scripts/runner.ts';

/**
 * Writes to a file: the files of the bundle and the modules of Node.js that were loaded before the first request, and those of
 * Node.js that were loaded when a flag of V8 was changed.
 */
const RECORDER = `data:text/javascript,${encodeURIComponent(`
  import { subscribe, unsubscribe } from 'node:diagnostics_channel';
  import { writeFileSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  import v8 from 'node:v8';
  const files = [];
  let modulesAtFlag;
  const { setFlagsFromString } = v8;
  v8.setFlagsFromString = (flags) => {
    modulesAtFlag ??= [...process.moduleLoadList];
    setFlagsFromString(flags);
  };
  registerHooks({
    load: (url, context, next) => {
      if (url.includes('/dist/')) files.push(url.replace(/.*\\/dist\\//, ''));
      return next(url, context);
    },
  });
  const request = () => {
    unsubscribe('http.client.request.start', request);
    writeFileSync(process.env.LOADED, JSON.stringify({ files, modules: process.moduleLoadList, modulesAtFlag }));
  };
  subscribe('http.client.request.start', request);
`)}`;

interface Loaded {
  readonly files: readonly string[];
  readonly modules: readonly string[];
  readonly modulesAtFlag?: readonly string[];
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-start-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function loadedBy(name: string, inputs: Readonly<Record<string, string>> = {}): Promise<Loaded> {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const emulator = await startEmulator(scenario);
  const file = join(directory, name);
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

  // Node.js compiles what it loads later without its code cache.
  it('changes flags of V8 only after Node.js has loaded its modules for HTTPS and cryptography', async () => {
    const { modulesAtFlag } = await loadedBy('long-finished', { 'signing-key': '' });
    expect(modulesAtFlag).toEqual(
      expect.arrayContaining(['NativeModule https', 'NativeModule tls', 'NativeModule crypto']),
    );
  });
});

describe('before its first request, the audit', () => {
  it('does not load the HTTP client that Node.js has for fetch', async () => {
    const { modules } = await loadedBy('audit');
    expect(modules.filter((module) => module.includes('undici'))).toEqual([]);
  });
});
