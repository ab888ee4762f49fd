/** Signing and verifying with the real notation, a self-made authority, and a stand-in for the plugin of AWS Signer. */
import { createHash, X509Certificate } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, REPOSITORY } from '../../emulator/scenarios/build.ts';
import type { Emulator } from '../../emulator/server.ts';
import { goToolForTests } from '../../scripts/tools.ts';
import { certificateMetadata, SIGNER_PLUGIN, verdictMetadata } from '../../src/signing/notation/arguments.ts';
import {
  type NotationStage,
  OF_SIGNER,
  PROFILE,
  removeAuthority,
  runWith,
  signByHand,
  stageNotation,
} from './notation-stage.ts';
import { emulate, findCosign, keyOf, needsCosign, POLICY, uriOf } from './signed.ts';

const program = await goToolForTests('notation');
const notation = program ?? '';
beforeAll(findCosign, 900_000);
afterAll(removeAuthority);

/** What the gate signs, as arguments of notation. */
function asGate(policy = POLICY, repository = REPOSITORY): string[] {
  const target = { registry: { account: ACCOUNT, region: REGION }, repository };
  return Object.entries(verdictMetadata(target, policy)).map(
    ([name, value]) => `--user-metadata=${name}=${value}`,
  );
}

async function trustOf(
  stage: NotationStage,
  changes?: Record<string, unknown>,
): Promise<Record<string, string>> {
  return { 'notation-trust-policy': await stage.policy(changes), 'notation-trust-store': stage.store };
}

/** How many signatures of Notation a repository has. */
function signatures(emulator: Emulator): number {
  return emulator.registryRequests.filter(
    ({ method, path, status }) => method === 'PUT' && path.includes('/manifests/sha256:') && status === 201,
  ).length;
}

const verify = (
  emulator: Emulator,
  stage: NotationStage,
  inputs: Record<string, string>,
  options: Parameters<typeof runWith>[4] = {},
) => runWith(notation, emulator, stage, inputs, { ...options, action: 'verify' });

describe.skipIf(program === undefined)('the gate with the real notation', () => {
  it('signs what passed, verifies it, does not sign twice, and the verify action accepts it', async () => {
    const emulator = await emulate('pass-multi-arch', {}, { tagMutability: 'IMMUTABLE' });
    const stage = await stageNotation();
    const trust = await trustOf(stage);
    const inputs = { 'signing-key': 'notation:gate', 'sign-platforms': 'true', ...trust };
    const first = await runWith(notation, emulator, stage, inputs);
    expect(first.outputs, first.log).toMatchObject({ passed: 'true', signed: 'true', bundles: '' });
    expect(first.log).toContain('Signed (notation): ');
    const report = JSON.parse(await readFile(first.outputs.report ?? '', 'utf8'));
    expect(report.signing).toMatchObject({
      key: 'notation:gate',
      format: 'notation',
      cosignVersion: null,
      notationVersion: expect.stringMatching(/^v1\.3\./),
      state: 'done',
    });
    const made = signatures(emulator);
    expect(made).toBe(3);
    const second = await runWith(notation, emulator, stage, inputs);
    expect(second.log, second.log).toContain('Already signed (notation): ');
    expect(signatures(emulator)).toBe(made);
    // A second signature of the same image is not a second tag, which an immutable repository would refuse.
    const other = await runWith(notation, emulator, stage, { ...inputs, 'signature-annotations': 'run=2' });
    expect(other.outputs, other.log).toMatchObject({ signed: 'true' });
    expect(emulator.registryRequests.some(({ path }) => /\/manifests\/sha256-/.test(path))).toBe(false);

    const verified = await verify(emulator, stage, {
      ...trust,
      'sign-platforms': 'true',
      'policy-digest': POLICY,
    });
    expect(verified.outputs, verified.log).toMatchObject({ passed: 'true', signed: 'true' });
    expect(verified.summary).toContain('x509.subject: C=US, ST=WA, O=Acme, CN=gate');
  }, 180_000);

  it('signs no image of a run in which one is blocked, and with sign: each only those that passed', async () => {
    const emulator = await emulate('several-images');
    const stage = await stageNotation();
    const trust = await trustOf(stage);
    const inputs = { 'signing-key': 'notation:gate', ...trust };
    const all = await runWith(notation, emulator, stage, inputs);
    expect(all.outputs).toMatchObject({ passed: 'false', signed: 'false' });
    expect(signatures(emulator)).toBe(0);
    const each = await runWith(notation, emulator, stage, { ...inputs, sign: 'each' });
    const results = JSON.parse(each.outputs.results ?? '') as { verdict: string; signed: boolean }[];
    expect(results.map(({ verdict, signed }) => [verdict, signed])).toEqual([
      ['pass', true],
      ['block', false],
      ['error', false],
    ]);
    expect(signatures(emulator)).toBe(1);
    // Without recheck, only the signature decides.
    const verified = await verify(emulator, stage, { ...trust, recheck: 'false' });
    const found = JSON.parse(verified.outputs.results ?? '') as { signed: boolean }[];
    expect(
      found.map(({ signed }) => signed),
      verified.log,
    ).toEqual([true, false, false]);
  }, 180_000);

  it('fails if its trust policy does not accept the signature', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const inputs = { 'signing-key': 'notation:other', ...(await trustOf(stage)) };
    const judged = await runWith(notation, emulator, stage, inputs);
    expect(judged.exitCode).toBe(1);
    expect(judged.outputs).toMatchObject({ signed: 'false' });
    expect(judged.log).toMatch(/The new signature of \S+ could not be verified: .*trusted identities/);
  }, 120_000);

  it('counts only signatures by the certificate of its own key, and not those of another trusted key', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const subjects = ['gate', 'other'].map((name) => `x509.subject: C=US, ST=WA, O=Acme, CN=${name}`);
    const both = await trustOf(stage, { trustedIdentities: subjects });
    const signed = async (key: string, trust = both) =>
      runWith(notation, emulator, stage, { 'signing-key': `notation:${key}`, ...trust });
    for (const key of ['other', 'gate']) expect((await signed(key)).log).toContain('Signed (notation): ');
    expect(signatures(emulator)).toBe(2);
    for (const key of ['gate', 'other'])
      expect((await signed(key)).log).toContain('Already signed (notation): ');
    expect(signatures(emulator)).toBe(2);
    expect((await verify(emulator, stage, both)).outputs).toMatchObject({ signed: 'true' });

    // The signature of the key that is trusted does not verify that of the key that is not.
    const untrusted = await signed('other', await trustOf(stage));
    expect(untrusted.outputs, untrusted.log).toMatchObject({ signed: 'false' });
    expect(untrusted.log).toMatch(/The new signature of \S+ could not be verified/);
  }, 240_000);

  it('does not count a signature that only names the certificate of its key', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const { raw } = new X509Certificate(await readFile(join(stage.directory, 'keys', 'gate.crt')));
    const named = certificateMetadata(createHash('sha256').update(raw).digest('hex'));
    const claims = Object.entries(named).map(([name, value]) => `--user-metadata=${name}=${value}`);
    await signByHand(notation, emulator, stage, uriOf(emulator), '--key=other', ...asGate(), ...claims);
    const trust = await trustOf(stage, { trustedIdentities: ['x509.subject: C=US, ST=WA, O=Acme'] });
    const judged = await runWith(notation, emulator, stage, { 'signing-key': 'notation:gate', ...trust });
    expect(judged.log).not.toMatch(/igned \(notation\)/);
    expect(judged.log).toContain('does not show that this certificate made it');
    expect(judged.outputs).toMatchObject({ signed: 'false' });
    expect(judged.exitCode).toBe(1);
  }, 120_000);

  it('refuses a key that notation does not have, before the wait for the scan', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const inputs = { 'signing-key': 'notation:absent', ...(await trustOf(stage)) };
    const judged = await runWith(notation, emulator, stage, inputs);
    expect(judged.outputs.verdict).toBe('error');
    expect(judged.log).toContain('has no key of this name');
  }, 120_000);

  it('signs with cosign and notation, and the verify action requires both', async (context) => {
    const cosign = dirname(await needsCosign(context));
    const emulator = await emulate();
    const stage = await stageNotation();
    const trust = await trustOf(stage);
    const path = [cosign];
    const both = { 'signing-key': `${keyOf(emulator)}\nnotation:gate`, ...trust };
    const required = { 'signing-key': keyOf(emulator), ...trust };
    const onlyCosign = await runWith(notation, emulator, stage, { 'signing-key': keyOf(emulator) }, { path });
    expect(onlyCosign.outputs, onlyCosign.log).toMatchObject({ signed: 'true' });
    const missing = await verify(emulator, stage, required, { path });
    expect(missing.outputs).toMatchObject({ passed: 'false', signed: 'false' });
    expect(missing.log).toMatch(/Signature \(bundle\): verified/);
    expect(missing.log).toMatch(/Signature \(notation\): not verified/);

    const judged = await runWith(notation, emulator, stage, both, { path });
    expect(judged.outputs, judged.log).toMatchObject({ signed: 'true' });
    expect(judged.log).toMatch(/Attested \(bundle\)/);
    const found = await verify(emulator, stage, { ...required, 'max-attestation-age': '1h' }, { path });
    expect(found.outputs, found.log).toMatchObject({ passed: 'true', signed: 'true' });
    const [gate, verification] = await Promise.all(
      [judged, found].map(async ({ outputs }) => JSON.parse(await readFile(outputs.report ?? '', 'utf8'))),
    );
    const formats = gate.images[0].signatures.map(({ format }: { format: string }) => format);
    expect([gate.signing.key, gate.signing.format, formats]).toEqual([
      `${keyOf(emulator)} and notation:gate`,
      'bundle',
      ['bundle', 'notation'],
    ]);
    const subject = 'x509.subject: C=US, ST=WA, O=Acme, CN=gate';
    expect(verification.verification).toMatchObject({
      signer: `${keyOf(emulator)} and ${subject}`,
      notation: { identities: [subject], version: expect.stringMatching(/^v1/) },
    });
  }, 240_000);
});

describe.skipIf(program === undefined)('the gate with AWS Signer', () => {
  it('signs with a signing profile through the plugin, which gets AWS credentials and no others', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const trust = await trustOf(stage, OF_SIGNER);
    const env = { GITHUB_TOKEN: 'secret', COSIGN_PASSWORD: 'secret', NOTATION_PASSWORD: 'secret' };
    const judged = await runWith(notation, emulator, stage, { 'signing-key': PROFILE, ...trust }, { env });
    expect(judged.outputs, judged.log).toMatchObject({ passed: 'true', signed: 'true' });
    const asked = (await readFile(join(stage.directory, 'keys', 'asked'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { command: string; request: Record<string, unknown>; env: object });
    const signing = asked.find(({ command }) => command === 'generate-envelope');
    expect(signing?.request).toMatchObject({
      keyId: PROFILE,
      pluginConfig: { 'aws-region': 'eu-central-1' },
    });
    for (const { env: got } of asked) {
      expect(got).toMatchObject({ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: expect.any(String) });
      expect(Object.keys(got)).not.toContain('GITHUB_TOKEN');
      expect(JSON.stringify(got)).not.toContain('secret');
      expect(Object.keys(got)).not.toContain('NOTATION_PASSWORD');
    }

    const verified = await verify(emulator, stage, trust);
    expect(verified.outputs, verified.log).toMatchObject({ passed: 'true', signed: 'true' });
    const otherProfile = await trustOf(stage, {
      ...OF_SIGNER,
      trustedIdentities: [PROFILE.replace(/release$/, 'releases')],
    });
    const untrusted = await verify(emulator, stage, otherProfile);
    expect(untrusted.outputs).toMatchObject({ passed: 'false', signed: 'false' });
    expect(untrusted.log).toContain('signing profile is not trusted');
    await writeFile(join(stage.directory, 'keys', 'revoked'), '');
    const revoked = await verify(emulator, stage, trust);
    expect(revoked.outputs).toMatchObject({ passed: 'false', signed: 'false' });
    expect(revoked.log).toContain('resource is revoked');
  }, 240_000);

  it('does not take the signature of another trusted profile for its own, and uses the plugin only for signing profiles', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const other = PROFILE.replace(/release$/, 'second');
    const trust = await trustOf(stage, { ...OF_SIGNER, trustedIdentities: [PROFILE, other] });
    for (const key of [PROFILE, other]) {
      const judged = await runWith(notation, emulator, stage, { 'signing-key': key, ...trust });
      expect(judged.log).toContain('Signed (notation)');
    }
    expect(signatures(emulator)).toBe(2);
    // A certificate of the same authority does not bring the plugin into play.
    const certificates = await trustOf(stage, {
      trustStores: ['ca:release', 'signingAuthority:aws-signer-ts'],
    });
    const verified = await verify(emulator, stage, certificates);
    expect(verified.outputs, verified.log).toMatchObject({ passed: 'false', signed: 'false' });
    expect(verified.log).toContain('names no signing profile of AWS Signer');
  }, 180_000);

  it('names the plugin if it is missing, and uses none from the workspace', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const trust = await trustOf(stage, OF_SIGNER);
    const workspace = join(stage.directory, 'workspace');
    await cp(stage.config, join(workspace, 'notation'), { recursive: true });
    const env = { GITHUB_WORKSPACE: workspace, NOTATION_CONFIG: join(workspace, 'notation') };
    const planted = await verify(emulator, stage, trust, { env });
    expect(planted.outputs).toMatchObject({ verdict: 'error' });
    expect(planted.log).toContain(SIGNER_PLUGIN);
    expect(planted.log).toContain('is in the workspace');
    await rm(join(stage.config, 'plugins'), { recursive: true });
    const missing = await runWith(notation, emulator, stage, { 'signing-key': PROFILE, ...trust });
    expect(missing.outputs).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(missing.log).toMatch(
      /The plugin of AWS Signer for Notation \(\S+\) is not installed in \S+plugins/,
    );
  }, 120_000);

  it('reports which permission is missing, and signs only with a profile that the trust policy names', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const trust = await trustOf(stage, OF_SIGNER);
    await writeFile(join(stage.directory, 'keys', 'denied'), '');
    const denied = await runWith(notation, emulator, stage, { 'signing-key': PROFILE, ...trust });
    expect(denied.outputs).toMatchObject({ signed: 'false' });
    expect(denied.log).toContain('Allow signer:SignPayload');
    const inputs = { 'signing-key': PROFILE.replace('release', 'other'), ...trust };
    const other = await runWith(notation, emulator, stage, inputs);
    expect(other.log).toContain('it does not trust the signing key');
  }, 120_000);
});

describe.skipIf(program === undefined)('the verify action with the real notation', () => {
  it('refuses unsigned images, also if the configuration of the user skips verification', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const skip = { level: 'skip' };
    const policy = { name: 'all', registryScopes: ['*'], signatureVerification: skip };
    await writeFile(
      join(stage.config, 'trustpolicy.json'),
      JSON.stringify({ version: '1.0', trustPolicies: [policy] }),
    );
    const verified = await verify(emulator, stage, await trustOf(stage));
    expect(verified.exitCode).toBe(1);
    expect(verified.outputs).toMatchObject({ passed: 'false', signed: 'false' });
    expect(verified.log).toContain('no signature is associated with');
  }, 120_000);

  it('refuses signatures by others, without the verdict of the gate, and with another policy or annotation', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const trust = await trustOf(stage);
    const image = uriOf(emulator);
    const refused = async (inputs: Record<string, string>, why: RegExp) => {
      const verified = await verify(emulator, stage, { ...trust, ...inputs });
      expect(verified.outputs, verified.log).toMatchObject({ passed: 'false', signed: 'false' });
      expect(verified.log).toMatch(why);
    };
    await signByHand(notation, emulator, stage, image, '--key=other', ...asGate());
    await refused({}, /trusted identities/);
    // As ECR's managed signing does when an image is pushed.
    await signByHand(notation, emulator, stage, image, '--key=gate');
    await refused({}, /unable to find specified metadata.*ECR’s managed signing does not say that/s);
    await signByHand(notation, emulator, stage, image, '--key=gate', ...asGate());
    const elsewhere = await trustOf(stage, { registryScopes: ['registry.example/team/app'] });
    await refused(elsewhere, /registryScopes/);
    await refused({ 'policy-digest': `sha256:${'0'.repeat(64)}` }, /unable to find specified metadata/);
    await refused({ 'signature-annotations': 'commit=0f3c1e2' }, /unable to find specified metadata/);
    const verified = await verify(emulator, stage, {
      ...trust,
      'policy-digest': `sha256:${'0'.repeat(64)}\n${POLICY}`,
    });
    expect(verified.outputs, verified.log).toMatchObject({ passed: 'true', signed: 'true' });
  }, 240_000);

  it('refuses a signature that the gate made for another repository', async () => {
    const emulator = await emulate('several-images');
    const stage = await stageNotation();
    const trust = await trustOf(stage);
    const [api = '', worker = ''] = emulator.images;
    const signed = await runWith(notation, emulator, stage, {
      image: api,
      'signing-key': 'notation:gate',
      ...trust,
    });
    expect(signed.outputs, signed.log).toMatchObject({ passed: 'true', signed: 'true' });
    // The image and everything that is attached to it, copied by digest.
    const { repositories } = emulator.store;
    const [from, to] = ['team/api', 'team/worker'].map((name) => repositories.get(name));
    if (from === undefined || to === undefined) throw new Error('the scenario has no such repository');
    for (const [digest, blob] of from.blobs) to.blobs.set(digest, blob);
    for (const { mediaType, bytes } of [...from.manifests.values()]) {
      emulator.store.putManifest(to, mediaType, bytes);
    }
    const at = (image: string) => `${image.replace(/:[^:/]+$/, '')}@${emulator.digests.get('api')}`;
    const inputs = { ...trust, recheck: 'false', 'policy-digest': POLICY };
    const own = await verify(emulator, stage, { ...inputs, image: at(api) });
    expect(own.outputs, own.log).toMatchObject({ passed: 'true', signed: 'true' });
    const other = await verify(emulator, stage, { ...inputs, image: at(worker) });
    expect(other.outputs, other.log).toMatchObject({ passed: 'false', signed: 'false', verdict: 'error' });
  });

  it('refuses the signature of another image that was attached to this one', async () => {
    const emulator = await emulate('several-images');
    const stage = await stageNotation();
    const trust = await trustOf(stage);
    const [api = '', worker = ''] = emulator.images;
    // It names the repository that it is moved to, so that only its digest is wrong.
    const uri = `${api.replace(/:[^:/]+$/, '')}@${emulator.digests.get('api')}`;
    await signByHand(notation, emulator, stage, uri, '--key=gate', ...asGate(POLICY, 'team/worker'));
    const { repositories } = emulator.store;
    const [from, to] = [repositories.get('team/api'), repositories.get('team/worker')];
    if (from === undefined || to === undefined) throw new Error('the scenario has other repositories');
    for (const [digest, blob] of from.blobs) to.blobs.set(digest, blob);
    const signature = [...from.manifests.values()].find(({ bytes }) =>
      String(bytes).includes('application/vnd.cncf.notary.signature'),
    );
    const manifest = JSON.parse(String(signature?.bytes)) as { subject: Record<string, unknown> };
    const digest = emulator.digests.get('worker') ?? '';
    const subject = { ...manifest.subject, digest, size: to.manifests.get(digest)?.bytes.length };
    const copy = Buffer.from(JSON.stringify({ ...manifest, subject }));
    emulator.store.putManifest(to, signature?.mediaType ?? '', copy);
    const verified = await verify(emulator, stage, { image: worker, ...trust, recheck: 'false' });
    expect(verified.outputs, verified.log).toMatchObject({ passed: 'false', signed: 'false' });
    expect(verified.log).toContain('content descriptor mismatch');
  }, 120_000);

  it.each([
    { signatureVerification: { level: 'audit' } },
    { signatureVerification: { level: 'skip' } },
    { signatureVerification: { level: 'permissive' } },
    { signatureVerification: { level: 'strict', override: { authenticity: 'log' } } },
    { trustedIdentities: ['*'] },
  ])('refuses the trust policy %j before it verifies', async (changes) => {
    const emulator = await emulate();
    const stage = await stageNotation();
    await signByHand(notation, emulator, stage, uriOf(emulator), '--key=other', ...asGate());
    const verified = await verify(emulator, stage, await trustOf(stage, changes));
    expect(verified.outputs).toMatchObject({ verdict: 'error', passed: 'false' });
    expect(verified.log).toContain('Input notation-trust-policy');
  }, 60_000);

  it('says what to install if PATH has no notation', async () => {
    const emulator = await emulate();
    const stage = await stageNotation();
    const verified = await verify(emulator, stage, await trustOf(stage), { env: { PATH: '/nowhere' } });
    expect(verified.outputs).toMatchObject({ verdict: 'error', passed: 'false' });
    expect(verified.log).toContain('PATH has no notation of a supported version');
  }, 60_000);
});
