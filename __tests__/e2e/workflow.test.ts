/** A real workflow file with `uses: ./`, run on this machine by act. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { ensureGoTool } from '../../scripts/tools.ts';

const root = join(import.meta.dirname, '..', '..');

describe('a workflow that uses the action', () => {
  let act: string | undefined;
  beforeAll(async () => {
    try {
      act = (await ensureGoTool('act', console.log)).path;
    } catch (error) {
      if (process.env.CI === 'true') throw error;
    }
  }, 900_000);

  it.for([
    ['blocked', /RESULT failure block false [1-9]\d* sha256:[0-9a-f]{64}/],
    ['pass-single', /RESULT success pass true 0 sha256:[0-9a-f]{64}/],
  ] as const)(
    '%s: later steps see outcome and outputs',
    { timeout: 150_000 },
    async ([name, result], context) => {
      if (act === undefined)
        return context.skip('act cannot be had on this machine: Go is needed to build it');
      const scenario = scenarios[name];
      if (scenario === undefined) throw new Error(`no scenario ${name}`);
      const emulator = await startEmulator(scenario);
      try {
        const env = { ...emulator.env(), GATE_IMAGE: emulator.images.join('\n') };
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
        });
        expect(stdout).toMatch(result);
      } finally {
        await emulator.close();
      }
    },
  );
});
