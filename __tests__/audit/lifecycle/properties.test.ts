/** What holds of every policy and every repository. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../src/audit/lifecycle/evaluate.ts';
import type { ImageFacts } from '../../../src/audit/lifecycle/images.ts';
import type { Policy, Rule } from '../../../src/audit/lifecycle/policy.ts';
import { deadRules } from '../../../src/audit/lifecycle/rules.ts';
import { anyGaps, anyImages, anyPolicy, hasAll, plainImage, withGaps } from './arbitraries.ts';
import { daysAgo, evaluated, fates, NOW, taken } from './factories.ts';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 2_000) };
const DAY_MS = 86_400_000;

describe('the evaluation', () => {
  /**
   * The user guide's algorithm in its own words and order: all rules are evaluated, then applied by priority. For
   * images about which everything is known and of which no two have the same time.
   */
  function byTheGuide({ rules }: Policy, images: readonly ImageFacts[]): Record<string, number> {
    const orderedBy = (image: ImageFacts) => (image.lastActivatedAt ?? image.pushedAt ?? NOW).getTime();
    const identifies = ({ tagging, storageClass }: Rule, image: ImageFacts) => {
      if (image.storageClass !== storageClass) return false;
      if (tagging?.status === 'tagged') return hasAll(tagging.patterns, image);
      return tagging?.status === 'any' || image.tags?.length === 0;
    };
    const marks = rules.map((rule) => {
      const identified = images.filter((image) => identifies(rule, image));
      const { criterion } = rule;
      if (criterion?.type === 'imageCountMoreThan') {
        return identified.toSorted((a, b) => orderedBy(b) - orderedBy(a)).slice(criterion.count);
      }
      return identified.filter((image) => {
        const since = {
          sinceImagePushed: image.pushedAt,
          sinceImagePulled: [
            image.lastPulledAt ?? image.lastActivatedAt ?? image.pushedAt,
            image.lastActivatedAt,
          ]
            .filter((date) => date instanceof Date)
            .sort((a, b) => b.getTime() - a.getTime())[0],
          sinceImageTransitioned: image.archivedAt,
        }[criterion?.type ?? 'sinceImagePushed'];
        return NOW.getTime() - (since?.getTime() ?? 0) > (criterion?.days ?? 0) * DAY_MS;
      });
    });
    const applied: Record<string, number> = {};
    for (const image of images) {
      const first = rules.findIndex((rule) => identifies(rule, image));
      if (first >= 0 && marks[first]?.includes(image)) applied[image.digest] = rules[first]?.priority ?? 0;
    }
    return applied;
  }

  it('is that of the user guide', () => {
    fc.assert(
      fc.property(anyPolicy, fc.array(plainImage, { maxLength: 10 }), (policy, list) => {
        // Some minutes between the times, and nothing restored between two limits of an age.
        const images = list.map((facts, at) => {
          const pushedAt = new Date((facts.pushedAt ?? NOW).getTime() - at * 60_000);
          const restored = facts.lastActivatedAt !== null;
          return { ...facts, digest: `d${at}`, pushedAt, lastActivatedAt: restored ? pushedAt : null };
        });
        const evaluation = evaluated(policy, images);
        const acted = [...evaluation.fates].flatMap(([digest, fate]) =>
          fate.is === 'acted-on' ? [[digest, fate.rule.priority]] : [],
        );
        expect(Object.fromEntries(acted)).toEqual(byTheGuide(policy, images));
        expect([...evaluation.fates.values()].some(({ is }) => is === 'uncertain')).toBe(false);
      }),
      RUNS,
    );
  });

  it('does not depend on the order of images', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        anyImages.chain((images) =>
          fc.tuple(fc.constant(images), fc.shuffledSubarray([...images], { minLength: images.length })),
        ),
        anyGaps,
        (policy, [images, shuffled], gaps) => {
          const known = new Map(withGaps(images, gaps).map((facts) => [facts.digest, facts]));
          const inOrder = (list: readonly ImageFacts[]) =>
            list.map((facts) => known.get(facts.digest) ?? facts);
          const [one, other] = [evaluated(policy, inOrder(images)), evaluated(policy, inOrder(shuffled))];
          expect(fates(other)).toEqual(fates(one));
          expect(ranksOf(other)).toEqual(ranksOf(one));
        },
      ),
      RUNS,
    );
  });

  function ranksOf({ fates: all }: Evaluation) {
    return Object.fromEntries(
      [...all].map(([digest, fate]) => [digest, 'rank' in fate ? fate.rank : undefined]),
    );
  }

  it('acts on no image by two rules, and only on images that the rule identifies', () => {
    fc.assert(
      fc.property(anyPolicy, anyImages, (policy, images) => {
        const { rules } = evaluated(policy, images);
        const acted = rules.flatMap(({ actsOn }) => actsOn);
        expect(new Set(acted).size).toBe(acted.length);
        for (const { identified, perhapsIdentified, actsOn } of rules) {
          for (const image of actsOn) expect([...identified, ...perhapsIdentified]).toContain(image);
        }
      }),
      RUNS,
    );
  });

  it('of the earlier rules does not change with a later one', () => {
    fc.assert(
      fc.property(anyPolicy, anyImages, anyGaps, fc.nat(4), (policy, images, gaps, upTo) => {
        const facts = withGaps(images, gaps);
        const fewer = { rules: policy.rules.slice(0, upTo) };
        const results = (evaluation: Evaluation) =>
          evaluation.rules
            .slice(0, upTo)
            .map(({ identified, actsOn, perhapsActsOn }) => ({ identified, actsOn, perhapsActsOn }));
        expect(results(evaluated(policy, facts))).toEqual(results(evaluated(fewer, facts)));
      }),
      RUNS,
    );
  });

  it('never spares an image because of one more image, unless that is an index', () => {
    fc.assert(
      fc.property(anyPolicy, anyImages, plainImage, (policy, images, more) => {
        const before = taken(evaluated(policy, images));
        const after = taken(evaluated(policy, [...images, { ...more, digest: 'more' }]));
        expect(after).toEqual(expect.arrayContaining(before));
      }),
      RUNS,
    );
  });

  it('still acts on everything at a later time', () => {
    fc.assert(
      fc.property(anyPolicy, anyImages, fc.nat(200), (policy, images, hours) => {
        const later = evaluated(policy, images, { now: new Date(NOW.getTime() + hours * 3_600_000) });
        const before = taken(evaluated(policy, images));
        expect(taken(later)).toEqual(expect.arrayContaining(before));
      }),
      RUNS,
    );
  });

  it('says of an age when it holds', () => {
    fc.assert(
      fc.property(anyPolicy, plainImage, (policy, facts) => {
        const at = (now: Date) => evaluated(policy, [facts], { now }).fates.get('');
        const fate = at(NOW);
        if (fate?.is !== 'kept' || fate.why !== 'age') return;
        expect(at(fate.after)?.is).toBe('kept');
        // With a restoring after the push, there are two dates, and this is the earlier one.
        const expected = facts.lastActivatedAt === null ? /^acted-on$/ : /acted-on|uncertain/;
        expect(at(new Date(fate.after.getTime() + 1))?.is).toMatch(expected);
      }),
      RUNS,
    );
  });

  it('is certain only of what holds whatever the unknown facts are', () => {
    let certain = 0;
    fc.assert(
      fc.property(anyPolicy, anyImages, anyGaps, (policy, images, gaps) => {
        const truth = evaluated(policy, images);
        const known = evaluated(policy, withGaps(images, gaps));
        for (const [digest, fate] of known.fates) {
          const real = truth.fates.get(digest);
          // What is uncertain with all facts, for times that are the same, is uncertain with fewer.
          if (fate.is === 'uncertain') continue;
          certain += 1;
          expect(real?.is).toBe(fate.is);
          if (fate.is === 'acted-on')
            expect(real).toMatchObject({ rule: { priority: fate.rule.priority }, action: fate.action });
        }
      }),
      { numRuns: RUNS.numRuns * 2 },
    );
    expect(certain).toBeGreaterThan(RUNS.numRuns);
  });

  it('is certain only of what holds whatever a rule that is not understood does', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        anyImages,
        fc.nat(4),
        fc.subarray(['tagging', 'criterion', 'action', 'storageClass'] as const, { minLength: 1 }),
        (policy, images, at, parts) => {
          const rules = policy.rules.map((rule, place) =>
            place === at % policy.rules.length
              ? {
                  ...rule,
                  ...Object.fromEntries(parts.map((part) => [part, undefined])),
                  unknown: ['it is new'],
                }
              : rule,
          );
          const truth = evaluated(policy, images);
          for (const [digest, fate] of evaluated({ rules }, images).fates) {
            const real = truth.fates.get(digest);
            if (fate.is === 'uncertain') continue;
            expect(real?.is).toBe(fate.is);
            if (fate.is === 'acted-on')
              expect(real).toMatchObject({ rule: { priority: fate.rule.priority } });
          }
        },
      ),
      RUNS,
    );
  });
});

describe('a dead rule', () => {
  it('acts on nothing, and may act on nothing, whatever the images are', () => {
    let found = 0;
    fc.assert(
      fc.property(anyPolicy, anyImages, anyGaps, (policy, images, gaps) => {
        const { dead } = deadRules(policy);
        found += dead.length;
        for (const facts of [images, withGaps(images, gaps)]) {
          const { rules } = evaluated(policy, facts);
          for (const { rule } of dead) {
            const result = rules.find((other) => other.rule === rule);
            expect(result?.actsOn).toEqual([]);
            // With tags that are unknown, each rule looks possible.
            if (facts === images) expect(result?.perhapsActsOn).toEqual([]);
          }
        }
      }),
      { numRuns: RUNS.numRuns * 3 },
    );
    expect(found).toBeGreaterThan(RUNS.numRuns);
  });

  it('is each rule that no single image can reach: any other rule has an image that it would take', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const { dead, undecided } = deadRules(policy);
        expect(undecided).toEqual([]);
        for (const rule of policy.rules) {
          if (dead.some((other) => other.rule === rule)) continue;
          // A character that no pattern has in place of each wildcard.
          const tagsOf = (wildcard: string) =>
            rule.tagging?.status === 'tagged'
              ? rule.tagging.patterns.map((pattern) => pattern.replace(/\*+/g, wildcard))
              : [];
          const candidates = rule.tagging?.status === 'any' ? [[], ['~']] : [tagsOf('~')];
          const reached = candidates.some((tags) => {
            const lone = image('lone', tags, rule.storageClass);
            return (
              evaluated(policy, [lone])
                .rules.find((other) => other.rule === rule)
                ?.identified.includes(lone) && governs(policy, rule, lone)
            );
          });
          expect(reached).toBe(true);
        }
      }),
      RUNS,
    );
  });

  function image(digest: string, tags: readonly string[], storageClass: Rule['storageClass']): ImageFacts {
    return {
      digest,
      tags,
      pushedAt: daysAgo(99),
      lastPulledAt: null,
      lastActivatedAt: null,
      archivedAt: storageClass === 'archive' ? daysAgo(999) : null,
      storageClass,
      isIndex: false,
      children: [],
      subject: null,
    };
  }

  function governs(policy: Policy, rule: Rule, lone: ImageFacts): boolean {
    const fate = evaluated(policy, [lone]).fates.get('lone');
    return fate !== undefined && 'rule' in fate && fate.rule === rule;
  }
});
