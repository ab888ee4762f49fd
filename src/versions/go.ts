/** Versions of Go's modules, and of Go itself. */
import { compareNumerals, type Order, orderOf } from './order.ts';
import { compareSemver } from './semver.ts';

/**
 * Compares module versions (`v1.2.3-0.2021…-abc`, which Inspector also writes without the `v`) and versions of Go itself
 * (`go1.22.1`, `1.22rc1`, `1.22`). Versions of different kinds are compared only if both can be read as the same kind.
 * Sources: golang.org/x/mod/semver, where `v1.2` is short for `v1.2.0`; Go's internal/gover, where `1.21` is older
 * than `1.21rc1`, and that older than `1.21.0`, but `1.20` is `1.20.0`.
 */
export function compareGo(a: string, b: string): Order | undefined {
  if (isToolchain(a) || isToolchain(b)) {
    const left = toolchain(a);
    const right = toolchain(b);
    if (left === undefined || right === undefined) return undefined;
    return (
      compareNumerals(left.major, right.major) ||
      compareNumerals(left.minor, right.minor) ||
      orderOf(left.rank - right.rank) ||
      compareNumerals(left.number, right.number)
    );
  }
  return compareSemver(full(a), full(b));
}

function isToolchain(text: string): boolean {
  return /^(?:go.*|\d+\.\d+(?:beta\d+|rc\d+)?|\d+)$/.test(text);
}

// The first version of Go whose releases all have three numbers.
const FIRST_WITH_PATCH = 21;
const RANKS: Readonly<Record<string, number>> = { '': 0, beta: 1, rc: 2, '.': 3 };

function toolchain(text: string): { major: string; minor: string; rank: number; number: string } | undefined {
  const match = /^(?:go)?(\d+)(?:\.(\d+)(?:(beta|rc|\.)(\d+))?)?$/.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor, kind = '', number = ''] = match;
  // Without a patch, releases before 1.21 are the first of their line.
  const isFirst = kind === '' && (minor === undefined || Number(minor) < FIRST_WITH_PATCH);
  return { major, minor: minor ?? '0', rank: RANKS[isFirst ? '.' : kind] ?? 0, number };
}

function full(text: string): string {
  const bare = text.replace(/^v(?=\d)/, '');
  const missing = /^\d+(?:\.\d+)?$/.test(bare) ? 3 - bare.split('.').length : 0;
  return bare + '.0'.repeat(missing);
}
