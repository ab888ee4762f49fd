/** Compares versions by the rules of their ecosystem. There is no result where that is not certain. */
import { compare as comparePep440, valid as isPep440 } from '@renovatebot/pep440';
import { compareApk } from './apk.ts';
import { compareComposer } from './composer.ts';
import { compareDpkg } from './dpkg.ts';
import type { Ecosystem } from './ecosystem.ts';
import { compareGem } from './gem.ts';
import { compareGo } from './go.ts';
import { compareMaven } from './maven.ts';
import { compareNumeralLists, type Order, orderOf } from './order.ts';
import { compareRpm } from './rpm.ts';
import { compareSemver } from './semver.ts';

/** The most characters of a version that is compared. */
const LONGEST = 200;

/**
 * -1, 0 or 1 if `a` is older than, equal to or newer than `b`. Undefined if the rules of the ecosystem define no order for the
 * two. Within an ecosystem this is a total order of the versions that have one. For an unknown ecosystem only versions are
 * compared for which all ecosystems agree.
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
  npm: compareSemver,
  cargo: compareSemver,
  go: compareGo,
  nuget,
  pep440,
  maven: compareMaven,
  gem: compareGem,
  composer: compareComposer,
  unknown: plain,
};

/**
 * Up to four numbers, then the pre-release of semver, without regard to case.
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
    compareNumeralLists(left.numbers, right.numbers) ||
    compareSemver(`0.0.0${left.suffix}`, `0.0.0${right.suffix}`)
  );
}

/** Source: PEP 440, now the version specifiers of the PyPA specifications. */
function pep440(a: string, b: string): Order | undefined {
  // The library reads numbers as doubles, which are exact up to 15 digits.
  if (/\d{16}/.test(a) || /\d{16}/.test(b)) return undefined;
  if (!isPep440(a) || !isPep440(b)) return undefined;
  return orderOf(comparePep440(a, b));
}

/** Numbers and dots. Ecosystems differ on leading zeros, and on whether `1.0` equals `1.0.0`. */
function plain(a: string, b: string): Order | undefined {
  if (a === b) return 0;
  const format = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/;
  if (!format.test(a) || !format.test(b)) return undefined;
  return compareNumeralLists(a.split('.'), b.split('.')) || undefined;
}
