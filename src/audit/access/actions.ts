/** The actions that make up an ability; what each group is for is in the README. */

/** Reads an image: its manifest and its layers. */
export const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] as const;

/** Writes an image. */
export const PUSH = [
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
] as const;

/** Moves a tag to another image that is there. */
export const RETAG = ['ecr:PutImage'] as const;

/** Deletes images or the whole repository; either is enough. */
export const DELETE = ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'] as const;

/** Changes who may do what with a repository, or what becomes of its images; any is enough. */
export const ADMINISTER = [
  'ecr:SetRepositoryPolicy',
  'ecr:DeleteRepositoryPolicy',
  'ecr:PutLifecyclePolicy',
  'ecr:DeleteLifecyclePolicy',
  'ecr:PutImageTagMutability',
  'ecr:PutImageScanningConfiguration',
  'ecr:UpdateImageStorageClass',
  'ecr:TagResource',
  'ecr:UntagResource',
] as const;

/** The same for a registry as a whole. These actions have no resource; a repository policy is not about them. */
export const ADMINISTER_REGISTRY = [
  'ecr:PutRegistryPolicy',
  'ecr:DeleteRegistryPolicy',
  'ecr:PutRegistryScanningConfiguration',
  'ecr:PutReplicationConfiguration',
  'ecr:StartReplicationBackfill',
  'ecr:StopReplicationBackfill',
  'ecr:CreatePullThroughCacheRule',
  'ecr:UpdatePullThroughCacheRule',
  'ecr:DeletePullThroughCacheRule',
  'ecr:CreateRepositoryCreationTemplate',
  'ecr:UpdateRepositoryCreationTemplate',
  'ecr:DeleteRepositoryCreationTemplate',
  'ecr:PutAccountSetting',
  'ecr:PutSigningConfiguration',
  'ecr:DeleteSigningConfiguration',
  'ecr:RegisterPullTimeUpdateExclusion',
  'ecr:DeregisterPullTimeUpdateExclusion',
] as const;

/** What `docker login` needs; the registry's API does without. It can come from identity policies only. */
export const TOKEN = 'ecr:GetAuthorizationToken';

/** Every action on a repository that an ability has. */
export const REPOSITORY_ACTIONS: readonly string[] = [
  ...new Set([...PULL, ...PUSH, ...DELETE, ...ADMINISTER]),
];
