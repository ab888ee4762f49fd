/**
 * Every example of "Examples of lifecycle policies in Amazon ECR" in the user guide: valid, and with the result that
 * the guide explains. Examples without a repository get one.
 */
import { describe, expect, it } from 'vitest';
import { validate } from '../../../src/audit/lifecycle/policy.ts';
import { allPatternsRules, deadRules } from '../../../src/audit/lifecycle/rules.ts';
import {
  ARCHIVE,
  any,
  archived,
  count,
  daysAgo,
  evaluated,
  fates,
  image,
  pulled,
  pushed,
  read,
  tagged,
  taken,
  text,
  untagged,
} from './factories.ts';

const prod = { selection: { ...tagged('prod*'), ...count(1) } };
const beta = { selection: { ...tagged('beta*'), ...count(1) } };

const POLICIES = {
  'image age': text({ selection: { ...tagged('prod*'), ...pushed(14) } }),
  'last pulled time': text({ selection: { ...any, ...pulled(90) }, action: ARCHIVE }),
  'archive transition time': text({ selection: { ...any, ...archived(365) } }),
  'image count': text({ selection: { ...untagged, ...count(1) } }),
  'multiple rules, A': text(prod, beta),
  'multiple rules, B': text(beta, prod),
  'multiple tags, A': text({ selection: { ...tagged('alpha*', 'beta*'), ...pushed(5) } }),
  'multiple tags, B': text({ selection: { ...tagged('alpha*', 'beta*'), ...count(1) } }),
  'all images, A': text({ selection: { ...any, ...count(1) } }),
  'all images, B': text(
    { selection: { ...tagged('alpha*'), ...count(1) } },
    { selection: { ...untagged, ...pushed(1) } },
    { selection: { ...any, ...count(1) } },
  ),
  'archiving by age': text({ selection: { ...tagged('prod*'), ...pushed(30) }, action: ARCHIVE }),
  'archiving and expiring': text(
    { selection: { ...any, ...pushed(30) }, action: ARCHIVE },
    { selection: { ...any, ...archived(365) } },
  ),
} as const;

type Name = keyof typeof POLICIES;

describe('the examples of the user guide', () => {
  it.each(Object.entries(POLICIES))('%s: breaks no rule, has no dead rule', (_, json) => {
    expect(validate(json)).toEqual([]);
    expect(deadRules(read(json))).toEqual({ dead: [], undecided: [] });
  });

  const betaAndProd = [
    image('A', ['beta-1', 'prod-1'], 10),
    image('B', ['beta-2', 'prod-2'], 9),
    image('C', ['beta-3'], 8),
  ];
  const alphaAndBeta = [
    image('A', ['alpha-1'], 12),
    image('B', ['beta-1'], 11),
    image('C', ['alpha-2', 'beta-2'], 10),
    image('D', ['alpha-3'], 4),
    image('E', ['beta-3'], 3),
    image('F', ['alpha-4', 'beta-4'], 2),
  ];
  const alphaBetaGamma = [
    image('A', ['alpha-1', 'beta-1', 'gamma-1'], 10),
    image('B', ['alpha-2', 'beta-2'], 9),
    image('C', ['alpha-3', 'beta-3', 'gamma-2'], 8),
  ];
  const four = [
    image('A', ['alpha-1'], 4),
    image('B', ['beta-1'], 3),
    image('C', [], 2),
    image('D', ['alpha-2'], 1),
  ];
  const five = [
    image('A', ['alpha-1', 'beta-1'], 4),
    image('B', [], 3),
    image('C', ['alpha-2'], 2),
    // The guide has both at one day, and lists the images from the oldest to the newest.
    image('D', ['git hash'], 1.01),
    image('E', [], 1),
  ];
  const aged = [
    image('A', ['prod-1'], 15),
    image('B', ['prod-2'], 13),
    image('C', ['beta-1'], 99),
    image('D', [], 99),
  ];

  it.each<[Name, ReturnType<typeof image>[], string[]]>([
    ['image age', aged, ['A']],
    ['image count', [image('A', [], 3), image('B', [], 2), image('C', ['x'], 9)], ['A']],
    ['multiple rules, A', betaAndProd, ['A']],
    ['multiple rules, B', betaAndProd, ['A', 'B']],
    ['multiple tags, A', alphaAndBeta, ['C']],
    ['multiple tags, B', alphaBetaGamma, ['A', 'B']],
    ['all images, A', four, ['A', 'B', 'C']],
    ['all images, B', five, ['A', 'B', 'D']],
    [
      'archiving by age',
      [image('A', ['prod-1'], 31), image('B', ['prod-2'], 29), image('C', ['x'], 99)],
      ['A'],
    ],
  ])('%s: takes the images that the guide names', (name, images, expected) => {
    expect(taken(evaluated(read(POLICIES[name]), images))).toEqual(expected);
  });

  it('multiple rules, A: the second rule cannot have what the first has seen', () => {
    expect(fates(evaluated(read(POLICIES['multiple rules, A']), betaAndProd))).toEqual({
      A: 'expire by 1',
      B: 'kept: count of 1',
      C: 'kept: count of 2',
    });
  });

  it('all images, B: each rule identifies what the guide says', () => {
    const { rules } = evaluated(read(POLICIES['all images, B']), five);
    expect(rules.map(({ identified }) => identified.map(({ digest }) => digest).join(''))).toEqual([
      'AC',
      'BE',
      'ABCDE',
    ]);
    expect(rules.map(({ actsOn }) => actsOn.map(({ digest }) => digest).join(''))).toEqual(['A', 'B', 'D']);
  });

  it('multiple tags, A: names the images that match all patterns, and those that match some', () => {
    const [rule] = allPatternsRules(read(POLICIES['multiple tags, A']), alphaAndBeta);
    expect(rule?.matchingAll.map(({ digest }) => digest)).toEqual(['C', 'F']);
    expect(rule?.matchingSome.map(({ digest }) => digest)).toEqual(['A', 'B', 'D', 'E']);
  });

  it('last pulled time: counts from the pull, from the push without one, and from the restoring without one since', () => {
    const images = [
      image('pulled long ago', ['x'], 300, { lastPulledAt: daysAgo(91) }),
      image('pulled lately', ['x'], 300, { lastPulledAt: daysAgo(89) }),
      image('never pulled, old', [], 91),
      image('never pulled, new', [], 89),
      image('restored, not pulled since', ['x'], 300, {
        lastPulledAt: daysAgo(200),
        lastActivatedAt: daysAgo(5),
      }),
      image('restored, pulled since', ['x'], 300, {
        lastPulledAt: daysAgo(91),
        lastActivatedAt: daysAgo(95),
      }),
    ];
    expect(taken(evaluated(read(POLICIES['last pulled time']), images))).toEqual([
      'never pulled, old',
      'pulled long ago',
      'restored, pulled since',
    ]);
  });

  it('archiving and expiring: each rule acts in its own storage class', () => {
    const images = [
      image('old', ['prod-1'], 31),
      image('new', ['prod-2'], 29),
      image('archived long ago', ['prod-3'], 999, { storageClass: 'archive', archivedAt: daysAgo(366) }),
      image('archived lately', [], 999, { storageClass: 'archive', archivedAt: daysAgo(364) }),
    ];
    const both = evaluated(read(POLICIES['archiving and expiring']), images);
    expect(fates(both)).toEqual({
      old: 'archive by 1',
      new: 'kept: age of 1',
      'archived long ago': 'expire by 2',
      'archived lately': 'kept: age of 2',
    });
    expect(taken(evaluated(read(POLICIES['archive transition time']), images))).toEqual([
      'archived long ago',
    ]);
  });
});
