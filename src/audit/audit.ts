/** One function from facts to everything that an audit says. */
import type { Expectations } from './expectations.ts';
import type { AuditFacts } from './facts.ts';
import type { AuditOptions, AuditResult } from './result.ts';

/** Judges what was read by what is expected. It is pure, and takes no other time than that of the facts. */
export function audit(facts: AuditFacts, expectations: Expectations, options: AuditOptions): AuditResult {
  throw new Error(`not written yet: ${facts.now.getTime()} ${expectations.unknown} ${options.failOn}`);
}
