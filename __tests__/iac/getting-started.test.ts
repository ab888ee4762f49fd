/** The trust policies in docs/getting-started.md, decided by the audit's evaluator for tokens of GitHub. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assumes, type Token } from './decide.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/getting-started.md'), 'utf8');
const [trust, tags, checks] = [...text.matchAll(/^```json\n(.*?)^```/gms)].map(
  ([, block = '']) => JSON.parse(block) as Record<string, unknown>,
);

/** The first trust policy with another condition. */
function withCondition(condition: unknown): unknown {
  const [statement] = (trust?.Statement ?? []) as Record<string, unknown>[];
  return { ...trust, Statement: [{ ...statement, Condition: condition }] };
}

const POLICIES = {
  branch: trust,
  tags: withCondition(tags),
  checks: withCondition(checks),
} as const;

/** A token for the context of a job, in the form of `sub` with or without IDs. */
function token(context: string, ids: boolean, id = '987654321'): Token {
  const repository = ids ? `acme@12345678/app@${id}` : 'acme/app';
  return { aud: 'sts.amazonaws.com', sub: `repo:${repository}:${context}`, repository_id: id };
}

const MAIN = 'ref:refs/heads/main';
const TAG = 'ref:refs/tags/v1.4.2';
const PULL = 'pull_request';
const QUEUE = 'ref:refs/heads/gh-readonly-queue/main/pr-7-5c5c5c';
const OTHERS = [
  'ref:refs/heads/feature',
  'ref:refs/tags/nightly',
  'ref:refs/heads/gh-readonly-queue/other/pr-7-5c',
  'environment:production',
];

describe.each([
  ['branch', [MAIN]],
  ['tags', [MAIN, TAG]],
  ['checks', [PULL, QUEUE]],
] as const)('the role for %s', (name, trusted) => {
  const may = (given: Token) => assumes(POLICIES[name], given) === 'allowed';

  it.each([
    true,
    false,
  ])('can be assumed by what the text says and by nothing else, IDs in sub: %s', (ids) => {
    const contexts = [MAIN, TAG, PULL, QUEUE, ...OTHERS];
    expect(contexts.filter((context) => may(token(context, ids)))).toEqual(trusted);
  });

  it('cannot be assumed by another repository or for another audience', () => {
    for (const context of trusted) {
      for (const ids of [true, false]) {
        expect(may(token(context, ids, '5'))).toBe(false);
        expect(may({ ...token(context, ids), aud: 'https://github.com/acme' })).toBe(false);
      }
    }
  });
});
