/** A directory that only this user can read, for cosign and the registry credentials. It is removed when the run ends. */
import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GateError, messageOf } from '../../errors.ts';
import { shared } from '../../watchdog/shared.ts';

export interface PrivateDirectory {
  readonly path: string;
  /** Removes it, and everything in it. */
  close(): Promise<void>;
}

const PREFIX = 'gate-signing-';
/** A job runs for at most six hours. An older directory is not in use, even if its process cannot be looked up. */
const ABANDONED_MS = 12 * 60 * 60_000;

/** Identifies a process in the name of its directory. A process ID alone may be reused. */
interface Owner {
  readonly pid: string;
  /** When it started, in clock ticks after the system start; 0 where that is unknown. */
  readonly started: string;
  /** The PID namespace: each container has its own. 0 where there are no namespaces. */
  readonly namespace: string;
}

/**
 * Creates the directory in `RUNNER_TEMP`. First it removes directories of runs that were killed: they can contain
 * credentials.
 * @throws GateError `signing` if it cannot be created
 */
export async function makePrivateDirectory(
  environment: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<PrivateDirectory> {
  const parent = environment.RUNNER_TEMP || tmpdir();
  await removeAbandoned(parent, log);
  const { pid, started, namespace } = await thisProcess();
  let path: string;
  try {
    // mkdtemp creates it with the mode 0700.
    path = await mkdtemp(join(parent, `${PREFIX}${pid}.${started}.${namespace}.`));
  } catch (error) {
    throw new GateError(
      'signing',
      `A private directory could not be created in ${parent}: ${messageOf(error)}`,
      {
        nextStep: 'Make the directory RUNNER_TEMP writable for this step.',
        cause: error,
      },
    );
  }
  open.add(path);
  // One listener for all directories: Node warns about a leak where there are more than ten.
  if (open.size === 1) process.on('exit', removeOpen);
  const forget = shared.addDirectory(path);
  return {
    path,
    close: async () => {
      await rm(path, { recursive: true, force: true });
      open.delete(path);
      if (open.size === 0) process.off('exit', removeOpen);
      forget();
    },
  };
}

/** The directories that are in use. */
const open = new Set<string>();

/** Removes them where the process ends before they are closed. */
function removeOpen(): void {
  for (const path of open) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // The others still have to be removed.
    }
  }
}

/** A directory that cannot be removed does not fail the run. */
async function removeAbandoned(parent: string, log: (line: string) => void): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const path = join(parent, name);
    try {
      const stats = await lstat(path);
      // Links are not followed, and directories of other users are left alone.
      const isOurs = stats.isDirectory() && (process.getuid === undefined || stats.uid === process.getuid());
      if (!isOurs || (await isInUse(name, Date.now() - stats.mtimeMs))) continue;
      await rm(path, { recursive: true, force: true });
      log(`Removed ${path}, which was left behind by a run that was killed.`);
    } catch (error) {
      log(`Could not remove ${path}, which was left behind by another run: ${messageOf(error)}`);
    }
  }
}

async function isInUse(name: string, ageMs: number): Promise<boolean> {
  const [, pid = '', started = '', namespace = ''] =
    /^(\d{1,10})\.(\d+)\.(\d+)\.[A-Za-z0-9]{6}$/.exec(name.slice(PREFIX.length)) ?? [];
  const here = await thisProcess();
  if (pid === '' || namespace !== here.namespace) return ageMs < ABANDONED_MS;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // Any other error, such as EPERM, means that the process exists.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (started === '0') return true;
  const now = await processOf(pid);
  // A zombie has ended; its parent has not read its exit code yet.
  return now === undefined || (now.started === started && !/[ZX]/.test(now.state));
}

async function thisProcess(): Promise<Owner> {
  const namespace = await readlink('/proc/self/ns/pid').then(
    (link) => /\d+/.exec(link)?.[0],
    () => undefined,
  );
  const { started } = (await processOf('self')) ?? {};
  return { pid: `${process.pid}`, started: started ?? '0', namespace: namespace ?? '0' };
}

/**
 * State and start time of a process on Linux; undefined on other systems, and if there is no such process. Source:
 * proc_pid_stat(5).
 */
async function processOf(pid: string): Promise<{ state: string; started: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the name of the program in parentheses, which may contain any character.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? undefined : { state, started };
}
