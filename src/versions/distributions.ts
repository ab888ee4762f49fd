/** Linux distributions, by the names that Inspector and package URLs have for them. */

// No release has a longer name; it is compared for every finding.
const LONGEST = 60;

/** The purl types of the packages of operating systems. */
export type SystemType = 'deb' | 'rpm' | 'apk';

export interface Distribution {
  readonly type: SystemType;
  /** The vendor in a package URL: `pkg:deb/VENDOR/NAME`. The scanners that write them do not agree on it. */
  readonly namespaces: readonly string[];
}

interface Entry extends Distribution {
  /** What Inspector's names of it begin with, before the release: `ALPINE_LINUX_3_20`. */
  readonly systems: readonly string[];
  /** What a `distro` qualifier calls it, besides the namespaces. */
  readonly words: readonly string[];
  /** How many numbers of a version name a release: `debian-12.5` is of 12, `alpine-3.20.3` of 3.20. Zero: it has none. */
  readonly precision: number;
  readonly codenames: ReadonlyMap<string, string>;
}

/**
 * Sources: Inspector's user guide ("Supported operating systems") and its API model (`ORACLE_LINUX_7`,
 * `ALPINE_LINUX_3_8`), recorded findings (`DEBIAN_10`, `AMAZON_LINUX_2`); purl-spec, types deb, rpm and apk; Syft
 * (the `ID` of /etc/os-release: `amzn`, `ol`, `rhel`) and Trivy (`amazon`, `oracle`, `redhat`).
 */
const DISTRIBUTIONS: readonly Entry[] = [
  entry('deb', 1, 'DEBIAN', 'debian', '', {
    jessie: '8',
    stretch: '9',
    buster: '10',
    bullseye: '11',
    bookworm: '12',
    trixie: '13',
    forky: '14',
  }),
  entry('deb', 2, 'UBUNTU', 'ubuntu', '', {
    trusty: '14.04',
    xenial: '16.04',
    bionic: '18.04',
    focal: '20.04',
    jammy: '22.04',
    noble: '24.04',
    oracular: '24.10',
    plucky: '25.04',
    questing: '25.10',
  }),
  entry('apk', 2, 'ALPINE_LINUX ALPINE', 'alpine'),
  entry('apk', 0, 'CHAINGUARD', 'chainguard'),
  entry('apk', 0, 'WOLFI', 'wolfi'),
  entry('apk', 0, 'MINIMOS', 'minimos'),
  entry('rpm', 1, 'AMAZON_LINUX AMAZONLINUX', 'amzn amazon amazonlinux', 'al amazon-linux'),
  entry('rpm', 1, 'RHEL RED_HAT_ENTERPRISE_LINUX RED_HAT REDHAT', 'redhat rhel', 'el'),
  entry('rpm', 1, 'CENTOS', 'centos', 'el'),
  entry('rpm', 1, 'ROCKY_LINUX ROCKYLINUX ROCKY', 'rocky rockylinux', 'el rocky-linux'),
  entry('rpm', 1, 'ALMA_LINUX ALMALINUX ALMA', 'alma almalinux', 'el alma-linux'),
  entry('rpm', 1, 'ORACLE_LINUX ORACLELINUX', 'oracle oraclelinux ol', 'el oracle-linux'),
  entry('rpm', 1, 'FEDORA', 'fedora', 'fc'),
  entry('rpm', 2, 'SLES SUSE_LINUX_ENTERPRISE_SERVER SUSE', 'suse sles', 'sle suse-linux-enterprise-server'),
  entry('rpm', 2, 'OPENSUSE_LEAP OPENSUSE', 'opensuse opensuse-leap', 'opensuse.leap leap'),
  entry('rpm', 1, 'PHOTON_OS PHOTON', 'photon'),
];

function entry(
  type: SystemType,
  precision: number,
  systems: string,
  namespaces: string,
  words = '',
  codenames: Readonly<Record<string, string>> = {},
): Entry {
  const listed = (text: string) => text.split(' ').filter((word) => word !== '');
  return {
    type,
    precision,
    systems: listed(systems),
    namespaces: listed(namespaces),
    words: listed(words),
    codenames: new Map(Object.entries(codenames)),
  };
}

/** A distribution as Inspector names it, and its release in numbers; undefined where it names none. */
export interface System extends Distribution {
  readonly entry: Entry;
  readonly release: readonly string[] | undefined;
}

const systems = new Map<string, System | undefined>();

/** The distribution that Inspector names (`DEBIAN_12`); undefined for a name that is not known. */
export function systemOf(name = ''): System | undefined {
  const upper = name.toUpperCase();
  // An image has one system, and may have ten thousand findings.
  if (!systems.has(upper)) systems.set(upper, findSystem(upper));
  return systems.get(upper);
}

function findSystem(upper: string): System | undefined {
  for (const entry of DISTRIBUTIONS) {
    const system = entry.systems.find(
      (candidate) => upper === candidate || upper.startsWith(`${candidate}_`),
    );
    if (system === undefined) continue;
    const numbers = upper.slice(system.length + 1).split('_');
    const release = numbers.every((part) => /^\d{1,8}$/.test(part)) ? numbers : undefined;
    return { entry, type: entry.type, namespaces: entry.namespaces, release };
  }
  return undefined;
}

/** Whether the vendor of a package URL is that of the system; undefined for one that no distribution has. */
export function isVendor(system: System, namespace: string): boolean | undefined {
  const lower = namespace.toLowerCase();
  if (system.namespaces.includes(lower)) return true;
  return DISTRIBUTIONS.some(({ namespaces }) => namespaces.includes(lower)) ? false : undefined;
}

/**
 * Whether the `distro` of a package URL (`debian-12.5`, `bookworm`, `3.20.3`, `el9`) is the release of the system;
 * undefined where that cannot be told.
 */
export function isRelease({ entry, release }: System, distro: string): boolean | undefined {
  const said = distro.length > LONGEST ? undefined : read(distro.trim().toLowerCase());
  if (said === undefined) return undefined;
  const { word, version } = said;
  if (word !== '' && !has(entry, word)) {
    return DISTRIBUTIONS.some((other) => has(other, word)) ? false : undefined;
  }
  // A number alone names no distribution, and a name alone no release, unless it has none.
  if (entry.precision === 0) return word === '' ? undefined : true;
  return version === undefined ? undefined : isSame(entry.precision, release, version);
}

/** A `distro` in its parts; the word is empty where it has the release alone. */
function read(text: string): { readonly word: string; readonly version: string | undefined } | undefined {
  const [, prefix, codename] = /^(?:([a-z.-]+)-)?([a-z]+)$/.exec(text) ?? [];
  for (const entry of DISTRIBUTIONS) {
    const version = entry.codenames.get(codename ?? '');
    if (version === undefined) continue;
    return prefix === undefined || has(entry, prefix)
      ? { word: entry.namespaces[0] ?? '', version }
      : undefined;
  }
  const match = /^([a-z][a-z.-]*?)?[-_ ]?(\d{1,8}(?:\.\d{1,8})*)?$/.exec(text.replace(/(^|-)v(?=\d)/, '$1'));
  return match === null ? undefined : { word: match[1] ?? '', version: match[2] };
}

function has({ namespaces, words }: Entry, word: string): boolean {
  return namespaces.includes(word) || words.includes(word);
}

/** By the numbers that both have; undefined where those do not name a release. */
function isSame(
  precision: number,
  release: readonly string[] | undefined,
  version: string,
): boolean | undefined {
  if (release === undefined) return undefined;
  const parts = version.split('.');
  for (let at = 0; at < precision; at += 1) {
    const [own, other] = [release[at], parts[at]];
    if (own === undefined || other === undefined) return undefined;
    if (Number(own) !== Number(other)) return false;
  }
  return true;
}
