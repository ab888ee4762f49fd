/** The lines of the gate about the attestations that a policy requires. */
import { describe, expect, it } from 'vitest';
import { attestationBlocks, attestationLines } from '../../src/report/gate/attestations.ts';
import type { GateImage, GateResult } from '../../src/results/modes/gate.ts';

type Proof = GateImage['proofs'][number];

const proof = (changes: Partial<Proof> = {}): Proof => ({
  kind: 'required-attestation',
  state: 'proven',
  what: 'Required attestation https://slsa.dev/provenance/v1',
  by: 'awskms:///build',
  at: new Date('2026-11-25T12:00:00Z'),
  ageMs: 3_600_000,
  detail: 'attached to the index',
  nextStep: undefined,
  ...changes,
});
const failed = proof({ state: 'failed', at: undefined, ageMs: undefined, detail: 'the image has none' });
const blocks = (...images: readonly (readonly Proof[])[]) =>
  attestationBlocks({ images: images.map((proofs) => ({ proofs })) } as unknown as GateResult);

describe('the summary of the gate', () => {
  it('has nothing about attestations if the policy requires none', () => {
    expect(blocks()).toEqual([]);
    expect(blocks([], [])).toEqual([]);
  });

  it('has a line for each required attestation', () => {
    expect(blocks([proof(), failed])).toEqual([
      '<p>📜 <b>Verified</b>: <code>Required attestation https://slsa.dev/provenance/v1</code>, signed by <code>awskms:///build</code>, <code>attached to the index</code>, 1 h old.<br>📜 <b>Not verified</b>: <code>Required attestation https://slsa.dev/provenance/v1</code>, required signer <code>awskms:///build</code>.</p>',
    ]);
  });

  it('counts the images that have it', () => {
    expect(blocks([proof()], [failed], [proof()], [])).toEqual([
      expect.stringContaining('signed by <code>awskms:///build</code>, of 2 of 3 images.'),
    ]);
  });
});

it('the log has a line for each check', () => {
  expect(attestationLines({ proofs: [proof(), failed] } as unknown as GateImage)).toEqual([
    {
      lead: '  ✅ ',
      text: 'Required attestation https://slsa.dev/provenance/v1: verified, signed by awskms:///build, 1 h old: attached to the index',
    },
    {
      lead: '  ❌ ',
      text: 'Required attestation https://slsa.dev/provenance/v1: not verified, required signer awskms:///build: the image has none',
    },
  ]);
});
