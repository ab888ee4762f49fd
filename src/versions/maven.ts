/** Versions of Maven artifacts. */
import { compareNumeralLists, compareNumerals, type Order, orderOf } from './order.ts';

// No number may follow the numbers. Otherwise the pattern would backtrack and read `1.2.83_x` as `1.2`.
const FORMAT = /^(?<numbers>\d+(?:\.\d+)*)(?!\.?\d)(?<rest>.*)$/;
// Versions of Maven differ on empty parts.
const EMPTY_PART = /[.-]{2}|[.-]$/;
// In Maven's order. A release has no qualifier, or one of RELEASED.
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
  ['cr', 'rc'],
]);
const RELEASED = new Set(['final', 'ga', 'release']);

/**
 * Compares by the rules on which Maven 3.8, 3.9 and 4 agree: first the leading numbers, then the qualifiers that Maven knows.
 * Other qualifiers (`-jre`, `.redhat-1`) usually name variants, so versions that differ only in them have no order.
 * Source: Maven's POM reference, "Version Order Specification".
 */
export function compareMaven(a: string, b: string): Order | undefined {
  if (EMPTY_PART.test(a) || EMPTY_PART.test(b)) return undefined;
  const left = FORMAT.exec(a)?.groups;
  const right = FORMAT.exec(b)?.groups;
  if (left?.numbers === undefined || right?.numbers === undefined) return undefined;
  const numbers = compareNumeralLists(left.numbers.split('.'), right.numbers.split('.'));
  if (numbers !== 0) return numbers;
  const leftRest = (left.rest ?? '').toLowerCase();
  const rightRest = (right.rest ?? '').toLowerCase();
  if (leftRest === rightRest) return 0;
  const leftQualifier = qualifier(leftRest);
  const rightQualifier = qualifier(rightRest);
  if (leftQualifier === undefined || rightQualifier === undefined) return undefined;
  return (
    orderOf(leftQualifier.rank - rightQualifier.rank) ||
    orderOf(Number(leftQualifier.number !== '') - Number(rightQualifier.number !== '')) ||
    compareNumerals(leftQualifier.number, rightQualifier.number)
  );
}

function qualifier(rest: string): { rank: number; number: string } | undefined {
  if (rest === '') return { rank: QUALIFIERS.indexOf(''), number: '' };
  // Only these forms have the same meaning in all versions of Maven.
  const [, dashed, word = dashed ?? '', number = ''] =
    /^(?:-([a-z]+)-(?=\d)|[.-]?([a-z]+))(\d+)?$/.exec(rest) ?? [];
  if (RELEASED.has(word)) return number === '' ? qualifier('') : undefined;
  // The one-letter aliases apply only directly before a number.
  const alias = word.length === 1 && !/[a-z]\d/.test(rest) ? undefined : ALIASES.get(word);
  const name = alias ?? word;
  const rank = name === '' ? -1 : QUALIFIERS.indexOf(name);
  // Some versions of Maven ignore a zero after a qualifier.
  if (rank === -1 || /^0+$/.test(number)) return undefined;
  return { rank, number };
}
