/** Findings and thresholds in, a verdict with its reasons out. No clock, no environment, no AWS. */
import type { Finding } from '../scan/findings.ts';
import { rankOf, reaches, SEVERITIES, type Threshold, UNTRIAGED } from './severity.ts';

export interface Thresholds {
  /** The lowest severity that blocks. */
  readonly failOn: Threshold;
  /** The lowest severity that warns. */
  readonly warnOn: Threshold;
  /** A finding that has no fix at all (`fixAvailable: NO`) warns instead of blocking. */
  readonly ignoreUnfixed: boolean;
}

export type Effect = 'block' | 'warn' | 'allow';

/** Why a finding has its effect, as data: the report words it. */
export type Reason =
  | { readonly kind: 'fail-on'; readonly threshold: Threshold }
  | { readonly kind: 'warn-on'; readonly threshold: Threshold }
  | { readonly kind: 'below-thresholds' }
  | { readonly kind: 'unfixed'; readonly threshold: Threshold }
  | { readonly kind: 'untriaged' }
  | { readonly kind: 'unknown-severity'; readonly severity: string };

/** One finding of the image: the same finding of several platforms is one, and names them all. */
export interface ImageFinding {
  readonly finding: Finding;
  readonly platforms: readonly string[];
  /** The ids of every finding that stands behind it. */
  readonly ids: readonly string[];
}

export interface JudgedFinding extends ImageFinding {
  readonly effect: Effect;
  readonly reason: Reason;
}

/** How many findings are ACTIVE, by severity; `unknown` counts severities that are not in Inspector's list. */
export interface Counts {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly informational: number;
  readonly untriaged: number;
  readonly unknown: number;
  readonly total: number;
}

export interface Verdict {
  readonly verdict: 'pass' | 'warn' | 'block';
  /** Every finding that was judged, worst first. */
  readonly judged: readonly JudgedFinding[];
  /** Findings that an Inspector suppression rule hides: listed, not judged. */
  readonly suppressed: readonly ImageFinding[];
  readonly counts: Counts;
  /** How many findings block. */
  readonly blocking: number;
}

/**
 * Judges the findings of one image, all platforms together. SUPPRESSED and CLOSED findings never judge;
 * a finding of any other status does, a status nobody knows included. Neither the order of the findings
 * nor their repetition changes the result.
 */
export function evaluate(findings: readonly Finding[], thresholds: Thresholds): Verdict {
  const judged = union(findings.filter((finding) => !isSuppressed(finding) && finding.status !== 'CLOSED'))
    .map((finding) => ({ ...finding, ...effectOf(finding.finding, thresholds) }))
    .sort(worstFirst);
  const blocking = judged.filter((finding) => finding.effect === 'block').length;
  const warning = judged.some((finding) => finding.effect === 'warn');
  return {
    verdict: blocking > 0 ? 'block' : warning ? 'warn' : 'pass',
    judged,
    suppressed: union(findings.filter(isSuppressed)).sort(bySeverity),
    counts: count(judged),
    blocking,
  };
}

/** The worst of several verdicts; a run that judged nothing has proved nothing. */
export function worst<T extends 'pass' | 'warn' | 'block' | 'error'>(verdicts: readonly T[]): T | 'error' {
  for (const candidate of ['error', 'block', 'warn', 'pass']) {
    const found = verdicts.find((verdict) => verdict === candidate);
    if (found !== undefined) return found;
  }
  return 'error';
}

function effectOf(finding: Finding, thresholds: Thresholds): { effect: Effect; reason: Reason } {
  if (finding.severity === UNTRIAGED) return { effect: 'warn', reason: { kind: 'untriaged' } };
  const rank = rankOf(finding.severity);
  if (rank === undefined) {
    return { effect: 'block', reason: { kind: 'unknown-severity', severity: finding.severity } };
  }
  if (reaches(rank, thresholds.failOn)) {
    return thresholds.ignoreUnfixed && finding.fixAvailable === 'NO'
      ? { effect: 'warn', reason: { kind: 'unfixed', threshold: thresholds.failOn } }
      : { effect: 'block', reason: { kind: 'fail-on', threshold: thresholds.failOn } };
  }
  if (reaches(rank, thresholds.warnOn)) {
    return { effect: 'warn', reason: { kind: 'warn-on', threshold: thresholds.warnOn } };
  }
  return { effect: 'allow', reason: { kind: 'below-thresholds' } };
}

function isSuppressed(finding: Finding): boolean {
  return finding.status === 'SUPPRESSED';
}

/**
 * One entry for findings that differ only in the platform they were found on. Everything that can change
 * a judgement is part of the key, so findings that would be judged differently stay apart.
 */
function union(findings: readonly Finding[]): ImageFinding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([
      finding.vulnerabilityId,
      finding.type,
      finding.severity,
      finding.status,
      finding.fixAvailable ?? '',
      finding.packages
        .map(({ name, version, manager, fixedIn, filePath }) =>
          JSON.stringify([name, version, manager ?? '', fixedIn ?? '', filePath ?? '']),
        )
        .sort(),
    ]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => {
    const [first, ...rest] = group as [Finding, ...Finding[]];
    return {
      finding: rest.reduce(
        (chosen, other) => (representative(other) < representative(chosen) ? other : chosen),
        first,
      ),
      platforms: unique(group.map((finding) => finding.platform)),
      ids: unique(group.map((finding) => finding.id)),
    };
  });
}

/** Orders the members of a group by what they say, so that the order of pages does not pick one. */
function representative(finding: Finding): string {
  return `${finding.id}\n${finding.digest}\n${JSON.stringify(finding)}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

const EFFECTS: readonly Effect[] = ['block', 'warn', 'allow'];

function worstFirst(a: JudgedFinding, b: JudgedFinding): number {
  return EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) || bySeverity(a, b);
}

/** Unknown severities come first (they block), UNTRIAGED after the ranked ones, then by score and name. */
function bySeverity(a: ImageFinding, b: ImageFinding): number {
  return (
    order(a.finding.severity) - order(b.finding.severity) ||
    (b.finding.score ?? -1) - (a.finding.score ?? -1) ||
    compare(a.finding.vulnerabilityId, b.finding.vulnerabilityId) ||
    compare(packageNames(a), packageNames(b)) ||
    compare(a.ids.join(), b.ids.join())
  );
}

function order(severity: string): number {
  return severity === UNTRIAGED ? SEVERITIES.length : (rankOf(severity) ?? -1);
}

function packageNames({ finding }: ImageFinding): string {
  return finding.packages.map(({ name, version }) => `${name}@${version}`).join();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function count(findings: readonly ImageFinding[]): Counts {
  const of = (severity: string) => findings.filter(({ finding }) => finding.severity === severity).length;
  const counts = {
    critical: of('CRITICAL'),
    high: of('HIGH'),
    medium: of('MEDIUM'),
    low: of('LOW'),
    informational: of('INFORMATIONAL'),
    untriaged: of(UNTRIAGED),
  };
  const known = Object.values(counts).reduce((sum, number) => sum + number, 0);
  return { ...counts, unknown: findings.length - known, total: findings.length };
}
