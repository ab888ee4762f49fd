/** The verdict as a few lines of the log, for whoever reads it there first. */

import { fixability, fixedVersion, installedVersion } from '../../results/finding.ts';
import { type ImageReport, type ImagesResult, verdictOf } from '../../results/modes/images.ts';
import type { JudgedFinding } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { enumerate, MARKS, plural, VERDICT_WORDS } from '../kit/words.ts';
import { counted, exceptionEntries } from './exceptions.ts';
import { judgedWith, reasonWords, weakeningWords } from './words.ts';

const MAX_FINDINGS = 20;
const MAX_LINE = 2_000;
const MAX_PACKAGES = 3;

/** What the logs of the gate and the verify action do not share: plain text. */
export interface LogParts {
  readonly headline: string;
  /** More lines about an image. */
  readonly ofImage: (image: ImageReport) => readonly string[];
  readonly end: readonly string[];
}

/** Lines that are safe to print as they are. */
export function logLines(result: ImagesResult, { headline, ofImage, end }: LogParts): string[] {
  return [
    `${MARKS[result.verdict]} ${headline}`,
    ...nextStepLines(result.error?.nextStep),
    ...result.images.flatMap((image) => [...imageLines(image), ...ofImage(image)]),
    ...exceptionLines(result),
    ...end,
  ].map((text) => line(clip(text, MAX_LINE)));
}

/**
 * One finding in one line, not yet made safe to print:
 * `CVE-2026-1 CRITICAL 9.8: openssl 3.0.1, fixed in 3.0.2 [linux/amd64] (fail-on: critical)`.
 */
export function findingLine({ finding, platforms, reason }: JudgedFinding): string {
  const score = finding.score === undefined ? '' : ` ${finding.score}`;
  const shown = finding.packages.slice(0, MAX_PACKAGES).map((found) => {
    const fixed = fixedVersion(found);
    return `${clip(found.name, 100)} ${clip(installedVersion(found), 60)}${fixed ? `, fixed in ${clip(fixed, 60)}` : ''}`;
  });
  const more = finding.packages.length - shown.length;
  const packages = [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
  const fix = fixability(finding) === 'none' ? ', no fix yet' : '';
  const where = clip(platforms.join(', '), 200);
  const severity = clip(finding.severity, 40);
  return `${clip(finding.vulnerabilityId, 80)} ${severity}${score}: ${packages || 'no package named'}${fix} [${where}] (${reasonWords(reason)})`;
}

function imageLines(image: ImageReport): string[] {
  const verdict = verdictOf(image);
  const head = `${MARKS[verdict]} ${VERDICT_WORDS[verdict]}: ${image.uri}`;
  if (image.outcome.kind === 'error') {
    const { message, nextStep } = image.outcome.error;
    return [head, `  ${message}`, ...nextStepLines(nextStep)];
  }
  if (image.outcome.kind === 'verified') return [head];
  const { counts, suppressed } = image.outcome.verdict;
  const counted = Object.entries(counts)
    .filter(([name, count]) => name !== 'total' && count > 0)
    .map(([name, count]) => `${count} ${name}`);
  const hidden = suppressed.length === 0 ? '' : `; ${suppressed.length} more suppressed in Inspector`;
  const blocking = judgedWith(image, 'block');
  const rest = blocking.length - MAX_FINDINGS;
  return [
    head,
    `  ${plural(counts.total, 'active finding')}${counted.length === 0 ? '' : `: ${enumerate(counted)}`}${hidden}`,
    ...weakeningLines(image),
    ...blocking.slice(0, MAX_FINDINGS).map((finding) => `  - ${findingLine(finding)}`),
    ...(rest > 0 ? [`  - ${plural(rest, 'more blocking finding')}: see the job summary`] : []),
  ];
}

function weakeningLines(image: ImageReport): string[] {
  const inputs = weakeningWords(image);
  if (inputs.length === 0) return [];
  return [`  Weakened by the workflow: ${enumerate(inputs)} let more through than the policy does alone.`];
}

function exceptionLines(report: ImagesResult): string[] {
  const entries = exceptionEntries(report);
  return entries.length === 0 ? [] : [`${plural(entries.length, 'exception')}: ${counted(entries)}.`];
}

function nextStepLines(nextStep: string | undefined): string[] {
  return nextStep === undefined ? [] : [`  What to do: ${nextStep}`];
}
