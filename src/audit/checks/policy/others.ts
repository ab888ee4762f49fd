/** Whether policies deny push and control to every principal that is not expected to have them. */

import { ADMINISTER, DELETE, PUSH } from '../../access/actions.ts';
import { type Condition, isAbout, lowerCase } from '../../access/document.ts';
import type { PrincipalFacts } from '../../access/facts.ts';
import { glob, intersect } from '../../access/glob.ts';
import { both, YES } from '../../access/match.ts';
import type { Report } from '../../check.ts';
import { repositoryCheck } from '../../checkers.ts';
import { isExpected } from '../../expectations.ts';
import * as needs from '../../needs.ts';
import {
  commandsFor,
  isForEveryone,
  type Placed,
  type PolicyView,
  shown,
  sidsOf,
  statementsOf,
} from '../../policies.ts';
import { proposalFor } from '../../proposal.ts';
import type { Json } from '../../result.ts';
import { list, some } from '../../words.ts';
import type { RepositoryCase } from '../../world.ts';
import { denies } from './denies.ts';
import { isOnResource, viewOfRegistry, viewOfRepository } from './judge.ts';

const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

export const missing = repositoryCheck({
  id: 'policy/missing',
  title: 'A policy limits who can push.',
  severities: ['low'],
  means: 'The repository has no policy, and no Deny of the registry policy limits push to some principals.',
  why: 'Every principal of the account with permissions for all of ECR can push, and so can replace what is deployed.',
  fix: 'Set a repository policy that denies push and control to every principal that should not have them.',
  nearest: 'none',
  reference: `${ECR}/repository-policies.html`,
  needs: {
    policy: needs.repositoryPolicy,
    registryPolicy: needs.registryPolicy,
    scope: needs.policyScope,
  },
  judge(facts, about, report) {
    if (facts.policy !== undefined) return;
    const { registry, repository } = about;
    const text = facts.registryPolicy;
    if (text !== undefined && facts.scope === 'V2') {
      const view = viewOfRegistry(about, text);
      const denies = deniesOfOthers(view, repository.arn, report);
      if (denies.some(({ statement }) => isAbout(statement, 'ecr:PutImage'))) return;
      if (report.unknowns.length > 0) return;
    }
    report.fail({
      what: `${repository.name} has no policy, and no registry policy limits who can push to it.`,
      toDo: 'Set a repository policy.',
      command: commandsFor(registry, { repository: repository.name }).put,
      document: () => proposedDocument(about),
    });
  },
});

function proposedDocument(about: RepositoryCase): Json | undefined {
  const proposal = proposalFor(about);
  return proposal !== undefined && 'document' in proposal ? proposal.document : undefined;
}

/**
 * The actions that have to be denied to everyone else to enforce the expectations, whatever identity policies allow.
 */
const GUARDED: readonly string[] = [...PUSH, ...DELETE, ...ADMINISTER];

export const denyOthers = repositoryCheck({
  id: 'policy/deny-others',
  title: 'Push and control are denied to every principal that is not expected to push.',
  severities: ['low'],
  means:
    'The audit policy has the expectation `push`, and no Deny for everyone else (`*` with a condition on the principal, or NotPrincipal) covers the push, retag, delete and control actions. Several Deny statements count together, including those of the registry policy. A Deny that excludes every role or every user of the account does not count. The check also fails if the Deny excludes no principal in `administer` or `administrators`.',
  why: 'An Allow in a repository policy does not exclude others: in the same account, an identity policy with `ecr:*` is enough to push. Only a Deny excludes other principals, and only as long as they cannot change the policy.',
  fix: 'Add a Deny for push, deletion and control actions for everyone except the expected principals.',
  nearest: 'none',
  reference: `${IAM}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
  needs: {
    policy: needs.repositoryPolicy,
    registryPolicy: needs.registryPolicy,
    scope: needs.policyScope,
  },
  applies: ({ expected }) => expected.push !== undefined,
  judge(facts, about, report) {
    const { registry, repository, world, expected } = about;
    const views: PolicyView[] = [];
    report.attempt(() => {
      if (facts.policy !== undefined) views.push(viewOfRepository(about, facts.policy));
    });
    const denies = views.flatMap((view) => deniesOfOthers(view, repository.arn, report));
    const isCovered = (action: string) => denies.some(({ statement }) => isAbout(statement, action));
    if (!GUARDED.every(isCovered)) {
      report.attempt(() => {
        if (facts.registryPolicy === undefined || facts.scope !== 'V2') return;
        const view = viewOfRegistry(about, facts.registryPolicy);
        denies.push(...deniesOfOthers(view, repository.arn, report));
      });
    }
    const open = GUARDED.filter((action) => !isCovered(action));
    const control = denies.filter(({ statement }) => ADMINISTER.some((action) => isAbout(statement, action)));
    const administers = control.some(({ exceptions }) =>
      exceptions.some((arn) => couldBeExpected(arn, expected.administer, world.expectations.administrators)),
    );
    if (open.length === 0 && administers) return;
    if (report.unknowns.length > 0) return;
    report.fail({
      what:
        open.length > 0
          ? `Not every unexpected principal is denied ${list(open)} on ${repository.name}.`
          : `The Deny on control of ${repository.name} excludes no principal that administer or administrators names.`,
      toDo: 'Deny these actions to everyone except the expected principals.',
      evidence: { open, denies: some(denies).map(shown) },
      command: commandsFor(registry, { repository: repository.name }).put,
      document: () => proposedDocument(about),
      items: open.length > 0 ? open : ['no administrator'],
    });
  },
});

interface DenyOfOthers extends Placed {
  /** ARNs, or patterns of ARNs, of the principals that it excludes. */
  readonly exceptions: readonly string[];
}

/** Keys that identify a principal. An exception for a whole account or organization restricts no principal in it. */
function isWho(key: string): boolean {
  const small = lowerCase(key);
  return (
    ['aws:principalarn', 'aws:userid', 'aws:username'].includes(small) ||
    small.startsWith('aws:principaltag/')
  );
}

/**
 * A role and a user of the registry's account that no policy names. A Deny that excludes them, by an ARN, an id or a name that
 * matches everyone, denies no principal of that kind.
 */
function strangers({ registry, world }: PolicyView): readonly PrincipalFacts[] {
  const { account, partition } = registry;
  const name = 'a-principal-that-no-policy-names';
  return (['role', 'user'] as const).map((kind) => ({
    arn: `arn:${partition}:iam::${account}:${kind}/${name}`,
    kind,
    account,
    id: `${kind === 'role' ? 'AROA' : 'AIDA'}0000000000000000`,
    tags: { known: {} },
    organization: world.organization,
    policies: { known: [] },
    managedPolicies: [],
    boundary: { known: undefined },
    trust: { known: undefined },
  }));
}

/** Conditions that exclude AWS services, which have no ARN. */
function exceptsServices({ key, operator, values, set }: Condition): boolean {
  const small = lowerCase(key);
  if (small === 'aws:principalisawsservice') {
    return operator?.type === 'bool' && values.every((value) => lowerCase(value) === 'false');
  }
  return small.startsWith('aws:principalservicename') && operator?.negated === true && set !== 'any';
}

/** The Deny statements about a repository for everyone except some principals. */
function deniesOfOthers(view: PolicyView, arn: string, report: Report): DenyOfOthers[] {
  return statementsOf(view, report).flatMap((placed): DenyOfOthers[] => {
    const { statement } = placed;
    const { effect, principals, conditions } = statement;
    if (effect !== 'Deny' || principals === undefined) return [];
    if (isOnResource(view, statement, { arn }).truth !== 'yes') return [];
    const others = conditions.filter((condition) => !exceptsServices(condition));
    if (principals.except) {
      if (others.length > 0) return [];
      return [
        { ...placed, exceptions: principals.entries.flatMap((entry) => ('arn' in entry ? [entry.arn] : [])) },
      ];
    }
    if (!isForEveryone(statement)) return [];
    if (!others.every(({ key, operator, set }) => isWho(key) && operator?.negated === true && set !== 'any'))
      return [];
    const hits = strangers(view)
      .map((stranger) => denies(view, statement, stranger, { arn }))
      .reduce(both, YES);
    if (hits.truth === 'unknown') {
      report.unknown(
        `whom statement ${sidsOf([placed])} of ${view.called} does not deny: ${list(hits.reasons)}`,
      );
    }
    if (hits.truth === 'no' || hits.truth === 'unknown') return [];
    const arns = others.filter(({ key }) => lowerCase(key) === 'aws:principalarn');
    return [{ ...placed, exceptions: arns.flatMap(({ values }) => values) }];
  });
}

/** Whether an ARN or a pattern of ARNs can match a principal that globs expect. */
function couldBeExpected(arn: string, ...globs: readonly (readonly string[] | undefined)[]): boolean {
  if (isExpected(arn, ...globs)) return true;
  const pattern = glob(arn);
  return globs.some((all) => all?.some((one) => intersect(pattern, glob(one.replace(/\*+/g, '*')))));
}
