/**
 * An HTTP CONNECT proxy in place of AWS: programs reach the emulator under AWS's own host names, over TLS, without
 * any change to the programs.
 */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { createAuthority } from './certificate.ts';

export interface ProxyOptions {
  /** The server of a host; undefined if it has none. */
  readonly route: (host: string) => RequestListener | undefined;
}

export interface AwsProxy {
  readonly url: string;
  /** The authority that has to be trusted. */
  readonly caPem: string;
  /** `host:port` of every requested host without a route. */
  readonly foreign: readonly string[];
  /** Closes every connection, including those of requests that hang. */
  close(): Promise<void>;
}

/** Starts the proxy on loopback. A host without a route is refused and remembered. */
export async function startProxy({ route }: ProxyOptions): Promise<AwsProxy> {
  const authority = createAuthority();
  const foreign: string[] = [];
  const sockets = new Set<Socket>();
  const contexts = new Map<string, SecureContext>();
  const routes = new WeakMap<Socket, RequestListener>();

  function contextOf(host: string): SecureContext {
    const known = contexts.get(host);
    if (known) return known;
    const { pem, key } = authority.issue(host);
    const context = createSecureContext({ cert: pem, key: key.export({ type: 'pkcs8', format: 'pem' }) });
    contexts.set(host, context);
    return context;
  }

  // It does not listen: the proxy passes the decrypted connections to it.
  const inner = createServer((request, response) => routes.get(request.socket)?.(request, response));

  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? '');
    foreign.push(url === null ? `${request.headers.host}` : `${url.hostname}:${url.port || 80}`);
    response.writeHead(502).end('Not emulated');
  });
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    // A client may drop its connection at any time.
    socket.on('error', () => socket.destroy());
    const target = request.url ?? '';
    const [host = '', port] = target.split(':');
    const listener = port === '443' ? route(host) : undefined;
    if (listener === undefined) {
      foreign.push(target);
      socket.end('HTTP/1.1 502 Not emulated\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.unshift(head);
    const secure = new TLSSocket(socket, { isServer: true, secureContext: contextOf(host) });
    secure.on('error', () => socket.destroy());
    // Node resets plain connections only; the one below is one.
    secure.resetAndDestroy = () => {
      socket.resetAndDestroy();
      return secure;
    };
    routes.set(secure, listener);
    inner.emit('connection', secure);
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
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
