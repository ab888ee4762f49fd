import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attributeLayers,
  type BaseLayers,
  baseImagesOf,
  cleanInstruction,
  type ImageConfig,
  type ImageLayers,
  imageLayers,
  LayersUnknown,
  parseConfig,
  statedBase,
} from '../../src/image/layers.ts';
import { type Manifest, parseManifest } from '../../src/image/manifest.ts';
import type { VulnerablePackage } from '../../src/results/finding.ts';
import type { Digest } from '../../src/results/registry.ts';
import { createFinding, createPackage, DIGEST } from '../report/fixtures.ts';

const sha256 = (text: string | Buffer): Digest => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const blobs = (...names: string[]) => names.map((name) => sha256(`blob ${name}`));
const diffs = (...names: string[]) => names.map((name) => sha256(`diff ${name}`));

function manifest(...layers: string[]): Manifest & { kind: 'image' } {
  const text = JSON.stringify({
    config: { digest: sha256('config'), size: 6 },
    layers: blobs(...layers).map((digest) => ({ digest })),
  });
  const parsed = parseManifest(sha256(text), text);
  if (parsed.kind !== 'image') throw new Error('not an image');
  return parsed;
}

function config(layers: readonly string[], history: readonly (string | undefined)[]): ImageConfig {
  return {
    platform: undefined,
    diffIds: diffs(...layers),
    history: history.map((createdBy) => ({ createdBy, empty: createdBy?.startsWith('ENV') ?? false })),
  };
}

function base(layers: readonly string[], more: Partial<BaseLayers> = {}): BaseLayers {
  return {
    name: 'registry/base:1',
    uri: 'registry/base@sha256:1',
    allowed: true,
    digest: sha256(`base ${layers.join()}`),
    layerDigests: blobs(...layers),
    diffIds: undefined,
    ...more,
  };
}

describe('parseConfig', () => {
  const read = (content: unknown) => {
    const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
    return parseConfig(sha256(bytes), bytes);
  };

  it('reads the layers and the instructions that created them', () => {
    const content = {
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: diffs('a') },
      history: [
        { created_by: 'ADD x /' },
        { created_by: 'ENV A=1', empty_layer: true },
        { comment: 'imported' },
      ],
    };
    expect(read(content)).toEqual({
      platform: { os: 'linux', architecture: undefined, variant: undefined },
      diffIds: diffs('a'),
      history: [
        { createdBy: 'ADD x /', empty: false },
        { createdBy: 'ENV A=1', empty: true },
        { createdBy: undefined, empty: false },
      ],
    });
    const platform = { os: undefined, architecture: undefined, variant: undefined };
    expect(read({ rootfs: { diff_ids: [] } })).toEqual({ platform, diffIds: [], history: [] });
  });

  it('reads the platform, unless another program can read a different one', () => {
    const rootfs = '"rootfs":{"diff_ids":[]}';
    const platformOf = (members: string) => read(`{${rootfs},${members}}`).platform;
    const arm = { os: 'linux', architecture: 'arm', variant: 'v6' };
    expect(
      platformOf('"os":"linux","architecture":"arm","variant":"v6","config":{"Labels":{"OS":"x"}}'),
    ).toEqual(arm);
    for (const more of [
      '"architecture":"amd64","architecture":"arm64"',
      '"architecture":"amd64","Architecture":"arm64"',
      '"architecture":"amd64","O\u017f":"windows"',
      '"OS":"linux","architecture":"amd64"',
    ]) {
      expect(platformOf(more)).toBeUndefined();
    }
  });

  it('refuses bytes with another digest', () => {
    const bytes = Buffer.from(JSON.stringify({ rootfs: { diff_ids: [] } }));
    expect(() => parseConfig(sha256('another'), bytes)).toThrow(LayersUnknown);
  });

  it.each([
    'nothing',
    '[]',
    'null',
    '{}',
    '{"rootfs":{"diff_ids":["sha256:abc"]}}',
    '{"rootfs":{"diff_ids":[5]}}',
    '{"rootfs":{"diff_ids":[]},"history":{}}',
    '{"rootfs":{"diff_ids":[]},"history":[{"created_by":5}]}',
    '{"rootfs":{"diff_ids":[]},"history":[{"empty_layer":"true"}]}',
  ])('refuses %s', (content) => {
    expect(() => read(content)).toThrow(LayersUnknown);
  });
});

describe('imageLayers', () => {
  const instructions = (...given: Parameters<typeof imageLayers>) =>
    imageLayers(...given).layers.map(({ instruction }) => instruction);
  const origins = (...given: Parameters<typeof imageLayers>) =>
    imageLayers(...given).layers.map(({ origin }) => origin);

  it('assigns to each layer the history entry that created it', () => {
    const known = config(['a', 'b'], ['ENV A=1', 'ADD x /', 'ENV B=2', 'COPY y /']);
    expect(imageLayers(manifest('a', 'b'), known, []).layers).toMatchObject([
      { digest: blobs('a')[0], diffId: diffs('a')[0], instruction: 'ADD x /', origin: undefined },
      { digest: blobs('b')[0], diffId: diffs('b')[0], instruction: 'COPY y /', origin: undefined },
    ]);
  });

  it.each<[string, ImageConfig | undefined]>([
    ['there is no config', undefined],
    ['the history has an entry too few', config(['a', 'b'], ['ADD x /'])],
    ['the history has an entry too many', config(['a', 'b'], ['ADD x /', 'COPY y /', 'COPY z /'])],
    ['there is no history', config(['a', 'b'], [])],
    ['the config is of another number of layers', config(['a'], ['ADD x /', 'COPY y /'])],
  ])('assigns no instruction if %s', (_, known) => {
    expect(instructions(manifest('a', 'b'), known, [])).toEqual([undefined, undefined]);
  });

  it('assigns no instruction if the entry has none', () => {
    expect(instructions(manifest('a', 'b'), config(['a', 'b'], [undefined, 'COPY y /']), [])).toEqual([
      undefined,
      'COPY y /',
    ]);
  });

  it('recognizes a base image if the image starts with all of its layers', () => {
    const image = manifest('a', 'b', 'c');
    const of = base(['a', 'b']);
    expect(imageLayers(image, undefined, [of]).base).toEqual({
      ...{ name: of.name, digest: of.digest, uri: of.uri },
      ...{ proven: true, decides: true },
    });
    expect(origins(image, undefined, [of])).toEqual(['base', 'base', 'application']);
    // The platforms of an index are compared alike: the one with most layers in common is it.
    expect(origins(image, undefined, [base(['x']), base(['a']), of, base(['a', 'x'])])).toEqual([
      'base',
      'base',
      'application',
    ]);
  });

  it.each<[string, BaseLayers]>([
    ['the image itself', base(['a', 'b', 'c'], { digest: manifest('a', 'b', 'c').digest })],
    ['a copy of it under another config', base(['a', 'b', 'c'])],
    ['a copy of it, compressed anew', base(['x', 'y', 'z'], { diffIds: diffs('a', 'b', 'c') })],
  ])('ignores %s', (_, copy) => {
    const image = manifest('a', 'b', 'c');
    const known = config(['a', 'b', 'c'], []);
    const alone = imageLayers(image, known, [copy]);
    const { name, digest, uri } = copy;
    expect(alone).toMatchObject({ base: undefined, whole: [{ name, digest, uri }] });
    // Nor where the image names it.
    const stated = imageLayers(image, known, [], [copy], { name: copy.name, digest: undefined });
    for (const { layers } of [alone, stated]) {
      for (const layer of layers) expect(layer).toMatchObject({ origin: undefined, statedOrigin: undefined });
    }
    // The true base beside it counts.
    expect(origins(image, known, [copy, base(['a'])])).toEqual(['base', 'application', 'application']);
  });

  it.each([
    ['by Docker', 'a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4'],
    ['by BuildKit', '4f4fb700ef54461cfa02571ae0db9a0dc1e0cdb5577484a6d75e68dc38e8acc1'],
  ])('ignores a base image to which the image adds only empty layers, compressed %s', (_, hex) => {
    const text = JSON.stringify({
      config: { digest: sha256('config'), size: 6 },
      layers: [...blobs('a', 'b'), `sha256:${hex}`, `sha256:${hex}`].map((digest) => ({ digest })),
    });
    const image = parseManifest(sha256(text), text) as Manifest & { kind: 'image' };
    expect(imageLayers(image, undefined, [base(['a', 'b'])])).toMatchObject({ base: undefined, whole: [{}] });
    expect(imageLayers(image, undefined, [base(['a'])])).toMatchObject({
      base: { decides: true },
      whole: [],
    });
  });

  it('recognizes an empty layer by its content too', () => {
    const empty = sha256(Buffer.alloc(1024));
    const known = { ...config(['a', 'b'], []), diffIds: [...diffs('a'), empty] };
    expect(imageLayers(manifest('a', 'b'), known, [base(['a'])])).toMatchObject({
      base: undefined,
      whole: [{}],
    });
  });

  it('uses a base image that the policy does not allow only to explain', () => {
    const image = manifest('a', 'b', 'c');
    const foreign = base(['a', 'b'], { allowed: false });
    expect(imageLayers(image, undefined, [foreign])).toMatchObject({
      base: { proven: true, decides: false },
      layers: [
        { origin: undefined, statedOrigin: 'base' },
        { origin: undefined, statedOrigin: 'base' },
        { origin: undefined, statedOrigin: 'application' },
      ],
    });
    // One that is allowed counts, however many layers the other has in common with the image.
    expect(origins(image, undefined, [foreign, base(['a'])])).toEqual(['base', 'application', 'application']);
  });

  it('never assigns all layers with content to the base image', () => {
    const names = ['a', 'b', 'c', 'd'];
    const some = fc.array(fc.constantFrom(...names), { maxLength: 4 });
    fc.assert(
      fc.property(some, fc.array(fc.tuple(some, some, fc.boolean())), (own, bases) => {
        const known = imageLayers(
          manifest(...own),
          config(own, []),
          bases.map(([layers, contents, allowed]) => base(layers, { diffIds: diffs(...contents), allowed })),
        ).layers;
        if (known.length === 0) return;
        expect(known.map(({ origin }) => origin)).not.toEqual(known.map(() => 'base'));
        expect(known.map(({ statedOrigin }) => statedOrigin)).not.toEqual(known.map(() => 'base'));
      }),
    );
  });

  it('does not accept the contents that the config states as evidence', () => {
    const known = config(['a', 'b'], []);
    const anew = base(['other'], { diffIds: diffs('a') });
    expect(imageLayers(manifest('a', 'b'), known, [anew])).toMatchObject({
      base: { digest: anew.digest },
      layers: [
        { origin: undefined, statedOrigin: 'base' },
        { origin: undefined, statedOrigin: 'application' },
      ],
    });
    expect(imageLayers(manifest('a', 'b'), undefined, [anew]).base).toBeUndefined();
    // A config of another number of layers than its manifest says nothing.
    expect(
      imageLayers(manifest('a', 'b'), known, [base(['other'], { diffIds: diffs('a', 'b') })]).base,
    ).toBeUndefined();
  });

  it.each<[string, BaseLayers]>([
    ['shares only some of its layers', base(['a', 'x'])],
    ['lies elsewhere in it', base(['b'])],
    ['is larger', base(['a', 'b', 'c', 'd'])],
    ['has no layers', base([])],
    ['has a layer without a digest', base(['a'], { layerDigests: [undefined] })],
  ])('assigns no origin if the stated base image %s', (_, of) => {
    const known = imageLayers(manifest('a', 'b', 'c'), undefined, [of]);
    expect(known.base).toBeUndefined();
    expect(known.layers.map(({ origin }) => origin)).toEqual([undefined, undefined, undefined]);
  });

  it('keeps what the image states apart from what is verified', () => {
    const stated = { name: 'debian:12', digest: undefined };
    expect(imageLayers(manifest('a', 'b'), undefined, [], [base(['a'])], stated)).toMatchObject({
      base: undefined,
      statedBase: stated,
      layers: [
        { origin: undefined, statedOrigin: 'base' },
        { origin: undefined, statedOrigin: 'application' },
      ],
    });
  });
});

describe('statedBase', () => {
  const NAME = 'org.opencontainers.image.base.name';
  const DIGEST_OF = 'org.opencontainers.image.base.digest';

  it('uses the first annotations that name a base image', () => {
    const digest = sha256('base');
    expect(statedBase([{}, { [NAME]: ' debian:12 ', [DIGEST_OF]: digest }, { [NAME]: 'other' }])).toEqual({
      name: 'debian:12',
      digest,
    });
    expect(statedBase([{ [DIGEST_OF]: digest }])).toEqual({ name: undefined, digest });
  });

  it('ignores invalid names and digests', () => {
    expect(statedBase([])).toBeUndefined();
    expect(statedBase([{ [NAME]: '', [DIGEST_OF]: 'sha256:abc' }])).toBeUndefined();
    expect(statedBase([{ [NAME]: 'x'.repeat(301) }])).toBeUndefined();
  });
});

describe('cleanInstruction', () => {
  it.each([
    // Docker's own builder.
    ['/bin/sh -c #(nop) ADD file:0f1e2d in / ', 'ADD file:0f1e2d in /'],
    ['/bin/sh -c #(nop)  CMD ["bash"]', 'CMD ["bash"]'],
    ['/bin/sh -c apt-get update && apt-get install -y curl', 'RUN apt-get update && apt-get install -y curl'],
    ['|2 A=1 B=two words /bin/sh -c make', 'RUN make'],
    // BuildKit.
    ['RUN /bin/sh -c apt-get update  # buildkit', 'RUN apt-get update'],
    ['RUN |1 TOKEN=s3cret /bin/bash -o pipefail -c curl x | sh # buildkit', 'RUN curl x | sh'],
    ['RUN /bin/ash -eo pipefail -c apk add\t\tcurl;   true # buildkit', 'RUN apk add curl; true'],
    ['RUN /usr/bin/env sh -c x # buildkit', 'RUN /usr/bin/env sh -c x'],
    ['COPY --chown=1000 dist /app # buildkit', 'COPY --chown=1000 dist /app'],
    ['WORKDIR /app', 'WORKDIR /app'],
    // Other builders.
    ['bazel build //app', 'bazel build //app'],
    ['# debian.sh --arch amd64 out/ bookworm', '# debian.sh --arch amd64 out/ bookworm'],
    ['  one\n  two ', 'one two'],
  ])('turns %j into %j', (text, clean) => {
    expect(cleanInstruction(text)).toBe(clean);
  });

  it.each(['', '  ', '/bin/sh -c ', 'RUN /bin/sh -c  # buildkit'])('returns nothing for %j', (text) => {
    expect(cleanInstruction(text)).toBeUndefined();
  });

  it('returns one line of bounded length for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('😀 /sh -a'.repeat(2000))), (text) => {
        const clean = cleanInstruction(`RUN |1 A=${text} /bin/sh -c ${text}`) ?? '';
        expect(clean.length).toBeLessThanOrEqual(500);
        expect(clean).not.toMatch(/[\n\r\t\u2028]/);
      }),
    );
  });
});

describe('attributeLayers', () => {
  const known = new Map([
    [
      DIGEST,
      imageLayers(
        manifest('a', 'b', 'same', 'same'),
        config(
          ['a', 'b', 'same', 'same'],
          ['ADD x /', '/bin/sh -c apt-get install curl', 'COPY 1 /', 'COPY 2 /'],
        ),
        [base(['a'])],
      ),
    ],
  ]);
  const one = (layer: string | undefined, digest = DIGEST): VulnerablePackage | undefined =>
    attributeLayers([createFinding({ digest, packages: [createPackage({ layer })] })], known)[0]?.packages[0];

  it('finds a layer by its blob and by its content', () => {
    expect(one(blobs('a')[0])).toMatchObject({ instruction: 'ADD x /', origin: 'base' });
    expect(one(blobs('b')[0])).toMatchObject({
      instruction: 'RUN apt-get install curl',
      origin: 'application',
    });
    // What it holds is known from the image's own config: that explains, and proves nothing.
    expect(one(diffs('b')[0])).toMatchObject({
      instruction: 'RUN apt-get install curl',
      origin: undefined,
      statedOrigin: 'application',
    });
  });

  it('is not misled by a config that claims the contents of another layer', () => {
    // The config says that the base's layer holds what is the blob of the application's.
    const lying = { ...config(['a', 'b'], ['ADD x /', 'COPY y /']), diffIds: [...blobs('b'), ...diffs('b')] };
    const layers = new Map([[DIGEST, imageLayers(manifest('a', 'b'), lying, [base(['a'])])]]);
    const packages = [createPackage({ layer: blobs('b')[0] })];
    expect(attributeLayers([createFinding({ packages })], layers)[0]?.packages[0]).toMatchObject({
      instruction: 'COPY y /',
      origin: 'application',
    });
  });

  it('assigns to layers with the same key only what is equal for all of them', () => {
    expect(one(blobs('same')[0])).toMatchObject({ instruction: undefined, origin: 'application' });
  });

  it.each<[string, string | undefined, string | undefined]>([
    ['a layer that the image does not have', blobs('other')[0], DIGEST],
    ['no layer', undefined, DIGEST],
    ['what is no digest', 'a', DIGEST],
    ['an image that was not read', blobs('a')[0], sha256('another image')],
  ])('assigns nothing to %s', (_, layer, digest) => {
    expect(one(layer, digest)).toMatchObject({ layer, instruction: undefined, origin: undefined });
  });

  it.each<[string, Map<string, ImageLayers>]>([
    ['the image was not read', new Map()],
    ['its config was not read', new Map([[DIGEST, imageLayers(manifest('a'), undefined, [])]])],
    [
      'its config can be read in two ways',
      new Map([[DIGEST, imageLayers(manifest('a'), { ...config(['a'], ['ADD']), platform: undefined }, [])]]),
    ],
  ])('does not know the platform that the config states if %s', (_, layers) => {
    const [finding] = attributeLayers([createFinding({ platform: 'linux/arm64' })], layers);
    expect(finding).toMatchObject({ configPlatform: 'unknown' });
  });

  it('changes no other member', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            layer: fc.constantFrom(undefined, ...blobs('a', 'b', 'same', 'x')),
            name: fc.string(),
          }),
          {
            maxLength: 4,
          },
        ),
        (packages) => {
          const findings = [createFinding({ packages: packages.map(createPackage) })];
          const bare = (all: typeof findings) =>
            all.map(({ configPlatform: ____, ...finding }) => ({
              ...finding,
              packages: finding.packages.map(
                ({ instruction: _, origin: __, statedOrigin: ___, ...rest }) => rest,
              ),
            }));
          expect(bare(attributeLayers(findings, known))).toEqual(bare(findings));
        },
      ),
    );
  });
});

describe('baseImagesOf', () => {
  const named = { name: 'debian:12', digest: sha256('base'), uri: 'host/debian@sha256:1' };
  const rest = { layers: [], statedBase: undefined, whole: [], configPlatform: undefined };
  const proven = { ...rest, base: { ...named, proven: true, decides: true } };
  const refused = { ...rest, base: { ...named, proven: true, decides: false } };
  const claimed = { ...rest, base: { ...named, proven: false, decides: false } };
  const stated = { ...rest, base: undefined, statedBase: { name: 'debian:12', digest: undefined } };

  it('is named by the workflow only if the blobs are the same on every platform', () => {
    const deciding = [named.uri];
    expect(baseImagesOf([proven, proven])).toEqual([{ name: 'debian:12', named: true, deciding }]);
    for (const other of [claimed, stated]) {
      expect(baseImagesOf([proven, other])).toEqual([{ name: 'debian:12', named: false, deciding }]);
      expect(baseImagesOf([other, proven])).toEqual([{ name: 'debian:12', named: false, deciding }]);
    }
    const arm = { ...proven, base: { ...proven.base, uri: 'host/debian@sha256:0' } };
    expect(baseImagesOf([proven, arm])).toMatchObject([{ deciding: ['host/debian@sha256:0', named.uri] }]);
  });

  it('lists the images that rules used, and none that the policy does not allow', () => {
    expect(baseImagesOf([refused])).toEqual([{ name: 'debian:12', named: true, deciding: [] }]);
    expect(baseImagesOf([claimed])).toEqual([{ name: 'debian:12', named: false, deciding: [] }]);
  });

  it('leaves out a base image without a name', () => {
    expect(baseImagesOf([{ ...stated, statedBase: { name: undefined, digest: sha256('base') } }])).toEqual(
      [],
    );
  });
});
