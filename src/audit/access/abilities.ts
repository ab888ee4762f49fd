/** What a principal can do with a repository or a registry, as abilities. */
import {
  ADMINISTER,
  ADMINISTER_REGISTRY,
  DELETE,
  PULL,
  PUSH,
  REPOSITORY_ACTIONS,
  RETAG,
  TOKEN,
} from './actions.ts';
import {
  allNeeded,
  type Because,
  type Decision,
  type Evaluator,
  oneNeeded,
  type Target,
  type Verdict,
} from './decide.ts';
import type { PrincipalFacts, RegistryFacts, RepositoryFacts } from './facts.ts';
import { union } from './match.ts';

/** The part that all rows with the same answer share. */
export interface Answer {
  /** Undefined in the rows about a registry, whose only ability is `administer`. */
  readonly pull: Verdict | undefined;
  readonly push: Verdict | undefined;
  readonly retag: Verdict | undefined;
  readonly delete: Verdict | undefined;
  readonly administer: Verdict;
  /** The control actions that are not denied. */
  readonly administerActions: readonly string[];
  /**
   * Whether it can call ecr:GetAuthorizationToken, which `docker login` needs; undefined if that depends on its own
   * account, which is not audited.
   */
  readonly token: Verdict | undefined;
  /** The conditions of the abilities that are not denied. */
  readonly conditions: readonly string[];
  readonly unknown: readonly string[];
  readonly because: readonly Because[];
  /** The decision behind each ability. */
  readonly decisions: Readonly<Partial<Record<Ability, Decision>>>;
}

export type Ability = 'pull' | 'push' | 'retag' | 'delete' | 'administer';

/** The repository as a target of decisions. */
export function repositoryTarget(repository: RepositoryFacts, registry: RegistryFacts): Target {
  const policies: Target['policies'][number][] = [];
  if ('unknown' in repository.policy || repository.policy.known !== undefined) {
    policies.push({ source: 'repository', name: 'repository policy', text: present(repository.policy) });
  }
  return {
    name: { arn: repository.arn },
    account: registry.account,
    region: registry.region,
    tags: repository.tags,
    organization: registry.organization,
    policies: [...policies, ...registryPolicy(registry)],
    resourcePolicyDecides: false,
  };
}

/** The registry itself, for actions that have no resource. */
export function registryTarget(registry: RegistryFacts): Target {
  return {
    name: { everything: true },
    account: registry.account,
    region: registry.region,
    tags: { known: {} },
    organization: registry.organization,
    policies: registryPolicy(registry),
    resourcePolicyDecides: false,
  };
}

/**
 * The registry policy, if it applies to every request: "V2 allows all ECR actions and enforces the registry policy in
 * all ECR requests"; V1 applies only to replication, upstream images and new repositories. An unknown scope is treated
 * as V2, the scope of every registry today.
 */
function registryPolicy({ policy, policyScope }: RegistryFacts): Target['policies'] {
  if ('known' in policyScope && policyScope.known === 'V1') return [];
  if ('known' in policy && policy.known === undefined) return [];
  return [{ source: 'registry', name: 'registry policy', text: present(policy) }];
}

function present(policy: RepositoryFacts['policy']): Target['policies'][number]['text'] {
  return 'known' in policy ? { known: policy.known ?? '' } : policy;
}

/** Decides the abilities of a principal on a repository. */
export function repositoryAnswer(
  evaluator: Evaluator,
  principal: PrincipalFacts,
  target: Target,
  otherSide: boolean,
): Answer {
  const decided = new Map(
    REPOSITORY_ACTIONS.map((action) => [action, evaluator.decide({ action, principal, target }, otherSide)]),
  );
  const of = (actions: readonly string[]) => actions.flatMap((action) => decided.get(action) ?? []);
  return answer(
    {
      pull: allNeeded(of(PULL)),
      push: allNeeded(of(PUSH)),
      retag: allNeeded(of(RETAG)),
      delete: oneNeeded(of(DELETE)),
      administer: oneNeeded(of(ADMINISTER)),
    },
    ADMINISTER.filter((action) => decided.get(action)?.verdict !== 'denied'),
  );
}

/** Decides whether a principal has control of a registry. */
export function registryAnswer(
  evaluator: Evaluator,
  principal: PrincipalFacts,
  target: Target,
  otherSide: boolean,
): Answer {
  const decided = ADMINISTER_REGISTRY.map((action) => ({
    action,
    decision: evaluator.decide({ action, principal, target }, otherSide),
  }));
  return answer(
    { administer: oneNeeded(decided.map(({ decision }) => decision)) },
    decided.filter(({ decision }) => decision.verdict !== 'denied').map(({ action }) => action),
  );
}

function answer(
  decisions: Partial<Record<Ability, Decision>> & { administer: Decision },
  actions: string[],
): Answer {
  const because = new Map<string, Because>();
  let conditions: readonly string[] = [];
  let reasons: readonly string[] = [];
  for (const one of Object.values(decisions)) {
    if (one.verdict === 'denied') continue;
    for (const item of one.because) {
      because.set(`${item.source} ${item.policy} ${item.sid} ${item.effect}`, item);
    }
    conditions = union(conditions, one.conditions);
    reasons = union(reasons, one.unknown);
  }
  return {
    pull: decisions.pull?.verdict,
    push: decisions.push?.verdict,
    retag: decisions.retag?.verdict,
    delete: decisions.delete?.verdict,
    administer: decisions.administer.verdict,
    administerActions: actions,
    token: undefined,
    conditions,
    unknown: reasons,
    because: [...because.values()],
    decisions,
  };
}

/** Whether a principal can log in to the registries of its own account with docker. */
export function tokenVerdict(
  evaluator: Evaluator,
  principal: PrincipalFacts,
  registry: RegistryFacts,
): Verdict {
  // A resource policy cannot grant it (https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html).
  const target: Target = { ...registryTarget(registry), account: principal.account ?? '', policies: [] };
  return evaluator.decide({ action: TOKEN, principal, target }).verdict;
}

/** Whether nothing is allowed. */
export function isAllDenied({ pull, push, retag, delete: deletes, administer }: Answer): boolean {
  return [pull, push, retag, deletes, administer].every(
    (verdict) => verdict === undefined || verdict === 'denied',
  );
}
