/**
 * Ensures that a step ends with outputs and a summary, whatever happens in it. Work that blocks the event loop also blocks
 * the deadline, the cancellation and the report. So the first thing that is written to outputs and job summary is that there
 * is no verdict, and it stays there if the process dies. A separate thread, which the main thread cannot block, ends the
 * process if it does not end by itself.
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
 * - The work ends by itself ten seconds after its timeout at the latest.
 * - Writing the report takes seconds, and writing the comment at most fifteen.
 * - A runner kills a cancelled step ten seconds after its first signal.
 * - With ten thousand findings and documents of the largest size, the gate blocks the event loop for about five seconds. If
 *   it does not respond for twenty seconds, it will not respond any more.
 */
const PATIENCE: Patience = {
  checkMs: 1_000,
  checks: { starting: 60, working: 15, publishing: 60, cancelled: 9, unresponsive: 20 },
};

/**
 * For audits: thousands of roles and repositories are evaluated without a pause, and reports can have hundreds of
 * megabytes. That takes seconds, on a busy machine ten times as long.
 */
export const AUDIT_PATIENCE: Patience = {
  checkMs: PATIENCE.checkMs,
  checks: { ...PATIENCE.checks, working: 120, publishing: 180, unresponsive: 120 },
};
const BEAT_MS = 500;
const START_MS = 30_000;

/** The diagnostics channel on which Node publishes every HTTP request of `node:http` and `node:https`. */
const REQUEST = 'http.client.request.start';

// The build makes a separate bundle of it.
const THREAD = import.meta.url.endsWith('.ts') ? './thread.ts' : './watchdog/index.js';

const UNFINISHED = [
  '<h2>❌ No verdict: the gate has not finished</h2>',
  '<p>This text was written when the step started. If the report of the gate does not replace it, the step ended before it could write a report. <b>Treat the image as not approved.</b></p>',
  '',
].join('\n\n');

export interface Watchdog {
  /** The section of the job summary that the report replaces; undefined if it could not be written. */
  readonly section: Section | undefined;
  /** Starts the thread, unless it was started before. It does not block. */
  guard(): void;
  /** Resolves if the thread cannot be started, or has ended. */
  readonly lost: Promise<GateError>;
}

/**
 * Writes to outputs and summary that there is no verdict, and prepares the watchdog. Its thread starts when the first HTTP
 * request has been sent, so that it does not delay the start of the step. Before that, the step reads nothing that others
 * have written, unless `guard` is called.
 * @param files the files of the runner; undefined if it names none
 */
export function createWatchdog(
  files: { readonly summary: string | undefined; readonly outputs: string | undefined },
  outputs: Readonly<Record<string, string>>,
  patience: Patience = PATIENCE,
): Watchdog {
  try {
    if (files.outputs !== undefined) appendFileSync(files.outputs, outputsText(outputs));
  } catch {
    // The end of the run reports it.
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

/** Calls back once a request has been sent, before its response is read. */
function onceSent(request: ClientRequest, sent: () => void): void {
  const atSocket = (socket: Socket) => {
    // When the connection is established, Node first sends the request, or begins the TLS handshake, and reads later.
    if (socket.connecting) socket.once('connect', () => setImmediate(sent));
    else sent();
  };
  if (request.socket) atSocket(request.socket);
  else request.once('socket', atSocket);
}

function startThread(orders: Orders, failed: (why: string) => void): void {
  try {
    // The environment must not change what this thread does, as variables such as NODE_OPTIONS would.
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
    if (!shared.isArmed) failed('its thread did not start');
  }, START_MS).unref();
}

/** Without the watchdog the gate could hang until the job times out, so it does not continue. */
function noWatchdog(why: string): GateError {
  return new GateError(
    'internal',
    `The watchdog, which ends this step if it hangs, could not be started: ${why}`,
    {
      nextStep: 'Allow this step to start threads, or give it more memory. Then run it again.',
    },
  );
}
