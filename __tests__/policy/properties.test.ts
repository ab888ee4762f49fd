/** What must hold of every judgement, whatever the findings, the policy, the exceptions and the baseline. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alwaysBlocks, canBlock } from '../../src/policy/decide.ts';
import { findingsNeedingDetails } from '../../src/policy/details.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import { effectiveSettings } from '../../src/policy/minimum.ts';
import { type Conditions, EMPTY_POLICY, type Rule } from '../../src/policy/policy.ts';
import type { Finding } from '../../src/results/finding.ts';
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
import { createContext, createPolicy, NOW } from './factories.ts';

// Mutation testing repeats every property for every mutant.
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 1_000) };
const badness = (verdict: string) => ['pass', 'warn', 'block'].indexOf(verdict);

describe('canBlock', () => {
  it('holds for every severity at which a policy blocks', () => {
    fc.assert(
      fc.property(anyFindings, anyPolicy, (list, policy) => {
        const ofOne = list.map((finding) => ({ ...finding, severity: list[0]?.severity ?? 'HIGH' }));
        const { verdict } = evaluate(ofOne, policy, createContext());
        if (verdict === 'block') expect(canBlock(ofOne[0]?.severity ?? '', policy)).toBe(true);
      }),
      RUNS,
    );
  });

  it.each<[string, Parameters<typeof createPolicy>[0], string, boolean]>([
    ['a severity below the threshold', { failOn: 'critical' }, 'HIGH', false],
    ['a severity at the threshold', { failOn: 'high' }, 'HIGH', true],
    ['no threshold', { failOn: 'none' }, 'CRITICAL', false],
    ['UNTRIAGED that warns', { failOn: 'informational' }, 'UNTRIAGED', false],
    ['UNTRIAGED that blocks', { failOn: 'none', untriaged: 'block' }, 'UNTRIAGED', true],
    ['a severity that is not documented', { failOn: 'none' }, 'CATASTROPHIC', true],
    ['a limit on the severity', { failOn: 'none', limits: { low: 3 } }, 'LOW', true],
    ['a limit on another severity', { failOn: 'none', limits: { low: 3 } }, 'HIGH', false],
    ['suppressed findings that block', { failOn: 'none', suppressed: 'block' }, 'LOW', true],
  ])('%s', (_, policy, severity, expected) => {
    expect(canBlock(severity, createPolicy(policy))).toBe(expected);
  });

  it.each<['block' | 'warn', string[] | undefined, boolean]>([
    ['block', ['LOW'], true],
    ['block', ['HIGH'], false],
    ['block', undefined, true],
    ['warn', ['LOW'], false],
  ])('looks at rules that block: %s of %j', (action, severity, expected) => {
    const rule = { name: 'rule', action, reason: undefined, when: { severity, package: ['*'] } };
    expect(canBlock('LOW', createPolicy({ failOn: 'none', rules: [rule] }))).toBe(expected);
  });
});

describe('alwaysBlocks', () => {
  it('holds only for severities at which every finding blocks', () => {
    let held = 0;
    fc.assert(
      fc.property(anyFinding, anyPolicy, (finding, policy) => {
        if (!alwaysBlocks(finding.severity, policy)) return;
        held += 1;
        expect(evaluate([{ ...finding, status: 'ACTIVE' }], policy, createContext()).verdict).toBe('block');
      }),
      RUNS,
    );
    expect(held).toBeGreaterThan(0);
  });

  const rule = (action: 'block' | 'warn' | 'ignore') => ({
    name: 'rule',
    action,
    reason: undefined,
    when: { package: ['openssl'] },
  });
  it.each<[string, Parameters<typeof createPolicy>[0], string, boolean]>([
    ['a severity at the threshold', { failOn: 'high' }, 'HIGH', true],
    ['a severity below the threshold', { failOn: 'critical' }, 'HIGH', false],
    ['a limit on the severity', { failOn: 'none', limits: { high: 0 } }, 'HIGH', false],
    ['findings without a fix that warn', { failOn: 'high', ignoreUnfixed: true }, 'HIGH', false],
    ['a rule that blocks', { failOn: 'high', rules: [rule('block')] }, 'HIGH', true],
    ['a rule that warns', { failOn: 'high', rules: [rule('warn')] }, 'HIGH', false],
    ['a rule that ignores', { failOn: 'high', rules: [rule('ignore')] }, 'HIGH', false],
    ['UNTRIAGED that warns', { failOn: 'low' }, 'UNTRIAGED', false],
    ['UNTRIAGED that blocks', { failOn: 'none', untriaged: 'block' }, 'UNTRIAGED', true],
    ['a severity that is not documented', { failOn: 'none' }, 'CATASTROPHIC', true],
  ])('%s', (_, policy, severity, expected) => {
    expect(alwaysBlocks(severity, createPolicy(policy))).toBe(expected);
  });
});

describe('evaluate, whatever it is given', () => {
  it('never improves a verdict because of one more finding', () => {
    fc.assert(
      fc.property(
        anyFindings,
        anyFinding,
        anyPolicy,
        anyExceptions,
        anyBaseline,
        (list, more, policy, given, baseline) => {
          const circumstances = createContext({ exceptions: given, baseline });
          const before = evaluate(list, policy, circumstances);
          const after = evaluate([...list, more], policy, circumstances);
          expect(badness(after.verdict)).toBeGreaterThanOrEqual(badness(before.verdict));
          expect(after.blocking).toBeGreaterThanOrEqual(before.blocking);
        },
      ),
      RUNS,
    );
  });

  it('never improves a verdict if an exception is removed', () => {
    fc.assert(
      fc.property(
        anyFindings,
        anyPolicy,
        anyExceptions,
        anyException,
        anyBaseline,
        (list, policy, given, gone, baseline) => {
          const without = evaluate(list, policy, createContext({ exceptions: given, baseline }));
          const all = createContext({ exceptions: [gone, ...given], baseline });
          expect(badness(without.verdict)).toBeGreaterThanOrEqual(
            badness(evaluate(list, policy, all).verdict),
          );
        },
      ),
      RUNS,
    );
  });

  it('never improves a verdict if the baseline is removed', () => {
    fc.assert(
      fc.property(anyFindings, anyPolicy, anyExceptions, anyBaseline, (list, policy, given, baseline) => {
        const without = evaluate(list, policy, createContext({ exceptions: given }));
        const compared = evaluate(list, policy, createContext({ exceptions: given, baseline }));
        expect(badness(without.verdict)).toBeGreaterThanOrEqual(badness(compared.verdict));
      }),
      RUNS,
    );
  });

  it('never improves a verdict because of a rule at the top that blocks', () => {
    fc.assert(
      fc.property(
        anyFindings,
        anyPolicy,
        anyRule,
        anyExceptions,
        anyBaseline,
        (list, policy, rule, given, baseline) => {
          const circumstances = createContext({ exceptions: given, baseline });
          const stricter = { ...policy, rules: [{ ...rule, action: 'block' as const }, ...policy.rules] };
          const before = evaluate(list, policy, circumstances);
          const after = evaluate(list, stricter, circumstances);
          expect(badness(after.verdict)).toBeGreaterThanOrEqual(badness(before.verdict));
        },
      ),
      RUNS,
    );
  });

  it('never applies an exception later that it refused as expired', () => {
    fc.assert(
      fc.property(
        anyFindings,
        anyPolicy,
        anyExceptions,
        fc.nat(400 * 86_400_000),
        (list, policy, given, laterMs) => {
          const at = (now: Date) =>
            evaluate(list, policy, createContext({ exceptions: given, now })).exceptions;
          const later = at(new Date(NOW.getTime() + laterMs));
          for (const [index, outcome] of at(NOW).entries()) {
            if (!outcome.refusals.some(({ kind }) => kind === 'expired')) continue;
            expect(later[index]).toMatchObject({ applied: 0, refusals: [{ kind: 'expired' }] });
          }
        },
      ),
      RUNS,
    );
  });

  it('treats missing data as the stricter case: no value is stricter than a missing one', () => {
    const known = fc.tuple(fc.boolean(), fc.constantFrom(0, 0.05, 0.1, 0.3, 0.5, 1));
    fc.assert(
      fc.property(
        anyFinding,
        anyPolicy,
        anyExceptions,
        known,
        (finding, policy, given, [knownExploited, epss]) => {
          const circumstances = createContext({ exceptions: given });
          const unsaid: Finding = { ...finding, knownExploited: undefined, epss: undefined };
          const said: Finding = { ...finding, knownExploited, epss };
          const worse = evaluate([unsaid], policy, circumstances).verdict;
          expect(badness(worse)).toBeGreaterThanOrEqual(
            badness(evaluate([said], policy, circumstances).verdict),
          );
        },
      ),
      RUNS,
    );
  });

  it('treats the unknown reachability of a package as the stricter case', () => {
    const condition = fc.record({ reachability: fc.constantFrom('not-reachable', 'reachable', 'unknown') });
    fc.assert(
      fc.property(
        fc.tuple(anyFindings, anyRule, condition, anyPolicy),
        anyExceptions,
        anyBaseline,
        fc.nat(2),
        ([list, rule, when, given], exceptions, baseline, at) => {
          const policy = { ...given, rules: [{ ...rule, when }, ...given.rules] };
          const circumstances = createContext({ exceptions, baseline });
          const unknown = list.map((finding) => ({
            ...finding,
            packages: finding.packages.map((found, index) =>
              index === at ? { ...found, reachability: undefined } : found,
            ),
          }));
          const worse = evaluate(unknown, policy, circumstances);
          const known = evaluate(list, policy, circumstances);
          expect(badness(worse.verdict)).toBeGreaterThanOrEqual(badness(known.verdict));
          expect(worse.counts).toEqual(known.counts);
        },
      ),
      RUNS,
    );
  });

  it('allows because of reachability only what no package reaches, and blocks all that one may reach', () => {
    fc.assert(
      fc.property(
        anyFinding,
        anyPolicy,
        fc.constantFrom<Rule['action']>('warn', 'ignore'),
        (finding, policy, action) => {
          const under = (rule: Rule['action'], when: Conditions) =>
            evaluate(
              [finding],
              { ...policy, rules: [{ name: 'reach', action: rule, reason: 'r', when }, ...policy.rules] },
              createContext(),
            ).verdict;
          const { packages } = finding;
          const values = packages.map(({ reachability }) => reachability);
          const isIdle = values.length > 0 && values.every((value) => value === 'not-reachable');
          const without = evaluate([finding], policy, createContext()).verdict;
          if (!isIdle) {
            expect(badness(under(action, { reachability: 'not-reachable' }))).toBeGreaterThanOrEqual(
              badness(without),
            );
          }
          const isJudged = evaluate([finding], policy, createContext()).judged.length > 0;
          if (isJudged && !isIdle) expect(under('block', { reachability: 'reachable' })).toBe('block');
          if (isIdle) expect(under('block', { reachability: 'reachable' })).toBe(without);
        },
      ),
      RUNS,
    );
  });

  it('needs details wherever they change the judgement, and judges the others the same with any', () => {
    const known = fc.tuple(fc.boolean(), fc.constantFrom(0, 0.05, 0.1, 0.3, 0.5, 1));
    fc.assert(
      fc.property(
        anyFinding,
        anyPolicy,
        anyExceptions,
        known,
        known,
        (finding, policy, given, one, other) => {
          const circumstances = createContext({ exceptions: given });
          const unsaid: Finding = { ...finding, knownExploited: undefined, epss: undefined };
          if (findingsNeedingDetails([unsaid], policy, circumstances).length > 0) return;
          const verdictWith = ([knownExploited, epss]: [boolean, number]) =>
            evaluate([{ ...unsaid, knownExploited, epss }], policy, circumstances).verdict;
          expect(verdictWith(one)).toBe(verdictWith(other));
          expect(verdictWith(one)).toBe(evaluate([unsaid], policy, circumstances).verdict);
        },
      ),
      RUNS,
    );
  });

  it('does not care for the order of findings, nor for repetition', () => {
    fc.assert(
      fc.property(
        anyFindings,
        anyPolicy,
        anyExceptions,
        anyBaseline,
        fc.nat(),
        (list, policy, given, baseline, seed) => {
          const circumstances = createContext({ exceptions: given, baseline });
          // Two findings with one id are one finding that was read twice.
          const distinct = [...new Map(list.map((finding) => [finding.id, finding])).values()];
          const shuffled = [...distinct, ...distinct.slice(0, seed % 3)].sort(
            (a, b) => ((a.id.length * 31 + seed) % 7) - ((b.id.length * 17 + seed) % 5),
          );
          expect(evaluate(shuffled, policy, circumstances)).toEqual(
            evaluate(distinct, policy, circumstances),
          );
        },
      ),
      RUNS,
    );
  });

  it('blocks an unknown severity, unless a rule or an exception matches it', () => {
    fc.assert(
      fc.property(anyFinding, anyPolicy, anyBaseline, (finding, policy, baseline) => {
        const strange = { ...finding, severity: 'CATASTROPHIC', status: 'ACTIVE' };
        const verdict = evaluate([strange], { ...policy, rules: [] }, createContext({ baseline }));
        expect(verdict.verdict).toBe('block');
      }),
      RUNS,
    );
  });
});

describe('effectiveSettings', () => {
  it('is never weaker with a minimum than without', () => {
    fc.assert(
      fc.property(
        anyAsked,
        anyDocument,
        anyFindings,
        anyExceptions,
        anyBaseline,
        (inputs, document, list, given, baseline) => {
          const free = effectiveSettings(inputs, { ...document, minimum: EMPTY_POLICY.minimum });
          const bound = effectiveSettings(inputs, document);
          const verdict = ({ policy, baseline: allowed }: typeof free) =>
            evaluate(
              list,
              policy,
              createContext({ exceptions: given, baseline: allowed ? baseline : undefined }),
            ).verdict;
          expect(badness(verdict(bound))).toBeGreaterThanOrEqual(badness(verdict(free)));
          expect(bound.enforce || !free.enforce).toBe(true);
          expect(bound.timeoutMs).toBeLessThanOrEqual(free.timeoutMs);
          expect(bound.settleTimeMs).toBeGreaterThanOrEqual(free.settleTimeMs);
          expect(bound.scanType === 'enhanced' || free.scanType === 'basic').toBe(true);
          expect(bound.signingMissing || !free.signingMissing).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('reports every input that it does not follow', () => {
    fc.assert(
      fc.property(anyAsked, anyDocument, (inputs, document) => {
        const settings = effectiveSettings(inputs, document);
        const { policy, enforce, scanType, timeoutMs, settleTimeMs, conflicts, baseline } = settings;
        const told = new Set(conflicts.map(({ input }) => input));
        expect(told.has('fail-on')).toBe(inputs.failOn !== undefined && inputs.failOn !== policy.failOn);
        expect(told.has('warn-on')).toBe(inputs.warnOn !== undefined && inputs.warnOn !== policy.warnOn);
        expect(told.has('ignore-unfixed')).toBe(inputs.ignoreUnfixed === true && !policy.ignoreUnfixed);
        expect(told.has('enforce')).toBe(inputs.enforce !== enforce);
        expect(told.has('scan-type')).toBe(inputs.scanType !== scanType);
        expect(told.has('timeout')).toBe(inputs.timeoutMs !== timeoutMs);
        expect(told.has('settle-time')).toBe(inputs.settleTimeMs !== settleTimeMs);
        expect(told.has('baseline')).toBe(inputs.baseline !== baseline);
      }),
    );
  });
});
