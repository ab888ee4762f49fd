/** AWS clients for a registry's region: retries, timeouts, proxies, and AWS's time. */

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { ECRClient } from '@aws-sdk/client-ecr';
import type { Inspector2Client } from '@aws-sdk/client-inspector2';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Deadline } from '../deadline.ts';
import { proxyEnvironment } from '../proxy.ts';
import type { Registry } from '../results/registry.ts';
import { CLOCK_SKEW_MS } from '../time.ts';
import { DeadlineRetryStrategy } from './retry.ts';

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 20_000;

export interface AwsClients {
  ecr(registry: Registry): ECRClient;
  /** Loads the client, which the first request does not need. */
  inspector(registry: Registry): Promise<Inspector2Client>;
  /** Loads the client, which most runs do not need. */
  sts(registry: Registry): Promise<STSClient>;
  /**
   * AWS's time, from the latest `Date` header that ECR or Inspector sent from that region. The runner's clock may be
   * wrong. Undefined if no answer had the header, and if two of them contradict each other.
   */
  serviceTime(registry: Registry): Date | undefined;
  destroy(): void;
}

/** AWS's time, from the `Date` headers of its answers. */
export class ServiceClock {
  private first: { readonly time: number; readonly at: number } | undefined;
  private latest: number | undefined;
  private contradicted = false;

  /**
   * Records the `Date` header of an answer.
   * @param time in milliseconds since the epoch
   * @param at when it was received, in milliseconds of a monotonic clock
   */
  record(time: number, at: number): void {
    this.first ??= { time, at };
    const expected = this.first.time + (at - this.first.at);
    if (Math.abs(time - expected) > CLOCK_SKEW_MS) this.contradicted = true;
    this.latest = time;
  }

  /** Undefined before the first header, and from the first contradiction on, because then no age can be computed. */
  get time(): Date | undefined {
    return this.latest === undefined || this.contradicted ? undefined : new Date(this.latest);
  }
}

/** Sends the SDK's requests in place of HTTP. Tests use it to answer them in the same process. */
export type RequestHandler = NonNullable<ConstructorParameters<typeof ECRClient>[0]>['requestHandler'];

export interface ClientOptions {
  /** Logs failures that are retried. */
  readonly log: (line: string) => void;
  /** Where proxy variables are read. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default: HTTP, through the proxy that the environment configures. */
  readonly handler?: RequestHandler | undefined;
}

/** Where a client calls a service, and which kind of endpoint it uses. */
export type Place = Pick<Registry, 'region' | 'fips' | 'dualStack'>;

/** The part of an SDK client that is used here. */
interface ServiceClient {
  readonly middlewareStack: object;
  destroy(): void;
}

export interface ClientFactory {
  /** The configuration of every client: retries, timeouts, proxies. */
  configuration(place: Place): ReturnType<typeof configurationOf>;
  /**
   * A client that is created when it is first needed, one for each key. It records AWS's time from its responses.
   * @param key identifies the client: its service, endpoint and credentials
   */
  cached<T extends ServiceClient>(key: string, region: string, make: () => T): T;
  /** See `AwsClients`. */
  serviceTime(region: string): Date | undefined;
  destroy(): void;
}

const configurationOf = (
  { region, fips, dualStack }: Place,
  retryStrategy: DeadlineRetryStrategy,
  requestHandler: NonNullable<RequestHandler>,
) => ({
  region,
  useFipsEndpoint: fips,
  useDualstackEndpoint: dualStack,
  retryStrategy,
  requestHandler,
});

/** Creates clients that retry within the deadline. */
export function clientFactory(
  deadline: Deadline,
  { log, environment, handler }: ClientOptions,
): ClientFactory {
  const cache = new Map<string, ServiceClient>();
  const times = new Map<string, ServiceClock>();
  // Node's agents read HTTPS_PROXY and NO_PROXY from the environment that they are given; the SDK does not.
  const agentOptions = { keepAlive: true, maxSockets: 50, proxyEnv: proxyEnvironment(environment) };
  const httpAgent = new HttpAgent(agentOptions);
  const httpsAgent = new HttpsAgent(agentOptions);
  const retryStrategy = new DeadlineRetryStrategy(deadline, log);
  const requestHandler = handler ?? {
    httpAgent,
    httpsAgent,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    // Until the answer begins, and between two parts of it.
    requestTimeout: REQUEST_TIMEOUT_MS,
    socketTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  };

  const recordTime = (region: string, response: unknown) => {
    const header = (response as { headers?: Record<string, string> }).headers?.date;
    const time = header === undefined ? Number.NaN : Date.parse(header);
    if (Number.isNaN(time)) return;
    const clock = times.get(region) ?? new ServiceClock();
    times.set(region, clock);
    clock.record(time, deadline.elapsedMs());
  };

  const timed = (client: ServiceClient, region: string) => {
    // The stacks of the clients differ only in the types of their inputs and outputs, which this does not use.
    const stack = client.middlewareStack as Pick<ECRClient['middlewareStack'], 'add' | 'remove'>;
    // It copies every answer into a log that the action does not have.
    stack.remove('loggerMiddleware');
    stack.add(
      (next) => async (args) => {
        const result = await next(args);
        recordTime(region, result.response);
        return result;
      },
      { step: 'deserialize', name: 'serviceTime' },
    );
  };

  return {
    configuration: (place) => configurationOf(place, retryStrategy, requestHandler),
    cached: <T extends ServiceClient>(key: string, region: string, make: () => T): T => {
      const existing = cache.get(key) as T | undefined;
      if (existing) return existing;
      const client = make();
      timed(client, region);
      cache.set(key, client);
      return client;
    },
    serviceTime: (region) => times.get(region)?.time,
    destroy: () => {
      for (const client of cache.values()) client.destroy();
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** Distinguishes clients of one service. */
export function placeKey(service: string, { region, fips, dualStack }: Place): string {
  return [service, region, fips, dualStack].join();
}

/** Clients are created when they are first needed, one of each kind for a region and kind of endpoint. */
export function createClients(deadline: Deadline, options: ClientOptions): AwsClients {
  const factory = clientFactory(deadline, options);
  const { configuration, cached } = factory;
  return {
    ecr: (registry) =>
      cached(placeKey('ecr', registry), registry.region, () => new ECRClient(configuration(registry))),
    inspector: async (registry) => {
      const { Inspector2Client } = await import('@aws-sdk/client-inspector2');
      return cached(
        placeKey('inspector2', registry),
        registry.region,
        () => new Inspector2Client(configuration(registry)),
      );
    },
    sts: async (registry) => {
      const { STSClient } = await import('@aws-sdk/client-sts');
      return cached(placeKey('sts', registry), registry.region, () => new STSClient(configuration(registry)));
    },
    serviceTime: ({ region }) => factory.serviceTime(region),
    destroy: factory.destroy,
  };
}
