/** Versions of Maven artifacts. */
import { compareNumeralLists, compareNumerals, type Order, orderOf } from './order.ts';

// The numbers end where no number follows: with fewer of them, `1.2.83_x` would be read as `1.2`.
const FORMAT = /^(?<numbers>\d+(?:\.\d+)*)(?!\.?\d)(?<rest>.*)$/;
// Empty parts are left to Maven.
const EMPTY_PART = /[.-]{2}|[.-]$/;
// In Maven's order; a release has no qualifier, or one that says as much.
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
  ['cr', 'rc'],
]);
const RELEASED = new Set(['final', 'ga', 'release']);

/**
 * Compares by Maven's rules, as far as Maven 3.8, 3.9 and 4 agree on them: the leading numbers decide, and
 * where they are the same, the qualifiers that Maven knows. Qualifiers it does not know (`-jre`,
 * `.redhat-1`) are mostly variants and not an order, so versions that differ only in one have none here.
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
  // Only these forms have one meaning in all versions of Maven.
  const [, dashed, word = dashed ?? '', number = ''] =
    /^(?:-([a-z]+)-(?=\d)|[.-]?([a-z]+))(\d+)?$/.exec(rest) ?? [];
  if (RELEASED.has(word)) return number === '' ? qualifier('') : undefined;
  // The one-letter aliases hold only directly before a number.
  const alias = word.length === 1 && !/[a-z]\d/.test(rest) ? undefined : ALIASES.get(word);
  const name = alias ?? word;
  const rank = name === '' ? -1 : QUALIFIERS.indexOf(name);
  // A zero behind a qualifier counts in some versions of Maven and not in others.
  if (rank === -1 || /^0+$/.test(number)) return undefined;
  return { rank, number };
}
