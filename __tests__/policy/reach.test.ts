/** That the properties are about something: how often what they speak of happens to what they are given. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import { effectiveSettings } from '../../src/policy/minimum.ts';
import { EMPTY_POLICY } from '../../src/policy/policy.ts';
import {
  anyAsked,
  anyBaseline,
  anyDocument,
  anyException,
  anyExceptions,
  anyFinding,
  anyFindings,
  anyPolicy,
  anyRule,
} from './arbitraries.ts';
import { createContext, NOW } from './factories.ts';

const RUNS = 1_000;
const badness = (verdict: string) => ['pass', 'warn', 'block'].indexOf(verdict);

/** In how many of a thousand cases, always the same ones, each thing happens. */
function count<T>(cases: fc.Arbitrary<T>, happenings: (given: T) => Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const given of fc.sample(cases, { numRuns: RUNS, seed: 1 })) {
    for (const what of new Set(happenings(given))) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return counts;
}

describe('what the properties are given', () => {
  const cases = fc.record({
    list: anyFindings,
    more: anyFinding,
    policy: anyPolicy,
    exceptions: anyExceptions,
    another: anyException,
    baseline: anyBaseline,
    rule: anyRule,
    laterMs: fc.nat(400 * 86_400_000),
  });
  const counts = count(
    cases,
    function* ({ list, more, policy, exceptions, another, baseline, rule, laterMs }) {
      const circumstances = createContext({ exceptions, baseline });
      const {
        verdict,
        judged,
        blocking,
        exceededLimits,
        exceptions: outcomes,
      } = evaluate(list, policy, circumstances);
      yield verdict;
      for (const { reason } of judged) {
        yield `reason ${reason.kind}`;
        if (reason.kind === 'rule' && reason.missing.length > 0) yield 'what is unknown decides';
      }
      for (const { refusals } of outcomes)
        for (const refusal of refusals)
          yield `refusal ${refusal.kind}${refusal.kind === 'never' ? ` ${refusal.what}` : ''}`;
      if (blocking === 0 && exceededLimits.length > 0) yield 'a limit alone blocks';

      const worse = (other: ReturnType<typeof evaluate>) => badness(other.verdict) > badness(verdict);
      if (worse(evaluate([...list, more], policy, circumstances))) yield 'one more finding makes it worse';
      const block = { ...rule, action: 'block' as const };
      if (worse(evaluate(list, { ...policy, rules: [block, ...policy.rules] }, circumstances)))
        yield 'a rule at the top makes it worse';
      const unknown = list.map((finding) => ({
        ...finding,
        packages: finding.packages.map((found) => ({ ...found, reachability: undefined })),
      }));
      const idle = { ...rule, when: { reachability: 'not-reachable' as const } };
      const reaching = { ...policy, rules: [idle, ...policy.rules] };
      if (
        badness(evaluate(unknown, reaching, circumstances).verdict) >
        badness(evaluate(list, reaching, circumstances).verdict)
      )
        yield 'an unknown reachability makes it worse';
      if (worse(evaluate(list, policy, createContext({ exceptions })))) yield 'a baseline helps';
      const helped = evaluate(
        list,
        policy,
        createContext({ exceptions: [another, ...exceptions], baseline }),
      );
      if (badness(helped.verdict) < badness(verdict)) yield 'an exception helps';
      const later = evaluate(
        list,
        policy,
        createContext({ exceptions, baseline, now: new Date(NOW.getTime() + laterMs) }),
      );
      for (const [index, { applied }] of later.exceptions.entries()) {
        const before = outcomes[index]?.applied ?? 0;
        if (before > 0 && applied === 0) yield 'an exception ends';
        if (before === 0 && applied > 0) yield 'an exception begins';
      }
    },
  );

  it.each([
    ['pass', 100],
    ['warn', 100],
    ['block', 100],
    ...[
      ['rule', 100],
      ['exception', 50],
      ['baseline', 20],
      ['fail-on', 50],
      ['warn-on', 50],
      ['below-thresholds', 50],
      ['unfixed', 10],
      ['untriaged', 20],
      ['suppressed', 10],
      ['unknown-severity', 10],
    ].map(([kind, least]) => [`reason ${kind}`, least] as const),
    ...[
      ['expired', 50],
      ['not-yet', 5],
      ['max-duration', 50],
      ['required', 20],
      ['fix-available', 10],
      ['never severity', 5],
      ['never known-exploited', 5],
      ['never score', 5],
    ].map(([kind, least]) => [`refusal ${kind}`, least] as const),
    ['what is unknown decides', 50],
    ['a limit alone blocks', 5],
    ['one more finding makes it worse', 100],
    ['a rule at the top makes it worse', 100],
    ['an unknown reachability makes it worse', 10],
    ['a baseline helps', 10],
    ['an exception helps', 20],
    ['an exception ends', 50],
    ['an exception begins', 5],
  ] as const)('%s: at least %i in a thousand', (what, least) => {
    expect(counts.get(String(what)) ?? 0).toBeGreaterThanOrEqual(Number(least));
  });
});

describe('what the minimum is given', () => {
  const cases = fc.record({
    asked: anyAsked,
    document: anyDocument,
    list: anyFindings,
    exceptions: anyExceptions,
    baseline: anyBaseline,
  });
  const counts = count(cases, function* ({ asked, document, list, exceptions, baseline }) {
    const free = effectiveSettings(asked, { ...document, minimum: EMPTY_POLICY.minimum });
    const bound = effectiveSettings(asked, document);
    const verdict = ({ policy, baseline: allowed }: typeof free) =>
      evaluate(list, policy, createContext({ exceptions, baseline: allowed ? baseline : undefined })).verdict;
    if (badness(verdict(bound)) > badness(verdict(free))) yield 'a stricter verdict';
    for (const { input } of bound.conflicts) yield `conflict ${input}`;
    if (bound.signingMissing) yield 'a missing signing-key';
  });

  it.each([
    ['a stricter verdict', 20],
    ['a missing signing-key', 50],
    ...[
      'fail-on',
      'warn-on',
      'ignore-unfixed',
      'enforce',
      'timeout',
      'settle-time',
      'scan-type',
      'baseline',
      'base-image',
      'exceptions',
      'vex',
      'recheck',
    ].map((input) => [`conflict ${input}`, 50] as const),
  ] as const)('%s: at least %i in a thousand', (what, least) => {
    expect(counts.get(what) ?? 0).toBeGreaterThanOrEqual(least);
  });
});
