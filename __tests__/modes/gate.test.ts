import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Exchange } from '../../emulator/in-process.ts';
import { image, LONG_AGO, pending, scanned, story } from '../../emulator/scenarios/build.ts';
import type { GateError } from '../../src/errors.ts';
import type { ImagesResult } from '../../src/results/modes/images.ts';
import { denied, type Played, playGate } from './stage.ts';

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

/** The errors that images ended with. */
function errorsIn({ result }: Played['publication']): GateError[] {
  const { images } = result as ImagesResult;
  return images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
}

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
    for (const scenario of [unfinished, fresh]) {
      const { error, calls } = await playGate(scenario, { alter: denying('ListFindings') });
      expect(actionsIn(error?.message)).toEqual(['inspector2:ListFindings']);
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

describe('credentials of another account than the registry’s', () => {
  const OTHER = '999900001111';
  const caller = (delegatedAdministrator: boolean) => ({
    caller: { account: OTHER, registryScanType: 'ENHANCED' as const, delegatedAdministrator },
  });
  const NAMES = new RegExp(`belong to account ${OTHER}, and the registry belongs to account 123456789012\\.`);

  it('end the run at once where Inspector shows them nothing of the registry’s account', async () => {
    const scenario = story(
      'foreign',
      'Scanned, but not for these credentials.',
      [image([scanned([], 0, LONG_AGO)])],
      caller(false),
    );
    const { error, publication, calls } = await playGate(scenario);
    expect(error ?? errorsIn(publication)[0]).toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(NAMES),
      nextStep: expect.stringContaining('Run this step with a role of account 123456789012'),
    });
    expect(calls.filter((api) => api === 'GetCallerIdentity')).toHaveLength(1);
  });

  it('are named in the log and at the timeout where Inspector does not answer', async () => {
    const scenario = story(
      'silent',
      'No scan, and no answer why.',
      [image([{ at: 0, ecr: 'ScanNotFound', coverage: 'none' }])],
      caller(false),
    );
    const { publication, log } = await playGate(scenario, {
      alter: denying('BatchGetAccountStatus'),
      timeoutMs: 3_000,
    });
    expect(errorsIn(publication)).toMatchObject([{ code: 'timeout', message: expect.stringMatching(NAMES) }]);
    expect(log.filter((line) => NAMES.test(line))).toHaveLength(1);
  });

  it('change nothing for a delegated administrator, even where the scan appears late', async () => {
    const late = [{ at: 0, ecr: 'ScanNotFound', coverage: 'none' } as const, scanned([], 1_200, LONG_AGO)];
    for (const timeline of [[scanned([], 0, LONG_AGO)], late]) {
      const scenario = story(
        'administrator',
        'Seen by a delegated administrator.',
        [image(timeline)],
        caller(true),
      );
      const { error, publication, calls } = await playGate(scenario);
      expect(error).toBeUndefined();
      expect(publication.result.verdict).toBe('pass');
      expect(calls).not.toContain('GetCallerIdentity');
    }
  });

  it('are not asked for while the account’s own role waits', async () => {
    const { calls } = await playGate(fresh, { timeoutMs: 1_500 });
    expect(calls).toContain('BatchGetAccountStatus');
    expect(calls).not.toContain('GetCallerIdentity');
  });

  it('are not blamed where they are of the registry’s account', async () => {
    const { publication } = await playGate(fresh, {
      alter: denying('BatchGetAccountStatus'),
      timeoutMs: 1_500,
    });
    expect(errorsIn(publication)).toMatchObject([
      { code: 'timeout', message: expect.not.stringContaining('belong to account') },
    ]);
  });
});
