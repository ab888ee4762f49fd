/**
 * An OCI registry (distribution-spec 1.1) over the store, with ECR's own behavior: basic authentication, repositories
 * that a push does not create, and immutable tags.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultSpec } from './scenario.ts';
import { digestOf, type Repository, type Store, type StoredManifest, TagImmutableError } from './store.ts';

/** The fault of one request. */
export type RegistryFault = Pick<FaultSpec, 'kind' | 'ms'>;

export interface RegistryOptions {
  /** Whether a user and password are correct. Absent: every request is allowed. */
  readonly authenticate?: (user: string, password: string) => boolean;
  /** Called once for each request, before anything else. */
  readonly fault?: (method: string, path: string) => RegistryFault | undefined;
  /** Default: sha256 alone, as in ECR. */
  readonly digestAlgorithms?: readonly string[];
}

export interface RegistryRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** 0 until there is a response. */
  readonly status: number;
}

export interface Registry {
  readonly listener: RequestListener;
  /** In the order of arrival. */
  readonly requests: readonly RegistryRequest[];
  /** `false` turns the referrers API off from now on: it returns 404, like a registry without this API. */
  referrersApi: boolean;
}

const NAME = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*';
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const HEX_DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';
// Layers that a registry must not require: they are stored elsewhere.
const KEPT_ELSEWHERE = /nondistributable|foreign/;
const LARGEST_MANIFEST = 4 * 1024 * 1024;
const DEFAULT_SLOWNESS_MS = 1000;

/** An error in the format of the specification. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** A request and the parts of its path. */
interface RoutedRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly name: string;
  readonly reference: string;
}

interface Upload {
  readonly repository: Repository;
  readonly chunks: Buffer[];
  size: number;
}

interface Descriptor {
  readonly mediaType?: string;
  readonly digest: string;
}

interface Content {
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[] | null;
  readonly manifests?: readonly Descriptor[] | null;
}

export function createRegistry(store: Store, options: RegistryOptions = {}): Registry {
  const { authenticate, digestAlgorithms = ['sha256'] } = options;
  const uploads = new Map<string, Upload>();
  const requests: RegistryRequest[] = [];
  const registry: Registry = { requests, referrersApi: true, listener };

  const routes: readonly (readonly [RegExp, (asked: RoutedRequest) => void | Promise<void>])[] = [
    [/^\/v2\/?$/, ({ response }) => end(response, 200, {}, '{}')],
    [new RegExp(`^/v2/(${NAME})/blobs/uploads/$`), startUpload],
    [new RegExp(`^/v2/(${NAME})/blobs/uploads/([0-9a-f-]+)$`), continueUpload],
    [new RegExp(`^/v2/(${NAME})/blobs/([^/]+)$`), getBlob],
    [new RegExp(`^/v2/(${NAME})/manifests/([^/]+)$`), manifest],
    [new RegExp(`^/v2/(${NAME})/tags/list$`), listTags],
    [new RegExp(`^/v2/(${NAME})/referrers/([^/]+)$`), listReferrers],
  ];

  function listener(request: IncomingMessage, response: ServerResponse): void {
    const record = { method: request.method ?? '', path: request.url ?? '', status: 0 };
    requests.push(record);
    response.on('finish', () => {
      record.status = response.statusCode;
    });
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      const refusal =
        error instanceof TagImmutableError ? new Refusal(400, 'TAG_INVALID', error.message) : error;
      if (refusal instanceof Refusal) return refuse(refusal, response);
      // A defect of the emulator must not look like an error of a registry, which is retried.
      console.error(error);
      refuse(new Refusal(501, 'UNSUPPORTED', `The emulator failed: ${error}`), response);
    });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://registry');
    const fault = options.fault?.(request.method ?? '', url.pathname);
    if (fault !== undefined && (await strike(fault, request, response))) return;
    if (authenticate !== undefined && !authenticate(...credentials(request))) {
      const challenge = `Basic realm="https://${request.headers.host}/",service="ecr.amazonaws.com"`;
      throw new Refusal(401, 'UNAUTHORIZED', 'Not Authorized', { 'WWW-Authenticate': challenge });
    }
    for (const [pattern, handler] of routes) {
      const match = pattern.exec(url.pathname);
      if (match) return handler({ request, response, url, name: match[1] ?? '', reference: match[2] ?? '' });
    }
    throw new Refusal(404, 'NAME_INVALID', `${url.pathname} does not exist`);
  }

  function find(name: string): Repository {
    const repository = store.repositories.get(name);
    if (repository === undefined) {
      throw new Refusal(
        404,
        'NAME_UNKNOWN',
        `The repository with name '${name}' does not exist in the registry`,
      );
    }
    return repository;
  }

  /** The algorithm of a digest that this registry accepts. */
  function algorithmOf(digest: string): string {
    const [algorithm = '', hex = ''] = digest.split(':');
    if (
      !digestAlgorithms.includes(algorithm) ||
      !/^[0-9a-f]+$/.test(hex) ||
      hex.length !== HEX_DIGITS[algorithm]
    ) {
      throw new Refusal(400, 'DIGEST_INVALID', `${digest} is not a digest this registry knows`);
    }
    return algorithm;
  }

  async function startUpload({ request, response, url, name }: RoutedRequest): Promise<void> {
    allow(request, 'POST');
    const repository = find(name);
    const mounted = url.searchParams.get('mount');
    if (mounted !== null) {
      const from = url.searchParams.get('from');
      const sources = from === null ? [...store.repositories.values()] : [store.repositories.get(from)];
      const bytes = sources.find((source) => source?.blobs.has(mounted))?.blobs.get(mounted);
      if (bytes !== undefined) {
        repository.blobs.set(mounted, bytes);
        return created(response, `/v2/${name}/blobs/${mounted}`, mounted);
      }
    }
    const body = await read(request);
    const digest = url.searchParams.get('digest');
    if (digest !== null) return storeBlob(repository, digest, body, response);
    const id = randomUUID();
    const upload = { repository, chunks: [], size: 0 };
    uploads.set(id, upload);
    end(response, 202, progress(id, upload));
  }

  async function continueUpload({
    request,
    response,
    url,
    name,
    reference: id,
  }: RoutedRequest): Promise<void> {
    allow(request, 'GET', 'PATCH', 'PUT', 'DELETE');
    const upload = uploads.get(id);
    if (upload === undefined || upload.repository.name !== name) {
      throw new Refusal(404, 'BLOB_UPLOAD_UNKNOWN', `There is no upload ${id}`);
    }
    switch (request.method) {
      case 'PATCH':
        await append(request, id, upload);
        return end(response, 202, progress(id, upload));
      case 'PUT':
        await append(request, id, upload);
        uploads.delete(id);
        return storeBlob(
          upload.repository,
          url.searchParams.get('digest') ?? '',
          Buffer.concat(upload.chunks),
          response,
        );
      case 'DELETE':
        uploads.delete(id);
        return end(response, 204, {});
      default:
        return end(response, 204, progress(id, upload));
    }
  }

  function storeBlob(repository: Repository, digest: string, bytes: Buffer, response: ServerResponse): void {
    const algorithm = algorithmOf(digest);
    if (digestOf(bytes, algorithm) !== digest) {
      throw new Refusal(400, 'DIGEST_INVALID', `What was uploaded does not have the digest ${digest}`);
    }
    store.putBlob(repository, bytes, algorithm);
    created(response, `/v2/${repository.name}/blobs/${digest}`, digest);
  }

  function getBlob({ request, response, name, reference: digest }: RoutedRequest): void {
    allow(request, 'GET', 'HEAD');
    const bytes = find(name).blobs.get(digest);
    if (bytes === undefined) throw new Refusal(404, 'BLOB_UNKNOWN', `There is no blob ${digest}`);
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Docker-Content-Digest': digest,
      'Accept-Ranges': 'bytes',
    };
    const range = rangeOf(request.headers.range, bytes.length);
    if (range === undefined) {
      end(response, 200, headers, bytes);
      return;
    }
    const { start, last } = range;
    const part = bytes.subarray(start, last + 1);
    end(response, 206, { ...headers, 'Content-Range': `bytes ${start}-${last}/${bytes.length}` }, part);
  }

  async function manifest(asked: RoutedRequest): Promise<void> {
    const { request, response, name, reference } = asked;
    allow(request, 'GET', 'HEAD', 'PUT');
    const repository = find(name);
    if (request.method === 'PUT') return putManifest(asked, repository);
    const digest = reference.includes(':') ? reference : repository.tags.get(reference);
    const found = digest === undefined ? undefined : repository.manifests.get(digest);
    if (found === undefined)
      throw new Refusal(404, 'MANIFEST_UNKNOWN', `Requested image not found: ${reference}`);
    end(
      response,
      200,
      { 'Content-Type': found.mediaType, 'Docker-Content-Digest': found.digest },
      found.bytes,
    );
  }

  async function putManifest(
    { request, response, reference }: RoutedRequest,
    repository: Repository,
  ): Promise<void> {
    const bytes = await read(request);
    if (bytes.length > LARGEST_MANIFEST) throw new Refusal(413, 'SIZE_INVALID', 'The manifest is too large');
    const byDigest = reference.includes(':');
    const algorithm = byDigest ? algorithmOf(reference) : 'sha256';
    if (byDigest && digestOf(bytes, algorithm) !== reference) {
      throw new Refusal(400, 'DIGEST_INVALID', `The manifest does not have the digest ${reference}`);
    }
    if (!byDigest && !TAG.test(reference)) throw new Refusal(400, 'TAG_INVALID', `${reference} is not a tag`);
    const content = parse(bytes);
    const mediaType = request.headers['content-type'];
    if (mediaType === undefined || (content.mediaType ?? mediaType) !== mediaType) {
      throw new Refusal(400, 'MANIFEST_INVALID', 'Content-Type is not the mediaType of the manifest');
    }
    const missing = [
      ...[content.config, ...(content.layers ?? [])]
        .filter((part) => part !== undefined)
        .filter((part) => !repository.blobs.has(part.digest) && !KEPT_ELSEWHERE.test(part.mediaType ?? '')),
      ...(content.manifests ?? []).filter((child) => !repository.manifests.has(child.digest)),
    ];
    if (missing.length > 0) {
      const digests = missing.map(({ digest }) => digest).join(', ');
      throw new Refusal(
        400,
        'MANIFEST_BLOB_UNKNOWN',
        `'${digests}' required for pushing image into repository with name '${repository.name}' do not exist`,
      );
    }
    const { digest, subject } = store.putManifest(
      repository,
      mediaType,
      bytes,
      byDigest ? undefined : reference,
      algorithm,
    );
    // Without this header, a client assumes that the registry has no referrers API.
    if (subject !== undefined && registry.referrersApi) response.setHeader('OCI-Subject', subject);
    created(response, `/v2/${repository.name}/manifests/${digest}`, digest);
  }

  function listTags({ request, response, url, name }: RoutedRequest): void {
    allow(request, 'GET');
    const last = url.searchParams.get('last');
    const limit = Number(url.searchParams.get('n') ?? Number.POSITIVE_INFINITY);
    if (!(limit >= 0)) throw new Refusal(400, 'PAGINATION_NUMBER_INVALID', 'n is not a number of tags');
    const rest = [...find(name).tags.keys()].sort().filter((tag) => last === null || tag > last);
    const tags = rest.slice(0, limit);
    if (tags.length > 0 && tags.length < rest.length) {
      response.setHeader('Link', `</v2/${name}/tags/list?n=${limit}&last=${tags.at(-1)}>; rel="next"`);
    }
    end(response, 200, { 'Content-Type': 'application/json' }, JSON.stringify({ name, tags }));
  }

  function listReferrers({ request, response, url, name, reference: digest }: RoutedRequest): void {
    allow(request, 'GET');
    if (!registry.referrersApi) throw new Refusal(404, 'NOT_FOUND', 'There is no referrers API');
    algorithmOf(digest);
    const wanted = url.searchParams.get('artifactType');
    const manifests = [...find(name).manifests.values()]
      .filter(({ subject }) => subject === digest)
      .map(describe)
      .filter(({ artifactType }) => wanted === null || artifactType === wanted);
    if (wanted !== null) response.setHeader('OCI-Filters-Applied', 'artifactType');
    const index = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests };
    end(response, 200, { 'Content-Type': INDEX_TYPE }, JSON.stringify(index));
  }

  return registry;
}

/** Chunks must be in order: one that does not start at the end of the previous one is refused. */
async function append(request: IncomingMessage, id: string, upload: Upload): Promise<void> {
  const chunk = await read(request);
  const range = request.headers['content-range'];
  if (range !== undefined) {
    const match = /^(?:bytes[ =])?(\d+)-(\d+)/.exec(range);
    const [start, last] = [Number(match?.[1]), Number(match?.[2])];
    if (start !== upload.size || last - start + 1 !== chunk.length) {
      const expected = `The next chunk has to start at ${upload.size}`;
      throw new Refusal(416, 'BLOB_UPLOAD_INVALID', expected, progress(id, upload));
    }
  }
  upload.chunks.push(chunk);
  upload.size += chunk.length;
}

function progress(id: string, { repository, size }: Upload): Record<string, string> {
  return {
    Location: `/v2/${repository.name}/blobs/uploads/${id}`,
    'Docker-Upload-UUID': id,
    Range: `0-${Math.max(0, size - 1)}`,
  };
}

/** The part of a blob that `Range` requests; undefined for all of it. */
function rangeOf(header: string | undefined, size: number): { start: number; last: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const suffix = match[1] === '';
  const start = suffix ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const last = suffix || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start <= last) return { start, last };
  throw new Refusal(416, 'SIZE_INVALID', 'There is no such range', { 'Content-Range': `bytes */${size}` });
}

function parse(bytes: Buffer): Content {
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8'));
    if (isContent(content)) return content;
  } catch {
    // The error below covers this.
  }
  throw new Refusal(400, 'MANIFEST_INVALID', 'The manifest is not a JSON object of descriptors');
}

function isContent(value: unknown): value is Content {
  if (!isObject(value) || Array.isArray(value)) return false;
  const { config, layers, manifests } = value;
  // Go programs write an empty list as null.
  const lists = [layers ?? [], manifests ?? []];
  return (
    (config === undefined || isDescriptor(config)) &&
    lists.every((list) => Array.isArray(list) && list.every(isDescriptor))
  );
}

function isDescriptor(value: unknown): value is Descriptor {
  return (
    isObject(value) &&
    typeof value.digest === 'string' &&
    (value.mediaType === undefined || typeof value.mediaType === 'string')
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
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

function credentials(request: IncomingMessage): [user: string, password: string] {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return ['', ''];
  const [user = '', password = ''] = Buffer.from(value, 'base64').toString('utf8').split(/:(.*)/s);
  return [user, password];
}

/** @returns whether the request has a response, or never gets one */
async function strike(
  { kind, ms = DEFAULT_SLOWNESS_MS }: RegistryFault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (kind) {
    case 'slow': {
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      await wait(ms, undefined, { signal: gone.signal });
      return false;
    }
    case 'hang':
      return true;
    case 'reset':
      request.socket.resetAndDestroy();
      return true;
    case 'garbage':
      end(response, 200, { 'Content-Type': 'text/html' }, '<html><body>Bad gateway</body></html>');
      return true;
    case 'throttle':
      throw new Refusal(429, 'TOOMANYREQUESTS', 'Rate exceeded', { 'Retry-After': '1' });
    case 'not-found':
      throw new Refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
    case '500':
      throw new Refusal(500, 'UNKNOWN', 'The registry failed');
    case '503':
      throw new Refusal(503, 'UNAVAILABLE', 'The registry is not available');
    case 'deny':
      throw new Refusal(403, 'DENIED', 'The role of this job is not authorized to perform this action');
    case 'expired-token':
      throw new Refusal(403, 'DENIED', 'Your authorization token has expired. Reauthenticate and try again.');
    default:
      throw new Error(`the registry has no fault ${kind}`);
  }
}

function allow(request: IncomingMessage, ...methods: string[]): void {
  if (!methods.includes(request.method ?? '')) {
    throw new Refusal(405, 'UNSUPPORTED', `${request.method} is not supported here`, {
      Allow: methods.join(', '),
    });
  }
}

function refuse({ status, code, message, headers }: Refusal, response: ServerResponse): void {
  const body = JSON.stringify({ errors: [{ code, message }] });
  end(response, status, { ...headers, 'Content-Type': 'application/json' }, body);
}

function created(response: ServerResponse, location: string, digest: string): void {
  end(response, 201, { Location: location, 'Docker-Content-Digest': digest });
}

function end(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): void {
  const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  // Node omits the body of a response to HEAD.
  response.end(body);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
