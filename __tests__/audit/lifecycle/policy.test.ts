import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPolicy, validate } from '../../../src/audit/lifecycle/policy.ts';
import {
  ARCHIVE,
  any,
  archived,
  count,
  policy,
  prefixed,
  pulled,
  pushed,
  tagged,
  text,
  untagged,
} from './factories.ts';

const problems = (json: string) => validate(json).map(({ path, problem }) => `${path}: ${problem}`);
const one = (selection: object, action: object = { type: 'expire' }) => text({ selection, action });

describe('validate', () => {
  it.each<[string, string, string[]]>([
    ['no JSON', '{', [': is not valid JSON']],
    ['an empty text', '', [': is not valid JSON']],
    ['no object', '[]', [': must be an object']],
    ['null', 'null', [': must be an object']],
    ['a key twice', '{"rules": [], "rules": []}', [': has a key twice in one object']],
    ['no rules', '{}', ['rules: must be a list of at least one rule']],
    ['an empty list', '{"rules": []}', ['rules: must be a list of at least one rule']],
    ['rules that are not a list', '{"rules": {}}', ['rules: must be a list of at least one rule']],
    ['a rule that is no object', '{"rules": [1]}', ['rules[0]: must be an object']],
    [
      'nothing but a rule',
      '{"rules": [{}]}',
      [
        'rules[0].rulePriority: must be an integer of at least 1',
        'rules[0].selection: must be an object',
        'rules[0].action: must be an object',
      ],
    ],
    [
      'keys that are unknown, wherever they are',
      JSON.stringify({
        version: 1,
        rules: [
          {
            rulePriority: 1,
            name: 'x',
            selection: { ...any, ...count(1), excludeTags: ['x'] },
            action: { type: 'expire', after: 1 },
          },
        ],
      }),
      [
        ': has the unknown key "version"',
        'rules[0]: has the unknown key "name"',
        'rules[0].selection: has the unknown key "excludeTags"',
        'rules[0].action: has the unknown key "after"',
      ],
    ],
    ...[0, -1, 1.5, '1', null].map((rulePriority): [string, string, string[]] => [
      `the priority ${JSON.stringify(rulePriority)}`,
      text({ rulePriority, selection: { ...any, ...count(1) } }),
      ['rules[0].rulePriority: must be an integer of at least 1'],
    ]),
    [
      'a priority twice',
      text(
        { selection: { ...untagged, ...count(1) } },
        { rulePriority: 1, selection: { ...any, ...count(1) } },
      ),
      ['rules[1].rulePriority: is 1, the same as that of rules[0]'],
    ],
    [
      'a description that is no text',
      text({ ...{ description: 5 }, selection: { ...any, ...count(1) } }),
      ['rules[0].description: must be a string'],
    ],
    [
      'another tagStatus',
      one({ tagStatus: 'TAGGED', ...count(1) }),
      ['rules[0].selection.tagStatus: must be tagged, untagged or any'],
    ],
    ['no tagStatus', one(count(1)), ['rules[0].selection.tagStatus: must be tagged, untagged or any']],
    [
      'tagged without a list',
      one({ tagStatus: 'tagged', ...count(1) }),
      ['rules[0].selection: must have either a tagPatternList or a tagPrefixList with the tagStatus tagged'],
    ],
    [
      'tagged with both lists',
      one({ ...tagged('a'), ...prefixed('b'), ...count(1) }),
      ['rules[0].selection: must have either a tagPatternList or a tagPrefixList with the tagStatus tagged'],
    ],
    [
      'untagged with a list, even an empty one',
      one({ ...tagged(), ...untagged, ...count(1) }),
      ['rules[0].selection.tagPatternList: must be left out with the tagStatus untagged'],
    ],
    [
      'any with both lists',
      one({ ...tagged('a'), ...prefixed('b'), ...any, ...count(1) }),
      [
        'rules[0].selection.tagPatternList: must be left out with the tagStatus any',
        'rules[0].selection.tagPrefixList: must be left out with the tagStatus any',
      ],
    ],
    ...[[], [''], 'v*', [1], null].map((tagPatternList): [string, string, string[]] => [
      `the patterns ${JSON.stringify(tagPatternList)}`,
      one({ tagStatus: 'tagged', tagPatternList, ...count(1) }),
      [
        'rules[0].selection.tagPatternList: must be a list of at least one string, and no string can be empty',
      ],
    ]),
    [
      'five wildcards',
      one({ ...tagged('ok*', 'test*1*2*3*4*5*6'), ...count(1) }),
      ['rules[0].selection.tagPatternList[1]: has 6 wildcards; ECR allows 4'],
    ],
    [
      'another countType',
      one({ ...any, countType: 'sinceImageBuilt', countNumber: 1 }),
      [
        'rules[0].selection.countType: must be one of imageCountMoreThan, sinceImagePushed, sinceImagePulled, sinceImageTransitioned',
      ],
    ],
    [
      'a unit for a count',
      one({ ...any, ...count(1), countUnit: 'days' }),
      ['rules[0].selection.countUnit: must be left out with the countType imageCountMoreThan'],
    ],
    [
      'no unit for an age',
      one({ ...any, countType: 'sinceImagePushed', countNumber: 1 }),
      ['rules[0].selection.countUnit: must be days with the countType sinceImagePushed'],
    ],
    [
      'another unit',
      one({ ...any, ...pushed(1), countUnit: 'hours' }),
      ['rules[0].selection.countUnit: must be days with the countType sinceImagePushed'],
    ],
    ...[0, -1, 0.5, '1', undefined].map((countNumber): [string, string, string[]] => [
      `the number ${countNumber}`,
      one({ ...any, ...count(1), countNumber }),
      ['rules[0].selection.countNumber: must be an integer of at least 1'],
    ]),
    [
      'the archive without its count type',
      one({ ...any, ...count(1), storageClass: 'archive' }),
      ['rules[0].selection.storageClass: must be standard with the countType imageCountMoreThan'],
    ],
    [
      'the archive left out',
      one({ ...any, ...archived(90), storageClass: undefined }),
      ['rules[0].selection.storageClass: must be archive with the countType sinceImageTransitioned'],
    ],
    [
      'another storage class',
      one({ ...any, ...count(1), storageClass: 'glacier' }),
      ['rules[0].selection.storageClass: must be standard or archive'],
    ],
    [
      'less than 90 days in the archive',
      one({ ...any, ...archived(89) }),
      ['rules[0].selection.countNumber: must be at least 90 with the countType sinceImageTransitioned'],
    ],
    [
      'expiring by pulls',
      one({ ...any, ...pulled(90) }),
      ['rules[0].action.type: must not be expire with the countType sinceImagePulled'],
    ],
    [
      'archiving what is archived',
      one({ ...any, ...archived(90) }, ARCHIVE),
      ['rules[0].action.type: must not be transition with the countType sinceImageTransitioned'],
    ],
    [
      'another action',
      one({ ...any, ...count(1) }, { type: 'delete' }),
      ['rules[0].action.type: must be expire or transition'],
    ],
    [
      'a transition to nowhere',
      one({ ...any, ...count(1) }, { type: 'transition' }),
      ['rules[0].action.targetStorageClass: must be archive with the type transition'],
    ],
    [
      'expiring to the archive',
      one({ ...any, ...count(1) }, { ...ARCHIVE, type: 'expire' }),
      ['rules[0].action.targetStorageClass: must be left out with the type expire'],
    ],
    [
      'null where a key should be left out',
      one({ ...any, ...count(1) }, { type: 'expire', targetStorageClass: null }),
      ['rules[0].action.targetStorageClass: must be left out with the type expire'],
    ],
    [
      'any before the end, by priority and not by place',
      text(
        { rulePriority: 3, selection: { ...untagged, ...count(1) } },
        { rulePriority: 2, selection: { ...any, ...count(1) } },
      ),
      ['rules[1].rulePriority: must be higher than that of rules[0], because the tagStatus is any'],
    ],
    [
      'untagged twice',
      text({ selection: { ...untagged, ...count(1) } }, { selection: { ...untagged, ...pushed(1) } }),
      ['rules[1].selection.tagStatus: is untagged, the same as that of rules[0]'],
    ],
    [
      'a prefix twice',
      text(
        { selection: { ...prefixed('a', 'b'), ...count(1) } },
        { selection: { ...prefixed('b'), ...pushed(1) } },
      ),
      ['rules[1].selection.tagPrefixList[0]: is also a prefix of rules[0]'],
    ],
    [
      'more rules than ECR allows',
      text(...Array.from({ length: 51 }, (_, at) => ({ selection: { ...tagged(`t${at}`), ...count(1) } }))),
      ['rules: has 51 rules; ECR allows 50'],
    ],
    ['more text than ECR allows', ' '.repeat(30_721), [': has 30721 characters; ECR allows 30720']],
  ])('finds %s', (_, json, expected) => {
    expect(problems(json)).toEqual(expected);
  });

  it.each<[string, string]>([
    [
      'any and untagged once for each storage class',
      text(
        { selection: { ...untagged, ...count(1) }, action: ARCHIVE },
        { selection: { ...untagged, ...archived(90) } },
        { selection: { ...any, ...pushed(30) }, action: ARCHIVE },
        { selection: { ...any, ...archived(365) } },
      ),
    ],
    [
      'the same prefix in the other storage class, and the same pattern in one',
      text(
        { selection: { ...prefixed('a'), ...pushed(30) }, action: ARCHIVE },
        { selection: { ...prefixed('a'), ...archived(365) } },
        { selection: { ...tagged('b*'), ...count(1) } },
        { selection: { ...tagged('b*'), ...pushed(1) } },
      ),
    ],
    [
      'priorities that have gaps and are in no order, a standard class that is named, four wildcards',
      text(
        { rulePriority: 900, selection: { ...any, ...count(1), storageClass: 'standard' } },
        { rulePriority: 5, selection: { ...tagged('*test*1*2*3', 'test*1*2*3*'), ...count(1) } },
      ),
    ],
  ])('allows %s', (_, json) => {
    expect(validate(json)).toEqual([]);
  });

  it('lists all that is wrong, not the first of it', () => {
    const json = text(
      { rulePriority: 2, selection: { ...tagged('*****'), ...pushed(0), storageClass: 'archive' } },
      { rulePriority: 2, selection: { ...any, ...pulled(5) } },
    );
    expect(problems(json)).toHaveLength(5);
  });

  it('shows of a key from the text only a beginning, and its control characters escaped', () => {
    const json = JSON.stringify({ rules: [{ [`\u001b[2J\n${'x'.repeat(100)}`]: 1 }] });
    const [first] = problems(json);
    expect(first).toBe(`rules[0]: has the unknown key "\\u001b[2J\\n${'x'.repeat(35)}…"`);
  });
});

describe('readPolicy', () => {
  it('sorts rules by priority, and makes patterns of prefixes', () => {
    const { rules } = policy(
      { rulePriority: 30, selection: { ...any, ...count(5) } },
      { rulePriority: 10, selection: { ...prefixed('v', 'rel'), ...pulled(5) }, action: ARCHIVE },
    );
    expect(rules).toEqual([
      {
        priority: 10,
        index: 1,
        description: undefined,
        storageClass: 'standard',
        tagging: { status: 'tagged', list: 'tagPrefixList', listed: ['v', 'rel'], patterns: ['v*', 'rel*'] },
        criterion: { type: 'sinceImagePulled', days: 5 },
        action: 'archive',
        unknown: [],
      },
      {
        priority: 30,
        index: 0,
        description: undefined,
        storageClass: 'standard',
        tagging: { status: 'any' },
        criterion: { type: 'imageCountMoreThan', count: 5 },
        action: 'expire',
        unknown: [],
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'the policy is not valid JSON'],
    [
      'a key twice',
      '{"rules":[{"rulePriority":1,"rulePriority":2}]}',
      'the policy has a key twice in one object',
    ],
    [
      'a version that is unknown',
      '{"version":2,"rules":[{"rulePriority":1}]}',
      'the policy has the unknown key "version"',
    ],
    [
      'two rules of one priority',
      text(
        { rulePriority: 7, selection: { ...any, ...count(1) } },
        { rulePriority: 7, selection: { ...untagged, ...count(1) } },
      ),
      'rules[1].rulePriority is 7, the same as that of rules[0]',
    ],
    [
      'a rule without a priority',
      text({ rulePriority: '1', selection: { ...any, ...count(1) } }),
      'rules[0].rulePriority must be an integer of at least 1',
    ],
    [
      'many things that are no rules',
      JSON.stringify({ rules: [1, 2, 3, 4, 5] }),
      'rules[0] must be an object; rules[1] must be an object; rules[2] must be an object; and 2 more',
    ],
  ])('knows nothing of a policy with %s, and says why', (_, json, reason) => {
    expect(readPolicy(json)).toEqual({ unknown: reason });
  });

  it.each<[string, object, object, object]>([
    [
      'another countType',
      { ...tagged('v*'), countType: 'sinceImageScanned', countUnit: 'days', countNumber: 3 },
      { type: 'expire' },
      { criterion: undefined, action: 'expire', storageClass: 'standard' },
    ],
    [
      'another action',
      { ...tagged('v*'), ...count(1) },
      { type: 'quarantine' },
      { criterion: { type: 'imageCountMoreThan', count: 1 }, action: undefined },
    ],
    [
      'another key of an action',
      { ...tagged('v*'), ...count(1) },
      { type: 'expire', delay: 3 },
      { action: undefined },
    ],
    [
      'another key of a selection',
      { ...tagged('v*'), ...count(1), minimumSize: 3 },
      { type: 'expire' },
      { tagging: undefined, criterion: undefined, storageClass: undefined, action: 'expire' },
    ],
    [
      'another storage class',
      { ...any, ...count(1), storageClass: 'cold' },
      { type: 'expire' },
      { tagging: { status: 'any' }, storageClass: undefined },
    ],
    [
      'a count in the archive',
      { ...any, ...count(1), storageClass: 'archive' },
      { type: 'expire' },
      { criterion: undefined, storageClass: 'archive' },
    ],
    [
      'an age in the archive, of no storage class',
      { ...any, ...archived(90), storageClass: undefined },
      { type: 'expire' },
      { criterion: undefined, storageClass: undefined },
    ],
    [
      'another tagStatus',
      { tagStatus: 'signed', ...count(1) },
      { type: 'expire' },
      { tagging: undefined, criterion: { type: 'imageCountMoreThan', count: 1 } },
    ],
    [
      'any with patterns',
      { ...tagged('v*'), ...any, ...count(1) },
      { type: 'expire' },
      { tagging: undefined },
    ],
    [
      'a wildcard in a prefix',
      { ...prefixed('v*'), ...count(1) },
      { type: 'expire' },
      { tagging: undefined },
    ],
    ['expiring by pulls', { ...any, ...pulled(9) }, { type: 'expire' }, { action: undefined }],
    ['a short time in the archive', { ...any, ...archived(3) }, { type: 'expire' }, { criterion: undefined }],
  ])('does not understand a part of a rule with %s, and says why', (_, selection, action, parts) => {
    const [rule] = policy({ selection, action }).rules;
    expect(rule).toMatchObject(parts);
    expect(rule?.unknown.join()).toMatch(/^rules\[0\]/);
  });

  it('does not understand anything of a rule that has another key', () => {
    const json = JSON.stringify({
      rules: [
        {
          rulePriority: 1,
          unless: 'running',
          selection: { ...any, ...count(1) },
          action: { type: 'expire' },
        },
      ],
    });
    const reading = readPolicy(json);
    expect('policy' in reading && reading.policy.rules[0]).toMatchObject({
      priority: 1,
      tagging: undefined,
      criterion: undefined,
      storageClass: undefined,
      action: undefined,
      unknown: ['rules[0] has the unknown key "unless"'],
    });
  });

  it('understands what breaks a published rule and still says what happens', () => {
    const { rules } = policy(
      { selection: { ...any, ...count(1) } },
      { selection: { ...untagged, ...count(1) } },
      { selection: { ...untagged, ...count(2) } },
      { selection: { ...tagged('*a*b*c*d*'), ...count(2) } },
    );
    for (const { tagging, criterion, storageClass, action } of rules) {
      expect([tagging, criterion, storageClass, action]).not.toContain(undefined);
    }
  });

  it('never throws and gives a reason for everything that is undefined, whatever the text is', () => {
    const word = fc.constantFrom(
      'rules',
      'selection',
      'action',
      '__proto__',
      'tagStatus',
      'any',
      'countType',
      'days',
      '*',
      'x',
    );
    const anything = fc.anything({ key: word, values: [word, fc.integer(), fc.constant(null)], maxDepth: 5 });
    const almost = fc.record({
      rules: fc.array(
        fc.record(
          {
            rulePriority: fc.oneof(fc.nat(3), anything),
            selection: fc.oneof(fc.constant({ ...any, ...count(2) }), anything),
            action: fc.oneof(fc.constant({ type: 'expire' }), anything),
          },
          { requiredKeys: [] },
        ),
        { maxLength: 3 },
      ),
    });
    const texts = fc.oneof(
      fc.string(),
      anything.map((value) => JSON.stringify(value) ?? ''),
      almost.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(texts, (json) => {
        const violations = validate(json);
        const reading = readPolicy(json);
        if ('unknown' in reading) {
          expect(reading.unknown).not.toBe('');
          expect(violations).not.toEqual([]);
          return;
        }
        for (const { tagging, criterion, storageClass, action, unknown } of reading.policy.rules) {
          if ([tagging, criterion, storageClass, action].includes(undefined)) expect(unknown).not.toEqual([]);
          if (unknown.length > 0) expect(violations).not.toEqual([]);
        }
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 2_000) },
    );
  });

  it('reads the longest text, as deep as it can be, in no time', () => {
    const deep = `${'['.repeat(15_000)}${']'.repeat(15_000)}`;
    for (const json of [deep, '"\\'.repeat(10_000), `{"rules":[${'{},'.repeat(9_000)}{}]}`]) {
      const start = performance.now();
      validate(json);
      expect(performance.now() - start).toBeLessThan(5_000);
    }
  });
});
