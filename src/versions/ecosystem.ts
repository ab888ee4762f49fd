/** The ecosystem whose rules apply to the versions of a package. */
import type { VulnerablePackage } from '../results/finding.ts';
import { type SystemType, systemOf } from './distributions.ts';

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

/** Inspector's package managers except OS: its PackageManager enumeration, and other values in recorded findings. */
// A map, because an object also has inherited names such as `constructor`.
const MANAGERS: ReadonlyMap<string, Ecosystem> = new Map(
  Object.entries({
    BUNDLER: 'gem',
    CARGO: 'cargo',
    COMPOSER: 'composer',
    DOTNET_CORE: 'nuget',
    GEMSPEC: 'gem',
    GO: 'go',
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
    PYTHON: 'pep440',
    PYTHONPKG: 'pep440',
    YARN: 'npm',
  } as const),
);

const SYSTEMS: Readonly<Record<SystemType, Ecosystem>> = { deb: 'dpkg', rpm: 'rpm', apk: 'apk' };

const COMMANDS: readonly (readonly [RegExp, Ecosystem])[] = [
  [/\bapt(?:-get)?\b/, 'dpkg'],
  [/\b(?:yum|(?:micro)?dnf|zypper|tdnf)\b/, 'rpm'],
  [/\bapk\b/, 'apk'],
];

/** The ecosystem of a package manager of a language. Undefined for OS and for unknown ones. */
export function ecosystemOfManager(manager: string): Ecosystem | undefined {
  return MANAGERS.get(manager.toUpperCase());
}

/**
 * The ecosystem of a package. Undefined if it is unknown. For a package of the operating system, the system that Inspector names
 * and the command that it recommends must not contradict each other.
 */
export function ecosystemOf(
  { manager, remediation }: Pick<VulnerablePackage, 'manager' | 'remediation'>,
  operatingSystem: string | undefined,
): Ecosystem | undefined {
  if (manager === undefined) return undefined;
  if (manager !== 'OS') return ecosystemOfManager(manager);
  const system = systemOf(operatingSystem);
  const told = [
    ...(system === undefined ? [] : [SYSTEMS[system.type]]),
    ...COMMANDS.filter(([command]) => command.test(remediation ?? '')).map(([, ecosystem]) => ecosystem),
  ];
  const [first, ...others] = new Set(told);
  return others.length === 0 ? first : undefined;
}
