/**
 * moto, a Python program that plays AWS: the audit's second opinion on what AWS's answers look like. It is installed
 * once, into a virtual environment in the folder of tools.
 */
import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached, type Log } from './tools.ts';

const run = promisify(execFile);
const REQUIREMENTS = join(import.meta.dirname, '..', 'tools', 'moto', 'requirements.txt');
const INSTALL_TIMEOUT_MS = 300_000;
const START_TIMEOUT_MS = 60_000;

/**
 * The virtual environment with moto.
 * @throws Error saying what is missing
 */
export async function ensureMoto(log: Log = () => {}): Promise<string> {
  const version = /^moto==(.+)$/m.exec(await readFile(REQUIREMENTS, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${REQUIREMENTS} does not require moto`);
  const { path } = await cached('moto', version, log, async (environment) => {
    log(`installing moto ${version} into ${environment}, about a minute, once`);
    await execute('python3', '-m', 'venv', environment);
    await execute(
      python(environment),
      '-m',
      'pip',
      'install',
      '--quiet',
      '--only-binary',
      ':all:',
      '-r',
      REQUIREMENTS,
    );
    return 'installed';
  });
  return path;
}

/** The same for a test: undefined, with a line that says why, where it cannot be had and CI is not true. */
export async function motoForTests(log: Log = console.warn): Promise<string | undefined> {
  try {
    return await ensureMoto(log);
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    log(`Left out: tests with moto, which needs Python 3. ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

async function execute(program: string, ...parameters: string[]): Promise<void> {
  await run(program, parameters, { timeout: INSTALL_TIMEOUT_MS }).catch(
    (error: NodeJS.ErrnoException & { stderr?: string }) => {
      if (error.code === 'ENOENT') throw new Error(`There is no ${program} on PATH.`);
      throw new Error(error.stderr?.trim().split('\n').slice(-3).join('; ') || error.message);
    },
  );
}

function python(environment: string): string {
  return process.platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
}

export interface Moto {
  /** Where its APIs are. */
  readonly url: string;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a server of its own on loopback.
 * @param environment that of `ensureMoto`
 */
export async function startMoto(environment: string): Promise<Moto> {
  const child = spawn(python(environment), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Python keeps back what it prints to a pipe.
    env: { ...process.env, PYTHONUNBUFFERED: '1' },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`moto did not start: ${said.slice(-1000)}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    const hear = (piece: Buffer) => {
      said += piece.toString();
      const found = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', fail);
  }).catch((error: unknown) => {
    child.kill();
    throw error;
  });
  return {
    url,
    stop: () => {
      child.kill();
      return ended;
    },
  };
}
