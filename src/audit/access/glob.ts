/**
 * Patterns of IAM: `*` is any text, `?` one character. A pattern is compiled to a string in which the wildcards are
 * characters that no ARN contains, so that it can also contain a literal `*` (written `${*}`).
 */

const MANY = '\u0000';
const ONE = '\u0001';
const MANY_CODE = 0;
const ONE_CODE = 1;

/** Two patterns that need more steps are not compared; the answer is then the less certain one. */
const MOST_STEPS = 4_000_000;

/** The pattern that matches only this text. */
export function literal(text: string): string {
  return isLiteral(text) ? text : text.replaceAll(MANY, '\uffff').replaceAll(ONE, '\uffff');
}

/** The pattern for a text with wildcards. */
export function glob(text: string): string {
  const plain = literal(text);
  return plain.includes('*') || plain.includes('?')
    ? plain.replace(/\*+/g, MANY).replaceAll('?', ONE)
    : plain;
}

/** A compiled pattern in the form of policies. */
export function written(pattern: string): string {
  return pattern.replaceAll(MANY, '*').replaceAll(ONE, '?');
}

/** A compiled pattern in which adjacent wildcards are merged. */
export function collapsed(pattern: string): string {
  let shorter = pattern;
  while (shorter.includes(MANY + MANY)) shorter = shorter.replaceAll(MANY + MANY, MANY);
  return shorter;
}

/** The pattern that matches every text. */
export const ANYTHING = MANY;

/** Whether the pattern matches only one text. */
export function isLiteral(pattern: string): boolean {
  return !pattern.includes(MANY) && !pattern.includes(ONE);
}

/** Whether a text matches a compiled pattern; in time proportional to the product of their lengths at most. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === MANY) return true;
  if (pattern.length > text.length && literals(pattern) > text.length) return false;
  let inPattern = 0;
  let inText = 0;
  let star = -1;
  let behindStar = 0;
  while (inText < text.length) {
    const code = inPattern < pattern.length ? pattern.charCodeAt(inPattern) : -1;
    if (code === MANY_CODE) {
      star = inPattern;
      inPattern += 1;
      behindStar = inText;
    } else if (code === ONE_CODE || code === text.charCodeAt(inText)) {
      inPattern += 1;
      inText += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      behindStar += 1;
      inText = behindStar;
    } else {
      return false;
    }
  }
  while (inPattern < pattern.length && pattern.charCodeAt(inPattern) === MANY_CODE) inPattern += 1;
  return inPattern === pattern.length;
}

function literals(pattern: string): number {
  let count = 0;
  for (let at = 0; at < pattern.length; at += 1) if (pattern.charCodeAt(at) !== MANY_CODE) count += 1;
  return count;
}

/** Whether some text matches both patterns. True if the patterns are too long to compare. */
export function intersect(a: string, b: string): boolean {
  if (a === MANY || b === MANY) return true;
  if (isLiteral(a)) return matches(b, a);
  if (isLiteral(b)) return matches(a, b);
  return walk(a, b, true, (one, other) => one === other || one === ONE_CODE || other === ONE_CODE);
}

/** Whether every text that matches `inner` matches `outer` as well. False if that is uncertain. */
export function covers(outer: string, inner: string): boolean {
  if (outer === MANY) return true;
  if (isLiteral(inner)) return matches(outer, inner);
  return walk(outer, inner, false, (one, other) => one === other || one === ONE_CODE);
}

/**
 * Compares two patterns in parallel. A wildcard of the first matches any characters of the second. A wildcard of the
 * second matches characters of the first only if `both` is true.
 */
function walk(a: string, b: string, both: boolean, same: (one: number, other: number) => boolean): boolean {
  if (a.length * b.length > MOST_STEPS) return both;
  let row = new Uint8Array(b.length + 1);
  for (let i = a.length; i >= 0; i -= 1) {
    const next = row;
    row = new Uint8Array(b.length + 1);
    for (let j = b.length; j >= 0; j -= 1) {
      const one = i < a.length ? a.charCodeAt(i) : -1;
      const other = j < b.length ? b.charCodeAt(j) : -1;
      let reached = one === -1 && other === -1;
      if (!reached && one === MANY_CODE) reached = next[j] === 1 || (other !== -1 && row[j + 1] === 1);
      if (!reached && both && other === MANY_CODE)
        reached = row[j + 1] === 1 || (one !== -1 && next[j] === 1);
      if (!reached && one !== -1 && other !== -1 && one !== MANY_CODE && same(one, other)) {
        reached = other !== MANY_CODE && next[j + 1] === 1;
      }
      row[j] = reached ? 1 : 0;
    }
  }
  return row[0] === 1;
}
