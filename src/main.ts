/** The lifecycle of every action: inputs, mode, deadline, publish, exit. This is the only place that ends the process. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionName } from './action.ts';
import type { Context } from './context.ts';
import { type Deadline, startDeadline, systemClock, withGrace } from './deadline.ts';
import { GateError, toGateError } from './errors.ts';
import * as core from './github/core.ts';
import { refuseUnknownInputs } from './inputs/names.ts';
import { limitHeapOfLongRun } from './memory.ts';
import type { Run } from './modes/mode.ts';
import { proxyEnvironment } from './proxy.ts';
import { line } from './report/kit/escape.ts';
import { UNFINISHED_OUTPUTS } from './report/kit/outputs.ts';
import { allows, type Envelope } from './results/modes/envelope.ts';
import { sentences } from './text.ts';
import { formatDuration } from './time.ts';
import { shared } from './watchdog/shared.ts';
import { AUDIT_PATIENCE, createWatchdog, type Watchdog } from './watchdog/watchdog.ts';

/** How long the run waits for unfinished work after the deadline. */
const GRACE_MS = 10_000;
/** The same after a cancellation. The runner kills the process about ten seconds after its first signal. */
const CANCEL_GRACE_MS = 4_000;
/** How long the runner may take to read the end of the log. */
const LOG_MS = 2_000;

/** The code of each action, loaded only by the step that runs it. */
const MODES: Readonly<Record<ActionName, () => Promise<{ newRun(startedAt: Date): Run }>>> = {
  // The gate is bundled into the file of the entry, because loading one file takes less time than loading several.
  gate: () => import(/* webpackMode: "eager" */ './modes/gate.ts'),
  verify: () => import('./modes/verify.ts'),
  audit: () => import('./modes/audit.ts'),
};

/** Runs an action, publishes its result, and ends the process. */
export async function main(action: ActionName): Promise<void> {
  const startedAt = new Date();
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs } = process.env;
  // This is written before anything else is loaded, so that it exists however the step ends.
  const watchdog = createWatchdog(
    { summary: summary || undefined, outputs: outputs || undefined },
    UNFINISHED_OUTPUTS[action],
    action === 'audit' ? AUDIT_PATIENCE : undefined,
  );
  const cancelled = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      shared.enter('cancelled');
      cancelled.abort();
    });
  }

  const succeeded = await runMode(action, startedAt, cancelled.signal, watchdog);
  shared.killChildren();
  await logRead();
  // A connection or child process that hangs must not keep the step running.
  process.exit(succeeded ? 0 : 1);
}

/**
 * Runs the mode of an action and publishes its result.
 * @returns whether the step succeeds
 */
async function runMode(
  action: ActionName,
  startedAt: Date,
  cancelled: AbortSignal,
  watchdog: Watchdog,
): Promise<boolean> {
  let ended: GateError | undefined;
  try {
    const mode = await MODES[action]();
    limitHeapOfLongRun();
    const run = mode.newRun(startedAt);
    const unguarded = new AbortController();
    const working = work(action, run, AbortSignal.any([cancelled, unguarded.signal]), watchdog);
    const lost = watchdog.lost.then((error) => {
      // While the error is published, the work must not go on: it would sign images that the report calls unsigned.
      unguarded.abort();
      return error;
    });
    ended = await Promise.race([working, lost]);
    shared.enter('publishing');
    watchdog.guard();
    const publication = await run.publication(ended);
    const { createPublisher } = await import('./publish/publish.ts');
    const publish = createPublisher({ ...surroundings(), unfinished: watchdog.section, cancelled });
    await publish(publication);
    if (!succeeds(publication.result)) return false;
    if (!cancelled.aborted) return true;
    // The success may not be published completely. It is replaced, as if the job had been cancelled before.
    await publish(await run.publication(cancellation()));
    return false;
  } catch (error) {
    // A part of the code could not be loaded. Outputs and job summary have said since the start that there is no verdict.
    for (const failure of [ended, error]) if (failure !== undefined) annotate(toGateError(failure));
    return false;
  }
}

/** Reports an error without the code of the report. */
function annotate({ message, nextStep, cause }: GateError): void {
  const text = nextStep === undefined ? message : sentences(message, nextStep);
  core.error(line(text), { title: 'ECR Deployment Gate' });
  if (core.isDebug() && cause instanceof Error) core.debug(cause.stack ?? cause.message);
}

/** Whether the step succeeds: with the verdict pass or warn, and with the failures that `enforce: false` covers. */
function succeeds({ verdict, tolerated }: Envelope): boolean {
  return allows(verdict) || tolerated;
}

/**
 * Reads the inputs and does the work of the action until the deadline.
 * @returns the error that ended the run; undefined if none did
 */
async function work(
  action: ActionName,
  run: Run,
  cancelled: AbortSignal,
  watchdog: Watchdog,
): Promise<GateError | undefined> {
  try {
    refuseUnknownInputs(action, process.env);
    // The packages that have their own HTTP client read these variables, and connect directly if they cannot. Without
    // inputs, nothing is sent to GitHub either.
    Object.assign(process.env, proxyEnvironment(process.env));
    const { timeoutMs, readsDocuments } = run.readInputs(core.getInput);
    const deadline = startDeadline(timeoutMs, systemClock, cancelled, (remainingMs, totalMs) =>
      shared.setLimit(remainingMs, totalMs),
    );
    shared.enter('working');
    // Files that others may have written are read before the first request, which would start the watchdog.
    if (readsDocuments) watchdog.guard();
    const context: Context = { ...surroundings(), clock: systemClock, deadline, random: Math.random };
    const ended = await withGrace(
      run.work(context).then(() => undefined),
      deadline,
      () => (deadline.expired ? GRACE_MS : CANCEL_GRACE_MS),
      () => overtime(deadline),
    );
    deadline.clear();
    // A cancelled job never passes, even if all images had been judged before.
    return cancelled.aborted ? cancellation() : ended;
  } catch (error) {
    return toGateError(error);
  }
}

/** The parts of the context that do not depend on the deadline. */
function surroundings(): Pick<Context, 'environment' | 'workspace' | 'log' | 'warn' | 'mask'> {
  return {
    environment: process.env,
    workspace: process.env.GITHUB_WORKSPACE || process.cwd(),
    log: (text) => core.info(line(text)),
    warn: (text) => core.warning(line(text)),
    mask: core.setSecret,
  };
}

function overtime(deadline: Deadline): GateError {
  return deadline.expired
    ? new GateError('timeout', `The timeout of ${formatDuration(deadline.totalMs)} has expired.`)
    : cancellation();
}

function cancellation(): GateError {
  return new GateError('cancelled', 'The job was cancelled.');
}

/** Waits until the runner has read the log, but not longer than two seconds: output that it has not read when the process ends is lost. */
async function logRead(): Promise<void> {
  const written = new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  await Promise.race([written, sleep(LOG_MS)]);
}
