/** Large documents as text, a piece at a time: ten thousand findings need not be in memory twice more. */

const PIECE_LENGTH = 64 * 1024;
// Down to one element of a list in an image (or of a run, in SARIF); what is below is small.
const DEPTH = 4;

/**
 * The text of `JSON.stringify(document, undefined, 2)` and a newline, in pieces of about 64 Ki characters.
 * @param document plain JSON; members that are undefined are left out
 */
export function* jsonText(document: object): Generator<string> {
  let piece = '';
  for (const part of parts(document, '\n', DEPTH)) {
    piece += part;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

/** @param lineBreak a newline and the indentation of what is under way */
function* parts(value: unknown, lineBreak: string, depth: number): Generator<string> {
  const isList = Array.isArray(value);
  const members: [string, unknown][] =
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).filter(([, member]) => isList || member !== undefined);
  if (depth === 0 || members.length === 0) {
    // A newline in JSON's text is always the serializer's own: those of strings are escaped.
    yield JSON.stringify(value ?? null, undefined, 2).replaceAll('\n', lineBreak);
    return;
  }
  const inner = `${lineBreak}  `;
  let before = isList ? '[' : '{';
  for (const [name, member] of members) {
    yield isList ? `${before}${inner}` : `${before}${inner}${JSON.stringify(name)}: `;
    yield* parts(member, inner, depth - 1);
    before = ',';
  }
  yield `${lineBreak}${isList ? ']' : '}'}`;
}
