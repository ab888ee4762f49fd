/**
 * What is attached to a digest, read through ECR's API and accounted for: cosign by itself leaves out what the registry
 * does not give it, and what is not read cannot take a verdict back. Everything that could be an attestation is read
 * and checked against its digest, or the whole is refused.
 */

import { createHash } from 'node:crypto';
import { DownloadFailed } from '../aws/download.ts';
import { MalformedAnswer } from '../aws/errors.ts';
import { allPages } from '../aws/pages.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { isDigest } from '../image/reference.ts';
import type { Digest, Registry } from '../results/registry.ts';
import { SIGNATURE_TYPE, type SignatureFormat } from './cosign.ts';
import { type Envelope, envelopeIn } from './envelope.ts';
import { isSummaryType, isTakeBack } from './statement.ts';

/** Where something may be attached. */
export interface Subject {
  readonly registry: Registry;
  readonly repository: string;
  readonly digest: Digest;
}

/** ECR's answers as they come: whether they say what they should is checked here. */
export interface EvidenceSource {
  /** A page of what refers to the digest, in whatever state it is. */
  referrers(subject: Subject, nextToken: string | undefined): Promise<ReferrersAnswer>;
  /** Manifests by digest or tag, at most 100. */
  manifests(subject: Subject, ids: readonly ManifestId[]): Promise<ManifestsAnswer>;
  /**
   * The bytes of a blob.
   * @throws DownloadFailed, and what AWS's refusals are translated to
   */
  blob(subject: Subject, digest: Digest, maxBytes: number): Promise<Buffer>;
}

export interface ReferrersAnswer {
  readonly referrers?: unknown;
  readonly nextToken?: unknown;
}

export interface ManifestId {
  readonly imageDigest?: Digest | undefined;
  readonly imageTag?: string | undefined;
}

export interface ManifestsAnswer {
  readonly images?: unknown;
  readonly failures?: unknown;
}

/** Something that is listed, or may be there, and could not be read: nothing is known of the image then. */
export class EvidenceUnread extends Error {
  override readonly name = 'EvidenceUnread';
  readonly nextStep: string;

  constructor(message: string, nextStep: string) {
    super(message);
    this.nextStep = nextStep;
  }
}

export interface Referrer {
  readonly digest: Digest;
  /** Undefined where ECR names none. */
  readonly artifactType: string | undefined;
}

/** A manifest as a registry gives it out. */
export interface StoredManifest {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly text: string;
}

export interface Layer {
  readonly digest: Digest;
  /** As the manifest has it, annotations included. */
  readonly descriptor: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** A signature in bundle format, or a verification summary in either format. Its signature is not checked yet. */
export interface Attestation {
  readonly format: SignatureFormat;
  /** The referrer, or what the tag of legacy attestations points at. */
  readonly manifest: StoredManifest;
  readonly layer: Layer;
  readonly envelope: Envelope;
  /**
   * Whether cosign reads it as it is shown: of a bundle's manifest it wants exactly one layer. Every envelope can be shown
   * as a legacy attestation.
   */
  readonly isForCosign: boolean;
}

export interface Evidence {
  readonly referrers: readonly Referrer[];
  readonly attestations: readonly Attestation[];
}

/** Signatures in legacy format, and what cosign reads beside them. */
export interface LegacySignatures {
  readonly image: StoredManifest;
  readonly manifest: StoredManifest;
  readonly layers: readonly Layer[];
}

const BUNDLE = 'application/vnd.dev.sigstore.bundle';
// An envelope by itself, as legacy attestations hold it. Other programs attach one as a referrer too.
const ENVELOPE = 'application/vnd.dsse.envelope';
const COSIGN_ATTESTATION = 'application/vnd.dev.cosign.artifact.att';
// What ECR may list of a manifest without an artifact type: the media type of its config.
const NO_ARTIFACT_TYPES = new Set([
  'application/vnd.oci.empty.v1+json',
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);
const IMAGE_LAYER = /^application\/vnd\.(?:oci\.image\.layer|docker\.image\.rootfs)\./;

const MOST_REFERRERS = 10_000;
/** As many as there may be referrers: cosign puts one into each. */
const MOST_LAYERS = MOST_REFERRERS;
/** A bundle has some kilobytes; one with thousands of findings some megabytes. */
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
/** Of what is kept in memory, for cosign to verify. */
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const MOST_IDS = 100;
/** How much one answer with manifests may hold; the largest manifest that ECR takes. */
const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;
const READS_AT_ONCE = 16;
const ROUNDS = 3;
const PAUSE_MS = 1_000;

const READ_IT =
  'Find out why ECR does not return it. Restore it if it is archived, or delete it if it is not needed, and run the step again.';
const AGAIN = 'Run the step again.';

/**
 * Reads every attestation of a digest. What was listed and is gone when it is read is listed anew: what is still
 * listed then has to be readable.
 * @throws EvidenceUnread where anything that could be an attestation could not be read
 * @throws GateError `timeout`, `cancelled` or `credentials`
 */
export async function readEvidence(
  source: EvidenceSource,
  subject: Subject,
  deadline: Pick<Deadline, 'sleep' | 'signal'>,
): Promise<Evidence> {
  const reader = new Reader(source, subject);
  for (let round = 1; ; round += 1) {
    try {
      const referrers = await reader.list();
      const bundles = await reader.bundles(referrers);
      const legacy = await reader.legacyAttestations();
      return {
        referrers: referrers.map(({ digest, artifactType }) => ({ digest, artifactType })),
        attestations: [...bundles, ...legacy],
      };
    } catch (error) {
      const unread = asUnread(error);
      if (round === ROUNDS || deadline.signal.aborted) throw unread;
      await deadline.sleep(round * PAUSE_MS);
    }
  }
}

/**
 * Reads the legacy signatures of a digest.
 * @returns undefined where there are none
 * @throws as `readEvidence` does
 */
export async function readLegacySignatures(
  source: EvidenceSource,
  subject: Subject,
): Promise<LegacySignatures | undefined> {
  const reader = new Reader(source, subject);
  try {
    const manifest = await reader.tagged('sig');
    if (manifest === undefined) return undefined;
    const image = (await reader.manifests([subject]))(subject.digest);
    return { image, manifest, layers: await reader.signatureLayers(manifest) };
  } catch (error) {
    throw asUnread(error);
  }
}

interface Listed extends Referrer {
  readonly size: number;
}

class Reader {
  private readonly source: EvidenceSource;
  private readonly subject: Subject;
  private readonly read = new Map<Digest, readonly Attestation[]>();
  private layers = 0;
  private keptBytes = 0;

  constructor(source: EvidenceSource, subject: Subject) {
    this.source = source;
    this.subject = subject;
  }

  /** Everything that refers to the digest. */
  async list(): Promise<Listed[]> {
    const seen = new Set<Digest>();
    return allPages('ListImageReferrers', async (token) => {
      const { referrers, nextToken = null } = fields(await this.source.referrers(this.subject, token));
      if (!Array.isArray(referrers)) throw new MalformedAnswer('ListImageReferrers answered without a list');
      if (nextToken !== null && typeof nextToken !== 'string') {
        throw new MalformedAnswer('ListImageReferrers returned a page token that is no text');
      }
      if (referrers.length === 0 && nextToken) {
        throw new MalformedAnswer('ListImageReferrers returned an empty page that is not the last');
      }
      const items = referrers.map((referrer: unknown): Listed => {
        const { digest, artifactType: type, size } = fields(referrer);
        if (typeof digest !== 'string' || !isDigest(digest)) {
          throw new MalformedAnswer('ListImageReferrers listed something without a digest');
        }
        if (seen.has(digest)) throw new MalformedAnswer(`ListImageReferrers listed ${digest} twice`);
        seen.add(digest);
        const artifactType = typeof type === 'string' ? type : undefined;
        return { digest, artifactType, size: Number(size) > 0 ? Number(size) : MOST_MANIFEST_BYTES };
      });
      if (seen.size > MOST_REFERRERS) {
        throw new EvidenceUnread(
          `more than ${MOST_REFERRERS} artifacts refer to it`,
          'Delete those that are not needed, and find out who pushed them.',
        );
      }
      return { items, nextToken: nextToken ?? undefined };
    });
  }

  /** The attestations in Sigstore bundles among the referrers. */
  async bundles(referrers: readonly Listed[]): Promise<Attestation[]> {
    const unread = referrers.filter(({ digest }) => !this.read.has(digest));
    for (const chunk of chunks(unread)) {
      const manifestOf = await this.manifests(chunk);
      await mapAtOnce(chunk, async ({ digest, artifactType }) => {
        let manifest: StoredManifest;
        try {
          manifest = manifestOf(digest);
        } catch (error) {
          // With another artifact type it is nothing that cosign made.
          if (!(error instanceof EvidenceUnread) || couldBeBundle(artifactType)) throw error;
          this.read.set(digest, []);
          return;
        }
        this.read.set(digest, await this.attestationsIn(manifest, 'bundle'));
      });
    }
    return referrers.flatMap(({ digest }) => this.read.get(digest) ?? []);
  }

  async legacyAttestations(): Promise<readonly Attestation[]> {
    const manifest = await this.tagged('att');
    return manifest === undefined ? [] : this.attestationsIn(manifest, 'legacy');
  }

  private async attestationsIn(manifest: StoredManifest, format: SignatureFormat): Promise<Attestation[]> {
    const all = layersOf(manifest);
    const isEnvelope = ({ mediaType }: LayerDescriptor) => mediaType.toLowerCase().startsWith(ENVELOPE);
    const wanted = all.filter((layer) =>
      format === 'bundle'
        ? layer.mediaType.startsWith(BUNDLE) || isEnvelope(layer)
        : !IMAGE_LAYER.test(layer.mediaType),
    );
    this.count(wanted, 'attestations');
    const attestations = await mapAtOnce(wanted, async (descriptor): Promise<Attestation[]> => {
      const layer = await this.layer(descriptor, manifest.digest);
      const envelope = envelopeOf(layer, manifest.digest);
      if (envelope === undefined || !isOfUse(envelope, format)) return [];
      // cosign does not look for it there: it may take a verdict back, and never counts for the image.
      const isMisplaced = format === 'bundle' && isEnvelope(descriptor);
      if (isMisplaced && !isTakeBack(envelope.statement)) return [];
      this.keep(layer, 'attestations');
      if (isMisplaced) return [{ format: 'legacy', manifest, layer, envelope, isForCosign: true }];
      const isForCosign = format === 'legacy' || all.length === 1;
      return [{ format, manifest, layer, envelope, isForCosign }];
    });
    return attestations.flat();
  }

  /** All layers of a manifest of legacy signatures. */
  async signatureLayers(manifest: StoredManifest): Promise<Layer[]> {
    const all = layersOf(manifest);
    this.count(all, 'legacy signatures');
    return mapAtOnce(all, async (descriptor) => {
      const layer = await this.layer(descriptor, manifest.digest);
      this.keep(layer, 'legacy signatures');
      return layer;
    });
  }

  /** @throws EvidenceUnread where there are more layers than may be read */
  private count(layers: readonly LayerDescriptor[], what: string): void {
    this.layers += layers.length;
    if (this.layers > MOST_LAYERS) throw tooMany(`its ${what} have more than ${MOST_LAYERS} layers`);
  }

  /** @throws EvidenceUnread where there are more bytes than may be kept in memory */
  private keep({ bytes }: Layer, what: string): void {
    this.keptBytes += bytes.length;
    if (this.keptBytes > MOST_KEPT_BYTES)
      throw tooMany(`its ${what} have more than ${MOST_KEPT_BYTES} bytes`);
  }

  /** A layer, checked against its digest. */
  async layer({ digest, descriptor, size }: LayerDescriptor, of: Digest): Promise<Layer> {
    if (size > MOST_BLOB_BYTES) throw tooLarge(digest, of);
    let bytes: Buffer;
    try {
      bytes = await this.source.blob(this.subject, digest, MOST_BLOB_BYTES);
    } catch (error) {
      if (!(error instanceof DownloadFailed)) throw error;
      throw new EvidenceUnread(`${digest} of ${of} cannot be downloaded: ${error.message}`, READ_IT);
    }
    if (sha256(bytes) !== digest) {
      throw new EvidenceUnread(`ECR returned other bytes for ${digest} of ${of}`, READ_IT);
    }
    return { digest, descriptor, bytes };
  }

  /** The manifest that cosign's legacy tag points at; undefined where there is no such tag. */
  async tagged(suffix: 'sig' | 'att'): Promise<StoredManifest | undefined> {
    const tag = `${this.subject.digest.replace(':', '-')}.${suffix}`;
    const { images, failures } = fields(await this.source.manifests(this.subject, [{ imageTag: tag }]));
    const isTagged = (entry: Fields) => fields(entry.imageId).imageTag === tag;
    const found = entries(images).filter(isTagged);
    const failure = entries(failures).find(isTagged);
    const [image] = found;
    if (found.length === 1 && image !== undefined) return checked(image, tag);
    if (found.length === 0 && failure?.failureCode === 'ImageNotFound') return undefined;
    throw new EvidenceUnread(`the tag ${tag} cannot be read: ${reasonOf(failure)}`, READ_IT);
  }

  /**
   * Manifests by digest.
   * @returns a function that gives them, and throws EvidenceUnread for one that could not be read
   */
  async manifests(wanted: readonly { digest: Digest }[]): Promise<(digest: Digest) => StoredManifest> {
    const ids = wanted.map(({ digest }) => ({ imageDigest: digest }));
    const { images, failures } = fields(await this.source.manifests(this.subject, ids));
    const byDigest = (list: unknown) =>
      new Map(entries(list).map((entry) => [fields(entry.imageId).imageDigest, entry]));
    const [found, failed] = [byDigest(images), byDigest(failures)];
    return (digest) => {
      const image = found.get(digest);
      if (image !== undefined) return checked(image, digest);
      throw new EvidenceUnread(`${digest} cannot be read: ${reasonOf(failed.get(digest))}`, READ_IT);
    };
  }
}

/** @throws EvidenceUnread where the manifest is not that of its digest */
function checked(image: Fields, what: string): StoredManifest {
  const { imageId, imageManifest: text, imageManifestMediaType: type } = image;
  const digest = fields(imageId).imageDigest;
  const isRight = typeof digest === 'string' && isDigest(digest) && typeof text === 'string';
  if (!isRight || sha256(text) !== digest) {
    throw new EvidenceUnread(`ECR returned another manifest than that of ${what}`, READ_IT);
  }
  return { digest, mediaType: typeof type === 'string' ? type : '', text };
}

type Fields = Readonly<Record<string, unknown>>;

/** The members of a structure; none of anything else. */
function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** The structures of a list; none of anything else. */
function entries(list: unknown): Fields[] {
  return Array.isArray(list) ? list.map(fields) : [];
}

function reasonOf(failure: Fields | undefined): string {
  if (failure === undefined) return 'ECR’s answer does not contain it';
  return `ECR answers ${failure.failureCode} (${failure.failureReason})`;
}

/** @throws EvidenceUnread where what it holds is too large when it is decompressed */
function envelopeOf({ bytes, digest }: Layer, of: Digest): Envelope | undefined {
  try {
    return envelopeIn(bytes, MOST_BLOB_BYTES);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooLarge(digest, of);
  }
}

interface LayerDescriptor {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number;
  readonly descriptor: Fields;
}

/** The layers of a manifest; those without a valid digest cannot be read and are left out. */
function layersOf({ text }: StoredManifest): LayerDescriptor[] {
  let layers: unknown;
  try {
    layers = (JSON.parse(text) as { layers?: unknown } | null)?.layers;
  } catch {
    // What is no manifest holds no attestation.
  }
  return (Array.isArray(layers) ? layers : []).flatMap((descriptor: unknown) => {
    const { digest, mediaType, size } = fields(descriptor);
    if (typeof digest !== 'string' || !isDigest(digest)) return [];
    return [
      {
        digest,
        mediaType: typeof mediaType === 'string' ? mediaType : '',
        size: typeof size === 'number' ? size : 0,
        descriptor: fields(descriptor),
      },
    ];
  });
}

function couldBeBundle(artifactType: string | undefined): boolean {
  const type = artifactType?.trim().toLowerCase() ?? '';
  return (
    type === '' ||
    [BUNDLE, ENVELOPE, COSIGN_ATTESTATION].some((one) => type.startsWith(one)) ||
    NO_ARTIFACT_TYPES.has(type)
  );
}

/** The other attestations, such as SBOMs, have no effect here. */
function isOfUse({ statement: { predicateType } }: Envelope, format: SignatureFormat): boolean {
  return isSummaryType(predicateType) || (format === 'bundle' && predicateType === SIGNATURE_TYPE);
}

/** At most as many as one call takes, and no more bytes than one answer should have. */
function chunks(referrers: readonly Listed[]): Listed[][] {
  const result: Listed[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const referrer of referrers) {
    bytes += referrer.size;
    const last = result.at(-1);
    if (last !== undefined && last.length < MOST_IDS && bytes <= MOST_MANIFEST_BYTES) {
      last.push(referrer);
    } else {
      result.push([referrer]);
      bytes = referrer.size;
    }
  }
  return result;
}

/** What comes of every item, some worked on at once; the first failure ends it. */
async function mapAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const open = [...items.entries()].reverse();
  const workers = Array.from({ length: Math.min(READS_AT_ONCE, items.length) }, async () => {
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [at, item] = next;
      try {
        results[at] = await work(item);
      } catch (error) {
        open.length = 0;
        throw error;
      }
    }
  });
  // All of them have to end: none may go on reading behind a failure.
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}

function tooMany(why: string): EvidenceUnread {
  return new EvidenceUnread(why, 'Delete those that are not needed, and find out who pushed them.');
}

function tooLarge(digest: Digest, of: Digest): EvidenceUnread {
  return new EvidenceUnread(
    `${digest} of ${of} has more than ${MOST_BLOB_BYTES} bytes`,
    'Delete it if it is not needed, and find out who pushed it.',
  );
}

/** @throws what ends the whole run */
function asUnread(error: unknown): EvidenceUnread {
  if (error instanceof EvidenceUnread) return error;
  if (error instanceof MalformedAnswer) return new EvidenceUnread(error.message, AGAIN);
  if (error instanceof GateError && !['timeout', 'cancelled', 'credentials'].includes(error.code)) {
    return new EvidenceUnread(error.message.replace(/\.$/, ''), error.nextStep ?? AGAIN);
  }
  throw error;
}

function sha256(content: string | Buffer): Digest {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
