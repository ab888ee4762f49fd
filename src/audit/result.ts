/** What an audit found: `report.json` of mode `audit`, and what the report is built from. No behaviour. */
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

/** What one check says of one resource. */
export interface Result {
  readonly check: string;
  readonly status: Status;
  /** Of a failure or an unknown result: how bad it is. Of a passed check: how bad it could have been. */
  readonly severity: Severity;
  /** Host of the registry that it is about; of a role or user, undefined. */
  readonly registry: string | undefined;
  readonly resource: string;
  /** What is wrong, then what to do. */
  readonly message: string;
  readonly evidence: Readonly<Record<string, Json>>;
  readonly fix: Fix | undefined;
  readonly reference: string;
  /** IAM actions that would have told what is unknown. */
  readonly missing: readonly string[];
  /** Of a failure: the severity that it would have if what is unknown were as bad as it can be. */
  readonly couldBe: Severity | undefined;
  /** What the result is about, such as principals or statements: a failure about something new is new to a baseline. */
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

/** A rule of the audit policy that decided nothing. */
export interface RuleNote {
  readonly source: string;
  readonly check: string;
  readonly resource: string | undefined;
  readonly expires: string | undefined;
}

/** The repository policy that enforces what is expected, judged by the audit's own evaluator. */
export type Proposal =
  | { readonly repository: string; readonly document: Json }
  /** Why there is none. */
  | { readonly repository: string; readonly withheld: readonly string[] };

/** How an audit is to be judged. */
export interface AuditOptions {
  /** The lowest severity of a failed check that blocks. */
  readonly failOn: Severity | 'none';
  /** Whether IAM and workloads were read (the input `access`). Without it, there are no results of `access/*` and no map. */
  readonly access: boolean;
  /** The results of an earlier audit; undefined where none was given. */
  readonly baseline: readonly BaselineResult[] | undefined;
}

/** What a later audit goes by of a result: a part of `Result`, read from an earlier `report.json`. */
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
  /** As the input has it: `push team/app`. */
  readonly question: string;
  /** The repositories that the question is about, as ARNs. */
  readonly repositories: readonly string[];
  /** By repository, then the most certain first. */
  readonly rows: readonly WhoCanRow[];
  /** Why rows may be missing, as sentences; empty where the answer is complete. */
  readonly incomplete: readonly string[];
}

export interface AuditResult {
  readonly verdict: 'pass' | 'warn' | 'block';
  readonly registries: readonly {
    readonly host: string;
    readonly account: string;
    readonly region: string;
    readonly partition: string;
    /** The names of those that were audited; none where they could not be listed. */
    readonly repositories: readonly string[];
  }[];
  readonly results: readonly Result[];
  /** By repository, then by principal. Pairs of which everything is denied are left out. */
  readonly access: readonly AccessEntry[];
  /** Why rows of `access` may be missing, as sentences; empty where it is complete. */
  readonly accessIncomplete: readonly string[];
  readonly principals: readonly PrincipalEntry[];
  /** What the audit does not look at, or was not given. */
  readonly notSeen: readonly string[];
  /** What was assumed, as sentences. */
  readonly notes: readonly string[];
  /** Rules of the audit policy that match no failed or unknown result, and rules that have expired. */
  readonly rules: { readonly unmatched: readonly RuleNote[]; readonly expired: readonly RuleNote[] };
  /** With a baseline: failures of it that are gone. */
  readonly gone: readonly { readonly check: string; readonly resource: string }[];
  /** Results by status; failed ones by severity. */
  readonly counts: Readonly<Record<'passed' | Severity | 'unknown' | 'ignored', number>>;
  /** One for each repository of which the audit policy says who may push. */
  readonly proposals: readonly Proposal[];
}
