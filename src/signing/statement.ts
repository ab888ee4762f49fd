/**
 * What verified attestations say. Pure: cosign's output in, a decision out. cosign has checked the signatures
 * and that the digest is among the subjects; everything else is checked here.
 */
import { type Digest, isDigest } from '../image/reference.ts';
import { givesKeyTwice } from '../json.ts';
import { EXTENSIONS, readSummary, SUMMARY_TYPE, VERIFIER_ID, type VerificationSummary } from './predicate.ts';

/** An in-toto statement, as far as it is needed. */
export interface Statement {
  readonly predicateType: string;
  readonly subjects: readonly {
    readonly digest: Digest;
    readonly annotations: Readonly<Record<string, unknown>> | undefined;
  }[];
  readonly predicate: unknown;
}

/**
 * The statements that `verify-attestation` prints: one DSSE envelope a line. A line that is none is left out,
 * so garbage proves nothing, and so is a statement with a key that is there twice. Of a verification summary with one
 * the predicate alone is left out: it proves nothing either, and takes back what others say.
 */
export function statementsOf(stdout: string): Statement[] {
  return stdout.split('\n').flatMap((line) => statementOf(line) ?? []);
}

function statementOf(line: string): Statement | undefined {
  try {
    const envelope = JSON.parse(line) as { payload: string; payloadType: string };
    if (envelope.payloadType !== 'application/vnd.in-toto+json') return undefined;
    const text = Buffer.from(envelope.payload, 'base64').toString('utf8');
    const statement: unknown = JSON.parse(text);
    const { predicateType, subject, predicate } = statement as {
      predicateType: unknown;
      subject: ({ digest?: { sha256?: unknown }; annotations?: Record<string, unknown> } | null)[];
      predicate?: unknown;
    };
    if (typeof predicateType !== 'string') return undefined;
    const subjects = subject.flatMap((one) => {
      const sha256 = one?.digest?.sha256;
      const digest = typeof sha256 === 'string' ? `sha256:${sha256}` : '';
      return isDigest(digest) ? [{ digest, annotations: one?.annotations }] : [];
    });
    // JSON.parse keeps the last of two values of one key; who else reads this might keep the first.
    if (!givesKeyTwice(text, statement)) return { predicateType, subjects, predicate };
    // A summary that can be read in two ways says PASSED in none; left out, it would not take one back.
    return predicateType === SUMMARY_TYPE ? { predicateType, subjects, predicate: undefined } : undefined;
  } catch {
    return undefined;
  }
}

/** What a summary has to say to count. */
export interface Expectation {
  readonly digest: Digest;
  readonly resourceUri: string;
  /** SHA-256 of the policy in hex; undefined: any policy. */
  readonly policySha256: string | undefined;
  /** Digests of the same policy, weakened in ways that are accepted as well. */
  readonly weakenedSha256?: readonly string[] | undefined;
  /** Undefined: any age. */
  readonly maxAgeMs: number | undefined;
  /** By the service's clock; undefined where it was not heard. */
  readonly now: Date | undefined;
}

// How far the clock that dated a summary may be ahead of the one it is read by.
const MOST_SKEW_MS = 5 * 60_000;

export type SummaryDecision =
  | {
      readonly proven: true;
      readonly summary: VerificationSummary;
      readonly at: Date;
      readonly ageMs: number;
    }
  | { readonly proven: false; readonly why: string };

/**
 * Whether one of the signer's verification summaries lets the image through. Those of other digests,
 * repositories, verifiers and, where one is expected, policies say nothing about this question and are left
 * out; of the rest the newest decides, so that a later FAILED one takes an earlier PASSED one back. One that
 * does not say PASSED counts even where it leaves out what it is about, or when: a verdict that somebody takes
 * back by hand is taken back.
 */
export function decideSummaries(statements: readonly Statement[], expected: Expectation): SummaryDecision {
  const ofType = statements.filter(({ predicateType }) => predicateType === SUMMARY_TYPE);
  const ofDigest = ofType.filter((statement) => isAbout(statement, expected.digest));
  const summaries = ofDigest.flatMap(({ predicate }) => readSummary(predicate) ?? []);
  const takesBack = ofDigest.some(
    ({ predicate }) => readSummary(predicate) === undefined && takesBackVaguely(predicate, expected),
  );
  const ofVerifier = summaries.filter(({ verifier }) => verifier.id === VERIFIER_ID);
  const ofResource = ofVerifier.filter((summary) => summary.resourceUri === expected.resourceUri);
  const ofPolicy = ofResource.filter(
    ({ policy: { digest }, verificationResult }) =>
      isExpectedPolicy(digest?.sha256, expected) ||
      (digest?.sha256 === undefined && verificationResult !== 'PASSED'),
  );
  const refused = (why: string): SummaryDecision => ({ proven: false, why });
  if (ofType.length === 0) return refused('it carries no verification summary by this signer');
  if (ofDigest.length === 0) return refused('its verification summary is of another digest');
  if (takesBack) {
    return refused(
      'a verification summary of it does not say PASSED and lacks fields that it has to have, or has one twice',
    );
  }
  if (summaries.length === 0) return refused('its verification summary lacks fields that it has to have');
  if (ofVerifier.length === 0) {
    return refused(`its verification summary was made by ${summaries[0]?.verifier.id}, not by this gate`);
  }
  if (ofResource.length === 0) {
    return refused(
      `its verification summary is of ${ofVerifier[0]?.resourceUri}, not of ${expected.resourceUri}`,
    );
  }
  if (ofPolicy.length === 0) {
    const policies = [...new Set(ofResource.map(policyText))].join(', ');
    return refused(
      `its verification summary is by another policy (${policies}), not by sha256:${expected.policySha256}`,
    );
  }
  const now = expected.now?.getTime();
  if (now === undefined) {
    return refused('AWS does not tell its time, so the age of its verification summary is not known');
  }
  // A PASSED from the future proves nothing yet; a FAILED counts whatever its date.
  const dated = ofPolicy.filter(
    (summary) => summary.verificationResult !== 'PASSED' || timeOf(summary) - now <= MOST_SKEW_MS,
  );
  const [first, ...others] = dated;
  if (first === undefined) {
    return refused(`its verification summary is dated ${ofPolicy[0]?.timeVerified}, which is in the future`);
  }
  // Of two of one moment that contradict each other, the worse one counts.
  const newest = others.reduce((latest, other) => {
    const later = timeOf(other) - timeOf(latest);
    return later > 0 || (later === 0 && other.verificationResult !== 'PASSED') ? other : latest;
  }, first);
  if (newest.verificationResult !== 'PASSED') {
    return refused(`its newest verification summary, of ${newest.timeVerified}, says FAILED`);
  }
  const ageMs = Math.max(0, now - timeOf(newest));
  if (expected.maxAgeMs !== undefined && ageMs > expected.maxAgeMs) {
    return refused(`its verification summary, of ${newest.timeVerified}, is too old`);
  }
  return { proven: true, summary: newest, at: new Date(timeOf(newest)), ageMs };
}

/** Whether a statement names the digest among its subjects. */
export function isAbout({ subjects }: Statement, digest: Digest): boolean {
  return subjects.some((subject) => subject.digest === digest);
}

/** Whether a predicate that is no summary by its fields says anything but PASSED, and of nothing else. */
function takesBackVaguely(predicate: unknown, expected: Expectation): boolean {
  const said = (predicate ?? {}) as {
    verificationResult?: unknown;
    verifier?: { id?: unknown } | null;
    resourceUri?: unknown;
    policy?: { digest?: { sha256?: unknown } | null } | null;
  };
  const isOther = (value: unknown, right: string) => typeof value === 'string' && value !== right;
  const policy = said.policy?.digest?.sha256;
  return (
    said.verificationResult !== 'PASSED' &&
    !isOther(said.verifier?.id, VERIFIER_ID) &&
    !isOther(said.resourceUri, expected.resourceUri) &&
    (typeof policy !== 'string' || isExpectedPolicy(policy, expected))
  );
}

function timeOf({ timeVerified }: VerificationSummary): number {
  return Date.parse(timeVerified);
}

function isExpectedPolicy(
  sha256: string | undefined,
  { policySha256, weakenedSha256 = [] }: Expectation,
): boolean {
  if (policySha256 === undefined || sha256 === policySha256) return true;
  return sha256 !== undefined && weakenedSha256.includes(sha256);
}

/** The policy of a summary in words, and what weakened it. */
export function policyText({ policy, [EXTENSIONS.weakened]: weakening = {} }: VerificationSummary): string {
  const { uri = 'no URI', digest } = policy;
  const name = digest?.sha256 === undefined ? uri : `${uri} sha256:${digest.sha256}`;
  const by = Object.entries(weakening).map(([input, value]) =>
    value === true ? input : `${input}: ${value}`,
  );
  return by.length === 0 ? name : `${name}, weakened by ${by.join(' and ')}`;
}
