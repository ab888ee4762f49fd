/** Runs a workflow of another repository by act, with the real cosign and an emulator. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished, type TestContext } from 'vitest';
import type { Emulator } from '../../emulator/server.ts';
import { ensureGoTool } from '../../scripts/tools.ts';
import { findCosign, needsCosign } from './signed.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const CREDENTIALS = 'aws-actions/configure-aws-credentials@7474bc4690e29a8392af63c5b98e7449536d5c3a';

let act: string | undefined;

/** For `beforeAll`: builds act and cosign if they are missing. */
export async function findActAndCosign(): Promise<void> {
  try {
    act = (await ensureGoTool('act', console.log)).path;
  } catch (error) {
    if (process.env.CI === 'true') throw error;
  }
  await findCosign();
}

export interface Play {
  readonly event: string;
  /** The event's fields, such as `client_payload`. */
  readonly payload?: object;
  /** The files of the repository by path, its workflow among them. */
  readonly files: Readonly<Record<string, string>>;
  /** Directories of other repositories by OWNER/NAME@REF. */
  readonly repositories: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** OWNER/NAME on github.com; default: none that act knows. */
  readonly repository?: string;
}

/** A directory with copies of files of this repository and with files by path, which is removed after the test. */
export async function directoryOf(
  files: Readonly<Record<string, string>>,
  copies: readonly string[] = [],
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gate-act-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (const name of copies) await cp(join(root, name), join(directory, name), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return directory;
}

/** A copy of the actions of this repository, with further or other files. */
export function copyOfActions(files: Readonly<Record<string, string>> = {}): Promise<string> {
  return directoryOf(files, ['action.yml', 'verify', 'audit', 'dist']);
}

/**
 * Plays an event of a repository. configure-aws-credentials only prints the role, since the emulator's credentials are in the
 * environment.
 */
export async function play(
  context: TestContext,
  emulator: Emulator,
  { event, payload, files, repositories, env = {}, secrets = {}, repository: name }: Play,
): Promise<{ failed: boolean; log: string }> {
  if (act === undefined)
    return context.skip('act is not available on this machine: Go is needed to build it');
  const cosign = await needsCosign(context);
  const credentials = await directoryOf({
    'action.yml': `
name: credentials
inputs: { role-to-assume: {}, aws-region: {} }
runs:
  using: composite
  steps:
    - shell: bash
      env: { ROLE: "\${{ inputs.role-to-assume }}", REGION: "\${{ inputs.aws-region }}" }
      run: echo "ASSUMED $ROLE in $REGION"
`,
  });
  const repository = await directoryOf(files);
  const git = (...args: string[]) =>
    run('git', ['-C', repository, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args]);
  await git('init', '--quiet', '--initial-branch=main');
  if (name !== undefined) await git('remote', 'add', 'origin', `https://github.com/${name}`);
  await git('add', '--all');
  await git('commit', '--quiet', '--message=x');
  const eventFile = join(await directoryOf({ 'event.json': JSON.stringify(payload ?? {}) }), 'event.json');
  const variables = { ...emulator.env(), PATH: `${dirname(cosign)}:${process.env.PATH}`, ...env };
  const options = (name: string, pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).flatMap(([key, value]) => [name, `${key}=${value}`]);
  const args = [
    event,
    ...['--directory', repository, '--eventpath', eventFile, '--platform', 'ubuntu-24.04=-self-hosted'],
    ...options('--local-repository', { ...repositories, [CREDENTIALS]: credentials }),
    ...options('--env', variables),
    ...options('--secret', secrets),
  ];
  return run(act, args, {
    timeout: 200_000,
    maxBuffer: 64 * 1024 * 1024,
    // Without a container, steps also get the variables of act's own process: none of this machine may be among them.
    env: { ...variables, HOME: process.env.HOME },
  }).then(
    ({ stdout, stderr }) => ({ failed: false, log: stdout + stderr }),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ failed: true, log: stdout + stderr }),
  );
}
