# `npm run docs` writes the two lists from the permissions that the actions need.
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
}
