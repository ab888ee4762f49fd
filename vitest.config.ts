import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import LongestFirst from './scripts/longest-first.ts';

/** Tests that start processes, measure time or play hundreds of runs. `npm run test:fast` leaves them out. */
const SLOW = [
  '__tests__/{admission,bounds,e2e,emulator}/**/*.test.ts',
  '__tests__/{docs,example-workflows,reusable-workflows}.test.ts',
  '__tests__/audit/{denied,unknown,speed,lifecycle/speed,facts/calls,facts/failures,facts/moto}.test.ts',
  '__tests__/iac/terraform.test.ts',
  '__tests__/memory.test.ts',
  '__tests__/modes/{advice,gate,load,malformed-answers}.test.ts',
  '__tests__/scripts/{pin-cosign,policy-digest}.test.ts',
  '__tests__/search/{advice,attestations,audit,gate,verify}.test.ts',
  '__tests__/signing/{attestations,keyless,promotion,real,revocations,sign,verify}.test.ts',
  '__tests__/signing/cosign/{by-hand,exec,private-directory,provision}.test.ts',
  '__tests__/watchdog/watchdog.test.ts',
];

/** Tests that replace modules, or that change what modules read when they are loaded: each file has a process of its own. */
const ALONE = [
  '__tests__/{admission,emulator,modes,search,watchdog}/**/*.test.ts',
  '__tests__/{docs,example-workflows,memory,reusable-workflows}.test.ts',
  '__tests__/audit/{facts/**/*,lifecycle/speed,speed}.test.ts',
  '__tests__/aws/download.test.ts',
  '__tests__/github/{comment,core,issue,records}.test.ts',
  '__tests__/iac/terraform.test.ts',
  '__tests__/image/origins.test.ts',
  '__tests__/publish/publish.test.ts',
  '__tests__/report/escapes.test.ts',
  '__tests__/scripts/{pin-cosign,policy-digest}.test.ts',
  '__tests__/signing/real.test.ts',
  '__tests__/signing/cosign/{by-hand,exec,private-directory,provision}.test.ts',
];

const ALL = '__tests__/**/*.test.ts';

export default defineConfig(({ mode }) => {
  const exclude = [...configDefaults.exclude, ...(mode === 'fast' ? SLOW : [])];
  return {
    test: {
      reporters: ['default', './scripts/skipped-tests.ts'],
      // End-to-end tests start the bundle and cosign as processes, and wait for them: six files keep two cores busy.
      maxWorkers: 6,
      // Tests that run side by side mostly wait for timeouts.
      maxConcurrency: 12,
      testTimeout: 30_000,
      hookTimeout: 60_000,
      sequence: { sequencer: LongestFirst },
      // Node keeps the compiled code of modules and bundles there, which hundreds of processes would otherwise compile again.
      env: { NODE_COMPILE_CACHE: join(import.meta.dirname, '.cache', 'compiled') },
      projects: [
        { extends: true, test: { name: 'alone', include: ALONE, exclude } },
        // All other tests: files share a process and the modules that it has loaded.
        {
          extends: true,
          test: { name: 'shared', include: [ALL], exclude: [...exclude, ...ALONE], isolate: false },
        },
      ],
    },
  };
});
