/**
 * Reads what is attached to a digest through ECR's API. cosign itself silently leaves out what the registry does not
 * return, and an attestation that is not read cannot revoke a verdict. Here everything that could be an attestation is
 * read and compared with its digest, or reading fails as a whole.
 */

import { DownloadFailed } from '../../aws/download.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { allPages } from '../../aws/pages.ts';
import type { Deadline } from '../../deadline.ts';
import { GateError } from '../../errors.ts';
import type { Digest } from '../../results/registry.ts';
import { SIGNATURE_TYPE, type SignatureFormat } from '../cosign/arguments.ts';
import { retry } from '../retry.ts';
import { isRevocation } from '../statements/revocation.ts';
import { isSummaryType, type Statement, statementIn } from '../statements/statement.ts';
import {
  type ListedReferrer,
  layersOf,
  MOST_MANIFEST_BYTES,
  manifestsByDigest,
  referrersIn,
  sha256,
  taggedManifest,
} from './answers.ts';
import { type Envelope, envelopeIn } from './envelope.ts';
import {
  type Attestation,
  DELETE_UNNEEDED,
  type Evidence,
  type EvidenceSource,
  FIND_OUT_WHY,
  type Layer,
  type LayerDescriptor,
  type LegacySignatures,
  type StoredManifest,
  type Subject,
  UnreadableEvidence,
} from './source.ts';

const BUNDLE = 'application/vnd.dev.sigstore.bundle';
// An envelope without a bundle, as in legacy attestations. Other programs attach one as a referrer, too.
const ENVELOPE = 'application/vnd.dsse.envelope';
const IN_TOTO = 'application/vnd.in-toto+json';
/** BuildKit's annotation of a layer. */
const PREDICATE_TYPE = 'in-toto.io/predicate-type';
const COSIGN_ATTESTATION = 'application/vnd.dev.cosign.artifact.att';
// For a manifest without an artifact type, ECR may list the media type of its config.
const NO_ARTIFACT_TYPES = new Set([
  'application/vnd.oci.empty.v1+json',
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);
const IMAGE_LAYER = /^application\/vnd\.(?:oci\.image\.layer|docker\.image\.rootfs)\./;

const MOST_REFERRERS = 10_000;
/** As many as referrers: cosign puts one layer into each. */
const MOST_LAYERS = MOST_REFERRERS;
/** A bundle has some kilobytes; one with thousands of findings has some megabytes. */
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
/** The most that is kept in memory, for cosign to verify. */
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
/** The most that BatchGetImage accepts. */
const MOST_IDS = 100;
const CONCURRENT_READS = 16;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 1_000;

const AGAIN = 'Run the step again.';

/**
 * Reads every attestation of a digest. If something was deleted after it was listed, everything is listed again: what is
 * listed then has to be readable.
 * @param types more predicate types to keep, besides signatures and verification summaries
 * @throws UnreadableEvidence if anything that could be an attestation could not be read
 * @throws GateError `timeout`, `cancelled` or `credentials`
 */
export async function readEvidence(
  source: EvidenceSource,
  subject: Subject,
  deadline: Pick<Deadline, 'sleep' | 'signal'>,
  types: ReadonlySet<string> = new Set(),
): Promise<Evidence> {
  const reader = new Reader(source, subject, types);
  const result = await retry<Evidence | UnreadableEvidence>(
    async () => {
      try {
        return { value: await reader.evidence(), again: false };
      } catch (error) {
        return { value: asUnreadable(error), again: true };
      }
    },
    { deadline, attempts: ATTEMPTS, firstPauseMs: FIRST_PAUSE_MS },
  );
  if (result instanceof UnreadableEvidence) throw result;
  return result;
}

/**
 * Reads the legacy signatures of a digest.
 * @returns undefined if there are none
 * @throws as `readEvidence` does
 */
export async function readLegacySignatures(
  source: EvidenceSource,
  subject: Subject,
): Promise<LegacySignatures | undefined> {
  try {
    return await new Reader(source, subject).legacySignatures();
  } catch (error) {
    throw asUnreadable(error);
  }
}

/** An in-toto statement that is a layer of a build attestation. It has no signature of its own. */
export interface BuildStatement {
  readonly layer: Layer;
  /** Undefined if it is not a statement, or has a duplicate key. */
  readonly statement: Statement | undefined;
}

/**
 * The statements in a build attestation of BuildKit, read by its digest. Everything is compared with its digest, so a
 * signature of the attestation's manifest covers them.
 * Source: BuildKit, docs/attestations/attestation-storage.md.
 * @param subject the attestation's manifest
 * @param types the predicate types to read, by the annotations in the manifest
 * @returns an empty list where the manifest contains anything but in-toto statements: then it may be an image
 * @throws as `readEvidence` does
 */
export async function readBuildStatements(
  source: EvidenceSource,
  subject: Subject,
  types: ReadonlySet<string>,
): Promise<BuildStatement[]> {
  try {
    return await new Reader(source, subject, types).buildStatements();
  } catch (error) {
    throw asUnreadable(error);
  }
}

class Reader {
  private readonly source: EvidenceSource;
  private readonly subject: Subject;
  private readonly types: ReadonlySet<string>;
  /** The attestations of each referrer that was read. They are not read again. */
  private readonly read = new Map<Digest, readonly Attestation[]>();
  private layers = 0;
  private keptBytes = 0;

  constructor(source: EvidenceSource, subject: Subject, types: ReadonlySet<string> = new Set()) {
    this.source = source;
    this.subject = subject;
    this.types = types;
  }

  async evidence(): Promise<Evidence> {
    const referrers = await this.listReferrers();
    const bundles = await this.bundles(referrers);
    const legacy = await this.tagged('att');
    return {
      referrers: referrers.map(({ digest, artifactType }) => ({ digest, artifactType })),
      attestations: [
        ...bundles,
        ...(legacy === undefined ? [] : await this.attestationsIn(legacy, 'legacy')),
      ],
    };
  }

  async legacySignatures(): Promise<LegacySignatures | undefined> {
    const manifest = await this.tagged('sig');
    if (manifest === undefined) return undefined;
    const image = (await this.manifests([this.subject]))(this.subject.digest);
    return { image, manifest, layers: await this.signatureLayers(manifest) };
  }

  private async listReferrers(): Promise<ListedReferrer[]> {
    const seen = new Set<Digest>();
    return allPages('ListImageReferrers', async (token) => {
      const page = referrersIn(await this.source.referrers(this.subject, token));
      for (const { digest } of page.items) {
        if (seen.has(digest)) throw new MalformedAnswer(`ListImageReferrers listed ${digest} twice`);
        seen.add(digest);
      }
      if (seen.size > MOST_REFERRERS) {
        throw new UnreadableEvidence(`more than ${MOST_REFERRERS} artifacts refer to it`, DELETE_UNNEEDED);
      }
      return page;
    });
  }

  /** The attestations in Sigstore bundles among the referrers. */
  private async bundles(referrers: readonly ListedReferrer[]): Promise<Attestation[]> {
    const unread = referrers.filter(({ digest }) => !this.read.has(digest));
    for (const batch of batches(unread)) {
      const manifestOf = await this.manifests(batch);
      await mapConcurrently(batch, async ({ digest, artifactType }) => {
        let manifest: StoredManifest;
        try {
          manifest = manifestOf(digest);
        } catch (error) {
          // cosign gives bundles no other artifact type.
          if (!(error instanceof UnreadableEvidence) || couldBeBundle(artifactType)) throw error;
          this.read.set(digest, []);
          return;
        }
        this.read.set(digest, await this.attestationsIn(manifest, 'bundle'));
      });
    }
    return referrers.flatMap(({ digest }) => this.read.get(digest) ?? []);
  }

  private async attestationsIn(manifest: StoredManifest, format: SignatureFormat): Promise<Attestation[]> {
    const all = layersOf(manifest);
    const isEnvelope = ({ mediaType }: LayerDescriptor) => mediaType.toLowerCase().startsWith(ENVELOPE);
    const wanted = all.filter((layer) =>
      format === 'bundle'
        ? layer.mediaType.startsWith(BUNDLE) || isEnvelope(layer)
        : !IMAGE_LAYER.test(layer.mediaType),
    );
    this.countLayers(wanted, 'attestations');
    const isForCosign = format === 'legacy' || all.length === 1;
    const attestations = await mapConcurrently(wanted, async (descriptor): Promise<Attestation[]> => {
      const layer = await this.layer(descriptor, manifest.digest);
      const envelope = envelopeOf(layer, manifest.digest);
      if (envelope === undefined || !this.isRelevant(envelope, format)) return [];
      // cosign does not look for an envelope there: it can revoke a verdict, and never counts for the image.
      const isMisplaced = format === 'bundle' && isEnvelope(descriptor);
      if (isMisplaced && !isRevocation(envelope.statement)) return [];
      this.keep(layer, 'attestations');
      if (isMisplaced) return [{ format: 'legacy', manifest, layer, envelope, isForCosign: true }];
      return [{ format, manifest, layer, envelope, isForCosign }];
    });
    return attestations.flat();
  }

  async buildStatements(): Promise<BuildStatement[]> {
    const manifest = (await this.manifests([this.subject]))(this.subject.digest);
    const all = layersOf(manifest);
    const entries: unknown = (JSON.parse(manifest.text) as { layers?: unknown }).layers;
    const isComplete = Array.isArray(entries) && entries.length === all.length;
    if (!isComplete || all.some(({ mediaType }) => mediaType !== IN_TOTO)) return [];
    const wanted = all.filter(({ annotations }) => this.types.has(annotations[PREDICATE_TYPE] ?? ''));
    this.countLayers(wanted, 'build attestations');
    return mapConcurrently(wanted, async (descriptor) => {
      const layer = await this.layer(descriptor, manifest.digest);
      this.keep(layer, 'build attestations');
      return { layer, statement: statementIn(layer.bytes.toString('utf8')) };
    });
  }

  /** Whether it is a signature, a verification summary, or of a type that is required. Others have no effect here. */
  private isRelevant({ statement: { predicateType } }: Envelope, format: SignatureFormat): boolean {
    return (
      isSummaryType(predicateType) ||
      (format === 'bundle' && predicateType === SIGNATURE_TYPE) ||
      this.types.has(predicateType)
    );
  }

  /** All layers of a manifest of legacy signatures. */
  private async signatureLayers(manifest: StoredManifest): Promise<Layer[]> {
    const all = layersOf(manifest);
    this.countLayers(all, 'legacy signatures');
    return mapConcurrently(all, async (descriptor) => {
      const layer = await this.layer(descriptor, manifest.digest);
      this.keep(layer, 'legacy signatures');
      return layer;
    });
  }

  /** @throws UnreadableEvidence if there are more layers than are read */
  private countLayers(layers: readonly LayerDescriptor[], what: string): void {
    this.layers += layers.length;
    if (this.layers > MOST_LAYERS) {
      throw new UnreadableEvidence(`its ${what} have more than ${MOST_LAYERS} layers`, DELETE_UNNEEDED);
    }
  }

  /** @throws UnreadableEvidence if there are more bytes than are kept in memory */
  private keep({ bytes }: Layer, what: string): void {
    this.keptBytes += bytes.length;
    if (this.keptBytes > MOST_KEPT_BYTES) {
      throw new UnreadableEvidence(`its ${what} have more than ${MOST_KEPT_BYTES} bytes`, DELETE_UNNEEDED);
    }
  }

  /** Downloads a layer and compares it with its digest. */
  private async layer(descriptor: LayerDescriptor, manifest: Digest): Promise<Layer> {
    const { digest, size } = descriptor;
    if (size > MOST_BLOB_BYTES) throw tooLarge(digest, manifest);
    let bytes: Buffer;
    try {
      bytes = await this.source.blob(this.subject, digest, MOST_BLOB_BYTES);
    } catch (error) {
      if (!(error instanceof DownloadFailed)) throw error;
      throw new UnreadableEvidence(
        `${digest} of ${manifest} could not be downloaded: ${error.message}`,
        FIND_OUT_WHY,
      );
    }
    if (sha256(bytes) !== digest) {
      throw new UnreadableEvidence(
        `the bytes that ECR returned for ${digest} of ${manifest} do not match the digest`,
        FIND_OUT_WHY,
      );
    }
    return { digest, descriptor, bytes };
  }

  /** The manifest behind cosign's legacy tag; undefined if there is no such tag. */
  private async tagged(suffix: 'sig' | 'att'): Promise<StoredManifest | undefined> {
    const tag = `${this.subject.digest.replace(':', '-')}.${suffix}`;
    return taggedManifest(await this.source.manifests(this.subject, [{ imageTag: tag }]), tag);
  }

  private async manifests(
    wanted: readonly { digest: Digest }[],
  ): Promise<(digest: Digest) => StoredManifest> {
    const ids = wanted.map(({ digest }) => ({ imageDigest: digest }));
    return manifestsByDigest(await this.source.manifests(this.subject, ids));
  }
}

/** @throws UnreadableEvidence if the envelope is too large after decompression */
function envelopeOf({ bytes, digest }: Layer, manifest: Digest): Envelope | undefined {
  try {
    return envelopeIn(bytes, MOST_BLOB_BYTES);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooLarge(digest, manifest);
  }
}

function couldBeBundle(artifactType: string | undefined): boolean {
  const type = artifactType?.trim().toLowerCase() ?? '';
  return (
    type === '' ||
    [BUNDLE, ENVELOPE, COSIGN_ATTESTATION].some((one) => type.startsWith(one)) ||
    NO_ARTIFACT_TYPES.has(type)
  );
}

/** As many manifests as one call accepts, and no more bytes than one answer should have. */
function batches(referrers: readonly ListedReferrer[]): ListedReferrer[][] {
  const result: ListedReferrer[][] = [];
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

/** Maps every item, several of them at the same time. The first failure ends it. */
async function mapConcurrently<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const open = [...items.entries()].reverse();
  const workers = Array.from({ length: Math.min(CONCURRENT_READS, items.length) }, async () => {
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
  // All workers have to end: after a failure none may continue to read.
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}

function tooLarge(digest: Digest, manifest: Digest): UnreadableEvidence {
  return new UnreadableEvidence(
    `${digest} of ${manifest} has more than ${MOST_BLOB_BYTES} bytes`,
    DELETE_UNNEEDED,
  );
}

/** @throws the error itself if it ends the whole run */
function asUnreadable(error: unknown): UnreadableEvidence {
  if (error instanceof UnreadableEvidence) return error;
  if (error instanceof MalformedAnswer) return new UnreadableEvidence(error.message, AGAIN);
  if (error instanceof GateError && !['timeout', 'cancelled', 'credentials'].includes(error.code)) {
    return new UnreadableEvidence(error.message.replace(/\.$/, ''), error.nextStep ?? AGAIN);
  }
  throw error;
}
