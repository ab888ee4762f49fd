/** Runs with several images, of which some cannot be judged, verified or signed: the bundled actions, the real cosign. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Emulator } from '../../emulator/server.ts';
import type { ActionRun } from '../../scripts/runner.ts';
import { policySha256 } from '../../src/policy/canonical.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import { ATTESTED, attestByHand, emulate, findCosign, keyOf, needsCosign, run, verify } from './signed.ts';

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

  it('says that signing failed if no image could be signed', async (context) => {
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

  it('fails if the policy does not allow it', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('several-images');
    const policy = await policyFile('gate.yml', 'version: 1\nminimum: { enforce: true }\n');
    const [api = ''] = emulator.images;
    const refused = await verify(emulator, { image: api, enforce: 'false', policy });
    expect(refused.exitCode, refused.log).toBe(1);
    expect(refused.log).toMatch(/The policy requires enforce: true/);
  });
});

describe('several keys', () => {
  const both = (emulator: Emulator) => [1, 0].map((which) => keyOf(emulator, which)).join('\n');
  const at = (emulator: Emulator, minutesAgo: number) => ({
    timeVerified: new Date(emulator.now() - minutesAgo * 60_000).toISOString(),
  });

  it('any of them suffices, and the summary names the one that verified', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    expect((await run(emulator)).outputs.signed).toBe('true');
    const verified = await verify(emulator, { ...ATTESTED, 'signing-key': both(emulator) });
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    const report = JSON.parse(await readFile(verified.outputs.report ?? '', 'utf8'));
    expect(report.verification.signers).toEqual(both(emulator).split('\n'));
    expect(report.images[0].proofs.slice(0, 2)).toMatchObject([
      { kind: 'signature', state: 'proven', by: keyOf(emulator) },
      { kind: 'attestation', state: 'proven', by: keyOf(emulator) },
    ]);
    expect(verified.log).toContain(`Signature (bundle): verified, signed by ${keyOf(emulator)}`);
    // Without the key that signed, nothing is verified, and all required keys are named.
    const third = await verify(emulator, { ...ATTESTED, 'signing-key': keyOf(emulator, 1) });
    expect(third.outputs).toMatchObject({ verdict: 'error', signed: 'false' });
  });

  it('names each key and the reason if none of them signed', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const refused = await verify(emulator, { ...ATTESTED, 'signing-key': both(emulator) });
    expect(refused.outputs).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(refused.log).toContain('no valid signature by any of these signers was found');
    for (const key of both(emulator).split('\n')) expect(refused.log).toContain(`${key}: `);
  });

  it.for<[string, number, number, 'bundle' | 'legacy', 'pass' | 'error']>([
    ['the other key, older than the summary', 30, 1, 'bundle', 'error'],
    ['the other key, newer than the summary', -1, 1, 'bundle', 'error'],
    ['the other key, in the other format', 30, 1, 'legacy', 'error'],
    ['the same key, newer than the summary', -1, 0, 'bundle', 'error'],
    ['the same key, older than the summary', 30, 0, 'bundle', 'pass'],
  ])('a verdict is revoked by %s', async ([, minutesAgo, key, format, verdict], context) => {
    await needsCosign(context);
    const emulator = await emulate();
    expect((await run(emulator)).outputs.signed).toBe('true');
    const failed = { verificationResult: 'FAILED', ...at(emulator, minutesAgo) };
    await attestByHand(emulator, failed, { key, format });
    for (const keys of [both(emulator), both(emulator).split('\n').reverse().join('\n')]) {
      const verified = await verify(emulator, { ...ATTESTED, 'signing-key': keys });
      expect(verified.outputs, verified.log).toMatchObject({ verdict });
      if (verdict === 'error') expect(verified.log).toMatch(/says FAILED \(sha256:/);
      // It counts where only the signature is required as well.
      const bare = await verify(emulator, { recheck: 'false', 'signing-key': keys });
      expect(bare.outputs, bare.log).toMatchObject({ verdict });
    }
  });

  it('that are not expected neither revoke nor verify anything', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    expect((await run(emulator)).outputs.signed).toBe('true');
    await attestByHand(emulator, { verificationResult: 'FAILED', ...at(emulator, -1) }, { key: 1 });
    const verified = await verify(emulator, ATTESTED);
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass' });
  });
});

describe('several policies', () => {
  const NEW = 'version: 1\nfail-on: high\n';
  const OLD = 'version: 1\nfail-on: critical\n';
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const digestOf = (text: string) => policySha256(parsePolicy(Buffer.from(text), 'policy.yml'));

  it('are one if they say the same: a comment does not invalidate what was judged', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const COMMENTED = `# Approved by security\n${JSON.stringify({ 'fail-on': 'high', version: 1 })}\n`;
    const [judged, commented] = [await policyFile('gate.yml', NEW), await policyFile('gate.yml', COMMENTED)];
    const signed = await run(emulator, { policy: judged });
    expect(signed.outputs.signed, signed.log).toBe('true');
    expect(signed.log).toContain(`gate.yml: sha256:${digestOf(NEW)} (its file: sha256:${sha256(NEW)})`);
    const report = JSON.parse(await readFile(signed.outputs.report ?? '', 'utf8'));
    expect(report.documents.policy).toMatchObject({ policySha256: digestOf(NEW), sha256: sha256(NEW) });
    for (const inputs of [
      { policy: commented },
      { policy: commented, 'policy-digest': digestOf(NEW) },
      { policy: commented, 'policy-digest': sha256(COMMENTED) },
      { 'policy-digest': `sha256:${digestOf(COMMENTED)}` },
      { 'policy-digest': `sha256:${sha256(NEW)}` },
    ]) {
      const verified = await verify(emulator, { recheck: 'false', 'max-attestation-age': '1h', ...inputs });
      expect(verified.outputs, verified.log).toMatchObject({ passed: 'true', signed: 'true' });
    }
    // The digest of a file counts for this file alone.
    const other = await verify(emulator, { recheck: 'false', 'policy-digest': sha256(COMMENTED) });
    expect(other.outputs, other.log).toMatchObject({ passed: 'false' });
  });

  it('accepts what an earlier version attested, by the digest of the file alone', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    expect((await run(emulator, { attest: 'false' })).outputs.signed).toBe('true');
    await attestByHand(emulator, { policy: { uri: 'urn:old', digest: { sha256: sha256(NEW) } } });
    const [same, changed, weaker] = [
      await policyFile('gate.yml', NEW),
      await policyFile('gate.yml', `# a comment\n${NEW}`),
      await policyFile('gate.yml', OLD),
    ];
    for (const [inputs, passed] of [
      [{ policy: same }, 'true'],
      [{ 'policy-digest': sha256(NEW) }, 'true'],
      // What the earlier version attested does not say what the file said.
      [{ policy: changed }, 'false'],
      [{ 'policy-digest': digestOf(NEW) }, 'false'],
      [{ policy: weaker }, 'false'],
    ] as const) {
      const verified = await verify(emulator, { recheck: 'false', ...inputs });
      expect(verified.outputs, JSON.stringify(inputs) + verified.log).toMatchObject({ passed });
    }
  });

  it('an edited policy does not invalidate what was judged by the one before', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const [older, newer] = [await policyFile('old.yml', OLD), await policyFile('new.yml', NEW)];
    expect((await run(emulator, { policy: older })).outputs.signed).toBe('true');
    const alone = await verify(emulator, { policy: newer, 'max-attestation-age': '1h' });
    expect(alone.outputs).toMatchObject({ verdict: 'error' });
    // The message says what was found, what was expected, and what to do.
    expect(alone.log).toContain(
      `sha256:${digestOf(OLD)}, file sha256:${sha256(OLD)}) than sha256:${digestOf(NEW)}`,
    );
    expect(alone.log).toMatch(/Run the gate for this image again .* "Rotate keys and policies"/);
    const verified = await verify(emulator, { policy: `${newer}\n${older}`, 'max-attestation-age': '1h' });
    expect(verified.outputs, verified.log).toMatchObject({ passed: 'true', signed: 'true' });
    const report = JSON.parse(await readFile(verified.outputs.report ?? '', 'utf8'));
    expect(report.documents.policy.uri).toBe(newer);
    expect(report.settings.failOn).toBe('high');
    expect(report.verification.policies).toEqual([digestOf(NEW), digestOf(OLD)]);
    // A digest is enough for the policy before, that of the policy or that of its file.
    for (const digestsOf of [digestOf, sha256]) {
      const digests = [NEW, OLD].map(digestsOf).join('\n');
      const pinned = await verify(emulator, { policy: newer, 'policy-digest': digests });
      expect(pinned.outputs, pinned.log).toMatchObject({ passed: 'true' });
      const recheckless = await verify(emulator, { recheck: 'false', 'policy-digest': digests });
      expect(recheckless.outputs, recheckless.log).toMatchObject({ passed: 'true' });
    }
  });

  it('are judged by the first, and all of them have to be pinned if one is', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-multi-arch');
    const [older, newer] = [await policyFile('old.yml', OLD), await policyFile('new.yml', NEW)];
    expect((await run(emulator, { policy: older })).outputs.signed).toBe('true');
    // The image has a HIGH finding.
    const strict = await verify(emulator, { policy: `${newer}\n${older}` });
    expect(strict.outputs, strict.log).toMatchObject({ verdict: 'block', signed: 'true' });
    const unpinned = await verify(emulator, {
      policy: `${newer}\n${older}`,
      'policy-digest': sha256(NEW),
    });
    expect(unpinned.outputs).toMatchObject({ verdict: 'error' });
    expect(unpinned.log).toMatch(/Input policy-digest: expected the digest of the policy \S+old.yml/);
    const broken = await policyFile('broken.yml', 'version: 1\nfail-om: high\n');
    const invalid = await verify(emulator, { policy: `${older}\n${broken}` });
    expect(invalid.outputs).toMatchObject({ verdict: 'error' });
    expect(invalid.log).toContain('fail-om');
    const gate = await run(emulator, { policy: `${newer}\n${older}` });
    expect(gate.outputs).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(gate.log).toMatch(/Input policy: expected one policy file/);
  });
});
