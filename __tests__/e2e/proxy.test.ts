/** The bundled gate behind a proxy that requires a login, and a private certificate authority. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type RequestListener, request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from '../../emulator/aws.ts';
import { startGitHub } from '../../emulator/github.ts';
import { startGitHubComments } from '../../emulator/github-comments.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/server.ts';
import { type ActionRun, runAction } from '../../scripts/runner.ts';
import { findCosign, keyOf, needsCosign } from './signed.ts';

beforeAll(findCosign, 900_000);

// Characters that have a meaning in a URL, and that only a part of all programs encode in the same way.
const LOGIN = { user: 'runner-1', password: 'p@ss:w/rd#%2F^é' };
const SECRETS = [
  LOGIN.password,
  encodeURIComponent(LOGIN.password),
  Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64'),
];
const SHA = 'a'.repeat(40);

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'gate-proxy-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function behindProxy(name: string, route?: EmulatorOptions['route']): Promise<Emulator> {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const emulator = await startEmulator(scenario, {
    proxyLogin: LOGIN,
    ...(route === undefined ? {} : { route }),
  });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** Which names a process of Node resolves: all that it connects to without the proxy. */
interface Resolver {
  readonly env: Record<string, string>;
  names(): Promise<string[]>;
}

/** Names below `internal.test` are this machine; others do not exist. */
async function resolver(): Promise<Resolver> {
  const home = await directory();
  const [script, file] = [join(home, 'resolver.mjs'), join(home, 'names')];
  await writeFile(
    script,
    `import dns from 'node:dns';
     import { appendFileSync } from 'node:fs';
     dns.lookup = (name, options, callback) => {
       appendFileSync(${JSON.stringify(file)}, name + '\\n');
       if (!name.endsWith('.internal.test')) return callback(Object.assign(new Error('direct ' + name), { code: 'ENOTFOUND' }));
       options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
     };`,
  );
  await writeFile(file, '');
  return {
    env: { NODE_OPTIONS: `--import ${pathToFileURL(script)}` },
    names: async () => (await readFile(file, 'utf8')).split('\n').filter((line) => line !== ''),
  };
}

/** The environment of a pull request's workflow on an Enterprise Server. */
async function pullRequest(): Promise<Record<string, string>> {
  const event = join(await directory(), 'event.json');
  const pull = { number: 12, head: { sha: SHA, repo: { full_name: 'octo/app' } } };
  await writeFile(event, JSON.stringify({ pull_request: pull }));
  return {
    GITHUB_API_URL: 'https://ghe.example.com/api/v3',
    GITHUB_SERVER_URL: 'https://ghe.example.com',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: 'octo/app',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
  };
}

/** Passes requests on to a server of this machine. */
function forwardTo(base: string): RequestListener {
  return (given, response) => {
    const { method, headers, url } = given;
    const passed = request(new URL(url ?? '/', base), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    given.pipe(passed);
  };
}

/** The addresses of AWS itself, and the certificate authority as a runner has it: known to Node.js alone. */
const REAL_NAMES = {
  AWS_ENDPOINT_URL_ECR: '',
  AWS_ENDPOINT_URL_INSPECTOR2: '',
  NO_PROXY: '',
  SSL_CERT_FILE: '',
  RUNNER_DEBUG: '1',
};

async function play(
  emulator: Emulator,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<ActionRun> {
  const { 'signing-key': _, ...given } = emulator.scenario.inputs ?? {};
  const run = await runAction({
    inputs: { image: emulator.images.join('\n'), ...given, ...inputs },
    env: { ...emulator.env(), ...REAL_NAMES, PATH: '/usr/bin:/bin', ...env },
  });
  onTestFinished(() => run.clean());
  const report = await readFile(run.outputs.report ?? '', 'utf8');
  for (const text of [run.log, run.summary, JSON.stringify(run.outputs), report]) {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  }
  return run;
}

describe('a proxy that requires a login', () => {
  it('gets every request: of AWS, its credentials, GitHub, the download of cosign and cosign itself', {
    timeout: 240_000,
  }, async (context) => {
    const cosign = await needsCosign(context);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(cosign)) hash.update(chunk as Buffer);
    const policies = await startGitHub([
      { name: 'octo/policies', tokens: ['ghs_writer'], files: { [`${SHA}:gate.yml`]: 'version: 1\n' } },
    ]);
    onTestFinished(() => policies.close());
    const comments = await startGitHubComments('octo/app', {
      ghs_writer: { id: 1, login: 'bot', access: 'write' },
    });
    onTestFinished(() => comments.close());
    const [toPolicies, toComments] = [forwardTo(policies.url), forwardTo(comments.url)];
    const routes: Record<string, RequestListener> = {
      'ghe.example.com': (given, response) =>
        (given.url?.includes('octo/policies') ? toPolicies : toComments)(given, response),
      'github.com': (given, response) =>
        response
          .writeHead(302, { Location: `https://release-assets.githubusercontent.com${given.url}` })
          .end(),
      'release-assets.githubusercontent.com': (_, response) => createReadStream(cosign).pipe(response),
      'sts.eu-central-1.amazonaws.com': (_, response) => {
        const expiration = new Date(Date.now() + 3_600_000).toISOString();
        response.writeHead(200, { 'Content-Type': 'text/xml' }).end(
          `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
             <AccessKeyId>${ACCESS_KEY_ID}</AccessKeyId><SecretAccessKey>${SECRET_ACCESS_KEY}</SecretAccessKey>
             <SessionToken>session</SessionToken><Expiration>${expiration}</Expiration>
           </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
        );
      },
    };
    const emulator = await behindProxy('pass-single', (host) => routes[host]);
    const home = await directory();
    await writeFile(join(home, 'token'), 'header.payload.signature');
    const direct = await resolver();
    const run = await play(
      emulator,
      {
        'signing-key': keyOf(emulator),
        'cosign-version': `v3.0.6@sha256:${hash.digest('hex')}`,
        policy: `octo/policies/gate.yml@${SHA}`,
        comment: 'always',
        'github-token': 'ghs_writer',
      },
      {
        ...direct.env,
        AWS_ACCESS_KEY_ID: '',
        AWS_SECRET_ACCESS_KEY: '',
        AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token'),
        AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/deployment-gate',
        AWS_ROLE_SESSION_NAME: 'job',
        ...(await pullRequest()),
        // Without a scheme, as curl accepts it.
        HTTPS_PROXY: emulator.env().HTTPS_PROXY?.replace('http://', '') ?? '',
      },
    );
    expect(run.outputs, run.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    expect(run.log).toContain('cosign v3.0.6 downloaded');
    expect(run.log).toContain('Commented on #12.');
    expect(run.log).not.toContain('::warning');
    const [registry = ''] = (emulator.images[0] ?? '').split('/');
    expect(new Set(emulator.proxy.tunnels)).toEqual(
      new Set(
        [
          'api.ecr.eu-central-1.amazonaws.com',
          'inspector2.eu-central-1.amazonaws.com',
          'kms.eu-central-1.amazonaws.com',
          registry,
          ...Object.keys(routes),
        ].map((host) => `${host}:443`),
      ),
    );
    expect([emulator.foreign, emulator.proxy.refusals(), await direct.names()]).toEqual([[], 0, []]);
  });

  it('does not get requests to hosts in NO_PROXY', async () => {
    const emulator = await behindProxy('long-finished');
    const { pem, key } = emulator.proxy.issue('ecr.internal.test');
    const ecr = createServer(
      { cert: pem, key: key.export({ type: 'pkcs8', format: 'pem' }) },
      forwardTo(emulator.url),
    );
    await new Promise<void>((resolve) => ecr.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      ecr.close();
      ecr.closeAllConnections();
    });
    const direct = await resolver();
    const run = await play(
      emulator,
      {},
      {
        ...direct.env,
        AWS_ENDPOINT_URL_ECR: `https://ecr.internal.test:${(ecr.address() as AddressInfo).port}`,
        // Spaces, and a domain without a dot at its beginning.
        NO_PROXY: 'example.org , internal.test',
      },
    );
    expect(run.outputs.verdict, run.log).toMatch(/pass|warn/);
    expect(new Set(emulator.proxy.tunnels)).toEqual(new Set(['inspector2.eu-central-1.amazonaws.com:443']));
    expect(new Set(await direct.names())).toEqual(new Set(['ecr.internal.test']));
  });

  it.each([
    'wrong',
    '',
  ])('is not tried again with the password %j, and the message says so', async (password) => {
    const emulator = await behindProxy('long-finished');
    const proxy = new URL(emulator.env().HTTPS_PROXY ?? '');
    proxy.password = password;
    const run = await play(emulator, { timeout: '60s' }, { HTTPS_PROXY: proxy.href });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(run.log).toMatch(/^::error .*407.*Check the user name and the password in HTTPS_PROXY/m);
    // Proxies lock accounts after several attempts. The first calls are made at the same time, each of them once.
    expect(emulator.proxy.refusals()).toBeLessThanOrEqual(6);
    expect(run.durationMs).toBeLessThan(30_000);
  });

  it.each([
    ['a character that is not encoded', (url: string) => url.replace('%23', '#')],
    ['a wrong percent sign', (url: string) => url.replace('%2F', '%zz')],
    ['a port that is no number', (url: string) => url.replace(/:\d+$/, ':proxy')],
    ['another protocol', (url: string) => url.replace('http:', 'socks5:')],
  ])('is refused before the first request if its address has %s', async (_, edit) => {
    const emulator = await behindProxy('long-finished');
    const direct = await resolver();
    const address = edit(emulator.env().HTTPS_PROXY ?? '');
    const run = await play(
      emulator,
      { comment: 'always', 'github-token': 'ghs' },
      { ...direct.env, ...(await pullRequest()), HTTPS_PROXY: address },
    );
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(run.log).toMatch(/^::error .*HTTPS_PROXY/m);
    expect([emulator.proxy.tunnels, emulator.foreign, await direct.names()]).toEqual([[], [], []]);
    expect(run.log).not.toContain(new URL(emulator.env().HTTPS_PROXY ?? '').password.slice(0, 6));
  });
});
