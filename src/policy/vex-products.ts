/** The images and packages that the products of an OpenVEX statement name. */

import type { VexPackage, VexProduct } from '../results/exception.ts';
import { withoutSlashes } from '../text.ts';
import { InvalidPackageUrl, type PackageUrl, parsePurl } from './purl.ts';
import type { Fail } from './schema.ts';
import type { Path } from './source.ts';
import type { WrittenComponent, WrittenProduct } from './vex-document.ts';

/** An exception requires certainty. A statement that revokes one only has to be possibly about the same product. */
export type Need = 'certain' | 'possible';

/** The types of package URLs that name an image. */
const IMAGE_TYPES = ['oci', 'docker'];

// The qualifiers of images that are compared, and those that do not tell one image from another.
const KNOWN_IMAGE_QUALIFIERS = [
  ...['arch', 'os', 'repository_url', 'tag'],
  ...['checksum', 'checksums', 'download_url', 'file_name', 'mediatype', 'vcs_url'],
];

/**
 * The image that a product names, as a list of one. The list is empty if the product is not an image, is only a part of one,
 * or is named as something else too, or if its subcomponents are packages that cannot be identified. If `need` is `possible`,
 * an image can also be a `pkg:docker`, and a package is read as that package in any image.
 * @throws GateError `input` if the identifiers of the product contradict each other
 */
export function productOf(written: WrittenProduct, need: Need, path: Path, fail: Fail): VexProduct[] {
  const all = purlsOf(written, path, fail);
  const isPackage = all.some(({ type }) => !IMAGE_TYPES.includes(type));
  const urls = all.filter(({ type }) => (need === 'certain' ? type === 'oci' : IMAGE_TYPES.includes(type)));
  const hash = written.hashes?.['sha-256']?.toLowerCase();
  const hashed = hash === undefined ? undefined : `sha256:${hash.replace(/^sha256:/, '')}`;
  if (need === 'certain') {
    // A hash identifies an image only if nothing says that it is the hash of something else.
    const isImage = urls.length > 0 || (all.length === 0 && hashed !== undefined);
    if (!isImage || isPackage || !urls.every(isWholeImage)) return [];
  }
  if (need === 'possible' && isPackage && hashed !== undefined) {
    // The hash is usually that of a file of the package, but can be the digest of the image.
    const { hashes, subcomponents } = written;
    return [
      { ...written, hashes: undefined },
      { hashes, subcomponents },
    ].flatMap((one) => productOf(one, need, path, fail));
  }
  const isElsewhere = need === 'possible' && (isPackage || (all.length === 0 && hashed === undefined));
  const elsewhere = isElsewhere ? packageAnywhere(written, path, fail) : [];
  if (urls.length === 0 && hashed === undefined) return elsewhere;
  const one = (what: string, values: readonly (string | undefined)[]): string | undefined => {
    const given = new Set(values.filter((value) => value !== undefined));
    if (given.size > 1) throw fail(path, `its identifiers have different ${what}: ${[...given].join(', ')}`);
    return [...given][0];
  };
  const qualifier = (key: string) =>
    urls.filter(({ type }) => type === 'oci').map(({ qualifiers }) => qualifiers.get(key));
  const digest = one('digests', [
    ...urls
      .map(({ version }) => version?.toLowerCase())
      .filter((text) => need === 'certain' || isDigest(text)),
    hashed,
  ]);
  const repositoryUrl = one('repositories', qualifier('repository_url').map(repositoryOf));
  const subcomponents = (written.subcomponents ?? []).flatMap((part, index) =>
    packageOf(part, need, [...path, 'subcomponents', index], fail),
  );
  // No subcomponents means the whole image. Subcomponents that cannot be identified must not have that meaning.
  const unknown = written.subcomponents?.some((part) => purlTexts(part).length === 0) ?? false;
  const none = subcomponents.length === 0 && (written.subcomponents ?? []).length > 0;
  if (need === 'certain' && none) return [];
  return [
    ...elsewhere,
    {
      digest,
      name: one('names', urls.map(imageName)) ?? '',
      repositoryUrl,
      tag: one('tags', qualifier('tag')),
      arch: one('architectures', qualifier('arch')),
      os: one('operating systems', qualifier('os')),
      subcomponents: need === 'possible' && unknown ? [] : subcomponents,
    },
  ];
}

/** Whether a package URL names an image as a whole, and no qualifier may mean another one. */
function isWholeImage({ qualifiers, subpath }: PackageUrl): boolean {
  return subpath === undefined && [...qualifiers.keys()].every((key) => KNOWN_IMAGE_QUALIFIERS.includes(key));
}

/**
 * The name of an image, with the path that some tools put in front of it (`dhi/node`). A pkg:docker that revokes is
 * compared by its last part alone.
 */
function imageName({ type, namespace, name }: PackageUrl): string {
  return (namespace === undefined || type === 'docker' ? name : `${namespace}/${name}`).toLowerCase();
}

// The qualifiers that are compared, and those that do not tell one package from another.
const KNOWN_QUALIFIERS = [
  ...['arch', 'distro', 'epoch'],
  ...['checksum', 'checksums', 'download_url', 'file_name', 'package-id', 'type', 'upstream', 'vcs_url'],
];

/** The packages that a product names, and its subcomponents, as packages in any image. */
function packageAnywhere(written: WrittenProduct, path: Path, fail: Fail): VexProduct[] {
  const parts = (written.subcomponents ?? []).flatMap((part, index) =>
    packageOf(part, 'possible', [...path, 'subcomponents', index], fail),
  );
  const own = packageOf(written, 'possible', path, fail).filter(({ type }) => !IMAGE_TYPES.includes(type));
  const packages = [...own, ...parts];
  if (packages.length === 0) return [];
  const image = { digest: undefined, name: '', repositoryUrl: undefined, tag: undefined, arch: undefined };
  return [{ ...image, subcomponents: packages }];
}

/**
 * The package that a subcomponent names. If it has two package URLs that differ, an exception gets none of the packages,
 * and a revocation gets both.
 */
function packageOf(written: WrittenComponent, need: Need, path: Path, fail: Fail): VexPackage[] {
  const urls = purlsOf(written, path, fail);
  const packages = urls.map((url, index): VexPackage => {
    const epoch = url.qualifiers.get('epoch');
    const unread = [...url.qualifiers.keys()].filter((key) => !KNOWN_QUALIFIERS.includes(key));
    return {
      purl: purlTexts(written)[index] ?? '',
      type: url.type,
      namespace: url.namespace,
      name: url.name,
      version: withEpoch(url.version, epoch),
      arch: url.qualifiers.get('arch'),
      distro: url.qualifiers.get('distro'),
      unread: unread.length === 0 ? undefined : unread,
    };
  });
  if (need === 'possible') return packages;
  // A subpath is only a part of the package that a finding is about.
  const whole = urls.every(({ subpath }) => subpath === undefined);
  const same = new Set(packages.map(({ purl: _, ...rest }) => JSON.stringify(rest))).size === 1;
  return whole && same ? packages.slice(0, 1) : [];
}

/** A version with the epoch of the qualifier. Some tools write it in both places. */
function withEpoch(version: string | undefined, epoch: string | undefined): string | undefined {
  if (version === undefined || epoch === undefined || version.startsWith(`${epoch}:`)) return version;
  return `${epoch}:${version}`;
}

function purlTexts({ '@id': id, identifiers }: WrittenComponent): string[] {
  const candidates = [identifiers?.purl, id?.toLowerCase().startsWith('pkg:') ? id : undefined];
  return [...new Set(candidates.filter((text) => text !== undefined))];
}

function purlsOf(written: WrittenComponent, path: Path, fail: Fail): PackageUrl[] {
  return purlTexts(written).map((text) => {
    try {
      return parsePurl(text);
    } catch (error) {
      if (!(error instanceof InvalidPackageUrl)) throw error;
      const at = text === written['@id'] ? ['@id'] : ['identifiers', 'purl'];
      throw fail([...path, ...at], `expected a package URL, but ${error.message}`);
    }
  });
}

function isDigest(text: string | undefined): boolean {
  return text !== undefined && /^sha256:[0-9a-f]{64}$/.test(text);
}

/** `HOST/REPOSITORY` of a repository_url, without the scheme and the slashes at the end that some tools write. */
function repositoryOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : withoutSlashes(url.replace(/^[a-z]+:\/\//i, ''));
}
