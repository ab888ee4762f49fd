/**
 * Pins a version of cosign: `pin-cosign VERSION` verifies the checksums of the release by their signature, and every file that
 * is pinned by its checksum, and writes them. Without a version it verifies what is pinned now, and writes nothing.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  COSIGN_CHECKSUMS,
  COSIGN_VERSION,
  cosignAsset,
  isSupported,
  parseVersion,
} from '../src/signing/cosign/release.ts';
import { ensureCosign } from './tools.ts';

const run = promisify(execFile);
const RELEASES = 'https://github.com/sigstore/cosign/releases/download';
const LIST = 'cosign_checksums.txt';
/**
 * Who signs the releases of cosign. Source: sigstore/cosign, release/cloudbuild.yaml and .goreleaser.yml (`checksum-keyless`),
 * and sigstore/cosign-installer, action.yml, which verifies by the same identity.
 */
const SIGNER = [
  '--certificate-identity=keyless@projectsigstore.iam.gserviceaccount.com',
  '--certificate-oidc-issuer=https://accounts.google.com',
];

export interface Release {
  readonly version: string;
  /** The address of the directory of all releases. */
  readonly releases: string;
  /** A cosign that is trusted already. */
  readonly cosign: string;
  /** The flags of `cosign verify-blob` that name the signer. */
  readonly signer: readonly string[];
  readonly log: (line: string) => void;
}

/**
 * The SHA-256 of the release files, verified.
 * @throws Error if the signature is not valid, a file is missing, is listed twice or has another checksum, or is of another
 * version
 */
export async function verifiedChecksums({
  version,
  releases,
  cosign,
  signer,
  log,
}: Release): Promise<Record<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), 'pin-cosign-'));
  try {
    const [list, bundle] = [join(directory, LIST), join(directory, `${LIST}.sigstore.json`)];
    await writeFile(list, await fetched(`${releases}/${version}/${LIST}`));
    await writeFile(bundle, await fetched(`${releases}/${version}/${LIST}.sigstore.json`));
    await run(cosign, ['verify-blob', ...signer, `--bundle=${bundle}`, list]).catch(
      (error: { stderr?: string }) => {
        throw new Error(`The signature of ${LIST} of ${version} is not valid: ${error.stderr?.trim()}`);
      },
    );
    const listed = parseChecksums(await readFile(list, 'utf8'));
    const own = cosignAsset(process.platform, process.arch);
    const checksums: Record<string, string> = {};
    for (const asset of Object.keys(COSIGN_CHECKSUMS)) {
      const expected = listed.get(asset);
      if (expected === undefined) throw new Error(`${LIST} of ${version} does not list ${asset}.`);
      const bytes = await fetched(`${releases}/${version}/${asset}`);
      const actual = createHash('sha256').update(bytes).digest('hex');
      if (actual !== expected) {
        throw new Error(`${asset} of ${version} has SHA-256 ${actual}, but ${LIST} has ${expected}.`);
      }
      checksums[asset] = expected;
      log(`${expected}  ${asset}`);
      if (asset === own) await checkVersion(join(directory, asset), bytes, version);
    }
    if (own === undefined) throw new Error(`There is no cosign for this machine, so its version is unknown.`);
    return checksums;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Reads lines such as `HEX  cosign-linux-amd64`.
 * @throws Error for a line of another form, or a name that is listed twice
 */
export function parseChecksums(text: string): Map<string, string> {
  const result = new Map<string, string>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, checksum, name] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line) ?? [];
    if (checksum === undefined || name === undefined) {
      throw new Error(`${LIST} has a line that is no checksum: ${JSON.stringify(line)}.`);
    }
    if (result.has(name)) throw new Error(`${LIST} lists ${name} twice.`);
    result.set(name, checksum);
  }
  return result;
}

/** The signed list does not name its version: it could be that of an older release. */
async function checkVersion(path: string, bytes: Buffer, version: string): Promise<void> {
  await writeFile(path, bytes);
  await chmod(path, 0o755);
  const { stdout } = await run(path, ['version', '--json'], { timeout: 30_000 });
  const own = parseVersion(stdout);
  if (own !== version) throw new Error(`The release ${version} contains cosign ${own ?? 'of no version'}.`);
}

async function fetched(url: string): Promise<Buffer> {
  const response = await fetch(url).catch((error: Error) => {
    throw new Error(
      `${url} cannot be reached: ${error.cause instanceof Error ? error.cause.message : error.message}`,
    );
  });
  if (!response.ok) throw new Error(`${url} responded with HTTP status ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}

/** Whether a version may replace the pinned one: it is supported, and not older. */
export function isUpdate(version: string, pinned: string): boolean {
  const numbers = (text: string) => text.slice(1).split('.').map(Number);
  const [given, current] = [numbers(version), numbers(pinned)];
  const at = given.findIndex((number, index) => number !== current[index]);
  return /^v\d+\.\d+\.\d+$/.test(version) && isSupported(version) && (given[at] ?? 0) >= (current[at] ?? 0);
}

/** The source with another version and its checksums. */
export function pinned(source: string, version: string, checksums: Readonly<Record<string, string>>): string {
  const table = Object.entries(checksums)
    .map(([asset, checksum]) => `  '${asset}': '${checksum}',\n`)
    .join('');
  return source
    .replace(/^(export const COSIGN_VERSION = ').*(';)$/m, `$1${version}$2`)
    .replace(/^(export const COSIGN_CHECKSUMS: .* = \{\n)[^}]*(\};)$/m, `$1${table}$2`);
}

async function main([given]: readonly string[]): Promise<void> {
  const version = given ?? COSIGN_VERSION;
  if (!isUpdate(version, COSIGN_VERSION)) {
    throw new Error(`${version} is not a supported version that is at least ${COSIGN_VERSION}.`);
  }
  const { path: cosign } = await ensureCosign(console.error);
  const log = console.log;
  const checksums = await verifiedChecksums({ version, releases: RELEASES, cosign, signer: SIGNER, log });
  const at = (name: string) => join(import.meta.dirname, '..', name);
  const source = await readFile(at('src/signing/cosign/release.ts'), 'utf8');
  const updated = pinned(source, version, checksums);
  if (given === undefined) {
    if (updated !== source) throw new Error(`The pinned checksums are not those of ${version}.`);
    log(`The pinned checksums are those of ${version}.`);
    return;
  }
  await writeFile(at('src/signing/cosign/release.ts'), updated);
  for (const metadata of ['action.yml', 'verify/action.yml']) {
    const text = await readFile(at(metadata), 'utf8');
    await writeFile(at(metadata), text.replace(`default: ${COSIGN_VERSION}\n`, `default: ${version}\n`));
  }
  log(`Pinned cosign ${version}. CONTRIBUTING.md lists the next steps.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv.slice(2));
