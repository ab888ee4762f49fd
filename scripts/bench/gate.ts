/** Measures the gate on the emulator, and a peer on the same scenarios. */
import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { cpus } from 'node:os';
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
  await startUp();
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

/** check-aws-inspector, which judges one image and writes no report. */
const peerIn =
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
