/**
 * A read-only OCI registry on 127.0.0.1. It serves what was read from ECR, so that cosign verifies exactly that: in one page,
 * without requests that could be denied, and without anything that only cosign would read.
 */

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Digest } from '../../results/registry.ts';
import { sha256 } from '../evidence/answers.ts';
import type { Attestation, LayerDescriptor, LegacySignatures } from '../evidence/source.ts';

/** An image with what is attached to it, as cosign is to find it. */
export interface ServedImage {
  readonly digest: Digest;
  /** Bundles become referrers, legacy attestations become layers behind the tag `sha256-….att`. */
  readonly attestations?: readonly Attestation[];
  readonly signatures?: LegacySignatures | undefined;
}

/** The copy of an image that cosign reads. */
export interface LoopbackImage {
  /** `127.0.0.1:PORT/NAME@sha256:…` */
  readonly image: string;
  /** Whether cosign has read every layer each time that it read a list. */
  isRead(): boolean;
}

export interface LoopbackRegistry {
  /** Replaces what was served before by this image, in a repository whose name cannot be guessed. */
  serve(image: ServedImage): LoopbackImage;
  close(): Promise<void>;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const EMPTY_CONFIG = {
  mediaType: 'application/vnd.oci.empty.v1+json',
  digest: sha256('{}'),
  size: 2,
};

interface Content {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** How often it was sent completely. */
  sent: number;
}

/** The contents of a repository by their paths: `manifests/REFERENCE`, `blobs/DIGEST` and `referrers/DIGEST`. */
type Repository = Map<string, Content>;

/** Starts the registry on a free port of 127.0.0.1. Go programs use neither TLS nor a proxy for this address. */
export async function startLoopbackRegistry(): Promise<LoopbackRegistry> {
  const repositories = new Map<string, Repository>();
  const server = createServer((request, response) => answer(repositories, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  // The registry must not keep the process alive.
  server.unref();
  // cosign may pause for longer than Node keeps an idle connection open.
  server.keepAliveTimeout = 0;
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    serve: (served) => {
      const name = randomBytes(16).toString('hex');
      const repository = repositoryOf(served);
      repositories.clear();
      repositories.set(name, repository);
      return { image: `${host}/${name}@${served.digest}`, isRead: () => isRead(repository) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function repositoryOf({ digest, attestations = [], signatures }: ServedImage): Repository {
  const repository: Repository = new Map();
  const put = (path: string, mediaType: string, content: Buffer | string) =>
    repository.set(path, { mediaType, bytes: Buffer.from(content), sent: 0 });
  const tag = digest.replace(':', '-');
  for (const { layer } of attestations) put(`blobs/${layer.digest}`, 'application/octet-stream', layer.bytes);
  const layersIn = (wanted: Attestation['format']) =>
    attestations.filter(({ format }) => format === wanted).map(({ layer }) => layer.descriptor);
  // Two referrers with the same layer have the same manifest.
  const texts = new Set(layersIn('bundle').map((layer) => manifestOf([layer])));
  const manifests = [...texts].map((text) => {
    const of = sha256(text);
    put(`manifests/${of}`, MANIFEST, text);
    // Without annotations: everyone who can push a referrer can write anything into them.
    return { mediaType: MANIFEST, digest: of, size: Buffer.byteLength(text) };
  });
  if (manifests.length > 0) {
    put(`referrers/${digest}`, INDEX, JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
  }
  const layers = layersIn('legacy');
  if (layers.length > 0) put(`manifests/${tag}.att`, MANIFEST, manifestOf(layers));
  if (signatures !== undefined) {
    const { image, manifest } = signatures;
    put(`manifests/${digest}`, image.mediaType, image.text);
    put(`manifests/${tag}.sig`, manifest.mediaType, manifest.text);
    for (const layer of signatures.layers) {
      put(`blobs/${layer.digest}`, 'application/octet-stream', layer.bytes);
    }
  }
  return repository;
}

/**
 * A new manifest with the layers that were read from the original. In the original, cosign could read other layers: Go
 * ignores the case of names, and cosign takes a layer from its descriptor if that contains it.
 */
function manifestOf(layers: readonly LayerDescriptor[]): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config: EMPTY_CONFIG, layers });
}

/** cosign reads everything that is listed each time that it has read a list. */
function isRead(repository: Repository): boolean {
  const contents = [...repository];
  const isList = (path: string) => path.startsWith('referrers/') || path.endsWith('.att');
  const lists = contents.filter(([path]) => isList(path)).map(([, { sent }]) => sent);
  const rounds = Math.max(1, ...lists);
  return contents.every(([path, { sent }]) => isList(path) || sent >= rounds);
}

function answer(
  repositories: ReadonlyMap<string, Repository>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method } = request;
  const [, version, name = '', ...rest] = (request.url ?? '').replace(/\?.*$/, '').split('/');
  const isAsked = version === 'v2' && (method === 'GET' || method === 'HEAD');
  if (isAsked && name === '') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    return;
  }
  const content = isAsked ? repositories.get(name)?.get(rest.join('/')) : undefined;
  if (content === undefined) {
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"errors":[]}');
    return;
  }
  const { bytes, mediaType } = content;
  if (method === 'GET') {
    response.on('finish', () => {
      content.sent += 1;
    });
  }
  response.writeHead(200, {
    'Content-Type': mediaType,
    'Content-Length': bytes.length,
    'Docker-Content-Digest': sha256(bytes),
  });
  // Node itself leaves out the body of a response to HEAD.
  response.end(bytes);
}
