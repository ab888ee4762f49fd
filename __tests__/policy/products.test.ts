/** Which package a VEX statement is about: certainly, for one that excepts; possibly, for one that revokes. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import { combineVex, parseVex } from '../../src/policy/vex.ts';
import type { Exception, ImageIdentity } from '../../src/results/exception.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { bytes } from './errors.ts';
import { createPolicy, NOW } from './factories.ts';

const image: ImageIdentity = {
  host: '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
  repository: 'team/app',
  digests: [],
};

interface Purl {
  readonly type: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly version?: string | undefined;
  readonly distro?: string | undefined;
  readonly arch?: string | undefined;
  readonly more?: string | undefined;
}

function text({ type, namespace, name, version, distro, arch, more }: Purl): string {
  const path = [type, ...(namespace === undefined ? [] : namespace.split('/')), name].map(encodeURIComponent);
  const qualifiers = [
    ...(arch === undefined ? [] : [`arch=${arch}`]),
    ...(distro === undefined ? [] : [`distro=${encodeURIComponent(distro)}`]),
    ...(more === undefined ? [] : [more]),
  ];
  const at = version === undefined ? '' : `@${encodeURIComponent(version)}`;
  return `pkg:${path.join('/')}${at}${qualifiers.length === 0 ? '' : `?${qualifiers.join('&')}`}`;
}

const EXCEPTING = { status: 'not_affected', justification: 'vulnerable_code_not_present' };
const TAKING_BACK = { status: 'affected', action_statement: 'update', timestamp: '2026-03-01T00:00:00Z' };

function document(statements: readonly object[]): Exception[] {
  const value = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'Example Security',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements: statements.map((statement) => ({ vulnerability: { name: 'CVE-2022-0778' }, ...statement })),
  };
  return combineVex([parseVex(bytes(JSON.stringify(value)), 'a.vex.json')]);
}

const about = (purl: Purl, more: object) => ({
  ...more,
  products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': text(purl) }] }],
});

function judge(finding: Finding, statements: readonly object[]) {
  return evaluate([finding], createPolicy({ failOn: 'high' }), {
    image,
    exceptions: document(statements),
    baseline: undefined,
    now: NOW,
  });
}

const excepts = (purl: Purl, finding: Finding) => judge(finding, [about(purl, EXCEPTING)]).verdict === 'pass';
/** Whether a later statement about a package revokes one about the whole image. */
const revokes = (purl: Purl, finding: Finding) =>
  judge(finding, [{ ...EXCEPTING, products: [{ '@id': 'pkg:oci/app' }] }, about(purl, TAKING_BACK)])
    .verdict === 'block';

interface Known {
  readonly system: string | undefined;
  readonly found: Partial<VulnerablePackage>;
  readonly purl: Purl;
  /** Other ways to name the same release. */
  readonly distros: readonly string[];
  readonly vendors: readonly string[];
}

const os = (
  system: string,
  purl: Purl,
  found: Partial<VulnerablePackage>,
  distros: string[],
  vendors: string[] = [],
): Known => ({
  system,
  purl,
  distros,
  vendors,
  found: { manager: 'OS', name: purl.name, arch: 'X86_64', ...found },
});
const language = (manager: string, purl: Purl, name: string, version: string): Known => ({
  system: 'DEBIAN_12',
  purl: { ...purl, version },
  distros: [],
  vendors: [],
  found: { manager, name, version, epoch: undefined, release: undefined, arch: undefined },
});

/** Packages as Inspector lists them, and as Syft and Trivy write their package URLs. */
const KNOWN: readonly Known[] = [
  os(
    'DEBIAN_12',
    {
      type: 'deb',
      namespace: 'debian',
      name: 'zlib',
      version: '1:1.2.13.dfsg-1',
      distro: 'debian-12',
      arch: 'amd64',
    },
    { epoch: 1, version: '1.2.13.dfsg', release: '1', arch: 'AMD64' },
    ['debian-12.5', 'bookworm', '12'],
  ),
  os(
    'UBUNTU_22_04',
    {
      type: 'deb',
      namespace: 'ubuntu',
      name: 'openssl',
      version: '3.0.2-0ubuntu1.10',
      distro: 'ubuntu-22.04',
      arch: 'amd64',
    },
    { epoch: 0, version: '3.0.2', release: '0ubuntu1.10' },
    ['jammy', '22.04'],
  ),
  os(
    'ALPINE_LINUX_3_20',
    {
      type: 'apk',
      namespace: 'alpine',
      name: 'musl',
      version: '1.2.5-r0',
      distro: 'alpine-3.20.3',
      arch: 'x86_64',
    },
    { epoch: undefined, version: '1.2.5', release: 'r0' },
    ['3.20.3', '3.20', 'v3.20'],
  ),
  os(
    'AMAZON_LINUX_2',
    {
      type: 'rpm',
      namespace: 'amzn',
      name: 'curl',
      version: '8.3.0-1.amzn2.0.5',
      distro: 'amzn-2',
      arch: 'x86_64',
    },
    { epoch: 0, version: '8.3.0', release: '1.amzn2.0.5' },
    ['amazon-2', '2'],
    ['amazon'],
  ),
  os(
    'AMAZON_LINUX_2023',
    {
      type: 'rpm',
      namespace: 'amzn',
      name: 'curl',
      version: '8.3.0-1.amzn2023',
      distro: 'amzn-2023',
      arch: 'x86_64',
    },
    { epoch: 0, version: '8.3.0', release: '1.amzn2023' },
    ['al2023', 'amazon-2023.6.20241212'],
    ['amazon'],
  ),
  os(
    'RHEL_9',
    {
      type: 'rpm',
      namespace: 'redhat',
      name: 'openssl',
      version: '3.0.7-24.el9',
      distro: 'rhel-9.4',
      arch: 'x86_64',
    },
    { epoch: undefined, version: '3.0.7', release: '24.el9' },
    ['rhel-9', 'el9', 'redhat-9.2'],
    ['rhel'],
  ),
  os(
    'ORACLE_LINUX_8',
    {
      type: 'rpm',
      namespace: 'oracle',
      name: 'bash',
      version: '4.4.20-5.el8',
      distro: 'ol-8.9',
      arch: 'x86_64',
    },
    { epoch: 0, version: '4.4.20', release: '5.el8' },
    ['oracle-8', 'el8'],
    ['ol'],
  ),
  os(
    'ROCKY_LINUX_9',
    {
      type: 'rpm',
      namespace: 'rocky',
      name: 'bash',
      version: '5.1.8-9.el9',
      distro: 'rocky-9.3',
      arch: 'x86_64',
    },
    { epoch: 0, version: '5.1.8', release: '9.el9' },
    ['rocky-9'],
  ),
  os(
    'WOLFI',
    {
      type: 'apk',
      namespace: 'wolfi',
      name: 'glibc',
      version: '2.40-r3',
      distro: 'wolfi-20230201',
      arch: 'x86_64',
    },
    { epoch: undefined, version: '2.40', release: 'r3' },
    ['wolfi'],
  ),
  language('NODEPKG', { type: 'npm', namespace: '@babel', name: 'traverse' }, '@babel/traverse', '7.22.0'),
  language('PYTHONPKG', { type: 'pypi', name: 'urllib3' }, 'urllib3', '1.26.4'),
  language(
    'JAR',
    { type: 'maven', namespace: 'org.apache.logging.log4j', name: 'log4j-core' },
    'org.apache.logging.log4j:log4j-core',
    '2.14.1',
  ),
  language(
    'GOBINARY',
    { type: 'golang', namespace: 'golang.org/x', name: 'net' },
    'golang.org/x/net',
    '0.17.0',
  ),
  ...['GENERIC', 'GOBINARY', 'GO', 'GOMOD'].map((manager) =>
    language(manager, { type: 'golang', name: 'stdlib' }, 'go/stdlib', '1.22.1'),
  ),
  language('GEMSPEC', { type: 'gem', name: 'rack' }, 'rack', '2.2.6'),
  language('CARGO', { type: 'cargo', name: 'time' }, 'time', '0.2.22'),
];

const findingOf = ({ system, found }: Known, more: Partial<VulnerablePackage> = {}): Finding =>
  createFinding({
    platform: 'linux/amd64',
    operatingSystem: system,
    packages: [createPackage({ ...found, ...more })],
  });

const isOfSystem = ({ purl }: Known) => ['deb', 'rpm', 'apk'].includes(purl.type);
const others = <T>(all: readonly T[], own: T | undefined) => all.filter((one) => one !== own);

const TYPES = [
  'deb',
  'rpm',
  'apk',
  'npm',
  'pypi',
  'maven',
  'golang',
  'gem',
  'cargo',
  'nuget',
  'generic',
  'github',
  'bitnami',
];
const VENDORS = [
  'debian',
  'ubuntu',
  'alpine',
  'wolfi',
  'chainguard',
  'amzn',
  'redhat',
  'centos',
  'oracle',
  'rocky',
  'fedora',
  'acme',
  'org.example',
  undefined,
];
const DISTROS = [
  'debian-11',
  'debian-13',
  'debian',
  'sid',
  'ubuntu-20.04',
  'ubuntu-22',
  'alpine-3.19',
  'alpine-3',
  'edge',
  'amzn-2018.03',
  'amzn-1',
  'rhel-8.4',
  'centos-9',
  'fedora-40',
  'windows-11',
  'x',
];

/** The same statement with one thing changed to another. */
function changesOf(known: Known): Purl[] {
  const { purl } = known;
  const vendors = [purl.namespace, ...known.vendors];
  return [
    ...others(TYPES, purl.type).map((type) => ({ ...purl, type })),
    ...VENDORS.filter((one) => !vendors.includes(one)).map((namespace) => ({ ...purl, namespace })),
    ...(isOfSystem(known) ? DISTROS.map((distro) => ({ ...purl, distro })) : []),
    ...['0', '1.0', `${purl.version}1`, `9:${purl.version}`].map((version) => ({ ...purl, version })),
    ...['arm64', 'aarch64', 'i386', 'all', 'x'].map((arch) => ({ ...purl, arch })),
    ...['other', `${purl.name}x`, `lib${purl.name}`].map((name) => ({ ...purl, name })),
    ...['os_version=11', 'repository_url=registry.example', 'classifier=sources'].map((more) => ({
      ...purl,
      more,
    })),
  ];
}

describe('a statement that excepts', () => {
  it.each(KNOWN)('applies to the very package: $purl on $system', (known) => {
    const finding = findingOf(known);
    const { purl } = known;
    const same = [
      purl,
      { ...purl, version: undefined },
      { ...purl, arch: undefined },
      { ...purl, distro: undefined },
      { ...purl, more: 'upstream=x' },
      ...known.distros.map((distro) => ({ ...purl, distro })),
      ...known.vendors.map((namespace) => ({ ...purl, namespace })),
    ];
    for (const one of same) {
      expect([text(one), excepts(one, finding)]).toEqual([text(one), true]);
      expect([text(one), revokes(one, finding)]).toEqual([text(one), true]);
    }
  });

  it.each(KNOWN)('applies to no other: $purl on $system', (known) => {
    for (const one of changesOf(known)) {
      expect([text(one), excepts(one, findingOf(known))]).toEqual([text(one), false]);
    }
  });

  it('applies to no other, whatever else is left out', () => {
    const some = fc.constantFrom(...KNOWN).chain((known) =>
      fc.record({
        known: fc.constant(known),
        changed: fc.constantFrom(...changesOf(known)),
        leftOut: fc.subarray(['version', 'arch', 'distro'] as const),
      }),
    );
    fc.assert(
      fc.property(some, ({ known, changed, leftOut }) => {
        const purl = { ...changed };
        for (const key of leftOut) if (changed[key] === known.purl[key]) purl[key] = undefined;
        expect([text(purl), excepts(purl, findingOf(known))]).toEqual([text(purl), false]);
      }),
    );
  });

  it.each(KNOWN.filter(isOfSystem))('applies nowhere else: $purl', (known) => {
    const systems = [
      ...KNOWN.map(({ system }) => system),
      'DEBIAN_11',
      'DEBIAN',
      'DISTROLESS',
      'NEW_1',
      undefined,
    ];
    for (const system of others(systems, known.system)) {
      expect([system, excepts(known.purl, findingOf({ ...known, system }))]).toEqual([system, false]);
    }
    for (const manager of ['NODEPKG', 'GENERIC', 'SOMETHING_NEW', undefined]) {
      expect(excepts(known.purl, findingOf(known, { manager }))).toBe(false);
    }
  });

  it.each(KNOWN.filter((known) => !isOfSystem(known)))('needs a manager of its type: $purl', (known) => {
    for (const manager of ['OS', 'COMPOSER', 'SOMETHING_NEW', undefined]) {
      expect(excepts(known.purl, findingOf(known, { manager }))).toBe(false);
    }
  });

  it('has a reason why it does not apply, if it names the package', () => {
    const [debian] = KNOWN as readonly [Known];
    const refusals = (purl: Purl, known: Known = debian) =>
      judge(findingOf(known), [about(purl, EXCEPTING)]).exceptions[0]?.refusals;
    const { purl } = debian;
    const said = (aspect: string, differs: boolean, found: string | undefined) => ({
      kind: 'other-package',
      ...{ aspect, differs, found },
    });
    expect(refusals({ ...purl, type: 'apk' })).toMatchObject([said('type', true, 'DEBIAN_12')]);
    expect(refusals({ ...purl, type: 'npm', namespace: undefined })).toMatchObject([
      said('type', true, 'DEBIAN_12'),
    ]);
    expect(refusals({ ...purl, namespace: 'ubuntu' })).toMatchObject([said('vendor', true, 'DEBIAN_12')]);
    expect(refusals({ ...purl, namespace: undefined })).toMatchObject([said('vendor', false, 'DEBIAN_12')]);
    expect(refusals({ ...purl, distro: 'debian-11' })).toMatchObject([said('release', true, 'DEBIAN_12')]);
    expect(refusals({ ...purl, distro: 'sid' })).toMatchObject([said('release', false, 'DEBIAN_12')]);
    expect(refusals({ ...purl, version: '2.0' })).toMatchObject([said('version', true, '1:1.2.13.dfsg-1')]);
    expect(refusals({ ...purl, arch: 'arm64' })).toMatchObject([said('architecture', true, 'AMD64')]);
    expect(refusals({ ...purl, more: 'os_version=11' })).toMatchObject([said('qualifier', false, undefined)]);
    expect(refusals(purl, { ...debian, system: undefined })).toMatchObject([said('type', false, undefined)]);
    const generic = findingOf(debian, { manager: 'GENERIC' });
    expect(judge(generic, [about(purl, EXCEPTING)]).exceptions[0]?.refusals).toMatchObject([
      said('type', false, 'GENERIC'),
    ]);
    // Another package, or another image, is nothing to look at.
    expect(refusals({ ...purl, name: 'other' })).toEqual([]);
    const elsewhere = {
      ...EXCEPTING,
      products: [{ '@id': 'pkg:oci/web', subcomponents: [{ '@id': text(purl) }] }],
    };
    expect(judge(findingOf(debian), [elsewhere]).exceptions[0]?.refusals).toEqual([]);
    // Beside one that applies there is nothing to say.
    const both = {
      ...EXCEPTING,
      products: [
        {
          '@id': 'pkg:oci/app',
          subcomponents: [{ '@id': text({ ...purl, distro: 'debian-11' }) }, { '@id': text(purl) }],
        },
      ],
    };
    expect(judge(findingOf(debian), [both])).toMatchObject({
      verdict: 'pass',
      exceptions: [{ applied: 1, refusals: [] }],
    });
  });

  it('keeps one refusal of a kind, however many packages it names, in any order of findings', () => {
    const [debian] = KNOWN as readonly [Known];
    const names = Array.from({ length: 50 }, (_, index) => `lib${index}`);
    const products = [
      {
        '@id': 'pkg:oci/app',
        subcomponents: names.map((name) => ({ '@id': `pkg:deb/ubuntu/${name}` })),
      },
    ];
    const findings = names.map((name) => findingOf(debian, { name }));
    const refusals = (list: readonly Finding[]) =>
      evaluate(list, createPolicy(), {
        ...{ image, baseline: undefined, now: NOW },
        exceptions: document([{ ...EXCEPTING, products }]),
      }).exceptions[0]?.refusals;
    expect(refusals(findings)).toMatchObject([{ aspect: 'vendor', purl: 'pkg:deb/ubuntu/lib0' }]);
    expect(refusals([...findings].reverse())).toEqual(refusals(findings));
  });
});

describe('a statement that revokes', () => {
  it.each(KNOWN)('applies wherever it may be about $purl on $system', (known) => {
    const { purl } = known;
    const finding = findingOf(known);
    const vague: Purl[] = [
      { ...purl, type: 'generic' },
      { ...purl, more: 'os_version=11' },
      ...(isOfSystem(known)
        ? [
            { ...purl, namespace: undefined },
            { ...purl, namespace: 'acme' },
            { ...purl, distro: 'sid' },
            { ...purl, distro: 'x' },
            // A source package, a package for all architectures, and a name that cannot be compared.
            ...['source', 'src', 'all', 'any', 'noarch', 'x64'].map((arch) => ({ ...purl, arch })),
          ]
        : []),
    ];
    for (const one of vague) {
      expect([text(one), revokes(one, finding)]).toEqual([text(one), true]);
      expect([text(one), excepts(one, finding)]).toEqual([text(one), false]);
    }
    const silent: Partial<VulnerablePackage>[] = [
      { version: '', epoch: undefined, release: undefined },
      ...(known.found.name === 'go/stdlib' ? [] : [{ manager: undefined }, { manager: 'SOMETHING_NEW' }]),
      ...(isOfSystem(known) ? [{ arch: undefined }, { release: undefined }, { epoch: undefined }] : []),
    ];
    for (const more of silent) expect([more, revokes(purl, findingOf(known, more))]).toEqual([more, true]);
    for (const system of [undefined, 'SOMETHING_NEW_1']) {
      expect(revokes(purl, findingOf({ ...known, system }))).toBe(true);
    }
  });

  it.each(KNOWN)('does not apply to another package than $purl on $system', (known) => {
    const finding = findingOf(known);
    for (const name of ['other', `${known.purl.name}x`]) {
      expect(revokes({ ...known.purl, name }, finding)).toBe(false);
    }
    const type = known.purl.type === 'nuget' ? 'gem' : 'nuget';
    expect(revokes({ ...known.purl, type, namespace: undefined }, finding)).toBe(false);
    if (!isOfSystem(known)) return;
    const vendor = known.purl.namespace === 'debian' ? 'ubuntu' : 'debian';
    expect(revokes({ ...known.purl, namespace: vendor }, finding)).toBe(false);
    expect(
      revokes({ ...known.purl, distro: known.system === 'RHEL_9' ? 'rhel-8.4' : 'fedora-40' }, finding),
    ).toBe(false);
    for (const arch of ['arm64', 'i386', 'x86', 'armhf', 'armv7', 'ppc64el', 's390x', 'riscv64']) {
      expect([arch, revokes({ ...known.purl, arch }, finding)]).toEqual([arch, false]);
    }
    expect(
      revokes({ ...known.purl, version: known.purl.type === 'apk' ? '0.0.1-r1' : '0.0.1-1' }, finding),
    ).toBe(false);
  });

  it.each<[string, Partial<VulnerablePackage>, boolean]>([
    ['pkg:golang/std', { manager: 'GENERIC', name: 'go/stdlib', version: '1.22.1' }, true],
    ['pkg:golang/std@go1.22.1', { manager: 'GENERIC', name: 'go/stdlib', version: '1.22.1' }, true],
    ['pkg:generic/go@1.22.1', { manager: 'GOBINARY', name: 'go/stdlib', version: '1.22.1' }, true],
    ['pkg:golang/stdlib@1.22.0', { manager: 'GENERIC', name: 'go/stdlib', version: '1.22.1' }, false],
    ['pkg:golang/stdlib', { manager: 'GENERIC', name: 'nodejs/node', version: '1.22.1' }, false],
    ['pkg:npm/stdlib', { manager: 'GENERIC', name: 'go/stdlib', version: '1.22.1' }, false],
    ['pkg:golang/golang.org/x/net', { manager: 'GENERIC', name: 'go/stdlib', version: '1.22.1' }, false],
    // An artifact whose group one of the two leaves out.
    ['pkg:maven/log4j-core', { manager: 'JAR', name: 'org.apache.logging.log4j:log4j-core' }, true],
    ['pkg:maven/org.apache.logging.log4j/log4j-core', { manager: 'JAR', name: 'log4j-core' }, true],
    [
      'pkg:maven/org.other/log4j-core',
      { manager: 'JAR', name: 'org.apache.logging.log4j:log4j-core' },
      false,
    ],
    // A name that differs only in case, or in the character between two words.
    ['pkg:maven/Org.Acme/Tool', { manager: 'JAR', name: 'org.acme:tool' }, true],
    ['pkg:cargo/serde_json', { manager: 'CARGO', name: 'serde-json' }, true],
    ['pkg:npm/A', { manager: 'NPM', name: 'a' }, true],
    ['pkg:maven/Tool', { manager: 'JAR', name: 'org.acme:tool' }, true],
    ['pkg:cargo/serde', { manager: 'CARGO', name: 'serde-json' }, false],
    // The same version in other words.
    ['pkg:pypi/a@1.0.0', { manager: 'PIP', name: 'a', version: '1.0' }, true],
    ['pkg:pypi/a@1.0', { manager: 'PIP', name: 'a', version: '1.0+cu118' }, true],
    ['pkg:pypi/a@1.0%2Bcu118', { manager: 'PIP', name: 'a', version: '1.0' }, true],
    ['pkg:pypi/a@1.0%2Bcpu', { manager: 'PIP', name: 'a', version: '1.0+cu118' }, false],
    ['pkg:pypi/a@1.1', { manager: 'PIP', name: 'a', version: '1.0+cu118' }, false],
    [
      'pkg:deb/debian/a@1%3A2.0-1?epoch=1',
      { manager: 'OS', name: 'a', version: '2.0', epoch: 1, release: '1' },
      true,
    ],
    [
      'pkg:deb/debian/a@2.0-1?epoch=1',
      { manager: 'OS', name: 'a', version: '2.0', epoch: 2, release: '1' },
      false,
    ],
    ['pkg:npm/a@v1.0.0', { manager: 'NPM', name: 'a', version: '1.0.0' }, true],
    ['pkg:npm/a@1.0.0', { manager: 'NPM', name: 'a', version: '1.0.1' }, false],
    ['pkg:npm/a@latest', { manager: 'NPM', name: 'a', version: '1.0.1' }, true],
  ])('%s and %j: %s', (purl, found, expected) => {
    const finding = findingOf(
      { system: 'DEBIAN_12', found: {}, purl: { type: 'npm', name: 'a' }, distros: [], vendors: [] },
      { epoch: undefined, release: undefined, ...found },
    );
    const statement = {
      ...TAKING_BACK,
      products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': purl }] }],
    };
    const all = { ...EXCEPTING, products: [{ '@id': 'pkg:oci/app' }] };
    expect(judge(finding, [all, statement]).verdict).toBe(expected ? 'block' : 'pass');
  });

  it.each<[object, boolean]>([
    // The package is the product: whatever image it is in.
    [{ '@id': 'pkg:golang/stdlib@1.22.1' }, true],
    [{ '@id': 'pkg:golang/stdlib@1.22.0' }, false],
    [{ '@id': 'https://example.com/x', identifiers: { purl: 'pkg:golang/stdlib' } }, true],
    [{ '@id': 'pkg:generic/acme', subcomponents: [{ '@id': 'pkg:golang/stdlib' }] }, true],
    [{ '@id': 'pkg:generic/acme', subcomponents: [{ '@id': 'pkg:npm/other' }] }, false],
    [{ '@id': 'pkg:npm/other' }, false],
    [{ '@id': 'urn:x', subcomponents: [{ '@id': 'pkg:golang/stdlib' }] }, true],
    [{ '@id': 'urn:x', subcomponents: [{ '@id': 'urn:y' }] }, false],
    [{ '@id': 'urn:x' }, false],
    // A hash beside it is that of a file of the package.
    [{ '@id': 'pkg:golang/stdlib', hashes: { 'sha-256': 'b'.repeat(64) } }, true],
    [
      {
        '@id': 'pkg:generic/acme',
        hashes: { 'sha-256': 'b'.repeat(64) },
        subcomponents: [{ '@id': 'pkg:golang/stdlib' }],
      },
      true,
    ],
    [{ '@id': 'pkg:npm/other', hashes: { 'sha-256': 'b'.repeat(64) } }, false],
    // It is named in two ways, and either can be meant.
    [{ '@id': 'pkg:oci/web', identifiers: { purl: 'pkg:golang/stdlib' } }, true],
    [{ '@id': 'pkg:docker/team/web', identifiers: { purl: 'pkg:golang/stdlib' } }, true],
    [{ '@id': 'pkg:oci/app', identifiers: { purl: 'pkg:npm/other' } }, true],
    [{ '@id': 'pkg:oci/web', identifiers: { purl: 'pkg:npm/other' } }, false],
    [
      {
        '@id': 'pkg:oci/app',
        identifiers: { purl: 'pkg:npm/other' },
        hashes: { 'sha-256': 'b'.repeat(64) },
      },
      true,
    ],
    // A part of the image, or one that is not told from others by what is compared.
    [{ '@id': 'pkg:oci/app#usr/bin/tool' }, true],
    [{ '@id': 'pkg:oci/app?flavor=debug' }, true],
    [{ '@id': 'pkg:oci/app?os=windows' }, false],
    [{ '@id': 'pkg:oci/app?os=win32' }, true],
    [{ '@id': 'pkg:oci/app?arch=x64' }, true],
    [{ '@id': 'pkg:oci/app?arch=any' }, true],
    // The image under its older purl, and its repository in other spellings.
    [{ '@id': 'pkg:docker/team/app@1.2' }, true],
    [{ '@id': 'pkg:docker/app?repository_url=registry.example' }, true],
    [{ '@id': 'pkg:docker/team/web@1.2' }, false],
    [{ '@id': 'pkg:oci/app?repository_url=registry.example/Team/App' }, true],
    [{ '@id': 'pkg:oci/app?repository_url=registry.example/team/app:1.2' }, true],
    [{ '@id': 'pkg:oci/app?repository_url=registry.example:443/team/app@sha256:0' }, true],
    [{ '@id': 'pkg:oci/app?repository_url=registry.example/team/other:app' }, false],
  ])('treats %j as possible: %s', (product, expected) => {
    const stdlib = KNOWN.find(({ found }) => found.name === 'go/stdlib');
    if (stdlib === undefined) throw new Error('no standard library');
    const all = { ...EXCEPTING, products: [{ '@id': 'pkg:oci/app' }] };
    const verdict = (more: object) =>
      judge(findingOf(stdlib), [all, { ...more, products: [product] }]).verdict;
    expect(verdict(TAKING_BACK)).toBe(expected ? 'block' : 'pass');
    expect(verdict({ status: 'under_investigation', timestamp: '2026-03-01T00:00:00Z' })).toBe(
      expected ? 'block' : 'pass',
    );
    // None of them excepts by itself.
    expect(judge(findingOf(stdlib), [{ ...EXCEPTING, products: [product] }]).verdict).toBe('block');
  });

  it('revokes whatever the same statement would except', () => {
    const some = fc.constantFrom(...KNOWN).chain((known) =>
      fc.record({
        known: fc.constantFrom(known, ...KNOWN),
        purl: fc.constantFrom(known.purl, ...changesOf(known)),
      }),
    );
    fc.assert(
      fc.property(some, ({ known, purl }) => {
        const finding = findingOf(known);
        if (excepts(purl, finding)) expect([text(purl), revokes(purl, finding)]).toEqual([text(purl), true]);
      }),
    );
  });
});
