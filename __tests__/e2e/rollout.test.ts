/** Runs with several images, of which some cannot be judged, verified or signed: the bundled actions, the real cosign. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Emulator } from '../../emulator/server.ts';
import type { ActionRun } from '../../scripts/runner.ts';
import { attestByHand, emulate, findCosign, keyOf, needsCosign, run, verify } from './signed.ts';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(findCosign, 900_000);

interface Entry {
  readonly digest: string | null;
  readonly verdict: string;
  readonly signed: boolean;
  readonly attested: boolean;
  readonly error?: string;
}

function results({ outputs }: ActionRun): Entry[] {
  return JSON.parse(outputs.results ?? '') as Entry[];
}

/** The images of the scenario: one passes, one is blocked, one cannot be scanned. The fourth was deleted. */
function withDeleted(emulator: Emulator): string {
  const [api = '', ...others] = emulator.images;
  return [api, api.replace('team/api:1.4.2', 'team/api:deleted'), ...others].join('\n');
}

async function policyFile(name: string, text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gate-policy-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

function signatures(emulator: Emulator, name: string): number {
  const repository = emulator.store.repositories.get(`team/${name}`);
  return [...(repository?.manifests.values() ?? [])].filter(({ bytes }) =>
    String(bytes).includes('dev.sigstore.bundle'),
  ).length;
}

describe('several images of one step', () => {
  it('each end with their own outcome in verify', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const signed = await run(emulator, { image: emulator.images[0] ?? '' });
    expect(signed.outputs.signed, signed.log).toBe('true');
    const verified = await verify(emulator, { image: withDeleted(emulator) });
    expect(verified.outputs).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
    expect(verified.exitCode).toBe(1);
    expect(results(verified)).toMatchObject([
      { verdict: 'pass', signed: true },
      { verdict: 'error', signed: false, digest: null, error: expect.stringMatching(/no image/) },
      { verdict: 'error', signed: false, error: expect.stringMatching(/signature/) },
      { verdict: 'error', signed: false, error: expect.stringMatching(/signature/) },
    ]);
    // Only images that were resolved, by digest.
    expect((verified.outputs.image ?? '').split('\n')).toHaveLength(3);
    expect(verified.outputs.image).not.toContain('deleted');
    expect(verified.summary).toContain('3 of 4 images could not be verified');
    const report = JSON.parse(await readFile(verified.outputs.report ?? '', 'utf8'));
    expect(report).toMatchObject({
      error: null,
      images: { 1: { digest: null, error: { code: 'not-found' } } },
    });
  });

  it('each end with their own outcome in the gate, which then signs none', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const [api = ''] = emulator.images;
    const image = `${api}\n${api.replace(':1.4.2', ':deleted')}`;
    const judged = await run(emulator, { image });
    expect(judged.outputs).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
    expect(results(judged)).toMatchObject([
      { verdict: 'pass', signed: false },
      { verdict: 'error', digest: null, signed: false },
    ]);
    expect(signatures(emulator, 'api')).toBe(0);
  });
});

describe('sign: each', () => {
  it('signs the images that passed, and no other', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const judged = await run(emulator, { image: withDeleted(emulator), sign: 'each' });
    expect(judged.exitCode).toBe(1);
    expect(judged.outputs).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
    expect(results(judged), judged.log).toMatchObject([
      { verdict: 'pass', signed: true, attested: true },
      { verdict: 'error', signed: false, attested: false, digest: null },
      { verdict: 'block', signed: false, attested: false },
      { verdict: 'error', signed: false, attested: false },
    ]);
    expect(['api', 'worker', 'tools'].map((name) => signatures(emulator, name) > 0)).toEqual([
      true,
      false,
      false,
    ]);
    expect(judged.summary).toContain('Signed and verified: 1 of 4 images');
    expect(judged.summary).toMatch(/Not signed: .*team\/worker/);
    expect(judged.log).toMatch(/Not signed: \S+team\/worker@sha256/);
    const verified = await verify(emulator, { image: emulator.images[0] ?? '', 'max-attestation-age': '1h' });
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });

  it('signs no image whose verdict was revoked, and the others', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const [api = '', worker = ''] = emulator.images;
    const uri = `${api.replace(/:[^:]+$/, '')}@${emulator.digests.get('api')}`;
    const revoked = { verificationResult: 'FAILED', resourceUri: `oci://${uri.split('@')[0]}` };
    await attestByHand(emulator, revoked, { image: uri });
    const before = signatures(emulator, 'api');
    // Without a threshold, both pass.
    const image = `${api}\n${worker}`;
    const judged = await run(emulator, { image, sign: 'each', 'fail-on': 'none' });
    expect(judged.exitCode).toBe(1);
    expect(judged.outputs).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(results(judged), judged.log).toMatchObject([
      { verdict: 'error', signed: false, error: expect.stringMatching(/was revoked/) },
      { verdict: 'warn', signed: true },
    ]);
    expect(signatures(emulator, 'api')).toBe(before);
    expect(signatures(emulator, 'worker')).toBeGreaterThan(0);
  });

  it('says that signing failed where no image could be signed', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const [first, ...others] = emulator.scenario.keys ?? [];
    if (first === undefined) throw new Error('no key');
    const keys = [{ ...first, deny: ['Sign'] as const }, ...others];
    const refusing = await emulate('several-images', { keys: keys as never });
    const [api = '', worker = ''] = refusing.images;
    const judged = await run(refusing, { image: `${api}\n${worker}`, sign: 'each', 'fail-on': 'none' });
    expect(judged.outputs).toMatchObject({ verdict: 'error', signed: 'false', passed: 'false' });
    expect(results(judged)).toMatchObject([{ signed: false }, { signed: false }]);
    expect(judged.summary).toMatch(/Not signed<\/b>: signing with/);
    expect(judged.log).toContain(keyOf(refusing));
  });
});

describe('verify with enforce: false', () => {
  it('succeeds whatever came of the images, and counts those that did not pass', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const [api = ''] = emulator.images;
    expect((await run(emulator, { image: api })).outputs.signed).toBe('true');
    const image = withDeleted(emulator);
    const reported = await verify(emulator, { image, enforce: 'false' });
    expect(reported.exitCode, reported.log).toBe(0);
    expect(reported.outputs).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
    expect(results(reported).map(({ verdict }) => verdict)).toEqual(['pass', 'error', 'error', 'error']);
    const words = 'enforce is false: the step succeeds, although 3 of 4 images did not pass';
    expect(reported.log).toMatch(new RegExp(`^::warning title=Not enforced::${words}`, 'm'));
    expect(reported.log).not.toMatch(/^::error/m);
    expect(reported.summary).toContain(words);
    expect(reported.summary).toContain('Not verified (not enforced): 3 of 4 images');
  });

  it('fails for wrong inputs and missing permissions', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const [api = ''] = emulator.images;
    for (const inputs of [{ 'policy-digest': 'sha256:1' }, { image: 'debian:12' }, { policy: 'none.yml' }]) {
      const wrong = await verify(emulator, { image: api, enforce: 'false', ...inputs });
      expect(wrong.exitCode, wrong.log).toBe(1);
      expect(wrong.outputs).toMatchObject({ verdict: 'error', passed: 'false' });
    }
    emulator.addFault({ api: 'DescribeImages', kind: 'deny' });
    const denied = await verify(emulator, { image: api, enforce: 'false' });
    expect(denied.exitCode, denied.log).toBe(1);
  });

  it('fails where the policy does not allow it', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const policy = await policyFile('gate.yml', 'version: 1\nminimum: { enforce: true }\n');
    const [api = ''] = emulator.images;
    const refused = await verify(emulator, { image: api, enforce: 'false', policy });
    expect(refused.exitCode, refused.log).toBe(1);
    expect(refused.log).toMatch(/The policy requires enforce: true/);
  });
});
