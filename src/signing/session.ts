/** A run's dealings with one cosign: its private directory, its credentials, and calls that can be ended. */
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interrupted } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { GateError, messageOf } from '../errors.ts';
import type { Registry } from '../image/reference.ts';
import { shared } from '../watchdog/shared.ts';
import {
  type ChildSettings,
  childEnvironment,
  downloadArguments,
  explainFailure,
  type Failure,
  NO_SERVICES,
  verifiedBundle,
} from './cosign.ts';
import { type Execution, execute } from './exec.ts';
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
  /** GitHub's OIDC token for an audience. */
  readonly identityToken: (audience: string) => Promise<string>;
  readonly download: (url: string) => Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
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
  /** The registries whose credentials are in the directory. */
  readonly registries: Set<string>;
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
/** How many bytes cosign may print of attestations: every run adds one, and all of them are printed. */
export const MOST_ATTESTATIONS = 128 * 1024 * 1024;

/** @throws GateError `signing` where no private directory can be made */
export async function openSession(
  cosign: Cosign,
  options: SessionOptions,
  ports: SigningPorts,
): Promise<Session> {
  const home = await privateDirectory(ports.environment);
  // The last resort against credentials that stay on disk: the process ends by a signal or in the middle.
  const removeNow = () => rmSync(home, { recursive: true, force: true });
  process.once('exit', removeNow);
  const forget = shared.addDirectory(home);
  const close = async () => {
    await rm(home, { recursive: true, force: true });
    process.off('exit', removeNow);
    forget();
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
      registries: new Set(),
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
 * @param registry whose region is the child's where the key has none of its own
 * @param mostOutput how many bytes it may print; default 8 MiB
 */
export async function call(
  session: Session,
  args: string[],
  registry: Registry | undefined,
  mostOutput?: number,
): Promise<Execution> {
  const { ports, cosign, home, key, keyRegion } = session;
  return execute(cosign.path, args, {
    env: childEnvironment(ports.environment, { home, region: keyRegion ?? registry?.region, key }),
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

async function privateDirectory(environment: SigningPorts['environment']): Promise<string> {
  const parent = environment.RUNNER_TEMP || tmpdir();
  try {
    // mkdtemp makes it for this user alone (0700).
    return await mkdtemp(join(parent, 'gate-signing-'));
  } catch (error) {
    throw new GateError('signing', `No private directory can be made in ${parent}: ${messageOf(error)}`, {
      nextStep: 'Make RUNNER_TEMP writable for this step.',
      cause: error,
    });
  }
}
