import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDockerfile } from '../../src/publish/workspace.ts';

describe('readDockerfile', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'workspace-'));
    await mkdir(join(directory, 'work', 'app'), { recursive: true });
    await writeFile(join(directory, 'work', 'app', 'Dockerfile'), 'FROM a\n');
    await writeFile(join(directory, 'secret'), 'x');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const read = (path: string) => readDockerfile(path, join(directory, 'work'));

  it.each(['app/Dockerfile', './app/../app/Dockerfile'])('reads %s', async (path) => {
    expect(await read(path)).toEqual({ path: 'app/Dockerfile', text: 'FROM a\n' });
  });

  it('reads an absolute path, and names the file behind a link', async () => {
    await symlink('app/Dockerfile', join(directory, 'work', 'Dockerfile'));
    expect(await read(join(directory, 'work', 'Dockerfile'))).toMatchObject({ path: 'app/Dockerfile' });
  });

  it.each(['../secret', '/etc/passwd', '.'])('refuses %s', async (path) => {
    await expect(read(path)).rejects.toThrow(/not in the workspace/);
  });

  it('refuses a link that leads out, a directory, a large file and none', async () => {
    await symlink('../../secret', join(directory, 'work', 'app', 'link'));
    await expect(read('app/link')).rejects.toThrow(/not in the workspace/);
    await expect(read('app')).rejects.toThrow(/not a file/);
    await writeFile(join(directory, 'work', 'large'), Buffer.alloc(1024 * 1024 + 1));
    await expect(read('large')).rejects.toThrow(/more than 1 MiB/);
    await expect(read('none')).rejects.toThrow(/ENOENT/);
  });
});
