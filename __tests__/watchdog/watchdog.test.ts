/** The watchdog in a process of its own, with short times. `e2e/watchdog.test.ts` tests the times of the action. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Patience } from '../../src/watchdog/thread.ts';
import { isAlive } from './alive.ts';

const SOURCES = join(import.meta.dirname, '..', '..', 'src', 'watchdog');
const BEFORE = 'of another tool\n';
const UNFINISHED = /the gate has not finished/;
const ENDED = /the gate did not finish/;

// Concurrent tests have no hook of their own at their end.
const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'gate-watchdog-'));
  directories.push(directory);
  return directory;
}

/** Long enough for a busy machine. */
const PATIENCE: Patience = {
  checkMs: 100,
  checks: { starting: 600, working: 600, publishing: 600, cancelled: 600, unresponsive: 600 },
};

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: string;
  readonly durationMs: number;
}

/**
 * Runs a program with a watchdog on guard.
 * @param checks how patient it is
 * @param program what the main thread does; it has `shared`, `watchdog` and `spin`
 * @param meet called with the process once it prints its first line
 */
async function run(
  checks: Partial<Patience['checks']>,
  program: string,
  { meet, options = [], reads = true }: RunOptions = {},
): Promise<Ended> {
  const directory = newDirectory();
  const files = { summary: join(directory, 'summary.md'), outputs: join(directory, 'outputs') };
  writeFileSync(files.summary, BEFORE);
  const patience = { ...PATIENCE, checks: { ...PATIENCE.checks, ...checks } };
  const text = `
    import { createWatchdog } from ${JSON.stringify(join(SOURCES, 'watchdog.ts'))};
    import { shared } from ${JSON.stringify(join(SOURCES, 'shared.ts'))};
    const spin = () => { for (;;); };
    const watchdog = createWatchdog(${JSON.stringify(files)}, { verdict: 'error', passed: 'false' }, ${JSON.stringify(patience)});
    ${program}
  `;
  const started = performance.now();
  const child = spawn(process.execPath, [...options, '--input-type=module', '-e', text], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  if (reads) {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        if (log === '') meet?.(child.pid ?? 0);
        log += chunk.toString();
      });
    }
  }
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    const ended = (...how: [number | null, NodeJS.Signals | null]) => resolve(how);
    if (reads) child.on('close', ended);
    else child.on('exit', ended);
  });
  const durationMs = performance.now() - started;
  child.stdout.destroy();
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  return { code, signal, log, durationMs, summary: read(files.summary), outputs: read(files.outputs) };
}

interface RunOptions {
  readonly meet?: (pid: number) => void;
  readonly options?: readonly string[];
  /** false: its output is not read. */
  readonly reads?: boolean;
}

/** The watchdog ended it, and said so everywhere. */
function expectEnded(ended: Ended, why: RegExp): void {
  expect(ended, ended.log).toMatchObject({ signal: 'SIGKILL' });
  expect(ended.log).toMatch(/^::error title=ECR Deployment Gate::The (gate|job) /m);
  expect(ended.log).toMatch(why);
  expect(ended.summary.startsWith(BEFORE)).toBe(true);
  expect(ended.summary).toMatch(ENDED);
  expect(ended.summary).toMatch(why);
  expect(ended.summary).not.toMatch(UNFINISHED);
  expect(ended.outputs.match(/^verdict<<.*\nerror$/gm)).toHaveLength(2);
}

const guarded = 'watchdog.guard();';

describe.concurrent('a process that does not end by itself is ended', () => {
  it('if its main thread is in an endless loop', async () => {
    expectEnded(await run({ unresponsive: 20 }, `${guarded} spin();`), /did not respond for 2 s/);
  });

  it('if its main thread enters an endless loop later', async () => {
    const program = `${guarded} setTimeout(spin, 3000);`;
    expectEnded(await run({ unresponsive: 20 }, program), /did not respond for 2 s/);
  });

  it('if microtasks keep timers from running', async () => {
    const program = `${guarded} const again = () => Promise.resolve().then(again); again();`;
    expectEnded(await run({ unresponsive: 20 }, program), /did not respond for 2 s/);
  });

  it.each<[string, Partial<Patience['checks']>, string, RegExp]>([
    ['does not start', { starting: 10 }, '', /did not start within 1 s/],
    [
      'does not end after its timeout',
      { working: 10 },
      "shared.setLimit(1000, 60000); shared.enter('working');",
      /within its timeout of 1 m and 1 s after it/,
    ],
    ['does not publish', { publishing: 10 }, "shared.enter('publishing');", /did not write its report/],
    [
      'does not end after it was cancelled',
      { cancelled: 10 },
      "shared.enter('cancelled');",
      /was cancelled, and the gate did not end within 1 s/,
    ],
    [
      'publishes after it was cancelled',
      { cancelled: 10 },
      "shared.enter('cancelled'); shared.enter('publishing');",
      /was cancelled, and the gate did not end within 1 s/,
    ],
  ])('if it waits forever and %s', async (_, checks, program, why) => {
    expectEnded(await run(checks, `${guarded} setInterval(() => {}, 1000); ${program}`), why);
  });

  it('together with the programs it started and the directories it made', async () => {
    const directory = newDirectory();
    const secret = join(directory, 'gate-signing-1');
    const kept = join(directory, 'gate-signing-2');
    for (const path of [secret, kept]) {
      mkdirSync(path);
      writeFileSync(join(path, 'config.json'), 'secret');
    }
    const program = `
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600000)'], { stdio: 'ignore' });
      shared.addChild(child.pid);
      shared.addDirectory(${JSON.stringify(secret)});
      shared.addDirectory(${JSON.stringify(kept)})();
      ${guarded}
      process.stdout.write(\`\${child.pid}\\n\`, spin);
    `;
    const ended = await run({ unresponsive: 20 }, program);
    expectEnded(ended, /did not respond/);
    const pid = Number(/^\d+/.exec(ended.log)?.[0]);
    await vi.waitUntil(() => !isAlive(pid));
    expect([existsSync(secret), existsSync(kept)]).toEqual([false, true]);
  });

  it('if it and the watchdog hang while writing a log that is not read', async () => {
    const program = `${guarded} for (;;) process.stdout.write('x'.repeat(65536));`;
    const ended = await run({ unresponsive: 20 }, program, { reads: false });
    expect(ended.signal).toBe('SIGKILL');
    expect(ended.summary).toMatch(ENDED);
  });

  it('if the files of the runner cannot be written', async () => {
    const program = `
      import { createWatchdog as create } from ${JSON.stringify(join(SOURCES, 'watchdog.ts'))};
      create({ summary: '/dev/null/s', outputs: '/dev/null/o' }, {}, ${JSON.stringify({ ...PATIENCE, checks: { ...PATIENCE.checks, unresponsive: 10 } })}).guard();
      spin();
    `;
    const ended = await run({}, program);
    expect(ended.signal).toBe('SIGKILL');
    expect(ended.log).toMatch(/did not respond/);
  });
});

describe.concurrent('a process that works', () => {
  it('is not ended, and ends when it wants to', async () => {
    const checks = { working: 5, unresponsive: 20, starting: 600 };
    const program = `${guarded} shared.setLimit(600000, 600000); shared.enter('working'); setTimeout(() => process.exit(3), 5000);`;
    const ended = await run(checks, program);
    expect(ended, ended.log).toMatchObject({ code: 3, signal: null, log: '' });
    expect(ended.summary).toMatch(UNFINISHED);
  });

  it('ends if nothing is left to do', async () => {
    const ended = await run({}, guarded);
    expect(ended, ended.log).toMatchObject({ code: 0, signal: null });
    expect(ended.durationMs).toBeLessThan(20_000);
  });

  it('is not ended because it was stopped for a while, as a virtual machine may be', async () => {
    // Its limit passes while it is stopped.
    const program = `${guarded} shared.setLimit(2000, 2000); shared.enter('working'); console.log('there'); setTimeout(() => process.exit(0), 4000);`;
    const ended = await run({ unresponsive: 30, working: 60 }, program, {
      meet: (pid) => {
        process.kill(pid, 'SIGSTOP');
        setTimeout(() => process.kill(pid, 'SIGCONT'), 8_000);
      },
    });
    expect(ended, ended.log).toMatchObject({ code: 0, signal: null });
    expect(ended.durationMs).toBeGreaterThan(8_000);
  });

  it('may block the event loop for less than the limit', async () => {
    const program = `${guarded} setTimeout(() => { const end = Date.now() + 2000; while (Date.now() < end); setTimeout(() => process.exit(0), 1500); }, 500);`;
    const ended = await run({ unresponsive: 60 }, program);
    expect(ended, ended.log).toMatchObject({ code: 0 });
  });
});

describe.concurrent('the thread', () => {
  const listening = `
    import { createServer, get } from 'node:http';
    const server = createServer((_, response) => response.end('late')).listen(0, '127.0.0.1', () => {
      get({ port: server.address().port }, () => spin());
    });
  `;

  it('starts with the first HTTP request, and is there before the answer is read', async () => {
    expectEnded(await run({ unresponsive: 20 }, listening), /did not respond/);
  });

  it('starts once', async () => {
    const program = `
      import { subscribe } from 'node:diagnostics_channel';
      let threads = 0;
      subscribe('worker_threads', () => { threads += 1; });
      ${guarded} ${guarded}
      setTimeout(() => { console.log(\`threads: \${threads}\`); process.exit(0); }, 500);
    `;
    expect((await run({}, program)).log).toBe('threads: 1\n');
  });

  it('is reported if it cannot be started', async () => {
    const program = `${guarded} setTimeout(() => {}, 60000); console.log((await watchdog.lost).message); process.exit(0);`;
    const options = ['--permission', '--allow-fs-read=*', '--allow-fs-write=*'];
    const ended = await run({}, program, { options });
    expect(ended.log).toMatch(/The watchdog, .*, could not be started: .*permission/i);
  });

  it('ignores the NODE_OPTIONS of the process', async () => {
    const preload = join(newDirectory(), 'preload.cjs');
    writeFileSync(preload, "if (!require('node:worker_threads').isMainThread) process.exit(1);");
    const program = `${guarded} watchdog.lost.then(() => console.log('lost')); spin();`;
    const ended = await run({ unresponsive: 20 }, program, { options: ['--require', preload] });
    expectEnded(ended, /did not respond/);
  });
});
