/** What is unknown never makes a result better, and is never silent. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditFacts } from '../../src/audit/facts.ts';
import type { Result } from '../../src/audit/result.ts';
import { bySeverity, type Severity } from '../../src/audit/severity.ts';
import { audited, expecting, HOST } from './factories.ts';
import {
  type Choose,
  EXPECTATIONS,
  factsIn,
  inWords,
  type Path,
  unreadable,
  valueAt,
  withValue,
  worldOf,
} from './worlds.ts';

const expectations = expecting(EXPECTATIONS);

type Results = ReadonlyMap<string, Result>;

function resultsOf(facts: AuditFacts): Results {
  return new Map(audited(facts, expectations).results.map((one) => [`${one.check} ${one.resource}`, one]));
}

const unchanged = new WeakMap<AuditFacts, Results>();

/** The results of a world as it is, which many facts are compared with. */
function ownResultsOf(world: AuditFacts): Results {
  const results = unchanged.get(world) ?? resultsOf(world);
  unchanged.set(world, results);
  return results;
}

function isGood(result: Result | undefined): boolean {
  return result === undefined || result.status === 'pass';
}

function isWorse(a: Severity, b: Severity): boolean {
  return bySeverity(a, b) < 0;
}

/** Where a fact that is unknown says more than its values do. */
function faults(without: Results, values: readonly Results[]): string[] {
  const keys = new Set([...without.keys(), ...values.flatMap((results) => [...results.keys()])]);
  return [...keys].flatMap((key) => {
    const [check = ''] = key.split(' ');
    const unknown = without.get(key) ?? missing(without.get(`${check} ${HOST}`));
    const isAbout = without.has(key);
    const bad = values.map((results) => results.get(key)).filter((result) => !isGood(result));
    const worst = bad
      .filter((result) => result?.status === 'fail')
      .map((result) => result?.severity as Severity);
    if (isGood(unknown)) {
      return bad.length === 0
        ? []
        : [
            `${key} is ${unknown?.status ?? 'silent'}, and is ${bad[0]?.status} with a value: ${bad[0]?.message}`,
          ];
    }
    const couldBe = unknown?.couldBe ?? (unknown?.severity as Severity);
    const tooMild = worst.find((severity) => isWorse(severity, couldBe));
    if (tooMild !== undefined) return [`${key} is ${unknown?.status} ${couldBe}, and fails with ${tooMild}`];
    if (unknown?.status !== 'fail' || !isAbout) return [];
    const fine = values.some((results) => results.get(key)?.status !== 'fail');
    return fine ? [`${key} fails without the fact, and not with each value: ${unknown.message}`] : [];
  });
}

/** Where it is unknown what there is, the result about the registry says so; it may have failed by its own policy. */
function missing(result: Result | undefined): Result | undefined {
  return result?.message.includes('Could not be determined') ? result : undefined;
}

/** Chooses the same place of each list. */
const at =
  (place: number): Choose =>
  (values) =>
    values[place % values.length] as (typeof values)[number];

/** Compares a world without a fact with the worlds in which it has the values that others have there. */
function compare(worlds: readonly AuditFacts[], path: Path): string[] {
  const [world] = worlds;
  if (world === undefined) return [];
  const own = valueAt(world, path);
  const without = resultsOf(withValue(world, path, unreadable(own)));
  const others = worlds
    .map((other) => valueAt(other, path))
    .filter((value) => value !== undefined && typeof value === typeof own);
  // Several worlds have the same value there.
  const different = others.filter((value, at) =>
    [own, ...others.slice(0, at)].every((other) => !isDeepStrictEqual(value, other)),
  );
  const values = different.map((value) => resultsOf(withValue(world, path, value)));
  return faults(without, [ownResultsOf(world), ...values]).map((fault) => `${inWords(path)}: ${fault}`);
}

/**
 * The registry policy's scope is taken for V2 where it is unknown, which the report says. What fails by a registry policy
 * that may not count is still a failure.
 */
function isAssumed(fault: string): boolean {
  return /policyScope: access\/\S+ .* fails without the fact/.test(fault);
}

describe('a fact that is unknown', () => {
  const worlds = [0, 1, 2, 3, 4, 5].map((place) => worldOf(at(place)));
  const even = worlds.filter((_, place) => place % 2 === 0);
  const paths = [
    ...new Map(even.flatMap((world) => factsIn(world)).map((path) => [inWords(path), path])).values(),
  ];

  it.each(
    paths.map((path) => [inWords(path), path] as const),
  )('%s never makes a result better', (_, path) => {
    const found = worlds.flatMap((world, first) => {
      // Every other world is enough to start from; all of them give values.
      if (first % 2 === 1 || valueAt(world, path) === undefined) return [];
      return compare([world, ...worlds.filter((_, place) => place !== first)], path);
    });
    expect(found.filter((fault) => !isAssumed(fault))).toEqual([]);
  });

  it('never makes a result better in whatever world', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(60)), fc.nat(), (numbers, which) => {
        const choose: Choose = (values) =>
          values[(numbers.next().value ?? 0) % values.length] as (typeof values)[number];
        const random = [0, 1, 2].map(() => worldOf(choose));
        const all = factsIn(random[0]);
        const path = all[which % all.length] as Path;
        expect(compare(random, path).filter((fault) => !isAssumed(fault))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('never makes a result better, one after the other, until nothing is known', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(60)), (numbers) => {
        const next = () => numbers.next().value ?? 0;
        let world = worldOf((values) => values[next() % values.length] as (typeof values)[number]);
        let before = resultsOf(world);
        for (let left = factsIn(world); left.length > 0; left = factsIn(world)) {
          // Several at once, so that the way is not long.
          const lost = [0, 1, 2, 3].map(() => left[next() % left.length] as Path);
          for (const path of lost) {
            const value = valueAt(world, path);
            if (value !== undefined) world = withValue(world, path, unreadable(value));
          }
          const after = resultsOf(world);
          const better = [...before].filter(([key, result]) => {
            const [check = ''] = key.split(' ');
            return !isGood(result) && isGood(after.get(key) ?? missing(after.get(`${check} ${HOST}`)));
          });
          expect(better.map(([key, { status }]) => `${lost.map(inWords)}: ${key} was ${status}`)).toEqual([]);
          before = after;
        }
      }),
      { numRuns: 12 },
    );
  });
});
