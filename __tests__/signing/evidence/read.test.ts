/** Everything that is attached to an image is read completely, or reading fails, whatever ECR returns. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { GateError } from '../../../src/errors.ts';
import { parseReference } from '../../../src/image/reference.ts';
import { SIGNATURE_TYPE } from '../../../src/signing/cosign/arguments.ts';
import { readEvidence, readLegacySignatures } from '../../../src/signing/evidence/read.ts';
import { type ManifestsAnswer, UnreadableEvidence } from '../../../src/signing/evidence/source.ts';
import { SUMMARY_TYPE } from '../../../src/signing/statements/predicate.ts';
import { Attached, BUNDLE_TYPE, bundleOf, digestOf, envelopeOf, newKey, statementText } from '../attached.ts';

const digest = digestOf('{}');
const { registry, repository } = parseReference('123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1');
const subject = { registry, repository, digest };
const key = newKey();
const patience = { sleep: async () => {}, signal: new AbortController().signal };

const failedText = (count = 0) =>
  statementText(SUMMARY_TYPE, { verificationResult: 'FAILED', count }, digest);
const made = new Map<number, Buffer>();
/** The same bytes each time: two signatures of one text differ. */
const failed = (count = 0): Buffer => {
  const bundle = made.get(count) ?? bundleOf(failedText(count), key);
  made.set(count, bundle);
  return bundle;
};

const read = (attached: Attached) => readEvidence(attached, subject, patience);

/** The results of the summaries that were read. */
async function results(attached: Attached): Promise<unknown[]> {
  const { attestations } = await read(attached);
  return attestations.map(
    ({ envelope }) => (envelope.statement.predicate as { verificationResult?: unknown }).verificationResult,
  );
}

describe('readEvidence', () => {
  it('makes two calls if nothing is attached, and returns nothing', async () => {
    const attached = new Attached(digest);
    expect(await read(attached)).toEqual({ referrers: [], attestations: [] });
    expect(attached.calls).toEqual(['referrers', 'manifests']);
  });

  it('reads bundles of every page and legacy attestations, and names the manifest of each', async () => {
    const attached = new Attached(digest);
    attached.pageSize = 7;
    const digests = Array.from({ length: 30 }, (_, count) => attached.refer(failed(count)));
    const tagged = attached.tag('att', [Buffer.from(JSON.stringify(envelopeOf(failedText(), key)))]);
    const { referrers, attestations } = await read(attached);
    expect(referrers.map((referrer) => referrer.digest)).toEqual(digests);
    expect(attestations.map(({ manifest }) => manifest.digest)).toEqual([...digests, tagged]);
    expect(attestations.at(-1)).toMatchObject({ format: 'legacy', isForCosign: true });
  });

  it('keeps only signatures and summaries', async () => {
    const attached = new Attached(digest);
    attached.refer(bundleOf(statementText(SIGNATURE_TYPE, {}, digest), key));
    attached.refer(bundleOf(statementText('https://in-toto.io/attestation/vulns/v0.2', {}, digest), key));
    attached.refer(Buffer.from('no bundle'));
    attached.refer(Buffer.from('{"messageSignature":{}}'));
    const { attestations } = await read(attached);
    expect(attestations.map(({ envelope }) => envelope.statement.predicateType)).toEqual([SIGNATURE_TYPE]);
  });

  it('requests at most a hundred manifests, and at most four megabytes of them, per call', async () => {
    const attached = new Attached(digest);
    for (let count = 0; count < 130; count += 1) attached.refer(failed(count));
    for (const listed of attached.listed.slice(100, 105)) listed.size = 3 * 1024 * 1024;
    const asked: number[] = [];
    attached.change = (_, answer) => {
      if ('images' in answer) asked.push((answer.images as unknown[]).length);
      return answer;
    };
    expect(await results(attached)).toHaveLength(130);
    expect(asked).toEqual([100, 1, 1, 1, 1, 26, 0]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no artifact type', { artifactType: undefined }],
    [
      'another version’s artifact type',
      { artifactType: 'application/vnd.dev.sigstore.bundle+json;version=0.3' },
    ],
    ['another artifact type', { artifactType: 'application/vnd.example' }],
    ['other annotations', { annotations: { 'dev.sigstore.bundle.predicateType': 'x' } }],
    [
      'a second layer',
      { layers: [1, 2].map(() => ({ mediaType: BUNDLE_TYPE, digest: digestOf(failed()) })) },
    ],
  ])('reads a bundle with %s', async (_, more) => {
    const attached = new Attached(digest);
    attached.refer(failed(), more);
    expect(new Set(await results(attached))).toEqual(new Set(['FAILED']));
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('reads a bundle that is compressed by %s, up to a limit', async (_, compress) => {
    const attached = new Attached(digest);
    attached.refer(compress(failed()));
    expect(await results(attached)).toEqual(['FAILED']);
    const bomb = attached.refer(compress(Buffer.alloc(32 * 1024 * 1024)));
    await expect(read(attached)).rejects.toThrow(`of ${bomb} has more than`);
  });

  /** A good one, one that revokes it, and a legacy one. */
  function whole() {
    const attached = new Attached(digest);
    attached.refer(bundleOf(statementText(SUMMARY_TYPE, { verificationResult: 'PASSED' }, digest), key));
    const taker = attached.refer(failed());
    attached.tag('att', [Buffer.from(JSON.stringify(envelopeOf(failedText(1), key)))]);
    return { attached, taker };
  }

  const found = ['PASSED', 'FAILED', 'FAILED'];

  it.each<[string, (attached: Attached, taker: string) => void, RegExp]>([
    ['a list that is missing', (it) => changeList(it, () => undefined), /returned no list/],
    ['a list that is null', (it) => changeList(it, () => null), /returned no list/],
    ['a list that is an object', (it) => changeList(it, () => ({ 0: 'x' })), /returned no list/],
    ['an entry that is null', (it) => changeList(it, (list) => [...list, null]), /without a digest/],
    ['an entry without a digest', (it) => changeList(it, (list) => [...list, {}]), /without a digest/],
    [
      'a digest that is none',
      (it) => changeList(it, (list) => [...list, { digest: 'x' }]),
      /without a digest/,
    ],
    ['an entry twice', (it) => changeList(it, (list) => [...list, ...list]), /twice/],
    [
      'an empty page that is not the last',
      (it) => {
        it.change = (api, answer) =>
          api === 'referrers' ? { ...answer, referrers: [], nextToken: '1' } : answer;
      },
      /empty page/,
    ],
    [
      'a page token that is not a string',
      (it) => {
        it.change = (api, answer) => (api === 'referrers' ? { ...answer, nextToken: 7 } : answer);
      },
      /not a string/,
    ],
    [
      'a page that refers to itself',
      (it) => {
        it.change = (api, answer, call) =>
          api === 'referrers' ? { referrers: [{ digest: digestOf(`${call}`) }], nextToken: '1' } : answer;
      },
      /same page token/,
    ],
    ['a page that repeats the previous one', (it) => pagesOf(it, 1), /twice/],
    ['no manifests', (it) => changeManifests(it, () => ({})), /response does not contain it/],
    [
      'null for manifests',
      (it) => changeManifests(it, () => ({ images: null, failures: null })),
      /does not contain it/,
    ],
    [
      'a manifest that has gone and is still listed',
      (it, taker) => it.texts.delete(taker),
      /ImageNotFound \(Requested image not found\)/,
    ],
    [
      'a manifest that is archived',
      (it) =>
        changeManifests(it, ({ images }) => ({
          images: [],
          failures: (images as { imageId: unknown }[]).map(({ imageId }) => ({
            imageId,
            failureCode: 'ImageInaccessible',
            failureReason: 'archived',
          })),
        })),
      /ImageInaccessible \(archived\)/,
    ],
    [
      'another manifest than that of the digest',
      (it, taker) => it.texts.set(taker, '{"layers":[]}'),
      /does not match its digest/,
    ],
    [
      'a manifest under another digest',
      (it) =>
        changeManifests(it, ({ images }) => ({
          images: (images as object[]).map((image) => ({
            ...image,
            imageId: { imageDigest: digestOf('x') },
          })),
        })),
      /does not contain it/,
    ],
    [
      'a blob that is refused',
      (it) => it.blobs.delete(digestOf(failed())),
      /could not be downloaded: .* HTTP 403/,
    ],
    ['another blob', (it) => it.blobs.set(digestOf(failed()), failed(9)), /do not match the digest/],
    [
      'half a blob',
      (it) => it.blobs.set(digestOf(failed()), failed().subarray(0, 90)),
      /do not match the digest/,
    ],
    [
      'a blob that is too large',
      (it) => it.blobs.set(digestOf(failed()), Buffer.alloc(17 * 1024 * 1024)),
      /larger than/,
    ],
    [
      'a tag that answers neither way',
      (it) => changeTag(it, () => ({ images: [], failures: [] })),
      /tag sha256-.*\.att could not be read: ECR’s response does not contain it/,
    ],
    [
      'a tag that is not accessible',
      (it) =>
        changeTag(it, (imageTag) => ({
          failures: [{ imageId: { imageTag }, failureCode: 'ImageInaccessible' }],
        })),
      /tag sha256-.*\.att could not be read: ECR returned ImageInaccessible/,
    ],
    [
      'a tag that leads to two images',
      (it) =>
        changeTag(it, (imageTag) => ({
          images: ['x', 'y'].map((imageManifest) => ({
            imageId: { imageTag, imageDigest: digestOf(imageManifest) },
            imageManifest,
          })),
        })),
      /tag sha256-.*\.att could not be read/,
    ],
    [
      'a tag that leads to another manifest than it says',
      (it) =>
        changeTag(it, (imageTag) => ({
          images: [{ imageId: { imageTag, imageDigest: digestOf('x') }, imageManifest: '{"layers":[]}' }],
        })),
      /manifest that ECR returned for sha256-.*\.att does not match/,
    ],
  ])('fails as a whole for %s', async (_, spoil, why) => {
    const { attached, taker } = whole();
    expect(await results(attached)).toEqual(found);
    spoil(attached, taker);
    const error = await read(attached).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableEvidence);
    expect((error as UnreadableEvidence).message).toMatch(why);
    expect((error as UnreadableEvidence).nextStep).toMatch(/\.$/);
  });

  it('never reads content that does not exist, and never throws an unexpected error, whatever the responses contain', async () => {
    const strange = [
      undefined,
      null,
      0,
      -1,
      '',
      'x',
      true,
      [],
      [null],
      ['x'],
      {},
      { imageId: null },
      [{}],
      [[]],
    ];
    /** The response with an unexpected value in place of one member at any depth. */
    function* spoiled(value: unknown): Generator<unknown> {
      yield* strange;
      if (typeof value !== 'object' || value === null) return;
      for (const [key, part] of Object.entries(value)) {
        for (const other of spoiled(part)) {
          yield Array.isArray(value)
            ? value.map((item, at) => (String(at) === key ? other : item))
            : { ...value, [key]: other };
        }
      }
    }
    const { attached } = whole();
    const right: Partial<Record<string, unknown>> = {};
    attached.change = (api, answer, call) => {
      right[`${api} ${call}`] = answer;
      return answer;
    };
    await read(attached);
    let tried = 0;
    for (const [call, answer] of Object.entries(right)) {
      for (const other of spoiled(answer)) {
        attached.calls.length = 0;
        // The change is permanent, because a response that is wrong once is requested again.
        attached.change = (api, good, number) =>
          `${api} ${((number - 1) % (api === 'referrers' ? 1 : 2)) + 1}` === call
            ? (other as typeof good)
            : good;
        const outcome = await results(attached).catch((error: unknown) => error);
        tried += 1;
        // Either everything was read, or an error is thrown. An empty list is accepted.
        const isEmptied =
          Array.isArray((other as { referrers?: unknown } | null)?.referrers) && call === 'referrers 1';
        if (outcome instanceof UnreadableEvidence) continue;
        if (isEmptied) expect(found.join()).toContain((outcome as unknown[]).join());
        else expect(outcome, JSON.stringify([call, other])).toEqual(found);
      }
    }
    expect(tried).toBeGreaterThan(300);
  }, 60_000);

  it('reads referrers whose listed artifact type is null or of another type', async () => {
    for (const artifactType of [null, 7, [BUNDLE_TYPE]]) {
      const { attached } = whole();
      for (const listed of attached.listed) listed.artifactType = artifactType;
      expect(await results(attached)).toEqual(found);
    }
  });

  it('retries after responses that are temporarily wrong', async () => {
    const { attached } = whole();
    attached.change = (_, answer, call) => (call === 1 ? {} : answer);
    expect(await results(attached)).toEqual(found);
  });

  it('ignores a referrer that was deleted and is no longer listed', async () => {
    const { attached, taker } = whole();
    attached.texts.delete(taker);
    let lists = 0;
    attached.change = (api, answer) => {
      if (api === 'referrers') lists += 1;
      return lists < 2 || api !== 'referrers'
        ? answer
        : { ...answer, referrers: attached.listed.filter((listed) => listed.digest !== taker) };
    };
    expect(await results(attached)).toEqual(['PASSED', 'FAILED']);
  });

  it('reads no manifest of a referrer that certainly has another type', async () => {
    const { attached } = whole();
    const notation = { artifactType: 'application/vnd.cncf.notary.signature' };
    attached.texts.delete(attached.refer(Buffer.from('x'), { ...notation, layers: [] }));
    expect(await results(attached)).toEqual(found);
    const config = { artifactType: 'application/vnd.oci.image.config.v1+json' };
    attached.texts.delete(attached.refer(Buffer.from('y'), { ...config, layers: [] }));
    await expect(read(attached)).rejects.toThrow(/ImageNotFound/);
  });

  it('downloads no blob that is too large by its descriptor, and no layers of images', async () => {
    const { attached } = whole();
    attached.tag('att', [Buffer.from('layer')], 'application/vnd.oci.image.layer.v1.tar+gzip');
    attached.changeBlob = (of, bytes) => (of === digestOf('layer') ? undefined : bytes);
    expect(await results(attached)).toEqual(['PASSED', 'FAILED']);
    const layer = { mediaType: BUNDLE_TYPE, digest: digestOf('z'), size: 17 * 1024 * 1024 };
    const large = attached.refer(Buffer.from('z'), { layers: [layer] });
    await expect(read(attached)).rejects.toThrow(`${digestOf('z')} of ${large} has more than`);
  });

  it.each([
    'application/vnd.dev.cosign.artifact.att.v1+json',
    'application/vnd.dsse.envelope.v1+json',
  ])('finds an envelope that revokes a verdict in a referrer of type %s, and none that says PASSED', async (artifactType) => {
    const attached = new Attached(digest);
    const refer = (verificationResult: string) => {
      const text = statementText(SUMMARY_TYPE, { verificationResult }, digest);
      const blob = Buffer.from(JSON.stringify(envelopeOf(text, key)));
      const mediaType = 'application/vnd.dsse.envelope.v1+json';
      const layers = [{ mediaType, digest: digestOf(blob), size: blob.length }];
      return attached.refer(blob, { artifactType, layers });
    };
    const taker = refer('FAILED');
    refer('PASSED');
    const { attestations } = await read(attached);
    expect(attestations.map(({ manifest, format }) => [manifest.digest, format])).toEqual([
      [taker, 'legacy'],
    ]);
    attached.texts.delete(taker);
    await expect(read(attached)).rejects.toThrow(`${taker} could not be read`);
  });

  it('refuses more than ten thousand layers', async () => {
    const attached = new Attached(digest);
    const layer = { mediaType: BUNDLE_TYPE, digest: digestOf(failed()), size: 1 };
    for (const count of [1, 2]) {
      attached.refer(failed(), { layers: Array(5_001).fill(layer), annotations: { count } });
    }
    await expect(read(attached)).rejects.toThrow(/more than 10000 layers/);
  });

  it('refuses more than ten thousand referrers, and more than 256 MiB of summaries', async () => {
    const many = new Attached(digest);
    many.pageSize = 1_000;
    for (let count = 0; count <= 10_000; count += 1) {
      many.listed.push({ digest: digestOf(`${count}`), artifactType: 'application/x' });
    }
    await expect(read(many)).rejects.toThrow(/more than 10000 artifacts/);
    const large = new Attached(digest);
    const padding = 'x'.repeat(11 * 1024 * 1024);
    for (let count = 0; count < 20; count += 1) {
      large.refer(bundleOf(statementText(SUMMARY_TYPE, { padding, count }, digest), key));
    }
    await expect(read(large)).rejects.toThrow(/more than 268435456 bytes/);
  }, 60_000);

  it('passes on errors that end the run', async () => {
    for (const code of ['timeout', 'cancelled', 'credentials'] as const) {
      const { attached } = whole();
      attached.change = () => {
        throw new GateError(code, 'The end.');
      };
      await expect(read(attached)).rejects.toMatchObject({ code });
    }
    const { attached } = whole();
    attached.change = () => {
      throw new GateError('access-denied', 'AWS denies it.', { nextStep: 'Allow it.' });
    };
    await expect(read(attached)).rejects.toMatchObject({ message: 'AWS denies it', nextStep: 'Allow it.' });
  });
});

describe('readLegacySignatures', () => {
  const readSignatures = (attached: Attached) => readLegacySignatures(attached, subject);

  it('refuses more than ten thousand layers, and more than 256 MiB', async () => {
    const attached = new Attached(digest);
    attached.tag('sig', Array(10_001).fill(Buffer.from('x')));
    await expect(readSignatures(attached)).rejects.toThrow(/legacy signatures have more than 10000 layers/);
    const large = new Attached(digest);
    large.tag('sig', Array(17).fill(Buffer.alloc(16 * 1024 * 1024, 'x')));
    await expect(readSignatures(large)).rejects.toThrow(/legacy signatures have more than 268435456 bytes/);
  }, 60_000);

  it('reads the manifest of the image, that of the signatures, and their layers', async () => {
    const attached = new Attached(digest);
    expect(await readSignatures(attached)).toBeUndefined();
    const tagged = attached.tag('sig', [Buffer.from('a'), Buffer.from('b')]);
    expect(await readSignatures(attached)).toMatchObject({
      image: { digest, text: '{}' },
      manifest: { digest: tagged },
      layers: [{ bytes: Buffer.from('a') }, { bytes: Buffer.from('b') }],
    });
  });

  it('fails as a whole if one part cannot be read', async () => {
    for (const spoil of [
      (it: Attached) => it.texts.delete(digest),
      (it: Attached) => it.texts.set(digest, '{"a":1}'),
      (it: Attached) => it.blobs.delete(digestOf('b')),
      (it: Attached) => it.blobs.set(digestOf('b'), Buffer.from('a')),
    ]) {
      const attached = new Attached(digest);
      attached.tag('sig', [Buffer.from('a'), Buffer.from('b')]);
      spoil(attached);
      await expect(readSignatures(attached)).rejects.toBeInstanceOf(UnreadableEvidence);
    }
  });
});

function changeList(attached: Attached, change: (list: readonly unknown[]) => unknown): void {
  attached.change = (api, answer) =>
    api === 'referrers' ? ({ ...answer, referrers: change(attached.listed) } as typeof answer) : answer;
}

/** Pages of some entries, each of which begins with the first again. */
function pagesOf(attached: Attached, size: number): void {
  attached.pageSize = size;
  attached.change = (api, answer) =>
    api === 'referrers' ? { ...answer, referrers: attached.listed.slice(0, size) } : answer;
}

function changeManifests(attached: Attached, change: (answer: ManifestsAnswer) => object): void {
  attached.change = (api, answer) =>
    api === 'manifests' ? (change(answer as ManifestsAnswer) as typeof answer) : answer;
}

function changeTag(attached: Attached, change: (tag: string) => object): void {
  const tag = `${attached.digest.replace(':', '-')}.att`;
  attached.change = (api, answer) => {
    const isTag = JSON.stringify(answer).includes(tag);
    return api === 'manifests' && isTag ? (change(tag) as typeof answer) : answer;
  };
}
