/** The verdict in the log: a few lines, and longer parts in groups that GitHub folds. */

import { fixability, fixedVersion, installedVersion } from '../../results/finding.ts';
import { allows } from '../../results/modes/envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf, worstFirst } from '../../results/modes/images.ts';
import type { JudgedFinding, Verdict } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { enumerate, MARKS, plural } from '../kit/words.ts';
import type { LogPart } from '../report.ts';
import { changeWords, isShown, sinceWords, thenWords } from './base-words.ts';
import { counted, entriesWords, exceptionEntries } from './exceptions.ts';
import { hiddenWords } from './hidden.ts';
import {
  judgedWith,
  limitsExceededBy,
  namedPlatforms,
  reachabilityWords,
  standardWord,
  verdictWords,
  weakeningWords,
  whyWords,
} from './words.ts';

/** How many blocking findings of an image are shown, and how many more in a group. */
const MAX_SHOWN = 20;
const MAX_GROUPED = 500;
/** From how many images on those that pass are in a group. */
const MANY_IMAGES = 4;
const MAX_LINE = 2_000;
const MAX_PACKAGES = 3;

/** A line of the log before it is made safe to print. */
export interface LogLine {
  /** What the report itself puts before the text, such as an emoji: it is not escaped. */
  readonly lead?: string;
  /** May contain external text. */
  readonly text: string;
}

/** A group of lines. */
interface LineGroup {
  readonly title: LogLine;
  readonly lines: readonly LogLine[];
}

/** What differs between the logs of the gate and the verify action. */
export interface LogParts {
  readonly headline: string;
  /** More lines about an image. */
  readonly ofImage: (image: ImageReport) => readonly LogLine[];
  readonly end: readonly string[];
}

/** Lines and groups that are safe to print as they are. */
export function logLines(result: ImagesResult, { headline, ofImage, end }: LogParts): LogPart[] {
  // The headline of a single image has its error.
  const isOnly = result.images.length === 1 && result.error === undefined;
  const about = (image: ImageReport) => [...imageLines(image, result, isOnly), ...ofImage(image)];
  const images = worstFirst(result.images);
  const passing = images.filter((image) => allows(verdictOf(image)));
  const others = images.filter((image) => !allows(verdictOf(image)));
  const folded = passing.length >= MANY_IMAGES;
  const parts: (LogLine | LineGroup)[] = [
    { lead: `${MARKS[result.verdict]} `, text: headline },
    ...nextStepLines(result.error?.nextStep),
    ...others.flatMap((image) => [...about(image), ...moreBlocking(image, result.judgedAt)]),
    ...(folded
      ? [
          {
            title: { lead: `${MARKS.pass} `, text: `${plural(passing.length, 'image')} passed` },
            lines: passing.flatMap(about),
          },
        ]
      : passing.flatMap(about)),
    ...exceptionLines(result),
    ...end.map((text) => ({ text })),
  ];
  return parts.map((part) =>
    'lines' in part ? { title: printable(part.title), lines: part.lines.map(printable) } : printable(part),
  );
}

function printable({ lead = '', text }: LogLine): string {
  return `${lead}${line(clip(text, MAX_LINE))}`;
}

/**
 * A finding in one line that is not yet safe to print:
 * `CVE-2026-1 CRITICAL 9.8: openssl 3.0.1, fixed in 3.0.2, reachable [linux/amd64] (fail-on: critical)`.
 * @param judgedAt the time at which exceptions were judged
 */
export function findingLine(judged: JudgedFinding, judgedAt: Date | undefined): string {
  const { finding, platforms } = judged;
  const score = finding.score === undefined ? '' : ` ${finding.score}`;
  const shown = finding.packages.slice(0, MAX_PACKAGES).map((found) => {
    const fixed = fixedVersion(found);
    const reach = reachabilityWords(found);
    return [
      `${clip(found.name, 100)} ${clip(installedVersion(found), 60)}`,
      ...(fixed ? [`fixed in ${clip(fixed, 60)}`] : []),
      ...(reach === '' ? [] : [reach]),
    ].join(', ');
  });
  const more = finding.packages.length - shown.length;
  const packages = [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
  const fix = fixability(finding) === 'none' ? ', no fix yet' : '';
  const named = clip(namedPlatforms(platforms).join(', '), 200);
  const where = named === '' ? '' : ` [${named}]`;
  const severity = clip(finding.severity, 40);
  return `${clip(finding.vulnerabilityId, 80)} ${severity}${score}: ${packages || 'no package named'}${fix}${where} (${whyWords(judged, judgedAt)})`;
}

/** @param isOnly whether the headline says already why the image has no verdict */
function imageLines(image: ImageReport, result: ImagesResult, isOnly: boolean): LogLine[] {
  const { judgedAt } = result;
  const verdict = verdictOf(image);
  const head = { lead: `${MARKS[verdict]} `, text: `${verdictWords(image)}: ${image.uri}` };
  if (image.outcome.kind === 'error') {
    const { message, nextStep } = image.outcome.error;
    return [head, ...(isOnly ? [] : [{ lead: '  ', text: message }]), ...nextStepLines(nextStep)];
  }
  if (image.outcome.kind === 'verified') return [head];
  const { counts, suppressed } = image.outcome.verdict;
  const bySeverity = Object.entries(counts)
    .filter(([name, count]) => name !== 'total' && count > 0)
    .map(([name, count]) => `${count} ${name}`);
  const found = `${plural(counts.total, 'active finding')}${bySeverity.length === 0 ? '' : `: ${enumerate(bySeverity)}`}`;
  const hidden = suppressed.length === 0 ? '' : `; ${suppressed.length} more suppressed in Inspector`;
  return [
    head,
    { lead: '  ', text: `${found}${hidden}` },
    ...hidingLines(image),
    ...weakeningLines(image, result),
    ...limitsExceededBy(image).map((words) => ({ lead: '  - ', text: words })),
    ...judgedWith(image, 'block')
      .slice(0, MAX_SHOWN)
      .map((finding) => ({ lead: '  - ', text: findingLine(finding, judgedAt) })),
    ...rebuildLines(image, image.outcome.verdict, judgedAt),
  ];
}

/** The newer base images, and what a rebuild on them changes. */
function rebuildLines({ advice }: ImageReport, verdict: Verdict, judgedAt: Date | undefined): LogLine[] {
  return (advice?.newer ?? [])
    .filter(isShown)
    .map(({ kind, reference, digest, pushedAt, change, unknown }) => {
      const newer = `${reference}@${digest}, ${sinceWords(pushedAt, judgedAt)}`;
      if (change === undefined) {
        return {
          lead: '  ',
          text: `Newer base image: ${newer}. What a rebuild resolves is unknown: ${unknown}.`,
        };
      }
      const then = thenWords(change, verdict);
      const what = kind === 'same-tag' ? 'Rebuild on' : 'Build on the newest tag of its line,';
      return {
        lead: '  ',
        text: `${what} ${newer}: ${changeWords(change, verdict)}.${then === undefined ? '' : ` ${then}.`}`,
      };
    });
}

/** The blocking findings that are not shown with the image. */
function moreBlocking(image: ImageReport, judgedAt: Date | undefined): (LogLine | LineGroup)[] {
  const rest = judgedWith(image, 'block').slice(MAX_SHOWN);
  if (rest.length === 0) return [];
  const left = rest.length - MAX_GROUPED;
  return [
    {
      title: { text: `${plural(rest.length, 'more blocking finding')} of ${image.uri}` },
      lines: [
        ...rest
          .slice(0, MAX_GROUPED)
          .map((finding) => ({ lead: '  - ', text: findingLine(finding, judgedAt) })),
        ...(left > 0 ? [{ text: `  and ${left} more: see report.json` }] : []),
      ],
    },
  ];
}

/** What suppression rules of Inspector hide as a whole. */
function hidingLines(image: ImageReport): LogLine[] {
  const text = hiddenWords(image);
  return text === undefined ? [] : [{ lead: '  ', text }];
}

function weakeningLines(image: ImageReport, result: ImagesResult): LogLine[] {
  const inputs = weakeningWords(image);
  if (inputs.length === 0) return [];
  return [{ text: `  Less strict than the ${standardWord(result)}: ${enumerate(inputs)} in the workflow.` }];
}

function exceptionLines(report: ImagesResult): LogLine[] {
  const entries = exceptionEntries(report);
  return entries.length === 0 ? [] : [{ text: `${entriesWords(entries)}: ${counted(entries)}.` }];
}

function nextStepLines(nextStep: string | undefined): LogLine[] {
  return nextStep === undefined ? [] : [{ text: `  What to do: ${nextStep}` }];
}
