/** The annotations of an audit: its error, and the problems that block. */
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { clip, sentences } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { plural } from '../kit/words.ts';
import type { Annotation } from '../report.ts';
import { failureGroups } from './failures.ts';
import { beginning, many, Names } from './words.ts';

/** GitHub shows no more than ten of a level for a step. */
const MAX_SHOWN = 9;
const MAX_TITLE = 200;
const MAX_MESSAGE = 2_000;

/** The error first, then one annotation for each check that blocks. Safe to print as they are. */
export function annotations(run: AuditRunResult): Annotation[] {
  const { error, verdict, enforced } = run;
  // If a block is not enforced, the step succeeds, and errors would contradict that.
  const level: Annotation['level'] = verdict === 'block' && !enforced ? 'warning' : 'error';
  const names = new Names(run);
  const blocking = failureGroups(run).filter(({ isBlocking }) => isBlocking);
  const rest = blocking.length - MAX_SHOWN;
  return [
    ...(error === undefined
      ? []
      : [
          {
            level: 'error' as const,
            title: 'ECR audit',
            message: text(
              error.nextStep === undefined ? error.message : sentences(error.message, error.nextStep),
              MAX_MESSAGE,
            ),
          },
        ]),
    ...blocking.slice(0, MAX_SHOWN).map(({ check, severity, results }) => {
      const [first, ...others] = results;
      const elsewhere =
        others.length === 0 ? '' : ` The same applies to ${many(others.length, 'more resource')}.`;
      return {
        level,
        title: text(`${check} (${severity}): ${names.resource(first?.resource ?? '')}`, MAX_TITLE),
        message: text(`${beginning(first?.message ?? '', 600)}${elsewhere}`, MAX_MESSAGE),
      };
    }),
    ...(rest > 0
      ? [
          {
            level,
            title: plural(rest, 'more failed check'),
            message: `${plural(rest, 'more failed check')} ${rest === 1 ? 'blocks' : 'block'}: see the job summary.`,
          },
        ]
      : []),
  ];
}

function text(value: string, max: number): string {
  return line(clip(value, max));
}
