/** One normal form for the findings of enhanced (Amazon Inspector) and basic (ECR) scanning. */

export interface VulnerablePackage {
  readonly name: string;
  readonly version: string;
  /** Inspector's package manager, such as `OS`, `NPM`, `JAR`. Undefined if the scanner does not name it. */
  readonly manager: string | undefined;
  /** The version that fixes it. Undefined if there is none, or the scanner does not name it. */
  readonly fixedIn: string | undefined;
  readonly epoch: number | undefined;
  readonly release: string | undefined;
  readonly arch: string | undefined;
  readonly filePath: string | undefined;
  /** The command Inspector recommends, such as `apt-get update && apt-get upgrade`. */
  readonly remediation: string | undefined;
  /** The layer that it is in. Inspector gives the digest of the compressed layer. */
  readonly layer: string | undefined;
  /** The Dockerfile instruction that made the layer, in one line. Undefined if it is not certain. */
  readonly instruction: string | undefined;
  /** Whether the layer comes from the base image, by the layers of a base image that the workflow names. Otherwise undefined. */
  readonly origin: Origin | undefined;
  /**
   * Whether the layer comes from the base image, by what the image says about itself. The builder of the image writes that, so
   * it is shown and must not decide anything.
   */
  readonly statedOrigin: Origin | undefined;
  /** Undefined if it is unknown. */
  readonly reachability: Reachability | undefined;
}

/** Whether the command in the config of the image (ENTRYPOINT and CMD) reaches a package, as Amazon Inspector judges it. */
export type Reachability = 'reachable' | 'not-reachable';

/** Whether a layer comes from the base image or was added to it. */
export type Origin = 'base' | 'application';

export interface Cvss {
  readonly baseScore: number;
  readonly version: string;
  readonly vector: string;
  readonly source: string;
}

/** The platform of an image that neither an index nor its config names. */
export const NO_PLATFORM = 'unknown';

/**
 * One finding on one platform image. Severity, status and the other enumerations are the service's strings in upper case. AWS
 * adds values before its SDK knows them, so no value is dropped.
 */
export interface Finding {
  /** The ARN of the finding. For basic scanning, which has none, a text made from what identifies the finding. */
  readonly id: string;
  readonly type: string;
  readonly vulnerabilityId: string;
  /** Other names of the same vulnerability, such as the CVE behind a GHSA. */
  readonly relatedIds: readonly string[];
  readonly title: string;
  readonly description: string;
  /** CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNTRIAGED, or an unknown value. */
  readonly severity: string;
  /** ACTIVE, SUPPRESSED, CLOSED, or an unknown value. */
  readonly status: string;
  /** Inspector's score, 0 to 10. */
  readonly score: number | undefined;
  readonly cvss: readonly Cvss[];
  /** Probability of exploitation in the next 30 days, 0 to 1. */
  readonly epss: number | undefined;
  /** YES, NO or PARTIAL. Undefined if the scanner does not say. */
  readonly fixAvailable: string | undefined;
  readonly exploitAvailable: string | undefined;
  /** Whether CISA lists it as exploited (KEV). Undefined until the details are read, and if they are unavailable. */
  readonly knownExploited: boolean | undefined;
  readonly packages: readonly VulnerablePackage[];
  readonly source: string | undefined;
  readonly sourceUrl: string | undefined;
  readonly vendorSeverity: string | undefined;
  readonly firstObservedAt: Date | undefined;
  /** Digest of the platform image it was found in. */
  readonly digest: string;
  /** Platform of that image (`linux/amd64`, or several that share a digest), or NO_PLATFORM. */
  readonly platform: string;
  /**
   * The platform in the config of that image. `unknown`: the config could not be read, or can be read in two ways. Undefined
   * if no condition depends on it, so that it was not read.
   */
  readonly configPlatform?: StatedPlatform | 'unknown' | undefined;
  /** Inspector's name for the architecture of that image (`amd64`). It is shown if no index names the platform, and never judged. */
  readonly architecture?: string | undefined;
  /** The operating system in the image, as Inspector names it (`DEBIAN_12`). Undefined if the scanner does not name it. */
  readonly operatingSystem: string | undefined;
}

/** The platform in an index or a config, in lower case. Undefined for what it leaves out. */
export interface StatedPlatform {
  readonly os: string | undefined;
  readonly architecture: string | undefined;
  readonly variant: string | undefined;
}

/** The installed version as the package manager writes it: `1:2.3.4-5`. */
export function installedVersion({ epoch, version, release }: VulnerablePackage): string {
  return `${epoch ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`;
}

/** The version that fixes the package, without an epoch of zero. */
export function fixedVersion({ fixedIn }: VulnerablePackage): string | undefined {
  return fixedIn?.replace(/^0:(?=.)/, '') || undefined;
}

/**
 * The reachability of several packages: reachable if one of them is, not reachable if all of them are not. Undefined if it
 * is unknown.
 */
export function reachabilityOf(
  packages: readonly Pick<VulnerablePackage, 'reachability'>[],
): Reachability | undefined {
  if (packages.some(({ reachability }) => reachability === 'reachable')) return 'reachable';
  const isNone = packages.length > 0 && packages.every(({ reachability }) => reachability !== undefined);
  return isNone ? 'not-reachable' : undefined;
}

export type Fixability = 'all' | 'some' | 'none' | 'unknown';

/** How many packages of a finding have a fix. `unknown` if the scanner does not say. */
export function fixability({ fixAvailable, packages }: Finding): Fixability {
  if (fixAvailable === 'YES') return 'all';
  if (fixAvailable === 'PARTIAL') return 'some';
  if (fixAvailable === 'NO') return 'none';
  const fixed = packages.filter(({ fixedIn }) => fixedIn).length;
  if (fixed === 0) return 'unknown';
  return fixed === packages.length ? 'all' : 'some';
}
