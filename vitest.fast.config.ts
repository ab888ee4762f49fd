import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import all from './vitest.config.ts';

/** `npm run test:fast`: tests of functions and properties. All tests that start processes or measure time are left out. */
export default mergeConfig(
  all,
  defineConfig({
    test: {
      exclude: [
        ...configDefaults.exclude,
        '__tests__/{admission,bounds,e2e,emulator}/**',
        '__tests__/{docs,reusable-workflows}.test.ts',
        '__tests__/iac/terraform.test.ts',
        '__tests__/modes/gate.test.ts',
        '__tests__/scripts/policy-digest.test.ts',
        '__tests__/signing/{keyless,real,revocations,sign,verify}.test.ts',
        '__tests__/signing/cosign/{by-hand,exec,private-directory,provision}.test.ts',
        '__tests__/watchdog/watchdog.test.ts',
      ],
    },
  }),
);
