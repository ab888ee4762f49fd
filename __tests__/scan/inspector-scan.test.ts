import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from '../../emulator/aws.ts';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import type { Exchange } from '../../emulator/in-process.ts';
import type { ScanStep, Scenario } from '../../emulator/scenario.ts';
import { child, image, LONG_AGO, pending, scanned, story } from '../../emulator/scenarios/build.ts';
import type { ImagesResult } from '../../src/results/modes/images.ts';
import { type Played, playGate } from '../modes/stage.ts';
import { PatientClock } from '../search/patient-clock.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', ACCESS_KEY_ID);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET_ACCESS_KEY);
});
afterEach(() => vi.unstubAllEnvs());

const minor = [CATALOGUE.terrapin, CATALOGUE.gnupgCompressed].map((spec) => finding(spec));
const inEcr = (status: string, at: number): ScanStep => ({ at, ecr: { status } });
const inInspector = (reason: string, at: number): ScanStep => ({
  at,
  coverage: { statusCode: 'ACTIVE', reason, scannedAgoMs: 0 },
});
const played = (...timeline: ScanStep[]): Scenario =>
  story('polled', 'Waits for its scan.', [image(timeline)]);

async function play(scenario: Scenario, timeoutMs = 600_000) {
  const time = new PatientClock();
  const run = await playGate(scenario, { time, timeoutMs });
  const count = (api: string) => run.calls.filter((called) => called === api).length;
  return { ...run, count, elapsed: time.now() };
}

function errorsOf({ publication: { result }, error }: Played) {
  if (error !== undefined) return [error];
  return (result as ImagesResult).images.flatMap(({ outcome }) =>
    outcome.kind === 'error' ? [outcome.error] : [],
  );
}

describe('a wait for Amazon Inspector', () => {
  it('makes at most 14 calls for a scan that finishes after 7 s, and sees it within a second', async () => {
    const { calls, count, elapsed, publication } = await play(played(pending, scanned(minor, 7_000)));
    expect(publication.result.verdict).toBe('pass');
    expect(calls.length).toBeLessThanOrEqual(14);
    // Before the wait, when the coverage has changed, and to confirm the second read of the findings.
    expect(count('DescribeImageScanFindings')).toBe(3);
    expect(count('ListFindings')).toBe(3);
    // The settle time of the story is one second.
    expect(elapsed).toBeLessThanOrEqual(9_100);
  });

  it('polls all platforms of an index with one call', async () => {
    const names = ['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x', 'riscv64', 'mips64le'];
    const children = names.map((name) => child(name, name, [pending, scanned(minor, 25_000)]));
    const { count, publication } = await play(
      story('index', 'Eight platforms.', [{ kind: 'index', name: 'app', tag: '1.4.2', children }]),
    );
    expect(publication.result.verdict).toBe('pass');
    // The first observation, one after four seconds, and one a second from then on.
    expect(count('ListCoverage')).toBeLessThanOrEqual(24);
    // Eight before the wait, eight when the scans have finished, and eight to confirm the findings.
    expect(count('DescribeImageScanFindings')).toBe(24);
  });

  it('polls all images of a run with one call', async () => {
    const images = Array.from({ length: 10 }, (_, at) =>
      image([pending, scanned(minor, 12_000)], { name: `app-${at}`, tag: `v${at}` }),
    );
    const base = story('images', 'Ten images.', images);
    const [reference = ''] = base.images;
    const { count, publication } = await play({
      ...base,
      images: images.map(({ tag }) => reference.replace(/:[^:]+$/, `:${tag}`)),
    });
    expect(publication.result.verdict).toBe('pass');
    expect(count('ListCoverage')).toBeLessThanOrEqual(11);
  });

  it('polls only ECR while ECR is late, and reads Amazon Inspector again when ECR has finished', async () => {
    const { calls, count, publication } = await play(
      played(pending, inInspector('SUCCESSFUL', 5_500), {
        ...inEcr('ACTIVE', 20_500),
        findings: minor,
      }),
    );
    expect(publication.result.verdict).toBe('pass');
    // Before the wait, at 4, 5 and 6 s, and after ECR has finished.
    expect(count('ListCoverage')).toBe(5);
    const lastPoll = calls.lastIndexOf('ListCoverage');
    expect(
      calls.slice(0, lastPoll).filter((api) => api === 'DescribeImageScanFindings').length,
    ).toBeGreaterThan(14);
  });

  it('does not rely on a coverage that was read before ECR had finished', async () => {
    const run = await play(
      played(
        pending,
        inInspector('SUCCESSFUL', 5_500),
        inInspector('SCAN_IN_PROGRESS', 10_500),
        inEcr('ACTIVE', 12_500),
      ),
      60_000,
    );
    expect(errorsOf(run)).toMatchObject([
      { code: 'timeout', message: expect.stringMatching(/Inspector reports ACTIVE SCAN_IN_PROGRESS/) },
    ]);
  });

  it('does not rely on an ECR status that was read before Inspector had finished', async () => {
    const run = await play(
      played(
        { ...pending, ecr: { status: 'ACTIVE' } },
        inEcr('IN_PROGRESS', 6_500),
        inInspector('SUCCESSFUL', 8_500),
      ),
      60_000,
    );
    expect(errorsOf(run)).toMatchObject([
      { code: 'timeout', message: expect.stringMatching(/ECR reports IN_PROGRESS/) },
    ]);
  });

  it.each<[string, ScanStep[], RegExp]>([
    [
      'ECR, while Inspector is polled',
      [pending, inEcr('UNSUPPORTED_IMAGE', 6_500)],
      /ECR reports UNSUPPORTED_IMAGE/,
    ],
    [
      'Inspector, while ECR is polled',
      [pending, inInspector('SUCCESSFUL', 500), inInspector('UNSUPPORTED_OS', 6_500)],
      /Inspector reports UNSUPPORTED_OS/,
    ],
    ['Inspector, while it is polled', [pending, inInspector('UNSUPPORTED_OS', 6_500)], /UNSUPPORTED_OS/],
  ])('ends soon after a terminal status of %s', async (_, timeline, message) => {
    const run = await play(played(...timeline));
    expect(errorsOf(run)).toMatchObject([{ code: 'unscannable', message: expect.stringMatching(message) }]);
    expect(run.elapsed).toBeLessThan(45_000);
  });

  it('explains a missing scan once and goes on', async () => {
    const { count, publication } = await play(
      played({ at: 0, ecr: 'ScanNotFound', coverage: 'none' }, scanned([], 20_500, LONG_AGO)),
    );
    expect(publication.result.verdict).toBe('pass');
    expect(count('BatchGetAccountStatus')).toBe(1);
  });

  it('waits on after malformed answers of either service', async () => {
    for (const broken of ['ListCoverage', 'DescribeImageScanFindings']) {
      const time = new PatientClock();
      const { publication } = await playGate(played(pending, scanned(minor, 7_000)), {
        time,
        timeoutMs: 60_000,
        alter: ({ api, index, answer }) =>
          api === broken && index > 0 && index < 4
            ? { status: 200, body: api === 'ListCoverage' ? {} : { imageId: { imageDigest: 'sha256:0' } } }
            : answer,
      });
      expect(publication.result.verdict, broken).toBe('pass');
    }
  });

  it.each<[string, unknown]>([
    ['a list with the status', ['ACTIVE']],
    ['a structure', { status: 'ACTIVE' }],
    ['nothing', null],
  ])('does not read %s as a status of ECR', async (_, status) => {
    const { publication } = await playGate(played(scanned([], 0, LONG_AGO)), {
      time: new PatientClock(),
      timeoutMs: 10_000,
      alter: ({ api, answer }) =>
        api === 'DescribeImageScanFindings'
          ? { ...answer, body: { ...bodyOf(answer), imageScanStatus: { status } } as never }
          : answer,
    });
    expect(publication.result.verdict).toBe('error');
  });
});

describe('the counts of ECR that confirm a list without findings', () => {
  const without = { findings: [], ecrView: { findingSeverityCounts: {}, enhancedFindings: [] } };
  // Inspector has lost the findings, and ECR has not.
  const lost: ScanStep = {
    ...scanned([], 0, LONG_AGO),
    ecrView: { findingSeverityCounts: { CRITICAL: 1 } },
  };

  it.each([
    ['SCAN_ELIGIBILITY_EXPIRED', 'unscannable'],
    ['FINDINGS_UNAVAILABLE', 'unscannable'],
    ['IMAGE_ARCHIVED', 'unscannable'],
    ['PENDING', 'not-proven'],
    ['IN_PROGRESS', 'not-proven'],
    ['SOMETHING_NEW', 'not-proven'],
  ])('do not count where ECR reports %s by then', async (status, code) => {
    const later = { ...inEcr(status, 3_500), ...without };
    const run = await play(played(lost, later), 30_000);
    const message = expect.stringContaining(`ECR reports ${status}`);
    expect(errorsOf(run)).toMatchObject([{ code, message }]);
    // Between two reads of a scan that has just ended.
    const fresh = await play(played({ ...scanned([]), ...without }, { ...later, at: 500 }), 30_000);
    expect(errorsOf(fresh)).toMatchObject([{ code, message }]);
  });

  it.each<[string, string, string, RegExp]>([
    ['INACTIVE', 'SCAN_ELIGIBILITY_EXPIRED', 'unscannable', /Inspector reports SCAN_ELIGIBILITY_EXPIRED/],
    ['ACTIVE', 'PENDING_REVIVAL_SCAN', 'not-proven', /Inspector reports ACTIVE PENDING_REVIVAL_SCAN/],
    ['ACTIVE', 'SCAN_IN_PROGRESS', 'not-proven', /Inspector reports ACTIVE SCAN_IN_PROGRESS/],
  ])('do not count where Inspector reports %s %s by then', async (statusCode, reason, code, message) => {
    const later: ScanStep = {
      at: 8_500,
      coverage: { statusCode, reason, scannedAgoMs: LONG_AGO },
      ...without,
    };
    const run = await play(played(lost, later), 30_000);
    expect(errorsOf(run)).toMatchObject([{ code, message: expect.stringMatching(message) }]);
  });

  it.each(['ACTIVE', 'COMPLETE'])('count where ECR reports %s with them', async (status) => {
    const run = await play(played(lost, { ...inEcr(status, 3_500), ...without }), 30_000);
    expect(run.publication.result.verdict).toBe('pass');
  });
});

function bodyOf({ body }: Exchange['answer']): object {
  return (typeof body === 'string' ? JSON.parse(body) : body) as object;
}
