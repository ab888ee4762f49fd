/** Allows for everyone, and for accounts that are not known. */

import type { Statement } from '../../access/document.ts';
import { covers, glob } from '../../access/glob.ts';
import { exceptionsOf, isLimited } from '../../access/limits.ts';
import { outsidersOf, reportOutsiders } from '../../outsiders.ts';
import {
  edited,
  hasVariables,
  isForEveryone,
  limitsIn,
  objectOf,
  ownSide,
  type Placed,
  type PolicyView,
  shown,
  sidsOf,
  statementsOf,
  statementWord,
  without,
} from '../../policies.ts';
import type { Json } from '../../result.ts';
import { capital, list, some } from '../../words.ts';
import { isAllow, itemsOf, policyJudge } from './judge.ts';

const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

export const open = policyJudge({
  id: 'policy/public',
  title: 'No policy is open to everyone.',
  severities: ['critical'],
  means:
    'An Allow for everyone (`*`) that no condition limits to accounts, an organization or its paths, principals, source addresses other than everywhere, a VPC or an endpoint, or a source account or ARN. Tags, the type of principal, TLS, MFA, time, and wildcards in the ids of accounts or organizations do not limit who is meant, and neither do IfExists and ForAllValues where the key can be absent. A Deny that excepts none but such principals counts as a limit.',
  why: 'Every AWS account in the world has what the statement allows: with push, anyone decides what is deployed.',
  fix: 'Name the principals, or limit the statement to your organization or accounts.',
  nearest:
    'Prowler `ecr_repositories_not_publicly_accessible`, Checkov CKV_AWS_32 and Trivy AVD-AWS-0032 take any condition, or only some keys, for a limit, and do not read the registry policy.',
  reference: `${ECR}/repository-policies.html`,
  looksUp: false,
  judge(view, report) {
    const statements = statementsOf(view, report);
    const found = statements.filter((placed) => {
      if (!isAllow(placed) || !isForEveryone(placed.statement)) return false;
      const limits = limitsIn(view, placed.statement);
      const limited = isLimited(limits);
      if (limited === true || isTakenBack(view, placed.statement, statements)) return false;
      if (limited === false) return true;
      const conditions = list(limits.unknown);
      report.unknown(`whether ${conditions} in statement ${sidsOf([placed])} limits who has it`);
      return false;
    });
    if (found.length === 0) return;
    report.fail({
      what: `${capital(view.called)} gives everyone in the world what ${statementWord(found)} ${sidsOf(found)} ${found.length === 1 ? 'allows' : 'allow'}.`,
      toDo: 'Limit it to your organization or accounts, or name the principals.',
      evidence: { statements: some(found).map(shown) },
      command: view.put,
      document: () => limitedTo(view, found),
      items: itemsOf(found),
    });
  },
});

/** Whether a Deny of the policy takes an Allow for everyone back from all but those whom it excepts. */
function isTakenBack(view: PolicyView, allow: Statement, statements: readonly Placed[]): boolean {
  return statements.some(({ statement: deny }) => {
    if (deny.effect !== 'Deny' || !isForEveryone(deny) || allow.actions.except || deny.actions.except) {
      return false;
    }
    if (!allow.actions.patterns.every((one) => deny.actions.patterns.some((wide) => covers(wide, one)))) {
      return false;
    }
    if (!coversResources(deny, allow)) return false;
    const exceptions = exceptionsOf(deny, hasVariables(view), ownSide(view));
    return exceptions === undefined ? deny.conditions.length === 0 : isLimited(exceptions) === true;
  });
}

function coversResources(outer: Statement, inner: Statement): boolean {
  if (outer.resources === undefined) return true;
  if (outer.resources.except) return false;
  const wide = outer.resources.patterns.map(glob);
  if (wide.some((pattern) => covers(pattern, glob('*')))) return true;
  if (inner.resources === undefined || inner.resources.except) return false;
  return inner.resources.patterns.every((one) => wide.some((pattern) => covers(pattern, glob(one))));
}

/** The policy with the statements limited to the organization, or else to the accounts that are known. */
function limitedTo(view: PolicyView, statements: readonly Placed[]): Json | undefined {
  const { world, registry } = view;
  const { organization, accounts } = world.expectations;
  const places = new Set(statements.map(({ at }) => at));
  const test =
    organization === undefined
      ? { 'aws:PrincipalAccount': [...new Set([registry.account, ...world.audited, ...accounts.keys()])] }
      : { 'aws:PrincipalOrgID': organization };
  return edited(view, (statement, at) => {
    if (!places.has(at)) return statement;
    const condition = objectOf(statement.Condition);
    return {
      ...statement,
      Condition: { ...condition, StringEquals: { ...objectOf(condition.StringEquals), ...test } },
    };
  });
}

export const notPrincipal = policyJudge({
  id: 'policy/not-principal',
  title: 'No Allow has NotPrincipal.',
  severities: ['high'],
  means: 'An Allow with NotPrincipal.',
  why: 'It allows every principal that it does not name, including those of other organizations. AWS no longer supports it, but an old policy may still have it.',
  fix: 'Name those who are meant in Principal.',
  nearest: 'none',
  reference: `${IAM}/reference_policies_elements_notprincipal.html`,
  looksUp: false,
  judge(view, report) {
    const found = statementsOf(view, report).filter(
      (placed) => isAllow(placed) && placed.statement.principals?.except === true,
    );
    if (found.length === 0) return;
    report.fail({
      what: `${capital(view.called)} allows everyone but those that NotPrincipal names, in ${statementWord(found)} ${sidsOf(found)}.`,
      toDo: 'Name those who are meant in Principal instead.',
      evidence: { statements: some(found).map(shown) },
      ...without(view, found),
      items: itemsOf(found),
    });
  },
});

export const external = policyJudge({
  id: 'policy/external',
  title: 'Policies name known accounts only.',
  severities: ['high'],
  means:
    'An Allow names, by Principal or by a condition on aws:PrincipalAccount or aws:PrincipalArn, an account that is neither audited, nor in `accounts` or `pull-accounts` of the audit policy, nor limited by a condition to its `organization`. Where the audit policy names no account, the result is unknown and lists them.',
  why: 'Accounts of former partners, of vendors and of trials keep their access until someone removes it.',
  fix: 'Remove the account from the policy, or add it to `accounts` in the audit policy.',
  nearest:
    'IAM Access Analyzer lists external access to repositories, without knowing which accounts are yours beyond its zone of trust.',
  reference: `${ECR}/repository-policies.html`,
  looksUp: false,
  judge(view, report) {
    const isKnown = (account: string) => view.world.isKnownAccount(account, view.expected);
    const found = statementsOf(view, report)
      .filter((placed) => isAllow(placed) && placed.statement.principals?.except === false)
      .map((placed) => {
        const who = outsidersOf(view, placed.statement, isKnown);
        // Everyone is `policy/public`.
        return { placed, who: { ...who, everyone: false } };
      });
    reportOutsiders(view, found, report, {
      does: 'have access',
      toDo: 'Remove what does not belong there, or add the account to accounts in the audit policy.',
    });
  },
});
