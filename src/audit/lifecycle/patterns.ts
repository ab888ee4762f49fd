/**
 * Tag patterns as ECR's lifecycle rules use them: `*` stands for any characters, or none; everything else stands for
 * itself. Which tags a pattern matches, whether one pattern includes another, and examples of tags.
 *
 * A tag that several patterns share, or do not share, is searched for in the product of their automata. That
 * takes time in proportion to an effort which the caller limits; the other functions take time in proportion to the
 * product of two lengths.
 */

/** What the letters of a tag can be, in the order in which examples use them. */
const TAG_CHARACTERS = '1234567890xyzabcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ_.-';

/** What a search may still cost, in steps of an automaton. Searches that share one share its limit. */
export interface Effort {
  left: number;
}

/** About half a second. */
export const EFFORT = 2_000_000;

/**
 * What a search for a tag found. `undecided` means that the effort ended before there was a tag, and before it was
 * certain that there is none.
 */
export type Search = { readonly tag: string } | 'none' | 'undecided';

/** A test whether a tag matches a pattern as a whole. Worth keeping where many tags are tested. */
export function compile(pattern: string): (tag: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (tag) => tag === pattern;
  return (tag) => {
    if (tag.length < first.length + last.length || !tag.startsWith(first) || !tag.endsWith(last))
      return false;
    const end = tag.length - last.length;
    let at = first.length;
    for (const part of rest) {
      const found = tag.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** Whether a pattern matches a tag as a whole. */
export function matches(pattern: string, tag: string): boolean {
  return compile(pattern)(tag);
}

/**
 * Whether a pattern matches every text that another one matches. Put a character that the outer pattern does not
 * have in place of each `*` of the inner one: only a `*` of the outer pattern can match it, and what matches it
 * there matches whatever the inner pattern's `*` stands for. So one text decides.
 *
 * For the same reason a pattern is included in several patterns together only where one of them includes it alone.
 */
export function includes(outer: string, inner: string): boolean {
  let foreign = 0xe000;
  while (outer.includes(String.fromCharCode(foreign))) foreign += 1;
  return matches(outer, inner.replaceAll('*', String.fromCharCode(foreign)));
}

/** Whether there is a text that both patterns match. */
export function intersects(a: string, b: string): boolean {
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const open = [0];
  seen[0] = 1;
  const visit = (i: number, j: number) => {
    const at = i * width + j;
    if (seen[at] === 1) return;
    seen[at] = 1;
    open.push(at);
  };
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [i, j] = [Math.floor(at / width), at % width];
    if (i === a.length && j === b.length) return true;
    // A `*` ends, or takes what the other pattern has next.
    if (a[i] === '*') {
      visit(i + 1, j);
      if (j < b.length) visit(i, j + 1);
    }
    if (b[j] === '*') {
      visit(i, j + 1);
      if (i < a.length) visit(i + 1, j);
    }
    if (i < a.length && j < b.length && a[i] === b[j]) visit(i + 1, j + 1);
  }
  return false;
}

/** A tag that a pattern matches, to be shown: `prod-1` for `prod-*`. */
export function sample(pattern: string): string {
  return fill(pattern, '1');
}

function fill(pattern: string, character: string): string {
  return pattern.replace(/\*+/g, character);
}

/**
 * Searches for a tag that matches all patterns of a list, and of no other group all of them.
 * @param all the patterns that it has to match; at least one
 * @param notAllOf groups of patterns: of each group, the tag must not match at least one
 * @param effort what the search may cost; reduced by what it did cost
 */
export function findTag(
  all: readonly string[],
  notAllOf: readonly (readonly string[])[],
  effort: Effort,
): Search {
  if (notAllOf.some((group) => group.length === 0)) return 'none';
  const patterns = [...all, ...notAllOf.flat()];
  // By code units, as the automata read.
  const literal = new Set(patterns.join('').replaceAll('*', '').split(''));
  const foreign = [...TAG_CHARACTERS].find((character) => !literal.has(character));

  // Where one pattern says as much as all of them, a single tag decides, as in `includes`.
  const narrowest = all.find((inner) => all.every((outer) => includes(outer, inner)));
  if (narrowest !== undefined && foreign !== undefined) {
    const tag = fill(narrowest, foreign);
    const avoids = notAllOf.every((group) => group.some((pattern) => !matches(pattern, tag)));
    return avoids && tag !== '' ? { tag } : 'none';
  }
  const alphabet = foreign === undefined ? [...literal] : [foreign, ...literal];
  return walk(all, notAllOf, alphabet, effort);
}

/** The shortest such tag over an alphabet, breadth first. */
function walk(
  all: readonly string[],
  notAllOf: readonly (readonly string[])[],
  alphabet: readonly string[],
  effort: Effort,
): Search {
  const wanted = all.map((pattern) => new Automaton(pattern));
  const groups = notAllOf.map((group) => group.map((pattern) => new Automaton(pattern)));
  const automata = [...wanted, ...groups.flat()];
  interface Place {
    readonly states: readonly number[];
    readonly before: Place | undefined;
    readonly character: string;
  }
  const start: Place = { states: automata.map(() => 0), before: undefined, character: '' };
  const seen = new Set([start.states.join()]);
  const queue = [start];
  // The queue grows while it is walked through.
  for (const place of queue) {
    if (place !== start && isFound(place.states)) return { tag: textOf(place) };
    for (const character of alphabet) {
      effort.left -= automata.length;
      if (effort.left < 0) return 'undecided';
      const states = automata.map((automaton, at) => automaton.step(place.states[at] ?? DEAD, character));
      if (states.slice(0, wanted.length).includes(DEAD)) continue;
      const key = states.join();
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states, before: place, character });
    }
  }
  return 'none';

  function isFound(states: readonly number[]): boolean {
    let at = 0;
    const accepts = (automaton: Automaton) => automaton.accepts(states[at++] ?? DEAD);
    if (!wanted.map(accepts).every(Boolean)) return false;
    return groups.every((group) => !group.map(accepts).every(Boolean));
  }

  function textOf(end: Place): string {
    const characters: string[] = [];
    for (let place: Place | undefined = end; place !== undefined; place = place.before) {
      characters.push(place.character);
    }
    return characters.reverse().join('');
  }
}

const DEAD = -1;

/**
 * A pattern as a deterministic automaton that is made while it runs. A state is the set of places in the pattern that
 * a text can have led to, from the last `*` on: what is before it can do no more than that `*` can. So there are no
 * more states than the pattern has characters, as in the search for a text by Knuth, Morris and Pratt.
 */
class Automaton {
  private readonly pattern: string;
  private readonly numbers = new Map<string, number>();
  private readonly states: (readonly number[])[] = [];
  private readonly steps: Map<string, number>[] = [];

  constructor(pattern: string) {
    this.pattern = pattern;
    this.stateOf([0]);
  }

  /** The state after one more character. */
  step(state: number, character: string): number {
    if (state === DEAD) return DEAD;
    const known = this.steps[state]?.get(character);
    if (known !== undefined) return known;
    const next = new Set<number>();
    for (const place of this.states[state] ?? []) {
      if (this.pattern[place] === '*') next.add(place);
      if (this.pattern[place] === character) next.add(place + 1);
    }
    const number = next.size === 0 ? DEAD : this.stateOf([...next]);
    this.steps[state]?.set(character, number);
    return number;
  }

  /** Whether the pattern matches what has been read. */
  accepts(state: number): boolean {
    return state !== DEAD && (this.states[state]?.includes(this.pattern.length) ?? false);
  }

  private stateOf(reached: readonly number[]): number {
    const places = new Set(reached);
    let star = -1;
    // A set grows while it is walked through.
    for (const place of places) {
      if (this.pattern[place] !== '*') continue;
      places.add(place + 1);
      star = Math.max(star, place);
    }
    const state = [...places].filter((place) => place >= star).sort((a, b) => a - b);
    const key = state.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.states.push(state) - 1;
    this.steps.push(new Map());
    this.numbers.set(key, number);
    return number;
  }
}
