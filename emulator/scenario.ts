/**
 * A scenario: an emulated account and how it changes over time. It has images, the states of their scans, keys and
 * faults. A scenario is data only.
 */
import type {
  DocumentSpec,
  IamSpec,
  InspectorSpec,
  RegionSpec,
  RegistrySpec,
  WorkloadsSpec,
} from './account.ts';
import type { TagMutability } from './store.ts';

/** A JSON value. Dates are epoch seconds. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export interface PlatformSpec {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/**
 * A finding as Inspector's ListFindings returns it. Without `raw`, it is a template: the server fills in the
 * account, the ARN, the times, `resources` and the layers for the digest it is listed for, wherever the template
 * omits them. With `raw`, it is sent unchanged.
 */
export interface WireFinding {
  readonly raw?: boolean;
  readonly findingArn?: string;
  readonly awsAccountId?: string;
  /** Default PACKAGE_VULNERABILITY. */
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly severity: string;
  /** Default ACTIVE. */
  readonly status?: string;
  readonly firstObservedAt?: number;
  readonly lastObservedAt?: number;
  readonly updatedAt?: number;
  readonly fixAvailable?: string;
  readonly exploitAvailable?: string;
  readonly exploitabilityDetails?: { readonly lastKnownExploitAt?: number };
  readonly inspectorScore?: number;
  readonly inspectorScoreDetails?: JsonObject;
  readonly epss?: { readonly score: number };
  readonly remediation?: { readonly recommendation?: { readonly text?: string; readonly Url?: string } };
  readonly packageVulnerabilityDetails?: {
    readonly vulnerabilityId: string;
    readonly source: string;
    readonly sourceUrl?: string;
    readonly vendorSeverity?: string;
    readonly vendorCreatedAt?: number;
    readonly vendorUpdatedAt?: number;
    readonly cvss?: readonly JsonObject[];
    readonly referenceUrls?: readonly string[];
    readonly relatedVulnerabilities?: readonly string[];
    readonly vulnerablePackages?: readonly WirePackage[];
  };
  readonly codeVulnerabilityDetails?: JsonObject;
  readonly networkReachabilityDetails?: JsonObject;
  readonly resources?: readonly JsonObject[];
  /** What BatchGetFindingDetails adds (`cisaData`, `cwes`, …). Never part of ListFindings. */
  readonly details?: JsonObject;
}

export interface WirePackage {
  readonly name: string;
  readonly version: string;
  readonly epoch?: number;
  readonly release?: string;
  readonly arch?: string;
  readonly packageManager?: string;
  readonly filePath?: string;
  readonly fixedInVersion?: string;
  readonly remediation?: string;
  readonly sourceLayerHash?: string;
  /** REACHABLE, NOT_REACHABLE or UNKNOWN, and the reason, which UNKNOWN does not have. Older findings have neither. */
  readonly runtimeReachability?: string;
  readonly runtimeReachabilityReason?: string;
}

/** A finding of ECR's basic scanning. */
export interface BasicFinding {
  readonly name: string;
  readonly severity: string;
  readonly description?: string;
  readonly uri?: string;
  readonly attributes?: readonly { readonly key: string; readonly value: string }[];
}

/**
 * The state of an image's scan from one moment on. A field that a later step does not have keeps its value from the
 * step before.
 */
export interface ScanStep {
  /** Milliseconds after the start; 0 or less is from the beginning. */
  readonly at: number;
  /** What DescribeImageScanFindings returns; default ScanNotFound. */
  readonly ecr?: { readonly status: string; readonly description?: string } | 'ScanNotFound';
  /** Inspector's coverage row; default none. */
  readonly coverage?:
    | {
        readonly statusCode: string;
        readonly reason: string;
        /** How long before this step's moment the last scan was; absent: no `lastScannedAt` at all. */
        readonly scannedAgoMs?: number;
      }
    | 'none';
  /** What Inspector lists for the digest. */
  readonly findings?: readonly WireFinding[];
  /** How many of the findings ECR's own view shows; default all ACTIVE ones. */
  readonly ecrShows?: number | 'same';
  /** The member `imageScanFindings` of ECR's response, whatever the other members are; null: none. */
  readonly ecrView?: JsonObject | null;
  /** What ECR's basic scanning lists for the digest. */
  readonly basic?: readonly BasicFinding[];
  /** The counts beside that list, by severity; default: those of the page. */
  readonly basicCounts?: Readonly<Record<string, number>>;
}

/** What happened to an image since it was pushed. */
interface HistorySpec {
  /** More tags than `tag`. */
  readonly moreTags?: readonly string[];
  /** How long before the start it was pulled last; default: never. */
  readonly pulledAgoMs?: number;
  /** How long before the start it was archived; default: for what is archived, when it was pushed. */
  readonly archivedAgoMs?: number;
  /** How long before the start it was restored from the archive; default: never. */
  readonly restoredAgoMs?: number;
}

/** Where Inspector sees an image run. */
export interface InUseSpec {
  readonly count: number;
  /** How long before the start it was seen last; default 0. */
  readonly seenAgoMs?: number;
  /** ARNs of the clusters. */
  readonly clusters: readonly string[];
}

export type ImageSpec = HistorySpec &
  (
    | {
        readonly kind: 'image';
        /** Unique within the scenario; the key of `emulator.digests`. */
        readonly name: string;
        readonly tag?: string;
        /** Default linux/amd64. */
        readonly platform?: PlatformSpec;
        /** The platform that an index states for it, if it is a different one; null: none. */
        readonly listedAs?: JsonObject | null;
        /** Images with different seeds have different layers; default its name. */
        readonly seed?: string;
        /** What Inspector calls the system in it; default DEBIAN_12. */
        readonly system?: string;
        readonly timeline: readonly ScanStep[];
        /** How long before the start it was pushed; default 60 000. */
        readonly pushedAgoMs?: number;
        readonly archived?: boolean;
        /** Default oci. */
        readonly mediaTypes?: 'oci' | 'docker';
        /** Default application: something built on the base image of its platform; `most`: without its last layer. */
        readonly contents?: 'application' | 'base' | 'most';
        /** The release of the base image that it is, or is built on: another one has other layers. Default: the first. */
        readonly release?: string;
        /** What the manifest says of its uppermost layer; default: a plain layer. */
        readonly topLayer?: { readonly mediaType: string; readonly urls?: readonly string[] };
        readonly annotations?: Readonly<Record<string, string>>;
        /** Default: Inspector sees it nowhere. */
        readonly inUse?: InUseSpec;
      }
    | {
        readonly kind: 'index';
        readonly name: string;
        readonly tag?: string;
        /** In the order the index lists them. An index among them is a nested index. */
        readonly children: readonly ImageSpec[];
        /** Adds a BuildKit attestation manifest for each child image. */
        readonly attestations?: boolean;
        /** A second list under another key, such as `Manifests`: programs that ignore case pull these images. */
        readonly besides?: { readonly key: string; readonly children: readonly ImageSpec[] };
        readonly pushedAgoMs?: number;
        readonly archived?: boolean;
        readonly mediaTypes?: 'oci' | 'docker';
      }
    | {
        /** A manifest that is not a container image. */
        readonly kind: 'artifact';
        readonly name: string;
        readonly tag?: string;
        /** Default: a Helm chart. */
        readonly contents?: 'chart' | 'soci-index' | 'sbom';
        /** The platform that an index states for it; default: none. */
        readonly platform?: PlatformSpec;
        readonly pushedAgoMs?: number;
      }
    | {
        /** A signature of an image that the repository lists before it. */
        readonly kind: 'signature';
        readonly name: string;
        /** The name of the image. */
        readonly of: string;
        /**
         * `bundle`: a Sigstore bundle with a subject; `tag`: under the tag that cosign 2 gives it; `notation`: of Notation,
         * with a subject.
         */
        readonly form: 'bundle' | 'tag' | 'notation';
        /** Besides the tag that it has by its form. */
        readonly tag?: string;
        readonly pushedAgoMs?: number;
      }
  );

export interface RepositorySpec {
  readonly name: string;
  readonly tagMutability?: TagMutability;
  readonly tagMutabilityExclusions?: readonly string[];
  /** Default CONTINUOUS_SCAN on an ENHANCED registry, SCAN_ON_PUSH on a BASIC one. */
  readonly scanFrequency?: 'CONTINUOUS_SCAN' | 'SCAN_ON_PUSH' | 'MANUAL';
  readonly images: readonly ImageSpec[];
  /** The repository policy; default none. */
  readonly policy?: DocumentSpec;
  /** The lifecycle policy; default none. */
  readonly lifecycle?: DocumentSpec;
  /** The results of ECR's lifecycle preview, by the names of images in the scenario; default: no image is affected. */
  readonly preview?: readonly {
    readonly image: string;
    readonly action: 'EXPIRE' | 'TRANSITION';
    readonly priority: number;
  }[];
  /** Tags of the repository itself. */
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Default AES256; `key` is the id of one of the scenario's keys, or an ARN. */
  readonly encryption?: { readonly type: 'KMS' | 'KMS_DSSE'; readonly key: string };
  /** The result of DescribeImageSigningStatus for every image in it; default: none. */
  readonly managedSigning?: readonly {
    readonly signingProfileArn: string;
    readonly status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED';
    readonly failureCode?: string;
    readonly failureReason?: string;
  }[];
  /** Tags that are moved while the gate runs. */
  readonly moves?: readonly { readonly tag: string; readonly to: string; readonly at: number }[];
}

/** A key in KMS; `id` is the key's UUID, `alias` begins with `alias/`. */
export interface KeyDefinition {
  readonly id: string;
  readonly alias?: string;
  readonly spec?: 'ECC_NIST_P256' | 'RSA_2048' | 'SYMMETRIC_DEFAULT';
  readonly usage?: 'SIGN_VERIFY' | 'ENCRYPT_DECRYPT';
  readonly state?: 'Enabled' | 'Disabled' | 'PendingDeletion';
  /** Whether AWS manages it; default: the customer does. */
  readonly manager?: 'AWS' | 'CUSTOMER';
  /** Operations refused with AccessDeniedException. */
  readonly deny?: readonly string[];
}

export type FaultKind =
  /** ThrottlingException, HTTP 400 from ECR and 429 from Inspector. */
  | 'throttle'
  | '500'
  | '503'
  /** The connection is reset. */
  | 'reset'
  /**
   * The registry or S3 returns HTTP 404, like a registry without the referrers API. BatchGetImage and
   * GetDownloadUrlForLayer say that it does not exist.
   */
  | 'not-found'
  /** The request is accepted and gets no response. */
  | 'hang'
  /** The response stops in the middle, and the connection stays open. */
  | 'stall'
  /** HTTP 200 with a body that is not JSON. */
  | 'garbage'
  /** HTTP 200 `{}`. */
  | 'empty'
  /** The correct response, `ms` later. */
  | 'slow'
  | 'deny'
  /** Inspector refuses the account of the caller, as it does where it is disabled. */
  | 'refuse-account'
  | 'expired-token'
  /** The nextToken of the response is that of the request (on a first page: one that leads to it again). */
  | 'repeat-token'
  /** The response has no list. */
  | 'missing-member'
  /** The response has another digest. */
  | 'other-digest'
  /** The response has another account. */
  | 'other-account'
  /** BatchGetImage, LayerDownload: a manifest, or a layer, whose bytes are not those of its digest. */
  | 'wrong-bytes'
  /** The list is empty, and the response has a nextToken. */
  | 'empty-page'
  /** The list has every item twice. */
  | 'repeat-items'
  /** ListImageReferrers: the digests are left out, or the artifact types are null. */
  | 'no-digests'
  | 'null-types'
  /** lastScannedAt, imagePushedAt and imageScanCompletedAt are left out. */
  | 'no-date';

export interface FaultSpec {
  /**
   * `DescribeImages`, `ListFindings`, …; `ecs:ListClusters`, where two services have an operation of one name;
   * `LayerDownload` for what GetDownloadUrlForLayer leads to; `registry` for the OCI registry; `*` for every AWS
   * operation.
   */
  readonly api: string;
  /** 1-based numbers of the first and last call of this API (of those that `match`) that it affects; default: all. */
  readonly from?: number;
  readonly to?: number;
  /**
   * Affects only requests whose body, or path where they have none, contains this (of the registry: whose method and
   * path).
   */
  readonly match?: string;
  readonly kind: FaultKind;
  /** How long `slow` takes; default 1000. */
  readonly ms?: number;
}

export interface Scenario {
  readonly name: string;
  /** What the scenario contains and the expected result, in one or two sentences. */
  readonly description: string;
  /** The action that runs it; default: the gate. */
  readonly action?: 'audit';
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** How far AWS's clock is ahead of this machine's; default 0. */
  readonly clockOffsetMs?: number;
  /** AWS responses have no Date header. */
  readonly tellsNoTime?: boolean;
  /** Default ENHANCED. */
  readonly registryScanType?: 'BASIC' | 'ENHANCED';
  /**
   * The account of the credentials, where it is not the account of the images, and the scan type of its own registry.
   * Operations of ECR without `registryId` use this account. Inspector shows these credentials what a delegated
   * administrator sees, unless `delegatedAdministrator` is false: then nothing of the images' account. Default: the
   * account of the images.
   */
  readonly caller?: {
    readonly account: string;
    readonly registryScanType: 'BASIC' | 'ENHANCED';
    readonly delegatedAdministrator?: boolean;
    readonly repositories?: readonly Required<Pick<RepositorySpec, 'name' | 'scanFrequency'>>[];
  };
  /** What BatchGetAccountStatus returns for ECR scanning; default ENABLED. */
  readonly inspectorStatus?: string;
  readonly inspector?: InspectorSpec;
  readonly registry?: RegistrySpec;
  readonly workloads?: WorkloadsSpec;
  /** Users and roles of accounts, by the account's id. */
  readonly iam?: Readonly<Record<string, IamSpec>>;
  /**
   * Other regions of the account, and other accounts. The images of an account other than the caller's can be read if the policy
   * of their repository allows it. An image with the name of an earlier one is a copy of it.
   */
  readonly others?: readonly RegionSpec[];
  /** ARNs of roles that AssumeRole lets the caller become; default none. */
  readonly assumable?: readonly string[];
  /** The organization that all accounts are in; default none. */
  readonly organization?: { readonly id: string; readonly managementAccount: string };
  /** How long every AWS answer takes at least; default 0. */
  readonly latencyMs?: number;
  /** The rate limit of the account; requests above it are throttled. Default: no limit. */
  readonly requestsPerSecond?: number;
  readonly repositories: readonly RepositorySpec[];
  /** References for the action's `image` input. `{digest:NAME}` stands for the digest of that image. */
  readonly images: readonly string[];
  /** More of the action's inputs, by name. */
  readonly inputs?: Readonly<Record<string, string>>;
  /**
   * Files of the workspace by path. `{digest:NAME}` stands for the digest of that image, `{day:+30}` for the
   * date, in UTC, thirty days from the start.
   */
  readonly files?: Readonly<Record<string, string>>;
  readonly keys?: readonly KeyDefinition[];
  readonly faults?: readonly FaultSpec[];
}

/** The host name of an account's registry. */
export function registryHost(scenario: Pick<Scenario, 'account' | 'region'>): string {
  return `${scenario.account}.dkr.ecr.${scenario.region}.amazonaws.com`;
}
