import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { DownloadFailed, download } from '../../src/aws/download.ts';

const SECRET = 'X-Amz-Signature=0123456789abcdef';

async function serve(listener: RequestListener): Promise<{ url: string; host: string; paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/layers/x?${SECRET}`, host, paths };
}

function get(url: string, plainHost?: string, signal = new AbortController().signal): Promise<Buffer> {
  return download(url, { maxBytes: 10, signal, plainHost });
}

/** What went wrong; fails where it betrays the URL. */
async function failure(work: Promise<unknown>): Promise<DownloadFailed> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DownloadFailed);
  const { message, stack, cause } = error as DownloadFailed;
  expect([message, stack, String(cause)].join()).not.toContain('X-Amz');
  return error as DownloadFailed;
}

it('returns the bytes, up to the limit', async () => {
  const { url, host, paths } = await serve((_, response) => response.end('0123456789'));
  expect(String(await get(url, host))).toBe('0123456789');
  expect(paths).toEqual([`/layers/x?${SECRET}`]);
});

it.each<[string, RequestListener]>([
  [
    'says so beforehand',
    (_, response) => {
      response.setHeader('Content-Length', 11);
      response.flushHeaders();
    },
  ],
  [
    'comes without saying so',
    (_, response) => {
      response.write('012345');
      response.write('67890');
      response.end();
    },
  ],
])('stops at the limit, if more %s', async (_, listener) => {
  const { url, host } = await serve(listener);
  expect(await failure(get(url, host))).toMatchObject({
    message: expect.stringMatching(/larger than 10 bytes/),
    transient: false,
  });
});

it('does not follow redirects', async () => {
  const { url, host, paths } = await serve((_, response) => {
    response.writeHead(302, { Location: '/elsewhere' }).end();
  });
  expect(await failure(get(url, host))).toMatchObject({
    message: expect.stringMatching(/HTTP 302/),
    transient: false,
  });
  expect(paths).toHaveLength(1);
});

it.each([
  [403, false],
  [404, false],
  [206, false],
  [500, true],
  [503, true],
  [429, true],
])('fails at HTTP %i', async (status, transient) => {
  const { url, host } = await serve((_, response) => response.writeHead(status).end('body'));
  expect(await failure(get(url, host))).toMatchObject({
    message: expect.stringContaining(`${status}`),
    transient,
  });
});

it.each([
  'http://127.0.0.1:1/x?X-Amz-Signature=1',
  'http://evil.example/x?X-Amz-Signature=1',
  'ftp://127.0.0.1/x?X-Amz-Signature=1',
  'file:///etc/passwd?X-Amz-Signature=1',
  'https://user:password@s3.example/x?X-Amz-Signature=1',
  'X-Amz-Signature=1',
])('sends no request for %s', async (url) => {
  expect(await failure(get(url, '127.0.0.1:2'))).toMatchObject({ message: 'the URL does not use https' });
});

it('ends when its signal is aborted and when the connection breaks', async () => {
  const abort = new AbortController();
  const hanging = await serve(() => abort.abort());
  expect(await failure(get(hanging.url, hanging.host, abort.signal))).toMatchObject({ transient: false });

  const breaking = await serve((request) => request.socket.resetAndDestroy());
  expect(await failure(get(breaking.url, breaking.host))).toMatchObject({ transient: true });

  const short = await serve((request, response) => {
    response.setHeader('Content-Length', 9);
    response.write('0');
    setTimeout(() => request.socket.destroy(), 10);
  });
  expect(await failure(get(short.url, short.host))).toMatchObject({ transient: true });
});
