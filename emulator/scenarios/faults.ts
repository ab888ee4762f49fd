/** Scenarios of faults: denied calls, broken connections and wrong responses. */
import { CATALOGUE, finding } from '../findings.ts';
import type { FaultSpec, Scenario } from '../scenario.ts';
import { image, LONG_AGO, scanned, story } from './build.ts';

const old = [image([scanned([finding(CATALOGUE.terrapin)], 0, LONG_AGO)])];
const SOON = { timeout: '4s' };

function faulty(
  name: string,
  description: string,
  faults: readonly FaultSpec[],
  inputs: Record<string, string> = {},
): Scenario {
  return story(name, description, old, { faults, inputs });
}

export const faults: readonly Scenario[] = [
  faulty('throttled', 'The first calls are throttled.', [{ api: '*', from: 1, to: 3, kind: 'throttle' }]),
  faulty('flaky', 'Every call fails once, with service errors, connection resets or malformed bodies.', [
    { api: 'DescribeImages', from: 1, to: 1, kind: '500' },
    { api: 'BatchGetImage', from: 1, to: 1, kind: 'reset' },
    { api: 'DescribeImageScanFindings', from: 1, to: 1, kind: '503' },
    { api: 'ListCoverage', from: 1, to: 1, kind: 'garbage' },
    { api: 'ListFindings', from: 1, to: 1, kind: 'reset' },
  ]),
  faulty(
    'hang',
    'Inspector accepts the request for the findings and never responds.',
    [{ api: 'ListFindings', kind: 'hang' }],
    SOON,
  ),
  faulty('access-denied', 'The role may not list coverage.', [{ api: 'ListCoverage', kind: 'deny' }]),
  faulty('expired-credentials', 'The credentials expire before the findings are read.', [
    { api: 'ListFindings', kind: 'expired-token' },
  ]),
  faulty(
    'missing-findings',
    'ListFindings returns a response without its list.',
    [{ api: 'ListFindings', kind: 'missing-member' }],
    SOON,
  ),
  faulty(
    'empty-answers',
    'ListCoverage returns an empty object.',
    [{ api: 'ListCoverage', kind: 'empty' }],
    SOON,
  ),
  story(
    'repeat-token',
    'The pages of the findings lead back to the first one.',
    [
      image([
        scanned(
          Array.from({ length: 150 }, (_, index) =>
            finding(CATALOGUE.terrapin, { title: `repeated ${index}` }),
          ),
          0,
          LONG_AGO,
        ),
      ]),
    ],
    {
      faults: [{ api: 'ListFindings', kind: 'repeat-token' }],
      inputs: SOON,
    },
  ),
  faulty(
    'other-digest',
    'ListFindings returns the findings of another image.',
    [{ api: 'ListFindings', kind: 'other-digest' }],
    SOON,
  ),
  faulty('no-date', 'The coverage has no time of a scan.', [{ api: 'ListCoverage', kind: 'no-date' }], SOON),
  faulty(
    'foreign-account',
    'ListFindings returns only findings of another account, while ECR counts findings of this image.',
    [{ api: 'ListFindings', kind: 'other-account' }],
    SOON,
  ),
];
