/** The one order in which findings are listed: worst first. */
import { compareTexts } from '../text.ts';
import type { Finding } from './finding.ts';
import { rankOf, SEVERITIES, UNTRIAGED } from './severity.ts';
import type { Effect } from './verdict.ts';

const EFFECTS: readonly Effect[] = ['block', 'warn', 'allow'];

/** Orders by effect: what blocks comes first. */
export function byEffect(a: { readonly effect: Effect }, b: { readonly effect: Effect }): number {
  return EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect);
}

/**
 * Where a severity stands in the order, 0 for CRITICAL. Unknown severities come first, because they block; UNTRIAGED
 * comes after the ranked ones.
 */
export function severityOrder(severity: string): number {
  return severity === UNTRIAGED ? SEVERITIES.length : (rankOf(severity) ?? -1);
}

/** Orders by severity, then by score, then by the id of the vulnerability. */
export function bySeverity(a: Finding, b: Finding): number {
  return (
    severityOrder(a.severity) - severityOrder(b.severity) ||
    scoreOf(b) - scoreOf(a) ||
    compareTexts(a.vulnerabilityId, b.vulnerabilityId)
  );
}

/** The score for comparison. A score that is not a number is below all others, so that the order is defined. */
function scoreOf({ score }: Finding): number {
  return Number.isFinite(score) ? (score ?? -1) : -1;
}
