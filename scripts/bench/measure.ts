/** Measures one run of a program on the emulator. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scenario } from '../../emulator/scenario.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';

export const root = join(import.meta.dirname, '..', '..');

/** What one run used. */
export interface Measured {
  readonly durationMs: number;
  /** Processor time of all threads, in milliseconds: it depends less on what else the machine does. */
  readonly cpuMs: number;
  /** The peak memory of the process, in MiB. */
  readonly peakMiB: number;
  readonly calls: number;
}

/**
 * Runs before the action in its process and, when that ends, writes its peak memory and its processor time to a file. The
 * system's own record of the peak begins with what this process had when it started the other.
 */
const USAGE = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs';
  let peak = 0;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  setInterval(sample, 20).unref();
  process.on('exit', () => {
    sample();
    const { user, system } = process.cpuUsage();
    const usage = { peakMiB: peak / 1024 / 1024, cpuMs: (user + system) / 1000 };
    writeFileSync(process.env.BENCH_USAGE, JSON.stringify(usage));
  });
`)}`;

/**
 * Plays a scenario and runs a program on it.
 * @param program starts a Node.js process with the environment that it gets
 */
export async function measured<T>(
  story: Scenario,
  program: (emulator: Emulator, env: Record<string, string>, directory: string) => Promise<T>,
): Promise<Measured & { readonly result: T }> {
  const directory = await mkdtemp(join(tmpdir(), 'gate-bench-'));
  const usageFile = join(directory, 'usage');
  const emulator = await startEmulator(story);
  try {
    const started = performance.now();
    const env = { ...emulator.env(), NODE_OPTIONS: `--import=${USAGE}`, BENCH_USAGE: usageFile };
    const result = await program(emulator, env, directory);
    const durationMs = performance.now() - started;
    const usage = JSON.parse(await readFile(usageFile, 'utf8'));
    return { durationMs, calls: emulator.calls.length, result, ...usage };
  } finally {
    await Promise.all([emulator.close(), rm(directory, { recursive: true, force: true })]);
  }
}

/** The middle one of the values, in order of size. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
