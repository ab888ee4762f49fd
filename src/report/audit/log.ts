/** An audit as lines of the log. */
import type { WhoCanAnswer } from '../../audit/result.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { clip } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { MARKS } from '../kit/words.ts';
import { becauseWords, ifWords } from './access.ts';
import { failureGroups } from './failures.ts';
import { headline } from './headline.ts';
import { undecided, unknownSentences } from './unknown.ts';
import { beginning, many, Names } from './words.ts';

const MAX_GROUPS = 40;
const MAX_RESOURCES = 3;
const MAX_UNKNOWN = 10;
const MAX_ROWS = 500;
const MAX_LINE = 2_000;
const MAX_SHORT = 300;

/** Lines that are safe to print as they are. */
export function logLines(run: AuditRunResult): string[] {
  const names = new Names(run);
  return [
    marked(MARKS[run.verdict], `ECR audit: ${headline(run)}`),
    ...[
      ...(run.error?.nextStep === undefined ? [] : [`  What to do: ${run.error.nextStep}`]),
      ...run.notices.slice(0, 20).map((notice) => `  Note: ${notice}`),
    ].map(safe),
    ...failureLines(run, names),
    ...unknownLines(run, names),
    ...run.answers.flatMap((answer) => answerLines(answer, names)).map(safe),
  ];
}

function safe(text: string): string {
  return line(clip(text, MAX_LINE));
}

/** A mark of the report before external text. */
function marked(mark: string, text: string): string {
  return `${mark} ${safe(text)}`;
}

/** The failed checks that block, with some of their resources, and the others in one line each. */
function failureLines(run: AuditRunResult, names: Names): readonly string[] {
  const groups = failureGroups(run);
  const shown = groups.slice(0, MAX_GROUPS).flatMap(({ check, severity, isBlocking, results }) => {
    const head = `${severity} ${check}: ${many(results.length, 'resource')}`;
    if (!isBlocking) return [marked(MARKS.warn, head)];
    const left = results.length - MAX_RESOURCES;
    return [
      marked(MARKS.block, head),
      ...results
        .slice(0, MAX_RESOURCES)
        .map(({ resource, message, new: isNew }) =>
          safe(
            `  - ${names.resource(resource)}${isNew === true ? ' (new)' : ''}: ${beginning(message, MAX_SHORT)}`,
          ),
        ),
      ...(left > 0 ? [`  - ${left} more: see the job summary`] : []),
    ];
  });
  const left = groups.length - MAX_GROUPS;
  return [...shown, ...(left > 0 ? [`${left} more failed checks: see the job summary.`] : [])];
}

/** What is unknown and why, those that could be the worst first. */
function unknownLines({ audit }: AuditRunResult, names: Names): readonly string[] {
  if (audit === undefined) return [];
  const found = undecided(audit);
  const sentences = unknownSentences(found, (actions) => actions.join(', '));
  if (sentences === undefined) return [];
  const left = found.groups.length - MAX_UNKNOWN;
  return [
    marked('❔', sentences),
    ...found.groups.slice(0, MAX_UNKNOWN).map(({ check, severity, message, resources }) => {
      const [first = ''] = resources;
      const where = resources.length === 1 ? names.resource(first) : many(resources.length, 'resource');
      return safe(`  - ${check} (could be ${severity}), ${where}: ${beginning(message, MAX_SHORT)}`);
    }),
    ...(left > 0 ? [`  - ${left} more: see the job summary`] : []),
  ];
}

/** The answer to a question as a table. */
function answerLines(
  { question, repositories, rows, incomplete }: WhoCanAnswer,
  names: Names,
): readonly string[] {
  const head = `Who can ${question}?`;
  const notes = incomplete.map((text) => `  Not complete: ${text}`);
  if (repositories.length === 0) return [head, ...notes, '  No audited repository matches.'];
  if (rows.length === 0)
    return [head, ...notes, incomplete.length > 0 ? '  No known principal.' : '  No principal.'];
  const cells = rows
    .slice(0, MAX_ROWS)
    .map((row) => [
      clip(names.resource(row.repository), 60),
      clip(names.principal(row.principal, row.kind), 80),
      row.verdict,
      clip(ifWords(row).join('; '), 160),
      clip(row.because.map(becauseWords).join('; '), 200),
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
