/** The layer of a package: the instruction that created it, and whether it is from the base image. Only certain facts. */

import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { givesKeyTwice } from '../json.ts';
import type { Finding, Origin, StatedPlatform, VulnerablePackage } from '../results/finding.ts';
import type { Digest } from '../results/registry.ts';
import type { Manifest } from './manifest.ts';
import { foldedKey } from './manifest-keys.ts';
import { statedPlatform } from './platform.ts';
import { isDigest } from './reference.ts';

/** The layers as an image's config describes them. */
export interface ImageConfig {
  /** Digests of the layers before compression, from the bottom to the top. */
  readonly diffIds: readonly Digest[];
  readonly history: readonly { readonly createdBy: string | undefined; readonly empty: boolean }[];
  /** Undefined if the config can be read in two ways. */
  readonly platform: StatedPlatform | undefined;
}

/** An image and the name by which it was requested. */
export interface NamedImage {
  readonly name: string;
  /** The digest of its manifest for one platform. */
  readonly digest: Digest;
  /** `HOST/REPOSITORY@DIGEST` of that manifest, with the canonical host name of its registry. */
  readonly uri: string;
}

/** A base image that the workflow named and that this image is built on. */
export interface NamedBase extends NamedImage {
  /** Whether the image starts with the same blobs; false: with layers of the same content, as the image's config states. */
  readonly proven: boolean;
  /** Whether rules use it: the blobs are the same, and the policy allows it. */
  readonly decides: boolean;
}

/** A base image of one platform: the layers that an image built on it starts with. */
export interface BaseLayers extends NamedImage {
  /** False: the policy does not allow it as a base image, so it is only shown and no rule uses it. */
  readonly allowed: boolean;
  readonly layerDigests: readonly (Digest | undefined)[];
  /** Undefined if its config is unknown. */
  readonly diffIds: readonly Digest[] | undefined;
}

/** The base image that an image names in its annotations. */
export interface StatedBase {
  readonly name: string | undefined;
  readonly digest: Digest | undefined;
}

export interface Layer {
  /** The digest of the compressed blob. */
  readonly digest: Digest | undefined;
  /** The digest of its content before compression. */
  readonly diffId: Digest | undefined;
  /** In the form of a Dockerfile, in one line. */
  readonly instruction: string | undefined;
  /** Verified with the blobs of a base image that the workflow named. */
  readonly origin: Origin | undefined;
  /** As the image itself states: by the base image that it names, and the contents that its config lists. */
  readonly statedOrigin: Origin | undefined;
}

/** The layers of one platform image. */
export interface ImageLayers {
  readonly layers: readonly Layer[];
  readonly statedBase: StatedBase | undefined;
  /** The base image that the workflow named, if this image starts with its layers. */
  readonly base: NamedBase | undefined;
  /** Base images that the workflow named and that have every layer of this image, so that they distinguish no layers. */
  readonly whole: readonly NamedImage[];
  /** The platform that the config states; undefined if the config is unknown. */
  readonly configPlatform: StatedPlatform | undefined;
}

/** A blob cannot be read or is invalid. The message is the reason. */
export class LayersUnknown extends Error {
  override readonly name = 'LayersUnknown';
}

// A longer instruction is a script; its beginning identifies it.
const MAX_INSTRUCTION = 500;
const MAX_NAME = 300;

const ConfigBlob = v.object({
  rootfs: v.object({ diff_ids: v.array(v.pipe(v.string(), v.check(isDigest))) }),
  history: v.optional(
    v.array(v.object({ created_by: v.optional(v.string()), empty_layer: v.optional(v.boolean()) })),
  ),
});

/**
 * Verifies a config against its digest and reads the layers that it describes.
 * @throws LayersUnknown when the digest does not match or the structure is invalid
 */
export function parseConfig(digest: Digest, bytes: Uint8Array): ImageConfig {
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== digest) {
    throw new LayersUnknown(`the bytes of the config ${digest} do not match its digest`);
  }
  const text = decoded(bytes);
  const value = parseJson(text);
  const result = v.safeParse(ConfigBlob, value, { abortEarly: true });
  if (!result.success) throw new LayersUnknown(`the config ${digest} is not the config of an image`);
  const { rootfs, history = [] } = result.output;
  return {
    platform: platformIn(text, value as Record<string, unknown>),
    diffIds: rootfs.diff_ids as Digest[],
    history: history.map(({ created_by: createdBy, empty_layer: empty = false }) => ({ createdBy, empty })),
  };
}

/** The text; empty for bytes that are not UTF-8, which is not valid JSON. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const PLATFORM_KEYS: readonly string[] = ['os', 'architecture', 'variant'];

/** The platform of a config; undefined if programs can read different ones: Go reads `OS` as `os`. */
function platformIn(text: string, config: Record<string, unknown>): StatedPlatform | undefined {
  const isOther = (key: string) => PLATFORM_KEYS.includes(foldedKey(key)) && !PLATFORM_KEYS.includes(key);
  const isAmbiguous = givesKeyTwice(text, config) || Object.keys(config).some(isOther);
  return isAmbiguous ? undefined : statedPlatform(config);
}

/**
 * The certain facts about an image's layers. Each history entry that created a layer belongs to one layer, in order;
 * where the numbers differ, no instruction is given. An image is built on a base image if it starts with all layers of
 * the base image and has more. The same blobs are evidence of that. Where layers were compressed again, only the config
 * states that their contents are the same, and the config is written by the builder of the image.
 * Source: OCI image specification, "Image Configuration" (`rootfs`, `history`) and "Image Manifest"
 * (`layers`); their number and order are the same.
 * @param config undefined if it is unknown
 * @param bases base images that the workflow named; the one with the most layers in common is used
 * @param stated base images that the image itself names
 */
export function imageLayers(
  manifest: Manifest & { readonly kind: 'image' },
  config: ImageConfig | undefined,
  bases: readonly BaseLayers[],
  stated: readonly BaseLayers[] = [],
  statedBase: StatedBase | undefined = undefined,
): ImageLayers {
  const { layerDigests } = manifest;
  // A config with another number of layers does not describe these layers.
  const diffIds = config?.diffIds.length === layerDigests.length ? config.diffIds : undefined;
  const made = config?.history.filter(({ empty }) => !empty) ?? [];
  const instructions = diffIds !== undefined && made.length === layerDigests.length ? made : undefined;
  const own = { digest: manifest.digest, layerDigests, diffIds };
  const [whole, parts] = partition(bases, (base) => isWhole(own, base));
  const [, statedParts] = partition(stated, (base) => isWhole(own, base));
  const deciding = longest(
    own,
    parts.filter(({ allowed }) => allowed),
    hasBlobsOf,
  );
  const proven = deciding ?? longest(own, parts, hasBlobsOf);
  const base = proven ?? longest(own, parts, hasContentsOf);
  const named = base ?? longest(own, statedParts, hasBlobsOf) ?? longest(own, statedParts, hasContentsOf);
  return {
    statedBase,
    base: base && { ...nameOf(base), proven: base === proven, decides: base === deciding },
    whole: whole.map(nameOf),
    configPlatform: config?.platform,
    layers: layerDigests.map((digest, at) => {
      const createdBy = instructions?.[at]?.createdBy;
      return {
        digest,
        diffId: diffIds?.[at],
        instruction: createdBy === undefined ? undefined : cleanInstruction(createdBy),
        origin: originOf(at, deciding),
        statedOrigin: originOf(at, named),
      };
    }),
  };
}

function nameOf({ name, digest, uri }: NamedImage): NamedImage {
  return { name, digest, uri };
}

function partition<T>(items: readonly T[], holds: (item: T) => boolean): readonly [T[], T[]] {
  const { yes = [], no = [] } = Object.groupBy(items, (item) => (holds(item) ? 'yes' : 'no'));
  return [yes, no];
}

function originOf(at: number, base: BaseLayers | undefined): Origin | undefined {
  if (base === undefined) return undefined;
  return at < base.layerDigests.length ? 'base' : 'application';
}

type Layers = Pick<BaseLayers, 'digest' | 'layerDigests' | 'diffIds'>;

/** The base image with the most layers, among those whose layers the image starts with. */
function longest(
  image: Layers,
  bases: readonly BaseLayers[],
  startsWith: (image: Layers, base: Layers) => boolean,
): BaseLayers | undefined {
  return bases
    .filter((base) => startsWith(image, base))
    .reduce<BaseLayers | undefined>(
      (best, base) =>
        best === undefined || base.layerDigests.length > best.layerDigests.length ? base : best,
      undefined,
    );
}

/** Whether an image starts with the same blobs as another. */
export function hasBlobsOf(image: Layers, base: Layers): boolean {
  return startsWith(image, base, ({ layerDigests }) => layerDigests);
}

/** Whether an image starts with the blobs of another one, and adds layers that are not empty. */
export function isBuiltOn(image: Layers, { digest, layerDigests }: Omit<Layers, 'diffIds'>): boolean {
  const base = { digest, layerDigests, diffIds: undefined };
  return hasBlobsOf(image, base) && !isWhole(image, base);
}

/** Whether an image starts with layers of the same contents as another, according to their configs. */
function hasContentsOf(image: Layers, base: Layers): boolean {
  return startsWith(image, base, ({ diffIds = [] }) => diffIds);
}

function startsWith(
  image: Layers,
  base: Layers,
  digestsOf: (layers: Layers) => readonly (Digest | undefined)[],
): boolean {
  const size = base.layerDigests.length;
  const [all, of] = [digestsOf(image), digestsOf(base)];
  // Every image starts with the layers of an image that has none.
  if (size === 0 || of.length !== size) return false;
  return of.every((digest, at) => digest !== undefined && digest === all[at]);
}

// A tar archive without files, as compressed by Docker and by BuildKit, and before compression.
const EMPTY: ReadonlySet<string | undefined> = new Set([
  'sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4',
  'sha256:4f4fb700ef54461cfa02571ae0db9a0dc1e0cdb5577484a6d75e68dc38e8acc1',
  'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
]);

/**
 * Whether a base image has every layer of an image that is not empty: the image itself, or a copy of it with another
 * config. With such a base, every layer of the image would count as the base image's.
 */
function isWhole(image: Layers, base: Layers): boolean {
  if (!hasBlobsOf(image, base) && !hasContentsOf(image, base)) return false;
  const size = base.layerDigests.length;
  const added = image.layerDigests.slice(size).map((digest, at) => [digest, image.diffIds?.[size + at]]);
  return added.every((names) => names.some((name) => EMPTY.has(name)));
}

const BASE_NAME = 'org.opencontainers.image.base.name';
const BASE_DIGEST = 'org.opencontainers.image.base.digest';

/**
 * The base image in the first annotations that name one.
 * Source: OCI image specification, "Pre-Defined Annotation Keys".
 */
export function statedBase(annotations: readonly Readonly<Record<string, string>>[]): StatedBase | undefined {
  for (const found of annotations) {
    const name = found[BASE_NAME]?.trim();
    const digest = found[BASE_DIGEST]?.trim();
    const base = {
      name: name && name.length <= MAX_NAME ? name : undefined,
      digest: digest !== undefined && isDigest(digest) ? digest : undefined,
    };
    if (base.name !== undefined || base.digest !== undefined) return base;
  }
  return undefined;
}

const SHELL = String.raw`/(?:[\w.-]+/)*(?:ba|da|a|k|z)?sh(?: -\w+(?: pipefail)?)*? -\w*c(?: |$)`;
// Docker puts the values of build arguments before the command: `|2 A=1 B=2 /bin/sh -c …`.
const COMMAND = new RegExp(String.raw`^(?:RUN )?(?:\|\d+ (?:.*? )?)?${SHELL}`);

/**
 * A history entry in the form of its Dockerfile instruction, in one line: without the shell, the values of build
 * arguments and the marks of the builder. Any other text is returned unchanged. The result may be hostile.
 */
export function cleanInstruction(text: string): string | undefined {
  const flat = text
    .slice(0, 10 * MAX_INSTRUCTION)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ ?# buildkit$/, '');
  const shell = COMMAND.exec(flat);
  const command = shell === null ? flat : flat.slice(shell[0].length).trim();
  const marked = /^#\(nop\) */.exec(command);
  const clean = marked ? command.slice(marked[0].length) : shell === null ? command : `RUN ${command}`;
  if (clean === '' || clean === 'RUN ') return undefined;
  return clean.length > MAX_INSTRUCTION ? `${clean.slice(0, MAX_INSTRUCTION - 1).toWellFormed()}…` : clean;
}

/**
 * The base images of an image's platforms, each once. `named`: the workflow named it, and every platform starts with the
 * same blobs; otherwise only the image states it. `deciding`: the images that rules used, one for each platform.
 */
export function baseImagesOf(
  platforms: Iterable<ImageLayers>,
): { name: string; named: boolean; deciding: string[] }[] {
  const found = [...platforms].flatMap(({ base, statedBase }) => {
    const name = base?.name ?? statedBase?.name;
    return name === undefined ? [] : [{ name, base }];
  });
  return [...Map.groupBy(found, ({ name }) => name)].map(([name, all]) => ({
    name,
    named: all.every(({ base }) => base?.proven === true),
    deciding: [...new Set(all.flatMap(({ base }) => (base?.decides ? [base.uri] : [])))].sort(),
  }));
}

/**
 * Adds to findings the layers of their packages and the platforms that configs state; `unknown` where the config is
 * unknown. A package whose layer is not one of its image, or can be one of several different layers, stays as it is.
 * @param layersOf by the digest of the platform image
 */
export function attributeLayers(
  findings: readonly Finding[],
  layersOf: ReadonlyMap<string, ImageLayers>,
): Finding[] {
  const known = new Map(
    [...layersOf].map(([image, { layers, configPlatform }]) => [
      image,
      {
        configPlatform,
        blobs: agreed(Map.groupBy(layers, ({ digest }) => digest)),
        contents: agreed(Map.groupBy(layers, ({ diffId }) => diffId)),
      },
    ]),
  );
  return findings.map((finding) => {
    const layers = known.get(finding.digest);
    if (layers === undefined) return { ...finding, configPlatform: 'unknown' };
    return {
      ...finding,
      configPlatform: layers.configPlatform ?? 'unknown',
      packages: finding.packages.map((found) => {
        if (found.layer === undefined) return found;
        const blob = layers.blobs.get(found.layer as Digest);
        if (blob !== undefined) return { ...found, ...blob };
        // Inspector identifies layers by their blobs. A match of contents relies on the image's config.
        const content = layers.contents.get(found.layer as Digest) ?? UNKNOWN;
        return { ...found, ...content, origin: undefined };
      }),
    };
  });
}

type Attribution = Pick<VulnerablePackage, 'instruction' | 'origin' | 'statedOrigin'>;

const UNKNOWN: Attribution = { instruction: undefined, origin: undefined, statedOrigin: undefined };

/** For layers with the same key: the values that are equal for all of them. */
function agreed<K>(groups: ReadonlyMap<K, readonly Layer[]>): Map<K, Attribution> {
  const one = <T>(values: readonly T[]): T | undefined => {
    const [first, ...others] = new Set(values);
    return others.length === 0 ? first : undefined;
  };
  return new Map(
    [...groups].map(([key, layers]) => [
      key,
      {
        instruction: one(layers.map(({ instruction }) => instruction)),
        origin: one(layers.map(({ origin }) => origin)),
        statedOrigin: one(layers.map(({ statedOrigin }) => statedOrigin)),
      },
    ]),
  );
}
