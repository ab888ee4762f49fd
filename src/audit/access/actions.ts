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

/** Moves a tag to another existing image. */
export const RETAG = ['ecr:PutImage'] as const;

/** Deletes images or the whole repository; either is enough. */
export const DELETE = ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'] as const;

/** Changes who can do what with a repository, or what happens to its images. One of these actions is enough. */
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

/** The same for a whole registry. These actions have no resource, so repository policies do not apply to them. */
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

/** The action that `docker login` needs. The API of ECR does not need it. Only identity policies can grant it. */
export const TOKEN = 'ecr:GetAuthorizationToken';

/** Every action on a repository that an ability has. */
export const REPOSITORY_ACTIONS: readonly string[] = [
  ...new Set([...PULL, ...PUSH, ...DELETE, ...ADMINISTER]),
];
