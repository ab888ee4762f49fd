/** Units of time, and how times and durations are written. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Milliseconds of each unit that durations in inputs and documents can have. */
export const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
};

/** How far two clocks that both show the current time may differ. */
export const CLOCK_SKEW_MS = 5 * MINUTE_MS;

/** A duration for people: `45 s`, `2 m 5 s`, `15 m`, `1 h 30 m`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ].filter(([amount]) => amount !== 0);
  return parts.length === 0 ? '0 s' : parts.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}

/** An age for people, in days from two days on: `31 days`, `5 h 10 m`. */
export function formatAge(ms: number): string {
  return ms >= 2 * DAY_MS ? `${Math.floor(ms / DAY_MS)} days` : formatDuration(ms);
}

/** When something with a time will be too old; undefined if there is no maximum age. */
export function endOf(at: Date, maxAgeMs: number | undefined): Date | undefined {
  return maxAgeMs === undefined ? undefined : new Date(at.getTime() + maxAgeMs);
}

/** The last day, in UTC, on which something that ends at this moment still applies. */
export function lastDay(ends: Date): string {
  return day(new Date(ends.getTime() - 1));
}

/** The day in UTC: `2026-12-31`. */
export function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'no date' : date.toISOString().slice(0, 10);
}
