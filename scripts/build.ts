/**
 * Builds dist/: TypeScript's compiler emits JavaScript to lib/, and ncc bundles it; ncc minifies the entry, but not the
 * chunks. The result depends only on the sources and the lock file, so CI compares it byte for byte. It needs packages in
 * node_modules itself: the bundler names chunks and modules by their paths, so that behind a symbolic link they get others.
 */
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const out = process.argv[2] ?? join(root, 'dist');

function run(program: string, ...args: string[]): void {
  execFileSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
}

function bundle(entry: string, directory: string, ...options: string[]): void {
  run('@vercel/ncc/dist/ncc/cli.js', 'build', entry, '--minify', ...options, '--out', directory);
}

/** The name of the bundle that the entry of each action loads. */
const MAIN = 'main.js';

if (lstatSync(join(root, 'node_modules')).isSymbolicLink()) {
  console.warn('node_modules is a symbolic link: do not commit this build, its chunks have other names.');
}
rmSync(join(root, 'lib'), { recursive: true, force: true });
rmSync(out, { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
bundle('lib/main.js', out, '--license', 'licenses.txt');
renameSync(join(out, 'index.js'), join(out, MAIN));
// Each action has its own entry and shares all other files.
for (const entry of ['index.js', 'verify.js', 'audit.js']) {
  const text = readFileSync(join(root, 'lib', entry), 'utf8');
  writeFileSync(join(out, entry), text);
}
// The thread of the watchdog is started from a separate file.
bundle('lib/watchdog/thread.js', join(out, 'watchdog'));
