/** Debian's and Ubuntu's package versions. */
import { compareNumerals, type Order, orderOf } from './order.ts';

interface Version {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

/**
 * Compares by dpkg's rules. A version that dpkg itself would refuse or warn about has no order here.
 * Source: deb-version(7), Debian Policy 5.6.12.
 */
export function compareDpkg(a: string, b: string): Order | undefined {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) return undefined;
  return (
    compareNumerals(left.epoch, right.epoch) ||
    comparePart(left.upstream, right.upstream) ||
    comparePart(left.revision, right.revision)
  );
}

function parse(text: string): Version | undefined {
  const groups =
    /^(?:(?<epoch>\d+):)?(?<upstream>\d[A-Za-z0-9.+~:-]*?)(?:-(?<revision>[A-Za-z0-9.+~]+))?$/.exec(
      text,
    )?.groups;
  const { epoch, upstream = '', revision } = groups ?? {};
  // A colon needs an epoch before it, a hyphen a revision after it.
  if (groups === undefined || (epoch === undefined && upstream.includes(':'))) return undefined;
  if (revision === undefined && upstream.includes('-')) return undefined;
  return { epoch: epoch ?? '', upstream, revision: revision ?? '' };
}

/** Alternating text and numerals, starting with text, which may be empty. */
function comparePart(a: string, b: string): Order {
  let left = a;
  let right = b;
  while (left !== '' || right !== '') {
    const [leftText = ''] = /^\D*/.exec(left) ?? [];
    const [rightText = ''] = /^\D*/.exec(right) ?? [];
    const texts = compareCharacters(leftText, rightText);
    if (texts !== 0) return texts;
    left = left.slice(leftText.length);
    right = right.slice(rightText.length);
    const [leftDigits = ''] = /^\d*/.exec(left) ?? [];
    const [rightDigits = ''] = /^\d*/.exec(right) ?? [];
    const numerals = compareNumerals(leftDigits, rightDigits);
    if (numerals !== 0) return numerals;
    left = left.slice(leftDigits.length);
    right = right.slice(rightDigits.length);
  }
  return 0;
}

function compareCharacters(a: string, b: string): Order {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = orderOf(weight(a[at]) - weight(b[at]));
    if (order !== 0) return order;
  }
  return 0;
}

/** A tilde sorts before the end, the end before letters, letters before everything else. */
function weight(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
}
