/** Lists at the end of a test run which tests were skipped, and why. */
import type { Reporter, TestModule } from 'vitest/node';

export default class SkippedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const why = result.state === 'skipped' ? result.note : undefined;
        // Tests without a reason were filtered out on the command line, or print the reason themselves.
        if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
      }
    }
    for (const [why, count] of counts) {
      console.log(`\nSKIPPED: ${count} ${count === 1 ? 'test' : 'tests'}: ${why}`);
    }
  }
}
