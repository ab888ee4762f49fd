/** The outputs of the audit action. */
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { allows } from '../../results/modes/envelope.ts';
import type { Outputs } from '../kit/outputs.ts';
import type { ReportFiles } from '../report.ts';

/** Every output. Without a result, no number is set. */
export function auditOutputs({ verdict, audit }: AuditRunResult, files: ReportFiles): Outputs<'audit'> {
  const count = (name: 'critical' | 'high' | 'medium' | 'low' | 'unknown') => `${audit?.counts[name] ?? ''}`;
  return {
    verdict,
    passed: `${allows(verdict)}`,
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    unknown: count('unknown'),
    report: files.report ?? '',
    sarif: files.sarif ?? '',
    'access-map': files.accessMap ?? '',
    graph: files.graph ?? '',
  };
}
