/**
 * The watchdog's thread. It waits, and where the process does not end when it should, it says so in the outputs, the
 * job summary and the log, and ends the process. It needs nothing of the main thread, which may stand still: no
 * message, no event loop, no `process.stdout`.
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
 * How patient the watchdog is, in checks that it makes itself. A virtual machine that was paused, or a computer that
 * slept, has made no checks meanwhile, and is no false alarm.
 */
export interface Patience {
  /** Milliseconds between two checks. */
  readonly checkMs: number;
  /** How many checks each phase may last; that of the work begins when its time is over. */
  readonly checks: Readonly<Record<Reason, number>>;
}

/** What the thread is started with. */
export interface Orders {
  readonly buffer: SharedArrayBuffer;
  readonly patience: Patience;
  /** What the summary says until there is a report; undefined where it could not be written. */
  readonly section: Section | undefined;
  /** Where the outputs are written; undefined where the runner names no file. */
  readonly outputFile: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Waits until the process has to be ended, and says why. It blocks the thread. */
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

/** What happened, in one sentence. */
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
      return `The gate did not respond for ${patience}: its own work blocked it.`;
  }
}

const NEXT_STEP =
  'Run the step again. If it fails in the same way, look at what changed last: a policy, exceptions file, VEX document or Dockerfile may be written so that it takes very long to read. Report it, with the log of a run with step debugging on (secret ACTIONS_STEP_DEBUG = true).';

/**
 * The program of a thread that ends the process after a while, whatever becomes of the thread that started it. It is
 * a text so that nothing is read from a file system that may hang.
 */
const KILLER = `
  const { workerData: { never, ms } } = require('node:worker_threads');
  Atomics.wait(never, 0, 0, ms);
  process.kill(process.pid, 'SIGKILL');
`;
const EXPLAINING_MS = 3_000;

function startKiller(): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  new Worker(KILLER, { eval: true, workerData: { never, ms: EXPLAINING_MS }, env: {}, execArgv: [] });
}

/** Ends the process and the programs it started, after it has said why where that is possible. */
function endProcess(reason: Reason, shared: SharedState, orders: Orders): void {
  const attempt = (work: () => void) => {
    try {
      work();
    } catch {
      // Nothing that goes wrong here may keep the process alive.
    }
  };
  shared.killChildren();
  // A file system or a log that hangs would hold this thread, too.
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
