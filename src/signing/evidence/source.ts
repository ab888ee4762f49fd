/** What is attached to an image, and where it is read. */
import type { Digest, Registry } from '../../results/registry.ts';
import type { SignatureFormat } from '../cosign/arguments.ts';
import type { Envelope } from './envelope.ts';

/** An image, or the platform image of an index, to which signatures and attestations are attached. */
export interface Subject {
  readonly registry: Registry;
  readonly repository: string;
  readonly digest: Digest;
}

/** ECR's responses, not yet validated. */
export interface EvidenceSource {
  /** One page of the referrers of a digest, archived ones included. */
  referrers(subject: Subject, nextToken: string | undefined): Promise<ReferrersAnswer>;
  /** Manifests by digest or tag, at most 100. */
  manifests(subject: Subject, ids: readonly ManifestId[]): Promise<ManifestsAnswer>;
  /**
   * The bytes of a blob.
   * @throws DownloadFailed; GateError if AWS refuses the request
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

/** Something that is attached, or may be, could not be read. Whether it revokes the verdict is then unknown. */
export class UnreadableEvidence extends Error {
  override readonly name = 'UnreadableEvidence';
  readonly nextStep: string;

  constructor(message: string, nextStep: string) {
    super(message);
    this.nextStep = nextStep;
  }
}

export const FIND_OUT_WHY =
  'Find out why ECR does not return it. Restore it if it is archived, or delete it if it is not needed, and run the step again.';
export const DELETE_UNNEEDED =
  'Delete the artifacts that are not needed, and find out who pushed them. Then run the step again.';

export interface Referrer {
  readonly digest: Digest;
  /** Undefined if ECR names none. */
  readonly artifactType: string | undefined;
}

/** A manifest as ECR returned it. Its bytes match its digest. */
export interface StoredManifest {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly text: string;
}

/** The fields of a layer's descriptor that are read. cosign gets no other part of the manifest of an attestation. */
export interface LayerDescriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Layer {
  readonly digest: Digest;
  readonly descriptor: LayerDescriptor;
  readonly bytes: Buffer;
}

/** A signature in bundle format, or a verification summary in either format. Its signature is not verified yet. */
export interface Attestation {
  readonly format: SignatureFormat;
  /** The referrer, or the manifest behind the tag of legacy attestations. */
  readonly manifest: StoredManifest;
  readonly layer: Layer;
  readonly envelope: Envelope;
  /**
   * Whether cosign reads it if it is offered in this format. In the manifest of a bundle, cosign accepts only one layer. Every
   * envelope can be offered as a legacy attestation.
   */
  readonly isForCosign: boolean;
}

export interface Evidence {
  readonly referrers: readonly Referrer[];
  readonly attestations: readonly Attestation[];
}

/** Signatures in legacy format, with the manifests that cosign also reads. */
export interface LegacySignatures {
  readonly image: StoredManifest;
  readonly manifest: StoredManifest;
  readonly layers: readonly Layer[];
}
