/** Finds JSON that parsers read differently, and the end of JSON strings. */

/**
 * Whether an object in a JSON text has a key twice. `JSON.parse` keeps the last of the two values; other
 * parsers may keep the first, or merge them.
 * @param value what `JSON.parse` makes of the text
 */
export function givesKeyTwice(json: string, value: unknown): boolean {
  return keysIn(json) !== keysOf(value);
}

/**
 * The offset behind a JSON string: it ends at the first quotation mark that no backslash escapes. A loop, since a
 * regular expression takes memory for each escape.
 * @param start the offset of the quotation mark that begins it
 * @returns undefined if it does not end
 */
export function endOfString(json: string, start: number): number | undefined {
  for (let at = start + 1; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at += 1;
  }
  return undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** How many keys a JSON text contains, duplicate keys included. */
function keysIn(json: string): number {
  let count = 0;
  let at = json.indexOf('"');
  while (at !== -1) {
    let end = endOfString(json, at) ?? json.length;
    while (SPACES.has(json.charCodeAt(end))) end += 1;
    if (json.charCodeAt(end) === COLON) count += 1;
    at = json.indexOf('"', end);
  }
  return count;
}

/**
 * How many keys a JSON value has, at all depths. It does not recurse, because the text is not trusted and can be deeply
 * nested.
 */
function keysOf(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const item = open.pop();
    if (typeof item !== 'object' || item === null) continue;
    if (!Array.isArray(item)) count += Object.keys(item).length;
    for (const part of Object.values(item)) open.push(part);
  }
  return count;
}
