/** AWS clients for a registry's region: retries, timeouts, proxies, and AWS's time. */

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { ECRClient } from '@aws-sdk/client-ecr';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
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
  inspector(registry: Registry): Inspector2Client;
  /** Loads the client, which most runs do not need. */
  sts(registry: Registry): Promise<STSClient>;
  /**
   * AWS's time, from the latest `Date` header that ECR or Inspector sent from that region. The runner's clock may be
   * wrong. Undefined where no answer had the header, and where two of them contradict each other.
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

/** The clients of a run. Each is created at its first use, one of each kind for a region and kind of endpoint. */
export function createClients(deadline: Deadline, { log, environment, handler }: ClientOptions): AwsClients {
  const cache = new Map<string, ECRClient | Inspector2Client | STSClient>();
  const times = new Map<string, ServiceClock>();
  // Node's agents read HTTPS_PROXY and NO_PROXY from the environment that they are given; the SDK does not.
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
      // Until the answer begins, and between two parts of it.
      requestTimeout: REQUEST_TIMEOUT_MS,
      socketTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });

  const cached = <T extends ECRClient | Inspector2Client | STSClient>(
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
    // The stacks of the two clients differ only in the types of their inputs and outputs, which this does not use.
    const stack: Pick<ECRClient['middlewareStack'], 'add' | 'remove'> =
      client.middlewareStack as ECRClient['middlewareStack'];
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
    return client;
  };

  return {
    ecr: (registry) =>
      cached('ecr', registry, () => timed(new ECRClient(configuration(registry)), registry.region)),
    inspector: (registry) =>
      cached('inspector2', registry, () =>
        timed(new Inspector2Client(configuration(registry)), registry.region),
      ),
    sts: async (registry) => {
      const { STSClient } = await import('@aws-sdk/client-sts');
      return cached('sts', registry, () => new STSClient(configuration(registry)));
    },
    serviceTime: (registry) => times.get(registry.region)?.time,
    destroy: () => {
      for (const client of cache.values()) client.destroy();
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
