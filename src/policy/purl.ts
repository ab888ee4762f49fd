/**
 * Package URLs, by the rules of https://github.com/package-url/purl-spec (docs/specification/how-to-parse.md).
 * Text that the rules allow to be read in two ways is refused.
 */

export interface PackageUrl {
  /** In lower case. */
  readonly type: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly version: string | undefined;
  /** By key in lower case. */
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly subpath: string | undefined;
}

/** Its message says what is wrong with a package URL. The caller adds where the package URL came from. */
export class InvalidPackageUrl extends Error {
  override readonly name = 'InvalidPackageUrl';
}

/**
 * Parses `pkg:TYPE/NAMESPACE/NAME@VERSION?QUALIFIERS#SUBPATH`. Names keep their case; the code that compares them applies
 * the rules of their type.
 * @throws InvalidPackageUrl saying which part is wrong
 */
export function parsePurl(text: string): PackageUrl {
  const [beforeHash, hash] = splitRight(text, '#');
  const [beforeQuery, query] = splitRight(beforeHash, '?');
  const [scheme, rest] = splitLeft(beforeQuery, ':');
  if (scheme.toLowerCase() !== 'pkg' || rest === undefined) {
    throw new InvalidPackageUrl('it does not begin with "pkg:"');
  }
  const [type, path] = splitLeft(rest.replace(/^\/+/, ''), '/');
  if (!/^[A-Za-z][A-Za-z0-9.+-]*$/.test(type) || path === undefined) {
    throw new InvalidPackageUrl('it has no type and name');
  }
  const [beforeVersion, version] = splitVersion(path);
  const segments = beforeVersion
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
  const name = segments.pop();
  if (name === undefined || name.trim() === '') throw new InvalidPackageUrl('it has no name');
  return {
    type: type.toLowerCase(),
    namespace: segments.length === 0 ? undefined : segments.join('/'),
    name,
    version: version === undefined || version === '' ? undefined : decoded(version),
    qualifiers: qualifiersOf(query ?? ''),
    subpath: hash === undefined || hash === '' ? undefined : decoded(hash),
  };
}

/**
 * A path without its version, and the version. The "@" of an npm scope should be written %40, but many tools write it as it
 * is (`pkg:npm/@babel/core`). At the beginning of a segment it cannot be in front of a version.
 */
function splitVersion(path: string): [string, string | undefined] {
  const [before, version] = splitRight(path, '@');
  if (!version?.includes('/')) return [before, version];
  if (before === '' || before.endsWith('/')) return [path, undefined];
  throw new InvalidPackageUrl('it has an "@" that is not in front of the version and not written %40');
}

function qualifiersOf(query: string): Map<string, string> {
  const qualifiers = new Map<string, string>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [key, value] = splitLeft(pair, '=');
    if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(key))
      throw new InvalidPackageUrl('it has a qualifier without a key');
    if (qualifiers.has(key.toLowerCase())) throw new InvalidPackageUrl(`it has the qualifier ${key} twice`);
    if (value !== undefined && value !== '') qualifiers.set(key.toLowerCase(), decoded(value));
  }
  return qualifiers;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InvalidPackageUrl('its percent-encoding is broken');
  }
}

function splitLeft(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function splitRight(text: string, separator: string): [string, string | undefined] {
  const at = text.lastIndexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
