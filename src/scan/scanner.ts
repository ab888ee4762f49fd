/** What waiting and collecting need to know of a scanner, whichever it is. */
import type { GateError } from '../errors.ts';
import type { PlatformImage } from '../image/resolve.ts';
import type { Finding } from './findings.ts';
import type { ScanState } from './state.ts';

/** One look at one image's scan. */
export interface Look {
  readonly state: ScanState;
  /** Whether the services know of no scan of this image at all, not even a coming one. */
  readonly unheardOf: boolean;
  /** How many findings ECR's own view shows; undefined where its answer does not tell. */
  readonly shownByEcr: number | undefined;
}

export interface Scanner {
  /** Looks at the scans of these images, each answer its own. */
  look(images: readonly PlatformImage[]): Promise<Map<PlatformImage, Look>>;
  /** One complete read of an image's findings, of every status. */
  findings(image: PlatformImage): Promise<Finding[]>;
  /** How many findings ECR's own view shows at this moment; undefined where its answer does not tell. */
  shownByEcr(image: PlatformImage): Promise<number | undefined>;
  /** Asks the configuration why there is no scan; undefined where it holds no definite reason. */
  whyNothingComes(image: PlatformImage): Promise<GateError | undefined>;
  /** The service's clock at its latest answer. */
  serviceTime(image: PlatformImage): Date | undefined;
}
