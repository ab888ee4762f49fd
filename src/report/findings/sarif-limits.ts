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

/** The file with as many results per run as fit: the limit, or a half, a quarter and so on of it. */
export function fitted<T extends Rendered>(
  { results, bytes }: SarifLimits,
  render: (results: number) => T,
): T {
  for (let most = results; ; most = Math.floor(most / 2)) {
    const rendered = render(most);
    if (most === 0 || fits(rendered.text, bytes)) return rendered;
  }
}

/** Compresses piece by piece, which takes a little more than compressing the whole. */
function fits(text: Iterable<string>, bytes: number): boolean {
  let size = 0;
  for (const piece of text) {
    size += gzipSync(piece).length;
    if (size > bytes) return false;
  }
  return true;
}
