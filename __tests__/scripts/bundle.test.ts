import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/bundle.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-bundle-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

let count = 0;
/** Bundles a module, and loads the result. */
async function bundled(text: string) {
  count += 1;
  const entry = join(directory, `entry-${count}.js`);
  const result = join(directory, `result-${count}.mjs`);
  await writeFile(entry, text);
  const { files } = await bundle(entry, 'result.js');
  const code = String(files.get('result.js'));
  await writeFile(result, code);
  return { code, module: await import(result) };
}

describe('a statement that is there for its exception', () => {
  const STATEMENTS: readonly (readonly [statement: string, invalid: unknown])[] = [
    ['decodeURIComponent(text);', '%'],
    ['encodeURIComponent(text);', '\ud800'],
    ['BigInt(text);', 'no number'],
    ['String(text);', { toString: null, valueOf: null }],
    ['new RegExp(text);', '('],
    ['new URL(text);', 'no URL'],
    ['JSON.parse(text);', '{'],
    ['text.missing.member;', ''],
    ['`${text}`;', Symbol('no text')],
    ['Reflect.ownKeys(text);', 'no object'],
  ];

  it('is kept', async () => {
    const functions = STATEMENTS.map(
      ([statement]) => `(text) => { try { ${statement} return true; } catch { return false; } }`,
    );
    const { module } = await bundled(`export const accepts = [${functions.join(',\n')}];`);
    for (const [index, [statement, invalid]] of STATEMENTS.entries()) {
      expect(module.accepts[index](invalid), statement).toBe(false);
    }
  });
});

describe('modules of Node.js', () => {
  it('are not loaded with import, which would load all that they export', async () => {
    const { code, module } = await bundled(`
      import path, { sep } from 'node:path';
      import * as all from 'path';
      const loaded = await import('node:path');
      export const found = [path.sep, sep, all.sep, loaded.sep];`);
    expect(code.match(/^import .*/gm)).toEqual([expect.stringContaining('createRequire')]);
    expect(code).not.toMatch(/\bimport\(["']/);
    expect(module.found).toEqual(['/', '/', '/', '/']);
  });
});

describe('dist/', () => {
  const dist = join(import.meta.dirname, '..', '..', 'dist');
  const files = readdirSync(dist).filter((name) => name.endsWith('.js'));

  it('has the ES modules of the SDK, without unused parts', () => {
    const text = files.map((name) => readFileSync(join(dist, name), 'utf8')).join('\n');
    expect(text).toMatch(/\/@smithy\/core\/dist-es\/submodules\/protocols\//);
    expect(text.match(/\/@(aws-sdk|smithy)\/\S+\/dist-cjs\/\S+/g)).toBeNull();
    expect(text).not.toMatch(/\bclass \S*DeleteLifecyclePolicyCommand\b/);
  });

  it('has the license of each package in it', () => {
    const text = files.map((name) => readFileSync(join(dist, name), 'utf8')).join('\n');
    const packages = new Set(
      [...text.matchAll(/\/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\/\S+\.[cm]?js\b/g)].map(([, name]) => name),
    );
    expect(packages).toContain('@smithy/node-http-handler');
    const licenses = new Set(readFileSync(join(dist, 'licenses.txt'), 'utf8').split('\n'));
    expect([...packages].filter((name) => name !== undefined && !licenses.has(name))).toEqual([]);
  });
});
