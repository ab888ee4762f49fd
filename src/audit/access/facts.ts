/**
 * The input of the evaluator, as plain data. Missing data never decides anything: a fact that could not be read is
 * `unknown` with the reason, and everything that depends on it becomes `unknown` with that reason.
 */

/** A fact that was read, or why it was not. */
export type Known<T> = { readonly known: T } | { readonly unknown: string };

/** A policy and its name for people. */
export interface PolicyText {
  readonly name: string;
  readonly text: Known<string>;
}

/**
 * What kind of principal a row is about. `account` is any principal of another account, `anyone` any principal of any
 * account, `federated` the sessions of an identity provider that a resource policy names.
 */
export type PrincipalKind =
  | 'role'
  | 'user'
  | 'root'
  | 'account'
  | 'anyone'
  | 'service'
  | 'federated'
  | 'federated-user'
  | 'canonical';

/**
 * The organization of a principal or a resource: its id, `none`, `not given` (conditions on it stay conditions), or
 * unknown with the reason.
 */
export type Organization =
  | { readonly id: string }
  | { readonly none: true }
  | { readonly notGiven: true }
  | { readonly unknown: string };

/** An IAM user or role, the root user of an account, or anything else that a resource policy can name. */
export interface PrincipalFacts {
  /** The ARN; or `service:NAME`, `federated:PROVIDER`, `canonical:ID` or `anyone` for principals without an ARN. */
  readonly arn: string;
  readonly kind: PrincipalKind;
  /** Undefined for services, identity providers and `anyone`. */
  readonly account: string | undefined;
  /** The unique id (`AROA…`, `AIDA…`), where it was read. */
  readonly id: string | undefined;
  readonly tags: Known<Readonly<Record<string, string>>>;
  readonly organization: Organization;
  /** Inline and attached policies, those of the user's groups included. */
  readonly policies: Known<readonly PolicyText[]>;
  /** ARNs of the managed policies that are attached, directly or by a group. */
  readonly managedPolicies: readonly string[];
  readonly boundary: Known<PolicyText | undefined>;
  /** The trust policy of a role. */
  readonly trust: Known<string | undefined>;
}

/** An IAM group, with what a user gets that is added to it. */
export interface GroupFacts {
  readonly arn: string;
  readonly account: string;
  readonly policies: Known<readonly PolicyText[]>;
}

export interface RepositoryFacts {
  readonly arn: string;
  /** Host of the registry that it is in. */
  readonly registry: string;
  /** The text of its policy; undefined if it has none. */
  readonly policy: Known<string | undefined>;
  readonly tags: Known<Readonly<Record<string, string>>>;
}

export interface RegistryFacts {
  readonly host: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly policy: Known<string | undefined>;
  /** REGISTRY_POLICY_SCOPE of GetAccountSetting. If it is unknown, V2 is assumed. */
  readonly policyScope: Known<'V1' | 'V2'>;
  readonly organization: Organization;
}

/** The service control or resource control policies of one level (root, organizational unit or account). */
export interface OrganizationLevel {
  readonly kind: 'scp' | 'rcp';
  readonly name: string;
  /** The only account that the level applies to; undefined for all accounts. */
  readonly account: string | undefined;
  readonly policies: readonly PolicyText[];
}

export interface AccountFacts {
  readonly id: string;
  readonly partition: string;
  readonly organization: Organization;
  /** Its users and roles. */
  readonly principals: Known<readonly PrincipalFacts[]>;
}

/** Everything that decisions depend on. */
export interface AccessFacts {
  /** The accounts that are audited. */
  readonly accounts: readonly AccountFacts[];
  readonly registries: readonly RegistryFacts[];
  readonly repositories: readonly RepositoryFacts[];
  readonly levels: readonly OrganizationLevel[];
  /** The management account, to which service control policies do not apply; undefined if there is none. */
  readonly managementAccount: Known<string | undefined>;
}

export const known = <T>(value: T): Known<T> => ({ known: value });
export const unknownFact = (reason: string): { readonly unknown: string } => ({ unknown: reason });
