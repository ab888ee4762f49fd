/** Decides from the answers of ECR and Inspector whether an image is scanned. Pure; the tables are the rule. */
import { CLOCK_SKEW_MS } from '../time.ts';

/** Inspector's view of one image (ListCoverage). */
export interface Coverage {
  readonly statusCode: string;
  readonly reason: string;
  readonly lastScannedAt: Date | undefined;
}

/** The state of one image's scan, as the services report it at one moment. */
export interface ScanFacts {
  /** ECR's scan status; undefined if ECR has no scan (ScanNotFoundException) or reports no status. */
  readonly ecrStatus: string | undefined;
  /** All coverage rows of this image; none right after a push. */
  readonly coverage: readonly Coverage[];
  /** ECR's status of the image: ACTIVE, ARCHIVED, ACTIVATING. */
  readonly imageStatus: string | undefined;
  readonly pushedAt: Date;
  /** AWS's time. */
  readonly now: Date;
}

export type ScanState =
  | {
      readonly kind: 'scanned';
      readonly scannedAt: Date;
      /** Whether the service keeps scanning the image, or scanned it once (scan on push). */
      readonly monitored: boolean;
    }
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'unscannable'; readonly reason: string; readonly nextStep: string };

type Meaning = 'scanned' | 'waiting' | { readonly nextStep: string };

const REBUILD = 'Build the image on an operating system and in a format that Amazon Inspector supports.';
const SHRINK = 'Make the image smaller: it is larger than Amazon Inspector can scan.';
const PUSH_AGAIN =
  'Delete the image and push it again, because only a push starts a scan; in a pull-through cache, delete it and pull it once. To keep images scanned for longer, extend the re-scan duration in Amazon Inspector.';
const CONFIGURE =
  'Turn on enhanced scanning for this repository: ECR console, Private registry, Scanning configuration (aws ecr put-registry-scanning-configuration).';
const RESTORE = 'Restore the image in ECR, or push it again.';
const PERMIT =
  'Allow Amazon Inspector to read the repository: check the repository policy, and the key policy of the KMS key that encrypts the repository.';

/** ECR's ScanStatus values. A value that is not listed never means "scanned". Source: ECR API, ImageScanStatus. */
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
    nextStep: 'The account has reached a scan limit: check the service quotas of ECR and Amazon Inspector.',
  },
  IMAGE_ARCHIVED: { nextStep: RESTORE },
};

/**
 * Inspector's ScanStatusReason values for images. A value that is not listed never means "scanned".
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
  IMAGE_ARCHIVED: { nextStep: RESTORE },
  SCAN_FREQUENCY_MANUAL: { nextStep: CONFIGURE },
  PENDING_DISABLE: {
    nextStep:
      'Amazon Inspector is being disabled for this account: enable it again (aws inspector2 enable --resource-types ECR).',
  },
  RESOURCE_TERMINATED: {
    nextStep:
      'The image was deleted: push it again. If the repository is a pull-through cache, pull the image once instead.',
  },
  ACCESS_DENIED: { nextStep: PERMIT },
  ACCESS_DENIED_TO_ENCRYPTION_KEY: { nextStep: PERMIT },
  EXCLUDED_BY_TAG: { nextStep: 'Remove the tag that excludes this resource from Amazon Inspector.' },
};

/** The reason of an image that is scanned once, so that its status code is INACTIVE after the scan. */
const SCANNED_ONCE = 'SCAN_FREQUENCY_SCAN_ON_PUSH';

/**
 * Whether an image is scanned, is waiting for its scan, or cannot be scanned. It is scanned only if ECR and every
 * coverage row report that, with a scan between the push and now. A terminal status of either service ends the wait.
 * Any other status, an unknown one included, is waiting.
 */
export function classify({ ecrStatus, coverage, imageStatus, pushedAt, now }: ScanFacts): ScanState {
  if (imageStatus === 'ARCHIVED') return unscannable('the image is archived', RESTORE);
  const ecr = meaningOf(ECR_STATUS, ecrStatus);
  const terminal = coverage.flatMap(({ reason }) => {
    const meaning = meaningOf(COVERAGE_REASON, reason);
    return typeof meaning === 'object'
      ? [{ report: `Inspector reports ${reason}`, nextStep: meaning.nextStep }]
      : [];
  });
  // Inspector's reason is more specific than ECR's status, so it comes first.
  if (typeof ecr === 'object') terminal.push({ report: `ECR reports ${ecrStatus}`, nextStep: ecr.nextStep });
  const [first] = terminal;
  if (first !== undefined) {
    return unscannable(terminal.map(({ report }) => report).join(', '), first.nextStep);
  }
  if (imageStatus !== undefined && imageStatus !== 'ACTIVE')
    return waiting(`ECR reports the image as ${imageStatus}`);
  const held = heldBackByEcr(ecrStatus);
  if (held !== undefined) return waiting(held);
  if (coverage.length === 0) return waiting('Inspector has no record of the image yet');
  for (const { statusCode, reason, lastScannedAt } of coverage) {
    const finished =
      reason === SCANNED_ONCE ? isKnownCode(statusCode) : reason === 'SUCCESSFUL' && statusCode === 'ACTIVE';
    if (!finished) return waiting(`Inspector reports ${statusCode} ${reason}`);
    if (lastScannedAt === undefined) return waiting(`Inspector reports ${reason} without the time of a scan`);
    const doubt = reasonToDoubt('Inspector', lastScannedAt, pushedAt, now);
    if (doubt !== undefined) return waiting(doubt);
  }
  const latest = Math.max(...coverage.map(({ lastScannedAt }) => lastScannedAt?.getTime() ?? Number.NaN));
  return {
    kind: 'scanned',
    scannedAt: new Date(latest),
    monitored: coverage.every(({ reason }) => reason !== SCANNED_ONCE),
  };
}

/**
 * Why ECR's status alone keeps an image waiting; undefined if it does not. It only selects which service is polled:
 * an image is scanned only by `classify`, from the answers of both.
 */
export function heldBackByEcr(ecrStatus: string | undefined): string | undefined {
  return meaningOf(ECR_STATUS, ecrStatus) === 'waiting'
    ? `ECR reports ${ecrStatus ?? 'no scan yet'}`
    : undefined;
}

/** Whether ECR's status by itself means that the image is scanned. */
export function isScannedByEcr(ecrStatus: string | undefined): boolean {
  return meaningOf(ECR_STATUS, ecrStatus) === 'scanned';
}

/** The same as `heldBackByEcr` for Inspector's coverage. */
export function heldBackByInspector(facts: Omit<ScanFacts, 'ecrStatus'>): string | undefined {
  const state = classify({ ...facts, ecrStatus: 'ACTIVE' });
  return state.kind === 'waiting' ? state.reason : undefined;
}

/** Why a scan's time is not evidence that the pushed image was scanned; undefined if it is. */
function reasonToDoubt(
  service: 'Inspector' | 'ECR',
  scannedAt: Date,
  pushedAt: Date,
  now: Date,
): string | undefined {
  // The comparison is false for an invalid date.
  if (!(scannedAt >= pushedAt)) return `${service} has not scanned the image since it was pushed`;
  return scannedAt.getTime() - now.getTime() <= CLOCK_SKEW_MS
    ? undefined
    : `${service} reports a scan in the future (${scannedAt.toISOString()})`;
}

function isKnownCode(statusCode: string): boolean {
  return statusCode === 'ACTIVE' || statusCode === 'INACTIVE';
}

function meaningOf(table: Readonly<Record<string, Meaning>>, status: string | undefined): Meaning {
  return status !== undefined && Object.hasOwn(table, status) ? (table[status] ?? 'waiting') : 'waiting';
}

function waiting(reason: string): ScanState {
  return { kind: 'waiting', reason };
}

function unscannable(reason: string, nextStep: string): ScanState {
  return { kind: 'unscannable', reason, nextStep };
}

/** The state of a basic scan, as ECR reports it. */
export interface BasicScanFacts {
  readonly ecrStatus: string | undefined;
  readonly completedAt: Date | undefined;
  readonly imageStatus: string | undefined;
  readonly pushedAt: Date;
  /** AWS's time. */
  readonly now: Date;
}

/** The same for basic scanning: an image is scanned only if ECR reports COMPLETE and a time between the push and now. */
export function classifyBasic(facts: BasicScanFacts): ScanState {
  const { ecrStatus, completedAt, imageStatus, pushedAt, now } = facts;
  if (imageStatus === 'ARCHIVED') return unscannable('the image is archived', RESTORE);
  const meaning = meaningOf(ECR_STATUS, ecrStatus);
  if (typeof meaning === 'object') return unscannable(`ECR reports ${ecrStatus}`, meaning.nextStep);
  if (ecrStatus === 'ACTIVE') {
    return unscannable(
      'ECR reports ACTIVE, which only enhanced scanning reports',
      'Set scan-type: enhanced, or remove the input.',
    );
  }
  if (ecrStatus !== 'COMPLETE') return waiting(`ECR reports ${ecrStatus ?? 'no scan yet'}`);
  if (completedAt === undefined) return waiting('ECR reports COMPLETE without the time of a scan');
  const doubt = reasonToDoubt('ECR', completedAt, pushedAt, now);
  if (doubt !== undefined) return waiting(doubt);
  return { kind: 'scanned', scannedAt: completedAt, monitored: false };
}
