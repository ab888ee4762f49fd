/** Whether a text matches a filter as a whole, in which `*` stands for any characters. */
export function matchesWildcards(filter: string, text: string): boolean {
  const parts = filter.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
