/** Advice about base images, from the run's inputs to its result: what is claimed, and that no verdict depends on it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../emulator/answer.ts';
import { CATALOGUE, type FindingSpec, finding, many } from '../../emulator/findings.ts';
import type { Exchange, InProcessAws } from '../../emulator/in-process.ts';
import type { ImageSpec, JsonObject, ScanStep, Scenario } from '../../emulator/scenario.ts';
import {
  child,
  HOST,
  image,
  LONG_AGO,
  MINUTE,
  pending,
  REPOSITORY,
  scanned,
  story,
} from '../../emulator/scenarios/build.ts';
import type { GateResult } from '../../src/results/modes/gate.ts';
import { denied, type Played, playGate } from './stage.ts';

const stage = vi.hoisted(() => ({
  aws: undefined as InProcessAws | undefined,
  downloads: 0,
  /** The number of the download from which on none ends. */
  hangsFrom: Number.POSITIVE_INFINITY,
}));
vi.mock('../../src/aws/download.ts', async (original) => ({
  ...(await original<object>()),
  download: async (url: string) => {
    stage.downloads += 1;
    if (stage.downloads > stage.hangsFrom) return new Promise(() => {});
    const blob = stage.aws?.download(url);
    if (blob === undefined) throw new Error('there is no such blob');
    return blob;
  },
}));

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
});
afterEach(() => {
  vi.unstubAllEnvs();
  Object.assign(stage, { downloads: 0, hangsFrom: Number.POSITIVE_INFINITY });
});

const DAY = 24 * 60 * MINUTE;
const NODE = 'docker-hub/library/node';
const LATER = { release: 'later' };
const { zlibInflate, zlibMinizip, log4shell, looneyTunables, terrapin, rapidReset, curlSocks } = CATALOGUE;

const findingsOf = (specs: readonly FindingSpec[]) => specs.map((spec) => finding(spec));
const old = (specs: readonly FindingSpec[] = []): ScanStep => scanned(findingsOf(specs), 0, LONG_AGO);

type Single = Extract<ImageSpec, { kind: 'image' }>;
type BaseOptions = Partial<Omit<Single, 'tag'>> & { tag?: string | undefined; steps?: readonly ScanStep[] };

/** An image of the base image's repository. */
function base(
  name: string,
  specs: readonly FindingSpec[],
  { steps = [old(specs)], ...more }: BaseOptions = {},
): Single {
  return {
    ...{ kind: 'image', name, tag: name, contents: 'base', pushedAgoMs: 3 * DAY },
    ...more,
    timeline: steps,
  } as Single;
}

const BEFORE = base('before', [zlibInflate, zlibMinizip], { tag: 'before', pushedAgoMs: 20 * DAY });
const FOUND = [zlibInflate, zlibMinizip, log4shell, looneyTunables, curlSocks];

/** An application on the earlier of two releases of its base image. */
function scenario(
  bases: readonly ImageSpec[],
  {
    app = image([old(FOUND)]),
    inputs = {},
    ...more
  }: Partial<Omit<Scenario, 'inputs'>> & {
    app?: ImageSpec;
    inputs?: Readonly<Record<string, string>>;
  } = {},
): Scenario {
  return story('advice', '', [], {
    repositories: [
      { name: REPOSITORY, images: [app] },
      { name: NODE, images: bases },
    ],
    inputs: { 'base-image': `${HOST}/${NODE}:22.11`, ...inputs },
    ...more,
  });
}

type Options = Parameters<typeof playGate>[1];

async function play(given: Scenario, options: Options = {}): Promise<Played & { result: GateResult }> {
  const played = await playGate(given, {
    ...options,
    onStage: (aws) => {
      stage.aws = aws;
    },
  });
  return { ...played, result: played.publication.result as GateResult };
}

/** What was advised about the only image, in short. */
function inShort({ result }: { readonly result: GateResult }) {
  const advice = result.images[0]?.advice;
  if (advice === undefined) return undefined;
  const names = (entries: readonly { readonly finding: { readonly vulnerabilityId: string } }[]) =>
    entries.map((one) => one.finding.vulnerabilityId).sort();
  const tagOf = (text: string) => text.slice(text.lastIndexOf(':') + 1);
  return {
    isCurrent: advice.isCurrent,
    named: advice.named,
    newer: advice.newer.map(({ kind, reference, change, unknown }) => ({
      kind,
      tag: tagOf(reference),
      ...(change === undefined
        ? { unknown }
        : { resolves: names(change.resolves), adds: names(change.adds), verdict: change.verdict }),
    })),
  };
}

const GONE = [zlibInflate.id, looneyTunables.id].sort();

describe('the base image’s tag', () => {
  it('points at a newer digest: a rebuild resolves what that one no longer has', async () => {
    const now = base('22.11', [zlibMinizip, terrapin], LATER);
    const { result, error } = await play(scenario([BEFORE, now]));
    expect(error).toBeUndefined();
    expect(result.verdict).toBe('block');
    expect(inShort({ result })).toEqual({
      isCurrent: false,
      named: true,
      newer: [{ kind: 'same-tag', tag: '22.11', resolves: GONE, adds: [terrapin.id], verdict: 'block' }],
    });
    const advice = result.images[0]?.advice;
    expect(advice?.digest).toBe(stage.aws?.world.digests.get('22.11'));
    expect(advice?.newer[0]?.digest).toBe(advice?.digest);
    expect(advice?.base).toBe(`${HOST}/${NODE}:22.11`);
    const age = (result.judgedAt?.getTime() ?? 0) - (advice?.pushedAt.getTime() ?? 0);
    expect(Math.round(age / DAY)).toBe(3);
  });

  it('points at what the image is built on: there is nothing to rebuild on', async () => {
    const played = await play(scenario([base('22.11', [zlibInflate])]));
    expect(inShort(played)).toEqual({ isCurrent: true, named: true, newer: [] });
    expect(played.publication.report.summary(1_000_000)).toContain('is built on the current');
  });

  it('is not the newest of its line: the newest one is compared too', async () => {
    const { result } = await play(
      scenario([
        BEFORE,
        base('22.11', [zlibMinizip], LATER),
        base('22.13', [zlibMinizip], { release: 'b' }),
        base('22.14', [], { release: 'a' }),
        base('22.15-rc1', [], { release: 'c' }),
        base('23.1', [], { release: 'd' }),
      ]),
    );
    expect(inShort({ result })?.newer).toEqual([
      { kind: 'same-tag', tag: '22.11', resolves: GONE, adds: [], verdict: 'block' },
      {
        kind: 'newer-tag',
        tag: '22.14',
        resolves: [...GONE, zlibMinizip.id].sort(),
        adds: [],
        verdict: 'block',
      },
    ]);
  });

  it('is current, and there is a newer tag of its line', async () => {
    const { result } = await play(scenario([base('22.11', FOUND), base('22.14', [], { release: 'a' })]));
    expect(inShort({ result })).toMatchObject({
      isCurrent: true,
      newer: [{ kind: 'newer-tag', tag: '22.14', verdict: 'block' }],
    });
  });

  it('has the digest of the newest of its line: that is one choice', async () => {
    const now = base('22.11', [zlibMinizip], { ...LATER, moreTags: ['22.14'] });
    expect(inShort(await play(scenario([BEFORE, now])))?.newer).toMatchObject([{ kind: 'same-tag' }]);
  });

  it('is of the base image from which the image has the most layers', async () => {
    const golden = [
      base('golden-before', [], { contents: 'most', seed: 'app', tag: 'before', pushedAgoMs: 20 * DAY }),
      base('golden', [log4shell], { contents: 'most', seed: 'later', tag: '1', ...LATER }),
    ];
    const given = scenario([BEFORE, base('22.11', [], LATER)]);
    const repositories = [...given.repositories, { name: 'golden/java', images: golden }];
    const lines = [`${HOST}/${NODE}:22.11`, `${HOST}/golden/java:1`, `${HOST}/nothing/there:1`];
    for (const order of [lines, lines.toReversed()]) {
      const { result } = await play(
        { ...given, repositories },
        { inputs: { 'base-image': order.join('\n') } },
      );
      expect(result.images[0]?.advice?.base).toBe(`${HOST}/golden/java:1`);
    }
  });

  it('was moved back to an earlier image: there is no newer one', async () => {
    const earlier = base('22.11', [], { ...LATER, pushedAgoMs: 30 * DAY });
    expect(inShort(await play(scenario([BEFORE, earlier])))?.newer).toEqual([]);
  });

  it('is an index: each platform is compared with its own', async () => {
    const onBoth = (
      name: string,
      tag: string | undefined,
      pushedAgoMs: number,
      amd64: BaseOptions,
      arm64: BaseOptions,
    ): ImageSpec => ({
      kind: 'index',
      name,
      ...(tag === undefined ? {} : { tag }),
      pushedAgoMs,
      attestations: true,
      children: [
        base(`${name}-amd64`, [], { tag: undefined, pushedAgoMs, ...amd64 }),
        base(`${name}-arm64`, [], {
          tag: undefined,
          pushedAgoMs,
          platform: { os: 'linux', architecture: 'arm64' },
          ...arm64,
        }),
      ],
    });
    const app: ImageSpec = {
      kind: 'index',
      name: 'app',
      tag: '1.4.2',
      children: [
        child('amd64', 'amd64', [old([zlibInflate, zlibMinizip])]),
        child('arm64', 'arm64', [old([zlibInflate, zlibMinizip])]),
      ],
    };
    const now = (arm64: readonly FindingSpec[]) => [
      onBoth('old', undefined, 20 * DAY, {}, {}),
      onBoth(
        'now',
        '22.11',
        3 * DAY,
        { ...LATER, steps: [old([zlibMinizip])] },
        { ...LATER, steps: [old(arm64)] },
      ),
    ];
    const { result } = await play(scenario(now([zlibMinizip]), { app }));
    expect(inShort({ result })?.newer).toEqual([
      { kind: 'same-tag', tag: '22.11', resolves: [zlibInflate.id], adds: [], verdict: 'block' },
    ]);
    // A platform that is current stays as it is, whatever its base image lists.
    const partly = [
      onBoth('old', undefined, 20 * DAY, {}, {}),
      onBoth('now', '22.11', 3 * DAY, { seed: 'same', steps: [old()] }, { ...LATER, steps: [old()] }),
    ];
    const { result: mixed } = await play(
      scenario(partly, {
        app: {
          kind: 'index',
          name: 'app',
          tag: '1.4.2',
          children: [
            child('amd64', 'amd64', [old([zlibMinizip])]),
            child('arm64', 'arm64', [old([zlibInflate])]),
          ],
        },
      }),
    );
    expect(inShort({ result: mixed })).toMatchObject({
      isCurrent: false,
      newer: [{ resolves: [zlibInflate.id] }],
    });
    // A platform that the cache does not have leaves everything unknown.
    const [first, second] = now([]);
    if (second?.kind !== 'index') throw new Error('there is no index');
    const half: ImageSpec = { ...second, children: second.children.slice(0, 1) };
    const { result: without } = await play(scenario([first as ImageSpec, half], { app }));
    expect(without.images[0]?.advice).toBeUndefined();
    // So does one that is not scanned.
    const unscanned = onBoth('now', '22.11', 3 * DAY, LATER, { ...LATER, steps: [pending] });
    const { result: waiting } = await play(scenario([first as ImageSpec, unscanned], { app }));
    expect(inShort({ result: waiting })?.newer).toMatchObject([
      { unknown: expect.stringMatching(/not scanned/) },
    ]);
  });
});

describe('a base image that only the image names', () => {
  const stated = (annotations: Readonly<Record<string, string>>) => image([old(FOUND)], { annotations });
  const NAME = 'org.opencontainers.image.base.name';
  const DIGEST = 'org.opencontainers.image.base.digest';
  const now = base('22.11', [zlibMinizip], LATER);
  const given = (annotations: Readonly<Record<string, string>>, more: readonly ImageSpec[] = []) =>
    scenario([BEFORE, now, ...more], { app: stated(annotations), inputs: { 'base-image': '' } });

  it('counts as far as its layers show it', async () => {
    const { result } = await play(given({ [NAME]: `${HOST}/${NODE}:22.11` }));
    expect(inShort({ result })).toMatchObject({ named: false, newer: [{ resolves: GONE }] });
  });

  it('counts not if the image does not start with the layers of the digest that it names', async () => {
    const other = base('other', [], { release: 'other', tag: 'other' });
    // The digest of an image does not depend on the scenario around it.
    const { result: before } = await play(given({}, [other]));
    expect(before.images[0]?.advice).toBeUndefined();
    const digest = stage.aws?.world.digests.get('other') ?? '';
    const { result } = await play(given({ [NAME]: `${HOST}/${NODE}:22.11`, [DIGEST]: digest }, [other]));
    expect(result.images[0]?.advice).toBeUndefined();
    const own = stage.aws?.world.digests.get('before') ?? '';
    const { result: right } = await play(given({ [NAME]: `${HOST}/${NODE}:22.11`, [DIGEST]: own }, [other]));
    expect(inShort({ result: right })).toMatchObject({ newer: [{ resolves: GONE }] });
  });

  it.each([
    ['in another registry', '999999999999.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/node:22.11'],
    ['at Docker Hub', 'docker.io/library/node:22.11'],
    ['by something that is no reference', '../../node'],
  ])('is not read %s', async (_, name) => {
    const { result, calls } = await play(given({ [NAME]: name }));
    expect(result.verdict).toBe('block');
    expect(result.images[0]?.advice).toBeUndefined();
    expect(calls.filter((api) => api === 'ListFindings')).toHaveLength(1);
  });
});

describe('nothing is claimed', () => {
  const none = (bases: readonly ImageSpec[], more: Parameters<typeof scenario>[1] = {}) =>
    play(scenario(bases, more));
  const now = base('22.11', [zlibMinizip], LATER);

  it.each<[string, readonly ImageSpec[], Parameters<typeof scenario>[1]?]>([
    [
      'of an image on layers that its repository does not have',
      [base('22.11', [], LATER), base('other', [], { release: 'b' })],
    ],
    ['of a tag that is not there', [BEFORE, base('22', [], LATER)]],
    [
      'of a digest without a tag',
      [BEFORE, now],
      { inputs: { 'base-image': `${HOST}/${NODE}@sha256:${'0'.repeat(64)}` } },
    ],
    [
      'of a base image for another platform',
      [BEFORE, base('22.11', [], { ...LATER, platform: { os: 'linux', architecture: 'arm64' } })],
    ],
    [
      'of a repository that does not exist',
      [BEFORE, now],
      { inputs: { 'base-image': `${HOST}/nothing/there:22.11` } },
    ],
    ['of an image from the future', [BEFORE, base('22.11', [], { ...LATER, pushedAgoMs: -DAY })]],
    ['of a Helm chart', [BEFORE, { kind: 'artifact', name: 'chart', tag: '22.11' }]],
    ['of an archived base image', [BEFORE, { ...now, archived: true }]],
  ])('%s', async (_, bases, more) => {
    const { result, error } = await none(bases, more);
    expect(error).toBeUndefined();
    expect(result.verdict).toBe('block');
    expect(result.images[0]?.advice).toBeUndefined();
  });

  it('if the repository also contains releases of the image itself', async () => {
    const images = [
      image([old(FOUND)]),
      // Everything of the image but its last layer.
      image([old(FOUND)], { name: 'release', tag: '1.4.1', contents: 'most', pushedAgoMs: DAY * 5 }),
      base('base', [], { ...LATER }),
    ];
    const given = story('own', '', images, { inputs: { 'base-image': `${HOST}/${REPOSITORY}:base` } });
    const { result } = await play(given);
    expect(result.verdict).toBe('block');
    expect(result.images[0]?.advice).toBeUndefined();
  });

  it('by an image with more layers than the base image has', async () => {
    const most = base('app-before', [], { contents: 'most', seed: 'app', pushedAgoMs: 4 * DAY });
    const { result } = await none([most, now]);
    expect(result.images[0]?.advice).toBeUndefined();
    // With the base image itself beside it, only its own layer counts.
    const both = await none([most, BEFORE, base('22.11', [zlibMinizip], LATER)]);
    expect(inShort(both)?.newer).toMatchObject([{ resolves: GONE }]);
  });

  it.each<[string, ScanStep, RegExp]>([
    ['not scanned', pending, /not scanned: .*PENDING/],
    ['scanned before its push', scanned([], 0, 10 * DAY), /not scanned/],
    ['scanned just now', scanned([], 0, MINUTE), /just ended/],
    [
      'scanned once, days ago',
      {
        ...old(),
        ecr: { status: 'COMPLETE' },
        coverage: { statusCode: 'INACTIVE', reason: 'SCAN_FREQUENCY_SCAN_ON_PUSH', scannedAgoMs: 2.5 * DAY },
      },
      /scanned 2 days ago/,
    ],
    [
      'no longer scanned',
      {
        ...old(),
        coverage: { statusCode: 'INACTIVE', reason: 'SCAN_ELIGIBILITY_EXPIRED', scannedAgoMs: LONG_AGO },
      },
      /SCAN_ELIGIBILITY_EXPIRED/,
    ],
    ['listed without findings that ECR counts', { ...old(), ecrShows: 2 }, /ECR counts findings/],
    ['listed without the counts of ECR', { ...old(), ecrView: {} }, /does not report/],
  ])('of a newer image that is %s; the report says why', async (_, step, reason) => {
    const played = await none([BEFORE, base('22.11', [], { ...LATER, steps: [step] })]);
    expect(inShort(played)?.newer).toMatchObject([
      { kind: 'same-tag', unknown: expect.stringMatching(reason) },
    ]);
    const summary = played.publication.report.summary(1_000_000);
    expect(summary).toContain('What a rebuild on it resolves is unknown');
    expect(summary).not.toContain('Rebuild on');
  });

  it('of a newer image that does not make the verdict better', async () => {
    const same = await none([BEFORE, base('22.11', [zlibInflate, zlibMinizip], LATER)]);
    expect(inShort(same)).toMatchObject({ isCurrent: false, newer: [] });
    const worse = await none([BEFORE, base('22.11', [zlibMinizip, CATALOGUE.spring4shell], LATER)]);
    expect(inShort(worse)?.newer).toEqual([]);
  });
});

describe('no call is made', () => {
  const bases = [BEFORE, base('22.11', [], LATER)];
  const listings = (calls: readonly string[]) => calls.filter((api) => api === 'ListFindings');

  it.each<[string, Scenario, number]>([
    ['for an image that passes', scenario(bases, { app: image([old([terrapin])]) }), 1],
    ['with advice: false', scenario(bases, { inputs: { advice: 'false' } }), 1],
    ['without a base image', scenario(bases, { inputs: { 'base-image': '' } }), 1],
    [
      'for an image without a verdict',
      scenario(bases, { app: image([pending]), inputs: { timeout: '3s' } }),
      1,
    ],
  ])('%s', async (_, given, most) => {
    const { calls, result } = await play(given, { timeoutMs: 3_500 });
    expect(listings(calls).length).toBeLessThanOrEqual(most);
    expect(result.images[0]?.advice).toBeUndefined();
  });

  it('with basic scanning, which names no layers', async () => {
    const basic: ScanStep = {
      at: 0,
      ecr: { status: 'COMPLETE' },
      basic: [
        {
          name: 'CVE-2022-37434',
          severity: 'CRITICAL',
          attributes: [{ key: 'package_name', value: 'zlib' }],
        },
      ],
    };
    const given = scenario(bases, {
      registryScanType: 'BASIC',
      app: image([basic]),
      inputs: { 'scan-type': 'basic' },
    });
    const { calls, result } = await play(given);
    expect(result.verdict).toBe('block');
    expect(listings(calls)).toEqual([]);
  });

  it('if hardly any time is left', async () => {
    const { calls, result } = await play(scenario(bases), { timeoutMs: 2_900 });
    expect(result.verdict).toBe('block');
    expect(listings(calls)).toHaveLength(1);
  });
});

it('ends in time if a call does not end at its deadline', async () => {
  const given = scenario([BEFORE, base('22.11', [], LATER)]);
  await play(given, { inputs: { advice: 'false' } });
  Object.assign(stage, { downloads: 0, hangsFrom: stage.downloads });
  const { result, error, log } = await play(given, { timeoutMs: 5_000 });
  expect(stage.downloads).toBeGreaterThan(stage.hangsFrom);
  expect(error).toBeUndefined();
  expect(result.verdict).toBe('block');
  expect(result.images[0]?.advice).toBeUndefined();
  expect(log.join()).not.toContain('expired');
});

it('compares no list of findings that is longer than any image has', async () => {
  const now = base('22.11', [], { ...LATER, steps: [scanned(many(20_001, 'LONG'), 0, LONG_AGO)] });
  const played = await play(scenario([BEFORE, now]), { timeoutMs: 60_000 });
  expect(inShort(played)?.newer).toMatchObject([
    { unknown: expect.stringMatching(/more than 20000 findings/) },
  ]);
}, 60_000);

it('advises for warnings what leaves fewer of them', async () => {
  const app = image([old([looneyTunables, rapidReset])]);
  const played = await play(scenario([BEFORE, base('22.11', [], LATER)], { app }));
  expect(played.result.verdict).toBe('warn');
  expect(inShort(played)?.newer).toMatchObject([{ resolves: [looneyTunables.id], verdict: 'warn' }]);
  expect(played.publication.report.summary(1_000_000)).toContain('resolves 1 of the 2 warnings');
});

it('lists a repository once for several images, and reads the details that the policy needs', async () => {
  const given = scenario([BEFORE, base('22.11', [rapidReset], LATER)], {
    files: {
      'policy.yml':
        'version: 1\nrules:\n  - name: exploited\n    action: block\n    when: { known-exploited: true }\n',
    },
    inputs: { policy: 'policy.yml' },
  });
  const { result } = await play(given);
  expect(result.images[0]?.advice?.newer[0]?.change?.adds).toMatchObject([
    { effect: 'block', finding: { vulnerabilityId: rapidReset.id, knownExploited: true } },
  ]);
});

describe('whatever AWS answers to the calls of the advice', () => {
  const bases = [BEFORE, base('22.11', [zlibMinizip], LATER), base('22.14', [], { release: 'a' })];
  const warning = scenario(bases, { app: image([old([looneyTunables])]) });
  const blocked = scenario(bases);
  /** How many calls of each API the run makes without advice. */
  const ordinary = async (given: Scenario): Promise<Map<string, number>> => {
    const { calls } = await play(given, { inputs: { advice: 'false' } });
    return new Map([...Map.groupBy(calls, (api) => api)].map(([api, all]) => [api, all.length]));
  };
  const malformed =
    (body: JsonObject | string): ((exchange: Exchange) => Answer) =>
    () => ({ status: 200, body });

  const ANSWERS: readonly (readonly [string, (exchange: Exchange) => Answer])[] = [
    ['it is denied', ({ api }) => denied(api)],
    ['nothing', malformed({})],
    ['a failure', () => ({ status: 400, errorType: 'ValidationException', body: { message: 'no' } })],
    [
      'expired credentials',
      () => ({ status: 400, errorType: 'ExpiredTokenException', body: { message: 'expired' } }),
    ],
    [
      'lists of nothing',
      malformed({
        imageDetails: [null],
        images: [null],
        findings: [null],
        coveredResources: [null],
        downloadUrl: 7,
      }),
    ],
    ['empty lists', malformed({ imageDetails: [], images: [], findings: [], coveredResources: [] })],
    [
      'an endless list',
      ({ answer }) => ({ ...answer, body: { ...Object(answer.body), nextToken: 'again' } as JsonObject }),
    ],
  ];

  it.each(ANSWERS)('%s: the verdict stays, and the run ends well', async (_, answer) => {
    for (const given of [warning, blocked]) {
      const before = await ordinary(given);
      const expected = given === warning ? 'warn' : 'block';
      for (const only of [
        undefined,
        'DescribeImages',
        'BatchGetImage',
        'GetDownloadUrlForLayer',
        'ListCoverage',
        'ListFindings',
        'DescribeImageScanFindings',
      ]) {
        const { result, error } = await play(given, {
          alter: (exchange) =>
            exchange.index >= (before.get(exchange.api) ?? 0) && (only ?? exchange.api) === exchange.api
              ? answer(exchange)
              : exchange.answer,
        });
        expect(error).toBeUndefined();
        expect(result.verdict).toBe(expected);
        expect(result.notices.join()).not.toMatch(/denied|malformed/);
        const claims = result.images[0]?.advice?.newer.filter(({ change }) => change !== undefined) ?? [];
        if (only === undefined || only === 'DescribeImages' || only === 'ListCoverage')
          expect(claims).toEqual([]);
      }
    }
  });
});
