/** An audit as lines of the log, for whoever reads it there first. */
import type { WhoCanAnswer } from '../../audit/result.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { clip } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { MARKS } from '../kit/words.ts';
import { failureGroups } from './failures.ts';
import { headline } from './headline.ts';
import { permissionsOf, undecided } from './unknown.ts';
import { beginning, many, Names } from './words.ts';

const MAX_GROUPS = 40;
const MAX_RESOURCES = 3;
const MAX_ROWS = 500;
const MAX_LINE = 2_000;
const MAX_SHORT = 300;

/** Lines that are safe to print as they are. */
export function logLines(run: AuditRunResult): string[] {
  const names = new Names(run);
  return [
    `${MARKS[run.verdict]} ECR audit: ${headline(run)}`,
    ...(run.error?.nextStep === undefined ? [] : [`  What to do: ${run.error.nextStep}`]),
    ...run.notices.slice(0, 20).map((notice) => `  Note: ${notice}`),
    ...failureLines(run, names),
    ...unknownLines(run),
    ...run.answers.flatMap((answer) => answerLines(answer, names)),
  ].map((text) => line(clip(text, MAX_LINE)));
}

function failureLines(run: AuditRunResult, names: Names): readonly string[] {
  const groups = failureGroups(run);
  const shown = groups.slice(0, MAX_GROUPS).flatMap(({ check, severity, isBlocking, results }) => {
    const left = results.length - MAX_RESOURCES;
    return [
      `${isBlocking ? MARKS.block : MARKS.warn} ${severity} ${check}: ${many(results.length, 'resource')}`,
      ...results
        .slice(0, MAX_RESOURCES)
        .map(
          ({ resource, message, new: isNew }) =>
            `  - ${names.resource(resource)}${isNew === true ? ' (new)' : ''}: ${beginning(message, MAX_SHORT)}`,
        ),
      ...(left > 0 ? [`  - ${left} more: see the job summary`] : []),
    ];
  });
  const left = groups.length - MAX_GROUPS;
  return [...shown, ...(left > 0 ? [`${left} more failed checks: see the job summary.`] : [])];
}

function unknownLines({ audit }: AuditRunResult): readonly string[] {
  if (audit === undefined) return [];
  const { groups, total } = undecided(audit);
  if (total === 0) return [];
  const permissions = permissionsOf(groups.flatMap(({ missing }) => missing));
  const needed =
    permissions === undefined
      ? ''
      : ` These permissions would decide some of them: ${permissions.Action.join(', ')}.`;
  return [`❔ ${total} ${total === 1 ? 'result is' : 'results are'} unknown.${needed}`];
}

/** The answer to a question as a table. */
function answerLines(
  { question, repositories, rows, incomplete }: WhoCanAnswer,
  names: Names,
): readonly string[] {
  const head = `Who can ${question}?`;
  const notes = incomplete.map((text) => `  Not complete: ${text}`);
  if (repositories.length === 0) return [head, ...notes, '  No audited repository has such a name.'];
  if (rows.length === 0)
    return [head, ...notes, incomplete.length > 0 ? '  Nobody that is known.' : '  Nobody.'];
  const cells = rows
    .slice(0, MAX_ROWS)
    .map(({ repository, principal, verdict, conditions, unknown, because }) => [
      clip(names.resource(repository), 60),
      clip(names.principal(principal), 80),
      verdict,
      clip([...conditions, ...unknown].join('; '), 160),
      clip(
        because
          .map(({ effect, source, policy, sid }) => `${effect} by ${source} ${policy} ${sid}`)
          .join('; '),
        200,
      ),
    ]);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const left = rows.length - cells.length;
  return [
    head,
    ...notes,
    ...cells.map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}`,
    ),
    ...(left > 0 ? [`  ${left} more in report.json.`] : []),
  ];
}
