/** What a run does, from top to bottom, and the only place that ends the process. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClients } from './aws/clients.ts';
import { type Deadline, formatDuration, startDeadline, systemClock, withGrace } from './deadline.ts';
import { GateError, toGateError } from './errors.ts';
import * as core from './github/core.ts';
import { ecrImages } from './image/ecr.ts';
import { resolveImages } from './image/resolve.ts';
import { type Inputs, readInputs } from './inputs.ts';
import type { RunReport } from './report/report.ts';
import { heed, readDocuments, weakeningByInputs } from './run/documents.ts';
import { judge } from './run/judge.ts';
import { publish } from './run/publish.ts';
import { prepare, signAll } from './run/sign.ts';
import { describePlatforms, finish, log, newRun, passed, type Run, unjudged } from './run/state.ts';
import { killChildren } from './signing/exec.ts';
import { refuseWithoutPermission } from './signing/sign.ts';

/** How long what is under way may take to end after the deadline; whatever hangs then is left behind. */
const GRACE_MS = 10_000;
/** The same after a cancellation: the runner kills the process about ten seconds after its first signal. */
const CANCEL_GRACE_MS = 4_000;

/** How long the end of the log may take to be read, and a signer that is still being prepared to be put away. */
const LOG_MS = 2_000;
const CLOSE_MS = 2_000;

/** The action's entry: runs the gate, reports whatever came of it, and ends the process. */
export async function main(): Promise<void> {
  const startedAt = new Date();
  const cancelled = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => cancelled.abort());

  const run = newRun(startedAt);
  const report = await gate(run, cancelled.signal);
  await publish(report, run.inputs);
  killChildren();
  await logRead();
  // A connection or child that hangs must not keep the step alive.
  process.exit(succeeds(report) ? 0 : 1);
}

/** What is still in the pipe when the process ends is lost; who does not read it is not waited for. */
async function logRead(): Promise<void> {
  const written = new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  await Promise.race([written, sleep(LOG_MS)]);
}

/** Pass and warn succeed; with `enforce: false` a block does as well, an error never. */
function succeeds(report: RunReport): boolean {
  return (
    report.verdict === 'pass' ||
    report.verdict === 'warn' ||
    (report.verdict === 'block' && report.settings?.enforce === false)
  );
}

/** Resolve, wait, collect, decide, sign: the result of each step goes into the report, errors included. */
async function gate(run: Run, cancelled: AbortSignal): Promise<RunReport> {
  try {
    const inputs = readInputs(core.getInput);
    run.inputs = inputs;
    const deadline = startDeadline(inputs.timeoutMs, systemClock, cancelled);
    const work =
      inputs.mode === 'verify' ? verifyImages(inputs, deadline, run) : judgeAndSign(inputs, deadline, run);
    const report = await withGrace(
      work,
      deadline,
      () => (deadline.expired ? GRACE_MS : CANCEL_GRACE_MS),
      () => finish(run, overtime(deadline)),
    );
    // A cancelled job reports no pass, even if it was cancelled after everything had been judged.
    return cancelled.aborted ? finish(run, new GateError('cancelled', 'The job was cancelled.')) : report;
  } catch (error) {
    return finish(run, toGateError(error));
  }
}

/** Most runs judge and sign; they start faster without what verifies. */
async function verifyImages(inputs: Inputs, deadline: Deadline, run: Run): Promise<RunReport> {
  const verify = await import('./run/verify.ts');
  return verify.verifyImages(inputs, deadline, run);
}

function overtime(deadline: Deadline): GateError {
  return deadline.expired
    ? new GateError('timeout', `The timeout of ${formatDuration(deadline.totalMs)} is over.`)
    : new GateError('cancelled', 'The job was cancelled.');
}

/** Mode `gate`, in order; whatever throws ends the run with what is known until then. */
async function judgeAndSign(inputs: Inputs, deadline: Deadline, run: Run): Promise<RunReport> {
  // Before anything else is read or asked for.
  if (inputs.signing) refuseWithoutPermission(inputs.signing.key, process.env);
  const { document, exceptions } = await readDocuments(inputs, deadline, run);
  const demands = heed(inputs, document, deadline, run);
  const clients = createClients(deadline, { log });
  const signer = inputs.signing && prepare(inputs, clients, deadline, run);
  // It is awaited after the scan; until then its failure must not be an unhandled one.
  signer?.catch(() => {});
  try {
    const images = await resolveImages(inputs.images, ecrImages(clients, deadline));
    for (const image of images)
      log(`Resolved ${image.references.join(', ')} to ${image.uri} (${describePlatforms(image)})`);
    run.images = images.map((image) =>
      unjudged(image, new GateError('not-proven', 'The run ended before it was judged.')),
    );
    // A signer that cannot be had fails the run at once, not after the wait.
    await signer;

    const weakening = weakeningByInputs(demands, document, run);
    run.images = await judge(images, { inputs, demands, weakening, exceptions, clients, deadline, run });
    if (signer !== undefined && run.images.every(passed)) {
      await signAll(images, { inputs, run }, await signer);
    }
    return finish(run, undefined);
  } finally {
    // One that hangs must not turn what ended the run into a timeout; the end of the process clears up behind it.
    await Promise.race([signer?.then((ready) => ready.close()).catch(() => {}), sleep(CLOSE_MS)]);
    clients.destroy();
    deadline.clear();
  }
}
