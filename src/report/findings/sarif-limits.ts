/** What GitHub accepts of `results.sarif`. Source: GitHub Docs, "SARIF results exceed one or more limits". */
import { gzipSync } from 'node:zlib';

/** GitHub rejects a file that exceeds these, or accepts it and does not show all results. */
export interface SarifLimits {
  readonly runs: number;
  /** Per run: GitHub accepts 25,000 results and shows 5,000. */
  readonly results: number;
  /** Of the file, compressed with gzip. */
  readonly bytes: number;
}

// GitHub accepts 10 MB.
export const GITHUB_LIMITS: SarifLimits = { runs: 20, results: 5_000, bytes: 9_500_000 };

/** A file that may be too large. */
interface Rendered {
  readonly text: Iterable<string>;
}

/** Text up to this length is kept in memory. A longer one is rendered once more when it is written. */
const MOST_KEPT = 16 * 1024 * 1024;

/** The file with as many results per run as fit: the limit, or a half, a quarter and so on of it. */
export function fitted<T extends Rendered>(
  { results, bytes }: SarifLimits,
  render: (results: number) => T,
): T {
  for (let most = results; ; most = Math.floor(most / 2)) {
    const rendered = render(most);
    const text = textThatFits(rendered.text, bytes);
    if (text !== undefined) return { ...rendered, text };
    if (most === 0) return rendered;
  }
}

/**
 * The text, if it fits into so many bytes compressed. A text that fits uncompressed is not compressed to find out. It is
 * compressed piece by piece, which takes a little more than compressing the whole.
 */
function textThatFits(text: Iterable<string>, most: number): Iterable<string> | undefined {
  let kept: string[] | undefined = [];
  let length = 0;
  let raw = 0;
  let compressed = 0;
  for (const piece of text) {
    kept?.push(piece);
    length += piece.length;
    const before = raw;
    raw += Buffer.byteLength(piece);
    if (raw > most) {
      // Until the text was too long uncompressed, all of its pieces were kept, unless they are compressed already.
      for (const one of before > most ? [piece] : (kept ?? [piece])) compressed += gzipSync(one).length;
      if (compressed > most) return undefined;
    }
    if (length > MOST_KEPT) kept = undefined;
  }
  return kept ?? text;
}
