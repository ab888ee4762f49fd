import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { canonicalPolicy, policySha256 } from '../../src/policy/canonical.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import { effectiveSettings, weakeningByInputsOf } from '../../src/policy/minimum.ts';
import type { Conditions, PolicyDocument, Rule } from '../../src/policy/policy.ts';
import { anyAsked, anyDocument } from './arbitraries.ts';
import { bytes } from './errors.ts';
import { FULL_POLICY } from './examples.ts';

const parse = (text: string) => parsePolicy(bytes(text), 'policy.yml');
const digest = (text: string) => policySha256(parse(text));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What FULL_POLICY says. A change of this text changes the digests of policies that are already attested. */
const CANONICAL = `ecr-deployment-gate/policy/v1
{"attestations":[{"builder":["https://github.com/team/app/**"],"certificate-identity":"https://github.com/team/app/.github/workflows/build.yml@refs/heads/main","max-age":"2592000s","source-repository":["https://github.com/team/*"],"transparency-log":false,"trusted-root":"{\\"mediaType\\":\\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\\"}","type":"https://slsa.dev/provenance/v1"},{"key":"awskms:///arn:aws:kms:eu-central-1:123456789012:alias/build","type":"https://cyclonedx.org/bom"},{"key":"awskms:///arn:aws:kms:eu-central-1:123456789012:alias/build","type":"https://spdx.dev/Document/v2.3"}],"exceptions-allowed":{"max-duration":"7776000s","never":{"known-exploited":true,"score":">9","severity":["critical"]},"required":["approved-by","ticket"]},"limits":{"high":20,"untriaged":0},"minimum":{"base-image":["123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/**"],"baseline":false,"enforce":true,"exceptions":false,"fail-on":"critical","ignore-unfixed":false,"recheck":true,"scan-type":"enhanced","settle-time":"30s","signing":true,"timeout":"1800s","vex":false,"warn-on":"medium"},"rules":[{"action":"block","name":"exploited in the wild","when":{"known-exploited":true}},{"action":"block","name":"likely to be exploited","when":{"epss":">=0.5","exploit-available":true,"score":">=7"}},{"action":"warn","name":"a week to fix what can be fixed","when":{"fix-available":"yes","newer-than":"604800s","severity":["critical"]}},{"action":"ignore","name":"build tools are not in the path of a request","reason":"they are there for debugging","when":{"layer":"base","older-than":"1209600s","package":["binutils{,-common}","gcc*"],"package-manager":["OS"],"platform":["linux/arm64"],"reachability":"not-reachable","repository":["team/**"],"severity":["low"],"vulnerability":["CVE-2026-*"]}}],"suppressed":"warn","untriaged":"block"}`;

describe('the digest of a policy', () => {
  it('is the SHA-256 of its canonical form, which does not change between versions of the action', () => {
    expect(canonicalPolicy(parse(FULL_POLICY))).toBe(CANONICAL);
    expect(digest(FULL_POLICY)).toBe(sha256(CANONICAL));
    expect(digest('version: 1')).toBe(sha256('ecr-deployment-gate/policy/v1\n{}'));
  });

  it('can be computed as the documentation says', async () => {
    const docs = await readFile(join(import.meta.dirname, '../../docs/signing.md'), 'utf8');
    const [, policy = ''] = /the digest of the policy\n\n```yaml\n([\s\S]*?)```/.exec(docs) ?? [];
    const [, command = ''] = /is also that of\n\n```sh\n([\s\S]*?) \| sha256sum\n```/.exec(docs) ?? [];
    const { stdout } = await promisify(execFile)('sh', ['-c', command]);
    expect(canonicalPolicy(parse(policy))).toBe(stdout);
  });

  const POLICY = `version: 1
warn-on: medium
rules:
  - name: grace
    action: warn
    when: { severity: [critical, high], newer-than: 7d, package: [b, a], score: ">=7.0" }
  - name: rest
    action: block
    when: { fix-available: yes }
minimum: { base-image: [ "123456789012.dkr.ecr.eu-central-1.amazonaws.com/a", "123456789012.dkr.ecr.eu-central-1.amazonaws.com/b" ], signing: true }
`;

  it.each([
    ['comments', `# who: security\n${POLICY.replace('rules:', 'rules: # in this order')}\n\n`],
    ['Windows line ends and a byte order mark', `\ufeff${POLICY.replaceAll('\n', '\r\n')}`],
    ['directives', `%YAML 1.2\n---\n${POLICY}...\n`],
    [
      'the order of keys',
      `${POLICY.replace('version: 1\nwarn-on: medium\n', '')}warn-on: medium\nversion: 1\n`,
    ],
    ['quotes', POLICY.replace('name: grace', 'name: "gr\\u0061ce"').replace('medium', "'medium'")],
    ['an anchor', POLICY.replace('[b, a]', '&packages [b, a]')],
    ['the order of severities', POLICY.replace('critical, high', 'high, critical, high')],
    ['the order of globs', POLICY.replace('[b, a]', '[a, b, a]')],
    ['the order of base images', POLICY.replace(/"(\S+\/a)", "(\S+\/b)"/, '"$2", "$1", "$2"')],
    ['the unit of a duration', POLICY.replace('7d', '168h')],
    ['another unit of a duration', POLICY.replace('7d', '1w')],
    ['zeros and spaces of a bound', POLICY.replace('>=7.0', '>= 7')],
    ['the default of fail-on', `${POLICY}fail-on: critical\n`],
    ['other defaults', `${POLICY}ignore-unfixed: false\nuntriaged: warn\nsuppressed: ignore\nlimits: {}\n`],
    [
      'the defaults of exceptions',
      `${POLICY}exceptions-allowed: { never: { known-exploited: false }, required: [] }\n`,
    ],
    [
      'the defaults of the minimum',
      POLICY.replace(
        'signing: true',
        'signing: true, enforce: false, ignore-unfixed: true, baseline: true, exceptions: true, vex: true, recheck: false, fail-on: none, warn-on: none',
      ),
    ],
  ])('is not changed by %s', (_, text) => {
    expect(text).not.toBe(POLICY);
    expect(digest(text)).toBe(digest(POLICY));
  });

  it('is that of the same policy as JSON', () => {
    const json = {
      rules: [
        {
          when: { score: '>=7', package: ['a', 'b'], 'newer-than': '7d', severity: ['high', 'critical'] },
          action: 'warn',
          name: 'grace',
        },
        { name: 'rest', action: 'block', when: { 'fix-available': 'yes' } },
      ],
      'warn-on': 'medium',
      minimum: {
        signing: true,
        'base-image': ['a', 'b'].map((name) => `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${name}`),
      },
      version: 1,
    };
    expect(digest(JSON.stringify(json))).toBe(digest(POLICY));
    expect(digest(JSON.stringify(json, undefined, 2))).toBe(digest(POLICY));
  });

  it.each([
    [
      'the order of rules',
      (text: string) =>
        text.replace(/( {2}- name: grace[\s\S]*?)( {2}- name: rest[\s\S]*?)(minimum)/, '$2$1$3'),
    ],
    ['a name', (text: string) => text.replace('grace', 'Grace')],
    ['a reason', (text: string) => text.replace('name: grace', 'name: grace\n    reason: why')],
    ['a missing severity', (text: string) => text.replace('[critical, high]', 'critical')],
    ['the case of a glob', (text: string) => text.replace('[b, a]', '[B, a]')],
    ['two globs in one', (text: string) => text.replace('[b, a]', '["{b,a}"]')],
    ['any base image instead of some', (text: string) => text.replace(/base-image: \[[^\]]*\], /, '')],
    [
      'no base image instead of some',
      (text: string) => text.replace(/base-image: \[[^\]]*\]/, 'base-image: false'),
    ],
    ['a limit of zero', (text: string) => `${text}limits: { critical: 0 }\n`],
    [
      'a condition that is false',
      (text: string) => text.replace('fix-available: yes', 'fix-available: yes, known-exploited: false'),
    ],
  ])('is changed by %s', (_, change) => {
    expect(digest(change(POLICY))).not.toBe(digest(POLICY));
  });

  it('is not changed by how YAML writes the document', () => {
    fc.assert(
      fc.property(anyWritten, fc.boolean(), fc.boolean(), (written, isFlow, isQuoted) => {
        const text = stringify(shuffled(written), {
          collectionStyle: isFlow ? 'flow' : 'any',
          defaultStringType: isQuoted ? 'QUOTE_DOUBLE' : 'PLAIN',
          lineWidth: 40,
          aliasDuplicateObjects: false,
        });
        expect(digest(`# a comment\n${text}# another\n`)).toBe(digest(JSON.stringify(written)));
      }),
    );
  });

  it('is changed by every change of what a policy says', () => {
    let changed = 0;
    fc.assert(
      fc.property(anyDocument, anyDocument, (document, other) => {
        const before = policySha256(document);
        for (const [place, one] of changes(document, other)) {
          changed += 1;
          expect([place, policySha256(one)]).not.toEqual([place, before]);
        }
      }),
    );
    expect(changed).toBeGreaterThan(500);
  });

  describe('with required attestations', () => {
    const IDENTITY = 'https://github.com/team/app/.github/workflows/build.yml@refs/heads/main';
    const ARN = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const PROVENANCE = 'https://slsa.dev/provenance/v1';
    const provenance = { type: PROVENANCE, 'certificate-identity': IDENTITY };
    const own = { ...provenance, builder: ['https://b/*', 'https://a/*'], 'max-age': '30d' };
    const sbom = { type: 'https://spdx.dev/Document', key: ARN };
    const of = (...attestations: readonly object[]) => digest(JSON.stringify({ version: 1, attestations }));

    it('has a form that does not change between versions of the action', () => {
      const written = JSON.stringify({ version: 1, attestations: [sbom, own] });
      expect(canonicalPolicy(parse(written))).toBe(`ecr-deployment-gate/policy/v1
{"attestations":[{"builder":["https://a/*","https://b/*"],"certificate-identity":"${IDENTITY}","max-age":"2592000s","type":"${PROVENANCE}"},{"key":"awskms:///${ARN}","type":"https://spdx.dev/Document"}]}`);
      expect(of()).toBe(digest('version: 1'));
    });

    it.each([
      ['their order and repetition', [sbom, own, sbom]],
      ['the order of globs', [{ ...own, builder: own.builder.toReversed() }, sbom]],
      ['the unit of a duration', [{ ...own, 'max-age': '720h' }, sbom]],
      ['the form of a KMS key', [own, { ...sbom, key: `awskms:///${ARN}` }]],
      [
        'defaults',
        [
          {
            ...own,
            'transparency-log': true,
            'certificate-oidc-issuer': 'https://token.actions.githubusercontent.com',
          },
          { ...sbom, 'transparency-log': false },
        ],
      ],
    ])('is not changed by %s', (_, attestations) => {
      expect(of(...attestations)).toBe(of(own, sbom));
    });

    it('is changed by every change of what is required', () => {
      const other = 'arn:aws:kms:eu-central-1:123456789012:key/0000abcd-12ab-34cd-56ef-1234567890ab';
      const root = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';
      const all = [
        [],
        [own],
        [sbom],
        [own, sbom],
        [own, { ...sbom, key: other }],
        [own, { ...sbom, type: 'https://cyclonedx.org/bom' }],
        [own, { ...sbom, 'transparency-log': true }],
        [own, { ...sbom, 'certificate-identity': IDENTITY, key: undefined }],
        [provenance, sbom],
        [{ ...own, type: 'https://slsa.dev/provenance/v0.2' }, sbom],
        [{ ...own, 'certificate-identity': `${IDENTITY}2` }, sbom],
        [{ ...own, 'certificate-oidc-issuer': 'https://token.example.com' }, sbom],
        [{ ...own, 'transparency-log': false }, sbom],
        [{ ...own, 'trusted-root': root }, sbom],
        [{ ...own, builder: undefined }, sbom],
        [{ ...own, builder: ['https://a/*'] }, sbom],
        [{ ...own, 'source-repository': ['https://github.com/team/*'] }, sbom],
        [{ ...own, 'max-age': '31d' }, sbom],
        [{ ...own, 'max-age': undefined }, sbom],
      ].map((attestations) => of(...attestations));
      expect(new Set(all).size).toBe(all.length);
    });
  });

  it('is never that of a file: no policy file is a canonical form', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(() => parse(canonicalPolicy(document))).toThrow();
      }),
    );
    expect(() => parse(CANONICAL)).toThrow();
  });

  it('leaves out defaults that have the same effect with all inputs', () => {
    fc.assert(
      fc.property(anyDocument, anyAsked, (document, asked) => {
        const explicit: PolicyDocument = {
          ...document,
          failOn: document.failOn ?? 'critical',
          warnOn: document.warnOn ?? 'high',
          ignoreUnfixed: document.ignoreUnfixed ?? false,
          minimum: {
            ...document.minimum,
            failOn: document.minimum.failOn ?? 'none',
            warnOn: document.minimum.warnOn ?? 'none',
          },
        };
        expect(policySha256(explicit)).toBe(policySha256(document));
        const settings = effectiveSettings(asked, document);
        expect(effectiveSettings(asked, explicit)).toEqual(settings);
        expect(weakeningByInputsOf(settings, explicit)).toEqual(weakeningByInputsOf(settings, document));
      }),
    );
  });
});

/** A policy as it is written in a file. */
const anyWritten = fc.record({
  version: fc.constant(1),
  'fail-on': fc.constantFrom('critical', 'low', 'none'),
  rules: fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z#:"' é-]{1,20}[a-z]$/),
      action: fc.constantFrom('block', 'warn'),
      when: fc.record({
        severity: fc.constantFrom('critical', ['high', 'low']),
        'older-than': fc.constantFrom('3d', '90s'),
        package: fc.constantFrom('openssl*', ['a', '@b/*']),
        epss: fc.constantFrom('>=0.5', '<.1'),
      }),
    }),
    { maxLength: 3, selector: ({ name }) => name.trim() },
  ),
  limits: fc.dictionary(fc.constantFrom('critical', 'high'), fc.nat(9)),
  untriaged: fc.constantFrom('warn', 'block'),
  minimum: fc.record({ signing: fc.boolean(), 'base-image': fc.boolean() }, { requiredKeys: [] }),
});

/** The same with the keys of all mappings in the reverse order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, shuffled(one)]),
  );
}

const DEFAULTS: Readonly<Record<string, unknown>> = {
  failOn: 'critical',
  warnOn: 'high',
  ignoreUnfixed: false,
  'minimum.failOn': 'none',
  'minimum.warnOn': 'none',
};

/** Whether two values of a property say the same. */
function isSame(place: string, a: unknown, b: unknown): boolean {
  const [one, other] = [a, b].map((value) => {
    const given = value ?? DEFAULTS[place];
    const items = Array.isArray(given) && !place.endsWith('rules') ? [...new Set(given)].sort() : given;
    return JSON.stringify(items, (_, inner) => (inner === undefined ? null : inner));
  });
  return one === other;
}

/** A policy with one change each: every property that another policy has otherwise, and every value of its own, changed. */
function* changes(
  document: PolicyDocument,
  other: PolicyDocument,
): Generator<readonly [place: string, changed: PolicyDocument]> {
  const { exceptionsAllowed: allowed, minimum, rules } = document;
  for (const [place, one] of replaced('', document, other)) {
    if (!['exceptionsAllowed', 'minimum', 'rules', 'limits'].includes(place)) yield [place, one];
  }
  for (const [place, one] of replaced('minimum.', minimum, other.minimum)) {
    yield [place, { ...document, minimum: one }];
  }
  for (const [place, one] of replaced('never.', allowed.never, other.exceptionsAllowed.never)) {
    yield [place, { ...document, exceptionsAllowed: { ...allowed, never: one } }];
  }
  for (const [place, one] of replaced('allowed.', allowed, other.exceptionsAllowed)) {
    if (place !== 'allowed.never') yield [place, { ...document, exceptionsAllowed: one }];
  }
  for (const severity of ['critical', 'high', 'medium', 'low', 'informational', 'untriaged'] as const) {
    const limit = (document.limits[severity] ?? -1) + 1;
    yield [`limits.${severity}`, { ...document, limits: { ...document.limits, [severity]: limit } }];
  }
  for (const [index, rule] of rules.entries()) {
    const put = (one: readonly Rule[]): PolicyDocument => ({
      ...document,
      rules: rules.toSpliced(index, 1, ...one),
    });
    yield ['one rule less', put([])];
    yield ['a rule twice', put([rule, rule])];
    yield ['name', put([{ ...rule, name: `${rule.name}x` }])];
    yield ['reason', put([{ ...rule, reason: rule.reason === undefined ? 'x' : undefined }])];
    yield ['action', put([{ ...rule, action: rule.action === 'block' ? 'warn' : 'block' }])];
    for (const [place, when] of replaced('when.', rule.when, CHANGED))
      yield [place, put([{ ...rule, when }])];
    for (const [place, when] of replaced('when.', rule.when, {})) yield [place, put([{ ...rule, when }])];
    const next = rules[index + 1];
    if (next !== undefined && JSON.stringify(next) !== JSON.stringify(rule)) {
      yield ['order', { ...document, rules: rules.toSpliced(index, 2, next, rule) }];
    }
  }
}

function* replaced<T extends object>(prefix: string, own: T, other: T): Generator<readonly [string, T]> {
  for (const key of new Set([...Object.keys(own), ...Object.keys(other)]) as Set<keyof T & string>) {
    if (!isSame(`${prefix}${key}`, own[key], other[key]))
      yield [`${prefix}${key}`, { ...own, [key]: other[key] }];
  }
}

/** A value for every condition that no policy of the arbitraries has. */
const CHANGED: Required<Conditions> = {
  severity: ['INFORMATIONAL', 'UNTRIAGED', 'LOW'],
  score: { operator: '>=', value: 7.1 },
  epss: { operator: '<', value: 0.15 },
  exploitAvailable: false,
  knownExploited: false,
  fixAvailable: 'PARTIAL',
  olderThanMs: 1_000,
  newerThanMs: 2_000,
  package: ['a', 'b'],
  packageManager: ['a', 'b'],
  vulnerability: ['a', 'b'],
  repository: ['a', 'b'],
  platform: ['a', 'b'],
  layer: 'base',
  reachability: 'unknown',
};
