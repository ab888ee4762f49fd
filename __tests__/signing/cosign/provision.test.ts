/** Where cosign is found, and that its checksum is that of the program that is started. */
import { createHash } from 'node:crypto';
import {
  appendFile,
  chmod,
  chown,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GateError } from '../../../src/errors.ts';
import { execute } from '../../../src/signing/cosign/exec.ts';
import { type Cosign, provisionCosign } from '../../../src/signing/cosign/provision.ts';
import { parseCosignVersion } from '../../../src/signing/cosign/release.ts';

const VERSION = 'console.log(JSON.stringify({ gitVersion: "v3.1.3" }))';
const isRoot = process.getuid?.() === 0;

let directory = '';
/** RUNNER_TEMP. */
let temp = '';
let lines: string[] = [];
let found: Cosign[] = [];

beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'gate-provision-')));
  temp = join(directory, 'temp');
  await mkdir(temp);
  [lines, found] = [[], []];
});
afterEach(async () => {
  for (const cosign of found) await cosign.directory.close();
  // No file remains, whatever happened.
  expect(await readdir(temp)).toEqual([]);
  await rm(directory, { recursive: true, force: true });
});

/** A directory with a program called cosign, made of a few lines of JavaScript. */
async function withCosign(name: string, body = VERSION): Promise<string> {
  const path = join(directory, name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'cosign'), `#!${process.execPath}\n${body}\n`);
  await chmod(join(path, 'cosign'), 0o755);
  return path;
}

interface Given {
  readonly environment?: Record<string, string>;
  readonly workingDirectory?: string;
  readonly version?: string;
  readonly download?: (url: string) => Promise<string>;
}

async function provision(path: string, given: Given = {}): Promise<Cosign> {
  const cosign = await provisionCosign(parseCosignVersion(given.version ?? 'v3.0.6'), {
    environment: { PATH: path, RUNNER_TEMP: temp, ...given.environment },
    workingDirectory: given.workingDirectory,
    signal: new AbortController().signal,
    log: (line) => lines.push(line),
    download: given.download ?? (() => Promise.reject(new Error('offline'))),
  });
  found.push(cosign);
  return cosign;
}

/** Expects that no cosign is found on a PATH, and a line of the log. */
async function refused(path: string, said: string, given: Given = {}): Promise<void> {
  lines = [];
  await expect(provision(path, given)).rejects.toThrow(/offline/);
  expect(lines.join('\n')).toContain(said);
}

describe('a cosign on PATH', () => {
  it('is used if it is new enough, and logged with its checksum', async () => {
    const bin = await withCosign('bin');
    const cosign = await provision(bin);
    const sha256 = createHash('sha256')
      .update(await readFile(join(bin, 'cosign')))
      .digest('hex');
    expect(cosign).toMatchObject({ path: join(bin, 'cosign'), version: 'v3.1.3', sha256 });
    expect(lines).toEqual([`cosign v3.1.3 from PATH: ${join(bin, 'cosign')}, sha256:${sha256}`]);
  });

  it.each([
    'console.log(JSON.stringify({ gitVersion: "v3.0.5" }))',
    'console.log("garbage")',
    'process.exit(1)',
  ])('is not used if it prints %s', async (body) => {
    const bin = await withCosign('bin', body);
    await refused(bin, `Not used: ${join(bin, 'cosign')} is `);
  });

  it('is searched in the next entry if one is not used', async () => {
    const [old, bin] = [await withCosign('old', 'process.exit(1)'), await withCosign('bin')];
    expect((await provision([old, bin].join(delimiter))).path).toBe(join(bin, 'cosign'));
  });
});

describe('an entry of PATH', () => {
  it('that is relative or empty is not used, because it means the checkout', async () => {
    const bin = await withCosign('bin');
    const here = relative(process.cwd(), bin);
    await refused(
      [here, '', '.'].join(delimiter),
      `Not used: PATH entry ${JSON.stringify(here)}: it is relative`,
    );
    expect(lines.join('\n')).toContain('Not used: PATH entry "": it is relative');
    expect((await provision([here, bin].join(delimiter))).path).toBe(join(bin, 'cosign'));
  });

  it.each<[string, string, Given['environment'] | 'working directory']>([
    ['is the workspace', 'work', { GITHUB_WORKSPACE: 'work' }],
    ['is in the workspace', 'work/node_modules/.bin', { GITHUB_WORKSPACE: 'work' }],
    ['is a link into it', 'link', { GITHUB_WORKSPACE: 'work' }],
    ['leads through the workspace', 'work/out', { GITHUB_WORKSPACE: 'work' }],
    ['is in the workspace, whose path is a link', 'work/bin', { GITHUB_WORKSPACE: 'checkout' }],
    ['is reached by a link to the workspace', 'checkout/bin', { GITHUB_WORKSPACE: 'work' }],
    ['is in the directory in which the step runs', 'work/bin', 'working directory'],
  ])('that %s is not used', async (_, entry, where) => {
    await withCosign('work');
    await withCosign('work/bin');
    await withCosign('work/node_modules/.bin');
    await withCosign('safe');
    await symlink('work/bin', join(directory, 'link'));
    await symlink(join(directory, 'safe'), join(directory, 'work', 'out'));
    await symlink('work', join(directory, 'checkout'));
    const given =
      where === 'working directory'
        ? { workingDirectory: join(directory, 'work') }
        : { environment: { GITHUB_WORKSPACE: join(directory, where?.GITHUB_WORKSPACE ?? '') } };
    const path = join(directory, entry);
    await refused(path, `Not used: PATH entry ${JSON.stringify(path)}: ${join(directory, 'work')}`, given);
    expect(lines.join('\n')).toContain('is in the workspace');
  });

  it('whose cosign is a link into the workspace is not used', async () => {
    await withCosign('work/bin');
    await mkdir(join(directory, 'bin'));
    await symlink('../work/bin/cosign', join(directory, 'bin', 'cosign'));
    const bin = join(directory, 'bin');
    const given = { environment: { GITHUB_WORKSPACE: join(directory, 'work') } };
    await refused(
      bin,
      `Not used: ${join(bin, 'cosign')}: ${join(directory, 'work')} is in the workspace`,
      given,
    );
  });

  it.skipIf(process.platform === 'win32').each([
    ['everyone can write to', 'bin', 0o777],
    ['its group can write to', 'bin', 0o775],
    ['only its group can write to', 'bin', 0o725],
    ['everyone except its group can write to', 'bin', 0o757],
    ['everyone can write to, with the sticky bit', 'bin', 0o1777],
  ])('that %s is not used', async (_, name, mode) => {
    const bin = await withCosign(name);
    await chmod(bin, mode);
    await refused(bin, `other accounts can write to ${bin} (mode ${mode.toString(8)})`);
  });

  it.skipIf(process.platform === 'win32').each([0o777, 0o775])(
    'below a directory with mode %o is not used',
    async (mode) => {
      const bin = await withCosign('shared/deep/bin');
      await chmod(join(directory, 'shared'), mode);
      await refused(bin, `other accounts can write to ${join(directory, 'shared')}`);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'that is reached by a link which others may move is not used',
    async () => {
      await withCosign('safe');
      await mkdir(join(directory, 'shared'));
      await symlink('../safe', join(directory, 'shared', 'link'));
      await chmod(join(directory, 'shared'), 0o777);
      await refused(
        join(directory, 'shared', 'link'),
        `other accounts can write to ${join(directory, 'shared')}`,
      );
    },
  );

  it.skipIf(process.platform === 'win32')(
    'may lie below a directory that is sticky, as /tmp is',
    async () => {
      const bin = await withCosign('shared/bin');
      await chmod(join(directory, 'shared'), 0o1777);
      expect((await provision(bin)).path).toBe(join(bin, 'cosign'));
    },
  );

  it.skipIf(!isRoot)('that belongs to another account is not used, nor a cosign that does', async () => {
    const [bin, other] = [await withCosign('bin'), await withCosign('other')];
    await chown(bin, 12_345, 12_345);
    await chown(join(other, 'cosign'), 12_345, 12_345);
    await refused([bin, other].join(delimiter), `${bin} belongs to another account (12345)`);
    expect(lines.join('\n')).toContain(`${join(other, 'cosign')} belongs to another account (12345)`);
    // In a container job RUNNER_TEMP is the runner's, and so is the home directory.
    await chown(temp, 12_345, 12_345);
    expect((await provision(bin)).path).toBe(join(bin, 'cosign'));
    await chown(temp, 0, 0);
  });

  it.skipIf(process.platform === 'win32')(
    'whose cosign other accounts can write to is not used',
    async () => {
      const [bin, next] = [await withCosign('bin'), await withCosign('next')];
      await chmod(join(bin, 'cosign'), 0o775);
      expect((await provision([bin, next].join(delimiter))).path).toBe(join(next, 'cosign'));
      expect(lines[0]).toBe(
        `Not used: ${join(bin, 'cosign')}: other accounts can write to ${join(bin, 'cosign')} (mode 775)`,
      );
    },
  );

  it('whose cosign is a directory is not used, and a missing entry is not logged', async () => {
    const bin = join(directory, 'bin');
    await mkdir(join(bin, 'cosign'), { recursive: true });
    await refused(
      [bin, join(directory, 'none')].join(delimiter),
      `Not used: ${join(bin, 'cosign')}: it is not a regular file`,
    );
    expect(lines.join('\n')).not.toContain('none');
  });

  it('that another entry leads to as well is examined once', async () => {
    const bin = await withCosign('bin', 'process.exit(1)');
    await symlink('bin', join(directory, 'again'));
    await expect(provision([bin, join(directory, 'again'), bin].join(delimiter))).rejects.toThrow(/offline/);
    expect(lines.filter((line) => line.startsWith('Not used'))).toHaveLength(1);
  });
});

describe('the runner’s own directories', () => {
  // On GitHub-hosted runners, everyone can write to /opt and so to the tool cache; in the runner's image, to the home directory.
  it.skipIf(process.platform === 'win32').each([
    ['RUNNER_TOOL_CACHE', 'opt/hostedtoolcache', 'cosign/3.0.6/x64'],
    ['RUNNER_TEMP', 'opt/_temp', 'tools'],
    // The directory of sigstore/cosign-installer.
    ['HOME', 'opt/runner', '.cosign'],
  ])('may be writable for others, as on the runner: %s', async (name, place, below) => {
    const bin = await withCosign(join(place, below));
    for (const path of ['opt', place]) await chmod(join(directory, path), 0o777);
    await refused(bin, `other accounts can write to ${join(directory, 'opt')}`);
    const environment = { [name]: join(directory, place) };
    expect((await provision(bin, { environment })).path).toBe(join(bin, 'cosign'));
    await found.at(-1)?.directory.close();
    // Directories below them are not trusted if writable, nor is one of them as an entry itself.
    await chmod(bin, 0o777);
    await refused(bin, `other accounts can write to ${bin}`, { environment });
    await chmod(bin, 0o755);
    await refused(join(directory, place), `other accounts can write to ${join(directory, place)} (`, {
      environment,
    });
  });

  it.skipIf(process.platform === 'win32')(
    'do not make a link trusted that other accounts can replace',
    async () => {
      await withCosign('opt/cache/bin');
      await mkdir(join(directory, 'shared'));
      await symlink('../opt/cache/bin', join(directory, 'shared', 'link'));
      await chmod(join(directory, 'shared'), 0o777);
      const environment = { RUNNER_TOOL_CACHE: join(directory, 'opt', 'cache') };
      const entry = join(directory, 'shared', 'link');
      await refused(entry, `other accounts can write to ${join(directory, 'shared')}`, { environment });
    },
  );

  it('do not make the workspace trusted', async () => {
    const bin = await withCosign('runner/work/bin');
    const environment = {
      HOME: join(directory, 'runner'),
      GITHUB_WORKSPACE: join(directory, 'runner', 'work'),
    };
    await refused(bin, 'is in the workspace', { environment });
  });
});

describe('the PATH that cosign gets', () => {
  it('contains only the trusted entries, without links', async () => {
    const [bin, work, shared] = [
      await withCosign('bin'),
      await withCosign('work'),
      await withCosign('shared'),
    ];
    await chmod(shared, 0o777);
    await mkdir(join(directory, 'tools'));
    await symlink('tools', join(directory, 'link'));
    const entries = ['.', work, shared, join(directory, 'link'), join(directory, 'none'), bin];
    const cosign = await provision(entries.join(delimiter), { environment: { GITHUB_WORKSPACE: work } });
    const expected =
      process.platform === 'win32'
        ? [shared, join(directory, 'tools'), bin]
        : [join(directory, 'tools'), bin];
    expect(cosign.searchPath).toBe(expected.join(delimiter));
  });

  it('is also the PATH of the first call', async () => {
    const body = `if (process.env.PATH !== ${JSON.stringify('PLACE')}) process.exit(1); ${VERSION}`;
    const bin = await withCosign('bin');
    await withCosign('bin', body.replace('PLACE', bin));
    expect((await provision([bin, '.'].join(delimiter))).version).toBe('v3.1.3');
  });

  it('is never empty, which would mean the current directory', async () => {
    const path = join(directory, 'download');
    const bytes = 'a program';
    await writeFile(path, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const cosign = await provision('', { version: `v3.1.3@sha256:${sha256}`, download: async () => path });
    expect(cosign.searchPath).toBe(cosign.directory.path);
    expect(await readdir(cosign.directory.path)).toEqual(['cosign']);
  });
});

describe('what is started', () => {
  /** A program that is not a script. It prints a version for its first argument. */
  async function native(name: string): Promise<string> {
    const bin = join(directory, name);
    await mkdir(bin, { recursive: true });
    await copyFile('/bin/echo', join(bin, 'cosign'));
    await chmod(join(bin, 'cosign'), 0o755);
    return bin;
  }

  it.skipIf(process.platform !== 'linux')(
    'is a copy of a program that is no script, in the private directory',
    async () => {
      // It prints its arguments and no version, so it is not used, and its copy is removed.
      const bin = await native('bin');
      await refused(bin, `Not used: ${join(bin, 'cosign')} is not a cosign that prints its version`);
    },
  );

  it.skipIf(process.platform !== 'linux')('does not change when the original is replaced', async () => {
    const { ensureCosign } = await import('../../../scripts/tools.ts');
    const original = await ensureCosign(console.log).catch(() => undefined);
    if (original === undefined) return;
    const bin = join(directory, 'bin');
    await mkdir(bin);
    await copyFile(original.path, join(bin, 'cosign'));
    await chmod(join(bin, 'cosign'), 0o755);
    const cosign = await provision(bin);
    const sha256 = createHash('sha256')
      .update(await readFile(original.path))
      .digest('hex');
    expect(cosign).toMatchObject({ path: join(cosign.directory.path, 'cosign'), sha256 });
    expect(lines.at(-1)).toContain(`from PATH: ${join(bin, 'cosign')}, sha256:${sha256}`);
    expect((await lstat(cosign.directory.path)).mode & 0o777).toBe(0o700);
    expect((await lstat(cosign.path)).mode & 0o777).toBe(0o700);
    await withCosign('bin', 'console.log("another program")');
    await cosign.check();
    const options = { env: {}, timeoutMs: 20_000, signal: new AbortController().signal };
    const { stdout } = await execute(cosign.path, ['version', '--json'], options);
    expect(JSON.parse(stdout)).toMatchObject({ gitVersion: cosign.version });
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['written to', (path) => appendFile(path, '// more')],
    [
      'replaced',
      async (path) => {
        await writeFile(`${path}.new`, await readFile(path));
        await chmod(`${path}.new`, 0o755);
        await rename(`${path}.new`, path);
      },
    ],
    [
      'a link by now',
      async (path) => {
        await rename(path, `${path}.old`);
        await writeFile(`${path}.other`, '#!/bin/sh');
        await symlink(`${path}.other`, path);
      },
    ],
    ['gone', (path) => rm(path)],
    ['given another mode', (path) => chmod(path, 0o777)],
  ])('is not a script that was %s after the check', async (_, change) => {
    const bin = await withCosign('bin');
    const cosign = await provision(bin);
    await cosign.check();
    await change(join(bin, 'cosign'));
    await expect(cosign.check()).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringContaining('has changed since its checksum was logged'),
    });
  });

  it('is not a script that replaces itself at its first call', async () => {
    const body = `require('node:fs').writeFileSync(__filename, '#!/bin/sh\\nexit 0'); ${VERSION}`;
    const bin = await withCosign('bin', body);
    await writeFile(join(bin, 'package.json'), '{"type":"commonjs"}');
    const cosign = await provision(bin);
    await expect(cosign.check()).rejects.toThrow(/has changed since/);
  });
});

describe('a download', () => {
  it('that the end of the run prevents reports that end, and no other failure', async () => {
    const over = new GateError('cancelled', 'The job was cancelled.');
    await expect(provision('', { download: () => Promise.reject(over) })).rejects.toBe(over);
    await expect(provision('')).rejects.toMatchObject({
      code: 'signing',
      message: 'cosign v3.0.6 could not be downloaded: offline',
    });
  });

  it('is deleted if its checksum is wrong, and never started', async () => {
    const path = join(directory, 'downloaded');
    await writeFile(path, 'not cosign');
    await expect(provision('', { download: async () => path })).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(/SHA-256/),
    });
    await expect(lstat(path)).rejects.toThrow(/ENOENT/);
  });

  it('is accepted by the checksum of the input, and started from the private directory', async () => {
    const path = join(directory, 'own');
    await writeFile(path, 'own build');
    const wrong = `v3.1.3@sha256:${'f'.repeat(64)}`;
    await expect(provision('', { version: wrong, download: async () => path })).rejects.toThrow(/SHA-256/);
    await writeFile(path, 'own build');
    const right = createHash('sha256').update('own build').digest('hex');
    const cosign = await provision('', { version: `v3.1.3@sha256:${right}`, download: async () => path });
    expect(cosign).toMatchObject({
      version: 'v3.1.3',
      sha256: right,
      path: join(cosign.directory.path, 'cosign'),
    });
    expect(await readFile(cosign.path, 'utf8')).toBe('own build');
    expect((await lstat(cosign.path)).mode & 0o777).toBe(0o700);
    await expect(lstat(path)).rejects.toThrow(/ENOENT/);
  });
});
