/** Globs as policies and exceptions use them. */

// What a glob is made of. `**/` stands for no directory as well; anything that is none of these is meant as it is.
const TOKEN = /(?<=^|\/)\*\*\/|\*+|\?|\[([^\]]+)\]|\{([^{}]+)\}|./gs;

const compiled = new Map<string, RegExp>();

/**
 * Whether a text matches a glob as a whole: `*` stands for anything but `/`, `**` for anything, `?` for one
 * character that is no `/`, `[a-z]` for one of these, `{a,b}` for either. There is no negation. Regular expressions
 * backtrack: whoever reads globs from a file allows three wildcards in one, because more could take minutes.
 */
export function matchesGlob(glob: string, text: string, { ignoreCase = false } = {}): boolean {
  const key = `${ignoreCase} ${glob}`;
  let matcher = compiled.get(key);
  if (matcher === undefined) {
    // Names come from images: no line end and no `..` in one may keep it from a rule that is about anything.
    matcher = new RegExp(`^(?:${patternOf(glob)})$`, ignoreCase ? 'is' : 's');
    compiled.set(key, matcher);
  }
  return matcher.test(text);
}

function patternOf(glob: string): string {
  return glob.replace(TOKEN, (token, members?: string, choices?: string) => {
    if (members !== undefined) return `[${membersOf(members)}]`;
    if (choices !== undefined) return `(?:${choices.split(',').map(patternOf).join('|')})`;
    if (token === '**/') return '(?:.*/)?';
    if (token.startsWith('**')) return '.*';
    if (token === '*') return '[^/]*';
    return token === '?' ? '[^/]' : literal(token);
  });
}

/** The inside of a character class; a range that runs backwards is three characters. */
function membersOf(members: string): string {
  return members.replace(/(.)-(.)|./gs, (token, from?: string, to?: string) =>
    from !== undefined && to !== undefined && from <= to
      ? `${literal(from)}-${literal(to)}`
      : [...token].map(literal).join(''),
  );
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
