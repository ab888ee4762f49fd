/**
 * Installs the other evaluator into this folder, and compares. Its licence (AGPL) is why it is no dependency of the
 * repository: it is used for development, and nothing of it is shipped.
 */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npm', ['ci'], { cwd: import.meta.dirname, stdio: 'inherit' });
if (status === 0) await import('./compare.ts');
else process.exitCode = 1;
