/**
 * The parts of an account besides its images: registry settings, Inspector's settings, users and roles, and workloads.
 * Like a scenario, it consists only of data. References to images may have `{digest:NAME}`, which stands for the digest
 * of that image; roles and keys of the account can be given by their name or id, and others by their ARN.
 */
import type { JsonObject, RepositorySpec } from './scenario.ts';

/** A policy document: an object that is serialized as JSON, or a text that is used unchanged. */
export type DocumentSpec = JsonObject | string;

/** The settings of a registry. */
export interface RegistrySpec {
  readonly policy?: DocumentSpec;
  /** The value of REGISTRY_POLICY_SCOPE in GetAccountSetting; default: V2. */
  readonly policyScope?: 'V1' | 'V2';
  /**
   * Default: rules that name each repository, by its `scanFrequency`. If rules are given, they decide the frequency of
   * each repository without its own.
   */
  readonly scanningRules?: readonly {
    readonly frequency: 'CONTINUOUS_SCAN' | 'SCAN_ON_PUSH';
    readonly filters: readonly string[];
  }[];
  readonly replication?: readonly {
    readonly destinations: readonly { readonly region: string; readonly account: string }[];
    /** Prefixes of repository names; default all repositories. */
    readonly prefixes?: readonly string[];
  }[];
  readonly cacheRules?: readonly CacheRuleSpec[];
  readonly templates?: readonly TemplateSpec[];
  /** Managed signing. */
  readonly signing?: readonly { readonly profileArn: string; readonly filters?: readonly string[] }[];
  /** ARNs of roles whose pulls are not recorded. */
  readonly pullTimeExclusions?: readonly string[];
}

/** A pull-through cache rule. */
export interface CacheRuleSpec {
  readonly prefix: string;
  /** `docker-hub`, `ecr-public`, `ecr`, … */
  readonly upstream: string;
  readonly url: string;
  readonly upstreamPrefix?: string;
  readonly credentialArn?: string;
  readonly roleArn?: string;
  /** The problem that ValidatePullThroughCacheRule reports; default: none. */
  readonly failure?: string;
}

/** A repository creation template. */
export interface TemplateSpec {
  readonly prefix: string;
  readonly appliedFor: readonly ('PULL_THROUGH_CACHE' | 'REPLICATION' | 'CREATE_ON_PUSH')[];
  readonly policy?: DocumentSpec;
  readonly lifecycle?: DocumentSpec;
  /** Default MUTABLE. */
  readonly tagMutability?: NonNullable<RepositorySpec['tagMutability']>;
  readonly tagMutabilityExclusions?: readonly string[];
}

/** Amazon Inspector's settings in a region. */
export interface InspectorSpec {
  /** Default: LIFETIME after the push, and DAYS_14 after the last use. */
  readonly rescan?: { readonly push: string; readonly pull: string; readonly mode: string };
  readonly filters?: readonly {
    readonly name: string;
    /** Default SUPPRESS. */
    readonly action?: 'NONE' | 'SUPPRESS';
    /** As Inspector's FilterCriteria. */
    readonly criteria: JsonObject;
  }[];
  /** The delegated administrator of the organization; default none. */
  readonly administrator?: string;
}

/** Users, groups, roles and policies of an account. */
export interface IamSpec {
  readonly users?: readonly UserSpec[];
  readonly groups?: readonly GroupSpec[];
  readonly roles?: readonly RoleSpec[];
  readonly policies?: readonly ManagedPolicySpec[];
  readonly oidcProviders?: readonly {
    /** Without `https://`. */
    readonly url: string;
    readonly clientIds: readonly string[];
  }[];
}

/** What users, groups and roles have in common. */
interface IdentitySpec {
  readonly name: string;
  /** Default `/`. */
  readonly path?: string;
  /** Inline policies by name. */
  readonly inline?: Readonly<Record<string, DocumentSpec>>;
  /** Names of `policies`, or ARNs of policies that IAM does not list. */
  readonly attached?: readonly string[];
}

export interface UserSpec extends IdentitySpec {
  readonly groups?: readonly string[];
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export type GroupSpec = IdentitySpec;

export interface RoleSpec extends IdentitySpec {
  readonly trust: DocumentSpec;
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The name of an instance profile that holds it. */
  readonly instanceProfile?: string;
}

export interface ManagedPolicySpec {
  readonly name: string;
  readonly document: DocumentSpec;
  /** Whether AWS manages it. */
  readonly aws?: boolean;
  /** Earlier versions, which are no longer the default. */
  readonly earlier?: readonly DocumentSpec[];
}

/** The workloads in a region of an account. */
export interface WorkloadsSpec {
  readonly ecs?: EcsSpec;
  readonly eks?: readonly EksClusterSpec[];
  readonly lambda?: readonly FunctionSpec[];
}

export interface EcsSpec {
  readonly taskDefinitions?: readonly TaskDefinitionSpec[];
  readonly clusters?: readonly EcsClusterSpec[];
}

export interface TaskDefinitionSpec {
  readonly family: string;
  /** Default 1. */
  readonly revision?: number;
  readonly taskRole?: string;
  readonly executionRole?: string;
  readonly architecture?: 'X86_64' | 'ARM64';
  /** Images by the names of the containers. */
  readonly containers: Readonly<Record<string, string>>;
}

export interface EcsClusterSpec {
  readonly name: string;
  readonly services?: readonly {
    readonly name: string;
    /** `FAMILY:REVISION` */
    readonly taskDefinition: string;
    /** The task definition of an older deployment that is still being replaced. */
    readonly replaces?: string;
    /** Default 1. */
    readonly desired?: number;
  }[];
  readonly tasks?: readonly {
    /** Default: a number of 32 hex digits. */
    readonly id?: string;
    /** `FAMILY:REVISION` */
    readonly taskDefinition: string;
    /** The digests that run, by the names of the containers; default: unknown. */
    readonly digests?: Readonly<Record<string, string>>;
    readonly architecture?: 'x86_64' | 'arm64';
    /** Roles that override those of the task definition. */
    readonly taskRole?: string;
    readonly executionRole?: string;
  }[];
}

export interface EksClusterSpec {
  readonly name: string;
  /** Of its OIDC provider, without `https://`; default none. */
  readonly issuer?: string;
  readonly role: string;
  /** The role of nodes that EKS Auto Mode makes. */
  readonly autoModeRole?: string;
  readonly nodegroups?: readonly { readonly name: string; readonly role: string }[];
  readonly fargateProfiles?: readonly { readonly name: string; readonly role: string }[];
  readonly podIdentities?: readonly {
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly role: string;
    /** A role that the first one assumes for the pods. */
    readonly targetRole?: string;
  }[];
}

export interface FunctionSpec {
  readonly name: string;
  readonly role: string;
  /** The image; without one, the function is of package type Zip. */
  readonly image?: string;
  /** The image with its digest, as it was resolved; default: that of `image`, where it has one. */
  readonly resolved?: string;
  readonly architecture?: 'x86_64' | 'arm64';
  /** Published versions, and the images that they run. */
  readonly versions?: Readonly<Record<string, { readonly image: string; readonly resolved?: string }>>;
  /** Versions that aliases lead to, those of a weighted alias in a list. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
}

/** Another region of an account, in addition to the one of the scenario. */
export interface RegionSpec {
  readonly account: string;
  readonly region: string;
  readonly repositories: readonly RepositorySpec[];
  readonly registry?: RegistrySpec;
  readonly registryScanType?: 'BASIC' | 'ENHANCED';
  readonly inspectorStatus?: string;
  readonly inspector?: InspectorSpec;
  readonly workloads?: WorkloadsSpec;
}
