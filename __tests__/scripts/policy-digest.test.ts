import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { policySha256 } from '../../src/policy/canonical.ts';
import { parsePolicy } from '../../src/policy/document.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/policy-digest.ts');
const print = (...files: string[]) => promisify(execFile)(process.execPath, [SCRIPT, ...files]);

it('prints the digest of each policy, and fails for a file that is not one', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'gate-digest-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const [policy, wrong] = [join(directory, 'gate.yml'), join(directory, 'wrong.yml')];
  const text = 'version: 1\nfail-on: high\n';
  await writeFile(policy, text);
  await writeFile(wrong, 'version: 1\nfail-om: high\n');
  const line = `sha256:${policySha256(parsePolicy(Buffer.from(text), 'gate.yml'))}  ${policy}\n`;
  expect((await print(policy, policy)).stdout).toBe(`${line}${line}`);
  await expect(print(wrong)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('fail-om') });
  await expect(print()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('usage') });
});
