/** Scenarios of scans: their states and findings over time. */
import { CATALOGUE, finding } from '../findings.ts';
import type { ScanStep, Scenario, WireFinding } from '../scenario.ts';
import { image, KEY, LONG_AGO, MINUTE, pending, REPOSITORY, scanned, story } from './build.ts';

const minor = [CATALOGUE.terrapin, CATALOGUE.requestsVerify, CATALOGUE.gnupgCompressed].map((spec) =>
  finding(spec),
);
const critical = finding(CATALOGUE.log4shell);

function stopped(ecr: string, reason: string): ScanStep[] {
  return [{ at: 0, ecr: { status: ecr }, coverage: { statusCode: 'INACTIVE', reason } }];
}

const HOSTILE =
  '</code></td></table><script>alert(1)</script><img src=x onerror=alert(1)> [click](javascript:alert(1)) `x` | a | @octocat #1\n\n## heading\n::error::hijacked\r\n##[command]rm -rf /\u001b[31mred\u202etxet\u200b https://evil.example/ $\u007b{ github.token }} $(id) `id`';

const hostile: WireFinding = {
  ...critical,
  title: HOSTILE,
  description: HOSTILE,
  packageVulnerabilityDetails: {
    vulnerabilityId: HOSTILE,
    source: HOSTILE,
    sourceUrl: `javascript:${HOSTILE}`,
    vendorSeverity: HOSTILE,
    referenceUrls: [HOSTILE],
    relatedVulnerabilities: [HOSTILE],
    vulnerablePackages: [
      {
        name: HOSTILE,
        version: HOSTILE,
        fixedInVersion: HOSTILE,
        packageManager: HOSTILE,
        filePath: HOSTILE,
        remediation: HOSTILE,
      },
    ],
  },
  remediation: { recommendation: { text: HOSTILE, Url: HOSTILE } },
};

// JSON is also valid YAML.
const hostileFiles = {
  'policy.yml': JSON.stringify({
    version: 1,
    rules: [
      { name: HOSTILE, action: 'warn', when: { vulnerability: 'CVE-2023-48795' } },
      {
        name: `ignored ${HOSTILE}`,
        action: 'ignore',
        reason: HOSTILE,
        when: { vulnerability: 'CVE-2022-3219' },
      },
    ],
  }),
  'exceptions.yml': JSON.stringify({
    version: 1,
    exceptions: [
      {
        id: 'CVE-2019-10744',
        reason: HOSTILE,
        expires: '{day:+10}',
        'approved-by': HOSTILE,
        ticket: HOSTILE,
      },
      { id: 'CVE-2020-0001', package: 'open*', reason: HOSTILE, expires: '{day:+10}' },
    ],
  }),
  'vex.json': JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/hostile',
    author: HOSTILE,
    timestamp: '{day:-3}T09:00:00Z',
    version: 1,
    statements: [
      {
        vulnerability: { name: 'CVE-2022-22965' },
        products: [{ '@id': 'pkg:oci/app' }],
        status: 'not_affected',
        justification: 'vulnerable_code_not_present',
        impact_statement: HOSTILE,
      },
    ],
  }),
};

const basicAttributes = [
  { key: 'package_name', value: 'zlib' },
  { key: 'package_version', value: '1:1.2.11.dfsg-2+deb11u1' },
];

export const scans: readonly Scenario[] = [
  story('long-finished', 'The scan ended an hour ago, so the image is judged at once.', [
    image([scanned(minor, 0, LONG_AGO)]),
  ]),
  story('just-finished', 'The scan has just ended, so its findings have to settle.', [
    image([scanned(minor)]),
  ]),
  story(
    'late-findings',
    'The scan is SUCCESSFUL without findings; its CRITICAL finding appears two seconds later.',
    [image([scanned([]), { at: 2_000, findings: [critical] }])],
    {
      inputs: { 'settle-time': '3s' },
    },
  ),
  story('empty-then-critical', 'Inspector lists no findings at first, while ECR already counts one.', [
    image([
      { ...scanned([]), ecrShows: 1 },
      { at: 1_500, findings: [critical], ecrShows: 'same' },
    ]),
  ]),
  story(
    'scan-on-push',
    'The image is scanned once, on push: COMPLETE in ECR, INACTIVE with the reason SCAN_FREQUENCY_SCAN_ON_PUSH in Inspector.',
    [
      image([
        {
          at: 0,
          ecr: { status: 'COMPLETE' },
          coverage: { statusCode: 'INACTIVE', reason: 'SCAN_FREQUENCY_SCAN_ON_PUSH', scannedAgoMs: LONG_AGO },
          findings: minor,
        },
      ]),
    ],
    { repository: { scanFrequency: 'SCAN_ON_PUSH' } },
  ),
  story(
    'scanned-once',
    'The image was scanned on push a year ago and never again, so later vulnerabilities are not among its findings.',
    [
      image(
        [
          {
            at: 0,
            ecr: { status: 'COMPLETE' },
            coverage: {
              statusCode: 'INACTIVE',
              reason: 'SCAN_FREQUENCY_SCAN_ON_PUSH',
              // One hour more, because AWS's time has whole seconds and exactly 365 days could be too little.
              scannedAgoMs: (365 * 24 + 1) * 60 * MINUTE,
            },
            findings: minor,
          },
        ],
        { pushedAgoMs: 366 * 24 * 60 * MINUTE },
      ),
    ],
    { repository: { scanFrequency: 'SCAN_ON_PUSH' } },
  ),
  story('never-scanned', 'No scanning filter matches the repository.', [image([])], {
    repository: { scanFrequency: 'MANUAL' },
  }),
  story('inspector-off', 'Inspector is disabled in this account.', [image([])], {
    inspectorStatus: 'DISABLED',
  }),
  story(
    'basic-registry',
    'The registry uses basic scanning, which has finished, but the gate expects enhanced scanning.',
    [image([{ at: 0, ecr: { status: 'COMPLETE' }, basic: [] }])],
    { registryScanType: 'BASIC' },
  ),
  story(
    'inspector-refuses',
    'Inspector refuses the account of the role and does not report whether it is disabled.',
    [image([])],
    {
      faults: [
        { api: 'ListCoverage', kind: 'refuse-account' },
        { api: 'BatchGetAccountStatus', kind: 'deny' },
      ],
    },
  ),
  story(
    'inspector-off-refuses',
    'Inspector is disabled, and refuses the account for that reason.',
    [image([])],
    {
      inspectorStatus: 'DISABLED',
      faults: [{ api: 'ListCoverage', kind: 'refuse-account' }],
    },
  ),
  story('unsupported-os', 'Inspector cannot scan this operating system.', [
    image(stopped('UNSUPPORTED_IMAGE', 'UNSUPPORTED_OS')),
  ]),
  story(
    'eligibility-expired',
    'The image is older than the re-scan duration, so its findings were removed.',
    [image(stopped('SCAN_ELIGIBILITY_EXPIRED', 'SCAN_ELIGIBILITY_EXPIRED'))],
  ),
  story(
    'never-ends',
    'The scan stays in progress and never ends.',
    [
      image([
        {
          at: 0,
          ecr: { status: 'IN_PROGRESS' },
          coverage: { statusCode: 'ACTIVE', reason: 'SCAN_IN_PROGRESS' },
        },
      ]),
    ],
    {
      inputs: { timeout: '4s' },
    },
  ),
  story(
    'stale-scan',
    'The last scan is older than the push.',
    [image([scanned(minor, 0, LONG_AGO)], { pushedAgoMs: MINUTE })],
    {
      inputs: { timeout: '4s' },
    },
  ),
  story(
    'contradiction',
    'ECR counts three findings, and Inspector lists none.',
    [image([{ ...scanned([], 0, LONG_AGO), ecrShows: 3 }])],
    {
      inputs: { timeout: '4s' },
    },
  ),
  story(
    'severity-contradiction',
    'ECR counts two CRITICAL findings, and Inspector lists only others.',
    [
      image([
        { ...scanned(minor, 0, LONG_AGO), ecrView: { findingSeverityCounts: { CRITICAL: 2, MEDIUM: 1 } } },
      ]),
    ],
    { inputs: { timeout: '4s' } },
  ),
  story(
    'excepted-contradiction',
    'ECR counts two CRITICAL findings, and Inspector lists only one of them, which an exception allows.',
    [
      image([
        {
          ...scanned([finding(CATALOGUE.log4shell)], 0, LONG_AGO),
          ecrView: { findingSeverityCounts: { CRITICAL: 2 } },
        },
      ]),
    ],
    {
      inputs: { timeout: '4s', exceptions: 'exceptions.yml' },
      files: {
        'exceptions.yml':
          'version: 1\nexceptions:\n  - { id: CVE-2021-44228, reason: not reachable, expires: 2099-01-01 }\n',
      },
    },
  ),
  story(
    'ecr-without-counts',
    'ECR returns neither counts nor a list; Inspector lists findings that do not block.',
    [image([{ ...scanned(minor, 0, LONG_AGO), ecrView: {} }])],
    { inputs: { timeout: '4s' } },
  ),
  story(
    'scan-in-the-future',
    'Inspector reports a scan in the future.',
    [image([scanned(minor, 0, -LONG_AGO)])],
    { inputs: { timeout: '4s' } },
  ),
  story('all-closed', 'All findings were closed long ago, and ECR counts none.', [
    image([scanned([finding(CATALOGUE.log4shell, { status: 'CLOSED' })], 0, LONG_AGO)]),
  ]),
  story(
    'closed-contradiction',
    'ECR counts fifty findings, and Inspector lists a single one, which is closed.',
    [image([{ ...scanned([finding(CATALOGUE.terrapin, { status: 'CLOSED' })], 0, LONG_AGO), ecrShows: 50 }])],
    {
      inputs: { timeout: '4s' },
    },
  ),
  story('suppressed-and-closed', 'One CRITICAL finding is suppressed and one is closed, so neither counts.', [
    image([
      scanned(
        [
          ...minor,
          finding(CATALOGUE.log4shell, { status: 'SUPPRESSED' }),
          finding(CATALOGUE.spring4shell, { status: 'CLOSED' }),
        ],
        0,
        LONG_AGO,
      ),
    ]),
  ]),
  story('untriaged', 'A finding without a severity of the vendor.', [
    image([scanned([...minor, finding(CATALOGUE.opensslLoop, { severity: 'UNTRIAGED' })], 0, LONG_AGO)]),
  ]),
  story('unknown-severity', 'A finding with an unknown severity.', [
    image([scanned([...minor, finding(CATALOGUE.opensslLoop, { severity: 'CATASTROPHIC' })], 0, LONG_AGO)]),
  ]),
  story('unknown-status', 'A CRITICAL finding with an unknown status.', [
    image([scanned([finding(CATALOGUE.log4shell, { status: 'REOPENED' })], 0, LONG_AGO)]),
  ]),
  story(
    'hostile-text',
    'All texts of findings, policy, exceptions and VEX statements contain markup, commands and control characters.',
    [
      image([
        scanned(
          [hostile, finding(CATALOGUE.lodashDefaults), finding(CATALOGUE.spring4shell), ...minor],
          0,
          LONG_AGO,
        ),
      ]),
    ],
    {
      files: hostileFiles,
      inputs: { policy: 'policy.yml', exceptions: 'exceptions.yml', vex: '*.json' },
    },
  ),
  story(
    'clock-skew',
    'AWS’s clock is twenty minutes ahead of the runner’s; the scan has just ended.',
    [image([scanned(minor)])],
    {
      clockOffsetMs: 20 * MINUTE,
    },
  ),
  story(
    'clock-behind',
    'AWS’s clock is twenty minutes behind the runner’s, so that the scan looks old by that clock; its CRITICAL finding appears later.',
    [image([scanned([]), { at: 1_500, findings: [critical] }])],
    {
      clockOffsetMs: -20 * MINUTE,
      inputs: { 'settle-time': '2s' },
    },
  ),
  story(
    'basic-blocked',
    'Basic scanning, with a CRITICAL finding.',
    [
      image([
        { at: 0, ecr: { status: 'IN_PROGRESS' } },
        {
          at: 1_000,
          ecr: { status: 'COMPLETE' },
          coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', scannedAgoMs: 0 },
          basic: [
            {
              name: 'CVE-2022-37434',
              severity: 'CRITICAL',
              uri: 'https://security-tracker.debian.org/tracker/CVE-2022-37434',
              attributes: basicAttributes,
            },
          ],
        },
      ]),
    ],
    { registryScanType: 'BASIC', inputs: { 'scan-type': 'basic' } },
  ),
  story(
    'basic-pass',
    'Basic scanning, with no finding above LOW and one without a severity.',
    [
      image([
        {
          at: 0,
          ecr: { status: 'COMPLETE' },
          coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', scannedAgoMs: LONG_AGO },
          basic: [
            { name: 'CVE-2018-25032', severity: 'LOW', attributes: basicAttributes },
            { name: 'CVE-2016-2781', severity: 'UNDEFINED', attributes: [] },
          ],
        },
      ]),
    ],
    { registryScanType: 'BASIC', inputs: { 'scan-type': 'basic' } },
  ),
  story(
    'basic-short-list',
    'Basic scanning: ECR counts three CRITICAL findings, and its list has a single LOW one.',
    [
      image([
        {
          at: 0,
          ecr: { status: 'COMPLETE' },
          basic: [{ name: 'CVE-2018-25032', severity: 'LOW', attributes: basicAttributes }],
          basicCounts: { CRITICAL: 3, LOW: 1 },
        },
      ]),
    ],
    { registryScanType: 'BASIC', inputs: { 'scan-type': 'basic', timeout: '4s' } },
  ),
  story(
    'basic-other-account',
    'The role is of another account, and ECR reports the scan type of that account’s registry.',
    [image([{ at: 0, ecr: { status: 'COMPLETE' } }])],
    {
      registryScanType: 'BASIC',
      caller: { account: '999900001111', registryScanType: 'BASIC' },
      inputs: { 'scan-type': 'basic' },
    },
  ),
  story(
    'other-accounts-repository',
    'The role is of another account, which has a repository of the same name that is never scanned.',
    [
      image([
        { at: 0, ecr: 'ScanNotFound', coverage: 'none' },
        { ...pending, at: 700 },
        scanned(minor, 1_500),
      ]),
    ],
    {
      caller: {
        account: '999900001111',
        registryScanType: 'ENHANCED',
        repositories: [{ name: REPOSITORY, scanFrequency: 'MANUAL' }],
      },
    },
  ),
  story(
    'pending-then-pass',
    'An image that was just pushed: no scan, then a pending scan, then a finished scan.',
    [
      image([
        { at: 0, ecr: 'ScanNotFound', coverage: 'none' },
        { ...pending, at: 700 },
        scanned(minor, 1_500),
      ]),
    ],
    { keys: [KEY] },
  ),
];
