/** Attestations that a policy requires, through the bundles, attached by the real cosign. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { stringify } from 'yaml';
import type { Emulator } from '../../emulator/server.ts';
import { runAction } from '../../scripts/runner.ts';
import type { ReportDocument } from '../../src/report/findings/document.ts';
import { SUMMARY_TYPE } from '../../src/signing/statements/predicate.ts';
import { statementsOf } from '../../src/signing/statements/statement.ts';
import { githubProvenance, PROVENANCE_V1 } from '../signing/provenance.ts';
import { byHand, emulate, findCosign, keyOf, needsCosign, uriOf } from './signed.ts';

beforeAll(findCosign, 900_000);

const BUILD_KEY = 1;

/** The policy of an organization: what passes has provenance by the key of the builder. */
function policy(emulator: Emulator, more: object = {}): string {
  return stringify({
    version: 1,
    attestations: [
      {
        type: PROVENANCE_V1,
        key: keyOf(emulator, BUILD_KEY),
        builder: 'https://github.com/team/app/**',
        'source-repository': 'https://github.com/team/*',
      },
    ],
    ...more,
  });
}

async function act(
  cosign: string,
  emulator: Emulator,
  inputs: Readonly<Record<string, string>> = {},
  { action = 'gate', text = policy(emulator) }: { action?: 'gate' | 'verify'; text?: string } = {},
) {
  const run = await runAction({
    action,
    inputs: {
      image: emulator.images.join('\n'),
      ...emulator.scenario.inputs,
      'signing-key': keyOf(emulator),
      policy: 'gate.yml',
      ...inputs,
    },
    files: { 'gate.yml': text },
    env: { ...emulator.env(), PATH: [dirname(cosign), process.env.PATH].join(delimiter) },
  });
  onTestFinished(() => run.clean());
  expect(emulator.foreign).toEqual([]);
  const report = JSON.parse(await readFile(run.outputs.report ?? '', 'utf8')) as ReportDocument;
  return { run, report, image: report.images[0] };
}

/** Attaches provenance as the workflow of the builder does. */
async function attest(emulator: Emulator, image: string, predicate: object, key = BUILD_KEY) {
  const directory = await mkdtemp(join(tmpdir(), 'gate-predicate-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'predicate.json');
  await writeFile(file, JSON.stringify(predicate));
  await byHand(
    emulator,
    'attest',
    ...['--yes', '--signing-config={home}/sc.json', '--trusted-root={home}/tr.json'],
    ...[`--key=${keyOf(emulator, key)}`, `--type=${PROVENANCE_V1}`, `--predicate=${file}`, image],
  );
}

async function bench(context: TestContext, scenario?: string) {
  const cosign = await needsCosign(context);
  return { cosign, emulator: await emulate(scenario) };
}

describe('a policy that requires provenance', { timeout: 240_000 }, () => {
  it('keeps an image without it from passing, before the wait for the scan', async (context) => {
    const { cosign, emulator } = await bench(context);
    const { run, image } = await act(cosign, emulator);
    expect(run, run.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false' },
    });
    expect(image?.error).toMatchObject({ code: 'not-verified' });
    expect(image?.error?.message).toContain('the image has no attestation of this type');
    expect(image?.proofs).toMatchObject([{ kind: 'required-attestation', state: 'failed' }]);
    expect(run.summary).toContain('Not verified');
    expect(run.log).toContain('Not verified: ');
    // Provenance by another key is none.
    await attest(emulator, uriOf(emulator), githubProvenance(), 0);
    const other = await act(cosign, emulator);
    expect(other.run.outputs).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });
    expect(other.image?.error?.message).toContain(
      '1 attestation of this type, which is not signed by this signer',
    );
    // A report-only run says the same, and succeeds.
    const text = policy(emulator);
    const tolerated = await act(cosign, emulator, { enforce: 'false' }, { text });
    expect(tolerated.run, tolerated.run.log).toMatchObject({
      exitCode: 0,
      outputs: { verdict: 'error', passed: 'false', signed: 'false' },
    });
  });

  it('lets an image with it pass, and its verification summary names what was used', async (context) => {
    const { cosign, emulator } = await bench(context);
    await attest(emulator, uriOf(emulator), githubProvenance());
    const { run, image } = await act(cosign, emulator);
    expect(run.outputs, run.log).toMatchObject({ verdict: 'pass', passed: 'true', signed: 'true' });
    expect(image?.proofs).toMatchObject([
      { kind: 'required-attestation', state: 'proven', detail: 'attached to the image' },
    ]);
    expect(run.summary).toMatch(
      /<b>Verified<\/b>: <code>Required attestation https:\/\/slsa\.dev\/provenance\/v1/,
    );

    const { stdout } = await byHand(
      emulator,
      ...['verify-attestation', `--type=${SUMMARY_TYPE}`, `--key=${keyOf(emulator)}`],
      ...['--insecure-ignore-tlog=true', '--trusted-root={home}/tr.json', uriOf(emulator)],
    );
    const [summary] = statementsOf(stdout);
    const { inputAttestations } = summary?.predicate as {
      inputAttestations: { uri: string; digest: { sha256: string } }[];
    };
    expect(inputAttestations).toHaveLength(1);
    const [used] = inputAttestations;
    expect(used?.uri).toMatch(
      /^oci:\/\/\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/.+@sha256:[0-9a-f]{64}$/,
    );
    expect(used?.uri.endsWith(`@sha256:${used.digest.sha256}`)).toBe(true);
    const bundles = [...emulator.store.repositories.values()].flatMap(({ blobs }) => [...blobs]);
    const bytes = bundles.find(([digest]) => digest === `sha256:${used?.digest.sha256}`)?.[1];
    const { dsseEnvelope } = JSON.parse(`${bytes}`) as { dsseEnvelope: object };
    expect(statementsOf(JSON.stringify(dsseEnvelope))).toMatchObject([{ predicateType: PROVENANCE_V1 }]);

    // The deployment requires it again.
    const verified = await act(cosign, emulator, { 'max-attestation-age': '1h' }, { action: 'verify' });
    expect(verified.run.outputs, verified.run.log).toMatchObject({ verdict: 'pass', passed: 'true' });
    expect(verified.image?.proofs.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'signature proven',
      'attestation proven',
      'required-attestation proven',
      'findings proven',
    ]);
    for (const recheck of ['true', 'false']) {
      const stricter = policy(emulator).replace('github.com/team/*', 'github.com/other/*');
      const refused = await act(
        cosign,
        emulator,
        { recheck, 'policy-digest': '' },
        { action: 'verify', text: stricter },
      );
      expect(refused.run.outputs, refused.run.log).toMatchObject({ verdict: 'error', passed: 'false' });
      expect(refused.image?.proofs).toContainEqual(
        expect.objectContaining({ kind: 'required-attestation', state: 'failed' }),
      );
    }
  });

  it('judges the other images of the step', async (context) => {
    const { cosign, emulator } = await bench(context, 'several-images');
    const { run, report } = await act(cosign, emulator, { sign: 'each' });
    expect(run.exitCode, run.log).toBe(1);
    expect(report.images.length).toBeGreaterThan(1);
    expect(report.images.every(({ verdict }) => verdict === 'error')).toBe(true);
    expect(run.outputs.signed).toBe('false');
  });

  it('counts build attestations of BuildKit if their manifests are signed', async (context) => {
    const { cosign, emulator } = await bench(context, 'pass-multi-arch');
    const text = stringify({
      version: 1,
      attestations: [{ type: 'https://spdx.dev/Document', key: keyOf(emulator, BUILD_KEY) }],
    });
    const unsigned = await act(cosign, emulator, {}, { text });
    expect(unsigned.run.outputs, unsigned.run.log).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(unsigned.image?.error?.message).toMatch(
      /1 build attestation of BuildKit has this type, but its manifest is not signed by this signer, and unsigned attestations do not count/,
    );
    // As docker/github-builder does it: not the image is signed, but its build attestations.
    const [repository = ''] = uriOf(emulator).split('@');
    for (const manifest of unsigned.image?.attestations ?? []) {
      await byHand(
        emulator,
        'sign',
        ...['--yes', '--signing-config={home}/sc.json', '--trusted-root={home}/tr.json'],
        ...[`--key=${keyOf(emulator, BUILD_KEY)}`, `${repository}@${manifest}`],
      );
    }
    const signed = await act(cosign, emulator, {}, { text });
    expect(signed.run.outputs, signed.run.log).toMatchObject({
      verdict: 'warn',
      passed: 'true',
      signed: 'true',
    });
    expect(signed.image?.proofs).toMatchObject([
      {
        state: 'proven',
        detail: 'for each of 2 platform images, in build attestations whose manifests are signed',
      },
    ]);
  });
});
