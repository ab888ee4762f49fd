/** GitHub's REST API on loopback: the contents of files, for those who may see them, and nothing else. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GitHubRepository {
  readonly name: `${string}/${string}`;
  /** The tokens that may read it. */
  readonly tokens: readonly string[];
  /** Content by `REF:PATH`; a text that ends in `/` stands for a directory. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** An answer instead of the right one, for the next request. */
export interface GitHubFault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the right answer's body. */
  readonly alter?: (body: Record<string, unknown>) => unknown;
  readonly kind?: 'reset' | 'hang';
}

export interface GitHubEmulator {
  /** What GITHUB_API_URL is set to. */
  readonly url: string;
  /** Method and target of every request. */
  readonly requests: readonly string[];
  /** Takes the place of the next answers, in order. */
  fail(...faults: GitHubFault[]): void;
  close(): Promise<void>;
}

/** Starts the API under `/api/v3`, where an Enterprise Server has it. */
export async function startGitHub(repositories: readonly GitHubRepository[]): Promise<GitHubEmulator> {
  const requests: string[] = [];
  const faults: GitHubFault[] = [];

  function handle(request: IncomingMessage, response: ServerResponse): void {
    requests.push(`${request.method} ${request.url}`);
    const fault = faults.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.status !== undefined) {
      send(response, fault.status, { message: 'A fault of the scenario' }, fault.headers);
      return;
    }
    const { status, body } = answer(request);
    send(response, status, fault?.alter === undefined ? body : fault.alter(body), fault?.headers);
  }

  function answer(request: IncomingMessage): { status: number; body: Record<string, unknown> } {
    const target = new URL(request.url ?? '/', url);
    const match = /^\/api\/v3\/repos\/([^/]+\/[^/]+)\/contents\/(.+)$/.exec(target.pathname);
    const ref = target.searchParams.get('ref');
    const strange = [...target.searchParams.keys()].some((key) => key !== 'ref');
    if (request.method !== 'GET' || match === null || ref === null || strange) return notEmulated();
    if (request.headers['x-github-api-version'] !== '2022-11-28') return notEmulated();
    if (request.headers.accept !== 'application/vnd.github.object+json') return notEmulated();
    // GitHub refuses requests without one.
    if (!request.headers['user-agent']) return { status: 403, body: { message: 'Request forbidden' } };
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !repositories.some(({ tokens }) => tokens.includes(token))) {
      return { status: 401, body: { message: 'Bad credentials' } };
    }
    const repository = repositories.find(({ name }) => name === match[1]);
    const path = decodeURIComponent(match[2] ?? '');
    const content = repository?.files[`${ref}:${path}`];
    // What a token may not see does not exist for it.
    if (content === undefined || !repository?.tokens.includes(token)) {
      return { status: 404, body: { message: 'Not Found' } };
    }
    return { status: 200, body: describe(content, path, `${target}`) };
  }

  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`;
  return {
    url,
    requests,
    fail: (...given) => {
      faults.push(...given);
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function describe(content: string | Uint8Array, path: string, url: string): Record<string, unknown> {
  if (content === '/') return { type: 'dir', path, url, entries: [] };
  const bytes = Buffer.from(content);
  const blob = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes);
  const shared = { type: 'file', name: path.split('/').at(-1), path, url, size: bytes.length };
  // Above 1 MB the API leaves the content out.
  if (bytes.length > 1024 * 1024) {
    return { ...shared, sha: blob.digest('hex'), encoding: 'none', content: '' };
  }
  const lines = bytes.toString('base64').replace(/(.{60})/g, '$1\n');
  return { ...shared, sha: blob.digest('hex'), encoding: 'base64', content: lines };
}

function notEmulated(): { status: number; body: Record<string, unknown> } {
  return { status: 501, body: { message: 'Not emulated' } };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
