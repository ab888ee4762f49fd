/**
 * AWS without a socket: ECR and Inspector answer the SDK's requests inside the process, by a clock of the caller's.
 * The bytes are those that the emulator sends over HTTP, so that a search can play thousands of runs a minute.
 */
import { type Answer, Pager } from './answer.ts';
import { identify } from './asked.ts';
import { createEcr, DOWNLOADS } from './ecr/index.ts';
import { createInspector2 } from './inspector2.ts';
import type { Scenario } from './scenario.ts';
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

/** One answer before it is sent. */
export interface Exchange {
  readonly api: string;
  /** The number of this call among those of the same API, from 0. */
  readonly index: number;
  readonly answer: Answer;
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
 */
export function playInProcess(
  scenario: Scenario,
  clock: () => number,
  alter: (exchange: Exchange) => Answer = ({ answer }) => answer,
): InProcessAws {
  const world = new World(scenario, {}, clock);
  const pager = new Pager();
  const origin = 'http://layers.invalid';
  const ecr = createEcr(world, pager, () => origin);
  const inspector = createInspector2(world, pager);
  const counts = new Map<string, number>();
  world.begin();

  return {
    world,
    images: scenario.images.map((reference) => world.filled(reference)),
    requestHandler: {
      handle: async ({ path, headers, body }) => {
        world.moveTags();
        const asked = identify(path, headers['x-amz-target'], textOf(body));
        if (asked === undefined || (asked.service !== 'ecr' && asked.service !== 'inspector2')) {
          throw new Error(`${path} is not played in process`);
        }
        const { service, api, input } = asked;
        const index = counts.get(api) ?? 0;
        counts.set(api, index + 1);
        const right = service === 'ecr' ? ecr.handle(api, input) : inspector.handle(api, input);
        return { response: response(alter({ api, index, answer: right }), world.now()) };
      },
    },
    download: (url) => {
      const { pathname, search } = new URL(url);
      return url.startsWith(`${origin}${DOWNLOADS}`) ? ecr.blob(`${pathname}${search}`) : undefined;
    },
  };
}

function response({ status, body, errorType }: Answer, now: number): SdkResponse {
  return {
    statusCode: status,
    headers: {
      date: new Date(now).toUTCString(),
      'content-type': 'application/json',
      ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
    },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

function textOf(body: unknown): string {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  return typeof body === 'string' ? body : '';
}
