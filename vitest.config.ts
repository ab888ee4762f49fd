import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    reporters: ['default', './scripts/skipped-tests.ts'],
    // End-to-end tests start the bundle and cosign as processes of their own; two cores are enough for two files.
    maxWorkers: 2,
    // Tests that run side by side mostly wait for timeouts.
    maxConcurrency: 12,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
