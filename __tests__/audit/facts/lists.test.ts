/** Lists of several pages, scan statuses, and what indexes list or why that is unknown. */
import { describe, expect, it } from 'vitest';
import type { ImageSpec, Scenario } from '../../../emulator/scenario.ts';
import { ACCOUNT, HOST, REGION } from '../../../emulator/scenarios/build.ts';
import { asKnown } from '../../../src/audit/facts.ts';
import { ImageSet, platformImages } from '../../../src/audit/images.ts';
import { collect, gapOf, knownOf, registryOf, repositoryOf } from './stage.ts';

const many = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const trust = { Version: '2012-10-17', Statement: [] };

const plain: Scenario = {
  name: 'plain',
  description: 'A registry with one repository.',
  account: ACCOUNT,
  region: REGION,
  repositories: [{ name: 'app', images: [] }],
  images: [],
};

function image(name: string, more: Partial<Extract<ImageSpec, { kind: 'image' }>> = {}): ImageSpec {
  return { kind: 'image', name, contents: 'base', annotations: { name }, timeline: [], ...more };
}

function indexOf(name: string, children: readonly ImageSpec[], archived = false): ImageSpec {
  return { kind: 'index', name, tag: name, children, ...(archived && { archived }) };
}

describe('a list', () => {
  it('of ECS, Lambda, IAM or Inspector is read to its last page', async () => {
    const run = await collect({
      ...plain,
      inspector: {
        filters: many(130, (at) => ({
          name: `filter-${at}`,
          criteria: { title: [{ comparison: 'EQUALS', value: 'x' }] },
        })),
      },
      registry: { pullTimeExclusions: many(130, (at) => `arn:aws:iam::${ACCOUNT}:role/scanner-${at}`) },
      iam: { [ACCOUNT]: { roles: many(620, (at) => ({ name: `role-${at}`, trust })) } },
      workloads: {
        ecs: {
          taskDefinitions: many(120, (at) => ({
            family: `family-${at}`,
            executionRole: 'role-0',
            containers: { app: `${HOST}/app:${at}` },
          })),
          clusters: many(101, (at) => ({
            name: `cluster-${at}`,
            services:
              at > 0 ? [] : many(120, (nth) => ({ name: `web-${nth}`, taskDefinition: 'family-1:1' })),
            tasks: at > 0 ? [] : many(230, () => ({ taskDefinition: 'family-2:1' })),
          })),
        },
        lambda: many(120, (at) => ({ name: `function-${at}`, role: 'role-1', image: `${HOST}/app:${at}` })),
      },
    });
    const { workloads, suppressionFilters, pullTimeExclusions } = registryOf(run);
    const uses = knownOf(workloads.ecs);
    expect(uses.filter(({ kind }) => kind === 'ecs-service')).toHaveLength(120);
    expect(uses.filter(({ kind }) => kind === 'ecs-task')).toHaveLength(230);
    expect(knownOf(workloads.ecsRoles)).toHaveLength(120);
    expect(knownOf(workloads.lambda)).toHaveLength(120);
    expect(knownOf(suppressionFilters)).toHaveLength(130);
    expect(knownOf(pullTimeExclusions)).toHaveLength(130);
    const [account] = run.facts.accounts;
    expect(account && knownOf(account.principals)).toHaveLength(620);
    expect(run.facts.notices).toEqual([]);
  });

  it("of a function's versions is read to its last page, and is unknown beyond a thousand versions", async () => {
    const versions = (count: number) =>
      Object.fromEntries(many(count, (at) => [`${at + 1}`, { image: `${HOST}/app:${at}` }]));
    const read = (count: number, more: object = {}) =>
      collect({
        ...plain,
        workloads: {
          lambda: [
            { name: 'orders', role: 'role-1', image: `${HOST}/app:new`, versions: versions(count), ...more },
          ],
        },
      });
    const some = await read(120, { aliases: { live: ['7'] } });
    expect(knownOf(registryOf(some).workloads.lambda).map(({ by }) => by)).toEqual([
      'lambda:function/orders',
      'lambda:function/orders:7',
    ]);
    expect(knownOf(registryOf(some).workloads.lambdaVersions)).toHaveLength(119);
    const tooMany = await read(1_001);
    expect(gapOf(registryOf(tooMany).workloads.lambdaVersions)?.reason).toMatch(/1001 published versions/);
    expect(knownOf(registryOf(tooMany).workloads.lambda)).toHaveLength(1);
    expect(tooMany.facts.notices).toEqual([expect.stringMatching(/1001 published versions .* Delete/)]);
  });

  it("of a function's versions is not the whole one without the version that each function has", async () => {
    const run = await collect(
      { ...plain, workloads: { lambda: [{ name: 'orders', role: 'role-1', image: `${HOST}/app:new` }] } },
      {
        alter: ({ api, answer }) =>
          api === 'ListVersionsByFunction' ? { ...answer, body: { Versions: [] } } : answer,
      },
    );
    const { lambda, lambdaVersions } = registryOf(run).workloads;
    expect(gapOf(lambdaVersions)?.reason).toContain('did not list the version $LATEST of orders');
    expect(knownOf(lambda)).toHaveLength(1);
  });

  it('of images and of repositories is read to its last page', async () => {
    const images = many(1_050, (at) => image(`image-${at}`, { tag: `v${at}` }));
    const others = many(1_010, (at) => ({ name: `other-${at}`, images: [] }));
    const run = await collect(
      { ...plain, repositories: [{ name: 'app', images }, ...others] },
      { scope: { repositories: ['app'], access: false } },
    );
    expect(knownOf(repositoryOf(run, 'app').images)).toHaveLength(1_050);
    expect(knownOf(registryOf(run).repositoryNames)).toHaveLength(1_011);
  });

  it('is read again if its pages contradict each other, and is unknown if they do so twice', async () => {
    const images = ['one', 'two'].map((name) => image(name, { tag: name }));
    const moved = (times: number) =>
      collect(
        { ...plain, repositories: [{ name: 'app', images }] },
        {
          alter: ({ api, index, answer }) => {
            if (api !== 'DescribeImages' || index >= times) return answer;
            const text = JSON.stringify(answer.body).replaceAll('"two"', '"one"');
            return { ...answer, body: JSON.parse(text) as typeof answer.body };
          },
        },
      ).then((run) => repositoryOf(run, 'app').images);
    expect(knownOf(await moved(1)).map(({ tags }) => tags)).toEqual([['one'], ['two']]);
    expect(gapOf(await moved(2))).toEqual({ reason: 'ecr:DescribeImages listed one twice', missing: [] });
  });

  it('of families that nothing uses is bounded, and that is said', async () => {
    const taskDefinitions = many(510, (at) => ({
      family: `family-${String(at).padStart(4, '0')}`,
      executionRole: 'role',
      containers: { app: 'app' },
    }));
    const run = await collect({ ...plain, workloads: { ecs: { taskDefinitions } } });
    expect(knownOf(registryOf(run).workloads.ecsRoles)).toHaveLength(500);
    expect(run.facts.notices).toEqual([expect.stringMatching(/510 families .* first 500 were read/)]);
  });
});

describe('the scan status that DescribeImages states', () => {
  const stating = (registryScanType: 'BASIC' | 'ENHANCED', faults: Scenario['faults'] = []) =>
    collect(
      {
        ...plain,
        faults,
        registryScanType,
        repositories: [
          {
            name: 'app',
            images: [image('new', { pushedAgoMs: 1_000 }), image('old', { pushedAgoMs: 2_000 })],
          },
        ],
      },
      {
        alter: ({ api, answer }) => {
          if (api !== 'DescribeImages' || answer.status !== 200) return answer;
          const body = answer.body as { imageDetails: object[] };
          const imageScanStatus = { status: 'ACTIVE' };
          const imageDetails = body.imageDetails.map((detail) => ({ ...detail, imageScanStatus }));
          return { ...answer, body: { ...body, imageDetails } as typeof answer.body };
        },
      },
    );
  const scans = async (run: ReturnType<typeof stating>) =>
    knownOf(repositoryOf(await run, 'app').images).map(({ scan }) => asKnown(scan));

  it('holds with enhanced scanning', async () => {
    const active = { known: { status: 'ACTIVE', description: undefined } };
    expect(await scans(stating('ENHANCED'))).toEqual([active, active]);
  });

  it('is outdated with basic scanning, so that the status of the newest image is read from ECR', async () => {
    const unread = { unknown: expect.stringContaining('neither new nor in use') };
    expect(await scans(stating('BASIC'))).toEqual([{ known: undefined }, unread]);
  });

  it('counts for nothing if it is unknown how the registry scans', async () => {
    const denied = stating('ENHANCED', [{ api: 'GetRegistryScanningConfiguration', kind: 'deny' }]);
    const unread = { unknown: expect.stringContaining('AWS denied ecr:GetRegistryScanningConfiguration') };
    expect(await scans(denied)).toEqual([{ known: undefined }, unread]);
  });
});

describe('an index', () => {
  const children = [image('amd64', { platform: { os: 'linux', architecture: 'amd64' } })];
  const read = (images: readonly ImageSpec[], faults: Scenario['faults'] = []) =>
    collect({ ...plain, faults, repositories: [{ name: 'app', images }] });
  const gapsOfIndex = async (run: Awaited<ReturnType<typeof read>>, name = 'index') => {
    const set = new ImageSet(knownOf(repositoryOf(run, 'app').images));
    const top = set.of(run.aws.world.digests.get(name) ?? '');
    if (top === undefined) throw new Error(`no image ${name}`);
    expect(top.children === undefined).toBe(top.entries === undefined);
    return platformImages(set, top).gaps;
  };

  it('has a reason and a permission if its manifest may not be read', async () => {
    const run = await read([indexOf('index', children)], [{ api: 'BatchGetImage', kind: 'deny' }]);
    expect(await gapsOfIndex(run)).toEqual([
      { reason: 'AWS denied ecr:BatchGetImage', missing: ['ecr:BatchGetImage'] },
    ]);
  });

  it.each([
    ['is not returned', 'not-found', /did not return the manifest/],
    ['is not that of its digest', 'wrong-bytes', /whose SHA-256 digest is sha256:[0-9a-f]{64}$/],
    ['is that of another digest', 'other-digest', /did not return the manifest/],
    ['comes in no answer', 'empty', /malformed response/],
  ] as const)('has a reason and no permission if its manifest %s', async (_, kind, reason) => {
    const run = await read([indexOf('index', children)], [{ api: 'BatchGetImage', kind }]);
    expect(await gapsOfIndex(run)).toEqual([{ reason: expect.stringMatching(reason), missing: [] }]);
  });

  it('that is archived cannot be read, and no permission helps', async () => {
    const run = await read([indexOf('index', children, true)]);
    const gaps = await gapsOfIndex(run);
    expect(gaps).toEqual([
      { reason: expect.stringMatching(/^what the archived index sha256:/), missing: [] },
    ]);
    expect(run.aws.calls.some(({ api }) => api === 'BatchGetImage')).toBe(false);
  });

  it('is read with up to a hundred others in one call', async () => {
    const indexes = many(120, (at) => indexOf(`index-${at}`, [image(`child-${at}`)]));
    const run = await read(indexes);
    expect(run.aws.calls.filter(({ api }) => api === 'BatchGetImage')).toHaveLength(2);
    expect(await gapsOfIndex(run, 'index-119')).toEqual([]);
  });
});
