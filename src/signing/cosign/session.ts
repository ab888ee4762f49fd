/** One cosign for one run: the program, its private directory with the registry credentials, and how it is called. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { interrupted } from '../../aws/errors.ts';
import type { Deadline } from '../../deadline.ts';
import { imageUri } from '../../image/reference.ts';
import type { Digest, Registry } from '../../results/registry.ts';
import type { Services, SigningPorts } from '../ports.ts';
import { NO_SERVICES, type SignatureFormat, type Verifier } from './arguments.ts';
import type { ByHand } from './by-hand.ts';
import { type ChildSettings, childEnvironment } from './environment.ts';
import { type Execution, execute } from './exec.ts';
import { explainFailure, type Failure } from './failures.ts';
import type { LoopbackImage, LoopbackRegistry, ServedImage } from './loopback-registry.ts';
import type { Cosign } from './provision.ts';

export interface SessionOptions {
  readonly key: ChildSettings['key'];
  /** The region of the key, where that is known. */
  readonly keyRegion: string | undefined;
  /** Private Sigstore services; undefined if none are used. */
  readonly services: Services | undefined;
  /** Whether signatures by a key go into the transparency log, and have to be in it. */
  readonly transparencyLog: boolean;
}

export interface CosignSession extends SessionOptions {
  readonly ports: SigningPorts;
  readonly cosign: Cosign;
  /** A directory that only this user can read. It is removed when the session is closed. */
  readonly home: string;
  readonly signingConfig: string;
  readonly trustedRoot: string;
  /** Whether `signingConfig` and `trustedRoot` name private Sigstore services. */
  readonly ownServices: boolean;
  /** Path of a trusted root that names no service. */
  readonly emptyRoot: string;
  /** The host names of the registries whose credentials are in the directory. */
  readonly registries: Set<string>;
  /** Serves what was read of an image to cosign, from a registry on 127.0.0.1. */
  serve(image: ServedImage): Promise<LoopbackImage>;
  /** Removes the directory, with the credentials in it. */
  close(): Promise<void>;
}

// How long one call of cosign may take. cosign's own default is three minutes.
const CALL_MS = 120_000;

/**
 * Starts a session with a cosign and its private directory. If that fails, the directory is removed.
 * @throws Error if the directory cannot be written
 */
export async function openSession(
  cosign: Cosign,
  options: SessionOptions,
  ports: SigningPorts,
): Promise<CosignSession> {
  const home = cosign.directory.path;
  let registry: Promise<LoopbackRegistry> | undefined;
  const close = async () => {
    await registry?.then((started) => started.close()).catch(() => {});
    await cosign.directory.close();
  };
  try {
    const none = {
      signingConfig: join(home, 'signing-config.json'),
      trustedRoot: join(home, 'trusted-root.json'),
    };
    await writeFile(none.signingConfig, NO_SERVICES.signingConfig, { mode: 0o600 });
    await writeFile(none.trustedRoot, NO_SERVICES.trustedRoot, { mode: 0o600 });
    return {
      ...options,
      ports,
      cosign,
      home,
      signingConfig: options.services?.signingConfig ?? none.signingConfig,
      trustedRoot: options.services?.trustedRoot ?? none.trustedRoot,
      ownServices: options.services !== undefined,
      emptyRoot: none.trustedRoot,
      registries: new Set(),
      serve: async (image) => {
        registry ??= import('./loopback-registry.ts').then((module) => module.startLoopbackRegistry());
        return (await registry).serve(image);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Writes credentials for a registry into the private directory, where cosign reads them.
 * @throws GateError if ECR gives no credentials
 */
export async function logIn({ ports, home, registries }: CosignSession, registry: Registry): Promise<void> {
  if (registries.has(registry.host)) return;
  const { user, password } = await ports.authorize(registry);
  const auth = Buffer.from(`${user}:${password}`).toString('base64');
  ports.mask(password);
  ports.mask(auth);
  const path = join(home, 'config.json');
  const existing = JSON.parse(await readFile(path, 'utf8').catch(() => '{"auths":{}}')) as { auths: object };
  const auths = { ...existing.auths, [registry.host]: { auth } };
  await writeFile(path, JSON.stringify({ auths }), { mode: 0o600 });
  registries.add(registry.host);
}

export interface CallLimits {
  /** How many bytes cosign may print; default 8 MiB. */
  readonly mostOutput?: number;
  /** How long the call may take, in milliseconds; default two minutes. The deadline of the run limits it as well. */
  readonly mostMs?: number;
}

/**
 * Calls cosign once.
 * @param registry its region is used where neither the key nor the environment has one
 * @throws GateError `signing` if cosign has changed since its checksum was logged
 */
export async function call(
  session: CosignSession,
  args: string[],
  registry: Registry | undefined,
  { mostOutput, mostMs = CALL_MS }: CallLimits = {},
): Promise<Execution> {
  const { ports, cosign, home, key } = session;
  const region = regionOf(session, registry);
  const { environment } = ports;
  await cosign.check();
  return execute(cosign.path, args, {
    env: childEnvironment(environment, { home, region, key, searchPath: cosign.searchPath }),
    timeoutMs: Math.min(mostMs, callTime(ports.deadline)),
    signal: ports.deadline.signal,
    mostOutput,
  });
}

/**
 * The region in which cosign looks for a KMS key. That of an alias comes from the environment if possible: the name of the image
 * must not decide which key is used.
 */
export function regionOf(
  { ports, keyRegion }: CosignSession,
  registry: Registry | undefined,
): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = ports.environment;
  return keyRegion ?? (AWS_REGION || AWS_DEFAULT_REGION || registry?.region);
}

/** What a command by hand has to know of a session. */
export function byHand(
  session: CosignSession,
  verifier: Verifier,
  { registry, repository, digest }: { registry: Registry; repository: string; digest: Digest },
  format: SignatureFormat,
): ByHand {
  return {
    image: imageUri(registry, repository, digest),
    format,
    verifier,
    region: regionOf(session, registry),
    transparencyLog: session.transparencyLog,
    trustedRoot: session.ownServices ? session.trustedRoot : undefined,
  };
}

/** How long one call may take, in milliseconds. */
export function callTime(deadline: Deadline): number {
  return Math.min(CALL_MS, deadline.remainingMs());
}

/** Why a call failed. */
export function failureOf(result: Execution): Failure {
  if (result.timedOut) {
    const nextStep = 'Raise the input timeout, or check that the registry and KMS are reachable.';
    return { message: 'it did not finish in time', nextStep, transient: false };
  }
  return explainFailure(result.stderr);
}

/** @throws GateError `timeout` or `cancelled` if the run has ended */
export function stopIfOver(deadline: Deadline, doing: string): void {
  if (deadline.signal.aborted) throw interrupted(deadline, doing);
}
