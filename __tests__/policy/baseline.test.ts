import { describe, expect, it } from 'vitest';
import { isInBaseline, isSameImage } from '../../src/policy/baseline.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Policy, Rule } from '../../src/policy/policy.ts';
import type { Baseline } from '../../src/results/baseline.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { createContext, createException, createPolicy } from './factories.ts';

const openssl = createPackage({ name: 'openssl', version: '3.0.1', manager: 'OS' });
const critical = (overrides: Partial<Finding> = {}) =>
  createFinding({ severity: 'CRITICAL', packages: [openssl], ...overrides });

function deployed(...findings: Finding[]): Baseline {
  return { uri: 'host/team/app@sha256:b', reference: 'host/team/app:prod', findings };
}

function judge(findings: readonly Finding[], baseline: Baseline | undefined, policy: Partial<Policy> = {}) {
  return evaluate(findings, createPolicy(policy), createContext({ baseline }));
}

describe('a baseline', () => {
  it('downgrades a finding that it also has to a warning, whatever the version of the package', () => {
    const old = critical({ id: 'old', packages: [createPackage({ ...openssl, version: '3.0.0' })] });
    const verdict = judge([critical()], deployed(old));
    expect(verdict).toMatchObject({ verdict: 'warn', blocking: 0 });
    expect(verdict.judged[0]).toMatchObject({
      effect: 'warn',
      inBaseline: true,
      reason: { kind: 'baseline', instead: { kind: 'fail-on', threshold: 'critical' } },
    });
  });

  it.each([
    ['another vulnerability', critical({ vulnerabilityId: 'CVE-2021-44228' })],
    ['another package', critical({ packages: [createPackage({ ...openssl, name: 'libssl3' })] })],
    ['another package manager', critical({ packages: [createPackage({ ...openssl, manager: 'NPM' })] })],
    ['a suppressed finding', critical({ status: 'SUPPRESSED' })],
    ['a closed finding', critical({ status: 'CLOSED' })],
    ['no package', critical({ packages: [] })],
  ])('with %s downgrades nothing', (_, finding) => {
    const verdict = judge([critical()], deployed(finding));
    expect(verdict.verdict).toBe('block');
    expect(verdict.judged[0]?.inBaseline).toBe(false);
  });

  it('requires every package of a finding, and treats a finding without packages as new', () => {
    const two = critical({ packages: [openssl, createPackage({ name: 'zlib' })] });
    expect(judge([two], deployed(critical())).verdict).toBe('block');
    expect(
      judge([two], deployed(critical(), critical({ packages: [createPackage({ name: 'zlib' })] }))).verdict,
    ).toBe('warn');
    const none = critical({ packages: [] });
    expect(judge([none], deployed(none)).verdict).toBe('block');
  });

  it('compares packages by name alone only if the scanner names no package manager', () => {
    const unmanaged = critical({ packages: [createPackage({ ...openssl, manager: undefined })] });
    expect(judge([unmanaged], deployed(unmanaged)).verdict).toBe('warn');
    expect(judge([unmanaged], deployed(critical())).verdict).toBe('block');
    expect(judge([critical()], deployed(unmanaged)).verdict).toBe('block');
  });

  it('does not downgrade findings that a rule blocks as known exploited, nor if that is unknown', () => {
    const kev: Rule = { name: 'kev', action: 'block', reason: undefined, when: { knownExploited: true } };
    const rules = [kev];
    const verdict = (knownExploited: boolean | undefined, given = rules) =>
      judge([critical({ knownExploited })], deployed(critical()), { rules: given }).verdict;
    expect(verdict(true)).toBe('block');
    expect(verdict(undefined)).toBe('block');
    expect(verdict(false)).toBe('warn');
    // Nor does another rule before it change that.
    const any: Rule = { name: 'any', action: 'block', reason: undefined, when: { severity: ['CRITICAL'] } };
    expect(verdict(true, [any, kev])).toBe('block');
    expect(verdict(false, [any, kev])).toBe('warn');
    const warn: Rule = { ...any, action: 'warn' };
    expect(verdict(true, [warn, kev])).toBe('warn');
    // A rule that blocks what is not exploited is no such rule.
    expect(verdict(false, [{ ...kev, when: { knownExploited: false } }])).toBe('warn');
  });

  it('downgrades if a rule about known exploited findings only warns or is not reached', () => {
    const kev: Rule = { name: 'kev', action: 'block', reason: undefined, when: { knownExploited: true } };
    const warnKev: Rule = { ...kev, name: 'warn', action: 'warn' };
    const severe: Rule = { ...warnKev, name: 'severe', when: { severity: ['CRITICAL'] } };
    const unclear: Rule = { ...kev, name: 'unclear', when: { exploitAvailable: true } };
    const judged = (rules: readonly Rule[], knownExploited?: boolean) =>
      judge([critical({ knownExploited, exploitAvailable: undefined })], deployed(critical()), { rules })
        .judged[0];
    expect(judged([warnKev])).toMatchObject({ effect: 'warn', reason: { kind: 'baseline' } });
    expect(judged([unclear, severe, kev], true)).toMatchObject({
      effect: 'warn',
      reason: { kind: 'baseline' },
    });
    expect(judged([unclear, kev], true)).toMatchObject({ effect: 'block' });
  });

  it('does not downgrade an unknown severity', () => {
    const strange = critical({ severity: 'CATASTROPHIC' });
    expect(judge([strange], deployed(strange)).verdict).toBe('block');
  });

  it('does not change a warning, and marks it as not new', () => {
    const high = critical({ severity: 'HIGH' });
    expect(judge([high], deployed(high)).judged[0]).toMatchObject({
      effect: 'warn',
      inBaseline: true,
      reason: { kind: 'warn-on' },
    });
  });

  it('excludes its findings from the limits', () => {
    const limits = { critical: 0, low: 0 };
    const low = critical({ id: '2', severity: 'LOW' });
    expect(judge([critical(), low], deployed(critical()), { limits }).exceededLimits).toEqual([]);
    expect(judge([critical()], undefined, { limits }).exceededLimits).toHaveLength(1);
    const high = critical({ severity: 'HIGH' });
    expect(judge([high], deployed(high), { limits: { high: 0 } }).exceededLimits).toEqual([]);
    expect(judge([high], undefined, { limits: { high: 0 } }).exceededLimits).toHaveLength(1);
  });

  it('gives way to an exception, which allows the finding', () => {
    const circumstances = createContext({
      baseline: deployed(critical()),
      exceptions: [createException()],
    });
    expect(evaluate([critical()], createPolicy(), circumstances).verdict).toBe('pass');
  });

  it('lists each fixed finding once, and none without a baseline', () => {
    const fixed = critical({ id: 'm', vulnerabilityId: 'CVE-2021-44228' });
    const other = { ...fixed, id: 'n', platform: 'linux/arm64' };
    const closed = critical({ id: 'c', vulnerabilityId: 'CVE-2020-0001', status: 'CLOSED' });
    const { gone } = judge([critical()], deployed(critical(), fixed, other, closed));
    expect(gone?.map(({ finding }) => finding.vulnerabilityId)).toEqual(['CVE-2021-44228']);
    const two = critical({ packages: [openssl, createPackage({ name: 'zlib' })] });
    // A part of it is still there.
    expect(judge([critical()], deployed(two)).gone).toEqual([]);
    expect(judge([critical()], undefined)).toMatchObject({
      gone: undefined,
      judged: [{ inBaseline: undefined }],
    });
  });

  it.each([
    ['the same digest', ['a'], ['a'], true],
    ['the index of the image', ['a', 'b'], ['a'], true],
    ['a platform of the image', ['a'], ['a', 'b'], true],
    ['another image that shares a platform', ['a', 'b'], ['a', 'c'], false],
    ['another image', ['b'], ['a'], false],
  ])('may be the image itself: %s', (_, baseline, judged, expected) => {
    expect(isSameImage(baseline, judged)).toBe(expected);
  });

  it('is not there: nothing is in it', () => {
    expect(isInBaseline(critical(), undefined)).toBe(false);
  });
});
