/** Whether the products and packages of a VEX statement are those of a finding. */
import type { Finding, VulnerablePackage } from '../scan/findings.ts';
import type { ImageIdentity, VexPackage, VexProduct, VexRevocation } from './exceptions.ts';

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
  return known(ofPlatforms, `${finding.digest} ${finding.platform} ${finding.operatingSystem}`, () => {
    const own = products.filter((product) => isOfImage(product, finding, image, need));
    const byName = Map.groupBy(
      own.flatMap(({ subcomponents }) => subcomponents),
      ({ name }) => nameKey(name),
    );
    const answers = new Map<string, boolean>();
    return {
      isEmpty: own.length === 0,
      isWhole: own.some(({ subcomponents }) => subcomponents.length === 0),
      isNamed: (candidate) =>
        // By all that it says: whatever `isPackage` looks at is in it.
        known(answers, JSON.stringify(candidate), () =>
          (byName.get(nameKey(candidate.name)) ?? []).some((named) => isPackage(named, candidate, need)),
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
  const end = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1;
  return name
    .slice(end)
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
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
    (need === 'possible' && repositoryUrl.endsWith(`/${image.repository}`));
  // A tag says which image was meant; without the digest nobody knows whether it still is this one.
  const tagFits = tag === undefined || digest !== undefined || need === 'possible';
  // One digest can stand for several platforms.
  const ofArch = finding.platform.split(', ').map((platform) => {
    const architecture = platform.split('/')[1];
    if (architecture === undefined) return need === 'possible';
    return arch === undefined || canonicalArch(architecture) === canonicalArch(arch);
  });
  const archFits =
    arch === undefined || (need === 'possible' ? ofArch.includes(true) : !ofArch.includes(false));
  return named && digestFits && repositoryFits && tagFits && archFits;
}

// Inspector's package managers, and the purl types of what they manage.
const TYPES: Readonly<Record<string, readonly string[]>> = {
  OS: ['deb', 'rpm', 'apk'],
  NODEPKG: ['npm'],
  NPM: ['npm'],
  YARN: ['npm'],
  PIP: ['pypi'],
  PYTHONPKG: ['pypi'],
  PIPENV: ['pypi'],
  POETRY: ['pypi'],
  JAR: ['maven'],
  POM: ['maven'],
  GOBINARY: ['golang'],
  GOMOD: ['golang'],
  GEMSPEC: ['gem'],
  BUNDLER: ['gem'],
  NUGET: ['nuget'],
  DOTNET_CORE: ['nuget'],
  COMPOSER: ['composer'],
  CARGO: ['cargo'],
};
const OS_TYPES: readonly string[] = TYPES.OS ?? [];

function isPackage(named: VexPackage, candidate: VulnerablePackage, need: Need): boolean {
  const types = candidate.manager === undefined ? undefined : TYPES[candidate.manager.toUpperCase()];
  if (types === undefined ? need === 'certain' : !types.includes(named.type)) return false;
  const { type, version, arch } = named;
  if (canonicalName(type, fullName(named)) !== canonicalName(type, candidate.name)) return false;
  if (version !== undefined && canonicalVersion(type, version) !== versionOf(type, candidate)) return false;
  if (arch === undefined) return true;
  return candidate.arch === undefined
    ? need === 'possible'
    : canonicalArch(arch) === canonicalArch(candidate.arch);
}

/** A package's name as its package manager and Inspector write it. */
function fullName({ type, namespace, name }: VexPackage): string {
  // The namespace of a system's package is its vendor, which the image settles.
  if (namespace === undefined || OS_TYPES.includes(type)) return name;
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

function versionOf(type: string, { version, epoch, release }: VulnerablePackage): string {
  if (!OS_TYPES.includes(type)) return canonicalVersion(type, version);
  const withEpoch = epoch === undefined || version.includes(':') ? version : `${epoch}:${version}`;
  return canonicalVersion(
    type,
    release === undefined || release === '' ? withEpoch : `${withEpoch}-${release}`,
  );
}

function canonicalVersion(type: string, version: string): string {
  if (type === 'golang') return version.replace(/^v/, '');
  return OS_TYPES.includes(type) ? version.replace(/^0:/, '') : version;
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

function canonicalArch(arch: string): string {
  const lower = arch.toLowerCase();
  return ARCHITECTURES.get(lower) ?? lower;
}
