/**
 * Sees to it that a step ends and says something, whatever happens in it: work that blocks the event loop blocks the
 * deadline, the cancellation and the report as well. Before anything else, outputs and job summary say that there is
 * no verdict, which holds until the report takes their place; so it holds also where the process dies. A thread of its
 * own, which nothing in the main thread can block, ends the process where that does not do so itself.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { GateError, messageOf } from '../errors.ts';
import { outputsText } from '../github/core.ts';
import { beginSection, type Section } from './section.ts';
import { shared } from './shared.ts';
import type { Orders, Patience } from './thread.ts';

/**
 * - The work ends by itself ten seconds after its timeout, cancelled or not.
 * - Writing the report takes seconds, and the comment at most fifteen.
 * - A runner kills a cancelled step ten seconds after its first signal.
 * - With ten thousand findings and documents as large as they may be, the gate computes for some five seconds without a
 *   pause: whoever is silent for twenty does not come back.
 */
const PATIENCE: Patience = {
  checkMs: 1_000,
  checks: { starting: 60, working: 15, publishing: 60, cancelled: 9, unresponsive: 20 },
};

/**
 * For audits: thousands of roles and repositories are judged in one go and make reports of hundreds of megabytes. That takes
 * seconds, on a busy machine ten times as long.
 */
export const AUDIT_PATIENCE: Patience = {
  checkMs: PATIENCE.checkMs,
  checks: { ...PATIENCE.checks, working: 120, publishing: 180, unresponsive: 120 },
};
const BEAT_MS = 500;
const START_MS = 30_000;

/** Where Node announces every HTTP request, in `node:http` and `node:https`. */
const REQUEST = 'http.client.request.start';

// The build bundles it by itself.
const THREAD = import.meta.url.endsWith('.ts') ? './thread.ts' : './watchdog/index.js';

const UNFINISHED = [
  '<h2>❌ No verdict: the gate has not finished</h2>',
  '<p>This is here from the beginning of the step. Where no report of the gate follows, the step was ended before it could write one. <b>Treat the image as not approved.</b></p>',
  '',
].join('\n\n');

export interface Watchdog {
  /** What the job summary says until the report takes its place; undefined where it cannot be written. */
  readonly section: Section | undefined;
  /** Starts the thread, unless it was started before. Its start takes nothing of this thread's time. */
  guard(): void;
  /** Resolves where the thread cannot be had, or is there no more. */
  readonly lost: Promise<GateError>;
}

/**
 * Writes what outputs and summary say of a step that does not end by itself, and gets the watchdog ready. Its thread
 * starts when the first HTTP request is under way: until then nothing is read that anybody else has written, unless
 * `guard` is called before, and the start of the step costs no time.
 * @param files of the runner, undefined where it names none
 */
export function createWatchdog(
  files: { readonly summary: string | undefined; readonly outputs: string | undefined },
  outputs: Readonly<Record<string, string>>,
  patience: Patience = PATIENCE,
): Watchdog {
  try {
    if (files.outputs !== undefined) appendFileSync(files.outputs, outputsText(outputs));
  } catch {
    // The end of the run says so.
  }
  const section = files.summary === undefined ? undefined : beginSection(files.summary, UNFINISHED);
  const orders: Orders = { buffer: shared.buffer, patience, section, outputFile: files.outputs, outputs };
  const { promise: lost, resolve: lose } = Promise.withResolvers<GateError>();
  let isOn = false;
  const guard = () => {
    if (isOn) return;
    isOn = true;
    unsubscribe(REQUEST, atRequest);
    startThread(orders, (why) => lose(noWatchdog(why)));
  };
  const atRequest = (message: unknown) => onceSent((message as { request: ClientRequest }).request, guard);
  subscribe(REQUEST, atRequest);
  return { section, guard, lost };
}

/** Calls back once a request has left and before anything of its answer is read. */
function onceSent(request: ClientRequest, sent: () => void): void {
  const atSocket = (socket: Socket) => {
    // Node writes the request, or begins the handshake of TLS, when it hears of the connection, and reads later.
    if (socket.connecting) socket.once('connect', () => setImmediate(sent));
    else sent();
  };
  if (request.socket) atSocket(request.socket);
  else request.once('socket', atSocket);
}

function startThread(orders: Orders, failed: (why: string) => void): void {
  try {
    // Nothing of the environment may change what this thread does; the variables of Node would.
    const worker = new Worker(new URL(THREAD, import.meta.url), {
      workerData: orders,
      env: {},
      execArgv: [],
    });
    worker.unref();
    worker.once('error', (error) => failed(messageOf(error)));
    worker.once('exit', () => failed('its thread ended'));
  } catch (error) {
    failed(messageOf(error));
  }
  setInterval(() => shared.beat(), BEAT_MS).unref();
  setTimeout(() => {
    if (!shared.isArmed) failed('its thread does not start');
  }, START_MS).unref();
}

/** Without it the gate could hang for as long as the job may last, so it does not go on. */
function noWatchdog(why: string): GateError {
  return new GateError(
    'internal',
    `The watchdog, which ends this step if it hangs, could not be started: ${why}`,
    {
      nextStep: 'Allow this step to start threads, give it more memory, and run it again.',
    },
  );
}
