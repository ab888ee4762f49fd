/**
 * Measures the gate on the emulator: size and start-up of the bundle, calls to AWS, times and memory. It asserts nothing,
 * because times on shared machines vary.
 *
 * `--peer DIR` runs the bundle of check-aws-inspector, from a checkout in that directory, on the same scenarios.
 * `--growth` measures how costs grow with the number of findings and of images.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { many } from '../emulator/findings.ts';
import type { Scenario } from '../emulator/scenario.ts';
import { HOST, image, LONG_AGO, pending, REPOSITORY, scanned, story } from '../emulator/scenarios/build.ts';
import { scenarios } from '../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { runAction } from './runner.ts';

const root = join(import.meta.dirname, '..');
const RUNS = 5;
const LATENCY_MS = 20;

const { peer, growth } = parseArgs({
  options: { peer: { type: 'string' }, growth: { type: 'boolean', default: false } },
}).values;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function scenario(name: string): Scenario {
  const found = scenarios[name];
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  const { 'signing-key': _, ...inputs } = found.inputs ?? {};
  return { ...found, inputs };
}

interface Measured {
  readonly durationMs: number;
  /** Processor time of all threads, in milliseconds: it depends less on what else the machine does. */
  readonly cpuMs: number;
  /** The peak memory of the process, in MiB. */
  readonly peakMiB: number;
  readonly calls: number;
  readonly verdict: string;
}

/** Runs before the action in its process and, when that ends, writes what the process has used to a file. */
const USAGE = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs';
  process.on('exit', () => writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage())));
`)}`;

type Program = (emulator: Emulator, env: Record<string, string>) => Promise<{ verdict: string }>;

const ours: Program = async (emulator, env) => {
  const inputs = { image: emulator.images.join('\n'), ...emulator.scenario.inputs };
  const run = await runAction({ inputs, env });
  await run.clean();
  return { verdict: run.outputs.verdict ?? '' };
};

/** check-aws-inspector, which judges one image and writes no report. */
const peers =
  (directory: string): Program =>
  async (emulator, env) => {
    const inputs = {
      REPOSITORY,
      'IMAGE-TAG': '1.4.2',
      'FAIL-ON': 'CRITICAL',
      TIMEOUT: '120',
      'CONSISTENCY-DELAY': String(Number.parseInt(emulator.scenario.inputs?.['settle-time'] ?? '1', 10)),
    };
    const child = spawn(process.execPath, [join(directory, 'dist', 'index.js')], {
      env: {
        PATH: process.env.PATH ?? '',
        ...env,
        ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value])),
      },
      stdio: 'ignore',
    });
    const code = await new Promise((done) => child.on('close', done));
    return { verdict: code === 0 ? 'pass' : 'block or error' };
  };

async function measured(story: Scenario, program: Program): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), 'gate-bench-'));
  const usageFile = join(directory, 'usage');
  const emulator = await startEmulator(story);
  try {
    const started = performance.now();
    const { verdict } = await program(emulator, {
      ...emulator.env(),
      NODE_OPTIONS: `--import=${USAGE}`,
      BENCH_USAGE: usageFile,
    });
    const durationMs = performance.now() - started;
    const usage = JSON.parse(await readFile(usageFile, 'utf8')) as NodeJS.ResourceUsage;
    return {
      durationMs,
      cpuMs: (usage.userCPUTime + usage.systemCPUTime) / 1000,
      peakMiB: usage.maxRSS / 1024,
      calls: emulator.calls.length,
      verdict,
    };
  } finally {
    await Promise.all([emulator.close(), rm(directory, { recursive: true, force: true })]);
  }
}

/** Prints the medians of several runs of a scenario; with a peer, beside those of the peer. */
async function row(name: string, story: Scenario, isPeer: boolean): Promise<void> {
  const of = async (program: Program) => {
    const runs: Measured[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await measured(story, program));
    return {
      verdict: runs[0]?.verdict ?? '',
      values: (['durationMs', 'cpuMs', 'peakMiB', 'calls'] as const).map((key) =>
        median(runs.map((one) => one[key])),
      ),
    };
  };
  const own = await of(ours);
  const other = isPeer && peer !== undefined ? await of(peers(resolve(peer))) : undefined;
  const cells = own.values.map((value, at) => {
    const theirs = other?.values[at];
    const ratio = theirs === undefined ? '' : ` / ${theirs.toFixed(0)} (${(value / theirs).toFixed(2)})`;
    return `${value.toFixed(0)}${ratio}`;
  });
  const verdict = other === undefined ? own.verdict : `${own.verdict} / ${other.verdict}`;
  console.log(`| ${[name, ...cells, verdict].join(' | ')} |`);
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

const ready = story('ready', 'A scan that turns ready after seven seconds.', [
  image([pending, scanned(many(40, 'READY'), 7_000)], { pushedAgoMs: 15_000 }),
]);

function withFindings(count: number): Scenario {
  const findings = scanned(many(count, 'GROWTH'), 0, LONG_AGO);
  return story(`findings-${count}`, 'One image.', [image([findings])], { latencyMs: LATENCY_MS });
}

function withImages(count: number): Scenario {
  const tags = Array.from({ length: count }, (_, at) => `v${at}`);
  const images = tags.map((tag, at) =>
    image([scanned(many(40, `IMAGE${at}`), 0, LONG_AGO)], { name: `app-${at}`, tag }),
  );
  return story(`images-${count}`, 'Several images.', images, {
    latencyMs: LATENCY_MS,
    images: tags.map((tag) => `${HOST}/${REPOSITORY}:${tag}`),
  });
}

const [cpu] = cpus();
console.log(`${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, Node.js ${process.version}`);
const { size } = await stat(join(root, 'dist', 'main.js'));
console.log(`dist/main.js: ${(size / 1024).toFixed(0)} KiB`);
await startUp();
console.log(`
| Case | Time (ms) | Processor time (ms) | Peak memory (MiB) | Calls | Verdict |
| --- | --- | --- | --- | --- | --- |`);
await row('scan ready after 7 s, settle time 1 s', ready, true);
await row('finished scan, 40 findings', withFindings(40), true);
for (const count of [1_000, 10_000]) await row(`${count} findings`, withFindings(count), true);
for (const name of ['eight-platforms', 'ten-images']) await row(name, scenario(name), false);
if (growth) {
  for (const count of [100, 50_000]) await row(`${count} findings`, withFindings(count), true);
  for (const count of [1, 10, 64]) await row(`${count} images, 40 findings each`, withImages(count), false);
}
await crowd();
