import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../src/versions/compare.ts';
import type { Ecosystem } from '../../src/versions/ecosystem.ts';
import { sharedData } from '../shared-data.ts';

/** Each row in ascending order; what `=` joins is the same version. */
const ASCENDING: Readonly<Record<Ecosystem | 'unknown', readonly string[]>> = {
  dpkg: [
    '1.0~~ < 1.0~~a < 1.0~ < 1.0 = 0:1.0 = 1.0-0 < 1.0-1~deb12u1 < 1.0-1 < 1.0-1+b1 < 1.0a < 1.0+dfsg < 1.0.1 < 1:0.9',
    '3.0.9-1 < 3.0.10-1~deb11u1 < 3.0.10-1',
    '5.6.1-1 < 5.6.1+really5.4.5-1',
    '1:1.2.11.dfsg-2+deb11u1 < 1:1.2.11.dfsg-2+deb11u2',
    '4.19.118-2 < 0:4.19.232-1',
    '1.01 = 1.1',
  ],
  rpm: [
    '1.0~rc1 < 1.0~rc2 < 1.0 = 0:1.0 = 1_0 < 1.0^20240101 < 1.0^20240102 < 1.0.a < 1.0.1 < 1.1 < 1:0.1',
    '8.3.0-1.amzn2.0.9 < 0:8.3.0-1.amzn2.0.12',
    '1.1.1k-1.el8 < 1.1.1l-1.el8',
    '5.8-8.el9 < 5.8-8.el9_3.1 < 5.8-10.el9',
    'a < 1',
    '1.001 = 1.1',
  ],
  apk: [
    '1.2.4_alpha < 1.2.4_alpha1 < 1.2.4_beta < 1.2.4_pre2 < 1.2.4_rc1 < 1.2.4 < 1.2.4-r0 < 1.2.4-r2 < 1.2.4-r10 < 1.2.4_git20240101 < 1.2.4_p1 < 1.2.4_p1-r1 < 1.2.4a < 1.2.4.1 < 1.2.10',
    '3.1.4-r5 < 3.1.4-r6 < 3.1.5-r0',
    '1.0 < 1.01 < 1.1 < 1.10',
  ],
  npm: [
    '1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0 = 1.0.0+5 = v1.0.0 < 1.9.0 < 1.10.0',
  ],
  cargo: ['0.9.9 < 0.10.0-rc.1 < 0.10.0'],
  go: [
    'v0.0.0-20210101000000-abcdefabcdef < v0.0.0-20220101000000-abcdefabcdef < v0.15.0 < 0.17.0 < v2.0.0+incompatible = 2.0.0',
    'go1.20 = 1.20.0 < go1.20.12 < 1.21.5',
    'go1.20beta1 < go1.20rc2 < go1.20 < go1.21 < 1.21rc2 < go1.21rc3 < go1.21.0 = 1.21.0 < 1.22',
  ],
  nuget: ['1.0.0-ALPHA = 1.0-alpha < 1.0.0-beta < 1.0 = 1.0.0.0 = 1.0.0+abc < 1.0.0.1 < 1.0.10'],
  pep440: [
    '1.0.dev1 < 1.0a1 < 1.0b2.post1 < 1.0rc1 = 1.0c1 = 1.0-RC.1 < 1.0 = 1.0.0 = v1.0 < 1.0+abc < 1.0+5 < 1.0.post1 = 1.0-1 < 1.1 < 1.10 < 1!0.1',
  ],
  maven: [
    '1.0-alpha-1 = 1.0-a1 < 1.0-beta < 1.0-beta-2 < 1.0-M1 = 1.0-milestone-1 < 1.0-rc1 = 1.0.CR1 < 1.0-SNAPSHOT < 1.0 = 1 = 1.0.Final = 1.0.RELEASE = 1-ga < 1.0-sp < 1.0.1 < 1.2 < 1.10',
    '31.1-jre < 32.0.0-android',
    '2.9.10.8 < 2.12.7.1 < 2.13.0-rc1',
    '1.2 < 1.2.9 < 1.2.83_x < 1.2.84 < 1.2.85+build < 1.2.86~rc < 1.3',
  ],
  gem: [
    '1.0.a < 1.0.a.1 < 1.0.b2 < 1.0.rc1 < 1.0 = 1 = 1.0.0 < 1.0.1 < 1.9 < 1.10',
    '1.B < 1.a',
    '1.14.9 < 1.15.0-x86_64-linux < 1.15.1-java < 1.16.0-arm64-darwin-22 < 1.17.0-aarch64-linux-musl < 2.0',
  ],
  composer: [
    'v1.9.0 < 1.10.0 < v2.0.1',
    '1.0.0-dev < 1.0.0-alpha < 1.0.0-alpha1 = 1.0.0a1 < 1.0.0-beta < 1.0.0-beta.2 = 1.0.0-b2 < 1.0.0-beta2.1 < 1.0.0-beta11 < 1.0.0-RC1 = 1.0.0rc1 < 1.0.0 = 1.0.0-stable = v1.0.0+build.5 < 1.0.0-p1 = 1.0.0-patch1 = 1.0.0pl1 < 1.0.0.1 < 19.10.18 < 20.04.10 = 20.4.10',
  ],
  unknown: ['1.9 < 1.10 < 1.10.1 < 2', '3.0.9 < 3.0.10'],
};

describe.each(Object.entries(ASCENDING))('%s', (ecosystem, rows) => {
  const compare = (a: string, b: string) =>
    compareVersions(ecosystem === 'unknown' ? undefined : (ecosystem as Ecosystem), a, b);

  it.each(rows)('orders %s', (row) => {
    const ranked = row
      .split(' < ')
      .flatMap((same, rank) => same.split(' = ').map((version) => ({ version, rank })));
    for (const a of ranked) {
      for (const b of ranked) {
        const verdict = compare(a.version, b.version);
        expect(verdict, `${a.version} to ${b.version}`).toBe(Math.sign(a.rank - b.rank));
      }
    }
  });
});

it.each<[Ecosystem | undefined, string, string]>([
  // Only one of the two is a version there.
  ['dpkg', '1.0', '1.0-'],
  ['dpkg', '1.0', 'abc'],
  ['dpkg', '1.0', 'a:1.0'],
  ['dpkg', '1.0', '1.0, 2.0'],
  ['rpm', '1.0', '1.0-1-1'],
  ['apk', '1.0', '1.0-1'],
  ['apk', '1.0', '1.0~abc'],
  ['npm', '1.0.0', '1.0'],
  ['npm', '1.0.0', '>=1.0.1'],
  ['cargo', '1.0.0', 'latest'],
  ['go', 'v1.20.1', '1.21rc2'],
  ['go', '1.21.0-rc.1', 'go1.22'],
  ['go', '1.0.0', 'devel'],
  ['nuget', '1.0', '1.0.0.0.1'],
  ['pep440', '1.0', '1.0-beta-x'],
  ['pep440', '20260101000000001', '20260101000000002'],
  ['gem', '1.15.0', '1.15.0-x86_64-linux'],
  ['gem', '1.15.0-java', '1.15.0-x86_64-linux'],
  ['gem', '1.15.0-a', '1.16.0'],
  ['gem', '1.15.0-x86_64-templeos', '1.16.0'],
  ['composer', '1.0', 'dev-main'],
  ['composer', '1.0', '1.0.0'],
  ['composer', '4-beta4', '4.0-beta2'],
  ['composer', '1.0', '1.1.x-dev'],
  ['composer', '1.0', '1.0-stable1'],
  ['composer', '1.0', '1.0-beta-x'],
  // The rules do not say, or not everywhere the same.
  ['rpm', '8.3.0', '8.3.0-1.amzn2'],
  ['apk', '1.019', '1.02'],
  ['maven', '31.1-jre', '31.1-android'],
  ['maven', '31.1', '31.1-jre'],
  ['maven', '1.0-rc', '1.0-rc-0'],
  ['maven', '1.0.rc-1', '1.0'],
  ['maven', '1.0-1', '1.0'],
  ['maven', '1.0.1', '1.0..2'],
  ['maven', '1.2.83', '1.2.83_x'],
  ['maven', '1.2.83_x', '1.2.83+y'],
  [undefined, '1.0', '1.0.0'],
  [undefined, '1.01', '1.2'],
  [undefined, '1.0-1', '1.0-2'],
  [undefined, '', '1'],
])('defines no order in %s for %s and %s', (ecosystem, a, b) => {
  expect(compareVersions(ecosystem, a, b)).toBeUndefined();
  expect(compareVersions(ecosystem, b, a)).toBeUndefined();
});

it('does not compare text that is too long for a version', () => {
  expect(compareVersions('dpkg', `1.${'0'.repeat(300)}`, '1.0')).toBeUndefined();
});

describe.each(Object.keys(ASCENDING))('%s is a total order', (ecosystem) => {
  const compare = (a: string, b: string) =>
    compareVersions(ecosystem === 'unknown' ? undefined : (ecosystem as Ecosystem), a, b);
  const known = (ASCENDING[ecosystem as Ecosystem] ?? []).flatMap((row) => row.split(/ [<=] /));
  // Pieces of versions and their joints, so that most of what comes of them is nearly the same.
  const piece = fc.constantFrom(
    ...[
      '0',
      '1',
      '2',
      '10',
      '01',
      '.',
      '.',
      '-',
      '~',
      '^',
      '+',
      '_',
      ':',
      'a',
      'b',
      'rc',
      'rc1',
      'alpha',
      'x',
    ],
    ...['-r1', '_p1', '-1', '.post1', '.dev1', '-beta', 'Final', 'sp', 'v'],
  );
  const version = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...known) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('1', '1.0', '1.0.0', '1:1', 'v1.0.0'), fc.array(piece, { maxLength: 4 }))
        .map(([head, tail]) => head + tail.join('')),
    },
  );

  it('compares every version as equal to itself', () => {
    fc.assert(
      fc.property(version, (a) => [0, undefined].includes(compare(a, a))),
      { numRuns: 500 },
    );
  });

  it('is antisymmetric', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const there = compare(a, b);
        const back = compare(b, a);
        return there === undefined ? back === undefined : back !== undefined && there + back === 0;
      }),
      { numRuns: 2000 },
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [first, second, whole] = [compare(a, b), compare(b, c), compare(a, c)];
        if (first === undefined || second === undefined || whole === undefined) return;
        if (first <= 0 && second <= 0) expect(whole).toBe(Math.min(first, second));
      }),
      { numRuns: 3000 },
    );
  });
});

/**
 * Pairs of other projects' suites, where they are: of those whose order is told, every one has to be right. The
 * published ones are not part of this repository.
 */
it('contradicts no order of other projects', (context) => {
  const file = sharedData('versions.json');
  if (file === undefined) return context.skip('the published version pairs are not here');
  const suites = JSON.parse(readFileSync(file, 'utf8')) as Record<
    Ecosystem,
    [string, '<' | '=' | '>', string][]
  >;
  const signs = { '<': -1, '=': 0, '>': 1 } as const;
  for (const [ecosystem, pairs] of Object.entries(suites) as [
    Ecosystem,
    [string, '<' | '=' | '>', string][],
  ][]) {
    const told = pairs.map(([a, sign, b]) => ({
      a,
      b,
      right: signs[sign],
      told: compareVersions(ecosystem, a, b),
    }));
    const wrong = told.filter(({ told: order, right }) => order !== undefined && order !== right);
    expect(wrong, ecosystem).toEqual([]);
    // Most of them are told: no answer at all would never be wrong.
    expect(told.filter(({ told: order }) => order !== undefined).length).toBeGreaterThan(0.9 * pairs.length);
  }
});
