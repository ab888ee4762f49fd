/**
 * Provides the programs that demo, tests and CI need besides Node: cosign, notation, those of CI (act, actionlint, OpenTofu, the OCI
 * conformance suite), the admission controllers for the tests of examples/admission, and Sigstore's services for keyless signing. They
 * are found, downloaded or built once, into a directory that git ignores.
 *
 *     node scripts/tools.ts [cosign|act|actionlint|conformance|tofu|kyverno|…|all]
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  COSIGN_CHECKSUMS,
  COSIGN_VERSION,
  cosignAsset,
  isSupported,
  parseVersion,
} from '../src/signing/cosign/release.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'tools');
const suffix = process.platform === 'win32' ? '.exe' : '';

const CONNECT_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;
const LOCK_POLL_MS = 250;
const LOCK_TOUCH_MS = 2_000;
const LOCK_STALE_MS = 20_000;

export interface Tool {
  readonly path: string;
  readonly version: string;
  /** Its origin, in words. */
  readonly how: string;
}

/** Called with a description of work that takes long. */
export type Log = (line: string) => void;

/** A program that is built from a Go module of this repository, whose go.mod has its version. */
interface GoProgram {
  readonly directory: string;
  /** The module that go.mod requires. */
  readonly module: string;
  readonly package: string;
  readonly takes: string;
}

const COSIGN: GoProgram = {
  directory: 'tools',
  module: 'github.com/sigstore/cosign/v3',
  package: 'github.com/sigstore/cosign/v3/cmd/cosign',
  takes: 'four minutes',
};

const SIGSTORE = join('tools', 'sigstore');

const CI_TOOLS = {
  act: {
    directory: join('tools', 'ci'),
    module: 'github.com/nektos/act',
    package: 'github.com/nektos/act',
    takes: 'a minute',
  },
  actionlint: {
    directory: join('tools', 'ci'),
    module: 'github.com/rhysd/actionlint',
    package: 'github.com/rhysd/actionlint/cmd/actionlint',
    takes: 'half a minute',
  },
  conformance: {
    directory: join('tools', 'ci'),
    module: 'github.com/opencontainers/distribution-spec/conformance',
    package: 'github.com/opencontainers/distribution-spec/conformance',
    takes: 'half a minute',
  },
  tofu: {
    directory: join('tools', 'tofu'),
    module: 'github.com/opentofu/opentofu',
    package: 'github.com/opentofu/opentofu/cmd/tofu',
    takes: 'three minutes',
  },
  notation: {
    directory: join('tools', 'notation'),
    module: 'github.com/notaryproject/notation',
    package: 'github.com/notaryproject/notation/cmd/notation',
    takes: 'half a minute',
  },
  kyverno: {
    directory: join('tools', 'kyverno'),
    module: 'github.com/kyverno/kyverno',
    package: 'github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno',
    takes: 'four minutes',
  },
  'policy-controller': {
    directory: join('tools', 'policy-controller'),
    module: 'github.com/sigstore/policy-controller',
    package: 'github.com/sigstore/policy-controller/cmd/tester',
    takes: 'two minutes',
  },
  fulcio: {
    directory: SIGSTORE,
    module: 'github.com/sigstore/fulcio',
    package: 'github.com/sigstore/fulcio',
    takes: 'half a minute',
  },
  rekor: {
    directory: SIGSTORE,
    module: 'github.com/sigstore/rekor-tiles/v2',
    package: 'github.com/sigstore/rekor-tiles/v2/cmd/rekor-server/posix',
    takes: 'half a minute',
  },
  tesseract: {
    directory: SIGSTORE,
    module: 'github.com/transparency-dev/tesseract',
    package: 'github.com/transparency-dev/tesseract/cmd/tesseract/posix',
    takes: 'half a minute',
  },
  'timestamp-authority': {
    directory: SIGSTORE,
    module: 'github.com/sigstore/timestamp-authority/v2',
    package: 'ecr-deployment-gate/tools/sigstore/timestamp-authority',
    takes: 'half a minute',
  },
} as const satisfies Record<string, GoProgram>;

export type CiTool = keyof typeof CI_TOOLS;

/**
 * The real cosign: from PATH if its version is supported, from the cache, downloaded with its SHA-256 verified, or built from
 * source.
 * @throws Error that says what was tried and what to install; at once where a download has the wrong checksum
 */
export async function ensureCosign(log: Log = () => {}): Promise<Tool> {
  const found = await onPath();
  if (found !== undefined) return found;
  return cached('cosign', COSIGN_VERSION, log, async (path) => {
    const tried: string[] = [];
    const attempts = { downloaded: downloadCosign, 'built from source': buildCosign };
    for (const [how, attempt] of Object.entries(attempts)) {
      try {
        await attempt(path, log);
        return how;
      } catch (error) {
        if (error instanceof WrongChecksum) throw error;
        tried.push(`could not be ${how}: ${error instanceof Error ? error.message : error}`);
      }
    }
    throw new Error(
      [
        'cosign is not available on this machine:',
        '- PATH has no supported version (3.0.6 or newer, or 2.6.4 or newer in 2.x)',
        ...tried.map((line) => `- it ${line}`),
        `Install cosign ${COSIGN_VERSION}, or the version of Go that tools/go.mod requires, to build it.`,
      ].join('\n'),
    );
  });
}

/**
 * A program of CI, built from the go.mod of its directory below tools/. go.sum has the hash of every module.
 * @throws Error that says why it cannot be built
 */
export async function ensureGoTool(name: CiTool, log: Log = () => {}): Promise<Tool> {
  const program: GoProgram = CI_TOOLS[name];
  const version = await requiredVersion(program);
  return cached(name, version, log, async (path) => {
    await build(name, version, program, path, log);
    return 'built from source';
  });
}

/**
 * A program for tests that takes minutes to build. With CI=true it is built if it is missing. Otherwise, if it is missing,
 * the result is undefined, and a line says how to build it.
 * @throws Error that says why it cannot be built
 */
export async function goToolForTests(name: CiTool, log: Log = console.warn): Promise<string | undefined> {
  if (process.env.CI === 'true') return (await ensureGoTool(name, log)).path;
  const program: GoProgram = CI_TOOLS[name];
  const path = cachePath(name, await requiredVersion(program));
  if (existsSync(path)) return path;
  log(
    `Skipped: tests with ${name}. Run "npm run tools -- ${name}" once to build it; this takes about ${program.takes}.`,
  );
  return undefined;
}

async function onPath(): Promise<Tool | undefined> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(directory, `cosign${suffix}`);
    const version = directory !== '' && existsSync(path) ? await versionOf(path) : undefined;
    if (version !== undefined && isSupported(version)) return { path, version, how: 'from PATH' };
  }
  return undefined;
}

async function versionOf(path: string): Promise<string | undefined> {
  try {
    return parseVersion((await run(path, ['version', '--json'], { timeout: 30_000 })).stdout);
  } catch {
    return undefined;
  }
}

/** A download with another checksum than the pinned one. No other source is tried then. */
class WrongChecksum extends Error {}

async function downloadCosign(path: string, log: Log): Promise<void> {
  const asset = cosignAsset(process.platform, process.arch);
  const expected = asset === undefined ? undefined : COSIGN_CHECKSUMS[asset];
  if (expected === undefined) throw new Error(`there is no release for ${process.platform} ${process.arch}`);
  const url = `https://github.com/sigstore/cosign/releases/download/${COSIGN_VERSION}/${asset}`;
  log(`downloading ${url}`);
  // The time to connect is short, the time to download is long enough for a slow connection.
  const unreachable = new AbortController();
  const timer = setTimeout(() => unreachable.abort(), CONNECT_TIMEOUT_MS);
  const signal = AbortSignal.any([unreachable.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)]);
  const response = await fetch(url, { signal })
    .catch((error: Error) => {
      const cause = error.cause instanceof Error ? error.cause.message : error.message;
      throw new Error(unreachable.signal.aborted ? 'github.com does not respond' : cause);
    })
    .finally(() => clearTimeout(timer));
  if (!response.ok) throw new Error(`${url} responded with HTTP status ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expected) throw new WrongChecksum(`${url} has the SHA-256 ${actual}, not ${expected}`);
  await writeFile(path, bytes, { mode: 0o755 });
}

async function buildCosign(path: string, log: Log): Promise<void> {
  const version = await requiredVersion(COSIGN);
  if (version !== COSIGN_VERSION)
    throw new Error(`tools/go.mod has ${version}, the action has ${COSIGN_VERSION}`);
  await build('cosign', version, COSIGN, path, log);
  const built = await versionOf(path);
  if (built !== version) throw new Error(`the built program has the version ${built}`);
}

async function build(
  name: string,
  version: string,
  program: GoProgram,
  path: string,
  log: Log,
): Promise<void> {
  log(`building ${name} ${version} from source, about ${program.takes}, once`);
  const cwd = join(root, program.directory);
  await run('go', ['build', '-trimpath', '-o', path, program.package], {
    cwd,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: NodeJS.ErrnoException & { stderr?: string }) => {
    if (error.code === 'ENOENT') throw new Error('there is no go command on PATH');
    throw new Error(error.stderr?.trim().split('\n').slice(-5).join('; ') || error.message);
  });
}

async function requiredVersion({ directory, module }: GoProgram): Promise<string> {
  const lines = (await readFile(join(root, directory, 'go.mod'), 'utf8')).split('\n');
  const words = lines.map((line) =>
    line
      .replace(/^require /, '')
      .trim()
      .split(' '),
  );
  // The list of tools also names the module, without its version.
  const version = words.find(([name, version]) => name === module && version?.startsWith('v'))?.[1];
  if (version === undefined) throw new Error(`${directory}/go.mod does not require ${module}`);
  return version;
}

function cachePath(name: string, version: string): string {
  return join(cache, `${name}-${version}`, `${name}${suffix}`);
}

/**
 * The program, or a directory with one, in its place in the cache. If it is missing, it is made first.
 * @param make writes the program or directory to the path that it is given, and returns where it comes from
 */
export async function cached(
  name: string,
  version: string,
  log: Log,
  make: (path: string) => Promise<string>,
): Promise<Tool> {
  const path = cachePath(name, version);
  const there: Tool = { path, version, how: 'cached' };
  if (existsSync(path)) return there;
  await mkdir(dirname(path), { recursive: true });
  const release = await lock(`${dirname(path)}.lock`, () =>
    log(`waiting for another process that builds ${name} ${version}`),
  );
  // The program gets its name only when it is complete.
  const part = `${path}.${process.pid}`;
  try {
    if (existsSync(path)) return there;
    const how = await make(part);
    await rename(part, path);
    return { path, version, how };
  } finally {
    await rm(part, { force: true, recursive: true });
    await release();
  }
}

/**
 * Takes a lock, so that one process at a time continues. Its holder updates the time of the file, so that an abandoned lock
 * becomes old and is removed. A process ID would not suffice: it may be reused, or belong to another container.
 * @param waiting is called once if another process holds the lock
 * @returns a function that releases the lock
 */
async function lock(path: string, waiting: () => void): Promise<() => Promise<void>> {
  for (let first = true; ; first = false) {
    try {
      await writeFile(path, '', { flag: 'wx' });
      const touching = setInterval(() => {
        const now = new Date();
        // If this fails, another process may take the lock, and the program is made twice.
        utimes(path, now, now).catch(() => {});
      }, LOCK_TOUCH_MS);
      return async () => {
        clearInterval(touching);
        await rm(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const touched = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - touched > LOCK_STALE_MS) await rm(path, { force: true });
    else if (first) waiting();
    await wait(LOCK_POLL_MS);
  }
}

function isCiTool(name: string): name is CiTool {
  return Object.hasOwn(CI_TOOLS, name);
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const all = ['cosign', ...Object.keys(CI_TOOLS)];
  for (const name of asked.length === 0 || asked.includes('all') ? all : asked) {
    if (name !== 'cosign' && !isCiTool(name)) throw new Error(`there is no tool ${name}: ${all.join(', ')}`);
    const tool =
      name === 'cosign' ? await ensureCosign(console.error) : await ensureGoTool(name, console.error);
    console.log(tool.path);
  }
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
