import { describe, expect, it } from 'vitest';
import { MalformedAnswer } from '../../src/aws/errors.ts';
import type { Finding } from '../../src/results/finding.ts';
import { fingerprint, isLongFinished, SETTLED_AFTER_MS, settledFindings } from '../../src/scan/settle.ts';
import { fakeTime } from '../clock.ts';
import { createFinding, createImage, createScanner, finishedScan, scannedAt } from './factories.ts';

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

/** Under a policy that blocks CRITICAL. ECR counts nothing unless the test says so. */
function settle(
  scanner: Parameters<typeof createScanner>[0],
  observation = finishedScan(),
  timeoutMs = 900_000,
) {
  const time = fakeTime(timeoutMs);
  const result = settledFindings(
    createImage(),
    observation,
    createScanner({ countedByEcr: async () => NONE, ...scanner }),
    {
      settleTimeMs: SETTLE_MS,
      canBlock: (severity) => severity === 'CRITICAL',
      clock: time.clock,
      deadline: time.deadline,
      log: () => {},
    },
  );
  return { result: result.finally(() => time.deadline.clear()), ...time };
}

const NONE = new Map<string, number>();
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
  ])('accepts a list with %s', async (_, listed, counts) => {
    const { result } = settle({ ...longAgo, findings: async () => listed }, finishedScan(new Map(counts)));
    expect(await result).toEqual(listed);
  });

  it('does not call ECR if every severity that can block is listed', async () => {
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
  ])('reads the counts of ECR again if they were read %i ms before the findings', async (age, reads) => {
    let count = 0;
    const time = fakeTime(900_000);
    await time.clock.sleep(age, new AbortController().signal);
    const result = settledFindings(
      createImage(),
      { ...finishedScan(), observedAtMs: 0 },
      createScanner({
        ...longAgo,
        findings: async () => [],
        countedByEcr: async () => {
          count += 1;
          return NONE;
        },
      }),
      {
        settleTimeMs: SETTLE_MS,
        canBlock: () => true,
        clock: time.clock,
        deadline: time.deadline,
        log: () => {},
      },
    );
    expect(await result).toEqual([]);
    time.deadline.clear();
    expect(count).toBe(reads);
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
