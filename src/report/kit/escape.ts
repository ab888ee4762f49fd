/**
 * Makes text from elsewhere (findings, error messages, image names) inert where it is printed. What a
 * reader could not see, or what would change how the rest is read, becomes a visible `\u202e`-style escape.
 */

// Controls, format and bidi characters, surrogates without their other half, private and unassigned code
// points, line and paragraph separators, every space but the ordinary one, the blank Braille pattern, the musical
// null notehead (Unicode's collation ignores it, by which the runner finds "##[" in a line), and whatever
// Unicode calls ignorable by default (zero-width characters, fillers, variation selectors, tags).
const INVISIBLE = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/gu;

// In text of JSON these three stand between values only: in a string they are escaped.
const INVISIBLE_IN_JSON = new RegExp(`(?![\\n\\r\\t])${INVISIBLE.source}`, INVISIBLE.flags);
const PRINTABLE = /^[\n -~]*$/;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

const LOOKALIKES: Readonly<Record<string, string>> = {
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '<': '‹',
  '>': '›',
};

/**
 * Text for an HTML block or a quoted attribute: one line, without a character that HTML gives a meaning, and without a
 * workflow command, since the file may be printed in a log.
 */
export function html(text: string): string {
  return visible(text)
    .replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
    .replace(/##\[/g, '#&#35;[')
    .replace(/^( *):(?=:)/, '$1&#58;');
}

/**
 * Text for a line of the log or an annotation: one line that the runner does not take for a workflow command.
 * It obeys `::` at the start of a line, spaces before it aside, and `##[` anywhere in one. Source: actions/runner,
 * ActionCommand.cs (TryParseV2 and TryParse).
 */
export function line(text: string): string {
  return noCommand(visible(text));
}

/** One line of text of ours, with text from elsewhere in it that is visible already: no workflow command. */
export function noCommand(text: string): string {
  return text.replace(/##\[/g, '#\\u0023[').replace(/^( *):(?=:)/, '$1\\u003a');
}

/**
 * JSON's own escapes, in text of JSON, for what a reader of the file could not see, and for what the runner would take
 * for a workflow command if the file is printed in a log. Value and layout stay the same. A line of JSON never begins with
 * `::`.
 */
export function inertJson(text: string): string {
  const seen = PRINTABLE.test(text) ? text : text.replace(INVISIBLE_IN_JSON, utf16Escapes);
  return seen.replaceAll('##[', '#\\u0023[');
}

/**
 * Text for a message of a SARIF file: one line, without the brackets that make a link of it and the braces that
 * stand for an argument (SARIF 2.1.0, 3.11.5 and 3.11.6), or the angle brackets of HTML. Not every reader
 * undoes the escapes that SARIF has for them.
 */
export function plain(text: string): string {
  return visible(text).replace(/[[\]{}<>]/g, (character) => LOOKALIKES[character] ?? '');
}

// What a link, a mention, an emoji or markup could be made of has more in it than letters.
const PLAIN_WORD = /^\p{L}+(['’-]\p{L}+)*[.,;:!?]?$/u;

/** Text for a line of Markdown: whatever is not a plain word stands in a code span, where nothing has a meaning. */
export function markdown(text: string): string {
  const words = visible(text)
    .split(' ')
    .filter((word) => word !== '');
  return words
    .map((word, index) => {
      if (PLAIN_WORD.test(word)) return word;
      const opens = index === 0 || PLAIN_WORD.test(words[index - 1] ?? '');
      const closes = index === words.length - 1 || PLAIN_WORD.test(words[index + 1] ?? '');
      return `${opens ? '`' : ''}${spanned(word)}${closes ? '`' : ''}`;
    })
    .join(' ');
}

/** Text as one code span of Markdown, in a table or elsewhere. */
export function codeSpan(text: string): string {
  const content = spanned(visible(text)).trim();
  return content === '' ? '–' : `\`${content}\``;
}

/** A code span ends at a backtick, and a cell of a table at a bar, even in a code span. */
function spanned(text: string): string {
  return text.replace(/`/g, "'").replace(/\|/g, '¦');
}

function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => NAMED[character] ?? escaped(character.codePointAt(0) ?? 0));
}

function utf16Escapes(character: string): string {
  return character
    .split('')
    .map((unit) => escaped(unit.charCodeAt(0)))
    .join('');
}

function escaped(codePoint: number): string {
  const hex = codePoint.toString(16);
  return codePoint > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
