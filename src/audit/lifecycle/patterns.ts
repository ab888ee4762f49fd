/**
 * Tag patterns as ECR's lifecycle rules use them: `*` stands for any characters, or none; everything else stands for
 * itself. Which tags a pattern matches, whether one pattern includes another, and examples of tags.
 *
 * To find a tag that some patterns match and others do not, the product of their automata is searched. The caller
 * limits the time of that search. The time of the other functions is proportional to the product of two lengths.
 */

/** The characters of a tag, in the order in which examples use them. */
const TAG_CHARACTERS = '1234567890xyzabcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ_.-';

/** The remaining number of automaton steps of a search. Searches that share this object share the limit. */
export interface Effort {
  left: number;
}

/** About half a second. */
export const EFFORT = 2_000_000;

/**
 * The result of a search for a tag. `undecided` means that the limit was reached before a tag was found or excluded.
 */
export type Search = { readonly tag: string } | 'none' | 'undecided';

/** Compiles a pattern to a test whether it matches a whole tag. Keep the test to use it for many tags. */
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

/** Whether a pattern matches a whole tag. */
export function matches(pattern: string, tag: string): boolean {
  return compile(pattern)(tag);
}

/**
 * Whether a pattern matches every text that another one matches. Replace each `*` of the inner pattern by a character
 * that the outer pattern does not contain. Only a `*` of the outer pattern can match that character, and it then also
 * matches everything that the `*` of the inner pattern matches. A single text is therefore enough to decide.
 *
 * For the same reason, several patterns together include a pattern only if one of them does.
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
    // A `*` ends, or matches the next character of the other pattern.
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

/** An example of a tag that a pattern matches: `prod-1` for `prod-*`. */
export function sample(pattern: string): string {
  return fill(pattern, '1');
}

function fill(pattern: string, character: string): string {
  return pattern.replace(/\*+/g, character);
}

/**
 * Searches for a tag that matches all patterns of a list and does not match all patterns of any other group.
 * @param all the patterns that the tag has to match; at least one
 * @param notAllOf groups of patterns. In each group, there must be a pattern that the tag does not match
 * @param effort the limit of the search, which is reduced by the steps that it takes
 */
export function findTag(
  all: readonly string[],
  notAllOf: readonly (readonly string[])[],
  effort: Effort,
): Search {
  if (notAllOf.some((group) => group.length === 0)) return 'none';
  const patterns = [...all, ...notAllOf.flat()];
  // By code units, in the same way as the automata.
  const literal = new Set(patterns.join('').replaceAll('*', '').split(''));
  const foreign = [...TAG_CHARACTERS].find((character) => !literal.has(character));

  // If one pattern is equivalent to all of them, a single tag decides, as in `includes`.
  const narrowest = all.find((inner) => all.every((outer) => includes(outer, inner)));
  if (narrowest !== undefined && foreign !== undefined) {
    const tag = fill(narrowest, foreign);
    const avoids = notAllOf.every((group) => group.some((pattern) => !matches(pattern, tag)));
    return avoids && tag !== '' ? { tag } : 'none';
  }
  const alphabet = foreign === undefined ? [...literal] : [foreign, ...literal];
  return walk(all, notAllOf, alphabet, effort);
}

/** Finds the shortest such tag over an alphabet, breadth first. */
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
  // The queue grows during the iteration.
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
 * A pattern as a deterministic automaton that is constructed on demand. A state is the set of positions in the pattern
 * that a text can lead to, starting at the last `*`: earlier positions add nothing to that `*`. The automaton therefore
 * has at most as many states as the pattern has characters, as in the Knuth-Morris-Pratt algorithm.
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
