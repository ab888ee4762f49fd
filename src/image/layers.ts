/** Whose layer a package lies in, and which instruction made it: explained only where it is certain. */

import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { givesKeyTwice } from '../json.ts';
import type { Finding, Origin, StatedPlatform, VulnerablePackage } from '../results/finding.ts';
import type { Digest } from '../results/registry.ts';
import type { Manifest } from './manifest.ts';
import { foldedKey } from './manifest-keys.ts';
import { statedPlatform } from './platform.ts';
import { isDigest } from './reference.ts';

/** What an image's config says of its layers. */
export interface ImageConfig {
  /** Digests of the layers before compression, from the lowest up. */
  readonly diffIds: readonly Digest[];
  readonly history: readonly { readonly createdBy: string | undefined; readonly empty: boolean }[];
  /** Undefined where it can be read in two ways. */
  readonly platform: StatedPlatform | undefined;
}

/** An image under the name by which it was asked for. */
export interface NamedImage {
  readonly name: string;
  /** Of its manifest for one platform. */
  readonly digest: Digest;
  /** `HOST/REPOSITORY@DIGEST` of that manifest, by the plain host name of its registry. */
  readonly uri: string;
}

/** The base image that a workflow named, as far as this image is built on it. */
export interface NamedBase extends NamedImage {
  /** Whether the image starts with its very blobs; false: with layers that hold the same, as the image's config says. */
  readonly proven: boolean;
  /** Whether rules go by it: it is proven, and the policy allows it. */
  readonly decides: boolean;
}

/** A base image of one platform: the layers that an image built on it starts with. */
export interface BaseLayers extends NamedImage {
  /** False: the policy does not allow it as a base image, so that it explains and does not decide. */
  readonly allowed: boolean;
  readonly layerDigests: readonly (Digest | undefined)[];
  /** Undefined where its config is not known. */
  readonly diffIds: readonly Digest[] | undefined;
}

/** The base image that an image names in its annotations. */
export interface StatedBase {
  readonly name: string | undefined;
  readonly digest: Digest | undefined;
}

export interface Layer {
  /** Of the compressed blob. */
  readonly digest: Digest | undefined;
  /** Of what it holds, before compression. */
  readonly diffId: Digest | undefined;
  /** As a Dockerfile would have it, in one line. */
  readonly instruction: string | undefined;
  /** Proven by the blobs of a base image that the workflow named. */
  readonly origin: Origin | undefined;
  /** Going by what the image says of itself: the base image it names, and the contents its config lists. */
  readonly statedOrigin: Origin | undefined;
}

/** The layers of one platform image. */
export interface ImageLayers {
  readonly layers: readonly Layer[];
  readonly statedBase: StatedBase | undefined;
  /** The base image that the workflow named and whose layers this image starts with. */
  readonly base: NamedBase | undefined;
  /** Base images that the workflow named and that have every layer of this image: they tell nothing apart. */
  readonly whole: readonly NamedImage[];
  /** What the config says of the image's platform; undefined where the config is not known. */
  readonly configPlatform: StatedPlatform | undefined;
}

/** A blob is not what it should be, or cannot be had: its message completes "is not known: …". */
export class LayersUnknown extends Error {
  override readonly name = 'LayersUnknown';
}

// Longer ones are scripts; their beginning tells which.
const MAX_INSTRUCTION = 500;
const MAX_NAME = 300;

const ConfigBlob = v.object({
  rootfs: v.object({ diff_ids: v.array(v.pipe(v.string(), v.check(isDigest))) }),
  history: v.optional(
    v.array(v.object({ created_by: v.optional(v.string()), empty_layer: v.optional(v.boolean()) })),
  ),
});

/**
 * Checks that a config has its digest, and reads what it says of the layers.
 * @throws LayersUnknown when digest or structure are wrong
 */
export function parseConfig(digest: Digest, bytes: Uint8Array): ImageConfig {
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== digest) {
    throw new LayersUnknown(`the config ${digest} came with other bytes than its digest says`);
  }
  const text = decoded(bytes);
  const value = parseJson(text);
  const result = v.safeParse(ConfigBlob, value, { abortEarly: true });
  if (!result.success) throw new LayersUnknown(`the config ${digest} is not an image's`);
  const { rootfs, history = [] } = result.output;
  return {
    platform: platformIn(text, value as Record<string, unknown>),
    diffIds: rootfs.diff_ids as Digest[],
    history: history.map(({ created_by: createdBy, empty_layer: empty = false }) => ({ createdBy, empty })),
  };
}

/** Empty for bytes that are no UTF-8, which no JSON is. */
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

/** The platform that every program reads in a config; undefined where one might read another: Go takes `OS` for `os`. */
function platformIn(text: string, config: Record<string, unknown>): StatedPlatform | undefined {
  const isOther = (key: string) => PLATFORM_KEYS.includes(foldedKey(key)) && !PLATFORM_KEYS.includes(key);
  const isAmbiguous = givesKeyTwice(text, config) || Object.keys(config).some(isOther);
  return isAmbiguous ? undefined : statedPlatform(config);
}

/**
 * What is certain of an image's layers. Each entry of the history that made a layer belongs to one layer,
 * in order; where their numbers differ, no instruction is given. An image is built on a base image if it
 * starts with all of its layers, and has more. The same blobs prove that. Where layers were compressed anew only the
 * config says that they hold the same, and whoever builds the image writes the config.
 * Source: OCI image specification, "Image Configuration" (`rootfs`, `history`) and "Image Manifest"
 * (`layers`); their number and order are the same.
 * @param config undefined where it is not known
 * @param bases base images that the workflow named: the one with most layers in common counts
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
  // A config of another number of layers is not about these layers.
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

/** The base image with most layers, of those whose layers all lie at the bottom of the image. */
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

/** Whether an image starts with the very blobs of another. */
export function hasBlobsOf(image: Layers, base: Layers): boolean {
  return startsWith(image, base, ({ layerDigests }) => layerDigests);
}

/** Whether the layers that an image starts with hold the same as those of another, going by their configs. */
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
  // One without layers is everybody's base.
  if (size === 0 || of.length !== size) return false;
  return of.every((digest, at) => digest !== undefined && digest === all[at]);
}

// A tar archive with no file in it, as Docker and as BuildKit compress it, and before compression.
const EMPTY: ReadonlySet<string | undefined> = new Set([
  'sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4',
  'sha256:4f4fb700ef54461cfa02571ae0db9a0dc1e0cdb5577484a6d75e68dc38e8acc1',
  'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
]);

/**
 * Whether a base image has every layer of an image that holds something: the image itself, a copy of it under another
 * config. What such a base says of the layers would make all of the image the base's.
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
 * The base image named by the first annotations that name one.
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
 * An entry of the history as it stood in the Dockerfile, in one line: without the shell, the values of build
 * arguments and the builder's marks. What is no such entry stays as it is. The text is hostile still.
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
 * The base images of an image's platforms, each once. `named`: the workflow named it, and every image starts with its
 * very blobs; otherwise it is the image's own word. `deciding`: what rules went by, platform by platform.
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
 * The findings with what is known of the layers of their packages, and what configs say of their platforms. A package
 * whose layer is not among those of its image, or may be any of several that differ, stays as it is.
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
    if (layers === undefined) return finding;
    return {
      ...finding,
      configPlatform: layers.configPlatform,
      packages: finding.packages.map((found) => {
        if (found.layer === undefined) return found;
        const blob = layers.blobs.get(found.layer as Digest);
        if (blob !== undefined) return { ...found, ...blob };
        // Inspector names layers by their blobs. A match of contents is only as true as the image's config.
        const content = layers.contents.get(found.layer as Digest) ?? UNKNOWN;
        return { ...found, ...content, origin: undefined };
      }),
    };
  });
}

type Attribution = Pick<VulnerablePackage, 'instruction' | 'origin' | 'statedOrigin'>;

const UNKNOWN: Attribution = { instruction: undefined, origin: undefined, statedOrigin: undefined };

/** Of layers that cannot be told apart what is the same for all of them. */
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
