/** Lists that AWS returns in pages. */
import { MalformedAnswer } from './errors.ts';

export interface Page<T> {
  /** The items, or what reads them from the page. The next page is requested before that. */
  readonly items: readonly T[] | (() => readonly T[]);
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
  let coming: Promise<Page<T>> | undefined = fetch(undefined);
  while (coming !== undefined) {
    const page: Page<T> = await coming;
    // An empty token ends the list like a missing one: the services accept no empty token.
    const token = page.nextToken === '' ? undefined : page.nextToken;
    if (token !== undefined && seen.has(token)) {
      throw new MalformedAnswer(`${api} returned the same page token twice`);
    }
    if (token !== undefined) seen.add(token);
    coming = token === undefined ? undefined : fetch(token);
    // It is awaited after the items of this page, which may be malformed.
    coming?.catch(() => {});
    for (const item of typeof page.items === 'function' ? page.items() : page.items) items.push(item);
    if (items.length > MOST_ITEMS) throw new MalformedAnswer(`${api} returned more than ${MOST_ITEMS} items`);
  }
  return items;
}
