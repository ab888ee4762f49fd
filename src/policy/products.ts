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
  const fitting = products.filter(
    (product) =>
      isOfImage(product, finding, image, 'certain') && revocationOf(product, finding, image) === undefined,
  );
  if (fitting.some(({ subcomponents }) => subcomponents.length === 0)) return true;
  const packages = fitting.flatMap(({ subcomponents }) => subcomponents);
  return (
    finding.packages.length > 0 &&
    finding.packages.every((candidate) => packages.some((named) => isPackage(named, candidate, 'certain')))
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
  const folded = (id: string) => id.toLowerCase();
  const names = new Set([finding.vulnerabilityId, ...finding.relatedIds, ...stated].map(folded));
  return by.find(
    ({ at, ids, products }) =>
      at >= since &&
      ids.some((id) => names.has(folded(id))) &&
      products.some((revoked) => concerns(revoked, finding, image)),
  );
}

function concerns(product: VexProduct, finding: Finding, image: ImageIdentity): boolean {
  return (
    isOfImage(product, finding, image, 'possible') &&
    (product.subcomponents.length === 0 ||
      finding.packages.length === 0 ||
      finding.packages.some((candidate) =>
        product.subcomponents.some((named) => isPackage(named, candidate, 'possible')),
      ))
  );
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
