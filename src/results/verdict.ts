/** What the policy made of the findings of an image. */
import type { Exception, ExceptionOutcome, RefusedException } from './exception.ts';
import type { Finding } from './finding.ts';
import type { Severity, Threshold } from './severity.ts';

/** What a condition can ask of a finding that the finding need not say. */
export type Detail =
  | 'severity'
  | 'score'
  | 'epss'
  | 'known-exploited'
  | 'exploit-available'
  | 'fix-available'
  | 'age'
  | 'platform'
  | 'package'
  | 'layer';

export type Effect = 'block' | 'warn' | 'allow';

/** Why a finding has its effect, as data: the report words it. */
export type Reason =
  | { readonly kind: 'fail-on'; readonly threshold: Threshold }
  | { readonly kind: 'warn-on'; readonly threshold: Threshold }
  | { readonly kind: 'below-thresholds' }
  | { readonly kind: 'unfixed'; readonly threshold: Threshold }
  | { readonly kind: 'untriaged' }
  | { readonly kind: 'suppressed' }
  | { readonly kind: 'unknown-severity'; readonly severity: string }
  | {
      readonly kind: 'rule';
      readonly rule: string;
      readonly reason: string | undefined;
      /** What the rule asks and nobody could say: it was counted against the image. */
      readonly missing: readonly Detail[];
    }
  | {
      readonly kind: 'exception';
      readonly exception: Exception;
      /** What would have decided without it. */
      readonly instead: Reason;
    }
  | { readonly kind: 'baseline'; readonly instead: Reason };

export interface Decision {
  readonly effect: Effect;
  readonly reason: Reason;
}

export type LimitedSeverity = Lowercase<Severity> | 'untriaged';

/** One finding of the image: the same finding of several platforms is one, and names them all. */
export interface ImageFinding {
  readonly finding: Finding;
  readonly platforms: readonly string[];
  /** The ids of every finding that stands behind it. */
  readonly ids: readonly string[];
}

export interface JudgedFinding extends ImageFinding, Decision {
  /** Whether it counts towards the policy's limits: no rule, exception or baseline excuses it. */
  readonly counts: boolean;
  /** Whether the baseline has it too; undefined where there is no baseline. */
  readonly inBaseline: boolean | undefined;
  /** Of a finding that blocks or warns: the exceptions that name it and do not apply to it, at most ten. */
  readonly refused: readonly RefusedException[];
}

/** How many findings are ACTIVE, by severity; `unknown` counts severities that are not in Inspector's list. */
export interface Counts {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly informational: number;
  readonly untriaged: number;
  readonly unknown: number;
  readonly total: number;
}

/** A limit of the policy that the findings exceed. */
export interface ExceededLimit {
  readonly severity: LimitedSeverity;
  readonly allowed: number;
  readonly found: number;
}

export interface Verdict {
  readonly verdict: 'pass' | 'warn' | 'block';
  /** Every finding that was judged, worst first. */
  readonly judged: readonly JudgedFinding[];
  /** Findings that an Inspector suppression rule hides: listed, not judged, unless the policy judges them. */
  readonly suppressed: readonly ImageFinding[];
  readonly counts: Counts;
  /** How many findings block. */
  readonly blocking: number;
  /** Limits that are exceeded: each blocks the image, whatever its findings do one by one. */
  readonly exceededLimits: readonly ExceededLimit[];
  /** What became of each exception, in the order given. */
  readonly exceptions: readonly ExceptionOutcome[];
  /** What the baseline had and the image no longer has; undefined where there is no baseline. */
  readonly gone: readonly ImageFinding[] | undefined;
}
