/** Which of two versions is newer, by the rules of whoever made them; no answer where that is not certain. */
import { compare as comparePep440, valid as isPep440 } from '@renovatebot/pep440';
import compareSemver from 'semver/functions/compare.js';
import parseSemver from 'semver/functions/parse.js';
import { compareApk } from './apk.ts';
import { compareDpkg } from './dpkg.ts';
import type { Ecosystem } from './ecosystem.ts';
import { compareGem } from './gem.ts';
import { compareMaven } from './maven.ts';
import { compareNumeralLists, type Order, orderOf } from './order.ts';
import { compareRpm } from './rpm.ts';

/** No package has a longer one; what is longer is not looked at. */
const LONGEST = 200;

/**
 * -1, 0 or 1 as `a` is older than, the same as or newer than `b`; undefined where the ecosystem's rules do
 * not say, or say it of only one of the two. Within an ecosystem this is a total order of the versions that
 * have one. An unknown ecosystem compares only what every ecosystem compares alike.
 */
export function compareVersions(ecosystem: Ecosystem | undefined, a: string, b: string): Order | undefined {
  if (a.length > LONGEST || b.length > LONGEST) return undefined;
  return RULES[ecosystem ?? 'unknown'](a, b);
}

type Rule = (a: string, b: string) => Order | undefined;

const RULES: Readonly<Record<Ecosystem | 'unknown', Rule>> = {
  dpkg: compareDpkg,
  rpm: compareRpm,
  apk: compareApk,
  npm: semver,
  cargo: semver,
  go,
  nuget,
  pep440,
  maven: compareMaven,
  gem: compareGem,
  composer: (a, b) => plain(a.replace(/^v/, ''), b.replace(/^v/, '')),
  unknown: plain,
};

/** Source: semver.org 2.0.0, which npm and Cargo follow. */
function semver(a: string, b: string): Order | undefined {
  if (parseSemver(a) === null || parseSemver(b) === null) return undefined;
  return compareSemver(a, b);
}

/**
 * Module versions (`v1.2.3-0.2021…-abc`) and those of Go itself (`go1.22.1`). Inspector writes some without
 * their `v`. Source: golang.org/x/mod/semver, where `v1.2` is short for `v1.2.0`.
 */
function go(a: string, b: string): Order | undefined {
  const full = (text: string) => {
    const bare = text.replace(/^(?:v|go)(?=\d)/, '');
    const missing = /^\d+(?:\.\d+)?$/.test(bare) ? 3 - bare.split('.').length : 0;
    return bare + '.0'.repeat(missing);
  };
  return semver(full(a), full(b));
}

/**
 * Up to four numbers, then semver's pre-release, in which case does not count.
 * Source: NuGet's documentation, "Package versioning".
 */
function nuget(a: string, b: string): Order | undefined {
  const parse = (text: string) => {
    const match = /^(\d+(?:\.\d+){0,3})(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(text);
    return match && { numbers: (match[1] ?? '').split('.'), suffix: (match[2] ?? '').toLowerCase() };
  };
  const left = parse(a);
  const right = parse(b);
  if (!left || !right) return undefined;
  return (
    compareNumeralLists(left.numbers, right.numbers) || semver(`0.0.0${left.suffix}`, `0.0.0${right.suffix}`)
  );
}

/** Source: PEP 440, now the version specifiers of the PyPA specifications. */
function pep440(a: string, b: string): Order | undefined {
  // The library reads numbers as doubles, which are exact to fifteen digits.
  if (/\d{16}/.test(a) || /\d{16}/.test(b)) return undefined;
  if (!isPep440(a) || !isPep440(b)) return undefined;
  return orderOf(comparePep440(a, b));
}

/**
 * Numbers and dots. A leading zero, and whether `1.0` is `1.0.0`, are read differently from one ecosystem
 * to the next.
 */
function plain(a: string, b: string): Order | undefined {
  if (a === b) return 0;
  const format = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/;
  if (!format.test(a) || !format.test(b)) return undefined;
  return compareNumeralLists(a.split('.'), b.split('.')) || undefined;
}
