/**
 * Builds dist/: TypeScript's own compiler emits JavaScript to lib/, which ncc bundles and minifies. The
 * bundle is a function of the sources and the lock file alone, so CI compares it byte for byte.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

rmSync(join(root, 'lib'), { recursive: true, force: true });
rmSync(out, { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
bundle('lib/main.js', out, '--license', 'licenses.txt');
renameSync(join(out, 'index.js'), join(out, MAIN));
// Each action starts by a file of its own and shares all others.
for (const entry of ['index.js', 'verify.js', 'audit.js']) {
  const text = readFileSync(join(root, 'lib', entry), 'utf8');
  writeFileSync(join(out, entry), text);
}
// A thread is started from a file of its own.
bundle('lib/watchdog/thread.js', join(out, 'watchdog'));
