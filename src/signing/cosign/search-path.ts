/** Which entries of PATH are trusted: directories that neither the checkout nor another account can write to. */
import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { delimiter, isAbsolute } from 'node:path';
import { isBelow, isSame, stepsIn, type Way, wayTo } from '../../files.ts';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The directory in which the step runs; it counts as part of the workspace. */
  readonly workingDirectory?: string | undefined;
}

export interface SearchPath {
  /** Trusted, without links, in the order of PATH. */
  readonly directories: readonly string[];
  readonly refused: readonly { readonly entry: string; readonly why: string }[];
}

/** The runner's own directories: an account that can write there controls the runner anyway. */
const RUNNERS_OWN = ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'HOME'] as const;

const WRITABLE_BY_OTHERS = 0o022n;
const STICKY = 0o1000n;

/**
 * The entries of PATH that are trusted, and why the others are not. An entry that does not exist is in neither list.
 */
export async function trustedSearchPath(path: string, surroundings: Surroundings): Promise<SearchPath> {
  const directories = new Set<string>();
  const refused: { entry: string; why: string }[] = [];
  for (const entry of new Set(path.split(delimiter))) {
    if (!isAbsolute(entry)) {
      // In a workflow, it is a directory of the checkout.
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
 * Why a directory or a program is not trusted; undefined if it is.
 *
 * Every directory and link on the way is checked: none may be in the workspace, and only this account, root and the
 * runner's account may be able to replace it. In a directory with the sticky bit, such as /tmp, accounts cannot replace
 * files of others. Directories above the runner's own are not checked: on GitHub-hosted runners all accounts can write to
 * /opt, and in GitHub's runner image to the home directory. On Windows the mode says nothing, so only the workspace is
 * checked.
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
    // The mode of a link has no meaning: who can replace it depends on its directory.
    if (stats.isSymbolicLink() || (stats.mode & WRITABLE_BY_OTHERS) === 0n) continue;
    const isProtected = !isTarget && stats.isDirectory() && (stats.mode & STICKY) !== 0n;
    if (!isProtected)
      return `other accounts can write to ${path} (mode ${(stats.mode & 0o7777n).toString(8)})`;
  }
  return undefined;
}

async function looksAt(path: string | undefined): Promise<BigIntStats | undefined> {
  return path === undefined || path === '' ? undefined : stat(path, { bigint: true }).catch(() => undefined);
}
