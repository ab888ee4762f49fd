/** Checks the assumptions about cosign with the real cosign, without a network: versions, key files and flags. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { ensureCosign } from '../../scripts/tools.ts';
import { messageOf } from '../../src/errors.ts';
import {
  NO_SERVICES,
  publicKeyArguments,
  signArguments,
  verifyArguments,
} from '../../src/signing/cosign/arguments.ts';
import { childEnvironment } from '../../src/signing/cosign/environment.ts';
import { execute } from '../../src/signing/cosign/exec.ts';
import { explainFailure } from '../../src/signing/cosign/failures.ts';
import { isSupported, parseVersion } from '../../src/signing/cosign/release.ts';

const PASSWORD = 'correct horse';

let cosign = '';
let missing = '';
let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gate-cosign-'));
  try {
    cosign = (await ensureCosign(console.log)).path;
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    missing = messageOf(error);
    return;
  }
  const env = { PATH: process.env.PATH ?? '', HOME: home, COSIGN_PASSWORD: PASSWORD };
  await promisify(execFile)(cosign, ['generate-key-pair'], { cwd: home, env });
}, 900_000);
afterAll(() => rm(home, { recursive: true, force: true }));

function needsCosign(context: TestContext): void {
  if (cosign === '') context.skip(missing);
}

function run(args: string[], password = PASSWORD) {
  const parent = { PATH: process.env.PATH, COSIGN_PASSWORD: password };
  const env = childEnvironment(parent, { home, region: undefined, key: 'file' });
  return execute(cosign, args, { env, timeoutMs: 30_000, signal: new AbortController().signal });
}

describe('cosign', () => {
  it('prints its version', async (context) => {
    needsCosign(context);
    const version = parseVersion((await run(['version', '--json'])).stdout);
    expect(version).toBeDefined();
    expect(isSupported(version ?? '')).toBe(true);
  });

  it('prints the public key of a key file', async (context) => {
    needsCosign(context);
    const key = { kind: 'file', path: join(home, 'cosign.key') } as const;
    const result = await run(publicKeyArguments(key));
    expect(result, result.stderr).toMatchObject({ exitCode: 0 });
    expect(result.stdout).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  });

  it('prints the errors that explainFailure knows for a wrong password and for a file that is not a key', async (context) => {
    needsCosign(context);
    const key = { kind: 'file', path: join(home, 'cosign.key') } as const;
    const wrong = await run(publicKeyArguments(key), 'wrong');
    expect(wrong.exitCode).toBe(1);
    expect(explainFailure(wrong.stderr).nextStep).toMatch(/COSIGN_PASSWORD/);

    const path = join(home, 'not.key');
    await writeFile(path, 'not a key');
    const garbage = await run(publicKeyArguments({ kind: 'file', path }));
    expect(garbage.exitCode).toBe(1);
    expect(explainFailure(garbage.stderr).nextStep).toMatch(/generate-key-pair/);
  });

  it('accepts every flag that the gate passes', async (context) => {
    needsCosign(context);
    // Nothing listens there: the connection is refused, not the arguments.
    const image = `127.0.0.1:9/team/app@sha256:${'a'.repeat(64)}`;
    const key = { kind: 'file', path: join(home, 'cosign.key') } as const;
    const verifier = { kind: 'key', reference: join(home, 'cosign.pub') } as const;
    const files = { signingConfig: join(home, 'sc.json'), trustedRoot: join(home, 'tr.json') };
    await writeFile(files.signingConfig, NO_SERVICES.signingConfig);
    await writeFile(files.trustedRoot, NO_SERVICES.trustedRoot);
    const annotations = { commit: '0f3c1e2', note: 'a, "b"' };
    const common = { image, annotations, transparencyLog: false, ownServices: false, timeoutMs: 20_000 };
    for (const format of ['bundle', 'legacy'] as const) {
      for (const args of [
        signArguments({ ...common, ...files, key, format }),
        verifyArguments({ ...common, ...files, verifier, format }),
      ]) {
        const { exitCode, stderr } = await run(args);
        expect(exitCode, args.join(' ')).not.toBe(0);
        expect(stderr).not.toMatch(
          /unknown flag|invalid argument|unable to parse|in the group|is not supported/,
        );
      }
    }
  }, 120_000);
});
