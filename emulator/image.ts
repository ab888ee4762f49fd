/** Puts images into the store: real manifests, configs and layers, the same bytes for the same seed. */
import { gzipSync } from 'node:zlib';
import type { PlatformSpec } from './scenario.ts';
import { digestOf, type Repository, type Store } from './store.ts';

export interface PushedManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
  readonly platform: PlatformSpec | undefined;
}

type MediaTypes = 'oci' | 'docker';

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

interface Labels {
  readonly tag?: string;
  readonly mediaTypes?: MediaTypes;
}

/** Pushes an image of one small layer. */
export function pushImage(
  store: Store,
  repository: Repository,
  {
    seed,
    platform = { os: 'linux', architecture: 'amd64' },
    tag,
    mediaTypes = 'oci',
  }: Labels & { seed: string; platform?: PlatformSpec },
): PushedManifest {
  const types = TYPES[mediaTypes];
  const diff = Buffer.from(`the files of ${seed}`);
  const layer = blob(store, repository, types.layer, gzipSync(diff));
  const config = blob(
    store,
    repository,
    types.config,
    json({ ...platform, config: {}, rootfs: { type: 'layers', diff_ids: [digestOf(diff)] } }),
  );
  const manifest = { schemaVersion: 2, mediaType: types.image, config, layers: [layer] };
  return put(store, repository, types.image, manifest, tag, platform);
}

/** Pushes an index of manifests that are there already, with BuildKit's attestations where asked for. */
export function pushIndex(
  store: Store,
  repository: Repository,
  {
    children,
    attestations = false,
    tag,
    mediaTypes = 'oci',
  }: Labels & { children: readonly PushedManifest[]; attestations?: boolean },
): PushedManifest {
  const types = TYPES[mediaTypes];
  const images = children.map(({ digest, mediaType, size, platform }) => ({
    mediaType,
    digest,
    size,
    ...(platform && { platform }),
  }));
  const statements = attestations
    ? children.map(({ digest }) => {
        const statement = pushAttestation(store, repository, digest);
        return {
          mediaType: statement.mediaType,
          digest: statement.digest,
          size: statement.size,
          annotations: {
            'vnd.docker.reference.digest': digest,
            'vnd.docker.reference.type': 'attestation-manifest',
          },
          platform: { architecture: 'unknown', os: 'unknown' },
        };
      })
    : [];
  const index = { schemaVersion: 2, mediaType: types.index, manifests: [...images, ...statements] };
  return put(store, repository, types.index, index, tag, undefined);
}

/** What BuildKit attaches to an image by default: a manifest of in-toto statements. */
function pushAttestation(store: Store, repository: Repository, subject: string): PushedManifest {
  const statement = {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://slsa.dev/provenance/v0.2',
    subject,
  };
  const layer = blob(store, repository, IN_TOTO, json(statement));
  const config = blob(
    store,
    repository,
    TYPES.oci.config,
    json({ architecture: 'unknown', os: 'unknown', subject }),
  );
  const manifest = { schemaVersion: 2, mediaType: TYPES.oci.image, config, layers: [layer] };
  return put(store, repository, TYPES.oci.image, manifest, undefined, undefined);
}

/** Pushes a Helm chart: something in the registry that is no image. */
export function pushArtifact(
  store: Store,
  repository: Repository,
  { seed, tag }: { seed: string; tag?: string },
): PushedManifest {
  const config = blob(
    store,
    repository,
    'application/vnd.cncf.helm.config.v1+json',
    json({ name: seed, version: '1.0.0' }),
  );
  const layer = blob(
    store,
    repository,
    'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    gzipSync(Buffer.from(seed)),
  );
  const manifest = { schemaVersion: 2, config, layers: [layer] };
  return put(store, repository, TYPES.oci.image, manifest, tag, undefined);
}

function blob(store: Store, repository: Repository, mediaType: string, bytes: Buffer) {
  return { mediaType, digest: store.putBlob(repository, bytes), size: bytes.length };
}

function put(
  store: Store,
  repository: Repository,
  mediaType: string,
  manifest: object,
  tag: string | undefined,
  platform: PlatformSpec | undefined,
): PushedManifest {
  const bytes = json(manifest);
  const { digest } = store.putManifest(repository, mediaType, bytes, tag);
  return { digest, mediaType, size: bytes.length, platform };
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
