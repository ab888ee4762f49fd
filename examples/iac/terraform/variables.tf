variable "create_oidc_provider" {
  description = "false if the account already has GitHub's OIDC provider. There can be only one."
  type        = bool
  default     = true
}

variable "github" {
  description = "What may assume the roles. trusted_by repository: workflows of one repository, in gate_context, verify_context and audit_context. trusted_by workflow: the reusable workflows in workflows, each at the exact ref that callers pin; those of gate and verify called by any repository of the owner, that of audit by repository."
  type = object({
    trusted_by     = optional(string, "repository")
    owner          = string
    owner_id       = string
    repository     = string
    repository_id  = string
    gate_context   = optional(string, "ref:refs/heads/main")
    verify_context = optional(string, "environment:production")
    audit_context  = optional(string, "ref:refs/heads/main")
    workflows = optional(
      object({ gate = list(string), verify = list(string), audit = list(string) }),
      { gate = [], verify = [], audit = [] },
    )
  })
}

variable "repositories" {
  description = "The ECR repositories of the gate, such as team/*."
  type        = string
  default     = "*"
}

variable "build_role_arns" {
  description = "ARNs of the roles that push images. No other role may push to repositories with the defaults, except the gate's."
  type        = list(string)
}

variable "administrator_role_arns" {
  description = "ARNs of the roles that may delete images and change the settings of these repositories. Include the role that applies this module."
  type        = list(string)
}

variable "key_alias" {
  description = "Alias of the signing key, without alias/."
  type        = string
  default     = "gate"
}

variable "manage_scanning" {
  description = "true: replace the scanning rules of the registry by continuous scanning of every repository."
  type        = bool
  default     = true
}

variable "legacy_signatures" {
  description = "true: the gate signs with signature-format legacy or both, which moves tags sha256-….sig and .att."
  type        = bool
  default     = false
}

variable "production_tags" {
  description = "Pattern of the tags that are never expired."
  type        = string
  default     = "v*"
}

variable "temporary_tags" {
  description = "Pattern of the tags that are expired after 90 days."
  type        = string
  default     = "build-*"
}

variable "repository_names" {
  description = "Repositories to create with the defaults."
  type        = set(string)
  default     = []
}

variable "cache_prefix" {
  description = "Prefix of the pull-through cache of public.ecr.aws. null: none."
  type        = string
  default     = null
}
