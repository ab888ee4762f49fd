/** The verdict in one line: what the gate and the verify action share. */
import { fixability } from '../../results/finding.ts';
import type { RunVerdict } from '../../results/modes/envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf, verdictsIn } from '../../results/modes/images.ts';
import { SEVERITIES, UNTRIAGED } from '../../results/severity.ts';
import type { ImageFinding, JudgedFinding } from '../../results/verdict.ts';
import { enumerate, plural } from '../kit/words.ts';
import { judgedWith, limitsExceededBy } from './words.ts';

/** `Blocked: 3 critical findings, 2 of them fixable; 1 high finding allowed by exceptions`. */
export function blockWords(result: ImagesResult): string {
  const findings = result.images.flatMap((image) => judgedWith(image, 'block'));
  const exceeded = result.images.map(limitsExceededBy).filter((words) => words.length > 0);
  // The counts of several images would not say which of them they are about.
  const limits = exceeded.length > 1 ? ['limits of the policy exceeded'] : exceeded.flat();
  const word = result.enforced ? 'Blocked' : 'Blocked (not enforced)';
  const counted = findings.length === 0 ? [] : [`${findingsWords(findings)}${fixable(findings)}`];
  return `${word}: ${[...counted, ...limits].join('; ')}${where(result, 'block')}${alsoExcepted(result)}`;
}

/** `3 high findings, in 2 of 3 images; 1 critical finding allowed by exceptions`. */
export function warningWords(result: ImagesResult): string {
  const findings = result.images.flatMap((image) => judgedWith(image, 'warn'));
  return `${findingsWords(findings)}${where(result, 'warn')}${alsoExcepted(result)}`;
}

/** `12 findings in 2 images (1 critical allowed by exceptions, the others below the thresholds)`. */
export function passWords({ images }: ImagesResult): string {
  const verdicts = verdictsIn(images);
  const total = verdicts.reduce((sum, { counts }) => sum + counts.total, 0);
  const hidden = verdicts.reduce((sum, { suppressed }) => sum + suppressed.length, 0);
  const among = images.length > 1 ? ` in ${images.length} images` : '';
  const suppressed = hidden === 0 ? '' : `, ${hidden} suppressed in Inspector`;
  if (total === 0) return `no ${hidden === 0 ? '' : 'active '}findings${among}${suppressed}`;
  const allowed = verdicts.flatMap(({ judged }) => judged).filter(({ effect }) => effect === 'allow');
  const excepted = allowed.filter(isExcepted);
  const ignored = allowed.filter(({ reason }) => !['exception', 'below-thresholds'].includes(reason.kind));
  const all = plural(total, 'finding');
  if (excepted.length + ignored.length === 0) return `${all}${among}, below the thresholds${suppressed}`;
  const parts = [
    ...(excepted.length > 0 ? [`${severities(excepted)} allowed by ${means(excepted)}`] : []),
    ...(ignored.length > 0 ? [`${severities(ignored)} ignored by the policy`] : []),
    ...(allowed.length > excepted.length + ignored.length ? ['the others below the thresholds'] : []),
  ];
  return `${all}${among} (${parts.join(', ')})${suppressed}`;
}

/**
 * Why there is no verdict on some of several images, and how many others are blocked.
 * @param what what happened to the images without a verdict
 */
export function failureWords(images: readonly ImageReport[], what: string): string {
  const errors = images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
  const message = errors[0]?.message ?? 'no image was judged';
  if (images.length < 2) return message;
  const blocked = images.filter((image) => verdictOf(image) === 'block').length;
  const also = blocked === 0 ? '' : `, ${blocked} blocked`;
  return `${errors.length} of ${images.length} images ${what}${also}. First error: ${message}`;
}

/** `; 1 critical finding allowed by exceptions`; nothing if there is none. */
function alsoExcepted({ images }: ImagesResult): string {
  const excepted = verdictsIn(images).flatMap(({ judged }) => judged.filter(isExcepted));
  return excepted.length === 0 ? '' : `; ${findingsWords(excepted)} allowed by ${means(excepted)}`;
}

function isExcepted({ reason }: JudgedFinding): boolean {
  return reason.kind === 'exception';
}

/** `exceptions`, `VEX statements`, or both. */
function means(excepted: readonly JudgedFinding[]): string {
  const origins = new Set(
    excepted.map(({ reason }) => (reason.kind === 'exception' ? reason.exception.origin : undefined)),
  );
  return enumerate([
    ...(origins.has('exceptions') ? ['exceptions'] : []),
    ...(origins.has('vex') ? ['VEX statements'] : []),
  ]);
}

interface SeverityCount {
  readonly count: number;
  readonly word: string;
}

function counted(findings: readonly ImageFinding[]): SeverityCount[] {
  return [...SEVERITIES, UNTRIAGED]
    .map((severity) => ({
      count: findings.filter(({ finding }) => finding.severity === severity).length,
      word: severity.toLowerCase(),
    }))
    .filter(({ count }) => count > 0);
}

/** `3 critical and 1 high findings`. */
function findingsWords(findings: readonly ImageFinding[]): string {
  const known = counted(findings);
  const unknown = findings.length - sum(known);
  const noun = known.at(-1)?.count === 1 ? 'finding' : 'findings';
  return enumerate([
    ...(known.length > 0 ? [`${enumerate(known.map(countWords))} ${noun}`] : []),
    ...(unknown > 0 ? [`${plural(unknown, 'finding')} of unknown severity`] : []),
  ]);
}

/** `3 critical and 1 high`. */
function severities(findings: readonly ImageFinding[]): string {
  const known = counted(findings);
  const unknown = findings.length - sum(known);
  return enumerate([...known.map(countWords), ...(unknown > 0 ? [`${unknown} of unknown severity`] : [])]);
}

function countWords({ count, word }: SeverityCount): string {
  return `${count} ${word}`;
}

function sum(counts: readonly SeverityCount[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
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

function where(report: ImagesResult, verdict: RunVerdict): string {
  if (report.images.length < 2) return '';
  const count = report.images.filter((image) => verdictOf(image) === verdict).length;
  return `, in ${count} of ${report.images.length} images`;
}
