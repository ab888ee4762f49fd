/** What waiting and collecting need to know of a scanner, whichever it is. */
import type { GateError } from '../errors.ts';
import type { PlatformImage } from '../image/resolve.ts';
import type { Finding } from '../results/finding.ts';
import type { SeverityCounts } from './ecr-scan.ts';
import type { ScanState } from './state.ts';

/** One look at one image's scan. */
export interface ScanObservation {
  readonly state: ScanState;
  /** Whether no scan of this image is in sight: then the configuration may say why there never will be one. */
  readonly isMissing: boolean;
  /** The findings that ECR's own view counts; undefined where its answer does not report all of them. */
  readonly countedByEcr: SeverityCounts | undefined;
}

export interface Scanner {
  /**
   * Looks at the scans of these images, each answer its own.
   * @param first the first look: where the scan ended long ago, it should need no second call to ECR
   */
  observe(images: readonly PlatformImage[], first: boolean): Promise<Map<PlatformImage, ScanObservation>>;
  /** One complete read of an image's findings, of every status. */
  findings(image: PlatformImage): Promise<Finding[]>;
  /** The findings that ECR's own view counts at this moment; undefined where its answers do not report them. */
  countedByEcr(image: PlatformImage): Promise<SeverityCounts | undefined>;
  /** Asks the configuration why there is no scan; undefined where it gives no certain reason. */
  explainMissingScan(image: PlatformImage): Promise<GateError | undefined>;
  /**
   * The service's clock at its latest answer.
   * @throws GateError `not-proven` where it is unknown
   */
  serviceTime(image: PlatformImage): Date;
}
