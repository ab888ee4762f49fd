/** The shipped Kyverno policy, byte for byte, judged by Kyverno's own CLI on images that the real cosign signed. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ensureCosign, goToolForTests } from '../../scripts/tools.ts';
import { type Bench, REPOSITORY, startBench } from './bench.ts';
import { type ImageName, makeImages, NAMES, POLICY_FILE } from './images.ts';

const POLICY = join(import.meta.dirname, '../../examples/admission/kyverno/policy.yaml');
const kyverno = await goToolForTests('kyverno');

const UNSIGNED = 'an image is not signed by the deployment gate';
const UNATTESTED = 'an image has no verification summary by the deployment gate';
const TOO_OLD = 'the verification summary of an image is older than seven days, or from the future';

/** The result of the policy for a Pod with each image. */
const SAID: Readonly<Record<ImageName, string>> = {
  good: 'success',
  unsigned: UNSIGNED,
  'signed-only': UNATTESTED,
  'attested-only': UNSIGNED,
  failed: 'the verification summary of an image does not say PASSED',
  stale: TOO_OLD,
  'from-the-future': TOO_OLD,
  'without-a-time': 'failed to evaluate policy: no such key: timeVerified',
  'other-repository': 'the verification summary of an image is for another repository',
  'other-verifier': 'the verification summary of an image was not made by the deployment gate',
  'other-policy': 'the verification summary of an image names another policy',
  'weakened-by-a-baseline': 'the verification summary of an image names another policy',
  'weakened-by-a-base-image': 'the verification summary of an image names another policy',
  'without-a-policy': 'failed to evaluate policy: no such key: digest',
  'other-key': UNSIGNED,
  'signed-by-other-key': UNSIGNED,
  'attested-by-other-key': UNATTESTED,
  'with-a-foreign-one': 'success',
  'stale-under-a-foreign-one': TOO_OLD,
  'stale-over-a-foreign-one': TOO_OLD,
  // README.md: of several summaries Kyverno judges the one that the registry lists last.
  'attested-anew': 'success',
  'stale-one-last': TOO_OLD,
  // A legacy signature is not an attestation, and only attestations have a type.
  legacy: UNSIGNED,
  bundles: 'success',
  'both-formats': 'success',
};

interface Verdict {
  readonly result: string;
  readonly message: string;
}

describe.skipIf(kyverno === undefined)('the Kyverno policy', () => {
  let bench: Bench;
  beforeAll(async () => {
    const { path } = await ensureCosign(console.log);
    bench = await startBench(path, NAMES);
    await makeImages(bench, 'bundle');
  }, 300_000);
  afterAll(() => bench?.close());

  /** Runs Kyverno for all Pods together, and returns the result of each by its name. */
  async function judge(
    specs: Readonly<Record<string, object>>,
    {
      policy = POLICY,
      name = 'ecr-deployment-gate',
      values,
    }: { policy?: string; name?: string; values?: object } = {},
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
        expect(policy).toBe(name);
        return [resources[0]?.name ?? '', { result, message }];
      }),
    );
  }

  const container = (image: string) => ({ name: 'main', image });
  const running = (image: string) => ({ containers: [container(image)] });

  it('admits only images that are signed and attested', { timeout: 120_000 }, async () => {
    const verdicts = await judge(Object.fromEntries(NAMES.map((name) => [name, running(bench.image(name))])));
    // Kyverno has no verdict at all by a policy that it did not load.
    const expected = NAMES.map((name) => {
      const message = SAID[name];
      const result = message === 'success' ? 'pass' : /^failed to evaluate/.test(message) ? 'error' : 'fail';
      return [name, { result, message }] as const;
    });
    expect(Object.fromEntries(verdicts)).toEqual(Object.fromEntries(expected));
    expect(bench.emulator.foreign).toEqual([]);
  });

  it('also checks init and ephemeral containers', { timeout: 120_000 }, async () => {
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

  it('requires digests, and an image that exists', { timeout: 120_000 }, async () => {
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

  it('also checks the images of volumes', { timeout: 120_000 }, async () => {
    const [good, unsigned] = [bench.image('good'), bench.image('unsigned')];
    const volume = (reference: string) => ({
      name: 'files',
      image: { reference, pullPolicy: 'IfNotPresent' },
    });
    const others = [
      { name: 'empty', emptyDir: {} },
      { name: 'map', configMap: { name: 'a' } },
    ];
    const verdicts = await judge({
      good: { ...running(good), volumes: [...others, volume(good)] },
      unsigned: { ...running(good), volumes: [...others, volume(unsigned)] },
      tag: { ...running(good), volumes: [volume(`${REPOSITORY}:good`)] },
      'other-spelling': { ...running(good), volumes: [volume(good.replace('.com/', '.com:443/'))] },
      none: { ...running(good), volumes: others },
      nothing: { ...running(good), volumes: [{ name: 'files', image: {} }] },
    });
    expect([...verdicts].map(([name, { result }]) => [name, result]).sort()).toEqual([
      ['good', 'pass'],
      ['none', 'pass'],
      ['nothing', 'error'],
      ['other-spelling', expect.stringMatching(/^(fail|error)$/)],
      ['tag', 'fail'],
      ['unsigned', 'fail'],
    ]);
  });

  it('refuses every other form of the registry’s host name, which the summary does not name', {
    timeout: 240_000,
  }, async () => {
    const plain = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
    const names = [
      plain,
      '111122223333.dkr.ecr-fips.eu-central-1.amazonaws.com',
      '111122223333.dkr-ecr.eu-central-1.on.aws',
      '111122223333.dkr-ecr-fips.eu-central-1.on.aws',
    ];
    const spellings = names
      .flatMap((host) => [host, host.toUpperCase(), host.replace('ecr', 'Ecr')])
      .flatMap((host) => [host, `${host}:443`, `${host}.`, `${host}.:443`])
      .filter((host) => host !== plain);
    for (const name of ['good', 'unsigned'] as const) {
      const path = bench.image(name).slice(REPOSITORY.indexOf('/'));
      const specs = Object.fromEntries(
        spellings.map((host, index) => [`name-${index}`, running(`${host}${path}`)]),
      );
      const verdicts = await judge(specs);
      for (const [index, host] of spellings.entries()) {
        expect(verdicts.get(`name-${index}`)?.result, `${host}, ${name}`).toMatch(/^(fail|error)$/);
      }
    }
  });

  it('does not check other registries', { timeout: 120_000 }, async () => {
    const path = bench.image('unsigned').slice(REPOSITORY.indexOf('/'));
    // README.md: images that do not match are not checked.
    const verdicts = await judge({
      elsewhere: running(`registry.example${path}`),
      account: running(`211122223333.dkr.ecr.eu-central-1.amazonaws.com${path}`),
      inside: running(`registry.example/111122223333.dkr.ecr.eu-central-1.amazonaws.com${path}`),
      suffix: running(`111122223333.dkr.ecr.eu-central-1.amazonaws.com.example${path}`),
    });
    expect([...verdicts.values()].map(({ result }) => result)).toEqual(Array(4).fill('pass'));
  });

  it('checks an update only if it changes images', { timeout: 120_000 }, async () => {
    const update = {
      apiVersion: 'cli.kyverno.io/v1alpha1',
      kind: 'Values',
      globalValues: { 'request.operation': 'UPDATE' },
    };
    const specs = { stale: running(bench.image('stale')), good: running(bench.image('good')) };
    expect((await judge(specs)).get('stale')?.result).toBe('fail');
    // The Pod did not change, so the policy does not apply.
    expect(await judge(specs, { values: update })).toEqual(new Map());

    // The previous Pod had another image, in each kind of container in turn.
    const text = await readFile(POLICY, 'utf8');
    for (const kind of ['containers', 'initContainers', 'ephemeralContainers', 'volumes']) {
      const image = kind === 'volumes' ? { reference: 'before' } : 'before';
      const before = { containers: specs.stale.containers, [kind]: [{ image }] };
      // A map in CEL must have values of one type.
      const members = Object.entries(before).map(
        ([name, value]) => `${JSON.stringify(name)}: dyn(${JSON.stringify(value)})`,
      );
      const policy = join(bench.home, 'policy.yaml');
      await writeFile(policy, text.replaceAll('oldObject.spec', `dyn({${members}})`));
      const verdicts = await judge(specs, { policy, values: update });
      expect(verdicts.get('stale')?.result, kind).toBe('fail');
      expect(verdicts.get('good')?.result, kind).toBe('pass');
    }
  });

  it('is complemented for policy-controller by a policy that refuses images as volumes', {
    timeout: 120_000,
  }, async () => {
    const values = {
      apiVersion: 'cli.kyverno.io/v1alpha1',
      kind: 'Values',
      namespaceSelector: [{ name: 'default', labels: { 'policy.sigstore.dev/include': 'true' } }],
    };
    const policy = join(import.meta.dirname, '../../examples/admission/policy-controller/volumes.yaml');
    const good = bench.image('good');
    const verdicts = await judge(
      {
        image: { ...running(good), volumes: [{ name: 'files', image: { reference: good } }] },
        second: {
          ...running(good),
          volumes: [
            { name: 'empty', emptyDir: {} },
            { name: 'files', image: {} },
          ],
        },
        other: { ...running(good), volumes: [{ name: 'empty', emptyDir: {} }] },
        none: running(good),
      },
      { policy, name: 'no-image-volumes', values },
    );
    expect([...verdicts].map(([name, { result }]) => [name, result]).sort()).toEqual([
      ['image', 'fail'],
      ['none', 'pass'],
      ['other', 'pass'],
      ['second', 'fail'],
    ]);
  });

  it('can compare the digest of the policy file, as README.md says', { timeout: 120_000 }, async () => {
    const text = await readFile(POLICY, 'utf8');
    const ofFile = text.replace(
      /predicate\.policy\.digest\.sha256 ==\s+'[0-9a-f]{64}'/,
      `predicate['urn:ecr-deployment-gate:policy-file'].digest.sha256 == '${POLICY_FILE.sha256}'`,
    );
    expect(ofFile).not.toBe(text);
    const policy = join(bench.home, 'of-file.yaml');
    await writeFile(policy, ofFile);
    const names = ['other-policy', 'weakened-by-a-baseline', 'good'] as const;
    const verdicts = await judge(
      Object.fromEntries(names.map((name) => [name, running(bench.image(name))])),
      {
        policy,
      },
    );
    expect(names.map((name) => verdicts.get(name)?.result)).toEqual(['pass', 'fail', 'error']);
  });

  it('requires the type of a signature explicitly', { timeout: 120_000 }, async () => {
    // The policy does not use verifyImageSignatures, because it accepts an attestation as a signature.
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
