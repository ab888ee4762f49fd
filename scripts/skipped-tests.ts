/** Says at the end of a test run what was not tested, and why: a skipped test has checked nothing. */
import type { Reporter, TestModule } from 'vitest/node';

export default class SkippedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const why = result.state === 'skipped' ? result.note : undefined;
        // Whatever has no reason was filtered out by whoever started the run, or has said so itself.
        if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
      }
    }
    for (const [why, count] of counts) {
      console.log(`\nSKIPPED: ${count} ${count === 1 ? 'test' : 'tests'}: ${why}`);
    }
  }
}
