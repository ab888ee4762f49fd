/** The registry that cosign reads: it contains only what was read from ECR. */
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseReference } from '../../../src/image/reference.ts';
import {
  type LoopbackRegistry,
  type ServedImage,
  startLoopbackRegistry,
} from '../../../src/signing/cosign/loopback-registry.ts';
import { readEvidence, readLegacySignatures } from '../../../src/signing/evidence/read.ts';
import type { Evidence } from '../../../src/signing/evidence/source.ts';
import { SUMMARY_TYPE } from '../../../src/signing/statements/predicate.ts';
import {
  Attached,
  BUNDLE_TYPE,
  bundleOf,
  digestOf,
  envelopeOf,
  MANIFEST_TYPE,
  newKey,
  statementText,
} from '../attached.ts';

const digest = digestOf('{}');
const { registry, repository } = parseReference('123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1');
const subject = { registry, repository, digest };
const tag = digest.replace(':', '-');
const key = newKey();
const patience = { sleep: async () => {}, signal: new AbortController().signal };

async function start(): Promise<LoopbackRegistry> {
  const registry = await startLoopbackRegistry();
  onTestFinished(() => registry.close());
  return registry;
}

/** Two bundles and two legacy attestations. */
async function evidence(): Promise<Evidence> {
  const attached = new Attached(digest);
  const text = (count: number) => statementText(SUMMARY_TYPE, { count }, digest);
  for (const count of [1, 2]) attached.refer(bundleOf(text(count), key));
  attached.tag(
    'att',
    [3, 4].map((count) => Buffer.from(JSON.stringify(envelopeOf(text(count), key)))),
  );
  return readEvidence(attached, subject, patience);
}

const only = ({ attestations }: Evidence, wanted: 'bundle' | 'legacy'): ServedImage => ({
  digest,
  attestations: attestations.filter(({ format }) => format === wanted),
});

/** A function that requests a path below the repository. */
function asker(image: string, method = 'GET') {
  const [name] = image.split('@');
  const [host, repository_] = (name ?? '').split('/');
  return (path: string) => fetch(`http://${host}/v2/${repository_}/${path}`, { method });
}

describe('startLoopbackRegistry', () => {
  it('shows bundles as referrers of the digest, in one page and without annotations', async () => {
    const registry = await start();
    const { image, isRead } = registry.serve(only(await evidence(), 'bundle'));
    expect(image).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}@${digest}$`));
    const get = asker(image);
    const list = await get(`referrers/${digest}`);
    expect(list.headers.get('content-type')).toBe('application/vnd.oci.image.index.v1+json');
    const { manifests } = (await list.json()) as { manifests: { digest: string }[] };
    expect(manifests).toHaveLength(2);
    expect(JSON.stringify(manifests)).not.toContain('annotations');
    expect(isRead()).toBe(false);
    for (const { digest: of } of manifests) {
      const text = await (await get(`manifests/${of}`)).text();
      expect(digestOf(text)).toBe(of);
      const [layer] = (JSON.parse(text) as { layers: { digest: string }[] }).layers;
      expect(isRead()).toBe(false);
      const blob = Buffer.from(await (await get(`blobs/${layer?.digest}`)).arrayBuffer());
      expect(digestOf(blob)).toBe(layer?.digest);
    }
    expect(isRead()).toBe(true);
    // After another listing, everything must be read again.
    await (await get(`referrers/${digest}`)).text();
    expect(isRead()).toBe(false);
    for (const path of [
      `manifests/${tag}.att`,
      `manifests/${tag}.sig`,
      `manifests/${digest}`,
      `manifests/${tag}`,
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it('shows legacy attestations behind their tag, and no bundles', async () => {
    const registry = await start();
    const { image, isRead } = registry.serve(only(await evidence(), 'legacy'));
    const get = asker(image);
    const { layers } = (await (await get(`manifests/${tag}.att`)).json()) as { layers: { digest: string }[] };
    expect(layers).toHaveLength(2);
    for (const layer of layers) {
      expect(isRead()).toBe(false);
      expect((await (await get(`blobs/${layer.digest}`)).arrayBuffer()).byteLength).toBeGreaterThan(0);
    }
    expect(isRead()).toBe(true);
    expect((await get(`referrers/${digest}`)).status).toBe(404);
  });

  it('shows of the manifests of attestations only what is read here too', async () => {
    const registry = await start();
    const attached = new Attached(digest);
    const text = statementText(SUMMARY_TYPE, {}, digest);
    const [layer, bundle] = [Buffer.from(JSON.stringify(envelopeOf(text, key))), bundleOf(text, key)];
    const more = { Annotations: { a: 'other' }, urls: ['http://127.0.0.1/'], Size: 1, data: '' };
    attached.tag('att', [layer], 'a', { a: 'b', c: 5 as never }, more);
    const other = { mediaType: BUNDLE_TYPE, digest: digestOf(layer), size: layer.length };
    attached.refer(bundle, { Layers: [other], layerS: [{ ...other, ...more }], annotations: { a: 'b' } });
    // Another manifest around the same layer.
    attached.refer(bundle);
    const read = await readEvidence(attached, subject, patience);
    const json = async (image: string, path: string) => (await asker(image)(path)).json();
    const manifest = { schemaVersion: 2, mediaType: MANIFEST_TYPE, config: expect.anything() };
    const legacy = registry.serve(only(read, 'legacy')).image;
    const annotations = { 'dev.cosignproject.cosign/signature': '', a: 'b' };
    expect(await json(legacy, `manifests/${tag}.att`)).toEqual({
      ...manifest,
      layers: [{ mediaType: 'a', digest: digestOf(layer), size: layer.length, annotations }],
    });
    const { image } = registry.serve(only(read, 'bundle'));
    const { manifests } = (await json(image, `referrers/${digest}`)) as { manifests: { digest: string }[] };
    expect(manifests).toHaveLength(1);
    expect(await json(image, `manifests/${manifests[0]?.digest}`)).toEqual({
      ...manifest,
      layers: [{ mediaType: BUNDLE_TYPE, digest: digestOf(bundle), size: bundle.length, annotations: {} }],
    });
  });

  it('shows legacy signatures and their image', async () => {
    const attached = new Attached(digest);
    attached.tag('sig', [Buffer.from('a')]);
    const registry = await start();
    const signatures = await readLegacySignatures(attached, subject);
    const get = asker(registry.serve({ digest, signatures }).image);
    expect(await (await get(`manifests/${digest}`)).text()).toBe('{}');
    expect(await (await get(`manifests/${tag}.sig`)).json()).toMatchObject({
      layers: [{ digest: digestOf('a') }],
    });
    expect(await (await get(`blobs/${digestOf('a')}`)).text()).toBe('a');
  });

  it('refuses uploads, supports HEAD and GET, and returns nothing without the name', async () => {
    const registry = await start();
    const { image, isRead } = registry.serve(only(await evidence(), 'legacy'));
    const head = await asker(image, 'HEAD')(`manifests/${tag}.att`);
    expect(head.status).toBe(200);
    expect(head.headers.get('docker-content-digest')).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(isRead()).toBe(false);
    for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
      expect((await asker(image, method)(`manifests/${tag}.att`)).status).toBe(404);
    }
    const [host] = image.split('/');
    for (const path of [
      '',
      'v1/',
      'v2/_catalog',
      `v2/app/manifests/${tag}.att`,
      `v2/${'0'.repeat(32)}/tags/list`,
    ]) {
      expect((await fetch(`http://${host}/${path}`)).status, path).toBe(404);
    }
    expect((await fetch(`http://${host}/v2/`)).status).toBe(200);
    // The previous image is no longer served. A HEAD request does not count as a read.
    const next = registry.serve(only(await evidence(), 'legacy'));
    expect((await asker(image)(`manifests/${tag}.att`)).status).toBe(404);
    const list = await asker(next.image)(`manifests/${tag}.att`);
    const { layers } = (await list.json()) as { layers: { digest: string }[] };
    for (const { digest: of } of layers)
      expect((await asker(next.image, 'HEAD')(`blobs/${of}`)).status).toBe(200);
    expect(next.isRead()).toBe(false);
  });

  it('continues after a request that is not HTTP', async () => {
    const registry = await start();
    const { image } = registry.serve(only(await evidence(), 'legacy'));
    const port = Number(/:(\d+)\//.exec(image)?.[1]);
    await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(Buffer.from([0x16, 3, 1, 0, 1, 1])));
      socket.on('close', resolve).on('error', () => {});
      socket.resume();
    });
    expect((await asker(image)(`manifests/${tag}.att`)).status).toBe(200);
  });
});
