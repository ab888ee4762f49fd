/** A run's dealings with one cosign: its private directory, its credentials, and calls that can be ended. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { interrupted } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { imageUri } from '../image/reference.ts';
import type { Registry } from '../results/registry.ts';
import {
  type ChildSettings,
  childEnvironment,
  downloadArguments,
  explainFailure,
  type Failure,
  type Found,
  foundBy,
  NO_SERVICES,
  verifiedBundle,
} from './cosign.ts';
import type { EvidenceSource, Subject } from './evidence.ts';
import { type Execution, execute } from './exec.ts';
import type { Mirror, Showing, Shown } from './mirror.ts';
import type { Cosign } from './provision.ts';
import type { Statement } from './statement.ts';

export interface SigningPorts {
  readonly deadline: Deadline;
  readonly log: (line: string) => void;
  /** Says what the reader of the run should know although nothing failed. */
  readonly warn: (line: string) => void;
  /** Makes the runner hide a secret in every log. */
  readonly mask: (secret: string) => void;
  readonly authorize: (registry: Registry) => Promise<{ user: string; password: string }>;
  /** What is attached to an image. */
  readonly evidence: EvidenceSource;
  /** GitHub's OIDC token for an audience. */
  readonly identityToken: (audience: string) => Promise<string>;
  readonly download: (url: string) => Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The directory in which the step runs; it counts as part of the workspace. */
  readonly workingDirectory?: string | undefined;
}

/** Sigstore services of one's own, in place of the public ones. */
export interface Services {
  /** Path of a Sigstore signing config; undefined where nothing is signed. */
  readonly signingConfig: string | undefined;
  /** Path of a Sigstore trusted root. */
  readonly trustedRoot: string;
}

export interface SessionOptions {
  readonly key: ChildSettings['key'];
  /** The region of the key, where that is known. */
  readonly keyRegion: string | undefined;
  readonly services: Services | undefined;
}

export interface Session extends SessionOptions {
  readonly ports: SigningPorts;
  readonly cosign: Cosign;
  /** A directory for this user alone, which goes with the session. */
  readonly home: string;
  readonly signingConfig: string;
  readonly trustedRoot: string;
  readonly ownServices: boolean;
  /** A trusted root that names no service. */
  readonly emptyRoot: string;
  /** The registries whose credentials are in the directory. */
  readonly registries: Set<string>;
  /** Shows cosign what was read of the registry, in a repository of its own. */
  show(shown: Shown): Promise<Showing>;
  /** Removes the directory: credentials and everything else that was left on disk. */
  close(): Promise<void>;
}

// One call of cosign; its own default is three minutes.
const CALL_MS = 120_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
// The public services fail for minutes at a time, and cosign itself tries twice.
const PUBLIC_SERVICES_MS = 10 * 60_000;
const MAKE_TRIES = 4;
const LOOK_TRIES = 4;
/** How many bytes cosign may print of attestations: every run adds one, and all of them are printed. */
export const MOST_ATTESTATIONS = 128 * 1024 * 1024;

/** Takes over cosign and its private directory; on failure it removes the directory. */
export async function openSession(
  cosign: Cosign,
  options: SessionOptions,
  ports: SigningPorts,
): Promise<Session> {
  const home = cosign.directory.path;
  let mirror: Promise<Mirror> | undefined;
  const close = async () => {
    await mirror?.then((started) => started.close()).catch(() => {});
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
      show: async (shown) => {
        mirror ??= import('./mirror.ts').then(({ startMirror }) => startMirror());
        return (await mirror).show(shown);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Credentials for the registry, in a file that only this user can read and that goes with the session. */
export async function logIn({ ports, home, registries }: Session, registry: Registry): Promise<void> {
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

/**
 * One call of cosign.
 * @param registry whose region is the child's where neither the key nor the environment has one
 * @param mostOutput how many bytes it may print; default 8 MiB
 * @throws GateError `signing` if cosign has changed since its checksum was logged
 */
export async function call(
  session: Session,
  args: string[],
  registry: Registry | undefined,
  mostOutput?: number,
): Promise<Execution> {
  const { ports, cosign, home, key, keyRegion } = session;
  const { environment } = ports;
  // The name of the image must not decide in which region an alias is looked up.
  const region = keyRegion ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || registry?.region);
  await cosign.check();
  return execute(cosign.path, args, {
    env: childEnvironment(environment, { home, region, key, searchPath: cosign.searchPath }),
    timeoutMs: callTime(ports.deadline),
    signal: ports.deadline.signal,
    mostOutput,
  });
}

/** How long one call may take. */
export function callTime(deadline: Deadline): number {
  return Math.min(CALL_MS, deadline.remainingMs());
}

export function failureOf(result: Execution): Failure {
  if (result.timedOut) {
    const nextStep = 'Raise the input timeout, or see whether registry and KMS answer.';
    return { message: 'it did not end in time', nextStep, transient: false };
  }
  return explainFailure(result.stderr);
}

/** @throws GateError `timeout` or `cancelled` where the run is over */
export function stopIfOver(deadline: Deadline, doing: string): void {
  if (deadline.signal.aborted) throw interrupted(deadline, doing);
}

/** What cosign verified: what it printed, or why that is nothing, or not known. */
export type Look =
  | { readonly ok: true; readonly stdout: string }
  | (Failure & {
      readonly ok: false;
      /** What there is of what was asked for; undefined where cosign could not find out. */
      readonly found: Found | undefined;
    });

/**
 * Has cosign verify what it is shown, again where it failed for a reason that passes.
 * @param args gets the image to name, and how long the call may take
 * @param wholly whether a look counts only if cosign read everything: it leaves out, and says nothing of, what it could
 *   not read
 * @throws GateError `timeout` or `cancelled` where the run is over
 */
export async function look(
  session: Session,
  { registry, repository, digest }: Subject,
  { image: shown, isRead }: Showing,
  args: (image: string, timeoutMs: number) => string[],
  { wholly }: { readonly wholly: boolean },
): Promise<Look> {
  const { deadline } = session.ports;
  const image = imageUri(registry, repository, digest);
  for (let attempt = 1; ; attempt += 1) {
    const result = await call(session, args(shown, callTime(deadline)), registry, MOST_ATTESTATIONS);
    const isWhole = !wholly || isRead();
    if (result.exitCode === 0 && isWhole) return { ok: true, stdout: result.stdout };
    stopIfOver(deadline, `verifying ${image}`);
    const failure = failureOf(result);
    // One that did not end by itself has not found out.
    const found = result.exitCode ? foundBy(result.stderr) : undefined;
    const isKnown = found !== undefined && isWhole;
    const isHopeless = result.timedOut || (isWhole && !failure.transient);
    if (isKnown || isHopeless || attempt === LOOK_TRIES) {
      // The reader knows the image by its name in ECR.
      const message = isWhole ? failure.message.replaceAll(shown, image) : 'cosign did not read all of it';
      return { ...failure, message, ok: false, found: isKnown ? found : undefined };
    }
    await pause(deadline, attempt);
  }
}

/**
 * Calls cosign to make something, again where it failed for a reason that passes: a few times for KMS and
 * registry, for ten minutes where Fulcio and Rekor are needed, and never past the deadline.
 * @returns why it was not made; undefined: it was
 * @throws GateError `timeout` or `cancelled` where the run is over
 */
export async function make(
  session: Session,
  args: () => string[],
  registry: Registry,
  doing: string,
): Promise<Failure | undefined> {
  const { deadline } = session.ports;
  const startedMs = deadline.elapsedMs();
  for (let attempt = 1; ; attempt += 1) {
    const result = await call(session, args(), registry);
    if (result.exitCode === 0) return undefined;
    stopIfOver(deadline, doing);
    const failure = failureOf(result);
    const again =
      session.key === 'keyless'
        ? (failure.transient || result.timedOut) && deadline.elapsedMs() - startedMs < PUBLIC_SERVICES_MS
        : failure.transient && attempt < MAKE_TRIES;
    if (!again) return failure;
    session.ports.log(`Trying again: ${failure.message}`);
    await pause(deadline, attempt);
  }
}

/**
 * The bundle that was attached and verified, read back from the registry, for whoever keeps it beside the report.
 * Nothing depends on it: where it cannot be had, that is said and undefined returned.
 * @param verified what cosign printed when it verified
 */
export async function attachedBundle(
  session: Session,
  { image, type, registry }: { image: string; type: string; registry: Registry },
  verified: string,
  isWanted: (statement: Statement) => boolean,
): Promise<string | undefined> {
  const { ports } = session;
  const args = downloadArguments(image, type, callTime(ports.deadline));
  const result = await call(session, args, registry, MOST_ATTESTATIONS);
  const bundle = verifiedBundle(result.stdout, verified, isWanted);
  if (bundle === undefined) ports.log(`The bundle (${type}) of ${image} could not be read back.`);
  return bundle;
}

/** Waits before the next attempt, longer each time. */
export function pause(deadline: Deadline, attempt: number): Promise<void> {
  return deadline.sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
}
