/** The verdict in one line, as far as it is the same for the gate and the verify action. */
import { fixability } from '../../results/finding.ts';
import type { RunVerdict } from '../../results/modes/envelope.ts';
import { type ImagesResult, verdictOf, verdictsIn } from '../../results/modes/images.ts';
import { SEVERITIES, UNTRIAGED } from '../../results/severity.ts';
import type { ImageFinding } from '../../results/verdict.ts';
import { enumerate, plural } from '../kit/words.ts';
import { judgedWith, limitWords } from './words.ts';

/** The words of a block: `Blocked: 3 critical findings, 2 of them fixable`. */
export function blockWords(result: ImagesResult): string {
  const findings = result.images.flatMap((image) => judgedWith(image, 'block'));
  const limits = verdictsIn(result.images).flatMap(({ exceededLimits }) => exceededLimits.map(limitWords));
  const word = result.enforced ? 'Blocked' : 'Blocked (not enforced)';
  const counted = findings.length === 0 ? [] : [`${severities(findings)}${fixable(findings)}`];
  return `${word}: ${[...counted, ...limits].join('; ')}${where(result, 'block')}`;
}

/** What warns: `3 high findings, in 2 of 3 images`. */
export function warningWords(result: ImagesResult): string {
  const findings = result.images.flatMap((image) => judgedWith(image, 'warn'));
  return `${severities(findings)}${where(result, 'warn')}`;
}

export function passWords({ images }: ImagesResult): string {
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

function where(report: ImagesResult, verdict: RunVerdict): string {
  if (report.images.length < 2) return '';
  const count = report.images.filter((image) => verdictOf(image) === verdict).length;
  return `, in ${count} of ${report.images.length} images`;
}
