/** Follows paths link by link, because a pull request can add symbolic links to a checkout and choose their targets. */
import { randomUUID } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readlink, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { GateError, messageOf } from './errors.ts';

/** The limit of Linux. */
const MOST_LINKS = 40;

/** Windows has neither flag. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** A file, a directory or a link on the way to another one. */
export interface Step {
  /** Its directory without links, and its name. */
  readonly path: string;
  /** The status of the link itself, if it is a link. */
  readonly stats: BigIntStats;
}

export interface Way {
  /** The path without links, up to the last part that exists. */
  readonly real: string;
  /** Every directory and link on the way, from the root of the file system, and what is at the end. */
  readonly steps: readonly Step[];
  /** The names below `real` that do not exist. */
  readonly missing: readonly string[];
}

/**
 * Follows a path as the operating system does.
 * @throws Error for links that lead in a circle, and for a directory that may not be searched
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

/** Whether two results of stat are of the same file, whatever its path: neither spelling nor bind mounts matter. */
export function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/** Whether a path without links is a directory or lies below it. */
export function isBelow(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * The steps of a path that are one of some directories, or are in one of them.
 * @param directories those that do not exist contain nothing
 */
export async function stepsIn({ steps }: Way, directories: readonly string[]): Promise<Step[]> {
  const looks = await Promise.all(
    directories.map((directory) => stat(directory, { bigint: true }).catch(() => undefined)),
  );
  const found = steps.filter(({ stats }) => looks.some((look) => look !== undefined && isSame(look, stats)));
  return steps.filter(({ path }) => found.some((directory) => isBelow(path, directory.path)));
}

/** The first symbolic link of a path that is in the workspace; undefined if there is none. */
export async function linkInWorkspace(way: Way, workspace: string): Promise<Step | undefined> {
  const inside = await stepsIn(way, [workspace]);
  return inside.find(({ stats }) => stats.isSymbolicLink());
}

/**
 * The path to a file that an input names. The workflow may name any path, but a link in the workspace that leads out of
 * it may come from a pull request.
 * @throws GateError `input` if such a link leads out of the workspace
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
    nextStep: `The symbolic link ${link.path} leads there. Put the file itself into the repository, or use its own path.`,
  });
}

/**
 * A file that an input names, for another program to read.
 * @returns its path without links; undefined if it does not exist, which the other program reports
 * @throws GateError `input` if a link in the workspace leads out of it, and for a file that is not regular or too large
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
    nextStep: `Set ${input} to the path of the file.`,
  });
}

/**
 * Reads a file. Of a larger file, it reads `mostBytes` plus one byte.
 * @param real without links: a file that was replaced by a link or a pipe since is not read
 * @throws Error for what is not a regular file
 */
export async function readRegularFile(real: string, mostBytes: number): Promise<Buffer> {
  const handle = await open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw new Error('it is not a regular file');
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
 * Creates a directory for reports, and the directories above it that do not exist.
 * @returns its path without links
 * @throws Error if a part of the path is a link in the workspace
 */
export async function directoryFor(path: string, workspace: string): Promise<string> {
  const way = await wayTo(resolve(path));
  const link = await linkInWorkspace(way, workspace);
  if (link !== undefined) {
    throw new Error(
      `${path} leads through the symbolic link ${link.path} in the workspace. Set report-directory to a path without such links`,
    );
  }
  let made = way.real;
  for (const name of way.missing) {
    made = join(made, name);
    // Fails if something with that name was created in the meantime, because it was not checked.
    await mkdir(made);
  }
  return made;
}

/**
 * Writes a file in place of an existing one: a link of that name is replaced, not followed, and other hard links to the
 * old file keep its content.
 * @param directory without links: see `directoryFor`
 */
export async function replaceFile(
  directory: string,
  name: string,
  content: string | Iterable<string>,
): Promise<void> {
  // Shorter than the names of the files, which can be almost as long as a file system allows.
  const temporary = join(directory, `.${randomUUID()}`);
  // Fails if anything of that name exists, links included.
  const file: FileHandle = await open(temporary, 'wx', 0o644);
  try {
    await file.writeFile(content).finally(() => file.close());
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
