/** What a policy says, once read: plain data that `evaluate` judges by. */
import type { ExceptionField } from '../results/exception.ts';
import type { Threshold } from '../results/severity.ts';
import type { LimitedSeverity } from '../results/verdict.ts';

export type Action = 'block' | 'warn' | 'ignore';

/** A bound on a number, such as `>=7.0`. */
export interface Bound {
  readonly operator: '>=' | '>' | '<=' | '<';
  readonly value: number;
}

/**
 * The conditions of a rule; all that are given must hold. A list holds if one of its members does. Globs are
 * those of a path: `*` does not match `/`, `**` does.
 */
export interface Conditions {
  /** Inspector's severities in upper case; UNTRIAGED is one of them. */
  readonly severity?: readonly string[] | undefined;
  /** Inspector's score, 0 to 10. */
  readonly score?: Bound | undefined;
  /** Probability of exploitation in the next 30 days, 0 to 1. */
  readonly epss?: Bound | undefined;
  readonly exploitAvailable?: boolean | undefined;
  /** Whether the vulnerability is in CISA's catalogue of known exploited ones (KEV). */
  readonly knownExploited?: boolean | undefined;
  /** Inspector's `fixAvailable` in upper case. */
  readonly fixAvailable?: 'YES' | 'NO' | 'PARTIAL' | undefined;
  /** Milliseconds since the finding was first observed. */
  readonly olderThanMs?: number | undefined;
  readonly newerThanMs?: number | undefined;
  readonly package?: readonly string[] | undefined;
  readonly packageManager?: readonly string[] | undefined;
  /** Ids or globs over ids, compared without regard to case; related ids count too. */
  readonly vulnerability?: readonly string[] | undefined;
  readonly repository?: readonly string[] | undefined;
  readonly platform?: readonly string[] | undefined;
  readonly layer?: 'base' | 'application' | undefined;
}

export interface Rule {
  readonly name: string;
  readonly action: Action;
  /** Always there where the action is `ignore`. */
  readonly reason: string | undefined;
  readonly when: Conditions;
}

/** What exceptions may not do, however they are written. */
export interface ExceptionBounds {
  /** An exception that ends later than this from now does not apply. */
  readonly maxDurationMs: number | undefined;
  /** Findings that nothing may except: one of these that holds is enough. */
  readonly never: {
    readonly severity: readonly string[];
    readonly knownExploited: boolean;
    readonly score: Bound | undefined;
  };
  readonly required: readonly ExceptionField[];
}

/** What a policy demands of the workflow that uses it, whatever its inputs say. */
export interface Minimum {
  readonly failOn: Threshold | undefined;
  readonly warnOn: Threshold | undefined;
  /** True: `enforce: false` does not hold. */
  readonly enforce: boolean;
  /** False: `ignore-unfixed: true` does not hold. */
  readonly ignoreUnfixed: boolean;
  /** The longest `timeout`, in milliseconds. */
  readonly timeoutMs: number | undefined;
  /** The shortest `settle-time`, in milliseconds. */
  readonly settleTimeMs: number | undefined;
  readonly scanType: 'enhanced' | undefined;
  /** True: a run without a `signing-key` fails. */
  readonly signing: boolean;
  /** False: no baseline softens anything. */
  readonly baseline: boolean;
  /** The base images that rules may go by: any, none, or globs over `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY`. */
  readonly baseImage: boolean | readonly string[];
  /** False: no exceptions file, or no OpenVEX document, excepts anything. */
  readonly exceptions: boolean;
  readonly vex: boolean;
  /** True: the verify action judges today's findings. */
  readonly recheck: boolean;
}

/** A policy file as it was read. What it leaves out is undefined, and then the input or its default holds. */
export interface PolicyDocument {
  readonly failOn: Threshold | undefined;
  readonly warnOn: Threshold | undefined;
  readonly ignoreUnfixed: boolean | undefined;
  readonly rules: readonly Rule[];
  readonly limits: Readonly<Partial<Record<LimitedSeverity, number>>>;
  readonly untriaged: Action;
  readonly suppressed: Action;
  readonly exceptionsAllowed: ExceptionBounds;
  readonly minimum: Minimum;
}

/** What findings are judged by: the policy file, the inputs and their defaults made one. */
export interface Policy extends Omit<PolicyDocument, 'minimum' | 'failOn' | 'warnOn' | 'ignoreUnfixed'> {
  /** The lowest severity that blocks. */
  readonly failOn: Threshold;
  /** The lowest severity that warns. */
  readonly warnOn: Threshold;
  /** A finding that has no fix at all (`fixAvailable: NO`) warns instead of blocking. */
  readonly ignoreUnfixed: boolean;
}

/** What a policy file that says nothing says. */
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
