/** How findings, reasons and verdicts are put into words: plain text, not yet escaped for any medium. */

import { formatDuration } from '../deadline.ts';
import type { Reason } from '../policy/decide.ts';
import type { ExceededLimit, ImageFinding, JudgedFinding } from '../policy/evaluate.ts';
import type { Exception, PackageDoubt, Refusal } from '../policy/exceptions.ts';
import { rankOf, SEVERITIES, UNTRIAGED } from '../policy/severity.ts';
import type { Finding, VulnerablePackage } from '../scan/findings.ts';
import { type ImageReport, type RunReport, type RunVerdict, verdictOf, verdictsIn } from './report.ts';

export const MARKS: Readonly<Record<RunVerdict, string>> = {
  pass: '✅',
  warn: '⚠️',
  block: '⛔',
  error: '❌',
};

export const VERDICT_WORDS: Readonly<Record<RunVerdict, string>> = {
  pass: 'Passed',
  warn: 'Passed with warnings',
  block: 'Blocked',
  error: 'No verdict',
};

/** `1 finding`, `2 findings`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

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

/** The last day, in UTC, on which something that ends at this moment still holds. */
export function lastDay(ends: Date): string {
  return day(new Date(ends.getTime() - 1));
}

/** The day in UTC: `2026-12-31`. */
export function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'no date' : date.toISOString().slice(0, 10);
}

/** Why an exception does not apply. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'expired':
      return `expired after ${lastDay(refusal.since)}`;
    case 'not-yet':
      return 'it is dated later than now';
    case 'max-duration':
      return `the policy allows at most ${formatDuration(refusal.maxDurationMs)}`;
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

/** The installed version as the package manager writes it: `1:2.3.4-5`. */
export function installedVersion({ epoch, version, release }: VulnerablePackage): string {
  return `${epoch ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`;
}

/** The version that mends the package; an epoch of zero, which says nothing, is left out. */
export function fixedVersion({ fixedIn }: VulnerablePackage): string | undefined {
  return fixedIn?.replace(/^0:(?=.)/, '') || undefined;
}

/** A Dockerfile instruction to read: of the digest that Docker writes for a file, its beginning. */
export function instructionWords(instruction: string): string {
  return instruction.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');
}

export type Fixability = 'all' | 'some' | 'none' | 'unknown';

/** Whether an upgrade mends a finding; `unknown` where the scanner does not say. */
export function fixability({ fixAvailable, packages }: Finding): Fixability {
  if (fixAvailable === 'YES') return 'all';
  if (fixAvailable === 'PARTIAL') return 'some';
  if (fixAvailable === 'NO') return 'none';
  const fixed = packages.filter(({ fixedIn }) => fixedIn).length;
  if (fixed === 0) return 'unknown';
  return fixed === packages.length ? 'all' : 'some';
}

/** The findings of an image that have an effect; none where it was not judged. */
export function judgedWith(image: ImageReport, effect: JudgedFinding['effect']): JudgedFinding[] {
  return image.outcome.kind === 'judged'
    ? image.outcome.verdict.judged.filter((finding) => finding.effect === effect)
    : [];
}

/** The ordinary name of a severity, `undefined` for one that is not in the service's list. */
export function severityWord(severity: string): string | undefined {
  return severity === UNTRIAGED || rankOf(severity) !== undefined ? severity.toLowerCase() : undefined;
}

/** The name a person gave the image, shortened to `REPOSITORY:TAG` or `REPOSITORY` where it has one. */
export function shortName(image: ImageReport): string {
  const [reference] = image.references;
  return reference === undefined ? image.repository : shortReference(reference).replace(/@.*$/, '');
}

/** A reference without the registry's host, where that is one of ECR's. */
export function shortReference(reference: string): string {
  return reference.replace(/^\d{12}\.dkr[.-]ecr[^/]*\//, '');
}

/** A text with every digest in it cut to the twelve digits that people compare. */
export function shortDigest(text: string): string {
  return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/g, '$1');
}

/** The verdict in one line, without its mark: `Blocked: 3 critical findings, 2 of them fixable`. */
export function headline(report: RunReport): string {
  switch (report.verdict) {
    case 'pass':
      if (report.verification !== undefined) return `Verified: ${verifiedWords(report)}`;
      return `${signedWord('Passed', report)}: ${passWords(report)}`;
    case 'warn': {
      const findings = report.images.flatMap((image) => judgedWith(image, 'warn'));
      return `${signedWord('Passed', report)} with warnings: ${severities(findings)}${where(report, 'warn')}`;
    }
    case 'block': {
      const findings = report.images.flatMap((image) => judgedWith(image, 'block'));
      const limits = verdictsIn(report.images).flatMap(({ exceededLimits }) =>
        exceededLimits.map(limitWords),
      );
      const word = report.settings?.enforce === false ? 'Blocked (not enforced)' : 'Blocked';
      const counted = findings.length === 0 ? [] : [`${severities(findings)}${fixable(findings)}`];
      return `${word}: ${[...counted, ...limits].join('; ')}${where(report, 'block')}`;
    }
    case 'error':
      return errorWords(report);
  }
}

/** What was proven of how many images: `signature, attestation and today’s findings of 2 images`. */
function verifiedWords({ images, verification }: RunReport): string {
  const proven = [
    'signature',
    ...(verification?.attestation ? ['attestation'] : []),
    ...(verification?.recheck ? [findingsWords(images)] : []),
  ];
  return `${enumerate(proven)} of ${plural(images.length, 'image')}`;
}

/** The findings are today's only where every image is still scanned; else the proof says of when they are. */
function findingsWords(images: readonly ImageReport[]): string {
  const watched = images.every(({ platforms }) => platforms.every(({ monitored }) => monitored !== false));
  return watched ? 'today’s findings' : 'the findings of the last scan';
}

function signedWord(word: string, report: RunReport): string {
  if (report.verification !== undefined) return 'Verified';
  return report.signing?.state === 'done' ? `${word} and signed` : word;
}

function passWords({ images }: RunReport): string {
  const verdicts = verdictsIn(images);
  const total = verdicts.reduce((sum, { counts }) => sum + counts.total, 0);
  const hidden = verdicts.reduce((sum, { suppressed }) => sum + suppressed.length, 0);
  const excused = verdicts
    .flatMap(({ judged }) => judged)
    .filter(({ effect, reason }) => effect === 'allow' && reason.kind !== 'below-thresholds').length;
  const among = images.length > 1 ? ` in ${images.length} images` : '';
  const suppressed = hidden === 0 ? '' : `, ${hidden} suppressed in Inspector`;
  if (total === 0) return `no ${hidden === 0 ? '' : 'active '}findings${among}${suppressed}`;
  // What a rule, an exception or a VEX statement let through may be severe enough.
  const some = excused === total ? '' : `${excused} of them `;
  const why = excused === 0 ? 'none severe enough to warn' : `${some}let through by rule or exception`;
  return `${plural(total, 'finding')}${among}, ${why}${suppressed}`;
}

/** `3 critical and 1 high findings`. */
function severities(findings: readonly ImageFinding[]): string {
  const counted = [...SEVERITIES, UNTRIAGED]
    .map((severity) => ({
      count: findings.filter(({ finding }) => finding.severity === severity).length,
      word: severity.toLowerCase(),
    }))
    .filter(({ count }) => count > 0);
  const known = counted.reduce((sum, { count }) => sum + count, 0);
  const unknown = findings.length - known;
  const noun = counted.at(-1)?.count === 1 ? 'finding' : 'findings';
  return enumerate([
    ...(known > 0 ? [`${enumerate(counted.map(({ count, word }) => `${count} ${word}`))} ${noun}`] : []),
    ...(unknown > 0 ? [`${plural(unknown, 'finding')} of unknown severity`] : []),
  ]);
}

function fixable(findings: readonly ImageFinding[]): string {
  const fixes = findings.map(({ finding }) => fixability(finding));
  const count = fixes.filter((fix) => fix === 'all').length;
  if (count === fixes.length) return count === 1 ? ', fixable' : ', all of them fixable';
  if (count > 0) return `, ${count} of them fixable`;
  if (fixes.every((fix) => fix === 'none'))
    return fixes.length === 1 ? ', no fix yet' : ', none of them fixable yet';
  return '';
}

function where(report: RunReport, verdict: RunVerdict): string {
  if (report.images.length < 2) return '';
  const count = report.images.filter((image) => verdictOf(image) === verdict).length;
  return `, in ${count} of ${report.images.length} images`;
}

function errorWords({ error, images }: RunReport): string {
  if (error !== undefined) {
    const judged = images.length > 0 && images.every(({ outcome }) => outcome.kind === 'judged');
    if (!judged || error.code !== 'signing') return `No verdict: ${error.message}`;
    const made = images.some(({ signatures }) => signatures.length > 0);
    return `${made ? 'Signing is not complete' : 'Not signed'}: ${error.message}`;
  }
  const errors = images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
  const message = errors[0]?.message ?? 'no image was judged';
  const unverified = errors[0]?.code === 'not-verified';
  const word = unverified ? 'Not verified' : 'No verdict';
  if (images.length < 2) return `${word}: ${message}`;
  const what = unverified ? 'lack a proof' : 'could not be judged';
  return `${word}: ${errors.length} of ${images.length} images ${what}: ${message}`;
}
