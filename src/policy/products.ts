/** Whether the products of a VEX statement are the image that a finding is about, and which statements revoke others. */

import { isArchitecture, isSystem, platformsOf } from '../image/platform.ts';
import type {
  ImageIdentity,
  PackageDoubt,
  VexPackage,
  VexProduct,
  VexRevocation,
} from '../results/exception.ts';
import type { Finding, VulnerablePackage } from '../results/finding.ts';
import { combined, type Truth } from './conditions.ts';
import { doubtAboutPackage, isPackage, nameKey } from './packages.ts';
import type { Need } from './vex-products.ts';

/**
 * Whether the products of a statement cover a finding: the whole image, or each of the finding's packages. No other statement
 * must revoke it. The finding must be of one platform, before the findings of several platforms are merged.
 */
export function matchesProducts(
  products: readonly VexProduct[],
  finding: Finding,
  image: ImageIdentity,
): boolean {
  const { isWhole, isNamed, revocable } = fittingProducts(products, finding, image, 'certain');
  return (
    (isWhole || (finding.packages.length > 0 && finding.packages.every(isNamed))) &&
    !revocable.some((product) => revocationOf(product, finding, image) !== undefined)
  );
}

/** The statement that revokes, for this finding, what another one says about a product. Undefined if there is none. */
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

/** The latest revoking statement that has an id and may be about a finding. */
type LatestRevocations = (id: string) => VexRevocation | undefined;

const revocationsById = new WeakMap<readonly VexRevocation[], ReadonlyMap<string, VexRevocation[]>>();
const revocationsOfFindings = new WeakMap<
  readonly VexRevocation[],
  WeakMap<ImageIdentity, WeakMap<Finding, LatestRevocations>>
>();

/** Looks up the revoking statements of a finding, once for all statements that they may revoke. */
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

/** Whether a revoking statement may be about a finding. */
function concerns(products: readonly VexProduct[], finding: Finding, image: ImageIdentity): boolean {
  const { isWhole, isEmpty, isNamed } = fittingProducts(products, finding, image, 'possible');
  if (isEmpty) return false;
  return isWhole || finding.packages.length === 0 || finding.packages.some(isNamed);
}

/** The products of a statement that are the image that a finding is about. */
interface FittingProducts {
  readonly isEmpty: boolean;
  /** Whether one of them is the image as a whole. */
  readonly isWhole: boolean;
  /** The packages in them whose names can be that of a package. No other package in them has that name. */
  readonly namedLike: (candidate: VulnerablePackage) => readonly VexPackage[];
  /** Whether one of them names a package. */
  readonly isNamed: (candidate: VulnerablePackage) => boolean;
  /** One product for each list of statements that can revoke it. Usually all products have the same list. */
  readonly revocable: readonly VexProduct[];
}

const fitting = {
  certain: new WeakMap<readonly VexProduct[], WeakMap<ImageIdentity, Map<string, FittingProducts>>>(),
  possible: new WeakMap<readonly VexProduct[], WeakMap<ImageIdentity, Map<string, FittingProducts>>>(),
};

/** Finds the products that are the image. The result depends only on the platform image, so it is kept for each. */
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
        // The key has every property of the package, because `isPackage` can depend on each of them.
        known(answers, JSON.stringify(candidate), () =>
          namedLike(candidate).some((named) => isPackage(named, candidate, finding, need)),
        ),
      revocable: [...new Map(own.map((product) => [product.revocations, product])).values()],
    };
  });
}

/** The value of a key in a map. If there is none, it is made and kept. */
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

/** Whether a product is the image that a finding is about. */
function isOfImage(product: VexProduct, finding: Finding, image: ImageIdentity, need: Need): boolean {
  const { digest, tag } = product;
  const digestFits = digest === undefined || digest === finding.digest || image.digests.includes(digest);
  // A tag can have moved to another image. Only a digest says whether this one is meant.
  const tagFits = tag === undefined || digest !== undefined || need === 'possible';
  // The digest of a platform image belongs to one platform, whatever the finding says about it.
  const platformFits = isOfPlatform(product, finding, digest === finding.digest ? 'possible' : need);
  return digestFits && isOfRepository(product, image, need) && tagFits && platformFits;
}

function isOfRepository(
  { digest, name, repositoryUrl }: VexProduct,
  { host, repository }: ImageIdentity,
  need: Need,
): boolean {
  const isNamed =
    need === 'possible'
      ? name === '' || lastSegment(repository) === lastSegment(name)
      : name === ''
        ? digest !== undefined
        : repository === name || repository.endsWith(`/${name}`);
  return (
    isNamed &&
    (repositoryUrl === undefined ||
      repositoryUrl === `${host}/${repository}` ||
      (need === 'possible' && bare(repositoryUrl).endsWith(`/${repository}`)))
  );
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * Whether a product can be this image or one of its platform images. Reports use it to tell the statements about other
 * images apart; it decides nothing.
 */
export function isAboutImage(products: readonly VexProduct[], image: ImageIdentity): boolean {
  const digests = [...image.digests, ...(image.platformDigests ?? [])];
  return products.some(
    (product) =>
      (product.digest === undefined || digests.includes(product.digest)) &&
      isOfRepository(product, image, 'certain'),
  );
}

/** A repository in lower case, without the tag or digest that some tools add to it. */
function bare(repositoryUrl: string): string {
  const url = repositoryUrl.toLowerCase();
  const last = url.lastIndexOf('/') + 1;
  const [name = ''] = url.slice(last).split(/[:@]/, 1);
  return url.slice(0, last) + name;
}

/**
 * Whether the platform that a product names is that of a finding's image. A digest can stand for several platforms. Names that
 * are not Go's cannot be compared.
 */
function isOfPlatform({ arch, os }: VexProduct, finding: Finding, need: Need): boolean {
  if (arch === undefined && os === undefined) return true;
  const [architecture, system] = [arch?.toLowerCase(), os?.toLowerCase()];
  const truths = platformsOf(finding).map((platform): Truth => {
    if (platform === undefined) return undefined;
    const slashed = platform.own.map((name) => [name, name.indexOf('/')] as const);
    const systems = slashed.map(([name, slash]) => name.slice(0, slash));
    const architectures = slashed.map(([name, slash]) => name.slice(slash + 1));
    return combined(
      [isOneOf(architectures, architecture, isArchitecture), isOneOf(systems, system, isSystem)],
      'every',
    );
  });
  return need === 'certain' ? combined(truths, 'every') === true : combined(truths, 'any') !== false;
}

/** Whether a name is one of the spellings. Undefined for a name that cannot be compared. */
function isOneOf(
  spellings: readonly string[],
  wanted: string | undefined,
  isComparable: (name: string) => boolean,
): Truth {
  if (wanted === undefined || spellings.includes(wanted)) return true;
  return isComparable(wanted) ? false : undefined;
}

/**
 * Why a statement that names a package of the finding is not certainly about that package. Undefined if it names none of the
 * finding's packages, or if its products are other images.
 */
export function doubtAbout(
  products: readonly VexProduct[],
  finding: Finding,
  image: ImageIdentity,
): PackageDoubt | undefined {
  const { namedLike } = fittingProducts(products, finding, image, 'certain');
  for (const candidate of finding.packages) {
    for (const named of namedLike(candidate)) {
      const doubt = doubtAboutPackage(named, candidate, finding);
      if (doubt !== undefined) return doubt;
    }
  }
  return undefined;
}
