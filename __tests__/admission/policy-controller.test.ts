/** The shipped ClusterImagePolicies, judged by policy-controller's own tester on images that the real cosign signed. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureCosign, goToolForTests } from '../../scripts/tools.ts';
import { type Bench, KEY, REPOSITORY, startBench } from './bench.ts';
import { type ImageName, makeImages, NAMES } from './images.ts';

const POLICY = join(import.meta.dirname, '../../examples/admission/policy-controller/policy.yaml');
const tester = await goToolForTests('policy-controller');

const NO_SIGNATURE = /no signatures found/;
const NOT_BY_THE_KEY = /no matching signatures/;
const NO_ATTESTATION = /no matching attestations/;
const NOT_COMPLIANT = /failed evaluating rego policy.*policy is not compliant/s;

/** The error of each of the two policies for each image; none if it is omitted. */
const SAID: Readonly<Record<ImageName, { readonly signature?: RegExp; readonly attestation?: RegExp }>> = {
  good: {},
  unsigned: { signature: NO_SIGNATURE, attestation: NO_ATTESTATION },
  'signed-only': { attestation: NO_ATTESTATION },
  'attested-only': { signature: NO_SIGNATURE },
  failed: { attestation: NOT_COMPLIANT },
  stale: { attestation: NOT_COMPLIANT },
  'from-the-future': { attestation: NOT_COMPLIANT },
  'without-a-time': { attestation: NOT_COMPLIANT },
  'other-repository': { attestation: NOT_COMPLIANT },
  'other-verifier': { attestation: NOT_COMPLIANT },
  'other-policy': { attestation: NOT_COMPLIANT },
  'weakened-by-a-baseline': { attestation: NOT_COMPLIANT },
  'weakened-by-a-base-image': { attestation: NOT_COMPLIANT },
  'without-a-policy': { attestation: NOT_COMPLIANT },
  'other-key': { signature: NOT_BY_THE_KEY, attestation: NO_ATTESTATION },
  'signed-by-other-key': { signature: NOT_BY_THE_KEY },
  'attested-by-other-key': { attestation: NO_ATTESTATION },
  'with-a-foreign-one': {},
  'stale-under-a-foreign-one': { attestation: NOT_COMPLIANT },
  'stale-over-a-foreign-one': { attestation: NOT_COMPLIANT },
  // In contrast to Kyverno, one valid summary is enough.
  'attested-anew': {},
  'stale-one-last': {},
  legacy: {},
  // README.md: by a key, the bundle format is not read at all.
  bundles: { signature: NO_SIGNATURE, attestation: NO_ATTESTATION },
  'both-formats': {},
};

describe.skipIf(tester === undefined)('the ClusterImagePolicies', () => {
  let bench: Bench;
  let policies: { readonly signature: string; readonly attestation: string; readonly both: string };
  beforeAll(async () => {
    const { path } = await ensureCosign(console.log);
    bench = await startBench(path, NAMES);
    await makeImages(bench, 'legacy');

    // In a cluster, the controller reads the public key from KMS and writes it into the policy. The tester does not.
    const { stdout: pem } = await bench.run(path, [
      'public-key',
      `--key=awskms:///${bench.emulator.kms.arn(KEY)}`,
    ]);
    const text = await readFile(POLICY, 'utf8');
    const named = `kms: awskms:///${bench.emulator.kms.arn(KEY)}`;
    expect(text.split(named)).toHaveLength(3);
    const both = text.replaceAll(named, `data: ${JSON.stringify(pem)}`);
    const [signature = '', attestation = ''] = both.split('\n---\n');
    const write = async (name: string, content: string) => {
      const file = join(bench.home, `${name}.yaml`);
      await writeFile(file, content);
      return file;
    };
    policies = {
      signature: await write('signature', signature),
      attestation: await write('attestation', attestation),
      both: await write('both', both),
    };
  }, 300_000);
  afterAll(() => bench?.close());

  /** The error of the tester for an image; empty if it admits the image. */
  async function judge(image: string, policy: string): Promise<string> {
    const args = [`-policy=${policy}`, `-image=${image}`, '-log-level=error'];
    const { exitCode, stdout, stderr } = await bench.run(tester ?? '', args);
    if (exitCode === 0) return '';
    try {
      return (JSON.parse(stdout) as { errors: string[] }).errors.join('\n');
    } catch {
      throw new Error(`the tester ended with ${exitCode}: ${stdout}${stderr}`);
    }
  }

  it('admit only images that are signed and attested', { timeout: 120_000 }, async () => {
    for (const name of NAMES) {
      const { signature, attestation } = SAID[name];
      const image = bench.image(name);
      const [bySignature, byAttestation, byBoth] = await Promise.all(
        [policies.signature, policies.attestation, policies.both].map((policy) => judge(image, policy)),
      );
      expect.soft(bySignature, name).toMatch(signature ?? /^$/);
      expect.soft(byAttestation, name).toMatch(attestation ?? /^$/);
      expect.soft(byBoth === '', name).toBe(signature === undefined && attestation === undefined);
    }
    expect(bench.emulator.foreign).toEqual([]);
  });

  it('apply only to their repository', { timeout: 120_000 }, async () => {
    const other = bench.image('good').replace('/team/app@', '/team/application@');
    for (const policy of Object.values(policies)) {
      expect(await judge(other, policy)).toMatch(/is uncovered by policy$/);
    }
    // README.md: another form of the host name is refused by default, like every image that matches no policy.
    const [host = ''] = REPOSITORY.split('/');
    for (const spelling of [`${host}:443`, host.toUpperCase(), host.replace('.ecr.', '.ecr-fips.')]) {
      const image = bench.image('good').replace(host, spelling);
      expect(await judge(image, policies.both), spelling).toMatch(/is uncovered by policy$/);
    }
    // A tag is resolved to its digest.
    expect(await judge(`${REPOSITORY}:good`, policies.both)).toBe('');
    expect(await judge(`${REPOSITORY}:unsigned`, policies.signature)).toMatch(NO_SIGNATURE);
  });

  it('cannot require bundles by a key', { timeout: 120_000 }, async () => {
    const policy = join(bench.home, 'bundle.yaml');
    const text = await readFile(policies.both, 'utf8');
    await writeFile(policy, text.replaceAll('signatureFormat: legacy', 'signatureFormat: bundle'));
    expect(await judge(bench.image('bundles'), policy)).toMatch(/the authority must be keyless/);
  });
});
