/** Other accounts that can pull, and repositories without expectations. */

import { PULL } from '../../access/actions.ts';
import { isAbout } from '../../access/document.ts';
import type { Report } from '../../check.ts';
import { registryCheck, repositoryCheck } from '../../checkers.ts';
import * as needs from '../../needs.ts';
import { type Outsiders, outsidersOf, reportOutsiders } from '../../outsiders.ts';
import { isForEveryone, type Placed, type PolicyView, statementsOf } from '../../policies.ts';
import { count, list, some } from '../../words.ts';
import { accountOf, type RepositoryCase } from '../../world.ts';
import { isOnResource, viewOfRegistry, viewOfRepository } from '../policy/judge.ts';
import { type Holding, holdingOf, noteGaps } from './reach.ts';

export const externalPull = repositoryCheck({
  id: 'access/external-pull',
  title: 'Only accounts that are expected to pull can pull.',
  severities: ['high'],
  means:
    'The repository policy or the registry policy lets another account pull that is not in `pull-accounts` and that no condition limits to `organization`. If the audit policy names no accounts, the result is unknown and lists the accounts that can pull.',
  why: 'Production images contain code and show which vulnerabilities production has.',
  fix: 'Remove the account from the policy, or add it to `pull-accounts` in the audit policy.',
  nearest:
    'IAM Access Analyzer lists external access to repositories. It does not know which access is expected, and evaluates each policy alone.',
  reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html',
  needs: {
    policy: needs.repositoryPolicy,
    registryPolicy: needs.registryPolicy,
    scope: needs.policyScope,
    everyone: needs.everyone,
  },
  judge(facts, about, report) {
    const { registry, repository, expected, world } = about;
    noteGaps(about, facts, report);
    const isKnown = (account: string) =>
      account === registry.account || expected.pullAccounts.includes(account);
    const judge = (view: PolicyView) => {
      const found = statementsOf(view, SILENT)
        .filter((placed) => grantsPull(view, placed, repository.arn))
        .map((placed) => ({
          placed,
          who: holders(placed, outsidersOf(view, placed.statement, isKnown), about, report),
        }));
      reportOutsiders(view, found, report, {
        does: `pull from ${repository.name}`,
        toDo: 'Remove the account from the policy, or add it to pull-accounts in the audit policy.',
      });
    };
    report.attempt(() => {
      if (facts.policy !== undefined) judge(viewOfRepository(about, facts.policy));
    });
    report.attempt(() => {
      if (facts.registryPolicy === undefined) return;
      if (facts.scope === 'V2') judge(viewOfRegistry(about, facts.registryPolicy));
    });
    // A role of another audited account also needs that account's permission.
    const isForeign = [...world.audited].some((account) => !isKnown(account));
    if (isForeign) report.attempt(() => void facts.everyone);
  },
});

/** `noteGaps` reports once what cannot be read. */
const SILENT: Pick<Report, 'unknown'> = { unknown: () => {} };

function grantsPull(view: PolicyView, { statement }: Placed, arn: string): boolean {
  return (
    statement.effect === 'Allow' &&
    PULL.some((action) => isAbout(statement, action)) &&
    isOnResource(view, statement, { arn }).truth !== 'no'
  );
}

/** The accounts that can pull according to the evaluator: other statements may be needed, and Denies may apply. */
function holders({ statement }: Placed, who: Outsiders, about: RepositoryCase, report: Report): Outsiders {
  const { world, repository } = about;
  const rows = world.rowsAbout(repository.arn);
  // Conditions may limit a grant to everyone to some principals of an account, which have no row.
  const everyone = isForEveryone(statement) || statement.principals?.except === true;
  const anyone = everyone ? rows.filter(({ kind }) => kind === 'anyone') : [];
  const holds = (account: string | undefined): Holding => {
    const own = rows.filter(({ principal }) => account !== undefined && accountOf(principal) === account);
    const those = [...own, ...anyone];
    const holdings = those.map(({ answer }) => holdingOf(answer, ['pull']));
    if (holdings.includes('has')) return 'has';
    return holdings.includes('unknown') ? 'unknown' : 'none';
  };
  const certain = (account: string | undefined, called: string) => {
    const holding = holds(account);
    if (holding === 'unknown') report.unknown(`whether ${called} can pull from ${repository.name}`);
    return holding === 'has';
  };
  return {
    ...who,
    accounts: who.accounts.filter((account) => certain(account, `account ${account}`)),
    organizations: who.organizations.filter((id) => certain(undefined, `organization ${id}`)),
    everyone: who.everyone && certain(undefined, 'everyone'),
  };
}

export const expectations = registryCheck({
  id: 'access/expectations',
  title: 'The audit policy says who may push to each repository.',
  severities: ['low'],
  means: 'The audit policy has no expectation `push` for the repositories in the evidence.',
  why: 'Without an expectation, the audit cannot tell whether the principals that can push there should be able to.',
  fix: 'In the audit policy, add `push` to an entry under `repositories:` that matches them.',
  nearest: 'none',
  reference:
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html',
  needs: { repositories: needs.repositories },
  judge(facts, { registry }, report) {
    if (facts.repositories.length === 0) return report.doesNotApply();
    const names = facts.repositories
      .filter(({ expected }) => expected.push === undefined)
      .map(({ repository }) => repository.name);
    if (names.length === 0) return;
    report.fail({
      what: `The audit policy does not say who may push to ${count(names.length, 'repository', 'repositories')} of ${registry.host}: ${list(names)}.`,
      toDo: 'Add push to an entry under repositories that matches them.',
      evidence: { repositories: some(names), count: names.length },
      items: names,
    });
  },
});
