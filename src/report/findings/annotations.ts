/** What the run shows next to the job: the worst findings and every error, one annotation each. */

import type { GateError } from '../../errors.ts';
import type { Finding } from '../../results/finding.ts';
import type { ImagesResult } from '../../results/modes/images.ts';
import { clip } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { plural } from '../kit/words.ts';
import type { Annotation } from '../report.ts';
import { type Dockerfile, lineOfPackage } from './dockerfile.ts';
import { findingLine } from './log.ts';
import { judgedWith, shortName } from './words.ts';

// GitHub shows no more than ten of a level for a step.
const MAX_FINDINGS = 10;
const MAX_TITLE = 200;
const MAX_MESSAGE = 2_000;
// The longest path that Linux has.
const MAX_PATH = 4_096;

/**
 * The errors first, then at most ten blocking findings and the number of the rest. Safe to print as they are.
 * @param dockerfile the image's Dockerfile in the checkout, for findings to point at where their line is known
 */
export function annotations(report: ImagesResult, dockerfile?: Dockerfile): Annotation[] {
  // A block that is not enforced leaves the step green, and red marks would say otherwise.
  const level: Annotation['level'] = report.verdict === 'block' && !report.enforced ? 'warning' : 'error';
  const several = report.images.length > 1;
  const blocking = report.images.flatMap((image) =>
    judgedWith(image, 'block').map((finding) => ({ image, finding })),
  );
  const rest = blocking.length - MAX_FINDINGS;
  return [
    ...(report.error === undefined ? [] : [errorAnnotation(report.error, 'ECR Deployment Gate')]),
    ...report.images.flatMap((image) =>
      image.outcome.kind === 'error'
        ? [errorAnnotation(image.outcome.error, `No verdict for ${shortName(image)}`)]
        : [],
    ),
    ...blocking.slice(0, MAX_FINDINGS).map(({ image, finding }) => ({
      level,
      title: text(
        `${clip(finding.finding.vulnerabilityId, 80)} blocks${several ? ` ${shortName(image)}` : ' this image'}`,
        MAX_TITLE,
      ),
      message: text(findingLine(finding), MAX_MESSAGE),
      ...placeOf(finding.finding, dockerfile),
    })),
    ...(rest > 0
      ? [
          {
            level,
            title: plural(rest, 'more blocking finding'),
            message: `${plural(rest, 'more finding')} ${rest === 1 ? 'blocks' : 'block'}: see the job summary.`,
          },
        ]
      : []),
  ];
}

/** The line that all packages of the finding come from; nothing where they come from several. */
function placeOf(
  { packages }: Finding,
  dockerfile: Dockerfile | undefined,
): Pick<Annotation, 'file' | 'startLine'> {
  if (dockerfile === undefined) return {};
  const [first, ...others] = new Set(packages.map((found) => lineOfPackage(dockerfile, found)?.line));
  return first === undefined || others.length > 0 ? {} : { file: dockerfile.path, startLine: first };
}

function errorAnnotation(error: GateError, title: string): Annotation {
  const message = error.nextStep === undefined ? error.message : `${error.message} ${error.nextStep}`;
  const { location } = error;
  return {
    level: 'error',
    title: text(title, MAX_TITLE),
    message: text(message, MAX_MESSAGE),
    ...(location === undefined ? {} : { file: text(location.file, MAX_PATH), startLine: location.line }),
  };
}

function text(raw: string, max: number): string {
  return line(clip(raw, max));
}
