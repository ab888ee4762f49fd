/** AWS clients of a registry's region: retries, timeouts, proxies, and the service's own time. */

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { ECRClient } from '@aws-sdk/client-ecr';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import type { Deadline } from '../deadline.ts';
import { proxyEnvironment } from '../proxy.ts';
import type { Registry } from '../results/registry.ts';
import { CLOCK_SKEW_MS } from '../time.ts';
import { DeadlineRetryStrategy } from './retry.ts';

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 20_000;

export interface AwsClients {
  ecr(registry: Registry): ECRClient;
  inspector(registry: Registry): Inspector2Client;
  /**
   * The latest `Date` header AWS answered with from that region: its clock, not the runner's. Undefined where no
   * answer had one, and where two of them contradict each other.
   */
  serviceTime(registry: Registry): Date | undefined;
  destroy(): void;
}

/** AWS's time, as its answers tell it. */
export class ServiceClock {
  private first: { readonly time: number; readonly at: number } | undefined;
  private latest: number | undefined;
  private contradicted = false;

  /**
   * Takes the `Date` header of an answer.
   * @param time in milliseconds since the epoch
   * @param at when it was received, in milliseconds of a clock that never goes back
   */
  record(time: number, at: number): void {
    this.first ??= { time, at };
    const expected = this.first.time + (at - this.first.at);
    if (Math.abs(time - expected) > CLOCK_SKEW_MS) this.contradicted = true;
    this.latest = time;
  }

  /** Undefined where nothing was heard, and from the first contradiction on: then no age can be told. */
  get time(): Date | undefined {
    return this.latest === undefined || this.contradicted ? undefined : new Date(this.latest);
  }
}

/** What carries the SDK's requests in place of HTTP; tests answer them inside the process. */
export type RequestHandler = NonNullable<ConstructorParameters<typeof ECRClient>[0]>['requestHandler'];

export interface ClientOptions {
  /** Is told when calls fail and are made again. */
  readonly log: (line: string) => void;
  /** Where a proxy may be named. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default: HTTP, through the proxy that the environment names. */
  readonly handler?: RequestHandler | undefined;
}

/** Clients are made when they are first asked for, one of each kind for a region and kind of endpoint. */
export function createClients(deadline: Deadline, { log, environment, handler }: ClientOptions): AwsClients {
  const cache = new Map<string, ECRClient | Inspector2Client>();
  const times = new Map<string, ServiceClock>();
  // Node's own agents read HTTPS_PROXY and NO_PROXY when they are given the environment; the SDK does not.
  const agentOptions = { keepAlive: true, maxSockets: 50, proxyEnv: proxyEnvironment(environment) };
  const httpAgent = new HttpAgent(agentOptions);
  const httpsAgent = new HttpsAgent(agentOptions);

  const retryStrategy = new DeadlineRetryStrategy(deadline, log);
  const configuration = (registry: Registry) => ({
    region: registry.region,
    useFipsEndpoint: registry.fips,
    useDualstackEndpoint: registry.dualStack,
    retryStrategy,
    requestHandler: handler ?? {
      httpAgent,
      httpsAgent,
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      // Until the answer begins, and between two pieces of it.
      requestTimeout: REQUEST_TIMEOUT_MS,
      socketTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });

  const cached = <T extends ECRClient | Inspector2Client>(
    kind: string,
    registry: Registry,
    make: () => T,
  ): T => {
    const key = [kind, registry.region, registry.fips, registry.dualStack].join();
    const existing = cache.get(key) as T | undefined;
    if (existing) return existing;
    const client = make();
    cache.set(key, client);
    return client;
  };

  const recordTime = (region: string, response: unknown) => {
    const header = (response as { headers?: Record<string, string> }).headers?.date;
    const time = header === undefined ? Number.NaN : Date.parse(header);
    if (Number.isNaN(time)) return;
    const clock = times.get(region) ?? new ServiceClock();
    times.set(region, clock);
    clock.record(time, deadline.elapsedMs());
  };

  const timed = <T extends ECRClient | Inspector2Client>(client: T, region: string): T => {
    // The two clients' stacks differ only in the types of what passes through them, which this does not touch.
    const stack: Pick<ECRClient['middlewareStack'], 'add' | 'remove'> =
      client.middlewareStack as ECRClient['middlewareStack'];
    // It copies every answer for a log that nobody reads.
    stack.remove('loggerMiddleware');
    stack.add(
      (next) => async (args) => {
        const result = await next(args);
        recordTime(region, result.response);
        return result;
      },
      { step: 'deserialize', name: 'serviceTime' },
    );
    return client;
  };

  return {
    ecr: (registry) =>
      cached('ecr', registry, () => timed(new ECRClient(configuration(registry)), registry.region)),
    inspector: (registry) =>
      cached('inspector2', registry, () =>
        timed(new Inspector2Client(configuration(registry)), registry.region),
      ),
    serviceTime: (registry) => times.get(registry.region)?.time,
    destroy: () => {
      for (const client of cache.values()) client.destroy();
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
