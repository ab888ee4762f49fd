/** Severities in Amazon Inspector's order, and thresholds over them. */

/** The ranked severities, worst first. UNTRIAGED has no rank: its vendor has not judged it yet. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const;

export type Severity = (typeof SEVERITIES)[number];

export const UNTRIAGED = 'UNTRIAGED';

/** The lowest severity that has an effect; `none`: no severity has it. */
export type Threshold = Lowercase<Severity> | 'none';

export const THRESHOLDS: readonly Threshold[] = [
  'critical',
  'high',
  'medium',
  'low',
  'informational',
  'none',
];

/** The rank of a severity, 0 the worst; undefined for UNTRIAGED and for what nobody knows. */
export function rankOf(severity: string): number | undefined {
  const rank = (SEVERITIES as readonly string[]).indexOf(severity);
  return rank === -1 ? undefined : rank;
}

/** Whether a ranked severity is at or above a threshold. */
export function reaches(rank: number, threshold: Threshold): boolean {
  return threshold !== 'none' && rank <= THRESHOLDS.indexOf(threshold);
}

/** The ordinary name of a severity, `undefined` for one that is not in the service's list. */
export function severityWord(severity: string): string | undefined {
  return severity === UNTRIAGED || rankOf(severity) !== undefined ? severity.toLowerCase() : undefined;
}
