/** Policies as teams have them: the published defaults of common modules, and mistakes that are common. */
import { describe, expect, it } from 'vitest';
import { validate } from '../../../src/audit/lifecycle/policy.ts';
import { reaches, threats } from '../../../src/audit/lifecycle/production.ts';
import { allPatternsRules, deadRules, untaggedRules } from '../../../src/audit/lifecycle/rules.ts';
import {
  any,
  count,
  evaluated,
  image,
  prefixed,
  pushed,
  read,
  tagged,
  taken,
  text,
  untagged,
} from './factories.ts';

const NEEDS = { productionTags: ['prod-*', 'release-*', 'v*'], keep: 10, running: new Set<string>() };

/** Everything about a policy that some check would fail or name, in short. */
function about(json: string, images?: ReturnType<typeof image>[]) {
  const policy = read(json);
  const evaluation = evaluated(policy, images ?? []);
  return {
    invalid: validate(json).length,
    dead: deadRules(policy).dead.map(({ rule }) => rule.priority),
    untagged: untaggedRules(policy).rules.map(({ priority }) => priority),
    allPatterns: allPatternsRules(policy, images ?? []).map(({ rule }) => rule.priority),
    reaches: reaches(evaluation, NEEDS).reaches.map(({ rule, how }) => `${rule.priority} ${how}`),
    threats: threats(evaluation, NEEDS).production.map(({ image: { digest } }) => digest),
  };
}

const quiet = { invalid: 0, dead: [], untagged: [], allPatterns: [], reaches: [], threats: [] };
const releases = Array.from({ length: 40 }, (_, at) => image(`v${at}`, [`v1.${at}`], 40 - at));

describe('published defaults', () => {
  it('terraform-aws-modules/ecr: keeps 30 of v, which are all for production', () => {
    const json = text({ selection: { ...prefixed('v'), ...count(30) } });
    expect(about(json, releases)).toEqual(quiet);
    expect(taken(evaluated(read(json), releases))).toHaveLength(10);
    expect(about(json)).toEqual(quiet);
  });

  it('cloudposse/ecr: keeps 500 of any, so that many other images could push a release out', () => {
    const json = text({ selection: { ...untagged, ...count(1) } }, { selection: { ...any, ...count(500) } });
    const expected = { ...quiet, untagged: [1], reaches: ['2 count-shared'] };
    expect(about(json, [...releases, image('a', [], 1), image('b', [], 2)])).toEqual(expected);
    const busy = Array.from({ length: 500 }, (_, at) => image(`ci${at}`, [`ci-${at}`], at / 1_000));
    expect(about(json, [image('v1', ['v1'], 9), ...busy]).threats).toEqual(['v1']);
  });

  it('cloudposse/ecr with protected tags: releases are out of reach of the other rules', () => {
    const json = text(
      { selection: { ...prefixed('prod'), ...count(999_999) } },
      { selection: { ...prefixed('release'), ...count(999_999) } },
      { selection: { ...tagged('v*'), ...count(999_999) } },
      { selection: { ...untagged, ...count(1) } },
      { selection: { ...any, ...count(500) } },
    );
    expect(about(json, releases)).toEqual({ ...quiet, untagged: [4] });
  });

  it('AWS CDK bootstrap: expires untagged images, and nothing else', () => {
    const json = text({ selection: { ...untagged, ...pushed(365) } });
    const assets = [image('asset', ['0a1b2c3d'], 999), image('orphan', [], 366)];
    expect(about(json, assets)).toEqual({ ...quiet, untagged: [1] });
    expect(taken(evaluated(read(json), assets))).toEqual(['orphan']);
  });

  it('AWS CDK Repository, the example of its documentation: protects prod from the age of 30 days', () => {
    const json = text(
      { selection: { ...prefixed('prod'), ...count(9999) } },
      { selection: { ...any, ...pushed(30) } },
    );
    const images = [image('P', ['prod', 'prod-1'], 99), image('Q', ['x'], 99)];
    expect(taken(evaluated(read(json), images))).toEqual(['Q']);
    // Other production tags than prod would not be protected.
    expect(about(json, images)).toEqual({ ...quiet, untagged: [2], reaches: ['2 age'] });
    const { reaches: found } = reaches(evaluated(read(json), []), NEEDS);
    expect(found[0]?.byPatterns.map(({ tag }) => tag)).toEqual(['release-1', 'v1']);
    const { reaches: none } = reaches(evaluated(read(json), []), {
      ...NEEDS,
      productionTags: ['prod', 'prod-*'],
    });
    expect(none).toEqual([]);
  });

  it('a rule for each moving tag, which one image has at a time: never takes it', () => {
    const json = text(
      { selection: { ...tagged('prod-current'), ...count(1) } },
      { selection: { ...tagged('latest'), ...count(1) } },
      { selection: { ...untagged, ...count(5) } },
    );
    expect(about(json, [image('A', ['prod-current'], 999), image('B', ['latest'], 9)])).toEqual({
      ...quiet,
      untagged: [3],
    });
  });
});

describe('a policy that does something else than it seems to', () => {
  const json = text(
    { selection: { ...untagged, ...pushed(7) } },
    { selection: { ...tagged('*'), ...count(20) } },
    { selection: { ...tagged('prod-*', 'release-*'), ...pushed(90) } },
  );
  const images = [
    image('prod', ['prod-1'], 30),
    image('release', ['release-1'], 40),
    ...Array.from({ length: 20 }, (_, at) => image(`ci${at}`, [`ci-${at}`], at)),
  ];

  it('has a dead third rule', () => {
    const { dead } = deadRules(read(json));
    expect(dead.map(({ rule, by }) => [rule.priority, ...by.map(({ priority }) => priority)])).toEqual([
      [3, 2],
    ]);
  });

  it('requires both tags of one image if one of them was meant', () => {
    expect(allPatternsRules(read(json), images)).toMatchObject([
      {
        rule: { priority: 3 },
        listed: ['prod-*', 'release-*'],
        oneTag: undefined,
        matchingAll: [],
        matchingSome: [{ digest: 'prod' }, { digest: 'release' }],
      },
    ]);
  });

  it('expires production images by a count that they share', () => {
    expect(about(json, images)).toEqual({
      invalid: 0,
      dead: [3],
      untagged: [1],
      allPatterns: [3],
      reaches: ['2 count-shared'],
      threats: ['prod', 'release'],
    });
    const [reach] = reaches(evaluated(read(json), images), NEEDS).reaches;
    expect(reach?.shared?.images).toHaveLength(20);
    expect(reach?.byImages.map(({ digest }) => digest)).toEqual(['prod', 'release']);
  });
});
