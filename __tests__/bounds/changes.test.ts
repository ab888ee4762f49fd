/** An earlier report is compared in linear time, whatever it says: it comes from an artifact. */
import { it, vi } from 'vitest';
import { changesSince } from '../../src/report/verify/changes.ts';
import { type ComparedImage, snapshotOf, withoutNumbers } from '../../src/report/verify/snapshot.ts';
import { expectLinear } from './cpu.ts';

vi.setConfig({ testTimeout: 300_000 });

const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const EXCEPTION: ComparedImage['exceptions'][number] = {
  origin: 'exceptions',
  source: 'exceptions.yml:1',
  ids: ['CVE-1'],
  scope: null,
  ends: null,
  matches: 'finding',
  applied: 1,
  refusals: [{ kind: 'expired' }],
};

function image(at: number, findings: number, overrides: Partial<ComparedImage> = {}): ComparedImage {
  return {
    image: `x@${at}`,
    digest: null,
    references: [`x:${at}`],
    verdict: 'block',
    error: null,
    findings: many(findings, (id) => ({
      vulnerability: `CVE-${id}`,
      severity: 'CRITICAL',
      effect: 'block',
      packages: [],
    })),
    exceededLimits: [],
    exceptions: [EXCEPTION],
    proofs: [],
    ...overrides,
  };
}

const snapshot = (images: readonly ComparedImage[]) =>
  snapshotOf({ startedAt: new Date(0), judgedAt: new Date(0), error: undefined, images });

it.each([
  ['images', (size: number) => many(size, (at) => image(at, 1)), () => many(10, (at) => image(at, 1))],
  ['entries for one image', (size: number) => many(size, () => image(0, 1)), () => [image(0, 1_000)]],
  ['findings of an image', (size: number) => [image(0, size)], (size: number) => [image(0, size)]],
  [
    'names of an image',
    (size: number) => [image(0, 1, { references: many(size, (at) => `x:${at}`) })],
    (size: number) => many(size, (at) => image(at, 1)),
  ],
])('of many %s', (_, earlier, now) => {
  expectLinear(
    40_000,
    (size) => [earlier(size), now(size)] as const,
    ([before, after]) => changesSince(snapshot(before), snapshot(after)),
  );
});

it.each(['a', '-', '1', 'a1', 'z'])('with a long message of %s', (text) => {
  expectLinear(1_000_000, (size) => text.repeat(size), withoutNumbers);
});
