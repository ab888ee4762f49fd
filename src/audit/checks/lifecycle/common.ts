/** Functions that the checks of lifecycle policies share. */
import type { Report } from '../../check.ts';
import type { Rule } from '../../lifecycle/policy.ts';
import type { Undecided } from '../../lifecycle/rules.ts';
import { ruleName } from '../../lifecycles.ts';
import { name } from '../../words.ts';
import type { RepositoryCase } from '../../world.ts';

export function calledOf({ repository }: RepositoryCase): string {
  return `the lifecycle policy of ${name(repository.name)}`;
}

export function noteUndecided(
  undecided: readonly Undecided[],
  what: string,
  report: Report,
  options?: Parameters<Report['unknown']>[1],
): void {
  for (const { rule, reasons } of undecided) {
    report.unknown(`${what} ${ruleName(rule)}: ${reasons.join('; ')}`, options);
  }
}

export type FixParts = Pick<Parameters<Report['fail']>[0], 'command' | 'document'>;

export function ruleJson({ priority, description, tagging, criterion, action }: Rule) {
  return {
    rulePriority: priority,
    description: description?.slice(0, 200) ?? null,
    tags: tagging?.status === 'tagged' ? tagging.listed.slice(0, 20) : (tagging?.status ?? null),
    criterion:
      criterion === undefined
        ? null
        : 'count' in criterion
          ? `${criterion.type} ${criterion.count}`
          : `${criterion.type} ${criterion.days} days`,
    action: action ?? null,
  };
}

/** A rule as an item of a failure: what it selects and does, wherever it stands among the rules. */
export function itemOf(rule: Rule): string {
  const { tags, criterion, action } = ruleJson(rule);
  return JSON.stringify([tags, criterion, action]);
}
