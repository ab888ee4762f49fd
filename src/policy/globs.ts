/** Globs as policies and exceptions use them. */

// What a glob is made of. `**/` stands for no directory as well; anything that is none of these is meant as it is.
const TOKEN = /(?<=^|\/)\*\*\/|\*+|\?|\[([^\]]+)\]|\{([^{}]+)\}|./gsu;

/** Whether a state can be left with a character. */
type Test = (character: string) => boolean;

/** A state of the automaton that a glob is: where it leads with a character, and where without one. */
interface State {
  readonly moves: { readonly test: Test; readonly to: number }[];
  readonly free: number[];
}

/** Begins in its first state. */
interface Automaton {
  readonly states: readonly State[];
  readonly end: number;
}

const automata = new Map<string, Automaton>();

/**
 * Whether a text matches a glob as a whole: `*` stands for anything but `/`, `**` for anything, `?` for one
 * character that is no `/`, `[a-z]` for one of these, `{a,b}` for either. There is no negation. Both come from
 * whoever opens a pull request, so it takes time in proportion to the length of either, where a regular expression
 * could take for ever. Case left out of account is that of A to Z.
 */
export function matchesGlob(glob: string, text: string, { ignoreCase = false } = {}): boolean {
  const wanted = ignoreCase ? lowerCase(glob) : glob;
  let automaton = automata.get(wanted);
  if (automaton === undefined) {
    automaton = automatonOf(wanted);
    automata.set(wanted, automaton);
  }
  return accepts(automaton, ignoreCase ? lowerCase(text) : text);
}

function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Follows every way through the automaton at once. */
function accepts({ states, end }: Automaton, text: string): boolean {
  let reached = withFree(states, new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const at of reached) {
      for (const { test, to } of states[at]?.moves ?? []) if (test(character)) next.add(to);
    }
    if (next.size === 0) return false;
    reached = withFree(states, next);
  }
  return reached.has(end);
}

/** A set grows while it is walked through: so every state is reached once. */
function withFree(states: readonly State[], reached: Set<number>): Set<number> {
  for (const at of reached) for (const to of states[at]?.free ?? []) reached.add(to);
  return reached;
}

const anything: Test = () => true;
const noSlash: Test = (character) => character !== '/';

function automatonOf(glob: string): Automaton {
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

  /** Adds what a pattern stands for behind a state, and returns the state behind that. */
  const pattern = (text: string, from: number): number => {
    let at = from;
    for (const [token, members, choices] of text.matchAll(TOKEN)) {
      if (members !== undefined) {
        at = move(at, memberOf(members));
      } else if (choices !== undefined) {
        const before = at;
        at = state();
        for (const choice of choices.split(',')) free(pattern(choice, before), at);
      } else if (token === '**/') {
        const behind = state();
        free(at, behind);
        at = move(any(at, anything), is('/'), behind);
      } else if (token.startsWith('*')) {
        at = any(at, token === '*' ? noSlash : anything);
      } else {
        at = move(at, token === '?' ? noSlash : is(token));
      }
    }
    return at;
  };
  return { end: pattern(glob, state()), states };
}

function is(wanted: string): Test {
  return (character) => character === wanted;
}

/** The inside of a character class; a range that runs backwards is three characters. */
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

/** No number, which is in no order with any, for no character. */
function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? Number.NaN;
}
