import { describe, expect, it } from 'vitest';
import { MalformedAnswer } from '../../src/aws/errors.ts';
import type { PlatformImage } from '../../src/image/resolve.ts';
import type { Finding } from '../../src/results/finding.ts';
import {
  type Blocking,
  fingerprint,
  isLongFinished,
  SETTLED_AFTER_MS,
  settledFindings,
} from '../../src/scan/settle.ts';
import { fakeTime } from '../clock.ts';
import {
  createFinding,
  createImage,
  createScanner,
  finishedScan,
  scannedAt,
  waitingScan,
} from './factories.ts';

const SETTLE_MS = 15_000;

/** Reads that return one list after the other, and then the last one again and again. */
function reads(...lists: (Finding[] | Error)[]) {
  let count = 0;
  return {
    get count() {
      return count;
    },
    findings: async () => {
      const list = lists[Math.min(count, lists.length - 1)];
      count += 1;
      if (list instanceof Error) throw list;
      return list ?? [];
    },
  };
}

/** Returns one value after the other, and then the last one again and again. */
function oneAfterTheOther<T>(...values: [T, ...T[]]): () => T {
  let at = -1;
  return () => {
    at = Math.min(at + 1, values.length - 1);
    return values[at] as T;
  };
}

/** A policy that blocks every CRITICAL. */
const BLOCKING: Blocking = {
  canBlock: (severity) => severity === 'CRITICAL',
  alwaysBlocks: (severity) => severity === 'CRITICAL',
};

/** Under a policy that blocks CRITICAL. ECR counts nothing unless the test says so. */
function settle(
  scanner: Parameters<typeof createScanner>[0],
  observation = finishedScan(),
  timeoutMs = 900_000,
  blocking: Blocking = BLOCKING,
) {
  const time = fakeTime(timeoutMs);
  const result = settledFindings(
    createImage(),
    observation,
    createScanner({ observe: stillFinished, countedByEcr: async () => NONE, ...scanner }),
    {
      settleTimeMs: SETTLE_MS,
      blocking,
      clock: time.clock,
      deadline: time.deadline,
      log: () => {},
    },
  );
  return { result: result.finally(() => time.deadline.clear()), ...time };
}

const NONE = new Map<string, number>();

/** Another observation of a scan that has finished, of which ECR did not report the counts. */
async function stillFinished(images: readonly PlatformImage[]) {
  return new Map(images.map((image) => [image, { ...finishedScan(), countedByEcr: undefined }]));
}
const one = createFinding({ id: 'a' });
const two = createFinding({ id: 'b' });

describe('settledFindings', () => {
  it('needs two equal reads at least the settle time apart', async () => {
    const source = reads([one], [one]);
    const { result, clock } = settle({ findings: source.findings });
    expect(await result).toEqual([one]);
    expect(source.count).toBe(2);
    expect(clock.now()).toBeGreaterThanOrEqual(SETTLE_MS);
  });

  it('starts again when a finding, a severity or a status has changed', async () => {
    for (const changed of [
      [one, two],
      [{ ...one, severity: 'CRITICAL' }],
      [{ ...one, status: 'SUPPRESSED' }],
    ]) {
      const source = reads([one], changed);
      const { result, clock } = settle({ findings: source.findings });
      expect(await result).toEqual(changed);
      expect(clock.now()).toBeGreaterThanOrEqual(2 * SETTLE_MS);
    }
  });

  it('accepts the first complete read of a scan that ended long ago by AWS’s clock', async () => {
    const source = reads([one]);
    const { result, clock } = settle({
      findings: source.findings,
      serviceTime: () => new Date(scannedAt.getTime() + SETTLED_AFTER_MS + 1),
    });
    await result;
    expect([source.count, clock.now()]).toEqual([1, 0]);
  });

  const longAgo = { serviceTime: () => new Date(scannedAt.getTime() + 24 * 3_600_000) };
  const closed = createFinding({ id: 'c', status: 'CLOSED', severity: 'CRITICAL' });
  const high = createFinding({ id: 'h' });
  const critical = createFinding({ id: 'k', severity: 'CRITICAL' });

  it.each<[string, Finding[], [string, number][]]>([
    ['nothing while ECR counts a LOW', [], [['LOW', 3]]],
    ['closed findings while ECR counts some', [closed], [['MEDIUM', 50]]],
    [
      'HIGH while ECR counts CRITICAL, at which the policy blocks',
      [high],
      [
        ['HIGH', 1],
        ['CRITICAL', 2],
      ],
    ],
    ['HIGH and a closed CRITICAL while ECR counts CRITICAL', [high, closed], [['CRITICAL', 1]]],
    [
      'a suppressed CRITICAL, twice, while ECR counts two',
      [high, { ...critical, status: 'SUPPRESSED' }, { ...critical, status: 'SUPPRESSED' }],
      [['CRITICAL', 2]],
    ],
    [
      'only a suppressed CRITICAL while ECR counts a LOW',
      [{ ...critical, status: 'SUPPRESSED' }],
      [
        ['CRITICAL', 1],
        ['LOW', 1],
      ],
    ],
  ])('does not accept %s, even if the scan ended long ago', async (_, listed, counts) => {
    const counted = new Map(counts);
    const { result } = settle(
      { ...longAgo, findings: async () => listed, countedByEcr: async () => counted },
      finishedScan(counted),
    );
    await expect(result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(
        /ECR counts findings that Amazon Inspector does not list \(\d+ [A-Z]+\)/,
      ),
    });
  });

  it.each<[string, Finding[]]>([
    ['nothing', []],
    ['only closed findings', [closed]],
    ['nothing of a severity that can block', [high]],
    ['only suppressed ones of a severity that can block', [high, { ...critical, status: 'SUPPRESSED' }]],
  ])('does not accept %s while ECR does not report its counts', async (_, listed) => {
    const { result } = settle(
      { ...longAgo, findings: async () => listed, countedByEcr: async () => undefined },
      { ...finishedScan(), countedByEcr: undefined },
    );
    await expect(result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(/does not report/),
    });
  });

  it.each<[string, Finding[], [string, number][]]>([
    ['fewer than ECR counts of a severity that it lists', [critical], [['CRITICAL', 7]]],
    ['none of a severity at which the policy cannot block', [critical], [['MEDIUM', 7]]],
    ['suppressed ones for those that ECR counts', [{ ...critical, status: 'SUPPRESSED' }], [['CRITICAL', 1]]],
    ['suppressed ones that ECR does not count', [{ ...critical, status: 'SUPPRESSED' }], []],
    [
      'a suppressed one beside an active one',
      [critical, { ...critical, id: 's', status: 'SUPPRESSED' }],
      [['CRITICAL', 7]],
    ],
  ])('accepts a list with %s', async (_, listed, counts) => {
    const { result } = settle({ ...longAgo, findings: async () => listed }, finishedScan(new Map(counts)));
    expect(await result).toEqual(listed);
  });

  it.each<[string, Finding[], [string, number][]]>([
    ['an active CRITICAL while ECR counts two', [critical], [['CRITICAL', 2]]],
    ['an active CRITICAL twice while ECR counts two', [critical, critical], [['CRITICAL', 2]]],
    [
      'an active and a suppressed CRITICAL while ECR counts three',
      [critical, { ...critical, id: 's', status: 'SUPPRESSED' }],
      [['CRITICAL', 3]],
    ],
  ])('does not accept %s, if the policy may allow the one that is listed', async (_, listed, counts) => {
    const scanner = { ...longAgo, findings: async () => listed, countedByEcr: async () => new Map(counts) };
    const { result } = settle(scanner, finishedScan(new Map(counts)), 60_000, {
      ...BLOCKING,
      alwaysBlocks: () => false,
    });
    await expect(result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(
        /ECR counts findings that Amazon Inspector does not list \(\d CRITICAL\)/,
      ),
    });
  });

  it('accepts as many as ECR counts if the policy may allow those that are listed', async () => {
    const listed = [critical, { ...critical, id: 's', status: 'SUPPRESSED' as const }, high];
    for (const count of [0, 1, 2]) {
      const counts = new Map([
        ['CRITICAL', count],
        ['HIGH', 9],
      ]);
      const { result } = settle({ ...longAgo, findings: async () => listed }, finishedScan(counts), 60_000, {
        ...BLOCKING,
        alwaysBlocks: () => false,
      });
      expect(await result).toEqual(listed);
    }
  });

  it('does not call ECR if every severity that can block is listed and blocks', async () => {
    const findings = [closed, critical];
    const countedByEcr = async () => {
      throw new Error('not expected');
    };
    const { result } = settle(
      { ...longAgo, findings: async () => findings, countedByEcr },
      { ...finishedScan(), countedByEcr: undefined },
    );
    expect(await result).toEqual(findings);
  });

  it('waits until ECR no longer counts a closed finding', async () => {
    const counts = [1, 1, 0].map((count) => new Map([['CRITICAL', count]]));
    const { result, clock } = settle(
      { ...longAgo, findings: async () => [closed], countedByEcr: async () => counts.shift() },
      finishedScan(new Map([['CRITICAL', 1]])),
    );
    expect(await result).toEqual([closed]);
    expect(clock.now()).toBeGreaterThan(0);
  });

  it.each([
    [5_000, 0],
    [5_001, 1],
  ])('observes the scan again if it was observed %i ms before the findings', async (age, times) => {
    let count = 0;
    const time = fakeTime(900_000);
    await time.clock.sleep(age, new AbortController().signal);
    const result = settledFindings(
      createImage(),
      { ...finishedScan(), observedAtMs: 0 },
      createScanner({
        ...longAgo,
        findings: async () => [],
        observe: async (images) => {
          count += 1;
          return new Map(images.map((image) => [image, finishedScan()]));
        },
      }),
      {
        settleTimeMs: SETTLE_MS,
        blocking: { canBlock: () => true, alwaysBlocks: () => true },
        clock: time.clock,
        deadline: time.deadline,
        log: () => {},
      },
    );
    expect(await result).toEqual([]);
    time.deadline.clear();
    expect(count).toBe(times);
  });

  it.each<[string, Parameters<typeof createScanner>[0]]>([
    ['were malformed', { findings: reads(new MalformedAnswer('no list'), [one]).findings }],
    ['changed', { serviceTime: () => scannedAt, findings: reads([two], [one]).findings }],
    [
      'changed, and were read long after the scan',
      {
        serviceTime: oneAfterTheOther(scannedAt, longAgo.serviceTime()),
        findings: reads([two], [one]).findings,
      },
    ],
    [
      'were contradicted by ECR',
      { findings: async () => [], countedByEcr: async () => new Map([['LOW', 1]]) },
    ],
  ])('does not accept findings that %s once the image is no longer scanned', async (_, answers) => {
    let count = 0;
    const observe = async (images: readonly PlatformImage[]) => {
      count += 1;
      return new Map(images.map((image) => [image, waitingScan('Inspector reports INACTIVE')]));
    };
    const { result } = settle(
      { ...longAgo, ...answers, observe },
      finishedScan(new Map([['LOW', 1]])),
      60_000,
    );
    await expect(result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(/no longer reported as scanned \(Inspector reports INACTIVE\)/),
    });
    expect(count).toBeGreaterThan(1);
  });

  it('ends at once where the image cannot be scanned any more', async () => {
    const state = { kind: 'unscannable', reason: 'Inspector reports IMAGE_ARCHIVED', nextStep: 'x' } as const;
    const { result, clock } = settle({
      ...longAgo,
      findings: reads(new MalformedAnswer('no list'), []).findings,
      observe: async (images) => new Map(images.map((image) => [image, { ...finishedScan(), state }])),
    });
    await expect(result).rejects.toMatchObject({
      code: 'unscannable',
      message: expect.stringContaining('Inspector reports IMAGE_ARCHIVED'),
    });
    expect(clock.now()).toBeLessThan(5_000);
  });

  it('reads the counts of ECR again at every read', async () => {
    const counts = [1, 0, 0, 0].map((count) => new Map([['LOW', count]]));
    const source = reads([], [], []);
    const { result } = settle({ findings: source.findings, countedByEcr: async () => counts.shift() });
    expect(await result).toEqual([]);
    expect(source.count).toBeGreaterThanOrEqual(3);
  });

  it('reads again after a malformed answer, and fails at the deadline with its message', async () => {
    const recovered = settle({ findings: reads(new MalformedAnswer('no list'), [one], [one]).findings });
    expect(await recovered.result).toEqual([one]);
    const never = settle(
      { findings: reads(new MalformedAnswer('no list')).findings },
      finishedScan(),
      60_000,
    );
    await expect(never.result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(/no list/),
    });
  });

  it('fails at the deadline when the findings never settle', async () => {
    let count = 0;
    const { result } = settle(
      {
        findings: async () => {
          count += 1;
          return [createFinding({ id: String(count) })];
        },
      },
      finishedScan(),
      120_000,
    );
    await expect(result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(/kept changing/),
    });
  });

  it('ends as cancelled when the job is cancelled', async () => {
    const { result, cancel } = settle(
      { findings: async () => [], countedByEcr: async () => new Map([['LOW', 1]]) },
      finishedScan(new Map([['LOW', 1]])),
    );
    cancel.abort();
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('fingerprint', () => {
  it('does not depend on order or repetition', () => {
    expect(fingerprint([one, two, one])).toBe(fingerprint([two, one]));
    expect(fingerprint([one])).not.toBe(fingerprint([one, two]));
  });
});

describe('isLongFinished', () => {
  it('uses AWS’s time', () => {
    expect(isLongFinished(scannedAt, new Date(scannedAt.getTime() - 3_600_000))).toBe(false);
    expect(isLongFinished(scannedAt, new Date(Number.NaN))).toBe(false);
    expect(isLongFinished(scannedAt, new Date(scannedAt.getTime() + SETTLED_AFTER_MS + 1))).toBe(true);
  });
});
