import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { matchesProducts } from '../../src/policy/products.ts';
import { combineVex, parseVex } from '../../src/policy/vex.ts';
import type { Exception, ImageIdentity } from '../../src/results/exception.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import { createFinding } from '../scan/factories.ts';
import { bytes, gateError } from './errors.ts';
import { FULL_VEX } from './examples.ts';
import { createPolicy } from './factories.ts';

type Json = Record<string, unknown>;

const HEX = '0123456789abcdef'.repeat(4);
const INDEX = `sha256:${HEX}`;
const CHILD = `sha256:${'a'.repeat(64)}`;
const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const image: ImageIdentity = { host: HOST, repository: 'team/app', digests: [INDEX] };

function statement(overrides: Json = {}): Json {
  return {
    vulnerability: { name: 'CVE-2022-0778' },
    products: [{ '@id': 'pkg:oci/app' }],
    status: 'not_affected',
    justification: 'vulnerable_code_not_present',
    ...overrides,
  };
}

function document(statements: readonly Json[], overrides: Json = {}): Json {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'Example Security',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements,
    ...overrides,
  };
}

const parse = (value: unknown) => parseVex(bytes(JSON.stringify(value)), 'a.vex.json');

/** The exceptions of documents, together. */
function combined(...documents: readonly Json[]): Exception[] {
  return combineVex(documents.map(parse));
}

function createPackage(overrides: Partial<VulnerablePackage> = {}): VulnerablePackage {
  return {
    name: 'openssl',
    version: '3.0.2',
    manager: 'OS',
    fixedIn: undefined,
    epoch: 0,
    release: '0ubuntu1.10',
    arch: 'X86_64',
    filePath: undefined,
    remediation: undefined,
    layer: undefined,
    instruction: undefined,
    origin: undefined,
    statedOrigin: undefined,
    reachability: undefined,
    ...overrides,
  };
}

/** Whether one of the exceptions is for the finding, as its ids and products say. */
function excepts(exceptions: readonly Exception[], finding: Finding, of: ImageIdentity = image): boolean {
  const ids = [finding.vulnerabilityId, ...finding.relatedIds].map((id) => id.toUpperCase());
  return exceptions.some(
    ({ scope, ids: named }) =>
      scope.kind === 'products' &&
      named.some((id) => ids.includes(id.toUpperCase())) &&
      matchesProducts(scope.products, finding, of),
  );
}

const finding = createFinding({
  digest: CHILD,
  platform: 'linux/amd64',
  operatingSystem: 'UBUNTU_22_04',
  packages: [createPackage()],
});

/** A system of which such a package may be, by purl type. */
const SYSTEMS: Readonly<Record<string, string>> = {
  deb: 'DEBIAN_12',
  rpm: 'AMAZON_LINUX_2023',
  apk: 'ALPINE_LINUX_3_20',
};
const systemFor = (purl: string) => SYSTEMS[/^pkg:(\w+)/.exec(purl)?.[1] ?? ''];

describe('parseVex', () => {
  it('reads every field', () => {
    const { exceptions, revocations } = parse(FULL_VEX);
    expect(exceptions).toHaveLength(2);
    expect(exceptions[0]).toEqual({
      origin: 'vex',
      source: 'a.vex.json: statement 1',
      ids: ['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q'],
      scope: {
        kind: 'products',
        products: [
          {
            digest: INDEX,
            name: 'app',
            repositoryUrl: `${HOST}/team/app`,
            tag: '1.4.2',
            arch: undefined,
            subcomponents: [
              {
                purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
                type: 'maven',
                namespace: 'org.apache.logging.log4j',
                name: 'log4j-core',
                version: '2.14.1',
                arch: undefined,
              },
            ],
          },
        ],
      },
      status: 'not_affected',
      reason: 'vulnerable_code_not_in_execute_path: Logging goes through another library.: reviewed',
      expires: undefined,
      since: new Date('2026-02-02T00:00:00Z'),
      approvedBy: 'Example Security <security@example.com>',
      ticket: undefined,
      untilFixed: false,
    });
    expect(exceptions[1]).toMatchObject({
      status: 'fixed',
      reason: undefined,
      // What the document was touched for later does not confirm an older statement.
      since: new Date('2026-01-09T00:02:03.647Z'),
    });
    expect(revocations.map(({ status, at }) => [status, at.toISOString()])).toEqual([
      ['affected', '2026-03-01T00:00:00.000Z'],
      ['under_investigation', '2026-03-01T00:00:00.000Z'],
    ]);
  });

  it('accepts a document without statements', () => {
    expect(parse(document([]))).toEqual({
      exceptions: [],
      revocations: [],
      components: 0,
      withoutAction: [],
    });
  });

  it.each<[unknown, string]>([
    [[], 'expected a mapping, got an empty list'],
    [{}, '@context: is missing. The file is not an OpenVEX document'],
    [document([], { '@context': 'https://openvex.dev/ns' }), 'This is the format of OpenVEX 0.0.x'],
    [document([], { '@context': 'https://openvex.dev/ns/v0.0.1' }), 'This is the format of OpenVEX 0.0.x'],
    [
      document([], { '@context': 'https://openvex.dev/ns/v0.3.0' }),
      'The file is not an OpenVEX 0.2.0 document',
    ],
    [
      document([], { '@context': 'https://example.com/ns/v0.2.0' }),
      'The file is not an OpenVEX 0.2.0 document',
    ],
    [document([], { '@context': ['https://openvex.dev/ns/v0.2.0'] }), '@context: expected text'],
    [document([], { author: undefined }), 'author: is missing.'],
    [document([], { author: ' ' }), 'author: expected text that is not blank'],
    [document([], { timestamp: undefined }), 'timestamp: is missing.'],
    [document([], { timestamp: '2026-01-01' }), 'timestamp: expected a time in the format of RFC 3339'],
    [document([], { timestamp: '2026-02-30T00:00:00Z' }), 'timestamp: expected a time'],
    [document([], { timestamp: '2026-01-01T00:00:00' }), 'timestamp: expected a time'],
    [document([], { version: '1' }), 'version: expected a whole number, 1 or more, got "1".'],
    [document([], { version: 0 }), 'version: expected a whole number, 1 or more, got 0.'],
    [document([], { '@id': undefined }), '@id: is missing.'],
    [document([], { statement: [] }), 'statement: unknown key (did you mean statements?).'],
    [document([statement({ vulnerability: 'CVE-1' })]), 'got text, which is the format of OpenVEX 0.0.x'],
    [document([statement({ vulnerability: {} })]), 'statements[0].vulnerability.name: is missing.'],
    [document([statement({ vulnerability: { name: '' } })]), 'expected text that is not blank'],
    [document([statement({ vulnerability: { name: 'a', aliases: [' '] } })]), 'aliases[0]: expected text'],
    [document([statement({ status: 'NOT_AFFECTED' })]), 'statements[0].status: expected one of not_affected'],
    [document([statement({ status: 'exploitable' })]), 'statements[0].status: expected one of not_affected'],
    [document([statement({ status: undefined })]), 'statements[0].status: is missing.'],
    [document([statement({ justification: undefined })]), 'requires a justification or an impact_statement'],
    [document([statement({ justification: 'because' })]), 'statements[0].justification: expected one of'],
    [document([statement({ justification: undefined, impact_statement: ' ' })]), 'text that is not blank'],
    [document([statement({ products: undefined })]), 'A statement requires at least one product'],
    [document([statement({ products: [] })]), 'A statement requires at least one product'],
    [document([statement({ products: ['pkg:oci/app'] })]), 'products[0]: expected a mapping, got text.'],
    [document([statement({ products: [{}] })]), 'A component requires an @id or identifiers'],
    [document([statement({ products: [{ identifiers: {} }] })]), 'expected one of purl, cpe22, cpe23'],
    [
      document([statement({ products: [{ '@id': 'pkg:oci' }] })]),
      'expected a package URL, but it has no type and name',
    ],
    [
      document([statement({ products: [{ '@id': 'pkg:oci/app', identifiers: { purl: 'pkg:oci/web' } }] })]),
      'its identifiers have different names: web, app',
    ],
    [
      document([statement({ products: [{ '@id': `pkg:oci/app@${CHILD}`, hashes: { 'sha-256': HEX } }] })]),
      'its identifiers have different digests',
    ],
    [
      document([statement({ products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:npm' }] }] })]),
      'subcomponents[0].@id: expected a package URL',
    ],
  ])('refuses %j', (value, message) => {
    const error = gateError(() => parse(value));
    expect(error.code).toBe('input');
    expect(error.message).toMatch(/^a\.vex\.json:\d+:\d+: /);
    expect(error.message).toContain(message);
  });

  it('refuses a key that occurs twice, which JSON.parse would let the last one win', () => {
    const text = JSON.stringify(document([statement()])).replace(
      '"status":',
      '"status":"affected","status":',
    );
    expect(gateError(() => parseVex(bytes(text), 'a.json')).message).toContain(
      'status: the key occurs twice',
    );
  });
});

describe('the products of a statement', () => {
  const url = encodeURIComponent(`${HOST}/team/app`);
  it.each<[string, boolean]>([
    ['pkg:oci/app', true],
    ['pkg:oci/APP', true],
    ['pkg:oci/team/app', true],
    ['pkg:oci/team%2Fapp', true],
    ['pkg:oci/Team/App', true],
    ['pkg:oci/am/app', false],
    ['pkg:oci/other/app', false],
    ['pkg:oci/x/team/app', false],
    ['pkg:oci/team', false],
    ['pkg:oci/ap', false],
    [`pkg:oci/app?repository_url=${url}`, true],
    [`pkg:oci/app?repository_url=https://${HOST}/team/app/`, true],
    ['pkg:oci/app?repository_url=ghcr.io/team/app', false],
    [`pkg:oci/app?repository_url=${HOST}/other/app`, false],
    [`pkg:oci/app?repository_url=${HOST}/team`, false],
    [`pkg:oci/web?repository_url=${url}`, false],
    [`pkg:oci/app@sha256%3A${HEX}`, true],
    [`pkg:oci/app@sha256%3A${HEX.toUpperCase()}`, true],
    [`pkg:oci/app@${CHILD}`, true],
    [`pkg:oci/app@sha256:${'b'.repeat(64)}`, false],
    [`pkg:oci/app@sha256%3A${HEX.slice(1)}`, false],
    ['pkg:oci/app@1.4.2', false],
    [`pkg:oci/app@sha256%3A${HEX}?repository_url=ghcr.io/team/app`, false],
    // A tag without a digest may by now be another image.
    ['pkg:oci/app?tag=1.4.2', false],
    [`pkg:oci/app@sha256%3A${HEX}?tag=1.4.2`, true],
    ['pkg:oci/app?arch=amd64', true],
    ['pkg:oci/app?arch=arm64', false],
    ['pkg:docker/team/app', false],
    ['pkg:deb/debian/openssl@3.0.2', false],
    ['https://example.com/app', false],
  ])('%s: %s', (id, expected) => {
    expect(excepts(combined(document([statement({ products: [{ '@id': id }] })])), finding)).toBe(expected);
    const byPurl = [{ '@id': 'https://example.com/app', identifiers: { purl: id } }];
    if (id.startsWith('pkg:')) {
      expect(excepts(combined(document([statement({ products: byPurl })])), finding)).toBe(expected);
    }
  });

  it('compares the last part of the repository', () => {
    const named = (repository: string) =>
      excepts(combined(document([statement()])), finding, { ...image, repository });
    expect(['app', 'a/b/app', 'a/app/b', 'app/b'].map(named)).toEqual([true, true, false, false]);
    // Docker Hardened Images, pulled through a cache or copied.
    const hardened = document([statement({ products: [{ '@id': 'pkg:oci/dhi/node' }] })]);
    const repositories = ['dhi/node', 'docker-hub/dhi/node', 'xdhi/node', 'node', 'dhi/node/app'];
    expect(
      repositories.map((repository) => excepts(combined(hardened), finding, { ...image, repository })),
    ).toEqual([true, true, false, false, false]);
  });

  it.each([
    [`https://${HOST}/team/app`, true],
    [`oci://${HOST}/team/app///`, true],
    [`HTTPS://${HOST}/team/app`, true],
    [`${HOST}/https://team/app`, false],
    [`x${HOST}/team/app`, false],
  ])('reads the repository_url %s: %s', (url, expected) => {
    const products = [{ '@id': `pkg:oci/app?repository_url=${encodeURIComponent(url)}` }];
    expect(excepts(combined(document([statement({ products })])), finding)).toBe(expected);
  });

  it('covers a package named in two ways only if they are the same, and no part of one', () => {
    const of = (...subcomponents: Json[]) =>
      excepts(
        combined(document([statement({ products: [{ '@id': 'pkg:oci/app', subcomponents }] })])),
        finding,
      );
    const purl = 'pkg:deb/ubuntu/openssl';
    expect(of({ '@id': purl, identifiers: { purl } })).toBe(true);
    expect(of({ '@id': 'PKG:deb/ubuntu/openssl', identifiers: { purl } })).toBe(true);
    expect(of({ '@id': `${purl}#lib`, identifiers: { purl } })).toBe(false);
    expect(of({ '@id': 'urn:x', identifiers: { purl } })).toBe(true);
    expect(of({ '@id': purl }, { '@id': 'urn:x' })).toBe(true);
    expect(of({ '@id': 'urn:x' })).toBe(false);
    const packages = [createPackage({ epoch: 1, release: undefined })];
    const rpm = { ...finding, operatingSystem: 'AMAZON_LINUX_2023', packages };
    const products = [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:rpm/amzn/openssl?epoch=1' }] }];
    expect(excepts(combined(document([statement({ products })])), rpm)).toBe(true);
  });

  it('has the reason without blank parts', () => {
    const reason = (more: Json) =>
      combined(
        document([{ vulnerability: { name: 'CVE-1' }, products: [{ '@id': 'pkg:oci/app' }], ...more }]),
      )[0]?.reason;
    expect(reason({ status: 'fixed' })).toBeUndefined();
    expect(reason({ status: 'fixed', status_notes: ' ' })).toBeUndefined();
    expect(reason({ status: 'fixed', status_notes: ' in 1.2 ' })).toBe('in 1.2');
    expect(reason({ status: 'not_affected', impact_statement: 'not called', status_notes: '' })).toBe(
      'not called',
    );
  });

  it('also reads a digest from the hashes', () => {
    const of = (hash: string) =>
      excepts(
        combined(
          document([statement({ products: [{ '@id': 'pkg:oci/app', hashes: { 'sha-256': hash } }] })]),
        ),
        finding,
      );
    expect(of(HEX)).toBe(true);
    expect(of(HEX.toUpperCase())).toBe(true);
    expect(of(`sha256:${HEX}`)).toBe(true);
    expect(of(`xsha256:${HEX}`)).toBe(false);
    expect(of('b'.repeat(64))).toBe(false);
    const other = { ...image, digests: [`sha256:${'d'.repeat(64)}`] };
    const hashOnly = [{ '@id': 'https://example.com/app', hashes: { 'sha-256': HEX } }];
    expect(excepts(combined(document([statement({ products: hashOnly })])), finding)).toBe(true);
    expect(excepts(combined(document([statement({ products: hashOnly })])), finding, other)).toBe(false);
  });

  it('does not take the digest of another platform', () => {
    const other = `sha256:${'c'.repeat(64)}`;
    const exceptions = combined(document([statement({ products: [{ '@id': `pkg:oci/app@${other}` }] })]));
    expect(excepts(exceptions, { ...finding, digest: other })).toBe(true);
    expect(excepts(exceptions, finding)).toBe(false);
  });

  it('derives the architecture from the digest of a platform image, unless the two contradict each other', () => {
    const of = (id: string, platform: string) =>
      excepts(combined(document([statement({ products: [{ '@id': id }] })])), { ...finding, platform });
    // An image without an index has no platform.
    expect(of(`pkg:oci/app@${CHILD}?arch=amd64`, 'unknown')).toBe(true);
    expect(of(`pkg:oci/app@${CHILD}?arch=amd64`, 'linux/amd64')).toBe(true);
    expect(of(`pkg:oci/app@${CHILD}?arch=amd64`, 'linux/arm64')).toBe(false);
    // The digest of the index says nothing about the architecture.
    expect(of(`pkg:oci/app@${INDEX}?arch=amd64`, 'unknown')).toBe(false);
  });

  it('applies only to the operating system that a product names', () => {
    const of = (id: string, platform: string) =>
      excepts(combined(document([statement({ products: [{ '@id': id }] })])), { ...finding, platform });
    expect(of('pkg:oci/app?os=linux', 'linux/amd64')).toBe(true);
    expect(of('pkg:oci/app?os=Linux&arch=amd64', 'linux/amd64')).toBe(true);
    expect(of('pkg:oci/app?os=linux&arch=arm64', 'linux/amd64')).toBe(false);
    expect(of('pkg:oci/app?os=windows', 'linux/amd64')).toBe(false);
    expect(of('pkg:oci/app?os=lin', 'linux/amd64')).toBe(false);
    expect(of('pkg:oci/app?os=linux', 'linux/amd64, windows/amd64')).toBe(false);
    expect(of('pkg:oci/app?os=linux', 'unknown')).toBe(false);
    expect(of(`pkg:oci/app@${INDEX}?os=windows`, 'linux/amd64')).toBe(false);
    expect(of(`pkg:oci/app@${INDEX}?os=linux`, 'unknown')).toBe(false);
    // The digest of a platform image implies it.
    expect(of(`pkg:oci/app@${CHILD}?os=linux`, 'unknown')).toBe(true);
    expect(of(`pkg:oci/app@${CHILD}?os=windows`, 'linux/amd64')).toBe(false);
  });

  it.each([
    ['', true],
    ['?mediaType=application%2Fvnd.oci.image.index.v1%2Bjson', true],
    ['?checksum=sha256:0', true],
    ['?flavor=debug', false],
    ['?platform=linux/arm64', false],
    ['#usr/bin/tool', false],
  ])('with "%s" after the package URL of the image: %s', (more, expected) => {
    for (const id of ['pkg:oci/app', `pkg:oci/app@${INDEX}`, `pkg:oci/app@${CHILD}`]) {
      const exceptions = combined(document([statement({ products: [{ '@id': `${id}${more}` }] })]));
      expect([id, excepts(exceptions, finding)]).toEqual([id, expected]);
    }
  });

  it('does not apply to an image that is also named as another thing', () => {
    const of = (product: Json) => excepts(combined(document([statement({ products: [product] })])), finding);
    expect(of({ '@id': 'pkg:oci/app', identifiers: { purl: 'pkg:docker/team/app@1' } })).toBe(true);
    expect(of({ '@id': 'pkg:oci/app', identifiers: { purl: 'pkg:npm/app' } })).toBe(false);
    expect(of({ '@id': 'pkg:generic/app', identifiers: { purl: 'pkg:oci/app' } })).toBe(false);
  });

  it('requires a known platform if an architecture is named', () => {
    const exceptions = combined(document([statement({ products: [{ '@id': 'pkg:oci/app?arch=amd64' }] })]));
    expect(excepts(exceptions, { ...finding, platform: 'unknown' })).toBe(false);
  });

  it.each<[string, Partial<VulnerablePackage>, boolean]>([
    ['pkg:deb/ubuntu/openssl', {}, true],
    ['pkg:deb/ubuntu/OpenSSL', {}, true],
    ['pkg:deb/ubuntu/openssl@3.0.2-0ubuntu1.10', {}, true],
    ['pkg:deb/ubuntu/openssl@0%3A3.0.2-0ubuntu1.10', {}, true],
    ['pkg:deb/ubuntu/openssl@3.0.2', {}, false],
    ['pkg:deb/ubuntu/openssl@3.0.2-0ubuntu1.1', {}, false],
    ['pkg:deb/ubuntu/openssl@1%3A3.0.2-0ubuntu1.10', {}, false],
    ['pkg:deb/ubuntu/openssl@1%3A3.0.2-0ubuntu1.10', { epoch: 1 }, true],
    ['pkg:deb/ubuntu/openssl@1%3A3.0.2-0ubuntu1.10?epoch=1', { epoch: 1 }, true],
    ['pkg:deb/ubuntu/openssl@1%3A3.0.2-0ubuntu1.10?epoch=2', { epoch: 1 }, false],
    ['pkg:deb/ubuntu/openssl@1%3A3.0.2-0ubuntu1.10?epoch=2', { epoch: 2 }, false],
    ['pkg:deb/ubuntu/openssl@3.0.2-0ubuntu1.10?epoch=1', { epoch: 1 }, true],
    ['pkg:deb/ubuntu/openssl@3.0.2-0ubuntu1.10', { epoch: 1 }, false],
    ['pkg:rpm/amzn/openssl@3.0.2-1.amzn2023?epoch=1', { epoch: 1, release: '1.amzn2023' }, true],
    ['pkg:rpm/amzn/openssl@3.0.2-1.amzn2023', { epoch: 1, release: '1.amzn2023' }, false],
    ['pkg:apk/alpine/openssl@3.0.2-r0', { release: undefined, version: '3.0.2-r0', epoch: undefined }, true],
    ['pkg:deb/ubuntu/openssl?arch=amd64', {}, true],
    ['pkg:deb/ubuntu/openssl?arch=arm64', {}, false],
    ['pkg:deb/ubuntu/openssl?arch=amd64', { arch: undefined }, false],
    ['pkg:deb/ubuntu/openss', {}, false],
    ['pkg:deb/ubuntu/libssl3', {}, false],
    ['pkg:npm/openssl', {}, false],
    ['pkg:deb/ubuntu/openssl', { manager: undefined }, false],
    ['pkg:deb/ubuntu/openssl', { manager: 'SOMETHING_NEW' }, false],
    ['pkg:deb/ubuntu/openssl#lib', {}, false],
    ['https://example.com/openssl', {}, false],
    ['pkg:npm/minimist@1.2.5', { manager: 'NODEPKG', name: 'minimist', version: '1.2.5' }, true],
    ['pkg:npm/minimist@1.2.5', { manager: 'NODEPKG', name: 'minimist', version: '1.2.50' }, false],
    ['pkg:npm/%40angular/core', { manager: 'YARN', name: '@angular/core' }, true],
    ['pkg:npm/core', { manager: 'NPM', name: '@angular/core' }, false],
    ['pkg:pypi/ruamel-yaml@1.0', { manager: 'PYTHONPKG', name: 'Ruamel.YAML', version: '1.0' }, true],
    ['pkg:pypi/typing_extensions', { manager: 'POETRY', name: 'typing-extensions' }, true],
    [
      'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
      { manager: 'JAR', name: 'org.apache.logging.log4j:log4j-core', version: '2.14.1' },
      true,
    ],
    [
      'pkg:maven/org.apache/log4j-core',
      { manager: 'POM', name: 'org.apache.logging.log4j:log4j-core' },
      false,
    ],
    ['pkg:maven/org.apache.logging.log4j/log4j-core', { manager: 'JAR', name: 'log4j-core' }, false],
    [
      'pkg:golang/github.com/gin-gonic/gin@v1.9.0',
      { manager: 'GOBINARY', name: 'github.com/gin-gonic/gin', version: '1.9.0' },
      true,
    ],
    ['pkg:golang/golang.org/x/net', { manager: 'GOMOD', name: 'golang.org/x/net' }, true],
    ['pkg:gem/rack', { manager: 'GEMSPEC', name: 'rack' }, true],
    ['pkg:nuget/Newtonsoft.Json', { manager: 'DOTNET_CORE', name: 'newtonsoft.json' }, true],
    ['pkg:composer/symfony/http-kernel', { manager: 'COMPOSER', name: 'symfony/http-kernel' }, true],
    ['pkg:cargo/openssl', { manager: 'CARGO' }, true],
  ])('%s covers %j: %s', (purl, changes, expected) => {
    const products = [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': purl }] }];
    const operatingSystem = purl.includes('/ubuntu/') ? finding.operatingSystem : systemFor(purl);
    const about = { ...finding, operatingSystem, packages: [createPackage(changes)] };
    expect(excepts(combined(document([statement({ products })])), about)).toBe(expected);
  });

  const covers = (purl: string, changes: Partial<VulnerablePackage>) => {
    const products = [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': purl }] }];
    const about = {
      ...finding,
      operatingSystem: systemFor(purl),
      packages: [createPackage({ release: undefined, epoch: undefined, ...changes })],
    };
    return excepts(combined(document([statement({ products })])), about);
  };

  const VENDORS: Readonly<Record<string, string>> = { deb: 'debian', rpm: 'amzn', apk: 'alpine' };
  const typed = (type: string) => `${type}/${type in VENDORS ? `${VENDORS[type]}/` : ''}`;

  it.each<[string, string]>([
    ['OS', 'deb rpm apk'],
    ['NODEPKG', 'npm'],
    ['NPM', 'npm'],
    ['YARN', 'npm'],
    ['PIP', 'pypi'],
    ['PYTHONPKG', 'pypi'],
    ['PIPENV', 'pypi'],
    ['POETRY', 'pypi'],
    ['JAR', 'maven'],
    ['POM', 'maven'],
    ['GO', 'golang'],
    ['GOBINARY', 'golang'],
    ['GOMOD', 'golang'],
    ['PYTHON', 'pypi'],
    ['GENERIC', ''],
    ['GEMSPEC', 'gem'],
    ['BUNDLER', 'gem'],
    ['NUGET', 'nuget'],
    ['DOTNET_CORE', 'nuget'],
    ['COMPOSER', 'composer'],
    ['CARGO', 'cargo'],
    ['toString', ''],
  ])("treats Inspector's %s as %s only", (manager, types) => {
    const all = [
      'deb',
      'rpm',
      'apk',
      'npm',
      'pypi',
      'maven',
      'golang',
      'gem',
      'nuget',
      'composer',
      'cargo',
      '',
    ];
    const covered = all.filter(
      (type) =>
        type !== '' && covers(`pkg:${typed(type)}name@1.0`, { manager, name: 'name', version: '1.0' }),
    );
    expect(covered.join(' ')).toBe(types);
    const [first] = types.split(' ');
    const lower = manager.toLowerCase();
    expect(covers(`pkg:${typed(first || 'npm')}name`, { manager: lower, name: 'name' })).toBe(types !== '');
  });

  it.each([
    ['amd64', 'X86_64'],
    ['x86_64', 'amd64'],
    ['arm64', 'AARCH64'],
    ['386', 'i386'],
    ['386', 'i686'],
    ['all', 'NOARCH'],
    ['armv7', 'ARMV7'],
  ])('treats the architecture %s as %s', (arch, other) => {
    expect(covers(`pkg:deb/debian/openssl?arch=${arch}`, { arch: other })).toBe(true);
    expect(covers(`pkg:deb/debian/openssl?arch=${arch}x`, { arch: other })).toBe(false);
  });

  it.each<[string, string, string, boolean]>([
    ['pypi', 'Ruamel..-Yaml', 'ruamel_yaml', true],
    ['deb', 'OpenSSL', 'openssl', true],
    ['apk', 'OpenSSL', 'openssl', true],
    ['rpm', 'OpenSSL', 'openssl', false],
    ['rpm', 'OpenSSL', 'OpenSSL', true],
    ['golang', 'GitHub.com/a/B', 'github.com/a/b', true],
    ['nuget', 'Newtonsoft.Json', 'newtonsoft.json', true],
    ['composer', 'Symfony/Http', 'symfony/http', true],
    ['npm', 'JSONStream', 'jsonstream', false],
    ['cargo', 'Serde', 'serde', false],
    ['gem', 'Rack', 'rack', false],
    ['maven', 'Org/Log4j', 'org:log4j', false],
  ])('compares names of pkg:%s by its rules: %s and %s: %s', (type, written, name, expected) => {
    const managers: Record<string, string> = {
      pypi: 'PIP',
      golang: 'GOMOD',
      nuget: 'NUGET',
      composer: 'COMPOSER',
      npm: 'NPM',
      cargo: 'CARGO',
      gem: 'BUNDLER',
      maven: 'JAR',
    };
    const manager = managers[type] ?? 'OS';
    expect(covers(`pkg:${typed(type)}${written}`, { manager, name })).toBe(expected);
  });

  it.each<[string, Partial<VulnerablePackage>, boolean]>([
    ['pkg:golang/a.b/c@v1.0', { manager: 'GOMOD', name: 'a.b/c', version: 'v1.0' }, true],
    ['pkg:golang/a.b/c@1.0', { manager: 'GOMOD', name: 'a.b/c', version: 'v1.0' }, true],
    ['pkg:golang/a.b/c@v1.0', { manager: 'GOMOD', name: 'a.b/c', version: '1.0v' }, false],
    ['pkg:npm/a@v1.0', { manager: 'NPM', name: 'a', version: '1.0' }, false],
    ['pkg:npm/a@0%3A1.0', { manager: 'NPM', name: 'a', version: '1.0' }, false],
    ['pkg:npm/a@1.0', { manager: 'NPM', name: 'a', version: '1.0', epoch: 0, release: 'x' }, true],
    ['pkg:rpm/amzn/a@1.0-1', { name: 'a', version: '1.0', release: '1' }, true],
    ['pkg:rpm/amzn/a@1.0-1', { name: 'a', version: '1.0-1', release: '' }, true],
    ['pkg:rpm/amzn/a@10%3A1.0', { name: 'a', version: '1.0', epoch: 10 }, true],
    ['pkg:rpm/amzn/a@1%3A1.0', { name: 'a', version: '1:1.0', epoch: 1 }, true],
    ['pkg:rpm/amzn/a@1.0', { name: 'a', version: '0:1.0' }, true],
    ['pkg:rpm/amzn/a@10%3A1.0', { name: 'a', version: '1.0', epoch: 0 }, false],
  ])('compares versions of %s with %j: %s', (purl, changes, expected) => {
    expect(covers(purl, changes)).toBe(expected);
  });

  it('covers a finding only if every package of it is named', () => {
    const sub = (...names: string[]) => ({
      '@id': 'pkg:oci/app',
      subcomponents: names.map((name) => ({ '@id': `pkg:deb/debian/${name}` })),
    });
    const packages = [createPackage(), createPackage({ name: 'libssl3' })];
    const both = { ...finding, operatingSystem: 'DEBIAN_12', packages };
    const of = (products: Json[], about: Finding) =>
      excepts(combined(document([statement({ products })])), about);
    expect(of([sub('openssl')], both)).toBe(false);
    expect(of([sub('openssl', 'libssl3')], both)).toBe(true);
    expect(of([sub('openssl'), sub('libssl3')], both)).toBe(true);
    expect(of([sub('openssl'), { ...sub('libssl3'), '@id': 'pkg:oci/web' }], both)).toBe(false);
    expect(of([sub('openssl')], { ...finding, packages: [] })).toBe(false);
    expect(of([{ '@id': 'pkg:oci/app', subcomponents: [] }], { ...finding, packages: [] })).toBe(true);
  });

  it('does not treat packages that cannot be identified as the whole image', () => {
    const products = [{ '@id': 'pkg:oci/app', subcomponents: [{ identifiers: { cpe22: 'cpe:/a:b:c' } }] }];
    expect(excepts(combined(document([statement({ products })])), finding)).toBe(false);
    const torn = { '@id': 'pkg:npm/a', identifiers: { purl: 'pkg:deb/debian/openssl' } };
    const tornProducts = [{ '@id': 'pkg:oci/app', subcomponents: [torn] }];
    expect(excepts(combined(document([statement({ products: tornProducts })])), finding)).toBe(false);
  });
});

describe('statements that are compared with one finding after the other', () => {
  it('match each of them by its own properties', () => {
    const exceptions = combined(
      document([
        statement({
          products: [
            {
              '@id': 'pkg:oci/app',
              subcomponents: [{ '@id': 'pkg:deb/ubuntu/openssl@3.0.2-0ubuntu1.10?arch=amd64' }],
            },
          ],
        }),
      ]),
    );
    const asked = (overrides: Partial<VulnerablePackage>) =>
      excepts(exceptions, { ...finding, packages: [createPackage(overrides)] });
    expect(asked({})).toBe(true);
    const others: Partial<VulnerablePackage>[] = [
      { name: 'curl' },
      { version: '3.0.1' },
      { release: '1' },
      { epoch: 1 },
      { arch: 'ARM64' },
      { manager: 'NPM' },
    ];
    for (const other of others) {
      expect(asked(other), JSON.stringify(other)).toBe(false);
      expect(asked({})).toBe(true);
    }
  });

  it('match each platform and image by its own properties', () => {
    const exceptions = combined(
      document([statement({ products: [{ '@id': `pkg:oci/app@${CHILD}?arch=amd64` }] })]),
    );
    const of = (digest: string, platform: string) =>
      createFinding({ digest, platform, packages: [createPackage()] });
    expect(excepts(exceptions, of(CHILD, 'linux/amd64'))).toBe(true);
    expect(excepts(exceptions, of(CHILD, 'linux/arm64'))).toBe(false);
    expect(excepts(exceptions, of(`sha256:${'c'.repeat(64)}`, 'linux/amd64'))).toBe(false);
    expect(excepts(exceptions, of(CHILD, 'linux/amd64'), { ...image, repository: 'team/web' })).toBe(false);
    expect(excepts(exceptions, of(CHILD, 'linux/amd64'))).toBe(true);
  });
});

describe('the revocation of a statement', () => {
  const at = (day: string) => ({ timestamp: `2026-01-${day}T00:00:00Z` });
  const affected = (overrides: Json = {}) =>
    statement({ status: 'affected', action_statement: 'update', justification: undefined, ...overrides });
  const investigated = (overrides: Json = {}) =>
    statement({ status: 'under_investigation', justification: undefined, ...overrides });

  it.each<[string, Json[], boolean]>([
    ['nothing', [statement(at('01'))], true],
    ['a later affected', [statement(at('01')), affected(at('02'))], false],
    ['a later one, listed first', [affected(at('02')), statement(at('01'))], false],
    ['a later investigation', [statement(at('01')), investigated(at('02'))], false],
    ['one of the same time', [statement(at('01')), affected(at('01'))], false],
    ['an earlier one does not', [statement(at('02')), affected(at('01'))], true],
    ['the latest of several', [affected(at('01')), statement(at('02')), affected(at('03'))], false],
    [
      'the latest of several, listed first',
      [affected(at('03')), statement(at('02')), affected(at('01'))],
      false,
    ],
    [
      'a statement after it holds again',
      [statement(at('01')), affected(at('02')), statement(at('03'))],
      true,
    ],
    ['fixed after it holds', [affected(at('02')), statement({ ...at('03'), status: 'fixed' })], true],
    [
      'last_updated counts',
      [statement({ ...at('01'), last_updated: '2026-01-05T00:00:00Z' }), affected(at('03'))],
      true,
    ],
    [
      'in another time zone',
      [statement(at('02')), affected({ timestamp: '2026-01-01T23:30:00-01:00' })],
      false,
    ],
    ['another vulnerability does not', [statement(), affected({ vulnerability: { name: 'CVE-1' } })], true],
    ['another image does not', [statement(), affected({ products: [{ '@id': 'pkg:oci/web' }] })], true],
    [
      'another digest does not',
      [statement(), affected({ products: [{ '@id': `pkg:oci/app@sha256:${'b'.repeat(64)}` }] })],
      true,
    ],
    [
      'one about several images does',
      [statement(), affected({ products: [{ '@id': 'pkg:oci/web' }, { '@id': 'pkg:oci/app' }] })],
      false,
    ],
    [
      'one about an image of its name under another path does',
      [statement(), affected({ products: [{ '@id': 'pkg:oci/mirror/app' }] })],
      false,
    ],
    ['its digest does', [statement(), affected({ products: [{ '@id': `pkg:oci/app@${CHILD}` }] })], false],
    [
      'its hash does, whatever it is called',
      [statement(), affected({ products: [{ '@id': 'urn:app', hashes: { 'sha-256': HEX } }] })],
      false,
    ],
    [
      'its hash does, even if it is called a package',
      [statement(), affected({ products: [{ '@id': 'pkg:npm/app', hashes: { 'sha-256': HEX } }] })],
      false,
    ],
    [
      'the hash of another package does not',
      [
        statement(),
        affected({ products: [{ '@id': 'pkg:npm/app', hashes: { 'sha-256': 'b'.repeat(64) } }] }),
      ],
      true,
    ],
    ['a tag does', [statement(), affected({ products: [{ '@id': 'pkg:oci/app?tag=1' }] })], false],
    [
      'a version that is no digest does',
      [statement(), affected({ products: [{ '@id': 'pkg:oci/app@1' }] })],
      false,
    ],
    [
      'the same repository elsewhere does',
      [statement(), affected({ products: [{ '@id': 'pkg:oci/app?repository_url=ghcr.io/team/app' }] })],
      false,
    ],
    [
      'one about its package does',
      [
        statement(),
        affected({
          products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:deb/ubuntu/openssl' }] }],
        }),
      ],
      false,
    ],
    [
      'one about another package does not',
      [
        statement(),
        affected({ products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:deb/ubuntu/curl' }] }] }),
      ],
      true,
    ],
    [
      'one about another version of its package does not',
      [
        statement(),
        affected({
          products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:deb/ubuntu/openssl@1.0' }] }],
        }),
      ],
      true,
    ],
    [
      'one about another of two packages does',
      [
        statement(),
        affected({
          products: [
            {
              '@id': 'pkg:oci/app',
              subcomponents: [{ '@id': 'pkg:deb/ubuntu/curl' }, { '@id': 'pkg:deb/ubuntu/openssl' }],
            },
          ],
        }),
      ],
      false,
    ],
    [
      'one about a package that cannot be identified does',
      [statement(), affected({ products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'urn:x' }] }] })],
      false,
    ],
  ])('%s', (_, statements, expected) => {
    expect(excepts(combined(document(statements)), finding)).toBe(expected);
    const apart = statements.map((one) => document([one]));
    expect(excepts(combined(...apart), finding)).toBe(expected);
  });

  it('is about the whole image if one of its packages cannot be identified or is named in two ways', () => {
    const revoked = (...subcomponents: Json[]) =>
      !excepts(
        combined(document([statement(), affected({ products: [{ '@id': 'pkg:oci/app', subcomponents }] })])),
        finding,
      );
    const curl = { '@id': 'pkg:deb/ubuntu/curl' };
    const openssl = 'pkg:deb/ubuntu/openssl';
    expect(revoked(curl)).toBe(false);
    expect(revoked(curl, { '@id': 'urn:x' })).toBe(true);
    expect(revoked()).toBe(true);
    expect(revoked({ '@id': 'pkg:npm/a', identifiers: { purl: openssl } })).toBe(true);
    expect(revoked({ '@id': openssl, identifiers: { purl: 'pkg:npm/a' } })).toBe(true);
    expect(revoked({ '@id': `${openssl}#lib` })).toBe(true);
    // A version without a digest, of an image that is named otherwise, is none of this.
    const of = (product: Json) =>
      !excepts(combined(document([statement(), affected({ products: [product] })])), finding);
    expect(of({ '@id': 'urn:app' })).toBe(false);
    expect(of({ '@id': 'urn:app', hashes: { 'sha-512': HEX } })).toBe(false);
    expect(of({ '@id': 'urn:app', hashes: { 'sha-256': `sha256:${HEX.toUpperCase()}` } })).toBe(true);
    expect(of({ '@id': 'urn:app', hashes: { 'sha-256': 'b'.repeat(64) } })).toBe(false);
    for (const version of [`sha256:${HEX}0`, `xsha256:${HEX}`, 'v1']) {
      expect(of({ '@id': `pkg:oci/app@${version}` })).toBe(true);
    }
  });

  it('is possible if the scanner does not have the data', () => {
    const sub = (purl: string) => [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': purl }] }];
    const revoked = (purl: string, changes: Partial<Finding>) =>
      !excepts(combined(document([statement(), affected({ products: sub(purl) })])), {
        ...finding,
        ...changes,
      });
    const of = (changes: Partial<VulnerablePackage>) => ({ packages: [createPackage(changes)] });
    expect(revoked('pkg:npm/openssl', of({ manager: 'OS' }))).toBe(false);
    expect(revoked('pkg:npm/openssl', of({ manager: undefined }))).toBe(true);
    expect(revoked('pkg:npm/openssl', of({ manager: 'SOMETHING_NEW' }))).toBe(true);
    expect(revoked('pkg:npm/other', of({ manager: undefined }))).toBe(false);
    expect(revoked('pkg:deb/ubuntu/openssl?arch=amd64', of({ arch: undefined }))).toBe(true);
    expect(revoked('pkg:deb/ubuntu/openssl?arch=arm64', of({ arch: 'X86_64' }))).toBe(false);
    const arm = [{ '@id': 'pkg:oci/app?arch=arm64' }];
    const byArch = combined(document([statement(), affected({ products: arm })]));
    expect(excepts(byArch, { ...finding, platform: 'linux/amd64' })).toBe(true);
    expect(excepts(byArch, { ...finding, platform: 'linux/arm64/v8' })).toBe(false);
    expect(excepts(byArch, { ...finding, platform: 'unknown' })).toBe(false);
    // One digest can stand for two platforms: for both or for either.
    const both = { ...finding, platform: 'linux/amd64, linux/arm64' };
    expect(excepts(byArch, both)).toBe(false);
    const armOnly = combined(document([statement({ products: arm })]));
    expect(excepts(armOnly, both)).toBe(false);
    expect(excepts(armOnly, { ...finding, platform: 'linux/arm64/v8, linux/arm64' })).toBe(true);
    // A finding that names no package may be about any.
    expect(revoked('pkg:deb/ubuntu/curl', { packages: [] })).toBe(true);
    // Of a repository elsewhere only one of the same whole name is possible.
    const elsewhere = (url: string) =>
      excepts(
        combined(
          document([statement(), affected({ products: [{ '@id': `pkg:oci/app?repository_url=${url}` }] })]),
        ),
        finding,
      );
    expect(elsewhere('ghcr.io/team/app')).toBe(false);
    expect(elsewhere('ghcr.io/app')).toBe(true);
    expect(elsewhere('ghcr.io/otherteam/app')).toBe(true);
  });

  it("counts under any name of the vulnerability, Inspector's related ones included", () => {
    const ghsa = statement({ vulnerability: { name: 'GHSA-jfh8-c2jp-5v3q' } });
    const cve = affected({ vulnerability: { name: 'cve-2021-44228' } });
    const about = { ...finding, vulnerabilityId: 'CVE-2021-44228', relatedIds: ['GHSA-jfh8-c2jp-5v3q'] };
    expect(excepts(combined(document([ghsa])), about)).toBe(true);
    expect(excepts(combined(document([ghsa, cve])), about)).toBe(false);
    const aliased = affected({ vulnerability: { name: 'X-1', aliases: ['CVE-2021-44228'] } });
    expect(excepts(combined(document([ghsa, aliased])), about)).toBe(false);
    // Nor does it help that only the statement itself knows the other name.
    const alone = { ...about, relatedIds: [] };
    const known = statement({
      vulnerability: { name: 'CVE-2021-44228', aliases: ['GHSA-jfh8-c2jp-5v3q'] },
    });
    const byAlias = affected({ vulnerability: { name: 'ghsa-JFH8-c2jp-5v3q' } });
    expect(excepts(combined(document([known])), alone)).toBe(true);
    expect(excepts(combined(document([known]), document([byAlias])), alone)).toBe(false);
  });

  it('is not about another image, even for a finding without packages', () => {
    const unnamed = createFinding({ digest: CHILD, platform: 'linux/amd64', packages: [] });
    const of = (name: string) =>
      combined(
        document([statement(at('01')), affected({ ...at('02'), products: [{ '@id': `pkg:oci/${name}` }] })]),
      );
    expect(excepts(of('web'), unnamed)).toBe(true);
    expect(excepts(of('app'), unnamed)).toBe(false);
  });

  it('uses the last_updated of a document for statements that revoke, not for those that except', () => {
    const old = document([statement()], { last_updated: '2026-06-01T00:00:00Z' });
    const later = document([affected()], { timestamp: '2026-02-01T00:00:00Z' });
    expect(excepts(combined(old, later), finding)).toBe(false);
    const excepting = document([statement()], { timestamp: '2026-02-01T00:00:00Z' });
    const touched = document([affected()], { last_updated: '2026-03-01T00:00:00Z' });
    expect(excepts(combined(excepting, touched), finding)).toBe(false);
  });

  it('never excepts more for another statement that does not except', () => {
    const day = fc.integer({ min: 1, max: 9 }).map((number) => at(`0${number}`));
    const product = fc.constantFrom(
      { '@id': 'pkg:oci/app' },
      { '@id': `pkg:oci/app@${CHILD}` },
      { '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:deb/ubuntu/openssl' }] },
      { '@id': 'pkg:oci/web' },
    );
    const one = (make: (overrides: Json) => Json) =>
      fc
        .record({ time: day, product })
        .map(({ time, product: named }) => make({ ...time, products: [named] }));
    fc.assert(
      fc.property(
        fc.array(one(statement)),
        fc.array(one(affected)),
        one(investigated),
        (some, others, more) => {
          const before = excepts(combined(document([...some, ...others])), finding);
          const after = excepts(combined(document([...others, more, ...some])), finding);
          expect(after && !before).toBe(false);
        },
      ),
    );
  });
});

/** What the tools and the specification of OpenVEX publish, with the field's own identifiers. */
describe('documents as they are published', () => {
  const ALPINE = 'sha256:124c7d2707904eea7431fffe91522a01e5a861a624ee31d03372cc1d138a3126';
  const published = (product: Json, more: Json): Json => ({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id':
      'https://openvex.dev/docs/public/vex-d4e9020b6d0d26f131d535e055902dd6ccf3e2088bce3079a8cd3588a4b14c78',
    author: 'Wolfi J Inkinson',
    timestamp: '2023-01-08T18:02:03.647787998-06:00',
    version: 1,
    tooling: 'https://github.com/openvex/vexctl',
    statements: [{ vulnerability: { name: 'CVE-2023-1255' }, products: [product], ...more }],
  });
  const packages = ['libcrypto3', 'libssl3'].map((name) =>
    createPackage({ name, version: '3.0.8', release: 'r3', epoch: undefined }),
  );
  const found = createFinding({
    vulnerabilityId: 'CVE-2023-1255',
    severity: 'CRITICAL',
    digest: ALPINE,
    platform: 'linux/amd64',
    operatingSystem: 'ALPINE_LINUX_3_18',
    packages,
  });
  const judge = (given: Json, finding = found, policy: Partial<Policy> = {}, repository = 'library/alpine') =>
    evaluate([finding], createPolicy(policy), {
      image: { host: HOST, repository, digests: [INDEX] },
      exceptions: combined(given),
      baseline: undefined,
      now: new Date('2023-02-01T00:00:00Z'),
    });

  // vexctl create --product=… --subcomponents=… --vuln=… --status=fixed
  const vexctl = published(
    {
      '@id': `pkg:oci/alpine@${ALPINE.replace(':', '%3A')}`,
      subcomponents: [
        { '@id': 'pkg:apk/alpine/libcrypto3@3.0.8-r3' },
        { '@id': 'pkg:apk/alpine/libssl3@3.0.8-r3' },
      ],
    },
    { status: 'fixed' },
  );

  it('by vexctl: an image by its digest, packages by their versions', () => {
    const { verdict, judged } = judge(vexctl);
    expect(verdict).toBe('pass');
    expect(judged[0]?.reason).toMatchObject({
      kind: 'exception',
      exception: { origin: 'vex', status: 'fixed', source: 'a.vex.json: statement 1' },
      instead: { kind: 'fail-on' },
    });
    expect(judge(vexctl, { ...found, digest: CHILD }).verdict).toBe('block');
    expect(judge(vexctl, { ...found, vulnerabilityId: 'CVE-2023-12550' }).verdict).toBe('block');
    expect(judge(vexctl, { ...found, packages: [] }).verdict).toBe('block');
    const newer = packages.map((one) => ({ ...one, release: 'r4' }));
    expect(judge(vexctl, { ...found, packages: newer }).verdict).toBe('block');
    const more = [...packages, createPackage({ name: 'busybox' })];
    expect(judge(vexctl, { ...found, packages: more }).verdict).toBe('block');
  });

  it('with a justification, which is shown, and bounded as any exception is', () => {
    const stated = published(
      { '@id': `pkg:oci/alpine?repository_url=${HOST}/library/alpine` },
      { status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path' },
    );
    expect(judge(stated)).toMatchObject({
      verdict: 'pass',
      exceptions: [{ applied: 1, exception: { reason: 'vulnerable_code_not_in_execute_path' } }],
    });
    expect(judge(stated, found, {}, 'mirror/alpine').verdict).toBe('block');
    const allowed = createPolicy().exceptionsAllowed;
    const bounds = [
      { ...allowed, never: { ...allowed.never, severity: ['CRITICAL'] } },
      { ...allowed, required: ['ticket'] as const },
      { ...allowed, maxDurationMs: 86_400_000 },
    ];
    for (const exceptionsAllowed of bounds) {
      expect(judge(stated, found, { exceptionsAllowed })).toMatchObject({
        verdict: 'block',
        exceptions: [{ applied: 0, refusals: [{}] }],
      });
    }
    // The statement's author stands for who approved it.
    expect(
      judge(stated, found, { exceptionsAllowed: { ...allowed, required: ['approved-by', 'reason'] } })
        .verdict,
    ).toBe('pass');
  });

  it.each<[string, Json]>([
    // The specification's minimal document is about packages that are products themselves.
    ['a package as product', { '@id': 'pkg:apk/alpine/libssl3@3.0.8-r3?arch=x86_64' }],
    // Docker Scout's documentation names images so; it does not name the registry.
    [
      'pkg:docker',
      { '@id': 'pkg:docker/library/alpine@3.18', subcomponents: [{ '@id': 'pkg:apk/alpine/libssl3' }] },
    ],
    [
      'identifiers of other kinds',
      {
        '@id': 'pkg:apk/wolfi/product@1.23.0-r1?arch=armv7',
        identifiers: {
          purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.4',
          cpe23: 'cpe:2.3:a:apache:log4j:2.4:-:*:*:*:*:*:*',
          cpe22: 'cpe:/a:apache:log4j:2.4:-',
        },
        hashes: { 'sha-256': '402fa523b96591d4450ace90e32d9f779fcfd938903e1c5bf9d3701860b8f856' },
        subcomponents: [],
      },
    ],
    ['a registry elsewhere', { '@id': 'pkg:oci/alpine?repository_url=index.docker.io/library/alpine' }],
  ])('excepts nothing for %s', (_, product) => {
    const { verdict, exceptions } = judge(published(product, { status: 'fixed' }));
    expect(verdict).toBe('block');
    expect(exceptions).toMatchObject([{ applied: 0, needless: 0, refusals: [] }]);
  });

  it('with the aliases of the specification: any of them is the vulnerability', () => {
    const aliases = [
      'GHSA-2qrg-x229-3v8q',
      'SNYK-RHEL7-LOG4J-1472071',
      'DSA-4686-1',
      'USN-4495',
      'DLA-2065-1',
    ];
    const stated = published(
      { '@id': 'pkg:oci/alpine' },
      {
        vulnerability: {
          '@id': 'https://nvd.nist.gov/vuln/detail/CVE-2019-17571',
          name: 'CVE-2019-17571',
          aliases,
        },
        status: 'not_affected',
        impact_statement: 'The vulnerable code was removed with a custom patch',
      },
    );
    for (const vulnerabilityId of ['CVE-2019-17571', ...aliases, 'ghsa-2qrg-x229-3v8q']) {
      expect(judge(stated, { ...found, vulnerabilityId }).verdict).toBe('pass');
    }
    expect(judge(stated, { ...found, vulnerabilityId: 'DSA-4686' }).verdict).toBe('block');
  });

  it.each([
    ['under_investigation', {}],
    ['affected', { action_statement: 'Customers are advised to upgrade.' }],
  ])('%s changes nothing', (status, more) => {
    const { verdict, exceptions } = judge(published({ '@id': 'pkg:oci/alpine' }, { status, ...more }));
    expect([verdict, exceptions]).toEqual(['block', []]);
  });
});
