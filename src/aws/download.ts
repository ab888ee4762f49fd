/** Downloads from a pre-signed URL. The URL is a credential, so no message and no cause contains a part of it. */
import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { proxyEnvironment } from '../proxy.ts';

const SILENCE_MS = 20_000;

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** A `host:port` that is allowed without TLS: that of an AWS endpoint that is itself configured with http. */
  readonly plainHost: string | undefined;
}

/** A download that failed, with the reason and whether another attempt can succeed. */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed';
  readonly transient: boolean;

  constructor(message: string, transient: boolean) {
    super(message);
    this.transient = transient;
  }
}

/**
 * Downloads the bytes of a URL, through the proxy that the environment configures. Redirects are not followed, because
 * the signature is for this URL alone.
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
    throw new DownloadFailed('the URL does not use https', false);
  }
  // As in the clients, Node's agents read the proxy variables.
  const proxyEnv = proxyEnvironment(process.env);
  const agent = plain ? new HttpAgent({ proxyEnv }) : new HttpsAgent({ proxyEnv });
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = plain ? httpGet(address, { agent, signal }) : httpsGet(address, { agent, signal });
      request.setTimeout(SILENCE_MS, () => request.destroy(new DownloadFailed('the download stalled', true)));
      request.on('response', resolve).on('error', reject);
    });
    return await body(response, maxBytes);
  } catch (error) {
    if (error instanceof DownloadFailed) throw error;
    // The code alone, because the message may contain the address.
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
      `the server returned HTTP ${status}`,
      status === 408 || status === 429 || status >= 500,
    );
  }
  const chunks: Buffer[] = [];
  let size = Number(response.headers['content-length'] ?? 0);
  if (!(size <= maxBytes)) {
    response.destroy();
    throw new DownloadFailed(`the download is larger than ${maxBytes} bytes`, false);
  }
  size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) {
      response.destroy();
      throw new DownloadFailed(`the download is larger than ${maxBytes} bytes`, false);
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
