/** Comparisons that the version rules share. All of them return -1, 0 or 1. */
import { compareTexts } from '../text.ts';

export type Order = -1 | 0 | 1;

export function orderOf(difference: number): Order {
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/** Compares decimal numerals of any length by value; an empty one is zero. */
export function compareNumerals(a: string, b: string): Order {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return orderOf(left.length - right.length) || compareTexts(left, right);
}

/** Compares lists of numerals. Missing numerals count as zeros. */
export function compareNumeralLists(a: readonly string[], b: readonly string[]): Order {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareNumerals(a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
