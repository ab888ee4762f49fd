import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute } from '../../../src/signing/cosign/exec.ts';
import {
  COSIGN_CHECKSUMS,
  cosignAsset,
  isSupported,
  parseCosignVersion,
  parseVersion,
  unsupportedRequest,
} from '../../../src/signing/cosign/release.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-exec-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A program made of a few lines of JavaScript. */
async function program(name: string, body: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, `#!${process.execPath}\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

function options(timeoutMs = 20_000, signal = new AbortController().signal) {
  return { env: { PATH: process.env.PATH ?? '' }, timeoutMs, signal };
}

describe('execute', () => {
  it('returns output, errors and exit code, and passes only the given environment', async () => {
    const path = await program(
      'plain',
      'console.log(process.argv.slice(2), Object.keys(process.env)); console.error("oops"); process.exit(3)',
    );
    const result = await execute(path, ['a b', '$(id)', '"q"'], options());
    expect(result).toMatchObject({ exitCode: 3, stderr: 'oops\n', timedOut: false });
    expect(result.stdout).toContain("'a b', '$(id)', '\"q\"'");
    expect(result.stdout).not.toContain('HOME');
  });

  it('ends a program that hangs, even if it ignores SIGTERM', async () => {
    const path = await program(
      'deaf',
      'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")',
    );
    const result = await execute(path, [], options(1_000));
    expect(result).toMatchObject({ exitCode: undefined, timedOut: true });
  });

  it('ends the program when the job is cancelled', async () => {
    const path = await program('slow', 'setInterval(() => {}, 1000)');
    const cancelled = new AbortController();
    setTimeout(() => cancelled.abort(), 300);
    expect(await execute(path, [], options(60_000, cancelled.signal))).toMatchObject({
      exitCode: undefined,
      timedOut: true,
    });
  });

  it('reports no success if the program is killed by a signal, is missing, or prints too much', async () => {
    const killed = await program('killed', 'process.kill(process.pid, "SIGKILL")');
    expect((await execute(killed, [], options())).exitCode).not.toBe(0);
    const missing = await execute(join(directory, 'missing'), [], options());
    expect(missing.exitCode).toBeUndefined();
    expect(missing.stderr).not.toBe('');
    const flood = await program('flood', 'setInterval(() => process.stdout.write("x".repeat(1 << 20)), 1)');
    expect((await execute(flood, [], options())).exitCode).toBeUndefined();
  });

  it('states why there is no exit code', async () => {
    const killed = await program('killed-2', 'process.kill(process.pid, "SIGKILL")');
    const dead = await execute(killed, [], options());
    expect(dead).toMatchObject({ exitCode: undefined, timedOut: false });
    expect(dead.stderr).toMatch(/SIGKILL/);
    const flood = await program('flood-2', 'setInterval(() => process.stdout.write("x".repeat(1 << 20)), 1)');
    const flooded = await execute(flood, [], options());
    expect(flooded).toMatchObject({ exitCode: undefined, timedOut: false });
    expect(flooded.stderr).toMatch(/output was too large/);
  });

  it('gives the program an empty standard input, so that it does not wait for an answer', async () => {
    const path = await program(
      'asks',
      'process.stdin.resume(); process.stdin.on("end", () => { console.log("no answer"); process.exit(4) })',
    );
    expect(await execute(path, [], options())).toMatchObject({ exitCode: 4, stdout: 'no answer\n' });
  });

  it('does not wait for pipes that another process keeps open', async () => {
    const path = await program(
      'parent',
      `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 10000)'], { stdio: 'inherit', detached: true }).unref();
setInterval(() => {}, 1000);`,
    );
    const before = performance.now();
    const result = await execute(path, [], options(1_000));
    expect(result).toMatchObject({ exitCode: undefined, timedOut: true });
    expect(performance.now() - before).toBeLessThan(8_000);
  });

  it('starts no program when no time is left', async () => {
    const path = await program('never', 'console.log("started")');
    expect(await execute(path, [], options(0))).toMatchObject({ exitCode: undefined, stdout: '' });
  });
});

describe('versions', () => {
  it.each([
    ['v3.0.6', true],
    ['v3.1.0', true],
    ['v3.0.5', false],
    ['v3.0.6-rc.1', false],
    ['v2.6.4', true],
    ['v2.6.3', false],
    ['v2.7.0', true],
    ['v1.13.6', false],
    ['v4.0.0', false],
    ['devel', false],
  ])('%s: %s', (version, supported) => {
    expect(isSupported(version)).toBe(supported);
  });

  it.each([
    ['v2.6.4', 'both', {}, /legacy signature if there is also a bundle/],
    ['v2.6.4', 'bundle', { commit: '1' }, /annotations/],
    ['v2.6.4', 'bundle', {}, undefined],
    ['v2.6.4', 'legacy', { commit: '1' }, undefined],
    ['v3.0.6', 'both', { commit: '1' }, undefined],
  ])('%s does not support %s with %o', (version, format, annotations, why) => {
    const said = unsupportedRequest(version, { format, annotations });
    if (why === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(why);
  });

  it('are read only from the output of cosign', () => {
    expect(parseVersion('{"gitVersion":"v3.0.6"}')).toBe('v3.0.6');
    for (const text of ['', 'v3.0.6', '{}', '{"gitVersion":"devel"}', 'null'])
      expect(parseVersion(text)).toBeUndefined();
  });

  it.each([
    'latest',
    'v3',
    '3.0.6',
    'v2.0.0',
    'v3.1.3',
    'v3.1.3@sha256:12',
    '',
  ])('%j cannot be downloaded', (text) => {
    expect(() => parseCosignVersion(text)).toThrow();
  });

  it.each([
    ['linux', 'x64', 'cosign-linux-amd64'],
    ['linux', 'arm64', 'cosign-linux-arm64'],
    ['linux', 'arm', 'cosign-linux-arm'],
    ['linux', 'ppc64', 'cosign-linux-ppc64le'],
    ['linux', 'riscv64', 'cosign-linux-riscv64'],
    ['linux', 's390x', 'cosign-linux-s390x'],
    ['darwin', 'x64', 'cosign-darwin-amd64'],
    ['darwin', 'arm64', 'cosign-darwin-arm64'],
    ['win32', 'x64', 'cosign-windows-amd64.exe'],
    // cosign is not released for these.
    ['win32', 'arm64', undefined],
    ['linux', 'ia32', undefined],
    ['freebsd', 'x64', undefined],
    ['sunos', 'x64', undefined],
    ['constructor', 'x64', undefined],
  ])('for %s %s are those of the file %s', (platform, architecture, asset) => {
    expect(cosignAsset(platform, architecture)).toBe(asset);
    if (asset !== undefined) expect(COSIGN_CHECKSUMS[asset]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('have a checksum for every file only once', () => {
    expect(new Set(Object.values(COSIGN_CHECKSUMS)).size).toBe(Object.keys(COSIGN_CHECKSUMS).length);
  });
});
