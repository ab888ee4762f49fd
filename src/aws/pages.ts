/** Lists that come in pages. */
import { MalformedAnswer } from './errors.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** The most items of a list: no image has as many findings, and a list without end would fill the memory. */
const MOST_ITEMS = 200_000;

/**
 * Reads every page of a list.
 * @param fetch gets a page by its token; undefined is the first
 * @throws MalformedAnswer when a token comes a second time (the list would never end, or leave pages out), or when
 *   the list has more than 200,000 items
 */
export async function allPages<T>(
  what: string,
  fetch: (token: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await fetch(token);
    for (const item of page.items) items.push(item);
    if (items.length > MOST_ITEMS) throw new MalformedAnswer(`${what} listed more than ${MOST_ITEMS} items`);
    // An empty token is the end, as no token is: the services never accept one.
    token = page.nextToken === '' ? undefined : page.nextToken;
    if (token !== undefined && seen.has(token)) {
      throw new MalformedAnswer(`${what} gave the same page token twice`);
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return items;
}
