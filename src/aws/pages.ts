/** Lists that AWS returns in pages. */
import { MalformedAnswer } from './errors.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** The most items of a list, more than the findings of any image. An endless list would fill the memory. */
const MOST_ITEMS = 200_000;

/**
 * Reads all pages of a list.
 * @param api such as `inspector2:ListFindings`
 * @param fetch reads a page by its token; undefined for the first
 * @throws MalformedAnswer when a token is repeated (the list would never end, or pages would be missing), or when the
 *   list has more than 200,000 items
 */
export async function allPages<T>(
  api: string,
  fetch: (token: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await fetch(token);
    for (const item of page.items) items.push(item);
    if (items.length > MOST_ITEMS) throw new MalformedAnswer(`${api} returned more than ${MOST_ITEMS} items`);
    // An empty token ends the list like a missing one: the services accept no empty token.
    token = page.nextToken === '' ? undefined : page.nextToken;
    if (token !== undefined && seen.has(token)) {
      throw new MalformedAnswer(`${api} returned the same page token twice`);
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return items;
}
