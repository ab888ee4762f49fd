/** Fields of JSON objects, in any spelling. Pure. */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values of a field in all spellings that differ only in case, underscores, hyphens and spaces. */
export function valuesOf(record: Readonly<Record<string, unknown>>, field: string): unknown[] {
  return Object.entries(record).flatMap(([key, value]) => (spelling(key) === spelling(field) ? [value] : []));
}

function spelling(key: string): string {
  return key.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/** Whether an object has a field in two spellings. */
export function spelledTwice(record: unknown): boolean {
  if (!isRecord(record)) return false;
  const keys = Object.keys(record).map(spelling);
  return new Set(keys).size < keys.length;
}
