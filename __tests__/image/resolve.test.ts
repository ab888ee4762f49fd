import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { isRunnable, parseManifest } from '../../src/image/manifest.ts';
import { parseReference } from '../../src/image/reference.ts';
import { type ImageSource, isResolved, resolveEach, resolveImages } from '../../src/image/resolve.ts';
import type { Digest } from '../../src/results/registry.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const IN_TOTO = 'application/vnd.in-toto+json';

/** A registry in memory: manifests by their true digest. */
/** The digest of a layer. */
const BLOB = `sha256:${'5'.repeat(64)}`;

class Registry implements ImageSource {
  readonly texts = new Map<Digest, string>();
  readonly tags = new Map<string, Digest>();
  tampered: Digest | undefined;

  put(manifest: object, tag?: string): Digest {
    const text = JSON.stringify(manifest);
    const digest: Digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    this.texts.set(digest, text);
    if (tag !== undefined) this.tags.set(tag, digest);
    return digest;
  }

  image(seed: string, layers: string[] = [LAYER], tag?: string): Digest {
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: 'sha256:0', size: 1 };
    return this.put(
      { schemaVersion: 2, config, layers: layers.map((mediaType) => ({ mediaType, digest: BLOB })), seed },
      tag,
    );
  }

  index(children: object[], tag?: string): Digest {
    return this.put({ schemaVersion: 2, mediaType: INDEX, manifests: children }, tag);
  }

  describe: ImageSource['describe'] = async ({ tag, digest }) => ({
    digest: digest ?? this.tags.get(tag ?? '') ?? ('sha256:missing' as Digest),
    pushedAt: new Date(0),
    status: 'ACTIVE',
  });
  describeAll: ImageSource['describeAll'] = async (_registry, _repository, digests) =>
    digests.map((digest) => ({ digest, pushedAt: new Date(0), status: 'ACTIVE' }));
  manifests: ImageSource['manifests'] = async (_registry, _repository, digests) =>
    new Map(
      digests.flatMap((digest): [Digest, string][] => {
        const text = this.texts.get(digest);
        return text === undefined ? [] : [[digest, digest === this.tampered ? `${text} ` : text]];
      }),
    );
}

const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const resolve = (registry: Registry, ...tags: string[]) =>
  resolveImages(
    tags.map((tag) => parseReference(`${host}/app${tag}`)),
    registry,
  );

function child(digest: Digest, platform?: string, annotations?: Record<string, string>) {
  const [os, architecture, variant] = platform?.split('/') ?? [];
  return {
    mediaType: IMAGE,
    digest,
    size: 1,
    ...(platform && { platform: { os, architecture, variant } }),
    annotations,
  };
}

function attestation(digest: Digest, subject: string) {
  return child(digest, 'unknown/unknown', {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': subject,
  });
}

describe('resolveEach', () => {
  const references = (...tags: string[]) => tags.map((tag) => parseReference(`${host}/app${tag}`));

  it('gives each image its own outcome, in the order of the references', async () => {
    const registry = new Registry();
    const digest = registry.image('a', [LAYER], '1');
    registry.put(
      { schemaVersion: 2, config: { mediaType: 'application/vnd.cncf.helm.config' }, layers: [] },
      'chart',
    );
    const { describe: found } = registry;
    registry.describe = async (reference) => {
      if (reference.tag === 'gone') throw new GateError('not-found', 'no such image');
      return found(reference);
    };
    const all = await resolveEach(references(':gone', ':1', ':chart', ':gone', `@${digest}`), registry);
    expect(all.map((one) => (isResolved(one) ? one.digest : one.error.code))).toEqual([
      'not-found',
      digest,
      'unscannable',
    ]);
    expect(all.map(({ references: texts }) => texts)).toEqual([
      [`${host}/app:gone`, `${host}/app:gone`],
      [`${host}/app:1`, `${host}/app@${digest}`],
      [`${host}/app:chart`],
    ]);
  });

  it.each([
    new GateError('credentials', 'expired'),
    new GateError('timeout', 'over'),
    new GateError('cancelled', 'cancelled'),
    new TypeError('a defect'),
  ])('ends with %s as a whole', async (error) => {
    const registry = new Registry();
    registry.image('a', [LAYER], '1');
    const { describe: found } = registry;
    registry.describe = async (reference) => {
      if (reference.tag === 'other') throw error;
      return found(reference);
    };
    await expect(resolveEach(references(':1', ':other'), registry)).rejects.toBe(error);
  });
});

describe('resolveImages', () => {
  it('uses a single image as its own platform', async () => {
    const registry = new Registry();
    const digest = registry.image('a', [LAYER], '1');
    const [image] = await resolve(registry, ':1');
    expect(image).toMatchObject({ digest, isIndex: false, uri: `${host}/app@${digest}` });
    expect(image?.platforms.map((platform) => platform.digest)).toEqual([digest]);
  });

  it('judges two references to one digest once', async () => {
    const registry = new Registry();
    const digest = registry.image('a', [LAYER], '1');
    registry.tags.set('latest', digest);
    const images = await resolve(registry, ':1', ':latest', `@${digest}`);
    expect(images).toHaveLength(1);
    expect(images[0]?.references).toHaveLength(3);
  });

  it('follows an index and nested ones, and names the platforms', async () => {
    const registry = new Registry();
    const [amd, arm, deep] = [registry.image('amd'), registry.image('arm'), registry.image('deep')];
    const nested = registry.index([child(deep, 'linux/arm/v7'), child(arm, 'linux/arm64')]);
    registry.index([child(amd, 'linux/amd64'), { mediaType: INDEX, digest: nested, size: 1 }], '1');
    const [image] = await resolve(registry, ':1');
    expect(image?.platforms.map(({ digest, platform }) => [digest, platform])).toEqual([
      [amd, 'linux/amd64'],
      [deep, 'linux/arm/v7'],
      [arm, 'linux/arm64'],
    ]);
  });

  it('skips a build attestation', async () => {
    const registry = new Registry();
    const amd = registry.image('amd');
    const statement = registry.image('statement', [IN_TOTO]);
    registry.index([child(amd, 'linux/amd64'), attestation(statement, amd)], '1');
    const [image] = await resolve(registry, ':1');
    expect(image?.platforms.map(({ digest }) => digest)).toEqual([amd]);
    expect(image?.attestations).toEqual([statement]);
  });

  it.each([
    ['without the annotation', (hidden: Digest) => child(hidden, 'unknown/unknown')],
    [
      'with an annotation that names no sibling',
      (hidden: Digest) => attestation(hidden, `sha256:${'f'.repeat(64)}`),
    ],
    ['that names itself', (hidden: Digest) => attestation(hidden, hidden)],
    ['with real layers', (hidden: Digest, amd: Digest) => attestation(hidden, amd)],
  ])('does not let an image hide as unknown/unknown %s', async (_, entry) => {
    const registry = new Registry();
    const amd = registry.image('amd');
    const hidden = registry.image('hidden');
    registry.index([child(amd, 'linux/amd64'), entry(hidden, amd)], '1');
    const [image] = await resolve(registry, ':1');
    expect(image?.platforms.map(({ digest }) => digest)).toContain(hidden);
    expect(image?.attestations).toEqual([]);
  });

  const EMPTY = 'application/vnd.oci.empty.v1+json';
  const SOCI = 'application/vnd.amazon.soci.index.v2+json';
  /** A manifest of an artifact, as its tool writes it. */
  const artifact = (config: string, layers: string[], artifactType?: string, mediaType: unknown = IMAGE) => ({
    schemaVersion: 2,
    mediaType,
    artifactType,
    config: { mediaType: config, digest: `sha256:${'4'.repeat(64)}`, size: 2 },
    layers: layers.map((type) => ({ mediaType: type, digest: `sha256:${'5'.repeat(64)}`, size: 9 })),
  });

  it.each<[string, object, string]>([
    ['a SOCI index', artifact(SOCI, ['application/octet-stream', 'application/octet-stream']), SOCI],
    ['an SBOM', artifact(EMPTY, ['application/spdx+json'], 'application/spdx+json'), 'application/spdx+json'],
    [
      'a signature',
      artifact(EMPTY, ['application/jose+json'], 'application/vnd.cncf.notary.signature'),
      'application/vnd.cncf.notary.signature',
    ],
    [
      'a chart',
      artifact('application/vnd.cncf.helm.config.v1+json', [
        'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
      ]),
      'application/vnd.cncf.helm.config.v1+json',
    ],
    [
      'an artifact without layers',
      artifact(EMPTY, [], 'application/vnd.example.note'),
      'application/vnd.example.note',
    ],
  ])('skips %s beside an image, whatever platform the index states, and lists its type', async (_, manifest, type) => {
    for (const platform of ['linux/amd64', 'unknown/unknown', undefined]) {
      const registry = new Registry();
      const amd = registry.image('amd');
      const skipped = registry.put(manifest);
      const nested = registry.index([child(skipped, platform)]);
      registry.index(
        [child(skipped, platform), child(amd, 'linux/amd64'), { mediaType: INDEX, digest: nested, size: 1 }],
        '1',
      );
      const [image] = await resolve(registry, ':1');
      expect(image?.platforms.map(({ digest }) => digest)).toEqual([amd]);
      expect(image?.skipped).toEqual([{ digest: skipped, type }]);
      expect(image?.attestations).toEqual([]);
    }
  });

  const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
  it.each<[string, object]>([
    ['with an image config', artifact(OCI_CONFIG, ['application/spdx+json'], SOCI)],
    ['with an image config in another case', artifact('Application/vnd.OCI.image.config.v1+json', [], SOCI)],
    [
      'with an image config of a later version',
      artifact('application/vnd.oci.image.config.v2+json', [], SOCI),
    ],
    ['with a config of Docker', artifact('application/vnd.docker.plugin.v1+json', [], SOCI)],
    // Docker takes these for image configs.
    ['with a config of type JSON', artifact('application/json', ['application/x-tar'], SOCI)],
    ['with a config of type octet-stream', artifact('application/octet-stream', ['application/x-tar'], SOCI)],
    ['with a config of type HTML', artifact('text/html', ['application/x-tar'], SOCI)],
    ['with an image config after a space', artifact(' application/vnd.oci.image.config.v1+json', [], SOCI)],
    ['with a config of a space', artifact(' ', ['application/x-tar'], SOCI)],
    ['with a config without a type', artifact('', ['application/x-tar'], SOCI)],
    ['with an image layer', artifact(EMPTY, ['application/spdx+json', LAYER], SOCI)],
    ['with a layer of Docker', artifact(EMPTY, ['application/vnd.docker.image.rootfs.diff.tar.gzip'], SOCI)],
    [
      'with an image layer of an unknown compression',
      artifact(EMPTY, ['application/vnd.oci.image.layer.v1.tar+lz4'], SOCI),
    ],
    ['with an encrypted layer', artifact(EMPTY, [`${LAYER}+encrypted`], SOCI)],
    ['with a layer without a type', artifact(EMPTY, [''], SOCI)],
    // containerd's shims run these without an image config.
    [
      'with a WebAssembly config',
      artifact('application/vnd.wasm.config.v0+json', ['application/octet-stream']),
    ],
    [
      'with a WebAssembly artifact type',
      artifact(EMPTY, ['application/octet-stream'], 'application/vnd.wasm.module'),
    ],
    ['with a WebAssembly layer', artifact(EMPTY, ['application/wasm'], 'application/vnd.example')],
    [
      'with a SIF file',
      artifact('application/vnd.sylabs.sif.config.v1+json', ['application/vnd.sylabs.sif.layer.v1.sif']),
    ],
    [
      'in Docker’s format',
      artifact(SOCI, [], undefined, 'application/vnd.docker.distribution.manifest.v2+json'),
    ],
    ['in a format that the manifest does not state', { ...artifact(SOCI, []), mediaType: undefined }],
    ['in a format that is null', artifact(SOCI, [], undefined, null)],
  ])('does not skip an artifact %s', async (_, manifest) => {
    const registry = new Registry();
    const amd = registry.image('amd');
    const hidden = registry.put(manifest);
    registry.index([child(amd, 'linux/amd64'), child(hidden, 'linux/amd64')], '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({
      code: 'unscannable',
      message: expect.stringContaining(hidden),
      nextStep: expect.stringContaining('Or give the digest of the platform that you deploy'),
    });
  });

  it.each([
    'application/vnd.docker.distribution.manifest.v2+json',
    '',
    undefined,
  ])('does not skip an artifact that its index lists with the media type %j', async (mediaType) => {
    const registry = new Registry();
    const amd = registry.image('amd');
    const hidden = registry.put(artifact(SOCI, []));
    registry.index([child(amd, 'linux/amd64'), { ...child(hidden, 'linux/amd64'), mediaType }], '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'unscannable' });
  });

  it('judges an image behind an artifact type, alone and in an index', async () => {
    const registry = new Registry();
    const hidden = registry.put(artifact(OCI_CONFIG, [LAYER], SOCI), 'alone');
    registry.index([child(registry.image('amd'), 'linux/amd64'), child(hidden, 'linux/amd64')], 'index');
    for (const tag of [':alone', ':index']) {
      const [image] = await resolve(registry, tag);
      expect(image?.platforms.map(({ digest }) => digest)).toContain(hidden);
      expect(image?.skipped).toEqual([]);
    }
  });

  it('never finds an image in artifacts alone', async () => {
    const registry = new Registry();
    registry.index([child(registry.put(artifact(SOCI, [])), 'linux/amd64')], '1');
    registry.put(artifact(SOCI, []), '2');
    for (const tag of [':1', ':2']) {
      await expect(resolve(registry, tag)).rejects.toMatchObject({ code: 'unscannable' });
    }
  });

  it('skips an attestation whose subject was replaced, and one without a subject', async () => {
    const registry = new Registry();
    const [amd, statement, other] = [
      registry.image('amd'),
      registry.image('a', [IN_TOTO]),
      registry.image('b', [IN_TOTO, IN_TOTO]),
    ];
    const mark = { 'vnd.docker.reference.type': 'attestation-manifest' };
    registry.index(
      [
        child(amd, 'linux/amd64'),
        attestation(statement, `sha256:${'f'.repeat(64)}`),
        child(other, 'unknown/unknown', mark),
      ],
      '1',
    );
    const [image] = await resolve(registry, ':1');
    expect(image?.platforms.map(({ digest }) => digest)).toEqual([amd]);
    expect(image?.attestations).toEqual([statement, other]);
  });

  it('reports every reference that fails, with its reason', async () => {
    const registry = new Registry();
    registry.put({ manifests: [] }, 'empty');
    registry.put(artifact(SOCI, []), 'chart');
    registry.image('good', [LAYER], 'good');
    const error = await resolve(registry, ':empty', ':good', ':chart').catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'unscannable',
      message: expect.stringMatching(/^2 checks failed\. \(1\) \S+app:empty: .* \(2\) \S+app:chart: /),
    });
  });

  it.each([
    [
      'a platform',
      (hidden: Digest, amd: Digest) => ({
        ...attestation(hidden, amd),
        platform: { os: 'linux', architecture: 'amd64' },
      }),
    ],
    ['no platform', (hidden: Digest, amd: Digest) => ({ ...attestation(hidden, amd), platform: undefined })],
    ['an empty platform', (hidden: Digest, amd: Digest) => ({ ...attestation(hidden, amd), platform: {} })],
  ])('does not skip an attestation with %s, which a runtime may choose', async (_, entry) => {
    const registry = new Registry();
    const amd = registry.image('amd');
    const hidden = registry.image('statement', [IN_TOTO]);
    registry.index([child(amd, 'linux/amd64'), entry(hidden, amd)], '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'unscannable' });
  });

  it('does not skip in-toto statements that are not marked as an attestation', async () => {
    const registry = new Registry();
    const amd = registry.image('amd');
    const statement = registry.image('statement', [IN_TOTO]);
    registry.index([child(amd, 'linux/amd64'), child(statement, 'unknown/unknown')], '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'unscannable' });
  });

  it('refuses an index that has other images for a program that ignores case', async () => {
    const registry = new Registry();
    const [shown, hidden] = [registry.image('shown'), registry.image('hidden')];
    registry.put(
      {
        schemaVersion: 2,
        manifests: [child(shown, 'linux/amd64')],
        Manifests: [child(hidden, 'linux/amd64')],
      },
      '1',
    );
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'not-proven' });
  });

  it('refuses an attestation that has image layers for a program that ignores case', async () => {
    const registry = new Registry();
    const amd = registry.image('amd');
    const hidden = registry.put({
      schemaVersion: 2,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
      layers: [{ mediaType: IN_TOTO }],
      Layers: [{ mediaType: LAYER }],
    });
    registry.index([child(amd, 'linux/amd64'), attestation(hidden, amd)], '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'not-proven' });
  });

  it('does not skip an attestation with one layer of another type', async () => {
    const registry = new Registry();
    const amd = registry.image('amd');
    const mixed = registry.image('mixed', [IN_TOTO, LAYER]);
    registry.index([child(amd, 'linux/amd64'), attestation(mixed, amd)], '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'unscannable' });
  });

  it('checks every manifest against its digest', async () => {
    const registry = new Registry();
    const amd = registry.image('amd');
    registry.index([child(amd, 'linux/amd64')], '1');
    registry.tampered = amd;
    await expect(resolve(registry, ':1')).rejects.toMatchObject({
      code: 'not-proven',
      message: expect.stringMatching(/SHA-256/),
    });
  });

  it.each([
    ['a chart', { config: { mediaType: 'application/vnd.cncf.helm.config.v1+json' }, layers: [] }],
    [
      'a signature',
      {
        config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
        layers: [{ mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json' }],
      },
    ],
    [
      'an artifact',
      {
        artifactType: 'application/spdx+json',
        config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
        layers: [],
      },
    ],
    ['an empty index', { manifests: [] }],
  ])('refuses %s', async (_, manifest) => {
    const registry = new Registry();
    registry.put(manifest, '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'unscannable' });
  });

  const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
  it.each<[string, object[], RegExp]>([
    ['a foreign layer of Docker', [{ mediaType: foreign }], /layer 1 .*outside the registry/],
    [
      'a layer that must not be distributed',
      [{ mediaType: LAYER }, { mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip' }],
      /layer 2 .*outside the registry/,
    ],
    [
      'a layer with URLs',
      [{ mediaType: LAYER, urls: ['https://example.com/layer'] }],
      /outside the registry/,
    ],
    ['a layer whose URLs are no list', [{ mediaType: LAYER, urls: 'https://example.com' }], /outside/],
    [
      'an encrypted layer',
      [{ mediaType: LAYER }, { mediaType: `${LAYER}+encrypted` }],
      /layer 2 .*encrypted/,
    ],
    ['an encrypted foreign layer', [{ mediaType: `${foreign}+encrypted` }], /encrypted/],
    [
      'a layer with a digest of another algorithm',
      [{ mediaType: LAYER }, { mediaType: LAYER, digest: `sha512:${'5'.repeat(128)}` }],
      /layer 2 .*no SHA-256 digest/,
    ],
    ['a layer without a digest', [{ mediaType: LAYER, digest: undefined }], /layer 1 .*no SHA-256 digest/],
  ])('refuses an image with %s, alone or in an index, and names the layer', async (_, layers, message) => {
    const registry = new Registry();
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: 'sha256:0', size: 1 };
    const stored = layers.map((layer) => ({ digest: BLOB, ...layer }));
    const digest = registry.put({ schemaVersion: 2, config, layers: stored }, '1');
    registry.index([child(registry.image('other'), 'linux/amd64'), child(digest, 'linux/arm64')], '2');
    for (const tag of [':1', ':2']) {
      await expect(resolve(registry, tag)).rejects.toMatchObject({
        code: 'unscannable',
        message: expect.stringMatching(message),
      });
    }
  });

  it.each([
    ...['', '+gzip', '+zstd'].map((suffix) => `application/vnd.oci.image.layer.v1.tar${suffix}`),
    ...['', '.gzip', '.zstd'].map((suffix) => `application/vnd.docker.image.rootfs.diff.tar${suffix}`),
  ])('accepts layers of type %s', async (mediaType) => {
    const registry = new Registry();
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json' };
    registry.put(
      {
        schemaVersion: 2,
        config,
        layers: [
          { mediaType, digest: BLOB, urls: [] },
          { mediaType, digest: BLOB, urls: null },
        ],
      },
      '1',
    );
    expect(await resolve(registry, ':1')).toHaveLength(1);
  });

  it.each([
    'application/vnd.oci.image.layer.v1.tar+lz4',
    'application/vnd.oci.image.layer.v2.tar',
    'application/vnd.oci.image.layer.v1.tar+gzip ',
    'Application/vnd.oci.image.layer.v1.tar',
    'application/vnd.docker.image.rootfs.diff.tar.gzip+encrypted+encrypted',
    'application/vnd.docker.image.rootfs.x',
    '',
  ])('does not accept a layer of type "%s"', async (mediaType) => {
    const registry = new Registry();
    registry.image('a', [LAYER, mediaType], '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'unscannable' });
  });

  it('refuses an index with more than 64 images', async () => {
    const registry = new Registry();
    registry.index(
      Array.from({ length: 65 }, (_, index) => child(registry.image(String(index)), 'linux/amd64')),
      '1',
    );
    await expect(resolve(registry, ':1')).rejects.toMatchObject({
      code: 'unscannable',
      message: expect.stringMatching(/64/),
    });
  });

  it('refuses an index with a missing child', async () => {
    const registry = new Registry();
    registry.index([child(`sha256:${'1'.repeat(64)}`, 'linux/amd64')], '1');
    await expect(resolve(registry, ':1')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('parseManifest', () => {
  const digestOf = (text: string): Digest => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  it.each([
    'not json',
    '[]',
    'null',
    '{}',
    '{"manifests":[],"config":{},"layers":[]}',
    '{"manifests":[{"digest":"sha256:1"}]}',
    '{"manifests":[null]}',
    '{"config":{}}',
    '{"config":null,"layers":[]}',
    '{"manifests":[],"manifests":[]}',
    '{"manifests":[],"manifeſts":[]}',
    // A program that uses the media type would read these incorrectly.
    '{"manifests":[],"config":{}}',
    '{"manifests":[],"layers":[]}',
    '{"manifests":[],"layers":{}}',
    '{"config":{},"layers":[],"manifests":{}}',
    `{"mediaType":"${IMAGE}","manifests":[]}`,
    `{"mediaType":"${INDEX}","config":{},"layers":[]}`,
    '{"mediaType":5,"manifests":[]}',
  ])('refuses %s', (text) => {
    expect(() => parseManifest(digestOf(text), text)).toThrow(/cannot be read/);
  });

  it('reads null as a missing member, as Go writes it', () => {
    const text = JSON.stringify({ mediaType: IMAGE, manifests: null, config: {}, layers: [] });
    expect(parseManifest(digestOf(text), text)).toMatchObject({ kind: 'image' });
  });

  it('refuses a manifest that is nested too deeply', () => {
    const text = `{"manifests":[],"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(() => parseManifest(digestOf(text), text)).toThrow(/cannot be read/);
  });

  it('does not need the mediaType member, which OCI makes optional', () => {
    const text = JSON.stringify({
      config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
      layers: [{ mediaType: LAYER }],
    });
    expect(isRunnable(parseManifest(digestOf(text), text))).toBe(true);
  });

  it('keeps the valid digests, sizes and annotations, and nothing malformed', () => {
    const valid = `sha256:${'0'.repeat(64)}`;
    const read = (content: object) => {
      const text = JSON.stringify(content);
      return parseManifest(digestOf(text), text);
    };
    expect(
      read({
        config: { digest: valid, size: 5 },
        layers: [{ digest: valid }, { digest: 'sha256:abc' }, null],
        annotations: { a: 'b', c: 5 },
      }),
    ).toMatchObject({
      config: { digest: valid, size: 5 },
      layerDigests: [valid, undefined, undefined],
      annotations: { a: 'b' },
    });
    for (const config of [
      { digest: 'x', size: 5 },
      { digest: valid },
      { digest: valid, size: -1 },
      { digest: valid, size: 0.5 },
    ]) {
      expect(read({ config, layers: [], annotations: 5 })).toMatchObject({
        config: undefined,
        annotations: {},
      });
    }
    expect(read({ manifests: [], annotations: { a: 'b' } })).toMatchObject({ annotations: { a: 'b' } });
  });
});
