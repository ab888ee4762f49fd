/**
 * AWS without a socket: the services respond to the SDK's requests in the same process, by the caller's clock. The
 * bytes are the same as those that the emulator sends over HTTP. A search can thereby make thousands of runs per
 * minute.
 */
import type { Answer } from './answer.ts';
import { identify } from './asked.ts';
import { type Call, createAws } from './aws.ts';
import { DOWNLOADS } from './ecr/index.ts';
import { encode } from './encode.ts';
import type { Service } from './faults.ts';
import type { Scenario } from './scenario.ts';
import { credentialOf } from './signature.ts';
import type { World } from './world.ts';

/** An HTTP request as the SDK passes it to its request handler. */
export interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** An answer with its `Date` header; without one the header is left out. */
export interface DatedAnswer extends Answer {
  readonly date: string | undefined;
}

/** One answer before it is sent. */
export interface Exchange {
  readonly service: Service;
  readonly api: string;
  /** The number of this call among those of the same API, from 0. */
  readonly index: number;
  readonly answer: DatedAnswer;
}

export interface InProcessAws {
  readonly world: World;
  /** The scenario's references, digests filled in. */
  readonly images: readonly string[];
  readonly calls: readonly Call[];
  /** For the SDK's `requestHandler`. */
  readonly requestHandler: {
    handle(
      request: SdkRequest,
      options?: { readonly abortSignal?: Partial<AbortSignal> },
    ): Promise<{ response: SdkResponse }>;
  };
  /** The blob behind the URL of GetDownloadUrlForLayer. */
  download(url: string): Buffer | undefined;
}

/**
 * Runs a scenario.
 * @param clock milliseconds since the epoch
 * @param alter changes answers before they are sent
 * @param mostOnPage how many items a page has at most
 */
export function playInProcess(
  scenario: Scenario,
  clock: () => number,
  alter: (exchange: Exchange) => Answer | DatedAnswer = ({ answer }) => answer,
  mostOnPage?: number,
): InProcessAws {
  const origin = 'http://layers.invalid';
  const aws = createAws(scenario, {}, clock, () => origin, mostOnPage);
  const { world, ecr } = aws;
  const counts = new Map<string, number>();
  const calls: (Call & { status: number })[] = [];
  aws.begin();

  return {
    world,
    images: scenario.images.map((reference) => world.filled(reference)),
    calls,
    requestHandler: {
      handle: async (request, options) => {
        aws.moveTags();
        const body = textOf(request.body);
        const url = urlOf(request);
        const asked = identify({
          method: request.method,
          url,
          target: request.headers['x-amz-target'],
          body,
        });
        if (asked === undefined) throw new Error(`${request.method} ${url} is not emulated`);
        const { service, api } = asked;
        const credential = credentialOf(request.headers.authorization ?? '');
        const call = { service, api, body, at: world.now(), status: 0 };
        calls.push(call);
        const unsigned = aws.unsigned(service, credential);
        const date = scenario.tellsNoTime ? undefined : new Date(world.now()).toUTCString();
        let given: DatedAnswer;
        if (unsigned !== undefined || credential === undefined) {
          given = { ...(unsigned as Answer), date };
        } else {
          const outcome = aws.take(asked, credential, body === '' ? url : body);
          if (outcome.connection === 'reset') {
            throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
          }
          if (outcome.connection !== undefined) await aborted(options?.abortSignal);
          const name = `${service}:${api}`;
          const index = counts.get(name) ?? 0;
          counts.set(name, index + 1);
          const answer = { ...outcome.answer(), date };
          given = { ...answer, ...alter({ service, api, index, answer }) };
        }
        call.status = given.status;
        return { response: response(service, api, given) };
      },
    },
    download: (url) => {
      const { pathname, search } = new URL(url);
      return url.startsWith(`${origin}${DOWNLOADS}`) ? ecr.blob(`${pathname}${search}`) : undefined;
    },
  };
}

/** A request without an answer ends when it is aborted, as in the SDK's own handlers. */
function aborted(signal: Partial<AbortSignal> | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    if (signal?.aborted) end();
    else signal?.addEventListener?.('abort', end);
  });
}

function urlOf({ path, query = {} }: SdkRequest): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, one ?? '');
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

function response(service: Service, api: string, answer: DatedAnswer): SdkResponse {
  const { contentType, text } = encode(service, api, answer);
  const { status, errorType, date } = answer;
  return {
    statusCode: status,
    headers: {
      ...(date === undefined ? {} : { date }),
      'content-type': contentType,
      ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
    },
    body: Buffer.from(text),
  };
}

function textOf(body: unknown): string {
  if (body instanceof Uint8Array)
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return typeof body === 'string' ? body : '';
}
