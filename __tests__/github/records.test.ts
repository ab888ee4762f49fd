/** Records in GitHub's artifact metadata: their fields and limits, and what is said of every failure. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GitHubComments, startGitHubComments } from '../../emulator/github-comments.ts';
import { problemOf } from '../../emulator/github-records.ts';
import {
  type ArtifactRecord,
  deploymentRecord,
  storageRecord,
  type WrittenRecords,
  writeRecords,
} from '../../src/github/records.ts';
import { isRepository } from '../../src/image/reference.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;
const NAME = `${HOST}/team/app`;
const BOT = { id: 41898282, login: 'github-actions[bot]' };
const STORAGE = /storage-record$/;

let github: GitHubComments;
beforeAll(async () => {
  github = await startGitHubComments('octo/app.web', {
    writer: { ...BOT, access: 'write' },
    reader: { ...BOT, access: 'read' },
    stranger: { ...BOT, access: 'none' },
  });
  // It is read when @actions/github is first loaded.
  vi.stubEnv('GITHUB_API_URL', github.url);
});
afterAll(async () => {
  await github.close();
  vi.unstubAllEnvs();
});
beforeEach(() => github.reset());
afterEach(() => expect(github.refused).toEqual([]));

const stored = (name = NAME, digit = 'a') => storageRecord({ name, digest: digestOf(digit) });
const place = { environment: 'production', region: 'eu-central-1', cluster: 'blue', name: 'shop-app' };
const deployed = (digit = 'a', changes: Partial<typeof place> = {}) =>
  deploymentRecord({ name: NAME, digest: digestOf(digit) }, { ...place, ...changes });

function write(
  records: readonly ArtifactRecord[],
  token = 'writer',
  { timeoutMs = 10_000, env = {} }: { timeoutMs?: number; env?: Record<string, string> } = {},
): Promise<WrittenRecords> {
  const environment = {
    GITHUB_REPOSITORY: 'octo/app.web',
    GITHUB_SERVER_URL: 'https://github.example',
    ...env,
  };
  return writeRecords(records, { token, environment }, AbortSignal.timeout(timeoutMs));
}

describe('a record', () => {
  it('says where an image is stored, without its URL', async () => {
    expect(await write([stored()])).toEqual({
      organization: 'octo',
      page: 'https://github.example/orgs/octo/artifacts',
      written: 1,
      problems: [],
    });
    expect(github.records).toEqual([
      {
        kind: 'storage',
        fields: {
          id: 1,
          name: NAME,
          digest: digestOf('a'),
          registry_url: `https://${HOST}`,
          repository: 'team/app',
          status: 'active',
          github_repository: 'app.web',
        },
      },
    ]);
  });

  it('says where an image is deployed, and replaces that of the same deployment only', async () => {
    await write([deployed('a'), deployed('a', { cluster: 'green' })]);
    expect(await write([deployed('b')])).toMatchObject({ written: 1, problems: [] });
    expect(github.records.map(({ fields }) => [fields.cluster, fields.digest])).toEqual([
      ['blue', digestOf('b')],
      ['green', digestOf('a')],
    ]);
    expect(github.records[0]?.fields).toMatchObject({
      status: 'deployed',
      logical_environment: 'production',
      physical_environment: 'eu-central-1',
      deployment_name: 'shop-app',
    });
  });

  it('does not have what the workflow does not say', () => {
    const { body } = deploymentRecord(
      { name: NAME, digest: digestOf('a') },
      { environment: 'production', region: undefined, cluster: undefined, name: 'app' },
    );
    expect(Object.keys(body).sort()).toEqual([
      'deployment_name',
      'digest',
      'logical_environment',
      'name',
      'status',
    ]);
  });

  it('of any repository that ECR allows is valid, or is not sent', async () => {
    const letters = fc.stringMatching(/^[a-z0-9]{1,128}(\/[a-z0-9]{1,120}){0,2}$/).filter(isRepository);
    await fc.assert(
      fc.asyncProperty(letters, async (repository) => {
        github.reset();
        const name = `${HOST}/${repository}`;
        const { written, problems } = await write([stored(name)]);
        expect([written, problems.length]).toEqual(name.length <= 256 ? [1, 0] : [0, 1]);
        expect(github.requests).toHaveLength(written);
        // The name contains what is left out.
        const sent = github.records[0]?.fields;
        if (written === 1) expect(sent?.repository).toBe(repository.length <= 128 ? repository : undefined);
      }),
      { numRuns: 30, examples: [['a'.repeat(128)], ['a'.repeat(129)], ['a'.repeat(256)]] },
    );
  });

  it('would be refused by the emulator if it had a URL, or a field that is too long', () => {
    const { body } = stored();
    expect(problemOf('storage', body)).toBeUndefined();
    const url = `https://${NAME}@${digestOf('a')}`;
    expect(problemOf('storage', { ...body, artifact_url: `${url}${'a'.repeat(20)}` })).toMatch(
      /artifact_url/,
    );
    expect(problemOf('storage', { ...body, digest: 'sha256:abc' })).toMatch(/digest/);
    expect(problemOf('deployment', { ...deployed().body, cluster: 'a'.repeat(129) })).toMatch(/cluster/);
    const { logical_environment: _, ...nowhere } = deployed().body as unknown as Record<string, string>;
    expect(problemOf('deployment', nowhere)).toMatch(/logical_environment/);
    expect(problemOf('deployment', body)).toBe('not modelled');
  });
});

describe('a failure', () => {
  it.each([
    ['an invalid token', 'unknown', {}, /does not accept the token .* Remove github-token/],
    ['no permission', 'reader', {}, /permission artifact-metadata: write\.$/],
    ['a token of another owner', 'stranger', {}, /permission artifact-metadata: write/],
    [
      'a repository of a user',
      'writer',
      { owner: 'user' as const },
      /of an organization, .* Otherwise, remove deployment-record\.$/,
    ],
    ['a rate limit', 'writer', { status: 429 }, /limits the requests .* Run the job again later\.$/],
    [
      'a secondary rate limit',
      'writer',
      { status: 403, message: 'You have exceeded a secondary rate limit.' },
      /limits the requests of this token: You have exceeded a secondary rate limit\. Run the job again later\.$/,
    ],
    ['a server error', 'writer', { status: 502 }, /did not confirm the record: .* run the job again\.$/],
    [
      'an accepted request',
      'writer',
      { status: 202 },
      /HTTP 202\. It is unknown whether anything was written\.$/,
    ],
    [
      'a redirect',
      'writer',
      { status: 307, location: '/orgs/other/artifacts/metadata/storage-record' },
      /the repository has moved, and nothing was written/,
    ],
    ['no body', 'writer', { status: 200, body: '' }, /response does not contain it/],
    ['no JSON', 'writer', { status: 200, body: '<html>Sign in</html>' }, /did not confirm the record/],
    [
      'no record',
      'writer',
      { status: 200, body: '{"total_count":0,"storage_records":[]}' },
      /does not contain it/,
    ],
    ['a null', 'writer', { status: 200, body: '{"storage_records":[null,1]}' }, /does not contain it/],
    [
      'the record of another image',
      'writer',
      { status: 200, body: JSON.stringify({ storage_records: [{ digest: digestOf('b') }] }) },
      /does not contain it/,
    ],
    [
      'a record of another kind',
      'writer',
      { status: 200, body: JSON.stringify({ deployment_records: [{ digest: digestOf('a') }] }) },
      /does not contain it/,
    ],
  ])('by %s says what to do, and ends it after one request', async (_, token, given, message) => {
    const { owner, ...fault } = { owner: undefined, ...given };
    github.reset({
      ...(owner !== undefined && { owner }),
      faults: 'status' in fault ? [{ request: STORAGE, ...fault }] : [],
    });
    const { written, problems } = await write([stored(NAME, 'a'), stored(NAME, 'c')], token);
    expect(written).toBe(0);
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(github.requests).toHaveLength(1);
    expect(github.records).toEqual([]);
  });

  it('of a single record does not keep the others from being written', async () => {
    const bad = { ...stored(NAME, 'b') } as ArtifactRecord & { kind: 'storage' };
    const invalid: ArtifactRecord = { ...bad, body: { ...bad.body, digest: 'sha256:b' } };
    const { written, problems } = await write([stored(NAME, 'a'), invalid, stored(NAME, 'c')]);
    expect(written).toBe(2);
    expect(problems).toEqual([expect.stringMatching(/app@sha256:b: GitHub refused the record: .*digest/)]);
    expect(github.records.map(({ fields }) => fields.digest)).toEqual([digestOf('a'), digestOf('c')]);
  });

  it('keeps what was written before it', async () => {
    github.reset({ faults: [{ request: STORAGE, status: 503, after: 1 }] });
    const { written, problems } = await write([stored(NAME, 'a'), stored(NAME, 'b'), stored(NAME, 'c')]);
    expect([written, problems.length, github.requests.length]).toEqual([1, 1, 2]);
  });

  it('to respond ends it in time', async () => {
    github.reset({ faults: [{ request: STORAGE, status: 'hang' }] });
    const { written, problems } = await write([stored()], 'writer', { timeoutMs: 200 });
    expect([written, problems]).toEqual([0, ['GitHub did not respond in time. Run the job again.']]);
  });

  it('quotes GitHub in one short line', async () => {
    github.reset({
      faults: [{ request: STORAGE, status: 500, message: `a\n::error::b\r\n${'c'.repeat(5000)}` }],
    });
    const { problems } = await write([stored()]);
    expect(problems.join().length).toBeLessThan(500);
    expect(problems.join()).not.toMatch(/[\r\n]/);
  });

  it.each([
    '',
    'octo',
    'octo/..',
    'octo/a/b',
    '../octo/app',
  ])('is that no request is sent for the repository "%s"', async (GITHUB_REPOSITORY) => {
    await expect(write([stored()], 'writer', { env: { GITHUB_REPOSITORY } })).rejects.toThrow(
      'GITHUB_REPOSITORY names no repository',
    );
    expect(github.requests).toEqual([]);
  });

  it.each(['', 'javascript:alert(1)', 'https://a b'])('has no page on the server "%s"', async (url) => {
    expect(await write([stored()], 'writer', { env: { GITHUB_SERVER_URL: url } })).toMatchObject({
      page: undefined,
      written: 1,
    });
  });
});
