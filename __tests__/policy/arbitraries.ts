/** Findings, policies and exceptions that have something to do with each other: few ids, few packages. */
import fc from 'fast-check';
import type { Baseline } from '../../src/policy/baseline.ts';
import type { Exception } from '../../src/policy/exceptions.ts';
import type { Bound, Conditions, Minimum, Policy, PolicyDocument, Rule } from '../../src/policy/policy.ts';
import { SEVERITIES, THRESHOLDS } from '../../src/policy/severity.ts';
import type { Finding, VulnerablePackage } from '../../src/scan/findings.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { createException, createPolicy, NOW } from './factories.ts';

const DAY = 86_400_000;
const IDS = ['CVE-2021-44228', 'CVE-2022-0778', 'GHSA-jfh8-c2jp-5v3q', 'ALAS2-2022-1'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const severities = fc.constantFrom(...SEVERITIES, 'UNTRIAGED');

const pkg: fc.Arbitrary<VulnerablePackage> = fc
  .record({
    name: fc.constantFrom('openssl', 'openssl-libs', '@babel/traverse', 'golang.org/x/net'),
    version: fc.constantFrom('1.0', '1.1'),
    manager: fc.constantFrom('OS', 'NPM', undefined),
    origin: fc.constantFrom('base', 'application', undefined),
  })
  .map(createPackage);

export const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    id: fc.integer({ min: 0, max: 40 }).map((number) => `arn:${number}`),
    vulnerabilityId: fc.constantFrom(...IDS),
    relatedIds: fc.subarray(IDS, { maxLength: 2 }),
    severity: fc.oneof(
      { weight: 9, arbitrary: severities },
      { weight: 1, arbitrary: fc.constantFrom('CATASTROPHIC', '', 'critical') },
    ),
    status: fc.constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'SUPPRESSED', 'CLOSED', 'REOPENED'),
    score: maybe(fc.constantFrom(0, 5, 7, 9.8, 10, Number.NaN)),
    epss: maybe(fc.constantFrom(0, 0.1, 0.5, 0.97)),
    knownExploited: maybe(fc.boolean()),
    exploitAvailable: fc.constantFrom('YES', 'NO', undefined),
    fixAvailable: fc.constantFrom('YES', 'NO', 'PARTIAL', undefined, 'SOON'),
    packages: fc.array(pkg, { maxLength: 3 }),
    platform: fc.constantFrom('linux/amd64', 'linux/arm64', 'unknown', 'linux/amd64, linux/arm64'),
    firstObservedAt: maybe(
      fc.integer({ min: -1, max: 60 }).map((days) => new Date(NOW.getTime() - days * DAY)),
    ),
  })
  .map((finding) => createFinding(finding as Partial<Finding>));

const bound = (values: readonly number[]): fc.Arbitrary<Bound> =>
  fc.record({ operator: fc.constantFrom('>=', '>', '<=', '<'), value: fc.constantFrom(...values) });
const globs = (...values: string[]) => fc.subarray(values, { minLength: 1 });

const conditions: fc.Arbitrary<Conditions> = fc.record(
  {
    severity: fc.subarray([...SEVERITIES, 'UNTRIAGED'], { minLength: 1 }),
    score: bound([5, 7, 9.8]),
    epss: bound([0.1, 0.5]),
    exploitAvailable: fc.boolean(),
    knownExploited: fc.boolean(),
    fixAvailable: fc.constantFrom('YES', 'NO', 'PARTIAL'),
    olderThanMs: fc.constantFrom(7 * DAY, 30 * DAY),
    newerThanMs: fc.constantFrom(7 * DAY, 30 * DAY),
    package: globs('openssl*', '@babel/*', '**'),
    packageManager: globs('OS', 'NPM'),
    vulnerability: globs('CVE-*', 'CVE-2022-0778', 'ghsa-*'),
    repository: globs('team/*', 'other/*'),
    platform: globs('linux/amd64', 'linux/*'),
    layer: fc.constantFrom('base', 'application'),
  },
  { requiredKeys: [] },
);

export const anyRule: fc.Arbitrary<Rule> = fc.record({
  name: fc.string({ minLength: 1, maxLength: 8 }),
  action: fc.constantFrom('block', 'warn', 'ignore'),
  reason: fc.constant('because'),
  when: conditions,
});

const action = fc.constantFrom('block', 'warn', 'ignore' as const);

export const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    failOn: fc.constantFrom(...THRESHOLDS),
    warnOn: fc.constantFrom(...THRESHOLDS),
    ignoreUnfixed: fc.boolean(),
    rules: fc.array(anyRule, { maxLength: 4 }),
    limits: fc.dictionary(
      fc.constantFrom('critical', 'high', 'medium', 'low', 'informational', 'untriaged'),
      fc.integer({ min: 0, max: 3 }),
      { maxKeys: 2 },
    ),
    untriaged: action,
    suppressed: action,
    exceptionsAllowed: fc.record({
      maxDurationMs: maybe(fc.constantFrom(10 * DAY, 90 * DAY)),
      never: fc.record({
        severity: fc.subarray(['CRITICAL', 'HIGH']),
        knownExploited: fc.boolean(),
        score: maybe(bound([9.8])),
      }),
      required: fc.subarray(['reason', 'expires', 'approved-by', 'ticket'] as const),
    }),
  })
  .map(createPolicy);

export const anyException: fc.Arbitrary<Exception> = fc
  .record({
    source: fc.integer({ min: 1, max: 99 }).map((number) => `exceptions.yml:${number}`),
    ids: fc.subarray(IDS, { minLength: 1, maxLength: 2 }),
    scope: fc.record({
      kind: fc.constant('globs' as const),
      package: maybe(fc.constantFrom('openssl*', '**')),
      image: maybe(fc.constantFrom('team/*', 'other/*')),
      platform: maybe(fc.constantFrom('linux/*')),
    }),
    expires: fc.integer({ min: -5, max: 120 }).map((days) => new Date(NOW.getTime() + days * DAY)),
    approvedBy: maybe(fc.constant('security@example.com')),
    untilFixed: fc.boolean(),
  })
  .map(createException);

export const anyBaseline: fc.Arbitrary<Baseline | undefined> = maybe(
  fc.record({
    uri: fc.constant('host/team/app@sha256:b'),
    reference: fc.constant('host/team/app:prod'),
    findings: fc.array(anyFinding, { maxLength: 6 }),
  }),
);

export const anyDocument: fc.Arbitrary<PolicyDocument> = fc
  .record({
    policy: anyPolicy,
    failOn: maybe(fc.constantFrom(...THRESHOLDS)),
    warnOn: maybe(fc.constantFrom(...THRESHOLDS)),
    ignoreUnfixed: maybe(fc.boolean()),
    minimum: fc.record({
      failOn: maybe(fc.constantFrom(...THRESHOLDS)),
      warnOn: maybe(fc.constantFrom(...THRESHOLDS)),
      enforce: fc.boolean(),
      ignoreUnfixed: fc.boolean(),
      timeoutMs: maybe(fc.constantFrom(60_000, 900_000)),
      scanType: fc.constantFrom('enhanced' as const, undefined),
      signing: fc.boolean(),
      baseline: fc.boolean(),
    }) satisfies fc.Arbitrary<Minimum>,
  })
  .map(({ policy, ...document }) => ({ ...policy, ...document }));
