/** The files of the checkout that the report refers to. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CheckoutFile } from '../report/report.ts';

const MAX_BYTES = 1024 * 1024;

/**
 * Reads the Dockerfile. Links in its path are resolved, because GitHub shows no annotation at a link.
 * @param path in the workspace
 * @throws Error if it is not a file of the checkout
 */
export async function readDockerfile(path: string, workspace: string): Promise<CheckoutFile> {
  const root = await realpath(workspace);
  const file = await realpath(resolve(root, path));
  const inside = relative(root, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new Error(`${path} is not in the workspace`);
  }
  const found = await stat(file);
  if (!found.isFile()) throw new Error(`${path} is not a file`);
  if (found.size > MAX_BYTES) throw new Error(`${path} has more than 1 MiB`);
  return { path: inside.split(sep).join('/'), text: await readFile(file, 'utf8') };
}
