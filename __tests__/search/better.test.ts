/** What the search of audits takes for a better result. */
import { describe, expect, it } from 'vitest';
import type { AuditResult, Result } from '../../src/audit/result.ts';
import { betterIn } from './audit-subject.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const ARN = 'arn:aws:ecr:eu-central-1:123456789012:repository/app';

function resultOf(
  status: Result['status'],
  severity: Result['severity'],
  more: Partial<Result> = {},
): Result {
  return {
    check: 'lifecycle/production',
    status,
    severity,
    couldBe: undefined,
    registry: HOST,
    resource: ARN,
    message: '',
    evidence: {},
    fix: undefined,
    reference: '',
    missing: [],
    items: [],
    ignored: undefined,
    new: undefined,
    ...more,
  };
}

const auditOf = (...results: Result[]): AuditResult => ({
  verdict: 'warn',
  counts: { passed: 0, critical: 0, high: 0, medium: 0, low: 0, unknown: 0, ignored: 0 },
  registries: [
    { host: HOST, account: '123456789012', region: 'eu-central-1', partition: 'aws', repositories: ['app'] },
  ],
  results,
  access: [],
  accessIncomplete: [],
  principals: [],
  notSeen: [],
  notes: [],
  rules: { unmatched: [], expired: [] },
  gone: [],
  proposals: [],
});

describe('a result is better', () => {
  const high = resultOf('fail', 'high');

  it.each([
    ['if it passes', high, resultOf('pass', 'high')],
    ['if it fails less badly', high, resultOf('fail', 'low')],
    ['if it is unknown and cannot be as bad', high, resultOf('unknown', 'medium')],
    ['if it could be worse, and not as bad as before', high, resultOf('fail', 'low', { couldBe: 'medium' })],
    ['if it is no longer unknown at the worst', resultOf('unknown', 'high'), resultOf('fail', 'low')],
    [
      'if the registry says a milder thing in its place',
      high,
      resultOf('unknown', 'low', { resource: HOST }),
    ],
    ['if it disappears', high, resultOf('fail', 'high', { check: 'tags/mutable' })],
  ])('%s', (_, before, after) => {
    expect(betterIn(auditOf(before), auditOf(after))).toHaveLength(1);
  });

  it.each([
    ['if it fails as badly', high, high],
    ['if it fails worse', high, resultOf('fail', 'critical')],
    ['if it is unknown and could be as bad', high, resultOf('unknown', 'high')],
    ['if it fails less badly and could be as bad', high, resultOf('fail', 'low', { couldBe: 'high' })],
    ['if the registry says it in its place', high, resultOf('unknown', 'high', { resource: HOST })],
    ['if it was fine', resultOf('pass', 'high'), resultOf('pass', 'high')],
  ])('not %s', (_, before, after) => {
    expect(betterIn(auditOf(before), auditOf(after))).toEqual([]);
  });
});
