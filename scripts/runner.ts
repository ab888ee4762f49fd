/** Runs the bundled action as GitHub's runner does, with inputs as INPUT_ variables and files for outputs and summary. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Scenario } from '../emulator/scenario.ts';
import type { ActionName } from '../src/action.ts';

const root = join(import.meta.dirname, '..');

export interface ActionRun {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** The text that the action appended to GITHUB_STEP_SUMMARY. */
  readonly summary: string;
  /** Standard output, workflow commands included, and standard error. */
  readonly log: string;
  readonly durationMs: number;
  /** RUNNER_TEMP of this run; removed by `clean`. */
  readonly temp: string;
  clean(): Promise<void>;
}

export interface ActionOptions {
  /** Default: the gate. */
  readonly action?: ActionName;
  readonly inputs: Readonly<Record<string, string>>;
  /** Files of the workspace by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Added to the variables of a runner. An empty string removes a variable. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
  /** Sends this signal once the log matches or the promise is fulfilled, or that many milliseconds later. */
  readonly kill?: {
    readonly signal: NodeJS.Signals;
    readonly after: RegExp | Promise<unknown>;
    readonly delayMs?: number;
  };
  /** After this time the process is killed, so that no test hangs. */
  readonly limitMs?: number;
}

/** The metadata file and the entry of each action. */
const ACTIONS: Readonly<Record<ActionName, { readonly metadata: string; readonly entry: string }>> = {
  gate: { metadata: 'action.yml', entry: 'dist/index.js' },
  verify: { metadata: 'verify/action.yml', entry: 'dist/verify.js' },
  audit: { metadata: 'audit/action.yml', entry: 'dist/audit.js' },
};

/** The inputs of a scenario's step. */
export function inputsOf(
  { images }: { readonly images: readonly string[] },
  { action, inputs }: Pick<Scenario, 'action' | 'inputs'>,
): Record<string, string> {
  return { ...(action === 'audit' ? {} : { image: images.join('\n') }), ...inputs };
}

/** Runs an action once. Inputs that are not given have the defaults of its metadata file, as on a runner. */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const { metadata, entry } = ACTIONS[options.action ?? 'gate'];
  const temp = await mkdtemp(join(tmpdir(), 'gate-run-'));
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary.md') };
  for (const file of Object.values(files)) await writeFile(file, '');
  const workspace = await mkdtemp(join(tmpdir(), 'gate-workspace-'));
  for (const [path, text] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  const environment: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: temp,
    RUNNER_TEMP: temp,
    GITHUB_WORKSPACE: workspace,
    GITHUB_ACTIONS: 'true',
    // Tests keep compiled code for the next run.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
    // The run has only the credentials that it is given, not those of this machine's files or instance role.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...files,
    ...(await inputVariables(metadata, options.inputs)),
    ...options.env,
  };
  for (const [name, value] of Object.entries(environment))
    if (value === '' && !name.startsWith('INPUT_')) delete environment[name];

  const started = performance.now();
  const child = spawn(process.execPath, [join(root, entry)], {
    cwd: workspace,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  let pending = '';
  let killed = false;
  const { kill } = options;
  const end = () => {
    if (kill === undefined || killed) return;
    killed = true;
    setTimeout(() => child.kill(kill.signal), kill.delayMs ?? 0);
  };
  if (kill?.after instanceof Promise) void kill.after.then(end);
  const hear = (chunk: Buffer) => {
    log += chunk.toString('utf8');
    pending += chunk.toString('utf8');
    const lines = pending.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) options.onLine?.(line);
    if (kill?.after instanceof RegExp && kill.after.test(log)) end();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const limit = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? 120_000);
  const { exitCode, signal } = await new Promise<Pick<ActionRun, 'exitCode' | 'signal'>>(
    (resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, name) => resolve({ exitCode: code, signal: name }));
    },
  );
  clearTimeout(limit);
  const durationMs = performance.now() - started;
  const [output, summary] = await Promise.all([
    readFile(files.GITHUB_OUTPUT, 'utf8'),
    readFile(files.GITHUB_STEP_SUMMARY, 'utf8').catch(() => ''),
  ]);
  return {
    exitCode,
    signal,
    outputs: parseOutputs(output),
    summary,
    log,
    durationMs,
    temp,
    clean: async () => {
      await rm(temp, { recursive: true, force: true });
      await rm(workspace, { recursive: true, force: true });
    },
  };
}

async function inputVariables(
  metadata: string,
  inputs: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const action = parse(await readFile(join(root, metadata), 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  const unknown = Object.keys(inputs).find((name) => !(name in action.inputs));
  if (unknown !== undefined) throw new Error(`${metadata} has no input ${unknown}`);
  return Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      // A runner would evaluate the expression. There is no job here, so it has no token.
      inputs[name] ?? input.default?.replace('${{ github.token }}', '') ?? '',
    ]),
  );
}

/** The file format of GITHUB_OUTPUT: `NAME<<DELIMITER`, lines, `DELIMITER`. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [name, delimiter] = (lines[at] ?? '').split('<<');
    if (name === undefined || delimiter === undefined) continue;
    const end = lines.indexOf(delimiter, at + 1);
    if (end === -1) throw new Error(`output ${name} has no end`);
    outputs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}
