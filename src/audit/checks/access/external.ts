/** Other accounts that can pull, and repositories of which nothing is expected. */

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
    'Another account can pull by the repository policy or the registry policy, and is neither in `pull-accounts` nor, by a condition, of `organization`. Where the audit policy names no account, the result is unknown and lists them.',
  why: 'Images of production show how it works, and what it can be attacked with.',
  fix: 'Remove the account from the policy, or add it to `pull-accounts` in the audit policy.',
  nearest:
    'IAM Access Analyzer lists external access to repositories, without knowing who is expected, and judges each policy alone.',
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
        toDo: 'Remove what does not belong there, or add the account to pull-accounts in the audit policy.',
      });
    };
    report.attempt(() => {
      if (facts.policy !== undefined) judge(viewOfRepository(about, facts.policy));
    });
    report.attempt(() => {
      if (facts.registryPolicy === undefined) return;
      if (facts.scope === 'V2') judge(viewOfRegistry(about, facts.registryPolicy));
    });
    // A role of another audited account needs that account's permission, too.
    const isForeign = [...world.audited].some((account) => !isKnown(account));
    if (isForeign) report.attempt(() => void facts.everyone);
  },
});

/** What cannot be read is noted once, by `noteGaps`. */
const SILENT: Pick<Report, 'unknown'> = { unknown: () => {} };

function grantsPull(view: PolicyView, { statement }: Placed, arn: string): boolean {
  return (
    statement.effect === 'Allow' &&
    PULL.some((action) => isAbout(statement, action)) &&
    isOnResource(view, statement, { arn }).truth !== 'no'
  );
}

/** Those of whom the evaluator says that they can pull: other statements may be needed, and Denies may take it back. */
function holders({ statement }: Placed, who: Outsiders, about: RepositoryCase, report: Report): Outsiders {
  const { world, repository } = about;
  const rows = world.rowsAbout(repository.arn);
  // A grant to everyone may be limited to some principals of an account that have no row.
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
  means: 'The audit policy has no expectation `push` for some of the repositories, which the evidence lists.',
  why: 'Without it, the audit cannot tell whether those who can push there should be able to.',
  fix: 'Add `push` to an entry under `repositories:` in the audit policy that matches them.',
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
