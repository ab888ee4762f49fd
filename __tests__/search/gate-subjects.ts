/** Images that the gate must not let through, each for another reason. */
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import type { ImageSpec, ScanStep, Scenario, WireFinding } from '../../emulator/scenario.ts';
import {
  child,
  HOST,
  image,
  LONG_AGO,
  pending,
  REPOSITORY,
  scanned,
  story,
} from '../../emulator/scenarios/build.ts';
import { type Claim, imageSubject, memberOf } from './image-subject.ts';
import type { Json } from './mutate.ts';
import { EVENT } from './pull-request.ts';
import type { Sent, Subject } from './search.ts';
import { EPOCH } from './stage.ts';

const minor = [finding(CATALOGUE.terrapin), finding(CATALOGUE.gnupgCompressed)];
const log4shell = finding(CATALOGUE.log4shell);

export function single(steps: readonly ScanStep[], more: Parameters<typeof story>[3] = {}): Scenario {
  return story('searched', '', [image(steps)], { ...more, inputs: { timeout: '30s', ...more.inputs } });
}

export const old = (findings: readonly WireFinding[]) => scanned(findings, 0, LONG_AGO);

function gate(claim: Omit<Claim, 'action' | 'unchanged'> & Partial<Pick<Claim, 'unchanged'>>): Subject {
  return imageSubject({ action: 'gate', unchanged: 'block', isBelievable: bothWitnesses, ...claim });
}

const WITNESSES = ['inspector2:ListFindings', 'ecr:DescribeImageScanFindings'];

/** Two services that leave out the same finding say that there is none. */
export function bothWitnesses(sent: readonly Sent[]): boolean {
  return WITNESSES.every((witness) => sent.some(({ where }) => where === witness));
}

const index = story(
  'searched',
  '',
  [
    {
      kind: 'index',
      name: 'app',
      tag: '1.4.2',
      attestations: true,
      children: [
        child('amd64', 'amd64', [old(minor)]),
        child('arm64', 'arm64', [old([...minor, log4shell])]),
      ],
    },
  ],
  { inputs: { timeout: '30s' } },
);

const basic: ScanStep = {
  at: 0,
  ecr: { status: 'COMPLETE' },
  coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', scannedAgoMs: LONG_AGO },
  basic: [
    {
      name: 'CVE-2022-37434',
      severity: 'CRITICAL',
      attributes: [{ key: 'package_name', value: 'zlib' }],
    },
    { name: 'CVE-2018-25032', severity: 'LOW', attributes: [{ key: 'package_name', value: 'zlib' }] },
  ],
};

/** Everything that a policy can say, each of which blocks the image or does not concern it. */
const POLICY: Json = {
  version: 1,
  'fail-on': 'critical',
  'warn-on': 'high',
  'ignore-unfixed': false,
  rules: [
    {
      name: 'block',
      action: 'block',
      when: { severity: ['critical'], package: ['org.apache*'], score: '>=7.0' },
    },
    {
      name: 'others',
      action: 'ignore',
      reason: 'not ours',
      when: {
        vulnerability: ['CVE-1999-0001'],
        package: ['nothing'],
        repository: ['another/*'],
        'newer-than': '7d',
        platform: ['linux/s390x'],
      },
    },
  ],
  limits: { critical: 0, high: 3 },
  untriaged: 'block',
  suppressed: 'warn',
  'exceptions-allowed': { 'max-duration': '90d', required: ['approved-by'] },
  minimum: {
    'fail-on': 'critical',
    'warn-on': 'medium',
    enforce: true,
    'ignore-unfixed': false,
    timeout: '30m',
  },
};

/** Exceptions and statements that are about something else in two ways each. */
const EXCEPTIONS: Json = {
  version: 1,
  exceptions: [
    {
      id: 'CVE-1999-0001',
      package: 'nothing',
      image: 'another/*',
      platform: 'linux/arm64',
      reason: 'not reachable',
      expires: new Date(EPOCH + 10 * 86_400_000).toISOString().slice(0, 10),
      'approved-by': 'somebody@example.com',
      ticket: 'SEC-1',
      'until-fixed': true,
      status: 'mitigated',
    },
    {
      id: 'CVE-2021-44228',
      package: 'another-package',
      reason: 'it has expired, and is about another package',
      expires: new Date(EPOCH - 10 * 86_400_000).toISOString().slice(0, 10),
      'approved-by': 'somebody@example.com',
    },
  ],
};

const VEX: Json = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.com/vex/app',
  author: 'somebody@example.com',
  timestamp: '2026-01-08T18:02:03Z',
  version: 1,
  statements: [
    {
      vulnerability: { name: 'CVE-1999-0001', aliases: ['GHSA-jfh8-c2jp-5v3q'] },
      products: [
        {
          '@id':
            'pkg:oci/another?repository_url=123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/another',
          hashes: { 'sha-256': '0'.repeat(64) },
          subcomponents: [{ '@id': 'pkg:maven/org.example/nothing@1.0.0' }],
        },
      ],
      status: 'not_affected',
      justification: 'vulnerable_code_not_present',
      impact_statement: 'it is not there',
      timestamp: '2026-02-01T00:00:00Z',
    },
  ],
};

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const FOREIGN = 'fedcba9876543210fedcba9876543210fedcba98';
const REMOTE = (commit: string, content: string) => ({
  inputs: { policy: `example/security/policy.yml@${commit}`, 'github-token': 'a-token' },
  github: [
    {
      name: 'example/security' as const,
      tokens: ['a-token'],
      files: { [`${commit}:policy.yml`]: content },
      branches: { main: ['a'.repeat(40), COMMIT], release: ['b'.repeat(40)] },
      tags: { v1: ['c'.repeat(40)] },
      foreign: [[FOREIGN, 'd'.repeat(40)]],
    },
  ],
});

/** A base image and an application of which each has a finding; only that of the base may be there. */
const layers = story('searched', '', [], {
  repositories: [
    {
      name: REPOSITORY,
      images: [image([old([finding(CATALOGUE.zlibInflate), log4shell])])],
    },
    { name: 'cache/debian', images: [image([old([])], { name: 'debian', tag: '12', contents: 'base' })] },
  ],
  inputs: { timeout: '30s', 'base-image': `${HOST}/cache/debian:12` },
});

const LAYER_POLICY: Json = {
  version: 1,
  'fail-on': 'critical',
  rules: [{ name: 'of the base image', action: 'warn', when: { layer: 'base' } }],
};

/** The lines that built the image, of which the first and the last can be changed on their own. */
const DOCKERFILE: Json = [
  ['# syntax=docker/dockerfile:1', 'ARG VERSION=12', 'FROM cache/debian:12 AS base'],
  ['WORKDIR /app'],
  ['COPY dist /app'],
  ['RUN <<EOF', 'apt-get update', 'EOF', 'CMD ["/app/server"]'],
];

/** Two releases, and what is new in the second. */
const baseline = story(
  'searched',
  '',
  [
    image([old([finding(CATALOGUE.spring4shell), log4shell])]),
    image([old([finding(CATALOGUE.spring4shell), finding(CATALOGUE.zlibInflate)])], {
      name: 'prod',
      tag: 'prod',
    }),
  ],
  { inputs: { timeout: '30s', baseline: `${HOST}/${REPOSITORY}:prod` } },
);

/** An application on an earlier release of its base image, of which the later one has fewer findings. */
export function onOlderBase(
  images: readonly ImageSpec[],
  inputs: Readonly<Record<string, string>> = {},
): Scenario {
  const node = (name: string, tag: string, release: string, findings: readonly WireFinding[]): ImageSpec =>
    image([old(findings)], { name, tag, release, contents: 'base' });
  return story('searched', '', [], {
    repositories: [
      { name: REPOSITORY, images },
      {
        name: 'cache/node',
        images: [
          { ...node('before', 'before', '', []), pushedAgoMs: 10 * LONG_AGO },
          node('now', '22.11', 'later', [finding(CATALOGUE.terrapin)]),
          node('next', '22.14', 'next', []),
        ],
      },
    ],
    inputs: { timeout: '60s', 'base-image': `${HOST}/cache/node:22.11`, ...inputs },
  });
}

const unproven: readonly (readonly [string, ScanStep, RegExp])[] = [
  [
    'a scan that is in progress',
    { at: 0, ecr: { status: 'IN_PROGRESS' }, coverage: { statusCode: 'ACTIVE', reason: 'SCAN_IN_PROGRESS' } },
    /IN_PROGRESS/,
  ],
  [
    'a scan without a time',
    { ...old([]), coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' } },
    /without the time of a scan/,
  ],
  ['a scan in the future', scanned(minor, 0, -LONG_AGO), /in the future/],
  ['a scan before the push', scanned(minor, 0, 5 * LONG_AGO), /since it was pushed/],
  ['no coverage', { ...old(minor), coverage: 'none' }, /has no record of the image/],
  [
    'a system that is not scanned',
    {
      at: 0,
      ecr: { status: 'UNSUPPORTED_IMAGE' },
      coverage: { statusCode: 'INACTIVE', reason: 'UNSUPPORTED_OS' },
    },
    /UNSUPPORTED_OS/,
  ],
  ['findings that ECR alone shows', { ...old([]), ecrShows: 3 }, /counts findings/],
  ['no counts by ECR', { ...old(minor), ecrView: {} }, /does not report/],
];

/**
 * A finding that blocks beside one of the same severity that a rule ignores: ECR's counts cannot tell whether both are
 * listed, so that all depends on how the answer is read.
 */
const oneWitness = gate({
  name: 'gate: a finding that blocks, beside one that is ignored',
  scenario: single(
    [
      {
        ...old([log4shell, finding(CATALOGUE.spring4shell)]),
        ecrView: { findingSeverityCounts: { CRITICAL: 2 } },
      },
    ],
    { inputs: { policy: 'policy.json' } },
  ),
  documents: {
    'policy.json': {
      version: 1,
      rules: [
        { name: 'known', action: 'ignore', reason: 'not used', when: { vulnerability: 'CVE-2022-22965' } },
      ],
    },
  },
  always:
    /^inspector2:ListFindings\.body\.(?:nextToken|findings(?:\[0\](?:\.(?:severity|status|type|findingArn|resources(?:\[0\](?:\.(?:id|details))?)?))?)?): /,
  isBelievable: (sent) =>
    sent.some(({ where, is }) => where === 'inspector2:ListFindings' && isListWithout(is, 'CVE-2021-44228')),
});

/** A well-formed answer that does not contain a finding any more. */
function isListWithout(is: Json, id: string): boolean {
  const findings = memberOf(is, 'body', 'findings');
  return Array.isArray(findings) && !JSON.stringify(findings).includes(id);
}

function packagesIn(answer: Json): Json | undefined {
  return memberOf(answer, 'body', 'findings', 0, 'packageVulnerabilityDetails', 'vulnerablePackages');
}

/** Whether it is a well-formed list of packages, or none. What is malformed is asked for again. */
function arePackages(list: Json | undefined): boolean {
  if (list === undefined || list === null) return true;
  return Array.isArray(list) && list.every((found: Json) => typeof memberOf(found, 'name') === 'string');
}

function isEqualButForPackages(was: Json, is: Json): boolean {
  const others = (answer: Json) =>
    JSON.stringify(answer, (name, value) => (name === 'vulnerablePackages' ? undefined : value));
  return others(was) === others(is);
}

/** Whether every package of every listed finding has the value and the reason that say: not reachable. */
function saysNotReachable(answer: Json): boolean {
  const findings = memberOf(answer, 'body', 'findings');
  if (!Array.isArray(findings)) return false;
  return findings.every((one) => {
    const packages = memberOf(one, 'packageVulnerabilityDetails', 'vulnerablePackages');
    return (
      Array.isArray(packages) &&
      packages.length > 0 &&
      packages.every(
        (found) =>
          memberOf(found, 'runtimeReachability') === 'NOT_REACHABLE' &&
          memberOf(found, 'runtimeReachabilityReason') === 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH',
      )
    );
  });
}

const idle = { ...CATALOGUE.zlibInflate, reachable: false };

/** A finding in two packages, of which the second has the reachability that is given. */
function inTwoPackages(reachable: boolean): WireFinding {
  const both = [finding(idle), finding({ ...idle, package: 'minizip', reachable })] as const;
  const { packageVulnerabilityDetails: details } = both[0];
  if (details === undefined) throw new Error('the finding has no packages');
  const vulnerablePackages = both.flatMap(
    ({ packageVulnerabilityDetails }) => packageVulnerabilityDetails?.vulnerablePackages ?? [],
  );
  return { ...both[0], packageVulnerabilityDetails: { ...details, vulnerablePackages } };
}

const NOT_REACHABLE: Json = {
  version: 1,
  rules: [
    {
      name: 'not reachable',
      action: 'ignore',
      reason: 'no process loads it',
      when: { reachability: 'not-reachable' },
    },
  ],
};
const ABOUT_REACHABILITY =
  /^inspector2:ListFindings\.body\.findings\[0\]\.packageVulnerabilityDetails\.vulnerablePackages(?:\[1\](?:\.runtimeReachability(?:Reason)?)?)?: /;
const counted = { ecrView: { findingSeverityCounts: { CRITICAL: 1 } } };

const reachability: readonly Subject[] = [
  gate({
    name: 'gate: a package that may be reachable, beside one that is not, under a rule about reachability',
    scenario: single([{ ...old([inTwoPackages(true)]), ...counted }], { inputs: { policy: 'policy.json' } }),
    documents: { 'policy.json': NOT_REACHABLE },
    always: ABOUT_REACHABILITY,
    isBelievable: (sent) =>
      bothWitnesses(sent) ||
      sent.some(
        ({ where, is }) =>
          where === 'file policy.json' || (where === 'inspector2:ListFindings' && saysNotReachable(is)),
      ),
  }),
  gate({
    name: 'gate: packages that are not reachable, under a rule about reachability',
    scenario: single([{ ...old([inTwoPackages(false)]), ...counted }], { inputs: { policy: 'policy.json' } }),
    documents: { 'policy.json': NOT_REACHABLE },
    unchanged: 'allowed',
    always: ABOUT_REACHABILITY,
    isInsufficient: (sent) =>
      sent.some(
        ({ where, was, is }) =>
          where === 'inspector2:ListFindings' &&
          isEqualButForPackages(was, is) &&
          arePackages(packagesIn(is)) &&
          !saysNotReachable(is),
      ),
  }),
];

export const gateSubjects: readonly Subject[] = [
  oneWitness,
  ...reachability,
  gate({ name: 'gate: a finding that blocks', scenario: single([old([...minor, log4shell])]) }),
  gate({
    name: 'gate: a finding that blocks, after a wait',
    scenario: single([pending, scanned([...minor, log4shell], 3_000)]),
  }),
  gate({
    name: 'gate: a finding that blocks, in one platform of an index',
    scenario: index,
  }),
  gate({
    name: 'gate: a finding that blocks, on the second page',
    scenario: single([old([...minor, log4shell])]),
    mostOnPage: 2,
  }),
  gate({
    name: 'gate: basic scanning',
    scenario: single([basic], { registryScanType: 'BASIC', inputs: { 'scan-type': 'basic' } }),
    isBelievable: (sent) =>
      sent.filter(({ where }) => where === 'ecr:DescribeImageScanFindings').some(leavesOutBasic),
  }),
  gate({
    name: 'gate: an exploited vulnerability that a rule blocks',
    scenario: single([old([...minor, finding(CATALOGUE.rapidReset)])], { inputs: { policy: 'policy.json' } }),
    documents: {
      'policy.json': {
        version: 1,
        rules: [
          { name: 'exploited', action: 'block', when: { 'known-exploited': true, severity: ['high'] } },
        ],
      },
    },
    // CISA's catalogue is known by Inspector's details alone, and the rule by the file alone.
    isBelievable: (sent) =>
      bothWitnesses(sent) ||
      sent.some(({ where }) => where === 'inspector2:BatchGetFindingDetails' || where === 'file policy.json'),
  }),
  gate({
    name: 'gate: policy, exceptions and VEX about other things',
    scenario: single([old([...minor, log4shell])], {
      inputs: { policy: 'policy.json', exceptions: 'exceptions.json', vex: 'vex/*.json' },
    }),
    documents: { 'policy.json': POLICY, 'exceptions.json': EXCEPTIONS, 'vex/app.json': VEX },
  }),
  gate({
    name: 'gate: a policy in another repository',
    scenario: single([old([...minor, log4shell])]),
    ...REMOTE(COMMIT, JSON.stringify(POLICY)),
  }),
  gate({
    name: 'gate: a policy of a fork, which allows everything',
    scenario: single([old([...minor, log4shell])]),
    ...REMOTE(FOREIGN, JSON.stringify({ version: 1, 'fail-on': 'none', 'warn-on': 'none' })),
    unchanged: 'error',
    because: /not found on any branch or tag/,
  }),
  gate({
    name: 'gate: layers of a base image, and one on top',
    scenario: layers,
    inputs: { policy: 'policy.json' },
    documents: { 'policy.json': LAYER_POLICY },
    isBelievable: (sent) => bothWitnesses(sent) || sent.some(({ where }) => where === 'file policy.json'),
  }),
  gate({ name: 'gate: a finding that is not in the baseline', scenario: baseline }),
  gate({
    name: 'gate: a finding that a newer base image no longer has',
    scenario: onOlderBase([image([old([finding(CATALOGUE.zlibInflate), log4shell])])]),
  }),
  gate({
    name: 'gate: findings at lines of a Dockerfile',
    scenario: layers,
    inputs: { dockerfile: 'Dockerfile' },
    documents: { Dockerfile: DOCKERFILE },
  }),
  gate({
    name: 'gate: a finding that blocks, and a comment on the pull request of the event',
    always: /^file event(?:the answer|\.pull_request(?:\.number)?): /,
    scenario: single([old([...minor, log4shell])]),
    inputs: { comment: 'always', 'github-token': 'a-token' },
    event: EVENT,
  }),
  gate({
    name: 'gate: an image whose manifest and config are written otherwise',
    scenario: single([old([...minor, log4shell])]),
    prepare: (stage) => {
      stage.rebuild('config');
      stage.rebuild('manifest');
    },
  }),
  gate({
    name: 'gate: an index that is written otherwise',
    scenario: index,
    prepare: (stage) => stage.rebuild('manifest'),
    // An index that does not name the platform with the finding is another one.
    isBelievable: (sent) =>
      bothWitnesses(sent) ||
      sent.some(
        ({ where, is, was }) =>
          where === 'image manifest' && !namesChild(is, memberOf(was, 'manifests', 1, 'digest')),
      ),
  }),
  gate({
    name: 'gate: an image that passes, as far as anybody can tell',
    scenario: single([old(minor)]),
    unchanged: 'allowed',
  }),
  ...unproven.map(([name, step, because]) =>
    gate({
      name: `gate: ${name}`,
      scenario: single([step], { inputs: { timeout: '20s' } }),
      unchanged: 'error',
      because,
      // When the image was pushed is ECR's word alone.
      isBelievable: (sent) => bothWitnesses(sent) || sent.some(isOtherPush),
    }),
  ),
];

function isOtherPush({ where, was, is }: Sent): boolean {
  const pushed = (value: Json) => memberOf(value, 'body', 'imageDetails', 0, 'imagePushedAt');
  return where === 'ecr:DescribeImages' && typeof pushed(is) === 'number' && pushed(is) !== pushed(was);
}

/** Basic scanning has one witness: a list that is well-formed, and counts that do not contradict it, are believed. */
function leavesOutBasic({ is }: Sent): boolean {
  const findings = memberOf(is, 'body', 'imageScanFindings', 'findings');
  return Array.isArray(findings) && !JSON.stringify(findings).includes('CRITICAL');
}

function namesChild(value: Json, digest: Json | undefined): boolean {
  return JSON.stringify(value).includes(`"${digest}"`);
}
