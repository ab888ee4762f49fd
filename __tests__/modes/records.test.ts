/** Which images of a run are recorded on GitHub, under which names, and what a failure leaves. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GitHubComments, startGitHubComments } from '../../emulator/github-comments.ts';
import type { Context } from '../../src/context.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { GateError } from '../../src/errors.ts';
import { parseReference } from '../../src/image/reference.ts';
import type { Resolution, ResolvedImage } from '../../src/image/resolve.ts';
import { newKnown } from '../../src/modes/images.ts';
import { deploymentRecords, isRecordable, record, storageRecords } from '../../src/modes/records.ts';
import type { Digest } from '../../src/results/registry.ts';
import { createFailedImage, createFinding, createImage, createSigning } from '../report/fixtures.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const digestOf = (digit: string): Digest => `sha256:${digit.repeat(64)}`;

let github: GitHubComments;
beforeAll(async () => {
  github = await startGitHubComments('octo/app', {
    token: { id: 1, login: 'github-actions[bot]', access: 'write' },
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

function resolved(digit: string, ...texts: [string, ...string[]]): ResolvedImage {
  const { registry, repository } = parseReference(texts[0]);
  const digest = digestOf(digit);
  return {
    references: texts,
    ...{ registry, repository, digest, uri: `${registry.host}/${repository}@${digest}` },
    isIndex: false,
    platforms: [],
    attestations: [],
    skipped: [],
  };
}

function unresolvedImage(text: string): Resolution {
  const { registry, repository } = parseReference(text);
  return { references: [text], registry, repository, error: new GateError('not-found', 'No image.') };
}

const place = { environment: 'production', region: undefined, cluster: undefined };

describe('the records', () => {
  it('have the same name for every host name of a registry', () => {
    const hosts = [
      HOST,
      '123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com',
      '123456789012.dkr-ecr.eu-central-1.on.aws',
    ];
    const names = hosts.flatMap((host) => storageRecords([resolved('a', `${host}/team/app:1`)]));
    expect(new Set(names.map(({ body }) => body.name))).toEqual(new Set([`${HOST}/team/app`]));
  });

  it('of deployments have the digest of the reference in the same line, and the name in the same line', () => {
    const lines = [`${HOST}/app:1`, `${HOST}/web:1`, `${HOST}/app:same`];
    // Two references of one digest are one image, which is deployed twice.
    const images = [resolved('a', `${HOST}/app:1`, `${HOST}/app:same`), resolved('b', `${HOST}/web:1`)];
    const records = deploymentRecords(lines.map(parseReference), images, {
      ...place,
      names: ['first', 'second', 'third'],
    });
    expect(
      records.map(({ body }) => ['deployment_name' in body && body.deployment_name, body.digest]),
    ).toEqual([
      ['first', digestOf('a')],
      ['second', digestOf('b')],
      ['third', digestOf('a')],
    ]);
  });

  it('have no image that was not resolved', () => {
    const images = [unresolvedImage(`${HOST}/app:1`), resolved('b', `${HOST}/web:1`)];
    const references = [`${HOST}/app:1`, `${HOST}/web:1`].map(parseReference);
    const records = [
      ...storageRecords(images),
      ...deploymentRecords(references, images, { ...place, names: ['first', 'second'] }),
    ];
    expect(records.map(({ body }) => body.digest)).toEqual([digestOf('b'), digestOf('b')]);
  });
});

describe('a run', () => {
  const passing = createImage();
  const warning = createImage([createFinding({ severity: 'HIGH' })]);
  const blocked = createImage([createFinding()]);
  const failed = createFailedImage(new GateError('not-found', 'No image.'));
  const verified = { ...createImage(), outcome: { kind: 'verified' } as const };

  it('is recorded only if it has images and every one of them passed', () => {
    const good = [passing, warning, verified];
    const anyImages = fc.array(fc.constantFrom(...good, blocked, failed), { maxLength: 4 });
    fc.assert(
      fc.property(anyImages, (images) => {
        const isGood = images.length > 0 && images.every((image) => good.includes(image as never));
        expect(isRecordable({ images })).toBe(isGood);
      }),
    );
  });

  it.each([
    'done',
    'partly',
    'withheld',
    'failed',
  ] as const)('that signs is recorded only if all images are signed: %s', (state) => {
    expect(isRecordable({ images: [passing], signing: createSigning({ state }) })).toBe(state === 'done');
    expect(isRecordable({ images: [blocked], signing: createSigning({ state }) })).toBe(false);
  });
});

/** Writes records within a run of a minute, of which some time is over. */
async function write(
  names: readonly string[],
  { elapsedMs = 0, cancelled = new AbortController() } = {},
): Promise<{ known: ReturnType<typeof newKnown>; warnings: string[]; masked: string[] }> {
  const startMs = performance.now();
  let now = startMs;
  const clock = { ...systemClock, now: () => now };
  const deadline = startDeadline(60_000, clock, cancelled.signal);
  now += elapsedMs;
  const warnings: string[] = [];
  const masked: string[] = [];
  const known = newKnown(new Date());
  const context: Context = {
    environment: { GITHUB_REPOSITORY: 'octo/app', GITHUB_SERVER_URL: 'https://github.example' },
    workspace: '/',
    clock,
    deadline,
    random: () => 0,
    log: () => {},
    warn: (text) => warnings.push(text),
    mask: (secret) => masked.push(secret),
  };
  const images = names.map((name) => resolved('a', `${HOST}/${name}:1`));
  await record(storageRecords(images), { githubToken: 'token' }, context, known);
  deadline.clear();
  return { known, warnings, masked };
}

describe('what is written', () => {
  it('is known afterwards', async () => {
    const { known, warnings, masked } = await write(['app', 'web']);
    expect(known.records).toEqual({
      kind: 'storage',
      written: 2,
      organization: 'octo',
      page: 'https://github.example/orgs/octo/artifacts',
    });
    expect([warnings, known.notices, masked]).toEqual([[], [], ['token']]);
  });

  it('is nothing if there is no image', async () => {
    const { known, warnings } = await write([]);
    expect([known.records, warnings, github.requests]).toEqual([undefined, [], []]);
  });

  it('is nothing shortly before the end of the run, which the warning says', async () => {
    const { known, warnings } = await write(['app'], { elapsedMs: 59_500 });
    expect(github.requests).toEqual([]);
    expect(known.records).toBeUndefined();
    expect(warnings).toEqual([
      'Not recorded on GitHub (storage): 1 of 1 records. The verdict does not depend on them. The run had no time left for them. Set a longer timeout.',
    ]);
    expect(known.notices).toEqual(warnings);
  });

  it('is nothing in a cancelled run, without a warning', async () => {
    const cancelled = new AbortController();
    cancelled.abort();
    const { known, warnings, masked } = await write(['app'], { cancelled });
    expect([github.requests, known.records, warnings, masked]).toEqual([[], undefined, [], []]);
  });

  it('ends when the job is cancelled', async () => {
    github.reset({ faults: [{ request: /storage-record/, status: 'hang' }] });
    const cancelled = new AbortController();
    setTimeout(() => cancelled.abort(), 100);
    const { known, warnings } = await write(['app', 'web'], { cancelled });
    expect([github.requests.length, known.records, warnings]).toEqual([1, undefined, []]);
  });

  it('is followed by a warning with a few of the reasons for the rest', async () => {
    github.reset({ faults: [{ request: /storage-record/, status: 422, after: 1, message: 'Refused' }] });
    const { known, warnings } = await write(['app', 'web', 'api', 'job', 'tool', 'cli']);
    expect(known.records?.written).toBe(1);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^Not recorded on GitHub \(storage\): 5 of 6 records\./);
    expect(warnings[0]?.match(/Refused/g)).toHaveLength(3);
    expect(warnings[0]).toMatch(/Reasons that are not listed here: 2\.$/);
  });
});
