/** Functions for text that is not trusted, in linear time. */

/** A text without the slashes at its end. */
export function withoutSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}

/** How much of a word is compared. */
const LONGEST_WORD = 60;

/** The known word that is most likely meant by a misspelled one; undefined if none is similar. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[_\s]+/g, '-');
  const written = plain(word.slice(0, LONGEST_WORD));
  const [best] = known
    .map((candidate) => ({ candidate, distance: distance(written, plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** Levenshtein's distance, a swap of neighbors counting as one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const cell = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          cell(i - 1, j) + 1,
          cell(i, j - 1) + 1,
          cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
          swapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return cell(a.length, b.length);
}

/** The text, cut to at most `max` characters, with an ellipsis for the rest. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  // A pair of surrogates must not be cut in two.
  return `${text.slice(0, Math.max(0, max - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Compares by code point, independently of any language. */
export function compareTexts(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Two sentences. The first one may end with a quotation from elsewhere, which then ends with a full stop. */
export function sentences(first: string, second: string): string {
  const text = first.trimEnd();
  return `${text}${/[.!?…]["'”’)]?$/.test(text) ? '' : '.'} ${second}`;
}
