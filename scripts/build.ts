/**
 * Builds dist/: TypeScript's compiler emits JavaScript to lib/, and Rolldown bundles it. It leaves out what is never used, and
 * minifies nothing, so that dist/ can be read. The result depends only on the sources and the lock file, so CI compares it byte
 * for byte.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputChunk } from 'rolldown';
import { bundle, chunksOf, withoutDynamicImports } from './bundle.ts';

const root = join(import.meta.dirname, '..');
const out = process.argv[2] ?? join(root, 'dist');

const lib = (file: string) => join(root, 'lib', file);

/** The modules of which code is in chunks. */
function modulesIn(chunks: readonly OutputChunk[]): string[] {
  return chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])),
  );
}

/**
 * A chunk of its own for all that some files use, except what they load on demand: to load one file takes less time than to
 * load many.
 */
async function groupOf(name: string, priority: number, files: readonly string[]) {
  const named = Object.fromEntries(files.map((file) => [file, lib(file)]));
  const used = new Set(
    modulesIn(chunksOf(await bundle(named, { format: 'esm' }, { plugins: [withoutDynamicImports] }))),
  );
  return { name, priority, test: (id: string) => used.has(id) };
}

/** The name of the package that a module is of, without its scope; undefined for others. */
function packageOf(id = ''): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?([^/]+)/.exec(id)?.[1];
}

/** The licenses of the packages of which code is in chunks. */
function licensesOf(chunks: readonly OutputChunk[]): string {
  const directories = new Map<string, string>();
  for (const id of modulesIn(chunks)) {
    const [directory, name] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id) ?? [];
    if (directory !== undefined && name !== undefined) directories.set(name, directory);
  }
  return [...directories]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, directory]) => {
      const { license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
      if (typeof license !== 'string') throw new Error(`the package ${name} names no license`);
      const texts = readdirSync(directory)
        .filter((file) => /^(licen[cs]e|notice)\b/i.test(file))
        .sort()
        .map((file) => readFileSync(join(directory, file), 'utf8').trimEnd());
      return [name, license, ...texts, ''].join('\n');
    })
    .join('\n');
}

for (const directory of [join(root, 'lib'), out]) rmSync(directory, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
// Each action has its own entry and shares all other files.
const actions = await bundle(
  { index: lib('index.js'), verify: lib('verify.js'), audit: lib('audit.js') },
  {
    dir: out,
    format: 'esm',
    minify: false,
    minifyInternalExports: false,
    entryFileNames: '[name].js',
    // Chunks of packages would have the name of the directory of their entry.
    chunkFileNames: ({ name, moduleIds }) =>
      name === 'main'
        ? 'main.js'
        : `chunks/${(name === 'dist-es' && packageOf(moduleIds.at(-1))) || '[name]'}.js`,
    codeSplitting: {
      groups: [
        // What the gate needs before its first request, and what it loads while the answer is under way.
        await groupOf('main', 2, ['main.js', 'modes/gate.js']),
        await groupOf('judge', 1, [
          'modes/judge.js',
          'scan/first.js',
          'report/gate/report.js',
          'publish/publish.js',
        ]),
      ],
    },
  },
  { preserveEntrySignatures: false },
);
// The thread of the watchdog is started from a file that needs no others.
await bundle({ index: lib('watchdog/thread.js') }, { dir: join(out, 'watchdog'), format: 'esm' });
writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
writeFileSync(join(out, 'licenses.txt'), licensesOf(chunksOf(actions)));
