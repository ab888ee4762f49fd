/** How many calls a repository takes, whatever is in it and however the registry scans. */
import { describe, expect, it } from 'vitest';
import type { ImageSpec, JsonObject, RepositorySpec, Scenario } from '../../../emulator/scenario.ts';
import { ACCOUNT, HOST, REGION, scanned } from '../../../emulator/scenarios/build.ts';
import { asKnown } from '../../../src/audit/facts.ts';
import { type Collected, collect, gapOf, knownOf, repositoryOf } from './stage.ts';

const MOST = 6;
const REPOSITORIES = 12;
const MINUTE = 60_000;

const many = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));

/** How a registry scans. */
const SCANNING: Readonly<Record<string, Partial<Scenario>>> = {
  enhanced: { registryScanType: 'ENHANCED' },
  basic: { registryScanType: 'BASIC' },
  off: { registryScanType: 'BASIC', inspectorStatus: 'DISABLED' },
  'off, with enhanced scanning': { registryScanType: 'ENHANCED', inspectorStatus: 'DISABLED' },
};

interface Kind {
  /** Indexes of two platforms, with attestations, or single images. */
  readonly indexes: boolean;
  /** Whether each repository has a key of its own. */
  readonly keys: boolean;
  /** Whether a policy depends on the tags of repositories. */
  readonly tags: boolean;
  readonly inUse: boolean;
}

const KINDS: readonly (readonly [string, Kind])[] = [
  ['plain images', { indexes: false, keys: false, tags: false, inUse: false }],
  ['images that run', { indexes: false, keys: false, tags: false, inUse: true }],
  ['indexes', { indexes: true, keys: false, tags: false, inUse: false }],
  ['everything', { indexes: true, keys: true, tags: true, inUse: true }],
];

const taggedPolicy: JsonObject = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: '*',
    Action: 'ecr:BatchGetImage',
    Condition: { StringEquals: { 'aws:ResourceTag/team': 'app' } },
  },
};

const keyOf = (at: number) => `c0ffee00-1111-4222-8333-${String(at).padStart(12, '0')}`;

function imagesOf(repository: number, count: number, { indexes, inUse }: Kind, isOff: boolean): ImageSpec[] {
  const image = (name: string, more: Partial<Extract<ImageSpec, { kind: 'image' }>>): ImageSpec => ({
    kind: 'image',
    name,
    contents: 'base',
    annotations: { name },
    timeline: isOff ? [] : [scanned([], 0, 60 * MINUTE)],
    ...more,
  });
  return many(count, (at): ImageSpec => {
    const name = `${repository}-${at}`;
    const tag = `${['prod', 'release', 'feature'][at % 3]}-${at}`;
    const pushedAgoMs = (at + 1) * MINUTE;
    if (!indexes) {
      return image(name, { tag, pushedAgoMs, ...(inUse && !isOff && { inUse: { count: 1, clusters: [] } }) });
    }
    const children = ['amd64', 'arm64'].map((architecture) =>
      image(`${name}-${architecture}`, { platform: { os: 'linux', architecture } }),
    );
    return { kind: 'index', name, tag, pushedAgoMs, children };
  });
}

function scenarioOf(scanning: string, kind: Kind, images: number, repositories = REPOSITORIES): Scenario {
  const isOff = scanning.startsWith('off');
  return {
    name: 'calls',
    description: '',
    account: ACCOUNT,
    region: REGION,
    ...SCANNING[scanning],
    repositories: many(
      repositories,
      (at): RepositorySpec => ({
        name: `team/app-${at}`,
        ...(isOff && { scanFrequency: 'MANUAL' }),
        ...(kind.keys && { encryption: { type: 'KMS', key: keyOf(at) } }),
        ...(kind.tags && { policy: taggedPolicy }),
        images: imagesOf(at, images, kind, isOff),
      }),
    ),
    keys: kind.keys
      ? many(repositories, (at) => ({ id: keyOf(at), spec: 'SYMMETRIC_DEFAULT' as const }))
      : [],
    workloads: kind.inUse
      ? {
          ecs: {
            taskDefinitions: many(repositories, (at) => ({
              family: `app-${at}`,
              containers: Object.fromEntries(
                many(Math.min(images, 8), (nth) => [
                  `c${nth}`,
                  `${HOST}/team/app-${at}:${['prod', 'release', 'feature'][nth % 3]}-${nth}`,
                ]),
              ),
            })),
            clusters: [
              {
                name: 'prod',
                services: many(repositories, (at) => ({ name: `app-${at}`, taskDefinition: `app-${at}:1` })),
              },
            ],
          },
        }
      : {},
    images: [],
  };
}

/** The calls that are about one repository, its images or its key, by the number of the repository. */
function callsOf({ aws }: Collected, repository: number): readonly string[] {
  const names = [
    `"repositoryName":"team/app-${repository}"`,
    `:repository/team/app-${repository}"`,
    `:repository/team/app-${repository}/`,
    keyOf(repository),
  ];
  return aws.calls.filter(({ body }) => names.some((name) => body.includes(name))).map(({ api }) => api);
}

const pages = (items: number, size: number) => Math.max(1, Math.ceil(items / size));

const plainly = { validateCache: false, lifecyclePreview: false };

describe.each(Object.keys(SCANNING))('a registry that scans: %s', (scanning) => {
  describe.each([20, 120])('with %i images in each repository', (images) => {
    it.each(KINDS)('takes at most six calls for a repository with %s', async (_, kind) => {
      const run = await collect(scenarioOf(scanning, kind, images), { scope: plainly });
      const manifests = kind.indexes ? images * 3 : images;
      // Further pages of images and batches of indexes come on top.
      const further = pages(manifests, 1_000) - 1 + (kind.indexes ? pages(images, 100) - 1 : 0);
      for (let at = 0; at < REPOSITORIES; at += 1) {
        const calls = callsOf(run, at);
        expect(calls.length, `${calls}`).toBeGreaterThanOrEqual(3);
        expect(calls.length, `${calls}`).toBeLessThanOrEqual(MOST + further);
      }
      const settings = await collect(
        { ...scenarioOf(scanning, kind, images), repositories: [] },
        { scope: plainly },
      );
      // Calls about several repositories: 25 frequencies, the coverage of ten with 200 images a page.
      const covered = scanning.startsWith('off') ? 0 : manifests * 10;
      const shared = pages(REPOSITORIES, 25) + 2 * pages(covered, 200);
      const all = run.aws.calls.length - settings.aws.calls.length;
      expect(all).toBeLessThanOrEqual((MOST + further) * REPOSITORIES + shared);
    });
  });
});

describe('with basic scanning', () => {
  const basic = (kind: Partial<Kind>, images = 4) =>
    collect(
      scenarioOf('basic', { indexes: false, keys: false, tags: false, inUse: false, ...kind }, images, 1),
      {
        scope: plainly,
      },
    );
  const scansOf = (run: Collected) =>
    knownOf(repositoryOf(run, 'team/app-0').images).map(({ scan }) => asKnown(scan));
  const knownIn = (run: Collected) => scansOf(run).filter((scan) => 'known' in scan).length;

  it('both platforms of the newest index are known', async () => {
    expect(knownIn(await basic({ indexes: true }, 1))).toBe(2);
  });

  it('what no call is left for is unknown, and says so', async () => {
    const run = await basic({ indexes: true, tags: true }, 1);
    expect(knownIn(run)).toBe(1);
    expect(scansOf(run)).toContainEqual({
      unknown: expect.stringContaining('at most 6 calls for a repository'),
    });
  });

  it('the same images are asked about in each run', async () => {
    const asked = (run: Collected) =>
      run.aws.calls
        .filter(({ api }) => api === 'DescribeImageScanFindings')
        .map(({ body }) => body)
        .sort();
    const runs = await Promise.all([0, 1, 2].map(() => basic({ inUse: true }, 20)));
    const [first] = runs.map(asked);
    expect(first).toHaveLength(2);
    for (const run of runs) expect(asked(run)).toEqual(first);
  });
});

describe('the tags of repositories', () => {
  const plain: Kind = { indexes: false, keys: false, tags: false, inUse: false };
  const role = (document: JsonObject | string) => ({
    name: 'reader',
    trust: { Version: '2012-10-17', Statement: [] },
    inline: { read: document },
  });
  const allowed = (key: string): JsonObject => ({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'ecr:BatchGetImage',
      Resource: '*',
      Condition: { StringEquals: { [key]: 'app' } },
    },
  });
  const tagsIn = async (more: Partial<Scenario>, scope: object = {}) => {
    const scenario = { ...scenarioOf('enhanced', plain, 1, 1), ...more };
    const run = await collect(scenario, { scope: { ...plainly, ...scope } });
    return { run, fact: repositoryOf(run, 'team/app-0').tags };
  };

  it('are not read, and are unknown, if no policy mentions them', async () => {
    const { run, fact } = await tagsIn({
      iam: { [ACCOUNT]: { roles: [role(allowed('aws:PrincipalTag/team'))] } },
    });
    expect(gapOf(fact)?.reason).toContain('no policy that was read mentions tags');
    expect(run.aws.calls.filter(({ api }) => api === 'ListTagsForResource')).toEqual([]);
  });

  it.each([
    ['a role', { iam: { [ACCOUNT]: { roles: [role(allowed('ecr:resourcetag/team'))] } } }],
    ['the registry', { registry: { policy: { ...taggedPolicy } } }],
    [
      'the registry, whose policy cannot be read',
      { faults: [{ api: 'GetRegistryPolicy', kind: 'deny' as const }] },
    ],
    [
      'a role, where IAM cannot be read',
      { faults: [{ api: 'GetAccountAuthorizationDetails', kind: 'deny' as const }] },
    ],
    [
      'the repository, whose policy cannot be read',
      { faults: [{ api: 'GetRepositoryPolicy', kind: 'deny' as const }] },
    ],
  ])('are read if the policy of %s may mention them', async (_, more) => {
    expect(knownOf((await tagsIn(more)).fact)).toEqual({});
  });

  it('are read if a policy of the organization mentions them, also in escaped letters', async () => {
    const text = JSON.stringify(allowed('aws:ResourceTag/team')).replace('ResourceTag', '\\u0052esourceTag');
    const levels = [
      {
        kind: 'scp' as const,
        name: 'root',
        account: undefined,
        policies: [{ name: 'p', text: { known: text } }],
      },
    ];
    expect(text).not.toMatch(/ResourceTag/);
    expect(knownOf((await tagsIn({}, { levels })).fact)).toEqual({});
  });
});

describe('the coverage of Inspector', () => {
  it('is read of the audited repositories alone, ten at a time', async () => {
    const kind: Kind = { indexes: false, keys: false, tags: false, inUse: false };
    const scope = { ...plainly, repositories: ['team/app-1*'] };
    const run = await collect(scenarioOf('enhanced', kind, 1, 30), { scope });
    const filters = run.aws.calls
      .filter(({ api }) => api === 'ListCoverage')
      .map(({ body }) => JSON.parse(body).filterCriteria.ecrRepositoryName.length);
    expect(filters.sort()).toEqual([1, 10]);
    expect(knownOf(repositoryOf(run, 'team/app-19').coverage)).toHaveLength(1);
  });

  it('tells the clusters of one image of a repository, and what it does not tell', async () => {
    const kind: Kind = { indexes: false, keys: false, tags: false, inUse: true };
    const run = await collect(scenarioOf('enhanced', kind, 3, 1), { scope: plainly });
    const rows = knownOf(repositoryOf(run, 'team/app-0').coverage);
    expect(rows.filter(({ clustersGap }) => clustersGap === undefined)).toHaveLength(1);
    expect(run.facts.notices).toEqual([
      expect.stringMatching(/clusters of some images .* \(2\) were not read: an audit makes at most 6 calls/),
    ]);
  });
});
