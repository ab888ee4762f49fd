/** Large repositories and long patterns. The limits are generous: they tell seconds from minutes. */
import { describe, expect, it } from 'vitest';
import { comparePreview } from '../../../src/audit/lifecycle/preview.ts';
import { reaches, threats } from '../../../src/audit/lifecycle/production.ts';
import { allPatternsRules, deadRules, untaggedRules } from '../../../src/audit/lifecycle/rules.ts';
import { legacySignatures } from '../../../src/audit/lifecycle/signatures.ts';
import { any, count, evaluated, image, policy, pushed, tagged, untagged } from './factories.ts';

const NEEDS = { productionTags: ['prod-*', 'release-*', 'v*'], keep: 10, running: new Set(['d5']) };
const hex = (at: number) => at.toString(16).padStart(64, '0');

/** Each question that a check asks. */
function everything(rules: ReturnType<typeof policy>, images: ReturnType<typeof image>[]): number {
  const start = performance.now();
  const evaluation = evaluated(rules, images);
  deadRules(rules);
  untaggedRules(rules);
  allPatternsRules(rules, evaluation.images);
  threats(evaluation, NEEDS);
  reaches(evaluation, NEEDS);
  legacySignatures(evaluation);
  comparePreview(evaluation, []);
  return performance.now() - start;
}

describe('all questions about a repository', () => {
  const fifty = policy(
    ...Array.from({ length: 48 }, (_, at) => ({
      selection: {
        ...tagged(`team${at}-*`, `*-${at % 7}*`),
        ...(at % 2 === 0 ? count(at + 1) : pushed(at + 1)),
      },
    })),
    { selection: { ...untagged, ...pushed(7) } },
    { selection: { ...any, ...count(5_000) } },
  );

  it('of 20,000 images and 50 rules take seconds at most', () => {
    const images = Array.from({ length: 20_000 }, (_, at) => {
      const tags =
        at % 5 === 0 ? [`sha256-${hex(at)}.sig`] : [`team${at % 60}-${at}`, `v${at}-${at % 9}`, 'ci-x'];
      return image(`d${at}`, at % 3 === 0 ? [] : tags, at / 50, {
        isIndex: at % 4 === 1,
        children: at % 4 === 1 ? [`d${at + 1}`] : [],
        subject: at % 11 === 3 ? `d${at - 2}` : null,
      });
    });
    expect(everything(fifty, images)).toBeLessThan(20_000);
  });

  it('of 20,000 images of one time, in one index, with one digest or referring to each other take no longer', () => {
    const one = Array.from({ length: 20_000 }, (_, at) => image(`d${at}`, ['v1'], 5));
    const twelve = { rules: fifty.rules.slice(-12) };
    const children = one.map(({ digest }) => digest);
    const hostile = [
      one,
      one.map((facts) => ({ ...facts, digest: 'd' })),
      one.map((facts, at) => ({ ...facts, subject: `d${at + 1}` })),
      one.map((facts) => ({ ...facts, isIndex: true, children: ['d5'] })),
      [...one, image('index', [], 5, { isIndex: true, children })],
      one.map((facts) => ({ ...facts, tags: undefined, children: undefined, isIndex: undefined })),
    ];
    for (const images of hostile) expect(everything(twelve, images)).toBeLessThan(20_000);
  }, 150_000);

  it('with long patterns that have much in common take no longer', () => {
    const word = (at: number) => `${'ab'.repeat(35)}${at % 3}`;
    const rules = policy(
      ...Array.from({ length: 50 }, (_, at) => ({
        selection: {
          ...tagged(`*${word(at)}*${word(at + 1)}*${word(at + 2)}*${at}`, `*v*${word(at)}*`),
          ...count(1),
        },
      })),
    );
    const images = Array.from({ length: 500 }, (_, at) =>
      image(`d${at}`, ['ab'.repeat(150), 'v'.repeat(300)], at),
    );
    expect(everything(rules, images)).toBeLessThan(20_000);
  });
});
