/** Reads the findings of an image until they have settled. */

import { interrupted, MalformedAnswer } from '../aws/errors.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { imageName, type PlatformImage } from '../image/resolve.ts';
import type { Finding } from '../results/finding.ts';
import type { SeverityCounts } from './ecr-scan.ts';
import type { Scanner, ScanObservation } from './scanner.ts';

/** The findings of a scan that ended longer ago than this are settled at the first complete read. */
export const SETTLED_AFTER_MS = 5 * 60_000;

const RETRY_MS = 1_000;

/** How old ECR's counts may be when the findings are read that they confirm. */
const COUNTS_CURRENT_MS = 5_000;

// The statuses of the findings that ECR may count in its own view.
const OPEN = new Set(['ACTIVE', 'SUPPRESSED']);

// The severities that Inspector and ECR document, which are those that ECR may count.
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED'];

/**
 * Whether ECR has to confirm that no findings are missing: Inspector lists no open finding, or none of a severity at
 * which the policy can block.
 */
export function needsEcrConfirmation(findings: readonly Finding[], canBlock: CanBlock): boolean {
  const open = openSeverities(findings);
  return open.size === 0 || SEVERITIES.some((severity) => canBlock(severity) && !open.has(severity));
}

/**
 * Why ECR's counts do not confirm the findings that Inspector lists; undefined if they do. ECR has to count no findings
 * of a severity at which the policy can block and for which Inspector lists no open finding.
 * @param counted undefined if ECR's answers do not report its counts
 */
export function ecrContradiction(
  findings: readonly Finding[],
  counted: SeverityCounts | undefined,
  canBlock: CanBlock,
): string | undefined {
  const open = openSeverities(findings);
  const lists = open.size === 0 ? 'no open finding' : 'no open finding of some severities that can block';
  if (counted === undefined) {
    return `Amazon Inspector lists ${lists}, and ECR does not report how many findings it counts`;
  }
  const missing = [...counted].filter(
    ([severity, count]) => count > 0 && !open.has(severity) && (open.size === 0 || canBlock(severity)),
  );
  if (missing.length === 0) return undefined;
  const counts = missing.map(([severity, count]) => `${count} ${severity}`).join(', ');
  return `ECR counts findings that Amazon Inspector does not list (${counts})`;
}

function openSeverities(findings: readonly Finding[]): Set<string> {
  return new Set(findings.filter(({ status }) => OPEN.has(status)).map(({ severity }) => severity));
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
 * Reads the findings of a scanned image until they have settled: two complete reads at least `settleTimeMs` apart with
 * the same findings, or one read where the scan ended long ago. Where Inspector lists no open finding, or none of a
 * severity at which the policy can block, ECR has to count none either. Where ECR counts some, or does not report its
 * counts, both services are read again.
 * @throws GateError `not-proven` when the findings have not settled by the deadline
 */
export async function settledFindings(
  image: PlatformImage,
  observation: ScanObservation & { state: { kind: 'scanned' } },
  scanner: Scanner,
  { settleTimeMs, canBlock, clock, deadline, log }: SettleOptions,
): Promise<Finding[]> {
  let doubt = 'they could not be read completely';
  let previous: { at: number; print: string } | undefined;
  const { observedAtMs = deadline.elapsedMs() } = observation;
  // Counts that are older could be from before the findings that ECR would count now.
  const isCurrent = deadline.elapsedMs() - observedAtMs <= COUNTS_CURRENT_MS;
  let counted = isCurrent ? observation.countedByEcr : undefined;
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
      doubt = 'they kept changing';
      // The settle time starts at the end of the first read with these findings.
      if (previous?.print !== print) {
        if (previous !== undefined)
          log(`The findings of ${imageName(image)} have changed. Waiting until they settle.`);
        previous = { at, print };
      }
      await deadline.sleep(Math.max(1, settleTimeMs - (clock.now() - previous.at)));
    } catch (error) {
      // The reason before a call that the deadline aborted says more than that call's error.
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
    `The findings of ${imageName(image)} did not settle before the timeout: ${doubt}.`,
    { nextStep: 'Run the step again. If it fails again, raise the inputs timeout and settle-time.' },
  );
}
