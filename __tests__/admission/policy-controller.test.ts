/** The shipped ClusterImagePolicies, judged by policy-controller's own tester on images that the real cosign signed. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureCosign, goToolForTests } from '../../scripts/tools.ts';
import { type Bench, DAY_MS, KEY, OTHER_KEY, REPOSITORY, startBench } from './bench.ts';
import { verificationSummary } from './predicate.ts';

const POLICY = join(import.meta.dirname, '../../examples/admission/policy-controller/policy.yaml');
const tester = await goToolForTests('policy-controller');

const NO_SIGNATURE = /no signatures found/;
const NOT_BY_THE_KEY = /no matching signatures/;
const NO_ATTESTATION = /no matching attestations/;
const NOT_COMPLIANT = /failed evaluating rego policy.*policy is not compliant/s;

interface Case {
  readonly made: (bench: Bench, name: string) => Promise<void>;
  /** What the policy about signatures holds against it; nothing if left out. */
  readonly signature?: RegExp;
  /** What the policy about attestations holds against it. */
  readonly attestation?: RegExp;
}

/** An image with a good signature and one attestation. */
function signedAnd(attested: (bench: Bench, name: string) => Promise<void>): Case['made'] {
  return async (bench, name) => {
    await bench.sign(name, KEY, 'legacy');
    await attested(bench, name);
  };
}

/** What was done to each image before it is asked for, and what is said to that. */
const IMAGES: Readonly<Record<string, Case>> = {
  good: { made: signedAnd(({ attest }, name) => attest(name, {}, KEY, 'legacy')) },
  unsigned: { made: async () => {}, signature: NO_SIGNATURE, attestation: NO_ATTESTATION },
  'signed-only': { made: signedAnd(async () => {}), attestation: NO_ATTESTATION },
  'attested-only': {
    made: ({ attest }, name) => attest(name, {}, KEY, 'legacy'),
    signature: NO_SIGNATURE,
  },
  failed: {
    made: signedAnd(({ attest }, name) => attest(name, { result: 'FAILED' }, KEY, 'legacy')),
    attestation: NOT_COMPLIANT,
  },
  stale: {
    made: signedAnd(({ attest }, name) =>
      attest(name, { verifiedAt: Date.now() - 8 * DAY_MS }, KEY, 'legacy'),
    ),
    attestation: NOT_COMPLIANT,
  },
  'from-the-future': {
    made: signedAnd(({ attest }, name) => attest(name, { verifiedAt: Date.now() + DAY_MS }, KEY, 'legacy')),
    attestation: NOT_COMPLIANT,
  },
  'without-a-time': {
    made: signedAnd(({ attachPredicate }, name) => {
      const { timeVerified: _, ...predicate } = verificationSummary({ repository: REPOSITORY });
      return attachPredicate(name, predicate, KEY, 'legacy');
    }),
    attestation: NOT_COMPLIANT,
  },
  'other-repository': {
    made: signedAnd(({ attest }, name) =>
      attest(name, { repository: `${REPOSITORY}-of-somebody` }, KEY, 'legacy'),
    ),
    attestation: NOT_COMPLIANT,
  },
  'other-key': {
    made: async ({ sign, attest }, name) => {
      await sign(name, OTHER_KEY, 'legacy');
      await attest(name, {}, OTHER_KEY, 'legacy');
    },
    signature: NOT_BY_THE_KEY,
    attestation: NO_ATTESTATION,
  },
  'attested-by-other-key': {
    made: signedAnd(({ attest }, name) => attest(name, {}, OTHER_KEY, 'legacy')),
    attestation: NO_ATTESTATION,
  },
  // Unlike Kyverno, it is content with any one of several.
  'attested-anew': {
    made: signedAnd(async ({ attest }, name) => {
      await attest(name, {}, KEY, 'legacy');
      await attest(name, { verifiedAt: Date.now() - 8 * DAY_MS }, KEY, 'legacy');
    }),
  },
  // What README.md says of it: by a key, the bundle format is not read at all.
  'as-bundles': {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name);
    },
    signature: NO_SIGNATURE,
    attestation: NO_ATTESTATION,
  },
  'in-both-formats': {
    made: signedAnd(async ({ sign, attest }, name) => {
      await attest(name, {}, KEY, 'legacy');
      await sign(name);
      await attest(name);
    }),
  },
};

describe.skipIf(tester === undefined)('the ClusterImagePolicies', () => {
  let bench: Bench;
  let policies: { readonly signature: string; readonly attestation: string; readonly both: string };
  beforeAll(async () => {
    const { path } = await ensureCosign(console.log);
    bench = await startBench(path, Object.keys(IMAGES));
    await Promise.all(Object.entries(IMAGES).map(([name, { made }]) => made(bench, name)));

    // In a cluster the controller asks KMS for the public key and writes it into the policy; the tester does not.
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

  /** What the tester holds against an image; empty if it lets it through. */
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

  it('admit what is signed and attested, and nothing else', { timeout: 120_000 }, async () => {
    for (const [name, { signature, attestation }] of Object.entries(IMAGES)) {
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

  it('are about their repository alone', { timeout: 120_000 }, async () => {
    const other = bench.image('good').replace('/team/app@', '/team/application@');
    for (const policy of Object.values(policies)) {
      expect(await judge(other, policy)).toMatch(/is uncovered by policy$/);
    }
    // A tag stands for what it points at.
    expect(await judge(`${REPOSITORY}:good`, policies.both)).toBe('');
    expect(await judge(`${REPOSITORY}:unsigned`, policies.signature)).toMatch(NO_SIGNATURE);
  });

  it('cannot ask for bundles by a key', { timeout: 120_000 }, async () => {
    const policy = join(bench.home, 'bundle.yaml');
    const text = await readFile(policies.both, 'utf8');
    await writeFile(policy, text.replaceAll('signatureFormat: legacy', 'signatureFormat: bundle'));
    expect(await judge(bench.image('as-bundles'), policy)).toMatch(/the authority must be keyless/);
  });
});
