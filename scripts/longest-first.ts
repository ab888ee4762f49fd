/** The order of test files: those that take longest come first, so that no worker is left with one of them at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take ten seconds or more, the longest first. */
export const LONGEST: readonly string[] = [
  'e2e/gate',
  'e2e/hardening',
  'e2e/trust',
  'e2e/faults',
  'e2e/watchdog',
  'e2e/reusable',
  'e2e/comment',
  'signing/revocations',
  'e2e/notation',
  'e2e/rollout',
  'e2e/required-check',
  'e2e/signing-preflight',
  'e2e/signing',
  'signing/keyless',
  'bounds/regexes',
  'e2e/records',
  'e2e/audit',
  'audit/facts/failures',
  'bounds/documents',
  'signing/sign',
  'e2e/ecs-hook',
  'e2e/rebuild',
  'e2e/golden',
  'admission/kyverno',
  'search/audit',
  'e2e/bounds',
  'e2e/policy',
  'signing/promotion',
  'search/gate',
  'e2e/attestations',
  'bounds/reporting',
  'signing/verify',
  'modes/malformed-answers',
  'e2e/weakening',
  'search/verify',
  'bounds/judging',
  'e2e/changes',
  'e2e/by-hand',
  'e2e/workflow',
  'bounds/registry',
  'e2e/iac',
  'signing/attestations',
  'watchdog/watchdog',
  'modes/gate',
  'signing/cosign/exec',
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
