/**
 * AWS without a socket: ECR, Inspector and STS answer the SDK's requests in the same process, by the caller's clock.
 * The bytes are those that the emulator sends over HTTP, so that a search can play thousands of runs a minute.
 */
import { type Answer, Pager } from './answer.ts';
import { identify } from './asked.ts';
import { createEcr, DOWNLOADS } from './ecr.ts';
import { createInspector2 } from './inspector2.ts';
import type { Scenario } from './scenario.ts';
import { createSts } from './sts.ts';
import { World } from './world.ts';

/** An HTTP request as the SDK hands it to its request handler. */
export interface SdkRequest {
  readonly path: string;
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
  readonly service: 'ecr' | 'inspector2' | 'sts';
  readonly api: string;
  /** The number of this call among those of the same API, from 0. */
  readonly index: number;
  readonly answer: DatedAnswer;
}

export interface InProcessAws {
  readonly world: World;
  /** The scenario's references, digests filled in. */
  readonly images: readonly string[];
  /** For the SDK's `requestHandler`. */
  readonly requestHandler: { handle(request: SdkRequest): Promise<{ response: SdkResponse }> };
  /** The blob behind the URL of GetDownloadUrlForLayer. */
  download(url: string): Buffer | undefined;
}

/**
 * Plays a scenario.
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
  const world = new World(scenario, {}, clock);
  const pager = new Pager(mostOnPage);
  const origin = 'http://layers.invalid';
  const ecr = createEcr(world, pager, () => origin);
  const inspector = createInspector2(world, pager);
  const sts = createSts({ account: world.caller() });
  const services: Readonly<Record<'ecr' | 'inspector2' | 'sts', (api: string, input: unknown) => Answer>> = {
    ecr: (api, input) => ecr.handle(api, input),
    inspector2: (api, input) => inspector.handle(api, input),
    sts: (api) => sts.handle(api),
  };
  const counts = new Map<string, number>();
  world.begin();

  return {
    world,
    images: scenario.images.map((reference) => world.filled(reference)),
    requestHandler: {
      handle: async ({ path, headers, body }) => {
        world.moveTags();
        const asked = identify(path, headers['x-amz-target'], textOf(body));
        if (asked === undefined || asked.service === 'kms') {
          throw new Error(`${path} is not played in process`);
        }
        const { service, api, input } = asked;
        const index = counts.get(api) ?? 0;
        counts.set(api, index + 1);
        const right = services[service](api, input);
        const answer = { ...right, date: new Date(world.now()).toUTCString() };
        return { response: response({ ...answer, ...alter({ service, api, index, answer }) }) };
      },
    },
    download: (url) => {
      const { pathname, search } = new URL(url);
      return url.startsWith(`${origin}${DOWNLOADS}`) ? ecr.blob(`${pathname}${search}`) : undefined;
    },
  };
}

function response({ status, body, errorType, date }: DatedAnswer): SdkResponse {
  return {
    statusCode: status,
    headers: {
      ...(date === undefined ? {} : { date }),
      'content-type': typeof body === 'string' && body.startsWith('<') ? 'text/xml' : 'application/json',
      ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
    },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

function textOf(body: unknown): string {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  return typeof body === 'string' ? body : '';
}
