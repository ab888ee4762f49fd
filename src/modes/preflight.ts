/** Checks before the wait: what can be known at the start is checked at the start, and reported together. */
import type { Deadline } from '../deadline.ts';
import { allOrFailures } from '../errors.ts';

/** A check and its name in words for a person, such as "Signing key". It fails by rejecting with a GateError. */
export type Check = readonly [name: string, check: () => Promise<unknown>];

/**
 * Runs all checks at the same time. Once one has failed, the others have five more seconds, so that a check that hangs
 * does not hide a failure.
 * @throws GateError the failure, or one error that lists all failures with what to do about each
 */
export async function preflight(checks: readonly Check[], deadline: Pick<Deadline, 'sleep'>): Promise<void> {
  await allOrFailures(
    checks.map(([name, check]) => [name, check()] as const),
    (ms) => deadline.sleep(ms),
  );
}
