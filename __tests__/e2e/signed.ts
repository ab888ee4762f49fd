/** The bundled action, the real cosign and an emulator for tests of signing, attesting and verifying. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, type TestContext } from 'vitest';
import type { KeyDefinition, RepositorySpec, Scenario } from '../../emulator/scenario.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type ActionOptions, type ActionRun, runAction } from '../../scripts/runner.ts';
import { ensureCosign } from '../../scripts/tools.ts';
import { credentials } from '../../scripts/verify.ts';
import { messageOf } from '../../src/errors.ts';
import { NO_SERVICES } from '../../src/signing/cosign/arguments.ts';
import { SUMMARY_TYPE, thresholdsPolicy, VERIFIER_ID } from '../../src/signing/statements/predicate.ts';

let program: Promise<string> | undefined;

/** For `beforeAll`: building cosign can take longer than the time limit of a test. */
export async function findCosign(): Promise<void> {
  program ??= ensureCosign(console.log).then(({ path }) => path);
  await program.catch(() => {});
}

/** The real cosign. Without it, the test is skipped with the reason; on CI it fails. */
export async function needsCosign(context: TestContext): Promise<string> {
  await findCosign();
  try {
    return (await program) ?? '';
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return context.skip(messageOf(error));
  }
}

/**
 * A directory for PATH whose cosign is a script that starts this program. The action uses a script where it is, and copies a
 * program, of which it computes the checksum: with 130 MB in each run, that was most of what the tests did. Without garbage
 * collection, the short processes take a fifth less processor time. `signing.test.ts` signs with the program itself.
 */
export function directoryOf(cosign: string): string {
  const directory = join(import.meta.dirname, '..', '..', '.cache', 'cosign-script');
  const file = join(directory, 'cosign');
  const text = `#!/bin/sh\nGOGC=off exec '${cosign}' "$@"\n`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    // Other test files write it at the same time, or start it.
    mkdirSync(directory, { recursive: true });
    const written = join(directory, `cosign-${process.pid}`);
    writeFileSync(written, text, { mode: 0o755 });
    renameSync(written, file);
  }
  return directory;
}

export const OTHER_KEY: KeyDefinition = { id: '0f0f0f0f-1111-4222-8333-444455556666', alias: 'alias/other' };
export const POLICY = thresholdsPolicy({
  failOn: 'critical',
  warnOn: 'high',
  ignoreUnfixed: false,
  scanType: 'enhanced',
}).sha256;

export async function emulate(
  name = 'pass-single',
  changes: Partial<Scenario> = {},
  repository: Partial<RepositorySpec> = {},
) {
  const scenario = scenarios[name];
  const [first, ...others] = scenario?.repositories ?? [];
  if (scenario === undefined || first === undefined) throw new Error(`no scenario ${name}`);
  const keys = [...(scenarios['pass-single']?.keys ?? []), OTHER_KEY];
  const repositories = [{ ...first, ...repository }, ...others];
  const emulator = await startEmulator({ ...scenario, keys, repositories, ...changes });
  onTestFinished(() => emulator.close());
  return emulator;
}

export function keyOf(emulator: Emulator, which = 0): string {
  return `awskms:///${emulator.kms.arn(emulator.scenario.keys?.[which]?.id ?? '')}`;
}

interface RunOptions {
  readonly env?: Record<string, string>;
  /** Directories before those with the real cosign. */
  readonly path?: readonly string[];
  readonly kill?: ActionOptions['kill'];
  readonly action?: ActionOptions['action'];
}

/**
 * Runs the action with the scenario's first key. Checks that only AWS was contacted and that no file remains in
 * RUNNER_TEMP.
 */
export async function run(
  emulator: Emulator,
  inputs: Record<string, string> = {},
  { env = {}, path = [], kill, action = 'gate' }: RunOptions = {},
): Promise<ActionRun> {
  const cosign = await program;
  const result = await runAction({
    action,
    inputs: {
      image: emulator.images.join('\n'),
      ...emulator.scenario.inputs,
      'signing-key': keyOf(emulator),
      ...inputs,
    },
    env: {
      ...emulator.env(),
      PATH: [...path, ...(cosign ? [directoryOf(cosign)] : []), process.env.PATH].join(delimiter),
      ...env,
    },
    ...(kill === undefined ? {} : { kill }),
  });
  onTestFinished(() => result.clean());
  expect(emulator.foreign).toEqual([]);
  const left = (await readdir(result.temp)).filter(
    (name) => !/^(output|summary\.md|ecr-deployment-gate-)/.test(name),
  );
  expect(left).toEqual([]);
  return result;
}

/** The same with the verify action. */
export function verify(
  emulator: Emulator,
  inputs: Record<string, string> = {},
  options: RunOptions = {},
): Promise<ActionRun> {
  return run(emulator, inputs, { ...options, action: 'verify' });
}

/** Runs cosign without the gate, as everyone with the credentials can. */
export async function byHand(emulator: Emulator, ...args: string[]): Promise<{ stdout: string }> {
  const home = await mkdtemp(join(tmpdir(), 'gate-hand-'));
  try {
    const auths = await credentials(emulator, emulator.scenario);
    await writeFile(join(home, 'config.json'), JSON.stringify({ auths }));
    await writeFile(join(home, 'sc.json'), NO_SERVICES.signingConfig);
    await writeFile(join(home, 'tr.json'), NO_SERVICES.trustedRoot);
    const env = { ...emulator.env(), PATH: process.env.PATH ?? '', HOME: home, DOCKER_CONFIG: home };
    const full = args.map((arg) => arg.replaceAll('{home}', home));
    return await promisify(execFile)((await program) ?? '', full, { env, maxBuffer: 64 * 1024 * 1024 });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** A shell with cosign and the credentials of the registry. The key is in a region other than that of the shell. */
export async function shell(emulator: Emulator, cosign: string, directory?: string) {
  const home = directory ?? (await mkdtemp(join(tmpdir(), 'gate-shell-')));
  if (directory === undefined) onTestFinished(() => rm(home, { recursive: true, force: true }));
  const auths = await credentials(emulator, emulator.scenario);
  await writeFile(join(home, 'config.json'), JSON.stringify({ auths }));
  const env = {
    ...emulator.env(),
    PATH: [directoryOf(cosign), process.env.PATH].join(delimiter),
    HOME: home,
    DOCKER_CONFIG: home,
    AWS_REGION: 'us-east-1',
  };
  return (commands: string): Promise<{ code: number | null; output: string }> =>
    new Promise((resolve) => {
      const child = spawn('sh', ['-e', '-c', commands], { cwd: home, env });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      child.on('close', (code) => resolve({ code, output }));
    });
}

const MAKE = ['--yes', '--signing-config={home}/sc.json', '--trusted-root={home}/tr.json'];

export function uriOf(emulator: Emulator): string {
  const [repository] = (emulator.images[0] ?? '').split(/[:@]/);
  return `${repository}@${emulator.digests.get('app')}`;
}

interface Made {
  readonly key?: number;
  readonly image?: string;
  readonly format?: 'bundle' | 'legacy';
}

/** As `MAKE` for signatures and attestations in format legacy. */
const MAKE_LEGACY = [
  '--yes',
  '--new-bundle-format=false',
  '--use-signing-config=false',
  '--tlog-upload=false',
];

/** Attaches a verification summary with the given differences from a valid one. */
export async function attestByHand(
  emulator: Emulator,
  changes: Record<string, unknown>,
  { key = 0, image, format = 'bundle' }: Made = {},
) {
  const uri = uriOf(emulator);
  const predicate = {
    verifier: { id: VERIFIER_ID },
    timeVerified: new Date(emulator.now()).toISOString(),
    resourceUri: `oci://${uri.slice(0, uri.indexOf('@'))}`,
    policy: { uri: 'urn:test', digest: { sha256: POLICY } },
    verificationResult: 'PASSED',
    verifiedLevels: ['TEST'],
    ...changes,
  };
  const directory = await mkdtemp(join(tmpdir(), 'gate-predicate-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'predicate.json');
  await writeFile(file, JSON.stringify(predicate));
  await byHand(
    emulator,
    'attest',
    ...(format === 'bundle' ? MAKE : MAKE_LEGACY),
    `--key=${keyOf(emulator, key)}`,
    `--type=${SUMMARY_TYPE}`,
    `--predicate=${file}`,
    image ?? uri,
  );
}

export const signByHand = (emulator: Emulator, key = 0) =>
  byHand(emulator, 'sign', ...MAKE, `--key=${keyOf(emulator, key)}`, uriOf(emulator));

export const signLegacyByHand = (emulator: Emulator, key = 0) =>
  byHand(emulator, 'sign', ...MAKE_LEGACY, `--key=${keyOf(emulator, key)}`, uriOf(emulator));

export const ATTESTED = { 'max-attestation-age': '1h', recheck: 'false' };
