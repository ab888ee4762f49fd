/**
 * The emulator: AWS's APIs, the registry and a proxy that provides their real host names, all on loopback, for one
 * scenario.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import { identify } from './asked.ts';
import { ACCESS_KEY_ID, type Call, createAws, SECRET_ACCESS_KEY } from './aws.ts';
import { DOWNLOADS } from './ecr/index.ts';
import { type Encoded, encode } from './encode.ts';
import { error } from './faults.ts';
import type { Kms } from './kms.ts';
import { type AwsProxy, type ProxyOptions, startProxy } from './proxy.ts';
import { createRegistry, type RegistryRequest } from './registry.ts';
import type { FaultSpec, Scenario } from './scenario.ts';
import { credentialOf } from './signature.ts';
import type { Store } from './store.ts';
import type { RecordedFindings, World } from './world.ts';

export type { Call } from './aws.ts';

// AWS refuses requests whose time differs by more than this.
const CLOCK_SKEW_MS = 5 * 60_000;
const DEFAULT_SLOWNESS_MS = 1000;
// The name of a layer download in calls and faults.
const LAYER_DOWNLOAD = 'LayerDownload';
const DOWNLOAD_REFUSALS: Readonly<Record<string, number>> = {
  deny: 403,
  'expired-token': 403,
  'not-found': 404,
  throttle: 429,
  '500': 500,
  '503': 503,
};
export interface Emulator {
  readonly scenario: Scenario;
  /** The address of the AWS APIs. */
  readonly url: string;
  readonly store: Store;
  /**
   * The registry of an account in a region of the scenario.
   * @throws Error if the scenario has none
   */
  storeOf(account: string, region: string): Store;
  /** Digests by the images' names in the scenario. */
  readonly digests: ReadonlyMap<string, string>;
  /** The scenario's references, each `{digest:NAME}` replaced by that digest. */
  readonly images: readonly string[];
  /** The scenario's files, digests and days filled in. */
  readonly files: Readonly<Record<string, string>>;
  readonly calls: readonly Call[];
  /** `host:port` of every host that was requested through the proxy and is not emulated. */
  readonly foreign: readonly string[];
  readonly proxy: Pick<AwsProxy, 'issue' | 'tunnels' | 'refusals'>;
  readonly kms: Kms;
  readonly registryRequests: readonly RegistryRequest[];
  /** The environment in which a process uses the emulator instead of AWS. */
  env(): Record<string, string>;
  /** How many calls of an API there were. */
  count(api: string): number;
  /** AWS's clock, milliseconds since the epoch. */
  now(): number;
  /** Adds a fault, and counts its calls from now on. */
  addFault(fault: FaultSpec): void;
  /** Moves the clock of the scenario forward by some milliseconds. */
  advance(milliseconds: number): void;
  /** Closes all connections, including those of requests that hang. */
  close(): Promise<void>;
}

export interface EmulatorOptions {
  readonly recordedFindings?: RecordedFindings;
  /** The login of the proxy; default: none. */
  readonly proxyLogin?: ProxyOptions['login'];
  /** Servers of further hosts behind the proxy, and of hosts that are not to be the emulator's own. */
  readonly route?: ProxyOptions['route'];
}

/** Starts the emulator and the scenario. */
export async function startEmulator(
  scenario: Scenario,
  { recordedFindings, proxyLogin, route }: EmulatorOptions = {},
): Promise<Emulator> {
  const { region } = scenario;
  const played = createAws(scenario, recordedFindings ?? {}, Date.now, () => url);
  const { world, ecr, faults, kms } = played;
  const closing = new AbortController();
  const calls: (Call & { status: number })[] = [];

  const registry = createRegistry(world.store, {
    authenticate: (user, password) => ecr.authenticate(user, password),
    fault: (method, path) => faults.strike('registry', 'registry', `${method} ${path}`),
  });

  /** The part of Amazon S3: serves a layer by its URL. */
  async function serveLayer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const call = { service: 'ecr' as const, api: LAYER_DOWNLOAD, body: path, at: world.now(), status: 0 };
    calls.push(call);
    const fault = faults.strike('ecr', LAYER_DOWNLOAD, path);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'slow') {
      await wait(fault.ms ?? DEFAULT_SLOWNESS_MS, undefined, { signal: closing.signal });
    }
    const blob = ecr.blob(path);
    call.status = DOWNLOAD_REFUSALS[fault?.kind ?? ''] ?? (blob === undefined ? 403 : 200);
    const bytes = fault?.kind === 'empty' ? '' : fault?.kind === 'wrong-bytes' ? spoilt(blob) : blob;
    response.writeHead(call.status, { 'Content-Type': 'application/octet-stream' });
    response.end(call.status === 200 ? bytes : '<Error/>');
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (scenario.tellsNoTime) response.sendDate = false;
    else response.setHeader('Date', new Date(world.now()).toUTCString());
    response.setHeader('x-amzn-requestid', randomUUID());
    if (request.method === 'GET' && request.url?.startsWith(DOWNLOADS)) return serveLayer(request, response);
    const body = await read(request);
    played.moveTags();
    const target = request.headers['x-amz-target'];
    const asked = identify({
      method: request.method ?? '',
      url: request.url ?? '/',
      target: typeof target === 'string' ? target : undefined,
      body,
    });
    if (asked === undefined) {
      const unknown = error(
        404,
        'UnknownOperationException',
        `${request.method} ${request.url} is not emulated`,
      );
      send(response, unknown, encode('ecr', '', unknown));
      return;
    }
    const { service, api } = asked;
    const call = { service, api, body, at: world.now(), status: 0 };
    calls.push(call);
    const reply = (given: Answer) => {
      call.status = given.status;
      send(response, given, encode(service, api, given));
    };

    if (scenario.latencyMs) await wait(scenario.latencyMs, undefined, { signal: closing.signal });
    const credential = credentialOf(request.headers.authorization ?? '');
    const unsigned = played.unsigned(service, credential) ?? clockProblem(request, world);
    if (unsigned !== undefined || credential === undefined) return unsigned && reply(unsigned);
    const outcome = played.take(asked, credential, body === '' ? (request.url ?? '') : body);
    if (outcome.connection === 'hang') return;
    if (outcome.connection === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (outcome.delayMs > 0) await wait(outcome.delayMs, undefined, { signal: closing.signal });
    const given = outcome.answer();
    if (outcome.connection === 'stall') return stall(response, given, encode(service, api, given));
    reply(given);
  }

  const aws: RequestListener = (request, response) => {
    serve(request, response).catch((failure: unknown) => {
      if (closing.signal.aborted || request.destroyed) return;
      // A defect of the emulator must not look like an AWS error that is retried.
      console.error(failure);
      const own = error(501, 'EmulatorFailure', String(failure));
      send(response, own, encode('ecr', '', own));
    });
  };
  const images: RequestListener = (request, response) => {
    response.setHeader('Date', new Date(world.now()).toUTCString());
    played.moveTags();
    registry.listener(request, response);
  };

  const server = createServer(aws);
  const hosts = hostNames(played.regions);
  const proxy = await startProxy({
    login: proxyLogin,
    route: (host) =>
      route?.(host) ?? (hosts.registry.has(host) ? images : hosts.aws.has(host) ? aws : undefined),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const directory = await mkdtemp(join(tmpdir(), 'ecr-emulator-'));
  const caFile = join(directory, 'ca.pem');
  await writeFile(caFile, proxy.caPem);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  played.begin();

  return {
    scenario,
    url,
    store: world.store,
    storeOf: (account, region) => {
      const found = played.regions.find((one) => one.account === account && one.region === region);
      if (found === undefined) throw new Error(`the scenario has no region ${region} of ${account}`);
      return found.world.store;
    },
    digests: world.digests,
    images: scenario.images.map((reference) => world.filled(reference)),
    files: Object.fromEntries(
      Object.entries(scenario.files ?? {}).map(([path, text]) => [path, world.filled(text)]),
    ),
    calls,
    foreign: proxy.foreign,
    proxy,
    kms,
    registryRequests: registry.requests,
    env: () => ({
      AWS_ENDPOINT_URL_ECR: url,
      AWS_ENDPOINT_URL_INSPECTOR2: url,
      AWS_ENDPOINT_URL_ECS: url,
      AWS_ENDPOINT_URL_EKS: url,
      AWS_ENDPOINT_URL_IAM: url,
      AWS_ENDPOINT_URL_LAMBDA: url,
      AWS_ENDPOINT_URL_ORGANIZATIONS: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
      AWS_EC2_METADATA_DISABLED: 'true',
      HTTPS_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1,localhost',
      SSL_CERT_FILE: caFile,
      NODE_EXTRA_CA_CERTS: caFile,
    }),
    count: (api) => calls.filter((call) => call.api === api).length,
    now: () => world.now(),
    addFault: (fault) => faults.add(fault),
    advance: (milliseconds) => played.advance(milliseconds),
    close: async () => {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, proxy.close(), rm(directory, { recursive: true, force: true })]);
    },
  };
}

/**
 * The names under which AWS has what is emulated, with their FIPS and dual-stack variants. Images can be pulled from the
 * first region alone.
 */
function hostNames(regions: readonly { readonly account: string; readonly region: string }[]): {
  registry: Set<string>;
  aws: Set<string>;
} {
  const registries = regions
    .slice(0, 1)
    .flatMap(({ account, region }) => [
      `${account}.dkr.ecr.${region}.amazonaws.com`,
      `${account}.dkr.ecr-fips.${region}.amazonaws.com`,
      `${account}.dkr-ecr.${region}.on.aws`,
      `${account}.dkr-ecr-fips.${region}.on.aws`,
    ]);
  const names = regions.flatMap(({ region }) =>
    ['api.ecr', 'ecr', 'inspector2', 'kms', 'sts'].flatMap((service) => [
      `${service}.${region}.amazonaws.com`,
      `${service}-fips.${region}.amazonaws.com`,
      `${service}.${region}.api.aws`,
      `${service}-fips.${region}.api.aws`,
    ]),
  );
  return { registry: new Set(registries), aws: new Set([...names, 'sts.amazonaws.com']) };
}

/** Why a request is refused for the time at which it was signed; undefined if it is not. */
function clockProblem(request: IncomingMessage, world: World): Answer | undefined {
  const date = String(request.headers['x-amz-date']);
  const signedAt = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const now = world.now();
  // A client may not have noticed yet that the clock was moved.
  const fits = signedAt >= now - world.ahead() - CLOCK_SKEW_MS && signedAt <= now + CLOCK_SKEW_MS;
  if (fits) return undefined;
  const when = signedAt < now ? 'Signature expired' : 'Signature not yet current';
  return error(
    403,
    'InvalidSignatureException',
    `${when}: ${date} is too far from ${new Date(now).toISOString()}`,
  );
}

/** Different bytes of the same length. */
function spoilt(bytes: Buffer | undefined): Buffer | undefined {
  return bytes && Buffer.concat([bytes.subarray(0, -1), Buffer.from(' ')]);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, errorType }: Answer, { text, contentType }: Encoded): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(text),
    ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
  });
  response.end(text);
}

/** Sends half of an answer and keeps the connection open. */
function stall(response: ServerResponse, { status }: Answer, { text, contentType }: Encoded): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) });
  response.write(text.slice(0, Math.floor(text.length / 2)));
}
