import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pullRequestOf } from '../../src/github/pull-request.ts';

const SHA = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);
const repository = { id: 7, full_name: 'octo/app' };
const request = (from: string | undefined) => ({
  number: 12,
  head: { sha: HEAD, repo: from === undefined ? null : { full_name: from } },
});

describe('pullRequestOf', () => {
  const of = (name: string, payload: unknown, sha = SHA) => pullRequestOf({ name, sha, payload });

  it.each(['pull_request', 'pull_request_target', 'pull_request_review'])('is the one of %s', (name) => {
    const own = of(name, { repository, pull_request: request('octo/app') });
    expect(own).toEqual({ kind: 'number', number: 12, head: HEAD, fork: false });
  });

  it.each(['mallory/app', undefined])('says that it comes from a fork: %s', (from) => {
    expect(of('pull_request', { repository, pull_request: request(from) })).toMatchObject({ fork: true });
  });

  it('is the one that was commented on, not an issue', () => {
    expect(of('issue_comment', { issue: { number: 3, pull_request: {} } })).toMatchObject({ number: 3 });
    expect(of('issue_comment', { issue: { number: 3 } })).toEqual({ kind: 'none' });
  });

  it('is the one that the merge queue tries', () => {
    const group = (head_ref: string) => of('merge_group', { merge_group: { head_ref } });
    expect(group(`refs/heads/gh-readonly-queue/main/pr-104-${SHA}`)).toMatchObject({ number: 104 });
    expect(group('refs/heads/main')).toEqual({ kind: 'none' });
  });

  it('is the one of the run that triggered this one, if it is of this repository', () => {
    const payload = (...ids: number[]) => ({
      repository,
      workflow_run: {
        head_sha: HEAD,
        pull_requests: ids.map((id, n) => ({ number: n + 1, head: { sha: HEAD }, base: { repo: { id } } })),
      },
    });
    const found = { kind: 'number', number: 2, head: HEAD, fork: false };
    expect(of('workflow_run', payload(8, 7))).toEqual(found);
    for (const others of [payload(), payload(8), payload(7, 7)]) {
      expect(of('workflow_run', others)).toEqual({ kind: 'commit', sha: HEAD });
    }
  });

  it.each(['push', 'workflow_dispatch', 'schedule'])('has to be looked up by the commit for %s', (name) => {
    expect(of(name, { repository })).toEqual({ kind: 'commit', sha: SHA });
    expect(of(name, undefined, '')).toEqual({ kind: 'none' });
  });

  it('is undefined if GitHub does not send it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        for (const payload of [value, { pull_request: value }, { issue: value }, { workflow_run: value }]) {
          for (const name of ['pull_request', 'merge_group', 'workflow_run']) {
            const target = of(name, payload, text);
            if (target.kind === 'number') expect(target.number).toBeGreaterThan(0);
            if (target.kind === 'commit') expect(target.sha).toMatch(/^[0-9a-f]{40,64}$/);
          }
        }
      }),
    );
  });
});
