import { describe, expect, it } from 'vitest';
import { MalformedAnswer } from '../../src/aws/errors.ts';
import { GateError } from '../../src/errors.ts';
import type { Finding } from '../../src/scan/findings.ts';
import { fingerprint, isLongFinished, SETTLED_AFTER_MS, settledFindings } from '../../src/scan/settle.ts';
import { fakeTime } from '../clock.ts';
import { createFinding, createImage, createScanner, scannedAt, scannedLook } from './factories.ts';

const SETTLE_MS = 15_000;

/** Reads that give one list after the other, the last one for ever. */
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

function settle(scanner: Parameters<typeof createScanner>[0], look = scannedLook(), timeoutMs = 900_000) {
  const time = fakeTime(timeoutMs);
  const result = settledFindings(createImage(), look, createScanner(scanner), {
    settleTimeMs: SETTLE_MS,
    clock: time.clock,
    deadline: time.deadline,
    log: () => {},
  });
  return { result: result.finally(() => time.deadline.clear()), ...time };
}

const one = createFinding({ id: 'a' });
const two = createFinding({ id: 'b' });

describe('settledFindings', () => {
  it('takes two equal reads at least the settle time apart', async () => {
    const source = reads([one], [one]);
    const { result, clock } = settle({ findings: source.findings });
    expect(await result).toEqual([one]);
    expect(source.count).toBe(2);
    expect(clock.now()).toBeGreaterThanOrEqual(SETTLE_MS);
  });

  it('starts again when anything that judges has changed', async () => {
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

  it('believes the first complete read of a scan that ended long ago by the service’s clock', async () => {
    const source = reads([one]);
    const { result, clock } = settle({
      findings: source.findings,
      serviceTime: () => new Date(scannedAt.getTime() + SETTLED_AFTER_MS + 1),
    });
    await result;
    expect([source.count, clock.now()]).toEqual([1, 0]);
  });

  it('does not believe "nothing" while ECR shows findings, however old the scan is', async () => {
    const { result } = settle(
      {
        findings: async () => [],
        shownByEcr: async () => 3,
        serviceTime: () => new Date(scannedAt.getTime() + 24 * 3_600_000),
      },
      scannedLook(3),
    );
    await expect(result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(/ECR shows findings/),
    });
  });

  const closed = createFinding({ id: 'c', status: 'CLOSED' });
  const longAgo = { serviceTime: () => new Date(scannedAt.getTime() + 24 * 3_600_000) };

  it.each([
    ['shows findings', 50],
    ['does not tell', undefined],
  ])('does not believe that every finding is closed while ECR %s', async (_, shown) => {
    const { result } = settle(
      { ...longAgo, findings: async () => [closed], shownByEcr: async () => shown },
      { ...scannedLook(), shownByEcr: shown },
    );
    await expect(result).rejects.toMatchObject({ code: 'not-proven' });
  });

  it('waits until ECR shows no closed finding any more', async () => {
    const shown = [1, 1, 0];
    const { result, clock } = settle(
      { ...longAgo, findings: async () => [closed], shownByEcr: async () => shown.shift() },
      scannedLook(1),
    );
    expect(await result).toEqual([closed]);
    expect(clock.now()).toBeGreaterThan(0);
  });

  it.each(['ACTIVE', 'SUPPRESSED'])('asks ECR nothing where a finding is %s', async (status) => {
    const findings = [closed, createFinding({ id: 'd', status })];
    const { result } = settle({ ...longAgo, findings: async () => findings }, scannedLook(50));
    expect(await result).toEqual(findings);
  });

  it('does not believe "nothing" where ECR does not tell', async () => {
    const { result } = settle(
      { ...longAgo, findings: async () => [], shownByEcr: async () => undefined },
      { ...scannedLook(), shownByEcr: undefined },
    );
    await expect(result).rejects.toBeInstanceOf(GateError);
  });

  it('asks ECR again at the second empty read', async () => {
    const shown = [1, 0, 0, 0];
    const source = reads([], [], []);
    const { result } = settle(
      { findings: source.findings, shownByEcr: async () => shown.shift() },
      scannedLook(0),
    );
    expect(await result).toEqual([]);
    expect(source.count).toBeGreaterThanOrEqual(3);
  });

  it('reads again after a malformed answer, and fails with its words at the deadline', async () => {
    const mended = settle({ findings: reads(new MalformedAnswer('no list'), [one], [one]).findings });
    expect(await mended.result).toEqual([one]);
    const never = settle({ findings: reads(new MalformedAnswer('no list')).findings }, scannedLook(), 60_000);
    await expect(never.result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(/no list/),
    });
  });

  it('fails at the deadline when findings never come to rest', async () => {
    let count = 0;
    const { result } = settle(
      {
        findings: async () => {
          count += 1;
          return [createFinding({ id: String(count) })];
        },
      },
      scannedLook(),
      120_000,
    );
    await expect(result).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(/kept changing/),
    });
  });

  it('ends as cancelled when the job is', async () => {
    const { result, cancel } = settle(
      { findings: async () => [], shownByEcr: async () => 1 },
      scannedLook(1),
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
  it('needs the service’s own time', () => {
    expect(isLongFinished(scannedAt, undefined)).toBe(false);
    expect(isLongFinished(scannedAt, new Date(scannedAt.getTime() - 3_600_000))).toBe(false);
    expect(isLongFinished(scannedAt, new Date(Number.NaN))).toBe(false);
    expect(isLongFinished(scannedAt, new Date(scannedAt.getTime() + SETTLED_AFTER_MS + 1))).toBe(true);
  });
});
