/** What to do about what blocks: the upgrades that mend it, and what no upgrade mends. */
import type { JudgedFinding } from '../policy/evaluate.ts';
import { fixability, fixedVersion, installedVersion } from './words.ts';

/** One package at one installed version, and the upgrade that mends the findings it is in. */
export interface Upgrade {
  readonly name: string;
  readonly installed: string;
  readonly manager: string | undefined;
  /** The version to go to; more than one where they cannot be compared: then the newest of them. */
  readonly versions: readonly string[];
  readonly remediations: readonly string[];
  /** How many blocking findings the package is in. */
  readonly findings: number;
}

export interface Remedies {
  /** The upgrade that mends most first. */
  readonly upgrades: readonly Upgrade[];
  /** Findings that an upgrade mends only in part. */
  readonly partly: readonly JudgedFinding[];
  /** Findings without a fix. */
  readonly unfixed: readonly JudgedFinding[];
  /** Findings with a fix, or perhaps one, whose version the scanner does not give. */
  readonly unnamed: readonly JudgedFinding[];
}

export function remedies(findings: readonly JudgedFinding[]): Remedies {
  const named = ({ finding }: JudgedFinding) =>
    finding.packages.some((found) => fixedVersion(found) !== undefined);
  const fix = ({ finding }: JudgedFinding) => fixability(finding);
  return {
    upgrades: upgradesOf(findings.filter((finding) => fix(finding) !== 'none')),
    partly: findings.filter((finding) => fix(finding) === 'some'),
    unfixed: findings.filter((finding) => fix(finding) === 'none'),
    unnamed: findings.filter(
      (finding) => (fix(finding) === 'all' || fix(finding) === 'unknown') && !named(finding),
    ),
  };
}

function upgradesOf(findings: readonly JudgedFinding[]): Upgrade[] {
  const groups = new Map<
    string,
    Pick<Upgrade, 'name' | 'installed' | 'manager'> & {
      versions: Set<string>;
      remediations: Set<string>;
      findings: Set<JudgedFinding>;
    }
  >();
  for (const finding of findings) {
    for (const found of finding.finding.packages) {
      const version = fixedVersion(found);
      if (version === undefined) continue;
      const installed = installedVersion(found);
      const key = JSON.stringify([found.name, installed, found.manager ?? '']);
      const group = groups.get(key) ?? {
        name: found.name,
        installed,
        manager: found.manager,
        versions: new Set(),
        remediations: new Set(),
        findings: new Set(),
      };
      groups.set(key, group);
      group.versions.add(version);
      if (found.remediation) group.remediations.add(found.remediation);
      group.findings.add(finding);
    }
  }
  return [...groups.values()]
    .map((group) => ({
      ...group,
      versions: newest([...group.versions]),
      remediations: [...group.remediations],
      findings: group.findings.size,
    }))
    .sort((a, b) => b.findings - a.findings);
}

/**
 * The newest of the versions where all are plain numbers; else all of them, because every ecosystem orders
 * suffixes in its own way and a wrong guess would send the reader to a version that is still vulnerable.
 */
function newest(versions: readonly string[]): string[] {
  const numeric = new Intl.Collator('en', { numeric: true });
  const sorted = [...versions].sort((a, b) => numeric.compare(a, b));
  return sorted.every((version) => /^\d+(\.\d+)*$/.test(version)) ? sorted.slice(-1) : sorted;
}
