/** The annotations of a run: every error, why images are blocked, and exceptions that end soon. */

import type { GateError } from '../../errors.ts';
import type { Finding } from '../../results/finding.ts';
import { NOT_JUDGED } from '../../results/modes/gate.ts';
import type { ImageReport, ImagesResult } from '../../results/modes/images.ts';
import { NOT_REACHED } from '../../results/modes/verify.ts';
import type { JudgedFinding } from '../../results/verdict.ts';
import { clip, sentences } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { plural } from '../kit/words.ts';
import type { Annotation } from '../report.ts';
import { type Dockerfile, lineOfPackage } from './dockerfile.ts';
import { countAgain, endingSoon } from './exceptions.ts';
import { findingLine } from './log.ts';
import {
  judgedWith,
  limitsExceededBy,
  shortName,
  toleratedWords,
  untilWords,
  verdictWords,
} from './words.ts';

// GitHub shows no more than ten annotations of a level for a step.
const MAX_OF_LEVEL = 10;
const MAX_ENDING = 10;
const MAX_TITLE = 200;
const MAX_MESSAGE = 2_000;
// The longest path that Linux has.
const MAX_PATH = 4_096;

/** Why the run did not pass, before it is put into words. */
type Problem =
  | { readonly kind: 'error'; readonly error: GateError; readonly title: string }
  | { readonly kind: 'limits'; readonly image: ImageReport; readonly words: readonly string[] }
  | { readonly kind: 'finding'; readonly image: ImageReport; readonly finding: JudgedFinding };

/**
 * The errors, the limits that are exceeded and the findings that block, as many as GitHub shows, with the number of the others;
 * and the exceptions that end within 14 days. Safe to print as they are.
 * @param dockerfile the image's Dockerfile in the checkout, for findings whose line is known
 */
export function annotations(report: ImagesResult, dockerfile?: Dockerfile): Annotation[] {
  const level = levelOf(report);
  const tolerated = toleratedAnnotations(report);
  const ending = endingAnnotations(report);
  const room = MAX_OF_LEVEL - [...tolerated, ...ending].filter((one) => one.level === level).length;
  const problems = problemsIn(report);
  const shown = problems.length > room ? problems.slice(0, room - 1) : problems;
  const rest = problems.slice(shown.length);
  return [
    ...tolerated,
    ...shown.map((problem) => problemAnnotation(problem, report, dockerfile)),
    ...(rest.length > 0 ? [restAnnotation(rest, level)] : []),
    ...ending,
  ];
}

/** The errors first, then the limits, then the findings. */
function problemsIn({ error, images }: ImagesResult): Problem[] {
  const ofRun: Problem[] =
    error === undefined ? [] : [{ kind: 'error', error, title: 'ECR Deployment Gate' }];
  const errors = images.flatMap((image): Problem[] =>
    image.outcome.kind === 'error' && !(error !== undefined && isNotReached(image.outcome.error))
      ? [
          {
            kind: 'error',
            error: image.outcome.error,
            title: `${verdictWords(image)}: ${shortName(image)}`,
          },
        ]
      : [],
  );
  const limits = images.flatMap((image): Problem[] => {
    const words = limitsExceededBy(image);
    return words.length === 0 ? [] : [{ kind: 'limits', image, words }];
  });
  const findings = images.flatMap((image) =>
    judgedWith(image, 'block').map((finding): Problem => ({ kind: 'finding', image, finding })),
  );
  return [...ofRun, ...errors, ...limits, ...findings];
}

/** Whether an image has no verdict only because the run ended: the error of the run says why. */
function isNotReached({ code, message }: GateError): boolean {
  return code === 'not-proven' && [NOT_JUDGED, NOT_REACHED].includes(message);
}

function problemAnnotation(
  problem: Problem,
  report: ImagesResult,
  dockerfile: Dockerfile | undefined,
): Annotation {
  const level = levelOf(report);
  const named = (image: ImageReport) => (report.images.length > 1 ? ` ${shortName(image)}` : ' this image');
  switch (problem.kind) {
    case 'error':
      return errorAnnotation(problem.error, problem.title, level);
    case 'limits':
      return {
        level,
        title: text(
          `${problem.words.length === 1 ? 'A limit of the policy blocks' : 'Limits of the policy block'}${named(problem.image)}`,
          MAX_TITLE,
        ),
        message: text(`${problem.words.join('; ')}.`, MAX_MESSAGE),
      };
    case 'finding': {
      const { finding } = problem.finding;
      return {
        level,
        title: text(`${clip(finding.vulnerabilityId, 80)} blocks${named(problem.image)}`, MAX_TITLE),
        message: text(findingLine(problem.finding, report.judgedAt), MAX_MESSAGE),
        ...placeOf(finding, dockerfile),
      };
    }
  }
}

/** The number of the problems that have no annotation of their own. */
function restAnnotation(rest: readonly Problem[], level: Annotation['level']): Annotation {
  const areFindings = rest.every(({ kind }) => kind === 'finding');
  return areFindings
    ? {
        level,
        title: plural(rest.length, 'more blocking finding'),
        message: `${plural(rest.length, 'more finding')} ${rest.length === 1 ? 'blocks' : 'block'}. See the job summary.`,
      }
    : {
        level,
        title: plural(rest.length, 'more problem'),
        message: `There ${rest.length === 1 ? 'is' : 'are'} ${plural(rest.length, 'more problem')}. See the job summary.`,
      };
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
