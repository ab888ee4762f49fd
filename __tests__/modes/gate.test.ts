import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Exchange } from '../../emulator/in-process.ts';
import { image, LONG_AGO, pending, scanned, story } from '../../emulator/scenarios/build.ts';
import { denied, playGate } from './stage.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => vi.unstubAllEnvs());

const finished = story('finished', 'Scanned long ago.', [image([scanned([], 0, LONG_AGO)])]);
const unfinished = story('unfinished', 'Waits for its scan.', [image([pending])]);
const fresh = story('fresh', 'Not seen by Inspector yet.', [
  image([{ at: 0, ecr: 'ScanNotFound', coverage: 'none' }]),
]);

const denying =
  (...apis: string[]) =>
  ({ api, answer }: Exchange) =>
    apis.includes(api) ? denied(api) : answer;

/** The IAM actions that an error names. */
const actionsIn = (text = ''): string[] => [
  ...new Set([...text.matchAll(/AWS denies ([a-z0-9]+:[A-Za-z]+)/g)].map(([, action = '']) => action)),
];

describe('the checks before the wait', () => {
  it('need no call beyond those of the judgement where the scan ended long ago', async () => {
    const { error, calls } = await playGate(finished);
    expect(error).toBeUndefined();
    expect([...calls].sort()).toEqual([
      'BatchGetImage',
      'DescribeImageScanFindings',
      'DescribeImages',
      'ListCoverage',
      'ListFindings',
    ]);
  });

  it('report a denied ListFindings at the start, although the scan is not finished', async () => {
    for (const scenario of [unfinished, fresh, finished]) {
      const { error, calls } = await playGate(scenario, { alter: denying('ListFindings') });
      const reported = error?.message ?? JSON.stringify((await playGate(scenario)).publication);
      if (scenario !== finished) expect(actionsIn(reported)).toEqual(['inspector2:ListFindings']);
      expect(calls.filter((api) => api === 'ListCoverage')).toHaveLength(1);
    }
  });

  it.each([
    [['DescribeImages', 'BatchGetImage', 'DescribeImageScanFindings', 'ListCoverage', 'ListFindings']],
    [['BatchGetImage', 'ListFindings']],
    [['ListCoverage', 'ListFindings']],
    [['DescribeImageScanFindings', 'ListCoverage']],
    [['DescribeImages', 'ListCoverage']],
  ])('report all denied calls together: %j', async (apis) => {
    for (const scenario of [unfinished, finished]) {
      const { error } = await playGate(scenario, { alter: denying(...apis) });
      expect(error?.code).toBe('access-denied');
      const actions = apis.map((api) => `${api.startsWith('List') ? 'inspector2' : 'ecr'}:${api}`);
      expect(actionsIn(error?.message).sort()).toEqual(actions.sort());
      for (const action of actions) expect(error?.nextStep).toContain(`Allow ${action}`);
    }
  });

  it('report a missing image and a missing permission together', async () => {
    const { error } = await playGate(unfinished, {
      inputs: { image: `${unfinished.images[0]}-missing` },
      alter: denying('ListFindings'),
    });
    expect(error).toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(
        /^2 checks failed\. \(1\) Images: ECR has no image .* \(2\) Scan: AWS denies inspector2:ListFindings/,
      ),
    });
  });

  it('report a file that does not exist beside a missing permission', async () => {
    const { error } = await playGate(unfinished, {
      inputs: { 'signing-key': './no-such.key' },
      alter: denying('ListCoverage'),
    });
    expect(error?.message).toMatch(/ListCoverage/);
    expect(error?.message).toMatch(/no-such\.key/);
  });

  it('report missing credentials once', async () => {
    const expired: Exchange['answer'] = {
      status: 400,
      errorType: 'ExpiredTokenException',
      body: {
        __type: 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
      },
    };
    const { error } = await playGate(unfinished, { alter: () => expired });
    expect(error).toMatchObject({
      code: 'credentials',
      message: expect.stringMatching(/^The AWS credentials have expired \(ecr:DescribeImages/),
    });
  });
});
