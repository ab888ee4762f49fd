/** What is attested of an image, and how a consumer finds it among the statements that cosign verified. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Digest } from '../results/registry.ts';
import {
  type Predicate,
  type SummaryInput,
  VULNERABILITIES_TYPE,
  type VulnerabilitiesInput,
  verificationSummary,
  vulnerabilityReport,
} from './statements/predicate.ts';
import { isAbout, type Statement } from './statements/statement.ts';
import { decideSummaries } from './statements/summaries.ts';

/** Something to attest of one digest. */
export interface Claim {
  readonly predicate: Predicate;
  readonly madeAt: Date;
  /** Looks for a statement that a consumer of this claim would accept. */
  readonly find: (statements: readonly Statement[]) => ClaimSearch;
}

/** The date of the newest statement that a consumer would accept, or why there is none. */
export type ClaimSearch =
  | { readonly since: Date }
  | {
      readonly since: undefined;
      readonly why: string;
      /** Whether the verdict was revoked. Attesting it again would change nothing. */
      readonly isRevoked?: boolean;
    };

/** The SHA-256 of the policy, in hex, as the summary names it: of the policy as the inputs weakened it. */
export function summaryPolicy(input: SummaryInput): string {
  const { policy } = verificationSummary(input).predicate as { policy: { digest: { sha256: string } } };
  return policy.digest.sha256;
}

/**
 * The claim that the image passed.
 * @throws ValiError if a value does not fit the predicate's published fields
 */
export function summaryClaim(input: SummaryInput, digest: Digest): Claim {
  const predicate = verificationSummary(input);
  return {
    predicate,
    madeAt: input.verifiedAt,
    find: (statements) => {
      const decision = decideSummaries(statements, {
        digest,
        resourceUri: input.resourceUri,
        policies: [summaryPolicy(input)],
        maxAgeMs: undefined,
        now: input.verifiedAt,
      });
      if (decision.accepted) return { since: decision.at };
      const { why, revokedBy } = decision;
      return { since: undefined, why, isRevoked: revokedBy !== undefined };
    },
  };
}

/**
 * The claim that the image has these findings.
 * @throws ValiError if a value does not fit the predicate's published fields
 */
export function vulnerabilitiesClaim(input: VulnerabilitiesInput, digest: Digest, madeAt: Date): Claim {
  const predicate = vulnerabilityReport(input);
  return {
    predicate,
    madeAt,
    find: (statements) => {
      const reports = statements.filter(
        (statement) => statement.predicateType === VULNERABILITIES_TYPE && isAbout(statement, digest),
      );
      const isSame = ({ predicate: other }: Statement) => isDeepStrictEqual(other, predicate.predicate);
      if (reports.some(isSame)) return { since: madeAt };
      // A report has the time of the scan, not the time at which it was attached.
      return reports.length > 0
        ? { since: new Date(0) }
        : { since: undefined, why: 'this signer has attached no report of its findings' };
    },
  };
}
