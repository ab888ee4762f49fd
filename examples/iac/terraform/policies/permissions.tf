# `npm run docs` writes the three lists from the permissions that the actions need.
locals {
  # <!-- permissions-gate:start -->
  gate = [
    {
      Sid    = "Read"
      Effect = "Allow"
      Action = [
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:DescribeImageScanFindings",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetRepositoryScanningConfiguration",
      ]
      Resource = local.resources.repository
    },
    {
      Sid    = "Registry"
      Effect = "Allow"
      Action = [
        "ecr:GetRegistryScanningConfiguration",
      ]
      Resource = local.resources.any
    },
    {
      Sid    = "Inspector"
      Effect = "Allow"
      Action = [
        "inspector2:ListCoverage",
        "inspector2:ListFindings",
        "inspector2:BatchGetFindingDetails",
        "inspector2:BatchGetAccountStatus",
      ]
      Resource = local.resources.any
    },
    {
      Sid    = "Login"
      Effect = "Allow"
      Action = [
        "ecr:GetAuthorizationToken",
      ]
      Resource = local.resources.any
    },
    {
      Sid    = "PushSignature"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:ListImageReferrers",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ]
      Resource = local.resources.repository
    },
    {
      Sid    = "Key"
      Effect = "Allow"
      Action = [
        "kms:DescribeKey",
        "kms:GetPublicKey",
        "kms:Sign",
      ]
      Resource = local.resources.key
    },
  ]
  # <!-- permissions-gate:end -->

  # <!-- permissions-verify:start -->
  verify = [
    {
      Sid    = "Read"
      Effect = "Allow"
      Action = [
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:DescribeImageScanFindings",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetRepositoryScanningConfiguration",
      ]
      Resource = local.resources.repository
    },
    {
      Sid    = "Registry"
      Effect = "Allow"
      Action = [
        "ecr:GetRegistryScanningConfiguration",
      ]
      Resource = local.resources.any
    },
    {
      Sid    = "Inspector"
      Effect = "Allow"
      Action = [
        "inspector2:ListCoverage",
        "inspector2:ListFindings",
        "inspector2:BatchGetFindingDetails",
        "inspector2:BatchGetAccountStatus",
      ]
      Resource = local.resources.any
    },
    {
      Sid    = "ReadSignatures"
      Effect = "Allow"
      Action = [
        "ecr:DescribeImageSigningStatus",
        "ecr:GetDownloadUrlForLayer",
        "ecr:ListImageReferrers",
      ]
      Resource = local.resources.repository
    },
    {
      Sid    = "PublicKey"
      Effect = "Allow"
      Action = [
        "kms:DescribeKey",
        "kms:GetPublicKey",
      ]
      Resource = local.resources.key
    },
  ]
  # <!-- permissions-verify:end -->

  # <!-- permissions-audit:start -->
  audit = [
    {
      Sid    = "ReadRepositories"
      Effect = "Allow"
      Action = [
        "ecr:BatchGetImage",
        "ecr:BatchGetRepositoryScanningConfiguration",
        "ecr:DescribeImageScanFindings",
        "ecr:DescribeImages",
        "ecr:DescribeRepositories",
        "ecr:GetLifecyclePolicy",
        "ecr:GetRepositoryPolicy",
        "ecr:ListTagsForResource",
      ]
      Resource = "arn:${var.partition}:ecr:*:${var.account_id}:repository/*"
    },
    {
      Sid    = "ReadKeys"
      Effect = "Allow"
      Action = [
        "kms:DescribeKey",
      ]
      Resource = "arn:${var.partition}:kms:*:${var.account_id}:key/*"
    },
    {
      Sid    = "ReadAccount"
      Effect = "Allow"
      Action = [
        "ecr:DescribePullThroughCacheRules",
        "ecr:DescribeRegistry",
        "ecr:DescribeRepositoryCreationTemplates",
        "ecr:GetAccountSetting",
        "ecr:GetRegistryPolicy",
        "ecr:GetRegistryScanningConfiguration",
        "ecr:GetSigningConfiguration",
        "ecr:ListPullTimeUpdateExclusions",
        "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition",
        "ecs:DescribeTasks",
        "ecs:ListClusters",
        "ecs:ListServices",
        "ecs:ListTaskDefinitionFamilies",
        "ecs:ListTasks",
        "eks:DescribeCluster",
        "eks:DescribeFargateProfile",
        "eks:DescribeNodegroup",
        "eks:DescribePodIdentityAssociation",
        "eks:ListClusters",
        "eks:ListFargateProfiles",
        "eks:ListNodegroups",
        "eks:ListPodIdentityAssociations",
        "iam:GetAccountAuthorizationDetails",
        "iam:GetOpenIDConnectProvider",
        "iam:ListOpenIDConnectProviders",
        "inspector2:BatchGetAccountStatus",
        "inspector2:GetClustersForImage",
        "inspector2:GetConfiguration",
        "inspector2:GetDelegatedAdminAccount",
        "inspector2:ListCoverage",
        "inspector2:ListFilters",
        "inspector2:ListFindings",
        "lambda:GetFunction",
        "lambda:ListAliases",
        "lambda:ListFunctions",
        "lambda:ListVersionsByFunction",
        "organizations:DescribeOrganization",
      ]
      Resource = "*"
    },
  ]
  # <!-- permissions-audit:end -->
}
