/** Documents as other tools write them: none of these has to be edited before the gate reads it. */
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import { combineVex, parseVex } from '../../src/policy/vex.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { bytes, gateError } from './errors.ts';
import { createContext, createPolicy } from './factories.ts';

type Json = Record<string, unknown>;

const DIGEST = `sha256:${'a'.repeat(64)}`;

function written(statements: readonly Json[], more: Json = {}): Uint8Array {
  return bytes(
    JSON.stringify({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.com/vex',
      author: 'Unknown Author',
      timestamp: '2026-01-01T00:00:00Z',
      version: 1,
      statements,
      ...more,
    }),
  );
}

const standardLibrary = createFinding({
  severity: 'CRITICAL',
  vulnerabilityId: 'CVE-2026-1',
  packages: [createPackage({ name: 'go/stdlib', version: '1.22.1', manager: 'GENERIC' })],
});

function judge(documents: readonly Uint8Array[], finding: Finding = standardLibrary) {
  const exceptions = combineVex(documents.map((document, index) => parseVex(document, `${index}.json`)));
  return evaluate([finding], createPolicy(), createContext({ exceptions }));
}

/** A statement of govulncheck -format openvex: its product is unknown, its status affected without an action. */
const byGovulncheck = (purl: string, more: Json = {}): Json => ({
  vulnerability: {
    '@id': 'https://pkg.go.dev/vuln/GO-2026-0001',
    name: 'GO-2026-0001',
    description: 'Panic in an archive reader',
    aliases: ['CVE-2026-1', 'GHSA-aaaa-bbbb-cccc'],
  },
  products: [{ '@id': 'Unknown Product', subcomponents: [{ '@id': purl }] }],
  status: 'affected',
  ...more,
});

const notAffected = (purl: string, more: Json = {}): Json => ({
  vulnerability: { name: 'CVE-2026-1' },
  products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': purl }] }],
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
  ...more,
});

describe('govulncheck', () => {
  it('writes affected statements without an action_statement: they are read, and named for a warning', () => {
    const document = parseVex(
      written(
        [
          byGovulncheck('pkg:golang/stdlib@v1.22.1'),
          byGovulncheck('pkg:golang/example.com%2Fa@v1.0.0', { action_statement: 'update to v1.0.1' }),
          byGovulncheck('pkg:golang/example.com/b@v2.0.0'),
          // Only affected requires an action.
          byGovulncheck('pkg:golang/example.com/c@v2.0.0', { status: 'under_investigation' }),
          byGovulncheck('pkg:golang/example.com/d@v2.0.0', { status: 'fixed' }),
        ],
        { tooling: 'https://pkg.go.dev/golang.org/x/vuln/cmd/govulncheck' },
      ),
      'go.vex.json',
    );
    expect(document.withoutAction).toEqual(['go.vex.json: statement 1', 'go.vex.json: statement 3']);
    expect(document.revocations).toHaveLength(4);
    expect(document.exceptions).toHaveLength(1);
  });

  it.each([
    'pkg:golang/stdlib@v1.22.1',
    'pkg:golang/stdlib@1.22.1',
    'pkg:golang/stdlib',
  ])('revokes with an affected %s an earlier exception in the standard library', (purl) => {
    const earlier = written([notAffected('pkg:golang/stdlib@1.22.1')]);
    const later = written([byGovulncheck(purl)], { timestamp: '2026-02-01T00:00:00Z' });
    expect(judge([earlier]).verdict).toBe('pass');
    expect(judge([earlier, later]).verdict).toBe('block');
    expect(judge([later, earlier]).verdict).toBe('block');
    // A statement that is later again counts.
    const latest = written([notAffected('pkg:golang/stdlib')], { timestamp: '2026-03-01T00:00:00Z' });
    expect(judge([earlier, later, latest]).verdict).toBe('pass');
  });

  it('excepts nothing by a product that is unknown', () => {
    const stated = byGovulncheck('pkg:golang/stdlib@v1.22.1', {
      status: 'not_affected',
      justification: 'vulnerable_code_not_present',
    });
    expect(judge([written([stated])]).verdict).toBe('block');
  });

  it('is not the only reason to refuse: a statement without products still is one', () => {
    const error = gateError(() => parseVex(written([byGovulncheck('pkg:golang/a', { products: [] })]), 'a'));
    expect(error.message).toContain('statements[0].products: is missing. A statement requires');
  });
});

describe('package URLs of other tools', () => {
  const scoped = createFinding({
    severity: 'CRITICAL',
    vulnerabilityId: 'CVE-2026-1',
    packages: [createPackage({ name: '@babel/core', version: '7.1.0', manager: 'NODEPKG' })],
  });

  it.each([
    ['pkg:npm/@babel/core', 'pass'],
    ['pkg:npm/@babel/core@7.1.0', 'pass'],
    ['pkg:npm/%40babel/core', 'pass'],
    ['pkg:npm/@babel/core@7.2.0', 'block'],
    ['pkg:npm/@other/core', 'block'],
  ])('read the scope of %s: %s', (purl, verdict) => {
    expect(judge([written([notAffected(purl)])], scoped).verdict).toBe(verdict);
  });
});

describe('an image that is known by its hash', () => {
  const image = (more: Json, hash = DIGEST.slice(7)) =>
    written([
      {
        vulnerability: { name: 'CVE-2026-1' },
        products: [{ hashes: { 'sha-256': hash }, ...more }],
        status: 'fixed',
      },
    ]);

  it.each<[string, Json, string]>([
    ['by a URL', { '@id': 'https://example.com/app' }, 'pass'],
    ['by a CPE', { identifiers: { cpe23: 'cpe:2.3:a:example:app:1.0:*:*:*:*:*:*:*' } }, 'pass'],
    ['by the purl of an image', { '@id': 'pkg:oci/app' }, 'pass'],
    ['by the purl of another image', { '@id': 'pkg:oci/web' }, 'block'],
    // Something else has this hash, so the statement contradicts itself.
    ['by the purl of a package', { '@id': 'pkg:npm/app' }, 'block'],
    ['by a purl of another kind', { '@id': 'urn:x', identifiers: { purl: 'pkg:generic/app' } }, 'block'],
  ])('and %s', (_, more, verdict) => {
    expect(judge([image(more)]).verdict).toBe(verdict);
    expect(judge([image(more, 'b'.repeat(64))]).verdict).toBe('block');
  });

  it('is not the image for another algorithm', () => {
    const products = [{ '@id': 'https://example.com/app', hashes: { 'sha-512': DIGEST.slice(7) } }];
    expect(judge([written([{ ...notAffected('pkg:golang/stdlib'), products }])]).verdict).toBe('block');
  });
});
