/** Platforms in every spelling, and VEX statements about other packages, through the bundle. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import type { ImageSpec, JsonObject, Scenario } from '../../emulator/scenario.ts';
import { child, image, LONG_AGO, scanned, story } from '../../emulator/scenarios/build.ts';
import { startEmulator } from '../../emulator/server.ts';
import { runAction } from '../../scripts/runner.ts';
import type { ImageDocument, ReportDocument } from '../../src/report/findings/document.ts';

vi.setConfig({ testTimeout: 60_000 });

async function play(scenario: Scenario, files: Record<string, string>, inputs: Record<string, string>) {
  const emulator = await startEmulator(scenario);
  onTestFinished(() => emulator.close());
  const run = await runAction({
    inputs: { image: emulator.images.join('\n'), ...scenario.inputs, ...inputs },
    files: { ...emulator.files, ...files },
    env: emulator.env(),
  });
  onTestFinished(() => run.clean());
  const report = JSON.parse(await readFile(run.outputs.report ?? '', 'utf8')) as ReportDocument;
  return { run, emulator, report, judged: report.images[0] as ImageDocument };
}

const found = scanned([finding(CATALOGUE.curlSocks)], 0, LONG_AGO);

/** An image for linux/amd64 for which its index states another platform. */
function listed(listedAs: JsonObject | null): Scenario {
  const amd64: ImageSpec = { ...child('amd64', 'amd64', [found]), listedAs } as ImageSpec;
  return story('listed', 'A platform in another spelling.', [
    { kind: 'index', name: 'app', tag: '1.4.2', children: [amd64] },
  ]);
}

const BLOCKS = `version: 1
fail-on: none
rules:
  - { name: production, action: block, when: { platform: linux/amd64 } }
`;
const DOWNGRADES = (platform: string) => `version: 1
fail-on: critical
rules:
  - { name: for tests alone, action: warn, when: { platform: ${platform} } }
`;

describe('a platform', () => {
  it.each<[JsonObject | null, string]>([
    [{ os: 'linux', architecture: 'x86_64' }, 'linux/amd64'],
    [{ os: 'Linux', architecture: 'AMD64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'amd64', variant: 'v1' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'amd64', variant: 'v3' }, 'linux/amd64/v3'],
    [{ architecture: 'amd64' }, 'unknown/amd64'],
    [{ os: 'linux', architecture: '' }, 'linux/unknown'],
    [{ os: 'linux', architecture: 'i386' }, 'linux/386'],
    [null, 'unknown/unknown'],
  ])('that the index names %j is blocked like every other spelling of it', async (listedAs, name) => {
    const blocked = await play(listed(listedAs), { 'p.yml': BLOCKS }, { policy: 'p.yml' });
    expect(blocked.run.outputs.verdict, blocked.run.log).toBe('block');
    expect(blocked.judged.platforms).toMatchObject([{ platform: name }]);
    const downgraded = await play(
      listed(listedAs),
      { 'p.yml': DOWNGRADES('linux/arm64') },
      { policy: 'p.yml' },
    );
    expect(downgraded.run.outputs.verdict, downgraded.run.log).toBe('block');
  });

  it('is read from the config of a child without a platform in the index', async () => {
    const { run, judged } = await play(
      listed(null),
      { 'p.yml': DOWNGRADES('linux/amd64') },
      { policy: 'p.yml' },
    );
    expect(run.outputs.verdict, run.log).toBe('warn');
    expect(judged.findings[0]?.reason).toMatchObject({ kind: 'rule', missing: [] });
  });

  it('is unknown if config and index contradict each other', async () => {
    const arm = { os: 'linux', architecture: 'arm64' };
    for (const platform of ['linux/arm64', 'linux/amd64']) {
      const { run } = await play(listed(arm), { 'p.yml': DOWNGRADES(platform) }, { policy: 'p.yml' });
      expect(run.outputs.verdict, run.log).toBe('block');
    }
    const { run } = await play(listed(arm), { 'p.yml': BLOCKS }, { policy: 'p.yml' });
    expect(run.outputs.verdict, run.log).toBe('block');
  });

  it('is unknown for an image without an index, which any host runs', async () => {
    const single = story('single', 'No index.', [image([found])]);
    const { run, emulator } = await play(single, { 'p.yml': DOWNGRADES('linux/amd64') }, { policy: 'p.yml' });
    expect(run.outputs.verdict, run.log).toBe('block');
    expect(emulator.count('BatchGetImage')).toBeGreaterThan(0);
  });

  it('limits an exception in the same way', async () => {
    const exceptions = (platform: string) => `version: 1
exceptions:
  - { id: CVE-2023-38545, reason: tests alone, expires: 2099-01-01, platform: ${platform} }
`;
    const of = (listedAs: JsonObject | null, platform: string) =>
      play(listed(listedAs), { 'e.yml': exceptions(platform) }, { exceptions: 'e.yml' });
    expect((await of({ os: 'linux', architecture: 'x86_64' }, 'linux/amd64')).run.outputs.verdict).toBe(
      'pass',
    );
    expect((await of({ os: 'linux', architecture: 'x86_64' }, 'linux/x86-64')).run.outputs.verdict).toBe(
      'pass',
    );
    expect((await of(null, 'linux/arm64')).run.outputs.verdict).toBe('block');
    expect((await of({ os: 'linux', architecture: 'arm64' }, 'linux/arm64')).run.outputs.verdict).toBe(
      'block',
    );
  });
});

describe('a VEX statement', () => {
  const statement = (purl: string) => ({
    vulnerability: { name: 'CVE-2023-38545' },
    products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': purl }] }],
    status: 'not_affected',
    justification: 'vulnerable_code_not_in_execute_path',
  });
  const document = (...statements: object[]) =>
    JSON.stringify({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.com/vex/1',
      author: 'Example Security',
      timestamp: '2026-01-01T00:00:00Z',
      version: 1,
      statements,
    });
  const on = (system: string) => story('vex-system', 'One critical finding.', [image([found], { system })]);

  it.each([
    ['DEBIAN_12', 'pkg:deb/debian/curl?distro=debian-12.5', 'pass', undefined],
    ['DEBIAN_12', 'pkg:deb/debian/curl', 'pass', undefined],
    [
      'DEBIAN_12',
      'pkg:deb/debian/curl?distro=debian-11',
      'block',
      /but the scanner reports the operating system DEBIAN_12/,
    ],
    ['DEBIAN_12', 'pkg:deb/ubuntu/curl', 'block', /but the scanner reports the operating system DEBIAN_12/],
    [
      'DEBIAN_12',
      'pkg:apk/alpine/curl',
      'block',
      /but the scanner reports the operating system or package manager DEBIAN_12/,
    ],
    [
      'DEBIAN_12',
      'pkg:rpm/redhat/curl',
      'block',
      /but the scanner reports the operating system or package manager/,
    ],
    [
      'DEBIAN_12',
      'pkg:deb/curl',
      'block',
      /cannot be compared.*DEBIAN_12.*; add the vendor to the package URL/,
    ],
    ['DISTROLESS', 'pkg:deb/debian/curl', 'block', /cannot be compared.*DISTROLESS/],
  ])('on %s about %s: %s', async (system, purl, verdict, why) => {
    const { run, judged } = await play(
      on(system),
      { 'vex.json': document(statement(purl)) },
      { vex: 'vex.json' },
    );
    expect(run.outputs.verdict, run.log).toBe(verdict);
    expect(judged.exceptions).toMatchObject([{ applied: verdict === 'pass' ? 1 : 0 }]);
    if (why !== undefined) {
      expect(judged.exceptions[0]?.refusals).toMatchObject([{ kind: 'other-package', purl }]);
      expect(run.summary.replace(/<[^>]*>/g, '')).toMatch(why);
    }
  });

  it.each([
    'GENERIC',
    'GOBINARY',
    'GO',
    'GOMOD',
  ])('is revoked by a later one about Go’s standard library, with the package manager %s', async (manager) => {
    const go = finding(CATALOGUE.curlSocks);
    const packages = (packageManager: string) => ({
      ...go,
      packageVulnerabilityDetails: {
        vulnerabilityId: 'CVE-2023-38545',
        source: 'NVD',
        vulnerablePackages: [
          { name: 'go/stdlib', version: '1.22.1', packageManager, filePath: 'app/server' },
        ],
      },
    });
    const affected = {
      ...statement('pkg:golang/stdlib@v1.22.1'),
      ...{ status: 'affected', action_statement: 'update', justification: undefined },
      timestamp: '2026-02-01T00:00:00Z',
    };
    const scenario = story('stdlib', 'Go.', [image([scanned([packages(manager)], 0, LONG_AGO)])]);
    const of = (...statements: object[]) =>
      play(scenario, { 'vex.json': document(...statements) }, { vex: 'vex.json' });
    const excepted = await of(statement('pkg:golang/stdlib@1.22.1'));
    expect(excepted.run.outputs.verdict, `${manager}\n${excepted.run.log}`).toBe('pass');
    const taken = await of(statement('pkg:golang/stdlib@1.22.1'), affected);
    expect(taken.run.outputs.verdict, `${manager}\n${taken.run.log}`).toBe('block');
    const whole = { ...statement('x'), products: [{ '@id': 'pkg:oci/app' }] };
    expect((await of(whole)).run.outputs.verdict).toBe('pass');
    expect((await of(whole, affected)).run.outputs.verdict).toBe('block');
  });
});
