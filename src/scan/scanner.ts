/** A scanner as waiting and collecting use it: enhanced scanning (Amazon Inspector) or basic scanning (ECR). */
import type { GateError } from '../errors.ts';
import type { PlatformImage } from '../image/resolve.ts';
import type { Finding } from '../results/finding.ts';
import type { SeverityCounts } from './ecr-scan.ts';
import type { ScanState } from './state.ts';

/** What was observed of one image's scan at one moment. */
export interface ScanObservation {
  readonly state: ScanState;
  /** Whether the scanner has no record of this image: then the configuration may tell why it never will have one. */
  readonly isMissing: boolean;
  /** The findings that ECR counts in its own view; undefined if its answer does not report all of them. */
  readonly countedByEcr: SeverityCounts | undefined;
  /** When the services were asked, in milliseconds since the start of the run; undefined: immediately before its use. */
  readonly observedAtMs?: number;
}

/** Why an image has no scan, as far as the configuration of the accounts tells. */
export interface MissingScan {
  /** Set if it is certain that no scan will ever be visible. */
  readonly error?: GateError | undefined;
  /** A possible reason, as a sentence for a person. */
  readonly possibleReason?: string | undefined;
}

export interface Scanner {
  /**
   * Observes the scans of these images completely.
   * @param counts whether ECR's counts are read too, so that a scan that ended long ago needs no second call
   * @throws GateError one error for all calls that AWS denied
   */
  observe(images: readonly PlatformImage[], counts: boolean): Promise<Map<PlatformImage, ScanObservation>>;
  /** How many images one call of `poll` serves. */
  readonly imagesPerPoll: number;
  /**
   * Observes images again whose scans had not finished, with as few calls as possible. An image that is reported as
   * scanned was observed completely, as by `observe`, in the same poll.
   * @throws GateError one error for all calls that AWS denied
   */
  poll(images: readonly PlatformImage[]): Promise<Map<PlatformImage, ScanObservation>>;
  /** Reads all findings of an image, of every status. */
  findings(image: PlatformImage): Promise<Finding[]>;
  /**
   * The findings that ECR counts in its own view now; undefined if its answers do not report them, or if one of them
   * reports that the image is not scanned.
   */
  countedByEcr(image: PlatformImage): Promise<SeverityCounts | undefined>;
  /** Reads the configuration of the accounts for a reason why there is no scan. It never rejects. */
  explainMissingScan(image: PlatformImage): Promise<MissingScan>;
  /**
   * AWS's time at its latest answer.
   * @throws GateError `not-proven` if it is unknown
   */
  serviceTime(image: PlatformImage): Date;
}
