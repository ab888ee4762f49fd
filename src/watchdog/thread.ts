/**
 * The thread of the watchdog. If the process does not end in time, it writes so to the outputs, the job summary and the log,
 * and ends the process. It does not depend on the main thread, which may be blocked: it uses no messages, no event loop and
 * no `process.stdout`.
 */

import { appendFileSync, rmSync, writeSync } from 'node:fs';
import { Worker, workerData } from 'node:worker_threads';
import { annotationText, outputsText } from '../github/core.ts';
import { formatDuration } from '../time.ts';
import { replaceSection, type Section } from './section.ts';
import { type Phase, SharedState } from './shared.ts';

/** Why the watchdog ends a process. */
export type Reason = Phase | 'unresponsive';

/**
 * How long the watchdog waits, counted in its own checks. While a virtual machine is paused or a computer sleeps, it makes
 * no checks, so this is no false alarm.
 */
export interface Patience {
  /** Milliseconds between two checks. */
  readonly checkMs: number;
  /** How many checks each phase may last. For `working`, the checks after the timeout count. */
  readonly checks: Readonly<Record<Reason, number>>;
}

/** The parameters of the thread. */
export interface Orders {
  readonly buffer: SharedArrayBuffer;
  readonly patience: Patience;
  /** The section of the job summary that the report replaces; undefined if it could not be written. */
  readonly section: Section | undefined;
  /** Where the outputs are written; undefined if the runner names no file. */
  readonly outputFile: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Blocks this thread until the process has to be ended.
 * @returns why it has to be ended
 */
export function watch(shared: SharedState, { checkMs, checks }: Patience): Reason {
  let phase = shared.phase;
  let beats = shared.beats;
  let quiet = 0;
  let late = 0;
  shared.arm();
  for (;;) {
    shared.sleep(checkMs, phase);
    if (shared.phase !== phase) {
      phase = shared.phase;
      late = 0;
      continue;
    }
    quiet = shared.beats === beats ? quiet + 1 : 0;
    beats = shared.beats;
    if (quiet >= checks.unresponsive) return 'unresponsive';
    late = phase !== 'working' || shared.isOver() ? late + 1 : 0;
    if (late >= checks[phase]) return phase;
  }
}

/** What happened, as one sentence. */
function reasonWords(reason: Reason, shared: SharedState, { checkMs, checks }: Patience): string {
  const patience = formatDuration(checks[reason] * checkMs);
  switch (reason) {
    case 'starting':
      return `The gate did not start within ${patience}.`;
    case 'working':
      return `The gate did not end within its timeout of ${formatDuration(shared.totalMs)} and ${patience} after it.`;
    case 'publishing':
      return `The gate did not write its report within ${patience}.`;
    case 'cancelled':
      return `The job was cancelled, and the gate did not end within ${patience}.`;
    case 'unresponsive':
      return `The gate did not respond for ${patience}: its main thread was blocked.`;
  }
}

const NEXT_STEP =
  'Run the step again. If it fails in the same way, check what changed last: reading the policy, an exceptions file, a VEX document or the Dockerfile may take too long. Then report the problem, with the log of a run with step debugging (secret ACTIONS_STEP_DEBUG = true).';

/**
 * The program of a thread that ends the process after a few seconds, even if the thread that started it hangs. It is a
 * string, so that nothing is read from a file system that may hang. The time is counted in short waits: on a busy machine
 * they take longer, as does the writing of the explanation that they leave time for.
 */
const KILLER = `
  const { workerData: { never, waits, ms } } = require('node:worker_threads');
  for (let made = 0; made < waits; made += 1) Atomics.wait(never, 0, 0, ms);
  process.kill(process.pid, 'SIGKILL');
`;
const KILLER_WAIT_MS = 50;
const KILLER_WAITS = 100;

function startKiller(): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  new Worker(KILLER, {
    eval: true,
    workerData: { never, waits: KILLER_WAITS, ms: KILLER_WAIT_MS },
    env: {},
    execArgv: [],
  });
}

/** Ends the process and the programs that it started. Before that, it writes why, if that is possible. */
function endProcess(reason: Reason, shared: SharedState, orders: Orders): void {
  const attempt = (work: () => void) => {
    try {
      work();
    } catch {
      // No failure here may keep the process running.
    }
  };
  shared.killChildren();
  // If a file system or the log hangs, this thread hangs as well.
  attempt(startKiller);
  const why = reasonWords(reason, shared, orders.patience);
  const { section, outputFile, outputs } = orders;
  if (outputFile !== undefined) attempt(() => appendFileSync(outputFile, outputsText(outputs)));
  if (section !== undefined) attempt(() => replaceSection(section, summaryOf(why)));
  for (const directory of shared.directories) {
    attempt(() => rmSync(directory, { recursive: true, force: true }));
  }
  const title = 'ECR Deployment Gate';
  attempt(() => writeSync(1, `\n${annotationText('error', `${why} ${NEXT_STEP}`, { title })}\n`));
  process.kill(process.pid, 'SIGKILL');
}

function summaryOf(why: string): string {
  return [
    '<h2>❌ No verdict: the gate did not finish</h2>',
    `<p>${why} <b>Treat the image as not approved.</b></p>`,
    `<h3>What to do</h3>`,
    `<p>${NEXT_STEP}</p>`,
    '',
  ].join('\n\n');
}

const orders = workerData as Orders;
const shared = new SharedState(orders.buffer);
endProcess(watch(shared, orders.patience), shared, orders);
