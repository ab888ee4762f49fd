/** When findings can be believed to be all of them. */

import { interrupted, MalformedAnswer } from '../aws/errors.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { imageName, type PlatformImage } from '../image/resolve.ts';
import type { Finding } from './findings.ts';
import type { Look, Scanner } from './scanner.ts';

/** A scan that ended longer ago than this is settled at its first complete read. */
export const SETTLED_AFTER_MS = 5 * 60_000;

const RETRY_MS = 1_000;

// What ECR's own view may show: a finding of another status explains nothing that is seen there.
const OPEN = new Set(['ACTIVE', 'SUPPRESSED']);

/** What makes two reads the same: the findings that are there, their severities and their statuses. */
export function fingerprint(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ id, severity, status }) => JSON.stringify([id, severity, status])))]
    .sort()
    .join('\n');
}

/**
 * Whether a scan is old enough for its findings to be all there, by the service's own clock: the runner's
 * may be wrong. A service that does not tell its time has proved nothing.
 */
export function isLongFinished(scannedAt: Date, serviceTime: Date | undefined): boolean {
  return serviceTime !== undefined && serviceTime.getTime() - scannedAt.getTime() > SETTLED_AFTER_MS;
}

export interface SettleOptions {
  readonly settleTimeMs: number;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly log: (line: string) => void;
}

/**
 * Reads the findings of a scanned image until they have settled: two complete reads at least `settleTimeMs`
 * apart that say the same, or one of a scan that ended long ago. An image of which no finding is open, because
 * there is none or because all were closed, also needs ECR's own view to show none; where it shows some, or does
 * not tell, the two contradict each other and are asked again.
 * @throws GateError `not-proven` or `timeout` when that has not happened by the deadline
 */
export async function settledFindings(
  image: PlatformImage,
  look: Look & { state: { kind: 'scanned' } },
  scanner: Scanner,
  { settleTimeMs, clock, deadline, log }: SettleOptions,
): Promise<Finding[]> {
  let doubt = 'the findings were never read completely';
  let previous: { at: number; print: string } | undefined;
  let shown: { count: number | undefined } | undefined = { count: look.shownByEcr };
  while (!deadline.signal.aborted) {
    try {
      const findings = await scanner.findings(image);
      const at = clock.now();
      if (!findings.some(({ status }) => OPEN.has(status))) {
        const { count } = shown ?? { count: await scanner.shownByEcr(image) };
        shown = undefined;
        if (count !== 0) {
          doubt =
            count === undefined
              ? 'Inspector lists no finding that is open and ECR does not say whether there are any'
              : 'ECR shows findings and Inspector lists none that is open: one of them is wrong or late';
          previous = undefined;
          await deadline.sleep(RETRY_MS);
          continue;
        }
      }
      if (isLongFinished(look.state.scannedAt, scanner.serviceTime(image))) return findings;
      const print = fingerprint(findings);
      if (previous?.print === print && at - previous.at >= settleTimeMs) return findings;
      doubt = 'the findings kept changing';
      // The clock starts at the end of the first read that says this.
      if (previous?.print !== print) {
        if (previous !== undefined)
          log(`The findings of ${imageName(image)} changed: waiting until they have settled.`);
        previous = { at, print };
      }
      await deadline.sleep(Math.max(1, settleTimeMs - (clock.now() - previous.at)));
    } catch (error) {
      // A call that the deadline cut off says less than what was in doubt before it.
      if (deadline.signal.aborted) break;
      if (!(error instanceof MalformedAnswer)) throw error;
      doubt = error.message;
      previous = undefined;
      await deadline.sleep(RETRY_MS);
    }
  }
  if (!deadline.expired) throw interrupted(deadline, 'collecting findings');
  throw new GateError(
    'not-proven',
    `The findings of ${imageName(image)} are not proven: ${doubt} until the timeout.`,
    {
      nextStep: 'Run the step again; if it goes on, raise the inputs timeout and settle-time.',
    },
  );
}
