/** Roles that workloads run with: what they can do with images, and which other dangerous permissions they have. */
import type { Ability } from '../../access/abilities.ts';
import { type Danger, permissionsOf } from '../../access/dangers.ts';
import type { AccessRow } from '../../access/map.ts';
import { Report } from '../../check.ts';
import { roleCheck } from '../../checkers.ts';
import { isExpected } from '../../expectations.ts';
import type { Fact } from '../../facts.ts';
import * as needs from '../../needs.ts';
import { type Severity, worst } from '../../severity.ts';
import { capital, count, list, some } from '../../words.ts';
import { isServiceLinked, type PrincipalCase, type World } from '../../world.ts';
import {
  allowingPolicy,
  changePolicy,
  changesFor,
  decisionsOf,
  distinctBecause,
  holdingOf,
  noteUnknown,
} from './reach.ts';

const WRITES: readonly Ability[] = ['push', 'retag', 'delete', 'administer'];

interface Uses {
  /** The workloads that run with the role, as far as known. */
  readonly by: readonly string[];
  /** Why the list may not be complete. */
  readonly gaps: Report;
}

function usesOf(workloads: readonly Fact<readonly string[]>[], severity: Severity): Uses {
  const gaps = new Report(severity);
  const by: string[] = [];
  for (const fact of workloads) gaps.attempt(() => by.push(...gaps.read(fact)));
  return { by: [...new Set(by)], gaps };
}

/** Whether there is nothing to check about a role. */
function isLeftOut({ world, principal }: PrincipalCase): boolean {
  return isServiceLinked(principal.arn) || world.isAdministrator(principal.arn);
}

/** Whether the audit policy names a principal in `push` of a repository. A registry has no such list. */
function mayWrite(world: World, { repository, principal }: AccessRow): boolean {
  return isExpected(principal, world.expectedOf(repository)?.push);
}

export const workloadWrites = roleCheck({
  id: 'access/workload-writes',
  title: 'Workloads cannot change images.',
  severities: ['high'],
  means:
    'The role of an ECS, EKS or Lambda workload can push, retag, delete or administer, or control the registry, and `push` of the repository does not name it.',
  why: 'An attacker who compromises the workload can replace its image and other images, and so stays in control after a redeployment.',
  fix: 'Remove the permission from the role. A workload only needs to pull.',
  nearest: 'none',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html',
  needs: {
    workloads: needs.workloads,
    repositories: needs.allRepositories,
    scopes: needs.policyScopes,
  },
  applies: (about) => !isLeftOut(about),
  judge(facts, { world, principal }, report) {
    const rows = world.rowsOf(principal.arn).filter((row) => !mayWrite(world, row));
    const having = rows.filter(({ answer }) => holdingOf(answer, WRITES) === 'has');
    const unknown = rows.filter(({ answer }) => holdingOf(answer, WRITES) === 'unknown');
    const doubts = new Report('high');
    noteUnknown(unknown, WRITES, 'change images', world, doubts);
    doubts.attempt(() => void facts.repositories);
    doubts.attempt(() => void facts.scopes);
    const mayFail = having.length + doubts.unknowns.length > 0;
    const { by, gaps } = usesOf(facts.workloads, 'high');
    if (by.length === 0) {
      // Workloads do not matter if their role cannot change images.
      return mayFail && gaps.unknowns.length > 0 ? report.include(gaps) : report.doesNotApply();
    }
    report.include(doubts);
    if (having.length === 0) return;
    const decisions = having.flatMap(({ answer }) => decisionsOf(answer, WRITES));
    const changes = changesFor(decisions, 'all that changes images');
    const policy = allowingPolicy(decisions);
    report.fail({
      what: `${principal.arn}, the role of ${list(by)}, can change images of ${count(having.length, 'repository or registry', 'repositories or registries')}: ${list(having.map(({ repository }) => repository))}.`,
      toDo: `${changes[0] === undefined ? 'Remove the permission' : capital(changes[0])}. A workload only needs to pull.`,
      evidence: {
        usedBy: some(by),
        resources: some(having).map(({ repository, answer }) => ({
          resource: repository,
          ...Object.fromEntries(
            WRITES.flatMap((ability) => (answer[ability] === undefined ? [] : [[ability, answer[ability]]])),
          ),
        })),
        because: some(distinctBecause(decisions.flatMap(({ because }) => because))),
        changes: some(changes),
      },
      ...(policy === undefined ? {} : { command: changePolicy(principal.arn, policy) }),
      items: having.map(({ repository }) => repository),
    });
  },
});

function severityOf({ kind }: Danger): Severity {
  return kind === 'data' ? 'low' : 'medium';
}

export const workloadDangers = roleCheck({
  id: 'access/workload-dangers',
  title: 'Workloads have no dangerous permissions.',
  severities: ['medium', 'low'],
  means:
    'The role of an ECS, EKS or Lambda workload has dangerous permissions without a condition. Medium: `*`, or IAM write actions, iam:PassRole or sts:AssumeRole on `*` (except iam:CreateServiceLinkedRole and actions on instance profiles). Low: access to secrets, keys or buckets on `*`.',
  why: 'An attacker who compromises the workload has the permissions of its role.',
  fix: 'Limit the statement to the resources that the workload needs.',
  nearest:
    'Security Hub IAM.1, Prowler `iam_customer_attached_policy_no_administrative_privileges` and `iam_policy_allows_passrole_without_condition` check single policies. They do not check which workloads use a policy, and ignore boundaries and Denies of other policies.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  needs: { workloads: needs.workloads },
  applies: (about) => !isLeftOut(about),
  judge(facts, { world, principal }, report) {
    const { dangers, unknown } = permissionsOf(principal, world.evaluator);
    const found = dangers.filter(({ conditioned }) => !conditioned);
    const { by, gaps } = usesOf(facts.workloads, worst(found.map(severityOf)) ?? 'medium');
    if (by.length === 0) {
      const mayFail = found.length + unknown.length > 0;
      return mayFail && gaps.unknowns.length > 0 ? report.include(gaps) : report.doesNotApply();
    }
    for (const reason of unknown) {
      report.unknown(reason, { missing: world.missingFor([reason]) });
    }
    for (const danger of found) {
      const severity = severityOf(danger);
      if (danger.verdict === 'unknown') {
        report.unknown(`whether ${principal.arn} has ${danger.text}: ${list(danger.unknown)}`, {
          severity,
          missing: world.missingFor(danger.unknown),
        });
        continue;
      }
      const { text, policy, sid } = danger;
      report.fail({
        severity,
        what: `${principal.arn}, the role of ${list(by)}, has ${text}, by statement ${sid} of the policy ${policy}.`,
        toDo: 'Limit the statement to the resources that the workload needs.',
        evidence: { usedBy: some(by), dangers: [{ permission: text, policy, statement: sid }] },
        command: changePolicy(principal.arn, policy),
        items: [text],
      });
    }
  },
});
