/** A directory that only this user can read, for credentials and for cosign. It is removed at the end of the run. */
import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GateError, messageOf } from '../errors.ts';
import { shared } from '../watchdog/shared.ts';

export interface PrivateDirectory {
  readonly path: string;
  /** Removes it, and everything in it. */
  close(): Promise<void>;
}

const PREFIX = 'gate-signing-';
/** A run takes at most six hours. A directory this old is not in use, even if its process cannot be looked up. */
const ABANDONED_MS = 12 * 60 * 60_000;

/** What identifies a process in the name of its directory: a process id alone may be reused. */
interface Owner {
  readonly pid: string;
  /** When it started, in clock ticks after the system did; 0 where that is not known. */
  readonly started: string;
  /** The namespace of the process id: each container has its own. 0 where there are no namespaces. */
  readonly namespace: string;
}

/**
 * Creates the directory in `RUNNER_TEMP`. First it removes directories of runs that were killed: they can contain
 * credentials.
 * @throws GateError `signing` where none can be made
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
    // mkdtemp makes it for this user alone (0700).
    path = await mkdtemp(join(parent, `${PREFIX}${pid}.${started}.${namespace}.`));
  } catch (error) {
    throw new GateError('signing', `No private directory can be made in ${parent}: ${messageOf(error)}`, {
      nextStep: 'Make RUNNER_TEMP writable for this step.',
      cause: error,
    });
  }
  // The last resort against credentials that stay on disk: the process ends by a signal or in the middle.
  const removeNow = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', removeNow);
  const forget = shared.addDirectory(path);
  return {
    path,
    close: async () => {
      await rm(path, { recursive: true, force: true });
      process.off('exit', removeNow);
      forget();
    },
  };
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

/** State and start time of a process on Linux; undefined elsewhere, and if there is no such process. Source: proc_pid_stat(5). */
async function processOf(pid: string): Promise<{ state: string; started: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in parentheses, and may have any character in it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? undefined : { state, started };
}
