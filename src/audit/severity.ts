/** The severity of a failed check. */

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Negative where the first is worse, so that sorting puts the worst first. */
export function bySeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** The worst of several; undefined if there are none. */
export function worst(severities: readonly Severity[]): Severity | undefined {
  return SEVERITIES.find((severity) => severities.includes(severity));
}

/** Whether a severity is at or above a threshold. No severity is at or above `none`. */
export function isAtLeast(severity: Severity, threshold: Severity | 'none'): boolean {
  return threshold !== 'none' && bySeverity(severity, threshold) <= 0;
}
