/**
 * A read-only OCI registry on loopback that holds what was read of the real one, so that what cosign verifies is exactly
 * that: in one page, with nothing that could be refused to it.
 */

import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Digest } from '../results/registry.ts';
import type { Attestation, LegacySignatures } from './evidence.ts';

/** What cosign finds attached to a digest. */
export interface Shown {
  readonly digest: Digest;
  /** Those in bundle format become referrers, those in legacy format the layers behind its tag. */
  readonly attestations?: readonly Attestation[];
  readonly signatures?: LegacySignatures | undefined;
}

export interface Showing {
  /** `127.0.0.1:PORT/NAME@sha256:…` */
  readonly image: string;
  /** Whether cosign was given every layer each time that it asked what there is. */
  isRead(): boolean;
}

export interface Mirror {
  /** Makes a repository that holds just this, under a name that cannot be guessed, in place of the one before. */
  show(shown: Shown): Showing;
  close(): Promise<void>;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const EMPTY_CONFIG = {
  mediaType: 'application/vnd.oci.empty.v1+json',
  digest: `sha256:${createHash('sha256').update('{}').digest('hex')}`,
  size: 2,
};

interface Content {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** How often all of it was sent. */
  sent: number;
}

/** A repository: its contents by `manifests/REFERENCE`, `blobs/DIGEST` and `referrers/DIGEST`. */
type Repository = Map<string, Content>;

/** Starts it on a free port of 127.0.0.1, which Go programs reach without TLS and past every proxy. */
export async function startMirror(): Promise<Mirror> {
  const repositories = new Map<string, Repository>();
  const server = createServer((request, response) => answer(repositories, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  // It must not keep the process alive.
  server.unref();
  // cosign may pause for longer than Node keeps a connection.
  server.keepAliveTimeout = 0;
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    show: (shown) => {
      const name = randomBytes(16).toString('hex');
      const repository = repositoryOf(shown);
      repositories.clear();
      repositories.set(name, repository);
      return { image: `${host}/${name}@${shown.digest}`, isRead: () => isRead(repository) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function repositoryOf({ digest, attestations = [], signatures }: Shown): Repository {
  const repository: Repository = new Map();
  const put = (path: string, mediaType: string, content: Buffer | string) =>
    repository.set(path, { mediaType, bytes: Buffer.from(content), sent: 0 });
  const tag = digest.replace(':', '-');
  for (const { layer } of attestations) put(`blobs/${layer.digest}`, 'application/octet-stream', layer.bytes);
  const bundles = attestations.filter(({ format }) => format === 'bundle');
  for (const { manifest } of bundles) {
    put(`manifests/${manifest.digest}`, manifest.mediaType, manifest.text);
  }
  if (bundles.length > 0) {
    // Without annotations: the one who pushes a referrer chooses what they say.
    const manifests = bundles.map(({ manifest: { digest: of, mediaType, text } }) => ({
      mediaType,
      digest: of,
      size: Buffer.byteLength(text),
    }));
    put(`referrers/${digest}`, INDEX, JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
  }
  const layers = attestations
    .filter(({ format }) => format === 'legacy')
    .map(({ layer }) => layer.descriptor);
  if (layers.length > 0) {
    const manifest = { schemaVersion: 2, mediaType: MANIFEST, config: EMPTY_CONFIG, layers };
    put(`manifests/${tag}.att`, MANIFEST, JSON.stringify(manifest));
  }
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

/** cosign reads all there is each time that it has read a list. */
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
    'Docker-Content-Digest': `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
  });
  // Node itself leaves the body of an answer to HEAD out.
  response.end(bytes);
}
