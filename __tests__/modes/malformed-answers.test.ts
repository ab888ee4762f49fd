/** Each member of each answer that a run gets from AWS is malformed in turn: none of that is reported as a defect of the gate. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ACCESS_KEY_ID } from '../../emulator/aws.ts';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import type { Exchange } from '../../emulator/in-process.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { child, image, LONG_AGO, pending, scanned, story } from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import type { ImagesResult } from '../../src/results/modes/images.ts';
import { type Json, mutationsOf } from '../search/mutate.ts';
import { PatientClock } from '../search/patient-clock.ts';
import { playGate } from './stage.ts';

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', ACCESS_KEY_ID);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterAll(() => vi.unstubAllEnvs());

const index = story('index', 'An index of one finished and one late platform, with a base image.', [
  {
    kind: 'index',
    name: 'app',
    tag: '1.4.2',
    attestations: true,
    children: [
      child('amd64', 'amd64', [scanned([finding(CATALOGUE.log4shell)], 0, LONG_AGO)]),
      child('arm64', 'arm64', [pending, scanned([], 500)]),
    ],
  },
]);
const missing = story(
  'missing',
  'No scan, and credentials of another account.',
  [image([{ at: 0, ecr: 'ScanNotFound', coverage: 'none' }])],
  { caller: { account: '999900001111', registryScanType: 'ENHANCED', delegatedAdministrator: false } },
);

const exploited = story(
  'exploited',
  'A rule about exploited vulnerabilities, for which Inspector is asked for details.',
  [image([scanned([finding(CATALOGUE.terrapin)], 0, LONG_AGO)])],
  {
    files: {
      'policy.yml':
        'version: 1\nrules:\n  - { name: exploited, action: block, when: { known-exploited: true } }\n',
    },
    inputs: { policy: 'policy.yml' },
  },
);

/** Runs, and the APIs whose answers are changed in them. */
const runs: readonly (readonly [Scenario, readonly string[]])[] = [
  [
    index,
    [
      'BatchGetImage',
      'DescribeImageScanFindings',
      'DescribeImages',
      'GetDownloadUrlForLayer',
      'ListCoverage',
      'ListFindings',
    ],
  ],
  [
    missing,
    [
      'BatchGetAccountStatus',
      'BatchGetImage',
      'BatchGetRepositoryScanningConfiguration',
      'DescribeImageScanFindings',
      'DescribeImages',
      'GetCallerIdentity',
      'GetRegistryScanningConfiguration',
      'ListCoverage',
      'ListFindings',
    ],
  ],
  // The others are answered as in the first run.
  [exploited, ['BatchGetFindingDetails']],
  [
    scenarios['basic-pass'] ?? index,
    ['BatchGetImage', 'DescribeImageScanFindings', 'DescribeImages', 'GetRegistryScanningConfiguration'],
  ],
];

// Another value of the same type is another answer, and not a malformed one.
const MALFORMED =
  /: (left out|null|true|text|number|list|structure|list of itself|a null in front|an empty structure behind|far future|a token)$/;

/** Plays a scenario in which every answer of an API is changed. */
async function play(scenario: Scenario, change?: { api: string; apply: (body: Json) => Json }) {
  const answers = new Map<string, Json>();
  const { error, publication } = await playGate(scenario, {
    time: new PatientClock(),
    // Longer than any pause of a run: for less, the clock does not wait while files are read and modules are loaded.
    timeoutMs: 20_000,
    alter: ({ api, index: at, answer }: Exchange) => {
      if (typeof answer.body === 'string' && answer.body.startsWith('<')) return answer;
      const body = (typeof answer.body === 'string' ? JSON.parse(answer.body) : answer.body) as Json;
      if (at === 0) answers.set(api, body);
      if (change?.api !== api) return answer;
      return { ...answer, body: change.apply(body) as never };
    },
  });
  const { images } = publication.result as ImagesResult;
  const errors = [
    error,
    ...images.map(({ outcome }) => (outcome.kind === 'error' ? outcome.error : undefined)),
  ];
  return { answers, errors: errors.filter((one) => one !== undefined) };
}

describe.each(
  runs.map(([scenario, apis]) => [scenario.name, scenario, apis] as const),
)('the answers of a run: %s', (_, scenario, apis) => {
  it('are malformed in no way that is reported as a defect of the gate', { timeout: 300_000 }, async () => {
    // The first run loads modules, for which its clock does not wait.
    await play(scenario);
    const { answers } = await play(scenario);
    expect([...answers.keys()]).toEqual(expect.arrayContaining([...apis]));
    const defects: string[] = [];
    let count = 0;
    for (const api of apis) {
      const body = answers.get(api) ?? null;
      const tried = new Set<string>();
      for (const { name, apply } of mutationsOf(body).filter((mutation) => MALFORMED.test(mutation.name))) {
        const text = JSON.stringify(apply(body));
        if (tried.has(text)) continue;
        tried.add(text);
        count += 1;
        const { errors } = await play(scenario, { api, apply });
        const defect = errors.find(({ code }) => code === 'internal');
        if (defect !== undefined) defects.push(`${api} ${name}: ${defect.message}`);
      }
    }
    expect(defects, `${defects.length} of ${count}`).toEqual([]);
  });
});
