/** Has cosign sign and attest, and reads back the bundles that it attached. */
import type { Registry } from '../../results/registry.ts';
import { retry } from '../retry.ts';
import type { Statement } from '../statements/statement.ts';
import { downloadArguments } from './arguments.ts';
import { MOST_ATTESTATIONS_BYTES } from './check.ts';
import type { Failure } from './failures.ts';
import { verifiedBundle } from './output.ts';
import { type CosignSession, call, callTime, failureOf, stopIfOver } from './session.ts';

const ATTEMPTS_WITH_KEY = 4;
// The public Sigstore services can be unavailable for minutes, and cosign itself tries only twice.
const KEYLESS_MS = 10 * 60_000;

/**
 * Calls cosign to sign or attest. A temporary failure is tried again: four times with a key, for ten minutes where Fulcio
 * and Rekor are needed, and never past the deadline.
 * @param args is called for each attempt, since the time that a call may take changes
 * @param doing what is being done, for a message: `signing IMAGE`
 * @returns why it failed; undefined if it succeeded
 * @throws GateError `timeout` or `cancelled` if the run has ended
 */
export async function create(
  session: CosignSession,
  args: () => string[],
  registry: Registry,
  doing: string,
): Promise<Failure | undefined> {
  const { deadline } = session.ports;
  const isKeyless = session.key === 'keyless';
  const startedMs = deadline.elapsedMs();
  const attempts = isKeyless ? Number.POSITIVE_INFINITY : ATTEMPTS_WITH_KEY;
  let made = 0;
  return retry(
    async () => {
      made += 1;
      const result = await call(session, args(), registry);
      if (result.exitCode === 0) return { value: undefined, again: false };
      stopIfOver(deadline, doing);
      const failure = failureOf(result);
      const again = isKeyless
        ? (failure.transient || result.timedOut) && deadline.elapsedMs() - startedMs < KEYLESS_MS
        : failure.transient;
      if (again && made < attempts) session.ports.log(`Trying again: ${failure.message}`);
      return { value: failure, again };
    },
    { deadline, attempts },
  );
}

/**
 * Downloads the bundle that was attached and verified, so that it can be written to the report directory. No verdict
 * depends on it: where it cannot be downloaded, the log says so.
 * @param verified what cosign printed when it verified the bundle
 */
export async function attachedBundle(
  session: CosignSession,
  { image, type, registry }: { image: string; type: string; registry: Registry },
  verified: string,
  isWanted: (statement: Statement) => boolean,
): Promise<string | undefined> {
  const { ports } = session;
  const args = downloadArguments(image, type, callTime(ports.deadline));
  const result = await call(session, args, registry, { mostOutput: MOST_ATTESTATIONS_BYTES });
  const bundle = verifiedBundle(result.stdout, verified, isWanted);
  if (bundle === undefined) ports.log(`The bundle (${type}) of ${image} could not be downloaded.`);
  return bundle;
}
