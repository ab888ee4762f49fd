/** Globs as policies and exceptions use them. */
import picomatch from 'picomatch/posix.js';

// No negation and no extended patterns: `!openssl` would match everything else.
const OPTIONS = { dot: true, nonegate: true, noextglob: true, strictSlashes: true } as const;

// Regular expressions backtrack: with more wildcards than this a hostile pattern could take minutes.
const MOST_WILDCARDS = 3;
const LONGEST = 256;

const compiled = new Map<string, (text: string) => boolean>();

/**
 * What is wrong with a glob; undefined where nothing is. A blank one is refused, because it must not be taken
 * for one that matches everything.
 */
export function globFault(glob: string): string | undefined {
  if (glob.trim() === '') return 'is blank';
  if (glob !== glob.trim()) return 'has space around it';
  if (glob.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if ((glob.match(/\*+/g)?.length ?? 0) > MOST_WILDCARDS) return `has more than ${MOST_WILDCARDS} wildcards`;
  return undefined;
}

/**
 * Whether a text matches a glob as a whole: `*` stands for anything but `/`, `**` for anything, `?` for one
 * character, `{a,b}` for either.
 */
export function matchesGlob(glob: string, text: string, { ignoreCase = false } = {}): boolean {
  const key = `${ignoreCase} ${glob}`;
  let matcher = compiled.get(key);
  if (matcher === undefined) {
    // picomatch leaves these to the regular expression it makes: `g++` would match `g+++`.
    const literal = glob.replace(/[+()|^$\\!@]/g, '\\$&');
    matcher = picomatch(literal, { ...OPTIONS, nocase: ignoreCase });
    compiled.set(key, matcher);
  }
  return matcher(text);
}
