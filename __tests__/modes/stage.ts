/** Runs of the gate inside the test's process, against the emulated AWS, without a socket. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { parse } from 'yaml';
import type { Answer } from '../../emulator/answer.ts';
import { type Exchange, type InProcessAws, playInProcess } from '../../emulator/in-process.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { type Clock, startDeadline, systemClock } from '../../src/deadline.ts';
import { type GateError, toGateError } from '../../src/errors.ts';
import { newRun } from '../../src/modes/gate.ts';
// Loaded here, because no clock waits for a module that a run loads.
import '../../src/github/client.ts';
import '../../src/modes/load.ts';
import '../../src/policy/yaml.ts';
import type { Run } from '../../src/modes/mode.ts';

export interface Played {
  /** What ended the run, where something did. */
  readonly error: GateError | undefined;
  readonly publication: Awaited<ReturnType<Run['publication']>>;
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
    readonly time?: Clock;
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
  const files = Object.entries(scenario.files ?? {}).map(
    ([path, text]) => [path, aws.world.filled(text)] as const,
  );
  const workspace = workspaceWith(files);
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
  }
  return { error, publication: await run.publication(error), calls, log, warnings };
}

const CALL_MS = 10;

const workspaces = new Map<string, string>();
afterAll(() => {
  for (const path of workspaces.values()) rmSync(path, { recursive: true, force: true });
});

/** A directory with these files, one for all runs: no run writes into its workspace before its report is published. */
function workspaceWith(files: readonly (readonly [path: string, text: string])[]): string {
  const key = JSON.stringify(files);
  const existing = workspaces.get(key);
  if (existing !== undefined) return existing;
  const workspace = mkdtempSync(join(tmpdir(), 'gate-stage-'));
  for (const [path, text] of files) writeFileSync(join(workspace, path), text);
  workspaces.set(key, workspace);
  return workspace;
}

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
};

/** The value of an input that a workflow does not set. */
function defaultOf(name: string): string {
  return action.inputs[name]?.default ?? '';
}
