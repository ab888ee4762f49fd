/** The verification summary that the tests attach, in one place. */

export interface Summary {
  readonly repository: string;
  readonly result?: 'PASSED' | 'FAILED';
  /** Milliseconds since the epoch; now if left out. */
  readonly verifiedAt?: number;
}

/** The predicate's type. Source: https://slsa.dev/spec/v1.1/verification_summary */
export const VSA_TYPE = 'https://slsa.dev/verification_summary/v1';

/** A SLSA verification summary of an image in a repository, `HOST/REPO`. */
export function verificationSummary({ repository, result = 'PASSED', verifiedAt = Date.now() }: Summary) {
  return {
    verifier: { id: 'https://github.com/example/ecr-deployment-gate', version: { gate: '1.0.0' } },
    timeVerified: new Date(verifiedAt).toISOString(),
    resourceUri: `oci://${repository}`,
    policy: { uri: 'https://github.com/example/policies/gate.yaml', digest: { sha256: 'a'.repeat(64) } },
    verificationResult: result,
    verifiedLevels: [result === 'PASSED' ? 'ECR_DEPLOYMENT_GATE' : 'FAILED'],
    slsaVersion: '1.1',
  };
}
