/** From where programs are taken: directories that neither a checkout nor another account can have written to. */
import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { delimiter, isAbsolute } from 'node:path';
import { isBelow, isSame, stepsIn, type Way, wayTo } from '../files.ts';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The directory the step runs in, which is the checkout too; undefined where nothing was checked out. */
  readonly workingDirectory?: string | undefined;
}

export interface SearchPath {
  /** Without links, in order. */
  readonly directories: readonly string[];
  readonly refused: readonly { readonly entry: string; readonly why: string }[];
}

/** Whose directories they are: the runner's own, which whoever may write there has already taken over. */
const RUNNERS_OWN = ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'HOME'] as const;

const WRITABLE_BY_OTHERS = 0o022n;
const STICKY = 0o1000n;

/**
 * The entries of PATH that programs are taken from, and why the others are not. An entry that is not there is in
 * neither list.
 */
export async function trustedSearchPath(path: string, surroundings: Surroundings): Promise<SearchPath> {
  const directories = new Set<string>();
  const refused: { entry: string; why: string }[] = [];
  for (const entry of new Set(path.split(delimiter))) {
    if (!isAbsolute(entry)) {
      // In a workflow it means whatever the checkout holds.
      if (path !== '') refused.push({ entry, why: 'it is relative' });
      continue;
    }
    const way = await wayTo(entry).catch(() => undefined);
    if (way === undefined || way.missing.length > 0) continue;
    const why = await objectionTo(way, surroundings);
    if (why === undefined) directories.add(way.real);
    else refused.push({ entry, why });
  }
  return { directories: [...directories], refused };
}

/**
 * Why a directory or a program is not trusted; undefined where nothing is wrong with it.
 *
 * Everything on the way counts, links included: nothing may lie in the workspace, and only this account, root and the
 * runner's account may be able to put something else there. An account that may write a directory that is sticky, such
 * as /tmp, cannot replace what others have in it. What lies above the runner's own directories does not count: on
 * GitHub's own runners everybody may write /opt, and in its container image the home directory. On Windows a mode says
 * nothing, so only the workspace counts.
 */
export async function objectionTo(
  way: Way,
  { environment, workingDirectory }: Surroundings,
): Promise<string | undefined> {
  const workspaces = [environment.GITHUB_WORKSPACE, workingDirectory].filter((one) => one !== undefined);
  const [inside] = await stepsIn(
    way,
    workspaces.filter((one) => one !== ''),
  );
  if (inside !== undefined) return `${inside.path} is in the workspace`;
  if (process.getuid === undefined) return undefined;

  const own = await Promise.all(RUNNERS_OWN.map((name) => looksAt(environment[name])));
  const runners = way.steps.filter(({ stats }) => own.some((one) => one !== undefined && isSame(one, stats)));
  const [temp] = own;
  const accounts = [0n, BigInt(process.getuid()), ...(temp === undefined ? [] : [temp.uid])];
  for (const { path, stats } of way.steps) {
    const isTarget = path === way.real;
    if (!isTarget && runners.some((runner) => isBelow(runner.path, path))) continue;
    if (!accounts.includes(stats.uid)) return `${path} belongs to another account (${stats.uid})`;
    // Everybody may write a link, as far as its mode goes, and nobody can: its directory counts.
    if (stats.isSymbolicLink() || (stats.mode & WRITABLE_BY_OTHERS) === 0n) continue;
    const isProtected = !isTarget && stats.isDirectory() && (stats.mode & STICKY) !== 0n;
    if (!isProtected) return `other accounts may write ${path} (mode ${(stats.mode & 0o7777n).toString(8)})`;
  }
  return undefined;
}

async function looksAt(path: string | undefined): Promise<BigIntStats | undefined> {
  return path === undefined || path === '' ? undefined : stat(path, { bigint: true }).catch(() => undefined);
}
