/** Versions of RPM packages: Amazon Linux, Red Hat, SUSE and their relatives. */
import { compareTexts } from '../text.ts';
import { compareNumerals, type Order } from './order.ts';

/**
 * Compares `[epoch:]version[-release]` by RPM's rules. Where the versions are the same and only one has a
 * release, the order is unknown: RPM's own tools treat such a version as any release.
 * Source: rpm-version(7) and rpmvercmp() of RPM 4.15 and later, which know `~` and `^`.
 */
export function compareRpm(a: string, b: string): Order | undefined {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) return undefined;
  const order = compareNumerals(left.epoch, right.epoch) || comparePart(left.version, right.version);
  if (order !== 0) return order;
  if (left.release === right.release) return 0;
  if (left.release === undefined || right.release === undefined) return undefined;
  return comparePart(left.release, right.release);
}

function parse(text: string) {
  const groups = /^(?:(?<epoch>\d+):)?(?<version>[A-Za-z0-9._+~^]+)(?:-(?<release>[A-Za-z0-9._+~^]+))?$/.exec(
    text,
  )?.groups;
  if (groups?.version === undefined) return undefined;
  return { epoch: groups.epoch ?? '', version: groups.version, release: groups.release };
}

function comparePart(a: string, b: string): Order {
  const left = segments(a);
  const right = segments(b);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = compareSegments(left[at], right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Runs of digits, runs of letters, `~` and `^`; all else only separates. */
function segments(text: string): string[] {
  return text.match(/\d+|[A-Za-z]+|~|\^/g) ?? [];
}

/** `~` before the end, the end before `^`, `^` before letters, letters before digits. */
function compareSegments(a: string | undefined, b: string | undefined): Order {
  const kinds = kind(a) - kind(b);
  if (kinds !== 0) return kinds < 0 ? -1 : 1;
  if (a === undefined || b === undefined) return 0;
  return /^\d/.test(a) ? compareNumerals(a, b) : compareTexts(a, b);
}

function kind(segment: string | undefined): number {
  if (segment === undefined) return 1;
  if (segment === '~') return 0;
  if (segment === '^') return 2;
  return /^\d/.test(segment) ? 4 : 3;
}
