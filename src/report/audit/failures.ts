/** The failed checks of an audit, grouped for reading. */
import type { CheckText } from '../../audit/check.ts';
import type { Result } from '../../audit/result.ts';
import { bySeverity, isAtLeast, type Severity } from '../../audit/severity.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { compareTexts } from '../../text.ts';

/** All failed results of a check. */
export interface FailureGroup {
  readonly check: string;
  /** Undefined for a check that is not in the table of checks. */
  readonly text: CheckText | undefined;
  /** The worst of its results. */
  readonly severity: Severity;
  readonly isBlocking: boolean;
  /** The blocking ones first, then the worst, then the new ones. */
  readonly results: readonly Result[];
}

/** Whether a failure makes the audit block. */
export function blocks(
  { status, severity, couldBe, new: isNew }: Result,
  { settings, expectations }: Pick<AuditRunResult, 'settings' | 'expectations'>,
): boolean {
  if (status !== 'fail' || settings === undefined) return false;
  if (isNew !== false && isAtLeast(severity, settings.failOn)) return true;
  return expectations.unknown === 'block' && couldBe !== undefined && isAtLeast(couldBe, settings.failOn);
}

/** Every check with failed results: those that block first, then the worst. */
export function failureGroups(run: AuditRunResult): readonly FailureGroup[] {
  const failed = (run.audit?.results ?? []).filter(({ status }) => status === 'fail');
  const texts = new Map(run.checks.map((text) => [text.id, text]));
  const place = new Map(run.checks.map(({ id }, at) => [id, at]));
  const rank = (result: Result) =>
    (blocks(result, run) ? 0 : 8) +
    ['critical', 'high', 'medium', 'low'].indexOf(result.severity) * 2 +
    (result.new === true ? 0 : 1);
  return [...Map.groupBy(failed, ({ check }) => check)]
    .map(([check, group]): FailureGroup => {
      const results = group.toSorted((a, b) => rank(a) - rank(b) || compareTexts(a.resource, b.resource));
      const severity = results.map((result) => result.severity).sort(bySeverity)[0] ?? 'low';
      const isBlocking = results.some((result) => blocks(result, run));
      return { check, text: texts.get(check), severity, isBlocking, results };
    })
    .sort(
      (a, b) =>
        Number(b.isBlocking) - Number(a.isBlocking) ||
        bySeverity(a.severity, b.severity) ||
        (place.get(a.check) ?? place.size) - (place.get(b.check) ?? place.size),
    );
}
