/** What an audit found: the data of `report.json` of the audit, and of the report. It contains no behavior. */
import type { Answer } from './access/abilities.ts';
import type { Because, Verdict } from './access/decide.ts';
import type { PrincipalKind } from './access/facts.ts';
import type { Severity } from './severity.ts';

/** Data of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Status = 'pass' | 'fail' | 'unknown' | 'ignored';

export interface Fix {
  /** One command of the AWS CLI; names in it are quoted for a POSIX shell. Files that it names hold `document`. */
  readonly command: string;
  /** The document that the command sends, corrected for this account. */
  readonly document?: Json;
}

/** The result of one check for one resource. */
export interface Result {
  readonly check: string;
  readonly status: Status;
  /** For a failure or an unknown result: its severity. For a passed check: the worst severity of the check. */
  readonly severity: Severity;
  /** Host of the registry that it is about; undefined for a role or user. */
  readonly registry: string | undefined;
  readonly resource: string;
  /** What is wrong, then what to do. */
  readonly message: string;
  readonly evidence: Readonly<Record<string, Json>>;
  readonly fix: Fix | undefined;
  readonly reference: string;
  /** The IAM actions that the audit lacked. */
  readonly missing: readonly string[];
  /** For a failure: its severity if everything that is unknown had the worst possible value. */
  readonly couldBe: Severity | undefined;
  /**
   * What the result is about, such as principals or statements: for a baseline, a failure about something new is a new
   * failure.
   */
  readonly items: readonly string[];
  readonly ignored: { readonly reason: string; readonly expires: string | undefined } | undefined;
  /** With a baseline: whether the failure is new. */
  readonly new: boolean | undefined;
}

/** A row of the access map: what one principal may do. */
export interface AccessEntry extends Omit<Answer, 'decisions'> {
  /** ARN of a repository, or host of a registry. */
  readonly repository: string;
  readonly principal: string;
  readonly kind: PrincipalKind;
}

export interface PrincipalEntry {
  readonly arn: string;
  readonly kind: 'role' | 'user';
  readonly assumedBy: readonly string[];
  readonly usedBy: readonly string[];
  readonly permissions: {
    readonly summary: readonly string[];
    readonly dangers: readonly string[];
    readonly unknown: readonly string[];
  };
}

/** A rule of the audit policy that had no effect. */
export interface RuleNote {
  readonly source: string;
  readonly check: string;
  readonly resource: string | undefined;
  readonly expires: string | undefined;
}

/** The repository policy that enforces the expectations, confirmed by the audit's own evaluator. */
export type Proposal =
  | { readonly repository: string; readonly document: Json }
  /** Why none is proposed. */
  | { readonly repository: string; readonly withheld: readonly string[] };

/** The settings by which an audit reaches its verdict. */
export interface AuditOptions {
  /** The lowest severity of a failed check that blocks. */
  readonly failOn: Severity | 'none';
  /** Whether IAM and workloads were read (the input `access`). Without it, there are no results of `access/*` and no map. */
  readonly access: boolean;
  /** The results of an earlier audit; undefined if none was given. */
  readonly baseline: readonly BaselineResult[] | undefined;
}

/** The part of a `Result` that a later audit compares, read from an earlier `report.json`. */
export type BaselineResult = Pick<Result, 'check' | 'resource' | 'status' | 'severity' | 'items'>;

/** One row of the answer to a question of the input `who-can`. */
export interface WhoCanRow {
  /** ARN of the repository. */
  readonly repository: string;
  readonly principal: string;
  readonly kind: PrincipalKind;
  /** Never `denied`. */
  readonly verdict: Verdict;
  readonly conditions: readonly string[];
  readonly unknown: readonly string[];
  readonly because: readonly Because[];
}

export interface WhoCanAnswer {
  /** As written in the input: `push team/app`. */
  readonly question: string;
  /** The repositories that the question is about, as ARNs. */
  readonly repositories: readonly string[];
  /** By repository, then the most certain first. */
  readonly rows: readonly WhoCanRow[];
  /** Why rows may be missing, as sentences; empty if the answer is complete. */
  readonly incomplete: readonly string[];
}

export interface AuditResult {
  readonly verdict: 'pass' | 'warn' | 'block';
  readonly registries: readonly {
    readonly host: string;
    readonly account: string;
    readonly region: string;
    readonly partition: string;
    /** The names of those that were audited; none if they could not be listed. */
    readonly repositories: readonly string[];
  }[];
  readonly results: readonly Result[];
  /** By repository, then by principal. Pairs without any access are left out. */
  readonly access: readonly AccessEntry[];
  /** Why rows of `access` may be missing, as sentences; empty if it is complete. */
  readonly accessIncomplete: readonly string[];
  readonly principals: readonly PrincipalEntry[];
  /** What the audit does not read, or was not given. */
  readonly notSeen: readonly string[];
  /** Assumptions, as sentences. */
  readonly notes: readonly string[];
  /** Rules of the audit policy that match no failed or unknown result, and rules that have expired. */
  readonly rules: { readonly unmatched: readonly RuleNote[]; readonly expired: readonly RuleNote[] };
  /** With a baseline: its failures that no longer exist. */
  readonly gone: readonly { readonly check: string; readonly resource: string }[];
  /** Results by status; failed ones by severity. */
  readonly counts: Readonly<Record<'passed' | Severity | 'unknown' | 'ignored', number>>;
  /** One for each repository with the expectation `push`. */
  readonly proposals: readonly Proposal[];
}
