import { describe, expect, it } from 'vitest';
import { comparePreview, type PreviewedImage } from '../../../src/audit/lifecycle/preview.ts';
import { ARCHIVE, any, count, evaluated, image, policy, pushed, tagged } from './factories.ts';

const rules = policy(
  { selection: { ...tagged('v*'), ...count(1) } },
  { selection: { ...tagged('x'), ...pushed(30) }, action: ARCHIVE },
  { selection: { ...any, ...pushed(5) } },
);
const images = [
  image('v2', ['v2'], 1),
  image('v1', ['v1'], 2),
  image('x', ['x'], 99),
  image('old', [], 9),
  image('young', [], 1),
];
const right: PreviewedImage[] = [
  { digest: 'v1', action: 'expire', priority: 1 },
  { digest: 'x', action: 'archive', priority: 2 },
  { digest: 'old', action: 'expire', priority: 3 },
];
const compare = (preview: readonly PreviewedImage[], more = images) =>
  comparePreview(evaluated(rules, more), preview);
const without = (digest: string) => right.filter((entry) => entry.digest !== digest);

describe('a preview', () => {
  it('that says the same has no differences', () => {
    expect(compare(right)).toEqual({ differences: [], undecided: [] });
  });

  it.each<[string, PreviewedImage[], object]>([
    [
      'lists less',
      without('v1'),
      { digest: 'v1', preview: undefined, evaluator: { action: 'expire', priority: 1 } },
    ],
    [
      'lists more',
      [...right, { digest: 'v2', action: 'expire', priority: 1 }],
      { digest: 'v2', preview: { action: 'expire', priority: 1 }, evaluator: undefined },
    ],
    [
      'names another rule',
      [...without('x'), { digest: 'x', action: 'archive', priority: 3 }],
      {
        digest: 'x',
        preview: { action: 'archive', priority: 3 },
        evaluator: { action: 'archive', priority: 2 },
      },
    ],
    [
      'names another action',
      [...without('x'), { digest: 'x', action: 'expire', priority: 2 }],
      {
        digest: 'x',
        preview: { action: 'expire', priority: 2 },
        evaluator: { action: 'archive', priority: 2 },
      },
    ],
    [
      'names an action that is unknown, for an image that is kept',
      [...right, { digest: 'v2', action: undefined, priority: 1 }],
      { digest: 'v2', preview: { action: undefined, priority: 1 }, evaluator: undefined },
    ],
  ])('that %s differs', (_, preview, difference) => {
    expect(compare(preview)).toEqual({ differences: [difference], undecided: [] });
  });

  const old = image('edge', [], 5.5);
  it.each<[string, (typeof images)[number] | undefined, PreviewedImage | undefined, string]>([
    [
      'an image that came later',
      undefined,
      { digest: 'edge', action: 'expire', priority: 3 },
      'was not in the repository',
    ],
    ['an image that reached the age less than a day ago', old, undefined, 'within a day'],
    [
      'an image that reaches the age within a day',
      image('edge', [], 4.5),
      { digest: 'edge', action: 'expire', priority: 3 },
      'within a day',
    ],
    [
      'an uncertain image',
      { ...old, pushedAt: undefined },
      { digest: 'edge', action: 'expire', priority: 3 },
      'is unknown',
    ],
    ['an uncertain image that ECR does not list', { ...old, pushedAt: undefined }, undefined, 'is unknown'],
    [
      'an artifact that goes with its subject',
      image('edge', [], 1, { subject: 'old' }),
      undefined,
      'follows',
    ],
    [
      'an artifact that stays with its subject',
      image('edge', [], 99, { subject: 'v2' }),
      { digest: 'edge', action: 'expire', priority: 3 },
      'follows',
    ],
    [
      'an entry that names nothing',
      image('edge', [], 1),
      { digest: 'edge', action: undefined, priority: undefined },
      'no action',
    ],
  ])('proves nothing about %s', (_, facts, entry, reason) => {
    const { differences, undecided } = compare(
      [...right, ...(entry ? [entry] : [])],
      [...images, ...(facts ? [facts] : [])],
    );
    expect(differences).toEqual([]);
    expect(undecided).toEqual([{ digest: 'edge', reason: expect.stringContaining(reason) }]);
  });
});
