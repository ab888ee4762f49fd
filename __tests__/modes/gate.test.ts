import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../emulator/answer.ts';
import { ACCESS_KEY_ID } from '../../emulator/aws.ts';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import type { Exchange } from '../../emulator/in-process.ts';
import { child, image, LONG_AGO, pending, scanned, story } from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import type { GateError } from '../../src/errors.ts';
import type { ImagesResult } from '../../src/results/modes/images.ts';
import { denied, type Played, playGate } from './stage.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', ACCESS_KEY_ID);
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

describe('a platform', () => {
  const found = scanned([finding(CATALOGUE.curlSocks)], 0, LONG_AGO);
  const forTests = `version: 1
fail-on: critical
rules:
  - { name: for tests alone, action: warn, when: { platform: linux/arm64 } }
`;
  const excepted = `version: 1
exceptions:
  - { id: CVE-2023-38545, reason: tests alone, expires: 2099-01-01, platform: linux/arm64 }
`;
  const stated = (platform: string) =>
    JSON.stringify({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.com/vex/1',
      author: 'Example Security',
      timestamp: '2024-01-01T00:00:00Z',
      version: 1,
      statements: [
        {
          vulnerability: { name: 'CVE-2023-38545' },
          products: [{ '@id': `pkg:oci/app?${platform}` }],
          status: 'fixed',
        },
      ],
    });
  // The index says one platform; what the config says cannot be found out.
  const index = (files: Readonly<Record<string, string>>) =>
    story(
      'index',
      'A platform.',
      [{ kind: 'index', name: 'app', tag: '1.4.2', children: [child('arm64', 'arm64', [found])] }],
      { files },
    );

  it.each([
    ['a rule', { 'p.yml': forTests }, { policy: 'p.yml' }],
    ['an exception', { 'e.yml': excepted }, { exceptions: 'e.yml' }],
    ['a VEX statement about an architecture', { 'v.json': stated('arch=arm64') }, { vex: 'v.json' }],
    ['a VEX statement about an operating system', { 'v.json': stated('os=linux') }, { vex: 'v.json' }],
  ])('that only the index states downgrades nothing by %s', async (_, files, inputs) => {
    const { publication, error } = await playGate(index(files), {
      inputs,
      alter: denying('GetDownloadUrlForLayer'),
    });
    expect(error).toBeUndefined();
    expect(publication.result.verdict).toBe('block');
    expect(publication.result.notices.join()).toContain('GetDownloadUrlForLayer');
  });
});

describe('the checks before the wait', () => {
  it('need no call beyond those of the judgement if the scan ended long ago', async () => {
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

  it('list what to do about each failure in an item of its own', async () => {
    const { publication } = await playGate(unfinished, {
      alter: denying('ListCoverage', 'ListFindings'),
    });
    const summary = publication.report.summary(1024 * 1024);
    for (const api of ['ListCoverage', 'ListFindings']) {
      expect(summary).toContain(`<li>Allow <code>inspector2:${api}</code>`);
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

  it('report a missing file together with a missing permission', async () => {
    const { error } = await playGate(unfinished, {
      inputs: { 'signing-key': './no-such.key' },
      alter: denying('ListCoverage'),
    });
    expect(error?.message).toMatch(/ListCoverage/);
    expect(error?.message).toMatch(/no-such\.key/);
  });

  it('report missing credentials once', async () => {
    const expired: Answer = {
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

  it('end the run at once if Inspector does not show them the registry’s account', async () => {
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

  it('are named in the log and at the timeout if Inspector does not answer', async () => {
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

  it('change nothing for a delegated administrator, even if the scan appears late', async () => {
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

  it('are not read while the account’s own role waits', async () => {
    const { calls } = await playGate(fresh, { timeoutMs: 1_500 });
    expect(calls).toContain('BatchGetAccountStatus');
    expect(calls).not.toContain('GetCallerIdentity');
  });

  it('are not blamed if they are of the registry’s account', async () => {
    const { publication } = await playGate(fresh, {
      alter: denying('BatchGetAccountStatus'),
      timeoutMs: 1_500,
    });
    expect(errorsIn(publication)).toMatchObject([
      { code: 'timeout', message: expect.not.stringContaining('belong to account') },
    ]);
  });
});

describe('an index with artifacts', () => {
  it('passes, and the log lists what is not scanned with digest and type', async () => {
    const { publication, log } = await playGate(scenarios['lazy-loading'] ?? finished);
    expect(publication.result.verdict).toBe('pass');
    const [image] = (publication.result as ImagesResult).images;
    expect(image?.platforms).toHaveLength(1);
    const types = ['application/vnd.amazon.soci.index.v2+json', 'application/spdx+json'];
    expect(image?.skipped?.map(({ type }) => type)).toEqual(types);
    const [resolved = ''] = log.filter((line) => line.startsWith('Resolved'));
    for (const { digest, type } of image?.skipped ?? [])
      expect(resolved).toContain(`${digest} of type ${type}`);
    const summary = publication.report.summary(1024 * 1024);
    for (const type of types) expect(summary).toContain(type);
  });
});

describe('images that are not there', () => {
  const failing =
    (failureCode: string) =>
    ({ api, answer }: Exchange): Answer =>
      api === 'BatchGetImage'
        ? {
            ...answer,
            body: {
              images: [],
              failures: [{ imageId: { imageTag: 'x' }, failureCode, failureReason: 'why' }],
            },
          }
        : answer;

  it.each([
    ['UpstreamUnavailable', /^The repository is a pull-through cache: .* pull the image once/],
    ['UpstreamAccessDenied', /^The repository is a pull-through cache: /],
    [
      'ImageNotFound',
      /push the image again .*If the repository is a pull-through cache, pull the image once for each platform instead\.$/,
    ],
  ])('get advice that fits the failure %s of ECR', async (code, nextStep) => {
    const { error } = await playGate(finished, { alter: failing(code) });
    expect(error).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(`why (${code})`),
      nextStep: expect.stringMatching(nextStep),
    });
  });

  it('get advice that fits an upstream registry that ECR cannot reach', async () => {
    const name = 'UnableToGetUpstreamImageException';
    const { error } = await playGate(finished, {
      alter: ({ api, answer }) =>
        api === 'BatchGetImage'
          ? { status: 400, errorType: name, body: { __type: name, message: 'no answer' } }
          : answer,
    });
    expect(error).toMatchObject({
      code: 'not-found',
      nextStep: expect.stringMatching(/pull the image once/),
    });
  });

  it('get both advices if the tag does not exist', async () => {
    const { error } = await playGate(finished, { inputs: { image: `${finished.images[0]}x` } });
    expect(error?.nextStep).toMatch(
      /pushed before this step\. If the repository is a pull-through cache, pull the image once/,
    );
  });
});

describe('Inspector that does not scan', () => {
  const refused = (message: string): Answer => ({
    status: 403,
    errorType: 'AccessDeniedException',
    body: { __type: 'AccessDeniedException', message },
  });

  it.each(['SUSPENDED', 'DISABLING'])('is reported at once with its status %s', async (inspectorStatus) => {
    const scenario = { ...fresh, inspectorStatus };
    const { publication, calls } = await playGate(scenario);
    expect(errorsIn(publication)).toMatchObject([
      {
        code: 'configuration',
        message: expect.stringMatching(
          new RegExp(`account 123456789012.*: its status is ${inspectorStatus}\\.$`),
        ),
        nextStep: expect.stringContaining('aws inspector2 enable --resource-types ECR'),
      },
    ]);
    expect(calls.filter((api) => api === 'ListCoverage')).toHaveLength(1);
  });

  it('is named if ECR has finished a basic scan and Inspector has no record', async () => {
    const scenario = story(
      'basic',
      'Basic scanning.',
      [image([{ at: 0, ecr: { status: 'COMPLETE' }, coverage: 'none' }])],
      {
        registryScanType: 'BASIC',
      },
    );
    const { publication } = await playGate(scenario);
    expect(errorsIn(publication)).toMatchObject([
      {
        code: 'configuration',
        nextStep: expect.stringMatching(/put-registry-scanning-configuration.*scan-type: basic/),
      },
    ]);
  });

  it('is reported once, with both accounts, if it refuses the account of the credentials', async () => {
    const scenario = {
      ...fresh,
      caller: {
        account: '999900001111',
        registryScanType: 'ENHANCED' as const,
        delegatedAdministrator: false,
      },
    };
    const message = 'Amazon Inspector is not enabled for the account';
    const { error } = await playGate(scenario, {
      alter: ({ api, answer }) =>
        ['ListCoverage', 'ListFindings', 'BatchGetAccountStatus'].includes(api) ? refused(message) : answer,
    });
    expect(error).toMatchObject({
      code: 'configuration',
      message: `AWS refused inspector2:ListCoverage to the account of these credentials: ${message}. The AWS credentials belong to account 999900001111, and the registry belongs to account 123456789012. Amazon Inspector shows the scans of a registry only to its own account and to the delegated administrator of the organization.`,
    });
    expect(error?.nextStep).not.toMatch(/^Allow/);
  });
});

describe('a finding that may be allowed', () => {
  const scenario = scenarios['excepted-contradiction'] ?? finished;

  it.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'a rule',
      {
        'p.yml':
          'version: 1\nrules:\n  - { name: r, action: ignore, reason: x, when: { severity: critical } }\n',
      },
      { policy: 'p.yml' },
    ],
    [
      'an exception',
      { 'e.yml': 'version: 1\nexceptions:\n  - { id: CVE-2021-44228, reason: x, expires: 2099-01-01 }\n' },
      { exceptions: 'e.yml' },
    ],
  ])('does not stand for others that ECR counts: by %s', async (_, files, inputs) => {
    const { publication } = await playGate({ ...scenario, inputs: {}, files }, { inputs, timeoutMs: 3_000 });
    expect(publication.result.verdict).toBe('error');
    expect(
      errorsIn(publication)
        .map(({ message }) => message)
        .join(),
    ).toContain('(2 CRITICAL)');
  });

  it('blocks without a comparison where nothing can allow it', async () => {
    const { publication } = await playGate({ ...scenario, inputs: {} }, {});
    expect(publication.result.verdict).toBe('block');
  });
});
