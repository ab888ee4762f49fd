import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import { GateError } from '../../src/errors.ts';
import { parseReference } from '../../src/image/reference.ts';
import type { ResolvedImage } from '../../src/image/resolve.ts';
import { readGateInputs } from '../../src/inputs/gate.ts';
import { newKnown } from '../../src/modes/images.ts';
import { type SigningState, signEach } from '../../src/modes/sign.ts';
import { type GateImage, isImageSigned } from '../../src/results/modes/gate.ts';
import type { Digest } from '../../src/results/registry.ts';
import type { Signer } from '../../src/signing/sign.ts';
import {
  createFailedImage,
  createFinding,
  createImage,
  createSettings,
  createSigning,
} from '../report/fixtures.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

function digestOf(seed: string): Digest {
  return `sha256:${seed.repeat(64)}`;
}

/** An image, or an index of platform images. */
function resolved(seed: string, platforms: readonly string[] = [], repository = 'app'): ResolvedImage {
  const { registry } = parseReference(`${HOST}/${repository}:1`);
  const common = { registry, repository, pushedAt: new Date(0), status: 'ACTIVE' };
  const digest = digestOf(seed);
  return {
    references: [`${HOST}/${repository}@${digest}`],
    ...{ registry, repository, digest, uri: `${HOST}/${repository}@${digest}` },
    isIndex: platforms.length > 0,
    platforms: platforms.map((own) => ({ ...common, digest: digestOf(own), platform: `linux/${own}` })),
    attestations: [],
    skipped: [],
  };
}

const passes = (): GateImage => createImage([], { weakened: {} });
const blocked = (): GateImage => createImage([createFinding()], { weakened: {} });

/** Signs with a signer that records what it signs, and fails as the test says. */
async function play(
  images: readonly (readonly [ResolvedImage, GateImage])[],
  { platforms = 'false', failing = {} }: { platforms?: string; failing?: Record<string, GateError> } = {},
) {
  const { signing } = readGateInputs(
    (name) =>
      ({
        image: `${HOST}/app:1`,
        'signing-key': 'alias/release',
        attest: 'false',
        sign: 'each',
        'sign-platforms': platforms,
      })[name] ?? '',
  );
  if (signing === undefined) throw new Error('no key');
  const signed: string[] = [];
  const signer: Signer = {
    cosignVersion: 'v3.0.6',
    checkKey: async () => {},
    refuseRevoked: async (targets) => {
      for (const { digest } of targets) {
        const error = failing[`revoked ${digest}`];
        if (error !== undefined) throw error;
      }
    },
    sign: async ({ digest }) => {
      const error = failing[digest];
      if (error !== undefined) throw error;
      signed.push(digest);
      return [];
    },
    attest: async () => [],
    close: async () => {},
  };
  const known = newKnown(new Date(0));
  known.settings = createSettings();
  known.judgedAt = new Date(0);
  const state: SigningState = {
    known,
    images: images.map(([, image]) => image),
    signing: createSigning({ sign: 'each', state: 'withheld' }),
  };
  const end = await signEach(
    images.map(([image]) => image),
    signing,
    state,
    { log: () => {} } as Partial<Context> as Context,
    { cosign: signer, notation: undefined, close: signer.close },
  ).catch((error: unknown) => error);
  const counted = state.images.map((image) => isImageSigned({ signing: state.signing }, image));
  return { end, signed, state, counted };
}

describe('signEach', () => {
  it('signs what passed and nothing else', async () => {
    const { signed, counted, state } = await play([
      [resolved('a'), passes()],
      [resolved('b'), blocked()],
      [resolved('c'), createFailedImage()],
      [resolved('d'), passes()],
    ]);
    expect(signed).toEqual([digestOf('a'), digestOf('d')]);
    expect(counted).toEqual([true, false, false, true]);
    expect(state.signing?.state).toBe('partly');
  });

  it('is done if all images are signed', async () => {
    const { state, counted } = await play([
      [resolved('a'), passes()],
      [resolved('b'), passes()],
    ]);
    expect(state.signing?.state).toBe('done');
    expect(counted).toEqual([true, true]);
  });

  it('does not sign a platform image that was judged by itself and did not pass', async () => {
    const images = [
      [resolved('a', ['b', 'c']), passes()],
      [resolved('b'), blocked()],
      [resolved('d', ['c']), passes()],
    ] as const;
    const { signed, state } = await play(images, { platforms: 'true' });
    expect(signed).toEqual([digestOf('d'), digestOf('c')]);
    expect(state.images[0]?.outcome).toMatchObject({ kind: 'error', error: { code: 'signing' } });
    // In another repository it has other signatures.
    const other = [
      [resolved('a', ['b']), passes()],
      [resolved('b', [], 'other'), blocked()],
    ] as const;
    expect((await play(other, { platforms: 'true' })).signed).toEqual([digestOf('a'), digestOf('b')]);
    // Without sign-platforms nothing of it is signed.
    expect((await play(images)).signed).toEqual([digestOf('a'), digestOf('d')]);
  });

  it('does not sign an image with a revoked platform', async () => {
    const failing = { [`revoked ${digestOf('b')}`]: new GateError('signing', 'revoked') };
    const images = [
      [resolved('a', ['b']), passes()],
      [resolved('d'), passes()],
    ] as const;
    const { signed, counted } = await play(images, { platforms: 'true', failing });
    expect(signed).toEqual([digestOf('d')]);
    expect(counted).toEqual([false, true]);
  });

  it('does not count an image as signed if only a part of it could be signed', async () => {
    const failing = { [digestOf('b')]: new GateError('signing', 'refused') };
    const images = [
      [resolved('a', ['b']), passes()],
      [resolved('d'), passes()],
    ] as const;
    const { counted, state } = await play(images, { platforms: 'true', failing });
    expect(counted).toEqual([false, true]);
    expect(state.images[0]?.outcome).toMatchObject({ kind: 'error', error: { message: 'refused' } });
  });

  it.each([
    'timeout',
    'cancelled',
    'credentials',
  ] as const)('ends with %s, and counts nothing', async (code) => {
    const failing = { [digestOf('d')]: new GateError(code, 'over') };
    const { end, counted, state } = await play(
      [
        [resolved('a'), passes()],
        [resolved('d'), passes()],
      ],
      { failing },
    );
    expect(end).toMatchObject({ code });
    expect(state.signing?.state).toBe('failed');
    expect(counted).toEqual([false, false]);
  });
});
