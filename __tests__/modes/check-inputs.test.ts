import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readGateInputs } from '../../src/inputs/gate.ts';
import { checkPublishingInputs } from '../../src/modes/check-inputs.ts';
import { rejection } from '../policy/errors.ts';

let workspace: string;
const warnings: string[] = [];

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'gate-inputs-'));
  warnings.length = 0;
});

afterEach(() => rm(workspace, { recursive: true, force: true }));

function check(inputs: Record<string, string>): Promise<void> {
  const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1';
  const read = readGateInputs((name) => ({ image, ...inputs })[name] ?? '');
  return checkPublishingInputs(read, { workspace, warn: (text) => void warnings.push(text) });
}

describe('the inputs that matter when the result is published', () => {
  it.each(['app/Dockerfile', './app/../app/Dockerfile', 'link'])('accept the file %s', async (dockerfile) => {
    await mkdir(join(workspace, 'app'));
    await writeFile(join(workspace, 'app/Dockerfile'), 'FROM scratch\n');
    await symlink(join(workspace, 'app/Dockerfile'), join(workspace, 'link'));
    await check({ dockerfile });
    await check({});
    expect(warnings).toEqual([]);
  });

  it.each([
    ['none/Dockerfile', 'Input dockerfile: there is no file none/Dockerfile in the workspace.'],
    ['.', 'Input dockerfile: . cannot be read: . is not in the workspace.'],
    ['directory', 'Input dockerfile: directory cannot be read: directory is not a file.'],
    [
      '/etc/hostname',
      'Input dockerfile: /etc/hostname cannot be read: /etc/hostname is not in the workspace.',
    ],
    ['link', 'Input dockerfile: link cannot be read: link is not in the workspace.'],
  ])('refuse the Dockerfile %s before the scan is waited for', async (dockerfile, message) => {
    await mkdir(join(workspace, 'directory'));
    await symlink('/etc/hostname', join(workspace, 'link'));
    const error = await rejection(check({ dockerfile }));
    expect(error).toMatchObject({ code: 'input', message });
    expect(error.nextStep).toContain('actions/checkout');
  });

  it('say that a comment needs a token', async () => {
    await check({ comment: 'always' });
    await check({ comment: 'on-failure', 'github-token': ' ' });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toBe(
      'Input github-token is empty, so no comment will be written on the pull request. Set github-token: ${{ github.token }}, or remove it to use the default.',
    );
    warnings.length = 0;
    await check({ comment: 'always', 'github-token': 'ghs_x' });
    await check({ comment: 'never' });
    expect(warnings).toEqual([]);
  });
});
