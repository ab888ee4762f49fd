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
  const strings = json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"([ \t\n\r]*:)?/g);
  return [...strings].filter(([, colon]) => colon !== undefined).length;
}

/** How many keys a JSON value has, at all depths. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, item) => sum + keysOf(item), own);
}
