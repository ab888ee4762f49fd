/** Findings are judged in linear time: in their number, in the size of one finding, and in the size of the documents. */
import { describe, expect, it, vi } from 'vitest';
import { findingsNeedingDetails } from '../../src/policy/details.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import { type EvaluationContext, evaluate } from '../../src/policy/evaluate.ts';
import { effectiveSettings } from '../../src/policy/minimum.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { combineVex, parseVex } from '../../src/policy/vex.ts';
import { compareBases } from '../../src/remedies/rebuild.ts';
import type { Exception } from '../../src/results/exception.ts';
import type { Finding } from '../../src/results/finding.ts';
import { compareVersions } from '../../src/versions/compare.ts';
import type { Ecosystem } from '../../src/versions/ecosystem.ts';
import { createContext, createException, createPolicy } from '../policy/factories.ts';
import { createFinding, createPackage } from '../report/fixtures.ts';
import { expectLinear, expectWithin } from './cpu.ts';

vi.setConfig({ testTimeout: 300_000 });

const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** Findings of different vulnerabilities in different packages. */
const different = (count: number): Finding[] =>
  many(count, (at) =>
    createFinding({
      id: `arn:${at}`,
      vulnerabilityId: `CVE-2026-${at}`,
      severity: at % 2 === 0 ? 'CRITICAL' : 'LOW',
      epss: undefined,
      packages: [createPackage({ name: `lib${at}`, version: `1.${at}` })],
    }),
  );

/** One finding of many packages on several platforms. */
const wide = (count: number): Finding[] =>
  ['linux/amd64', 'linux/arm64', 'linux/s390x'].map((platform, at) =>
    createFinding({
      id: `arn:${at}`,
      platform,
      packages: many(count, (index) => createPackage({ name: `lib${index}` })),
    }),
  );

const related = (count: number): Finding[] => [
  createFinding({ relatedIds: many(count, (at) => `CVE-2025-${at}`) }),
];

const policyOf = (yaml: string): Policy =>
  effectiveSettings(
    {
      failOn: undefined,
      warnOn: undefined,
      ignoreUnfixed: undefined,
      enforce: true,
      scanType: 'enhanced',
      timeoutMs: 900_000,
      settleTimeMs: 15_000,
      signing: false,
      baseline: true,
      baseImages: [],
      exceptions: true,
      vex: true,
      recheck: true,
    },
    parsePolicy(Buffer.from(yaml), 'policy.yml'),
  ).policy;

/** The largest number that a policy may have. */
const LARGEST = policyOf(
  `version: 1\nrules:\n${many(100, (at) => `  - {name: r${at}, action: ${['block', 'warn'][at % 2]}, when: {package: [${many(2, (index) => `"*x${at}y${index}*"`).join(', ')}], epss: ">=0.${10 + (at % 20)}", known-exploited: ${at % 3 === 0}}}\n`).join('')}`,
);
const ASKING = policyOf(
  `version: 1\nrules:\n${many(100, (at) => `  - {name: r${at}, action: block, when: {severity: [critical, low], epss: ">=0.${10 + (at % 20)}"}}\n`).join('')}`,
);

const vexOf = (statements: readonly object[]) =>
  combineVex([
    parseVex(
      Buffer.from(
        JSON.stringify({
          '@context': 'https://openvex.dev/ns/v0.2.0',
          '@id': 'https://example.com/1',
          author: 'E',
          timestamp: '2026-01-01T00:00:00Z',
          version: 1,
          statements,
        }),
      ),
      'a.json',
    ),
  ]);
const APP = 'pkg:oci/app';
const component = (name: string) => ({ '@id': `pkg:deb/debian/${name}` });

function judged(
  findings: readonly Finding[],
  policy: Policy,
  exceptions: readonly Exception[],
): EvaluationContext {
  const circumstances = createContext({ exceptions });
  findingsNeedingDetails(findings, policy, circumstances);
  evaluate(findings, policy, circumstances);
  return circumstances;
}

describe('findings', () => {
  it.each<[string, number, (size: number) => Finding[]]>([
    ['that are many', 10_000, different],
    ['of many packages', 20_000, wide],
    ['of many related ids', 100_000, related],
    [
      'that are the same',
      4_000,
      (size) =>
        many(size, () => createFinding({ packages: many(20, (at) => createPackage({ name: `lib${at}` })) })),
    ],
  ])('%s are judged by thresholds', (_, largest, make) => {
    expectLinear(largest, make, (findings) => judged(findings, createPolicy(), []));
  });

  it.each<[string, number, (size: number) => Finding[]]>([
    ['that are many', 4_000, different],
    ['of many packages', 10_000, wide],
    ['of many related ids', 20_000, related],
  ])('%s are judged by the largest number of rules', (_, largest, make) => {
    for (const policy of [LARGEST, ASKING])
      expectLinear(largest, make, (findings) => judged(findings, policy, []));
  });

  it.each<[string, number, (size: number) => Finding[]]>([
    ['that are many', 4_000, different],
    ['of many related ids', 20_000, related],
    [
      'of one vulnerability',
      4_000,
      (size) => different(size).map((one) => ({ ...one, vulnerabilityId: 'CVE-2026-1' })),
    ],
  ])('%s are compared with those of a newer base image', (_, largest, make) => {
    expectLinear(largest, make, (findings) => {
      const judge = (some: readonly Finding[]) => evaluate(some, createPolicy(), createContext());
      const newer = findings.map((finding) => ({ ...finding, id: `newer ${finding.id}` }));
      const base = { layers: new Set<string>(), newer };
      const bases = new Map(findings.map(({ digest }) => [digest, base]));
      return compareBases(findings, bases, judge(findings), judge);
    });
  });

  it('are judged in seconds if there are ten thousand and the largest number of rules', () => {
    for (const policy of [LARGEST, ASKING]) {
      expectWithin(15_000, () => judged(different(10_000), policy, []));
    }
  });
});

describe('exceptions', () => {
  it.each<[string, number, (size: number) => Exception[]]>([
    ['of different ids', 5_000, (size) => many(size, (at) => createException({ ids: [`CVE-2026-${at}`] }))],
    ['of one id', 5_000, (size) => many(size, () => createException({ ids: ['CVE-2026-1'] }))],
    [
      'of one id with globs',
      5_000,
      (size) =>
        many(size, (at) =>
          createException({
            ids: ['CVE-2026-1'],
            scope: {
              kind: 'globs',
              package: `*{lib,x${at}}*`,
              image: `*{app,${at}}`,
              platform: `linux/{amd64,${at}}`,
            },
          }),
        ),
    ],
  ])('%s', (_, largest, make) => {
    const findings = different(2_000);
    expectLinear(largest, make, (exceptions) => judged(findings, createPolicy(), exceptions));
  });

  it('of one id with many findings of it, each with its own globs', () => {
    const exceptions = many(200, (at) =>
      createException({
        ids: ['CVE-2026-12345'],
        scope: {
          kind: 'globs',
          package: `{lib,${at}}*`,
          image: `{team/app,${at}}`,
          platform: `linux/{amd64,${at}}`,
        },
      }),
    );
    const make = (size: number) =>
      many(size, (at) => createFinding({ id: `arn:${at}`, packages: [createPackage({ name: `lib${at}` })] }));
    expectLinear(1_000, make, (findings) => judged(findings, createPolicy(), exceptions));
    expectWithin(4_000, () => judged(make(1_000), createPolicy(), exceptions));
  });

  it('of one id with findings in many packages', () => {
    const exceptions = many(1_000, (at) =>
      createException({
        ids: ['CVE-2026-12345'],
        scope: { kind: 'globs', package: `{lib,${at}}*`, image: undefined, platform: undefined },
      }),
    );
    expectLinear(1_000, wide, (findings) => judged(findings, createPolicy(), exceptions));
  });
});

describe('VEX statements', () => {
  const statement = (more: object) => ({
    vulnerability: { name: 'CVE-2026-1' },
    products: [{ '@id': APP }],
    status: 'fixed',
    ...more,
  });
  const affected = { status: 'affected', action_statement: 'update' };
  const aliases = many(100, (at) => `CVE-2026-${at}`);

  it.each<[string, number, (size: number) => object[]]>([
    [
      'of different vulnerabilities',
      20_000,
      (size) => many(size, (at) => statement({ vulnerability: { name: `CVE-2026-${at}` } })),
    ],
    ['of one vulnerability', 10_000, (size) => many(size, () => statement({}))],
    ['with aliases', 2_000, (size) => many(size, () => statement({ vulnerability: { name: 'X', aliases } }))],
    [
      'that revoke each other',
      10_000,
      (size) =>
        many(size, (at) => statement(at % 2 === 0 ? affected : { timestamp: '2025-01-01T00:00:00Z' })),
    ],
    [
      'that revoke each other under many names',
      1_000,
      (size) =>
        many(size, (at) =>
          statement({ vulnerability: { name: 'X', aliases }, ...(at % 2 === 0 ? affected : {}) }),
        ),
    ],
    [
      'of many products',
      10_000,
      (size) => [
        statement({
          vulnerability: { name: 'X', aliases },
          products: many(size, (at) => ({ '@id': `${APP}?tag=${at}` })),
        }),
      ],
    ],
    [
      'of many packages',
      9_000,
      (size) => [
        statement({
          vulnerability: { name: 'X', aliases },
          products: [{ '@id': APP, subcomponents: many(size, (at) => component(`x${at}`)) }],
        }),
      ],
    ],
    [
      'of many versions of one package',
      9_000,
      (size) => [
        statement({
          vulnerability: { name: 'X', aliases },
          products: [{ '@id': APP, subcomponents: many(size, (at) => component(`lib1@${at}`)) }],
        }),
      ],
    ],
    [
      'of many packages that revoke others',
      9_000,
      (size) => [
        statement({ vulnerability: { name: 'X', aliases } }),
        statement({
          vulnerability: { name: 'X', aliases },
          ...affected,
          products: [{ '@id': APP, subcomponents: many(size, (at) => component(`x${at}`)) }],
        }),
      ],
    ],
  ])('%s', (_, largest, make) => {
    const findings = different(1_000);
    expectLinear(
      largest,
      (size) => vexOf(make(size)),
      (exceptions) => judged(findings, createPolicy(), exceptions),
    );
  });

  it.each<[string, readonly object[]]>([
    [
      'of a hundred vulnerabilities and thousands of packages',
      [
        statement({
          vulnerability: { name: 'X', aliases },
          products: many(90, (at) => ({
            '@id': `${APP}?tag=${at}`,
            subcomponents: many(100, (index) => component(`x${at}-${index}`)),
          })),
        }),
        statement({
          vulnerability: { name: 'X', aliases },
          ...affected,
          products: many(10_000, () => ({ '@id': 'pkg:oci/other' })),
        }),
      ],
    ],
  ])('%s, and many findings', (_, statements) => {
    const exceptions = vexOf(statements);
    const make = (size: number) =>
      different(size).map((finding, at) => ({ ...finding, vulnerabilityId: `CVE-2026-${at % 100}` }));
    expectLinear(4_000, make, (findings) => judged(findings, createPolicy(), exceptions));
  });
});

describe('versions', () => {
  const ECOSYSTEMS: readonly (Ecosystem | undefined)[] = [
    'apk',
    'cargo',
    'composer',
    'dpkg',
    'gem',
    'go',
    'maven',
    'npm',
    'nuget',
    'pep440',
    'rpm',
    undefined,
  ];
  const PIECES = [
    '1',
    '0',
    '.',
    '1.',
    '.1',
    'a',
    '-',
    '-a',
    '+',
    '~',
    '^',
    '_',
    '_p',
    '_alpha',
    'rc',
    '1a',
    ':',
    ' ',
    '!',
    '1!',
    'v',
    '.dev',
    '.post',
    'a1',
    '-1',
    '+a.',
    '*',
    '\u0660',
  ];

  it.each(ECOSYSTEMS)('of %s are compared in linear time, whatever their form', (ecosystem) => {
    for (const piece of PIECES) {
      for (const before of ['', '1', '1.', 'v', '1-', '1:1']) {
        for (const after of ['', '!', '1', '-']) {
          const long = (before + piece.repeat(200)).slice(0, 199) + after;
          const work = () => compareVersions(ecosystem, long, `${long.slice(0, 198)}2`);
          expectWithin(50, work, JSON.stringify([before, piece, after]));
        }
      }
    }
  });

  it('that are longer than the limit are not compared', () => {
    const long = '1.'.repeat(500_000);
    for (const ecosystem of ECOSYSTEMS) {
      expect(compareVersions(ecosystem, long, `${long}1`)).toBeUndefined();
      expectWithin(50, () => compareVersions(ecosystem, long, long));
    }
  });
});
