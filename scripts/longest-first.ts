/** The order of test files: those that take longest come first, so that no worker is left with one of them at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take ten seconds or more, the longest first. */
export const LONGEST: readonly string[] = [
  'e2e/hardening',
  'e2e/gate',
  'e2e/trust',
  'e2e/faults',
  'e2e/reusable',
  'e2e/comment',
  'signing/keyless',
  'e2e/watchdog',
  'signing/revocations',
  'e2e/signing',
  'search/gate',
  'e2e/notation',
  'e2e/rollout',
  'bounds/documents',
  'e2e/audit',
  'audit/facts/failures',
  'modes/malformed-answers',
  'e2e/records',
  'e2e/required-check',
  'e2e/signing-preflight',
  'bounds/reporting',
  'bounds/judging',
  'signing/verify',
  'e2e/weakening',
  'signing/promotion',
  'signing/sign',
  'e2e/conditions',
  'admission/kyverno',
  'bounds/registry',
  'search/audit',
  'search/verify',
  'e2e/attestations',
  'e2e/by-hand',
  'e2e/ecs-hook',
  'e2e/changes',
  'e2e/rebuild',
  'e2e/policy',
  'audit/facts/calls',
  'e2e/iac',
  'bounds/regexes',
  'e2e/bounds',
  'audit/denied',
  'signing/attestations',
  'audit/unknown',
  'e2e/golden',
  'modes/gate',
  'watchdog/watchdog',
];

export default class LongestFirst extends BaseSequencer {
  /** Files that share a process are first and together: a worker keeps its process until a file of another kind comes. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId, project }: TestSpecification): number {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`/__tests__/${name}.test.ts`));
  const rank = at === -1 ? LONGEST.length : at;
  return project.config.isolate ? LONGEST.length + 1 + rank : rank;
}
