/** The verification summary that the tests attach: the product's own. */
import { createHash } from 'node:crypto';
import { verificationSummary } from '../../src/signing/predicate.ts';

export interface Summary {
  readonly resourceUri: string;
  /** When the image was judged; now if left out. */
  readonly verifiedAt?: Date;
}

/** What the action attests of an image that passed. */
export function summaryOf({
  resourceUri,
  verifiedAt = new Date(),
}: Summary): Readonly<Record<string, unknown>> {
  return verificationSummary({
    resourceUri,
    verifiedAt,
    policy: {
      uri: 'example/policies/gate.yml@v1',
      sha256: createHash('sha256').update('policy').digest('hex'),
      weakened: false,
    },
    thresholds: { failOn: 'critical', warnOn: 'high', ignoreUnfixed: false, scanType: 'enhanced' },
    verdict: 'pass',
    counts: { critical: 0, high: 0 },
    exceptionsUsed: [],
    baseline: undefined,
    scannedAt: verifiedAt,
    actionVersion: '1.0.0',
    verifiedLevels: ['ECR_DEPLOYMENT_GATE_PASSED'],
  }).predicate;
}
