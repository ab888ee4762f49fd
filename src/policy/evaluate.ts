/** Findings and a policy in, a verdict with its reasons out. No clock, no environment, no AWS. */
import type { Finding } from '../scan/findings.ts';
import { type Baseline, goneSince, isInBaseline } from './baseline.ts';
import { type Decision, decide, type Effect, type Judgement } from './decide.ts';
import {
  type Exception,
  type ExceptionOutcome,
  type Exceptions,
  exceptionsUnder,
  type ImageIdentity,
  type Refusal,
} from './exceptions.ts';
import type { LimitedSeverity, Policy } from './policy.ts';
import { rankOf, SEVERITIES, UNTRIAGED } from './severity.ts';

/** One finding of the image: the same finding of several platforms is one, and names them all. */
export interface ImageFinding {
  readonly finding: Finding;
  readonly platforms: readonly string[];
  /** The ids of every finding that stands behind it. */
  readonly ids: readonly string[];
}

export interface JudgedFinding extends ImageFinding, Decision {
  /** Whether the baseline has it too; undefined where there is no baseline. */
  readonly inBaseline: boolean | undefined;
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

/** A limit of the policy that the findings exceed. */
export interface ExceededLimit {
  readonly severity: LimitedSeverity;
  readonly allowed: number;
  readonly found: number;
}

export interface Verdict {
  readonly verdict: 'pass' | 'warn' | 'block';
  /** Every finding that was judged, worst first. */
  readonly judged: readonly JudgedFinding[];
  /** Findings that an Inspector suppression rule hides: listed, not judged, unless the policy judges them. */
  readonly suppressed: readonly ImageFinding[];
  readonly counts: Counts;
  /** How many findings block. */
  readonly blocking: number;
  /** Limits that are exceeded: each blocks the image, whatever its findings do one by one. */
  readonly exceededLimits: readonly ExceededLimit[];
  /** What became of each exception, in the order given. */
  readonly exceptions: readonly ExceptionOutcome[];
  /** What the baseline had and the image no longer has; undefined where there is no baseline. */
  readonly gone: readonly ImageFinding[] | undefined;
}

/** What an image is judged by besides its findings and the policy. */
export interface Circumstances {
  readonly image: ImageIdentity;
  /** Exceptions and VEX statements. */
  readonly exceptions: readonly Exception[];
  /** The image that is deployed now; undefined where there is none. */
  readonly baseline: Baseline | undefined;
  /** The service's time. */
  readonly now: Date;
}

/**
 * Judges the findings of one image, all platforms together. CLOSED findings never judge, SUPPRESSED ones only
 * if the policy says so; a finding of any other status does, a status nobody knows included. Neither the order
 * of the findings nor their repetition changes the result.
 */
export function evaluate(
  findings: readonly Finding[],
  policy: Policy,
  circumstances: Circumstances,
): Verdict {
  const { image, baseline, now } = circumstances;
  const ask = exceptionsUnder(circumstances.exceptions, policy.exceptionsAllowed, image, now);
  const account = new Account(circumstances.exceptions);
  const present = findings.filter(({ status }) => status !== 'CLOSED');
  const hidden = (finding: Finding) => isHidden(finding, policy);

  const decided = present
    .filter((finding) => !hidden(finding))
    .map((finding) => {
      const { judgement, about, exception } = judgeOne(finding, policy, circumstances, ask);
      for (const entry of about) account.add(finding, entry, judgement, exception);
      return { finding, judgement };
    });

  const judged = union(decided, ({ finding, judgement }) => [
    judgement.effect,
    reasonKey(judgement),
    ...origins(finding),
  ])
    .map(({ finding, platforms, ids, judgement: { effect, reason } }) => ({
      finding,
      platforms,
      ids,
      effect,
      reason,
      inBaseline: baseline === undefined ? undefined : isInBaseline(finding, baseline),
    }))
    .sort(worstFirst);
  const exceededLimits = exceeded(decided, policy);
  const blocking = judged.filter((finding) => finding.effect === 'block').length;
  const warning = judged.some((finding) => finding.effect === 'warn');
  return {
    verdict: blocking > 0 || exceededLimits.length > 0 ? 'block' : warning ? 'warn' : 'pass',
    judged,
    suppressed: merged(present.filter(hidden)),
    counts: count(present.filter(({ status }) => status !== 'SUPPRESSED')),
    blocking,
    exceededLimits,
    exceptions: circumstances.exceptions.map((exception) =>
      account.outcome(exception, ask.refused.get(exception), ask.ends(exception)),
    ),
    gone: baseline && merged(goneSince(baseline, present)),
  };
}

/** Whether a finding that Inspector suppresses stays out of the judgement. */
export function isHidden({ status }: Finding, { suppressed }: Policy): boolean {
  return status === 'SUPPRESSED' && suppressed === 'ignore';
}

/** Judges one finding, and says which exceptions had to do with it. */
export function judgeOne(
  finding: Finding,
  policy: Policy,
  { image, baseline, now }: Circumstances,
  exceptions: Exceptions,
): {
  readonly judgement: Judgement;
  readonly about: ReturnType<Exceptions['about']>;
  readonly exception: Exception | undefined;
} {
  const about = exceptions.about(finding);
  const exception = about.find(({ refusal }) => refusal === undefined)?.exception;
  const judgement = decide(finding, policy, { repository: image.repository, now, baseline, exception });
  return { judgement, about, exception };
}

/** The worst of several verdicts; a run that judged nothing has proved nothing. */
export function worst<T extends 'pass' | 'warn' | 'block' | 'error'>(verdicts: readonly T[]): T | 'error' {
  for (const candidate of ['error', 'block', 'warn', 'pass']) {
    const found = verdicts.find((verdict) => verdict === candidate);
    if (found !== undefined) return found;
  }
  return 'error';
}

/** What became of each exception. Findings that differ only in the platform are one. */
class Account {
  private readonly entries = new Map<
    Exception,
    { applied: Set<string>; needless: Set<string>; refusals: Map<string, Refusal> }
  >();

  constructor(exceptions: readonly Exception[]) {
    for (const exception of exceptions) {
      this.entries.set(exception, { applied: new Set(), needless: new Set(), refusals: new Map() });
    }
  }

  add(
    finding: Finding,
    { exception, refusal }: { exception: Exception; refusal: Refusal | undefined },
    judgement: Judgement,
    chosen: Exception | undefined,
  ): void {
    const entry = this.entries.get(exception);
    if (entry === undefined) return;
    if (refusal !== undefined) {
      note(entry.refusals, refusal);
    } else if (exception === chosen && judgement.reason.kind === 'exception') {
      entry.applied.add(sameness(finding));
    } else {
      entry.needless.add(sameness(finding));
    }
  }

  outcome(exception: Exception, refused: Refusal | undefined, ends: Date | undefined): ExceptionOutcome {
    const entry = this.entries.get(exception);
    return {
      exception,
      applied: entry?.applied.size ?? 0,
      needless: entry?.needless.size ?? 0,
      refusals: refused === undefined ? sorted(entry?.refusals ?? new Map()) : [refused],
      ends,
    };
  }
}

/** Adds a refusal. Of those about other packages, which may be thousands, one tells what is wrong: the first by name. */
function note(refusals: Map<string, Refusal>, refusal: Refusal): void {
  const text = JSON.stringify(refusal);
  const key = refusal.kind === 'other-package' ? `${refusal.kind} ${refusal.aspect}` : text;
  const known = refusals.get(key);
  if (known === undefined || text < JSON.stringify(known)) refusals.set(key, refusal);
}

/** By what they say: the order of the findings must not show. */
function sorted(refusals: ReadonlyMap<string, Refusal>): Refusal[] {
  return [...refusals].sort(([a], [b]) => compare(a, b)).map(([, refusal]) => refusal);
}

type Decided = { readonly finding: Finding; readonly judgement: Judgement };

/** How many findings of each severity still count, where the policy limits them. */
function exceeded(decided: readonly Decided[], policy: Policy): ExceededLimit[] {
  const limits = Object.entries(policy.limits);
  if (limits.length === 0) return [];
  const counting = merged(decided.filter(({ judgement }) => judgement.counts).map(({ finding }) => finding));
  return limits.flatMap(([severity, allowed]) => {
    const found = counting.filter(({ finding }) => finding.severity === severity.toUpperCase()).length;
    return allowed !== undefined && found > allowed
      ? [{ severity: severity as LimitedSeverity, allowed, found }]
      : [];
  });
}

/** Two decisions with the same key have the same reason. */
function reasonKey({ reason }: Decision): string {
  // What could take a VEX statement back is the same list in all of them, and may be long.
  return JSON.stringify(reason, (key, value: unknown) => (key === 'revocations' ? undefined : value));
}

const samenesses = new WeakMap<Finding, string>();

/**
 * What makes findings of several platforms the same finding. Whose layer it is in does not: that may be known of one
 * platform only, and must not change how many findings a limit counts.
 */
function sameness(finding: Finding): string {
  const known = samenesses.get(finding);
  if (known !== undefined) return known;
  const text = JSON.stringify([
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
  samenesses.set(finding, text);
  return text;
}

function origins({ packages }: Finding): string[] {
  return packages
    .map(({ name, origin, statedOrigin }) => JSON.stringify([name, origin ?? '', statedOrigin ?? '']))
    .sort();
}

/**
 * One entry for findings that differ only in the platform they were found on; what `apart` tells apart stays
 * apart.
 */
function union<T extends { readonly finding: Finding }>(
  entries: readonly T[],
  apart: (entry: T) => readonly string[],
): (ImageFinding & T)[] {
  // Words and JSON: none of these has a newline in it.
  const groups = Map.groupBy(entries, (entry) => [sameness(entry.finding), ...apart(entry)].join('\n'));
  return [...groups.values()].map((group) => {
    const [first, ...rest] = group as [T, ...T[]];
    return {
      ...rest.reduce(
        (chosen, other) => (representative(other.finding) < representative(chosen.finding) ? other : chosen),
        first,
      ),
      platforms: unique(group.map(({ finding }) => finding.platform)),
      ids: unique(group.map(({ finding }) => finding.id)),
    };
  });
}

function merged(findings: readonly Finding[]): ImageFinding[] {
  return union(
    findings.map((finding) => ({ finding })),
    () => [],
  ).sort(bySeverity);
}

/** Orders findings by what they say, so that the order of pages does not. */
function representative(finding: Finding): string {
  return `${finding.id}\n${finding.digest}\n${JSON.stringify(finding)}`;
}

function unique(texts: readonly string[]): readonly string[] {
  // Most findings are of one platform, and there may be ten thousand.
  return texts.length < 2 ? texts : [...new Set(texts)].sort();
}

const EFFECTS: readonly Effect[] = ['block', 'warn', 'allow'];

function worstFirst(a: JudgedFinding, b: JudgedFinding): number {
  return EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) || bySeverity(a, b);
}

/** Unknown severities come first (they block), UNTRIAGED after the ranked ones, then by score and name. */
function bySeverity(a: ImageFinding, b: ImageFinding): number {
  return (
    order(a.finding.severity) - order(b.finding.severity) ||
    score(b) - score(a) ||
    compare(a.finding.vulnerabilityId, b.finding.vulnerabilityId) ||
    compare(packageNames(a), packageNames(b)) ||
    compare(a.ids.join(), b.ids.join()) ||
    compare(representative(a.finding), representative(b.finding))
  );
}

/** What is no number is below every score: compared as it is, it would leave the order to chance. */
function score({ finding }: ImageFinding): number {
  return Number.isFinite(finding.score) ? (finding.score ?? -1) : -1;
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

/** What is the same on several platforms counts once. */
function count(findings: readonly Finding[]): Counts {
  const distinct = new Map(findings.map((finding) => [sameness(finding), finding.severity]));
  const severities = Map.groupBy(distinct.values(), (severity) => severity);
  const of = (severity: string) => severities.get(severity)?.length ?? 0;
  const counts = {
    critical: of('CRITICAL'),
    high: of('HIGH'),
    medium: of('MEDIUM'),
    low: of('LOW'),
    informational: of('INFORMATIONAL'),
    untriaged: of(UNTRIAGED),
  };
  const known = Object.values(counts).reduce((sum, number) => sum + number, 0);
  return { ...counts, unknown: distinct.size - known, total: distinct.size };
}
