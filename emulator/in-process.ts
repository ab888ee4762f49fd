/**
 * AWS without a network: ECR, Inspector and STS respond to the SDK's requests in the same process, by the caller's clock.
 * The bytes are those that the emulator sends over HTTP. Tests can run thousands of runs per minute this way.
 */
import { type Answer, Pager } from './answer.ts';
import { identify } from './asked.ts';
import { createEcr, DOWNLOADS } from './ecr.ts';
import { createInspector2 } from './inspector2.ts';
import type { Scenario } from './scenario.ts';
import { createSts } from './sts.ts';
import { World } from './world.ts';

/** An HTTP request as the SDK passes it to its request handler. */
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

/** A response before it is sent. */
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
 * Runs a scenario.
 * @param clock milliseconds since the epoch
 * @param alter changes responses before they are sent
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
          throw new Error(`${path} is not emulated in process`);
        }
        const { service, api, input } = asked;
        const index = counts.get(api) ?? 0;
        counts.set(api, index + 1);
        const right = services[service](api, input);
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
