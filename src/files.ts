/** Paths, link by link: a checkout can hold symbolic links, and whoever opens a pull request chooses where they lead. */
import { randomUUID } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readlink, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { GateError, messageOf } from './errors.ts';

/** Linux gives up after as many. */
const MOST_LINKS = 40;

/** Windows has neither, and needs neither: it has no links to devices and no pipes among its files. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** A file, a directory or a link on the way to another. */
export interface Step {
  /** Its directory without links, and its name. */
  readonly path: string;
  /** Its own, where it is a link. */
  readonly stats: BigIntStats;
}

export interface Way {
  /** Where it leads, without links, as far as there is anything. */
  readonly real: string;
  /** What is passed, from the root of the file system on, and what is there at its end. */
  readonly steps: readonly Step[];
  /** The names below `real` that are not there. */
  readonly missing: readonly string[];
}

/**
 * Follows a path as the operating system does.
 * @throws Error for links that go round in a circle, and for what cannot be looked at
 */
export async function wayTo(path: string): Promise<Way> {
  const names = namesIn(resolve(path));
  let real = parse(resolve(path)).root;
  const steps: Step[] = [{ path: real, stats: await lstat(real, { bigint: true }) }];
  for (let links = 0; ; ) {
    const name = names.shift();
    if (name === undefined) return { real, steps, missing: [] };
    if (name === '..') {
      real = dirname(real);
      continue;
    }
    const next = join(real, name);
    const stats = await lstat(next, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (stats === undefined) return { real, steps, missing: [name, ...names] };
    steps.push({ path: next, stats });
    if (!stats.isSymbolicLink()) {
      real = next;
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) throw new Error(`${path} leads through more than ${MOST_LINKS} symbolic links`);
    const target = await readlink(next);
    names.unshift(...namesIn(target));
    if (isAbsolute(target)) real = parse(resolve(target)).root;
  }
}

function namesIn(path: string): string[] {
  const below = path.slice(parse(path).root.length);
  return below.split(sep === '\\' ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');
}

/** Whether two looks were at the same file, whatever it was called: neither spelling nor bind mounts matter. */
export function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** Whether a path without links is that of a directory, or lies below it. */
export function isBelow(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Which of the places on a way lie in one of some directories: the directory itself and what is below it.
 * @param directories that are not there have nothing in them
 */
export async function stepsIn({ steps }: Way, directories: readonly string[]): Promise<Step[]> {
  const looks = await Promise.all(
    directories.map((directory) => stat(directory, { bigint: true }).catch(() => undefined)),
  );
  const found = steps.filter(({ stats }) => looks.some((look) => look !== undefined && isSame(look, stats)));
  return steps.filter(({ path }) => found.some((directory) => isBelow(path, directory.path)));
}

/** The first symbolic link on a way that is in the workspace; undefined where none is. */
export async function linkInWorkspace(way: Way, workspace: string): Promise<Step | undefined> {
  const inside = await stepsIn(way, [workspace]);
  return inside.find(({ stats }) => stats.isSymbolicLink());
}

/**
 * The way to a file that an input names. It may lie anywhere, since the workflow says so; only where a link in the
 * workspace leads out of it, somebody else does.
 * @throws GateError `input` where such a link leads out of the workspace
 */
export async function wayToInput(input: string, path: string, workspace: string): Promise<Way> {
  let way: Way;
  try {
    way = await wayTo(resolve(workspace, path));
  } catch (error) {
    throw new GateError('input', `Input ${input}: ${path} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  const link = await linkInWorkspace(way, workspace);
  const isInside = (await stepsIn(way, [workspace])).some((step) => step.path === way.real);
  if (link === undefined || isInside) return way;
  throw new GateError('input', `Input ${input}: ${path} is outside of the workspace.`, {
    nextStep: `The symbolic link ${link.path} leads there. Put the file itself into the repository, or name it by its own path.`,
  });
}

/**
 * A file that an input names, for another program to read.
 * @returns its path without links; undefined where it is not there, of which that program speaks
 * @throws GateError `input` where a link in the workspace leads out of it, and for what is no regular file or too large
 */
export async function regularFile(
  input: string,
  path: string,
  workspace: string,
  mostBytes: number,
): Promise<string | undefined> {
  const { real, steps, missing } = await wayToInput(input, path, workspace);
  const stats = steps.findLast((step) => step.path === real)?.stats;
  if (missing.length > 0 || stats === undefined) return undefined;
  const why = !stats.isFile() ? 'is not a file' : stats.size > mostBytes ? 'is too large' : undefined;
  if (why === undefined) return real;
  throw new GateError('input', `Input ${input}: ${path} ${why}.`, {
    nextStep: `Name the file that ${input} is about.`,
  });
}

/** What is read of a file that is too large: enough to tell that it is. */
export async function readRegularFile(real: string, mostBytes: number): Promise<Buffer> {
  // A file that became a link or a pipe since it was looked at is not followed, and not waited for.
  const handle = await open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw new Error('it is no regular file');
    const chunks: Buffer[] = [];
    for await (const chunk of handle.createReadStream({ end: mostBytes, autoClose: false })) {
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

/**
 * Makes a directory that files are written into, and all that is missing above it.
 * @returns its path without links
 * @throws Error where a part of the path is a link in the workspace, or no directory
 */
export async function directoryFor(path: string, workspace: string): Promise<string> {
  const way = await wayTo(resolve(path));
  const link = await linkInWorkspace(way, workspace);
  if (link !== undefined) {
    throw new Error(
      `${path} leads through the symbolic link ${link.path}, which is in the workspace. Name a directory there that is no link, or one elsewhere`,
    );
  }
  let made = way.real;
  for (const name of way.missing) {
    made = join(made, name);
    await mkdir(made).catch((error: NodeJS.ErrnoException) => {
      // Another step of this job may have made it meanwhile.
      if (error.code !== 'EEXIST') throw error;
    });
  }
  // A link that somebody put there meanwhile is no directory to lstat.
  if (!(await lstat(made)).isDirectory()) throw new Error(`${path} is no directory`);
  return made;
}

/**
 * Writes a file in place of what has its name: a link there is replaced, not followed, and another name of the same
 * file keeps its content.
 * @param directory without links: see `directoryFor`
 */
export async function replaceFile(
  directory: string,
  name: string,
  content: string | Iterable<string>,
): Promise<void> {
  // Shorter than any name that is asked for.
  const temporary = join(directory, `.${randomUUID()}`);
  // Fails where there is anything of that name already, links included.
  const file: FileHandle = await open(temporary, 'wx', 0o644);
  try {
    await file.writeFile(content).finally(() => file.close());
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
