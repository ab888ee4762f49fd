/** Allow statements for everyone, and for unknown accounts. */

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
    'A statement allows everyone (`*`), and no condition limits it to accounts, to an organization or its paths, to principals, to source addresses other than all addresses, to a VPC or endpoint, or to a source account or ARN. Conditions on tags, the type of principal, TLS, MFA or time do not count, nor do wildcards in the ids of accounts or organizations, nor IfExists and ForAllValues if the key can be absent. A Deny for everyone except such principals counts as a limit.',
  why: 'Every AWS account has the access that the statement allows. If it allows push, anyone can replace what is deployed.',
  fix: 'Name the principals, or limit the statement to your organization or accounts.',
  nearest:
    'Prowler `ecr_repositories_not_publicly_accessible`, Checkov CKV_AWS_32 and Trivy AVD-AWS-0032 accept any condition, or only some keys, as a limit, and do not read the registry policy.',
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
      report.unknown(`whether ${conditions} in statement ${sidsOf([placed])} limits who has this access`);
      return false;
    });
    if (found.length === 0) return;
    report.fail({
      what: `${capital(view.called)} gives every AWS account the access that ${statementWord(found)} ${sidsOf(found)} ${found.length === 1 ? 'allows' : 'allow'}.`,
      toDo: 'Limit the access to your organization or accounts, or name the principals.',
      evidence: { statements: some(found).map(shown) },
      command: view.put,
      document: () => limitedTo(view, found),
      items: itemsOf(found),
    });
  },
});

/** Whether a Deny of the policy limits an Allow for everyone to the principals that the Deny excludes. */
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

/** The policy with the statements limited to the organization or, without one, to the known accounts. */
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
  title: 'No Allow statement uses NotPrincipal.',
  severities: ['high'],
  means: 'An Allow statement uses NotPrincipal.',
  why: 'The statement allows every principal that it does not name, including principals of other organizations. AWS no longer supports this combination, but old policies may still contain it.',
  fix: 'Name the intended principals in Principal.',
  nearest: 'none',
  reference: `${IAM}/reference_policies_elements_notprincipal.html`,
  looksUp: false,
  judge(view, report) {
    const found = statementsOf(view, report).filter(
      (placed) => isAllow(placed) && placed.statement.principals?.except === true,
    );
    if (found.length === 0) return;
    report.fail({
      what: `${capital(view.called)} allows everyone except the principals in NotPrincipal, in ${statementWord(found)} ${sidsOf(found)}.`,
      toDo: 'Name the intended principals in Principal instead.',
      evidence: { statements: some(found).map(shown) },
      ...without(view, found),
      items: itemsOf(found),
    });
  },
});

export const external = policyJudge({
  id: 'policy/external',
  title: 'Policies name only known accounts.',
  severities: ['high'],
  means:
    'An Allow statement names an account, by Principal or by a condition on aws:PrincipalAccount or aws:PrincipalArn, that is not audited, is not in `accounts` or `pull-accounts` of the audit policy, and is not limited by a condition to its `organization`. If the audit policy names no accounts, the result is unknown and lists the accounts.',
  why: 'Accounts of former partners and vendors, and accounts from trials, keep their access until someone removes it.',
  fix: 'Remove the account from the policy, or add it to `accounts` in the audit policy.',
  nearest:
    'IAM Access Analyzer lists external access to repositories. It knows only the accounts in its zone of trust.',
  reference: `${ECR}/repository-policies.html`,
  looksUp: false,
  judge(view, report) {
    const isKnown = (account: string) => view.world.isKnownAccount(account, view.expected);
    const found = statementsOf(view, report)
      .filter((placed) => isAllow(placed) && placed.statement.principals?.except === false)
      .map((placed) => {
        const who = outsidersOf(view, placed.statement, isKnown);
        // `policy/public` reports access for everyone.
        return { placed, who: { ...who, everyone: false } };
      });
    reportOutsiders(view, found, report, {
      does: 'have access',
      toDo: 'Remove the account from the policy, or add it to accounts in the audit policy.',
    });
  },
});
