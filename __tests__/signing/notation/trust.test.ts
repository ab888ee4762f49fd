import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTrust } from '../../../src/signing/notation/trust.ts';

const POLICY = {
  version: '1.0',
  trustPolicies: [
    {
      name: 'release',
      registryScopes: ['*'],
      signatureVerification: { level: 'strict' },
      trustStores: ['ca:release'],
      trustedIdentities: ['x509.subject: C=US, ST=WA, O=Acme, CN=gate'],
    },
  ],
};

let root = '';
let workspace = '';
let paths = { policy: '', store: '' };
let certificates = '';
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'gate-trust-')));
  workspace = join(root, 'workspace');
  paths = { policy: join(workspace, 'trustpolicy.json'), store: join(workspace, 'truststore') };
  certificates = join(paths.store, 'x509', 'ca', 'release');
  await mkdir(certificates, { recursive: true });
  await writeFile(paths.policy, JSON.stringify(POLICY));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('readTrust', () => {
  it('reads the policy and the certificates of the stores that it names, and no others', async () => {
    await writeFile(join(certificates, 'root.crt'), 'certificate');
    const other = join(paths.store, 'x509', 'ca', 'other');
    await mkdir(other);
    await writeFile(join(other, 'root.crt'), 'other');
    const trust = await readTrust(paths, workspace);
    expect(trust.certificates.map(({ name, bytes }) => [name, String(bytes)])).toEqual([
      ['root.crt', 'certificate'],
    ]);
  });

  it('refuses a store that does not exist or is empty, and names the directory', async () => {
    await expect(readTrust(paths, workspace)).rejects.toThrow(`${certificates} has no certificates`);
    await rm(certificates, { recursive: true });
    await expect(readTrust(paths, workspace)).rejects.toMatchObject({ code: 'input' });
    await writeFile(certificates, 'a file');
    await expect(readTrust(paths, workspace)).rejects.toMatchObject({ code: 'input' });
  });

  it('reads no file outside of the workspace through a link in it', async () => {
    const outside = join(root, 'outside.crt');
    await writeFile(outside, 'secret');
    await symlink(outside, join(certificates, 'root.crt'));
    await expect(readTrust(paths, workspace)).rejects.toThrow('is outside of the workspace');
    await rm(certificates, { recursive: true });
    const directory = join(root, 'outside');
    await mkdir(directory);
    await writeFile(join(directory, 'root.crt'), 'secret');
    await symlink(directory, certificates);
    await expect(readTrust(paths, workspace)).rejects.toThrow('is outside of the workspace');
    await rm(paths.policy);
    await symlink(outside, paths.policy);
    await expect(readTrust(paths, workspace)).rejects.toThrow('is outside of the workspace');
  });

  it('has limits, and refuses what is not a file', async () => {
    for (let index = 0; index <= 100; index += 1) await writeFile(join(certificates, `${index}.crt`), 'x');
    await expect(readTrust(paths, workspace)).rejects.toThrow('more than 100 certificates');
    await rm(certificates, { recursive: true });
    await mkdir(join(certificates, 'directory'), { recursive: true });
    await expect(readTrust(paths, workspace)).rejects.toThrow('is not a file');
    await writeFile(paths.policy, `${JSON.stringify(POLICY)}${' '.repeat(64 * 1024)}`);
    await expect(readTrust(paths, workspace)).rejects.toThrow('is too large');
    await rm(paths.policy);
    await expect(readTrust(paths, workspace)).rejects.toThrow('it does not exist');
  });

  it('says what is wrong with the policy, and what to do', async () => {
    await writeFile(paths.policy, JSON.stringify(POLICY).replace('strict', 'audit'));
    await expect(readTrust(paths, workspace)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('has the level "audit"; only strict is accepted'),
      nextStep: expect.stringContaining('docs/notation.md'),
    });
  });
});
