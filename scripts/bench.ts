/**
 * Measures the gate and the audit on the emulator: size and start-up of the bundle, calls to AWS, times and memory. It
 * asserts nothing, because times on shared machines vary. `npm run bench -- audit` measures the audit alone.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from '../emulator/aws.ts';
import { playInProcess } from '../emulator/in-process.ts';
import type { Scenario } from '../emulator/scenario.ts';
import { manyRepositories, manyRoles } from '../emulator/scenarios/accounts.ts';
import { scenarios } from '../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { accessMap } from '../src/audit/access/map.ts';
import { audit } from '../src/audit/audit.ts';
import { NO_EXPECTATIONS } from '../src/audit/expectations.ts';
import { collectFacts } from '../src/audit/facts/collect.ts';
import { World } from '../src/audit/world.ts';
import type { RequestHandler } from '../src/aws/clients.ts';
import { startDeadline, systemClock } from '../src/deadline.ts';
import { runAction } from './runner.ts';

const root = join(import.meta.dirname, '..');
const RUNS = 5;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** On a shared machine, the fastest run says most about the program. */
function spread(values: readonly number[]): string {
  return `median ${median(values).toFixed(0)}, least ${Math.min(...values).toFixed(0)}, most ${Math.max(...values).toFixed(0)}`;
}

function scenario(name: string): Scenario {
  const found = scenarios[name];
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  const { 'signing-key': _, ...inputs } = found.inputs ?? {};
  return { ...found, inputs };
}

interface Measured {
  readonly durationMs: number;
  /** The peak memory of the process, in MiB. */
  readonly peakMiB: number;
  readonly calls: number;
  readonly verdict: string;
}

/**
 * Runs before the action in its process and, when that ends, writes its peak memory and its CPU time to a file. The system's
 * own record of the peak begins with what this process had when it started the other.
 */
const PEAK = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs';
  let peak = 0;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  setInterval(sample, 20).unref();
  process.on('exit', () => {
    sample();
    const { user, system } = process.cpuUsage();
    const costs = { peakMiB: peak / 1024 / 1024, cpuMs: (user + system) / 1000 };
    writeFileSync(process.env.BENCH_PEAK, JSON.stringify(costs));
  });
`)}`;

async function costs(file: string): Promise<{ readonly peakMiB: number; readonly cpuMs: number }> {
  return JSON.parse(await readFile(file, 'utf8'));
}

async function measured(name: string): Promise<Measured> {
  const story = scenario(name);
  const emulator = await startEmulator(story);
  const directory = await mkdtemp(join(tmpdir(), 'gate-bench-'));
  const peak = join(directory, 'peak');
  try {
    const run = await runAction({
      inputs: { image: emulator.images.join('\n'), ...story.inputs },
      env: { ...emulator.env(), NODE_OPTIONS: `--import=${PEAK}`, BENCH_PEAK: peak },
    });
    await run.clean();
    return {
      durationMs: run.durationMs,
      peakMiB: (await costs(peak)).peakMiB,
      calls: emulator.calls.length,
      verdict: run.outputs.verdict ?? '',
    };
  } finally {
    await Promise.all([emulator.close(), rm(directory, { recursive: true, force: true })]);
  }
}

/** Milliseconds from the start of a process to its first AWS request. */
async function firstRequest(
  emulator: Emulator,
  program: string[],
  env: Record<string, string>,
): Promise<number> {
  const before = emulator.calls.length;
  const started = performance.now();
  const child = spawn(process.execPath, program, { env, stdio: 'ignore', cwd: root });
  const ended = new Promise((resolve) => child.on('close', resolve));
  while (emulator.calls.length === before && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 1));
  const elapsed = performance.now() - started;
  await ended;
  return elapsed;
}

const BARE = `
  const { ECRClient, DescribeImagesCommand } = await import('@aws-sdk/client-ecr');
  await import('@aws-sdk/client-inspector2').then(({ Inspector2Client }) => new Inspector2Client({}));
  await new ECRClient({ maxAttempts: 1 }).send(new DescribeImagesCommand({ repositoryName: 'bench' })).catch(() => {});
`;

async function startUp(): Promise<void> {
  const story = scenario('long-finished');
  const emulator = await startEmulator(story);
  try {
    const base = { PATH: process.env.PATH ?? '', ...emulator.env() };
    const inputs = { INPUT_IMAGE: emulator.images.join('\n') };
    const gate: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      gate.push(await firstRequest(emulator, ['dist/index.js'], { ...base, ...inputs }));
      bare.push(await firstRequest(emulator, ['--input-type=module', '-e', BARE], base));
    }
    const ratio = median(gate) / median(bare);
    console.log(
      `first AWS request: ${median(gate).toFixed(0)} ms, a bare script with the same clients ${median(bare).toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
    );
  } finally {
    await emulator.close();
  }
}

/** A whole audit by the bundled action. */
async function auditRun(story: Scenario): Promise<void> {
  const emulator = await startEmulator(story);
  const directory = await mkdtemp(join(tmpdir(), 'gate-bench-'));
  const peak = join(directory, 'peak');
  try {
    const run = await runAction({
      action: 'audit',
      inputs: { timeout: '10m', 'report-directory': directory },
      env: { ...emulator.env(), NODE_OPTIONS: `--import=${PEAK}`, BENCH_PEAK: peak },
      limitMs: 600_000,
    });
    await run.clean();
    const repositories = story.repositories.length;
    const { size: bytes } = await stat(join(directory, 'report.json'));
    const { peakMiB, cpuMs } = await costs(peak);
    const MiB = 1024 * 1024;
    console.log(
      `audit of ${story.description} ${run.outputs.verdict}, ${(run.durationMs / 1000).toFixed(1)} s (${(cpuMs / 1000).toFixed(1)} s of CPU), ${emulator.calls.length} calls (${(emulator.calls.length / repositories).toFixed(1)} a repository), peak ${peakMiB.toFixed(0)} MiB, report.json ${(bytes / MiB).toFixed(1)} MiB, summary ${(Buffer.byteLength(run.summary) / 1024).toFixed(0)} KiB`,
    );
  } finally {
    await Promise.all([emulator.close(), rm(directory, { recursive: true, force: true })]);
  }
}

/** What judging costs beside the reads: the access map, the checks, and the report. */
async function judging(roles: number, repositories: number): Promise<void> {
  const aws = playInProcess(manyRoles(roles, repositories), Date.now);
  const credentials = { AWS_ACCESS_KEY_ID: ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY };
  // The SDK reads its environment when a client makes its first call.
  Object.assign(process.env, { ...credentials, AWS_REGION: 'eu-central-1' });
  const deadline = startDeadline(600_000, systemClock, new AbortController().signal);
  try {
    const scope = {
      registries: [],
      role: undefined,
      repositories: ['**'],
      expectations: NO_EXPECTATIONS,
      levels: [],
      access: true,
      validateCache: false,
      lifecyclePreview: false,
    };
    const handler = aws.requestHandler as unknown as NonNullable<RequestHandler>;
    const facts = await collectFacts(scope, { deadline, log: () => {}, environment: {}, handler });
    const cpuOf = <T>(work: () => T): [T, number] => {
      const before = process.cpuUsage();
      const value = work();
      const { user, system } = process.cpuUsage(before);
      return [value, (user + system) / 1000];
    };
    const [{ rows, decided }, mapMs] = cpuOf(() =>
      accessMap(new World(facts, NO_EXPECTATIONS, true).accessFacts),
    );
    const options = { failOn: 'high', access: true, baseline: undefined } as const;
    const [, auditMs] = cpuOf(() => audit(facts, NO_EXPECTATIONS, options));
    console.log(
      `${roles} roles and ${repositories} repositories: ${rows.length} rows from ${decided} decisions, the map ${mapMs.toFixed(0)} ms of CPU, the whole audit ${auditMs.toFixed(0)} ms`,
    );
  } finally {
    deadline.clear();
  }
}

/** Forty gates at once on an account that allows few requests a second. */
async function crowd(): Promise<void> {
  const story = scenario('crowd');
  const emulator = await startEmulator(story);
  try {
    const started = performance.now();
    const runs = await Promise.all(
      Array.from({ length: 40 }, () =>
        runAction({
          inputs: { image: emulator.images.join('\n'), ...story.inputs },
          env: emulator.env(),
          limitMs: 300_000,
        }),
      ),
    );
    const verdicts = Map.groupBy(runs, ({ outputs }) => outputs.verdict ?? 'none');
    const counts = [...verdicts].map(([verdict, group]) => `${group.length} ${verdict}`).join(', ');
    const throttled = emulator.calls.filter(({ status }) => status === 400 || status === 429).length;
    console.log(
      `40 gates at once, 20 requests a second: ${counts} in ${((performance.now() - started) / 1000).toFixed(1)} s, ${emulator.calls.length} calls, ${throttled} throttled`,
    );
    for (const run of runs) await run.clean();
  } finally {
    await emulator.close();
  }
}

/** The reading part of an audit: 500 repositories with 20 images each, where every answer takes 20 ms. */
async function auditFacts(): Promise<void> {
  const emulator = await startEmulator(manyRepositories(500, 20, 20));
  try {
    const program = join(root, 'scripts', 'collect.ts');
    const env = { PATH: process.env.PATH ?? '', ...emulator.env() };
    const { stdout } = await promisify(execFile)(process.execPath, [program], { env, cwd: root });
    const { seconds, cpuSeconds, peakMiB, repositories, images } = JSON.parse(
      stdout.trim().split('\n').at(-1) ?? '',
    );
    const each = emulator.calls.length / repositories;
    console.log(
      `facts of ${repositories} repositories with ${images} images at 20 ms a call: ${seconds.toFixed(1)} s (CPU ${cpuSeconds.toFixed(1)} s), ${each.toFixed(2)} calls a repository, peak ${peakMiB.toFixed(0)} MiB`,
    );
  } finally {
    await emulator.close();
  }
}

async function gate(): Promise<void> {
  const { size } = await stat(join(root, 'dist', 'main.js'));
  console.log(`dist/main.js: ${(size / 1024).toFixed(0)} KiB`);
  await startUp();
  for (const name of ['long-finished', 'just-finished', 'ten-thousand', 'eight-platforms', 'ten-images']) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await measured(name));
    const [first] = runs;
    console.log(
      `${name}: ${first?.verdict}, ${first?.calls} calls, ms: ${spread(runs.map(({ durationMs }) => durationMs))}; peak MiB: ${spread(runs.map(({ peakMiB }) => peakMiB))}`,
    );
  }
  await crowd();
}

async function audits(): Promise<void> {
  await auditFacts();
  await auditRun(manyRepositories(500, 20, 20));
  await auditRun(manyRoles(400, 500));
  for (const roles of [100, 400, 1_600]) await judging(roles, 500);
}

// One of the two alone, where it is named: npm run bench -- audit
const [only] = process.argv.slice(2);
if (only !== 'audit') await gate();
if (only !== 'gate') await audits();
