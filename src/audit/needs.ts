/** The facts that checks can declare as their needs, with the IAM actions of the calls that return them. */
import type { PrincipalFacts } from './access/facts.ts';
import { need } from './check.ts';
import { allOf, Fact } from './facts.ts';
import { workloadsOf } from './workloads.ts';
import type { CacheRuleCase, PrincipalCase, RegistryCase, RepositoryCase, World } from './world.ts';

export const scanning = need(
  ['ecr:GetRegistryScanningConfiguration'],
  ({ registry }: RegistryCase) => registry.scanning,
);
export const inspectorStatus = need(
  ['inspector2:BatchGetAccountStatus'],
  ({ registry }: RegistryCase) => registry.inspectorStatus,
);
export const inspectorRescan = need(
  ['inspector2:GetConfiguration'],
  ({ registry }: RegistryCase) => registry.inspectorRescan,
);
export const suppressionFilters = need(
  ['inspector2:ListFilters'],
  ({ registry }: RegistryCase) => registry.suppressionFilters,
);
export const inspectorAdministrator = need(
  ['inspector2:GetDelegatedAdminAccount'],
  ({ registry }: RegistryCase) => registry.inspectorAdministrator,
);
export const registryPolicy = need(
  ['ecr:GetRegistryPolicy'],
  ({ registry }: RegistryCase) => registry.policy,
);
export const policyScope = need(
  ['ecr:GetAccountSetting'],
  ({ registry }: RegistryCase) => registry.policyScope,
);
export const signing = need(
  ['ecr:GetSigningConfiguration'],
  ({ registry }: RegistryCase) => registry.signing,
);
export const replication = need(
  ['ecr:DescribeRegistry'],
  ({ registry }: RegistryCase) => registry.replication,
);
export const cacheRules = need(
  ['ecr:DescribePullThroughCacheRules'],
  ({ registry }: RegistryCase) => registry.cacheRules,
);
export const templates = need(
  ['ecr:DescribeRepositoryCreationTemplates'],
  ({ registry }: RegistryCase) => registry.templates,
);
export const pullTimeExclusions = need(
  ['ecr:ListPullTimeUpdateExclusions'],
  ({ registry }: RegistryCase) => registry.pullTimeExclusions,
);
export const repositoryNames = need(
  ['ecr:DescribeRepositories'],
  ({ registry }: RegistryCase) => registry.repositoryNames,
);
export const repositories = need(['ecr:DescribeRepositories'], ({ registry, world }: RegistryCase) =>
  registry.repositories.map((all) => all.map((repository) => world.caseOf(registry, repository))),
);

export const mutability = need(
  ['ecr:DescribeRepositories'],
  ({ repository }: RepositoryCase) => repository.mutability,
);
export const encryption = need(
  ['ecr:DescribeRepositories'],
  ({ repository }: RepositoryCase) => repository.encryption,
);
export const key = need(['kms:DescribeKey'], ({ repository }: RepositoryCase) => repository.key);
export const repositoryPolicy = need(
  ['ecr:GetRepositoryPolicy'],
  ({ repository }: RepositoryCase) => repository.policy,
);
export const lifecyclePolicy = need(
  ['ecr:GetLifecyclePolicy'],
  ({ repository }: RepositoryCase) => repository.lifecyclePolicy,
);
export const scanFrequency = need(
  ['ecr:BatchGetRepositoryScanningConfiguration'],
  ({ repository }: RepositoryCase) => repository.scanFrequency,
);
export const images = need(
  ['ecr:BatchGetImage', 'ecr:DescribeImages'],
  ({ repository }: RepositoryCase) => repository.images,
);
/** The same, with the scan status of each image, which is a separate fact. */
export const scannedImages = need(
  ['ecr:BatchGetImage', 'ecr:DescribeImageScanFindings', 'ecr:DescribeImages'],
  ({ repository }: RepositoryCase) => repository.images,
);
export const coverage = need(
  ['inspector2:ListCoverage'],
  ({ repository }: RepositoryCase) => repository.coverage,
);
export const preview = need(
  ['ecr:GetLifecyclePolicyPreview', 'ecr:StartLifecyclePolicyPreview'],
  ({ repository }: RepositoryCase) => repository.preview,
);
/** The images of a repository that ECS and Lambda run or refer to. Each source is a separate fact. */
export const uses = need(
  [
    ...['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks', 'ecs:ListClusters'],
    ...['ecs:ListServices', 'ecs:ListTasks', 'lambda:GetFunction', 'lambda:ListAliases'],
    ...['lambda:ListFunctions', 'lambda:ListVersionsByFunction'],
  ],
  ({ world, registry, repository }: RepositoryCase) => Fact.known(world.usesOf(registry, repository.name)),
);

export const validation = need(
  ['ecr:ValidatePullThroughCacheRule'],
  ({ rule }: CacheRuleCase) => rule.validation,
);

/** Looks up the users and roles of an account. The result is a fact as well. */
export const directory = need(
  ['iam:GetAccountAuthorizationDetails'],
  ({ world }: { readonly world: World }) =>
    Fact.known((account: string): Fact<readonly PrincipalFacts[]> | undefined =>
      world.audited.has(account) ? world.principalsOf(account) : undefined,
    ),
);

/** The users and roles of all audited accounts. */
export const everyone = need(
  ['iam:GetAccountAuthorizationDetails'],
  ({ world }: { readonly world: World }) => world.everyone,
);
/** The groups of all audited accounts. */
export const groups = need(['iam:GetAccountAuthorizationDetails'], ({ world }: PrincipalCase) =>
  allOf(world.facts.accounts.map((account) => account.groups)).map((lists) => lists.flat()),
);
/** The repositories of all audited registries. */
export const allRepositories = need(['ecr:DescribeRepositories'], ({ world }: { readonly world: World }) =>
  allOf(world.facts.registries.map(({ repositories: all }) => all)),
);
/** Whether the existing registry policies apply to every request. */
export const policyScopes = need(
  ['ecr:GetAccountSetting', 'ecr:GetRegistryPolicy'],
  ({ world }: { readonly world: World }) => world.policyScopes,
);
/** The workloads that run with a role. Each kind of workload is a separate fact. */
export const workloads = need(
  [
    ...[
      'ecs:DescribeTaskDefinition',
      'ecs:ListTaskDefinitionFamilies',
      'eks:DescribeCluster',
      'eks:DescribeNodegroup',
    ],
    ...['eks:DescribeFargateProfile', 'eks:DescribePodIdentityAssociation', 'eks:ListClusters'],
    ...['eks:ListFargateProfiles', 'eks:ListNodegroups', 'eks:ListPodIdentityAssociations'],
    'lambda:ListFunctions',
  ],
  ({ world, principal }: PrincipalCase) => Fact.known(workloadsOf(world, principal)),
);

export const oidcProviders = need(
  ['iam:GetOpenIDConnectProvider', 'iam:ListOpenIDConnectProviders'],
  ({ account }: PrincipalCase) => account.oidcProviders,
);
