/** Signing and verifying with the real notation, a self-made authority, and a stand-in for the plugin of AWS Signer. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goToolForTests } from '../../scripts/tools.ts';
import { verdictMetadata } from '../../src/signing/notation/arguments.ts';
import { OF_SIGNER, PROFILE, runWith, signByHand, stageNotation } from './notation-stage.ts';
import { emulate, POLICY, uriOf } from './signed.ts';

const program = await goToolForTests('notation');
const notation = program ?? '';

/** What the gate signs, as arguments of notation. */
const metadata = (policy = POLICY) =>
  Object.entries(verdictMetadata(policy)).map(([name, value]) => `--user-metadata=${name}=${value}`);

describe.skipIf(program === undefined)('with the real notation', () => {
  it('signs what passed, verifies it, and does not sign twice', async () => {
    const emulator = await emulate('pass-single');
    const stage = await stageNotation();
    const trust = { 'notation-trust-policy': await stage.policy(), 'notation-trust-store': stage.store };
    const inputs = { 'signing-key': 'notation:gate', ...trust };
    const first = await runWith(notation, emulator, stage, inputs);
    expect(first.outputs, first.log).toMatchObject({ passed: 'true', signed: 'true' });
    expect(first.log).toContain('Signed (notation): ');
    const second = await runWith(notation, emulator, stage, inputs);
    expect(second.log).toContain('Already signed (notation): ');
    const verified = await runWith(notation, emulator, stage, trust, { action: 'verify' });
    expect(verified.outputs, verified.log).toMatchObject({ passed: 'true', signed: 'true' });
    // No tag was written: the signature is a referrer.
    expect(emulator.calls.length).toBeGreaterThan(0);
  }, 180_000);
});
