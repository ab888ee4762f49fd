/** The real cosign with the emulated registry and KMS under their real host names. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import type { ImageSpec, Scenario } from '../../emulator/scenario.ts';
import { registryHost } from '../../emulator/scenario.ts';
import { ensureCosign } from '../../scripts/tools.ts';
import { NO_SERVICES, SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { SCANNED, type Stage, scenario, stage } from './stage.ts';

const KEY = { id: '1234abcd-12ab-34cd-56ef-1234567890ab', alias: 'alias/release' };
const OTHER_KEY = { id: 'ffffffff-12ab-34cd-56ef-1234567890ab' };
const IMAGE: ImageSpec = { kind: 'image', name: 'app', tag: '1.0', timeline: [SCANNED] };
const RUN_MS = 60_000;

let cosign: string | Error;
beforeAll(async () => {
  cosign = await ensureCosign(console.log).then(
    ({ path }) => path,
    (error: Error) => error,
  );
}, 900_000);

interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Bench extends Omit<Stage, 'digest'> {
  readonly image: string;
  readonly digest: string;
  key(id: string): string;
  run(...args: string[]): Promise<Finished>;
}

/** An image in the registry, and cosign with credentials for it and a home of its own. */
async function prepare(context: TestContext, more: Partial<Scenario> = {}): Promise<Bench> {
  const program = cosign;
  if (program instanceof Error) {
    if (process.env.CI === 'true') throw program;
    return context.skip(program.message);
  }
  const staged = await stage(scenario([IMAGE], { keys: [KEY, OTHER_KEY], ...more }));
  const { emulator } = staged;
  const home = await mkdtemp(join(tmpdir(), 'emulator-cosign-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const host = registryHost(emulator.scenario);
  await writeFile(
    join(home, 'config.json'),
    JSON.stringify({ auths: { [host]: { auth: await login(staged) } } }),
  );
  await writeFile(join(home, 'signing-config.json'), NO_SERVICES.signingConfig);
  await writeFile(join(home, 'trusted-root.json'), NO_SERVICES.trustedRoot);
  const env = { ...emulator.env(), HOME: home, DOCKER_CONFIG: home, TUF_ROOT: join(home, 'tuf') };
  const digest = staged.digest('app');
  return {
    ...staged,
    digest,
    image: `${host}/app@${digest}`,
    key: (id) => `awskms:///${emulator.kms.arn(id)}`,
    run: (...args) =>
      new Promise((resolve) => {
        execFile(program, args, { env, cwd: home, timeout: RUN_MS }, (error, stdout, stderr) => {
          resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
        });
      }),
  };
}

async function login({ ecr }: Stage): Promise<string> {
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  return authorizationData?.[0]?.authorizationToken ?? '';
}

const WITHOUT_SERVICES = ['--signing-config', 'signing-config.json', '--trusted-root', 'trusted-root.json'];
const AS_LEGACY = ['--new-bundle-format=false', '--use-signing-config=false', '--tlog-upload=false'];
const verifyBundle = [
  'verify-attestation',
  '--type',
  SIGNATURE_TYPE,
  '--insecure-ignore-tlog=true',
  '-o',
  'json',
];
const verifyLegacy = ['verify', '--new-bundle-format=false', '--insecure-ignore-tlog=true', '-o', 'json'];

function manifestsOf({ emulator }: Bench) {
  return [...(emulator.store.repositories.get('app')?.manifests.values() ?? [])];
}

function succeeded({ exitCode, stderr, stdout }: Finished): string {
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

describe('cosign', () => {
  it('signs with a KMS key and finds the signature as a referrer', {
    timeout: 3 * RUN_MS,
  }, async (context) => {
    const bench = await prepare(context, {
      repositories: [{ name: 'app', tagMutability: 'IMMUTABLE', images: [IMAGE] }],
    });
    const { emulator, image, digest, key, run } = bench;
    succeeded(await run('sign', '--yes', '--key', key(KEY.id), ...WITHOUT_SERVICES, image));
    expect(['GetPublicKey', 'DescribeKey', 'Sign'].map((api) => emulator.count(api))).toEqual([1, 1, 1]);

    const referrers = manifestsOf(bench).filter(({ subject }) => subject === digest);
    expect(referrers).toHaveLength(1);
    expect(JSON.parse(referrers[0]?.bytes.toString() ?? '')).toMatchObject({
      artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      annotations: { 'dev.sigstore.bundle.predicateType': SIGNATURE_TYPE },
    });
    // With a referrers API no tag is written.
    expect([...(emulator.store.repositories.get('app')?.tags.keys() ?? [])]).toEqual(['1.0']);

    const [envelope] = succeeded(await run(...verifyBundle, '--key', key(KEY.id), image))
      .trim()
      .split('\n');
    const { payload } = JSON.parse(envelope ?? '') as { payload: string };
    expect(JSON.parse(Buffer.from(payload, 'base64').toString())).toMatchObject({
      predicateType: SIGNATURE_TYPE,
      subject: [{ digest: { sha256: digest.slice('sha256:'.length) } }],
    });

    const wrong = await run(...verifyBundle, '--key', key(OTHER_KEY.id), image);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain('no matching attestations');
    expect(emulator.foreign).toEqual([]);
  });

  it('signs in the legacy format with an alias and finds the tag', {
    timeout: 3 * RUN_MS,
  }, async (context) => {
    const { emulator, image, digest, key, run } = await prepare(context);
    const alias = `awskms:///${KEY.alias}`;
    succeeded(await run('sign', '--yes', '--key', alias, ...AS_LEGACY, image));
    expect([...(emulator.store.repositories.get('app')?.tags.keys() ?? [])]).toEqual([
      '1.0',
      `${digest.replace(':', '-')}.sig`,
    ]);
    const [claim] = JSON.parse(
      succeeded(await run(...verifyLegacy, '--key', key(KEY.id), image)),
    ) as unknown[];
    expect(claim).toMatchObject({ critical: { image: { 'docker-manifest-digest': digest } } });

    const wrong = await run(...verifyLegacy, '--key', key(OTHER_KEY.id), image);
    expect(wrong.exitCode).toBe(12);
    expect(emulator.foreign).toEqual([]);
  });

  it('prints the error of KMS', { timeout: 3 * RUN_MS }, async (context) => {
    const { image, key, run, ...bench } = await prepare(context, { keys: [{ ...KEY, deny: ['Sign'] }] });
    const denied = await run('sign', '--yes', '--key', key(KEY.id), ...WITHOUT_SERVICES, image);
    expect(denied.exitCode).toBe(1);
    expect(denied.stderr).toContain('AccessDeniedException');
    expect(denied.stderr).toContain('is not authorized to perform: kms:Sign');
    const unknown = await run('sign', '--yes', '--key', 'awskms:///alias/other', ...WITHOUT_SERVICES, image);
    expect(unknown.stderr).toContain('NotFoundException');
    expect(bench.emulator.store.repositories.get('app')?.manifests.size).toBe(1);
    expect(bench.emulator.foreign).toEqual([]);
  });

  it('cannot reach any other host, and the emulator records the attempt', {
    timeout: 3 * RUN_MS,
  }, async (context) => {
    const { emulator, image, key, run } = await prepare(context);
    // With its defaults, cosign requests the settings of the public log.
    const { exitCode } = await run('sign', '--yes', '--timeout=20s', '--key', key(KEY.id), image);
    expect(exitCode).not.toBe(0);
    expect(emulator.foreign).toContain('tuf-repo-cdn.sigstore.dev:443');
  });
});
