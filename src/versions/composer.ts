/** Versions of PHP's packages. */
import { compareNumeralLists, compareNumerals, type Order, orderOf } from './order.ts';

const FORMAT =
  /^v?(?<numbers>\d+(?:\.\d+){0,3})(?:[._-]?(?<stability>stable|alpha|a|beta|b|rc|patch|pl|p)(?<further>(?:[.-]?\d+)*)|[.-]?(?<dev>dev))?(?:\+[0-9A-Za-z.-]+)?$/i;

const STABILITIES: ReadonlyMap<string, number> = new Map(
  Object.entries({ dev: 0, alpha: 1, a: 1, beta: 2, b: 2, rc: 3, stable: 4, patch: 5, pl: 5, p: 5 }),
);

/**
 * Compares by Composer's rules: up to four numbers, then the stability and its own numbers. Branches
 * (`dev-main`, `1.0.x-dev`) have no order.
 * Sources: composer/semver, VersionParser::normalize; PHP's version_compare, by which Composer compares what that
 * returns: dev, alpha, beta, RC, the release itself, patch.
 */
export function compareComposer(a: string, b: string): Order | undefined {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) return undefined;
  const numbers = compareNumeralLists(left.numbers, right.numbers);
  // Composer reads `4-beta4` as `4.0.0.0-beta4`. Programs that use PHP's version_compare on the text do not.
  if (numbers === 0 && left.numbers.length !== right.numbers.length) return undefined;
  return numbers || orderOf(left.rank - right.rank) || compareFurther(left.further, right.further);
}

function parse(text: string): { numbers: string[]; rank: number; further: string[] } | undefined {
  const groups = FORMAT.exec(text)?.groups;
  if (groups?.numbers === undefined) return undefined;
  const { numbers, stability, dev, further = '' } = groups;
  const rank = STABILITIES.get((stability ?? dev ?? 'stable').toLowerCase());
  // Composer does not accept a number after "stable".
  if (rank === undefined || (stability?.toLowerCase() === 'stable' && further !== '')) return undefined;
  return { numbers: numbers.split('.'), rank, further: further.match(/\d+/g) ?? [] };
}

/** `beta` is older than `beta0`, and `beta1` older than `beta1.0`. */
function compareFurther(a: readonly string[], b: readonly string[]): Order {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareNumerals(a[at] ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return orderOf(a.length - b.length);
}
