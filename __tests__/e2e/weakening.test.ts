/** Inputs that allow more than the policy alone: the bundled action, the real cosign, the emulator. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import { HOST, image, LONG_AGO, scanned } from '../../emulator/scenarios/build.ts';
import type { Emulator } from '../../emulator/server.ts';
import type { ActionRun } from '../../scripts/runner.ts';
import { policySha256 } from '../../src/policy/canonical.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import type { ImageDocument, ReportDocument } from '../../src/report/findings/document.ts';
import { SUMMARY_TYPE, weakenedPolicySha256 } from '../../src/signing/statements/predicate.ts';
import { emulate, findCosign, needsCosign, run } from './signed.ts';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(findCosign, 900_000);

const RULES = `version: 1
fail-on: critical
rules:
  - name: the base image is another team's
    action: warn
    when: { layer: base }
`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const digestOf = (text: string) => policySha256(parsePolicy(Buffer.from(text), 'gate.yml'));
const clean = scanned([], 0, LONG_AGO);

/** An image with a critical finding in a layer of its own, and images that a workflow can name as its base. */
function stage(): Promise<Emulator> {
  const release = { name: 'release', tag: 'release', seed: 'app', contents: 'most' } as const;
  return emulate('pass-single', {
    repositories: [
      { name: 'team/app', images: [image([scanned([finding(CATALOGUE.curlSocks)], 0, LONG_AGO)])] },
      {
        name: 'team/old',
        images: [
          // The same layers under another manifest.
          image([clean], { name: 'copy', tag: 'copy', seed: 'app', annotations: { a: 'b' } }),
          image([clean], release),
        ],
      },
      { name: 'cache/debian', images: [image([clean], { name: 'debian', tag: '12', contents: 'base' })] },
    ],
  });
}

const COPY = `${HOST}/team/old:copy`;
const RELEASE = `${HOST}/team/old:release`;
const DEBIAN = `${HOST}/cache/debian:12`;

/** A run with a policy file. */
async function play(
  emulator: Emulator,
  policy: string,
  inputs: Record<string, string>,
  action: 'gate' | 'verify' = 'gate',
): Promise<{ result: ActionRun; report: ReportDocument; judged: ImageDocument }> {
  const directory = await mkdtemp(join(tmpdir(), 'gate-policy-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, 'gate.yml'), policy);
  const env = { GITHUB_WORKSPACE: directory };
  const result = await run(emulator, { policy: 'gate.yml', ...inputs }, { env, action });
  const report = JSON.parse(await readFile(result.outputs.report ?? '', 'utf8')) as ReportDocument;
  return { result, report, judged: report.images[0] as ImageDocument };
}

/** The verification summaries that a run attached. */
async function attested({ outputs }: ActionRun) {
  const paths = (outputs.bundles ?? '').split('\n').filter((path) => path !== '');
  const statements = await Promise.all(
    paths.map(async (path) => {
      const { payload } = JSON.parse(await readFile(path, 'utf8')).dsseEnvelope;
      return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
    }),
  );
  return statements
    .filter(({ predicateType }) => predicateType === SUMMARY_TYPE)
    .map(({ predicate }) => predicate);
}

describe('a base image', () => {
  it.for([
    ['a copy of the image', COPY, /base image .*:copy was not used for the image .* it has every layer/],
    [
      'the image itself',
      `${HOST}/team/app:1.4.2`,
      /base image .*:1\.4\.2 was not used .* it has every layer/,
    ],
  ] as const)('that is %s explains nothing, and the image stays blocked', async ([
    ,
    base,
    notice,
  ], context) => {
    await needsCosign(context);
    const { result, report, judged } = await play(await stage(), RULES, { 'base-image': base });
    expect(result.outputs, result.log).toMatchObject({
      verdict: 'block',
      passed: 'false',
      signed: 'false',
      bundles: '',
    });
    expect(report.notices.join('\n')).toMatch(notice);
    expect(judged).toMatchObject({ baseImages: [], weakened: {} });
    // The real base image is used, and the finding is not in its layers.
    const both = await play(await stage(), RULES, { 'base-image': `${base}\n${DEBIAN}` });
    expect(both.result.outputs.verdict, both.result.log).toBe('block');
    expect(both.judged.findings[0]?.packages[0]?.origin).toBe('application');
  });

  it('that makes a verdict better is attested as a weakened policy', async (context) => {
    await needsCosign(context);
    const emulator = await stage();
    // By itself the policy blocks the image.
    expect((await play(emulator, RULES, {})).result.outputs.verdict).toBe('block');
    expect((await play(emulator, RULES, { 'base-image': DEBIAN })).result.outputs.verdict).toBe('block');

    const { result, judged } = await play(emulator, RULES, { 'base-image': RELEASE });
    expect(result.outputs, result.log).toMatchObject({ verdict: 'warn', signed: 'true' });
    const weakened = { 'base-image': true } as const;
    expect(judged.weakened).toEqual(weakened);
    expect(JSON.parse(result.outputs.results ?? '[]')).toMatchObject([{ weakened }]);
    expect(result.log).toMatch(/Less strict than the policy: base-image in the workflow/);
    expect(result.summary).toContain('Less strict than the policy');
    const uri = `${HOST}/team/old@${emulator.digests.get('release')}`;
    expect(judged.baseImages).toEqual([{ name: RELEASE, named: true, deciding: [uri] }]);
    expect(await attested(result)).toMatchObject([
      {
        verificationResult: 'PASSED',
        policy: {
          uri: 'urn:ecr-deployment-gate:weakened-policy:gate.yml',
          digest: { sha256: weakenedPolicySha256(digestOf(RULES), weakened) },
        },
        'urn:ecr-deployment-gate:policy-file': {
          digest: { sha256: weakenedPolicySha256(sha256(RULES), weakened) },
        },
        'urn:ecr-deployment-gate:weakened': weakened,
        'urn:ecr-deployment-gate:base-images': [uri],
      },
    ]);

    // A deployment that requires the policy refuses it, however it names the policy.
    const verify = { policy: '', recheck: 'false' };
    for (const inputs of [
      { ...verify, policy: 'gate.yml' },
      { ...verify, policy: 'gate.yml', 'base-image': RELEASE },
      { ...verify, 'policy-digest': `sha256:${sha256(RULES)}` },
      { ...verify, 'policy-digest': `sha256:${digestOf(RULES)}` },
      { ...verify, policy: 'gate.yml', recheck: 'true', 'base-image': RELEASE, 'fail-on': 'none' },
      { ...verify, policy: 'gate.yml', recheck: 'true' },
      { ...verify, policy: 'gate.yml', recheck: 'true', baseline: RELEASE },
    ]) {
      const refused = await play(emulator, RULES, inputs, 'verify');
      expect(refused.result.outputs, refused.result.log).toMatchObject({ verdict: 'error', passed: 'false' });
      expect(refused.result.log).toMatch(
        /names another policy \(.*weakened-policy:gate\.yml .*, weakened by base-image\)/,
      );
    }
    // A deployment with the same base image accepts it, and so does one that names this weakened policy.
    for (const inputs of [
      { ...verify, policy: 'gate.yml', recheck: 'true', 'base-image': RELEASE },
      { ...verify, 'policy-digest': weakenedPolicySha256(digestOf(RULES), weakened) },
      { ...verify, 'policy-digest': weakenedPolicySha256(sha256(RULES), weakened) },
    ]) {
      const verified = await play(emulator, RULES, inputs, 'verify');
      expect(verified.result.outputs, verified.result.log).toMatchObject({ passed: 'true', signed: 'true' });
    }
  });

  it('can be forbidden by the policy, or limited to images that it names', async (context) => {
    await needsCosign(context);
    const emulator = await stage();
    const under = (minimum: string, base: string) =>
      play(emulator, `${RULES}minimum: { base-image: ${minimum} }\n`, { 'base-image': base });
    for (const minimum of [
      'false',
      `["${HOST}/cache/**"]`,
      // Of the same name, in another account and region.
      '999999999999.dkr.ecr.eu-central-1.amazonaws.com/team/**',
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/team/**',
    ]) {
      const { result, report, judged } = await under(minimum, RELEASE);
      expect(result.outputs, minimum).toMatchObject({ verdict: 'block', signed: 'false' });
      expect(report.documents?.conflicts, minimum).toMatchObject([
        { input: 'base-image', asked: `${HOST}/team/old` },
      ]);
      expect(result.summary).toContain('The policy overrides the workflow');
      // It is still shown.
      expect(judged.findings[0]?.packages[0]).toMatchObject({ origin: null, statedOrigin: 'base' });
      expect(judged).toMatchObject({ baseImages: [{ named: true, deciding: [] }], weakened: {} });
    }
    const allowed = await under(`${HOST}/team/*`, RELEASE);
    expect(allowed.result.outputs, allowed.result.log).toMatchObject({ verdict: 'warn', signed: 'true' });
    expect(allowed.report.documents?.conflicts).toEqual([]);
    expect(allowed.judged.weakened).toEqual({ 'base-image': true });
  });

  it('that changes nothing does not change the attested policy', async (context) => {
    await needsCosign(context);
    const emulator = await stage();
    const policy = RULES.replace('fail-on: critical', 'fail-on: none');
    const { result, judged } = await play(emulator, policy, { 'base-image': DEBIAN });
    expect(result.outputs, result.log).toMatchObject({ signed: 'true' });
    expect(judged.weakened).toEqual({});
    const [summary] = await attested(result);
    expect(summary).toMatchObject({ policy: { digest: { sha256: digestOf(policy) } } });
    expect(Object.keys(summary)).not.toContain('urn:ecr-deployment-gate:base-images');
  });
});

describe('recheck', () => {
  it('cannot be turned off if the policy requires it', async (context) => {
    await needsCosign(context);
    const emulator = await stage();
    const policy = 'version: 1\nfail-on: none\nminimum: { recheck: true }\n';
    const made = await play(emulator, policy, {});
    expect(made.result.outputs, made.result.log).toMatchObject({ signed: 'true' });
    const { result, report } = await play(emulator, policy, { recheck: 'false' }, 'verify');
    expect(result.outputs, result.log).toMatchObject({ passed: 'true', total: '1' });
    expect(report.verification?.recheck).toBe(true);
    expect(report.documents?.conflicts).toEqual([{ input: 'recheck', asked: 'false', demanded: 'true' }]);
    // Without this requirement, no findings are requested.
    const free = policy.replace('minimum: { recheck: true }', '');
    await play(emulator, free, {});
    const unasked = await play(emulator, free, { recheck: 'false' }, 'verify');
    expect(unasked.result.outputs, unasked.result.log).toMatchObject({ passed: 'true', total: '0' });
  });
});

describe('files in the repository', () => {
  const except =
    'version: 1\nexceptions: [{ id: CVE-2023-38545, reason: not reachable, expires: 2099-01-01 }]\n';

  it('allow nothing if the policy forbids them', async (context) => {
    await needsCosign(context);
    const emulator = await stage();
    const directory = await mkdtemp(join(tmpdir(), 'gate-files-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const vex = {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.com/vex/1',
      author: 'Example Security',
      timestamp: '2026-01-01T00:00:00Z',
      version: 1,
      statements: [
        {
          vulnerability: { name: 'CVE-2023-38545' },
          products: [
            { '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:deb/debian/curl?distro=debian-12' }] },
          ],
          status: 'not_affected',
          justification: 'vulnerable_code_not_in_execute_path',
        },
      ],
    };
    await writeFile(join(directory, 'e.yml'), except);
    await writeFile(join(directory, 'vex.json'), JSON.stringify(vex));
    const env = { GITHUB_WORKSPACE: directory };
    for (const [input, file] of [
      ['exceptions', 'e.yml'],
      ['vex', 'vex.json'],
    ] as const) {
      for (const [minimum, verdict] of [
        ['', 'pass'],
        [`minimum: { ${input}: false }\n`, 'block'],
      ] as const) {
        await writeFile(join(directory, 'gate.yml'), `version: 1\nfail-on: critical\n${minimum}`);
        const result = await run(emulator, { policy: 'gate.yml', [input]: file }, { env });
        expect(result.outputs, `${input} ${minimum}\n${result.log}`).toMatchObject({ verdict });
        expect(
          result.log.includes(
            `The policy requires ${input}: none. The workflow sets ${input}: files, which is not used.`,
          ),
        ).toBe(verdict === 'block');
      }
    }
  });
});
