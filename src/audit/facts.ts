/**
 * The facts that an audit reads: the input of all checks. Only `facts/` creates them, from calls to AWS.
 *
 * Every member that a call returns is a `Fact`: a value, absent (the value `undefined`, if the type has it), or unknown
 * with the reason and the missing IAM actions. Members that are not facts identify the object and are always known.
 */
import type { GroupFacts, Known, OrganizationLevel, PrincipalFacts } from './access/facts.ts';
import type { OidcProvider } from './access/trust.ts';
import type { ImageFacts } from './lifecycle/images.ts';
import type { PreviewedImage } from './lifecycle/preview.ts';

/** Why something is unknown. */
export interface Gap {
  /** A sentence without its full stop: `AWS refused ecr:GetLifecyclePolicy`. */
  readonly reason: string;
  /** The missing IAM actions; none if no permission helps. */
  readonly missing: readonly string[];
}

/**
 * A value, or why it is unknown. Only `Fact.open` returns the content of a fact. Checks do not call it: `check.ts`
 * reads facts for them, and an unknown fact makes the result unknown.
 */
export class Fact<T> {
  private readonly content: { readonly known: T } | { readonly gap: Gap };

  private constructor(content: { readonly known: T } | { readonly gap: Gap }) {
    this.content = content;
  }

  static known<T>(value: T): Fact<T> {
    return new Fact({ known: value });
  }

  /** @param missing the missing IAM actions */
  static unknown(reason: string, missing: readonly string[] = []): Fact<never> {
    return new Fact<never>({ gap: { reason, missing } });
  }

  /** For code that creates or passes on facts, not for checks. */
  static open<T>(fact: Fact<T>): { readonly known: T } | { readonly gap: Gap } {
    return fact.content;
  }

  /** The fact that a function computes from the value; unknown if the value is unknown. */
  map<U>(make: (value: T) => U): Fact<U> {
    return 'gap' in this.content ? new Fact<U>(this.content) : Fact.known(make(this.content.known));
  }
}

/** Known to be absent. */
export const ABSENT: Fact<undefined> = Fact.known(undefined);

/** All values; unknown, with all reasons, if one of them is. */
export function allOf<T>(facts: readonly Fact<T>[]): Fact<readonly T[]> {
  const values: T[] = [];
  const gaps: Gap[] = [];
  for (const fact of facts) {
    const content = Fact.open(fact);
    if ('gap' in content) gaps.push(content.gap);
    else values.push(content.known);
  }
  if (gaps.length === 0) return Fact.known(values);
  const { reason, missing } = joinedGaps(gaps);
  return Fact.unknown(reason, missing);
}

/** Combines several gaps. */
export function joinedGaps(gaps: readonly Gap[]): Gap {
  return {
    reason: [...new Set(gaps.map(({ reason }) => reason))].join('; '),
    missing: [...new Set(gaps.flatMap(({ missing }) => missing))].sort(),
  };
}

/** The fact in the form that the evaluators use. */
export function asKnown<T>(fact: Fact<T>): Known<T> {
  const content = Fact.open(fact);
  return 'gap' in content ? { unknown: content.gap.reason } : content;
}

/** Everything that was read. */
export interface AuditFacts {
  /** AWS's time. */
  readonly now: Date;
  readonly registries: readonly RegistryFacts[];
  /** One for each account that has an audited registry. */
  readonly accounts: readonly AccountFacts[];
  /** Service control and resource control policies, from files. */
  readonly levels: readonly OrganizationLevel[];
  /** The organization's management account (organizations:DescribeOrganization); undefined if there is none. */
  readonly managementAccount: Fact<string | undefined>;
}

/** The registry of one account in one region. */
export interface RegistryFacts {
  /** The canonical host: `123456789012.dkr.ecr.eu-central-1.amazonaws.com`. */
  readonly host: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** ecr:GetRegistryScanningConfiguration */
  readonly scanning: Fact<RegistryScanning>;
  /** Inspector's status of ECR scanning for the account, in the words of AWS: `ENABLED` (inspector2:BatchGetAccountStatus). */
  readonly inspectorStatus: Fact<string>;
  /** inspector2:GetConfiguration; undefined if Inspector has no ECR configuration. */
  readonly inspectorRescan: Fact<InspectorRescan | undefined>;
  /** Filters with the action SUPPRESS that this account can see (inspector2:ListFilters). */
  readonly suppressionFilters: Fact<readonly SuppressionFilter[]>;
  /**
   * The account that administers Inspector for this one; undefined if that is this account itself or none
   * (inspector2:GetDelegatedAdminAccount).
   */
  readonly inspectorAdministrator: Fact<string | undefined>;
  /** The text of the registry policy (ecr:GetRegistryPolicy). */
  readonly policy: Fact<string | undefined>;
  /** REGISTRY_POLICY_SCOPE (ecr:GetAccountSetting). */
  readonly policyScope: Fact<'V1' | 'V2'>;
  /** Rules of managed signing; undefined if it is not set up (ecr:GetSigningConfiguration). */
  readonly signing: Fact<readonly SigningRule[] | undefined>;
  /** ecr:DescribeRegistry */
  readonly replication: Fact<readonly ReplicationRule[]>;
  /** ecr:DescribePullThroughCacheRules */
  readonly cacheRules: Fact<readonly CacheRule[]>;
  /** ecr:DescribeRepositoryCreationTemplates */
  readonly templates: Fact<readonly CreationTemplate[]>;
  /** ARNs of principals whose pulls are not recorded (ecr:ListPullTimeUpdateExclusions). */
  readonly pullTimeExclusions: Fact<readonly string[]>;
  /** Those that the input `repositories` selects (ecr:DescribeRepositories). */
  readonly repositories: Fact<readonly RepositoryFacts[]>;
  /** Names of all its repositories, selected or not (ecr:DescribeRepositories). */
  readonly repositoryNames: Fact<readonly string[]>;
  readonly workloads: WorkloadFacts;
}

export interface RegistryScanning {
  /** `BASIC` or `ENHANCED`, in the words of AWS. */
  readonly scanType: string;
  readonly rules: readonly {
    /** `SCAN_ON_PUSH`, `CONTINUOUS_SCAN` or `MANUAL`, in the words of AWS. */
    readonly frequency: string;
    readonly filters: readonly string[];
  }[];
}

export interface InspectorRescan {
  /** `rescanDuration`, since the push: `LIFETIME`, `DAYS_14`, … */
  readonly pushDuration: string | undefined;
  /** `pullDateRescanDuration`: `DAYS_14`, … */
  readonly pullDuration: string | undefined;
  /** `pullDateRescanMode`: `LAST_PULL_DATE` or `LAST_IN_USE_AT`. */
  readonly pullMode: string | undefined;
}

/** One value of a filter's criteria, such as `{ comparison: 'PREFIX', value: 'team/' }`. */
export interface FilterValue {
  /** `EQUALS`, `PREFIX`, `NOT_EQUALS`; undefined for ranges of numbers and dates. */
  readonly comparison: string | undefined;
  readonly value: string;
}

export interface SuppressionFilter {
  readonly name: string;
  readonly arn: string;
  /** By the names of Inspector's FilterCriteria: `severity`, `ecrImageRepositoryName`, `vulnerablePackages.name`. */
  readonly criteria: Readonly<Record<string, readonly FilterValue[]>>;
}

/** ECR signs what is pushed to matching repositories. */
export interface SigningRule {
  /** ARN of a profile of AWS Signer. */
  readonly profile: string;
  /** WILDCARD_MATCH filters over names of repositories; none for every repository. */
  readonly filters: readonly string[];
}

export interface ReplicationRule {
  readonly destinations: readonly { readonly region: string; readonly account: string }[];
  /** PREFIX_MATCH filters; none for every repository. */
  readonly prefixes: readonly string[];
}

export interface CacheRule {
  /** `ecrRepositoryPrefix`; `ROOT` for the whole registry. */
  readonly prefix: string;
  /** `upstreamRegistry`: `docker-hub`, `ecr`, …; undefined if AWS does not report it. */
  readonly upstream: string | undefined;
  readonly upstreamUrl: string;
  readonly upstreamPrefix: string | undefined;
  /** Whether there is a `credentialArn`. */
  readonly hasCredential: boolean;
  /** Whether there is a `customRoleArn`. */
  readonly hasRole: boolean;
  /** ecr:ValidatePullThroughCacheRule; undefined if it was not requested. */
  readonly validation: Fact<{ readonly isValid: boolean; readonly failure: string | undefined } | undefined>;
}

export interface CreationTemplate {
  /** `ROOT` for the default template. */
  readonly prefix: string;
  /** `PULL_THROUGH_CACHE`, `REPLICATION`, `CREATE_ON_PUSH` */
  readonly appliedFor: readonly string[];
  /** The text of its repository policy. */
  readonly policy: string | undefined;
  /** The text of its lifecycle policy. */
  readonly lifecyclePolicy: string | undefined;
}

export interface RepositoryFacts {
  readonly name: string;
  readonly arn: string;
  /** ecr:DescribeRepositories */
  readonly mutability: Fact<Mutability>;
  /** ecr:DescribeRepositories */
  readonly encryption: Fact<Encryption>;
  /** The KMS key that encrypts it (kms:DescribeKey); undefined if it has none. */
  readonly key: Fact<KeyFacts | undefined>;
  /** The text of its policy (ecr:GetRepositoryPolicy). */
  readonly policy: Fact<string | undefined>;
  /** The text of its lifecycle policy (ecr:GetLifecyclePolicy). */
  readonly lifecyclePolicy: Fact<string | undefined>;
  /** Tags of the repository as a resource (ecr:ListTagsForResource). */
  readonly tags: Fact<Readonly<Record<string, string>>>;
  /** The effective frequency, in AWS's words (ecr:BatchGetRepositoryScanningConfiguration). */
  readonly scanFrequency: Fact<string>;
  /** Images, indexes and artifacts, archived ones included (ecr:DescribeImages; ecr:BatchGetImage for indexes). */
  readonly images: Fact<readonly Image[]>;
  /** Inspector's coverage of its images (inspector2:ListCoverage). */
  readonly coverage: Fact<readonly ImageCoverage[]>;
  /** ECR's lifecycle preview; undefined if it was not requested (ecr:StartLifecyclePolicyPreview). */
  readonly preview: Fact<readonly PreviewedImage[] | undefined>;
}

export interface Mutability {
  /** `MUTABLE`, `IMMUTABLE`, `MUTABLE_WITH_EXCLUSION`, `IMMUTABLE_WITH_EXCLUSION`, in the words of AWS. */
  readonly setting: string;
  /** WILDCARD filters over tags. */
  readonly exclusions: readonly string[];
}

export interface Encryption {
  /** `AES256`, `KMS` or `KMS_DSSE`, in the words of AWS. */
  readonly type: string;
  /** ARN of the KMS key. */
  readonly key: string | undefined;
}

export interface KeyFacts {
  /** `Enabled`, `Disabled`, `PendingDeletion`, …, in the words of AWS. */
  readonly state: string;
  /** `CUSTOMER` or `AWS`. */
  readonly manager: string | undefined;
  readonly deletionDate: Date | undefined;
}

/** An image, index or artifact. */
export interface Image extends ImageFacts {
  /** `imageManifestMediaType` */
  readonly mediaType: string | undefined;
  /** `artifactMediaType`: the artifact type, or the media type of the config. */
  readonly artifactType: string | undefined;
  /** What an index lists, the same digests as `children`; undefined if it was not read or the image is not an index. */
  readonly entries: readonly IndexEntry[] | undefined;
  /** Of an index, why `entries` is unknown. */
  readonly entriesGap?: Gap;
  /**
   * ECR's scan status, in the words of AWS; undefined if ECR knows of no scan (ecr:DescribeImages with enhanced
   * scanning, ecr:DescribeImageScanFindings with basic scanning). It is needed only for some images: see `neededScans`
   * in `../images.ts`.
   */
  readonly scan: Fact<ImageScan | undefined>;
}

export interface IndexEntry {
  readonly digest: string;
  /** `OS/ARCHITECTURE` or `OS/ARCHITECTURE/VARIANT`; `unknown/unknown` for an attestation. */
  readonly platform: string | undefined;
}

export interface ImageScan {
  readonly status: string;
  readonly description: string | undefined;
}

/** A row of Inspector's coverage. */
export interface ImageCoverage {
  readonly digest: string;
  /** `scanStatus.statusCode` and `.reason` */
  readonly status: string;
  readonly reason: string;
  /** `ecrImage.inUseCount`; undefined if Inspector does not track the use. */
  readonly inUseCount: number | undefined;
  readonly lastInUseAt: Date | undefined;
  /**
   * Clusters that run it (inspector2:GetClustersForImage), for the report. They are read if `inUseCount` is more than
   * 0.
   */
  readonly clusters: readonly string[];
  /** Why `clusters` is empty although the image runs somewhere. */
  readonly clustersGap?: Gap;
}

/**
 * The workloads in the account and region of a registry, and their roles. With `access: false`, nothing of this is
 * read, and all of it is unknown for that reason.
 */
export interface WorkloadFacts {
  /** Tasks and services (ecs:ListClusters, ecs:ListServices, ecs:DescribeServices, ecs:ListTasks, ecs:DescribeTasks, …). */
  readonly ecs: Fact<readonly ImageUse[]>;
  /** Functions of package type Image, unpublished and by alias (lambda:ListFunctions, lambda:ListAliases, lambda:GetFunction). */
  readonly lambda: Fact<readonly ImageUse[]>;
  /** Their published versions that no alias refers to (lambda:ListVersionsByFunction, lambda:GetFunction). */
  readonly lambdaVersions: Fact<readonly ImageUse[]>;
  /** Roles of task definitions (ecs:DescribeTaskDefinition). */
  readonly ecsRoles: Fact<readonly RoleUse[]>;
  /** Roles of nodes, Fargate profiles and Pod Identity associations. */
  readonly eksRoles: Fact<readonly RoleUse[]>;
  /** Roles of functions. */
  readonly lambdaRoles: Fact<readonly RoleUse[]>;
  /** Clusters and their OIDC issuers, without `https://` (eks:DescribeCluster). */
  readonly eksClusters: Fact<readonly { readonly name: string; readonly issuer: string | undefined }[]>;
}

/** The sources that show which images are used. Each is a separate fact. */
export const USES = ['ecs', 'lambda', 'lambdaVersions'] as const satisfies readonly (keyof WorkloadFacts)[];

/** A container of a task, a service or a function, and the image that it names. */
export interface ImageUse {
  readonly kind: 'ecs-task' | 'ecs-service' | 'lambda';
  /** For people: `ecs:task/prod/0123…`, `ecs:service/prod/web`, `lambda:function/orders`. */
  readonly by: string;
  readonly cluster: string | undefined;
  /** The reference as the task definition or the function has it: `HOST/REPOSITORY:TAG` or `…@sha256:…`. */
  readonly image: string;
  /** The digest that runs (`containers[].imageDigest`, `ResolvedImageUri`); undefined if AWS does not say. */
  readonly digest: string | undefined;
  /** The architecture that runs, where it is known, as OCI has it: `amd64`, `arm64`. */
  readonly architecture: string | undefined;
}

/** A role that a workload runs with. */
export interface RoleUse {
  /** ARN of the role. */
  readonly role: string;
  /** For people: `ecs:task-definition/app:7 (execution)`. */
  readonly by: string;
}

/** A user or role as IAM has it. Its organization is that of the audit policy. */
export type IamPrincipal = Omit<PrincipalFacts, 'organization'>;

/** What is read about an account with `access: true`; otherwise unknown for that reason. */
export interface AccountFacts {
  readonly id: string;
  readonly partition: string;
  /** Users and roles (iam:GetAccountAuthorizationDetails). */
  readonly principals: Fact<readonly IamPrincipal[]>;
  /** iam:GetAccountAuthorizationDetails */
  readonly groups: Fact<readonly GroupFacts[]>;
  /** iam:ListOpenIDConnectProviders, iam:GetOpenIDConnectProvider */
  readonly oidcProviders: Fact<readonly OidcProvider[]>;
  /** iam:GetAccountAuthorizationDetails */
  readonly instanceProfiles: Fact<readonly { readonly arn: string; readonly roles: readonly string[] }[]>;
}
