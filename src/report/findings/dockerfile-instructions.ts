/**
 * Reads the instructions of a Dockerfile as BuildKit does: comments, continuation lines, the directive `escape` and
 * here-documents. Source: moby/buildkit, frontend/dockerfile/parser (parser.go, directives.go) and shell/lex.go.
 */

export interface Instruction {
  /** In capitals. */
  readonly keyword: string;
  /** The text after the keyword, continuation lines joined. */
  readonly rest: string;
  /** The line on which the instruction starts, counted from 1. */
  readonly line: number;
}

/** The instructions of a Dockerfile, in order, without the content of here-documents. */
export function instructionsOf(lines: readonly string[]): Instruction[] {
  const endOf = hereDocumentsIn(lines);
  const continuation = continuationBy(escapeCharacter(lines));
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    if (isBlankOrComment(lines[at])) continue;
    const parts: string[] = [];
    for (; at < lines.length; at += 1) {
      const text = lines[at] ?? '';
      // Comments and empty lines inside an instruction do not end it.
      if (parts.length > 0 && isBlankOrComment(text)) continue;
      const open = continuation(text);
      parts.push(open ?? text);
      if (open === undefined) break;
    }
    const [, keyword, rest = ''] = /^\s*([A-Za-z]+)(?:\s+(.*))?$/s.exec(parts.join('')) ?? [];
    if (keyword === undefined) continue;
    instructions.push({ keyword: keyword.toUpperCase(), rest, line });
    if (canHaveHereDocuments(keyword, rest)) at = endOf(at, rest);
  }
  return instructions;
}

/** The strings of an instruction in JSON form, such as `["make", "all"]`; undefined for other text. */
export function stringsIn(text: string): string[] | undefined {
  if (!/^\s*\[.*\]\s*$/s.test(text)) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((word) => typeof word === 'string') ? list : undefined;
  } catch {
    // A command that looks like a list.
    return undefined;
  }
}

/** The text after the flags of an instruction (`--mount=…`). */
export function withoutFlags(text: string): string {
  return text.replace(/^(\s*--[a-z-]+(=\S*)?(?=\s))+/, '');
}

function isBlankOrComment(line: string | undefined): boolean {
  return /^\s*(#|$)/.test(line ?? '');
}

/** The character of the parser directive `escape`; a backslash without it. Directives come before everything else. */
function escapeCharacter(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name, value = ''] = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*)$/.exec(line) ?? [];
    if (name === undefined) return '\\';
    if (name.toLowerCase() === 'escape') return value.trimEnd() === '`' ? '`' : '\\';
  }
  return '\\';
}

/**
 * Makes a function that returns a line without the escape character at its end, or undefined if the next line does not
 * continue it. An escape character that another one precedes is escaped.
 */
function continuationBy(escapeWith: string): (line: string) => string | undefined {
  return (line) => {
    let end = line.length;
    while (line[end - 1] === ' ' || line[end - 1] === '\t') end -= 1;
    const last = end - 1;
    return line[last] === escapeWith && line[last - 1] !== escapeWith ? line.slice(0, last) : undefined;
  };
}

/** BuildKit looks for here-documents in these instructions alone, and not if they are in JSON form. */
function canHaveHereDocuments(keyword: string, rest: string): boolean {
  const [, nested, nestedRest = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
  if (/^ONBUILD$/i.test(keyword) && nested !== undefined && !/^ONBUILD$/i.test(nested)) {
    return canHaveHereDocuments(nested, nestedRest);
  }
  return /^(RUN|COPY|ADD)$/i.test(keyword) && stringsIn(withoutFlags(rest)) === undefined;
}

interface HereDocument {
  readonly name: string;
  /** `<<-`: the line that ends it can begin with tabs. */
  readonly isTabbed: boolean;
}

/**
 * Makes a function that returns the index of the line on which the here-documents of an instruction end. If it has none,
 * that is the instruction's own last line.
 */
function hereDocumentsIn(lines: readonly string[]): (at: number, rest: string) => number {
  // The lines by their text, with tabs at the beginning and without. Most files need neither.
  let plain: Map<string, number[]> | undefined;
  let untabbed: Map<string, number[]> | undefined;
  const by = (text: (line: string) => string) =>
    Map.groupBy(lines.keys(), (index) => text(lines[index] ?? ''));
  return (at, rest) => {
    let end = at;
    for (const { name, isTabbed } of hereDocuments(rest)) {
      if (isTabbed) untabbed ??= by((line) => line.replace(/^\t+/, ''));
      else plain ??= by((line) => line);
      const same = (isTabbed ? untabbed : plain)?.get(name) ?? [];
      const found = same[firstWhere(same.length, (index) => (same[index] ?? 0) > end)];
      // BuildKit refuses a here-document without an end, so this is something else.
      if (found !== undefined) end = found;
    }
    return end;
  };
}

/** The here-documents that an instruction announces: each is a word of its own, such as `<<EOF`, `<<-"EOF"` or `3<<EOF`. */
function hereDocuments(text: string): HereDocument[] {
  return wordsOf(text).flatMap(({ raw, plain }) => {
    const [, start, dash] = /^(\d*<<(-?))[^<]+$/.exec(raw) ?? [];
    if (start === undefined) return [];
    // What precedes the name has no quotes, so it is as long in the word without them.
    return [{ name: plain.slice(start.length), isTabbed: dash === '-' }];
  });
}

interface Word {
  /** As it is written. */
  readonly raw: string;
  /** Without quotes and escapes. */
  readonly plain: string;
}

/** The words of a shell command. BuildKit finds none in a text whose last quote is open. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let start: number | undefined;
  let plain: string[] = [];
  const end = (at: number) => {
    if (start !== undefined) words.push({ raw: text.slice(start, at), plain: plain.join('') });
    start = undefined;
    plain = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (/\s/.test(character)) {
      end(at);
      continue;
    }
    start ??= at;
    if (character === '\\') {
      at += 1;
      plain.push(text[at] ?? '');
    } else if (character === "'") {
      const close = text.indexOf("'", at + 1);
      if (close === -1) return [];
      plain.push(text.slice(at + 1, close));
      at = close;
    } else if (character === '"') {
      const close = endOfQuoted(text, at + 1);
      if (close === -1) return [];
      plain.push(text.slice(at + 1, close).replace(/\\(["$\\])/g, '$1'));
      at = close;
    } else {
      plain.push(character);
    }
  }
  end(text.length);
  return words;
}

/** The index of the double quote that ends a quoted text; -1 if there is none. */
function endOfQuoted(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/** The first of `length` indexes for which something holds, as it does for all after it; `length` if for none. */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
