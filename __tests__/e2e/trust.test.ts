/** Verifies signatures and attestations of an earlier run: the bundled action, the real cosign, the emulator. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { scenarios } from '../../emulator/scenarios/index.ts';
import type { Emulator } from '../../emulator/server.ts';
import {
  SUMMARY_TYPE,
  VERIFIER_ID,
  VULNERABILITIES_TYPE,
  weakenedPolicySha256,
} from '../../src/signing/statements/predicate.ts';
import {
  ATTESTED,
  attestByHand,
  byHand,
  emulate,
  findCosign,
  keyOf,
  needsCosign,
  POLICY,
  run,
  signByHand,
  signLegacyByHand,
  uriOf,
  verify,
} from './signed.ts';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(findCosign, 900_000);

describe('attesting', () => {
  it('attaches attestations that a consumer verifies, in every run, and keeps the bundles', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-multi-arch');
    const first = await run(emulator, { attest: 'full', 'sign-platforms': 'true' });
    expect(first.outputs, first.log).toMatchObject({ verdict: 'warn', signed: 'true' });
    // The index and two platforms, each with a signature, a summary and its findings.
    const bundles = (first.outputs.bundles ?? '').split('\n');
    expect(bundles).toHaveLength(9);
    for (const path of bundles) {
      expect(dirname(path)).toBe(dirname(first.outputs.report ?? ''));
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
        mediaType: expect.stringContaining('sigstore.bundle'),
        dsseEnvelope: expect.anything(),
      });
    }
    const [image = ''] = (first.outputs.image ?? '').split('\n');
    const read = async (type: string) => {
      const { stdout } = await byHand(
        emulator,
        'verify-attestation',
        `--type=${type}`,
        `--key=${keyOf(emulator)}`,
        '--insecure-ignore-tlog=true',
        '--trusted-root={home}/tr.json',
        image,
      );
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(Buffer.from(JSON.parse(line).payload, 'base64').toString('utf8')));
    };
    const [summary] = await read(SUMMARY_TYPE);
    expect(summary.subject[0].digest.sha256).toBe(image.split('sha256:')[1]);
    expect(summary.predicate).toMatchObject({
      verifier: { id: VERIFIER_ID },
      verificationResult: 'PASSED',
      resourceUri: `oci://${image.slice(0, image.indexOf('@'))}`,
      policy: { digest: { sha256: POLICY } },
      'urn:ecr-deployment-gate:counts': { high: 1, total: Number(first.outputs.total) },
    });
    const [findings] = await read(VULNERABILITIES_TYPE);
    expect(findings.predicate.scanner.result).toHaveLength(Number(first.outputs.total));

    const second = await run(emulator, {});
    expect(second.outputs.signed, second.log).toBe('true');
    expect(second.log).toMatch(/Already signed/);
    expect(await read(SUMMARY_TYPE)).toHaveLength(2);
    const verified = await verify(emulator, {
      ...ATTESTED,
      'policy-digest': `sha256:${POLICY}`,
      'sign-platforms': 'true',
    });
    // The second run did not attest the platforms; those of the first are fresh enough.
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass', passed: 'true', signed: 'true' });
  });

  it.for([
    'legacy',
    'both',
  ])('in format %s keeps an earlier attestation if tags are immutable', async (format, context) => {
    await needsCosign(context);
    const emulator = await emulate('immutable-tags');
    const first = await run(emulator, { 'signature-format': format });
    expect(first.outputs.signed, first.log).toBe('true');
    expect(first.log).toMatch(/Attested \(legacy\)/);
    const second = await run(emulator, { 'signature-format': format });
    expect(second.outputs.signed, second.log).toBe('true');
    expect(second.log).toMatch(/::warning.*could not be renewed.*immutable/);
    const verified = await verify(emulator, { ...ATTESTED, 'signature-format': format });
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });

  it('loses no attestation if all of them are under one tag', async (context) => {
    await needsCosign(context);
    // Without the referrers API each push reads, changes and writes the same index: two at once lose one.
    const faults = [{ api: 'registry', match: '/referrers/', kind: 'not-found' }] as const;
    const emulator = await emulate('pass-multi-arch', { faults });
    const result = await run(emulator, { attest: 'full', 'sign-platforms': 'true' });
    expect(result.outputs.signed, result.log).toBe('true');
    const repository = emulator.store.repositories.get('team/app');
    for (const name of ['app', 'amd64', 'arm64']) {
      const tag = emulator.digests.get(name)?.replace(':', '-') ?? '';
      const index = repository?.manifests.get(repository.tags.get(tag) ?? '');
      expect(JSON.parse(String(index?.bytes)).manifests, name).toHaveLength(3);
    }
  });

  it('names the baseline only for images that were compared with one', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('baseline');
    const prod = (emulator.images[0] ?? '').replace(/:[^:]+$/, ':prod');
    const image = [...emulator.images, prod].join('\n');
    // Without a threshold, both pass. The second one is the baseline itself.
    const result = await run(emulator, { image, 'fail-on': 'none' });
    expect(result.outputs.signed, result.log).toBe('true');
    const named = new Map<unknown, unknown>();
    for (const path of (result.outputs.bundles ?? '').split('\n')) {
      const { payload } = JSON.parse(await readFile(path, 'utf8')).dsseEnvelope;
      const { predicateType, subject, predicate } = JSON.parse(
        Buffer.from(payload, 'base64').toString('utf8'),
      );
      if (predicateType === SUMMARY_TYPE)
        named.set(`sha256:${subject[0].digest.sha256}`, predicate['urn:ecr-deployment-gate:baseline']);
    }
    const [app, deployed] = ['app', 'prod'].map((name) => emulator.digests.get(name));
    expect([...named]).toEqual([
      [app, `${uriOf(emulator).split('@')[0]}@${deployed}`],
      [deployed, undefined],
    ]);
  });

  it('names in the summary the baseline that downgraded a finding', async (context) => {
    await needsCosign(context);
    const [image, prod] = scenarios.baseline?.repositories[0]?.images ?? [];
    if (image?.kind !== 'image' || prod?.kind !== 'image') throw new Error('the scenario has other images');
    const images = [{ ...image, timeline: prod.timeline }, prod];
    const emulator = await emulate('baseline', {}, { images });
    const result = await run(emulator);
    expect(result.outputs, result.log).toMatchObject({ verdict: 'warn', signed: 'true' });
    const bundles = await Promise.all(
      (result.outputs.bundles ?? '')
        .split('\n')
        .map(async (path) => JSON.parse(await readFile(path, 'utf8'))),
    );
    const predicates = bundles.map(
      ({ dsseEnvelope: { payload } }) =>
        JSON.parse(Buffer.from(payload, 'base64').toString('utf8')).predicate,
    );
    expect(predicates).toContainEqual(
      expect.objectContaining({
        verificationResult: 'PASSED',
        'urn:ecr-deployment-gate:baseline': `${uriOf(emulator).split('@')[0]}@${emulator.digests.get('prod')}`,
        'urn:ecr-deployment-gate:weakened': { baseline: true },
        policy: expect.objectContaining({ uri: 'urn:ecr-deployment-gate:weakened-thresholds' }),
      }),
    );
    const refused = await verify(emulator, { 'policy-digest': POLICY, recheck: 'false' });
    expect(refused.outputs, refused.log).toMatchObject({ verdict: 'error', passed: 'false' });
    expect(refused.log).toMatch(
      /names another policy \(.*weakened-thresholds sha256:.*, weakened by baseline\)/,
    );
    const asked = { 'policy-digest': weakenedPolicySha256(POLICY, { baseline: true }), recheck: 'false' };
    const verified = await verify(emulator, asked);
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    const report = await readFile(verified.outputs.report ?? '', 'utf8');
    expect(report).toMatch(/PASSED by policy .*weakened-thresholds sha256:.*, weakened by baseline/);
  });

  it('names a weakened policy if a baseline downgraded a finding, which verify accepts only with the same baseline', async (context) => {
    await needsCosign(context);
    const [image, prod] = scenarios.baseline?.repositories[0]?.images ?? [];
    if (image?.kind !== 'image' || prod?.kind !== 'image') throw new Error('the scenario has other images');
    const emulator = await emulate('baseline', {}, { images: [{ ...image, timeline: prod.timeline }, prod] });
    const directory = await mkdtemp(join(tmpdir(), 'gate-policy-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await writeFile(join(directory, 'gate.yml'), 'version: 1\nfail-on: critical\n');
    const at = { env: { GITHUB_WORKSPACE: directory } };
    const policy = 'gate.yml';
    const baseline = uriOf(emulator).replace(/@.*/, `@${emulator.digests.get('prod')}`);
    const made = await run(emulator, { policy, baseline }, at);
    expect(made.outputs, made.log).toMatchObject({ verdict: 'warn', signed: 'true' });
    const verified = await verify(emulator, { policy, baseline }, at);
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'warn', passed: 'true', signed: 'true' });
    for (const inputs of [{}, { baseline, recheck: 'false' }, { baseline, 'fail-on': 'none' }]) {
      const refused = await verify(emulator, { policy, baseline: '', ...inputs }, at);
      expect(refused.outputs, refused.log).toMatchObject({ verdict: 'error', passed: 'false' });
      expect(refused.log).toMatch(
        /names another policy \(.*weakened-policy:gate\.yml .*, weakened by baseline\)/,
      );
    }
  });

  it.for<[string, 'bundle' | 'legacy', Record<string, unknown>]>([
    ['since', 'bundle', {}],
    ['a year ago', 'bundle', { timeVerified: '2025-01-01T00:00:00Z' }],
    ['in the other format', 'legacy', {}],
    ['without a word of when or what', 'bundle', { timeVerified: undefined, resourceUri: undefined }],
  ])('signs no image of the run if a verdict was revoked %s', async ([, format, changes], context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-multi-arch');
    const uri = uriOf(emulator);
    const child = uri.replace(/sha256:.*/, emulator.digests.get('amd64') ?? '');
    await attestByHand(emulator, { verificationResult: 'FAILED', ...changes }, { format });
    const before = everything(emulator);
    const result = await run(emulator, { image: `${child}\n${uri}`, 'signature-format': 'both' });
    expect(result.outputs, result.log).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
    expect(result.exitCode).toBe(1);
    expect(result.log).toMatch(/The verdict on \S+ was revoked: .* says FAILED \(sha256:[0-9a-f]{64}\)/);
    expect(result.log).toMatch(/Nothing was signed or attested/);
    expect(result.log).toMatch(/aws ecr batch-delete-image .* --image-ids imageDigest=sha256:[0-9a-f]{64}/);
    expect(everything(emulator)).toEqual(before);
    expect(emulator.count('Sign')).toBe(1);
  });

  it('signs nothing after a verdict was revoked as documented', async (context) => {
    await needsCosign(context);
    const guide = await readFile(join(import.meta.dirname, '../../docs/signing.md'), 'utf8');
    const shown = /<<'END'\n(?<predicate>\{.*?\n\})\nEND\ncosign (?<args>attest .*?)\n```/s.exec(
      guide,
    )?.groups;
    const directory = await mkdtemp(join(tmpdir(), 'gate-guide-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await writeFile(join(directory, 'failed.json'), shown?.predicate ?? '');
    const emulator = await emulate();
    const made = await run(emulator);
    expect(made.outputs.signed, made.log).toBe('true');
    const args = (shown?.args ?? '')
      .split(/[\s\\]+/)
      .map((arg) => (arg === 'failed.json' ? join(directory, arg) : arg))
      .map((arg) => arg.replace(/^awskms:.*/, keyOf(emulator)).replace(/^\d{12}\.dkr.*/, uriOf(emulator)));
    await byHand(emulator, ...args);
    const before = everything(emulator);
    const again = await run(emulator);
    expect(again.outputs, again.log).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(again.log).toMatch(
      /was revoked: an attestation by this signer, of 2026-11-25T12:00:00Z, says FAILED/,
    );
    expect(everything(emulator)).toEqual(before);
  });

  it('signs nothing if it cannot read everything that is attached', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    await attestByHand(emulator, { verificationResult: 'FAILED' }, { key: 1 });
    const before = everything(emulator);
    emulator.addFault({ api: 'LayerDownload', kind: 'not-found' });
    const result = await run(emulator);
    expect(result.outputs, result.log).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
    expect(result.log).toMatch(/could be read, and it may revoke the verdict: .*sha256:.* HTTP 404/);
    expect(everything(emulator)).toEqual(before);
  });

  it('makes no additional AWS calls if nothing is signed', async () => {
    const emulator = await emulate();
    const result = await run(emulator, { 'signing-key': '' });
    expect(result.outputs, result.log).toMatchObject({ passed: 'true', signed: 'false' });
    const apis = emulator.calls.map(({ api }) => api);
    expect(apis).not.toContain('ListImageReferrers');
    expect(apis).not.toContain('GetAuthorizationToken');
    expect(apis.filter((api) => api === 'BatchGetImage')).toHaveLength(1);
  });

  it('attests no blocked image', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('blocked');
    const result = await run(emulator, { enforce: 'false', attest: 'full' });
    expect(result.outputs).toMatchObject({ verdict: 'block', signed: 'false', bundles: '' });
    expect(emulator.count('Sign')).toBe(0);
  });
});

/** The permissions that docs/signing.md lists for a job that verifies, with those to read of docs/reference.md. */
async function documentedRights(): Promise<string[]> {
  const read = async (name: string) => readFile(join(import.meta.dirname, '../..', name), 'utf8');
  const [reading = ''] = (await read('docs/reference.md')).split('and to sign, also');
  const verifying = await read('docs/signing.md');
  return [...`${reading}${verifying}`.matchAll(/"(?:ecr|inspector2|kms):(\w+)"/g)].map(
    ([, action = '']) => action,
  );
}

/** Every manifest, tag and blob of the registry. */
function everything({ store }: Emulator): string[] {
  return [...store.repositories.values()].flatMap(({ name, manifests, tags, blobs }) =>
    [...manifests.keys(), ...tags.keys(), ...blobs.keys()].map((key) => `${name} ${key}`),
  );
}

describe('the verify action', () => {
  it('verifies signature, attestation and findings, and reports each in a line', async (context) => {
    await needsCosign(context);
    const arn = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/origin';
    const emulator = await emulate(
      'pass-single',
      {},
      {
        managedSigning: [{ signingProfileArn: arn, status: 'COMPLETE' }],
      },
    );
    const made = await run(emulator, {});
    expect(made.outputs.signed, made.log).toBe('true');
    const repository = emulator.store.repositories.get('team/app');
    if (repository === undefined) throw new Error('no repository');
    const notation = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/vnd.cncf.notary.signature',
      subject: { digest: emulator.digests.get('app') },
    };
    emulator.store.putManifest(repository, notation.mediaType, Buffer.from(JSON.stringify(notation)));
    const before = emulator.calls.length;
    const result = await verify(emulator, { 'max-attestation-age': '30d', 'policy-digest': POLICY });
    expect(result.exitCode, result.log).toBe(0);
    expect(result.outputs).toMatchObject({ verdict: 'pass', passed: 'true', signed: 'true', blocking: '0' });
    expect(Number(result.outputs.total)).toBeGreaterThan(0);
    const report = JSON.parse(await readFile(result.outputs.report ?? '', 'utf8'));
    expect(report.images[0].proofs).toMatchObject([
      { kind: 'signature', state: 'proven', by: keyOf(emulator) },
      { kind: 'attestation', state: 'proven', at: expect.any(String), ageMs: expect.any(Number) },
      { kind: 'aws-signing', state: 'noted', by: arn },
      { kind: 'notation', state: 'noted', detail: expect.stringContaining('not verified, not trusted') },
      { kind: 'findings', state: 'proven', detail: expect.stringContaining('(fail-on: critical)') },
    ]);
    expect(result.summary).toMatch(/Verified: signature, attestation and today/);
    expect(result.summary).toMatch(/shows where the image comes from, not that it was scanned/);
    expect(result.log).toMatch(/✅ Signature \(bundle\): verified/);
    // Nothing is created, and the role needs only the permissions that the documents list.
    const asked = new Set(emulator.calls.slice(before).map(({ api }) => api));
    expect(asked).toContain('GetPublicKey');
    // Downloads from S3, which GetDownloadUrlForLayer authorizes.
    asked.delete('LayerDownload');
    expect(asked).not.toContain('GetAuthorizationToken');
    expect(await documentedRights()).toEqual(expect.arrayContaining([...asked]));
    expect(emulator.count('Sign')).toBe(2);
  });

  it('does not depend on the call for managed signatures', async (context) => {
    await needsCosign(context);
    const faults = [{ api: 'DescribeImageSigningStatus', kind: 'deny' }] as const;
    const emulator = await emulate('pass-single', { faults });
    await signByHand(emulator);
    const result = await verify(emulator, { recheck: 'false' });
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });

  it('requires every permission to read what may revoke a verdict, and names those that are missing', async (context) => {
    await needsCosign(context);
    for (const api of ['ListImageReferrers', 'GetDownloadUrlForLayer']) {
      const emulator = await emulate();
      await signByHand(emulator);
      emulator.addFault({ api, kind: 'deny' });
      const result = await verify(emulator, { recheck: 'false' });
      expect(result.outputs, result.log).toMatchObject({
        verdict: 'error',
        passed: 'false',
        signed: 'false',
      });
      expect(result.log).toMatch(/may revoke the verdict/);
      expect(result.log).toMatch(new RegExp(`What to do: Allow ecr:${api} on arn:aws:ecr`));
    }
  });

  const right = async (emulator: Emulator) => {
    await signByHand(emulator);
    await attestByHand(emulator, {});
  };
  const days = (count: number) => count * 86_400_000;

  it.for<[string, (emulator: Emulator) => Promise<unknown>, Record<string, string>, RegExp | undefined]>([
    ['signed and attested', right, ATTESTED, undefined],
    ['signed only, when nothing else is asked for', signByHand, { recheck: 'false' }, undefined],
    ['unsigned', async () => {}, { recheck: 'false' }, /no valid signature/],
    ['attested only', (emulator) => attestByHand(emulator, {}), { recheck: 'false' }, /no valid signature/],
    ['signed only', signByHand, ATTESTED, /no verification summary/],
    [
      'signed by another key',
      (emulator) => signByHand(emulator, 1),
      { recheck: 'false' },
      /no valid signature/,
    ],
    [
      'attested by another key',
      async (emulator) => {
        await signByHand(emulator);
        await attestByHand(emulator, {}, { key: 1 });
      },
      ATTESTED,
      /no verification summary/,
    ],
    [
      'attested as FAILED after it had passed',
      async (emulator) => {
        await right(emulator);
        const later = new Date(emulator.now() + 1_000).toISOString();
        await attestByHand(emulator, { verificationResult: 'FAILED', timeVerified: later });
      },
      ATTESTED,
      /says FAILED/,
    ],
    [
      'attested as FAILED in format legacy',
      async (emulator) => {
        await right(emulator);
        await attestByHand(emulator, { verificationResult: 'FAILED' }, { format: 'legacy' });
      },
      ATTESTED,
      /says FAILED/,
    ],
    [
      'attested as FAILED, and only the signature is required',
      async (emulator) => {
        await signByHand(emulator);
        await attestByHand(emulator, { verificationResult: 'FAILED' });
      },
      { recheck: 'false' },
      /says FAILED/,
    ],
    [
      'attested for another repository',
      async (emulator) => {
        await signByHand(emulator);
        await attestByHand(emulator, {
          resourceUri: 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/other',
        });
      },
      ATTESTED,
      /is for oci:.*team\/other/,
    ],
    [
      'attested by another verifier',
      async (emulator) => {
        await signByHand(emulator);
        await attestByHand(emulator, { verifier: { id: 'https://example.com/other' } });
      },
      ATTESTED,
      /not by this gate/,
    ],
    ['attested by another policy', right, { ...ATTESTED, 'policy-digest': '0'.repeat(64) }, /another policy/],
    [
      'attested too long ago',
      async (emulator) => {
        await signByHand(emulator);
        await attestByHand(emulator, { timeVerified: new Date(emulator.now() - days(31)).toISOString() });
      },
      { 'max-attestation-age': '30d', recheck: 'false' },
      /too old/,
    ],
    [
      'attested in the future',
      async (emulator) => {
        await signByHand(emulator);
        await attestByHand(emulator, { timeVerified: new Date(emulator.now() + days(1)).toISOString() });
      },
      ATTESTED,
      /in the future/,
    ],
    [
      'signed in format legacy, hidden by a foreign bundle, format legacy',
      async (emulator) => {
        await signLegacyByHand(emulator);
        await attestByHand(emulator, {}, { key: 1 });
      },
      { recheck: 'false', 'signature-format': 'legacy' },
      undefined,
    ],
    [
      'signed in format legacy, hidden by a foreign bundle, format bundle',
      async (emulator) => {
        await signLegacyByHand(emulator);
        await attestByHand(emulator, {}, { key: 1 });
      },
      { recheck: 'false' },
      /It has a valid signature in format legacy/,
    ],
    [
      'signed by another key in format legacy',
      (emulator) => signLegacyByHand(emulator, 1),
      { recheck: 'false', 'signature-format': 'legacy' },
      /no valid signature/,
    ],
  ])('%s', async ([, prepare, inputs, refusal], context) => {
    await needsCosign(context);
    const emulator = await emulate();
    await prepare(emulator);
    const result = await verify(emulator, inputs);
    const proven = refusal === undefined;
    expect(result.outputs, result.log).toMatchObject({
      verdict: proven ? 'pass' : 'error',
      passed: String(proven),
      digest: emulator.digests.get('app'),
    });
    expect(result.exitCode).toBe(proven ? 0 : 1);
    if (refusal !== undefined) {
      expect(result.log).toMatch(refusal);
      expect(result.summary).toMatch(/Not verified/);
    }
    if (inputs['signature-format'] === 'legacy' && proven)
      expect(result.log).toMatch(/cosign verify finds it only with --new-bundle-format=false/);
  });

  it('refuses the attestation of another digest', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-multi-arch');
    const uri = uriOf(emulator);
    await signByHand(emulator);
    await attestByHand(
      emulator,
      {},
      { image: uri.replace(/sha256:.*/, emulator.digests.get('amd64') ?? '') },
    );
    const result = await verify(emulator, ATTESTED);
    expect(result.outputs, result.log).toMatchObject({ verdict: 'error', passed: 'false' });
    expect(result.log).toMatch(/no verification summary/);
  });

  it('judges today’s findings, whatever was attested before, and blocks the image', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('blocked');
    await right(emulator);
    const result = await verify(emulator, { 'max-attestation-age': '1h' });
    expect(result.outputs, result.log).toMatchObject({ verdict: 'block', passed: 'false', critical: '3' });
    expect(result.exitCode).toBe(1);
    expect(result.log).toMatch(
      /❌ Today’s findings: not verified.*: 8 active, 3 of them block \(fail-on: critical\)/,
    );
    // The deployed image is its own baseline, and newly published findings are in both.
    const excused = await verify(emulator, { baseline: emulator.images[0] ?? '' });
    expect(excused.outputs, excused.log).toMatchObject({ verdict: 'block', passed: 'false' });
    expect(excused.log).toMatch(/The baseline was not used; .*the same image/);
  });

  it('reports a missing signature without a failed step only with enforce: false', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    for (const [enforce, exitCode] of [
      ['true', 1],
      ['false', 0],
    ] as const) {
      const result = await verify(emulator, { enforce });
      expect(result).toMatchObject({
        exitCode,
        outputs: { verdict: 'error', passed: 'false', signed: 'false' },
      });
    }
    // If an image is not signed, the run does not wait for its findings.
    expect(emulator.count('ListFindings')).toBe(0);
  });

  it('does not report the findings of a year-old scan as today’s', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('scanned-once');
    await signByHand(emulator);
    const result = await verify(emulator);
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    expect(result.log).toMatch(
      /✅ Findings of its last scan: verified, dated \S+ .*, 365 days old: .*; the image is not scanned continuously, so vulnerabilities published since \d{4}-\d\d-\d\d are unknown/,
    );
    expect(result.log).not.toMatch(/Today’s findings: verified/);
    expect(result.log).toMatch(/^::warning::team\/app@sha256:\S+ was last scanned 365 days ago/m);
  });

  it('accepts no summary with a maximum age if AWS responses have no Date header', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-single', { tellsNoTime: true });
    await right(emulator);
    const dated = await verify(emulator, ATTESTED);
    expect(dated, dated.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(dated.log).toMatch(/AWS responses had no Date header/);
    // A signature does not expire.
    const signed = await verify(emulator, { recheck: 'false' });
    expect(signed.outputs, signed.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });

  it('verifies by a public key file, without KMS', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    await signByHand(emulator);
    const directory = await mkdtemp(join(tmpdir(), 'gate-public-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const path = join(directory, 'release.pub');
    await writeFile(path, emulator.kms.publicKeyPem(emulator.scenario.keys?.[0]?.id ?? ''));
    const before = emulator.calls.length;
    const result = await verify(emulator, { recheck: 'false', 'signing-key': path });
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    const kms = emulator.calls.slice(before).filter(({ api }) => /PublicKey|DescribeKey|^Sign$/.test(api));
    expect(kms).toEqual([]);
  });

  it('fails the run if one image is not verified, and keeps the results of the others', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-multi-arch');
    await signByHand(emulator);
    const uri = uriOf(emulator);
    const child = uri.replace(/sha256:.*/, emulator.digests.get('amd64') ?? '');
    const result = await verify(emulator, { image: `${uri}\n${child}`, recheck: 'false' });
    expect(result.outputs, result.log).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
    expect(JSON.parse(result.outputs.results ?? '')).toMatchObject([
      { verdict: 'pass', signed: true },
      { verdict: 'error', signed: false },
    ]);
  });

  it('requires a summary by the given policy, file or digest, and judges by it', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const directory = await mkdtemp(join(tmpdir(), 'gate-policy-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const write = async (name: string, text: string) => {
      await writeFile(join(directory, name), text);
      return name;
    };
    const policy = await write('gate.yml', 'version: 1\nfail-on: high\nminimum: { signing: true }\n');
    const other = await write('other.yml', 'version: 1\nfail-on: low\n');
    const at = { env: { GITHUB_WORKSPACE: directory } };
    const made = await run(emulator, { policy }, at);
    expect(made.outputs.signed, made.log).toBe('true');
    const right = await verify(emulator, { policy }, at);
    expect(right.outputs, right.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    const report = JSON.parse(await readFile(right.outputs.report ?? '', 'utf8'));
    expect(report.verification.policies).toEqual([report.documents.policy.policySha256]);
    const wrong = await verify(emulator, { policy: other, recheck: 'false' }, at);
    expect(wrong.outputs).toMatchObject({ verdict: 'error', passed: 'false' });
    expect(wrong.log).toMatch(/another policy/);
    // If inputs allow more than the policy, the attestation names another policy, which a deployment refuses.
    const weak = await emulate();
    const lax = await run(weak, { policy, 'fail-on': 'none' }, at);
    expect(lax.outputs.signed, lax.log).toBe('true');
    const refused = await verify(weak, { policy, recheck: 'false' }, at);
    expect(refused.outputs, refused.log).toMatchObject({ verdict: 'error', passed: 'false' });
    expect(refused.log).toMatch(/names another policy \(urn:ecr-deployment-gate:weakened-policy:gate\.yml/);
    const contradiction = await verify(emulator, { policy, 'policy-digest': POLICY }, at);
    expect(contradiction.outputs.verdict).toBe('error');
    expect(contradiction.log).toMatch(/Input policy-digest/);
  });
});
