/** Finds a supported cosign on PATH, or downloads one. */
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { access, constants, type FileHandle, open, rm, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { GateError, messageOf } from '../../errors.ts';
import { wayTo } from '../../files.ts';
import { type Execution, execute } from './exec.ts';
import { makePrivateDirectory, type PrivateDirectory } from './private-directory.ts';
import { COSIGN_CHECKSUMS, type CosignVersion, cosignAsset, isSupported, parseVersion } from './release.ts';
import { objectionTo, type Surroundings, trustedSearchPath } from './search-path.ts';

export interface Cosign {
  /** The program that is started. */
  readonly path: string;
  readonly version: string;
  /** The SHA-256 of the file at that path. */
  readonly sha256: string;
  /** The PATH of the program. Programs that it starts, such as a credential process, come from there. */
  readonly searchPath: string;
  /** The private directory of this run. */
  readonly directory: PrivateDirectory;
  /**
   * Has to be called before each start.
   * @throws GateError `signing` if the file was changed or replaced since its checksum was computed
   */
  check(): Promise<void>;
}

export interface ProvisionPorts extends Surroundings {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /**
   * Downloads to a file and returns its path.
   * @throws GateError if the run is over
   */
  readonly download: (url: string) => Promise<string>;
}

/** cosign has about 140 MB. */
const MOST_BYTES = 512 * 1024 * 1024;

/** A program that is searched for on PATH. */
export interface WantedProgram {
  /** Its name without a suffix such as `.exe`. */
  readonly name: string;
  /** The arguments with which it prints its version. */
  readonly versionArguments: readonly string[];
  /** The version in its output; undefined if there is none. */
  readonly parseVersion: (stdout: string) => string | undefined;
  readonly isSupported: (version: string) => boolean;
}

const COSIGN: WantedProgram = {
  name: 'cosign',
  versionArguments: ['version', '--json'],
  parseVersion,
  isSupported,
};

/**
 * Takes cosign from a trusted directory of PATH if its version is supported, or else downloads it and verifies its
 * checksum. The log has its path and checksum, because everyone who can put a program on PATH can sign with this key.
 * The program is copied into the private directory, and the copy is hashed and started, so that the checksum is that of
 * the running program. A script may need other files in its directory, so it is not copied; before each start it is
 * compared with the file that was hashed.
 * @throws GateError `signing`
 */
export async function provisionCosign(wanted: CosignVersion, ports: ProvisionPorts): Promise<Cosign> {
  const directory = await makePrivateDirectory(ports.environment, ports.log);
  try {
    const { program, searchPath } = await programOnPath(COSIGN, ports, directory.path);
    const found = program ?? (await downloadCosign(wanted, ports, directory.path));
    return { ...found, searchPath, directory };
  } catch (error) {
    await directory.close();
    throw error;
  }
}

type Program = Pick<Cosign, 'path' | 'sha256' | 'check'>;

/**
 * Looks for a supported version of a program in the trusted directories of PATH, and copies it into the private directory.
 * @returns `program`: undefined if there is none; `searchPath`: the PATH of the program
 */
export async function programOnPath(
  wanted: WantedProgram,
  ports: Omit<ProvisionPorts, 'download'>,
  directory: string,
): Promise<{ program: (Program & { version: string }) | undefined; searchPath: string }> {
  const { environment, log } = ports;
  const { directories, refused } = await trustedSearchPath(environment.PATH ?? '', ports);
  for (const { entry, why } of refused) log(`Not used: PATH entry ${JSON.stringify(entry)}: ${why}`);
  // An empty PATH would mean the current directory.
  const searchPath = directories.join(delimiter) || directory;
  const { name } = wanted;
  const file = fileName(name);
  for (const path of directories.map((one) => join(one, file))) {
    const program = await programAt(path, file, ports, directory);
    if (program === undefined) continue;
    const version = await versionOf(program, wanted, searchPath, ports);
    if (version !== undefined && wanted.isSupported(version)) {
      log(`${name} ${version} from PATH: ${path}, sha256:${program.sha256}`);
      return { program: { ...program, version }, searchPath };
    }
    log(
      `Not used: ${path} is ${version === undefined ? `not a ${name} that prints its version` : `${name} ${version}, which is not supported`}`,
    );
  }
  return { program: undefined, searchPath };
}

/** The name of a program's file. */
export function fileName(program: string): string {
  return process.platform === 'win32' ? `${program}.exe` : program;
}

/**
 * The program at a path in a trusted directory, as a copy of this name in the private directory; undefined if there is none,
 * or if it is not trusted itself.
 * @param otherwise what to do where the copy cannot be started. `refused` also copies scripts
 */
export async function programAt(
  path: string,
  name: string,
  ports: Omit<ProvisionPorts, 'download' | 'signal'>,
  directory: string,
  otherwise: 'where it is' | 'refused' = 'where it is',
): Promise<Program | undefined> {
  const isProgram = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isProgram) return undefined;
  try {
    const way = await wayTo(path);
    const why = await objectionTo(way, ports);
    if (why === undefined) return await adopt(path, join(directory, name), otherwise);
    ports.log(`Not used: ${path}: ${why}`);
  } catch (error) {
    ports.log(`Not used: ${path}: ${messageOf(error)}`);
  }
  return undefined;
}

/**
 * Copies a program to a path in the private directory. A script, or any program where the directory is mounted with noexec, is
 * used where it is.
 * @param otherwise what to do where the copy cannot be started
 * @throws Error if the program is not a regular file or is too large, and if a copy is required and cannot be started
 */
async function adopt(path: string, copy: string, otherwise: 'where it is' | 'refused'): Promise<Program> {
  const source = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await source.stat({ bigint: true });
    if (!stats.isFile()) throw new Error('it is not a regular file');
    if (stats.size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES / 1024 / 1024} MiB`);
    const { buffer } = await source.read(Buffer.alloc(2), 0, 2, 0);
    const isScript = buffer.toString('latin1') === '#!';
    if (!isScript || otherwise === 'refused') {
      await rm(copy, { force: true });
      const sha256 = await digestOf(source, await open(copy, 'wx', 0o700));
      const isProgram = await access(copy, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isProgram) return { path: copy, sha256, check: async () => {} };
      await rm(copy, { force: true });
      if (otherwise === 'refused') throw new Error(`programs in ${dirname(copy)} cannot be started`);
    }
    const sha256 = await digestOf(source);
    return {
      path,
      sha256,
      check: async () => {
        const now = await stat(path, { bigint: true }).catch(() => undefined);
        if (now !== undefined && isUnchanged(stats, now)) return;
        throw new GateError('signing', `${path} has changed since its checksum was logged.`, {
          nextStep: 'Find out what modifies the file while this step runs.',
        });
      },
    };
  } finally {
    await source.close();
  }
}

/** Whether it is the same file with the same content. Programs cannot set the time of the last change (ctime). */
function isUnchanged(before: BigIntStats, now: BigIntStats): boolean {
  return (['dev', 'ino', 'size', 'ctimeNs'] as const).every((name) => before[name] === now[name]);
}

/** Computes the SHA-256 of a file, and copies it while reading where a copy is wanted. */
async function digestOf(source: FileHandle, copy?: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  try {
    const options = { start: 0, autoClose: false, highWaterMark: 1024 * 1024 };
    for await (const chunk of source.createReadStream(options)) {
      hash.update(chunk as Buffer);
      await copy?.writeFile(chunk as Buffer);
    }
  } finally {
    await copy?.close();
  }
  return hash.digest('hex');
}

async function versionOf(
  program: Program,
  { versionArguments, parseVersion: parse }: WantedProgram,
  searchPath: string,
  { environment, signal }: Omit<ProvisionPorts, 'download'>,
): Promise<string | undefined> {
  // On Windows most programs do not start without SystemRoot.
  const { SystemRoot } = environment;
  const env = { PATH: searchPath, ...(SystemRoot === undefined ? {} : { SystemRoot }) };
  await program.check();
  const result: Execution = await execute(program.path, [...versionArguments], {
    env,
    timeoutMs: 20_000,
    signal,
  });
  return result.exitCode === 0 ? parse(result.stdout) : undefined;
}

async function downloadCosign(
  { version, sha256 }: CosignVersion,
  { download, log }: ProvisionPorts,
  directory: string,
): Promise<Program & { version: string }> {
  const asset = cosignAsset(process.platform, process.arch);
  const expected = sha256 ?? (asset === undefined ? undefined : COSIGN_CHECKSUMS[asset]);
  const install = 'Install cosign in a step before this one, for example with sigstore/cosign-installer.';
  if (asset === undefined || expected === undefined) {
    throw new GateError('signing', `There is no cosign release for ${process.platform} ${process.arch}.`, {
      nextStep: install,
    });
  }
  const url = `https://github.com/sigstore/cosign/releases/download/${version}/${asset}`;
  log(`Downloading cosign ${version}`);
  let program: Program;
  try {
    const path = await download(url);
    try {
      program = await adopt(path, join(directory, fileName(COSIGN.name)), 'refused');
    } finally {
      await rm(path, { force: true });
    }
  } catch (error) {
    if (error instanceof GateError) throw error;
    throw new GateError('signing', `cosign ${version} could not be downloaded: ${messageOf(error)}`, {
      nextStep: install,
      cause: error,
    });
  }
  if (program.sha256 !== expected) {
    throw new GateError(
      'signing',
      `The download of cosign ${version} has SHA-256 ${program.sha256}, expected ${expected}. It was deleted.`,
      {
        nextStep:
          'Do not use this download. Find out who changed it, or correct the checksum in cosign-version.',
      },
    );
  }
  log(`cosign ${version} downloaded: sha256:${program.sha256}`);
  return { ...program, version };
}
