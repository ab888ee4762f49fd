/** JSON that not every reader reads alike. */

/**
 * Whether a JSON text gives a key of one object twice. `JSON.parse` keeps the last of the two values; who else
 * reads the text may keep the first, or a mixture.
 * @param value what `JSON.parse` makes of the text
 */
export function givesKeyTwice(json: string, value: unknown): boolean {
  return keysIn(json) !== keysOf(value);
}

/** How many keys are written in a JSON text. */
function keysIn(json: string): number {
  let count = 0;
  // One at a time: a text of megabytes may have a million of them.
  for (const [, colon] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"([ \t\n\r]*:)?/g)) {
    if (colon !== undefined) count += 1;
  }
  return count;
}

/** How many keys a JSON value has, at all depths. Without recursion: whoever writes the text chooses how deep it is. */
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
