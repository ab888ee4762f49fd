/** The registry over HTTP, beyond the conformance suite: ECR's own behavior, and faults. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { pushImage, pushIndex } from '../../emulator/image.ts';
import { createRegistry, type RegistryFault, type RegistryOptions } from '../../emulator/registry.ts';
import { digestOf, type Repository, Store, type TagMutability } from '../../emulator/store.ts';
import { serve } from './serve.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

async function start(options: RegistryOptions = {}, tagMutability: TagMutability = 'MUTABLE') {
  const store = new Store(() => 0);
  const repository = store.create('team/app', tagMutability);
  const registry = createRegistry(store, options);
  const url = await serve(registry.listener);
  return { store, repository, registry, url, base: `${url}/v2/team/app` };
}

/** Sends a request with a time limit, so that a fault cannot block a test. */
function ask(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(10_000), ...init });
}

async function errorOf(response: Response): Promise<{ code: string; message: string }> {
  const { errors } = (await response.json()) as { errors: [{ code: string; message: string }] };
  return errors[0];
}

/** Pushes a manifest of an empty config, and layers that are named only. */
function put(base: string, repository: Repository, store: Store, reference: string, more: object = {}) {
  const config = {
    mediaType: 'application/vnd.oci.empty.v1+json',
    digest: store.putBlob(repository, Buffer.from('{}')),
    size: 2,
  };
  const body = JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config, layers: [], ...more });
  return ask(`${base}/manifests/${reference}`, {
    method: 'PUT',
    headers: { 'Content-Type': MANIFEST },
    body,
  });
}

it('requires the user AWS and a valid token, on every path', async () => {
  const { url, base } = await start({
    authenticate: (user, password) => user === 'AWS' && password === 'a:token',
  });
  const login = (text: string) => ({
    headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` },
  });
  for (const path of [`${url}/v2/`, `${base}/tags/list`]) {
    for (const init of [
      {},
      login('AWS:wrong'),
      login('root:a:token'),
      { headers: { Authorization: 'Bearer a:token' } },
    ]) {
      const response = await ask(path, init);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe(
        `Basic realm="https://${new URL(url).host}/",service="ecr.amazonaws.com"`,
      );
      expect(await errorOf(response)).toEqual({ code: 'UNAUTHORIZED', message: 'Not Authorized' });
    }
    expect((await ask(path, login('AWS:a:token'))).status).toBe(200);
  }
});

it('does not create a repository for a push', async () => {
  const { url, store } = await start();
  for (const [method, path] of [
    ['POST', 'blobs/uploads/'],
    ['PUT', 'manifests/1.0'],
    ['GET', 'tags/list'],
    ['GET', `referrers/${digestOf(Buffer.from(''))}`],
  ]) {
    const response = await ask(`${url}/v2/other/${path}`, { method: method ?? '' });
    expect(response.status, path).toBe(404);
    expect((await errorOf(response)).code).toBe('NAME_UNKNOWN');
  }
  expect([...store.repositories.keys()]).toEqual(['team/app']);
});

it('accepts a blob in consecutive chunks, and only with its digest', async () => {
  const { url, base, repository } = await start();
  const digest = digestOf(Buffer.from('hello world'));
  const begin = async () => {
    const begun = await ask(`${base}/blobs/uploads/`, { method: 'POST' });
    expect(begun.status).toBe(202);
    return new URL(begun.headers.get('location') ?? '', url).href;
  };
  const chunk = (to: string, range: string, body: string) =>
    ask(to, { method: 'PATCH', headers: { 'Content-Range': range }, body });

  const upload = await begin();
  expect((await chunk(upload, '0-5', 'hello ')).headers.get('range')).toBe('0-5');
  for (const range of ['0-4', '7-11', '6-9', 'nonsense']) {
    const refused = await chunk(upload, range, 'world');
    expect([refused.status, refused.headers.get('range')], range).toEqual([416, '0-5']);
  }
  const done = await ask(`${upload}?digest=${digest}`, { method: 'PUT', body: 'world' });
  expect(done.status).toBe(201);
  const location = new URL(done.headers.get('location') ?? '', url).href;
  expect(await (await ask(location)).text()).toBe('hello world');

  const wrong = await ask(`${await begin()}?digest=${digest}`, { method: 'PUT', body: 'other' });
  expect((await errorOf(wrong)).code).toBe('DIGEST_INVALID');
  expect([...repository.blobs.keys()]).toEqual([digest]);
});

it('mounts a blob of another repository', async () => {
  const { url, store } = await start();
  const digest = store.putBlob(store.create('team/base'), Buffer.from('layer'));
  const mounted = await ask(`${url}/v2/team/app/blobs/uploads/?mount=${digest}&from=team/base`, {
    method: 'POST',
  });
  expect(mounted.status).toBe(201);
  expect(await (await ask(`${url}/v2/team/app/blobs/${digest}`)).text()).toBe('layer');
});

it('does not move an immutable tag, and accepts the same image again', async () => {
  const { base, repository, store } = await start({}, 'IMMUTABLE');
  expect((await put(base, repository, store, '1.0')).status).toBe(201);
  expect((await put(base, repository, store, '1.0')).status).toBe(201);
  const moved = await put(base, repository, store, '1.0', { annotations: { other: 'image' } });
  expect(moved.status).toBe(400);
  expect(await errorOf(moved)).toEqual({
    code: 'TAG_INVALID',
    message:
      "The image tag '1.0' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
  });
});

it('refuses a manifest whose parts do not exist', async () => {
  const { base, repository, store } = await start();
  const absent = digestOf(Buffer.from('absent'));
  const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: absent, size: 6 };
  const response = await put(base, repository, store, '1.0', { layers: [layer] });
  expect(response.status).toBe(400);
  expect((await errorOf(response)).message).toContain(absent);
  const index = await ask(`${base}/manifests/1.0`, {
    method: 'PUT',
    headers: { 'Content-Type': INDEX },
    body: JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [{ ...layer, mediaType: MANIFEST }],
    }),
  });
  expect((await errorOf(index)).code).toBe('MANIFEST_BLOB_UNKNOWN');
});

it.each([
  'no json',
  'null',
  '[]',
  '{"mediaType":"application/json"}',
  '{"config":null}',
  '{"layers":5}',
  '{"layers":[null]}',
  '{"layers":[{}]}',
  '{"manifests":{}}',
])('refuses the manifest %s', async (body) => {
  const { base } = await start();
  const response = await ask(`${base}/manifests/1.0`, {
    method: 'PUT',
    headers: { 'Content-Type': MANIFEST },
    body,
  });
  expect(response.status).toBe(400);
  expect((await errorOf(response)).code).toBe('MANIFEST_INVALID');
});

it('lists tags in pages', async () => {
  const { url, base, repository, store } = await start();
  const tags = ['a', 'b', 'c', 'd', 'e'];
  for (const tag of tags.toReversed()) pushImage(store, repository, { seed: tag, tag });
  const listed: string[][] = [];
  let next: string | undefined = `${base}/tags/list?n=2`;
  while (next !== undefined) {
    const response: Response = await ask(next);
    listed.push(((await response.json()) as { tags: string[] }).tags);
    const link = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
    next = link === undefined ? undefined : new URL(link, url).href;
  }
  expect(listed).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

it('lists referrers by artifact type, and can be without the referrers API', async () => {
  const { base, repository, store, registry } = await start();
  const { digest, mediaType, size } = pushImage(store, repository, { seed: 'subject', tag: '1.0' });
  const subject = { digest, mediaType, size };
  const annotations = { 'dev.sigstore.bundle.content': 'dsse-envelope' };
  const artifactType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
  const pushed = await put(base, repository, store, 'one', { subject, artifactType, annotations });
  expect(pushed.headers.get('oci-subject')).toBe(digest);
  await put(base, repository, store, 'two', { subject, artifactType: 'text/plain' });

  const all = (await (await ask(`${base}/referrers/${digest}`)).json()) as { manifests: object[] };
  expect(all.manifests).toHaveLength(2);
  const response = await ask(`${base}/referrers/${digest}?artifactType=${encodeURIComponent(artifactType)}`);
  expect(response.headers.get('oci-filters-applied')).toBe('artifactType');
  expect(await response.json()).toMatchObject({
    schemaVersion: 2,
    mediaType: INDEX,
    manifests: [{ mediaType: MANIFEST, digest: repository.tags.get('one'), artifactType, annotations }],
  });

  registry.referrersApi = false;
  expect((await ask(`${base}/referrers/${digest}`)).status).toBe(404);
  const silent = await put(base, repository, store, 'three', { subject });
  expect(silent.status).toBe(201);
  expect(silent.headers.get('oci-subject')).toBeNull();
});

it('deletes nothing', async () => {
  const { base, repository, store } = await start();
  const { digest } = pushImage(store, repository, { seed: 'kept', tag: '1.0' });
  for (const path of ['manifests/1.0', `manifests/${digest}`, `blobs/${[...repository.blobs.keys()][0]}`]) {
    const response = await ask(`${base}/${path}`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect((await errorOf(response)).code).toBe('UNSUPPORTED');
  }
});

it('records every request with its response', async () => {
  const { url, base, registry } = await start();
  await ask(`${url}/v2/`);
  await ask(`${base}/manifests/1.0`, { method: 'HEAD' });
  expect(registry.requests).toEqual([
    { method: 'GET', path: '/v2/', status: 200 },
    { method: 'HEAD', path: '/v2/team/app/manifests/1.0', status: 404 },
  ]);
});

/** A registry with a fault at the first request of each path. */
function faulty(fault: RegistryFault) {
  const struck = new Set<string>();
  return start({
    fault: (_, path) => {
      if (struck.has(path)) return undefined;
      struck.add(path);
      return fault;
    },
  });
}

it.each([
  ['500', 500],
  ['503', 503],
  ['throttle', 429],
  ['deny', 403],
  ['expired-token', 403],
] as const)('meets the fault %s with the status %i, once', async (kind, status) => {
  const { base } = await faulty({ kind });
  const response = await ask(`${base}/tags/list`);
  expect(response.status).toBe(status);
  expect(response.headers.get('retry-after')).toBe(kind === 'throttle' ? '1' : null);
  expect((await errorOf(response)).code).toMatch(/^[A-Z]+$/);
  expect((await ask(`${base}/tags/list`)).status).toBe(200);
});

it('emulates resets, malformed bodies, delays and hanging requests', async () => {
  const reset = await faulty({ kind: 'reset' });
  await expect(ask(`${reset.base}/tags/list`)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(reset.registry.requests[0]?.status).toBe(0);

  const garbage = await faulty({ kind: 'garbage' });
  await expect((await ask(`${garbage.base}/tags/list`)).json()).rejects.toThrow(SyntaxError);

  const slow = await faulty({ kind: 'slow', ms: 60 });
  const started = performance.now();
  expect((await ask(`${slow.base}/tags/list`)).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(50);

  const hang = await faulty({ kind: 'hang' });
  const given = new AbortController();
  onTestFinished(() => given.abort());
  const answer = ask(`${hang.base}/tags/list`, { signal: given.signal }).then(
    () => 'answered',
    () => 'given up',
  );
  await vi.waitFor(() => expect(hang.registry.requests).toHaveLength(1));
  // A second request gets its response while the first has none.
  expect((await ask(`${hang.base}/tags/list`)).status).toBe(200);
  given.abort();
  expect(await answer).toBe('given up');
});

it('reports an unknown fault as its own failure', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  const { base } = await faulty({ kind: 'no-date' });
  expect((await ask(`${base}/tags/list`)).status).toBe(501);
  expect(said).toHaveBeenCalledOnce();
});

it('serves the images of the store, with the same bytes for the same seed', async () => {
  const { base, repository, store } = await start();
  const other = new Store(() => 0);
  const pushAll = (to: Store, into: Repository) => {
    const children = ['amd64', 'arm64'].map((architecture) =>
      pushImage(to, into, { seed: architecture, platform: { os: 'linux', architecture } }),
    );
    return pushIndex(to, into, { children, attestations: true, tag: '1.0' });
  };
  const { digest } = pushAll(store, repository);
  expect(pushAll(other, other.create('elsewhere/app')).digest).not.toBe(digest);
  expect(pushAll(other, other.create('team/app')).digest).toBe(digest);

  const response = await ask(`${base}/manifests/1.0`);
  expect(response.headers.get('docker-content-digest')).toBe(digest);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(digestOf(bytes)).toBe(digest);
  const { manifests } = JSON.parse(bytes.toString()) as {
    manifests: { digest: string; annotations?: Record<string, string>; platform: { os: string } }[];
  };
  expect(manifests.map(({ platform }) => platform.os)).toEqual(['linux', 'linux', 'unknown', 'unknown']);
  expect(manifests.slice(2).map(({ annotations }) => annotations?.['vnd.docker.reference.digest'])).toEqual(
    manifests.slice(0, 2).map((child) => child.digest),
  );
  for (const child of manifests) {
    const content = (await (await ask(`${base}/manifests/${child.digest}`)).json()) as {
      config: { digest: string };
      layers: { digest: string; size: number }[];
    };
    for (const part of content.layers) {
      const blob = Buffer.from(await (await ask(`${base}/blobs/${part.digest}`)).arrayBuffer());
      expect([digestOf(blob), blob.length]).toEqual([part.digest, part.size]);
    }
  }
});
