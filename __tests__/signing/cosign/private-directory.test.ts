/** The directories of runs that were killed, and their removal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { makePrivateDirectory } from '../../../src/signing/cosign/private-directory.ts';

const MODULE = join(import.meta.dirname, '../../../src/signing/cosign/private-directory.ts');
const HOUR_MS = 3_600_000;

let temp = '';
let lines: string[] = [];
beforeEach(async () => {
  temp = await mkdtemp(join(tmpdir(), 'gate-private-'));
  lines = [];
});
afterEach(() => rm(temp, { recursive: true, force: true }));

const make = () => makePrivateDirectory({ RUNNER_TEMP: temp }, (line) => lines.push(line));

/**
 * Another process with a directory of its own, and credentials in it.
 * @param isHeard whether its parent reads its exit code; otherwise it stays a zombie
 */
async function anotherRun(isHeard = true): Promise<{ child: ChildProcess; path: string }> {
  const program = `
    const { makePrivateDirectory } = await import(${JSON.stringify(MODULE)});
    const { writeFileSync } = await import('node:fs');
    const { path } = await makePrivateDirectory({ RUNNER_TEMP: ${JSON.stringify(temp)} }, () => {});
    writeFileSync(path + '/config.json', 'secret');
    console.log(path);
    setInterval(() => {}, 1000);`;
  const args = ['--input-type=module', '--eval', program];
  const [command, ...rest] = isHeard
    ? [process.execPath, ...args]
    : ['/bin/sh', '-c', '"$0" "$@" & exec sleep 60', process.execPath, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [data] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, path: data.toString().trim() };
}

it('is accessible to this user alone, and is removed when it is closed', async () => {
  const { path, close } = await make();
  expect((await lstat(path)).mode & 0o777).toBe(0o700);
  await writeFile(join(path, 'config.json'), 'secret');
  await close();
  expect(await readdir(temp)).toEqual([]);
  expect(lines).toEqual([]);
});

it('removes the directory of a run that was killed, and logs that', async () => {
  const { child, path } = await anotherRun();
  expect(await readFile(join(path, 'config.json'), 'utf8')).toBe('secret');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { close } = await make();
  await expect(lstat(path)).rejects.toThrow(/ENOENT/);
  expect(lines).toEqual([`Removed ${path}, which was left behind by a run that was killed.`]);
  await close();
});

it('keeps the directories of running processes, including this one', async () => {
  const { path } = await anotherRun();
  const [one, two] = [await make(), await make()];
  expect(await readFile(join(path, 'config.json'), 'utf8')).toBe('secret');
  expect((await readdir(temp)).length).toBe(3);
  expect(lines).toEqual([]);
  await Promise.all([one.close(), two.close()]);
});

it.skipIf(process.platform !== 'linux')(
  'does not take another process with the same number for the run',
  async () => {
    const { path, close } = await make();
    const name = path.slice(temp.length + 1);
    await close();
    // The same process ID with another start time.
    const [pid = '', started = '', ...rest] = name.split('.');
    const old = join(temp, [pid, `${Number(started) - 1}`, ...rest].join('.'));
    await mkdir(old);
    await (await make()).close();
    await expect(lstat(old)).rejects.toThrow(/ENOENT/);
  },
);

it.skipIf(process.platform !== 'linux')(
  'does not wait until the parent of a process has read its exit code',
  async () => {
    const { path } = await anotherRun(false);
    const pid = Number(/gate-signing-(\d+)/.exec(path)?.[1]);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(
      async () => expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /),
      10_000,
    );
    await (await make()).close();
    expect(await readdir(temp)).toEqual([]);
  },
);

it.each([
  ['of a run in another container', 'gate-signing-1.1.1.abcdef'],
  ['of an earlier version', 'gate-signing-abcdef'],
  ['without a process in its name', 'gate-signing-'],
])('removes a directory that is %s once it is older than any run', async (_, name) => {
  const path = join(temp, name);
  await mkdir(path);
  const at = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
  await utimes(path, at(7), at(7));
  await (await make()).close();
  expect(await readdir(temp)).toEqual([name]);
  await utimes(path, at(13), at(13));
  await (await make()).close();
  expect(await readdir(temp)).toEqual([]);
});

it('follows no link, and keeps other names, files, and directories of other users', async () => {
  const target = join(temp, 'target');
  await mkdir(target);
  await writeFile(join(target, 'kept'), '');
  const old = new Date(Date.now() - 24 * HOUR_MS);
  await symlink(target, join(temp, 'gate-signing-1.1.1.abcdef'));
  await writeFile(join(temp, 'gate-signing-file'), '');
  await utimes(join(temp, 'gate-signing-file'), old, old);
  await mkdir(join(temp, 'gate-signature-x'));
  await utimes(join(temp, 'gate-signature-x'), old, old);
  // A link in a removed directory is removed, but not its target.
  const abandoned = join(temp, 'gate-signing-2.2.2.abcdef');
  await mkdir(abandoned);
  await symlink(target, join(abandoned, 'link'));
  await utimes(abandoned, old, old);
  const kept = ['gate-signature-x', 'gate-signing-1.1.1.abcdef', 'gate-signing-file', 'target'];
  if (process.getuid?.() === 0) {
    const { chown } = await import('node:fs/promises');
    const foreign = join(temp, 'gate-signing-3.3.3.abcdef');
    await mkdir(foreign);
    await chown(foreign, 12_345, 12_345);
    await utimes(foreign, old, old);
    kept.push('gate-signing-3.3.3.abcdef');
  }
  await (await make()).close();
  expect((await readdir(temp)).sort()).toEqual(kept.sort());
  expect(await readdir(target)).toEqual(['kept']);
});

it('names the parent directory if none can be created', async () => {
  await expect(makePrivateDirectory({ RUNNER_TEMP: '/dev/null/x' }, () => {})).rejects.toMatchObject({
    code: 'signing',
    message: expect.stringContaining('A private directory could not be created in /dev/null/x'),
    nextStep: 'Make the directory RUNNER_TEMP writable for this step.',
  });
});

it('adds one listener to the process for all directories, and removes it with the last one', async () => {
  const before = process.listenerCount('exit');
  const made = [];
  for (let at = 0; at < 8; at += 1) made.push(await make());
  expect(process.listenerCount('exit')).toBe(before + 1);
  for (const directory of made) await directory.close();
  expect(process.listenerCount('exit')).toBe(before);
  expect(await readdir(temp)).toEqual([]);
});
