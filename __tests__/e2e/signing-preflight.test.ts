/** The requirements of signing are checked before the wait for the scan: the bundle, the real cosign, and a scan that never ends. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { FaultSpec, KeyDefinition } from '../../emulator/scenario.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import type { Emulator } from '../../emulator/server.ts';
import { emulate, findCosign, keyOf, needsCosign, run } from './signed.ts';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(findCosign, 900_000);

const [KEY] = scenarios['pass-single']?.keys ?? [];
if (KEY === undefined) throw new Error('the scenario has no key');

const deny = (api: string): FaultSpec => ({ api, kind: 'deny' });

const apisOf = ({ calls }: Emulator) => calls.map(({ api }) => api);

/** The run ended before it waited: with a timeout of ten minutes, the test would not end otherwise. */
async function failsAtOnce(emulator: Emulator, key: string, inputs: Record<string, string> = {}) {
  const result = await run(emulator, { 'signing-key': key, timeout: '10m', ...inputs });
  expect(result, result.log).toMatchObject({
    exitCode: 1,
    outputs: { verdict: 'error', passed: 'false', signed: 'false' },
  });
  expect(result.log).not.toMatch(/Waiting for the scan/);
  expect(apisOf(emulator)).not.toContain('Sign');
  return result;
}

describe('a KMS key', () => {
  it.for<[string, Partial<KeyDefinition>, RegExp]>([
    [
      'whose GetPublicKey is denied',
      { deny: ['GetPublicKey'] },
      /Allow kms:DescribeKey and kms:GetPublicKey/,
    ],
    ['whose DescribeKey is denied', { deny: ['DescribeKey'] }, /Allow kms:DescribeKey and kms:GetPublicKey/],
    ['that is disabled', { state: 'Disabled' }, /DisabledException.*Enable the signing key/s],
    ['that will be deleted', { state: 'PendingDeletion' }, /pending deletion/],
    ['that is symmetric', { spec: 'SYMMETRIC_DEFAULT' }, /Use an asymmetric key/],
    ['for encryption', { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' }, /Use an asymmetric key/],
  ])('%s is reported before the wait, and signs nothing', async ([, changes, message], context) => {
    await needsCosign(context);
    const emulator = await emulate('never-ends', { keys: [{ ...KEY, ...changes }] });
    const result = await failsAtOnce(emulator, keyOf(emulator));
    expect(result.log).toMatch(/The signing key awskms:\/\/\/\S+ cannot be used: /);
    expect(result.log).toMatch(message);
    expect(result.summary).toMatch(/The signing key .* cannot be used/);
  });

  it.for([
    ['alias', 'awskms:///alias/nothing'],
    ['ID', 'awskms:///11111111-2222-4333-8444-555555555555'],
  ])('whose %s does not exist is reported before the wait', async ([, key = ''], context) => {
    await needsCosign(context);
    const result = await failsAtOnce(await emulate('never-ends'), key);
    expect(result.log).toMatch(/Check the ARN or alias of the key/);
  });

  it.for<KeyDefinition>([
    KEY,
    { ...KEY, spec: 'RSA_2048' },
  ])('that can sign passes the check, and signs nothing before the wait: $spec', async (key, context) => {
    await needsCosign(context);
    const emulator = await emulate('never-ends', { keys: [key] });
    const result = await run(emulator, {
      'signing-key': keyOf(emulator),
      timeout: '15s',
      'settle-time': '1s',
    });
    expect(result.log).toMatch(/was not scanned within|timeout/);
    expect(result.log).not.toMatch(/cannot be used/);
    expect(apisOf(emulator).filter((api) => /Key|Sign$/.test(api))).toEqual(['GetPublicKey', 'DescribeKey']);
  });

  it('that KMS throttles at the start is not reported, because the failure is temporary', async (context) => {
    await needsCosign(context);
    const faults: FaultSpec[] = [{ api: 'GetPublicKey', kind: 'throttle', from: 1, to: 3 }];
    const result = await run(await emulate('pass-single', { faults }));
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });
});

describe('permissions', () => {
  it('for the key, the registry and the scan that are missing are reported together', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('never-ends', {
      keys: [{ ...KEY, deny: ['GetPublicKey'] }],
      faults: [deny('GetAuthorizationToken'), deny('ListFindings'), deny('ListImageReferrers')],
    });
    const { log, summary } = await failsAtOnce(emulator, keyOf(emulator));
    for (const action of [
      'kms:GetPublicKey',
      'ecr:GetAuthorizationToken',
      'inspector2:ListFindings',
      'ecr:ListImageReferrers',
    ]) {
      expect(log).toContain(action);
      expect(summary).toContain(action);
    }
    expect(log).toMatch(/4 checks failed/);
  });

  it('are checked without additional calls if the scan ended long ago', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-single');
    const result = await run(emulator);
    expect(result.outputs, result.log).toMatchObject({ signed: 'true' });
    const count = (api: string) => apisOf(emulator).filter((one) => one === api).length;
    expect([count('GetAuthorizationToken'), count('ListImageReferrers')]).toEqual([1, 1]);
  });
});

describe('a key file', () => {
  it('that does not exist is reported together with a missing permission', async () => {
    const emulator = await emulate('never-ends', { faults: [deny('GetAuthorizationToken')] });
    const { log } = await failsAtOnce(emulator, 'keys/missing.key');
    expect(log).toMatch(/Input signing-key: .*missing\.key/);
    expect(log).toMatch(/ecr:GetAuthorizationToken/);
  });
});
