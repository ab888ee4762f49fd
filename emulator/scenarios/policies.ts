/** Scenarios of policies, exceptions, VEX statements and baselines. */
import { CATALOGUE, finding, many } from '../findings.ts';
import type { Scenario, WireFinding } from '../scenario.ts';
import { HOST, image, LONG_AGO, REPOSITORY, scanned, story } from './build.ts';

const DAY_S = 86_400;

/** First observed that many days ago. */
function observed(template: WireFinding, days: number): WireFinding {
  return { ...template, firstObservedAt: Math.floor(Date.now() / 1000) - days * DAY_S };
}

const found = [
  CATALOGUE.log4shell,
  CATALOGUE.zlibMinizip,
  CATALOGUE.lodashDefaults,
  CATALOGUE.looneyTunables,
  CATALOGUE.urllib3Backtracking,
  CATALOGUE.terrapin,
].map((spec) => finding(spec));

const POLICY = `version: 1
rules:
  - name: exploited in the wild
    action: block
    when: { known-exploited: true }
  - name: a week to fix what can be fixed
    action: warn
    when: { severity: [critical, high], fix-available: yes, newer-than: 7d }
  - name: no fix, not reachable
    action: ignore
    reason: minizip is not built into the image
    when: { vulnerability: CVE-2023-45853, package: zlib }
limits: { high: 3 }
exceptions-allowed:
  max-duration: 90d
  never: { known-exploited: true }
  required: [approved-by]
minimum: { fail-on: critical, enforce: true }
`;

const EXCEPTIONS = `version: 1
exceptions:
  - id: CVE-2019-10744
    package: lodash
    reason: the merge functions are not used
    expires: {day:+10}
    approved-by: security@example.com
  - id: CVE-2023-45853
    reason: minizip is not built into the image
    expires: {day:+60}
    approved-by: security@example.com
    until-fixed: true
  - id: CVE-2021-33503
    reason: accepted for the release of last spring
    expires: {day:-20}
    approved-by: security@example.com
  - id: CVE-2021-44228
    reason: the appender is not configured
    expires: {day:+30}
    approved-by: security@example.com
  - id: CVE-2023-4911
    reason: no setuid program in the image
    expires: {day:+30}
  - id: CVE-2020-0001
    reason: left over
    expires: {day:+5}
    approved-by: security@example.com
`;

const REACHABILITY = `version: 1
fail-on: high
rules:
  - name: exploited in the wild
    action: block
    when: { known-exploited: true }
  - name: not in the path of the image's own command
    action: warn
    when: { severity: [critical, high], reachability: not-reachable }
`;

const vex = (product: string) =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/team-app-1',
    author: 'security@example.com',
    timestamp: '{day:-3}T09:00:00Z',
    version: 1,
    statements: [
      {
        vulnerability: { name: 'CVE-2021-44228' },
        products: [{ '@id': product }],
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
        impact_statement: 'Lookups are off in log4j2.xml.',
      },
      {
        vulnerability: { name: 'CVE-2022-22965' },
        products: [{ '@id': product }],
        status: 'under_investigation',
      },
    ],
  });

const REPOSITORY_PURL = `pkg:oci/app?repository_url=${encodeURIComponent(`${HOST}/${REPOSITORY}`)}`;

const log4shell = finding(CATALOGUE.log4shell);
const spring = finding(CATALOGUE.spring4shell);

export const policies: readonly Scenario[] = [
  story(
    'policy-rules',
    'A policy: exploited findings block, new findings warn for a week, and a finding without a fix is ignored.',
    [
      image([
        scanned(
          found.map((template) => observed(template, 2)),
          0,
          LONG_AGO,
        ),
      ]),
    ],
    { files: { 'gate-policy.yml': POLICY }, inputs: { policy: 'gate-policy.yml' } },
  ),
  story(
    'reachability',
    "A policy downgrades what the image's own command does not reach: one finding warns, and two block, one of them because its reachability is unknown.",
    [
      image([
        scanned(
          [
            finding({ ...CATALOGUE.zlibInflate, reachable: false }),
            finding({ ...CATALOGUE.lodashDefaults, reachable: true }),
            finding(CATALOGUE.opensslLoop),
          ],
          0,
          LONG_AGO,
        ),
      ]),
    ],
    { files: { 'gate-policy.yml': REACHABILITY }, inputs: { policy: 'gate-policy.yml' } },
  ),
  story(
    'suppressed-class',
    'Suppression rules hide every finding that is not reachable, and the summary says so. The image passes, because the policy does not judge suppressed findings.',
    [
      image([
        scanned(
          [
            finding({ ...CATALOGUE.terrapin, reachable: true }),
            finding(CATALOGUE.gnupgCompressed),
            ...many(14, 'hidden', ['CRITICAL', 'MEDIUM'], { manager: 'GOBINARY', reachable: false }).map(
              (template) => ({
                ...template,
                status: 'SUPPRESSED',
              }),
            ),
          ],
          0,
          LONG_AGO,
        ),
      ]),
    ],
  ),
  story(
    'exceptions',
    'Exceptions: two allow findings, one of them ends soon; one has expired, the policy refuses two, and one matches nothing.',
    [
      image([
        scanned(
          found.map((template) => observed(template, 40)),
          0,
          LONG_AGO,
        ),
      ]),
    ],
    {
      files: { 'gate-policy.yml': POLICY, 'exceptions.yml': EXCEPTIONS },
      inputs: { policy: 'gate-policy.yml', exceptions: 'exceptions.yml' },
    },
  ),
  story(
    'exceptions-pass',
    'An exception allows the only finding that would block, so the image passes.',
    [image([scanned([finding(CATALOGUE.lodashDefaults), finding(CATALOGUE.terrapin)], 0, LONG_AGO)])],
    { files: { 'exceptions.yml': EXCEPTIONS }, inputs: { exceptions: 'exceptions.yml' } },
  ),
  story(
    'vex',
    'OpenVEX: Log4Shell is not_affected and passes; Spring4Shell is only under investigation and blocks.',
    [image([scanned([log4shell, spring], 0, LONG_AGO)])],
    { files: { '.vex/app.json': vex(REPOSITORY_PURL) }, inputs: { vex: '.vex/*.json' } },
  ),
  story(
    'baseline',
    'Log4Shell is also in the baseline and warns; Spring4Shell is new and blocks; the finding in zlib is no longer present.',
    [
      image([scanned([log4shell, spring], 0, LONG_AGO)]),
      image([scanned([log4shell, finding(CATALOGUE.zlibInflate)], 0, LONG_AGO)], {
        name: 'prod',
        tag: 'prod',
      }),
    ],
    { inputs: { baseline: `${HOST}/${REPOSITORY}:prod` } },
  ),
  story(
    'baseline-missing',
    'The first release: the baseline does not exist yet, so no finding is downgraded.',
    [image([scanned([log4shell], 0, LONG_AGO)])],
    {
      inputs: { baseline: `${HOST}/${REPOSITORY}:prod` },
    },
  ),
  story(
    'baseline-unscanned',
    'The baseline was never scanned, so no finding is downgraded.',
    [
      image([scanned([log4shell], 0, LONG_AGO)]),
      image([{ at: 0, ecr: 'ScanNotFound', coverage: 'none', findings: [log4shell] }], {
        name: 'prod',
        tag: 'prod',
      }),
    ],
    { inputs: { baseline: `${HOST}/${REPOSITORY}:prod` } },
  ),
  story(
    'minimum',
    'The inputs of the workflow are less strict than the policy, so the policy overrides them: the CRITICAL finding warns, as its rule says.',
    [image([scanned([finding(CATALOGUE.lodashDefaults)], 0, LONG_AGO)])],
    {
      files: { 'gate-policy.yml': POLICY },
      inputs: { policy: 'gate-policy.yml', 'fail-on': 'none', 'warn-on': 'none', enforce: 'false' },
    },
  ),
  story(
    'signing-demanded',
    'The policy requires signing and the workflow gives no key, so the run fails before it calls AWS.',
    [image([scanned([], 0, LONG_AGO)])],
    {
      files: { 'gate-policy.yml': 'version: 1\nminimum: { signing: true }\n' },
      inputs: { policy: 'gate-policy.yml' },
    },
  ),
  story(
    'details-denied',
    'A rule requires known-exploited data and the role cannot read it, so it is treated as the stricter case.',
    [image([scanned([finding(CATALOGUE.terrapin)], 0, LONG_AGO)])],
    {
      files: { 'gate-policy.yml': POLICY },
      inputs: { policy: 'gate-policy.yml' },
      faults: [{ api: 'BatchGetFindingDetails', kind: 'deny' }],
    },
  ),
];
