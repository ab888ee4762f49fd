/** Deny statements that prevent Amazon Inspector from scanning, or everyone from changing the policy. */

import { holdAll } from '../../access/conditions.ts';
import { whom } from '../../access/decide.ts';
import { isAbout, lowerCase, type Statement, statementsFor } from '../../access/document.ts';
import type { PrincipalFacts } from '../../access/facts.ts';
import { glob } from '../../access/glob.ts';
import { contextOf } from '../../access/keys.ts';
import { both, either, type Match, NO } from '../../access/match.ts';
import { partsOf } from '../../access/operators.ts';
import { matchResources, type ResourceName } from '../../access/resources.ts';
import {
  arnOf,
  attachmentOf,
  directoryOf,
  documentOf,
  edited,
  hasVariables,
  inspectorRole,
  isForEveryone,
  objectOf,
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
import { isServiceLinked } from '../../world.ts';
import { isOnResource, itemsOf, policyJudge } from './judge.ts';

const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';

const NEEDED_TO_SCAN = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const NEEDED_TO_CONFIGURE = 'ecr:PutRegistryScanningConfiguration';

export const deniesInspector = policyJudge({
  id: 'policy/denies-inspector',
  title: 'No Deny prevents Amazon Inspector from scanning.',
  severities: ['medium'],
  means:
    "A Deny applies to Inspector's service-linked role and an action that scanning needs (ecr:BatchGetImage, ecr:GetDownloadUrlForLayer; in a registry policy also ecr:PutRegistryScanningConfiguration).",
  why: 'Inspector cannot scan the images, or enhanced scanning cannot be set up, and only Inspector shows the reason.',
  fix: "Exclude Inspector's service-linked role from the Deny.",
  nearest: 'none',
  reference: 'https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html',
  looksUp: false,
  judge(view, report) {
    const role = inspectorRole(view.registry, view.world.organization);
    const { registry, repository } = view;
    const found: Placed[] = [];
    const denied = new Set<string>();
    for (const placed of statementsOf(view, report)) {
      if (placed.statement.effect !== 'Deny') continue;
      for (const action of view.kind === 'registry'
        ? [...NEEDED_TO_SCAN, NEEDED_TO_CONFIGURE]
        : NEEDED_TO_SCAN) {
        if (!isAbout(placed.statement, action)) continue;
        const resource: ResourceName =
          action === NEEDED_TO_CONFIGURE
            ? { everything: true }
            : repository === undefined
              ? { any: glob(arnOf(registry, '*')) }
              : { arn: repository };
        const match = denies(view, placed.statement, role, resource);
        if (match.truth === 'yes') {
          denied.add(action);
          if (!found.includes(placed)) found.push(placed);
        } else if (match.truth !== 'no') {
          const reasons = [...match.conditions, ...match.reasons];
          report.unknown(
            `whether ${list(reasons)} makes statement ${sidsOf([placed])} of ${view.called} deny ${action} to Amazon Inspector`,
          );
        }
      }
    }
    if (found.length === 0) return;
    report.fail({
      what: `${capital(view.called)} denies ${list([...denied])} to Amazon Inspector, in ${statementWord(found)} ${sidsOf(found)}.`,
      toDo: "Exclude Inspector's service-linked role from the Deny.",
      evidence: { statements: some(found).map(shown), role: role.arn },
      command: view.put,
      document: () => excepting(view, found, role.arn),
      more: (read) => {
        const facts = view.registry.repositories;
        const of = read(facts).find(({ arn }) => arn === repository);
        const rows =
          of === undefined ? [] : read(of.coverage).filter(({ reason }) => reason === 'ACCESS_DENIED');
        return rows.length === 0 ? {} : { accessDenied: some(rows.map(({ digest }) => digest)) };
      },
      items: itemsOf(found),
    });
  },
});

/**
 * Whether a Deny applies to the service-linked role. The role's calls are encrypted and come from AWS; other properties
 * of its requests are not documented. A Deny on only some of the repositories counts.
 */
export function denies(
  view: PolicyView,
  statement: Statement,
  role: PrincipalFacts,
  resource: ResourceName,
): Match {
  const attachment = attachmentOf(view);
  const context = contextOf(role, attachment, { 'aws:securetransport': ['true'] });
  const who = whom(statement, role).reduce((match, one) => either(match, one.match), NO);
  const holds = holdAll(statement.conditions, context, hasVariables(view));
  const about = matchResources(statement.resources, resource, view.kind, hasVariables(view), context);
  const isPart = 'any' in resource && about.truth === 'conditional';
  return both(both(who, holds), isPart ? { ...about, truth: 'yes' } : about);
}

/**
 * The policy with a role excluded from some Deny statements; undefined if that requires more than one additional
 * condition.
 */
function excepting(view: PolicyView, statements: readonly Placed[], role: string): Json | undefined {
  if (statements.some(({ statement }) => statement.principals?.except)) return undefined;
  const places = new Set(statements.map(({ at }) => at));
  return edited(view, (statement, at) => {
    if (!places.has(at)) return statement;
    const condition = objectOf(statement.Condition);
    const tests = objectOf(condition.ArnNotLike);
    const key = Object.keys(tests).find((one) => lowerCase(one) === 'aws:principalarn') ?? 'aws:PrincipalArn';
    const before = tests[key] === undefined ? [] : [tests[key]].flat();
    return {
      ...statement,
      Condition: { ...condition, ArnNotLike: { ...tests, [key]: [...before, role] } },
    };
  });
}

const LOCKS = ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'] as const;

export const locksOut = policyJudge({
  id: 'policy/locks-out',
  kinds: ['repository'],
  title: 'At least one principal can change the policy.',
  severities: ['medium'],
  means:
    'Deny statements on both ecr:SetRepositoryPolicy and ecr:DeleteRepositoryPolicy have no exceptions, or only exceptions for principals that do not exist. A condition on the request counts as an exception.',
  why: "Only the account's root user, if anyone, can change the policy.",
  fix: "Exclude an existing role that is reserved for emergencies. If no principal can change the policy, delete it as the account's root user.",
  nearest: 'none',
  reference: `${ECR}/repository-policies.html`,
  looksUp: true,
  judge(view, report) {
    const statements = statementsOf(view, report).filter(({ statement }) => statement.effect === 'Deny');
    const locks = LOCKS.map((action) => statements.filter(({ statement }) => isAbout(statement, action)));
    if (locks.some((denying) => denying.length === 0)) return;
    const found = [...new Set(locks.flat())];
    const fail = (what: string) =>
      report.fail({
        what: `${capital(view.called)} does not allow ${what} to change or delete it, in ${statementWord(found)} ${sidsOf(found)}.`,
        toDo: "Exclude an existing role from the Deny, as the account's root user.",
        evidence: { statements: some(found).map(shown) },
        ...without(view, found),
        items: itemsOf(found),
      });
    const isAbsolute = ({ statement }: Placed) =>
      isForEveryone(statement) &&
      statement.conditions.length === 0 &&
      isOnResource(view, statement, { arn: attachmentOf(view).resources }).truth === 'yes';
    if (locks.every((denying) => denying.some(isAbsolute))) return fail('anyone');
    const directory = directoryOf(view, report.read);
    const { account } = view.registry;
    const existing = (directory.of(account) ?? []).filter(({ arn }) => !isServiceLinked(arn));
    const reasons: string[] = [];
    for (const principal of existing) {
      for (const denying of locks) {
        const match = denying
          .map(({ statement }) => denies(view, statement, principal, { arn: attachmentOf(view).resources }))
          .reduce(either, NO);
        if (match.truth === 'no' || match.truth === 'conditional') return;
        if (match.truth === 'unknown') reasons.push(...match.reasons);
      }
    }
    if (reasons.length > 0)
      return report.unknown(`whether ${view.called} excludes any principal: ${list(reasons)}`);
    const foreign = foreignExceptions(view, found);
    if (foreign.length > 0)
      return report.unknown(`whether ${list(foreign)} exists: the account is not audited`);
    fail('any existing principal');
  },
});

/**
 * Principals of other accounts that the Deny statements exclude, if the policy allows anyone in these accounts to
 * change it.
 */
function foreignExceptions(view: PolicyView, denying: readonly Placed[]): readonly string[] {
  const document = documentOf(view);
  const mayBeAllowed =
    document.readable &&
    LOCKS.some((action) => statementsFor(document, action).some(({ effect }) => effect !== 'Deny'));
  if (!mayBeAllowed) return [];
  return denying.flatMap(({ statement }) =>
    statement.conditions
      .filter(({ key }) => lowerCase(key) === 'aws:principalarn')
      .flatMap(({ values }) => values)
      .filter((arn) => partsOf(arn)?.[4] !== view.registry.account),
  );
}
