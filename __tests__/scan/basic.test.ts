import { describe, expect, it } from 'vitest';
import { isWholeList, normaliseBasic } from '../../src/scan/basic.ts';

const page = (severities: string[], counts: Record<string, number> | undefined) => ({ severities, counts });

describe('isWholeList', () => {
  it.each([
    ['nothing, and counts of nothing', [page([], {})]],
    ['nothing, and no counts', [page([], undefined)]],
    ['as many as are counted', [page(['LOW', 'CRITICAL', 'LOW'], { LOW: 2, CRITICAL: 1 })]],
    ['more than are counted', [page(['LOW', 'CRITICAL'], { LOW: 1 })]],
    [
      'pages with counts of their own',
      [page(['LOW', 'HIGH'], { LOW: 1, HIGH: 1 }), page(['LOW'], { LOW: 1 })],
    ],
    [
      'pages with counts of all',
      [page(['LOW', 'HIGH'], { LOW: 2, HIGH: 1 }), page(['LOW'], { LOW: 2, HIGH: 1 })],
    ],
  ])('accepts %s', (_, pages) => {
    expect(isWholeList(pages)).toBe(true);
  });

  it.each([
    ['nothing where something is counted', [page([], { LOW: 1 })]],
    ['fewer than are counted', [page(['LOW'], { CRITICAL: 3, LOW: 1 })]],
    ['others than are counted', [page(['LOW', 'LOW'], { CRITICAL: 1, LOW: 1 })]],
    ['an unknown severity that is counted', [page(['LOW'], { LOW: 1, CATASTROPHIC: 1 })]],
    ['a short page', [page(['LOW', 'LOW'], { LOW: 2 }), page([], { HIGH: 1 })]],
    ['a short page behind a long one', [page(['LOW', 'LOW', 'LOW'], { LOW: 1 }), page([], { LOW: 1 })]],
    ['fewer than the counts of all', [page(['LOW'], { LOW: 3 }), page(['LOW'], { LOW: 3 })]],
    ['a count that is none', [page([], { LOW: Number.NaN })]],
  ])('does not accept %s', (_, pages) => {
    expect(isWholeList(pages)).toBe(false);
  });
});

describe('normaliseBasic', () => {
  it('knows no reachability, whatever the attributes are called', () => {
    const attributes = [
      { key: 'package_name', value: 'zlib' },
      { key: 'runtimeReachability', value: 'NOT_REACHABLE' },
      { key: 'runtimeReachabilityReason', value: 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH' },
    ];
    const { packages } = normaliseBasic({ name: 'CVE-2026-1', severity: 'CRITICAL', attributes }, image);
    expect(packages).toMatchObject([{ name: 'zlib', reachability: undefined }]);
  });

  const image = { digest: `sha256:${'1'.repeat(64)}`, platform: 'linux/amd64' } as const;
  const scored = (...attributes: { key: string; value?: string }[]) =>
    normaliseBasic({ name: 'CVE-2026-1', severity: 'CRITICAL', attributes }, image).score;

  it.each<[string, number]>([
    ['0', 0],
    ['0.0', 0],
    ['9.8', 9.8],
    ['10', 10],
  ])('reads the score %s', (value, score) => {
    expect(scored({ key: 'CVSS3_SCORE', value }, { key: 'CVSS2_SCORE', value: '1.0' })).toBe(score);
    expect(scored({ key: 'CVSS2_SCORE', value })).toBe(score);
  });

  it.each([
    '',
    ' ',
    '-1',
    '10.1',
    '99',
    '0x1',
    '1e0',
    'Infinity',
    'none',
    '4,0',
    '\t3',
  ])('knows no score from the text %j, which must not count as a low one', (value) => {
    expect(scored({ key: 'CVSS3_SCORE', value })).toBeUndefined();
  });

  it('knows no score from two that differ', () => {
    const [high, low] = ['9.8', '1.0'].map((value) => ({ key: 'CVSS3_SCORE', value }));
    if (high === undefined || low === undefined) throw new Error('no scores');
    expect(scored(high, low)).toBeUndefined();
    expect(scored(low, high, { key: 'CVSS2_SCORE', value: '1.0' })).toBeUndefined();
    expect(scored(high, high)).toBe(9.8);
    expect(scored(high, { key: 'CVSS3_SCORE' })).toBe(9.8);
    expect(scored({ key: 'CVSS3_SCORE' }, { key: 'CVSS2_SCORE', value: '4.0' })).toBe(4);
  });

  it('names every package of an attribute that occurs several times', () => {
    const named = (...pairs: [key: string, value: string][]) =>
      normaliseBasic(
        {
          name: 'CVE-2026-1',
          severity: 'CRITICAL',
          attributes: pairs.map(([key, value]) => ({ key, value })),
        },
        image,
      ).packages.map(({ name, version }) => [name, version]);
    expect(
      named(
        ['package_name', 'openssl'],
        ['package_version', '3.0'],
        ['package_name', 'curl'],
        ['package_version', '8.0'],
      ),
    ).toEqual([
      ['openssl', ''],
      ['curl', ''],
    ]);
    expect(named(['package_name', 'curl'], ['package_name', 'curl'], ['package_version', '8.0'])).toEqual([
      ['curl', '8.0'],
    ]);
  });
});
