/** When findings can be believed to be all of them. */

import { interrupted, MalformedAnswer } from '../aws/errors.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { imageName, type PlatformImage } from '../image/resolve.ts';
import type { Finding } from '../results/finding.ts';
import type { SeverityCounts } from './ecr-scan.ts';
import type { Scanner, ScanObservation } from './scanner.ts';

/** A scan that ended longer ago than this is settled at its first complete read. */
export const SETTLED_AFTER_MS = 5 * 60_000;

const RETRY_MS = 1_000;

// What ECR's own view may count: a finding of another status explains no count.
const OPEN = new Set(['ACTIVE', 'SUPPRESSED']);

// The severities that Inspector and ECR document, and so those that ECR may count.
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'];

/**
 * Whether ECR has to confirm that findings are not missing: Inspector lists none that is open, or none of a severity
 * at which the policy can block.
 */
export function needsEcrConfirmation(findings: readonly Finding[], canBlock: CanBlock): boolean {
  const open = openSeverities(findings);
  return open.size === 0 || SEVERITIES.some((severity) => canBlock(severity) && !open.has(severity));
}

/**
 * Why ECR's counts do not confirm the findings that Inspector lists; undefined where they do. ECR has to count none
 * of the severities at which the policy can block and of which Inspector lists none that is open.
 * @param counted undefined where ECR's answers do not report its counts
 */
export function ecrContradiction(
  findings: readonly Finding[],
  counted: SeverityCounts | undefined,
  canBlock: CanBlock,
): string | undefined {
  const open = openSeverities(findings);
  const lists = open.size === 0 ? 'no open finding' : 'no open finding of some severities that can block';
  if (counted === undefined) {
    return `Inspector lists ${lists}, and ECR does not report how many findings it counts`;
  }
  const missing = [...counted].filter(
    ([severity, count]) => count > 0 && !open.has(severity) && (open.size === 0 || canBlock(severity)),
  );
  if (missing.length === 0) return undefined;
  const counts = missing.map(([severity, count]) => `${count} ${severity}`).join(', ');
  return `ECR counts findings that Inspector does not list (${counts}): one of the two is late or wrong`;
}

function openSeverities(findings: readonly Finding[]): Set<string> {
  return new Set(findings.filter(({ status }) => OPEN.has(status)).map(({ severity }) => severity));
}

/** What makes two reads the same: the findings that are there, their severities and their statuses. */
export function fingerprint(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ id, severity, status }) => JSON.stringify([id, severity, status])))]
    .sort()
    .join('\n');
}

/**
 * Whether a scan is old enough for its findings to be all there, by the service's own clock: the runner's
 * may be wrong.
 */
export function isLongFinished(scannedAt: Date, serviceTime: Date): boolean {
  return serviceTime.getTime() - scannedAt.getTime() > SETTLED_AFTER_MS;
}

/** Whether the policy can block at a severity (in upper case). */
export type CanBlock = (severity: string) => boolean;

export interface SettleOptions {
  readonly canBlock: CanBlock;
  readonly settleTimeMs: number;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly log: (line: string) => void;
}

/**
 * Reads the findings of a scanned image until they have settled: two complete reads at least `settleTimeMs`
 * apart that say the same, or one of a scan that ended long ago. Where Inspector lists no open finding, or none of a
 * severity at which the policy can block, ECR's own view has to count none either; where it counts some, or does not
 * report its counts, both are asked again.
 * @throws GateError `not-proven` or `timeout` when that has not happened by the deadline
 */
export async function settledFindings(
  image: PlatformImage,
  observation: ScanObservation & { state: { kind: 'scanned' } },
  scanner: Scanner,
  { settleTimeMs, canBlock, clock, deadline, log }: SettleOptions,
): Promise<Finding[]> {
  let doubt = 'the findings were never read completely';
  let previous: { at: number; print: string } | undefined;
  let counted = observation.countedByEcr;
  while (!deadline.signal.aborted) {
    try {
      const findings = await scanner.findings(image);
      const at = clock.now();
      const ecr = counted;
      counted = undefined;
      if (needsEcrConfirmation(findings, canBlock)) {
        const contradicted = ecrContradiction(findings, ecr ?? (await scanner.countedByEcr(image)), canBlock);
        if (contradicted !== undefined) {
          doubt = contradicted;
          previous = undefined;
          await deadline.sleep(RETRY_MS);
          continue;
        }
      }
      if (isLongFinished(observation.state.scannedAt, scanner.serviceTime(image))) return findings;
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
