/**
 * Findings, policies and exceptions that have something to do with each other: few ids, few packages, few conditions
 * in one rule. `reach.test.ts` counts how often they meet.
 */

import fc from 'fast-check';
import type { WorkflowSettings } from '../../src/policy/minimum.ts';
import type { Bound, Conditions, Minimum, Policy, PolicyDocument, Rule } from '../../src/policy/policy.ts';
import type { Baseline } from '../../src/results/baseline.ts';
import type { Exception, ExceptionField } from '../../src/results/exception.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import { SEVERITIES, THRESHOLDS } from '../../src/results/severity.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { createException, createPolicy, NOW } from './factories.ts';

const DAY = 86_400_000;
const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const IDS = ['CVE-2021-44228', 'CVE-2022-0778', 'GHSA-jfh8-c2jp-5v3q', 'ALAS2-2022-1'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
/** Mostly the first, now and then the second. */
const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: rare });

const severities = fc.constantFrom(...SEVERITIES, 'UNTRIAGED');

const pkg: fc.Arbitrary<VulnerablePackage> = fc
  .tuple(
    fc.constantFrom(
      { name: 'openssl', manager: 'OS' },
      { name: '@babel/traverse', manager: 'NPM' },
      { name: 'golang.org/x/net', manager: undefined },
    ),
    fc.record({
      version: fc.constantFrom('1.0', '1.1'),
      origin: fc.constantFrom('base', 'application', undefined),
      reachability: fc.constantFrom('not-reachable', 'reachable', undefined),
    }),
  )
  .map(([named, rest]) => createPackage({ ...named, ...rest }));

export const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    id: fc.integer({ min: 0, max: 40 }).map((number) => `arn:${number}`),
    vulnerabilityId: fc.constantFrom(...IDS),
    relatedIds: fc.subarray(IDS, { maxLength: 2 }),
    severity: fc.oneof(
      { weight: 30, arbitrary: severities },
      { weight: 1, arbitrary: fc.constantFrom('CATASTROPHIC', '', 'critical') },
    ),
    status: fc.constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'SUPPRESSED', 'CLOSED', 'REOPENED'),
    score: maybe(fc.constantFrom(0, 5, 7, 9.8, 10, Number.NaN)),
    epss: maybe(fc.constantFrom(0, 0.1, 0.5, 0.97)),
    knownExploited: maybe(fc.boolean()),
    exploitAvailable: fc.constantFrom('YES', 'NO', undefined),
    fixAvailable: fc.constantFrom('YES', 'NO', 'PARTIAL', undefined, 'SOON'),
    packages: mostly(fc.array(pkg, { minLength: 1, maxLength: 1 }), fc.array(pkg, { maxLength: 3 })),
    platform: fc.constantFrom('linux/amd64', 'linux/arm64', 'unknown', 'linux/amd64, linux/arm64'),
    firstObservedAt: maybe(
      fc.integer({ min: -1, max: 60 }).map((days) => new Date(NOW.getTime() - days * DAY)),
    ),
  })
  .map((finding) => createFinding(finding as Partial<Finding>));

export const anyFindings = fc.array(anyFinding, { maxLength: 5 });

const bound = (values: readonly number[]): fc.Arbitrary<Bound> =>
  fc.record({ operator: fc.constantFrom('>=', '>', '<=', '<'), value: fc.constantFrom(...values) });
const globs = (...values: string[]) => fc.subarray(values, { minLength: 1 });

const everyCondition: fc.Arbitrary<Required<Conditions>> = fc.record({
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
  reachability: fc.constantFrom('not-reachable', 'reachable', 'unknown'),
});

/** One condition or two: of many, some hardly ever hold together. */
const conditions: fc.Arbitrary<Conditions> = everyCondition.chain((every) =>
  fc
    .subarray(Object.entries(every), { minLength: 1, maxLength: 2 })
    .map((chosen) => Object.fromEntries(chosen) as Conditions),
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
    rules: fc.array(anyRule, { maxLength: 3 }),
    limits: fc.dictionary(
      fc.constantFrom('critical', 'high', 'medium', 'low', 'informational', 'untriaged'),
      fc.integer({ min: 0, max: 3 }),
      { maxKeys: 1 },
    ),
    untriaged: mostly(fc.constant('warn' as const), action),
    suppressed: mostly(fc.constant('ignore' as const), action),
    exceptionsAllowed: fc.record({
      maxDurationMs: maybe(fc.constantFrom(10 * DAY, 90 * DAY)),
      never: fc.record({
        severity: mostly(fc.constant<string[]>([]), fc.subarray(['CRITICAL', 'HIGH'], { minLength: 1 })),
        knownExploited: mostly(fc.constant(false), fc.constant(true)),
        score: mostly(fc.constant(undefined), bound([9.8])),
      }),
      required: mostly(
        fc.constant<readonly ExceptionField[]>([]),
        fc.subarray(['reason', 'expires', 'approved-by', 'ticket'] as const),
      ),
    }),
  })
  .map(createPolicy);

const written: fc.Arbitrary<Exception> = fc
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
    untilFixed: mostly(fc.constant(false), fc.constant(true)),
  })
  .map(createException);

/** What a VEX statement becomes: no end of its own, a date, and products instead of globs. */
const stated: fc.Arbitrary<Exception> = fc
  .record({
    source: fc.integer({ min: 1, max: 99 }).map((number) => `app.vex.json: statement ${number}`),
    ids: fc.subarray(IDS, { minLength: 1, maxLength: 2 }),
    name: fc.constantFrom('app', 'app', 'web'),
    since: fc.integer({ min: -100, max: 3 }).map((days) => new Date(NOW.getTime() + days * DAY)),
    reason: maybe(fc.constant('vulnerable_code_not_present')),
  })
  .map(({ name, ...rest }) => {
    const image = { digest: undefined, repositoryUrl: undefined, tag: undefined, arch: undefined };
    const products = [{ ...image, name, subcomponents: [] }];
    return createException({
      ...rest,
      origin: 'vex',
      status: 'not_affected',
      expires: undefined,
      scope: { kind: 'products', products },
    });
  });

export const anyException: fc.Arbitrary<Exception> = mostly(written, stated);

export const anyExceptions = fc.array(anyException, { maxLength: 4 });

/** What a workflow may ask for. */
export const anyAsked: fc.Arbitrary<WorkflowSettings> = fc.record({
  failOn: fc.constantFrom(...THRESHOLDS, undefined),
  warnOn: fc.constantFrom(...THRESHOLDS, undefined),
  ignoreUnfixed: fc.constantFrom(true, false, undefined),
  enforce: fc.boolean(),
  scanType: fc.constantFrom('enhanced', 'basic'),
  timeoutMs: fc.constantFrom(30_000, 600_000, 3_600_000),
  settleTimeMs: fc.constantFrom(1_000, 15_000, 60_000),
  signing: fc.boolean(),
  baseline: fc.boolean(),
  baseImages: fc.subarray([`${REGISTRY}/base/debian`, `${REGISTRY}/team/app`]),
  exceptions: fc.boolean(),
  vex: fc.boolean(),
  recheck: fc.boolean(),
});

export const anyBaseline: fc.Arbitrary<Baseline | undefined> = maybe(
  fc.record({
    uri: fc.constant('host/team/app@sha256:b'),
    reference: fc.constant('host/team/app:prod'),
    findings: fc.array(anyFinding, { maxLength: 12 }),
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
      settleTimeMs: maybe(fc.constantFrom(15_000, 30_000)),
      scanType: fc.constantFrom('enhanced' as const, undefined),
      signing: fc.boolean(),
      baseline: fc.boolean(),
      baseImage: fc.constantFrom(true, false, [`${REGISTRY}/base/*`]),
      exceptions: fc.boolean(),
      vex: fc.boolean(),
      recheck: fc.boolean(),
    }) satisfies fc.Arbitrary<Minimum>,
  })
  .map(({ policy, ...document }) => ({ ...policy, ...document }));
