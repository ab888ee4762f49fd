# The policy documents, apart from the resources: this module needs no provider, so that it can be evaluated and tested alone.

variable "partition" {
  type    = string
  default = "aws"
}

variable "region" {
  type = string
}

variable "account_id" {
  type = string
}

variable "github" {
  type = object({
    trusted_by     = string
    owner          = string
    owner_id       = string
    repository     = string
    repository_id  = string
    gate_context   = string
    verify_context = string
    audit_context  = string
    workflows      = object({ gate = list(string), verify = list(string), audit = list(string) })
  })

  # Each value becomes part of a claim that is compared exactly. A pattern would never match, or match too much.
  validation {
    condition     = contains(["repository", "workflow"], var.github.trusted_by)
    error_message = "trusted_by must be repository or workflow."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$", var.github.owner))
    error_message = "owner must be the name of an organization or user."
  }
  validation {
    condition     = can(regex("^[0-9]+$", var.github.owner_id)) && can(regex("^[0-9]+$", var.github.repository_id))
    error_message = "owner_id and repository_id must be the numbers that GitHub's API returns."
  }
  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+$", var.github.repository))
    error_message = "repository must be the name of a repository without its owner."
  }
  validation {
    condition = alltrue([
      for context in [var.github.gate_context, var.github.verify_context, var.github.audit_context] :
      can(regex("^(ref:refs/(heads|tags)/|environment:)[A-Za-z0-9._/-]+$", context))
    ])
    error_message = "gate_context, verify_context and audit_context must be such as ref:refs/heads/main or environment:production."
  }
  validation {
    condition = alltrue([
      for workflow in concat(var.github.workflows.gate, var.github.workflows.verify, var.github.workflows.audit) :
      can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+/\\.github/workflows/[A-Za-z0-9._-]+@(refs/(heads|tags)/[A-Za-z0-9._/-]+|[0-9a-f]{40})$", workflow))
    ])
    error_message = "workflows must be such as acme/ecr-deployment-gate/.github/workflows/gate.yml@refs/tags/v1."
  }
  validation {
    condition     = var.github.trusted_by == "repository" || alltrue([for workflows in var.github.workflows : length(workflows) > 0])
    error_message = "trusted_by workflow requires a list of workflows for gate, for verify and for audit."
  }
}

variable "repositories" {
  type = string
}

variable "build_role_arns" {
  type = list(string)
  validation {
    condition = length(var.build_role_arns) > 0 && alltrue([
      for arn in var.build_role_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", arn))
    ])
    error_message = "build_role_arns must be ARNs of roles."
  }
}

variable "administrator_role_arns" {
  type = list(string)
  validation {
    condition = length(var.administrator_role_arns) > 0 && alltrue([
      for arn in var.administrator_role_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", arn))
    ])
    error_message = "administrator_role_arns must be ARNs of roles."
  }
}

variable "gate_role_arn" {
  type = string
}

variable "key_arn" {
  type = string
}

variable "production_tags" {
  type = string
}

variable "temporary_tags" {
  type = string
  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+\\*?$", var.temporary_tags))
    error_message = "temporary_tags must be a pattern with a literal beginning."
  }
  validation {
    condition     = !startswith(var.temporary_tags, "sha256-") && !can(regex("^s(h(a(2(5(6)?)?)?)?)?\\*", var.temporary_tags))
    error_message = "temporary_tags cannot match the tags of signatures, which begin with sha256-."
  }
}

locals {
  resources = {
    repository = "arn:${var.partition}:ecr:${var.region}:${var.account_id}:repository/${var.repositories}"
    key        = var.key_arn
    any        = "*"
  }

  claim       = "token.actions.githubusercontent.com"
  by_workflow = var.github.trusted_by == "workflow"

  trust = {
    for name, context in {
      gate   = var.github.gate_context
      verify = var.github.verify_context
      audit  = var.github.audit_context
      } : name => {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Federated = "arn:${var.partition}:iam::${var.account_id}:oidc-provider/${local.claim}" }
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          # job_workflow_ref alone is not enough: anyone can call a public workflow.
          StringEquals = {
            for claim, value in {
              aud                 = "sts.amazonaws.com"
              repository_owner_id = local.by_workflow && name != "audit" ? var.github.owner_id : null
              job_workflow_ref    = local.by_workflow ? var.github.workflows[name] : null
              # The audit trusts one repository alone: its report says who has access to what in the account.
              repository_id = local.by_workflow && name != "audit" ? null : var.github.repository_id
              sub = local.by_workflow ? null : [
                "repo:${var.github.owner}/${var.github.repository}:${context}",
                "repo:${var.github.owner}@${var.github.owner_id}/${var.github.repository}@${var.github.repository_id}:${context}",
              ]
            } : "${local.claim}:${claim}" => value if value != null
          }
        }
      }]
    }
  }

  key = {
    Version = "2012-10-17"
    Statement = [
      # A role that can sign can make any image pass verification. Without kms:Sign and kms:CreateGrant here, no IAM policy of the
      # account can allow them. An administrator can still change this policy: restrict and log kms:PutKeyPolicy.
      {
        Sid       = "Administer"
        Effect    = "Allow"
        Principal = { AWS = "arn:${var.partition}:iam::${var.account_id}:root" }
        Action = [
          "kms:CancelKeyDeletion",
          "kms:CreateAlias",
          "kms:DeleteAlias",
          "kms:DescribeKey",
          "kms:DisableKey",
          "kms:EnableKey",
          "kms:GetKeyPolicy",
          "kms:GetPublicKey",
          "kms:ListGrants",
          "kms:ListKeyPolicies",
          "kms:ListResourceTags",
          "kms:PutKeyPolicy",
          "kms:RevokeGrant",
          "kms:ScheduleKeyDeletion",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:UpdateAlias",
          "kms:UpdateKeyDescription",
        ]
        Resource = "*"
      },
      {
        Sid       = "Sign"
        Effect    = "Allow"
        Principal = { AWS = var.gate_role_arn }
        Action    = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
        Resource  = "*"
      },
      {
        Sid       = "OnlyTheGateSigns"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "kms:Sign"
        Resource  = "*"
        Condition = { ArnNotEquals = { "aws:PrincipalArn" = var.gate_role_arn } }
      },
      # A grant would let its grantee sign.
      {
        Sid       = "NoGrants"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "kms:CreateGrant"
        Resource  = "*"
      },
    ]
  }

  repository = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyBuildsAndTheGatePush"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]
        Condition = { ArnNotEquals = { "aws:PrincipalArn" = concat([var.gate_role_arn], var.build_role_arns) } }
      },
      {
        Sid       = "OnlyAdministratorsChangeTheRepository"
        Effect    = "Deny"
        Principal = "*"
        Action = [
          "ecr:BatchDeleteImage",
          "ecr:DeleteLifecyclePolicy",
          "ecr:DeleteRepository",
          "ecr:DeleteRepositoryPolicy",
          "ecr:PutImageScanningConfiguration",
          "ecr:PutImageTagMutability",
          "ecr:PutLifecyclePolicy",
          "ecr:SetRepositoryPolicy",
          "ecr:TagResource",
          "ecr:UntagResource",
          "ecr:UpdateImageStorageClass",
        ]
        Condition = { ArnNotEquals = { "aws:PrincipalArn" = var.administrator_role_arns } }
      },
    ]
  }

  # A rule selects an image by any of its tags, and an image that matches an earlier rule is not touched by a later one: rule 1
  # keeps production images from rule 2. Its count is above what ECR stores in a repository by default. Rule 2 selects no
  # signature: in format legacy they have other tags, and in format bundle they have none.
  lifecycle = {
    rules = [
      {
        rulePriority = 1
        description  = "Keep production images"
        selection = {
          tagStatus      = "tagged"
          tagPatternList = [var.production_tags]
          countType      = "imageCountMoreThan"
          countNumber    = 100000
        }
        action = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "Expire temporary images"
        selection = {
          tagStatus      = "tagged"
          tagPatternList = [var.temporary_tags]
          countType      = "sinceImagePushed"
          countUnit      = "days"
          countNumber    = 90
        }
        action = { type = "expire" }
      },
    ]
  }

  # A tag that the cache moves leaves an untagged image behind.
  cache_lifecycle = {
    rules = [
      {
        rulePriority = 1
        description  = "Expire images that the cache replaced"
        selection = {
          tagStatus   = "untagged"
          countType   = "sinceImagePushed"
          countUnit   = "days"
          countNumber = 90
        }
        action = { type = "expire" }
      },
    ]
  }
}

output "trust" {
  description = "Trust policies of the roles gate, verify and audit, as JSON."
  value       = { for name, policy in local.trust : name => jsonencode(policy) }
}

output "permissions" {
  description = "Permissions of the roles gate, verify and audit, as JSON."
  value = {
    gate   = jsonencode({ Version = "2012-10-17", Statement = local.gate })
    verify = jsonencode({ Version = "2012-10-17", Statement = local.verify })
    audit  = jsonencode({ Version = "2012-10-17", Statement = local.audit })
  }
}

output "key" {
  description = "Policy of the signing key, as JSON."
  value       = jsonencode(local.key)
}

output "repository" {
  description = "Policy of repositories, as JSON."
  value       = jsonencode(local.repository)
}

output "lifecycle" {
  description = "Lifecycle policy of repositories, as JSON."
  value       = jsonencode(local.lifecycle)
}

output "cache_lifecycle" {
  description = "Lifecycle policy of the repositories of the pull-through cache, as JSON."
  value       = jsonencode(local.cache_lifecycle)
}
