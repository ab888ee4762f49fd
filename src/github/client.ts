/** The REST API of github.com or GitHub Enterprise Server, through the proxy of the environment. */

import { createHash } from 'node:crypto';
import {
  Agent as HttpAgent,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Deadline } from '../deadline.ts';
import { GateError, messageOf } from '../errors.ts';
import { proxyEnvironment, proxyRefusal } from '../proxy.ts';
import { withoutSlashes } from '../text.ts';
import { formatDuration } from '../time.ts';
import { VERSION } from '../version.ts';

/** The API of github.com. */
const GITHUB_COM = 'https://api.github.com';
const REQUEST_TIMEOUT_MS = 20_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;
// Base64 of the largest policy, and the JSON around it.
const MAX_ANSWER_BYTES = 1024 * 1024;

export interface GitHubAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface GitHub {
  /** Retries transient failures until the deadline. */
  get(path: string, accept: string): Promise<GitHubAnswer>;
}

export interface GitHubOptions {
  readonly token: string;
  readonly deadline: Deadline;
  /** `GITHUB_API_URL` and the variables of the proxy. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly random?: () => number;
}

/** A client for the API at `GITHUB_API_URL`, or that of github.com if it is not set. */
export function createGitHub({ token, deadline, environment, random = Math.random }: GitHubOptions): GitHub {
  const base = URL.parse(environment.GITHUB_API_URL || GITHUB_COM);
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw new GateError(
      'input',
      `GITHUB_API_URL is not an http or https address: ${environment.GITHUB_API_URL}.`,
    );
  }
  const agentOptions = { proxyEnv: proxyEnvironment(environment) };
  const secure = base.protocol === 'https:';
  const agent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const send = secure ? requestHttps : requestHttp;

  async function attempt(path: string, accept: string): Promise<GitHubAnswer> {
    const options: RequestOptions = {
      agent,
      signal: AbortSignal.any([deadline.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
      headers: {
        accept,
        authorization: `Bearer ${token}`,
        'user-agent': `ecr-deployment-gate/${VERSION}`,
        'x-github-api-version': '2022-11-28',
      },
    };
    return new Promise((resolve, reject) => {
      const request = send(withoutSlashes(`${base}`) + path, options, (response) => {
        collect(response).then(
          (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          reject,
        );
      });
      request.on('error', reject);
      request.end();
    });
  }

  return {
    get: async (path, accept) => {
      let last = 'no response';
      for (let count = 0; ; count += 1) {
        const outcome = await attempt(path, accept).catch((error: unknown) => toError(error));
        const failed = outcome instanceof Error;
        if (failed && (outcome instanceof GateError || isPermanent(outcome))) throw outcome;
        if (!failed && !isTransient(outcome)) return outcome;
        const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** count);
        const asked = failed ? 0 : askedDelayMs(outcome);
        const delay = Math.max(ceiling / 2 + (random() * ceiling) / 2, asked);
        // Waiting for a rate limit that outlasts the run is pointless.
        if (!failed && asked >= deadline.remainingMs() && outcome.status < 500) return outcome;
        if (!deadline.signal.aborted) {
          last = failed ? messageOf(outcome) : `HTTP ${outcome.status}`;
          await deadline.sleep(delay);
        }
        if (deadline.signal.aborted) throw over(deadline, last, base);
      }
    },
  };
}

async function collect(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > MAX_ANSWER_BYTES) throw new GateError('input', 'The response of GitHub is larger than 1 MiB.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Whether a retry cannot help: an untrusted certificate, an invalid address, or a proxy that refuses the connection. */
function isPermanent(error: Error): boolean {
  if (proxyRefusal(error) !== undefined) return true;
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && /^(ERR_TLS|ERR_INVALID|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/.test(code);
}

function isTransient({ status, headers }: GitHubAnswer): boolean {
  return status >= 500 || status === 429 || isLimited({ status, headers });
}

/** Source: GitHub Docs, "Rate limits for the REST API": 403 or 429 with one of these headers. */
function isLimited({ status, headers }: Pick<GitHubAnswer, 'status' | 'headers'>): boolean {
  const limited = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
  return status === 429 || (status === 403 && limited);
}

function askedDelayMs({ headers }: GitHubAnswer): number {
  const seconds = Number(headers['retry-after']);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const reset = Number(headers['x-ratelimit-reset']);
  return headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)
    ? Math.max(0, reset * 1000 - Date.now())
    : 0;
}

function over(deadline: Deadline, last: string, base: URL): GateError {
  if (!deadline.expired) return new GateError('cancelled', 'The job was cancelled.');
  return new GateError(
    'timeout',
    `The timeout of ${formatDuration(deadline.totalMs)} ended during requests to GitHub. Last result: ${last}.`,
    {
      nextStep:
        base.origin === GITHUB_COM
          ? 'Check https://www.githubstatus.com, and run the job again.'
          : `Check whether ${base.host} responds to the runner, and run the job again.`,
    },
  );
}

export interface GitHubFile {
  readonly owner: string;
  readonly repo: string;
  readonly path: string;
  readonly ref: string;
}

/** Whether a ref is the full ID of a commit, which always names the same commit. */
export function isCommit(ref: string): boolean {
  return /^[0-9a-f]{40}$/i.test(ref);
}

/**
 * The bytes of a file at a ref, verified against the blob ID and the ref in the response.
 * @throws GateError if the response is not that file
 */
export async function readGitHubFile(github: GitHub, file: GitHubFile): Promise<Buffer> {
  const { owner, repo, path, ref } = file;
  const name = `${owner}/${repo}/${path}@${ref}`;
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  let answer: GitHubAnswer;
  try {
    answer = await github.get(
      `/repos/${owner}/${repo}/contents/${encoded}?ref=${encodeURIComponent(ref)}`,
      'application/vnd.github.object+json',
    );
  } catch (error) {
    if (error instanceof GateError && error.code !== 'input') throw error;
    const nextStep = error instanceof Error ? proxyRefusal(error) : undefined;
    throw new GateError('input', `${name} cannot be read: ${messageOf(error)}`, { nextStep, cause: error });
  }
  if (answer.status !== 200) throw refusal(answer, name, file);
  const content = contentOf(answer.body);
  if (content === undefined) {
    throw new GateError('input', `${name} is not a file, or it is too large for GitHub's API.`);
  }
  const asked = URL.parse(content.url)?.searchParams.get('ref');
  if (content.path !== path || asked?.toLowerCase() !== ref.toLowerCase()) {
    throw new GateError('not-proven', `GitHub returned a different file or ref than ${name}.`);
  }
  const algorithm = content.sha.length === 64 ? 'sha256' : 'sha1';
  const blob = createHash(algorithm).update(`blob ${content.bytes.length}\0`).update(content.bytes);
  if (blob.digest('hex') !== content.sha) {
    throw new GateError(
      'not-proven',
      `The content that GitHub returned for ${name} does not match its blob ID.`,
    );
  }
  return content.bytes;
}

interface Content {
  readonly path: string;
  readonly url: string;
  readonly sha: string;
  readonly bytes: Buffer;
}

/** A file of GitHub's contents API; undefined for a directory, a submodule or any other response. */
function contentOf(body: Buffer): Content | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  const { type, encoding, content, path, url, sha } = (answer ?? {}) as Record<string, unknown>;
  const texts = [content, path, url, sha].every((value) => typeof value === 'string');
  if (type !== 'file' || encoding !== 'base64' || !texts) return undefined;
  return {
    path: String(path),
    url: String(url),
    sha: String(sha),
    bytes: Buffer.from(String(content), 'base64'),
  };
}

/** The error for a response without the file, with what to do. */
export function refusal(answer: GitHubAnswer, name: string, { owner, repo }: GitHubFile): GateError {
  const { status, headers } = answer;
  const fail = (why: string, nextStep: string) =>
    new GateError('input', `${name} cannot be read: ${why}.`, { nextStep });
  if (isLimited(answer)) {
    const reset = Number(headers['x-ratelimit-reset']);
    const until = Number.isFinite(reset) ? ` until ${new Date(reset * 1000).toISOString()}` : '';
    return fail(
      `GitHub's rate limit for the token is used up${until}`,
      'Run the job again later, or use the token of a GitHub App, which has its own limit.',
    );
  }
  const access = `Give github-token a token with contents: read on ${owner}/${repo}; the GITHUB_TOKEN of a job can read only its own repository and public ones.`;
  if (status === 404) {
    return fail(
      'there is no such repository, file or ref, or the token of github-token cannot read it',
      access,
    );
  }
  if (status === 401) return fail('GitHub does not accept the token of github-token', access);
  if (status === 403) {
    const sso =
      headers['x-github-sso'] === undefined ? '' : ' (the token is not authorized for single sign-on)';
    return fail(`GitHub denies access to the token of github-token${sso}: ${saidBy(answer)}`, access);
  }
  if (status >= 300 && status < 400) {
    return fail('the repository has moved', 'Use its new name: someone else can register the old one.');
  }
  return fail(`GitHub returned HTTP ${status}: ${saidBy(answer)}`, 'Check owner/repo/path@ref.');
}

/** GitHub's own message, shortened. */
function saidBy({ body }: GitHubAnswer): string {
  try {
    const { message } = JSON.parse(body.toString('utf8')) as { message?: unknown };
    return typeof message === 'string' ? message.slice(0, 200) : 'without a message';
  } catch {
    return 'without a message';
  }
}
