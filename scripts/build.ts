/**
 * Builds dist/: TypeScript's compiler emits JavaScript to lib/, and ncc bundles it. It leaves out modules that are not used, and
 * minifies nothing, so that dist/ can be read. The result depends only on the sources and the lock file, so CI compares it byte
 * for byte. It needs packages in node_modules itself: the bundler names chunks and modules by their paths, so that behind a
 * symbolic link they get others.
 */
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Bundle, bundle } from './bundle.ts';

const root = join(import.meta.dirname, '..');
const out = resolve(process.argv[2] ?? join(root, 'dist'));
const lib = join(root, 'lib');

/** The conditions of `exports` that apply. ncc does not apply `module`. */
const CONDITIONS: ReadonlySet<string> = new Set(['module', 'import', 'node', 'default']);

/**
 * The ES modules of packages of the SDK that have several entries, as `paths` of a tsconfig.json. ncc would use their CommonJS
 * modules, of which nothing can be left out.
 */
function pathsOfSdk(): Record<string, string[]> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const paths: Record<string, string[]> = {};
  for (const scope of ['@aws-sdk', '@smithy']) {
    for (const name of readdirSync(join(root, 'node_modules', scope)).map((base) => `${scope}/${base}`)) {
      const directory = join(root, 'node_modules', name);
      const { exports = {} } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
      for (const [entry, targets] of Object.entries<Record<string, unknown>>(exports)) {
        const [, target] = Object.entries(targets).find(([condition]) => CONDITIONS.has(condition)) ?? [];
        if (typeof target === 'string') paths[name + entry.slice(1)] = [join(directory, target)];
      }
      // Paths apply to all who import the package, whichever version they need.
      const installed = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`));
      if (installed.length > 1)
        throw new Error(`${name} is installed more than once: ${installed.join(', ')}`);
    }
  }
  return paths;
}

function write({ files }: Bundle, directory: string): void {
  for (const [name, text] of files) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** The licenses of the packages that files are of. ncc's own list has only those of one chunk. */
function licensesOf(files: readonly string[]): string {
  const directories = new Map<string, string>();
  for (const file of files) {
    const [directory, name] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
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

if (lstatSync(join(root, 'node_modules')).isSymbolicLink()) {
  console.warn('node_modules is a symbolic link: do not commit this build, its chunks have other names.');
}
for (const directory of [lib, out]) rmSync(directory, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
writeFileSync(
  join(lib, 'tsconfig.json'),
  JSON.stringify({ compilerOptions: { baseUrl: '.', paths: pathsOfSdk() } }),
);
process.chdir(lib);
const actions = await bundle(join(lib, 'main.js'), 'main.js');
write(actions, out);
writeFileSync(join(out, 'licenses.txt'), licensesOf(actions.sources));
// Each action has its own entry and shares all other files.
for (const entry of ['index.js', 'verify.js', 'audit.js']) {
  writeFileSync(join(out, entry), readFileSync(join(lib, entry)));
}
// The thread of the watchdog is started from a file that needs no others.
write(await bundle(join(lib, 'watchdog', 'thread.js'), 'index.js'), join(out, 'watchdog'));
