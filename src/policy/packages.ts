/**
 * Whether a package of a finding is the package that a VEX statement names: name, type, vendor, release, version and
 * architecture, each of which can be unknown.
 */

import type { PackageDoubt, VexPackage } from '../results/exception.ts';
import type { Finding, VulnerablePackage } from '../results/finding.ts';
import { compareVersions } from '../versions/compare.ts';
import { isRelease, isVendor, type System, systemOf } from '../versions/distributions.ts';
import { type Ecosystem, ecosystemOfManager } from '../versions/ecosystem.ts';
import type { Truth } from './conditions.ts';
import type { Need } from './vex-products.ts';

/** The type that package URLs have for each ecosystem. */
const PURL_TYPES: Readonly<Record<Ecosystem, string>> = {
  apk: 'apk',
  cargo: 'cargo',
  composer: 'composer',
  dpkg: 'deb',
  gem: 'gem',
  go: 'golang',
  maven: 'maven',
  npm: 'npm',
  nuget: 'nuget',
  pep440: 'pypi',
  rpm: 'rpm',
};
const ECOSYSTEMS: ReadonlyMap<string, Ecosystem> = new Map(
  Object.entries(PURL_TYPES).map(([ecosystem, type]) => [type, ecosystem as Ecosystem]),
);
const SYSTEM_TYPES: readonly string[] = ['deb', 'rpm', 'apk'];

/** A property in which a package can differ from the package that a statement names. */
type Aspect = PackageDoubt['aspect'];

export function isPackage(
  named: VexPackage,
  candidate: VulnerablePackage,
  finding: Finding,
  need: Need,
): boolean {
  const isEnough = (truth: Truth) => (need === 'certain' ? truth === true : truth !== false);
  // The name comes first: most packages differ in it, and there can be many.
  return (
    isEnough(sameName(named, candidate)) &&
    aspects(named, candidate, finding).every(([, truth]) => isEnough(truth))
  );
}

/** Each aspect of a package other than its name, and whether it agrees with what a statement says. */
function aspects(
  named: VexPackage,
  candidate: VulnerablePackage,
  { operatingSystem }: Finding,
): readonly (readonly [Aspect, Truth])[] {
  const system = systemOf(operatingSystem);
  const { type } = named;
  const isOfSystem = SYSTEM_TYPES.includes(type);
  return [
    ['type', isType(type, candidate, system)],
    ['vendor', isOfSystem ? isOfVendor(named.namespace, system) : true],
    [
      'release',
      named.distro === undefined ? true : isOfSystem ? system && isRelease(system, named.distro) : undefined,
    ],
    ['version', named.version === undefined ? true : isVersion(type, named.version, candidate)],
    ['architecture', named.arch === undefined ? true : isPackageArch(named.arch, candidate.arch)],
    ['qualifier', named.unread === undefined ? true : undefined],
  ];
}

function isType(type: string, candidate: VulnerablePackage, system: System | undefined): Truth {
  // Types that have no ecosystem here, such as generic, can be used for any package.
  const other = ECOSYSTEMS.has(type) ? false : undefined;
  if (isStandardLibrary(candidate)) return type === 'golang' ? true : other;
  const manager = candidate.manager?.toUpperCase();
  if (manager === 'OS') {
    if (system !== undefined) return type === system.type ? true : other;
    return SYSTEM_TYPES.includes(type) ? undefined : other;
  }
  const ecosystem = manager === undefined ? undefined : ecosystemOfManager(manager);
  if (ecosystem === undefined) return undefined;
  return type === PURL_TYPES[ecosystem] ? true : other;
}

function isOfVendor(namespace: string | undefined, system: System | undefined): Truth {
  return namespace === undefined || system === undefined ? undefined : isVendor(system, namespace);
}

/**
 * Whether a package is Go's standard library, which is not a module. Inspector names it `go/stdlib`, with the package
 * manager GENERIC or one of Go's. Package URLs name it pkg:golang/stdlib.
 */
function isStandardLibrary({ name, manager }: VulnerablePackage): boolean {
  const isGo = manager !== undefined && ecosystemOfManager(manager) === 'go';
  return name === 'go/stdlib' ? isGo || manager?.toUpperCase() === 'GENERIC' : name === 'stdlib' && isGo;
}

// Go's vulnerability database has stdlib. Other sources use the other names for the library or for all of Go.
const STANDARD_LIBRARY: readonly string[] = ['stdlib', 'std', 'go', 'go/stdlib'];

/** Undefined if the two are written differently, or one of them is only a part of the other. */
function sameName(named: VexPackage, candidate: VulnerablePackage): Truth {
  const { type } = named;
  const full = fullName(named);
  if (isStandardLibrary(candidate)) {
    const name = full.toLowerCase();
    if (type === 'golang' && (name === 'stdlib' || name === 'go/stdlib')) return true;
    return STANDARD_LIBRARY.includes(name) ? undefined : false;
  }
  const same = (a: string, b: string) => canonicalName(type, a) === canonicalName(type, b);
  if (same(full, candidate.name)) return true;
  // Other types may separate the parts of a name in another way.
  const alike = (a: string, b: string) => plainName(type, a) === plainName(type, b);
  if (alike(full, candidate.name)) return undefined;
  const [own, other] = [lastPart(full), lastPart(candidate.name)];
  return (own === full || other === candidate.name) && alike(own, other) ? undefined : false;
}

/** Names that are equal in this form are possibly the same: many registries do not tell case and `_` from `-` apart. */
function plainName(type: string, name: string): string {
  return canonicalName(type, name.replaceAll(':', '/')).toLowerCase().replaceAll('_', '-');
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}

/** The name of a package as its package manager and Inspector write it. */
function fullName({ type, namespace, name }: VexPackage): string {
  // The namespace of an operating system's package is its vendor.
  if (namespace === undefined || SYSTEM_TYPES.includes(type)) return name;
  return type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}

/** One spelling for all names that are equal by the rules of a purl type. Source: purl-spec, types/. */
function canonicalName(type: string, name: string): string {
  switch (type) {
    case 'pypi':
      // PEP 503.
      return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'deb':
    case 'apk':
    case 'composer':
    case 'golang':
    case 'nuget':
      return name.toLowerCase();
    default:
      return name;
  }
}

/**
 * Whether a package has the version that a statement names. Undefined if the two are written differently, but may be the same
 * version by the rules of their ecosystem, or without the epoch or release that only one of them has.
 */
function isVersion(type: string, stated: string, candidate: VulnerablePackage): Truth {
  const isOfSystem = SYSTEM_TYPES.includes(type);
  const own = canonicalVersion(type, stated);
  const found = canonicalVersion(type, isOfSystem ? installedVersion(candidate) : candidate.version);
  if (own === found && found !== '') return true;
  const [a, b] = isOfSystem
    ? inCommon(own, found)
    : type === 'pypi'
      ? withoutLocal(own, found)
      : [own, found];
  const order = compareVersions(ECOSYSTEMS.get(type), a, b);
  return found === '' || order === undefined || order === 0 ? undefined : false;
}

/** The version as the operating system's package manager writes it, with epoch and release. */
function installedVersion({ version, epoch, release }: VulnerablePackage): string {
  const withEpoch = epoch === undefined || version.includes(':') ? version : `${epoch}:${version}`;
  return release === undefined || release === '' ? withEpoch : `${withEpoch}-${release}`;
}

/** Two versions without an epoch or release that only one of them has. */
function inCommon(a: string, b: string): [string, string] {
  const withoutEpoch = (text: string) => text.replace(/^\d+:/, '');
  const withoutRelease = (text: string) => text.replace(/-[^-]*$/, '');
  const [c, d] = a.includes(':') && b.includes(':') ? [a, b] : [withoutEpoch(a), withoutEpoch(b)];
  return c.includes('-') && d.includes('-') ? [c, d] : [withoutRelease(c), withoutRelease(d)];
}

/**
 * Two versions without a local version label that only one of them has. A version without one stands for all of its labels
 * (PEP 440, "Version matching").
 */
function withoutLocal(a: string, b: string): [string, string] {
  const withoutLabel = (text: string) => text.replace(/\+.*$/s, '');
  return a.includes('+') && b.includes('+') ? [a, b] : [withoutLabel(a), withoutLabel(b)];
}

function canonicalVersion(type: string, version: string): string {
  if (type === 'golang') return version.replace(/^(?:v|go)(?=\d)/, '');
  return SYSTEM_TYPES.includes(type) ? version.replace(/^0:/, '') : version;
}

const ARCHITECTURES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    x86_64: 'amd64',
    aarch64: 'arm64',
    i386: '386',
    i686: '386',
    noarch: 'all',
  }),
);

/** The architectures that certainly differ: names in different rows, as apk, dpkg, rpm and Go write them. */
const DIFFERENT_ARCHITECTURES: readonly (readonly string[])[] = [
  ['amd64', 'x86-64'],
  ['arm64'],
  ['386', 'i486', 'i586', 'x86'],
  ['arm', 'armel', 'armhf', 'armv5tel', 'armv6', 'armv6l', 'armv6hl', 'armv7', 'armv7l', 'armv7hl'],
  ['ppc64le', 'ppc64el'],
  ['s390x'],
  ['riscv64'],
  ['loong64', 'loongarch64'],
];

/** Undefined for names that do not tell which architecture is meant: `source`, `any`, or one for all of them. */
function isPackageArch(stated: string, found: string | undefined): Truth {
  if (found === undefined) return undefined;
  const [own, other] = [canonicalArch(stated), canonicalArch(found)];
  if (own === other) return true;
  const rowOf = (arch: string) => DIFFERENT_ARCHITECTURES.findIndex((row) => row.includes(arch));
  const [ownRow, otherRow] = [rowOf(own), rowOf(other)];
  return ownRow === -1 || otherRow === -1 || ownRow === otherRow ? undefined : false;
}

function canonicalArch(arch: string): string {
  const lower = arch.toLowerCase();
  return ARCHITECTURES.get(lower) ?? lower;
}

/**
 * A key that is the same for all names that `isPackage` can treat as the same. Only packages with the same key are
 * compared, so a new rule for names has to be applied here as well.
 */
export function nameKey(name: string): string {
  const key = lastPart(name)
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
  return STANDARD_LIBRARY.includes(key) ? 'stdlib' : key;
}

/**
 * Why a package with the name that a statement gives is not certainly the package of the statement. Undefined if the names
 * differ, or if it certainly is.
 */
export function doubtAboutPackage(
  named: VexPackage,
  candidate: VulnerablePackage,
  finding: Finding,
): PackageDoubt | undefined {
  if (sameName(named, candidate) !== true) return undefined;
  const doubtful = aspects(named, candidate, finding).find(([, truth]) => truth !== true);
  if (doubtful === undefined) return undefined;
  const [aspect, truth] = doubtful;
  const found = foundOf(aspect, candidate, finding);
  return { aspect, differs: truth === false, purl: named.purl, found };
}

/** What the scanner says about an aspect of a package. */
function foundOf(
  aspect: Aspect,
  candidate: VulnerablePackage,
  { operatingSystem }: Finding,
): string | undefined {
  switch (aspect) {
    case 'type':
      return candidate.manager?.toUpperCase() === 'OS' ? operatingSystem : candidate.manager;
    case 'vendor':
    case 'release':
      return operatingSystem;
    case 'version':
      return installedVersion(candidate);
    case 'architecture':
      return candidate.arch;
    case 'qualifier':
      return undefined;
  }
}
