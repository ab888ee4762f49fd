/** Judges the findings of an image by a policy. The result depends on the arguments alone. */

import type { Baseline } from '../results/baseline.ts';
import type {
  Exception,
  ExceptionOutcome,
  ImageIdentity,
  Refusal,
  RefusedException,
} from '../results/exception.ts';
import type { Finding } from '../results/finding.ts';
import { byEffect, bySeverity } from '../results/order.ts';
import { UNTRIAGED } from '../results/severity.ts';
import type {
  Counts,
  Decision,
  ExceededLimit,
  ImageFinding,
  LimitedSeverity,
  Verdict,
} from '../results/verdict.ts';
import { compareTexts } from '../text.ts';
import { fixedSince, isInBaseline } from './baseline.ts';
import { decide, type Judgement } from './decide.ts';
import { type Exceptions, prepareExceptions } from './exceptions.ts';
import type { Policy } from './policy.ts';

/** What the verdict on an image depends on besides its findings and the policy. */
export interface EvaluationContext {
  readonly image: ImageIdentity;
  /** Exceptions and VEX statements. */
  readonly exceptions: readonly Exception[];
  /** The image that is deployed now. Undefined if there is none. */
  readonly baseline: Baseline | undefined;
  /** The service's time. */
  readonly now: Date;
}

/**
 * Judges the findings of one image, all platforms together. CLOSED findings are not judged, SUPPRESSED findings only if the
 * policy says so. Findings with any other status are judged, including an unknown one. Neither the order of the findings nor
 * repeated findings change the result.
 */
export function evaluate(findings: readonly Finding[], policy: Policy, context: EvaluationContext): Verdict {
  const { image, baseline, now } = context;
  const exceptions = prepareExceptions(context.exceptions, policy.exceptionsAllowed, image, now);
  const usage = new ExceptionUsage();
  const present = findings.filter(({ status }) => status !== 'CLOSED');
  const hidden = (finding: Finding) => isHidden(finding, policy);

  const decided = present
    .filter((finding) => !hidden(finding))
    .map((finding) => {
      const matches = exceptions
        .matching(finding, (exception) => usage.addOther(exception))
        .map((match) => ({ exception: match.exception, refusal: exceptions.refusal(match, finding) }));
      const exception = matches.find(({ refusal }) => refusal === undefined)?.exception;
      const inBaseline = isInBaseline(finding, baseline);
      const context = { repository: image.repository, now, inBaseline, exception };
      const judgement = decide(finding, policy, context);
      for (const entry of matches) usage.add(finding, entry, judgement, exception);
      return { finding, judgement, matches };
    });

  const judged = union(decided, ({ finding, judgement }) => [
    judgement.effect,
    reasonKey(judgement),
    ...packagesOf(finding),
  ])
    .map(({ finding, platforms, ids, judgement: { effect, reason }, members }) => ({
      finding,
      platforms,
      ids,
      effect,
      reason,
      counts: members.some(({ judgement }) => judgement.counts),
      inBaseline: baseline === undefined ? undefined : isInBaseline(finding, baseline),
      refused: effect === 'allow' ? [] : refusedOf(members.flatMap(({ matches }) => matches)),
    }))
    .sort((a, b) => byEffect(a, b) || byContent(a, b));
  const exceededLimits = exceeded(decided, policy);
  const blocking = judged.filter((finding) => finding.effect === 'block').length;
  const warning = judged.some((finding) => finding.effect === 'warn');
  return {
    verdict: blocking > 0 || exceededLimits.length > 0 ? 'block' : warning ? 'warn' : 'pass',
    judged,
    suppressed: merged(present.filter(hidden), packagesOf),
    counts: count(present.filter(({ status }) => status !== 'SUPPRESSED')),
    blocking,
    exceededLimits,
    exceptions: context.exceptions.map((exception) => usage.outcome(exception, exceptions)),
    gone: baseline && merged(fixedSince(baseline, present)),
  };
}

/** Whether a finding is not judged because Inspector suppresses it. */
export function isHidden({ status }: Finding, { suppressed }: Policy): boolean {
  return status === 'SUPPRESSED' && suppressed === 'ignore';
}

/** How many refused exceptions of a finding are kept: a VEX document may have thousands of statements about it. */
const MOST_REFUSED = 10;

/** The exceptions that were refused for a finding, each reason once, those of exceptions files first. */
function refusedOf(
  matches: readonly { readonly exception: Exception; readonly refusal: Refusal | undefined }[],
): RefusedException[] {
  const refused = new Map<string, RefusedException>();
  for (const { exception, refusal } of matches) {
    if (refusal === undefined) continue;
    const key = [exception.origin, exception.source, JSON.stringify(refusal)].join('\n');
    refused.set(key, { exception, refusal });
  }
  return [...refused]
    .sort(([a], [b]) => compareTexts(a, b))
    .slice(0, MOST_REFUSED)
    .map(([, entry]) => entry);
}

/** Records how each exception was used. Findings that differ only in the platform count once. */
class ExceptionUsage {
  private readonly entries = new Map<
    Exception,
    { applied: Set<string>; needless: Set<string>; refusals: Map<string, Refusal> }
  >();
  /** Those that name a vulnerability of another image, platform or package. */
  private readonly other = new Set<Exception>();

  /** Records an exception that covers a finding, and whether it is the one that decided. */
  add(
    finding: Finding,
    { exception, refusal }: { exception: Exception; refusal: Refusal | undefined },
    judgement: Judgement,
    chosen: Exception | undefined,
  ): void {
    const entry = this.entries.get(exception) ?? {
      applied: new Set(),
      needless: new Set(),
      refusals: new Map(),
    };
    this.entries.set(exception, entry);
    if (refusal !== undefined) {
      note(entry.refusals, refusal);
    } else if (exception === chosen && judgement.reason.kind === 'exception') {
      entry.applied.add(findingKey(finding));
    } else {
      entry.needless.add(findingKey(finding));
    }
  }

  /** Records an exception that names the vulnerability of a finding and does not cover the finding. */
  addOther(exception: Exception): void {
    this.other.add(exception);
  }

  outcome(exception: Exception, exceptions: Exceptions): ExceptionOutcome {
    const entry = this.entries.get(exception);
    const refused = exceptions.refused.get(exception);
    return {
      exception,
      matches:
        entry !== undefined
          ? 'finding'
          : this.other.has(exception)
            ? 'vulnerability'
            : exceptions.isAboutImage(exception)
              ? 'image'
              : 'nothing',
      applied: entry?.applied.size ?? 0,
      needless: entry?.needless.size ?? 0,
      refusals: refused === undefined ? sorted(entry?.refusals ?? new Map()) : [refused],
      ends: exceptions.ends(exception),
    };
  }
}

/** Records a refusal. There can be thousands about other packages, so the first by name is kept for each aspect. */
function note(refusals: Map<string, Refusal>, refusal: Refusal): void {
  const text = JSON.stringify(refusal);
  const key = refusal.kind === 'other-package' ? `${refusal.kind} ${refusal.aspect}` : text;
  const known = refusals.get(key);
  if (known === undefined || text < JSON.stringify(known)) refusals.set(key, refusal);
}

/** Sorts refusals by their content, so that the result does not depend on the order of the findings. */
function sorted(refusals: ReadonlyMap<string, Refusal>): Refusal[] {
  return [...refusals].sort(([a], [b]) => compareTexts(a, b)).map(([, refusal]) => refusal);
}

type Decided = { readonly finding: Finding; readonly judgement: Judgement };

/** The limits of the policy that are exceeded by the findings that count. */
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

const exceptionNumbers = new WeakMap<Exception, number>();
let exceptionsSeen = 0;

/** Two decisions with the same key have the same reason. */
function reasonKey({ reason }: Decision): string {
  return JSON.stringify(reason, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('scope' in value)) return value;
    // An exception can be long and the reason for many findings, so a number stands for it.
    const exception = value as Exception;
    const number = exceptionNumbers.get(exception) ?? exceptionsSeen++;
    exceptionNumbers.set(exception, number);
    return number;
  });
}

const findingKeys = new WeakMap<Finding, string>();

/**
 * A key that is the same for the same finding on several platforms. Layers and reachability are not part of it: they can be
 * known for one platform only, and must not change how many findings a limit counts.
 */
function findingKey(finding: Finding): string {
  const known = findingKeys.get(finding);
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
  findingKeys.set(finding, text);
  return text;
}

/** What is shown of the packages of a finding and can be different on another platform: layers and reachability. */
function packagesOf({ packages }: Finding): string[] {
  return packages
    .map(({ name, origin, statedOrigin, reachability }) =>
      JSON.stringify([name, origin ?? '', statedOrigin ?? '', reachability ?? '']),
    )
    .sort();
}

/** Merges findings that differ only in the platform. Entries for which `apart` gives different texts are not merged. */
function union<T extends { readonly finding: Finding }>(
  entries: readonly T[],
  apart: (entry: T) => readonly string[],
): (ImageFinding & T & { readonly members: readonly T[] })[] {
  // Neither words nor JSON contain a newline.
  const groups = Map.groupBy(entries, (entry) => [findingKey(entry.finding), ...apart(entry)].join('\n'));
  return [...groups.values()].map((group) => {
    const [first, ...rest] = group as [T, ...T[]];
    return {
      ...rest.reduce(
        (chosen, other) => (compareContents(other.finding, chosen.finding) < 0 ? other : chosen),
        first,
      ),
      platforms: unique(group.map(({ finding }) => finding.platform)),
      ids: unique(group.map(({ finding }) => finding.id)),
      members: group,
    };
  });
}

/** @param apart findings for which it gives different texts are not merged */
function merged(
  findings: readonly Finding[],
  apart: (finding: Finding) => readonly string[] = () => [],
): ImageFinding[] {
  return union(
    findings.map((finding) => ({ finding })),
    ({ finding }) => apart(finding),
  )
    .map(({ finding, platforms, ids }) => ({ finding, platforms, ids }))
    .sort(byContent);
}

/** Orders findings that look alike, so that the result does not depend on the order of pages. */
function compareContents(a: Finding, b: Finding): number {
  return (
    compareTexts(a.id, b.id) ||
    compareTexts(a.digest, b.digest) ||
    // The whole finding can be a megabyte, and two findings seldom have the same ID and digest.
    compareTexts(JSON.stringify(a), JSON.stringify(b))
  );
}

function unique(texts: readonly string[]): readonly string[] {
  // Most findings are on one platform, and there can be ten thousand.
  return texts.length < 2 ? texts : [...new Set(texts)].sort();
}

/** Orders findings by severity, then by content, so that the result does not depend on the order of pages. */
function byContent(a: ImageFinding, b: ImageFinding): number {
  return (
    bySeverity(a.finding, b.finding) ||
    compareTexts(packageNames(a), packageNames(b)) ||
    compareTexts(a.ids.join(), b.ids.join()) ||
    compareContents(a.finding, b.finding)
  );
}

const namesOfPackages = new WeakMap<Finding, string>();

function packageNames({ finding }: ImageFinding): string {
  const known = namesOfPackages.get(finding);
  if (known !== undefined) return known;
  const text = finding.packages.map(({ name, version }) => `${name}@${version}`).join();
  namesOfPackages.set(finding, text);
  return text;
}

/** Counts findings by severity. The same finding on several platforms counts once. */
function count(findings: readonly Finding[]): Counts {
  const distinct = new Map(findings.map((finding) => [findingKey(finding), finding.severity]));
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
