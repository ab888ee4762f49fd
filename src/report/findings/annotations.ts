/** The annotations of a run: the worst findings, every error, and exceptions that end soon. */

import type { GateError } from '../../errors.ts';
import type { Finding } from '../../results/finding.ts';
import type { ImagesResult } from '../../results/modes/images.ts';
import { clip, sentences } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { plural } from '../kit/words.ts';
import type { Annotation } from '../report.ts';
import { type Dockerfile, lineOfPackage } from './dockerfile.ts';
import { countAgain, endingSoon } from './exceptions.ts';
import { findingLine } from './log.ts';
import { judgedWith, shortName, toleratedWords, untilWords, verdictWords } from './words.ts';

// GitHub shows no more than ten annotations of a level for a step.
const MAX_FINDINGS = 10;
const MAX_ENDING = 10;
const MAX_TITLE = 200;
const MAX_MESSAGE = 2_000;
// The longest path that Linux has.
const MAX_PATH = 4_096;

/**
 * The errors, at most ten blocking findings and the number of the others, and the exceptions that end within 14 days. Safe to
 * print as they are.
 * @param dockerfile the image's Dockerfile in the checkout, for findings whose line is known
 */
export function annotations(report: ImagesResult, dockerfile?: Dockerfile): Annotation[] {
  return [
    ...toleratedAnnotations(report),
    ...(report.error === undefined
      ? []
      : [errorAnnotation(report.error, 'ECR Deployment Gate', levelOf(report))]),
    ...report.images.flatMap((image) =>
      image.outcome.kind === 'error'
        ? [
            errorAnnotation(
              image.outcome.error,
              `${verdictWords(image)}: ${shortName(image)}`,
              levelOf(report),
            ),
          ]
        : [],
    ),
    ...blockingAnnotations(report, dockerfile),
    ...endingAnnotations(report),
  ];
}

/** What does not fail the step is a warning. */
export function levelOf({ tolerated }: ImagesResult): Annotation['level'] {
  return tolerated ? 'warning' : 'error';
}

/** How many images did not pass, although the step succeeds. */
export function toleratedAnnotations(report: ImagesResult): Annotation[] {
  const words = toleratedWords(report);
  return words === undefined
    ? []
    : [{ level: 'warning', title: 'Not enforced', message: text(`${words}.`, MAX_MESSAGE) }];
}

function blockingAnnotations(report: ImagesResult, dockerfile: Dockerfile | undefined): Annotation[] {
  const level = levelOf(report);
  const several = report.images.length > 1;
  const blocking = report.images.flatMap((image) =>
    judgedWith(image, 'block').map((finding) => ({ image, finding })),
  );
  const rest = blocking.length - MAX_FINDINGS;
  return [
    ...blocking.slice(0, MAX_FINDINGS).map(({ image, finding }) => ({
      level,
      title: text(
        `${clip(finding.finding.vulnerabilityId, 80)} blocks${several ? ` ${shortName(image)}` : ' this image'}`,
        MAX_TITLE,
      ),
      message: text(findingLine(finding, report.judgedAt), MAX_MESSAGE),
      ...placeOf(finding.finding, dockerfile),
    })),
    ...(rest > 0
      ? [
          {
            level,
            title: plural(rest, 'more blocking finding'),
            message: `${plural(rest, 'more finding')} ${rest === 1 ? 'blocks' : 'block'}. See the job summary.`,
          },
        ]
      : []),
  ];
}

/** One warning for all exceptions that end soon. */
function endingAnnotations(report: ImagesResult): Annotation[] {
  const ending = endingSoon(report);
  if (ending.length === 0) return [];
  const shown = ending.slice(0, MAX_ENDING).map(({ exception, ends }) => {
    const [id = ''] = exception.ids;
    const more = exception.ids.length > 1 ? ` and ${exception.ids.length - 1} more` : '';
    return `${clip(id, 80)}${more} (${clip(exception.source, 100)}): ${untilWords(ends, report.judgedAt)}`;
  });
  const left = ending.length - shown.length;
  const rest = left > 0 ? `; and ${left} more` : '';
  return [
    {
      level: 'warning',
      title: `${plural(ending.length, 'exception')} ${ending.length === 1 ? 'ends' : 'end'} within 14 days`,
      message: text(`${shown.join('; ')}${rest}. ${countAgain(ending.length)}`, MAX_MESSAGE),
    },
  ];
}

/** The line that all packages of the finding come from; nothing if they come from several. */
function placeOf(
  { packages }: Finding,
  dockerfile: Dockerfile | undefined,
): Pick<Annotation, 'file' | 'startLine'> {
  if (dockerfile === undefined) return {};
  const [first, ...others] = new Set(packages.map((found) => lineOfPackage(dockerfile, found)?.line));
  return first === undefined || others.length > 0 ? {} : { file: dockerfile.path, startLine: first };
}

/** An error and what to do, at its place. */
export function errorAnnotation(error: GateError, title: string, level: Annotation['level']): Annotation {
  const message = error.nextStep === undefined ? error.message : sentences(error.message, error.nextStep);
  const { location } = error;
  return {
    level,
    title: text(title, MAX_TITLE),
    message: text(message, MAX_MESSAGE),
    ...(location === undefined ? {} : { file: text(location.file, MAX_PATH), startLine: location.line }),
  };
}

function text(raw: string, max: number): string {
  return line(clip(raw, max));
}
