/** The age of a scan that is not repeated: vulnerabilities that were published after it are not among its findings. */
import { DAY_MS } from '../time.ts';

/** A scan that is older than this gets a warning, because vulnerabilities are published every day. */
export const STALE_AFTER_MS = DAY_MS;

/** When an image was scanned, and whether the service keeps its findings up to date; undefined if that is unknown. */
export interface ScanTime {
  readonly scannedAt: Date | undefined;
  readonly monitored: boolean | undefined;
}

/** The time of the oldest scan that the service does not keep up to date. */
export function oldestUnwatchedScan(scans: readonly ScanTime[]): Date | undefined {
  return oldest(scans.flatMap(({ scannedAt, monitored }) => (monitored === false ? (scannedAt ?? []) : [])));
}

/** The oldest date; undefined if there is none. */
export function oldest(dates: readonly Date[]): Date | undefined {
  return dates.length === 0 ? undefined : new Date(Math.min(...dates.map((date) => date.getTime())));
}

/** The time of the oldest scan that is not kept up to date, if it is old enough for a warning. */
export function staleScan(scans: readonly ScanTime[], now: Date): Date | undefined {
  const at = oldestUnwatchedScan(scans);
  return at !== undefined && now.getTime() - at.getTime() > STALE_AFTER_MS ? at : undefined;
}
