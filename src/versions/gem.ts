/** Versions of Ruby gems. */
import { compareNumerals, compareTexts, type Order } from './order.ts';

/**
 * Compares by the rules of RubyGems. A hyphen is part of no gem's version but sets a platform apart
 * (`1.15.0-x86_64-linux`), so a version with one has no order here.
 * Source: Gem::Version#<=>. The ports on npm compare the letters in the order of the machine's language.
 */
export function compareGem(a: string, b: string): Order | undefined {
  const left = segments(a);
  const right = segments(b);
  if (left === undefined || right === undefined) return undefined;
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = compareSegments(left[at] ?? '0', right[at] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers and letters, without the zeros that end the numbers or the letters' part. */
function segments(text: string): string[] | undefined {
  if (!/^\d+(\.[0-9A-Za-z]+)*$/.test(text)) return undefined;
  const all = text.match(/\d+|[A-Za-z]+/g) ?? [];
  const firstLetters = all.findIndex((segment) => /^[A-Za-z]/.test(segment));
  const numbers = firstLetters === -1 ? all : all.slice(0, firstLetters);
  const rest = firstLetters === -1 ? [] : all.slice(firstLetters);
  return [...withoutZeros(numbers), ...withoutZeros(rest)];
}

function withoutZeros(parts: readonly string[]): string[] {
  return parts.slice(0, parts.findLastIndex((part) => !/^0+$/.test(part)) + 1);
}

function compareSegments(a: string, b: string): Order {
  const leftIsNumber = /^\d/.test(a);
  const rightIsNumber = /^\d/.test(b);
  if (leftIsNumber !== rightIsNumber) return leftIsNumber ? 1 : -1;
  return leftIsNumber ? compareNumerals(a, b) : compareTexts(a, b);
}
