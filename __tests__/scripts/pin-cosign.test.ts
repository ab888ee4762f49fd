/** Pinning of a cosign release, with the real cosign and a server in place of GitHub's releases. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { isUpdate, parseChecksums, pinned, verifiedChecksums } from '../../scripts/pin-cosign.ts';
import { NO_SERVICES } from '../../src/signing/cosign/arguments.ts';
import { COSIGN_CHECKSUMS, COSIGN_VERSION } from '../../src/signing/cosign/release.ts';
import { findCosign, needsCosign } from '../e2e/signed.ts';

const root = join(import.meta.dirname, '../..');
const ASSETS = Object.keys(COSIGN_CHECKSUMS);
const VERSION = 'v3.9.1';

describe('parseChecksums', () => {
  const hex = 'ab'.repeat(32);
  it('reads names and checksums', () => {
    expect([...parseChecksums(`${hex}  cosign-linux-amd64\n${hex} *b.exe\n`)]).toEqual([
      ['cosign-linux-amd64', hex],
      ['b.exe', hex],
    ]);
  });

  it.each([
    ['a name that is listed twice', `${hex}  a\n${'cd'.repeat(32)}  a\n`],
    ['a short checksum', `${hex.slice(2)}  a\n`],
    ['upper case', `${hex.toUpperCase()}  a\n`],
    ['no name', `${hex}\n`],
    ['two names', `${hex}  a b\n`],
    ['a page', '<html>'],
  ])('refuses %s', (_, text) => {
    expect(() => parseChecksums(text)).toThrow(/cosign_checksums\.txt/);
  });
});

it.each([
  ['v3.0.6', 'v3.0.6', true],
  ['v3.0.7', 'v3.0.6', true],
  ['v3.1.0', 'v3.0.6', true],
  ['v3.0.5', 'v3.0.6', false],
  ['v3.0.9', 'v3.1.0', false],
  ['v2.6.4', 'v3.0.6', false],
  ['v4.0.0', 'v3.0.6', false],
  ['v3.1.0-rc.1', 'v3.0.6', false],
  ['3.1.0', 'v3.0.6', false],
  ['v3.1', 'v3.0.6', false],
])('isUpdate(%s) of %s: %s', (version, current, expected) => {
  expect(isUpdate(version, current)).toBe(expected);
});

describe('pinned', () => {
  it('replaces the version and the table, and nothing else', async () => {
    const source = await readFile(join(root, 'src/signing/cosign/release.ts'), 'utf8');
    expect(pinned(source, COSIGN_VERSION, COSIGN_CHECKSUMS)).toBe(source);
    const checksums = Object.fromEntries(ASSETS.map((asset) => [asset, '0'.repeat(64)]));
    const updated = pinned(source, VERSION, checksums);
    const back = Object.values(COSIGN_CHECKSUMS).reduce(
      (text, checksum) => text.replace('0'.repeat(64), checksum),
      updated.replace(VERSION, COSIGN_VERSION),
    );
    expect(back).toBe(source);
    expect(updated).not.toBe(source);
  });

  it.each(['action.yml', 'verify/action.yml'])('is the default of %s', async (name) => {
    const { inputs } = parse(await readFile(join(root, name), 'utf8')) as {
      inputs: Record<string, { default: string }>;
    };
    expect(inputs['cosign-version']?.default).toBe(COSIGN_VERSION);
  });
});

describe('verifiedChecksums', () => {
  beforeAll(findCosign, 900_000);

  const program = (version: string) => `#!/bin/sh\necho '{"gitVersion":"${version}"}'\n`;
  const files = (version = VERSION) =>
    Object.fromEntries(ASSETS.map((name) => [name, `${program(version)}# ${name}\n`]));
  const listOf = (assets: Readonly<Record<string, string>>) =>
    Object.entries(assets)
      .map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`)
      .join('');

  /** A release whose list is signed by a key of its own. */
  async function release(
    cosign: string,
    {
      assets,
      list = listOf(assets),
      signed = list,
    }: { assets: Record<string, string>; list?: string; signed?: string },
  ) {
    const home = await mkdtemp(join(tmpdir(), 'pin-cosign-test-'));
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    const at = (name: string) => join(home, name);
    const call = (...args: string[]) =>
      promisify(execFile)(cosign, args, {
        cwd: home,
        env: { PATH: process.env.PATH, HOME: home, COSIGN_PASSWORD: '' },
      });
    await writeFile(at('config.json'), NO_SERVICES.signingConfig);
    await writeFile(at('root.json'), NO_SERVICES.trustedRoot);
    await writeFile(at('signed'), signed);
    await call('generate-key-pair');
    const none = [`--signing-config=${at('config.json')}`];
    await call('sign-blob', '--yes', '--key=cosign.key', ...none, '--bundle=bundle.json', 'signed');
    const served: Record<string, string> = {
      ...assets,
      'cosign_checksums.txt': list,
      'cosign_checksums.txt.sigstore.json': await readFile(at('bundle.json'), 'utf8'),
    };
    const server = createServer((request, response) => {
      const text = served[request.url?.replace(`/${VERSION}/`, '') ?? ''];
      response.writeHead(text === undefined ? 404 : 200).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return verifiedChecksums({
      version: VERSION,
      releases: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      cosign,
      signer: [`--key=${at('cosign.pub')}`, `--trusted-root=${at('root.json')}`, '--insecure-ignore-tlog'],
      log: () => {},
    });
  }

  it('returns the checksums of all platforms', async (context) => {
    const cosign = await needsCosign(context);
    const assets: Record<string, string> = { ...files(), 'cosign-other': 'x' };
    const checksums = await release(cosign, { assets });
    expect(Object.keys(checksums)).toEqual(ASSETS);
    expect(checksums['cosign-linux-arm64']).toBe(
      createHash('sha256')
        .update(assets['cosign-linux-arm64'] ?? '')
        .digest('hex'),
    );
  });

  it('refuses a list that was changed after it was signed', async (context) => {
    const cosign = await needsCosign(context);
    const given = { assets: files(), signed: listOf({ ...files(), 'cosign-linux-amd64': 'x' }) };
    await expect(release(cosign, given)).rejects.toThrow(
      /The signature of cosign_checksums\.txt of v3\.9\.1 is not valid/,
    );
  });

  it('refuses a file that has another checksum than the signed list', async (context) => {
    const cosign = await needsCosign(context);
    const given = { assets: { ...files(), 'cosign-windows-amd64.exe': 'x' }, list: listOf(files()) };
    await expect(release(cosign, given)).rejects.toThrow(/cosign-windows-amd64\.exe of v3\.9\.1 has SHA-256/);
  });

  it('refuses a release without a platform', async (context) => {
    const cosign = await needsCosign(context);
    const { 'cosign-darwin-arm64': _, ...assets } = files();
    await expect(release(cosign, { assets })).rejects.toThrow(/does not list cosign-darwin-arm64/);
  });

  it('refuses an older release under a new version', async (context) => {
    const cosign = await needsCosign(context);
    await expect(release(cosign, { assets: files('v3.0.6') })).rejects.toThrow(
      /The release v3\.9\.1 contains cosign v3\.0\.6/,
    );
  });
});
