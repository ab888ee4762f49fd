/** The states in which an image can be when a cluster is asked to run it. */
import type { Weakening } from '../../src/results/documents.ts';
import type { SignatureFormat } from '../../src/signing/cosign/arguments.ts';
import { type Bench, DAY_MS, KEY, OTHER_KEY, RESOURCE_URI } from './bench.ts';
import { summaryOf } from './predicate.ts';

/** A policy file. The examples expect the thresholds. */
export const POLICY_FILE = { uri: 'gate.yml', policySha256: '0'.repeat(64), sha256: '1'.repeat(64) };

type Made = (bench: Bench, name: string, format: SignatureFormat) => Promise<void>;

const summary = (changes: object = {}) => ({ ...summaryOf({ resourceUri: RESOURCE_URI }), ...changes });
const ago = (ms: number) => summaryOf({ resourceUri: RESOURCE_URI, verifiedAt: new Date(Date.now() - ms) });

const weakened = (weakening: Weakening, policy?: typeof POLICY_FILE) =>
  summaryOf({ resourceUri: RESOURCE_URI, weakening, policy });

/** Signed by the gate, and with these predicates attached by the gate's key, one after the other. */
function signedWith(...predicates: (() => object)[]): Made {
  return async ({ sign, attest }, name, format) => {
    await sign(name, KEY, format);
    for (const predicate of predicates) await attest(name, predicate(), KEY, format);
  };
}

/** By the image's name. */
export const IMAGES = {
  good: signedWith(summary),
  unsigned: async () => {},
  'signed-only': signedWith(),
  'attested-only': ({ attest }, name, format) => attest(name, summary(), KEY, format),
  failed: signedWith(() => summary({ verificationResult: 'FAILED', verifiedLevels: ['FAILED'] })),
  stale: signedWith(() => ago(8 * DAY_MS)),
  'from-the-future': signedWith(() => ago(-DAY_MS)),
  'without-a-time': signedWith(() => summary({ timeVerified: undefined })),
  'other-repository': signedWith(() => summary({ resourceUri: `${RESOURCE_URI}-of-another` })),
  'other-verifier': signedWith(() => summary({ verifier: { id: 'https://example.com/other' } })),
  'other-policy': signedWith(() => summaryOf({ resourceUri: RESOURCE_URI, policy: POLICY_FILE })),
  'weakened-by-a-baseline': signedWith(() => weakened({ baseline: true }, POLICY_FILE)),
  'weakened-by-a-base-image': signedWith(() => weakened({ 'base-image': true })),
  'without-a-policy': signedWith(() => summary({ policy: {} })),
  'other-key': async ({ sign, attest }, name, format) => {
    await sign(name, OTHER_KEY, format);
    await attest(name, summary(), OTHER_KEY, format);
  },
  'signed-by-other-key': async ({ sign, attest }, name, format) => {
    await sign(name, OTHER_KEY, format);
    await attest(name, summary(), KEY, format);
  },
  'attested-by-other-key': async ({ sign, attest }, name, format) => {
    await sign(name, KEY, format);
    await attest(name, summary(), OTHER_KEY, format);
  },
  // Another signer has attested it as well.
  'with-a-foreign-one': async (bench, name, format) => {
    await signedWith(summary)(bench, name, format);
    await bench.sign(name, OTHER_KEY, format);
    await bench.attest(name, summary({ verificationResult: 'FAILED' }), OTHER_KEY, format);
  },
  // Everyone who may push can attach attestations by their own key. These must not replace the gate's.
  'stale-under-a-foreign-one': async (bench, name, format) => {
    await signedWith(() => ago(8 * DAY_MS))(bench, name, format);
    await bench.attest(name, summary(), OTHER_KEY, format);
  },
  'stale-over-a-foreign-one': async (bench, name, format) => {
    await bench.attest(name, summary(), OTHER_KEY, format);
    await signedWith(() => ago(8 * DAY_MS))(bench, name, format);
  },
  'attested-anew': signedWith(() => ago(8 * DAY_MS), summary),
  'stale-one-last': signedWith(summary, () => ago(8 * DAY_MS)),
  legacy: (bench, name) => signedWith(summary)(bench, name, 'legacy'),
  bundles: (bench, name) => signedWith(summary)(bench, name, 'bundle'),
  'both-formats': async (bench, name) => {
    await signedWith(summary)(bench, name, 'legacy');
    await signedWith(summary)(bench, name, 'bundle');
  },
} as const satisfies Record<string, Made>;

export type ImageName = keyof typeof IMAGES;

export const NAMES = Object.keys(IMAGES) as ImageName[];

/** Brings every image into the state that its name describes. */
export async function makeImages(bench: Bench, format: SignatureFormat): Promise<void> {
  await Promise.all(NAMES.map((name) => IMAGES[name](bench, name, format)));
}
