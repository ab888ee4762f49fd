/** Checks before the wait: what can be known at the start is checked at the start, and reported together. */
import type { Deadline } from '../deadline.ts';
import { combineFailures, type NamedFailure, toGateError } from '../errors.ts';

/** A check and its name in words for a person, such as "Signing key". It fails by rejecting. */
export type Check = readonly [name: string, check: () => Promise<unknown>];

/** How long the other checks may take after one has failed. */
const GRACE_MS = 5_000;

/**
 * Runs all checks at the same time. Once one has failed, the others have five more seconds, so that a check that hangs
 * does not hide a failure.
 * @throws GateError the failure, or one error that lists all failures with what to do about each
 */
export async function preflight(checks: readonly Check[], deadline: Pick<Deadline, 'sleep'>): Promise<void> {
  const failures: (NamedFailure | undefined)[] = [];
  const failed = Promise.withResolvers<void>();
  const finished = Promise.all(
    checks.map(async ([name, check], index) => {
      try {
        await check();
      } catch (error) {
        failures[index] = { name, error: toGateError(error) };
        failed.resolve();
      }
    }),
  );
  await Promise.race([finished, failed.promise.then(() => deadline.sleep(GRACE_MS))]);
  const [first, ...others] = failures.filter((failure) => failure !== undefined);
  if (first !== undefined) throw combineFailures([first, ...others]);
}
