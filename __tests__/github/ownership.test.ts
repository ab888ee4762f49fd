/** Refs of a repository, and commits of forks that GitHub serves under its name. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHubEmulator, startGitHub } from '../../emulator/github.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { createGitHub, readGitHubFile } from '../../src/github/client.ts';
import { refuseForeignCommit, refuseForeignName } from '../../src/github/ownership.ts';
import { loadPolicy } from '../../src/modes/load.ts';
import { rejection } from '../policy/errors.ts';

/** The nth commit of a history. */
const commit = (name: string, at = 0) =>
  `${Buffer.from(name).toString('hex')}${at}`.padEnd(40, 'a').slice(0, 40);

const MAIN = [commit('main', 2), commit('main', 1), commit('main', 0)];
const [TIP = '', PARENT = '', ROOT = ''] = MAIN;
const RELEASE = [commit('release', 1), commit('release', 0), ROOT];
const TAGGED = [commit('tagged', 1), commit('tagged', 0), ROOT];
/** A fork's: on the default branch's newest commit, and with a history of its own. */
const FORKED = commit('forked');
const UNRELATED = commit('unrelated');
const POLICY = 'version: 1\n';

let github: GitHubEmulator;

beforeEach(async () => {
  const refs = [...MAIN, ...RELEASE, ...TAGGED, FORKED, UNRELATED];
  const names = ['main', 'release/1', 'v1', 'refs/heads/main', 'pull/7/head', FORKED.slice(0, 10)];
  github = await startGitHub([
    {
      name: 'org/security',
      tokens: ['t'],
      defaultBranch: 'main',
      files: Object.fromEntries([...refs, ...names].map((ref) => [`${ref}:policy.yml`, POLICY])),
      branches: { main: MAIN, 'release/1': RELEASE, cafe1234: [ROOT] },
      tags: { v1: TAGGED, 'v1-1-g0123456': [ROOT] },
      foreign: [[FORKED, ...MAIN]],
    },
  ]);
});

afterEach(() => github.close());

function client() {
  const deadline = startDeadline(20_000, systemClock, new AbortController().signal);
  return createGitHub({ token: 't', deadline, environment: { GITHUB_API_URL: github.url }, random: () => 0 });
}

const at = (ref: string) => ({ owner: 'org', repo: 'security', path: 'policy.yml', ref });
async function check(ref: string): Promise<void> {
  refuseForeignName(at(ref));
  await refuseForeignCommit(client(), at(ref));
}
const FOREIGN = /the commit was not found on any branch or tag of org\/security/;

describe('a commit', () => {
  it.each([
    ['the newest of the default branch', TIP, 2],
    ['an older one', PARENT, 2],
    ['its first', ROOT, 2],
    ['written in upper case', PARENT.toUpperCase(), 2],
    ['the newest of another branch', RELEASE[0] ?? '', 4],
    ['that a tag points at', TAGGED[0] ?? '', 4],
    ['an older one of another branch', RELEASE[1] ?? '', 6],
    ['an older one below a tag', TAGGED[1] ?? '', 8],
  ])('%s, is the repository’s own', async (_, sha, most) => {
    await expect(check(sha)).resolves.toBeUndefined();
    expect(github.requests.length).toBeLessThanOrEqual(most);
  });

  it.each([
    ['of a fork, on top of the default branch', FORKED],
    ['of a fork, in upper case', FORKED.toUpperCase()],
    ['of a history of its own', UNRELATED],
    ['that does not exist', commit('nobody')],
  ])('%s, is refused, although GitHub serves the file', async (_, sha) => {
    if (sha === FORKED) expect((await readGitHubFile(client(), at(sha))).toString()).toBe(POLICY);
    const error = await rejection(check(sha));
    expect(error.code).toBe('input');
    expect(error.message).toMatch(FOREIGN);
    expect(error.nextStep).toBe(
      'Use a commit on the default branch (main) of org/security, or a commit that a tag points at.',
    );
  });

  it('causes a limited number of requests', async () => {
    await github.close();
    const branches = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`b${index}`, [commit('branch', index), ROOT]]),
    );
    github = await startGitHub([
      {
        name: 'org/security',
        tokens: ['t'],
        files: {},
        branches: { main: MAIN, ...branches },
        foreign: [[FORKED, ROOT]],
      },
    ]);
    expect((await rejection(check(FORKED))).message).toMatch(FOREIGN);
    expect(github.requests).toHaveLength(24);
  });

  const proof = {
    status: 'behind',
    ahead_by: 0,
    base_commit: { sha: TIP },
    merge_base_commit: { sha: FORKED },
  };
  it.each<[string, unknown]>([
    ['no status', { ...proof, status: undefined }],
    ['a status that is unknown', { ...proof, status: 'contained' }],
    ['a status that says ahead', { ...proof, status: 'ahead' }],
    ['another merge base', { ...proof, merge_base_commit: { sha: ROOT } }],
    ['no merge base', { ...proof, merge_base_commit: null }],
    ['commits of its own', { ...proof, ahead_by: 1 }],
    ['no number of them', { ...proof, ahead_by: undefined }],
    ['a list', [proof]],
    ['a text', 'behind'],
    ['nothing', null],
  ])('is not on the branch if the comparison has %s', async (_, body) => {
    const alter = () => body;
    github.fail({}, { alter });
    expect((await rejection(check(FORKED))).message).toMatch(FOREIGN);
  });

  it('is on the branch if the comparison has all of that', async () => {
    github.fail({}, { alter: () => proof });
    await expect(check(FORKED)).resolves.toBeUndefined();
  });

  it('is compared with the commit that a branch points at, and no other', async () => {
    // The first comparison is with the default branch; the second with the tip of another branch.
    const other = { ...proof, base_commit: { sha: ROOT } };
    github.fail({}, {}, {}, {}, { alter: () => other });
    expect((await rejection(check(FORKED))).message).toMatch(FOREIGN);
  });

  it.each([
    ['a list of branches without commits', { alter: () => [{ name: 'x' }, null, { commit: { sha: 1 } }] }],
    ['a list that is none', { alter: () => ({ commit: { sha: FORKED } }) }],
  ])('is refused after %s', async (_, fault) => {
    github.fail({}, {}, fault);
    expect((await rejection(check(FORKED))).message).toMatch(FOREIGN);
  });

  it('is refused if GitHub does not name the default branch', async () => {
    github.fail({ alter: () => ({ default_branch: 7 }) });
    const error = await rejection(check(FORKED));
    expect(error.message).toMatch(FOREIGN);
    expect(error.nextStep).toContain('on the default branch of org/security');
  });

  it('is not believed after an answer that is too large, and the other branches are looked at', async () => {
    github.fail({}, { alter: () => ({ ...proof, files: 'x'.repeat(1024 * 1024) }) });
    expect((await rejection(check(FORKED))).message).toMatch(FOREIGN);
  });

  it.each([
    [{ status: 403 }, 'GitHub denies access'],
    [{ status: 401 }, 'GitHub does not accept the token'],
    [{ status: 301, headers: { location: 'http://127.0.0.1:1/' } }, 'the repository has moved'],
    [{ status: 418 }, 'GitHub returned HTTP 418'],
  ])('is neither one nor the other after %j', async (fault, message) => {
    github.fail({}, fault);
    const error = await rejection(check(PARENT));
    expect(error.message).toContain(`org/security/policy.yml@${PARENT} cannot be read: ${message}`);
  });
});

describe('a name', () => {
  it.each([
    ['main', 0],
    ['release/1', 0],
    ['v1', 0],
    ['refs/heads/main', 0],
    ['refs/tags/v1', 0],
    // What looks like a commit has to be a branch or tag: GitHub is asked.
    ['cafe1234', 2],
    ['refs/heads/cafe1234', 0],
    ['v1-1-g0123456', 1],
  ])('%s is that of a branch or tag, which takes %d requests', async (ref, requests) => {
    await expect(check(ref)).resolves.toBeUndefined();
    expect(github.requests).toHaveLength(requests);
  });

  it.each([
    ['a pull request’s newest commit', 'pull/7/head', 0],
    ['what GitHub merges for it', 'pull/7/merge', 0],
    ['its full name', 'refs/pull/7/head', 0],
    ['another of GitHub’s own', 'refs/__gh__/x', 0],
    ['neither a branch’s nor a tag’s full name', 'refs/notes/commits', 0],
    ['an abbreviated commit', PARENT.slice(0, 7), 2],
    ['one in upper case', FORKED.slice(0, 12).toUpperCase(), 2],
    ['39 digits of one', PARENT.slice(0, 39), 2],
    ['41 digits', `${PARENT}0`, 2],
    ['64 digits', 'a'.repeat(64), 2],
    ['what git describe prints', `v1-2-g${PARENT.slice(0, 7)}`, 2],
    ['a part of a name that looks like a commit', 'cafe123', 2],
  ])('that is %s is refused: %s', async (_, ref, requests) => {
    const error = await rejection(check(ref));
    expect(error.code).toBe('input');
    expect(error.message).toBe(
      `org/security/policy.yml@${ref}: ${ref} is neither a branch nor a tag of org/security.`,
    );
    expect(error.nextStep).toBe('Use a branch, a tag, or all 40 digits of a commit.');
    expect(github.requests).toHaveLength(requests);
  });

  it('that GitHub could resolve to another is refused on every branch', async () => {
    await github.close();
    github = await startGitHub([
      {
        name: 'org/security',
        tokens: ['t'],
        files: { 'pull/7/head:policy.yml': POLICY },
        branches: { main: MAIN, 'pull/7/head': MAIN },
      },
    ]);
    expect((await rejection(check('pull/7/head'))).code).toBe('input');
    // By its full name it is the branch.
    await expect(check('refs/heads/pull/7/head')).resolves.toBeUndefined();
  });

  it.each([
    [{ ref: 'refs/heads/cafe12345', object: { sha: TIP } }],
    [[{ ref: 'refs/heads/cafe1234' }]],
    [{ object: { sha: TIP } }],
    [null],
  ])('is not believed to be a branch after the answer %j', async (body) => {
    github.fail({}, { alter: () => body });
    expect((await rejection(check('cafe1234'))).code).toBe('input');
  });
});

describe('a policy', () => {
  const load = (ref: string) =>
    loadPolicy(`org/security/policy.yml@${ref}`, { workspace: '/', github: client() });

  it.each([
    [PARENT, false],
    ['main', true],
    ['v1', true],
    ['refs/heads/main', true],
  ])('at %s is read', async (ref, moving) => {
    expect((await load(ref)).source).toMatchObject({ uri: `org/security/policy.yml@${ref}`, moving });
  });

  it.each([
    FORKED,
    'pull/7/head',
    FORKED.slice(0, 10),
  ])('at %s is not, although GitHub serves it', async (ref) => {
    expect((await readGitHubFile(client(), at(ref))).toString()).toBe(POLICY);
    expect((await rejection(load(ref))).message).toMatch(
      /is neither a branch nor a tag|was not found on any branch/,
    );
  });
});
