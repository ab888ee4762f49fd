/** Whose rules a package's versions follow. */
import type { VulnerablePackage } from '../scan/findings.ts';

export type Ecosystem =
  | 'apk'
  | 'cargo'
  | 'composer'
  | 'dpkg'
  | 'gem'
  | 'go'
  | 'maven'
  | 'npm'
  | 'nuget'
  | 'pep440'
  | 'rpm';

/** Inspector's package managers (its PackageManager enumeration), without OS. */
// A map: a name that comes with every object is no package manager.
const MANAGERS: ReadonlyMap<string, Ecosystem> = new Map(
  Object.entries({
    BUNDLER: 'gem',
    CARGO: 'cargo',
    COMPOSER: 'composer',
    DOTNET_CORE: 'nuget',
    GEMSPEC: 'gem',
    GOBINARY: 'go',
    GOMOD: 'go',
    JAR: 'maven',
    NODEPKG: 'npm',
    NPM: 'npm',
    NUGET: 'nuget',
    PIP: 'pep440',
    PIPENV: 'pep440',
    POETRY: 'pep440',
    POM: 'maven',
    PYTHONPKG: 'pep440',
    YARN: 'npm',
  } as const),
);

/** What Inspector's platform names start with (`DEBIAN_12`, `AMAZON_LINUX_2023`). */
const SYSTEMS: readonly (readonly [string, Ecosystem])[] = Object.entries({
  ALMALINUX: 'rpm',
  ALMA_LINUX: 'rpm',
  ALPINE: 'apk',
  AMAZON_LINUX: 'rpm',
  AMAZONLINUX: 'rpm',
  CENTOS: 'rpm',
  CHAINGUARD: 'apk',
  DEBIAN: 'dpkg',
  FEDORA: 'rpm',
  MINIMOS: 'apk',
  OPENSUSE: 'rpm',
  ORACLE_LINUX: 'rpm',
  ORACLELINUX: 'rpm',
  PHOTON: 'rpm',
  RED_HAT: 'rpm',
  REDHAT: 'rpm',
  RHEL: 'rpm',
  ROCKY: 'rpm',
  SLES: 'rpm',
  SUSE: 'rpm',
  UBUNTU: 'dpkg',
  WOLFI: 'apk',
} as const);

const COMMANDS: readonly (readonly [RegExp, Ecosystem])[] = [
  [/\bapt(?:-get)?\b/, 'dpkg'],
  [/\b(?:yum|(?:micro)?dnf|zypper|tdnf)\b/, 'rpm'],
  [/\bapk\b/, 'apk'],
];

/**
 * The ecosystem of a package; undefined where it is not known. An operating system's package is told by
 * the system Inspector saw in the image and by the command it recommends, which must not contradict.
 */
export function ecosystemOf(
  { manager, remediation }: Pick<VulnerablePackage, 'manager' | 'remediation'>,
  operatingSystem: string | undefined,
): Ecosystem | undefined {
  if (manager === undefined) return undefined;
  if (manager !== 'OS') return MANAGERS.get(manager);
  const system = operatingSystem?.toUpperCase() ?? '';
  const told = [
    ...SYSTEMS.filter(([name]) => system.startsWith(name)).map(([, ecosystem]) => ecosystem),
    ...COMMANDS.filter(([command]) => command.test(remediation ?? '')).map(([, ecosystem]) => ecosystem),
  ];
  const [first, ...others] = new Set(told);
  return others.length === 0 ? first : undefined;
}
