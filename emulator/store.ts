/**
 * The content of the emulated registry: repositories with their manifests, tags and blobs. The ECR API and
 * the OCI registry are two views of the same store, as they are in AWS.
 */
import { createHash } from 'node:crypto';
import { matchesWildcards } from './wildcard.ts';

export type TagMutability = 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION';

export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly pushedAt: number;
  /** Digest of the `subject`, when the manifest has one (a referrer). */
  readonly subject: string | undefined;
}

export interface Repository {
  readonly name: string;
  tagMutability: TagMutability;
  /** `*` wildcards, as in ECR's imageTagMutabilityExclusionFilters. */
  tagMutabilityExclusions: string[];
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, string>;
  readonly blobs: Map<string, Buffer>;
  /** Digests of manifests that were archived since the scenario started. */
  readonly archived: Set<string>;
}

/** Thrown where ECR refuses to move a tag of a repository whose tags are immutable. */
export class TagImmutableError extends Error {
  readonly tag: string;
  constructor(repository: string, tag: string) {
    super(
      `The image tag '${tag}' already exists in the '${repository}' repository and cannot be overwritten because the tag is immutable.`,
    );
    this.tag = tag;
  }
}

/** The digest of some bytes, `sha256:` and 64 hex digits unless another algorithm is requested. */
export function digestOf(bytes: Uint8Array, algorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

export class Store {
  readonly repositories = new Map<string, Repository>();
  private readonly now: () => number;

  /** @param now the emulator's clock, milliseconds since the epoch */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Creates a repository, or returns the existing one of this name. */
  create(name: string, tagMutability: TagMutability = 'MUTABLE', exclusions: string[] = []): Repository {
    const existing = this.repositories.get(name);
    if (existing) return existing;
    const repository: Repository = {
      name,
      tagMutability,
      tagMutabilityExclusions: exclusions,
      manifests: new Map(),
      tags: new Map(),
      blobs: new Map(),
      archived: new Set(),
    };
    this.repositories.set(name, repository);
    return repository;
  }

  /** Stores a blob and returns its digest. */
  putBlob(repository: Repository, bytes: Buffer, algorithm?: string): string {
    const digest = digestOf(bytes, algorithm);
    repository.blobs.set(digest, bytes);
    return digest;
  }

  /**
   * Stores a manifest, under a tag if one is given. A manifest that exists already keeps its push time.
   * @throws TagImmutableError if the tag exists, points elsewhere and is immutable
   */
  putManifest(
    repository: Repository,
    mediaType: string,
    bytes: Buffer,
    tag?: string,
    algorithm?: string,
  ): StoredManifest {
    const digest = digestOf(bytes, algorithm);
    const current = tag === undefined ? undefined : repository.tags.get(tag);
    if (tag !== undefined && current !== undefined && current !== digest && !mayMove(repository, tag)) {
      throw new TagImmutableError(repository.name, tag);
    }
    const existing = repository.manifests.get(digest);
    const manifest = existing ?? {
      digest,
      mediaType,
      bytes,
      pushedAt: this.now(),
      subject: subjectOf(bytes),
    };
    repository.manifests.set(digest, manifest);
    if (tag !== undefined) repository.tags.set(tag, digest);
    return manifest;
  }

  /** The tags that point at a digest, in the order they were set. */
  tagsOf(repository: Repository, digest: string): string[] {
    return [...repository.tags].filter(([, target]) => target === digest).map(([tag]) => tag);
  }
}

function subjectOf(bytes: Buffer): string | undefined {
  try {
    const manifest = JSON.parse(bytes.toString('utf8')) as { subject?: { digest?: unknown } };
    return typeof manifest.subject?.digest === 'string' ? manifest.subject.digest : undefined;
  } catch {
    return undefined;
  }
}

function mayMove(repository: Repository, tag: string): boolean {
  const excluded = repository.tagMutabilityExclusions.some((filter) => matchesWildcards(filter, tag));
  const immutable = repository.tagMutability.startsWith('IMMUTABLE');
  return immutable ? excluded : !excluded;
}
