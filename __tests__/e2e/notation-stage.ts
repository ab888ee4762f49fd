/** The real notation with certificates of its own, and a stand-in for the plugin of AWS Signer. */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { expect, onTestFinished } from 'vitest';
import type { Emulator } from '../../emulator/server.ts';
import { type ActionOptions, type ActionRun, runAction } from '../../scripts/runner.ts';
import { SIGNER_PLUGIN } from '../../src/signing/notation/arguments.ts';

const run = promisify(execFile);

export const PROFILE = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release';

/** Keys and certificates of one authority, and a configuration of notation that has them. */
export interface NotationStage {
  /** A user's NOTATION_CONFIG with the keys `gate` and `other`, and with the plugin. */
  readonly config: string;
  /** A trust store directory with the authority as `ca:release` and `signingAuthority:aws-signer-ts`. */
  readonly store: string;
  readonly directory: string;
  /** Writes a trust policy, and returns its path. */
  policy(changes?: Record<string, unknown>): Promise<string>;
}

/** The statement that trusts the key `gate`. */
const STATEMENT = {
  name: 'release',
  registryScopes: ['*'],
  signatureVerification: { level: 'strict' },
  trustStores: ['ca:release'],
  trustedIdentities: ['x509.subject: C=US, ST=WA, O=Acme, CN=gate'],
};

/** The same for the signing profile. */
export const OF_SIGNER = { trustStores: ['signingAuthority:aws-signer-ts'], trustedIdentities: [PROFILE] };

let authority: Promise<string> | undefined;

/** Creates the authority once: an issuer with two P-384 signing certificates, of `gate` and of `other`. */
async function createAuthority(): Promise<string> {
  const at = await mkdtemp(join(tmpdir(), 'gate-notation-ca-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: at });
  const extensions = {
    root: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n',
    leaf: 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n',
  };
  for (const [name, text] of Object.entries(extensions)) await writeFile(join(at, `${name}.ext`), text);
  for (const name of ['root', 'gate', 'other']) {
    await openssl(
      'genpkey',
      '-algorithm',
      'EC',
      '-pkeyopt',
      'ec_paramgen_curve:P-384',
      '-out',
      `${name}.key`,
    );
    await openssl(
      'req',
      '-new',
      '-key',
      `${name}.key`,
      '-subj',
      `/C=US/ST=WA/O=Acme/CN=${name}`,
      '-out',
      `${name}.csr`,
    );
    const signer =
      name === 'root' ? ['-key', 'root.key'] : ['-CA', 'root.crt', '-CAkey', 'root.key', '-CAcreateserial'];
    const extfile = name === 'root' ? 'root.ext' : 'leaf.ext';
    await openssl(
      ...['x509', '-req', '-sha384', '-days', '7', '-in', `${name}.csr`],
      ...(name === 'root' ? ['-signkey', 'root.key'] : signer),
      ...['-extfile', extfile, '-out', `${name}.crt`],
    );
    const chain = await readFile(join(at, `${name}.crt`), 'utf8');
    const root = name === 'root' ? '' : await readFile(join(at, 'root.crt'), 'utf8');
    await writeFile(join(at, `${name}.pem`), chain + root);
  }
  return at;
}

/** For `afterAll`. */
export async function removeAuthority(): Promise<void> {
  if (authority !== undefined) await rm(await authority, { recursive: true, force: true });
}

export async function stageNotation(): Promise<NotationStage> {
  authority ??= createAuthority();
  const directory = await mkdtemp(join(tmpdir(), 'gate-notation-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const keys = join(directory, 'keys');
  await cp(await authority, keys, { recursive: true });
  const [config, store] = [join(directory, 'config'), join(directory, 'truststore')];
  for (const name of [join('ca', 'release'), join('signingAuthority', 'aws-signer-ts')]) {
    await mkdir(join(store, 'x509', name), { recursive: true });
    await cp(join(keys, 'root.crt'), join(store, 'x509', name, 'root.crt'));
  }
  await mkdir(config);
  const entry = (name: string) => ({
    name,
    keyPath: join(keys, `${name}.key`),
    certPath: join(keys, `${name}.pem`),
  });
  await writeFile(
    join(config, 'signingkeys.json'),
    JSON.stringify({ default: 'other', keys: [entry('other'), entry('gate')] }),
  );
  const plugin = join(config, 'plugins', SIGNER_PLUGIN);
  await mkdir(plugin, { recursive: true });
  const program = join(plugin, `notation-${SIGNER_PLUGIN}`);
  await writeFile(program, pluginProgram(keys));
  await chmod(program, 0o755);
  let count = 0;
  return {
    config,
    store,
    directory,
    policy: async (changes = {}) => {
      count += 1;
      const path = join(directory, `trustpolicy-${count}.json`);
      await writeFile(
        path,
        JSON.stringify({ version: '1.0', trustPolicies: [{ ...STATEMENT, ...changes }] }),
      );
      return path;
    },
  };
}

/**
 * A program that speaks the plugin protocol 1.0 as the plugin of AWS Signer does: it makes whole envelopes, and verifies
 * identity and revocation. It writes each request and its environment to the file `asked` beside the keys. A file `revoked`
 * there makes it say that signatures are revoked, and `denied` that AWS denies access.
 * Source: notaryproject/specifications, plugin-extensibility.md.
 */
function pluginProgram(keys: string): string {
  return `#!${process.execPath}
const { createPrivateKey, sign, X509Certificate } = require('node:crypto');
const fs = require('node:fs');
const keys = ${JSON.stringify(keys)};
const [, , command] = process.argv;
const request = JSON.parse(fs.readFileSync(0, 'utf8') || '{}');
fs.appendFileSync(keys + '/asked', JSON.stringify({ command, request, env: process.env }) + '\\n');
const profile = 'com.amazonaws.signer.signingProfileVersion';
const job = 'com.amazonaws.signer.signingJob';
const plugin = 'io.cncf.notary.verificationPlugin';
const scheme = 'io.cncf.notary.signingScheme';
const time = 'io.cncf.notary.authenticSigningTime';
const answer = {
  'get-plugin-metadata': () => ({
    name: '${SIGNER_PLUGIN}', description: 'stand-in', version: '1.0.350', url: 'https://example.com',
    supportedContractVersions: ['1.0'],
    capabilities: ['SIGNATURE_GENERATOR.ENVELOPE', 'SIGNATURE_VERIFIER.TRUSTED_IDENTITY', 'SIGNATURE_VERIFIER.REVOCATION_CHECK'],
  }),
  'generate-envelope': () => {
    if (fs.existsSync(keys + '/denied')) throw { errorCode: 'ACCESS_DENIED', errorMessage: 'AccessDeniedException: User is not authorized to perform: signer:SignPayload' };
    const header = {
      alg: 'ES384', cty: request.payloadType, crit: [scheme, time, plugin, profile, job],
      [scheme]: 'notary.x509.signingAuthority', [time]: new Date().toISOString().replace(/\\.\\d+Z/, 'Z'), [plugin]: '${SIGNER_PLUGIN}',
      [profile]: request.keyId + '/abcdefghij', [job]: request.keyId.replace('/signing-profiles/release', '/signing-jobs/1'),
    };
    const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
    const payload = Buffer.from(request.payload, 'base64').toString('base64url');
    const key = createPrivateKey(fs.readFileSync(keys + '/gate.key'));
    const signature = sign('sha384', Buffer.from(encoded + '.' + payload), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    const chain = ['gate', 'root'].map((name) => new X509Certificate(fs.readFileSync(keys + '/' + name + '.crt')).raw.toString('base64'));
    const envelope = { payload, protected: encoded, header: { x5c: chain, 'io.cncf.notary.signingAgent': 'stand-in' }, signature };
    return {
      signatureEnvelope: Buffer.from(JSON.stringify(envelope)).toString('base64'),
      signatureEnvelopeType: request.signatureEnvelopeType, annotations: {},
    };
  },
  'verify-signature': () => {
    const { criticalAttributes } = request.signature;
    const version = criticalAttributes.extendedAttributes[profile] ?? '';
    const trusted = request.trustPolicy.trustedIdentities.some((arn) => version.startsWith(arn + '/'));
    const revoked = fs.existsSync(keys + '/revoked');
    return {
      verificationResults: {
        'SIGNATURE_VERIFIER.TRUSTED_IDENTITY': { success: trusted, reason: trusted ? '' : 'signing profile is not trusted' },
        'SIGNATURE_VERIFIER.REVOCATION_CHECK': { success: !revoked, reason: revoked ? 'resource is revoked' : '' },
      },
      processedAttributes: [profile, job],
    };
  },
}[command];
try {
  process.stdout.write(JSON.stringify(answer()));
} catch (error) {
  process.stderr.write(JSON.stringify({ errorCode: error.errorCode ?? 'ERROR', errorMessage: error.errorMessage ?? String(error) }));
  process.exitCode = 1;
}
`;
}

/** Runs an action with the real notation and this configuration. Checks that no file remains in RUNNER_TEMP. */
export async function runWith(
  notation: string,
  emulator: Emulator,
  stage: NotationStage,
  inputs: Record<string, string>,
  { env = {}, path = [], ...options }: Partial<ActionOptions> & { readonly path?: readonly string[] } = {},
): Promise<ActionRun> {
  const result = await runAction({
    inputs: {
      image: emulator.images.join('\n'),
      ...emulator.scenario.inputs,
      'signing-key': '',
      ...inputs,
    },
    env: {
      ...emulator.env(),
      NOTATION_CONFIG: stage.config,
      PATH: [dirname(notation), ...path, process.env.PATH].join(delimiter),
      ...env,
    },
    ...options,
  });
  onTestFinished(() => result.clean());
  expect(emulator.foreign).toEqual([]);
  const files = await run('find', [result.temp, '-mindepth', '1', '-maxdepth', '1', '-printf', '%f\n']);
  const left = files.stdout
    .split('\n')
    .filter((name) => !/^(output|summary\.md|ecr-deployment-gate-.*)?$/.test(name));
  expect(left).toEqual([]);
  return result;
}

/** Signs without the gate, as everyone with the key and the credentials can. */
export async function signByHand(
  notation: string,
  emulator: Emulator,
  stage: NotationStage,
  image: string,
  ...args: string[]
): Promise<void> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = emulator.env();
  const client = new ECRClient({
    endpoint: emulator.url,
    region: emulator.scenario.region,
    credentials: { accessKeyId, secretAccessKey },
  });
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
  client.destroy();
  const [user = '', password = ''] = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const env = {
    ...emulator.env(),
    PATH: process.env.PATH ?? '',
    HOME: stage.directory,
    NOTATION_CONFIG: stage.config,
    NOTATION_USERNAME: user,
    NOTATION_PASSWORD: password,
  };
  await run(notation, ['sign', '--force-referrers-tag=false', ...args, image], { env });
}
