/** What an image is built on, by the blobs of its layers and what the repository of the base image lists. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  BaseRepository,
  type BaseTag,
  type BuiltPlatform,
  baseTagOf,
  readBuilt,
} from '../../src/image/base-tags.ts';
import { LayersUnknown } from '../../src/image/layers.ts';
import type { ListedImage, Listing } from '../../src/image/listing.ts';
import type { LayerSource } from '../../src/image/origins.ts';
import { parseReference } from '../../src/image/reference.ts';
import type { ResolvedImage } from '../../src/image/resolve.ts';
import type { Digest } from '../../src/results/registry.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const TAG = parseReference(`${HOST}/cache/node:22.11`);
const { registry } = TAG;
const DAY = 86_400_000;
const NOW = Date.parse('2026-06-01T12:00:00Z');

const digestOf = (text: string): Digest => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const layer = (name: string) => digestOf(`layer ${name}`);

/** A registry in memory, which remembers what was read. */
class Memory implements LayerSource {
  readonly texts = new Map<string, string>();
  readonly read: string[] = [];
  readonly listed = new Map<Digest, ListedImage>();
  private readonly blobs = new Map<Digest, Buffer>();

  put(content: object, list: Partial<ListedImage> | null): Digest {
    const text = JSON.stringify(content);
    const digest = digestOf(text);
    this.texts.set(digest, text);
    if (list !== null) {
      const pushedAt = new Date(NOW - 10 * DAY);
      this.listed.set(digest, {
        digest,
        pushedAt,
        status: 'ACTIVE',
        tags: [],
        mediaType: undefined,
        ...list,
      });
    }
    return digest;
  }

  image(
    layers: string,
    list: Partial<ListedImage> | null = {},
    {
      platform = { os: 'linux', architecture: 'amd64' },
      ...more
    }: { platform?: object } & Record<string, unknown> = {},
  ): Digest {
    const digests = [...layers].map(layer);
    const config = Buffer.from(
      JSON.stringify({ ...platform, rootfs: { type: 'layers', diff_ids: digests } }),
    );
    const digest = digestOf(String(config));
    this.blobs.set(digest, config);
    const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip';
    return this.put(
      {
        schemaVersion: 2,
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: config.length },
        layers: digests.map((one) => ({ mediaType, digest: one, size: 1 })),
        ...more,
      },
      list,
    );
  }

  index(children: readonly (readonly [Digest, object])[], list: Partial<ListedImage> = {}): Digest {
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const manifests = children.map(([digest, platform]) => ({ mediaType, digest, size: 1, platform }));
    return this.put(
      { schemaVersion: 2, manifests },
      { ...list, mediaType: 'application/vnd.oci.image.index.v1+json' },
    );
  }

  get listing(): Listing {
    const images = [...this.listed.values()];
    return {
      images: this.listed,
      tagged: new Map(images.flatMap((one) => one.tags.map((tag) => [tag, one] as const))),
    };
  }

  readonly images: LayerSource['images'] = {
    describe: async () => Promise.reject(new Error('not used')),
    describeAll: async () => Promise.reject(new Error('not used')),
    manifests: async (_registry, _repository, digests) => {
      this.read.push(...digests);
      return new Map(
        digests.flatMap((digest) => {
          const text = this.texts.get(digest);
          return text === undefined ? [] : [[digest, text] as const];
        }),
      );
    },
  };
  readonly configs: LayerSource['configs'] = {
    config: async (_registry, _repository, { digest }) => this.blobs.get(digest) ?? Buffer.from('{}'),
  };
}

function resolved(
  digest: Digest,
  overrides: Partial<ResolvedImage> = {},
  platform = 'unknown',
): ResolvedImage {
  const repository = overrides.repository ?? 'team/app';
  return {
    ...{
      references: [],
      registry,
      repository,
      digest,
      uri: `${HOST}/${repository}@${digest}`,
      isIndex: false,
    },
    ...{ attestations: [], skipped: [] },
    platforms: [{ registry, repository, digest, platform, pushedAt: new Date(NOW - DAY), status: 'ACTIVE' }],
    ...overrides,
  };
}

/** What an image with these layers is built on: how many layers, which of them, and whether they are current. */
async function builtOn(
  memory: Memory,
  layers: string,
  base: Partial<BaseTag> = {},
  image: Partial<ResolvedImage> = {},
) {
  const digest = memory.image(layers, null);
  const own = resolved(digest, image);
  const built = await readBuilt(own, memory);
  if (built === undefined) throw new Error('the image could not be read');
  const tag = { ...(baseTagOf(TAG, true) as BaseTag), ...base };
  const repository = new BaseRepository(registry, 'cache/node', memory.listing, memory);
  const found = (await repository.basesOf(own, built.platforms, tag))?.get(digest);
  if (found === undefined) return undefined;
  const names = [...layers].filter((name) => found.layers.has(layer(name)));
  return `${found.layerCount}: ${[...new Set(names)].join('')}${found.isCurrent ? ', current' : ''}`;
}

const NOW_TAG = { tags: ['22.11'], pushedAt: new Date(NOW - 3 * DAY) };

describe('an image is built on', () => {
  it('what the tag points at now, or an earlier image of its repository', async () => {
    const memory = new Memory();
    memory.image('ab', NOW_TAG);
    memory.image('xy');
    expect(await builtOn(memory, 'abcd')).toBe('2: ab, current');
    expect(await builtOn(memory, 'xyz')).toBe('2: xy');
    expect(await builtOn(memory, 'xz')).toBeUndefined();
    expect(await builtOn(memory, 'zxy')).toBeUndefined();
  });

  it('the image with the most layers, but not more than the tag has now', async () => {
    const memory = new Memory();
    memory.image('ab', NOW_TAG);
    memory.image('x');
    memory.image('xy');
    memory.image('xyz');
    expect(await builtOn(memory, 'xyzw')).toBe('2: xy');
  });

  it('no copy of itself, whose layers are all its own', async () => {
    const memory = new Memory();
    memory.image('ab', NOW_TAG);
    memory.image('xy');
    expect(await builtOn(memory, 'xy')).toBeUndefined();
    expect(await builtOn(memory, 'ab')).toBeUndefined();
  });

  it('layers that it does not have again further up', async () => {
    const memory = new Memory();
    memory.image('ab', NOW_TAG);
    memory.image('xy');
    expect(await builtOn(memory, 'xyzx')).toBe('2: y');
  });

  it('no release of its own repository, unless the digest is given', async () => {
    const memory = new Memory();
    memory.image('abc', NOW_TAG);
    const release = memory.image('xy');
    const own = { repository: 'cache/node' };
    expect(await builtOn(memory, 'xyz', {}, own)).toBeUndefined();
    // The same registry under its other host name.
    const other = parseReference(`${HOST.replace('.ecr.', '.ecr-fips.')}/cache/node:1`);
    expect(await builtOn(memory, 'xyz', {}, { ...own, registry: other.registry })).toBeUndefined();
    expect(await builtOn(memory, 'xyz')).toBe('2: xy');
    expect(await builtOn(memory, 'xyz', { digest: release }, own)).toBe('2: xy');
  });

  it('the digest that is given, and no other one', async () => {
    const memory = new Memory();
    memory.image('ab', NOW_TAG);
    memory.image('xy');
    const other = memory.image('pq');
    expect(await builtOn(memory, 'xyz', { digest: other })).toBeUndefined();
    // One that the repository does not list shows nothing, and the layers do.
    expect(await builtOn(memory, 'xyz', { digest: layer('elsewhere') })).toBe('2: xy');
  });

  const AMD64 = { os: 'linux', architecture: 'amd64' };
  const ARM64 = { os: 'linux', architecture: 'arm64' };

  it('the child of an index for its own platform, by the index and by the config', async () => {
    const memory = new Memory();
    const children = [
      [memory.image('ab'), AMD64],
      [memory.image('pq', {}, { platform: ARM64 }), ARM64],
    ] as const;
    memory.index(children, NOW_TAG);
    expect(await builtOn(memory, 'abc')).toBe('2: ab, current');
    const swapped = new Memory();
    swapped.index([[swapped.image('ab', {}, { platform: ARM64 }), AMD64]], NOW_TAG);
    expect(await builtOn(swapped, 'abc')).toBeUndefined();
  });

  it('nothing certain if an index has two children for a platform, or none that is listed', async () => {
    const two = new Memory();
    two.index(
      [
        [two.image('ab'), AMD64],
        [two.image('cd'), AMD64],
      ],
      NOW_TAG,
    );
    expect(await builtOn(two, 'abc')).toBeUndefined();
    const unlisted = new Memory();
    const child = unlisted.image('ab', null);
    unlisted.index([[child, AMD64]], NOW_TAG);
    expect(await builtOn(unlisted, 'abc')).toBeUndefined();
    // A pull-through cache would get it from its upstream registry.
    expect(unlisted.read).not.toContain(child);
  });

  it('nothing that cannot be read as an image', async () => {
    const memory = new Memory();
    memory.image('ab', NOW_TAG);
    const broken = memory.image('xy');
    memory.texts.set(broken, `${memory.texts.get(broken)} `);
    expect(await builtOn(memory, 'xyz')).toBeUndefined();
  });
});

describe('the platforms of an image', () => {
  const platformsOf = async (memory: Memory, digest: Digest, listed?: string) =>
    (await readBuilt(resolved(digest, {}, listed), memory))?.platforms.map(
      ({ platform }: BuiltPlatform) => platform,
    );

  it('are those of their configs, which an index does not contradict', async () => {
    const memory = new Memory();
    const digest = memory.image('ab', null);
    expect(await platformsOf(memory, digest)).toEqual(['linux/amd64']);
    expect(await platformsOf(memory, digest, 'linux/arm64, linux/amd64')).toEqual(['linux/amd64']);
    expect(await platformsOf(memory, digest, 'linux/arm64')).toBeUndefined();
    const silent = memory.image('ab', null, { platform: { os: 'linux' } });
    expect(await platformsOf(memory, silent)).toBeUndefined();
  });

  it('are not read from a config with other bytes', async () => {
    const memory = new Memory();
    const digest = memory.image('ab', null);
    memory.configs.config = async () => Buffer.from('{}');
    await expect(platformsOf(memory, digest)).rejects.toBeInstanceOf(LayersUnknown);
  });
});

describe('the base image in annotations', () => {
  const NAME = 'org.opencontainers.image.base.name';
  const DIGEST = 'org.opencontainers.image.base.digest';
  const stated = async (annotations: Record<string, string>) => {
    const memory = new Memory();
    const image = memory.image('ab', null, { annotations });
    return (await readBuilt(resolved(image), memory))?.stated.map(({ text, digest, named }) => ({
      text,
      digest,
      named,
    }));
  };

  it('is one with a tag in the registry of the image', async () => {
    const text = `${HOST}/cache/node:22.11`;
    const digest = layer('a');
    expect(await stated({ [NAME]: text })).toEqual([{ text, digest: undefined, named: false }]);
    expect(await stated({ [NAME]: text, [DIGEST]: digest })).toEqual([{ text, digest, named: false }]);
    expect(await stated({ [NAME]: `${HOST}/cache/node` })).toEqual([
      { text: `${HOST}/cache/node:latest`, digest: undefined, named: false },
    ]);
    for (const name of [
      text.replace('123456789012', '999999999999'),
      text.replace('eu-central-1', 'us-east-1'),
      'docker.io/library/node:22.11',
      `${HOST}/cache/node@${digest}`,
      '-- nothing',
    ]) {
      expect(await stated({ [NAME]: name })).toEqual([]);
    }
    expect(await stated({ [DIGEST]: digest })).toEqual([]);
  });
});
