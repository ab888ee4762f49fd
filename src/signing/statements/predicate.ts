/**
 * The predicates that are attested of an image that passed. Pure. Every predicate is validated against the fields of its
 * specification.
 */

import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { plainName } from '../../image/reference.ts';
import type { Registry } from '../../results/registry.ts';

/** SLSA Verification Summary Attestation. Source: https://slsa.dev/spec/v1.1/verification_summary */
export const SUMMARY_TYPE = 'https://slsa.dev/verification_summary/v1';

/** in-toto's vulnerability predicate. Source: in-toto/attestation, spec/predicates/vulns_02.md */
export const VULNERABILITIES_TYPE = 'https://in-toto.io/attestation/vulns/v0.2';

// The names of this project. They are URNs, because the project has no domain.
const NAMESPACE = 'urn:ecr-deployment-gate';

/** The `verifier.id` of every summary: the program that judged. The signature says on whose behalf. */
export const VERIFIER_ID = NAMESPACE;

/** `policy.uri` of a run without a policy file, which is judged by the thresholds alone. */
export const THRESHOLDS_URI = `${NAMESPACE}:thresholds`;

/** The same where inputs such as a baseline or a base image allowed more than the thresholds do. */
const WEAKENED_THRESHOLDS_URI = `${NAMESPACE}:weakened-thresholds`;

/** The level that a summary claims: allowed by this gate. SLSA reserves names that begin with SLSA_. */
export const PASSED_LEVEL = 'ECR_DEPLOYMENT_GATE_PASSED';

/** The names of the extension fields. in-toto requires URIs. */
export const EXTENSIONS = {
  verdict: `${NAMESPACE}:verdict`,
  thresholds: `${NAMESPACE}:thresholds`,
  counts: `${NAMESPACE}:counts`,
  exceptions: `${NAMESPACE}:exceptions`,
  baseline: `${NAMESPACE}:baseline`,
  baseImages: `${NAMESPACE}:base-images`,
  weakened: `${NAMESPACE}:weakened`,
  scannedAt: `${NAMESPACE}:scanned-at`,
  policyFile: `${NAMESPACE}:policy-file`,
} as const;

/** The thresholds that were applied, named as the inputs are. */
export interface AttestedThresholds {
  readonly failOn: string;
  readonly warnOn: string;
  readonly ignoreUnfixed: boolean;
  readonly scanType: string;
}

export interface AttestedException {
  readonly id: string;
  readonly reason: string | undefined;
  readonly expires: Date | undefined;
  readonly approvedBy: string | undefined;
  readonly ticket: string | undefined;
}

export interface AttestedPolicy {
  readonly uri: string;
  /** SHA-256 of the policy, in hex. It depends on the meaning of the policy, not on how the file is written. */
  readonly policySha256: string;
  /** SHA-256 of the bytes of its file, in hex. */
  readonly sha256: string;
}

/** The inputs that allow more than the policy does, by their names. */
export type AttestedWeakening = Readonly<Record<string, string | true>>;

export interface SummaryInput {
  /** As `resourceUri` makes it. */
  readonly resourceUri: string;
  /** When the verdict was reached, by AWS's clock where it is known. */
  readonly verifiedAt: Date;
  /** The policy file; undefined: the thresholds are the policy. */
  readonly policy: AttestedPolicy | undefined;
  /** Empty if nothing weakens the policy. */
  readonly weakening: AttestedWeakening;
  readonly thresholds: AttestedThresholds;
  readonly verdict: 'pass' | 'warn';
  /** ACTIVE findings by severity. */
  readonly counts: Readonly<Record<string, number>>;
  readonly exceptionsUsed: readonly AttestedException[];
  /** The image whose findings were not held against this one, by its digest; undefined if there is none. */
  readonly baseline: string | undefined;
  /** The digests of the base images that made the verdict better. */
  readonly baseImages?: readonly string[];
  /** When the oldest of the scans that were judged ended. */
  readonly scannedAt: Date | undefined;
  readonly actionVersion: string;
  readonly verifiedLevels: readonly string[];
  /** All attestations that the policy required and that were used. Empty or missing where it required none. */
  readonly inputAttestations?: readonly { readonly uri: string; readonly digest: string }[];
}

const Uri = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/, 'is not a URI'));
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest in hex'));
const Time = v.pipe(
  v.string(),
  // RFC 3339. Date.parse alone accepts many other formats.
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i, 'is not an RFC 3339 time'),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'is not a time'),
);
const Level = v.pipe(v.string(), v.nonEmpty());
const OwnLevel = v.pipe(
  Level,
  v.check((level) => !level.startsWith('SLSA_'), 'SLSA_ is reserved'),
);
const DigestSet = v.record(v.string(), v.string());

/** The published fields that a consumer needs. Unknown fields are ignored, as in-toto's parsing rules require. */
const SummarySchema = v.object({
  verifier: v.object({ id: Uri, version: v.optional(v.record(v.string(), v.string())) }),
  timeVerified: Time,
  resourceUri: v.pipe(v.string(), v.nonEmpty()),
  policy: v.object({ uri: v.optional(v.string()), digest: v.optional(DigestSet) }),
  verificationResult: v.picklist(['PASSED', 'FAILED']),
  verifiedLevels: v.array(Level),
  // If an extension field is malformed, the summary is read without it.
  [EXTENSIONS.policyFile]: v.fallback(v.optional(v.object({ digest: DigestSet })), undefined),
  [EXTENSIONS.weakened]: v.fallback(
    v.optional(v.record(v.string(), v.union([v.string(), v.literal(true)]))),
    undefined,
  ),
});

export type VerificationSummary = v.InferOutput<typeof SummarySchema>;

/** What may be attached: every field is in the specification or has a URI as its name. */
const AttachedSummary = v.pipe(
  v.looseObject({
    ...SummarySchema.entries,
    resourceUri: Uri,
    policy: v.strictObject({ uri: Uri, digest: v.strictObject({ sha256: Sha256 }) }),
    verificationResult: v.literal('PASSED'),
    verifiedLevels: v.pipe(v.array(OwnLevel), v.nonEmpty()),
    [EXTENSIONS.policyFile]: v.optional(v.strictObject({ digest: v.strictObject({ sha256: Sha256 }) })),
    inputAttestations: v.exactOptional(
      v.pipe(v.array(v.strictObject({ uri: Uri, digest: v.strictObject({ sha256: Sha256 }) })), v.nonEmpty()),
    ),
  }),
  v.check(
    (summary) =>
      Object.keys(summary).every(
        (name) => name in SummarySchema.entries || name === 'inputAttestations' || v.is(Uri, name),
      ),
    'has a field that is not in the specification and whose name is not a URI',
  ),
);

const AttachedVulnerabilities = v.strictObject({
  scanner: v.strictObject({
    uri: Uri,
    version: v.optional(v.string()),
    db: v.strictObject({
      uri: v.optional(Uri),
      version: v.optional(v.string()),
      lastUpdate: Time,
    }),
    result: v.array(
      v.strictObject({
        id: v.pipe(v.string(), v.nonEmpty()),
        severity: v.array(v.strictObject({ method: v.string(), score: v.string() })),
        annotations: v.optional(v.array(v.record(v.string(), v.string()))),
      }),
    ),
  }),
  metadata: v.strictObject({ scanStartedOn: Time, scanFinishedOn: Time }),
});

/** A predicate and its type, ready to be attached. */
export interface Predicate {
  readonly type: string;
  readonly predicate: Readonly<Record<string, unknown>>;
}

/**
 * Names the repository that a summary is about: `oci://ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY`. The
 * digest is in the statement's subject; the repository has to be said as well, or the summary of one repository
 * would hold in every other that has the same image. Host names that lead to the same registry (FIPS, dual
 * stack) have one form, so that it does not matter which of them built and which deploys.
 */
export function resourceUri(registry: Pick<Registry, 'account' | 'region'>, repository: string): string {
  return `oci://${plainName(registry, repository)}`;
}

/**
 * The policy of a run without a policy file. Its digest is the SHA-256 of this JSON, so that anyone can work it
 * out: `{"fail-on":"critical","ignore-unfixed":false,"scan-type":"enhanced","warn-on":"high"}`.
 */
export function thresholdsPolicy(thresholds: AttestedThresholds): { uri: string; sha256: string } {
  return { uri: THRESHOLDS_URI, sha256: sha256Of(named(thresholds)) };
}

function named({ failOn, warnOn, ignoreUnfixed, scanType }: AttestedThresholds) {
  return { 'fail-on': failOn, 'ignore-unfixed': ignoreUnfixed, 'scan-type': scanType, 'warn-on': warnOn };
}

/**
 * The summary of an image that passed. A blocked image gets none: `cosign verify` accepts any attestation by a key as a
 * signature, also one that says FAILED.
 * @throws ValiError if a value does not fit the published fields
 */
export function verificationSummary(input: SummaryInput): Predicate {
  const { policy, file } = attestedPolicy(input);
  const predicate = {
    verifier: { id: VERIFIER_ID, version: { 'ecr-deployment-gate': input.actionVersion } },
    timeVerified: input.verifiedAt.toISOString(),
    resourceUri: input.resourceUri,
    policy,
    ...inputAttestationsOf(input),
    verificationResult: 'PASSED' as const,
    verifiedLevels: [...input.verifiedLevels],
    ...(file === undefined ? {} : { [EXTENSIONS.policyFile]: file }),
    [EXTENSIONS.verdict]: input.verdict,
    [EXTENSIONS.thresholds]: named(input.thresholds),
    [EXTENSIONS.counts]: { ...input.counts },
    [EXTENSIONS.exceptions]: input.exceptionsUsed.map((exception) => ({
      id: exception.id,
      ...(exception.reason === undefined ? {} : { reason: exception.reason }),
      ...(exception.expires === undefined ? {} : { expires: exception.expires.toISOString() }),
      ...(exception.approvedBy === undefined ? {} : { approvedBy: exception.approvedBy }),
      ...(exception.ticket === undefined ? {} : { ticket: exception.ticket }),
    })),
    ...(input.baseline === undefined ? {} : { [EXTENSIONS.baseline]: input.baseline }),
    ...(isEmpty(input.baseImages ?? []) ? {} : { [EXTENSIONS.baseImages]: input.baseImages }),
    ...(isEmpty(input.weakening) ? {} : { [EXTENSIONS.weakened]: sorted(input.weakening) }),
    ...(input.scannedAt === undefined ? {} : { [EXTENSIONS.scannedAt]: input.scannedAt.toISOString() }),
  };
  v.parse(AttachedSummary, predicate);
  return { type: SUMMARY_TYPE, predicate };
}

interface DigestOnly {
  readonly digest: { readonly sha256: string };
}

/** SLSA: if the list is not empty, it has to contain all attestations that were used, each with its digest. */
function inputAttestationsOf({ inputAttestations = [] }: SummaryInput): object {
  if (isEmpty(inputAttestations)) return {};
  return {
    inputAttestations: inputAttestations.map(({ uri, digest }) => ({
      uri,
      digest: { sha256: digest.replace(/^sha256:/, '') },
    })),
  };
}

/**
 * The policy by its name and digest, and the file that it was read from by its digest. A policy that inputs of the run weaken is
 * another policy, so that a consumer who expects the policy does not accept the weakened one. The same holds for a consumer who
 * expects the file: its digest is weakened in the same way.
 */
function attestedPolicy({ policy, thresholds, weakening }: SummaryInput): {
  readonly policy: DigestOnly & { readonly uri: string };
  readonly file: DigestOnly | undefined;
} {
  const isWeak = !isEmpty(weakening);
  const attested = (sha256: string): DigestOnly => ({
    digest: { sha256: isWeak ? weakenedPolicySha256(sha256, weakening) : sha256 },
  });
  if (policy === undefined) {
    const { uri, sha256 } = thresholdsPolicy(thresholds);
    return { policy: { uri: isWeak ? WEAKENED_THRESHOLDS_URI : uri, ...attested(sha256) }, file: undefined };
  }
  // A policy file is known by its path or `owner/repo/path@ref`, which is not a URI.
  const path = policy.uri.split('/').map(encodeURIComponent).join('/').replaceAll('%40', '@');
  const isUri = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(policy.uri);
  const name = isUri ? policy.uri : `${NAMESPACE}:policy:${path}`;
  return {
    policy: { uri: isWeak ? `${NAMESPACE}:weakened-policy:${path}` : name, ...attested(policy.policySha256) },
    file: attested(policy.sha256),
  };
}

/**
 * The digest of a policy as inputs weaken it. It is the SHA-256 of the JSON of these inputs and the policy's own
 * digest, sorted by name, so that anyone can work it out: `{"baseline":true,"policy":"sha256:HEX"}`.
 */
export function weakenedPolicySha256(policySha256: string, weakening: AttestedWeakening): string {
  return sha256Of(sorted({ ...weakening, policy: `sha256:${policySha256}` }));
}

function sorted(values: AttestedWeakening): AttestedWeakening {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}

function sha256Of(json: object): string {
  return createHash('sha256').update(JSON.stringify(json)).digest('hex');
}

export interface AttestedFinding {
  readonly id: string;
  readonly severity: string;
  readonly score: number | undefined;
  /** Its effect under the policy. */
  readonly effect: string;
  readonly packages: readonly string[];
  readonly platforms: readonly string[];
}

export interface VulnerabilitiesInput {
  readonly scanType: 'enhanced' | 'basic';
  readonly findings: readonly AttestedFinding[];
  /** When the scans that were judged ended, one per platform. */
  readonly scannedAt: readonly Date[];
}

const SCANNERS = {
  enhanced: { uri: 'https://aws.amazon.com/inspector/', method: 'amazon-inspector' },
  basic: {
    uri: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html',
    method: 'amazon-ecr',
  },
} as const;

/**
 * The findings as in-toto's vulnerability predicate. AWS says when a scan ended and nothing else: the start is
 * given as the end of the platform scanned first, and the database's last update as that same moment, which is
 * the state of knowledge that the report stands for.
 * @throws ValiError if a value does not fit the published fields, and if no scan time is known
 */
export function vulnerabilityReport({ scanType, findings, scannedAt }: VulnerabilitiesInput): Predicate {
  const { uri, method } = SCANNERS[scanType];
  const times = scannedAt.map((date) => date.getTime()).sort((a, b) => a - b);
  const time = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString());
  const predicate = {
    scanner: {
      uri,
      db: { lastUpdate: time(times[0]) },
      result: findings.map(({ id, severity, score, effect, packages, platforms }) => ({
        id,
        severity: [
          { method, score: severity },
          ...(score === undefined ? [] : [{ method: `${method}-score`, score: String(score) }]),
        ],
        annotations: [{ effect, packages: packages.join(', '), platforms: platforms.join(', ') }],
      })),
    },
    metadata: { scanStartedOn: time(times[0]), scanFinishedOn: time(times.at(-1)) },
  };
  v.parse(AttachedVulnerabilities, predicate);
  return { type: VULNERABILITIES_TYPE, predicate };
}

/**
 * The digests by which a summary names its policy, SHA-256 in hex: that of the policy, and that of its file. A summary of a
 * version before 1.1 has that of the file alone, as that of the policy. No policy and file have the same digest.
 */
export function policyDigests(summary: VerificationSummary): readonly string[] {
  return [summary.policy.digest?.sha256, summary[EXTENSIONS.policyFile]?.digest.sha256].filter(
    (sha256) => sha256 !== undefined,
  );
}

/** When a summary was made, in milliseconds since 1970. */
export function summaryTime({ timeVerified }: VerificationSummary): number {
  return Date.parse(timeVerified);
}

/** A summary as a consumer reads it; undefined for a predicate without the fields a summary has to have. */
export function readSummary(predicate: unknown): VerificationSummary | undefined {
  const result = v.safeParse(SummarySchema, predicate, { abortEarly: true });
  return result.success ? result.output : undefined;
}
