/** Whether an image has been scanned, from what ECR and Inspector say. Pure; the tables are the rule. */
import { CLOCK_SKEW_MS } from '../time.ts';

/** Inspector's view of one image (ListCoverage). */
export interface Coverage {
  readonly statusCode: string;
  readonly reason: string;
  readonly lastScannedAt: Date | undefined;
}

/** What is known of one image's scan at one moment. */
export interface ScanFacts {
  /** ECR's scan status; undefined where ECR knows of no scan (ScanNotFoundException) or gives none. */
  readonly ecrStatus: string | undefined;
  /** Every coverage row of exactly this image; none yet for a fresh push. */
  readonly coverage: readonly Coverage[];
  /** ECR's status of the image itself: ACTIVE, ARCHIVED, ACTIVATING. */
  readonly imageStatus: string | undefined;
  readonly pushedAt: Date;
  /** AWS's time. */
  readonly now: Date;
}

export type ScanState =
  | {
      readonly kind: 'scanned';
      readonly scannedAt: Date;
      /** Whether the service goes on watching the image, or looked once (scan on push). */
      readonly monitored: boolean;
    }
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'unscannable'; readonly reason: string; readonly nextStep: string };

type Meaning = 'scanned' | 'waiting' | { readonly nextStep: string };

const REBUILD =
  'Inspector cannot scan this image. Build it on an operating system Inspector supports, in a supported format.';
const SHRINK = 'The image is larger than Inspector can scan. Make it smaller.';
const PUSH_AGAIN =
  'Delete the image and push it again (only a push starts a scan), or lengthen the re-scan duration in Inspector.';
const CONFIGURE =
  'Turn enhanced scanning on for this repository: ECR, Private registry, Scanning (put-registry-scanning-configuration).';
const PERMIT =
  'Let Inspector read the repository: its policy, and the policy of the KMS key it is encrypted with.';

/** ECR's ScanStatus values; whatever is not listed is never "scanned". Source: ECR API, ImageScanStatus. */
export const ECR_STATUS: Readonly<Record<string, Meaning>> = {
  ACTIVE: 'scanned',
  COMPLETE: 'scanned',
  PENDING: 'waiting',
  IN_PROGRESS: 'waiting',
  FAILED: { nextStep: REBUILD },
  UNSUPPORTED_IMAGE: { nextStep: REBUILD },
  IMAGE_SIZE_EXCEEDED: { nextStep: SHRINK },
  SCAN_ELIGIBILITY_EXPIRED: { nextStep: PUSH_AGAIN },
  FINDINGS_UNAVAILABLE: { nextStep: PUSH_AGAIN },
  LIMIT_EXCEEDED: {
    nextStep: 'A scan limit of the account is reached: see the service quotas of ECR and Inspector.',
  },
  IMAGE_ARCHIVED: { nextStep: 'Restore the image in ECR, or push it again.' },
};

/**
 * Inspector's ScanStatusReason values for images; whatever is not listed is never "scanned".
 * Source: Inspector API, ScanStatus, and the user guide on coverage.
 */
export const COVERAGE_REASON: Readonly<Record<string, Meaning>> = {
  SUCCESSFUL: 'scanned',
  SCAN_FREQUENCY_SCAN_ON_PUSH: 'scanned',
  PENDING_INITIAL_SCAN: 'waiting',
  SCAN_IN_PROGRESS: 'waiting',
  PENDING_REVIVAL_SCAN: 'waiting',
  INTERNAL_ERROR: 'waiting',
  UNSUPPORTED_OS: { nextStep: REBUILD },
  UNSUPPORTED_MEDIA_TYPE: { nextStep: REBUILD },
  IMAGE_SIZE_EXCEEDED: { nextStep: SHRINK },
  STORAGE_LIMIT_EXCEEDED: { nextStep: REBUILD },
  EXTRACTION_COLLECTION_TIME_LIMIT_EXCEEDED: { nextStep: REBUILD },
  INVALID_ARTIFACT: { nextStep: REBUILD },
  SCAN_ELIGIBILITY_EXPIRED: { nextStep: PUSH_AGAIN },
  IMAGE_ARCHIVED: { nextStep: 'Restore the image in ECR, or push it again.' },
  SCAN_FREQUENCY_MANUAL: { nextStep: CONFIGURE },
  PENDING_DISABLE: {
    nextStep:
      'Inspector is being turned off for this account: turn it on again (aws inspector2 enable --resource-types ECR).',
  },
  RESOURCE_TERMINATED: { nextStep: 'The image was deleted: push it again.' },
  ACCESS_DENIED: { nextStep: PERMIT },
  ACCESS_DENIED_TO_ENCRYPTION_KEY: { nextStep: PERMIT },
  EXCLUDED_BY_TAG: { nextStep: 'A tag excludes this resource from Inspector: remove it.' },
};

/** Reasons that are proof of a finished scan whatever the status code says: one scan, then no more. */
const SCANNED_ONCE = 'SCAN_FREQUENCY_SCAN_ON_PUSH';

/**
 * Whether an image is scanned, is still to be, or cannot be. It is scanned only if ECR and every coverage
 * row say so, with a scan between the push and now; a terminal word from either ends the wait;
 * anything else, unknown words included, is waited for.
 */
export function classify({ ecrStatus, coverage, imageStatus, pushedAt, now }: ScanFacts): ScanState {
  if (imageStatus === 'ARCHIVED')
    return unscannable('the image is archived', 'Restore the image in ECR, or push it again.');
  const ecr = lookUp(ECR_STATUS, ecrStatus);
  const ends = coverage.flatMap(({ reason }) => {
    const meaning = lookUp(COVERAGE_REASON, reason);
    return typeof meaning === 'object'
      ? [{ says: `Inspector reports ${reason}`, nextStep: meaning.nextStep }]
      : [];
  });
  // Inspector's reason says more than ECR's status, so it comes first.
  if (typeof ecr === 'object') ends.push({ says: `ECR reports ${ecrStatus}`, nextStep: ecr.nextStep });
  const [end] = ends;
  if (end !== undefined) return unscannable(ends.map(({ says }) => says).join(', '), end.nextStep);
  if (imageStatus !== undefined && imageStatus !== 'ACTIVE')
    return waiting(`ECR reports the image as ${imageStatus}`);
  if (ecr !== 'scanned') return waiting(`ECR reports ${ecrStatus ?? 'no scan yet'}`);
  if (coverage.length === 0) return waiting('Inspector does not cover the image yet');
  for (const { statusCode, reason, lastScannedAt } of coverage) {
    const finished =
      reason === SCANNED_ONCE ? isKnownCode(statusCode) : reason === 'SUCCESSFUL' && statusCode === 'ACTIVE';
    if (!finished) return waiting(`Inspector reports ${statusCode} ${reason}`);
    if (lastScannedAt === undefined) return waiting(`Inspector reports ${reason} without a time of scan`);
    const doubt = doubtOfTime('Inspector', lastScannedAt, pushedAt, now);
    if (doubt !== undefined) return waiting(doubt);
  }
  const latest = Math.max(...coverage.map(({ lastScannedAt }) => lastScannedAt?.getTime() ?? Number.NaN));
  return {
    kind: 'scanned',
    scannedAt: new Date(latest),
    monitored: coverage.every(({ reason }) => reason !== SCANNED_ONCE),
  };
}

/** Why a time of scan is no evidence of a scan of what was pushed; undefined where it is. */
function doubtOfTime(
  service: 'Inspector' | 'ECR',
  scannedAt: Date,
  pushedAt: Date,
  now: Date,
): string | undefined {
  // An invalid date is before every other.
  if (!(scannedAt >= pushedAt)) return `${service} has not scanned the image since it was pushed`;
  return scannedAt.getTime() - now.getTime() <= CLOCK_SKEW_MS
    ? undefined
    : `${service} reports a scan in the future (${scannedAt.toISOString()})`;
}

function isKnownCode(statusCode: string): boolean {
  return statusCode === 'ACTIVE' || statusCode === 'INACTIVE';
}

function lookUp(table: Readonly<Record<string, Meaning>>, word: string | undefined): Meaning {
  return word !== undefined && Object.hasOwn(table, word) ? (table[word] ?? 'waiting') : 'waiting';
}

function waiting(reason: string): ScanState {
  return { kind: 'waiting', reason };
}

function unscannable(reason: string, nextStep: string): ScanState {
  return { kind: 'unscannable', reason, nextStep };
}

/** ECR basic scanning as its own API tells it; there is no second service to ask. */
export interface BasicScanFacts {
  readonly ecrStatus: string | undefined;
  readonly completedAt: Date | undefined;
  readonly imageStatus: string | undefined;
  readonly pushedAt: Date;
  /** AWS's time. */
  readonly now: Date;
}

/** The same for basic scanning: only COMPLETE, with a time of scan between the push and now. */
export function classifyBasic(facts: BasicScanFacts): ScanState {
  const { ecrStatus, completedAt, imageStatus, pushedAt, now } = facts;
  if (imageStatus === 'ARCHIVED')
    return unscannable('the image is archived', 'Restore the image in ECR, or push it again.');
  const meaning = lookUp(ECR_STATUS, ecrStatus);
  if (typeof meaning === 'object') return unscannable(`ECR reports ${ecrStatus}`, meaning.nextStep);
  if (ecrStatus === 'ACTIVE') {
    return unscannable(
      'ECR reports ACTIVE, which only enhanced scanning does',
      'Set scan-type: enhanced, or leave the input out.',
    );
  }
  if (ecrStatus !== 'COMPLETE') return waiting(`ECR reports ${ecrStatus ?? 'no scan yet'}`);
  if (completedAt === undefined) return waiting('ECR reports COMPLETE without a time of scan');
  const doubt = doubtOfTime('ECR', completedAt, pushedAt, now);
  if (doubt !== undefined) return waiting(doubt);
  return { kind: 'scanned', scannedAt: completedAt, monitored: false };
}
