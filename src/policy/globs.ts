/** Globs as policies and exceptions use them. */
import picomatch from 'picomatch/posix.js';

// No negation and no extended patterns: `!openssl` would match everything else.
const OPTIONS = { dot: true, nonegate: true, noextglob: true, strictSlashes: true } as const;

const compiled = new Map<string, (text: string) => boolean>();

/**
 * Whether a text matches a glob as a whole: `*` stands for anything but `/`, `**` for anything, `?` for one
 * character, `{a,b}` for either. Regular expressions backtrack: whoever reads globs from a file allows three
 * wildcards in one, because more could take minutes.
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
