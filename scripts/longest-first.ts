/** The order of test files: those that take longest come first, so that no worker is left with one of them at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take about ten seconds of processor time or of waiting, or more, from the longest on. */
export const LONGEST: readonly string[] = [
  'e2e/faults',
  'e2e/hardening',
  'bounds/regexes',
  'e2e/gate',
  'bounds/registry',
  'bounds/documents',
  'signing/revocations',
  'e2e/rollout',
  'modes/malformed-answers',
  'e2e/signing',
  'e2e/weakening',
  'bounds/judging',
  'bounds/reporting',
  'signing/keyless',
  'e2e/comment',
  'e2e/reusable',
  'e2e/conditions',
  'e2e/audit',
  'e2e/signing-preflight',
  'audit/facts/failures',
  'admission/kyverno',
  'e2e/watchdog',
  'search/gate',
  'e2e/policy',
  'audit/facts/moto',
  'signing/verify',
  'search/verify',
];

export default class LongestFirst extends BaseSequencer {
  /** Files that share a process are last and together: a worker keeps its process until a file of another kind comes. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId, project }: TestSpecification): number {
  const rank = LONGEST.findIndex((name) => moduleId.endsWith(`/__tests__/${name}.test.ts`));
  if (!project.config.isolate) return LONGEST.length + 1;
  return rank === -1 ? LONGEST.length : rank;
}
