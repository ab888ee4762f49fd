import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, chunksOf } from '../../scripts/bundle.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-bundle-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function bundled(text: string): Promise<string> {
  const file = join(directory, 'main.js');
  await writeFile(file, text);
  const output = await bundle({ main: file }, { format: 'esm', minify: false });
  return chunksOf(output)
    .map(({ code }) => code)
    .join('\n');
}

/** Runs a bundle as a module. */
const run = (code: string) => import(`data:text/javascript,${encodeURIComponent(code)}`);

describe('a statement that is there for its exception', () => {
  const accepts = (statement: string) =>
    `export function accepts(text) { try { ${statement} return true; } catch { return false; } }`;

  it.each([
    'decodeURIComponent(text);',
    'encodeURIComponent(text);',
    'BigInt(text);',
    'String(text);',
  ])('%s is not built, because it would be removed', async (statement) => {
    await expect(bundled(accepts(statement))).rejects.toThrow('the result of this call has to be used');
  });

  it.each([
    ['new RegExp(text);', '('],
    ['new URL(text);', 'no URL'],
    ['JSON.parse(text);', '{'],
    ['return decodeURIComponent(text) !== undefined;', '%'],
    ['text.missing.member;', ''],
    ['`${text}`;', Symbol('no text')],
    ['Reflect.ownKeys(text);', 'no object'],
  ])('%s is kept', async (statement, invalid) => {
    const { accepts: isAccepted } = await run(await bundled(accepts(statement)));
    expect(isAccepted(invalid)).toBe(false);
  });
});

describe('modules of Node.js', () => {
  it.each([
    ["import { sep } from 'node:path'; export const found = sep;"],
    ["import { sep as other } from 'path'; export const found = other;"],
    ["import path from 'node:path'; export const found = path.sep;"],
    ["import * as path from 'node:path'; export const found = path.sep;"],
    ["import path, { sep } from 'node:path'; export const found = path.sep === sep ? sep : 'another';"],
    ["export const found = (await import('node:path')).sep;"],
    ["const { sep } = await import('path'); export const found = sep;"],
  ])('are not loaded with import: %s', async (text) => {
    const code = await bundled(text);
    expect(code).not.toMatch(/\bfrom ["']|\bimport\(/);
    expect((await run(code)).found).toBe('/');
  });

  it.each([
    "export { sep } from 'node:path';",
    "export * from 'node:path';",
  ])('are not built where that is not possible: %s', async (text) => {
    const code = await bundled(text).catch(() => '');
    expect(code).not.toMatch(/\bfrom ["']/);
  });
});
