/** Matches the globs of policies and exceptions. */

// The parts of a glob. `**/` also matches no directory. Every other character stands for itself.
const TOKEN = /(?<=^|\/)\*\*\/|\*+|\?|\[([^\]]+)\]|\{([^{}]+)\}|./gsu;

/** Whether a character leads from a state to the next one. */
type Test = (character: string) => boolean;

/** A state of the automaton of a glob: where it leads with a character (`moves`), and without one (`free`). */
interface State {
  readonly moves: { readonly test: Test; readonly to: number }[];
  readonly free: number[];
}

/** Its first state is the start. */
interface Automaton {
  readonly states: readonly State[];
  readonly end: number;
}

/** A set of states that a text leads to, and where each character leads from there. */
interface Reached {
  readonly states: readonly number[];
  readonly isEnd: boolean;
  /** The characters that were tried. Undefined: the character leads nowhere. */
  readonly next: Map<string, Reached | undefined>;
}

/** The most steps that are kept. Globs and names are not trusted, and each character can be a different one. */
const MOST_KEPT = 5_000;

/**
 * Whether a glob matches a whole text: `*` matches anything but `/`, `**` anything, `?` one character but `/`, `[a-z]` one of
 * these characters, `{a,b}` either. There is no negation. Glob and text can come from a pull request, so the time is
 * proportional to the length of both; a regular expression could take exponential time. `ignoreCase` is about A to Z alone.
 */
export function matchesGlob(glob: string, text: string, { ignoreCase = false } = {}): boolean {
  return matchesAny(listOf(glob), text, { ignoreCase });
}

/** The list of one glob, always the same object: matchers are kept by list. */
export function listOf(glob: string): readonly string[] {
  const list = lists.get(glob) ?? [glob];
  lists.set(glob, list);
  return list;
}

/** Whether one of several globs matches a text. Many globs take hardly more time than one. */
export function matchesAny(
  globs: readonly string[],
  text: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): boolean {
  return matcherOf(globs, ignoreCase)(ignoreCase ? lowerCase(text) : text);
}

type Matcher = (text: string) => boolean;

const lists = new Map<string, readonly string[]>();
const exactMatchers = new WeakMap<readonly string[], Matcher>();
const foldedMatchers = new WeakMap<readonly string[], Matcher>();

function matcherOf(globs: readonly string[], ignoreCase: boolean): Matcher {
  const matchers = ignoreCase ? foldedMatchers : exactMatchers;
  const known = matchers.get(globs);
  if (known !== undefined) return known;
  const matcher = newMatcher(automatonOf(ignoreCase ? globs.map(lowerCase) : globs));
  matchers.set(globs, matcher);
  return matcher;
}

function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Follows all paths through the automaton at once, and keeps the results. */
function newMatcher({ states, end }: Automaton): Matcher {
  let kept = new Map<string, Reached>();
  let steps = 0;
  let start: Reached | undefined;
  const reached = (from: readonly number[]): Reached => {
    const all = withFree(states, from);
    const key = all.join();
    const found = kept.get(key) ?? { states: all, isEnd: all.includes(end), next: new Map() };
    kept.set(key, found);
    return found;
  };
  const step = (at: Reached, character: string): Reached | undefined => {
    const known = at.next.get(character);
    if (known !== undefined || at.next.has(character)) return known;
    if (steps === MOST_KEPT) {
      kept = new Map();
      steps = 0;
      start = undefined;
    }
    const next: number[] = [];
    for (const state of at.states) {
      for (const { test, to } of states[state]?.moves ?? []) if (test(character)) next.push(to);
    }
    const led = next.length === 0 ? undefined : reached(next);
    at.next.set(character, led);
    steps += 1;
    return led;
  };
  return (text) => {
    start ??= reached([0]);
    let at: Reached | undefined = start;
    for (const character of text) {
      at = step(at, character);
      if (at === undefined) return false;
    }
    return at.isEnd;
  };
}

/** The states, and the states that they lead to without a character, each once and in order. */
function withFree(states: readonly State[], from: readonly number[]): number[] {
  const isReached = new Uint8Array(states.length);
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (isReached[at] === 1) continue;
    isReached[at] = 1;
    open.push(...(states[at]?.free ?? []));
  }
  const all: number[] = [];
  for (let at = isReached.indexOf(1); at !== -1; at = isReached.indexOf(1, at + 1)) all.push(at);
  return all;
}

const anything: Test = () => true;
const noSlash: Test = (character) => character !== '/';

/** The automaton that accepts what one of the globs matches. */
function automatonOf(globs: readonly string[]): Automaton {
  const states: State[] = [];
  const state = () => states.push({ moves: [], free: [] }) - 1;
  const free = (from: number, to: number) => void states[from]?.free.push(to);
  const move = (from: number, test: Test, to = state()) => {
    states[from]?.moves.push({ test, to });
    return to;
  };
  const any = (from: number, test: Test) => {
    const loop = state();
    free(from, loop);
    return move(loop, test, loop);
  };

  /**
   * Adds the states of a pattern after a state, and returns the last of them.
   * @param isSegment whether the pattern begins a segment of the path: a choice in braces can be in the middle of one
   */
  const pattern = (text: string, from: number, isSegment = true): number => {
    let at = from;
    for (const { 0: token, 1: members, 2: choices, index } of text.matchAll(TOKEN)) {
      const beginsSegment = index === 0 ? isSegment : text[index - 1] === '/';
      if (members !== undefined) {
        at = move(at, memberOf(members));
      } else if (choices !== undefined) {
        const before = at;
        at = state();
        for (const choice of choices.split(',')) free(pattern(choice, before, beginsSegment), at);
      } else if (token === '**/') {
        const behind = state();
        if (beginsSegment) free(at, behind);
        at = move(any(at, anything), is('/'), behind);
      } else if (token.startsWith('*')) {
        at = any(at, token === '*' ? noSlash : anything);
      } else {
        at = move(at, token === '?' ? noSlash : is(token));
      }
    }
    return at;
  };
  const start = state();
  const end = state();
  for (const glob of globs) free(pattern(glob, start), end);
  return { end, states };
}

function is(wanted: string): Test {
  return (character) => character === wanted;
}

/** The content of a character class. A range in the wrong order is three characters. */
function memberOf(members: string): Test {
  const single = new Set<string>();
  const ranges: { readonly from: number; readonly to: number }[] = [];
  for (const [token, first, last] of members.matchAll(/(.)-(.)|./gsu)) {
    const [from, to] = [codeOf(first), codeOf(last)];
    if (from <= to) ranges.push({ from, to });
    else for (const character of token) single.add(character);
  }
  return (character) => {
    const code = codeOf(character);
    return single.has(character) || ranges.some(({ from, to }) => from <= code && code <= to);
  };
}

/** NaN for no character: it is neither less nor greater than any number. */
function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? Number.NaN;
}
