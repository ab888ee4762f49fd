import type { EvaluationContext } from '../../src/policy/evaluate.ts';
import { EMPTY_POLICY, type Policy } from '../../src/policy/policy.ts';
import type { Exception } from '../../src/results/exception.ts';

export const NOW = new Date('2026-06-01T12:00:00Z');

/** Thresholds as the inputs' defaults set them, no rules. */
export function createPolicy(overrides: Partial<Policy> = {}): Policy {
  const { minimum: _, ...document } = EMPTY_POLICY;
  return { ...document, failOn: 'critical', warnOn: 'high', ignoreUnfixed: false, ...overrides };
}

export function createContext(overrides: Partial<EvaluationContext> = {}): EvaluationContext {
  return {
    image: {
      host: '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
      repository: 'team/app',
      digests: [`sha256:${'a'.repeat(64)}`],
    },
    exceptions: [],
    baseline: undefined,
    now: NOW,
    ...overrides,
  };
}

export function createException(overrides: Partial<Exception> = {}): Exception {
  return {
    origin: 'exceptions',
    source: 'exceptions.yml:4',
    ids: ['CVE-2022-0778'],
    scope: { kind: 'globs', package: undefined, image: undefined, platform: undefined },
    status: 'accepted',
    reason: 'TLS ends at the load balancer',
    expires: new Date('2026-07-01T00:00:00Z'),
    since: undefined,
    approvedBy: undefined,
    ticket: undefined,
    untilFixed: false,
    ...overrides,
  };
}
