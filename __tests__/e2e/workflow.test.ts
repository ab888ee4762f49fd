/** A real workflow file with `uses: ./` and `uses: ./verify`, run on this machine by act. */
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureGoTool } from '../../scripts/tools.ts';
import { emulate, findCosign, keyOf, needsCosign } from './signed.ts';

const root = join(import.meta.dirname, '..', '..');

describe('a workflow that uses both actions', () => {
  let act: string | undefined;
  beforeAll(async () => {
    try {
      act = (await ensureGoTool('act', console.log)).path;
    } catch (error) {
      if (process.env.CI === 'true') throw error;
    }
    await findCosign();
  }, 900_000);

  it.for([
    [
      'blocked',
      /GATE failure block false [1-9]\d* false sha256:[0-9a-f]{64}/,
      /VERIFY failure error false false sha256:[0-9a-f]{64}/,
    ],
    [
      'pass-single',
      /GATE success pass true 0 true (sha256:[0-9a-f]{64})/,
      /VERIFY success pass true true sha256:[0-9a-f]{64}/,
    ],
  ] as const)(
    '%s: later steps get the outcome and the outputs',
    { timeout: 150_000 },
    async ([name, gate, verify], context) => {
      if (act === undefined)
        return context.skip('act is not available on this machine: Go is needed to build it');
      const cosign = await needsCosign(context);
      const emulator = await emulate(name);
      const env = {
        ...emulator.env(),
        GATE_IMAGE: emulator.images.join('\n'),
        GATE_SIGNING_KEY: keyOf(emulator),
        PATH: `${dirname(cosign)}:${process.env.PATH}`,
      };
      const args = [
        'push',
        '--directory',
        root,
        '--workflows',
        '__tests__/e2e/workflow/gate.yml',
        '--platform',
        'ubuntu-latest=-self-hosted',
        ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ];
      const { stdout } = await promisify(execFile)(act, args, {
        timeout: 120_000,
        maxBuffer: 64 * 1024 * 1024,
        // Without a container, steps also get the variables of act's process, which must not include those of this machine.
        env: { ...env, HOME: process.env.HOME },
      });
      expect(stdout).toMatch(gate);
      expect(stdout).toMatch(verify);
    },
  );
});
