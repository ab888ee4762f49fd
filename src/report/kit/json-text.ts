/** Large documents as text, one piece at a time, to save memory. */
import { inertJson } from './escape.ts';

const PIECE_LENGTH = 64 * 1024;
// Deep enough for the long lists: those of an image and, in SARIF, those of a run and its tool.
const DEPTH = 6;

/**
 * A document as JSON text and a newline, in pieces of about 64 Ki characters. It is the text of
 * `JSON.stringify(document, undefined, 2)`, except that each element of an iterable is on one line: a long list is thereby
 * rendered faster, and is half as long. Invisible characters and workflow commands are escaped: the document contains external
 * text.
 * @param document plain JSON; undefined members are omitted. An iterable that is no array stands for a long list and is
 *   iterated once.
 */
export function* jsonText(document: object): Generator<string> {
  let piece = '';
  for (const part of parts(document, '\n', DEPTH)) {
    piece += inertJson(part);
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

/** A list whose elements are created during iteration, again for each iteration. */
export function oneByOne<A, B>(items: Iterable<A>, make: (item: A) => B): Iterable<B> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield make(item);
    },
  };
}

/** @param lineBreak a newline and the indentation of the value */
function* parts(value: unknown, lineBreak: string, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    // Newlines in JSON text come from the serializer: those in strings are escaped.
    yield JSON.stringify(value ?? null, undefined, 2).replaceAll('\n', lineBreak);
    return;
  }
  const inner = `${lineBreak}  `;
  const [open, close] = isList(value) ? '[]' : '{}';
  let before = open;
  if (isList(value) && !Array.isArray(value)) {
    for (const element of value) {
      yield `${before}${inner}${JSON.stringify(element)}`;
      before = ',';
    }
  } else {
    for (const [name, member] of members(value)) {
      yield name === undefined ? `${before}${inner}` : `${before}${inner}${JSON.stringify(name)}: `;
      yield* parts(member, inner, depth - 1);
      before = ',';
    }
  }
  yield before === ',' ? `${lineBreak}${close}` : `${open}${close}`;
}

function isList(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/** The elements of a list, or the members of an object with their names. */
function* members(value: object): Generator<[name: string | undefined, member: unknown]> {
  if (isList(value)) for (const member of value) yield [undefined, member];
  else for (const entry of Object.entries(value)) if (entry[1] !== undefined) yield entry;
}
