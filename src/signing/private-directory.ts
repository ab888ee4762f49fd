/** A directory for this user alone, for credentials and for the program that signs; it goes with the run. */
import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GateError, messageOf } from '../errors.ts';

export interface PrivateDirectory {
  readonly path: string;
  /** Removes it, and everything in it. */
  close(): Promise<void>;
}

const PREFIX = 'gate-signing-';
/** A run takes six hours at most. Where it cannot be told whether one is alive, it ended that long ago. */
const ABANDONED_MS = 12 * 60 * 60_000;

/** A process, as the name of a directory has it: a number alone may be that of another one by now. */
interface Owner {
  readonly pid: string;
  /** When it began, in clock ticks since the system did; 0 where the system does not tell. */
  readonly started: string;
  /** The namespace in which the number is its own: a container has another. 0 where there are none. */
  readonly namespace: string;
}

/**
 * Makes the directory, below `RUNNER_TEMP`. Directories that runs left there when they were ended by force are removed
 * first: they may have credentials in them.
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
  return {
    path,
    close: async () => {
      await rm(path, { recursive: true, force: true });
      process.off('exit', removeNow);
    },
  };
}

/** Nobody waits for it, and a directory that cannot be removed is no reason not to go on. */
async function removeAbandoned(parent: string, log: (line: string) => void): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const path = join(parent, name);
    try {
      const stats = await lstat(path);
      // A link is not followed, and what another user has made is that user's.
      const isOurs = stats.isDirectory() && (process.getuid === undefined || stats.uid === process.getuid());
      if (!isOurs || (await isInUse(name, Date.now() - stats.mtimeMs))) continue;
      await rm(path, { recursive: true, force: true });
      log(`Removed ${path}: the run that made it was ended by force and left it behind.`);
    } catch (error) {
      log(`Not removed: ${path}, which a run left behind: ${messageOf(error)}`);
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
    // Whoever may not signal it knows that it is there.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (started === '0') return true;
  const now = await processOf(pid);
  // A zombie is dead, and waits for somebody to hear of it.
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

/** What Linux says of a process; undefined elsewhere, and where there is none. Source: proc_pid_stat(5). */
async function processOf(pid: string): Promise<{ state: string; started: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in parentheses, and may have any character in it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? undefined : { state, started };
}
