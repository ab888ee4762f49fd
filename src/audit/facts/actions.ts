/**
 * Every IAM action that the audit needs. The collector can use no other action, and the auditor's policy is generated
 * from this list.
 */

/** When a permission is needed: always, or only with an input that makes the audit read more. */
export type Need = 'always' | 'access' | 'role' | 'validate-cache' | 'lifecycle-preview';

export interface Permission {
  readonly need: Need;
  /** The resources that the permission can be limited to; `*` for calls without resource-level permissions. */
  readonly resource: 'repository' | 'key' | 'role' | '*';
}

const repository = { need: 'always', resource: 'repository' } as const;
const registry = { need: 'always', resource: '*' } as const;
const access = { need: 'access', resource: '*' } as const;

/** Sources: the service authorization reference of each service. */
const PERMISSIONS = {
  'ecr:BatchGetImage': repository,
  'ecr:BatchGetRepositoryScanningConfiguration': repository,
  'ecr:DescribeImageScanFindings': repository,
  'ecr:DescribeImages': repository,
  'ecr:DescribeRepositories': repository,
  'ecr:GetLifecyclePolicy': repository,
  'ecr:GetRepositoryPolicy': repository,
  'ecr:ListTagsForResource': repository,
  'ecr:GetLifecyclePolicyPreview': { need: 'lifecycle-preview', resource: 'repository' },
  'ecr:StartLifecyclePolicyPreview': { need: 'lifecycle-preview', resource: 'repository' },
  'ecr:DescribePullThroughCacheRules': registry,
  'ecr:DescribeRegistry': registry,
  'ecr:DescribeRepositoryCreationTemplates': registry,
  'ecr:GetAccountSetting': registry,
  'ecr:GetRegistryPolicy': registry,
  'ecr:GetRegistryScanningConfiguration': registry,
  'ecr:GetSigningConfiguration': registry,
  'ecr:ListPullTimeUpdateExclusions': registry,
  'ecr:ValidatePullThroughCacheRule': { need: 'validate-cache', resource: '*' },
  'inspector2:BatchGetAccountStatus': registry,
  'inspector2:GetClustersForImage': registry,
  'inspector2:GetConfiguration': registry,
  'inspector2:GetDelegatedAdminAccount': registry,
  'inspector2:ListCoverage': registry,
  'inspector2:ListFilters': registry,
  // ecr:DescribeImageScanFindings needs it with enhanced scanning.
  'inspector2:ListFindings': registry,
  'kms:DescribeKey': { need: 'always', resource: 'key' },
  'ecs:DescribeServices': access,
  'ecs:DescribeTaskDefinition': access,
  'ecs:DescribeTasks': access,
  'ecs:ListClusters': access,
  'ecs:ListServices': access,
  'ecs:ListTaskDefinitionFamilies': access,
  'ecs:ListTasks': access,
  'eks:DescribeCluster': access,
  'eks:DescribeFargateProfile': access,
  'eks:DescribeNodegroup': access,
  'eks:DescribePodIdentityAssociation': access,
  'eks:ListClusters': access,
  'eks:ListFargateProfiles': access,
  'eks:ListNodegroups': access,
  'eks:ListPodIdentityAssociations': access,
  'iam:GetAccountAuthorizationDetails': access,
  'iam:GetOpenIDConnectProvider': access,
  'iam:ListOpenIDConnectProviders': access,
  'lambda:GetFunction': access,
  'lambda:ListAliases': access,
  'lambda:ListFunctions': access,
  'lambda:ListVersionsByFunction': access,
  'organizations:DescribeOrganization': access,
  'sts:AssumeRole': { need: 'role', resource: 'role' },
} as const satisfies Readonly<Record<string, Permission>>;

/** An IAM action that the collector may use. `sts:GetCallerIdentity` needs no permission. */
export type Action = keyof typeof PERMISSIONS | 'sts:GetCallerIdentity';

/** The permissions that an audit needs, in the alphabetical order of their actions. */
export function permissionsFor(
  needs: readonly Need[],
): readonly (Permission & { readonly action: keyof typeof PERMISSIONS })[] {
  return Object.entries(PERMISSIONS)
    .filter(([, { need }]) => needs.includes(need))
    .map(([action, permission]) => ({ ...permission, action: action as keyof typeof PERMISSIONS }))
    .sort((a, b) => (a.action < b.action ? -1 : 1));
}
