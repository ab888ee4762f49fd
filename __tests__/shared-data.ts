/** Schemas and recordings that are not part of the project: where they lie beside it, tests use them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', '..', 'shared', 'data');

/** The path of such a file; undefined where it is not there, and then a test says that it is skipped. */
export function sharedData(...names: readonly string[]): string | undefined {
  const path = join(FOLDER, ...names);
  return existsSync(path) ? path : undefined;
}
