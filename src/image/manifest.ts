/** Manifests: checked against their digest, told apart by structure, and their children sorted. */

import { createHash } from 'node:crypto';
import { GateError } from '../errors.ts';
import type { StatedPlatform } from '../results/finding.ts';
import type { Digest } from '../results/registry.ts';
import { whyAmbiguous } from './manifest-keys.ts';
import { statedPlatform } from './platform.ts';
import { isDigest } from './reference.ts';

/** Accepted at BatchGetImage: with any of them missing ECR may convert a manifest, and so change its digest. */
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
  /** What the index says of its platform. */
  readonly platform: StatedPlatform;
  /** Whether the index says that the platform is none: `unknown/unknown`. */
  readonly isForNoPlatform: boolean;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What a manifest says of one layer. */
export interface LayerDescriptor {
  readonly mediaType: string;
  readonly digest: Digest | undefined;
  /** Whether it names places outside the registry from which the layer can be downloaded (`urls`). */
  readonly elsewhere: boolean;
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
      readonly artifactType: string | undefined;
      readonly configMediaType: string;
      /** From the lowest up. */
      readonly layers: readonly LayerDescriptor[];
      /** Where the config lies, and how large it is said to be; undefined where that is not said as it should. */
      readonly config: { readonly digest: Digest; readonly size: number } | undefined;
      /** The layers from the lowest up; undefined for one without a valid digest. */
      readonly layerDigests: readonly (Digest | undefined)[];
      readonly annotations: Readonly<Record<string, string>>;
    };

/**
 * Checks that a manifest has its digest and parses it. Whoever pulls the image has to read the same in it, so
 * one that could be read in two ways is refused. Index or image is told by structure: OCI makes the `mediaType`
 * member optional; a manifest that has members of both, or the media type of the other, is neither.
 * @throws GateError `not-proven` when digest or structure are wrong
 */
export function parseManifest(digest: Digest, text: string): Manifest {
  const actual = `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
  if (actual !== digest) {
    throw new GateError('not-proven', `ECR answered ${digest} with a manifest whose SHA-256 is ${actual}.`, {
      nextStep: 'Nothing that this registry says can be trusted until you know why. Push the image again.',
    });
  }
  const malformed = (why: string) =>
    new GateError('not-proven', `The manifest ${digest} cannot be read: ${why}.`);
  let manifest: Record<string, unknown>;
  let ambiguity: string | undefined;
  try {
    const value: unknown = JSON.parse(text);
    manifest = record(value) ?? {};
    ambiguity = whyAmbiguous(text, value);
  } catch {
    throw malformed('it is not JSON, or nests too deep');
  }
  if (ambiguity !== undefined) throw malformed(ambiguity);
  const kind = kindOf(manifest);
  if (kind === undefined) throw malformed('it is neither an index nor an image manifest');
  if (kind === 'index') {
    const children = list(manifest.manifests).map(parseDescriptor);
    if (children.some((child) => child === undefined))
      throw malformed('a child of the index has no valid digest');
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
  return { mediaType: string(mediaType) ?? '', digest: digestOf(value), elsewhere: !none };
}

function kindOf({
  mediaType,
  manifests,
  config,
  layers,
}: Record<string, unknown>): Manifest['kind'] | undefined {
  // Null and an empty text are how Go writes a member that is not there.
  const isThere = (member: unknown) => member !== undefined && member !== null && member !== '';
  const kind = isThere(manifests) ? 'index' : 'image';
  if (kind === 'index' && (isThere(config) || isThere(layers))) return undefined;
  const isComplete =
    kind === 'index' ? Array.isArray(manifests) : record(config) !== undefined && Array.isArray(layers);
  const said = isThere(mediaType) ? KIND_OF.get(mediaType) : kind;
  return isComplete && said === kind ? kind : undefined;
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

/** The members of a structure that are texts. */
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
 * layer may lie outside the registry. `encrypted`: only who has the key can read it.
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
 * Whether a manifest is a container image. Charts, SBOMs and signatures are not: some of them carry an
 * image's config media type, so the layers are looked at too.
 */
export function isRunnable(manifest: Manifest): boolean {
  return (
    manifest.kind === 'image' &&
    manifest.artifactType === undefined &&
    RUNNABLE_CONFIGS.has(manifest.configMediaType) &&
    manifest.layers.every(({ mediaType }) => LAYERS.has(mediaType))
  );
}

/**
 * Why no scanner can have read all layers of an image, naming the first such layer; undefined if one can have.
 * Whoever pulls the image may get contents that are not in the registry, or that only a key makes readable.
 */
export function unscannableLayer(manifest: Manifest): string | undefined {
  if (manifest.kind !== 'image') return undefined;
  for (const [index, { mediaType, digest, elsewhere }] of manifest.layers.entries()) {
    const name = `layer ${index + 1} (${digest ?? 'without a valid digest'}, ${mediaType})`;
    const kind = LAYERS.get(mediaType);
    if (kind === 'encrypted') return `${name} is encrypted`;
    if (kind === 'foreign' || elsewhere) return `${name} can be downloaded from outside the registry`;
  }
  return undefined;
}

const IN_TOTO = 'application/vnd.in-toto+json';

/**
 * Whether a child of an index is a build attestation, which is never scanned and must not be. BuildKit
 * marks them by two annotations, which anyone can write: the reference has to name another child, the platform
 * has to be one that no runtime chooses, and the manifest has to hold in-toto statements and nothing else, or
 * an image could hide behind the mark.
 * Source: BuildKit's attestation storage format.
 */
export function isAttestation(
  child: Descriptor,
  siblings: readonly Descriptor[],
  manifest: Manifest,
): boolean {
  const subject = child.annotations['vnd.docker.reference.digest'];
  return (
    child.annotations['vnd.docker.reference.type'] === 'attestation-manifest' &&
    child.isForNoPlatform &&
    siblings.some((sibling) => sibling.digest === subject && sibling.digest !== child.digest) &&
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
