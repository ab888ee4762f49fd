/** Facts that are read at the same time. Each can be awaited separately. */

/** Each member of a structure as a separate promise. */
export type Promised<T> = { readonly [K in keyof T]: Promise<T[K]> };

/** Each member as a promise that is fulfilled. */
export function settled<T extends object>(parts: T): Promised<T> {
  const entries = Object.entries<unknown>(parts as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Promise.resolve(value)])) as Promised<T>;
}

/** All members of a structure, when all of them are resolved. */
export async function together<T extends object>(parts: Promised<T>): Promise<T> {
  const entries = Object.entries<Promise<unknown>>(parts);
  const values = await Promise.all(entries.map(async ([name, value]) => [name, await value] as const));
  return Object.fromEntries(values) as T;
}

/** Whether any of them is true, as soon as one is. */
export function any(conditions: readonly Promise<boolean>[]): Promise<boolean> {
  const found = Promise.any(
    conditions.map(async (condition) => {
      if (!(await condition)) throw new Error('it is not true');
    }),
  );
  return found.then(
    () => true,
    () => Promise.all(conditions).then(() => false),
  );
}
