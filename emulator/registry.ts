/**
 * An OCI registry (distribution-spec 1.1) over the store, with what is ECR's own: basic authentication,
 * repositories that a push does not create, and tags that may not move.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultSpec } from './scenario.ts';
import { digestOf, type Repository, type Store, type StoredManifest, TagImmutableError } from './store.ts';

export interface RegistryOptions {
  /** Absent: everyone may do everything. */
  readonly authenticate?: (user: string, password: string) => boolean;
  /** A push creates its repository, which ECR's does not. */
  readonly createOnPush?: boolean;
  readonly fault?: (method: string, path: string) => Pick<FaultSpec, 'kind' | 'ms'> | undefined;
}

export interface RegistryRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface Registry {
  readonly listener: RequestListener;
  readonly requests: readonly RegistryRequest[];
}

const NAME = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*';
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';
const LARGEST_MANIFEST = 4 * 1024 * 1024;

/** A refusal in the specification's form. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface Upload {
  readonly repository: Repository;
  bytes: Buffer;
}

export function createRegistry(store: Store, options: RegistryOptions = {}): Registry {
  const uploads = new Map<string, Upload>();
  const requests: RegistryRequest[] = [];

  const find = (name: string, create = false): Repository => {
    const repository = store.repositories.get(name);
    if (repository) return repository;
    if (create && options.createOnPush) return store.create(name);
    throw new Refusal(
      404,
      'NAME_UNKNOWN',
      `The repository with name '${name}' does not exist in the registry`,
    );
  };

  const routes: readonly (readonly [RegExp, Handler])[] = [
    [/^\/v2\/?$/, (_, response) => end(response, 200, {}, '{}')],
    [new RegExp(`^/v2/(${NAME})/blobs/uploads/$`), startUpload],
    [new RegExp(`^/v2/(${NAME})/blobs/uploads/([0-9a-f-]+)$`), continueUpload],
    [new RegExp(`^/v2/(${NAME})/blobs/([^/]+)$`), blob],
    [new RegExp(`^/v2/(${NAME})/manifests/([^/]+)$`), manifest],
    [new RegExp(`^/v2/(${NAME})/tags/list$`), tags],
    [new RegExp(`^/v2/(${NAME})/referrers/([^/]+)$`), referrers],
  ];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://registry');
    const fault = options.fault?.(request.method ?? '', url.pathname);
    if (fault !== undefined && (await strike(fault, request, response))) return;
    if (!authenticated(request)) {
      response.setHeader(
        'WWW-Authenticate',
        `Basic realm="https://${request.headers.host}/",service="ecr.amazonaws.com"`,
      );
      throw new Refusal(401, 'UNAUTHORIZED', 'Not Authorized');
    }
    for (const [pattern, handler] of routes) {
      const match = pattern.exec(url.pathname);
      if (match) return handler({ request, url, name: match[1] ?? '', reference: match[2] ?? '' }, response);
    }
    throw new Refusal(404, 'NAME_INVALID', `${request.method} ${url.pathname} names nothing`);
  }

  function authenticated(request: IncomingMessage): boolean {
    if (options.authenticate === undefined) return true;
    const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
    const [user = '', password = ''] = Buffer.from(value, 'base64').toString('utf8').split(/:(.*)/s);
    return scheme === 'Basic' && options.authenticate(user, password);
  }

  async function startUpload({ request, url, name }: Asked, response: ServerResponse): Promise<void> {
    allow(request, 'POST');
    const repository = find(name, true);
    const mount = url.searchParams.get('mount');
    if (mount !== null) {
      const sources = url.searchParams.has('from')
        ? [store.repositories.get(url.searchParams.get('from') ?? '')]
        : [...store.repositories.values()];
      const bytes = sources.map((source) => source?.blobs.get(mount)).find((found) => found !== undefined);
      if (bytes !== undefined) {
        repository.blobs.set(mount, bytes);
        return end(response, 201, { Location: `/v2/${name}/blobs/${mount}`, 'Docker-Content-Digest': mount });
      }
    }
    const digest = url.searchParams.get('digest');
    if (digest !== null) return finish(repository, digest, await read(request), response);
    const id = randomUUID();
    uploads.set(id, { repository, bytes: Buffer.alloc(0) });
    end(response, 202, {
      Location: `/v2/${name}/blobs/uploads/${id}`,
      'Docker-Upload-UUID': id,
      Range: '0-0',
    });
  }

  async function continueUpload(
    { request, url, name, reference: id }: Asked,
    response: ServerResponse,
  ): Promise<void> {
    const upload = uploads.get(id);
    if (upload === undefined || upload.repository.name !== name) {
      throw new Refusal(404, 'BLOB_UPLOAD_UNKNOWN', `there is no upload ${id}`);
    }
    const location = { Location: `/v2/${name}/blobs/uploads/${id}`, 'Docker-Upload-UUID': id };
    const range = () => ({ Range: `0-${Math.max(0, upload.bytes.length - 1)}` });
    switch (request.method) {
      case 'GET':
        return end(response, 204, { ...location, ...range() });
      case 'PATCH':
        await append(request, upload, { ...location, ...range() }, response);
        if (response.writableEnded) return;
        return end(response, 202, { ...location, ...range() });
      case 'PUT': {
        await append(request, upload, { ...location, ...range() }, response);
        if (response.writableEnded) return;
        uploads.delete(id);
        return finish(upload.repository, url.searchParams.get('digest') ?? '', upload.bytes, response);
      }
      case 'DELETE':
        uploads.delete(id);
        return end(response, 204, {});
      default:
        throw notAllowed(request);
    }
  }

  /** Chunks have to come in order: one that does not start where the last one ended is refused with 416. */
  async function append(
    request: IncomingMessage,
    upload: Upload,
    headers: Record<string, string>,
    response: ServerResponse,
  ): Promise<void> {
    const chunk = await read(request);
    const range = request.headers['content-range'];
    if (range !== undefined) {
      const match = /^(?:bytes )?(\d+)-(\d+)/.exec(range);
      const [start, last] = [Number(match?.[1]), Number(match?.[2])];
      if (start !== upload.bytes.length || last - start + 1 !== chunk.length) {
        return end(response, 416, headers);
      }
    }
    upload.bytes = Buffer.concat([upload.bytes, chunk]);
  }

  function finish(repository: Repository, digest: string, bytes: Buffer, response: ServerResponse): void {
    if (!DIGEST.test(digest) || digestOf(bytes) !== digest) {
      throw new Refusal(400, 'DIGEST_INVALID', 'the digest is not that of what was uploaded');
    }
    store.putBlob(repository, bytes);
    end(response, 201, {
      Location: `/v2/${repository.name}/blobs/${digest}`,
      'Docker-Content-Digest': digest,
    });
  }

  function blob({ request, name, reference: digest }: Asked, response: ServerResponse): void {
    allow(request, 'GET', 'HEAD');
    const bytes = find(name).blobs.get(digest);
    if (bytes === undefined) throw new Refusal(404, 'BLOB_UNKNOWN', `there is no blob ${digest}`);
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Docker-Content-Digest': digest,
      'Accept-Ranges': 'bytes',
    };
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    if (range === null) {
      end(response, 200, headers, bytes, request.method === 'HEAD');
      return;
    }
    const start = Number(range[1]);
    const last = Math.min(range[2] === '' ? bytes.length - 1 : Number(range[2]), bytes.length - 1);
    if (start > last) throw new Refusal(416, 'SIZE_INVALID', 'there is no such range');
    end(
      response,
      206,
      { ...headers, 'Content-Range': `bytes ${start}-${last}/${bytes.length}` },
      bytes.subarray(start, last + 1),
    );
  }

  async function manifest({ request, name, reference }: Asked, response: ServerResponse): Promise<void> {
    if (request.method === 'PUT') return pushManifest(request, find(name, true), reference, response);
    allow(request, 'GET', 'HEAD');
    const repository = find(name);
    const digest = reference.startsWith('sha256:') ? reference : repository.tags.get(reference);
    const found = digest === undefined ? undefined : repository.manifests.get(digest);
    if (found === undefined) throw new Refusal(404, 'MANIFEST_UNKNOWN', `there is no manifest ${reference}`);
    const headers = { 'Content-Type': found.mediaType, 'Docker-Content-Digest': found.digest };
    end(response, 200, headers, found.bytes, request.method === 'HEAD');
  }

  async function pushManifest(
    request: IncomingMessage,
    repository: Repository,
    reference: string,
    response: ServerResponse,
  ): Promise<void> {
    const bytes = await read(request);
    if (bytes.length > LARGEST_MANIFEST) throw new Refusal(413, 'SIZE_INVALID', 'the manifest is too large');
    const byDigest = reference.includes(':');
    if (byDigest && digestOf(bytes) !== reference)
      throw new Refusal(400, 'DIGEST_INVALID', 'the digest is not that of the manifest');
    if (!byDigest && !TAG.test(reference)) throw new Refusal(400, 'TAG_INVALID', 'that is no tag');
    const content = parse(bytes);
    const mediaType = request.headers['content-type'] ?? content.mediaType ?? '';
    if (content.mediaType !== undefined && content.mediaType !== mediaType) {
      throw new Refusal(400, 'MANIFEST_INVALID', 'Content-Type and mediaType differ');
    }
    const missing =
      [content.config, ...(content.layers ?? [])].find(
        (entry) => entry !== undefined && !repository.blobs.has(entry.digest),
      ) ?? content.manifests?.find((entry) => !repository.manifests.has(entry.digest));
    if (missing !== undefined)
      throw new Refusal(400, 'MANIFEST_BLOB_UNKNOWN', `there is no ${missing.digest}`);
    const stored = store.putManifest(repository, mediaType, bytes, byDigest ? undefined : reference);
    end(response, 201, {
      Location: `/v2/${repository.name}/manifests/${stored.digest}`,
      'Docker-Content-Digest': stored.digest,
      ...(stored.subject !== undefined && { 'OCI-Subject': stored.subject }),
    });
  }

  function tags({ request, url, name }: Asked, response: ServerResponse): void {
    allow(request, 'GET');
    const last = url.searchParams.get('last');
    const limit = url.searchParams.has('n') ? Number(url.searchParams.get('n')) : Number.POSITIVE_INFINITY;
    const all = [...find(name).tags.keys()].sort().filter((tag) => last === null || tag > last);
    const page = all.slice(0, limit);
    const more = page.length < all.length && page.length > 0;
    const headers = more
      ? { Link: `</v2/${name}/tags/list?n=${limit}&last=${page.at(-1)}>; rel="next"` }
      : {};
    end(
      response,
      200,
      { 'Content-Type': 'application/json', ...headers },
      JSON.stringify({ name, tags: page }),
    );
  }

  function referrers({ request, url, name, reference: digest }: Asked, response: ServerResponse): void {
    allow(request, 'GET');
    if (!DIGEST.test(digest)) throw new Refusal(400, 'DIGEST_INVALID', 'that is no digest');
    // A repository that holds nothing yet has no referrers either: an empty list, not an error.
    const manifests = [...(store.repositories.get(name)?.manifests.values() ?? [])];
    const wanted = url.searchParams.get('artifactType');
    const descriptors = manifests
      .filter(({ subject }) => subject === digest)
      .map(describe)
      .filter(({ artifactType }) => wanted === null || artifactType === wanted);
    const index = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: descriptors };
    const headers = {
      'Content-Type': INDEX_TYPE,
      ...(wanted !== null && { 'OCI-Filters-Applied': 'artifactType' }),
    };
    end(response, 200, headers, JSON.stringify(index));
  }

  return {
    requests,
    listener: (request, response) => {
      response.on('close', () =>
        requests.push({ method: request.method ?? '', path: request.url ?? '', status: response.statusCode }),
      );
      serve(request, response).catch((error: unknown) => {
        if (request.destroyed && !request.complete) return;
        const refusal =
          error instanceof TagImmutableError
            ? new Refusal(400, 'TAG_INVALID', error.message)
            : error instanceof Refusal
              ? error
              : new Refusal(500, 'UNKNOWN', String(error));
        const body = JSON.stringify({ errors: [{ code: refusal.code, message: refusal.message }] });
        end(
          response,
          refusal.status,
          { 'Content-Type': 'application/json' },
          body,
          request.method === 'HEAD',
        );
      });
    },
  };
}

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly name: string;
  readonly reference: string;
}

type Handler = (asked: Asked, response: ServerResponse) => void | Promise<void>;

interface Content {
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly annotations?: Record<string, string>;
  readonly config?: { readonly digest: string; readonly mediaType?: string };
  readonly layers?: readonly { readonly digest: string }[];
  readonly manifests?: readonly { readonly digest: string }[];
}

function parse(bytes: Buffer): Content {
  try {
    return JSON.parse(bytes.toString('utf8')) as Content;
  } catch {
    throw new Refusal(400, 'MANIFEST_INVALID', 'the manifest is not JSON');
  }
}

/** A referrer's descriptor, with the artifact type and annotations of its manifest. */
function describe({ digest, mediaType, bytes }: StoredManifest) {
  const { artifactType, annotations, config } = parse(bytes);
  return {
    mediaType,
    digest,
    size: bytes.length,
    artifactType: artifactType ?? config?.mediaType,
    ...(annotations && { annotations }),
  };
}

/** @returns whether the request is answered, or never will be */
async function strike(
  { kind, ms = 1000 }: Pick<FaultSpec, 'kind' | 'ms'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (kind) {
    case 'slow':
      await wait(ms);
      return false;
    case 'hang':
      return true;
    case 'reset':
      request.socket.destroy();
      return true;
    case 'garbage':
      end(response, 200, {}, 'garbage');
      return true;
    case 'throttle':
      throw new Refusal(429, 'TOOMANYREQUESTS', 'Rate exceeded');
    case 'deny':
      throw new Refusal(403, 'DENIED', 'not authorized to perform this action on the repository');
    default:
      throw new Refusal(kind === '503' ? 503 : 500, 'UNKNOWN', 'the registry has failed');
  }
}

function allow(request: IncomingMessage, ...methods: string[]): void {
  if (!methods.includes(request.method ?? '')) throw notAllowed(request);
}

function notAllowed(request: IncomingMessage): Refusal {
  return new Refusal(405, 'UNSUPPORTED', `${request.method} is not supported`);
}

function end(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer = '',
  headOnly = false,
): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(headOnly ? undefined : body);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
