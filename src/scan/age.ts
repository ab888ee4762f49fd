/** Findings of a scan that is not repeated grow old: what was published since is not among them. */
import { DAY_MS } from '../time.ts';

/** One that is older than this is worth a warning: vulnerabilities are published every day. */
export const STALE_AFTER_MS = DAY_MS;

/** When something was scanned, and whether the service goes on looking; undefined where that is not known. */
export interface ScanTime {
  readonly scannedAt: Date | undefined;
  readonly monitored: boolean | undefined;
}

/** The oldest of the scans that the service does not keep up to date. */
export function oldestUnwatchedScan(scans: readonly ScanTime[]): Date | undefined {
  return oldest(scans.flatMap(({ scannedAt, monitored }) => (monitored === false ? (scannedAt ?? []) : [])));
}

/** Undefined where there is none. */
export function oldest(dates: readonly Date[]): Date | undefined {
  return dates.length === 0 ? undefined : new Date(Math.min(...dates.map((date) => date.getTime())));
}

/** The same, if it is old enough to say so. */
export function staleScan(scans: readonly ScanTime[], now: Date): Date | undefined {
  const at = oldestUnwatchedScan(scans);
  return at !== undefined && now.getTime() - at.getTime() > STALE_AFTER_MS ? at : undefined;
}
