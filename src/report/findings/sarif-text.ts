/** Texts of `results.sarif`: how long they may be, and what is left out of long lists. */
import { clip } from '../../text.ts';
import { plain } from '../kit/escape.ts';

export const MAX_DESCRIPTION = 1_000;
export const MAX_NAME = 200;
const MAX_LIST = 10;

/** Text from elsewhere as the text of a SARIF message. */
export function text(raw: string, max: number): string {
  return plain(clip(raw, max)).trim();
}

/** `a, b`, and how many more there are than ten. */
export function list(texts: readonly string[]): string {
  const more = texts.length - MAX_LIST;
  return more > 0 ? `${texts.slice(0, MAX_LIST).join(', ')} and ${more} more` : texts.join(', ');
}
