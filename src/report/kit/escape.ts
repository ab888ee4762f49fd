/**
 * Makes external text (findings, error messages, image names) inert. Characters that a reader cannot see, or that change how
 * the rest is displayed, become visible escapes such as `\u202e`. The emoji of the report itself are not external text:
 * add them after escaping, because some contain a variation selector.
 */

// Control, format and bidi characters, unpaired surrogates, private and unassigned code points, line and paragraph
// separators, every space except the ordinary one, the blank Braille pattern, the musical null notehead (Unicode collation,
// by which the runner finds "##[" in a line, ignores it), and all default-ignorable code points of Unicode (zero-width
// characters, fillers, variation selectors, tags).
const INVISIBLE = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/gu;

// In JSON text these three occur only between values: in a string they are escaped.
const INVISIBLE_IN_JSON = new RegExp(`(?![\\n\\r\\t])${INVISIBLE.source}`, INVISIBLE.flags);
// Almost all text is printable, and then nothing is escaped. This is much faster to find out.
const PRINTABLE = /^[\n -~]*$/;
const PRINTABLE_LINE = /^[ -~]*$/;

// Unicode collation also ignores many combining marks, and a few letters that only prolong others.
const OLD_COMMAND = /#([\p{M}\u0640\u07fa\u180a\u1cd3\ufe73]*)#([\p{M}\u0640\u07fa\u180a\u1cd3\ufe73]*)\[/gu;
const COMMAND = /^([ \p{M}\u0640\u07fa\u180a\u1cd3\ufe73]*):(?=[\p{M}\u0640\u07fa\u180a\u1cd3\ufe73]*:)/u;

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
 * Text for an HTML block or a quoted attribute: one line without HTML syntax, and without a workflow command, because the
 * file may be printed in a log.
 */
export function html(text: string): string {
  return visible(text)
    .replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
    .replace(OLD_COMMAND, '#$1&#35;$2[')
    .replace(COMMAND, '$1&#58;');
}

/**
 * Text for a line of the log or an annotation: one line that is not a workflow command. The runner executes `::` at the start
 * of a line, after any spaces, and `##[` anywhere in a line. Source: actions/runner, ActionCommand.cs (TryParseV2 and
 * TryParse).
 */
export function line(text: string): string {
  return noCommand(visible(text));
}

/** A line whose external text is escaped already, without a workflow command. */
export function noCommand(text: string): string {
  return text.replace(OLD_COMMAND, '#$1\\u0023$2[').replace(COMMAND, '$1\\u003a');
}

/**
 * JSON text with JSON escapes for invisible characters, and for what the runner would execute as a workflow command if the
 * file is printed in a log. Values and layout stay the same. A line of JSON never starts with `::`.
 */
export function inertJson(text: string): string {
  // In printable text, a command has only this spelling.
  if (PRINTABLE.test(text) && !text.includes('##[')) return text;
  return text.replace(INVISIBLE_IN_JSON, utf16Escapes).replace(OLD_COMMAND, '#$1\\u0023$2[');
}

/**
 * Text for a message of a SARIF file: one line without brackets, which form links, braces, which mark arguments (SARIF 2.1.0,
 * 3.11.5 and 3.11.6), and angle brackets. SARIF has escapes for them, but not every reader supports these.
 */
export function plain(text: string): string {
  return visible(text).replace(/[[\]{}<>]/g, (character) => LOOKALIKES[character] ?? '');
}

// A word that contains more than letters could become a link, a mention, an emoji or markup.
const PLAIN_WORD = /^\p{L}+(['’-]\p{L}+)*[.,;:!?]?$/u;

/** Text for a line of Markdown. Every word that is not plain is in a code span, which Markdown does not process. */
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
  if (PRINTABLE_LINE.test(text)) return text;
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
