/** What becomes of one finding under a policy: its rules, then thresholds, exceptions and baseline. */
import type { Exception } from '../results/exception.ts';
import type { Finding } from '../results/finding.ts';
import { rankOf, reaches, UNTRIAGED } from '../results/severity.ts';
import type { Decision, Detail, Effect, Reason } from '../results/verdict.ts';
import { match } from './conditions.ts';
import type { Action, Policy, Rule } from './policy.ts';

export interface DecisionContext {
  readonly repository: string;
  readonly now: Date;
  /** The exception that applies to this finding, if there is one. */
  readonly exception: Exception | undefined;
  /** Whether there is a baseline that has this finding. */
  readonly inBaseline: boolean;
}

export interface Judgement extends Decision {
  /** Whether it counts towards the policy's limits: nothing ignored, excepted or tolerated it. */
  readonly counts: boolean;
}

/** Decides what one finding does to its image. */
export function decide(finding: Finding, policy: Policy, context: DecisionContext): Judgement {
  const { effect, reason, ignoresBaseline } = byRules(finding, policy, context);
  const { exception, inBaseline: known } = context;
  if (effect === 'allow') {
    // What is allowed for any other reason is ignored.
    const counts = reason.kind === 'below-thresholds' && exception === undefined && !known;
    return { effect, reason, counts };
  }
  if (exception !== undefined) {
    return { effect: 'allow', reason: { kind: 'exception', exception, instead: reason }, counts: false };
  }
  if (effect === 'block' && known && !ignoresBaseline) {
    return { effect: 'warn', reason: { kind: 'baseline', instead: reason }, counts: false };
  }
  return { effect, reason, counts: !known };
}

interface RuleDecision extends Decision {
  /** Whether no baseline softens it: a rule blocks what is known to be exploited, or nobody knows the severity. */
  readonly ignoresBaseline: boolean;
}

/** How bad an effect is, compared with another. */
export const BADNESS: Readonly<Record<Effect, number>> = { allow: 0, warn: 1, block: 2 };

/**
 * The first rule that matches decides. One whose match is unknown decides only for the worse: the finding
 * gets the worse of what the rule and what the rest of them say.
 */
function byRules(finding: Finding, policy: Policy, context: DecisionContext): RuleDecision {
  // Those before the first one that settles it: each of them may still make it worse.
  const open: { readonly decided: RuleDecision; readonly isCertain: boolean }[] = [];
  let settled: RuleDecision | undefined;
  const contexts = {
    any: { ...context, quantifier: 'any' },
    every: { ...context, quantifier: 'every' },
  } as const;
  for (const rule of policy.rules) {
    const { truth, missing } = match(rule.when, finding, contexts[quantifierOf(rule)]);
    if (truth === false) continue;
    const decided = ruled(rule, missing);
    if (truth === true && rule.action !== 'block') {
      settled = decided;
      break;
    }
    open.push({ decided, isCertain: truth === true });
  }
  return open.reduceRight((other, { decided, isCertain }) => {
    const chosen = isCertain || BADNESS[decided.effect] > BADNESS[other.effect] ? decided : other;
    // Another rule may forbid the baseline to soften what this one blocks.
    return { ...chosen, ignoresBaseline: decided.ignoresBaseline || other.ignoresBaseline };
  }, settled ?? byThresholds(finding, policy));
}

/** Of several packages, one is enough for a rule that blocks; what softens needs every one of them. */
export function quantifierOf({ action }: Pick<Rule, 'action'>): 'any' | 'every' {
  return action === 'block' ? 'any' : 'every';
}

function ruled({ name, action, reason, when }: Rule, missing: readonly Detail[]): RuleDecision {
  return {
    effect: effectOf(action),
    reason: { kind: 'rule', rule: name, reason, missing },
    ignoresBaseline: action === 'block' && when.knownExploited === true,
  };
}

function byThresholds(finding: Finding, policy: Policy): RuleDecision {
  const { failOn, warnOn } = policy;
  const by = (effect: Effect, reason: Reason): RuleDecision => ({
    effect,
    reason,
    ignoresBaseline: false,
  });
  if (finding.status === 'SUPPRESSED') return by(effectOf(policy.suppressed), { kind: 'suppressed' });
  if (finding.severity === UNTRIAGED) return by(effectOf(policy.untriaged), { kind: 'untriaged' });
  const rank = rankOf(finding.severity);
  if (rank === undefined) {
    return {
      ...by('block', { kind: 'unknown-severity', severity: finding.severity }),
      ignoresBaseline: true,
    };
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
