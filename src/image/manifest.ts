/** Manifests: verified against their digest, parsed, and classified as index, image, attestation or other artifact. */

import { createHash } from 'node:crypto';
import { GateError } from '../errors.ts';
import type { StatedPlatform } from '../results/finding.ts';
import type { Digest } from '../results/registry.ts';
import { ambiguityOf } from './manifest-keys.ts';
import { statedPlatform } from './platform.ts';
import { isDigest } from './reference.ts';

/** The media types that BatchGetImage is told to accept. Without one of them ECR may convert a manifest, which changes its digest. */
export const MANIFEST_MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

const KIND_OF: ReadonlyMap<unknown, Manifest['kind']> = new Map(
  MANIFEST_MEDIA_TYPES.map((type) => [type, /index|list/.test(type) ? 'index' : 'image']),
);

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** The platform that the index states. */
  readonly platform: StatedPlatform;
  /** Whether the index states the platform `unknown/unknown`, which no runtime selects. */
  readonly isForNoPlatform: boolean;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A layer as the manifest describes it. */
export interface LayerDescriptor {
  readonly mediaType: string;
  readonly digest: Digest | undefined;
  /** Whether it has `urls`: places outside the registry from which the layer can be downloaded. */
  readonly hasExternalUrls: boolean;
}

export type Manifest =
  | {
      readonly kind: 'index';
      readonly digest: Digest;
      readonly children: readonly Descriptor[];
      readonly annotations: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'image';
      readonly digest: Digest;
      /** The `mediaType` member of the manifest itself. */
      readonly mediaType: string | undefined;
      readonly artifactType: string | undefined;
      readonly configMediaType: string;
      /** From the bottom to the top. */
      readonly layers: readonly LayerDescriptor[];
      /** Digest and size of the config; undefined if one of them is missing or malformed. */
      readonly config: { readonly digest: Digest; readonly size: number } | undefined;
      /** From the bottom to the top; undefined for a layer without a valid digest. */
      readonly layerDigests: readonly (Digest | undefined)[];
      readonly annotations: Readonly<Record<string, string>>;
    };

/**
 * Verifies a manifest against its digest and parses it. Two programs that read the manifest must find the same image
 * in it, so a manifest that can be read in two ways is refused. The structure decides whether it is an index or an
 * image manifest, because OCI makes the `mediaType` member optional. A manifest that has the members of both, or the
 * media type of the other, is refused.
 * @throws GateError `not-proven` when the digest does not match or the structure is invalid
 */
export function parseManifest(digest: Digest, text: string): Manifest {
  const actual = `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
  if (actual !== digest) {
    throw new GateError(
      'not-proven',
      `ECR returned a manifest for ${digest} whose SHA-256 digest is ${actual}.`,
      {
        nextStep:
          'Do not deploy this image. Find out what modifies the responses of the registry, then push the image again.',
      },
    );
  }
  const malformed = (why: string) =>
    new GateError('not-proven', `The manifest ${digest} cannot be read: ${why}.`, {
      nextStep: 'Build the image again with a current version of the build tool, and push it.',
    });
  let manifest: Record<string, unknown>;
  let ambiguity: string | undefined;
  try {
    const value: unknown = JSON.parse(text);
    manifest = record(value) ?? {};
    ambiguity = ambiguityOf(text, value);
  } catch {
    throw malformed('it is not JSON, or its JSON is nested too deeply');
  }
  if (ambiguity !== undefined) throw malformed(ambiguity);
  const kind = kindOf(manifest);
  if (kind === undefined) throw malformed('it is neither an index nor an image manifest');
  if (kind === 'index') {
    const children = list(manifest.manifests).map(parseDescriptor);
    if (children.some((child) => child === undefined))
      throw malformed('a child of the index does not have a valid digest');
    return {
      kind: 'index',
      digest,
      children: children.filter((child) => child !== undefined),
      annotations: texts(manifest.annotations),
    };
  }
  const layers = list(manifest.layers);
  return {
    kind: 'image',
    digest,
    mediaType: string(manifest.mediaType),
    artifactType: string(manifest.artifactType),
    configMediaType: string(record(manifest.config)?.mediaType) ?? '',
    layers: layers.map(parseLayer),
    config: blobDescriptor(manifest.config),
    layerDigests: layers.map((layer) => digestOf(layer)),
    annotations: texts(manifest.annotations),
  };
}

function parseLayer(value: unknown): LayerDescriptor {
  const { mediaType, urls } = record(value) ?? {};
  const none = urls === undefined || urls === null || (Array.isArray(urls) && urls.length === 0);
  return { mediaType: string(mediaType) ?? '', digest: digestOf(value), hasExternalUrls: !none };
}

function kindOf({
  mediaType,
  manifests,
  config,
  layers,
}: Record<string, unknown>): Manifest['kind'] | undefined {
  // Go writes a missing member as null or as an empty string.
  const isThere = (member: unknown) => member !== undefined && member !== null && member !== '';
  const kind = isThere(manifests) ? 'index' : 'image';
  if (kind === 'index' && (isThere(config) || isThere(layers))) return undefined;
  const isComplete =
    kind === 'index' ? Array.isArray(manifests) : record(config) !== undefined && Array.isArray(layers);
  const stated = isThere(mediaType) ? KIND_OF.get(mediaType) : kind;
  return isComplete && stated === kind ? kind : undefined;
}

function blobDescriptor(value: unknown): { digest: Digest; size: number } | undefined {
  const digest = digestOf(value);
  const size = record(value)?.size;
  if (digest === undefined || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    return undefined;
  }
  return { digest, size };
}

function digestOf(value: unknown): Digest | undefined {
  const digest = string(record(value)?.digest);
  return digest !== undefined && isDigest(digest) ? digest : undefined;
}

/** The members of an object whose values are strings. */
function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record(value) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function parseDescriptor(value: unknown): Descriptor | undefined {
  const descriptor = record(value);
  const digest = string(descriptor?.digest);
  if (descriptor === undefined || digest === undefined || !isDigest(digest)) return undefined;
  const platform = record(descriptor.platform) ?? {};
  return {
    mediaType: string(descriptor.mediaType) ?? '',
    digest,
    platform: statedPlatform(platform),
    isForNoPlatform: platform.os === 'unknown' && platform.architecture === 'unknown',
    annotations: texts(descriptor.annotations),
  };
}

const RUNNABLE_CONFIGS = new Set([
  'application/vnd.docker.container.image.v1+json',
  'application/vnd.oci.image.config.v1+json',
]);

/**
 * The media types of image layers. `plain`: the registry has the layer, and a scanner can read it. `foreign`: the
 * layer may be stored outside the registry. `encrypted`: the layer can be read only with a key.
 * Sources: OCI image specification, "Image Layer Filesystem Changeset" and "Image Manifest"; Docker image
 * manifest, version 2, schema 2; containerd's images/mediatypes.go; ocicrypt's spec/spec.go.
 */
const LAYERS: ReadonlyMap<string, 'plain' | 'foreign' | 'encrypted'> = new Map(
  [
    'application/vnd.oci.image.layer.v1.tar',
    'application/vnd.oci.image.layer.v1.tar+gzip',
    'application/vnd.oci.image.layer.v1.tar+zstd',
    'application/vnd.docker.image.rootfs.diff.tar',
    'application/vnd.docker.image.rootfs.diff.tar.gzip',
    'application/vnd.docker.image.rootfs.diff.tar.zstd',
    'application/vnd.oci.image.layer.nondistributable.v1.tar',
    'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
    'application/vnd.oci.image.layer.nondistributable.v1.tar+zstd',
    'application/vnd.docker.image.rootfs.foreign.diff.tar',
    'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    'application/vnd.docker.image.rootfs.foreign.diff.tar.zstd',
  ].flatMap((type) => [
    [type, /foreign|nondistributable/.test(type) ? 'foreign' : 'plain'] as const,
    [`${type}+encrypted`, 'encrypted'] as const,
  ]),
);

/**
 * Whether a manifest is a container image: it has an image config and image layers. Runtimes ignore the artifact type
 * of such a manifest, so it is an image with one as well. A signature or an SBOM can have an image config too, but its
 * layers are no image layers.
 */
export function isRunnable(manifest: Manifest): boolean {
  return (
    manifest.kind === 'image' &&
    RUNNABLE_CONFIGS.has(manifest.configMediaType) &&
    manifest.layers.every(({ mediaType }) => LAYERS.has(mediaType)) &&
    (manifest.artifactType === undefined || manifest.layers.length > 0)
  );
}

/**
 * Why a scanner cannot have read all layers of an image, with the first such layer; undefined if it can. A runtime
 * that pulls the image may get content that is not in the registry, or that can be read only with a key.
 */
export function unscannableLayer(manifest: Manifest): string | undefined {
  if (manifest.kind !== 'image') return undefined;
  for (const [index, { mediaType, digest, hasExternalUrls }] of manifest.layers.entries()) {
    const name = `layer ${index + 1} (${digest ?? 'without a valid digest'}, ${mediaType})`;
    const kind = LAYERS.get(mediaType);
    if (kind === 'encrypted') return `${name} is encrypted`;
    if (kind === 'foreign' || hasExternalUrls) return `${name} can be downloaded from outside the registry`;
    // Runtimes also pull layers by other digests, such as SHA-512. That scanners read those is not documented.
    if (digest === undefined) return `${name} has no SHA-256 digest`;
  }
  return undefined;
}

/**
 * Media types that some program runs. Docker takes every type that begins with these prefixes, and the generic types,
 * for an image; containerd shims run WebAssembly modules, and Singularity runs SIF files, without an image config.
 * The comparison ignores case and covers versions that do not exist yet.
 * Source: moby/moby, distribution/registry.go (supportedMediaTypes, defaultImageTypes); containerd,
 * core/images/mediatypes.go (IsLayerType, IsConfigType); containerd/runwasi; apptainer.
 */
const RUNNABLE_TYPE =
  /^\s*$|application\/(?:octet-stream|json)\b|text\/html|application\/vnd\.(?:oci\.image|docker|containerd)|wasm|\bsif\b/i;

// A layer of a generic type holds data: the config decides whether a program treats the manifest as an image.
const RUNNABLE_LAYER_TYPE =
  /^\s*$|application\/vnd\.(?:oci\.image|docker|containerd)|wasm|\bsif\b|encrypted/i;

/**
 * The type of a child of an index that nothing can run, such as a SOCI index or an SBOM: it has neither an image config
 * nor an image layer. Undefined for any other manifest, which is an image or is treated as one. A manifest in Docker's
 * format is treated as an image, because some programs do not check the type of its config.
 */
export function artifactTypeOf(child: Descriptor, manifest: Manifest): string | undefined {
  if (manifest.kind !== 'image') return undefined;
  if (child.mediaType !== OCI_MANIFEST || manifest.mediaType !== OCI_MANIFEST) return undefined;
  const { artifactType, configMediaType, layers } = manifest;
  const mayRun =
    RUNNABLE_TYPE.test(configMediaType) ||
    /wasm|\bsif\b/i.test(artifactType ?? '') ||
    layers.some(({ mediaType }) => RUNNABLE_LAYER_TYPE.test(mediaType));
  return mayRun ? undefined : (artifactType ?? configMediaType);
}

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const IN_TOTO = 'application/vnd.in-toto+json';

/**
 * Whether a child of an index is a build attestation, which no scanner scans. BuildKit marks attestations with an
 * annotation, which anyone can write. The platform therefore has to be one that no runtime selects, and the manifest
 * has to contain in-toto statements and nothing else; otherwise an image could be hidden behind the annotation.
 * Source: BuildKit, docs/attestations/attestation-storage.md.
 */
export function isAttestation(child: Descriptor, manifest: Manifest): boolean {
  return (
    child.annotations['vnd.docker.reference.type'] === 'attestation-manifest' &&
    child.isForNoPlatform &&
    manifest.kind === 'image' &&
    manifest.layers.length > 0 &&
    manifest.layers.every(({ mediaType }) => mediaType === IN_TOTO)
  );
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
