/** The shipped Kyverno policy, byte for byte, judged by Kyverno's own CLI on images that the real cosign signed. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ensureCosign, goToolForTests } from '../../scripts/tools.ts';
import { type Bench, DAY_MS, KEY, OTHER_KEY, REPOSITORY, startBench } from './bench.ts';
import { verificationSummary } from './predicate.ts';

const POLICY = join(import.meta.dirname, '../../examples/admission/kyverno/policy.yaml');
const kyverno = await goToolForTests('kyverno');

/** What was done to each image before its Pod asks to be admitted, and what the policy says to that. */
const IMAGES: Readonly<
  Record<string, { readonly made: (bench: Bench, name: string) => Promise<void>; readonly says: string }>
> = {
  good: {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name);
    },
    says: 'success',
  },
  unsigned: { made: async () => {}, says: 'an image is not signed by the deployment gate' },
  'signed-only': {
    made: ({ sign }, name) => sign(name),
    says: 'an image has no verification summary by the deployment gate',
  },
  'attested-only': {
    made: ({ attest }, name) => attest(name),
    says: 'an image is not signed by the deployment gate',
  },
  failed: {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name, { result: 'FAILED' });
    },
    says: 'the verification summary of an image does not say PASSED',
  },
  stale: {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name, { verifiedAt: Date.now() - 8 * DAY_MS });
    },
    says: 'the verification summary of an image is older than seven days, or from the future',
  },
  'from-the-future': {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name, { verifiedAt: Date.now() + DAY_MS });
    },
    says: 'the verification summary of an image is older than seven days, or from the future',
  },
  'without-a-time': {
    made: async ({ sign, attachPredicate }, name) => {
      const { timeVerified: _, ...predicate } = verificationSummary({ repository: REPOSITORY });
      await sign(name);
      await attachPredicate(name, predicate);
    },
    says: 'failed to evaluate policy: no such key: timeVerified',
  },
  'other-key': {
    made: async ({ sign, attest }, name) => {
      await sign(name, OTHER_KEY);
      await attest(name, {}, OTHER_KEY);
    },
    says: 'an image is not signed by the deployment gate',
  },
  'signed-by-other-key': {
    made: async ({ sign, attest }, name) => {
      await sign(name, OTHER_KEY);
      await attest(name);
    },
    says: 'an image is not signed by the deployment gate',
  },
  'attested-by-other-key': {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name, {}, OTHER_KEY);
    },
    says: 'an image has no verification summary by the deployment gate',
  },
  'other-repository': {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name, { repository: `${REPOSITORY}-of-somebody` });
    },
    says: 'the verification summary of an image is about another repository',
  },
  // By our key and PASSED, beside one by another key that would say something else.
  'with-a-foreign-one': {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name);
      await sign(name, OTHER_KEY);
      await attest(name, { result: 'FAILED' }, OTHER_KEY);
    },
    says: 'success',
  },
  // Its signature is no attestation, which is where the type is told.
  legacy: {
    made: async ({ sign, attest }, name) => {
      await sign(name, KEY, 'legacy');
      await attest(name, {}, KEY, 'legacy');
    },
    says: 'an image is not signed by the deployment gate',
  },
  // What README.md says of it: of several summaries Kyverno judges the one the registry lists last.
  'attested-anew': {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name, { verifiedAt: Date.now() - 8 * DAY_MS });
      await attest(name);
    },
    says: 'success',
  },
  'stale-one-listed-last': {
    made: async ({ sign, attest }, name) => {
      await sign(name);
      await attest(name);
      await attest(name, { verifiedAt: Date.now() - 8 * DAY_MS });
    },
    says: 'the verification summary of an image is older than seven days, or from the future',
  },
};

interface Verdict {
  readonly result: string;
  readonly message: string;
}

describe.skipIf(kyverno === undefined)('the Kyverno policy', () => {
  let bench: Bench;
  beforeAll(async () => {
    const { path } = await ensureCosign(console.log);
    bench = await startBench(path, Object.keys(IMAGES));
    await Promise.all(Object.entries(IMAGES).map(([name, { made }]) => made(bench, name)));
  }, 300_000);
  afterAll(() => bench?.close());

  /** Asks Kyverno about Pods, all at once, each by its name. */
  async function judge(
    specs: Readonly<Record<string, object>>,
    { policy = POLICY, values }: { policy?: string; values?: object } = {},
  ): Promise<Map<string, Verdict>> {
    const pods = Object.entries(specs).map(([name, spec]) =>
      stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec }),
    );
    const resources = join(bench.home, 'pods.yaml');
    await writeFile(resources, pods.join('---\n'));
    const args = ['apply', policy, '--resource', resources, '--registry'];
    if (values !== undefined) {
      const file = join(bench.home, 'values.yaml');
      await writeFile(file, stringify(values));
      args.push('--values-file', file);
    }
    args.push('--policy-report', '--output-format', 'json');
    const { stdout, stderr } = await bench.run(kyverno ?? '', args);
    // Where no policy applies, Kyverno prints nothing.
    const report = JSON.parse(stdout.trim() || '{}') as {
      results?: (Verdict & { policy: string; resources: { name: string }[] })[];
    };
    expect(stderr).toBe('');
    return new Map(
      (report.results ?? []).map(({ policy, resources, result, message }) => {
        expect(policy).toBe('ecr-deployment-gate');
        return [resources[0]?.name ?? '', { result, message }];
      }),
    );
  }

  const container = (image: string) => ({ name: 'main', image });
  const running = (image: string) => ({ containers: [container(image)] });

  it('admits what is signed and attested, and nothing else', { timeout: 120_000 }, async () => {
    const verdicts = await judge(
      Object.fromEntries(Object.keys(IMAGES).map((name) => [name, running(bench.image(name))])),
    );
    // A policy that Kyverno did not load would have no verdict at all.
    expect([...verdicts.keys()].sort()).toEqual(Object.keys(IMAGES).sort());
    for (const [name, { says }] of Object.entries(IMAGES)) {
      expect.soft(verdicts.get(name)?.message, name).toBe(says);
      const result = says === 'success' ? 'pass' : /^failed to evaluate/.test(says) ? 'error' : 'fail';
      expect.soft(verdicts.get(name)?.result, name).toBe(result);
    }
    expect(bench.emulator.foreign).toEqual([]);
  });

  it('holds init and ephemeral containers to it as well', { timeout: 120_000 }, async () => {
    const [good, unsigned] = [container(bench.image('good')), container(bench.image('unsigned'))];
    // One image twice and then another would hang Kyverno 1.19.1: README.md.
    const verdicts = await judge({
      all: { containers: [good], initContainers: [good], ephemeralContainers: [good] },
      init: { containers: [good], initContainers: [unsigned] },
      ephemeral: { containers: [good], ephemeralContainers: [unsigned] },
      second: { containers: [good, unsigned] },
    });
    expect([...verdicts].map(([name, { result }]) => [name, result]).sort()).toEqual([
      ['all', 'pass'],
      ['ephemeral', 'fail'],
      ['init', 'fail'],
      ['second', 'fail'],
    ]);
  });

  it('wants digests, and an image that exists', { timeout: 120_000 }, async () => {
    const verdicts = await judge({
      tag: running(`${REPOSITORY}:good`),
      'tag-and-digest': running(bench.image('good').replace('@', ':good@')),
      missing: running(`${REPOSITORY}@sha256:${'0'.repeat(64)}`),
    });
    expect(verdicts.get('tag')).toEqual({
      result: 'fail',
      message: `image ${REPOSITORY}:good does not have a digest`,
    });
    expect(verdicts.get('tag-and-digest')?.result).toBe('pass');
    expect(verdicts.get('missing')?.result).toBe('error');
  });

  it('judges an update only by the images that it brings', { timeout: 120_000 }, async () => {
    const update = {
      apiVersion: 'cli.kyverno.io/v1alpha1',
      kind: 'Values',
      globalValues: { 'request.operation': 'UPDATE' },
    };
    const specs = { stale: running(bench.image('stale')), good: running(bench.image('good')) };
    expect((await judge(specs)).get('stale')?.result).toBe('fail');
    // To the CLI the Pod was the same before: the policy does not apply.
    expect(await judge(specs, { values: update })).toEqual(new Map());

    // Another image before, in one kind of container after the other.
    const text = await readFile(POLICY, 'utf8');
    for (const kind of ['containers', 'initContainers', 'ephemeralContainers']) {
      const before = { containers: specs.stale.containers, [kind]: [{ image: 'before' }] };
      const policy = join(bench.home, 'policy.yaml');
      await writeFile(policy, text.replaceAll('oldObject.spec', `dyn(${JSON.stringify(before)})`));
      const verdicts = await judge(specs, { policy, values: update });
      expect(verdicts.get('stale')?.result, kind).toBe('fail');
      expect(verdicts.get('good')?.result, kind).toBe('pass');
    }
  });

  it('needs its own question for the type of a signature', { timeout: 120_000 }, async () => {
    // Why the policy does not ask verifyImageSignatures: it takes an attestation for one.
    const text = await readFile(POLICY, 'utf8');
    const naive = text.replace(
      'verifyAttestationSignatures(image, attestations.signature, [attestors.gate])',
      'verifyImageSignatures(image, [attestors.gate])',
    );
    expect(naive).not.toBe(text);
    const policy = join(bench.home, 'naive.yaml');
    await writeFile(policy, naive);
    const specs = { 'attested-only': running(bench.image('attested-only')) };
    expect((await judge(specs, { policy })).get('attested-only')?.result).toBe('pass');
    expect((await judge(specs)).get('attested-only')?.result).toBe('fail');
  });
});
