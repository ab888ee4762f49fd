/** Decides the effect of one finding: rules, then thresholds, then exceptions and the baseline. */
import type { Exception } from '../results/exception.ts';
import type { Finding } from '../results/finding.ts';
import { rankOf, reaches, UNTRIAGED } from '../results/severity.ts';
import type { Decision, Detail, Effect, Reason } from '../results/verdict.ts';
import { match } from './conditions.ts';
import type { Action, Policy, Rule } from './policy.ts';

export interface DecisionContext {
  readonly repository: string;
  readonly now: Date;
  /** The exception that applies to this finding. */
  readonly exception: Exception | undefined;
  /** Whether the baseline has this finding. */
  readonly inBaseline: boolean;
}

export interface Judgement extends Decision {
  /** Whether it counts towards the policy's limits: no rule ignores it, no exception applies and the baseline does not have it. */
  readonly counts: boolean;
}

/** Decides the effect of one finding on its image. */
export function decide(finding: Finding, policy: Policy, context: DecisionContext): Judgement {
  const { effect, reason, ignoresBaseline } = byRules(finding, policy, context);
  const { exception, inBaseline: known } = context;
  if (effect === 'allow') {
    // A rule ignores what is allowed for any other reason.
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
  /** Whether the baseline does not downgrade it: a rule blocks known exploited findings, or the severity is unknown. */
  readonly ignoresBaseline: boolean;
}

/** The order of effects, from the least severe. */
export const SEVERITY_OF_EFFECT: Readonly<Record<Effect, number>> = { allow: 0, warn: 1, block: 2 };

/**
 * The first rule that matches decides. If it is unknown whether a rule matches, the finding gets the more severe effect of
 * this rule and of what the rules after it decide.
 */
function byRules(finding: Finding, policy: Policy, context: DecisionContext): RuleDecision {
  // The rules before the one that decides in any case. Each of them can make the effect more severe.
  const open: { readonly decided: RuleDecision; readonly isCertain: boolean }[] = [];
  let final: RuleDecision | undefined;
  const contexts = {
    any: { ...context, quantifier: 'any' },
    every: { ...context, quantifier: 'every' },
  } as const;
  for (const rule of policy.rules) {
    const { truth, missing } = match(rule.when, finding, contexts[quantifierOf(rule)]);
    if (truth === false) continue;
    const decided = byRule(rule, missing);
    if (truth === true && rule.action !== 'block') {
      final = decided;
      break;
    }
    open.push({ decided, isCertain: truth === true });
  }
  return open.reduceRight((other, { decided, isCertain }) => {
    const chosen =
      isCertain || SEVERITY_OF_EFFECT[decided.effect] > SEVERITY_OF_EFFECT[other.effect] ? decided : other;
    // Another rule can exclude from the baseline what this rule blocks.
    return { ...chosen, ignoresBaseline: decided.ignoresBaseline || other.ignoresBaseline };
  }, final ?? byThresholds(finding, policy));
}

/** A rule that blocks needs one package that matches. A rule that warns or ignores needs every package. */
export function quantifierOf({ action }: Pick<Rule, 'action'>): 'any' | 'every' {
  return action === 'block' ? 'any' : 'every';
}

/** The decision of a rule that matches. */
function byRule({ name, action, reason, when }: Rule, missing: readonly Detail[]): RuleDecision {
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

/** Whether a finding of a severity could block an image under a policy, whatever its other properties are. */
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

/** Whether every active finding of a severity blocks an image under a policy that no exception and no baseline changes. */
export function alwaysBlocks(severity: string, policy: Policy): boolean {
  const rank = rankOf(severity);
  const byThreshold =
    rank === undefined
      ? severity !== UNTRIAGED || policy.untriaged === 'block'
      : reaches(rank, policy.failOn) && !policy.ignoreUnfixed;
  return byThreshold && policy.rules.every(({ action }) => action === 'block');
}

function effectOf(action: Action): Effect {
  return action === 'ignore' ? 'allow' : action;
}
