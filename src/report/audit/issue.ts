/** The issue that an audit keeps up to date: the problems, and a link to everything else. */
import type { CommentPlace } from '../../results/comment.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { code, prose, table } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { type FailureGroup, failureGroups } from './failures.ts';
import { worst } from './failures-section.ts';
import { mark } from './page.ts';
import { errorBlocks, heading } from './summary.ts';
import { undecided, unknownSentences } from './unknown.ts';
import { Names } from './words.ts';

const MAX_RESOURCES = 5;

/**
 * Renders the text of the issue. A section that does not fit is left out. The summary of the run contains all sections.
 * @param limitBytes the most bytes the text may have
 */
export function renderIssue(run: AuditRunResult, { url }: CommentPlace, limitBytes: number): string {
  const names = new Names(run);
  const groups = failureGroups(run);
  const where =
    url === undefined ? 'the summary of the run' : `<a href="${html(url)}">the summary of the run</a>`;
  const foot = `<p>Fixes, the access map and everything else are in ${where}. Each run replaces this text.</p>`;
  const sections: readonly (readonly string[])[] = [
    errorBlocks(run),
    worst(groups, names),
    problems(groups, names),
    open(run),
  ];
  const body = [heading(run)];
  for (const section of sections) {
    if (Buffer.byteLength([...body, ...section, foot].join('\n\n')) <= limitBytes) body.push(...section);
  }
  return [...body, foot].join('\n\n');
}

function problems(groups: readonly FailureGroup[], names: Names): readonly string[] {
  if (groups.length === 0) return [];
  const rows = groups.map(({ check, severity, text, results }) => {
    const shown = results
      .slice(0, MAX_RESOURCES)
      .map(
        ({ resource, new: isNew }) => `${code(names.resource(resource), 120)}${isNew === true ? ' 🆕' : ''}`,
      );
    const left = results.length - shown.length;
    return [
      mark(severity),
      `${code(check, 80)}${text === undefined ? '' : `<br>${prose(text.title)}`}`,
      `${shown.join('<br>')}${left > 0 ? `<br>and ${left} more` : ''}`,
    ];
  });
  return ['<h3>Failed checks</h3>', table(['', 'Check', 'Resources'], rows)];
}

function open({ audit }: AuditRunResult): readonly string[] {
  if (audit === undefined) return [];
  const sentences = unknownSentences(undecided(audit), (actions) =>
    actions.map((action) => code(action, 120)).join(' '),
  );
  return sentences === undefined ? [] : [`<p>❔ ${sentences}</p>`];
}
