/**
 * An HTTP CONNECT proxy that stands in for AWS: programs reach the emulator under AWS's own host names,
 * over TLS, with nothing in them that knows of it.
 */
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { createAuthority } from './certificate.ts';

export interface Proxy {
  readonly url: string;
  /** The authority that has to be trusted. */
  readonly caPem: string;
  /** `host:port` of whatever somebody wanted to reach and no route claims. */
  readonly foreign: readonly string[];
  close(): Promise<void>;
}

/** Starts the proxy on loopback. A host without a route is refused and remembered. */
export async function startProxy({
  route,
}: {
  readonly route: (host: string) => RequestListener | undefined;
}): Promise<Proxy> {
  const authority = createAuthority();
  const foreign: string[] = [];
  const sockets = new Set<Socket>();
  const contexts = new Map<string, SecureContext>();
  const contextOf = (host: string): SecureContext => {
    const known = contexts.get(host);
    if (known) return known;
    const { pem, key } = authority.issue(host);
    const context = createSecureContext({ cert: pem, key: key.export({ type: 'pkcs8', format: 'pem' }) });
    contexts.set(host, context);
    return context;
  };

  const tls = createTlsServer(
    { SNICallback: (host, done) => done(null, contextOf(host)) },
    (request, response) => {
      const host = (request.headers.host ?? '').replace(/:\d+$/, '');
      const listener = route(host);
      if (listener) listener(request, response);
      else response.writeHead(421).end();
    },
  );
  // A client may drop a connection at any time; that is its business.
  tls.on('tlsClientError', (_, socket) => socket.destroy());

  const server = createServer((request, response) => {
    foreign.push(request.url ?? '');
    response.writeHead(502).end('not emulated');
  });
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const target = request.url ?? '';
    if (route(target.replace(/:\d+$/, '')) === undefined) {
      foreign.push(target);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    tls.emit('connection', socket);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caPem: authority.pem,
    foreign,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
