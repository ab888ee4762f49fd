/** Runs of the gate inside the test's process, against the emulated AWS, without a socket. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Answer } from '../../emulator/answer.ts';
import { type Exchange, type InProcessAws, playInProcess } from '../../emulator/in-process.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { type GateError, toGateError } from '../../src/errors.ts';
import { newRun } from '../../src/modes/gate.ts';
import type { Run } from '../../src/modes/mode.ts';
import type { FakeClock } from '../clock.ts';

export interface Played {
  /** What ended the run, where something did. */
  readonly error: GateError | undefined;
  readonly publication: ReturnType<Run['publication']>;
  /** The APIs that were called, in order. */
  readonly calls: readonly string[];
  readonly log: readonly string[];
  readonly warnings: readonly string[];
}

/** An answer that denies a call, as IAM does. */
export function denied(api: string): Answer {
  const action = `${/Coverage|Findings$|Status$/.test(api) && !api.includes('Image') ? 'inspector2' : 'ecr'}:${api}`;
  return {
    status: 400,
    errorType: 'AccessDeniedException',
    body: {
      __type: 'AccessDeniedException',
      message: `User: arn:aws:sts::1:assumed-role/gate/job is not authorized to perform: ${action} on resource: *`,
    },
  };
}

/** Plays a scenario once. The environment of the process needs AWS credentials. */
export async function playGate(
  scenario: Scenario,
  {
    inputs = {},
    alter,
    timeoutMs = 20_000,
    time,
    onStage,
  }: {
    readonly inputs?: Readonly<Record<string, string>>;
    readonly alter?: (exchange: Exchange) => Answer;
    readonly timeoutMs?: number;
    /** A clock that jumps; default: the system's. */
    readonly time?: FakeClock;
    /** Gets the emulated AWS before the run, for downloads that a test replaces. */
    readonly onStage?: (aws: InProcessAws) => void;
  } = {},
): Promise<Played> {
  const calls: string[] = [];
  const startedAt = Date.now();
  const clock = time ?? systemClock;
  const now = () => (time === undefined ? Date.now() : startedAt + time.now());
  const aws = playInProcess(scenario, now, (exchange) => {
    calls.push(exchange.api);
    return alter?.(exchange) ?? exchange.answer;
  });
  onStage?.(aws);
  const log: string[] = [];
  const warnings: string[] = [];
  const workspace = await mkdtemp(join(tmpdir(), 'gate-stage-'));
  for (const [path, text] of Object.entries(scenario.files ?? {})) {
    await writeFile(join(workspace, path), aws.world.filled(text));
  }
  const run = newRun(new Date());
  const given: Readonly<Record<string, string>> = {
    image: aws.images.join('\n'),
    ...scenario.inputs,
    ...inputs,
  };
  const deadline = startDeadline(timeoutMs, clock, new AbortController().signal);
  let error: GateError | undefined;
  try {
    run.readInputs((name) => given[name] ?? defaultOf(name));
    await run.work({
      environment: {},
      workspace,
      clock,
      deadline,
      random: () => 0,
      log: (line) => log.push(line),
      warn: (line) => warnings.push(line),
      mask: () => {},
      awsHandler: {
        handle: async (request: Parameters<typeof aws.requestHandler.handle>[0]) => {
          // The clock jumps only while everything sleeps, so a call takes time as well.
          await time?.sleep(CALL_MS, new AbortController().signal);
          return aws.requestHandler.handle(request);
        },
      } as never,
    });
  } catch (reason) {
    error = toGateError(reason);
  } finally {
    deadline.clear();
    await rm(workspace, { recursive: true });
  }
  return { error, publication: run.publication(error), calls, log, warnings };
}

const CALL_MS = 10;

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
};

/** The value of an input that a workflow does not set. */
function defaultOf(name: string): string {
  return action.inputs[name]?.default ?? '';
}
