/**
 * An HTTP CONNECT proxy in place of AWS: programs reach the emulator under AWS's own host names, over TLS, without
 * any change to the programs.
 */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { type Certificate, createAuthority } from './certificate.ts';

const CHALLENGE = 'Basic realm="proxy"';

export interface ProxyOptions {
  /** The server of a host; undefined if it has none. */
  readonly route: (host: string) => RequestListener | undefined;
  /** The login that every request to the proxy needs; default: none. */
  readonly login?: ProxyLogin | undefined;
}

export interface ProxyLogin {
  readonly user: string;
  readonly password: string;
}

export interface AwsProxy {
  /** With the login. */
  readonly url: string;
  /** The authority that has to be trusted. */
  readonly caPem: string;
  /** A certificate of that authority for a host that is reached without the proxy. */
  issue(host: string): Certificate;
  /** `host:port` of every requested host without a route. */
  readonly foreign: readonly string[];
  /** `host:port` of every tunnel that was opened. */
  readonly tunnels: readonly string[];
  /** How many requests had no login or a wrong one. */
  refusals(): number;
  /** Closes every connection, including those of requests that hang. */
  close(): Promise<void>;
}

/** Starts the proxy on loopback. A host without a route is refused and remembered. */
export async function startProxy({ route, login }: ProxyOptions): Promise<AwsProxy> {
  const authority = createAuthority();
  const foreign: string[] = [];
  const tunnels: string[] = [];
  let refusals = 0;
  const sockets = new Set<Socket>();
  const contexts = new Map<string, SecureContext>();
  const routes = new WeakMap<Socket, RequestListener>();

  function isAllowed({ headers }: IncomingMessage): boolean {
    if (login === undefined) return true;
    const expected = Buffer.from(`${login.user}:${login.password}`).toString('base64');
    const isRight = headers['proxy-authorization'] === `Basic ${expected}`;
    if (!isRight) refusals += 1;
    return isRight;
  }

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
    if (!isAllowed(request)) {
      response.writeHead(407, { 'Proxy-Authenticate': CHALLENGE }).end();
      return;
    }
    const url = URL.parse(request.url ?? '');
    foreign.push(url === null ? `${request.headers.host}` : `${url.hostname}:${url.port || 80}`);
    response.writeHead(502).end('Not emulated');
  });
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    // A client may drop its connection at any time.
    socket.on('error', () => socket.destroy());
    if (!isAllowed(request)) {
      socket.end(
        `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${CHALLENGE}\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    const target = request.url ?? '';
    const [host = '', port] = target.split(':');
    const listener = port === '443' ? route(host) : undefined;
    if (listener === undefined) {
      foreign.push(target);
      socket.end('HTTP/1.1 502 Not emulated\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    tunnels.push(target);
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
  const credentials =
    login === undefined ? '' : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`;
  return {
    url: `http://${credentials}127.0.0.1:${(server.address() as AddressInfo).port}`,
    caPem: authority.pem,
    issue: authority.issue,
    foreign,
    tunnels,
    refusals: () => refusals,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
