/** Documents with the place of each value in the file, and errors about them. */
import { GateError } from '../errors.ts';

export type Path = readonly (string | number)[];

/** Line and column, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A well-formed document. Its content is not checked yet. */
export interface SourceDocument {
  /** The name of the file in messages. */
  readonly file: string;
  /** Strings, finite or infinite numbers, booleans, null, arrays, and objects without a prototype. */
  readonly value: unknown;
  /** The number of values at all depths. */
  readonly size: number;
  /** The offset of a value or of its key. If there is no such value, that of the nearest one around it. */
  offsetOf(path: Path, at?: 'key' | 'value'): number;
  /** Line and column of an offset. It searches the text, so it is for the few places that are shown. */
  positionOf(offset: number): Position;
  /** Line and column of a value or of its key. */
  locate(path: Path, at?: 'key' | 'value'): Position;
  /** A key and its value in the language of the document. */
  example(key: string, value: unknown): string;
}

/** The most characters of a document that a message quotes. */
const LONGEST_QUOTE = 60;

/** The most levels of a document. Usual documents have fewer than ten. */
export const DEEPEST = 32;

/**
 * The text of a document.
 * @throws GateError `input` if it is too large, not UTF-8, or has control characters
 */
export function decode(bytes: Uint8Array, file: string, maxBytes: number): string {
  if (bytes.byteLength > maxBytes) throw tooLarge(file, maxBytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new GateError('input', `${file}: the file is not UTF-8 text.`, {
      nextStep: `Save ${file} as UTF-8.`,
      cause: error,
    });
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are not allowed
  const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
  if (control !== -1) throw problem(file, positionOf(text, control), [], 'the file has a control character');
  return text;
}

/** The error for a document that is too large. */
export function tooLarge(file: string, maxBytes: number): GateError {
  const most = maxBytes % MIB === 0 ? `${maxBytes / MIB} MiB` : `${maxBytes / 1024} KiB`;
  return new GateError('input', `${file}: expected at most ${most}, got more.`, {
    nextStep: 'Split the file, or remove what is no longer needed.',
  });
}

const MIB = 1024 * 1024;

const FEWER = 'Remove what is no longer needed, or combine several into one.';

/** The error for a document that has too many of something. */
export function tooMany(file: string, most: number, what: string): GateError {
  return new GateError('input', `${file}: expected at most ${most} ${what}, got more.`, { nextStep: FEWER });
}

/** The same error with the number and the place. */
export function tooManyAt(
  document: Pick<SourceDocument, 'file' | 'locate'>,
  path: Path,
  { most, what, got }: { readonly most: number; readonly what: string; readonly got: number },
): GateError {
  return problem(
    document.file,
    document.locate(path, 'key'),
    path,
    `expected at most ${most} ${what}, got ${got}`,
    FEWER,
  );
}

/** The line and column of an offset in a text. */
export function positionOf(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: Math.min(offset, text.length) - start + 1 };
}

/** A path as text, such as `rules[2].when.score`. Empty for the document itself. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      const text = /^[A-Za-z0-9_@-]+$/.test(part) ? part : quote(part);
      return index === 0 ? text : `.${text}`;
    })
    .join('');
}

/** An error at a place in a document: `FILE:LINE:COLUMN: PATH: WHAT.` */
export function problem(
  file: string,
  { line, column }: Position,
  path: Path,
  what: string,
  nextStep?: string,
): GateError {
  const place = path.length === 0 ? '' : ` ${formatPath(path)}:`;
  return new GateError('input', `${file}:${line}:${column}:${place} ${what}.`, {
    nextStep,
    location: { file, line },
  });
}

/** The error for a duplicate key. */
export function duplicateKey(
  file: string,
  position: Position,
  path: Path,
  vocabulary: Vocabulary | undefined,
): GateError {
  const shown = known(path, vocabulary);
  const what = shown.length === path.length ? 'the key occurs twice' : 'a key occurs twice';
  return problem(file, position, shown, what, 'Remove one of the two.');
}

/**
 * Describes a value, for the end of a sentence.
 * @param isQuoted whether the message may contain the value itself. Messages are logged, and the file may be another one than
 *   was meant, such as a file of secrets.
 */
export function describe(value: unknown, isQuoted = true): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  if (isQuoted) return typeof value === 'string' ? quote(value) : String(value);
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

/**
 * The words of a schema: its keys and its named values. Messages about a document may contain these words and no others.
 * Without a vocabulary they may contain all words.
 */
export type Vocabulary = ReadonlySet<string>;

/** The part of a path that a message may contain. */
export function known(path: Path, vocabulary: Vocabulary | undefined): Path {
  if (vocabulary === undefined) return path;
  const unknown = path.findIndex((part) => typeof part === 'string' && !vocabulary.has(part));
  return unknown === -1 ? path : path.slice(0, unknown);
}

export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
