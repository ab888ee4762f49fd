/** What to do about what was found: the fewest upgrades that make an image pass, and what no upgrade mends. */

import type { Origin, VulnerablePackage } from '../results/finding.ts';
import { fixability, fixedVersion, installedVersion } from '../results/finding.ts';
import { byEffect, bySeverity, severityOrder } from '../results/order.ts';
import type { JudgedFinding } from '../results/verdict.ts';
import { compareTexts } from '../text.ts';
import { compareVersions } from '../versions/compare.ts';
import { type Ecosystem, ecosystemOf } from '../versions/ecosystem.ts';

/**
 * Packages to take from one version to another. There is more than one only where they are of one version,
 * in the same findings and mended by the same version, like those of one source package.
 */
export interface Upgrade {
  /** In alphabetical order. */
  readonly names: readonly string[];
  readonly installed: string;
  readonly manager: string | undefined;
  readonly ecosystem: Ecosystem | undefined;
  /** Whose layer they lie in, as far as it is known. */
  readonly origin: Origin | undefined;
  /** The Dockerfile instructions that brought them in, as far as they are known. */
  readonly instructions: readonly string[];
  readonly filePaths: readonly string[];
  /**
   * The lowest version that clears all the findings. More than one where it is not certain which of them is
   * the newest: then it is that one.
   */
  readonly versions: readonly string[];
  /** Whether the only version is certain to be newer than what is installed. */
  readonly certain: boolean;
  /** The commands that the scanner recommends. */
  readonly remediations: readonly string[];
  /** The findings that this upgrade clears, whatever their effect, worst first. */
  readonly clears: readonly JudgedFinding[];
  /** Those that it clears only together with other upgrades of the list. */
  readonly clearsWithOthers: readonly JudgedFinding[];
}

/**
 * Why no upgrade clears a finding.
 * - `no-fix`: nobody has one.
 * - `partly`: only some of its packages have one.
 * - `no-version`: the scanner does not say in which version, or not whether there is one.
 * - `not-newer`: the version said to mend it is not newer than what is installed.
 */
export type Obstacle = 'no-fix' | 'partly' | 'no-version' | 'not-newer';

export interface Remedies {
  /** The upgrades without which something still blocks that could be cleared; the one that clears most first. */
  readonly needed: readonly Upgrade[];
  /** Upgrades that change nothing about the verdict. */
  readonly further: readonly Upgrade[];
  /** What still blocks after all upgrades, and why; in the order of the findings. */
  readonly remaining: readonly { readonly finding: JudgedFinding; readonly obstacle: Obstacle }[];
}

/**
 * Plans the upgrades. A finding is cleared only when all of its packages are upgraded, and each package has
 * one version to go to, so there is exactly one smallest set. The order of the findings does not matter.
 * @param findings all that were judged, not only those that block: an upgrade should clear what it can
 * @param matters besides what blocks: upgrades that clear nothing of that are not looked for
 */
export function remedies(
  findings: readonly JudgedFinding[],
  matters: (finding: JudgedFinding) => boolean = () => true,
): Remedies {
  const groups = groupPackages(findings, (finding) => blocks(finding) || matters(finding));
  const obstacles = new Map<JudgedFinding, Obstacle | undefined>();
  for (const finding of new Set([
    ...findings.filter(blocks),
    ...groups.flatMap((group) => [...group.findings]),
  ])) {
    obstacles.set(finding, obstacleOf(finding));
  }
  const clearable = (finding: JudgedFinding) => obstacles.get(finding) === undefined;
  const neededGroups = new Set(
    groups.filter((group) => [...group.findings].some((one) => blocks(one) && clearable(one))),
  );
  const groupsOf = new Map<JudgedFinding, string[]>();
  for (const { key, findings: concerned } of groups) {
    for (const finding of concerned) {
      const keys = groupsOf.get(finding);
      if (keys === undefined) groupsOf.set(finding, [key]);
      else keys.push(key);
    }
  }

  const plan = (chosen: readonly Group[]) =>
    mostFirst(
      merged(chosen).map((members) => {
        const keys = new Set(members.map(({ key }) => key));
        const alone = (finding: JudgedFinding) =>
          groupsOf.get(finding)?.every((key) => keys.has(key)) ?? false;
        const cleared = [...members[0].findings].filter(clearable).sort(worstFirst);
        return {
          ...describe(members),
          clears: cleared.filter(alone),
          clearsWithOthers: cleared.filter((finding) => !alone(finding)),
        };
      }),
    );
  return {
    needed: plan([...neededGroups]),
    further: plan(groups.filter((group) => !neededGroups.has(group))),
    remaining: findings.filter(blocks).flatMap((finding) => {
      const obstacle = obstacles.get(finding);
      return obstacle === undefined ? [] : [{ finding, obstacle }];
    }),
  };
}

/** The findings that an upgrade has a part in clearing. */
export function clearedBy({ clears, clearsWithOthers }: Upgrade): JudgedFinding[] {
  return [...clears, ...clearsWithOthers];
}

/** The name under which people know where the packages come from; undefined where it is not known. */
export function sourceName({
  ecosystem,
  manager,
}: Pick<Upgrade, 'ecosystem' | 'manager'>): string | undefined {
  return ecosystem === undefined ? manager : SOURCES[ecosystem];
}

const SOURCES: Readonly<Record<Ecosystem, string>> = {
  apk: 'apk',
  cargo: 'Cargo',
  composer: 'Composer',
  dpkg: 'apt',
  gem: 'RubyGems',
  go: 'Go',
  maven: 'Maven',
  npm: 'npm',
  nuget: 'NuGet',
  pep440: 'pip',
  rpm: 'rpm',
};

function blocks({ effect }: JudgedFinding): boolean {
  return effect === 'block';
}

/** One package at one installed version and place, with everything that would mend it. */
interface Group {
  readonly key: string;
  readonly name: string;
  readonly installed: string;
  readonly manager: string | undefined;
  readonly ecosystem: Ecosystem | undefined;
  readonly origin: Origin | undefined;
  readonly versions: Set<string>;
  readonly findings: Set<JudgedFinding>;
  readonly instructions: Set<string>;
  readonly filePaths: Set<string>;
  readonly remediations: Set<string>;
}

/** The packages of the findings that matter, with all that would mend them and every finding that it would clear. */
function groupPackages(
  findings: readonly JudgedFinding[],
  matters: (finding: JudgedFinding) => boolean,
): Group[] {
  const groups = new Map<string, Group>();
  for (const judged of findings.filter(matters)) {
    for (const { key, found, ecosystem } of upgradable(judged)) {
      if (!groups.has(key)) groups.set(key, newGroup(key, found, ecosystem));
    }
  }
  if (groups.size === 0) return [];
  for (const judged of findings) {
    const packages = upgradable(judged);
    // One that needs the upgrade of something else as well is cleared by none of these.
    if (!packages.every(({ key }) => groups.has(key))) continue;
    for (const { key, found, version } of packages) {
      const group = groups.get(key);
      if (group === undefined) continue;
      group.versions.add(version);
      group.findings.add(judged);
      if (found.instruction !== undefined) group.instructions.add(found.instruction);
      if (found.filePath) group.filePaths.add(found.filePath);
      if (found.remediation && found.remediation !== 'NotAvailable')
        group.remediations.add(found.remediation);
    }
  }
  return [...groups.values()];
}

interface Upgradable {
  readonly key: string;
  readonly found: VulnerablePackage;
  readonly ecosystem: Ecosystem | undefined;
  readonly version: string;
}

/** The packages of a finding that an upgrade may mend. */
function upgradable({ finding }: JudgedFinding): Upgradable[] {
  if (fixability(finding) === 'none') return [];
  return finding.packages.flatMap((found) => {
    const version = fixedVersion(found);
    const ecosystem = ecosystemOf(found, finding.operatingSystem);
    if (version === undefined || !mayBeNewer(found, version, ecosystem)) return [];
    return [{ key: keyOf(found, ecosystem), found, ecosystem, version }];
  });
}

function keyOf(found: VulnerablePackage, ecosystem: Ecosystem | undefined): string {
  const { name, manager, origin, statedOrigin } = found;
  return JSON.stringify([
    name,
    installedVersion(found),
    manager ?? '',
    ecosystem ?? '',
    origin ?? statedOrigin ?? '',
  ]);
}

function newGroup(key: string, found: VulnerablePackage, ecosystem: Ecosystem | undefined): Group {
  return {
    key,
    name: found.name,
    installed: installedVersion(found),
    manager: found.manager,
    ecosystem,
    origin: found.origin ?? found.statedOrigin,
    versions: new Set(),
    findings: new Set(),
    instructions: new Set(),
    filePaths: new Set(),
    remediations: new Set(),
  };
}

/** Whether a fixed version is newer than the installed one, for all that is known: going back mends nothing. */
function mayBeNewer(found: VulnerablePackage, version: string, ecosystem: Ecosystem | undefined): boolean {
  return (compareVersions(ecosystem, version, installedVersion(found)) ?? 1) > 0;
}

function obstacleOf({ finding }: JudgedFinding): Obstacle | undefined {
  const fix = fixability(finding);
  if (fix === 'none') return 'no-fix';
  if (fix === 'some') return 'partly';
  const versions = finding.packages.map((found) => ({ found, version: fixedVersion(found) }));
  if (versions.length === 0 || versions.some(({ version }) => version === undefined)) return 'no-version';
  const newer = versions.every(
    ({ found, version }) =>
      version !== undefined && mayBeNewer(found, version, ecosystemOf(found, finding.operatingSystem)),
  );
  return newer ? undefined : 'not-newer';
}

/** Groups that one upgrade takes care of. */
function merged(groups: readonly Group[]): [Group, ...Group[]][] {
  const order = new Map(
    [...new Set(groups.flatMap(({ findings }) => [...findings]))].map((one, at) => [one, at]),
  );
  const alike = Map.groupBy(groups, ({ installed, manager, ecosystem, origin, versions, findings }) =>
    JSON.stringify([
      [installed, manager ?? '', ecosystem ?? '', origin ?? ''],
      [...versions].sort(),
      [...findings].map((finding) => order.get(finding) ?? -1).sort((a, b) => a - b),
    ]),
  );
  return [...alike.values()].map(
    (members) => members.sort((a, b) => compareTexts(a.name, b.name)) as [Group],
  );
}

function describe(members: readonly [Group, ...Group[]]): Omit<Upgrade, 'clears' | 'clearsWithOthers'> {
  const [{ installed, manager, ecosystem, origin, versions: given }] = members;
  const versions = newest([...given], ecosystem);
  const [only = '', ...others] = versions;
  const all = (texts: (group: Group) => Set<string>) =>
    [...new Set(members.flatMap((group) => [...texts(group)]))].sort();
  return {
    names: [...new Set(members.map(({ name }) => name))],
    installed,
    manager,
    ecosystem,
    origin,
    versions,
    certain: others.length === 0 && compareVersions(ecosystem, only, installed) === 1,
    instructions: all((group) => group.instructions),
    filePaths: all((group) => group.filePaths),
    remediations: all((group) => group.remediations),
  };
}

/** How many versions, none of which is certain to be the newest, are compared with each other. */
const MOST_UNCERTAIN = 50;

/** The newest version, or every version of which none is certain to be newer than another. */
function newest(versions: readonly string[], ecosystem: Ecosystem | undefined): string[] {
  const sorted = versions.toSorted(compareTexts);
  let chosen: string[] = [];
  for (const version of sorted) {
    const orders = chosen.map((other) => compareVersions(ecosystem, version, other));
    // Of versions that are written differently but are the same, the first stays.
    if (orders.some((order) => order !== undefined && order <= 0)) continue;
    chosen = [...chosen.filter((_, at) => orders[at] === undefined), version];
    // Nothing is learnt from more of them than anybody reads, and each is compared with all others.
    if (chosen.length > MOST_UNCERTAIN) return sorted;
  }
  return chosen;
}

function worstFirst(a: JudgedFinding, b: JudgedFinding): number {
  return byEffect(a, b) || bySeverity(a.finding, b.finding) || compareTexts(a.finding.id, b.finding.id);
}

/** The one that clears most first: what blocks counts most, then how many, how bad they are, and the name. */
function mostFirst(upgrades: readonly Upgrade[]): Upgrade[] {
  // There may be ten thousand: what they are compared by is worked out once.
  const weighed = upgrades.map((upgrade) => {
    const cleared = clearedBy(upgrade);
    const worst = cleared.reduce(
      (least, finding) => Math.min(least, severityOrder(finding.finding.severity)),
      Infinity,
    );
    return {
      upgrade,
      weights: [-cleared.filter(blocks).length, -cleared.length, worst],
      name: identity(upgrade),
    };
  });
  return weighed
    .sort((a, b) => {
      const at = a.weights.findIndex((weight, index) => weight !== b.weights[index]);
      return at === -1 ? compareTexts(a.name, b.name) : (a.weights[at] ?? 0) - (b.weights[at] ?? 0);
    })
    .map(({ upgrade }) => upgrade);
}

function identity({ names, installed, manager, ecosystem, origin }: Upgrade): string {
  return JSON.stringify([names, installed, manager ?? '', ecosystem ?? '', origin ?? '']);
}
