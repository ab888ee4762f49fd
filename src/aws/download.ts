/** Downloads from a pre-signed URL. The URL is a credential: no message and no cause has any of it. */
import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { proxyEnvironment } from '../proxy.ts';

const SILENCE_MS = 20_000;

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** A `host:port` that may be asked without TLS: that of an AWS endpoint which was itself set to http. */
  readonly plainHost: string | undefined;
}

/** Says what went wrong, and whether another attempt could go better. */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed';
  readonly transient: boolean;

  constructor(message: string, transient: boolean) {
    super(message);
    this.transient = transient;
  }
}

/**
 * The bytes behind a URL, through the proxy that the environment names. Redirections are not followed: who
 * signs a URL means that one.
 * @throws DownloadFailed
 */
export async function download(
  url: string,
  { maxBytes, signal, plainHost }: DownloadLimits,
): Promise<Buffer> {
  const address = URL.parse(url);
  const plain = address?.protocol === 'http:' && address.host === plainHost;
  const secure = address?.protocol === 'https:' || plain;
  if (address === null || !secure || address.username !== '' || address.password !== '') {
    throw new DownloadFailed('it is not offered over https', false);
  }
  // As in the clients, Node's own agents read the proxy variables.
  const proxyEnv = proxyEnvironment(process.env);
  const agent = plain ? new HttpAgent({ proxyEnv }) : new HttpsAgent({ proxyEnv });
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = plain ? httpGet(address, { agent, signal }) : httpsGet(address, { agent, signal });
      request.setTimeout(SILENCE_MS, () =>
        request.destroy(new DownloadFailed('nothing came any more', true)),
      );
      request.on('response', resolve).on('error', reject);
    });
    return await body(response, maxBytes);
  } catch (error) {
    if (error instanceof DownloadFailed) throw error;
    // The code alone: a message may hold the address.
    const { code } = error as { code?: unknown };
    throw new DownloadFailed(
      `the connection failed${typeof code === 'string' ? ` (${code})` : ''}`,
      !signal.aborted,
    );
  } finally {
    agent.destroy();
  }
}

async function body(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    response.destroy();
    throw new DownloadFailed(
      `the answer was HTTP ${status}`,
      status === 408 || status === 429 || status >= 500,
    );
  }
  const chunks: Buffer[] = [];
  let size = Number(response.headers['content-length'] ?? 0);
  if (!(size <= maxBytes)) {
    response.destroy();
    throw new DownloadFailed(`it is larger than ${maxBytes} bytes`, false);
  }
  size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) {
      response.destroy();
      throw new DownloadFailed(`it is larger than ${maxBytes} bytes`, false);
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
