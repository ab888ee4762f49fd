/** Versions of Ruby gems. */
import { compareTexts } from '../text.ts';
import { compareNumerals, type Order } from './order.ts';

// Platforms of RubyGems, from the processor to the C library: `x86_64-linux-musl`, `arm64-darwin-22`, `java`.
const PLATFORM =
  /-(?<platform>java|jruby|(?:x86|x64|x86_64|universal|arm|arm64|armv7l|aarch64|ppc64le|s390x|riscv64)-(?:linux|darwin|mingw|mingw32|mswin32|mswin64|freebsd)(?:-[a-z0-9]+)?)$/;

/**
 * Compares by the rules of RubyGems. A platform after the version (`1.15.0-x86_64-linux`) is not compared, but versions that
 * differ only in it are not equal. Versions with any other hyphen have no order. Source: Gem::Version#<=>, Gem::Platform. The
 * ports on npm compare letters in the order of the machine's locale.
 */
export function compareGem(a: string, b: string): Order | undefined {
  const order = compareNumbered(a.replace(PLATFORM, ''), b.replace(PLATFORM, ''));
  return order === 0 && platformOf(a) !== platformOf(b) ? undefined : order;
}

function platformOf(text: string): string | undefined {
  return PLATFORM.exec(text)?.groups?.platform;
}

function compareNumbered(a: string, b: string): Order | undefined {
  const left = segments(a);
  const right = segments(b);
  if (left === undefined || right === undefined) return undefined;
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = compareSegments(left[at] ?? '0', right[at] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** The segments of numbers and letters, without the zeros at the end of the numbers and of the rest. */
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
