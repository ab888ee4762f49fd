/** Pushes images into the store: real manifests, configs and layers. The same seed gives the same bytes. */
import { gzipSync } from 'node:zlib';
import type { JsonObject, PlatformSpec } from './scenario.ts';
import { digestOf, type Repository, type Store } from './store.ts';

export interface PushedManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
  /** Undefined for a manifest that is not an image of one platform. */
  readonly platform: PlatformSpec | undefined;
  /** The platform that an index states for it, if it is a different one; null: none. */
  readonly listedAs?: JsonObject | null | undefined;
}

interface Manifest {
  readonly tag?: string;
  /** Default oci. */
  readonly mediaTypes?: 'oci' | 'docker';
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface NewImage extends Manifest {
  /** Images with different seeds have different bytes. */
  readonly seed: string;
  /** Default linux/amd64. */
  readonly platform?: PlatformSpec;
  /** Default application: something built on the base image of its platform; `most`: without its last layer. */
  readonly contents?: 'application' | 'base' | 'most';
  /** The release of its base image: another one has other layers. */
  readonly release?: string;
  readonly listedAs?: JsonObject | null;
  /** Members of the uppermost layer in the manifest, besides digest and size; default: a plain layer. */
  readonly topLayer?: { readonly mediaType: string; readonly urls?: readonly string[] } | undefined;
}

/** An instruction of a Dockerfile, as BuildKit or Docker write it into the history, and the files that it adds. */
interface BuildStep {
  readonly createdBy: string;
  /** A tar archive; undefined if the line changes no file. */
  readonly layer?: Buffer;
}

export interface NewIndex extends Manifest {
  /** The children of the index, in this order. They exist already. */
  readonly children: readonly PushedManifest[];
  /** Adds a BuildKit attestation for each child image. */
  readonly attestations?: boolean;
  /** More children, under a key of their own, after `manifests`. */
  readonly besides?: { readonly key: string; readonly children: readonly PushedManifest[] } | undefined;
}

const TYPES = {
  oci: {
    index: 'application/vnd.oci.image.index.v1+json',
    image: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    image: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
} as const;

const IN_TOTO = 'application/vnd.in-toto+json';
const SPDX = 'https://spdx.dev/Document';
// All configs have the same creation time, so that equal seeds give equal bytes.
const CREATED = '2026-01-01T00:00:00Z';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const BUILDKIT = ' # buildkit';

/** A base image like Debian's: the same bytes in every image of a platform that is built on the same release of it. */
function baseSteps({ architecture, variant = '' }: PlatformSpec, release: string): BuildStep[] {
  const name = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)" # ${architecture}${variant}${release}\n`;
  return [
    {
      createdBy: `/bin/sh -c #(nop) ADD file:${'0f'.repeat(32)} in / `,
      layer: tar('etc/os-release', name),
    },
    { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]' },
  ];
}

function applicationSteps(seed: string): BuildStep[] {
  return [
    { createdBy: `ENV ${PATH}${BUILDKIT}` },
    {
      createdBy: `RUN |1 VERSION=${seed} /bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl gnupg2${BUILDKIT}`,
      layer: tar('usr/bin/curl', 'a program\n'),
    },
    { createdBy: `WORKDIR /app${BUILDKIT}`, layer: tar('app/.keep', '') },
    { createdBy: `COPY dist /app${BUILDKIT}`, layer: tar('app/server', `${seed}\n`) },
    { createdBy: `CMD ["/app/server"]${BUILDKIT}` },
  ];
}

const archives = new Map<string, Buffer>();

/** The archive of a layer. A process with thousands of runs pushes the same few layers repeatedly. */
function compressed(layer: Buffer): Buffer {
  const key = layer.toString('latin1');
  const archive = archives.get(key) ?? gzipSync(layer);
  archives.set(key, archive);
  return archive;
}

/** Pushes an image of one platform. */
export function pushImage(store: Store, repository: Repository, image: NewImage): PushedManifest {
  const {
    seed,
    platform = { os: 'linux', architecture: 'amd64' },
    tag,
    mediaTypes = 'oci',
    annotations,
  } = image;
  const types = TYPES[mediaTypes];
  const own = applicationSteps(seed);
  const most = own.findLastIndex(({ layer }) => layer !== undefined);
  const count = { application: own.length, most, base: 0 }[image.contents ?? 'application'];
  const steps = [...baseSteps(platform, image.release ?? ''), ...own.slice(0, count)];
  const layers = steps.flatMap(({ layer }) => layer ?? []);
  const config = blob(store, repository, types.config, {
    created: CREATED,
    architecture: platform.architecture,
    os: platform.os,
    ...(platform.variant !== undefined && { variant: platform.variant }),
    config: { Env: [PATH], Cmd: ['/app/server'], WorkingDir: '/app' },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => digestOf(layer)) },
    history: steps.map(({ createdBy, layer }) => ({
      created: CREATED,
      created_by: createdBy,
      ...(createdBy.endsWith(BUILDKIT) && { comment: 'buildkit.dockerfile.v0' }),
      ...(layer === undefined && { empty_layer: true }),
    })),
  });
  const content = {
    schemaVersion: 2,
    mediaType: types.image,
    config,
    layers: layers.map((layer, index) => ({
      ...blob(store, repository, types.layer, compressed(layer)),
      ...(index === layers.length - 1 && image.topLayer),
    })),
    ...(annotations && { annotations }),
  };
  const pushed = manifest(store, repository, types.image, content, { tag, platform });
  return { ...pushed, listedAs: image.listedAs };
}

/** Pushes an index of manifests. */
export function pushIndex(store: Store, repository: Repository, index: NewIndex): PushedManifest {
  const { children, attestations = false, besides, tag, mediaTypes = 'oci', annotations } = index;
  const types = TYPES[mediaTypes];
  const listed = (manifests: readonly PushedManifest[]) =>
    manifests.map(({ platform, listedAs, ...descriptor }) => {
      const named = listedAs === undefined ? platform : listedAs;
      return { ...descriptor, ...(named && { platform: named }) };
    });
  const attested = attestations ? children.filter(({ platform }) => platform !== undefined) : [];
  const content = {
    schemaVersion: 2,
    mediaType: types.index,
    manifests: [...listed(children), ...attested.map((child) => pushAttestation(store, repository, child))],
    ...(besides && { [besides.key]: listed(besides.children) }),
    ...(annotations && { annotations }),
  };
  return manifest(store, repository, types.index, content, { tag });
}

/**
 * Pushes the build attestation that BuildKit adds to an image by default: a manifest of in-toto statements, always with
 * OCI media types.
 * @returns its descriptor in the index
 */
function pushAttestation(store: Store, repository: Repository, child: PushedManifest) {
  const statement = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType: SPDX,
      subject: [{ name: repository.name, digest: { sha256: child.digest.slice('sha256:'.length) } }],
      predicate: { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: repository.name, packages: [] },
    }),
  );
  const config = blob(store, repository, TYPES.oci.config, {
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: [digestOf(statement)] },
  });
  const layer = blob(store, repository, IN_TOTO, statement);
  const { mediaType, digest, size } = manifest(store, repository, TYPES.oci.image, {
    schemaVersion: 2,
    mediaType: TYPES.oci.image,
    config,
    layers: [{ ...layer, annotations: { 'in-toto.io/predicate-type': SPDX } }],
  });
  return {
    mediaType,
    digest,
    size,
    annotations: {
      'vnd.docker.reference.digest': child.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
    platform: { architecture: 'unknown', os: 'unknown' },
  };
}

export interface NewArtifact {
  readonly seed: string;
  readonly tag?: string | undefined;
  /** Default: a Helm chart. */
  readonly contents?: 'chart' | 'soci-index' | 'sbom' | undefined;
  readonly platform?: PlatformSpec | undefined;
}

const SOCI = 'application/vnd.amazon.soci.index.v2+json';
const SPDX_JSON = 'application/spdx+json';

/** Pushes an artifact that is not an image, in the form in which its usual tool pushes it. */
export function pushArtifact(
  store: Store,
  repository: Repository,
  { seed, tag, contents = 'chart', platform }: NewArtifact,
): PushedManifest {
  const mediaType = TYPES.oci.image;
  if (contents !== 'chart') {
    const [artifactType, configType, layerType] =
      contents === 'soci-index'
        ? [SOCI, SOCI, 'application/octet-stream']
        : [SPDX_JSON, 'application/vnd.oci.empty.v1+json', SPDX_JSON];
    const content = {
      ...{ schemaVersion: 2, mediaType, artifactType },
      config: blob(store, repository, configType, {}),
      layers: [blob(store, repository, layerType, Buffer.from(`the ${contents} of ${seed}`))],
    };
    return manifest(store, repository, mediaType, content, { tag, platform });
  }
  const chart = { apiVersion: 'v2', name: 'chart', description: seed, version: '1.0.0' };
  const files = compressed(tar('chart/Chart.yaml', JSON.stringify(chart)));
  const content = {
    schemaVersion: 2,
    config: blob(store, repository, 'application/vnd.cncf.helm.config.v1+json', chart),
    layers: [blob(store, repository, 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', files)],
  };
  return manifest(store, repository, TYPES.oci.image, content, { tag });
}

const EMPTY = 'application/vnd.oci.empty.v1+json';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/**
 * Pushes a signature of an image, in the form that its program gives it. Nothing verifies its signature, so its content
 * is not real.
 */
export function pushSignature(
  store: Store,
  repository: Repository,
  {
    subject,
    form,
    seed,
  }: {
    readonly subject: { readonly digest: string; readonly mediaType: string; readonly bytes: Buffer };
    readonly form: 'bundle' | 'tag' | 'notation';
    readonly seed: string;
  },
): PushedManifest {
  const { digest, mediaType } = subject;
  const refersTo = { subject: { mediaType, digest, size: subject.bytes.length } };
  const content = { signature: seed, digest };
  const layer = (type: string) => [blob(store, repository, type, content)];
  const base = { schemaVersion: 2, mediaType: TYPES.oci.image };
  switch (form) {
    case 'bundle':
      return manifest(store, repository, TYPES.oci.image, {
        ...base,
        artifactType: BUNDLE,
        config: blob(store, repository, EMPTY, {}),
        layers: layer(BUNDLE),
        annotations: { 'dev.sigstore.bundle.content': 'message-signature' },
        ...refersTo,
      });
    case 'notation':
      return manifest(store, repository, TYPES.oci.image, {
        ...base,
        config: blob(store, repository, 'application/vnd.cncf.notary.signature', {}),
        layers: layer('application/jose+json'),
        ...refersTo,
      });
    case 'tag':
      return manifest(
        store,
        repository,
        TYPES.oci.image,
        {
          ...base,
          config: blob(store, repository, TYPES.oci.config, { architecture: '', os: '' }),
          layers: layer('application/vnd.dev.cosign.simplesigning.v1+json'),
        },
        { tag: `sha256-${digest.slice('sha256:'.length)}.sig` },
      );
  }
}

/** Stores a blob and returns its descriptor. */
function blob(store: Store, repository: Repository, mediaType: string, content: Buffer | object) {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  return { mediaType, digest: store.putBlob(repository, bytes), size: bytes.length };
}

function manifest(
  store: Store,
  repository: Repository,
  mediaType: string,
  content: object,
  { tag, platform }: { tag?: string | undefined; platform?: PlatformSpec | undefined } = {},
): PushedManifest {
  const bytes = Buffer.from(JSON.stringify(content));
  const { digest } = store.putManifest(repository, mediaType, bytes, tag);
  return { digest, mediaType, size: bytes.length, platform };
}

/** A tar archive (ustar) of one file. */
function tar(name: string, text: string): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(content.length, 11), 124);
  header.write(octal(0, 11), 136);
  // The checksum counts itself as spaces.
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  // The content in whole blocks, then two empty ones.
  return Buffer.concat([header, content, Buffer.alloc(((512 - (content.length % 512)) % 512) + 1024)]);
}
