/** Measures the gate on the emulator, and a peer on the same scenarios. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { many } from '../../emulator/findings.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import {
  HOST,
  image,
  LONG_AGO,
  pending,
  REPOSITORY,
  scanned,
  story,
} from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { runAction } from '../runner.ts';
import { type Measured, measured, median, root } from './measure.ts';

const RUNS = 5;
/** Starts differ more from each other than whole runs, in relation to their time. */
const STARTS = 31;
/** A key that is not used before the first request. */
const KEY = 'awskms:///alias/bench';
const LATENCY_MS = 20;

/** Which measurements are made beside those of the gate. */
export interface GateOptions {
  /** The directory of a checkout of check-aws-inspector. */
  readonly peer: string | undefined;
  /** Whether larger images are measured too. */
  readonly growth: boolean;
}

/** Prints what runs of the gate cost. */
export async function measureGate({ peer, growth }: GateOptions): Promise<void> {
  const [cpu] = cpus();
  console.log(`${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, Node.js ${process.version}`);
  const { size } = await stat(join(root, 'dist', 'main.js'));
  console.log(`dist/main.js: ${(size / 1024).toFixed(0)} KiB`);
  await startUp(peer === undefined ? undefined : resolve(peer));
  console.log(`
| Case | Time (ms) | Processor time (ms) | Peak memory (MiB) | Calls | Verdict |
| --- | --- | --- | --- | --- | --- |`);
  const programs = peer === undefined ? [ours] : [ours, peerIn(resolve(peer))];
  await row('scan ready after 7 s, settle time 1 s', ready, programs);
  await row('finished scan, 40 findings', withFindings(40), programs);
  for (const count of [1_000, 10_000]) await row(`${count} findings`, withFindings(count), programs);
  for (const name of ['eight-platforms', 'ten-images']) await row(name, scenario(name), [ours]);
  if (growth) {
    for (const count of [100, 50_000]) await row(`${count} findings`, withFindings(count), programs);
    for (const count of [1, 10, 64])
      await row(`${count} images, 40 findings each`, withImages(count), [ours]);
  }
  await crowd();
}

function scenario(name: string): Scenario {
  const found = scenarios[name];
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  const { 'signing-key': _, ...inputs } = found.inputs ?? {};
  return { ...found, inputs };
}

type Program = (emulator: Emulator, env: Record<string, string>) => Promise<{ verdict: string }>;

const ours: Program = async (emulator, env) => {
  const inputs = { image: emulator.images.join('\n'), ...emulator.scenario.inputs };
  const run = await runAction({ inputs, env });
  await run.clean();
  return { verdict: run.outputs.verdict ?? '' };
};

/** The inputs of check-aws-inspector. */
function peerInputs({ inputs }: Scenario): Record<string, string> {
  return {
    INPUT_REPOSITORY: REPOSITORY,
    'INPUT_IMAGE-TAG': '1.4.2',
    'INPUT_FAIL-ON': 'CRITICAL',
    INPUT_TIMEOUT: '120',
    'INPUT_CONSISTENCY-DELAY': String(Number.parseInt(inputs?.['settle-time'] ?? '1', 10)),
  };
}

/** check-aws-inspector, which judges one image and writes no report. */
const peerIn =
  (directory: string): Program =>
  async (emulator, env) => {
    const child = spawn(process.execPath, [join(directory, 'dist', 'index.js')], {
      env: {
        PATH: process.env.PATH ?? '',
        ...env,
        ...peerInputs(emulator.scenario),
      },
      stdio: 'ignore',
    });
    const code = await new Promise((done) => child.on('close', done));
    return { verdict: code === 0 ? 'pass' : 'block or error' };
  };

const COSTS = ['durationMs', 'cpuMs', 'peakMiB', 'calls'] as const;

/** Prints the medians of several runs of a scenario by each program; of the second one, with the ratio. */
async function row(name: string, story: Scenario, programs: readonly Program[]): Promise<void> {
  const runs: Measured[][] = [];
  const verdicts: string[] = [];
  for (const program of programs) {
    const ofProgram = [];
    for (let run = 0; run < RUNS; run += 1) ofProgram.push(await measured(story, program));
    runs.push(ofProgram);
    verdicts.push(ofProgram[0]?.result.verdict ?? '');
  }
  const cells = COSTS.map((cost) => {
    const [own = Number.NaN, other] = runs.map((ofProgram) => median(ofProgram.map((run) => run[cost])));
    return other === undefined
      ? own.toFixed(0)
      : `${own.toFixed(0)} / ${other.toFixed(0)} (${(own / other).toFixed(2)})`;
  });
  console.log(`| ${[name, ...cells, verdicts.join(' / ')].join(' | ')} |`);
}

/** What the start of a process costs, in milliseconds. */
interface Start {
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

/**
 * Runs before a program in its process. With the first HTTP request, or at the end of a program without one, it writes what the
 * start has cost to a file, and ends the process.
 */
const START = `data:text/javascript,${encodeURIComponent(`
  import { subscribe } from 'node:diagnostics_channel';
  import { writeFileSync } from 'node:fs';
  const end = (requested) => {
    const elapsedMs = performance.now();
    const { user, system } = process.cpuUsage();
    writeFileSync(process.env.BENCH_START, JSON.stringify({ requested, elapsedMs, cpuMs: (user + system) / 1000 }));
    process.kill(process.pid, 'SIGKILL');
  };
  subscribe('http.client.request.start', () => end(true));
  process.on('exit', () => end(false));
`)}`;

/** Runs a program until its first request. */
async function startOf(
  program: readonly string[],
  env: Record<string, string>,
  file: string,
): Promise<Start> {
  const environment = { ...env, NODE_OPTIONS: `--import=${START}`, BENCH_START: file };
  const child = spawn(process.execPath, program, { env: environment, stdio: 'ignore', cwd: root });
  await new Promise((resolve) => child.on('close', resolve));
  const { requested, ...start } = JSON.parse(await readFile(file, 'utf8'));
  if (requested !== (program !== BARE)) throw new Error(`${program.join(' ')} sent no request`);
  return start;
}

/** Node.js without a program. */
const BARE: readonly string[] = ['-e', '0'];

/**
 * Prints the medians of what it costs to start each program, until it makes its first request to AWS, above Node.js without a
 * program. The runs of the programs alternate.
 */
async function startUp(peer: string | undefined): Promise<void> {
  const story = scenario('long-finished');
  const emulator = await startEmulator(story);
  const directory = await mkdtemp(join(tmpdir(), 'gate-bench-'));
  try {
    const base = { PATH: process.env.PATH ?? '', HOME: directory, ...emulator.env() };
    const image = { INPUT_IMAGE: emulator.images.join('\n') };
    const programs = new Map<string, { program: readonly string[]; inputs: Record<string, string> }>([
      ['bare', { program: BARE, inputs: {} }],
      ['gate', { program: [join('dist', 'index.js')], inputs: image }],
      ['verify', { program: [join('dist', 'verify.js')], inputs: { ...image, 'INPUT_SIGNING-KEY': KEY } }],
      ['audit', { program: [join('dist', 'audit.js')], inputs: { INPUT_REGISTRY: HOST } }],
    ]);
    if (peer !== undefined) {
      programs.set('peer', { program: [join(peer, 'dist', 'index.js')], inputs: peerInputs(story) });
    }
    const starts = new Map([...programs.keys()].map((name) => [name, [] as Start[]]));
    for (let run = 0; run < STARTS; run += 1) {
      for (const [name, { program, inputs }] of programs) {
        starts.get(name)?.push(await startOf(program, { ...base, ...inputs }, join(directory, 'start')));
      }
    }
    const cost = (name: string, of: keyof Start) =>
      median((starts.get(name) ?? []).map((start) => start[of]));
    console.log(`
| Start to the first AWS request, above bare Node.js | Time (ms) | Processor time (ms) |
| --- | --- | --- |`);
    for (const name of programs.keys()) {
      if (name === 'bare') continue;
      const cells = (['elapsedMs', 'cpuMs'] as const).map((of) =>
        (cost(name, of) - cost('bare', of)).toFixed(0),
      );
      console.log(`| ${[name, ...cells].join(' | ')} |`);
    }
  } finally {
    await Promise.all([emulator.close(), rm(directory, { recursive: true, force: true })]);
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
