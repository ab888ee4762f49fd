/** Artifacts that are attached to an image, as ECR returns them, in memory. A test can change any response. */

import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Emulator } from '../../emulator/server.ts';
import { DownloadFailed } from '../../src/aws/download.ts';
import type { Digest } from '../../src/results/registry.ts';
import type { EvidenceSource, ManifestsAnswer, ReferrersAnswer } from '../../src/signing/evidence/source.ts';

export const DSSE_TYPE = 'application/vnd.in-toto+json';
export const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const EMPTY = 'application/vnd.oci.empty.v1+json';

/** A key for signing. */
export interface Key {
  /** The public key. */
  readonly pem: string;
  sign(signed: Buffer): Buffer;
}

export function newKey({ publicKey, privateKey }: KeyPair = newPair(), hash: string | null = 'sha256'): Key {
  return {
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (signed) => sign(hash, signed, privateKey),
  };
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const newPair = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A key in the emulated KMS. */
export function kmsKey({ kms, scenario }: Emulator, which = 0): Key {
  const { id } = scenario.keys?.[which] ?? { id: '' };
  return {
    pem: kms.publicKeyPem(id),
    sign: (signed) => {
      const Message = createHash('sha256').update(signed).digest('base64');
      const input = { KeyId: id, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' };
      const { body } = kms.handle('Sign', input) as { body: { Signature?: string } };
      return Buffer.from(body.Signature ?? '', 'base64');
    },
  };
}

/** The text of an in-toto statement. */
export function statementText(
  predicateType: string,
  predicate: unknown,
  of: string,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const subject = [{ name: 'app', digest: { sha256: of.replace('sha256:', '') } }];
  const statement = {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType,
    subject,
    predicate,
    ...more,
  };
  return JSON.stringify(statement);
}

/** A DSSE envelope around any text, signed by a key. */
export function envelopeOf(text: string, key: Pick<Key, 'sign'>) {
  const payload = Buffer.from(text);
  const signed = Buffer.concat([
    Buffer.from(`DSSEv1 ${DSSE_TYPE.length} ${DSSE_TYPE} ${payload.length} `),
    payload,
  ]);
  return {
    payload: payload.toString('base64'),
    payloadType: DSSE_TYPE,
    signatures: [{ sig: key.sign(signed).toString('base64') }],
  };
}

/** The bytes of a Sigstore bundle as cosign makes them with a key and without services. */
export function bundleOf(text: string, key: Key): Buffer {
  const der = createPublicKey(key.pem).export({ type: 'spki', format: 'der' });
  return Buffer.from(
    JSON.stringify({
      mediaType: BUNDLE_TYPE,
      verificationMaterial: { publicKey: { hint: createHash('sha256').update(der).digest('base64') } },
      dsseEnvelope: envelopeOf(text, key),
    }),
  );
}

export function digestOf(content: string | Buffer): Digest {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** A manifest around one layer, as cosign attaches a bundle. */
export function referrerManifest(
  subject: string,
  blob: Buffer,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    artifactType: BUNDLE_TYPE,
    config: { mediaType: EMPTY, digest: digestOf('{}'), size: 2 },
    layers: [{ mediaType: BUNDLE_TYPE, digest: digestOf(blob), size: blob.length }],
    subject: { mediaType: MANIFEST_TYPE, digest: subject, size: 2 },
    ...more,
  });
}

type Answers = {
  referrers: ReferrersAnswer;
  manifests: ManifestsAnswer;
};

/** A registry with one image. */
export class Attached implements EvidenceSource {
  readonly digest: Digest;
  readonly listed: { digest: string; artifactType?: unknown; size?: unknown }[] = [];
  readonly texts = new Map<string, string>();
  readonly tags = new Map<string, string>();
  readonly blobs = new Map<string, Buffer>();
  readonly calls: string[] = [];
  pageSize = 50;
  /** Changes a response, or throws instead. */
  change: <T extends keyof Answers>(api: T, answer: Answers[T], call: number) => Answers[T] = (_, answer) =>
    answer;
  changeBlob: (digest: string, bytes: Buffer | undefined) => Buffer | undefined = (_, bytes) => bytes;

  constructor(digest: Digest) {
    this.digest = digest;
    this.texts.set(digest, '{}');
  }

  /** Pushes a referrer, with its one layer. */
  refer(blob: Buffer, more: Readonly<Record<string, unknown>> = {}): Digest {
    const text = referrerManifest(this.digest, blob, more);
    const digest = digestOf(text);
    this.blobs.set(digestOf(blob), blob);
    this.texts.set(digest, text);
    const { artifactType = EMPTY } = JSON.parse(text) as { artifactType?: string };
    this.listed.push({ digest, artifactType, size: text.length });
    return digest;
  }

  /** Points a legacy tag at a manifest with these layers. */
  tag(
    suffix: 'sig' | 'att',
    layers: readonly Buffer[],
    mediaType = 'application/vnd.dsse.envelope.v1+json',
    annotations: Readonly<Record<string, string>> = {},
    more: Readonly<Record<string, unknown>> = {},
  ): Digest {
    const text = JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      layers: layers.map((layer) => ({
        mediaType,
        digest: digestOf(layer),
        size: layer.length,
        // An attestation has its signature in the envelope, and cosign requires the annotation nevertheless.
        ...(suffix === 'att'
          ? { annotations: { 'dev.cosignproject.cosign/signature': '', ...annotations } }
          : {}),
        ...more,
      })),
    });
    for (const layer of layers) this.blobs.set(digestOf(layer), layer);
    this.texts.set(digestOf(text), text);
    this.tags.set(`${this.digest.replace(':', '-')}.${suffix}`, digestOf(text));
    return digestOf(text);
  }

  private count(api: string): number {
    this.calls.push(api);
    return this.calls.filter((call) => call === api).length;
  }

  referrers: EvidenceSource['referrers'] = async (_, token) => {
    const call = this.count('referrers');
    const start = Number(token ?? 0);
    const end = start + this.pageSize;
    const answer = {
      referrers: this.listed.slice(start, end),
      nextToken: end < this.listed.length ? String(end) : undefined,
    };
    return this.change('referrers', answer, call);
  };

  manifests: EvidenceSource['manifests'] = async (_, ids) => {
    const call = this.count('manifests');
    const images: object[] = [];
    const failures: object[] = [];
    for (const imageId of ids) {
      const digest = imageId.imageDigest ?? this.tags.get(imageId.imageTag ?? '') ?? '';
      const imageManifest = this.texts.get(digest);
      if (imageManifest === undefined) {
        failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' });
      } else {
        images.push({
          imageId: { ...imageId, imageDigest: digest },
          imageManifest,
          imageManifestMediaType: MANIFEST_TYPE,
        });
      }
    }
    return this.change('manifests', { images, failures }, call);
  };

  blob: EvidenceSource['blob'] = async (_, digest, maxBytes) => {
    this.count('blob');
    const bytes = this.changeBlob(digest, this.blobs.get(digest));
    if (bytes === undefined) throw new DownloadFailed('the server returned HTTP 403', false);
    if (bytes.length > maxBytes) throw new DownloadFailed(`it is larger than ${maxBytes} bytes`, false);
    return bytes;
  };
}

/** A repository with several digests, each with what is attached to it. */
export class Attachments implements EvidenceSource {
  private readonly stores = new Map<Digest, Attached>();

  /** What is attached to a digest. */
  of(digest: Digest): Attached {
    const store = this.stores.get(digest) ?? new Attached(digest);
    if (!this.stores.has(digest)) store.texts.delete(digest);
    this.stores.set(digest, store);
    return store;
  }

  referrers: EvidenceSource['referrers'] = (subject, token) =>
    this.of(subject.digest).referrers(subject, token);

  manifests: EvidenceSource['manifests'] = async (subject, ids) => {
    const images: unknown[] = [];
    const failures: unknown[] = [];
    for (const id of ids) {
      const digest = id.imageDigest ?? '';
      const own = [...this.stores.values()].find(
        ({ texts, tags }) => texts.has(digest) || tags.has(id.imageTag ?? ''),
      );
      const answer = await (own ?? this.of(subject.digest)).manifests(subject, [id]);
      images.push(...((answer.images ?? []) as unknown[]));
      failures.push(...((answer.failures ?? []) as unknown[]));
    }
    return { images, failures };
  };

  blob: EvidenceSource['blob'] = (subject, digest, maxBytes) => {
    const own = [...this.stores.values()].find(({ blobs }) => blobs.has(digest));
    return (own ?? this.of(subject.digest)).blob(subject, digest, maxBytes);
  };
}
