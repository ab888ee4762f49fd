/** Principals that can get push or control in several steps. */
import { type Escalation, sentenceOf } from '../../access/escalation.ts';
import { principalCheck } from '../../checkers.ts';
import * as needs from '../../needs.ts';
import { list } from '../../words.ts';
import type { World } from '../../world.ts';
import { judgeTrustedOutsiders } from './outsiders.ts';
import { allowingPolicy, changePolicy, distinctBecause } from './reach.ts';

/** Without expectations, it is unknown who should not have access. */
function hasExpectations({ expectations: { entries } }: World): boolean {
  return entries.some(({ push, administer }) => push !== undefined || administer !== undefined);
}

export const escalation = principalCheck({
  id: 'access/escalation',
  title: 'No unexpected principal can get push or control in several steps.',
  severities: ['high'],
  means:
    'A principal that the audit policy expects neither to push nor to administer can get that access in one or more steps: it assumes a role (if both sides allow it), writes or attaches a policy, changes a policy or a trust policy, creates an access key, adds itself to a group, or passes a role to code that it can run (Lambda, ECS, EC2, CodeBuild). It also fails for a role that can push or administer if everyone, an unknown account or another organization may assume it. If the audit policy names no account, the result is unknown and lists them. The evidence has the shortest path. `access/push` and `access/administer` report direct access.',
  why: 'A repository policy names the principals that may push. A principal that can become one of them can push as well.',
  fix: 'Remove the permission for one of the steps in the evidence.',
  nearest:
    'Prowler `iam_policy_allows_privilege_escalation` looks for known combinations in a single policy, and `iam_role_chained_privilege_escalation` for roles that lead to such a policy. Neither checks which access they lead to, and neither evaluates conditions, boundaries and Denies.',
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
    // A principal that the audit policy allows to push or administer is not a source, but a path from outside can begin there.
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
        toDo: 'Remove the permission for one of the steps. If the principal should have this access, name it in the audit policy.',
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

/** The command that changes the policy that allows the first step, if a role takes that step. */
function commandFor({ steps: [first] }: Escalation): { readonly command?: string } {
  if (first === undefined || !first.by.includes(':role/')) return {};
  const policy = allowingPolicy([first.decision]);
  return policy === undefined ? {} : { command: changePolicy(first.by, policy) };
}

function wordFor({ ability }: Escalation): string {
  return ability === 'push' ? 'push to' : 'administer';
}
