import { describe, expect, it } from 'vitest';
import {
  allPatternsRules,
  deadRules,
  selectsOneImage,
  untaggedRules,
} from '../../../src/audit/lifecycle/rules.ts';
import {
  ARCHIVE,
  any,
  archived,
  count,
  image,
  policy,
  prefixed,
  pushed,
  tagged,
  untagged,
} from './factories.ts';

type RuleText = Parameters<typeof policy>[0];
const by = (selection: object): RuleText => ({ selection: { ...selection, ...count(9) } });
const inArchive = (selection: object): RuleText => ({ selection: { ...selection, ...archived(90) } });
const unclear: RuleText = by({ tagStatus: 'signed' });

describe('dead rules', () => {
  const deadOf = (...rules: RuleText[]) => {
    const { dead, undecided } = deadRules(policy(...rules));
    return [
      ...dead.map(
        ({ rule, by: shields }) => `${rule.priority} by ${shields.map(({ priority }) => priority).join('+')}`,
      ),
      ...undecided.map(({ rule }) => `${rule.priority}?`),
    ];
  };

  it.each<[string, RuleText[], string[]]>([
    ['a pattern in a wider one', [by(tagged('v*')), by(tagged('v1*'))], ['2 by 1']],
    ['a wider pattern after a narrower one', [by(tagged('v1*')), by(tagged('v*'))], []],
    ['a pattern in a prefix', [by(prefixed('v')), by(tagged('v1-*'))], ['2 by 1']],
    ['a prefix in a pattern', [by(tagged('*')), by(prefixed('v'))], ['2 by 1']],
    ['a pattern in the middle of a wider one', [by(tagged('*-rc*')), by(tagged('v*-rc1'))], ['2 by 1']],
    ['the same tags twice', [by(tagged('a*', 'b*')), by(tagged('b*', 'a*'))], ['2 by 1']],
    ['all of several patterns after one of them', [by(tagged('a*')), by(tagged('a1*', 'b*'))], ['2 by 1']],
    ['one of several patterns after all of them', [by(tagged('a*', 'b*')), by(tagged('a*'))], []],
    ['one pattern that implies all of several', [by(tagged('a*', '*')), by(tagged('a1'))], ['2 by 1']],
    ['two halves, neither of which has all', [by(tagged('a*')), by(tagged('b*')), by(tagged('*'))], []],
    [
      'each rule that shields it',
      [by(tagged('*')), by(tagged('v*')), by(tagged('v1*'))],
      ['2 by 1', '3 by 1+2'],
    ],
    ['untagged twice', [by(untagged), by(untagged)], ['2 by 1']],
    ['any after every tag alone', [by(tagged('*')), by(any)], []],
    ['any after untagged alone', [by(untagged), by(any)], []],
    [
      'any after both',
      [by(tagged('**', '*')), by(untagged), by(tagged('v*')), by(any)],
      ['3 by 1', '4 by 1+2'],
    ],
    [
      'everything after any',
      [by(any), by(any), by(tagged('v*')), by(untagged)],
      ['2 by 1', '3 by 1+2', '4 by 1+2'],
    ],
    ['nothing of the other storage class', [by(any), inArchive(any), by(tagged('x'))], ['3 by 1']],
    ['nothing within the archive either', [inArchive(tagged('v*')), inArchive(tagged('v1'))], ['2 by 1']],
    ['nothing after a rule that is not understood', [unclear, by(any)], ['1?', '2?']],
    [
      'a rule that another one shields, whatever a third one is',
      [by(any), unclear, by(untagged)],
      ['3 by 1', '2?'],
    ],
    ['nothing in the archive after a rule of the other class', [unclear, inArchive(any)], ['1?']],
    [
      'nothing after a rule of an unknown storage class',
      [by({ ...any, storageClass: 'cold' }), by(any), inArchive(any)],
      ['1?', '2?', '3?'],
    ],
  ])('%s', (_, rules, expected) => {
    expect(deadOf(...rules)).toEqual(expected);
  });

  it('says why it is undecided', () => {
    const { undecided } = deadRules(policy(unclear, by(any)));
    expect(undecided.map(({ reasons }) => reasons)).toEqual([
      ['rules[0].selection.tagStatus must be tagged, untagged or any'],
      ['rules[0].selection.tagStatus must be tagged, untagged or any'],
    ]);
  });
});

describe('a rule that selects one image at most', () => {
  it.each([
    [tagged('latest'), true],
    [tagged('v*', 'latest'), true],
    [tagged('v*'), false],
    [prefixed('latest'), false],
    [any, false],
    [untagged, false],
  ])('%j: %s', (selection, expected) => {
    const [rule] = policy(by(selection)).rules;
    expect(rule && selectsOneImage(rule)).toBe(expected);
  });
});

describe('untagged images', () => {
  const outcome = (...rules: RuleText[]) => {
    const { rules: found, undecided } = untaggedRules(policy(...rules));
    return `${found.map(({ priority }) => priority).join('+')}${undecided.map(({ rule }) => ` ${rule.priority}?`).join('')}`;
  };
  const archiving = (selection: object): RuleText => ({
    selection: { ...selection, ...pushed(9) },
    action: ARCHIVE,
  });

  it.each<[string, RuleText[], string]>([
    ['are expired by their own rule', [by(untagged)], '1'],
    ['are expired by a rule for any image', [by(tagged('v*')), by(any)], '2'],
    ['are expired by the first of two', [by(untagged), by(any)], '1'],
    ['are not expired by a rule for tags', [by(tagged('*'))], ''],
    ['are not expired by a rule for the archive', [inArchive(any)], ''],
    ['are archived', [archiving(untagged)], ''],
    ['are archived, and a later rule cannot expire them', [archiving(untagged), by(any)], ''],
    ['are archived and then expired', [archiving(any), inArchive(untagged)], '1+2'],
    ['may be selected by a rule that is not understood', [unclear, by(untagged)], '2 1?'],
    ['are selected before a rule that is not understood', [by(untagged), unclear], '1'],
    [
      'have a rule whose action is not understood',
      [{ ...by(untagged), action: { type: 'quarantine' } }],
      ' 1?',
    ],
  ])('%s', (_, rules, expected) => {
    expect(outcome(...rules)).toBe(expected);
  });
});

describe('rules that require several tags', () => {
  const images = [
    image('A', ['prod-1'], 1),
    image('B', ['release-1', 'x'], 1),
    image('C', ['x'], 1),
    image('D', [], 1),
    image('E', ['prod-2', 'release-2'], 1, { storageClass: 'archive' }),
  ];
  const summary = (rules: ReturnType<typeof policy>, of = images) =>
    allPatternsRules(rules, of).map(({ rule, listed, oneTag, matchingAll, matchingSome, unknown }) => ({
      rule: rule.priority,
      listed,
      oneTag,
      all: matchingAll.map(({ digest }) => digest).join(''),
      some: matchingSome.map(({ digest }) => digest).join(''),
      unknown: unknown.map(({ digest }) => digest).join(''),
    }));

  it('name today’s images that have all of the tags, and some', () => {
    const rules = policy(
      by(tagged('x')),
      by(prefixed('prod-', 'release-')),
      by(tagged('release-*', 'x')),
      inArchive(tagged('prod-*', 'release-*')),
    );
    const listed = ['prod-', 'release-'];
    expect(summary(rules)).toEqual([
      { rule: 2, listed, oneTag: undefined, all: '', some: 'AB', unknown: '' },
      { rule: 3, listed: ['release-*', 'x'], oneTag: undefined, all: 'B', some: 'C', unknown: '' },
      { rule: 4, listed: ['prod-*', 'release-*'], oneTag: undefined, all: 'E', some: '', unknown: '' },
    ]);
  });

  it('are none if one pattern implies the others', () => {
    expect(summary(policy(by(tagged('v*', '*', 'v1*')), by(tagged('a*', 'a**'))))).toEqual([]);
    expect(summary(policy(by(tagged('v*', '*', 'x*'))))).toMatchObject([{ listed: ['v*', 'x*'] }]);
    expect(summary(policy(by(tagged('a*', 'a**', 'b*'))))).toMatchObject([{ listed: ['a*', 'b*'] }]);
  });

  it('show a tag that matches all of the patterns at once', () => {
    expect(summary(policy(by(tagged('v*', '*-alpine'))))).toMatchObject([{ oneTag: 'v-alpine' }]);
  });

  it('do not guess tags that are unknown', () => {
    const unknown = [
      image('A', [], 1, { tags: undefined }),
      image('B', ['prod-1'], 1, { storageClass: undefined }),
      image('C', ['x'], 1, { storageClass: undefined }),
      image('D', [], 1, { tags: undefined, storageClass: 'archive' }),
    ];
    expect(summary(policy(by(tagged('prod-*', 'release-*'))), unknown)).toMatchObject([
      { all: '', some: '', unknown: 'AB' },
    ]);
  });
});
