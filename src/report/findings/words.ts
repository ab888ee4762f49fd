/** How findings, reasons and verdicts are put into words: plain text that is not escaped yet. */

import type { Exception, PackageDoubt, Refusal } from '../../results/exception.ts';
import { NO_PLATFORM, type Reachability } from '../../results/finding.ts';
import { failedImages } from '../../results/modes/enforcement.ts';
import { type ImageReport, type ImagesResult, verdictOf, verdictsIn } from '../../results/modes/images.ts';
import type { ExceededLimit, JudgedFinding, Reason } from '../../results/verdict.ts';
import { DAY_MS, formatDuration, lastDay } from '../../time.ts';
import { plural, VERDICT_WORDS } from '../kit/words.ts';

/** Why a finding has its effect. The name of a rule and the reason of an exception are external text. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'rule': {
      const missing = reason.missing.length === 0 ? '' : ` (no data: ${reason.missing.join(', ')})`;
      return `rule ${reason.rule}${missing}`;
    }
    case 'exception':
      return exceptionWords(reason.exception);
    case 'baseline':
      return `also in the baseline (otherwise ${reasonWords(reason.instead)})`;
    case 'suppressed':
      return 'suppressed in Inspector';
    case 'fail-on':
    case 'warn-on':
      return `${reason.kind}: ${reason.threshold}`;
    case 'below-thresholds':
      return 'below the thresholds';
    case 'unfixed':
      return 'no fix yet (ignore-unfixed)';
    case 'untriaged':
      return 'not rated by the vendor yet';
    case 'unknown-severity':
      return 'unknown severity';
  }
}

/** What allows a finding: `exception until 2026-12-31: REASON`, or a VEX status and its justification. */
function exceptionWords({ origin, status, reason, expires }: Exception): string {
  const what = origin === 'vex' ? `VEX ${status}` : `exception${expires ? ` until ${lastDay(expires)}` : ''}`;
  return reason === undefined ? what : `${what}: ${reason}`;
}

/**
 * Why the exceptions that name a finding do not allow it; undefined if none names it.
 * `exception expired after 2026-05-12, 20 days ago`, `exception refused: …`.
 * @param judgedAt the time at which exceptions were judged
 */
export function refusedWords({ refused }: JudgedFinding, judgedAt: Date | undefined): string | undefined {
  const [first, ...others] = refused;
  if (first === undefined) return undefined;
  const { exception, refusal } = first;
  const what = exception.origin === 'vex' ? 'VEX statement' : 'exception';
  const why = refusalWords(refusal, judgedAt);
  const more = others.length === 0 ? '' : ', and others that do not apply';
  return `${what} ${refusal.kind === 'expired' ? why : `refused: ${why}`}${more}`;
}

/** The reason of a finding's effect and, if an exception names it and does not apply, why: for one line of text. */
export function whyWords(judged: JudgedFinding, judgedAt: Date | undefined): string {
  return [reasonWords(judged.reason), refusedWords(judged, judgedAt)]
    .filter((part) => part !== undefined)
    .join('; ');
}

/** Why an exception does not apply. */
export function refusalWords(refusal: Refusal, judgedAt: Date | undefined): string {
  switch (refusal.kind) {
    case 'expired':
      return `expired after ${lastDay(refusal.since)}${agoWords(refusal.since, judgedAt)}`;
    case 'not-yet':
      return 'its date is in the future';
    case 'max-duration':
      return `${refusal.days === undefined ? 'no expiry date' : plural(refusal.days, 'day')}, the policy allows ${daysWords(refusal.maxDurationMs)}`;
    case 'required':
      return `it has no ${refusal.field}, which the policy requires`;
    case 'never': {
      const [which, unknown] = FORBIDDEN[refusal.what];
      return `the policy allows no exception for ${refusal.unknown ? unknown : which}`;
    }
    case 'fix-available':
      return 'it applies only until there is a fix, and the scanner does not report that there is none';
    case 'other-package':
      return otherPackageWords(refusal);
  }
}

/** For what a policy allows no exception: the findings, and the same if it is unknown whether this is one. */
const FORBIDDEN: Readonly<
  Record<Extract<Refusal, { kind: 'never' }>['what'], readonly [known: string, unknown: string]>
> = {
  severity: ['findings of this severity', 'some severities, and the severity is unknown'],
  score: ['findings with this score', 'some scores, and the score is unknown'],
  'known-exploited': [
    'known exploited vulnerabilities',
    'known exploited vulnerabilities, and whether this is one is unknown',
  ],
};

/** How many days ago the last day was on which something applied. */
function agoWords(since: Date, judgedAt: Date | undefined): string {
  if (judgedAt === undefined) return '';
  const dayOf = (ms: number) => Math.floor(ms / DAY_MS);
  const days = dayOf(judgedAt.getTime()) - dayOf(since.getTime() - 1);
  if (Number.isNaN(days)) return '';
  return days < 1 ? ', today' : `, ${plural(days, 'day')} ago`;
}

/** A duration as policies have it: the number of days, or the units if these are not whole days. */
function daysWords(ms: number): string {
  return ms % DAY_MS === 0 ? String(ms / DAY_MS) : formatDuration(ms);
}

/** What the scanner reports, or does not report, of each aspect of a package. */
const ASPECTS: Readonly<Record<PackageDoubt['aspect'], string>> = {
  type: 'operating system or package manager',
  vendor: 'operating system',
  release: 'operating system',
  version: 'version',
  architecture: 'architecture',
  qualifier: 'qualifiers',
};

/** `it is about pkg:deb/debian/zlib?distro=debian-11, but the scanner reports the operating system DEBIAN_12`. */
function otherPackageWords({ aspect, differs, purl, found }: PackageDoubt): string {
  const what = ASPECTS[aspect];
  if (aspect === 'qualifier') return `it is about ${purl}, and not all of its qualifiers can be compared`;
  if (found === undefined) return `it is about ${purl}, and the scanner reports no ${what} to compare`;
  if (differs) return `it is about ${purl}, but the scanner reports the ${what} ${found}`;
  const missing = aspect === 'vendor' ? '; add the vendor to the package URL' : '';
  return `it is about ${purl}, which cannot be compared with the ${what} ${found} that the scanner reports${missing}`;
}

/** `until 2026-12-05, in 10 days`; without a date if it does not end. */
export function untilWords(ends: Date | undefined, judgedAt: Date | undefined): string {
  if (ends === undefined) return 'no end';
  const days =
    judgedAt === undefined ? Number.NaN : Math.floor((ends.getTime() - judgedAt.getTime()) / DAY_MS);
  const left = Number.isNaN(days) ? '' : days < 1 ? ', today' : `, in ${plural(days, 'day')}`;
  return `until ${lastDay(ends)}${left}`;
}

/** The inputs with which the workflow allows more than the policy: `base-image`, `fail-on: none`. */
export function weakeningWords({ weakened = {} }: ImageReport): string[] {
  return Object.entries(weakened).map(([input, value]) => (value === true ? input : `${input}: ${value}`));
}

/** What the inputs of the workflow weaken: the policy, or the thresholds if there is no policy. */
export function standardWord({ documents }: Pick<ImagesResult, 'documents'>): 'policy' | 'thresholds' {
  return documents?.policy === undefined ? 'thresholds' : 'policy';
}

/** The limits that an image exceeds, as `limitWords` says them. */
export function limitsExceededBy(image: ImageReport): string[] {
  return verdictsIn([image]).flatMap(({ exceededLimits }) => exceededLimits.map(limitWords));
}

/** `12 high findings (the policy allows 10)`. */
export function limitWords({ severity, allowed, found }: ExceededLimit): string {
  return `${plural(found, `${severity} finding`)} (the policy allows ${allowed})`;
}

/** Whether the image's own command reaches a package. Empty if that is unknown, as it is of basic scanning. */
export function reachabilityWords({
  reachability,
}: {
  readonly reachability: Reachability | undefined;
}): string {
  return reachability === undefined ? '' : REACHABILITIES[reachability];
}

const REACHABILITIES: Readonly<Record<Reachability, string>> = {
  reachable: 'reachable',
  'not-reachable': 'not reachable',
};

/** A Dockerfile instruction for reading: the digest that Docker writes for a file is shortened. */
export function instructionWords(instruction: string): string {
  return instruction.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');
}

/** The platforms that have a name. An image without an index may have none. */
export function namedPlatforms(platforms: readonly string[]): string[] {
  return platforms.filter((platform) => platform !== NO_PLATFORM);
}

/** The findings of an image that have an effect; none if it was not judged. */
export function judgedWith(image: ImageReport, effect: JudgedFinding['effect']): JudgedFinding[] {
  return image.outcome.kind === 'judged'
    ? image.outcome.verdict.judged.filter((finding) => finding.effect === effect)
    : [];
}

/** `enforce is false: the step succeeds, although 2 of 3 images did not pass`; undefined if the step fails or passes anyway. */
export function toleratedWords({ tolerated, images }: ImagesResult): string | undefined {
  if (!tolerated) return undefined;
  const although =
    images.length === 0
      ? 'the run ended without a verdict'
      : `${failedImages(images).length} of ${plural(images.length, 'image')} did not pass`;
  return `enforce is false: the step succeeds, although ${although}`;
}

/** The verdict of an image in words. */
export function verdictWords(image: ImageReport): string {
  const { outcome } = image;
  if (outcome.kind === 'error' && outcome.error.code === 'not-verified') return 'Not verified';
  return VERDICT_WORDS[verdictOf(image)];
}

/** The name of the image in the workflow, shortened to `REPOSITORY:TAG` or `REPOSITORY`. */
export function shortName(image: ImageReport): string {
  const [reference] = image.references;
  if (reference === undefined) return image.repository;
  const [name = ''] = shortReference(reference).split('@', 1);
  return name;
}

/** A text in which images have no host, such as `team/app:1.4.2`: for titles, which have no room for it. */
export function withoutHosts(text: string): string {
  return text.replace(/\b\d{12}\.dkr[.-]ecr[a-z0-9.-]{1,100}\//g, '');
}

/** A reference without the host of an ECR registry. */
export function shortReference(reference: string): string {
  return reference.replace(/^\d{12}\.dkr[.-]ecr[^/]*\//, '');
}
