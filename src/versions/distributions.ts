/** Linux distributions and their releases, by their names in Inspector and in package URLs. */

// The most characters of a release's name. It is compared for every finding.
const LONGEST = 60;

/** The package URL types of operating systems. */
export type SystemType = 'deb' | 'rpm' | 'apk';

export interface Distribution {
  readonly type: SystemType;
  /** The vendor in a package URL: `pkg:deb/VENDOR/NAME`. Scanners use different names. */
  readonly namespaces: readonly string[];
}

interface Entry extends Distribution {
  /** The beginning of Inspector's name, before the release: `ALPINE_LINUX` of `ALPINE_LINUX_3_20`. */
  readonly systems: readonly string[];
  /** Its names in a `distro` qualifier, besides the namespaces. */
  readonly words: readonly string[];
  /** How many numbers of a version identify a release: `debian-12.5` is 12, `alpine-3.20.3` is 3.20. Zero: no releases. */
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

/** A distribution by Inspector's name, and the numbers of its release. Undefined without a release. */
export interface System extends Distribution {
  readonly entry: Entry;
  readonly release: readonly string[] | undefined;
}

const systems = new Map<string, System | undefined>();

/** The distribution for Inspector's name (`DEBIAN_12`). Undefined for an unknown name. */
export function systemOf(name = ''): System | undefined {
  const upper = name.toUpperCase();
  // An image has one system and can have ten thousand findings.
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

/** Whether a vendor is that of the system. Undefined for a vendor that no distribution has. */
export function isVendor(system: System, namespace: string): boolean | undefined {
  const lower = namespace.toLowerCase();
  if (system.namespaces.includes(lower)) return true;
  return DISTRIBUTIONS.some(({ namespaces }) => namespaces.includes(lower)) ? false : undefined;
}

/**
 * Whether the `distro` of a package URL (`debian-12.5`, `bookworm`, `3.20.3`, `el9`) is the release of the system;
 * undefined if they cannot be compared.
 */
export function isRelease({ entry, release }: System, distro: string): boolean | undefined {
  const said = distro.length > LONGEST ? undefined : read(distro.trim().toLowerCase());
  if (said === undefined) return undefined;
  const { word, version } = said;
  if (word !== '' && !has(entry, word)) {
    return DISTRIBUTIONS.some((other) => has(other, word)) ? false : undefined;
  }
  // A number alone names no distribution. A name alone names no release, unless the distribution has none.
  if (entry.precision === 0) return word === '' ? undefined : true;
  return version === undefined ? undefined : isSame(entry.precision, release, version);
}

/** The parts of a `distro`. The word is empty if it has only a release. */
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

/** How many numbers of a version identify a release of a distribution, by one of its names; undefined for other names. */
export function releasePrecision(name: string): number | undefined {
  return DISTRIBUTIONS.find((entry) => has(entry, name))?.precision;
}

/** Whether a word is the codename of a release, such as `bookworm`. */
export function isCodename(word: string): boolean {
  return DISTRIBUTIONS.some(({ codenames }) => codenames.has(word));
}

function has({ namespaces, words }: Entry, word: string): boolean {
  return namespaces.includes(word) || words.includes(word);
}

/** By the numbers that both have; undefined if those do not name a release. */
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
