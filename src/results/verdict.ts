/** The verdict on an image, as data. */
import type { Exception, ExceptionOutcome, RefusedException } from './exception.ts';
import type { Finding } from './finding.ts';
import type { Severity, Threshold } from './severity.ts';

/** Data that a condition needs and that a finding may not have. */
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
  | 'layer'
  | 'reachability';

export type Effect = 'block' | 'warn' | 'allow';

/** Why a finding has its effect. The report puts it into words. */
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
      /** The data that the rule needs and that is missing. It was treated as the stricter case. */
      readonly missing: readonly Detail[];
    }
  | {
      readonly kind: 'exception';
      readonly exception: Exception;
      /** The reason without the exception. */
      readonly instead: Reason;
    }
  | { readonly kind: 'baseline'; readonly instead: Reason };

export interface Decision {
  readonly effect: Effect;
  readonly reason: Reason;
}

export type LimitedSeverity = Lowercase<Severity> | 'untriaged';

/** One finding of the image. The same finding on several platforms is one, with all platforms. */
export interface ImageFinding {
  readonly finding: Finding;
  readonly platforms: readonly string[];
  /** The ids of the merged findings. */
  readonly ids: readonly string[];
}

export interface JudgedFinding extends ImageFinding, Decision {
  /** Whether it counts towards the policy's limits: no rule, exception or baseline excludes it. */
  readonly counts: boolean;
  /** Whether the baseline has it too. Undefined without a baseline. */
  readonly inBaseline: boolean | undefined;
  /** Of a finding that blocks or warns: the exceptions that name it and do not apply to it, at most ten. */
  readonly refused: readonly RefusedException[];
}

/** The number of ACTIVE findings by severity. `unknown` counts severities that are not in Inspector's list. */
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
  /** The findings that were judged, worst first. */
  readonly judged: readonly JudgedFinding[];
  /** The findings that an Inspector suppression rule hides and that the policy does not judge. */
  readonly suppressed: readonly ImageFinding[];
  readonly counts: Counts;
  /** The number of findings that block. */
  readonly blocking: number;
  /** The limits that are exceeded. Each of them blocks the image. */
  readonly exceededLimits: readonly ExceededLimit[];
  /** How each exception was used, in the order given. */
  readonly exceptions: readonly ExceptionOutcome[];
  /** The findings of the baseline that the image no longer has. Undefined without a baseline. */
  readonly gone: readonly ImageFinding[] | undefined;
}
