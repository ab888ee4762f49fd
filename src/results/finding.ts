/** One normal form for the findings of enhanced (Amazon Inspector) and basic (ECR) scanning. */

export interface VulnerablePackage {
  readonly name: string;
  readonly version: string;
  /** Inspector's package manager, such as `OS`, `NPM`, `JAR`; undefined where the scanner does not say. */
  readonly manager: string | undefined;
  /** The version that fixes it; undefined if there is none or the scanner does not say. */
  readonly fixedIn: string | undefined;
  readonly epoch: number | undefined;
  readonly release: string | undefined;
  readonly arch: string | undefined;
  readonly filePath: string | undefined;
  /** The command Inspector recommends, such as `apt-get update && apt-get upgrade`. */
  readonly remediation: string | undefined;
  /** The layer it lies in, as the scanner names it: Inspector gives the digest of the compressed layer. */
  readonly layer: string | undefined;
  /** The Dockerfile instruction that made the layer, in one line; undefined where it is not known for certain. */
  readonly instruction: string | undefined;
  /** Whose layer it is, proven by the blobs of a base image that the workflow named; else undefined. */
  readonly origin: Origin | undefined;
  /**
   * Whose layer it is, going by what the image says of itself. Whoever builds the image writes that, so it
   * explains and must decide nothing.
   */
  readonly statedOrigin: Origin | undefined;
}

/** Whether a layer comes with the base image or was added to it. */
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
 * One finding on one platform image. Severity, status and the other enumerations are the service's own
 * strings in upper case: AWS adds values before its SDK knows them, and no value is ever dropped.
 */
export interface Finding {
  /** The finding's ARN; for basic scanning, which has none, one made from what identifies the finding. */
  readonly id: string;
  readonly type: string;
  readonly vulnerabilityId: string;
  /** Other names of the same vulnerability, such as the CVE behind a GHSA. */
  readonly relatedIds: readonly string[];
  readonly title: string;
  readonly description: string;
  /** CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNTRIAGED, or a value nobody knows yet. */
  readonly severity: string;
  /** ACTIVE, SUPPRESSED, CLOSED, or a value nobody knows yet. */
  readonly status: string;
  /** Inspector's score, 0 to 10. */
  readonly score: number | undefined;
  readonly cvss: readonly Cvss[];
  /** Probability of exploitation in the next 30 days, 0 to 1. */
  readonly epss: number | undefined;
  /** YES, NO or PARTIAL; undefined where the scanner does not say. */
  readonly fixAvailable: string | undefined;
  readonly exploitAvailable: string | undefined;
  /** Whether CISA lists it as exploited (KEV); undefined until the details were asked for, or could not be had. */
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
  /** What that image's config says of its platform; undefined where the config was not read. */
  readonly configPlatform?: StatedPlatform | undefined;
  /** What Inspector calls that image's architecture (`amd64`): shown where no index names the platform, never judged. */
  readonly architecture?: string | undefined;
  /** The system in the image, as Inspector names it (`DEBIAN_12`); undefined where the scanner does not say. */
  readonly operatingSystem: string | undefined;
}

/** What an index or a config says of a platform, in lower case; undefined for what it does not say. */
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

export type Fixability = 'all' | 'some' | 'none' | 'unknown';

/** Whether an upgrade fixes a finding; `unknown` if the scanner does not say. */
export function fixability({ fixAvailable, packages }: Finding): Fixability {
  if (fixAvailable === 'YES') return 'all';
  if (fixAvailable === 'PARTIAL') return 'some';
  if (fixAvailable === 'NO') return 'none';
  const fixed = packages.filter(({ fixedIn }) => fixedIn).length;
  if (fixed === 0) return 'unknown';
  return fixed === packages.length ? 'all' : 'some';
}
