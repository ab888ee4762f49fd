/** Versions of Alpine's packages, and of those that Chainguard and Wolfi build in the same format. */
import { compareTexts } from '../text.ts';
import { compareNumerals, type Order, orderOf } from './order.ts';

const FORMAT =
  /^(?<numbers>\d+(?:\.\d+)*)(?<letter>[a-z])?(?<suffixes>(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:-r(?<revision>\d+))?$/;
const BEFORE_RELEASE = ['alpha', 'beta', 'pre', 'rc'];
const SUFFIXES = [...BEFORE_RELEASE, 'cvs', 'svn', 'git', 'hg', 'p'];

/**
 * Compares by apk's rules: numbers, a letter, suffixes, the package's revision.
 * Undefined if apk-tools 2 and 3 differ. Source: apk-package(5) and version.c of apk-tools 2 and 3.
 */
export function compareApk(a: string, b: string): Order | undefined {
  const left = FORMAT.exec(a)?.groups;
  const right = FORMAT.exec(b)?.groups;
  if (left === undefined || right === undefined) return undefined;
  const numbers = compareNumbers(left.numbers ?? '', right.numbers ?? '');
  if (numbers !== 0) return numbers;
  return (
    compareTexts(left.letter ?? '', right.letter ?? '') ||
    compareSuffixes(left.suffixes ?? '', right.suffixes ?? '') ||
    // No revision sorts before -r0.
    orderOf(Number(left.revision !== undefined) - Number(right.revision !== undefined)) ||
    compareNumerals(left.revision ?? '', right.revision ?? '')
  );
}

function compareNumbers(a: string, b: string): Order | undefined {
  const [leftFirst = '', ...left] = a.split('.');
  const [rightFirst = '', ...right] = b.split('.');
  const first = compareNumerals(leftFirst, rightFirst);
  if (first !== 0) return first;
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compareFurther(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return orderOf(left.length - right.length);
}

/** Numbers after the first. apk-tools 2 and 3 read a number with a leading zero like a fraction, in different ways. */
function compareFurther(a: string, b: string): Order | undefined {
  if (!a.startsWith('0') && !b.startsWith('0')) return compareNumerals(a, b);
  const third = compareTexts(a, b);
  const second = compareNumerals(leadingZeros(b), leadingZeros(a)) || compareNumerals(a, b);
  return third === second ? third : undefined;
}

function leadingZeros(numeral: string): string {
  return String(/^0*/.exec(numeral)?.[0].length ?? 0);
}

function compareSuffixes(a: string, b: string): Order {
  const left = a.split('_').slice(1);
  const right = b.split('_').slice(1);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = compareSuffix(left[at], right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareSuffix(a: string | undefined, b: string | undefined): Order {
  const [, leftName = '', leftNumber = ''] = /^([a-z]+)(\d*)$/.exec(a ?? '') ?? [];
  const [, rightName = '', rightNumber = ''] = /^([a-z]+)(\d*)$/.exec(b ?? '') ?? [];
  return (
    orderOf(rank(leftName) - rank(rightName)) ||
    // `_rc` sorts before `_rc0`.
    orderOf(Number(leftNumber !== '') - Number(rightNumber !== '')) ||
    compareNumerals(leftNumber, rightNumber)
  );
}

/** The rank of a suffix. No suffix is between those of pre-releases and the others. */
function rank(name: string): number {
  if (name === '') return BEFORE_RELEASE.length;
  const at = SUFFIXES.indexOf(name);
  return at < BEFORE_RELEASE.length ? at : at + 1;
}
