/** Functions that the checks of policies share: they evaluate a policy's text, whatever it is attached to. */

import { type Statement, shortened } from '../../access/document.ts';
import { contextOf } from '../../access/keys.ts';
import type { Match } from '../../access/match.ts';
import { rootOf } from '../../access/named-principals.ts';
import { matchResources, type ResourceName } from '../../access/resources.ts';
import { type Check, type CheckOf, checkFor, type Kind, need, type Report } from '../../check.ts';
import * as needs from '../../needs.ts';
import {
  attachmentOf,
  commandsFor,
  hasVariables,
  type Lookup,
  type Placed,
  type PolicyView,
} from '../../policies.ts';
import { name } from '../../words.ts';
import type { RegistryCase, RepositoryCase } from '../../world.ts';

export type PolicyCase = RegistryCase | RepositoryCase;

/** A check of a policy, whatever the policy is attached to. */
export interface PolicyJudge {
  readonly check: Check<PolicyCase>;
  readonly judge: (view: PolicyView, report: Report) => void;
}

type Definition = Omit<CheckOf<PolicyCase, Record<never, never>>, 'needs' | 'judge' | 'applies'> & {
  /** Default: repositories and registries. */
  readonly kinds?: readonly Kind[];
  /** Whether the check looks up users and roles. */
  readonly looksUp: boolean;
  readonly judge: (view: PolicyView, report: Report) => void;
};

const policyNeed = need(['ecr:GetRegistryPolicy', 'ecr:GetRepositoryPolicy'], (about: PolicyCase) =>
  'repository' in about ? about.repository.policy : about.registry.policy,
);

export function policyJudge({
  looksUp,
  judge,
  kinds = ['repository', 'registry'],
  ...text
}: Definition): PolicyJudge {
  const maker = checkFor<PolicyCase>(...kinds);
  const of = (policy: string | undefined, lookup: Lookup, about: PolicyCase, report: Report) => {
    if (policy === undefined) report.doesNotApply();
    else judge(viewOf(about, policy, lookup), report);
  };
  const check = looksUp
    ? maker({
        ...text,
        needs: { policy: policyNeed, directory: needs.directory },
        judge: (facts, about, report) => of(facts.policy, facts.directory, about, report),
      })
    : maker({
        ...text,
        needs: { policy: policyNeed },
        judge: (facts, about, report) => of(facts.policy, NO_LOOKUP, about, report),
      });
  return { check, judge };
}

const NO_LOOKUP: Lookup = () => {
  throw new Error('a check looks up principals that it does not declare');
};

/** A registry policy, for checks that look up no principal. */
export function viewOfRegistry({ world, registry }: RegistryCase, text: string): PolicyView {
  return viewOf({ world, registry }, text, NO_LOOKUP);
}

/** A repository policy, for checks that look up no principal. */
export function viewOfRepository(about: RepositoryCase, text: string): PolicyView {
  return viewOf(about, text, NO_LOOKUP);
}

function viewOf(about: PolicyCase, text: string, lookup: Lookup): PolicyView {
  const { world, registry } = about;
  if (!('repository' in about)) {
    return {
      kind: 'registry',
      called: `the policy of the registry ${registry.host}`,
      text,
      world,
      registry,
      expected: undefined,
      repository: undefined,
      lookup,
      ...commandsFor(registry, 'registry'),
    };
  }
  const { repository, expected } = about;
  return {
    kind: 'repository',
    called: `the policy of ${name(repository.name)}`,
    text,
    world,
    registry,
    expected,
    repository: repository.arn,
    lookup,
    ...commandsFor(registry, { repository: repository.name }),
  };
}

export function itemsOf(statements: readonly Placed[]): readonly string[] {
  return statements.map(({ statement }) => shortened(statement.sid));
}

export function isAllow({ statement }: Placed): boolean {
  return statement.effect === 'Allow';
}

/** Whether a statement's Resource element is about something, for any principal. */
export function isOnResource(view: PolicyView, { resources }: Statement, resource: ResourceName): Match {
  const attachment = attachmentOf(view);
  const { account, partition } = view.registry;
  const { organization } = attachment;
  const root = rootOf({ id: account, partition, organization });
  return matchResources(resources, resource, view.kind, hasVariables(view), contextOf(root, attachment));
}
