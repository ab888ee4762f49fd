/** A policy as plain data. `evaluate` judges findings by it. */
import type { RequiredAttestation } from '../results/attestation.ts';
import type { ExceptionField } from '../results/exception.ts';
import type { Reachability } from '../results/finding.ts';
import type { Threshold } from '../results/severity.ts';
import type { LimitedSeverity } from '../results/verdict.ts';

export type Action = 'block' | 'warn' | 'ignore';

/** A bound on a number, such as `>=7.0`. */
export interface Bound {
  readonly operator: '>=' | '>' | '<=' | '<';
  readonly value: number;
}

/**
 * The conditions of a rule. All that are given must hold. A list holds if one of its items does. In globs `*` does not match
 * `/`, and `**` does.
 */
export interface Conditions {
  /** Inspector's severities in upper case; UNTRIAGED is one of them. */
  readonly severity?: readonly string[] | undefined;
  /** Inspector's score, 0 to 10. */
  readonly score?: Bound | undefined;
  /** Probability of exploitation in the next 30 days, 0 to 1. */
  readonly epss?: Bound | undefined;
  readonly exploitAvailable?: boolean | undefined;
  /** Whether the vulnerability is in CISA's catalog of known exploited ones (KEV). */
  readonly knownExploited?: boolean | undefined;
  /** Inspector's `fixAvailable` in upper case. */
  readonly fixAvailable?: 'YES' | 'NO' | 'PARTIAL' | undefined;
  /** Milliseconds since the finding was first observed. */
  readonly olderThanMs?: number | undefined;
  readonly newerThanMs?: number | undefined;
  readonly package?: readonly string[] | undefined;
  readonly packageManager?: readonly string[] | undefined;
  /** Ids or globs, compared without regard to case. Related ids match as well. */
  readonly vulnerability?: readonly string[] | undefined;
  readonly repository?: readonly string[] | undefined;
  readonly platform?: readonly string[] | undefined;
  readonly layer?: 'base' | 'application' | undefined;
  /** `unknown` never certainly holds: an unknown reachability is missing data. */
  readonly reachability?: Reachability | 'unknown' | undefined;
}

export interface Rule {
  readonly name: string;
  readonly action: Action;
  /** Never undefined if the action is `ignore`. */
  readonly reason: string | undefined;
  readonly when: Conditions;
}

/** The bounds of exceptions and VEX statements. */
export interface ExceptionBounds {
  /** An exception that ends later than this from now does not apply. */
  readonly maxDurationMs: number | undefined;
  /** Findings that no exception applies to. One of these is enough. */
  readonly never: {
    readonly severity: readonly string[];
    readonly knownExploited: boolean;
    readonly score: Bound | undefined;
  };
  readonly required: readonly ExceptionField[];
}

/** What a workflow cannot weaken by its inputs. */
export interface Minimum {
  readonly failOn: Threshold | undefined;
  readonly warnOn: Threshold | undefined;
  /** True: `enforce: false` has no effect. */
  readonly enforce: boolean;
  /** False: `ignore-unfixed: true` has no effect. */
  readonly ignoreUnfixed: boolean;
  /** The longest `timeout`, in milliseconds. */
  readonly timeoutMs: number | undefined;
  /** The shortest `settle-time`, in milliseconds. */
  readonly settleTimeMs: number | undefined;
  readonly scanType: 'enhanced' | undefined;
  /** True: a run without a `signing-key` fails. */
  readonly signing: boolean;
  /** False: no baseline is used. */
  readonly baseline: boolean;
  /** The base images that rules may use: any, none, or globs over `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY`. */
  readonly baseImage: boolean | readonly string[];
  /** False: no exceptions file, or no OpenVEX document, has an effect. */
  readonly exceptions: boolean;
  readonly vex: boolean;
  /** True: the verify action judges today's findings. */
  readonly recheck: boolean;
}

/** A policy file. For what is undefined, the input or its default applies. */
export interface PolicyDocument {
  readonly failOn: Threshold | undefined;
  readonly warnOn: Threshold | undefined;
  readonly ignoreUnfixed: boolean | undefined;
  readonly rules: readonly Rule[];
  readonly limits: Readonly<Partial<Record<LimitedSeverity, number>>>;
  readonly untriaged: Action;
  readonly suppressed: Action;
  readonly exceptionsAllowed: ExceptionBounds;
  /** What every image must carry; missing if the policy requires none. */
  readonly attestations?: readonly RequiredAttestation[];
  readonly minimum: Minimum;
}

/** The policy that findings are judged by: policy file, inputs and defaults combined. */
export interface Policy extends Omit<PolicyDocument, 'minimum' | 'failOn' | 'warnOn' | 'ignoreUnfixed'> {
  /** The lowest severity that blocks. */
  readonly failOn: Threshold;
  /** The lowest severity that warns. */
  readonly warnOn: Threshold;
  /** A finding that has no fix at all (`fixAvailable: NO`) warns instead of blocking. */
  readonly ignoreUnfixed: boolean;
}

/** The values that apply if neither the policy file nor an input sets them. */
export const DEFAULT_SETTINGS = {
  failOn: 'critical',
  warnOn: 'high',
  ignoreUnfixed: false,
} as const satisfies Pick<Policy, 'failOn' | 'warnOn' | 'ignoreUnfixed'>;

/** The policy file without any settings. */
export const EMPTY_POLICY: PolicyDocument = {
  failOn: undefined,
  warnOn: undefined,
  ignoreUnfixed: undefined,
  rules: [],
  limits: {},
  untriaged: 'warn',
  suppressed: 'ignore',
  exceptionsAllowed: {
    maxDurationMs: undefined,
    never: { severity: [], knownExploited: false, score: undefined },
    required: [],
  },
  minimum: {
    failOn: undefined,
    warnOn: undefined,
    enforce: false,
    ignoreUnfixed: true,
    timeoutMs: undefined,
    settleTimeMs: undefined,
    scanType: undefined,
    signing: false,
    baseline: true,
    baseImage: true,
    exceptions: true,
    vex: true,
    recheck: false,
  },
};
