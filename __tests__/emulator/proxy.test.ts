/** The proxy, used by a TLS client that trusts only its authority. */
import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { type AwsProxy, startProxy } from '../../emulator/proxy.ts';

const KMS = 'kms.eu-central-1.amazonaws.com';
const REGISTRY = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';

const says =
  (text: string): RequestListener =>
  (asked, response) => {
    response.end(`${text} ${asked.method} ${asked.url}`);
  };

async function start(routes: Record<string, RequestListener> = {}): Promise<AwsProxy> {
  const proxy = await startProxy({ route: (host) => routes[host] });
  onTestFinished(() => proxy.close());
  return proxy;
}

/** Requests a tunnel from the proxy; returns the status and the tunnel. */
async function tunnel(
  proxy: AwsProxy,
  target: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; socket: Socket }> {
  const { hostname, port } = new URL(proxy.url);
  const asked = request({ host: hostname, port, method: 'CONNECT', path: target, headers });
  asked.end();
  const [response, socket] = (await once(asked, 'connect')) as [IncomingMessage, Socket];
  onTestFinished(() => {
    socket.destroy();
  });
  return { status: response.statusCode ?? 0, socket };
}

/** A TLS connection through the proxy, its certificate checked. */
async function secure(proxy: AwsProxy, host: string, servername = host): Promise<TLSSocket> {
  const { status, socket } = await tunnel(proxy, `${host}:443`);
  expect(status).toBe(200);
  const tls = connectTls({ socket, servername, ca: proxy.caPem });
  tls.on('error', () => {});
  await once(tls, 'secureConnect');
  return tls;
}

/** Sends one request on a connection and returns the body of its response. */
async function get(socket: TLSSocket, host: string, path: string): Promise<string> {
  const asked = request({
    createConnection: () => socket,
    host,
    path,
    headers: { Connection: 'keep-alive' },
  });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  return body;
}

it('connects each host to its own listener, with a certificate for its name', async () => {
  const proxy = await start({ [KMS]: says('kms'), [REGISTRY]: says('registry') });
  for (const [host, name] of [
    [KMS, 'kms'],
    [REGISTRY, 'registry'],
  ] as const) {
    const socket = await secure(proxy, host);
    expect(socket.authorized).toBe(true);
    expect(socket.getPeerCertificate().subjectaltname).toBe(`DNS:${host}`);
    expect(await get(socket, host, '/v2/')).toBe(`${name} GET /v2/`);
  }
  expect(proxy.foreign).toEqual([]);
});

it('uses the host of the tunnel, whatever host a request names', async () => {
  const proxy = await start({ [KMS]: says('kms'), [REGISTRY]: says('registry') });
  expect(await get(await secure(proxy, KMS), REGISTRY, '/')).toBe('kms GET /');
});

it('has a certificate for the host only', async () => {
  const proxy = await start({ [KMS]: says('kms') });
  await expect(secure(proxy, KMS, 'rekor.sigstore.dev')).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

it('is not trusted without its certificate authority', async () => {
  const [proxy, other] = [await start({ [KMS]: says('kms') }), await start()];
  await expect(secure({ ...proxy, caPem: other.caPem }, KMS)).rejects.toThrow(
    /self.signed|issuer|certificate|signature/,
  );
});

it('refuses and records every other target', async () => {
  const proxy = await start({ [KMS]: says('kms') });
  for (const target of ['rekor.sigstore.dev:443', `${KMS}:8443`, '169.254.169.254:80']) {
    expect((await tunnel(proxy, target)).status).toBe(502);
  }
  const plain = request(`${proxy.url}`, { path: 'http://169.254.169.254/latest/meta-data/' });
  plain.end();
  const [response] = (await once(plain, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(502);
  expect(proxy.foreign).toEqual([
    'rekor.sigstore.dev:443',
    `${KMS}:8443`,
    '169.254.169.254:80',
    '169.254.169.254:80',
  ]);
});

it('requires its login', async () => {
  const login = { user: 'us er', password: 'p@ss:/word' };
  const proxy = await startProxy({ route: () => says('kms'), login });
  onTestFinished(() => proxy.close());
  expect(proxy.url).toMatch(/^http:\/\/us%20er:p%40ss%3A%2Fword@127\.0\.0\.1:/);
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  const plain = request(proxy.url, { auth: '', path: 'http://169.254.169.254/' });
  plain.end();
  const [response] = (await once(plain, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(407);
  expect((await tunnel(proxy, `${KMS}:443`)).status).toBe(407);
  const wrong = { 'Proxy-Authorization': basic('us er:wrong') };
  expect((await tunnel(proxy, `${KMS}:443`, wrong)).status).toBe(407);
  expect([proxy.refusals(), proxy.tunnels, proxy.foreign]).toEqual([3, [], []]);
  const right = { 'Proxy-Authorization': basic('us er:p@ss:/word') };
  expect((await tunnel(proxy, `${KMS}:443`, right)).status).toBe(200);
  expect([proxy.refusals(), proxy.tunnels]).toEqual([3, [`${KMS}:443`]]);
});

it('survives a client that drops its connection, or does not use TLS', async () => {
  const proxy = await start({ [KMS]: says('kms') });
  const { socket } = await tunnel(proxy, `${KMS}:443`);
  socket.write('GET / HTTP/1.1\r\n\r\n');
  socket.on('error', () => {});
  await once(socket, 'close');
  (await tunnel(proxy, `${KMS}:443`)).socket.resetAndDestroy();
  const { hostname, port } = new URL(proxy.url);
  connect(Number(port), hostname).resetAndDestroy();
  expect(await get(await secure(proxy, KMS), KMS, '/')).toBe('kms GET /');
});

it('lets a listener reset the connection', async () => {
  const proxy = await start({ [KMS]: (asked) => asked.socket.resetAndDestroy() });
  await expect(get(await secure(proxy, KMS), KMS, '/')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('ends requests that hang when it is closed', async () => {
  const arrived = Promise.withResolvers<void>();
  const proxy = await startProxy({ route: () => () => arrived.resolve() });
  const answer = get(await secure(proxy, KMS), KMS, '/').catch(({ code }) => code);
  await arrived.promise;
  await proxy.close();
  expect(await answer).toBe('ECONNRESET');
});
