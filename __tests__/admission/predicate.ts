/** The verification summary that the tests attach, made by the code of the gate. */
import type { Weakening } from '../../src/results/documents.ts';
import { type SummaryInput, verificationSummary } from '../../src/signing/statements/predicate.ts';

/** The action's defaults, which the examples expect in place of a policy file. */
export const THRESHOLDS = {
  failOn: 'critical',
  warnOn: 'high',
  ignoreUnfixed: false,
  scanType: 'enhanced',
} as const;

export interface Summary {
  readonly resourceUri: string;
  /** When the image was judged; now if left out. */
  readonly verifiedAt?: Date;
  readonly weakening?: Weakening;
  /** Default: the thresholds. */
  readonly policy?: SummaryInput['policy'];
}

/** What the action attests of an image that passed. */
export function summaryOf({
  resourceUri,
  verifiedAt = new Date(),
  weakening = {},
  policy,
}: Summary): Readonly<Record<string, unknown>> {
  return verificationSummary({
    resourceUri,
    verifiedAt,
    policy,
    weakening: { ...weakening },
    thresholds: THRESHOLDS,
    verdict: 'pass',
    counts: { critical: 0, high: 0 },
    exceptionsUsed: [],
    baseline: undefined,
    scannedAt: verifiedAt,
    actionVersion: '1.0.0',
    verifiedLevels: ['ECR_DEPLOYMENT_GATE_PASSED'],
  }).predicate;
}
