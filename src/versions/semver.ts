/** Semantic versions, which npm and Cargo follow. */
import compare from 'semver/functions/compare.js';
import parse from 'semver/functions/parse.js';
import type { Order } from './order.ts';

/** Source: semver.org 2.0.0. */
export function compareSemver(a: string, b: string): Order | undefined {
  if (parse(a) === null || parse(b) === null) return undefined;
  return compare(a, b);
}
