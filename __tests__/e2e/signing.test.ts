/** Signing with the real cosign, which reaches the emulated registry and KMS under their real host names. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { Scenario } from '../../emulator/scenario.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type ActionRun, runAction } from '../../scripts/runner.ts';
import { verifySignatures } from '../../scripts/verify.ts';
import { findCosign, needsCosign as realCosign } from './signed.ts';

let cosign = '';
beforeAll(findCosign, 900_000);

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function needsCosign(context: TestContext): Promise<void> {
  cosign = await realCosign(context);
}

function named(name: string, overrides: Partial<Scenario> = {}): Scenario {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return { ...scenario, keys: scenarios['pass-multi-arch']?.keys ?? [], ...overrides };
}

async function emulate(scenario: Scenario): Promise<Emulator> {
  const emulator = await startEmulator(scenario);
  cleanups.push(() => emulator.close());
  return emulator;
}

function keyOf(emulator: Emulator): string {
  const [key] = emulator.scenario.keys ?? [];
  return emulator.kms.arn(key?.id ?? '');
}

async function sign(
  emulator: Emulator,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<ActionRun> {
  const run = await runAction({
    inputs: {
      image: emulator.images.join('\n'),
      ...emulator.scenario.inputs,
      'signing-key': keyOf(emulator),
      // These tests are about signatures; an attestation is another call of KMS.
      attest: 'false',
      ...inputs,
    },
    env: { ...emulator.env(), PATH: [dirname(cosign), process.env.PATH].join(delimiter), ...env },
  });
  cleanups.push(() => run.clean());
  // Any host other than the registry and KMS could receive published or leaked data.
  expect(emulator.foreign).toEqual([]);
  // No credentials stay behind.
  expect(
    readdirSync(run.temp).filter((name) => !/^(output|summary\.md|ecr-deployment-gate-)/.test(name)),
  ).toEqual([]);
  return run;
}

const signatures = (emulator: Emulator) => emulator.calls.filter(({ api }) => api === 'Sign').length;

describe('signing', () => {
  it('signs images that passed, verifies the signatures, and does not sign twice', async (context) => {
    await needsCosign(context);
    const emulator = await emulate(named('pass-multi-arch'));
    const first = await sign(emulator);
    expect(first.outputs, first.log).toMatchObject({ signed: 'true', passed: 'true' });
    await verifySignatures(emulator, emulator.scenario, [first.outputs.image ?? ''], cosign);
    const made = signatures(emulator);
    expect(made).toBe(1);
    const second = await sign(emulator);
    expect(second.outputs.signed).toBe('true');
    expect(second.log).toMatch(/Already signed/);
    expect(signatures(emulator)).toBe(made);
  });

  it('signs every platform by its digest if requested', async (context) => {
    await needsCosign(context);
    const emulator = await emulate(named('pass-multi-arch'));
    const run = await sign(emulator, { 'sign-platforms': 'true' });
    expect(run.outputs.signed, run.log).toBe('true');
    expect(signatures(emulator)).toBe(3);
    const report = JSON.parse(await readFile(run.outputs.report ?? '', 'utf8'));
    const [repository] = (run.outputs.image ?? '').split('@');
    const digests = report.images[0].platforms.map(
      ({ digest }: { digest: string }) => `${repository}@${digest}`,
    );
    await verifySignatures(emulator, emulator.scenario, digests, cosign);
  });

  it.for(['legacy', 'both'])('signs in format %s, on immutable tags too', async (format, context) => {
    await needsCosign(context);
    const emulator = await emulate(named('immutable-tags'));
    const run = await sign(emulator, { 'signature-format': format });
    expect(run.outputs.signed, run.log).toBe('true');
    await verifySignatures(emulator, emulator.scenario, [run.outputs.image ?? ''], cosign, 'legacy');
    if (format === 'both')
      await verifySignatures(emulator, emulator.scenario, [run.outputs.image ?? ''], cosign);
    const again = await sign(emulator, { 'signature-format': format });
    expect(again.outputs.signed, again.log).toBe('true');
  });

  it('puts annotations into the signature', async (context) => {
    await needsCosign(context);
    const emulator = await emulate(named('pass-single'));
    const run = await sign(emulator, { 'signature-annotations': 'commit=0f3c1e2\npipeline=release' });
    expect(run.outputs.signed, run.log).toBe('true');
    // A new annotation requires a new signature.
    const other = await sign(emulator, { 'signature-annotations': 'commit=1111111' });
    expect(other.outputs.signed, other.log).toBe('true');
    expect(signatures(emulator)).toBe(2);
  });

  it('never signs a blocked image, not even with enforce: false', async (context) => {
    await needsCosign(context);
    for (const enforce of ['true', 'false']) {
      const emulator = await emulate(named('blocked'));
      const run = await sign(emulator, { enforce });
      expect(run.outputs).toMatchObject({ verdict: 'block', signed: 'false' });
      expect(signatures(emulator)).toBe(0);
    }
  });

  it('signs no image if one of several does not pass', async (context) => {
    await needsCosign(context);
    const good = named('pass-single');
    const bad = named('blocked').repositories[0]?.images[0];
    const [repository] = good.repositories;
    if (repository === undefined || bad === undefined) throw new Error('the scenarios have no images');
    const images = [...repository.images, { ...bad, name: 'bad', tag: 'bad' }];
    const emulator = await emulate({
      ...good,
      repositories: [{ ...repository, images }],
      images: [...good.images, ...good.images.map((image) => image.replace(/:[^:]+$/, ':bad'))],
    });
    const run = await sign(emulator);
    expect(run.outputs).toMatchObject({ verdict: 'block', signed: 'false' });
    expect(signatures(emulator)).toBe(0);
  });

  it.for([
    ['is refused the key', { deny: ['Sign'] }, /kms:Sign/],
    ['has a disabled key', { state: 'Disabled' }, /[Dd]isabled/],
  ] as const)('fails with its verdict and report when it %s', async ([, key, message], context) => {
    await needsCosign(context);
    const [known] = scenarios['pass-multi-arch']?.keys ?? [];
    if (known === undefined) throw new Error('no key');
    const emulator = await emulate(named('pass-single', { keys: [{ ...known, ...key }] }));
    const run = await sign(emulator);
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false' },
    });
    expect(run.log).toMatch(message);
    expect(JSON.parse(await readFile(run.outputs.report ?? '', 'utf8')).images[0].digest).toBe(
      run.outputs.digest,
    );
    expect(run.summary).toMatch(/sha256:/);
  });

  it('does not let environment variables change what cosign checks', async (context) => {
    await needsCosign(context);
    const emulator = await emulate(named('pass-single'));
    const run = await sign(
      emulator,
      {},
      { COSIGN_CHECK_CLAIMS: 'false', COSIGN_TLOG_UPLOAD: 'true', COSIGN_KEY: '/nowhere' },
    );
    expect(run.outputs.signed, run.log).toBe('true');
  });

  it('signs with a key file and its password', async (context) => {
    await needsCosign(context);
    const emulator = await emulate(named('pass-single'));
    const env = { COSIGN_PASSWORD: 'correct horse', PATH: process.env.PATH ?? '' };
    const home = await runAction({ inputs: { image: 'none' } });
    cleanups.push(() => home.clean());
    await promisify(execFile)(cosign, ['generate-key-pair'], {
      cwd: home.temp,
      env: { ...env, HOME: home.temp },
    });
    const run = await sign(
      emulator,
      { 'signing-key': `${home.temp}/cosign.key` },
      { COSIGN_PASSWORD: env.COSIGN_PASSWORD },
    );
    expect(run.outputs.signed, run.log).toBe('true');
    expect(run.log).not.toContain(env.COSIGN_PASSWORD);
    const wrong = await sign(
      emulator,
      { 'signing-key': `${home.temp}/cosign.key` },
      { COSIGN_PASSWORD: 'wrong' },
    );
    expect(wrong.outputs).toMatchObject({ signed: 'false', verdict: 'error' });
  });
});
