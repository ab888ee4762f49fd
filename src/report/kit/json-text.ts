/** Large documents as text, a piece at a time: ten thousand findings need not be in memory twice more. */
import { inertJson } from './escape.ts';

const PIECE_LENGTH = 64 * 1024;
// Down to the lists that are long: those of an image, and in SARIF those of a run and of its tool.
const DEPTH = 6;

/**
 * The text of `JSON.stringify(document, undefined, 2)` and a newline, in pieces of about 64 Ki characters. What a
 * reader could not see is escaped, and so is what the runner would execute if the file is printed in a log: texts from
 * scans are in it as they are.
 * @param document plain JSON; members that are undefined are left out. In the lists that come in pieces any
 *   iterable stands for a list, and is gone through once.
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

/** A list of which each element is made when it is its turn, anew each time the list is gone through. */
export function oneByOne<A, B>(items: Iterable<A>, make: (item: A) => B): Iterable<B> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield make(item);
    },
  };
}

/** @param lineBreak a newline and the indentation of what is under way */
function* parts(value: unknown, lineBreak: string, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    // A newline in JSON's text is always the serializer's own: those of strings are escaped.
    yield JSON.stringify(value ?? null, undefined, 2).replaceAll('\n', lineBreak);
    return;
  }
  const inner = `${lineBreak}  `;
  const [open, close] = isList(value) ? '[]' : '{}';
  let before = open;
  for (const [name, member] of members(value)) {
    yield name === undefined ? `${before}${inner}` : `${before}${inner}${JSON.stringify(name)}: `;
    // One element of what is made one by one is small.
    yield* parts(member, inner, isList(value) && !Array.isArray(value) ? 0 : depth - 1);
    before = ',';
  }
  yield before === ',' ? `${lineBreak}${close}` : `${open}${close}`;
}

function isList(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/** What a list or an object holds, with its names where it has any. */
function* members(value: object): Generator<[name: string | undefined, member: unknown]> {
  if (isList(value)) for (const member of value) yield [undefined, member];
  else for (const entry of Object.entries(value)) if (entry[1] !== undefined) yield entry;
}
