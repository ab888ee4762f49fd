/** Layers and base images, asked of the emulator through the SDK's own client. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import type { FaultSpec, ImageSpec, Scenario } from '../../emulator/scenario.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { createClients } from '../../src/aws/clients.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { ecrConfigs, MAX_CONFIG_BYTES } from '../../src/image/configs.ts';
import { ecrImages } from '../../src/image/ecr.ts';
import { attributeLayers, LayersUnknown } from '../../src/image/layers.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import {
  type LayerReading,
  type LayerSource,
  readBaseImages,
  readInTime,
  readLayers,
} from '../../src/image/origins.ts';
import { parseReference } from '../../src/image/reference.ts';
import { type ResolvedImage, resolveImages } from '../../src/image/resolve.ts';
import type { Finding } from '../../src/results/finding.ts';
import { inspectorScanner } from '../../src/scan/inspector.ts';
import { fakeTime } from '../clock.ts';
import { ACCOUNT, image, REGION, SCANNED, scenario } from '../emulator/stage.ts';

const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
const FINDINGS = [CATALOGUE.zlibInflate, CATALOGUE.curlSocks, CATALOGUE.log4shell].map((spec) =>
  finding(spec),
);
const APP: ImageSpec = { ...image({ ...SCANNED, findings: FINDINGS }), name: 'app', tag: '1.0' };
const DEBIAN: Extract<ImageSpec, { kind: 'image' }> = {
  kind: 'image',
  name: 'debian',
  tag: '12',
  contents: 'base',
  timeline: [],
};
const APT = 'RUN apt-get update && apt-get install -y --no-install-recommends curl gnupg2';

interface Stage {
  readonly emulator: Emulator;
  readonly source: LayerSource;
  resolve(reference: string): Promise<ResolvedImage>;
  findings(image: ResolvedImage): Promise<Finding[]>;
  read(
    reference: string,
    base?: string,
    isAllowed?: (repository: string) => boolean,
  ): Promise<{ reading: LayerReading; image: ResolvedImage }>;
}

async function stage(
  images: ImageSpec[],
  faults: FaultSpec[] = [],
  more: Partial<Scenario> = {},
): Promise<Stage> {
  const played = scenario(images, {
    repositories: [
      { name: 'app', images },
      {
        name: 'cache/debian',
        images: [DEBIAN, { ...DEBIAN, name: 'debian-arm', tag: '12-arm', platform: ARM }],
      },
    ],
    faults,
    ...more,
  });
  const emulator = await startEmulator(played);
  const env = emulator.env();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const deadline = startDeadline(60_000, systemClock, new AbortController().signal);
  const clients = createClients(deadline, { log: () => {}, environment: process.env });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    clients.destroy();
    deadline.clear();
    await emulator.close();
  });
  const source = { images: ecrImages(clients, deadline), configs: ecrConfigs(clients, deadline, env) };
  const resolve = async (reference: string): Promise<ResolvedImage> => {
    const [resolved] = await resolveImages([parseReference(`${HOST}/${reference}`)], source.images);
    if (resolved === undefined) throw new Error('nothing resolved');
    return resolved;
  };
  return {
    emulator,
    source,
    resolve,
    findings: async ({ platforms }) =>
      (
        await Promise.all(platforms.map((platform) => inspectorScanner(clients, deadline).findings(platform)))
      ).flat(),
    read: async (reference, base, isAllowed = () => true) => {
      const resolved = await resolve(reference);
      const given =
        base === undefined
          ? undefined
          : await readBaseImages([parseReference(`${HOST}/${base}`)], source, isAllowed);
      return { image: resolved, reading: await readLayers(resolved, given, source) };
    },
  };
}

const ARM = { os: 'linux', architecture: 'arm64' };

function instructions({ layers }: LayerReading): (string | undefined)[][] {
  return [...layers.values()].map((known) => known.layers.map(({ instruction }) => instruction));
}

function origins({ layers }: LayerReading): (string | undefined)[] {
  return [...layers.values()].map((known) => known.layers.map(({ origin = '?' }) => origin).join(' '));
}

it('finds the layer of each package, its origin and its instruction', async () => {
  const { read, findings, emulator } = await stage([APP]);
  const { reading, image: resolved } = await read('app:1.0', 'cache/debian:12');
  expect(reading.notices).toEqual([]);
  const name = `${HOST}/cache/debian:12`;
  expect([...reading.layers.values()]).toMatchObject([
    { base: { name, digest: emulator.digests.get('debian') } },
  ]);
  const told = attributeLayers(await findings(resolved), reading.layers).flatMap(
    ({ packages, operatingSystem }) =>
      packages.map(({ name, instruction, origin }) => ({ name, instruction, origin, operatingSystem })),
  );
  const operatingSystem = 'DEBIAN_12';
  expect(told).toEqual(
    expect.arrayContaining([
      {
        name: 'zlib',
        instruction: expect.stringMatching(/^ADD file:\w+ in \/$/),
        origin: 'base',
        operatingSystem,
      },
      { name: 'curl', instruction: APT, origin: 'application', operatingSystem },
      {
        name: CATALOGUE.log4shell.package,
        instruction: 'COPY dist /app',
        origin: 'application',
        operatingSystem,
      },
    ]),
  );
  // The image's config; the base's is not needed, since its blobs are the same.
  expect([emulator.count('GetDownloadUrlForLayer'), emulator.count('LayerDownload')]).toEqual([1, 1]);
});

it('reads the layers of every platform of an index', async () => {
  const child = (name: string, platform: typeof ARM): ImageSpec => ({
    kind: 'image',
    name,
    platform,
    timeline: [],
  });
  const index: ImageSpec = {
    kind: 'index',
    name: 'index',
    tag: '2.0',
    attestations: true,
    children: [child('amd64', { os: 'linux', architecture: 'amd64' }), child('arm64', ARM)],
  };
  const { read } = await stage([index]);
  const { reading } = await read('app:2.0', 'cache/debian:12');
  expect(reading.layers.size).toBe(2);
  expect(origins(reading).sort()).toEqual(['? ? ? ?', 'base application application application']);
  expect(reading.notices).toEqual([
    expect.stringMatching(/\(linux\/arm64\) of app does not start with the layers/),
  ]);
});

it('finds instructions without a base image', async () => {
  const { read } = await stage([APP]);
  const { reading } = await read('app:1.0');
  expect(instructions(reading)[0]).toEqual([
    expect.stringContaining('ADD'),
    APT,
    'WORKDIR /app',
    'COPY dist /app',
  ]);
  expect(origins(reading)).toEqual(['? ? ? ?']);
  expect(reading.notices).toEqual([]);
});

it('keeps the base image that the image states apart', async () => {
  const name = `${HOST}/cache/debian:12`;
  const annotations = { 'org.opencontainers.image.base.name': name };
  const elsewhere = { 'org.opencontainers.image.base.name': 'docker.io/library/debian:12' };
  const foreign = {
    'org.opencontainers.image.base.name': '999999999999.dkr.ecr.eu-central-1.amazonaws.com/debian:12',
  };
  const { read, emulator } = await stage([
    { ...APP, name: 'own', tag: 'own', annotations } as ImageSpec,
    { ...APP, name: 'elsewhere', tag: 'elsewhere', annotations: elsewhere } as ImageSpec,
    { ...APP, name: 'foreign', tag: 'foreign', annotations: foreign } as ImageSpec,
  ]);
  const own = (await read('app:own')).reading;
  expect(origins(own)).toEqual(['? ? ? ?']);
  expect([...own.layers.values()]).toMatchObject([
    {
      base: undefined,
      statedBase: { name },
      layers: [{ statedOrigin: 'base' }, { statedOrigin: 'application' }, {}, {}],
    },
  ]);
  const asked = emulator.count('DescribeImages');
  for (const tag of ['elsewhere', 'foreign']) {
    const { reading } = await read(`app:${tag}`);
    expect([...reading.layers.values()]).toMatchObject([
      { layers: [{ statedOrigin: undefined }, {}, {}, {}] },
    ]);
    expect(reading.notices).toEqual([]);
  }
  // Each image itself, and nothing that only it names.
  expect(emulator.count('DescribeImages')).toBe(asked + 2);
});

it('loses only the instructions if reading configs is denied', async () => {
  const { read } = await stage([APP], [{ api: 'GetDownloadUrlForLayer', kind: 'deny' }]);
  const { reading } = await read('app:1.0', 'cache/debian:12');
  // The manifests alone show which layers are the base's.
  expect(origins(reading)).toEqual(['base application application application']);
  expect(instructions(reading)).toEqual([[undefined, undefined, undefined, undefined]]);
  expect(reading.notices).toEqual([expect.stringContaining('AWS denies ecr:GetDownloadUrlForLayer')]);
});

it.each<[string, FaultSpec, RegExp]>([
  ['other bytes', { api: 'LayerDownload', kind: 'wrong-bytes' }, /do not match its digest/],
  ['nothing', { api: 'LayerDownload', kind: 'empty' }, /do not match its digest/],
  ['a server error', { api: 'LayerDownload', kind: '500' }, /HTTP 500/],
  ['a broken connection', { api: 'LayerDownload', kind: 'reset' }, /the connection failed/],
  ['no URL', { api: 'GetDownloadUrlForLayer', kind: 'empty' }, /returned no URL/],
])('loses only the instructions if the config is %s', async (_, fault, notice) => {
  const { read } = await stage([APP], [fault]);
  const { reading } = await read('app:1.0');
  expect(instructions(reading)).toEqual([[undefined, undefined, undefined, undefined]]);
  expect(reading.notices).toEqual([expect.stringMatching(notice)]);
  expect(reading.notices.join()).not.toContain('X-Amz');
});

it('does not download a config that is too large, or more bytes than its stated size', async () => {
  const { resolve, source, emulator } = await stage([APP]);
  const { registry, repository, platforms } = await resolve('app:1.0');
  const texts = await source.images.manifests(
    registry,
    repository,
    platforms.map(({ digest }) => digest),
  );
  const [manifest] = [...texts].map(([digest, text]) => parseManifest(digest, text));
  if (manifest?.kind !== 'image' || manifest.config === undefined) throw new Error('no config');
  const ask = (size: number) => source.configs.config(registry, repository, { digest, size });
  const { digest, size } = manifest.config;
  await expect(ask(MAX_CONFIG_BYTES + 1)).rejects.toThrow(LayersUnknown);
  expect(emulator.count('GetDownloadUrlForLayer')).toBe(0);
  await expect(ask(size - 1)).rejects.toThrow(/larger than/);
  await expect(ask(size)).resolves.toHaveLength(size);
});

it('retries a download that fails once', async () => {
  const { read, emulator } = await stage([APP], [{ api: 'LayerDownload', kind: '503', to: 2 }]);
  const { reading } = await read('app:1.0');
  expect(instructions(reading)[0]?.[1]).toBe(APT);
  expect(reading.notices).toEqual([]);
  expect(emulator.count('LayerDownload')).toBe(3);
});

it('returns a notice if the base image cannot be read', async () => {
  const { read } = await stage([APP]);
  const { reading } = await read('app:1.0', 'cache/debian:13');
  expect(origins(reading)).toEqual(['? ? ? ?']);
  expect(reading.notices).toEqual([
    expect.stringMatching(/base image .*cache\/debian:13 could not be read: .*no image/),
  ]);
});

it('does not use an image or a copy of it as its own base image, and returns a notice', async () => {
  const copy = { ...APP, name: 'copy', tag: 'copy', seed: 'app', annotations: { a: 'b' } } as ImageSpec;
  const { read } = await stage([APP, copy]);
  for (const tag of ['1.0', 'copy']) {
    const { reading } = await read('app:1.0', `app:${tag}`);
    expect(origins(reading)).toEqual(['? ? ? ?']);
    expect(reading.notices).toEqual([
      expect.stringMatching(
        new RegExp(
          `^The base image .*app:${tag} was not used for the image sha256:\\w+ of app: it has every layer`,
        ),
      ),
    ]);
  }
});

it('uses a base image in rules only if its repository is allowed, and otherwise only to explain', async () => {
  const { read, emulator } = await stage([APP]);
  const asked: string[] = [];
  const refused = await read('app:1.0', 'cache/debian:12', (repository) => {
    asked.push(repository);
    return false;
  });
  expect(asked).toEqual([`${HOST}/cache/debian`]);
  expect(origins(refused.reading)).toEqual(['? ? ? ?']);
  expect([...refused.reading.layers.values()]).toMatchObject([
    {
      base: { proven: true, decides: false, uri: `${HOST}/cache/debian@${emulator.digests.get('debian')}` },
      layers: [{ statedOrigin: 'base' }, { statedOrigin: 'application' }, {}, {}],
    },
  ]);
  expect(refused.reading.notices).toEqual([]);
});

it('adds the platform of the config to the findings', async () => {
  const { read, findings } = await stage([APP]);
  const { reading, image: resolved } = await read('app:1.0');
  const told = attributeLayers(await findings(resolved), reading.layers);
  expect(new Set(told.map(({ configPlatform }) => JSON.stringify(configPlatform)))).toEqual(
    new Set([JSON.stringify({ os: 'linux', architecture: 'amd64' })]),
  );
});

it('reads no layers of an image whose manifest has another digest', async () => {
  const { resolve, source } = await stage([APP], [{ api: 'BatchGetImage', kind: 'wrong-bytes', from: 2 }]);
  const reading = await readLayers(await resolve('app:1.0'), undefined, source);
  expect(reading.layers.size).toBe(0);
  expect(reading.notices).toEqual([
    expect.stringMatching(/^The layers of .*app@sha256:\w+ are unknown: .*SHA-256/),
  ]);
});

it('is not awaited without a limit', async () => {
  const { deadline, clock } = fakeTime(3_600_000);
  const late = await readInTime(new Promise(() => {}), deadline);
  expect(late).toEqual({ layers: new Map(), notices: ['The layers were not read in time.'] });
  expect(clock.now()).toBeLessThan(60_000);
  const reading = { layers: new Map(), notices: ['there'] };
  expect(await readInTime(Promise.resolve(reading), deadline)).toBe(reading);
});
