/** The verdict of an audit in one line, without its mark. */
import { SEVERITIES } from '../../audit/severity.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { enumerate, plural } from '../kit/words.ts';
import { many, severityWords } from './words.ts';

/** `Blocked: 2 critical and 5 high problems and 3 unknown results in 12 repositories`. */
export function headline({ verdict, error, audit }: AuditRunResult): string {
  if (verdict === 'error' || audit === undefined) {
    return `No verdict: ${error?.message ?? 'nothing was audited'}`;
  }
  const { counts, registries, results } = audit;
  const repositories = registries.reduce((sum, { repositories: names }) => sum + names.length, 0);
  const failed = SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
  const newOnes = results.filter((result) => result.status === 'fail' && result.new === true).length;
  const isCompared = results.some((result) => result.new !== undefined);
  const parts = [
    ...(failed > 0
      ? [
          `${severityWords(counts)} ${failed === 1 ? 'problem' : 'problems'}${isCompared ? ` (${newOnes} new)` : ''}`,
        ]
      : []),
    ...(counts.unknown > 0
      ? [`${counts.unknown} unknown ${counts.unknown === 1 ? 'result' : 'results'}`]
      : []),
  ];
  const where = `in ${many(repositories, 'repository')}`;
  if (verdict === 'pass') return `Passed: ${plural(counts.passed, 'check')} ${where}, no problem`;
  return `${verdict === 'block' ? 'Blocked' : 'Passed with warnings'}: ${enumerate(parts)} ${where}`;
}
