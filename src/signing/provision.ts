/** Where cosign comes from. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, constants, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { GateError, messageOf } from '../errors.ts';
import { absoluteEntries, type Execution, execute } from './exec.ts';
import { COSIGN_CHECKSUMS, COSIGN_VERSION, cosignAsset, isSupported, parseVersion } from './release.ts';

/** The version to download, and the SHA-256 of its binary for this platform where it is not pinned here. */
export interface CosignVersion {
  readonly version: string;
  readonly sha256: string | undefined;
}

/**
 * Reads `v3.0.6`, whose checksums are known, or `vX.Y.Z@sha256:HEX`.
 * @throws Error saying what is wrong
 */
export function parseCosignVersion(text: string): CosignVersion {
  const match = /^(v\d+\.\d+\.\d+)(?:@sha256:([0-9a-f]{64}))?$/.exec(text);
  const [, version, sha256] = match ?? [];
  if (version === undefined) throw new Error('a version is written vX.Y.Z or vX.Y.Z@sha256:HEX');
  if (!isSupported(version))
    throw new Error('cosign has to be 3.0.6 or newer in 3.x, or 2.6.4 or newer in 2.x');
  if (version !== COSIGN_VERSION && sha256 === undefined) {
    throw new Error(`only ${COSIGN_VERSION} has a known checksum, so give one: ${version}@sha256:HEX`);
  }
  return { version, sha256 };
}

export interface Cosign {
  readonly path: string;
  readonly version: string;
  readonly sha256: string;
}

export interface ProvisionPorts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Downloads to a file and returns its path. */
  readonly download: (url: string) => Promise<string>;
}

/**
 * cosign from an absolute entry of PATH if it is new enough, else downloaded and checked. Which one it is, and its
 * checksum, go into the log: whoever can put a program on PATH can sign in our name.
 * @throws GateError `signing`
 */
export async function provisionCosign(wanted: CosignVersion, ports: ProvisionPorts): Promise<Cosign> {
  for (const path of await onPath(ports.environment.PATH ?? '')) {
    const version = await versionOf(path, ports);
    if (version !== undefined && isSupported(version)) {
      const sha256 = await sha256Of(path);
      ports.log(`cosign ${version} from PATH: ${path}, sha256:${sha256}`);
      return { path, version, sha256 };
    }
    ports.log(
      `Not used: ${path} is ${version === undefined ? 'no cosign that tells its version' : `cosign ${version}, which is not supported`}`,
    );
  }
  return downloadCosign(wanted, ports);
}

async function onPath(path: string): Promise<string[]> {
  const name = process.platform === 'win32' ? 'cosign.exe' : 'cosign';
  const found: string[] = [];
  for (const directory of absoluteEntries(path)) {
    const candidate = join(directory, name);
    await access(candidate, constants.X_OK).then(
      () => found.push(candidate),
      () => undefined,
    );
  }
  return found;
}

async function versionOf(path: string, { environment, signal }: ProvisionPorts): Promise<string | undefined> {
  // Windows starts next to nothing without SystemRoot.
  const { PATH = '', SystemRoot } = environment;
  const env = {
    PATH: absoluteEntries(PATH).join(delimiter),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
  };
  const result: Execution = await execute(path, ['version', '--json'], { env, timeoutMs: 20_000, signal });
  return result.exitCode === 0 ? parseVersion(result.stdout) : undefined;
}

async function downloadCosign(
  { version, sha256 }: CosignVersion,
  { download, log }: ProvisionPorts,
): Promise<Cosign> {
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
  let path: string;
  try {
    path = await download(url);
  } catch (error) {
    throw new GateError('signing', `cosign ${version} could not be downloaded: ${messageOf(error)}`, {
      nextStep: install,
      cause: error,
    });
  }
  const actual = await sha256Of(path);
  if (actual !== expected) {
    await rm(path, { force: true });
    throw new GateError(
      'signing',
      `The download of cosign ${version} has SHA-256 ${actual}, expected ${expected}. It was deleted.`,
      {
        nextStep:
          'Do not use this download. Find out who changed it, or correct the checksum in cosign-version.',
      },
    );
  }
  if (process.platform === 'win32' && !path.endsWith('.exe')) {
    // Windows runs a file by the ending of its name.
    await rename(path, `${path}.exe`);
    path = `${path}.exe`;
  }
  await chmod(path, 0o755);
  log(`cosign ${version} downloaded: sha256:${actual}`);
  return { path, version, sha256: actual };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
