/** Documents as they are read: their text, their values, and where in the file each of them stands. */
import { GateError } from '../errors.ts';

export type Path = readonly (string | number)[];

/** Line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A document that is well-formed; whether it says anything right is another question. */
export interface SourceDocument {
  /** How messages name it. */
  readonly file: string;
  /** Strings, finite or infinite numbers, booleans, null, arrays, and objects without a prototype. */
  readonly value: unknown;
  /** How many values there are in it, at all depths. */
  readonly size: number;
  /** The offset of a value, or of the key it has; where there is no such value, of the nearest one around it. */
  offsetOf(path: Path, at?: 'key' | 'value'): number;
  /** Line and column of an offset. It goes through the text: ask for the few that are shown. */
  positionOf(offset: number): Position;
  /** Both of them. */
  locate(path: Path, at?: 'key' | 'value'): Position;
  /** A key and its value as the document's language writes them. */
  example(key: string, value: unknown): string;
}

/** The longest part of a document that a message repeats. */
const LONGEST_QUOTE = 60;

/** How deep a document may nest: what is meant to be read needs a handful. */
export const DEEPEST = 32;

/**
 * The text of a document.
 * @throws GateError `input` if it is too large, not UTF-8, or has characters that no text has
 */
export function decode(bytes: Uint8Array, file: string, maxBytes: number): string {
  if (bytes.byteLength > maxBytes) throw tooLarge(file, maxBytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new GateError('input', `${file}: it is not UTF-8 text.`, {
      nextStep: `Save ${file} as UTF-8.`,
      cause: error,
    });
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
  const control = text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
  if (control !== -1) throw problem(file, positionOf(text, control), [], 'has a control character');
  return text;
}

/** The error for a document that is larger than it may be. */
export function tooLarge(file: string, maxBytes: number): GateError {
  const most = maxBytes % MIB === 0 ? `${maxBytes / MIB} MiB` : `${maxBytes / 1024} KiB`;
  return new GateError('input', `${file}: expected at most ${most}, got more.`, {
    nextStep: 'Split the file into several, or take out what is no longer needed.',
  });
}

const MIB = 1024 * 1024;

const FEWER = 'Take out what is no longer needed, or write several of them as one.';

/** The error for a document that has more of something than it may have. */
export function tooMany(file: string, most: number, what: string): GateError {
  return new GateError('input', `${file}: expected at most ${most} ${what}, got more.`, { nextStep: FEWER });
}

/** The same where it is known how many there are, and where. */
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

/** `rules[2].when.score`; empty for the document itself. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      const text = /^[A-Za-z0-9_@-]+$/.test(part) ? part : quote(part);
      return index === 0 ? text : `.${text}`;
    })
    .join('');
}

/** An error in a document, in the form `FILE:LINE:COLUMN: PATH: WHAT.` */
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

/** The error for a key that a mapping has twice. */
export function duplicateKey(
  file: string,
  position: Position,
  path: Path,
  vocabulary: Vocabulary | undefined,
): GateError {
  const shown = known(path, vocabulary);
  const what = shown.length === path.length ? 'is there twice' : 'a key is there twice';
  return problem(file, position, shown, what, 'Keep one of the two.');
}

/**
 * What a value is, for the end of a sentence.
 * @param isQuoted whether the value itself may be in the message. Messages are in logs, and the file may be another one
 *   than was meant, such as a file of secrets.
 */
export function describe(value: unknown, isQuoted = true): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  if (isQuoted) return typeof value === 'string' ? quote(value) : String(value);
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

/**
 * The words of a schema: its keys and the values that it names. Messages about a document may contain these and no other
 * words of it. Without a vocabulary they may contain all.
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
