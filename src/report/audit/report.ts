/** An audit's result in every form in which it is published. */

import type { AuditRunResult } from '../../results/modes/audit.ts';
import { allows } from '../../results/modes/envelope.ts';
import type { FileToWrite, Report } from '../report.ts';
import { annotations } from './annotations.ts';
import { accessCsv, resultsCsv } from './csv.ts';
import { dot, graphOf } from './graph.ts';
import { renderIssue } from './issue.ts';
import { reportFile } from './json.ts';
import { logLines } from './log.ts';
import { auditOutputs } from './outputs.ts';
import { sarifFile } from './sarif.ts';
import { auditSummary, bareSummary } from './summary.ts';
import { Names } from './words.ts';

export function auditReport(run: AuditRunResult): Report {
  return {
    log: () => logLines(run),
    annotations: () => annotations(run),
    summary: (limitBytes) => auditSummary(run, limitBytes),
    bareSummary: () => bareSummary(run),
    files: () => [reportFile(run), sarifFile(run), ...tables(run)],
    outputs: (files) => auditOutputs(run, files),
    comment: {
      isFailing: !allows(run.verdict),
      render: (place, limitBytes) => renderIssue(run, place, limitBytes),
    },
    errors: () => (run.error === undefined ? [] : [run.error]),
  };
}

/** If this run does not write a file, the file of an earlier run is removed. */
function tables(run: AuditRunResult): readonly FileToWrite[] {
  const { audit } = run;
  const file = (
    kind: FileToWrite['kind'],
    name: string,
    render: () => Iterable<string> | undefined,
  ): FileToWrite => ({
    kind,
    name,
    what: name,
    render: () => {
      const text = render();
      return text && { text, omissions: [] };
    },
  });
  const mapped = run.settings?.access === true ? audit : undefined;
  return [
    file('results', 'results.csv', () => audit && resultsCsv(audit)),
    file('access-map', 'access.csv', () => mapped && accessCsv(mapped)),
    file('graph', 'access.dot', () => mapped && dot(graphOf(mapped, new Names(run)))),
  ];
}
