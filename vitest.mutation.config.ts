import { defineConfig } from 'vitest/config';

// Mutants of the pure rooms are killed by those rooms' own tests.
export default defineConfig({
  test: { include: ['__tests__/policy/**/*.test.ts', '__tests__/scan/state.test.ts'] },
});
