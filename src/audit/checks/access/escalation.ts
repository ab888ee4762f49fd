/** Principals that get push or control step by step. */
import { type Escalation, sentenceOf } from '../../access/escalation.ts';
import { principalCheck } from '../../checkers.ts';
import * as needs from '../../needs.ts';
import { list } from '../../words.ts';
import type { World } from '../../world.ts';
import { judgeTrustedOutsiders } from './outsiders.ts';
import { allowingPolicy, changePolicy, distinctBecause } from './reach.ts';

/** Without them, nothing says who should not have it. */
function hasExpectations({ expectations: { entries } }: World): boolean {
  return entries.some(({ push, administer }) => push !== undefined || administer !== undefined);
}

export const escalation = principalCheck({
  id: 'access/escalation',
  title: 'No unexpected principal can reach push or control step by step.',
  severities: ['high'],
  means:
    'A principal that the audit policy lets neither push nor administer gets there by a step: it assumes a role (both sides allow), writes or attaches a policy, changes a policy or a trust policy, creates an access key, adds itself to a group, or passes a role to code that it can run (Lambda, ECS, EC2, CodeBuild). It also fails for a role that can push or administer and that everyone, an account that is not known or another organization may assume; where the audit policy names no account, the result is unknown and lists them. The evidence has the shortest way. Direct access is `access/push` and `access/administer`.',
  why: 'A repository policy names the principals that may push. A principal that can become one of them can push as well.',
  fix: 'Remove the permission for one of the steps, as the evidence names it.',
  nearest:
    'Prowler `iam_policy_allows_privilege_escalation` looks for known combinations in a single policy, and `iam_role_chained_privilege_escalation` for roles that lead to one. Neither knows where they lead, nor applies conditions, boundaries and Denies.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  needs: {
    everyone: needs.everyone,
    groups: needs.groups,
    repositories: needs.allRepositories,
    scopes: needs.policyScopes,
  },
  applies: ({ world }) => hasExpectations(world),
  judge(facts, about, report) {
    const { world, principal } = about;
    const deciding = () => {
      void facts.repositories;
      void facts.scopes;
    };
    judgeTrustedOutsiders(about, deciding, report);
    // Whom the audit policy lets push or administer is no source, but may be where a way from outside begins.
    if (world.isExpectedToWrite(principal.arn)) return report.doesNotApply();
    report.attempt(() => void facts.everyone);
    report.attempt(() => void facts.groups);
    report.attempt(() => void facts.repositories);
    report.attempt(() => void facts.scopes);
    const { found, unknown } = world.escalations;
    for (const { reason } of unknown.get(principal.arn) ?? []) report.unknown(reason);
    for (const one of found.get(principal.arn) ?? []) {
      if (one.verdict === 'unknown') {
        const reasons = [...new Set(one.steps.flatMap(({ decision }) => decision.unknown))];
        report.unknown(
          `whether ${principal.arn} can ${wordFor(one)} ${one.repository} after some steps: ${list(reasons)}`,
          { missing: world.missingFor(reasons) },
        );
        continue;
      }
      report.fail({
        what: `${principal.arn} can ${wordFor(one)} ${one.repository} after ${one.steps.length} ${one.steps.length === 1 ? 'step' : 'steps'}: ${one.steps.map(sentenceOf).join(' ')}`,
        toDo: 'Remove the permission for one of the steps. If it should have access, name it in the audit policy.',
        evidence: {
          ways: [
            {
              ability: one.ability,
              resource: one.repository,
              verdict: one.verdict,
              steps: one.steps.map((step) => ({
                step: sentenceOf(step),
                action: step.action,
                verdict: step.decision.verdict,
                conditions: step.decision.conditions.slice(0, 10),
                because: distinctBecause(step.decision.because).slice(0, 5),
              })),
            },
          ],
        },
        ...commandFor(one),
        items: [`${one.ability} ${one.steps.map(({ action, on }) => `${action} ${on}`).join(' ')}`],
      });
    }
  },
});

/** The command that changes the policy by which the first step is allowed, where a role makes it. */
function commandFor({ steps: [first] }: Escalation): { readonly command?: string } {
  if (first === undefined || !first.by.includes(':role/')) return {};
  const policy = allowingPolicy([first.decision]);
  return policy === undefined ? {} : { command: changePolicy(first.by, policy) };
}

function wordFor({ ability }: Escalation): string {
  return ability === 'push' ? 'push to' : 'administer';
}
