/** What becomes of one finding under a policy: its rules, then thresholds, exceptions and baseline. */
import type { Finding } from '../scan/findings.ts';
import { type Baseline, isInBaseline } from './baseline.ts';
import { type Detail, match } from './conditions.ts';
import type { Exception } from './exceptions.ts';
import type { Action, Policy, Rule } from './policy.ts';
import { rankOf, reaches, type Threshold, UNTRIAGED } from './severity.ts';

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

export interface DecisionContext {
  readonly repository: string;
  readonly now: Date;
  /** The exception that applies to this finding, if there is one. */
  readonly exception: Exception | undefined;
  readonly baseline: Baseline | undefined;
}

export interface Judgement extends Decision {
  /** Whether it counts towards the policy's limits: nothing ignored, excepted or tolerated it. */
  readonly counts: boolean;
}

/** Decides what one finding does to its image. */
export function decide(finding: Finding, policy: Policy, context: DecisionContext): Judgement {
  const { effect, reason, firm } = byRules(finding, policy, context);
  const { exception, baseline } = context;
  const known = isInBaseline(finding, baseline);
  if (effect === 'allow') {
    // What is allowed for any other reason is ignored.
    const counts = reason.kind === 'below-thresholds' && exception === undefined && !known;
    return { effect, reason, counts };
  }
  if (exception !== undefined) {
    return { effect: 'allow', reason: { kind: 'exception', exception, instead: reason }, counts: false };
  }
  if (effect === 'block' && known && !firm) {
    return { effect: 'warn', reason: { kind: 'baseline', instead: reason }, counts: false };
  }
  return { effect, reason, counts: !known };
}

interface RuleDecision extends Decision {
  /** Whether no baseline softens it: a rule blocks what is known to be exploited, or nobody knows the severity. */
  readonly firm: boolean;
}

/** How bad an effect is, compared with another. */
export const BADNESS: Readonly<Record<Effect, number>> = { allow: 0, warn: 1, block: 2 };

/**
 * The first rule that matches decides. One whose match is unknown decides only for the worse: the finding
 * gets the worse of what the rule and what the rest of them say.
 */
function byRules(finding: Finding, policy: Policy, context: DecisionContext): RuleDecision {
  const [rule, ...rest] = policy.rules;
  if (rule === undefined) return byThresholds(finding, policy);
  const quantifier = rule.action === 'block' ? 'any' : 'every';
  const { truth, missing } = match(rule.when, finding, { ...context, quantifier });
  const otherwise = () => byRules(finding, { ...policy, rules: rest }, context);
  if (truth === false) return otherwise();
  const decided = ruled(rule, missing);
  if (truth === true && rule.action !== 'block') return decided;
  // Another rule may forbid the baseline to soften what this one blocks.
  const other = otherwise();
  const chosen = truth === true || BADNESS[decided.effect] > BADNESS[other.effect] ? decided : other;
  return { ...chosen, firm: decided.firm || other.firm };
}

function ruled({ name, action, reason, when }: Rule, missing: readonly Detail[]): RuleDecision {
  return {
    effect: effectOf(action),
    reason: { kind: 'rule', rule: name, reason, missing },
    firm: action === 'block' && when.knownExploited === true,
  };
}

function byThresholds(finding: Finding, policy: Policy): RuleDecision {
  const { failOn, warnOn } = policy;
  const by = (effect: Effect, reason: Reason): RuleDecision => ({
    effect,
    reason,
    firm: false,
  });
  if (finding.status === 'SUPPRESSED') return by(effectOf(policy.suppressed), { kind: 'suppressed' });
  if (finding.severity === UNTRIAGED) return by(effectOf(policy.untriaged), { kind: 'untriaged' });
  const rank = rankOf(finding.severity);
  if (rank === undefined) {
    return { ...by('block', { kind: 'unknown-severity', severity: finding.severity }), firm: true };
  }
  if (reaches(rank, failOn)) {
    return policy.ignoreUnfixed && finding.fixAvailable === 'NO'
      ? by('warn', { kind: 'unfixed', threshold: failOn })
      : by('block', { kind: 'fail-on', threshold: failOn });
  }
  if (reaches(rank, warnOn)) return by('warn', { kind: 'warn-on', threshold: warnOn });
  return by('allow', { kind: 'below-thresholds' });
}

/**
 * Whether some finding of a severity could block an image under a policy. Where that depends on more than the
 * severity, it could.
 */
export function canBlock(severity: string, policy: Policy): boolean {
  const rank = rankOf(severity);
  return (
    (rank === undefined
      ? severity !== UNTRIAGED || policy.untriaged === 'block'
      : reaches(rank, policy.failOn)) ||
    policy.suppressed === 'block' ||
    Object.keys(policy.limits).includes(severity.toLowerCase()) ||
    policy.rules.some(({ action, when }) => action === 'block' && when.severity?.includes(severity) !== false)
  );
}

function effectOf(action: Action): Effect {
  return action === 'ignore' ? 'allow' : action;
}
