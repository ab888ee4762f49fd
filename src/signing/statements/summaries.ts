/**
 * Whether verification summaries allow an image. Pure. cosign has verified the signatures of the summaries that count for
 * an image, and that the digest is among their subjects; everything else is checked here.
 */

import { isDigest } from '../../image/reference.ts';
import type { Digest } from '../../results/registry.ts';
import { CLOCK_SKEW_MS } from '../../time.ts';
import {
  EXTENSIONS,
  policyDigests,
  readSummary,
  SUMMARY_TYPE,
  summaryTime,
  VERIFIER_ID,
  type VerificationSummary,
} from './predicate.ts';
import { isRevocation, revocationsOf } from './revocation.ts';
import { spelledTwice } from './spelling.ts';
import { isAbout, isSummaryType, type Statement } from './statement.ts';

/** What a summary has to say to count for the image. */
export interface Expectation {
  readonly digest: Digest;
  /** The image's own repository. */
  readonly resourceUri: string;
  /** Other repositories whose summaries of the same digest count as well; absent: none. */
  readonly promotedFrom?: readonly string[] | undefined;
  /** SHA-256 of the policies that are accepted, or of their files, in hex; undefined: any policy. */
  readonly policies: readonly string[] | undefined;
  /** Other digests of the same policies: those of their files, and those of what inputs make of them that is accepted as well. */
  readonly equivalentSha256?: readonly string[] | undefined;
  /** Undefined: any age. */
  readonly maxAgeMs: number | undefined;
  /** The time by AWS's clock; undefined if it is unknown. */
  readonly now: Date | undefined;
}

export type SummaryDecision = (
  | {
      readonly accepted: true;
      readonly summary: VerificationSummary;
      readonly at: Date;
      readonly ageMs: number;
    }
  | {
      readonly accepted: false;
      readonly why: string;
      /** The summary that revokes the others, where that is the reason. */
      readonly revokedBy: Statement | undefined;
      /** What to do, where that depends on the reason. */
      readonly nextStep?: string | undefined;
    }
) & {
  /** The summaries that do not say PASSED and did not decide, each with the reason, in words. */
  readonly notCounted: readonly string[];
};

/**
 * Whether the signer's verification summaries allow the image. A summary counts for the image only if it says exactly
 * what is expected. A summary that names this digest and does not say PASSED revokes all that are not newer, in any
 * spelling of its repository, policy, verifier and type; it does not count only if it clearly names a repository whose
 * summaries do not count.
 * The newest summary decides; of two with the same time, the worse one. A revocation that lacks a required field, such as
 * its time, counts until it is deleted.
 */
export function decideSummaries(statements: readonly Statement[], expected: Expectation): SummaryDecision {
  const { revocations, notCounted } = revocationsOf(statements, expected);
  const refused = (why: string, revokedBy?: Statement, nextStep?: string): SummaryDecision => ({
    accepted: false,
    why,
    revokedBy,
    nextStep,
    notCounted,
  });
  const ofType = statements.filter(({ predicateType }) => isSummaryType(predicateType));
  const ofDigest = ofType.filter((statement) => isAbout(statement, expected.digest));
  if (ofType.length === 0) return refused('it has no verification summary by this signer');
  if (ofDigest.length === 0) return refused('its verification summary is for another digest');
  const undated = revocations.find(({ at }) => at === undefined);
  if (undated !== undefined) {
    return refused(
      'one of its verification summaries does not say PASSED, and a required field of it, such as its time, is missing or duplicated',
      undated.statement,
    );
  }
  const now = expected.now?.getTime();
  const checked = ofDigest
    .filter((statement) => !isRevocation(statement))
    .map((statement) => ({ statement, ...checkSummary(statement, expected, now) }));
  const newest = checked
    .flatMap(({ summary }) => summary ?? [])
    .toSorted((a, b) => summaryTime(b) - summaryTime(a))[0];
  // Of two with the same time that contradict each other, the worse one counts.
  const revocation = revocations
    .toSorted((a, b) => Number(b.at) - Number(a.at))
    .find(({ at }) => newest === undefined || Number(at) >= summaryTime(newest));
  if (revocation !== undefined) {
    const why = `its newest verification summary, of ${revocation.time}, says ${revocation.result}`;
    return refused(why, revocation.statement);
  }
  if (newest === undefined || now === undefined) {
    // The summary that passes the most steps of the check explains best what is wrong.
    const nearest = checked.toSorted((a, b) => b.distance - a.distance)[0];
    if (nearest?.otherPolicy === undefined) {
      return refused(nearest?.why ?? 'it has no verification summary by this signer that says PASSED');
    }
    const others = [...new Set(checked.flatMap(({ otherPolicy }) => otherPolicy ?? []))];
    return refused(otherPolicyText(others, expected.policies ?? []), undefined, OTHER_POLICY);
  }
  const ageMs = Math.max(0, now - summaryTime(newest));
  if (expected.maxAgeMs !== undefined && ageMs > expected.maxAgeMs) {
    return refused(`its verification summary, of ${newest.timeVerified}, is too old`);
  }
  const older = revocations.map(({ result, time }) => `one of ${time} that says ${result} is older`);
  return {
    accepted: true,
    summary: newest,
    at: new Date(summaryTime(newest)),
    ageMs,
    notCounted: [...notCounted, ...older],
  };
}

const OTHER_POLICY =
  'Run the gate for this image again with attest: true, and with the policy that is expected here. If the policy was changed, see "Rotate keys and policies" in docs/roll-out.md: for a limited time, the step can accept both.';

const MOST_LISTED = 5;

/** Which policies the summaries name, and which were expected. */
function otherPolicyText(found: readonly string[], expected: readonly string[]): string {
  const listed = (items: readonly string[], separator: string) => {
    const more = items.length - MOST_LISTED;
    return [...items.slice(0, MOST_LISTED), ...(more > 0 ? [`${more} more`] : [])].join(separator);
  };
  const what =
    found.length === 1
      ? 'its verification summary names another policy'
      : 'its verification summaries name other policies';
  const wanted = listed(
    expected.map((sha256) => `sha256:${sha256}`),
    ' or ',
  );
  return `${what} (${listed(found, '; ')}) than ${wanted}`;
}

/** One summary that says PASSED, or why it does not count. `distance`: how many steps of the check it passed. */
type SummaryCheck =
  | {
      readonly summary: VerificationSummary;
      readonly why: undefined;
      readonly distance: number;
      readonly otherPolicy?: undefined;
    }
  | {
      readonly summary: undefined;
      readonly why: string;
      readonly distance: number;
      /** The policy that it names, in words, where that is the reason. */
      readonly otherPolicy?: string | undefined;
    };

function checkSummary(
  { predicateType, predicate }: Statement,
  expected: Expectation,
  now: number | undefined,
): SummaryCheck {
  const not = (distance: number, why: string, otherPolicy?: string): SummaryCheck => ({
    summary: undefined,
    why,
    distance,
    otherPolicy,
  });
  const summary = readSummary(predicate);
  if (predicateType !== SUMMARY_TYPE) {
    return not(0, `its verification summary has the type ${predicateType}, not ${SUMMARY_TYPE}`);
  }
  if (summary === undefined) return not(1, 'its verification summary lacks required fields');
  const contradiction = contradictionIn(predicate, summary);
  if (contradiction !== undefined) return not(1, `its verification summary ${contradiction}`);
  const { verifier, policy, timeVerified } = summary;
  if (verifier.id !== VERIFIER_ID) {
    return not(2, `its verification summary was made by ${verifier.id}, not by this gate`);
  }
  const resources = [expected.resourceUri, ...(expected.promotedFrom ?? [])];
  if (!resources.includes(summary.resourceUri)) {
    const wanted = resources.join(' or ');
    return not(3, `its verification summary is for ${summary.resourceUri}, not for ${wanted}`);
  }
  if (!isExpectedPolicy(summary, expected)) {
    return not(4, 'its verification summary names another policy', policyText(summary));
  }
  if (!isSha256(policy.digest?.sha256)) {
    return not(4, 'its verification summary does not name the SHA-256 of its policy');
  }
  if (now === undefined) {
    return not(5, 'AWS responses had no Date header, so the age of its verification summary is unknown');
  }
  // A PASSED summary from the future does not count yet. A revocation counts whatever its date.
  if (summaryTime(summary) - now > CLOCK_SKEW_MS) {
    return not(5, `its verification summary is dated ${timeVerified}, which is in the future`);
  }
  return { summary, why: undefined, distance: 6 };
}

/** How a summary that says PASSED contradicts itself, or does not say what passed; undefined if it does neither. */
function contradictionIn(
  predicate: unknown,
  { verifiedLevels, [EXTENSIONS.policyFile]: file }: VerificationSummary,
): string | undefined {
  const { verifier, policy } = predicate as { verifier: unknown; policy: { digest?: unknown } };
  if ([predicate, verifier, policy, policy.digest, file?.digest].some(spelledTwice)) {
    return 'has a field in two spellings';
  }
  return verifiedLevels.length === 0 ? 'says PASSED but names no verified level' : undefined;
}

function isSha256(text: string | undefined): boolean {
  return text !== undefined && isDigest(`sha256:${text}`);
}

function isExpectedPolicy(
  summary: VerificationSummary,
  { policies, equivalentSha256 = [] }: Expectation,
): boolean {
  if (policies === undefined) return true;
  return policyDigests(summary).some(
    (sha256) => policies.includes(sha256) || equivalentSha256.includes(sha256),
  );
}

/** The policy of a summary in words, its file, and the inputs that weakened it. */
export function policyText({
  policy,
  [EXTENSIONS.policyFile]: file,
  [EXTENSIONS.weakened]: weakening = {},
}: VerificationSummary): string {
  const { uri = 'no URI', digest } = policy;
  const known = digest?.sha256 === undefined ? uri : `${uri} sha256:${digest.sha256}`;
  const name = file?.digest.sha256 === undefined ? known : `${known}, file sha256:${file.digest.sha256}`;
  const by = Object.entries(weakening).map(([input, value]) =>
    value === true ? input : `${input}: ${value}`,
  );
  return by.length === 0 ? name : `${name}, weakened by ${by.join(' and ')}`;
}
