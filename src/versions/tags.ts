/** Tags of images: which tag is the newest of the same line. Only certain results. */
import { isCodename, releasePrecision } from './distributions.ts';

/** The most characters of a tag (OCI distribution specification). */
const LONGEST = 128;

interface Version {
  /** What the tags of one line share besides the first numbers. */
  readonly line: string;
  readonly numbers: readonly number[];
  /** How many of the first numbers a line has in common. */
  readonly fixed: number;
}

/**
 * The newest tag of the same line that is newer than a tag; undefined if there is none, or if the line is not certain. The
 * tags of a line have the same number of numbers, the same text around them, and the same major version:
 * `22.14-bookworm-slim` is newer than `22.11-bookworm-slim`, and neither `22.14.0-bookworm-slim`, `22.14-slim` nor
 * `23.1-bookworm-slim` is of its line. The major version of a distribution is its release (`3.20` of Alpine, `22.04` of
 * Ubuntu), and before version 1 it has two numbers. A codename with a date is a line (`bookworm-20261123-slim`). Pre-releases
 * have no line.
 * @param repository its name, which tells the tags of a distribution
 */
export function newestOfLine(tag: string, tags: Iterable<string>, repository: string): string | undefined {
  const own = parse(tag, repository);
  if (own === undefined) return undefined;
  let newest: { readonly tag: string; readonly version: Version } | undefined;
  for (const candidate of tags) {
    const version = parse(candidate, repository);
    if (version === undefined || version.line !== own.line) continue;
    if (version.numbers.length !== own.numbers.length || !isSameMajor(version, own)) continue;
    if (compare(version, newest?.version ?? own) > 0) newest = { tag: candidate, version };
  }
  return newest?.tag;
}

function isSameMajor(version: Version, own: Version): boolean {
  return own.numbers.slice(0, own.fixed).every((number, at) => version.numbers[at] === number);
}

function compare(a: Version, b: Version): number {
  for (const [at, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

// Parts of a suffix that mark what is not a release.
const PRE_RELEASE =
  /^(?:a|alpha|b|beta|c|cr|rc|m|milestone|pre|preview|prerelease|ea|dev|devel|nightly|snapshot|canary|next|test|testing|experimental|edge|unstable|insiders?)\d*$/i;

function parse(tag: string, repository: string): Version | undefined {
  if (tag.length > LONGEST) return undefined;
  const [, codename = '', day = '', again = '', dated = ''] =
    /^([a-z]+)-(\d{8})(?:\.(\d{1,3}))?((?:-[A-Za-z0-9._-]*)?)$/.exec(tag) ?? [];
  if (isCodename(codename) && !isPreRelease(dated)) {
    return { line: `${codename}-*${dated}`, numbers: [0, Number(day), Number(again || 0)], fixed: 1 };
  }
  const [, prefix = '', version = '', suffix = ''] =
    /^(v?)(\d{1,9}(?:\.\d{1,9}){1,3})((?:-[A-Za-z0-9._-]*)?)$/.exec(tag) ?? [];
  if (version === '' || isPreRelease(suffix)) return undefined;
  const numbers = version.split('.').map(Number);
  return { line: `${prefix}*${suffix}`, numbers, fixed: fixedNumbers(version, numbers, repository) };
}

function isPreRelease(suffix: string): boolean {
  return suffix.split(/[-._]/).some((part) => PRE_RELEASE.test(part));
}

/** How many numbers the major version has. */
function fixedNumbers(version: string, [first]: readonly number[], repository: string): number {
  const words = (repository.split('/').at(-1) ?? '').split(/[-_.]/);
  const precisions = words.flatMap((word) => releasePrecision(word) ?? []);
  // Releases of Ubuntu, whatever the repository is called.
  const calendar = /^\d\d\.(?:04|10)(?:\.|$)/.test(version) ? 2 : 1;
  return Math.max(calendar, first === 0 ? 2 : 1, ...precisions);
}
