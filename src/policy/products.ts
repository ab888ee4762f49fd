/** Whether the products and packages of a VEX statement are those of a finding. */

import { platformsOf } from '../image/platform.ts';
import type {
  ImageIdentity,
  PackageDoubt,
  VexPackage,
  VexProduct,
  VexRevocation,
} from '../results/exception.ts';
import type { Finding, VulnerablePackage } from '../results/finding.ts';
import { compareVersions } from '../versions/compare.ts';
import { isRelease, isVendor, type System, systemOf } from '../versions/distributions.ts';
import { type Ecosystem, ecosystemOfManager } from '../versions/ecosystem.ts';
import { settled, type Truth } from './conditions.ts';

/**
 * Whether products of a statement cover a finding: each of its packages, where they have subcomponents. The
 * finding must be the one of its platform, before the findings of several platforms are made one.
 */
export function matchesProducts(
  products: readonly VexProduct[],
  finding: Finding,
  image: ImageIdentity,
): boolean {
  const { isWhole, isNamed, takenBackAlike } = fittingProducts(products, finding, image, 'certain');
  return (
    (isWhole || (finding.packages.length > 0 && finding.packages.every(isNamed))) &&
    !takenBackAlike.some((product) => revocationOf(product, finding, image) !== undefined)
  );
}

/** The statement that takes back, for this finding, what was said of a product; undefined if there is none. */
export function revocationOf(
  product: VexProduct,
  finding: Finding,
  image: ImageIdentity,
): VexRevocation | undefined {
  if (product.revocations === undefined) return undefined;
  const { since, ids: stated, by } = product.revocations;
  const latest = latestRevocations(by, finding, image);
  for (const id of [finding.vulnerabilityId, ...finding.relatedIds, ...stated]) {
    const revocation = latest(id);
    if (revocation !== undefined && revocation.at >= since) return revocation;
  }
  return undefined;
}

/** Of the statements that take back, the latest one that names a vulnerability by an id and concerns a finding. */
type LatestRevocations = (id: string) => VexRevocation | undefined;

const revocationsById = new WeakMap<readonly VexRevocation[], ReadonlyMap<string, VexRevocation[]>>();
const revocationsOfFindings = new WeakMap<
  readonly VexRevocation[],
  WeakMap<ImageIdentity, WeakMap<Finding, LatestRevocations>>
>();

/** Each is looked for once for a finding, however many statements it may take back. */
function latestRevocations(
  by: readonly VexRevocation[],
  finding: Finding,
  image: ImageIdentity,
): LatestRevocations {
  const byId = known(revocationsById, by, () => {
    const map = new Map<string, VexRevocation[]>();
    for (const revocation of by) {
      for (const id of new Set(revocation.ids.map(folded))) known(map, id, () => []).push(revocation);
    }
    return map;
  });
  const ofImages = known(revocationsOfFindings, by, () => new WeakMap());
  const ofFindings = known(ofImages, image, () => new WeakMap());
  return known(ofFindings, finding, () => {
    const found = new Map<string, VexRevocation | undefined>();
    return (id) =>
      known(found, folded(id), () =>
        (byId.get(folded(id)) ?? [])
          .filter(({ products }) => concerns(products, finding, image))
          .reduce<VexRevocation | undefined>(
            (latest, other) => (latest === undefined || other.at > latest.at ? other : latest),
            undefined,
          ),
      );
  });
}

function folded(id: string): string {
  return id.toLowerCase();
}

function concerns(products: readonly VexProduct[], finding: Finding, image: ImageIdentity): boolean {
  const { isWhole, isEmpty, isNamed } = fittingProducts(products, finding, image, 'possible');
  if (isEmpty) return false;
  return isWhole || finding.packages.length === 0 || finding.packages.some(isNamed);
}

/** The products of a statement that are the image that a finding is of. */
interface FittingProducts {
  readonly isEmpty: boolean;
  /** Whether one of them is the image as a whole. */
  readonly isWhole: boolean;
  /** The packages in them that may have the name of one: the others certainly have not. */
  readonly namedLike: (candidate: VulnerablePackage) => readonly VexPackage[];
  /** Whether one of them names a package. */
  readonly isNamed: (candidate: VulnerablePackage) => boolean;
  /** One of those that the same statements can take back: as a rule there is one in all. */
  readonly takenBackAlike: readonly VexProduct[];
}

const fitting = {
  certain: new WeakMap<readonly VexProduct[], WeakMap<ImageIdentity, Map<string, FittingProducts>>>(),
  possible: new WeakMap<readonly VexProduct[], WeakMap<ImageIdentity, Map<string, FittingProducts>>>(),
};

/** What of a statement's products depends on the platform image alone is found out once for each of them. */
function fittingProducts(
  products: readonly VexProduct[],
  finding: Finding,
  image: ImageIdentity,
  need: Need,
): FittingProducts {
  const ofImages = known(fitting[need], products, () => new WeakMap());
  const ofPlatforms = known(ofImages, image, () => new Map());
  const { digest, platform, configPlatform, operatingSystem } = finding;
  const key = JSON.stringify([digest, platform, configPlatform, operatingSystem]);
  return known(ofPlatforms, key, () => {
    const own = products.filter((product) => isOfImage(product, finding, image, need));
    const byName = Map.groupBy(
      own.flatMap(({ subcomponents }) => subcomponents),
      ({ name }) => nameKey(name),
    );
    const namedLike = ({ name }: VulnerablePackage) => byName.get(nameKey(name)) ?? [];
    const answers = new Map<string, boolean>();
    return {
      namedLike,
      isEmpty: own.length === 0,
      isWhole: own.some(({ subcomponents }) => subcomponents.length === 0),
      isNamed: (candidate) =>
        // By all that it says: whatever `isPackage` looks at is in it.
        known(answers, JSON.stringify(candidate), () =>
          namedLike(candidate).some((named) => isPackage(named, candidate, finding, need)),
        ),
      takenBackAlike: [...new Map(own.map((product) => [product.revocations, product])).values()],
    };
  });
}

/**
 * A key that two names have in common if `isPackage` can take them for one package's. Only those are compared, so a
 * rule that takes more names for the same has to be in here as well.
 */
function nameKey(name: string): string {
  const key = lastPart(name)
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
  return STANDARD_LIBRARY.includes(key) ? 'stdlib' : key;
}

/** What a map has for a key, made where it has nothing yet. */
function known<K, V>(
  map: { has(key: K): boolean; get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const value = map.get(key);
  if (value !== undefined || map.has(key)) return value as V;
  const made = make();
  map.set(key, made);
  return made;
}

/** An exception needs certainty; what takes one back only has to be possible. */
type Need = 'certain' | 'possible';

function isOfImage(product: VexProduct, finding: Finding, image: ImageIdentity, need: Need): boolean {
  const { digest, name, repositoryUrl, tag, arch } = product;
  const named = name === '' ? need === 'possible' : image.repository.split('/').at(-1) === name;
  const digestFits = digest === undefined || digest === finding.digest || image.digests.includes(digest);
  const repositoryFits =
    repositoryUrl === undefined ||
    repositoryUrl === `${image.host}/${image.repository}` ||
    (need === 'possible' && bare(repositoryUrl).endsWith(`/${image.repository}`));
  // A tag says which image was meant; without the digest nobody knows whether it still is this one.
  const tagFits = tag === undefined || digest !== undefined || need === 'possible';
  return named && digestFits && repositoryFits && tagFits && isOfArch(arch, finding, need);
}

/** A repository as registries compare it, without the tag or digest that some write behind it. */
function bare(repositoryUrl: string): string {
  const url = repositoryUrl.toLowerCase();
  const last = url.lastIndexOf('/') + 1;
  const [name = ''] = url.slice(last).split(/[:@]/, 1);
  return url.slice(0, last) + name;
}

/** One digest can stand for several platforms. */
function isOfArch(arch: string | undefined, finding: Finding, need: Need): boolean {
  if (arch === undefined) return true;
  const wanted = arch.toLowerCase();
  const truths = platformsOf(finding).map((platform) =>
    platform?.own.some((name) => name.slice(name.indexOf('/') + 1) === wanted),
  );
  return need === 'certain' ? settled(truths, 'every') === true : settled(truths, 'any') !== false;
}

/** By the ecosystem of their versions. */
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

/** What of a package can differ from the package that a statement names. */
type Aspect = PackageDoubt['aspect'];

function isPackage(named: VexPackage, candidate: VulnerablePackage, finding: Finding, need: Need): boolean {
  const isEnough = (truth: Truth) => (need === 'certain' ? truth === true : truth !== false);
  // Most packages differ in their names, and there may be many of both.
  return (
    isEnough(sameName(named, candidate)) &&
    aspects(named, candidate, finding).every(([, truth]) => isEnough(truth))
  );
}

/** Whether a package is the one that a statement names, aspect by aspect; the name is not among them. */
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
  // Types that are not compared, such as generic, may be of any package.
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
 * Go's standard library is no module. Inspector calls it `go/stdlib`, of the manager GENERIC or one of Go's; in package
 * URLs it is pkg:golang/stdlib.
 */
function isStandardLibrary({ name, manager }: VulnerablePackage): boolean {
  const isGo = manager !== undefined && ecosystemOfManager(manager) === 'go';
  return name === 'go/stdlib' ? isGo || manager?.toUpperCase() === 'GENERIC' : name === 'stdlib' && isGo;
}

// Go's own database of vulnerabilities says stdlib; others call the library or all of Go by these names.
const STANDARD_LIBRARY: readonly string[] = ['stdlib', 'std', 'go', 'go/stdlib'];

/** Undefined where one of the two leaves out a part of the name. */
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
  // A type that is not compared may part the name in another way.
  if (same(full.replaceAll(':', '/'), candidate.name.replaceAll(':', '/'))) return undefined;
  const [own, other] = [lastPart(full), lastPart(candidate.name)];
  return (own === full || other === candidate.name) && same(own, other) ? undefined : false;
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}

/** A package's name as its package manager and Inspector write it. */
function fullName({ type, namespace, name }: VexPackage): string {
  // The namespace of a system's package is its vendor.
  if (namespace === undefined || SYSTEM_TYPES.includes(type)) return name;
  return type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}

/** The names that the rules of a purl type take for the same. Source: purl-spec, types/. */
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

/** Undefined where it is not certain that two versions differ: by the rules of their ecosystem, or in what both say. */
function isVersion(type: string, stated: string, candidate: VulnerablePackage): Truth {
  const isOfSystem = SYSTEM_TYPES.includes(type);
  const own = canonicalVersion(type, stated);
  const found = canonicalVersion(type, isOfSystem ? installedVersion(candidate) : candidate.version);
  if (own === found && found !== '') return true;
  const [a, b] = isOfSystem ? inCommon(own, found) : [own, found];
  const order = compareVersions(ECOSYSTEMS.get(type), a, b);
  return found === '' || order === undefined || order === 0 ? undefined : false;
}

/** As the system's package manager writes it, epoch and release included. */
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

function isPackageArch(stated: string, found: string | undefined): Truth {
  return found === undefined ? undefined : canonicalArch(stated) === canonicalArch(found);
}

function canonicalArch(arch: string): string {
  const lower = arch.toLowerCase();
  return ARCHITECTURES.get(lower) ?? lower;
}

/**
 * Why a statement that names a package of the finding is not certainly about it; undefined where it names none. The
 * statement's products have to be this image.
 */
export function doubtAbout(
  products: readonly VexProduct[],
  finding: Finding,
  image: ImageIdentity,
): PackageDoubt | undefined {
  const { namedLike } = fittingProducts(products, finding, image, 'certain');
  for (const candidate of finding.packages) {
    for (const named of namedLike(candidate)) {
      if (sameName(named, candidate) !== true) continue;
      const doubtful = aspects(named, candidate, finding).find(([, truth]) => truth !== true);
      if (doubtful === undefined) continue;
      const [aspect, truth] = doubtful;
      return {
        aspect,
        differs: truth === false,
        purl: named.purl,
        found: foundOf(aspect, candidate, finding),
      };
    }
  }
  return undefined;
}

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
