/** Every example of docs/policy.md, with every row of its table. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/document.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';
import {
  type EffectiveSettings,
  effectiveSettings,
  type WorkflowSettings,
} from '../../src/policy/minimum.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { bytes, gateError } from './errors.ts';
import { createContext, NOW } from './factories.ts';

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY).toISOString().slice(0, 10);
const text = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');

/** The YAML block that follows a marker, and the rows of the first table after it. */
function example(name: string): { readonly yaml: string; readonly rows: ReadonlyMap<string, string> } {
  const start = text.indexOf(`<!-- example: ${name} -->`);
  const [, yaml = '', after = ''] = /```yaml\n(.*?)```\n(.*?)(?:\n## |$)/s.exec(text.slice(start)) ?? [];
  if (start === -1 || yaml === '') throw new Error(`docs/policy.md has no example ${name}`);
  const rows = [...after.matchAll(/^\| (.+?) \| (.+?) \|$/gm)].map(([, given = '', becomes = '']) => [
    given,
    becomes,
  ]);
  return {
    yaml,
    rows: new Map(rows.filter(([given]) => !/^(finding|-+)$/.test(given ?? '')) as [string, string][]),
  };
}

interface Case {
  readonly findings: readonly Partial<Finding>[];
  readonly repository?: string;
  /** The text of an exceptions file. */
  readonly exceptions?: string;
  /** What decided, as far as the row says it. */
  readonly by?: object;
}

/** What a workflow asks for that leaves every input at its default and signs. */
const ASKED: WorkflowSettings = {
  failOn: undefined,
  warnOn: undefined,
  ignoreUnfixed: undefined,
  enforce: true,
  scanType: 'enhanced',
  timeoutMs: 900_000,
  settleTimeMs: 15_000,
  signing: true,
  baseline: false,
  baseImages: [],
  exceptions: false,
  vex: false,
  recheck: true,
};
const WORDS: Readonly<Record<string, string>> = {
  blocked: 'block',
  'a warning': 'warn',
  allowed: 'pass',
  ignored: 'pass',
};

function settingsOf(name: string): EffectiveSettings {
  return effectiveSettings(ASKED, parsePolicy(bytes(example(name).yaml), 'docs/policy.md'));
}

function judge(name: string, { findings, repository = 'team/app', exceptions }: Case) {
  const { image, ...rest } = createContext();
  return evaluate(
    findings.map((finding, index) =>
      // Inspector has said of each whether CISA lists it, unless the row is about that.
      createFinding({ id: `${index}`, knownExploited: false, epss: 0, ...finding }),
    ),
    settingsOf(name).policy,
    {
      ...rest,
      image: { ...image, repository },
      exceptions: exceptions === undefined ? [] : parseExceptions(bytes(exceptions), 'exceptions.yml'),
    },
  );
}

function exception(days: number, fields = ''): string {
  return `version: 1
exceptions:
  - id: CVE-2022-0778
    reason: not reachable
    expires: ${inDays(days)}
    ${fields}
`;
}

const SIGNED_FOR = 'approved-by: security@example.com\n    ticket: SEC-1';
const packages = (...given: Partial<VulnerablePackage>[]) =>
  given.map((one) => createPackage({ manager: 'OS', origin: 'application', ...one }));
const six = Array.from({ length: 6 }, (_, index) => ({
  vulnerabilityId: `CVE-2026-000${index}`,
  severity: 'CRITICAL',
  fixAvailable: 'NO',
}));
const rule = (name: string) => ({ kind: 'rule', rule: name });

const CASES: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  strict: {
    HIGH: { findings: [{ severity: 'HIGH' }], by: { kind: 'fail-on', threshold: 'high' } },
    'LOW with EPSS 0.7': { findings: [{ severity: 'LOW', epss: 0.7 }], by: rule('likely to be exploited') },
    "LOW in CISA's catalog": {
      findings: [{ severity: 'LOW', knownExploited: true }],
      by: rule('exploited in the wild'),
    },
    MEDIUM: { findings: [{ severity: 'MEDIUM' }] },
    UNTRIAGED: { findings: [{ severity: 'UNTRIAGED' }] },
    'suppressed in Inspector': { findings: [{ severity: 'HIGH', status: 'SUPPRESSED' }] },
    'CRITICAL with an exception': {
      findings: [{ severity: 'CRITICAL' }],
      exceptions: exception(20, SIGNED_FOR),
    },
    'HIGH with an exception for 20 days, `approved-by` and `ticket`': {
      findings: [{ severity: 'HIGH' }],
      exceptions: exception(20, SIGNED_FOR),
      by: { kind: 'exception' },
    },
    'HIGH with the same exception for 40 days': {
      findings: [{ severity: 'HIGH' }],
      exceptions: exception(40, SIGNED_FOR),
    },
    'HIGH with the same exception and no `ticket`': {
      findings: [{ severity: 'HIGH' }],
      exceptions: exception(20, 'approved-by: security@example.com'),
    },
  },
  'fix-only': {
    'CRITICAL with a fix': { findings: [{ severity: 'CRITICAL', fixAvailable: 'YES' }] },
    'CRITICAL without a fix': { findings: six.slice(0, 1), by: rule('no fix yet') },
    'six CRITICAL ones without a fix': { findings: six },
    'HIGH with a fix for some of its packages': {
      findings: [{ severity: 'HIGH', fixAvailable: 'PARTIAL' }],
    },
  },
  kev: {
    "LOW in CISA's catalog": { findings: [{ severity: 'LOW', knownExploited: true }] },
    'CRITICAL that is not in it': { findings: [{ severity: 'CRITICAL' }], by: { kind: 'warn-on' } },
    'one for which Inspector has no data about exploits': {
      findings: [{ severity: 'LOW', knownExploited: undefined }],
      by: { ...rule('exploited in the wild'), missing: ['known-exploited'] },
    },
  },
  grace: {
    'CRITICAL, first observed 3 days ago': {
      findings: [{ severity: 'CRITICAL', firstObservedAt: daysAgo(3) }],
      by: rule('a week for critical ones'),
    },
    'CRITICAL, first observed 8 days ago': {
      findings: [{ severity: 'CRITICAL', firstObservedAt: daysAgo(8) }],
    },
    'HIGH, first observed 8 days ago': {
      findings: [{ severity: 'HIGH', firstObservedAt: daysAgo(8) }],
      by: rule('a month for high ones'),
    },
    "CRITICAL in CISA's catalog, first observed today": {
      findings: [{ severity: 'CRITICAL', knownExploited: true, firstObservedAt: daysAgo(0) }],
      by: rule('exploited ones have no grace'),
    },
  },
  reachability: {
    'CRITICAL in a package that is not reachable': {
      findings: [{ severity: 'CRITICAL', packages: packages({ reachability: 'not-reachable' }) }],
      repository: 'shop/api',
      by: rule("not reached by the image's own command"),
    },
    'CRITICAL in a package that is reachable': {
      findings: [{ severity: 'CRITICAL', packages: packages({ reachability: 'reachable' }) }],
      repository: 'shop/api',
      by: { kind: 'fail-on' },
    },
    'CRITICAL in two packages, one of which is reachable': {
      findings: [
        {
          severity: 'CRITICAL',
          packages: packages({ reachability: 'not-reachable' }, { name: 'zlib', reachability: 'reachable' }),
        },
      ],
      repository: 'shop/api',
      by: { kind: 'fail-on' },
    },
    'CRITICAL in a package for which Inspector has no reachability': {
      findings: [{ severity: 'CRITICAL', packages: packages({}) }],
      repository: 'shop/api',
      by: { kind: 'fail-on' },
    },
    "CRITICAL in CISA's catalog, in a package that is not reachable": {
      findings: [
        {
          severity: 'CRITICAL',
          knownExploited: true,
          packages: packages({ reachability: 'not-reachable' }),
        },
      ],
      repository: 'shop/api',
      by: rule('exploited in the wild'),
    },
    'CRITICAL in a package that is not reachable, in `tools/linter`': {
      findings: [{ severity: 'CRITICAL', packages: packages({ reachability: 'not-reachable' }) }],
      repository: 'tools/linter',
      by: { kind: 'fail-on' },
    },
  },
  monorepo: {
    'HIGH in `shop/checkout/api`': {
      findings: [{ severity: 'HIGH', packages: packages({}) }],
      repository: 'shop/checkout/api',
      by: rule('customer-facing services'),
    },
    'HIGH in `internal/wiki`': {
      findings: [{ severity: 'HIGH', packages: packages({}) }],
      repository: 'internal/wiki',
      by: { kind: 'warn-on' },
    },
    'CRITICAL in `tools/linter`': {
      findings: [{ severity: 'CRITICAL', packages: packages({}) }],
      repository: 'tools/linter',
      by: rule('build tools'),
    },
    'CRITICAL in the package `linux`, in `internal/wiki`': {
      findings: [{ severity: 'CRITICAL', packages: packages({ name: 'linux' }) }],
      repository: 'internal/wiki',
      by: rule('kernel headers are never loaded'),
    },
    'CRITICAL in the packages `linux` and `perf`, in one finding': {
      findings: [{ severity: 'CRITICAL', packages: packages({ name: 'linux' }, { name: 'perf' }) }],
      repository: 'internal/wiki',
    },
    'CRITICAL without a fix in the base image, in `internal/wiki`': {
      findings: [{ severity: 'CRITICAL', fixAvailable: 'NO', packages: packages({ origin: 'base' }) }],
      repository: 'internal/wiki',
      by: rule("the base image is the platform team's"),
    },
    'CRITICAL without a fix in an unknown layer': {
      findings: [{ severity: 'CRITICAL', fixAvailable: 'NO', packages: packages({ origin: undefined }) }],
      repository: 'internal/wiki',
    },
  },
};

describe.each(Object.entries(CASES))('docs/policy.md: %s', (name, cases) => {
  const { rows } = example(name);

  it('has a test for every row', () => {
    expect([...rows.keys()].sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(Object.entries(cases))('%s', (row, given) => {
    const becomes = rows.get(row) ?? '';
    const word = Object.keys(WORDS).find((candidate) => becomes.startsWith(candidate)) ?? '';
    const { verdict, judged } = judge(name, given);
    expect(verdict, becomes).toBe(WORDS[word]);
    if (given.by !== undefined) expect(judged[0]?.reason).toMatchObject(given.by);
  });
});

describe('docs/policy.md', () => {
  it('strict: refuses to run without a key, and compares with no baseline', () => {
    const document = parsePolicy(bytes(example('strict').yaml), 'docs/policy.md');
    expect(
      effectiveSettings({ ...ASKED, signing: false, baseline: true, scanType: 'basic' }, document),
    ).toMatchObject({
      signingMissing: true,
      baseline: false,
      scanType: 'enhanced',
    });
  });

  it('has an exceptions file that is right', () => {
    expect(parseExceptions(bytes(example('exceptions').yaml), 'exceptions.yml')).toHaveLength(2);
  });

  it('has no other policy or exceptions file that is wrong', () => {
    const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);
    const documents = blocks.filter((yaml) => /^version: 1$/m.test(yaml));
    expect(documents.length).toBeGreaterThanOrEqual(7);
    for (const yaml of documents) {
      if (/^exceptions:/m.test(yaml)) parseExceptions(bytes(yaml), 'docs/policy.md');
      else parsePolicy(bytes(yaml), 'docs/policy.md');
    }
    // That they are read at all: a mistake in one is found.
    expect(gateError(() => parsePolicy(bytes(`${blocks[0]}\nrule: []`), 'x')).message).toContain('rule');
  });
});

describe('src/policy/README.md', () => {
  const directory = join(import.meta.dirname, '../../src/policy');
  const names = (path: string) => [
    ...new Set(
      [...readFileSync(path, 'utf8').matchAll(/`([\w./-]+\.(?:ts|md|yml))`/g)].map(([, name = '']) => name),
    ),
  ];

  it('names files that exist', () => {
    const found = names(join(directory, 'README.md'));
    expect(found.length).toBeGreaterThan(25);
    const places = ['', '../inputs', '../..', '../../__tests__/policy'];
    const missing = found.filter((name) => !places.some((place) => existsSync(join(directory, place, name))));
    expect(missing).toEqual([]);
  });

  it('names every file of the room', () => {
    const found = names(join(directory, 'README.md'));
    const files = readdirSync(directory).filter((name) => name.endsWith('.ts'));
    expect(files.filter((name) => !found.includes(name))).toEqual([]);
  });
});
