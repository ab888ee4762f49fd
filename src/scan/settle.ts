/** Reads the findings of an image until they have settled. */

import { interrupted, MalformedAnswer } from '../aws/errors.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { imageName, type PlatformImage } from '../image/resolve.ts';
import type { Finding } from '../results/finding.ts';
import type { SeverityCounts } from './ecr-scan.ts';
import type { Scanner, ScanObservation } from './scanner.ts';
import { unscannable } from './wait.ts';

/** The findings of a scan that ended longer ago than this are settled at the first complete read. */
export const SETTLED_AFTER_MS = 5 * 60_000;

const RETRY_MS = 1_000;

/** How old the observation of a scan may be when findings are read: the state of the scan, and ECR's counts. */
const CURRENT_MS = 5_000;

// The severities that Inspector and ECR document, which are those that ECR may count.
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'];

/** What a policy decides about a severity (in upper case), whatever the other properties of a finding are. */
export interface Blocking {
  /** Whether a finding of the severity can block. */
  readonly canBlock: (severity: string) => boolean;
  /** Whether every active finding of the severity blocks: then it does not matter whether others are missing. */
  readonly alwaysBlocks: (severity: string) => boolean;
}

/**
 * Whether ECR has to confirm that no findings are missing: Inspector lists no active finding, or the policy can block at a
 * severity of which it lists none, or only some that the policy may allow.
 */
export function needsEcrConfirmation(findings: readonly Finding[], blocking: Blocking): boolean {
  const active = countsOf(findings, 'ACTIVE');
  return SEVERITIES.some((severity) => needsConfirmation(severity, active, blocking));
}

/** Whether ECR has to confirm how many findings of a severity Inspector lists. */
function needsConfirmation(
  severity: string,
  active: ReadonlyMap<string, number>,
  { canBlock, alwaysBlocks }: Blocking,
): boolean {
  if (active.size === 0) return true;
  return canBlock(severity) && !(active.has(severity) && alwaysBlocks(severity));
}

/**
 * Why ECR's counts do not confirm the findings that Inspector lists; undefined if they do. Of the severities that have to
 * be confirmed, ECR has to count no more than Inspector lists as active and as suppressed: AWS does not document whether ECR
 * counts suppressed findings.
 * @param counted undefined if ECR's answers do not report its counts
 */
export function ecrContradiction(
  findings: readonly Finding[],
  counted: SeverityCounts | undefined,
  blocking: Blocking,
): string | undefined {
  const active = countsOf(findings, 'ACTIVE');
  if (counted === undefined) {
    return 'the list of Amazon Inspector may be incomplete, and ECR does not report how many findings it counts';
  }
  const suppressed = countsOf(findings, 'SUPPRESSED');
  const missing = [...counted].filter(
    ([severity, count]) =>
      count > (active.get(severity) ?? 0) + (suppressed.get(severity) ?? 0) &&
      needsConfirmation(severity, active, blocking),
  );
  if (missing.length === 0) return undefined;
  const counts = missing.map(([severity, count]) => `${count} ${severity}`).join(', ');
  return `ECR counts findings that Amazon Inspector does not list (${counts})`;
}

/** How many findings of a status there are, by severity. */
function countsOf(findings: readonly Finding[], wanted: string): ReadonlyMap<string, number> {
  const bySeverity = Map.groupBy(
    findings.filter(({ status }) => status === wanted),
    ({ severity }) => severity,
  );
  return new Map(
    [...bySeverity].map(([severity, group]) => [severity, new Set(group.map(({ id }) => id)).size]),
  );
}

/** A text that is equal for two reads with the same findings, severities and statuses. */
export function fingerprint(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ id, severity, status }) => JSON.stringify([id, severity, status])))]
    .sort()
    .join('\n');
}

/** Whether a scan ended so long ago, by AWS's clock, that its findings are complete. The runner's clock may be wrong. */
export function isLongFinished(scannedAt: Date, serviceTime: Date): boolean {
  return serviceTime.getTime() - scannedAt.getTime() > SETTLED_AFTER_MS;
}

export interface SettleOptions {
  readonly blocking: Blocking;
  readonly settleTimeMs: number;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly log: (line: string) => void;
}

/**
 * Reads the findings of a scanned image until they have settled: two complete reads at least `settleTimeMs` apart with
 * the same findings, or one read if the scan ended long ago. If missing findings could change the verdict, ECR must not
 * count more than Inspector lists. If ECR counts more, or does not report its counts, both services are read again. The
 * first of the reads follows an observation that the image is scanned: when a scan ends or starts again, findings disappear.
 * @throws GateError `not-proven` if the findings have not settled by the deadline; `unscannable` if the image is no longer
 *   scanned
 */
export async function settledFindings(
  image: PlatformImage,
  observation: ScanObservation & { state: { kind: 'scanned' } },
  scanner: Scanner,
  { settleTimeMs, blocking, clock, deadline, log }: SettleOptions,
): Promise<Finding[]> {
  let doubt = 'they could not be read completely';
  let previous: { at: number; print: string } | undefined;
  const { observedAtMs: atMs = deadline.elapsedMs(), countedByEcr } = observation;
  let seen: Seen | undefined = { atMs, scannedAt: observation.state.scannedAt, counted: countedByEcr };
  const isCurrent = () => seen !== undefined && deadline.elapsedMs() - seen.atMs <= CURRENT_MS;
  const startAgain = async (why: string) => {
    doubt = why;
    previous = undefined;
    seen = undefined;
    await deadline.sleep(RETRY_MS);
  };
  while (!deadline.signal.aborted) {
    try {
      // When a scan starts again or ends, findings disappear.
      if (seen === undefined || (previous === undefined && !isCurrent())) {
        const again = await observeAgain(image, scanner, deadline);
        if (typeof again === 'string') {
          await startAgain(again);
          continue;
        }
        seen = again;
      }
      const isObserved = previous === undefined || isCurrent();
      const { scannedAt, counted } = seen;
      seen = { ...seen, counted: undefined };
      const findings = await scanner.findings(image);
      const at = clock.now();
      if (needsEcrConfirmation(findings, blocking)) {
        const ecr = counted ?? (await scanner.countedByEcr(image));
        const contradicted = ecrContradiction(findings, ecr, blocking);
        if (contradicted !== undefined) {
          await startAgain(contradicted);
          continue;
        }
      }
      if (isObserved && isLongFinished(scannedAt, scanner.serviceTime(image))) return findings;
      const print = fingerprint(findings);
      if (previous?.print === print && at - previous.at >= settleTimeMs) return findings;
      doubt = 'they kept changing';
      // The settle time starts at the end of the first read with these findings.
      if (previous?.print !== print) {
        if (previous !== undefined)
          log(`The findings of ${imageName(image)} have changed. Waiting until they settle.`);
        if (!isObserved) {
          await startAgain(doubt);
          continue;
        }
        previous = { at, print };
      }
      await deadline.sleep(Math.max(1, settleTimeMs - (clock.now() - previous.at)));
    } catch (error) {
      // The reason before a call that the deadline aborted says more than that call's error.
      if (deadline.signal.aborted) break;
      if (!(error instanceof MalformedAnswer)) throw error;
      await startAgain(error.message);
    }
  }
  if (!deadline.expired) throw interrupted(deadline, 'collecting findings');
  throw new GateError(
    'not-proven',
    `The findings of ${imageName(image)} did not settle before the timeout: ${doubt}.`,
    { nextStep: 'Run the step again. If it fails again, raise the inputs timeout and settle-time.' },
  );
}

/** An observation of a scan that has finished. */
interface Seen {
  /** When the services were asked, in milliseconds since the start of the run. */
  readonly atMs: number;
  readonly scannedAt: Date;
  /** The findings that ECR counted; undefined if that is unknown, or if the counts have been used. */
  readonly counted: SeverityCounts | undefined;
}

/**
 * Observes a finished scan once more.
 * @returns the observation, or the reason why the image is no longer scanned
 * @throws GateError `unscannable`
 */
async function observeAgain(
  image: PlatformImage,
  scanner: Scanner,
  deadline: Pick<Deadline, 'elapsedMs'>,
): Promise<Seen | string> {
  // Before the call: one of its answers can be as old as this.
  const atMs = deadline.elapsedMs();
  const observation = (await scanner.observe([image], true)).get(image);
  if (observation === undefined) return 'the state of the scan is unknown';
  const { state, countedByEcr: counted } = observation;
  if (state.kind === 'unscannable') throw unscannable(image, state);
  if (state.kind === 'waiting') return `the image is no longer reported as scanned (${state.reason})`;
  return { atMs, scannedAt: state.scannedAt, counted };
}
