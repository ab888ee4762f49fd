/** How findings, reasons and verdicts are put into words: plain text, not yet escaped for any medium. */

import type { Exception, PackageDoubt, Refusal } from '../../results/exception.ts';
import type { ImageReport } from '../../results/modes/images.ts';
import type { ExceededLimit, JudgedFinding, Reason } from '../../results/verdict.ts';
import { DAY_MS, formatDuration, lastDay } from '../../time.ts';
import { plural } from '../kit/words.ts';

/** Why a finding has its effect. A rule's name and an exception's reason are text from elsewhere. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'rule': {
      const unknown = reason.missing.length === 0 ? '' : ` (unknown: ${reason.missing.join(', ')})`;
      return `rule ${reason.rule}${unknown}`;
    }
    case 'exception':
      return exceptionWords(reason.exception);
    case 'baseline':
      return `in the baseline already (otherwise ${reasonWords(reason.instead)})`;
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
      return 'severity not decided yet';
    case 'unknown-severity':
      return 'unknown severity';
  }
}

/** What lets a finding through: `exception until 2026-12-31: REASON`, or a VEX status and its justification. */
function exceptionWords({ origin, status, reason, expires }: Exception): string {
  const what = origin === 'vex' ? `VEX ${status}` : `exception${expires ? ` until ${lastDay(expires)}` : ''}`;
  return reason === undefined ? what : `${what}: ${reason}`;
}

/** Why an exception does not apply. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'expired':
      return `expired after ${lastDay(refusal.since)}`;
    case 'not-yet':
      return 'it is dated later than now';
    case 'max-duration':
      return `${refusal.days === undefined ? 'no end' : plural(refusal.days, 'day')}, the policy allows ${daysWords(refusal.maxDurationMs)}`;
    case 'required':
      return `the policy demands ${refusal.field}`;
    case 'never':
      return refusal.unknown
        ? `the policy lets nothing except it by ${refusal.what}, which is unknown here`
        : `the policy lets nothing except such a finding (${refusal.what})`;
    case 'fix-available':
      return 'until-fixed, and it is not certain that there is no fix';
    case 'other-package':
      return otherPackageWords(refusal);
  }
}

/** A duration in days, as policies have it: `90`. One that is not of whole days has its units. */
function daysWords(ms: number): string {
  return ms % DAY_MS === 0 ? String(ms / DAY_MS) : formatDuration(ms);
}

/** What the scanner says, or leaves out, of each aspect of a package. */
const ASPECTS: Readonly<Record<PackageDoubt['aspect'], string>> = {
  type: 'system or package manager',
  vendor: 'system',
  release: 'system',
  version: 'version',
  architecture: 'architecture',
  qualifier: 'qualifiers',
};

/** `it is about pkg:deb/debian/zlib?distro=debian-11, but the system that the scanner names is DEBIAN_12`. */
function otherPackageWords({ aspect, differs, purl, found }: PackageDoubt): string {
  const what = ASPECTS[aspect];
  if (aspect === 'qualifier') return `it is about ${purl}, and not all of these qualifiers can be compared`;
  if (found === undefined)
    return `it is about ${purl}, and the scanner names no ${what} to compare that with`;
  if (differs) return `it is about ${purl}, but the ${what} that the scanner names is ${found}`;
  const missing = aspect === 'vendor' ? '; a package URL that names the vendor can be compared' : '';
  return `it is about ${purl}, which cannot be compared with the ${what} that the scanner names, ${found}${missing}`;
}

/** The inputs by which more was let through than by the policy itself: `base-image`, `fail-on: none`. */
export function weakeningWords({ weakened = {} }: ImageReport): string[] {
  return Object.entries(weakened).map(([input, value]) => (value === true ? input : `${input}: ${value}`));
}

/** `12 high findings, and the policy allows 10`. */
export function limitWords({ severity, allowed, found }: ExceededLimit): string {
  return `${plural(found, `${severity} finding`)}, and the policy allows ${allowed}`;
}

/** A Dockerfile instruction to read: of the digest that Docker writes for a file, its beginning. */
export function instructionWords(instruction: string): string {
  return instruction.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');
}

/** The findings of an image that have an effect; none where it was not judged. */
export function judgedWith(image: ImageReport, effect: JudgedFinding['effect']): JudgedFinding[] {
  return image.outcome.kind === 'judged'
    ? image.outcome.verdict.judged.filter((finding) => finding.effect === effect)
    : [];
}

/** The name a person gave the image, shortened to `REPOSITORY:TAG` or `REPOSITORY` where it has one. */
export function shortName(image: ImageReport): string {
  const [reference] = image.references;
  if (reference === undefined) return image.repository;
  const [name = ''] = shortReference(reference).split('@', 1);
  return name;
}

/** A reference without the registry's host, where that is one of ECR's. */
export function shortReference(reference: string): string {
  return reference.replace(/^\d{12}\.dkr[.-]ecr[^/]*\//, '');
}
