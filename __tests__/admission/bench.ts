/** An emulated ECR with images, a cosign that signs and attests them as the gate does, and other programs. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { registryHost } from '../../emulator/scenario.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import {
  attestArguments,
  NO_SERVICES,
  type SignatureFormat,
  signArguments,
} from '../../src/signing/cosign/arguments.ts';
import { parseSigningKey } from '../../src/signing/key.ts';
import { SUMMARY_TYPE } from '../../src/signing/statements/predicate.ts';
import { ACCOUNT, REGION, SCANNED, scenario } from '../emulator/stage.ts';

/** The key that the examples name, and one that they do not. */
export const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const OTHER_KEY = 'ffffffff-12ab-34cd-56ef-1234567890ab';
const HOST = registryHost({ account: ACCOUNT, region: REGION });
export const REPOSITORY = `${HOST}/team/app`;
export const RESOURCE_URI = `oci://${REPOSITORY}`;

export const DAY_MS = 86_400_000;
const RUN_MS = 120_000;

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Bench {
  readonly emulator: Emulator;
  readonly home: string;
  /** `HOST/REPO@DIGEST` of an image. */
  image(name: string): string;
  /** Signs with the action's own arguments. */
  sign(name: string, key?: string, format?: SignatureFormat): Promise<void>;
  /** Attaches a verification summary with any content, with the action's own arguments. */
  attest(name: string, predicate: object, key?: string, format?: SignatureFormat): Promise<void>;
  /** Runs a program that uses the emulator as AWS. */
  run(program: string, args: string[]): Promise<Finished>;
  close(): Promise<void>;
}

/** @param names the images in the registry, each with a tag of its own name */
export async function startBench(cosign: string, names: readonly string[]): Promise<Bench> {
  const images = names.map((name) => ({ kind: 'image' as const, name, tag: name, timeline: [SCANNED] }));
  const emulator = await startEmulator(
    scenario([], {
      repositories: [{ name: 'team/app', images }],
      keys: [{ id: KEY }, { id: OTHER_KEY }],
    }),
  );
  const home = await mkdtemp(join(tmpdir(), 'admission-'));
  const signingConfig = join(home, 'signing-config.json');
  const trustedRoot = join(home, 'trusted-root.json');
  await writeFile(signingConfig, NO_SERVICES.signingConfig);
  await writeFile(trustedRoot, NO_SERVICES.trustedRoot);
  const auth = await login(emulator);
  await writeFile(join(home, 'config.json'), JSON.stringify({ auths: { [HOST]: { auth } } }));
  const env = { PATH: process.env.PATH ?? '', ...emulator.env(), HOME: home, DOCKER_CONFIG: home };

  const run = (program: string, args: string[]) =>
    new Promise<Finished>((resolve) => {
      execFile(
        program,
        args,
        { env, cwd: home, timeout: RUN_MS, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) =>
          resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
      );
    });
  const succeed = async (args: string[]) => {
    const { exitCode, stderr } = await run(cosign, args);
    if (exitCode !== 0) throw new Error(`cosign ${args.join(' ')}: ${stderr}`);
  };
  const keyOf = (id: string) => parseSigningKey(emulator.kms.arn(id));
  const image = (name: string) => {
    const digest = emulator.digests.get(name);
    if (digest === undefined) throw new Error(`no image ${name}`);
    return `${REPOSITORY}@${digest}`;
  };
  const making = (name: string, key: string, format: SignatureFormat) => ({
    image: image(name),
    key: keyOf(key),
    format,
    transparencyLog: false,
    signingConfig,
    trustedRoot,
    ownServices: false,
    timeoutMs: RUN_MS,
  });
  let predicates = 0;
  return {
    emulator,
    home,
    image,
    sign: (name, key = KEY, format = 'bundle') =>
      succeed(signArguments({ ...making(name, key, format), annotations: {} })),
    attest: async (name, predicate, key = KEY, format = 'bundle') => {
      predicates += 1;
      const predicateFile = join(home, `predicate-${predicates}.json`);
      await writeFile(predicateFile, JSON.stringify(predicate));
      await succeed(attestArguments({ ...making(name, key, format), type: SUMMARY_TYPE, predicateFile }));
    },
    run,
    close: async () => {
      await emulator.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The credentials that docker login stores. */
async function login(emulator: Emulator): Promise<string> {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = emulator.env();
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const ecr = new ECRClient({ endpoint: emulator.url, region: REGION, credentials });
  try {
    const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
    return authorizationData?.[0]?.authorizationToken ?? '';
  } finally {
    ecr.destroy();
  }
}
