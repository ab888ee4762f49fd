/**
 * Examples for values that cannot be used. An example is as close as possible to what was probably meant, and never less
 * strict.
 */
import { SEVERITIES, THRESHOLDS, type Threshold, UNTRIAGED } from '../results/severity.ts';

/** How much of a value is examined. */
const MOST_CHARACTERS = 200;

/** What other tools call severities and thresholds. */
const OTHER_NAMES: ReadonlyMap<string, Threshold> = new Map([
  ['important', 'high'],
  ['severe', 'high'],
  ['moderate', 'medium'],
  ['minor', 'low'],
  ['negligible', 'low'],
  ['info', 'informational'],
  ['all', 'informational'],
  ['any', 'informational'],
] as const);

/** The beginning of a text, number or boolean, or of several in a list. Empty for other values. */
function textOf(value: unknown): string {
  const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, MOST_CHARACTERS) : [value];
  return list
    .filter((one) => ['string', 'number', 'boolean'].includes(typeof one))
    .map((one) => String(one).slice(0, MOST_CHARACTERS))
    .join(' ')
    .slice(0, MOST_CHARACTERS);
}

/** The severities that a value names, by the names of this action and of other tools. */
function severitiesIn(value: unknown): Threshold[] {
  const words =
    textOf(value)
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  return words.flatMap((word) => OTHER_NAMES.get(word) ?? THRESHOLDS.find((name) => name === word) ?? []);
}

/**
 * The threshold for a value that names several severities: the lowest of them, because a threshold includes everything
 * above it. A value that names none of them suggests `high`.
 */
export function suggestThreshold(value: unknown): Threshold {
  const named = severitiesIn(value);
  return THRESHOLDS.findLast((name) => name !== 'none' && named.includes(name)) ?? 'high';
}

/** The severities of a list that can be used, in the order of the list; undefined if there are none. */
export function suggestSeverities(value: unknown): string[] | undefined {
  const words: string[] =
    textOf(value)
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  const known = [...SEVERITIES, UNTRIAGED].map((name) => name.toLowerCase());
  const named = words.flatMap((word) => {
    const name: string = OTHER_NAMES.get(word) ?? word;
    return known.includes(name) ? [name] : [];
  });
  return named.length === 0 ? undefined : [...new Set(named)];
}

const UNIT_NAMES: readonly (readonly [name: RegExp, unit: string, factor: number])[] = [
  [/^s(ec(onds?|s)?)?$/, 's', 1],
  [/^m(in(utes?|s)?)?$/, 'm', 1],
  [/^h((ou)?rs?)?$/, 'h', 1],
  [/^d(ays?)?$/, 'd', 1],
  [/^w(eeks?|ks?)?$/, 'w', 1],
  [/^mo(nths?)?$/, 'd', 30],
  [/^y(ears?|rs?)?$/, 'd', 365],
];

/**
 * A duration as it has to be written: `30 days` as `30d`, `3 months` as `90d`. Zero becomes the shortest duration in its
 * unit. Undefined for a value that is no number with a unit.
 * @param unit the unit of a number that has none
 */
export function suggestDuration(value: unknown, unit: string): string | undefined {
  const [, amount, name = ''] = /^(\d{1,5}) ?([a-z]*)$/.exec(textOf(value).trim().toLowerCase()) ?? [];
  const [, own, factor = 1] = UNIT_NAMES.find(([names]) => names.test(name)) ?? [];
  if (amount === undefined || (name !== '' && own === undefined)) return undefined;
  const number = Math.max(1, Number(amount) * factor);
  return number > 99_999 ? undefined : `${number}${own ?? unit}`;
}

/** The boolean that a word means; undefined for other words. */
export function suggestBoolean(value: unknown): boolean | undefined {
  const text = textOf(value).trim().toLowerCase();
  if (/^(true|yes|y|on|1|enabled?)$/.test(text)) return true;
  return /^(false|no|n|off|0|disabled?|never)$/.test(text) ? false : undefined;
}

/** A bound from a number alone: `7` as `>=7`. Undefined for a value that is not a number up to `most`. */
export function suggestBound(value: unknown, most: number): string | undefined {
  const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,6})?) ?(%)?$/.exec(textOf(value).trim()) ?? [];
  if (digits === undefined) return undefined;
  const number = percent === undefined ? Number(digits) : Number(digits) / 100;
  return number <= most ? `>=${number}` : undefined;
}

/** `NOT_REACHABLE`, as Inspector writes it, and `unreachable` as `not-reachable`. Undefined for other words. */
export function suggestReachability(value: unknown): string | undefined {
  const word = textOf(value).trim().toLowerCase().replaceAll(/[_ ]/g, '-');
  if (/^(un|not-?)reachable$/.test(word)) return 'not-reachable';
  return ['reachable', 'unknown'].find((name) => name === word);
}
