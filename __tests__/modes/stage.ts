/** Runs of the gate inside the test's process, against the emulated AWS, without a socket. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Exchange, playInProcess } from '../../emulator/in-process.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { type GateError, toGateError } from '../../src/errors.ts';
import { newRun } from '../../src/modes/gate.ts';
import type { Run } from '../../src/modes/mode.ts';

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
export function denied(api: string): Exchange['answer'] {
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
  }: {
    readonly inputs?: Readonly<Record<string, string>>;
    readonly alter?: (exchange: Exchange) => Exchange['answer'];
    readonly timeoutMs?: number;
  } = {},
): Promise<Played> {
  const calls: string[] = [];
  const aws = playInProcess(scenario, Date.now, (exchange) => {
    calls.push(exchange.api);
    return alter?.(exchange) ?? exchange.answer;
  });
  const log: string[] = [];
  const warnings: string[] = [];
  const run = newRun(new Date());
  const given: Readonly<Record<string, string>> = {
    image: aws.images.join('\n'),
    ...scenario.inputs,
    ...inputs,
  };
  const deadline = startDeadline(timeoutMs, systemClock, new AbortController().signal);
  let error: GateError | undefined;
  try {
    run.readInputs((name) => given[name] ?? defaultOf(name));
    await run.work({
      environment: {},
      workspace: process.cwd(),
      clock: systemClock,
      deadline,
      random: () => 0,
      log: (line) => log.push(line),
      warn: (line) => warnings.push(line),
      mask: () => {},
      awsHandler: aws.requestHandler as never,
    });
  } catch (reason) {
    error = toGateError(reason);
  } finally {
    deadline.clear();
  }
  return { error, publication: run.publication(error), calls, log, warnings };
}

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
};

/** The value of an input that a workflow does not set. */
function defaultOf(name: string): string {
  return action.inputs[name]?.default ?? '';
}
