import { defineConfig } from 'vitest/config';

// Mutants of the pure rooms are killed by those rooms' own tests. How often the properties reach what they are about
// says nothing of the code.
export default defineConfig({
  test: {
    include: ['__tests__/policy/**/*.test.ts', '__tests__/scan/state.test.ts'],
    exclude: ['__tests__/policy/reach.test.ts'],
    env: { PROPERTY_RUNS: '100' },
  },
});
