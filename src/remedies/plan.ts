/** Plans the fewest upgrades that make an image pass, and finds the findings that no upgrade resolves. */

import type { Origin, VulnerablePackage } from '../results/finding.ts';
import { fixability, fixedVersion, installedVersion } from '../results/finding.ts';
import { byEffect, bySeverity, severityOrder } from '../results/order.ts';
import type { JudgedFinding } from '../results/verdict.ts';
import { compareTexts } from '../text.ts';
import { compareVersions } from '../versions/compare.ts';
import { type Ecosystem, ecosystemOf } from '../versions/ecosystem.ts';

/**
 * An upgrade of packages to a version. It has several packages only if they have the same installed version, the same findings
 * and the same fixed version, such as the packages of one source package.
 */
export interface Upgrade {
  /** In alphabetical order. */
  readonly names: readonly string[];
  readonly installed: string;
  readonly manager: string | undefined;
  readonly ecosystem: Ecosystem | undefined;
  /** Whether they come from the base image. Undefined if that is unknown. */
  readonly origin: Origin | undefined;
  /** The known Dockerfile instructions that installed them. */
  readonly instructions: readonly string[];
  readonly filePaths: readonly string[];
  /**
   * The lowest version that clears all findings. If it is not certain which version is the newest, all candidates are listed,
   * and the newest of them is needed.
   */
  readonly versions: readonly string[];
  /** Whether there is one version and it is certainly newer than the installed one. */
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
 * - `no-fix`: there is no fix.
 * - `partly`: only some of its packages have a fix.
 * - `no-version`: the scanner does not name the fixed version, or does not say whether there is a fix.
 * - `not-newer`: the fixed version is not newer than the installed one.
 */
export type Obstacle = 'no-fix' | 'partly' | 'no-version' | 'not-newer';

export interface Remedies {
  /** The upgrades that are needed to clear every blocking finding that can be cleared. The one that clears most comes first. */
  readonly needed: readonly Upgrade[];
  /** Upgrades that do not change the verdict. */
  readonly further: readonly Upgrade[];
  /** The findings that still block after all upgrades, and why, in the order of the findings. */
  readonly remaining: readonly { readonly finding: JudgedFinding; readonly obstacle: Obstacle }[];
}

/**
 * Plans the upgrades. A finding is cleared only if all of its packages are upgraded, and each package has one version to upgrade
 * to, so there is exactly one smallest set. The order of the findings does not matter.
 * @param findings all findings that were judged, because an upgrade can clear more than what blocks
 * @param matters which findings to plan upgrades for besides those that block
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

/** The common name of the package manager of an upgrade. Undefined if it is unknown. */
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

/** One package with one installed version and place, and the versions that fix it. */
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

/** The packages of the findings that matter, with the versions that fix them and the findings that these clear. */
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
    // A finding that also needs another upgrade is not cleared by these.
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

/** The packages of a finding that an upgrade may fix. */
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

/** Whether a fixed version may be newer than the installed one. A downgrade fixes nothing. */
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

/** Merges groups that need the same upgrade. */
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

/** The most versions that are compared with each other if none is certainly the newest. */
const MOST_UNCERTAIN = 50;

/** The newest version, or all candidates if none is certainly newer than the others. */
function newest(versions: readonly string[], ecosystem: Ecosystem | undefined): string[] {
  const sorted = versions.toSorted(compareTexts);
  let chosen: string[] = [];
  for (const version of sorted) {
    const orders = chosen.map((other) => compareVersions(ecosystem, version, other));
    // Of equal versions that are written differently, the first stays.
    if (orders.some((order) => order !== undefined && order <= 0)) continue;
    chosen = [...chosen.filter((_, at) => orders[at] === undefined), version];
    // Each version is compared with all others, and a reader has no use for more.
    if (chosen.length > MOST_UNCERTAIN) return sorted;
  }
  return chosen;
}

function worstFirst(a: JudgedFinding, b: JudgedFinding): number {
  return byEffect(a, b) || bySeverity(a.finding, b.finding) || compareTexts(a.finding.id, b.finding.id);
}

/** Sorts upgrades by the number of blocking findings that they clear, then of all findings, the worst severity and the name. */
function mostFirst(upgrades: readonly Upgrade[]): Upgrade[] {
  // There can be ten thousand, so the sort keys are computed once.
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
