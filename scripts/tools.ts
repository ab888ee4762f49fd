/**
 * The programs that demo, tests and CI need beside Node: cosign, and CI's own (act, actionlint, the OCI
 * conformance suite). Found, downloaded or built once, into a folder git ignores.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import {
  COSIGN_CHECKSUMS,
  COSIGN_VERSION,
  cosignAsset,
  isSupported,
  parseVersion,
} from '../src/signing/release.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'tools');

const CONNECT_TIMEOUT_MS = 10_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;
const LOCK_STALE_MS = 30 * 60_000;

export interface Tool {
  readonly path: string;
  readonly version: string;
  /** Where it came from, in words. */
  readonly how: string;
}

type Log = (line: string) => void;

/**
 * The real cosign: from PATH if new enough, else cached, else downloaded by its pinned SHA-256, else built
 * from tools/go.mod.
 * @throws Error saying what was tried and what to install
 */
export async function ensureCosign(log: Log = () => {}): Promise<Tool> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(directory, 'cosign');
    const version = directory !== '' && existsSync(path) ? await versionOf(path) : undefined;
    if (version !== undefined && isSupported(version)) return { path, version, how: 'from PATH' };
  }
  const path = join(cache, `cosign-${COSIGN_VERSION}`, 'cosign');
  const cached: Tool = { path, version: COSIGN_VERSION, how: 'cached' };
  if (existsSync(path)) return cached;
  return locked(path, async () => {
    if (existsSync(path)) return cached;
    const tried: string[] = [];
    for (const [how, attempt] of [
      ['downloaded', () => downloadCosign(path, log)],
      [
        'built from source',
        () => build('tools', 'github.com/sigstore/cosign/v3/cmd/cosign', path, 'four minutes', log),
      ],
    ] as const) {
      try {
        await attempt();
        return { path, version: COSIGN_VERSION, how };
      } catch (error) {
        if (error instanceof WrongChecksum) throw error;
        tried.push(`${how}: ${error instanceof Error ? error.message : error}`);
      }
    }
    throw new Error(
      `cosign cannot be had on this machine. Not on PATH in a version that is new enough (3.0.6, or 2.6.4 in 2.x); not ${tried.join('; not ')}. Install cosign, or Go 1.26 or newer.`,
    );
  });
}

const CI_TOOLS = {
  act: { module: 'github.com/nektos/act', package: 'github.com/nektos/act', takes: 'a minute' },
  actionlint: {
    module: 'github.com/rhysd/actionlint',
    package: 'github.com/rhysd/actionlint/cmd/actionlint',
    takes: 'half a minute',
  },
  conformance: {
    module: 'github.com/opencontainers/distribution-spec/conformance',
    package: 'github.com/opencontainers/distribution-spec/conformance',
    takes: 'half a minute',
  },
} as const;

/**
 * One of CI's programs, built from tools/ci/go.mod.
 * @throws Error when it cannot be built
 */
export async function ensureGoTool(name: keyof typeof CI_TOOLS, log: Log = () => {}): Promise<Tool> {
  const tool = CI_TOOLS[name];
  const modules = await readFile(join(root, 'tools', 'ci', 'go.mod'), 'utf8');
  const version = modules
    .split('\n')
    .find((line) => line.trim().startsWith(`${tool.module} v`))
    ?.trim()
    .split(' ')[1];
  if (version === undefined) throw new Error(`tools/ci/go.mod does not name ${tool.module}`);
  const path = join(cache, `${name}-${version}`, name);
  if (existsSync(path)) return { path, version, how: 'cached' };
  return locked(path, async () => {
    if (existsSync(path)) return { path, version, how: 'cached' };
    await build(join('tools', 'ci'), tool.package, path, tool.takes, log);
    return { path, version, how: 'built from source' };
  });
}

async function versionOf(path: string): Promise<string | undefined> {
  try {
    return parseVersion((await run(path, ['version', '--json'], { timeout: 30_000 })).stdout);
  } catch {
    return undefined;
  }
}

class WrongChecksum extends Error {}

async function downloadCosign(path: string, log: Log): Promise<void> {
  const asset = cosignAsset(process.platform, process.arch);
  const expected = asset === undefined ? undefined : COSIGN_CHECKSUMS[asset];
  if (asset === undefined || expected === undefined)
    throw new Error(`there is no release for ${process.platform} ${process.arch}`);
  const url = `https://github.com/sigstore/cosign/releases/download/${COSIGN_VERSION}/${asset}`;
  log(`downloading cosign ${COSIGN_VERSION}`);
  const connected = new AbortController();
  const timer = setTimeout(() => connected.abort(new Error('no answer')), CONNECT_TIMEOUT_MS);
  const response = await fetch(url, {
    signal: AbortSignal.any([connected.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)]),
  });
  clearTimeout(timer);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expected)
    throw new WrongChecksum(`the download of ${asset} has SHA-256 ${actual}, expected ${expected}`);
  const part = `${path}.${process.pid}`;
  await writeFile(part, bytes);
  await chmod(part, 0o755);
  await rename(part, path);
}

async function build(directory: string, what: string, path: string, takes: string, log: Log): Promise<void> {
  log(`building ${what} from source: about ${takes}, once`);
  const part = `${path}.${process.pid}`;
  await run('go', ['build', '-trimpath', '-o', part, what], {
    cwd: join(root, directory),
    maxBuffer: 64 * 1024 * 1024,
  });
  await rename(part, path);
}

/** Lets one process do the work while others wait for it; a lock that nobody can still hold is taken over. */
async function locked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${join(path, '..')}.lock`;
  await mkdir(join(path, '..'), { recursive: true });
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch {
      const age = await stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > LOCK_STALE_MS) await rm(lock, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const names =
    process.argv[2] === 'all' || process.argv[2] === undefined
      ? ['cosign', ...Object.keys(CI_TOOLS)]
      : process.argv.slice(2);
  for (const name of names) {
    const tool =
      name === 'cosign'
        ? await ensureCosign(console.error)
        : await ensureGoTool(name as keyof typeof CI_TOOLS, console.error);
    console.log(tool.path);
  }
}
