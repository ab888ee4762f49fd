/** The commands that the actions give to verify by hand, run by a shell with the real cosign. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { attestByHand, emulate, findCosign, keyOf, needsCosign, run, shell, verify } from './signed.ts';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(findCosign, 900_000);

const COMMANDS = 'cosign-verify-commands';

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gate-by-hand-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

describe('the commands to verify by hand', () => {
  it('of a policy and annotations succeed for what was signed, and for nothing else', async (context) => {
    const cosign = await needsCosign(context);
    const emulator = await emulate('several-images');
    const [api = '', worker = ''] = emulator.images;
    const directory = await temporary();
    await writeFile(join(directory, 'gate.yml'), 'version: 1\nfail-on: critical\n');
    const env = { GITHUB_WORKSPACE: directory };
    const inputs = {
      image: `${api}\n${worker}`,
      policy: 'gate.yml',
      'signature-annotations': `by=team "a", it's $(touch x)`,
    };
    // Both images: the second one passes because nothing blocks, by a weakened policy.
    const signed = await run(emulator, { ...inputs, 'fail-on': 'none' }, { env });
    expect(signed.outputs.signed, signed.log).toBe('true');
    const commands = (signed.outputs[COMMANDS] ?? '').split('\n');
    expect(commands).toHaveLength(4);
    const sh = await shell(emulator, cosign);
    expect(await sh(commands.join('\n'))).toMatchObject({ code: 0 });
    const report = JSON.parse(await readFile(signed.outputs.report ?? '', 'utf8'));
    expect(
      report.images.flatMap((image: { signatures: object[]; verdictAttestations: object[] }) => [
        ...image.signatures,
        ...image.verdictAttestations,
      ]),
    ).toMatchObject(commands.map((command) => ({ command })));
    expect(signed.summary).toContain('Verify by hand');

    // The verify action has the same commands.
    const verified = await verify(
      emulator,
      { ...inputs, 'fail-on': 'none', policy: '', 'max-attestation-age': '1h', recheck: 'false' },
      { env },
    );
    expect(verified.outputs[COMMANDS], verified.log).toBe(signed.outputs[COMMANDS]);
    expect(verified.summary).toContain('Verify by hand');

    // Other images, keys, annotations, repositories and policies fail, and so does every image after a revocation.
    const [first = '', second = ''] = commands;
    const other = emulator.digests.get('tools') ?? '';
    for (const wrong of [
      first.replace(/sha256:[0-9a-f]{64}/, other),
      second.replace(/sha256:[0-9a-f]{64}/, other),
      commands.join('\n').replaceAll(keyOf(emulator), keyOf(emulator, 1)),
      second.replace(keyOf(emulator), keyOf(emulator, 1)),
      first.replace('it', 'It'),
      second.replace('oci://', 'oci://x'),
      second.replace(/(digest\.sha256 == ".)./, '$1x'),
    ]) {
      expect(commands).not.toContain(wrong);
      const { code, output } = await sh(wrong);
      expect([wrong, code, output]).not.toEqual([wrong, 0, output]);
    }
    const uri = /\S+@sha256:[0-9a-f]{64}/.exec(second)?.[0] ?? '';
    await attestByHand(emulator, { verificationResult: 'FAILED' }, { image: uri });
    expect((await sh(second)).code).not.toBe(0);
  });

  it.for(['legacy', 'both'])('succeed in format %s', async (format, context) => {
    const cosign = await needsCosign(context);
    const emulator = await emulate();
    const inputs = { 'signature-format': format, 'signature-annotations': 'commit=0f3c1e2' };
    const signed = await run(emulator, inputs);
    const commands = signed.outputs[COMMANDS] ?? '';
    expect(commands.split('\n'), signed.log).toHaveLength(format === 'both' ? 4 : 2);
    const sh = await shell(emulator, cosign);
    expect(await sh(commands)).toMatchObject({ code: 0 });
    const wrong = commands.replaceAll('0f3c1e2', '0f3c1e3');
    expect((await sh(wrong)).code).not.toBe(0);
    const verified = await verify(emulator, { ...inputs, 'max-attestation-age': '1h' });
    expect(verified.outputs[COMMANDS], verified.log).toBe(commands);
  });

  it('of a key file contain its public key, so that no file is needed', async (context) => {
    const cosign = await needsCosign(context);
    const emulator = await emulate();
    const directory = await temporary();
    const env = { COSIGN_PASSWORD: 'correct horse' };
    const sh = await shell(emulator, cosign, directory);
    expect((await sh('COSIGN_PASSWORD="correct horse" cosign generate-key-pair')).code).toBe(0);
    const signed = await run(emulator, { 'signing-key': join(directory, 'cosign.key') }, { env });
    const commands = signed.outputs[COMMANDS] ?? '';
    expect(commands, signed.log).not.toContain(directory);
    const elsewhere = await shell(emulator, cosign);
    expect(await elsewhere(commands)).toMatchObject({ code: 0 });
    // With the public key as a file, verify names that file.
    const verified = await verify(emulator, {
      'signing-key': join(directory, 'cosign.pub'),
      'max-attestation-age': '1h',
    });
    expect(verified.outputs[COMMANDS], verified.log).toContain(` --key=${join(directory, 'cosign.pub')} `);
    expect(await elsewhere(verified.outputs[COMMANDS] ?? 'false')).toMatchObject({ code: 0 });
  });

  it('are not given for an image that did not pass, was not signed or could not be verified', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const [api = '', worker = ''] = emulator.images;
    const each = await run(emulator, { image: `${api}\n${worker}`, sign: 'each' });
    const commands = (each.outputs[COMMANDS] ?? '').split('\n');
    expect(commands).toHaveLength(2);
    for (const command of commands) expect(command).toContain('/team/api@');
    const all = await run(emulator, { image: `${api}\n${worker}` });
    expect(all.outputs[COMMANDS]).toBe('');
    expect(all.summary).not.toContain('Verify by hand');
    const unsigned = await run(emulator, { image: api, 'signing-key': '' });
    expect(unsigned.outputs[COMMANDS]).toBe('');
    const unverified = await verify(emulator, { image: worker });
    expect(unverified.outputs).toMatchObject({ verdict: 'error', [COMMANDS]: '' });
  });
});
