/**
 * A private Sigstore on loopback: the real Fulcio, a real certificate transparency log (TesseraCT), the real
 * Rekor (v2, on tiles) and the real timestamp authority, each a process with its own keys, and the files with which
 * cosign uses and trusts them.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { createGitHubOidc, GITHUB_ISSUER, type Job } from './github-oidc.ts';
import { startProxy } from './proxy.ts';

/** The directory of the programs. */
export interface SigstorePrograms {
  readonly cosign: string;
  readonly fulcio: string;
  readonly rekor: string;
  readonly tesseract: string;
  readonly timestampAuthority: string;
}

export interface Sigstore {
  /** A file that names the services, for `cosign sign --signing-config`. */
  readonly signingConfig: string;
  /** A file with the services' keys and certificates, for `--trusted-root`. */
  readonly trustedRoot: string;
  /** The environment variables of the job, with the endpoint of its identity token. */
  env(): Record<string, string>;
  /** How many identity tokens the job received. */
  tokens(): number;
  /** How many entries the log has. */
  logSize(): Promise<number>;
  /** Stops the transparency log, and starts it again with the same content. */
  stopLog(): Promise<void>;
  startLog(): Promise<void>;
  /** Ends every process and removes its files. */
  close(): Promise<void>;
}

const START_MS = 60_000;
const POLL_MS = 100;
const KILL_AFTER_MS = 5_000;
const LOG_TAIL = 2_000;
// Verifiers use the host name in the log's address as its origin.
const REKOR_ORIGIN = '127.0.0.1';
const CT_ORIGIN = 'ct.sigstore.test';
const OPERATOR = 'sigstore.test';

/**
 * Starts the services for one job.
 * @throws Error with the end of a service's output, if it does not start
 */
export async function startSigstore(programs: SigstorePrograms, job: Job): Promise<Sigstore> {
  const home = await mkdtemp(join(tmpdir(), 'sigstore-'));
  const services: Service[] = [];
  const closers: (() => Promise<unknown>)[] = [() => rm(home, { recursive: true, force: true })];
  const close = async () => {
    await Promise.all(services.map((service) => service.stop()));
    for (const closer of closers.toReversed()) await closer();
  };
  try {
    const oidc = createGitHubOidc(job);
    const tokens = await listen(oidc.tokens);
    closers.push(tokens.close);
    // Fulcio reaches the issuer under its real name.
    const host = new URL(GITHUB_ISSUER).hostname;
    const proxy = await startProxy({ route: (name) => (name === host ? oidc.issuer : undefined) });
    closers.push(() => proxy.close());
    const file = async (name: string, content: string) => {
      const path = join(home, name);
      await writeFile(path, content, { mode: 0o600 });
      return path;
    };
    const start = async (
      program: string,
      args: string[],
      healthy: string,
      env: Record<string, string> = {},
    ) => {
      const service = startService(program, args, { PATH: process.env.PATH ?? '', HOME: home, ...env });
      services.push(service);
      await service.answers(healthy);
      return service;
    };

    const [ct, rekor, rekorGrpc, rekorMetrics, fulcio, fulcioGrpc, fulcioMetrics, tsa] = await freePorts(8);
    const url = (port: number | undefined) => `http://127.0.0.1:${port}`;

    await start(programs.timestampAuthority, [`--port=${tsa}`], `${url(tsa)}/api/v1/timestamp/certchain`);

    const rekorKey = ecKey();
    await mkdir(join(home, 'rekor'));
    const rekorArgs = [
      'serve',
      '--http-address=127.0.0.1',
      `--http-port=${rekor}`,
      `--grpc-port=${rekorGrpc}`,
      `--http-metrics-port=${rekorMetrics}`,
      `--hostname=${REKOR_ORIGIN}`,
      `--storage-dir=${join(home, 'rekor')}`,
      `--signer-filepath=${await file('rekor.pem', rekorKey.pkcs8)}`,
      '--checkpoint-interval=1s',
      '--batch-max-age=50ms',
    ];
    const startLog = () => start(programs.rekor, rekorArgs, `${url(rekor)}/healthz`);
    let log = await startLog();

    // Fulcio creates its authority when it starts. The log must know the authority, and Fulcio must know the log.
    const fulcioConfig = {
      'oidc-issuers': {
        [GITHUB_ISSUER]: { 'issuer-url': GITHUB_ISSUER, 'client-id': 'sigstore', type: 'github-workflow' },
      },
    };
    await start(
      programs.fulcio,
      [
        'serve',
        '--ca=ephemeralca',
        '--host=127.0.0.1',
        `--port=${fulcio}`,
        '--grpc-host=127.0.0.1',
        `--grpc-port=${fulcioGrpc}`,
        `--metrics-port=${fulcioMetrics}`,
        `--legacy-unix-domain-socket=${join(home, 'fulcio.sock')}`,
        `--ct-log-url=${url(ct)}`,
        `--config-path=${await file('fulcio.yaml', stringify(fulcioConfig))}`,
      ],
      `${url(fulcio)}/healthz`,
      { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: await file('ca.pem', proxy.caPem) },
    );
    const bundle = (await (await fetch(`${url(fulcio)}/api/v2/trustBundle`)).json()) as {
      chains: { certificates: string[] }[];
    };
    const fulcioChain = await file('fulcio.pem', bundle.chains[0]?.certificates.join('\n') ?? '');

    const ctKey = ecKey();
    await mkdir(join(home, 'ct'));
    await start(
      programs.tesseract,
      [
        `--http_endpoint=127.0.0.1:${ct}`,
        `--storage_dir=${join(home, 'ct')}`,
        `--private_key=${await file('ct.pem', ctKey.sec1)}`,
        `--origin=${CT_ORIGIN}`,
        `--roots_pem_file=${fulcioChain}`,
        '--ext_key_usages=CodeSigning',
        '--checkpoint_interval=1s',
        '--batch_max_age=50ms',
      ],
      `${url(ct)}/ct/v1/get-roots`,
    );
    const tsaChain = await file(
      'tsa.pem',
      await (await fetch(`${url(tsa)}/api/v1/timestamp/certchain`)).text(),
    );

    const trustedRoot = join(home, 'trusted-root.json');
    const signingConfig = join(home, 'signing-config.json');
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const cosign = (args: string[]) =>
      promisify(execFile)(programs.cosign, args, { env: { PATH: process.env.PATH ?? '', HOME: home } });
    await cosign([
      'trusted-root',
      'create',
      `--fulcio=url=${url(fulcio)},certificate-chain=${fulcioChain}`,
      `--ctfe=url=${url(ct)},public-key=${await file('ct.pub', ctKey.spki)},start-time=${since}`,
      `--rekor=url=${url(rekor)},public-key=${await file('rekor.pub', rekorKey.spki)},start-time=${since},origin=${REKOR_ORIGIN}`,
      `--tsa=url=${url(tsa)}/api/v1/timestamp,certificate-chain=${tsaChain}`,
      `--out=${trustedRoot}`,
    ]);
    const served = (at: string, version: number) =>
      `url=${at},api-version=${version},start-time=${since},operator=${OPERATOR}`;
    await cosign([
      'signing-config',
      'create',
      `--fulcio=${served(url(fulcio), 1)}`,
      `--oidc-provider=${served(GITHUB_ISSUER, 1)}`,
      `--rekor=${served(url(rekor), 2)}`,
      '--rekor-config=EXACT:1',
      `--tsa=${served(`${url(tsa)}/api/v1/timestamp`, 1)}`,
      '--tsa-config=EXACT:1',
      `--out=${signingConfig}`,
    ]);

    return {
      signingConfig,
      trustedRoot,
      env: () => ({
        ACTIONS_ID_TOKEN_REQUEST_URL: `${tokens.url}/token?api-version=2.0`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidc.requestToken,
      }),
      tokens: oidc.issued,
      logSize: async () => {
        // Rekor does not serve reads; a separate file server does.
        const checkpoint = await readFile(join(home, 'rekor', 'checkpoint'), 'utf8');
        return Number(checkpoint.split('\n')[1]);
      },
      stopLog: () => log.stop(),
      startLog: async () => {
        log = await startLog();
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Service {
  /** Resolves when the address responds with success. */
  answers(url: string): Promise<void>;
  stop(): Promise<void>;
}

function startService(program: string, args: string[], env: Record<string, string>): Service {
  const child: ChildProcess = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let failure: Error | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      printed = (printed + data.toString('utf8')).slice(-LOG_TAIL);
    });
  }
  // A test run that is interrupted leaves no processes or files behind.
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      failure = error;
      resolve();
    });
    child.once('close', () => {
      process.off('exit', killNow);
      resolve();
    });
  });
  const over = () => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    answers: async (url) => {
      const deadline = Date.now() + START_MS;
      for (;;) {
        if (over()) throw new Error(`${program} ended: ${failure?.message ?? printed}`);
        const well = await fetch(url, { signal: AbortSignal.timeout(START_MS) }).then(
          async (response) => {
            await response.arrayBuffer();
            return response.ok;
          },
          () => false,
        );
        if (well) return;
        if (Date.now() > deadline) throw new Error(`${program} does not respond at ${url}: ${printed}`);
        await wait(POLL_MS);
      }
    },
    stop: async () => {
      if (over()) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

async function listen(listener: RequestListener): Promise<Listening> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Free ports: all are opened at the same time, so that no two are equal, and then closed. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createSocketServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function ecKey(): { readonly pkcs8: string; readonly sec1: string; readonly spki: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sec1: privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
    spki: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}
