import { describe, expect, it } from 'vitest';
import { legacySignatures } from '../../../src/audit/lifecycle/signatures.ts';
import { any, count, evaluated, image, policy, pushed, tagged } from './factories.ts';

const hex = 'a'.repeat(64);
const subject = `sha256:${hex}`;
const signed = (days: number, tags = ['v1']) => image(subject, tags, days);
const signature = (days: number, ending = 'sig') => image('S', [`sha256-${hex}.${ending}`], days);

const summary = (...args: Parameters<typeof evaluated>) =>
  legacySignatures(evaluated(...args)).map(({ countedBy, takenBy, outlivesSubject, subjectIsThere }) => ({
    countedBy: countedBy.map(({ priority }) => priority),
    takenBy: takenBy.map(({ priority }) => priority),
    outlivesSubject,
    subjectIsThere,
  }));

describe('signatures by tag', () => {
  const ages = policy(
    { selection: { ...tagged('v*'), ...count(5) } },
    { selection: { ...any, ...pushed(30) } },
  );

  it.each([
    'sig',
    'att',
    'sbom',
  ])('with the ending .%s are found, and named with what they are about', (ending) => {
    expect(legacySignatures(evaluated(ages, [signed(9), signature(9, ending)]))).toMatchObject([
      { tag: `sha256-${hex}.${ending}`, subject, image: { digest: 'S' } },
    ]);
  });

  it.each([
    `sha256-${hex}`,
    `sha256-${hex}.sig2`,
    'sha256-abc.sig',
    `sha256-${'A'.repeat(64)}.sig`,
    'v1.sig',
  ])('are not what is tagged %s', (tag) => {
    expect(legacySignatures(evaluated(ages, [image('S', [tag], 9)]))).toEqual([]);
  });

  it('that an age takes while the subject is kept are lost', () => {
    const lost = { countedBy: [], takenBy: [2], outlivesSubject: false, subjectIsThere: true };
    expect(summary(ages, [signed(31), signature(31)])).toEqual([lost]);
    expect(summary(ages, [signed(5), signature(4)])).toEqual([lost]);
  });

  it('that take a place in a count are named with its rule', () => {
    const counts = policy({ selection: { ...any, ...count(2) } });
    expect(summary(counts, [signed(5), signature(4)])).toEqual([
      { countedBy: [1], takenBy: [1], outlivesSubject: true, subjectIsThere: true },
    ]);
    // Of one count the older one goes first: here the signature, which may not be.
    expect(summary(counts, [signed(4), signature(5)])).toMatchObject([{ outlivesSubject: undefined }]);
    expect(summary(counts, [signed(4), signature(9), image('B', ['x'], 1)])).toMatchObject([
      { takenBy: [1], outlivesSubject: false },
    ]);
  });

  it('that another count takes than that of the subject are lost', () => {
    const rules = policy(
      { selection: { ...tagged('v*'), ...count(5) } },
      { selection: { ...any, ...count(5) } },
    );
    const images = [signed(5), image('B', ['v2'], 4), signature(1)];
    expect(summary(rules, images)).toMatchObject([{ countedBy: [2], takenBy: [2], outlivesSubject: false }]);
  });

  it('that are deleted after their subject, by the same age or later, do no harm', () => {
    const age = policy({ selection: { ...any, ...pushed(30) } });
    const fine = { countedBy: [], takenBy: [1], outlivesSubject: true };
    expect(summary(age, [signed(5), signature(4)])).toEqual([{ ...fine, subjectIsThere: true }]);
    expect(summary(age, [signed(31), signature(30)])).toEqual([{ ...fine, subjectIsThere: true }]);
    expect(summary(age, [signature(4)])).toEqual([{ ...fine, subjectIsThere: false }]);
    expect(summary(age, [signed(4), signature(5)])).toMatchObject([{ outlivesSubject: false }]);
  });

  it('that no rule concerns are listed as well', () => {
    expect(
      summary(policy({ selection: { ...tagged('v*'), ...count(1) } }), [signed(5), signature(4)]),
    ).toEqual([{ countedBy: [], takenBy: [], outlivesSubject: true, subjectIsThere: true }]);
  });

  it('with unknown properties are not reported as harmless', () => {
    const age = policy({ selection: { ...any, ...pushed(30) } });
    const unknown = { ...signed(31), pushedAt: undefined };
    expect(summary(age, [unknown, signature(31)])).toMatchObject([{ outlivesSubject: undefined }]);
    expect(summary(age, [signed(31), { ...signature(31), pushedAt: undefined }])).toMatchObject([
      { takenBy: [1], outlivesSubject: undefined },
    ]);
    const counts = policy({ selection: { ...any, ...count(2) } });
    expect(summary(counts, [signed(5), { ...signature(4), subject: undefined }])).toMatchObject([
      { countedBy: [1] },
    ]);
  });
});
