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
import { type Answer, Pager } from './answer.ts';
import { type ApiRequest, identify } from './asked.ts';
import { createEcr, DOWNLOADS } from './ecr.ts';
import { alter, error, FaultBook, refusal, type Service, withoutMadeUpToken } from './faults.ts';
import { createInspector2 } from './inspector2.ts';
import { createKms, type Kms } from './kms.ts';
import { startProxy } from './proxy.ts';
import { createRegistry, type RegistryRequest } from './registry.ts';
import type { FaultSpec, Scenario } from './scenario.ts';
import type { Store } from './store.ts';
import { createSts } from './sts.ts';
import { type RecordedFindings, World } from './world.ts';

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
// The example key of AWS's documentation.
const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET_ACCESS_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** A request to one of the AWS APIs. */
export interface Call {
  /** `ListFindings`, `DescribeImages`, … */
  readonly api: string;
  /** As it was received. */
  readonly body: string;
  /** AWS's clock, milliseconds since the epoch. */
  readonly at: number;
  /** The HTTP status of the response; 0 until there is one. */
  readonly status: number;
}

export interface Emulator {
  readonly scenario: Scenario;
  /** The address of the AWS APIs. */
  readonly url: string;
  readonly store: Store;
  /** Digests by the images' names in the scenario. */
  readonly digests: ReadonlyMap<string, string>;
  /** The scenario's references, each `{digest:NAME}` replaced by that digest. */
  readonly images: readonly string[];
  /** The scenario's files, digests and days filled in. */
  readonly files: Readonly<Record<string, string>>;
  readonly calls: readonly Call[];
  /** `host:port` of every host that was requested through the proxy and is not emulated. */
  readonly foreign: readonly string[];
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

/** Starts the emulator and the scenario. */
export async function startEmulator(
  scenario: Scenario,
  { recordedFindings }: { readonly recordedFindings?: RecordedFindings } = {},
): Promise<Emulator> {
  const { account, region } = scenario;
  const world = new World(scenario, recordedFindings);
  const pager = new Pager();
  const ecr = createEcr(world, pager, () => url);
  const inspector = createInspector2(world, pager);
  const kms = createKms(scenario.keys ?? [], { account, region, now: () => world.now() });
  const sts = createSts({ account: world.caller() });
  const faults = new FaultBook(scenario.faults);
  const limit = requestLimit(scenario.requestsPerSecond);
  const closing = new AbortController();
  const calls: (Call & { status: number })[] = [];

  const registry = createRegistry(world.store, {
    authenticate: (user, password) => ecr.authenticate(user, password),
    fault: (method, path) => faults.strike('registry', `${method} ${path}`),
  });

  function answer({ service, api, input }: ApiRequest): Answer {
    switch (service) {
      case 'ecr':
        return ecr.handle(api, input);
      case 'inspector2':
        return inspector.handle(api, input);
      case 'kms':
        return kms.handle(api, input);
      case 'sts':
        return sts.handle(api);
    }
  }

  /** In place of S3: returns a layer to every client that has its URL. */
  async function serveLayer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const call = { api: LAYER_DOWNLOAD, body: path, at: world.now(), status: 0 };
    calls.push(call);
    const fault = faults.strike(LAYER_DOWNLOAD, path);
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
    world.moveTags();
    const target = request.headers['x-amz-target'];
    const asked =
      request.method === 'POST'
        ? identify(request.url ?? '/', typeof target === 'string' ? target : undefined, body)
        : undefined;
    if (asked === undefined) {
      send(
        response,
        'ecr',
        error(404, 'UnknownOperationException', `${request.method} ${request.url} is not emulated`),
      );
      return;
    }
    const { service, api } = asked;
    const call = { api, body, at: world.now(), status: 0 };
    calls.push(call);
    const reply = (given: Answer) => {
      call.status = given.status;
      send(response, service, given);
    };

    if (scenario.latencyMs) await wait(scenario.latencyMs, undefined, { signal: closing.signal });
    const unsigned = signatureProblem(request, service, region, world);
    if (unsigned !== undefined) return reply(unsigned);
    const fault = faults.strike(api, body);
    if (fault === undefined && !limit()) {
      const throttled = refusal('throttle', service, api, asked.input, scenario);
      if (throttled !== undefined) return reply(throttled);
    }
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'slow') {
      await wait(fault.ms ?? DEFAULT_SLOWNESS_MS, undefined, { signal: closing.signal });
    }
    const refused = fault && refusal(fault.kind, service, api, asked.input, scenario);
    if (refused !== undefined) return reply(refused);
    const right = answer({ ...asked, input: withoutMadeUpToken(asked.input) });
    if (fault?.kind === 'stall') return stall(response, service, right);
    reply(fault === undefined ? right : alter(fault.kind, api, right, asked.input, account));
  }

  const aws: RequestListener = (request, response) => {
    serve(request, response).catch((failure: unknown) => {
      if (closing.signal.aborted || request.destroyed) return;
      // A defect of the emulator must not look like an AWS error that is retried.
      console.error(failure);
      send(response, 'ecr', error(501, 'EmulatorFailure', String(failure)));
    });
  };
  const images: RequestListener = (request, response) => {
    response.setHeader('Date', new Date(world.now()).toUTCString());
    world.moveTags();
    registry.listener(request, response);
  };

  const server = createServer(aws);
  const hosts = hostNames(account, region);
  const proxy = await startProxy({
    route: (host) => (hosts.registry.has(host) ? images : hosts.aws.has(host) ? aws : undefined),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const directory = await mkdtemp(join(tmpdir(), 'ecr-emulator-'));
  const caFile = join(directory, 'ca.pem');
  await writeFile(caFile, proxy.caPem);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.begin();

  return {
    scenario,
    url,
    store: world.store,
    digests: world.digests,
    images: scenario.images.map((reference) => world.filled(reference)),
    files: Object.fromEntries(
      Object.entries(scenario.files ?? {}).map(([path, text]) => [path, world.filled(text)]),
    ),
    calls,
    foreign: proxy.foreign,
    kms,
    registryRequests: registry.requests,
    env: () => ({
      AWS_ENDPOINT_URL_ECR: url,
      AWS_ENDPOINT_URL_INSPECTOR2: url,
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
    advance: (milliseconds) => world.advance(milliseconds),
    close: async () => {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, proxy.close(), rm(directory, { recursive: true, force: true })]);
    },
  };
}

/** The host names of the emulated services in AWS, with their FIPS and dual-stack variants. */
function hostNames(account: string, region: string): { registry: Set<string>; aws: Set<string> } {
  const names = (service: string) => [
    `${service}.${region}.amazonaws.com`,
    `${service}-fips.${region}.amazonaws.com`,
    `${service}.${region}.api.aws`,
    `${service}-fips.${region}.api.aws`,
  ];
  return {
    registry: new Set([
      `${account}.dkr.ecr.${region}.amazonaws.com`,
      `${account}.dkr.ecr-fips.${region}.amazonaws.com`,
      `${account}.dkr-ecr.${region}.on.aws`,
      `${account}.dkr-ecr-fips.${region}.on.aws`,
    ]),
    aws: new Set([...['api.ecr', 'ecr', 'inspector2', 'kms', 'sts'].flatMap(names), 'sts.amazonaws.com']),
  };
}

/**
 * Whether a request looks signed for this service and region by the emulator's own key, at about this time.
 * The signature itself is not checked.
 */
function signatureProblem(
  request: IncomingMessage,
  service: Service,
  region: string,
  world: World,
): Answer | undefined {
  const header = request.headers.authorization ?? '';
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]{64}$/.exec(
      header,
    );
  if (match === null) {
    return error(403, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  }
  const [, key, signedRegion, signedService] = match;
  if (key !== ACCESS_KEY_ID) {
    return error(
      403,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  // STS has an endpoint for all regions, whose requests are signed for us-east-1.
  const regionFits = signedRegion === region || (service === 'sts' && signedRegion === 'us-east-1');
  if (signedService !== service || !regionFits) {
    return error(
      403,
      'InvalidSignatureException',
      `Credential should be scoped to a valid region and service: '${region}/${service}', not '${signedRegion}/${signedService}'`,
    );
  }
  const date = String(request.headers['x-amz-date']);
  const signedAt = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const now = world.now();
  // A client may not have noticed yet that the clock was moved.
  const fits = signedAt >= now - world.ahead() - CLOCK_SKEW_MS && signedAt <= now + CLOCK_SKEW_MS;
  if (!fits) {
    const when = signedAt < now ? 'Signature expired' : 'Signature not yet current';
    return error(
      403,
      'InvalidSignatureException',
      `${when}: ${date} is too far from ${new Date(now).toISOString()}`,
    );
  }
  return undefined;
}

/** Different bytes of the same length. */
function spoilt(bytes: Buffer | undefined): Buffer | undefined {
  return bytes && Buffer.concat([bytes.subarray(0, -1), Buffer.from(' ')]);
}

/** A token bucket with the requests of one second, refilled at that rate. */
function requestLimit(perSecond: number | undefined): () => boolean {
  if (perSecond === undefined) return () => true;
  let allowed = perSecond;
  let filledAt = performance.now();
  return () => {
    const now = performance.now();
    allowed = Math.min(perSecond, allowed + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (allowed < 1) return false;
    allowed -= 1;
    return true;
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, service: Service, { status, body, errorType }: Answer): void {
  if (response.destroyed) return;
  const text = typeof body === 'string' ? body : service === 'sts' ? xml(errorType) : JSON.stringify(body);
  const type = CONTENT_TYPES[service];
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
  });
  response.end(text);
}

/** Sends half of a response and keeps the connection open. */
function stall(response: ServerResponse, service: Service, { status, body }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': CONTENT_TYPES[service],
    'Content-Length': Buffer.byteLength(text),
  });
  response.write(text.slice(0, Math.floor(text.length / 2)));
}

/** STS's protocol uses XML for errors; its successful responses are already XML. */
function xml(errorType = ''): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${errorType}</Code><Message>${errorType}</Message></Error></ErrorResponse>`;
}

const CONTENT_TYPES: Readonly<Record<Service, string>> = {
  ecr: 'application/x-amz-json-1.1',
  kms: 'application/x-amz-json-1.1',
  inspector2: 'application/json',
  sts: 'text/xml',
};
