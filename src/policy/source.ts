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
  /** Where a value is, or the key it has; where there is no such value, the nearest one around it. */
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
  if (bytes.byteLength > maxBytes) {
    throw new GateError('input', `${file}: expected at most ${maxBytes / 1024} KiB, got more.`);
  }
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

/** The line and column of an offset in a text. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
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
  return new GateError('input', `${file}:${line}:${column}:${place} ${what}.`, { nextStep });
}

/** The error for a key that a mapping has twice. */
export function twice(
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

/** The known word that somebody who wrote this one may have meant; undefined if none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[_\s]+/g, '-');
  const written = plain(word.slice(0, LONGEST_QUOTE));
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(written, plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** Levenshtein's distance, a swap of neighbours counting as one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const cell = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          cell(i - 1, j) + 1,
          cell(i, j - 1) + 1,
          cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
          swapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return cell(a.length, b.length);
}
