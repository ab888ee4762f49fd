/** Which principals outside the audited accounts can assume roles that push or control. */
import type { Ability } from '../../access/abilities.ts';
import type { Verdict } from '../../access/decide.ts';
import { isAbout } from '../../access/document.ts';
import type { PrincipalFacts } from '../../access/facts.ts';
import { anyone, namedPrincipals } from '../../access/named-principals.ts';
import { roleTarget } from '../../access/steps.ts';
import { Report } from '../../check.ts';
import { Fact } from '../../facts.ts';
import { type Outsiders, outsidersOf, reportOutsiders } from '../../outsiders.ts';
import { documentOf, isForEveryone, type Placed, type PolicyView, statementsOf } from '../../policies.ts';
import { aws, list, name } from '../../words.ts';
import { isServiceLinked, type PrincipalCase } from '../../world.ts';
import { holdingOf } from './reach.ts';

const WRITES: readonly Ability[] = ['push', 'retag', 'delete', 'administer'];
const ASSUME = 'sts:AssumeRole';

/**
 * Reports unknown accounts, other organizations and everyone if the trust policy of a role allows them to assume it, and the
 * role can push or administer. The policies of outside principals cannot be read, so only the trust policy decides.
 * @param deciding reads the facts that determine what the role can do
 */
export function judgeTrustedOutsiders(about: PrincipalCase, deciding: () => void, report: Report): void {
  const { world, principal } = about;
  if (principal.kind !== 'role' || isServiceLinked(principal.arn)) return;
  const rows = world.rowsOf(principal.arn);
  const has = rows.filter(({ answer }) => holdingOf(answer, WRITES) === 'has');
  const doubts = new Report('high');
  doubts.attempt(deciding);
  const mayHave = rows.some(({ answer }) => holdingOf(answer, WRITES) === 'unknown');
  if (has.length === 0 && !mayHave && doubts.unknowns.length === 0) return;

  const { trust } = principal;
  if ('unknown' in trust) {
    const reason = `who may assume ${principal.arn}: ${trust.unknown}`;
    report.unknown(reason, { missing: world.missingFor([reason]) });
    return;
  }
  const view = viewOf(about, trust.known);
  if (view === undefined) return;
  const found = trustedIn(view, principal, report);
  if (found.length === 0) return;
  if (has.length > 0) {
    reportOutsiders(view, found, report, {
      does: `assume it, and so push to or administer ${list(has.map(({ repository }) => repository))}`,
      toDo: 'Limit the statement to the intended principals, or add the account to accounts in the audit policy.',
    });
    return;
  }
  report.include(doubts);
  if (mayHave) report.unknown(`whether ${principal.arn}, which others may assume, can push or administer`);
}

function viewOf(
  { world, account, principal }: PrincipalCase,
  text: string | undefined,
): PolicyView | undefined {
  const registry = world.facts.registries.find((one) => one.account === account.id);
  if (text === undefined || registry === undefined) return undefined;
  const put = aws('iam update-assume-role-policy', {
    'role-name': principal.arn.slice(principal.arn.lastIndexOf('/') + 1),
    'policy-document': 'file://trust.json',
  });
  return {
    kind: 'trust',
    called: `the trust policy of ${name(principal.arn)}`,
    text,
    world,
    registry,
    expected: undefined,
    repository: undefined,
    lookup: () => undefined,
    put,
    remove: put,
  };
}

/** Statements that allow outsiders to assume a role, according to the evaluator, which also applies Deny statements. */
function trustedIn(
  view: PolicyView,
  role: PrincipalFacts,
  report: Report,
): readonly { readonly placed: Placed; readonly who: Outsiders }[] {
  const { world } = view;
  // The management account has full control of the organization in any case.
  const management = Fact.open(world.facts.managementAccount);
  // An account that may pull is not thereby allowed to push.
  const isKnown = (account: string) =>
    world.audited.has(account) ||
    world.expectations.accounts.has(account) ||
    ('known' in management && account === management.known);
  const mayManage = (account: string): boolean => {
    if ('known' in management) return false;
    const { reason, missing } = management.gap;
    report.unknown(
      `whether account ${account}, which may assume ${role.arn}, is the organization's management account: ${reason}`,
      { missing },
    );
    return true;
  };
  const named = namedPrincipals([documentOf(view)], world.accessFacts.accounts, view.registry.partition);
  const verdictOf = (principal: PrincipalFacts) =>
    world.evaluator.decide({ action: ASSUME, principal, target: roleTarget(role) }).verdict;
  const lets = (principals: readonly PrincipalFacts[], called: string): boolean => {
    const verdicts = new Set(principals.map(verdictOf));
    if ((['allowed', 'conditional'] satisfies Verdict[]).some((verdict) => verdicts.has(verdict)))
      return true;
    if (verdicts.has('unknown')) report.unknown(`whether ${called} may assume ${role.arn}`);
    return false;
  };
  return statementsOf(view, report).flatMap((placed) => {
    const { statement } = placed;
    if (statement.effect !== 'Allow' || !isAbout(statement, ASSUME)) return [];
    if (statement.principals?.except) {
      report.unknown(`whom ${view.called} trusts by NotPrincipal, which trust policies cannot have`);
      return [];
    }
    const who = outsidersOf(view, statement, isKnown);
    const everyone = isForEveryone(statement) ? [anyone()] : [];
    const of = (account: string) => [...named.filter((one) => one.account === account), ...everyone];
    const left: Outsiders = {
      ...who,
      accounts: who.accounts.filter(
        (account) => lets(of(account), `account ${account}`) && !mayManage(account),
      ),
      organizations: who.organizations.filter((id) => lets([anyone()], `organization ${id}`)),
      everyone: who.everyone && lets([anyone()], 'everyone'),
    };
    const isNobody = left.accounts.length + left.organizations.length + left.unknown.length === 0;
    return isNobody && !left.everyone ? [] : [{ placed, who: left }];
  });
}
