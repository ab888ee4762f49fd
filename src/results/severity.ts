/** Severities in Amazon Inspector's order, and thresholds over them. */

/** The ranked severities, worst first. UNTRIAGED has no rank: the vendor has not assigned a severity yet. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'] as const;

export type Severity = (typeof SEVERITIES)[number];

export const UNTRIAGED = 'UNTRIAGED';

/** The lowest severity that has an effect. `none`: no severity has it. */
export type Threshold = Lowercase<Severity> | 'none';

export const THRESHOLDS: readonly Threshold[] = [
  'critical',
  'high',
  'medium',
  'low',
  'informational',
  'none',
];

/** The rank of a severity, 0 for the worst. Undefined for UNTRIAGED and for unknown severities. */
export function rankOf(severity: string): number | undefined {
  const rank = (SEVERITIES as readonly string[]).indexOf(severity);
  return rank === -1 ? undefined : rank;
}

/** Whether a ranked severity is at or above a threshold. */
export function reaches(rank: number, threshold: Threshold): boolean {
  return threshold !== 'none' && rank <= THRESHOLDS.indexOf(threshold);
}

/** The name of a severity in lower case. Undefined for one that is not in Inspector's list. */
export function severityWord(severity: string): string | undefined {
  return severity === UNTRIAGED || rankOf(severity) !== undefined ? severity.toLowerCase() : undefined;
}
