terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.25"
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
}

module "policies" {
  source                  = "./policies"
  partition               = local.partition
  region                  = data.aws_region.current.region
  account_id              = local.account_id
  github                  = var.github
  repositories            = var.repositories
  build_role_arns         = var.build_role_arns
  administrator_role_arns = var.administrator_role_arns
  gate_role_arn           = aws_iam_role.gate.arn
  key_arn                 = aws_kms_key.signing.arn
  production_tags         = var.production_tags
  temporary_tags          = var.temporary_tags
}

resource "aws_iam_openid_connect_provider" "github" {
  count          = var.create_oidc_provider ? 1 : 0
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "gate" {
  name               = "gate"
  description        = "Judges container images and signs those that pass"
  assume_role_policy = module.policies.trust["gate"]
}

resource "aws_iam_role_policy" "gate" {
  name   = "gate"
  role   = aws_iam_role.gate.name
  policy = module.policies.permissions["gate"]
}

resource "aws_iam_role" "verify" {
  name               = "verify"
  description        = "Verifies container images before a deployment"
  assume_role_policy = module.policies.trust["verify"]
}

resource "aws_iam_role_policy" "verify" {
  name   = "verify"
  role   = aws_iam_role.verify.name
  policy = module.policies.permissions["verify"]
}

resource "aws_iam_role" "audit" {
  name               = "audit"
  description        = "Reads what the audit of the registry needs, and changes nothing"
  assume_role_policy = module.policies.trust["audit"]
}

resource "aws_iam_role_policy" "audit" {
  name   = "audit"
  role   = aws_iam_role.audit.name
  policy = module.policies.permissions["audit"]
}

resource "aws_kms_key" "signing" {
  description              = "Signs container images that passed the gate"
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  # From the beginning: with the default policy, other roles of the account could sign.
  policy = module.policies.key

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "signing" {
  name          = "alias/${var.key_alias}"
  target_key_id = aws_kms_key.signing.key_id
}

# Amazon Inspector itself: the resource aws_inspector2_enabler, in the account that administers Inspector.
resource "aws_ecr_registry_scanning_configuration" "this" {
  count     = var.manage_scanning ? 1 : 0
  scan_type = "ENHANCED"

  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}

# The defaults of repositories that are created by a push or by replication. ECR applies a template only when it creates a
# repository.
resource "aws_ecr_repository_creation_template" "defaults" {
  prefix               = "ROOT"
  description          = "Immutable tags, and only the gate and the builds push"
  applied_for          = ["CREATE_ON_PUSH", "REPLICATION"]
  image_tag_mutability = var.legacy_signatures ? "IMMUTABLE_WITH_EXCLUSION" : "IMMUTABLE"
  lifecycle_policy     = module.policies.lifecycle
  repository_policy    = module.policies.repository

  dynamic "image_tag_mutability_exclusion_filter" {
    for_each = var.legacy_signatures ? ["sha256-*"] : []
    content {
      filter      = image_tag_mutability_exclusion_filter.value
      filter_type = "WILDCARD"
    }
  }
}

resource "aws_ecr_repository" "this" {
  for_each             = var.repository_names
  name                 = each.value
  image_tag_mutability = var.legacy_signatures ? "IMMUTABLE_WITH_EXCLUSION" : "IMMUTABLE"

  dynamic "image_tag_mutability_exclusion_filter" {
    for_each = var.legacy_signatures ? ["sha256-*"] : []
    content {
      filter      = image_tag_mutability_exclusion_filter.value
      filter_type = "WILDCARD"
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each   = aws_ecr_repository.this
  repository = each.value.name
  policy     = module.policies.lifecycle
}

resource "aws_ecr_repository_policy" "this" {
  for_each   = aws_ecr_repository.this
  repository = each.value.name
  policy     = module.policies.repository
}

# Images of a pull-through cache get new versions under the same tags, so these repositories stay mutable: with immutable
# tags, the cache may stop refreshing.
resource "aws_ecr_repository_creation_template" "cache" {
  count                = var.cache_prefix == null ? 0 : 1
  prefix               = var.cache_prefix
  description          = "Pull-through cache"
  applied_for          = ["PULL_THROUGH_CACHE"]
  image_tag_mutability = "MUTABLE"
  lifecycle_policy     = module.policies.cache_lifecycle
}

resource "aws_ecr_pull_through_cache_rule" "public" {
  count                 = var.cache_prefix == null ? 0 : 1
  ecr_repository_prefix = var.cache_prefix
  upstream_registry_url = "public.ecr.aws"
  depends_on            = [aws_ecr_repository_creation_template.cache]
}

output "gate_role_arn" {
  description = "role-to-assume of the gate"
  value       = aws_iam_role.gate.arn
}

output "verify_role_arn" {
  description = "role-to-assume of verify"
  value       = aws_iam_role.verify.arn
}

output "audit_role_arn" {
  description = "Role of the audit"
  value       = aws_iam_role.audit.arn
}

output "signing_key" {
  description = "Input signing-key of the gate and verify"
  value       = "awskms:///${aws_kms_alias.signing.arn}"
}
