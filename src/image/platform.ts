/** Platforms as an index states them, read in the same way as containerd reads them when it pulls the image. */

import { type Finding, NO_PLATFORM, type StatedPlatform } from '../results/finding.ts';

export { NO_PLATFORM };

/** The names of one platform that conditions are compared with. */
export interface PlatformNames {
  /** Every spelling, with the variant and without: `linux/amd64`, `linux/x86_64`, `linux/amd64/v3`. */
  readonly own: readonly string[];
  /** The names of hosts of another architecture that also run its images: `linux/amd64` for `linux/386`. */
  readonly hosts: readonly string[];
}

const UNKNOWN = 'unknown';
const SEPARATOR = ', ';

// The values that Go defines. Source: containerd/platforms, database.go, isKnownOS and isKnownArch.
const SYSTEMS = words(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos',
);
const ARCHITECTURES = words(
  '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32',
  'mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm',
);

type Names = ReadonlyMap<string, readonly string[]>;

// Aliases, by containerd's name. Source: containerd/platforms, database.go, normalizeOS and normalizeArch.
const OS_NAMES: Names = new Map([['darwin', ['macos']]]);
const ARCHITECTURE_NAMES: Names = new Map([
  ['amd64', ['x86_64', 'x86-64']],
  ['arm64', ['aarch64']],
  // containerd knows i386; build tools use the others for the same architecture.
  ['386', ['i386', 'i486', 'i586', 'i686']],
]);
/** By architecture; an empty name is the baseline of the architecture. */
const VARIANT_NAMES: ReadonlyMap<string, Names> = new Map([
  ['amd64', new Map([['', ['v1']]])],
  [
    'arm64',
    new Map([
      ['', ['v8', '8', 'v8.0']],
      ['v9', ['9', '9.0', 'v9.0']],
    ]),
  ],
  [
    'arm',
    new Map([
      ['v5', ['5']],
      ['v6', ['6']],
      ['v7', ['7', '']],
      ['v8', ['8']],
    ]),
  ],
]);
/** Names that include the variant. */
const WITH_VARIANT: ReadonlyMap<string, Architecture> = new Map([
  ['armhf', { architecture: 'arm', variant: 'v7' }],
  ['armel', { architecture: 'arm', variant: 'v6' }],
]);
/** Hosts of another architecture that run an architecture. Source: containerd/platforms, compare.go, platformVector. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['386', 'amd64'],
  ['arm', 'arm64'],
]);

/** In containerd's spelling. */
interface Architecture {
  readonly architecture: string;
  /** Empty for the baseline: `v1` of amd64, `v8` of arm64. */
  readonly variant: string;
}

interface Platform extends Architecture {
  readonly os: string;
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

/** Reads the platform that an index or a config states. Conditions do not use its other members (`os.version`). */
export function statedPlatform({ os, architecture, variant }: Record<string, unknown>): StatedPlatform {
  const parts = [os, architecture, variant];
  // containerd cannot read an index or a config in which one of them is not a string.
  const isReadable = parts.every((part) => part === undefined || part === null || typeof part === 'string');
  const word = (part: unknown): string | undefined => {
    const text = isReadable && typeof part === 'string' ? part.toLowerCase() : '';
    return /^[a-z0-9._-]{1,40}$/.test(text) && text !== UNKNOWN ? text : undefined;
  };
  return { os: word(os), architecture: word(architecture), variant: word(variant) };
}

/** A platform's name in containerd's spelling: `linux/amd64`, `linux/arm/v7`, `linux/unknown`, `unknown/unknown`. */
export function platformName({ os, architecture: text, variant: stated }: StatedPlatform): string {
  const system = os === undefined ? UNKNOWN : canonical(OS_NAMES, os);
  if (text === undefined) return `${system}/${UNKNOWN}`;
  const { architecture, variant } = normalArchitecture(text, stated);
  return [system, architecture, ...(variant === '' ? [] : [variant])].join('/');
}

/** One name for the platforms that share a digest. */
export function joinedNames(names: Iterable<string>): string {
  return [...names].join(SEPARATOR);
}

/** An architecture in containerd's spelling: `X86_64` is `amd64`. */
export function architectureName(text: string): string {
  return normalArchitecture(text.toLowerCase(), undefined).architecture;
}

/** Whether a text in lower case is a name of an architecture that Go has, with a variant or without. */
export function isArchitecture(text: string): boolean {
  const [name = ''] = text.split('/', 1);
  return ARCHITECTURES.has(normalArchitecture(name, undefined).architecture);
}

/** Whether a text in lower case is a name of an operating system that Go has. */
export function isSystem(text: string): boolean {
  return SYSTEMS.has(canonical(OS_NAMES, text));
}

function normalArchitecture(text: string, stated: string | undefined): Architecture {
  const both = WITH_VARIANT.get(text);
  if (both !== undefined) return both;
  const architecture = canonical(ARCHITECTURE_NAMES, text);
  if (architecture === '386') return { architecture, variant: '' };
  return { architecture, variant: canonical(VARIANT_NAMES.get(architecture), stated ?? '') };
}

function canonical(names: Names = new Map(), text: string): string {
  for (const [name, others] of names) if (others.includes(text)) return name;
  return text;
}

const known = new Map<string, readonly (PlatformNames | undefined)[]>();

/**
 * The platforms of a finding's image; undefined for a platform that is unknown. The index states them, and the config
 * if it was read. If the two contradict each other, the platform is unknown. It is also unknown if the config could not
 * be read, because the config may contradict the index, and the builder of the image can make it unreadable. Where the
 * index states no platform for a child, containerd compares the one of its config with the host. The config of an image
 * that is not part of an index is not used: containerd runs such an image on any host, whatever its config states.
 * Source: containerd, core/images/image.go, Manifest.
 */
export function platformsOf({
  platform,
  configPlatform,
}: Pick<Finding, 'platform' | 'configPlatform'>): readonly (PlatformNames | undefined)[] {
  // A run can have ten thousand findings of the same few platforms.
  const key = JSON.stringify([platform, configPlatform]);
  let names = known.get(key);
  if (names === undefined) {
    names = platform.split(SEPARATOR).flatMap((name) => namesOf(name, configPlatform));
    known.set(key, names);
  }
  return names;
}

/**
 * One platform, or two where only the config states a variant: containerd takes the image for one of the baseline, by the
 * index alone.
 */
function namesOf(name: string, config: Finding['configPlatform']): readonly (PlatformNames | undefined)[] {
  if (config === 'unknown') return [undefined];
  const [os = '', architecture, variant, ...more] = name.split('/');
  if (architecture === undefined || more.length > 0) return [undefined];
  const index = statedPlatform({ os, architecture, variant });
  if (config === undefined) return [named(completed(index))];
  const both = named(completed(together(index, config)));
  if (index.architecture === undefined || index.variant !== undefined || config.variant === undefined) {
    return [both];
  }
  return [both, named(completed(together(index, { ...config, variant: undefined })))];
}

function named(platform: Platform | undefined): PlatformNames | undefined {
  if (platform === undefined) return undefined;
  const host = HOSTS.get(platform.architecture);
  return {
    own: spellings(platform),
    hosts: host === undefined ? [] : spellings({ ...platform, architecture: host, variant: '' }),
  };
}

/** A platform with a known operating system and architecture; undefined for any other. */
function completed(stated: StatedPlatform | undefined): Platform | undefined {
  if (stated?.os === undefined || stated.architecture === undefined) return undefined;
  const os = canonical(OS_NAMES, stated.os);
  const platform = { os, ...normalArchitecture(stated.architecture, stated.variant) };
  return SYSTEMS.has(os) && ARCHITECTURES.has(platform.architecture) ? platform : undefined;
}

/** The platform of index and config combined; undefined if they contradict each other. Many configs state no variant. */
function together(index: StatedPlatform, config: StatedPlatform): StatedPlatform | undefined {
  const os = index.os ?? config.os;
  const architecture = index.architecture ?? config.architecture;
  const variant = index.variant ?? config.variant;
  const merged = { os, architecture, variant };
  const asConfig = {
    os: config.os ?? os,
    architecture: config.architecture ?? architecture,
    variant: config.variant ?? variant,
  };
  return platformName(merged) === platformName(asConfig) ? merged : undefined;
}

function spellings({ os, architecture, variant }: Platform): string[] {
  const systems = [os, ...(OS_NAMES.get(os) ?? [])];
  const architectures = [architecture, ...(ARCHITECTURE_NAMES.get(architecture) ?? [])];
  const variants = [variant, ...(VARIANT_NAMES.get(architecture)?.get(variant) ?? [])];
  const combined = [...WITH_VARIANT].filter(
    ([, both]) => both.architecture === architecture && both.variant === variant,
  );
  const names = [
    ...architectures.flatMap((name) => [name, ...variants.map((one) => `${name}/${one}`)]),
    ...combined.map(([name]) => name),
  ].filter((name) => !name.endsWith('/'));
  return systems.flatMap((system) => names.map((name) => `${system}/${name}`));
}
