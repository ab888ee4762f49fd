/** One notation for one run: the program, its private directory, and how it is called. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GateError } from '../../errors.ts';
import { imageUri } from '../../image/reference.ts';
import type { Registry } from '../../results/registry.ts';
import type { Execution } from '../cosign/exec.ts';
import { execute } from '../cosign/exec.ts';
import { makePrivateDirectory } from '../cosign/private-directory.ts';
import { fileName, programAt, programOnPath } from '../cosign/provision.ts';
import { callTime, stopIfOver } from '../cosign/session.ts';
import type { Subject } from '../evidence/source.ts';
import type { SigningPorts } from '../ports.ts';
import { retry } from '../retry.ts';
import {
  isSupported,
  type Metadata,
  parseVersion,
  provesSignature,
  SIGNER_PLUGIN,
  verifyArguments,
} from './arguments.ts';
import { notationEnvironment, pluginDirectories } from './environment.ts';
import { explainFailure, type NotationFailure } from './failures.ts';
import type { Trust } from './trust.ts';

export interface NotationSession {
  readonly ports: SigningPorts;
  readonly version: string;
  readonly trust: Trust;
  /** The private configuration directory, which only this user can read. */
  readonly config: string;
  /** Runs notation once, with the credentials of a registry. */
  call(args: string[], registry: Registry): Promise<Execution>;
  /** Removes everything that was written to disk. */
  close(): Promise<void>;
}

/**
 * Takes notation from a trusted directory of PATH, and gives it a private configuration with the trust policy, its
 * certificates and, where the policy names a signing profile, the plugin of AWS Signer. notation is not downloaded: this
 * action knows no checksums of its releases.
 * @throws GateError `signing`
 */
export async function openNotation(trust: Trust, ports: SigningPorts): Promise<NotationSession> {
  const { environment, deadline } = ports;
  const directory = await makePrivateDirectory(environment, ports.log);
  const home = directory.path;
  try {
    const wanted = { name: 'notation', versionArguments: ['version'], parseVersion, isSupported };
    const signal = deadline.signal;
    const { program, searchPath } = await programOnPath(wanted, { ...ports, signal }, home);
    if (program === undefined) {
      throw new GateError(
        'signing',
        'PATH has no notation of a supported version (1.3 or newer in 1.x) in a trusted directory.',
        {
          nextStep:
            'Install notation 1.3.2 or newer in a step before this one, for example with notaryproject/notation-action/setup and its input version.',
        },
      );
    }
    const config = join(home, 'config');
    await writeTrust(config, trust);
    const usesPlugin = trust.profiles.length > 0;
    if (usesPlugin) await installPlugin(config, ports);
    const plugin = usesPlugin ? { region: commonRegion(trust) } : undefined;
    const masked = new Set<string>();
    return {
      ports,
      version: program.version,
      trust,
      config,
      call: async (args, registry) => {
        const login = await ports.authorize(registry);
        if (!masked.has(login.password)) ports.mask(login.password);
        masked.add(login.password);
        await program.check();
        return execute(program.path, args, {
          env: notationEnvironment(environment, { home, searchPath, login, plugin }),
          timeoutMs: callTime(deadline),
          signal: deadline.signal,
        });
      },
      close: directory.close,
    };
  } catch (error) {
    await directory.close();
    throw error;
  }
}

/** The region of the signing profiles; undefined if there are none, or if they are in several regions. */
function commonRegion({ profiles }: Trust): string | undefined {
  const regions = new Set(profiles.map(({ region }) => region));
  return regions.size === 1 ? [...regions][0] : undefined;
}

async function writeTrust(config: string, { json, certificates }: Trust): Promise<void> {
  await mkdir(config, { mode: 0o700 });
  await writeFile(join(config, 'trustpolicy.json'), json, { mode: 0o600 });
  for (const { store, name, bytes } of certificates) {
    const path = join(config, 'truststore', 'x509', store.type, store.name);
    await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(join(path, name), bytes, { mode: 0o600 });
  }
}

/**
 * Copies the plugin of AWS Signer, and no other, from the user's plugins: a signature names the plugin that verifies it.
 * @throws GateError `signing` if there is none, or none that is trusted
 */
async function installPlugin(config: string, ports: SigningPorts): Promise<void> {
  const name = fileName(`notation-${SIGNER_PLUGIN}`);
  const into = join(config, 'plugins', SIGNER_PLUGIN);
  await mkdir(into, { recursive: true, mode: 0o700 });
  const directories = pluginDirectories(ports.environment);
  for (const directory of directories) {
    const path = join(directory, SIGNER_PLUGIN, name);
    const program = await programAt(path, name, ports, into, 'refused');
    if (program === undefined) continue;
    ports.log(`Plugin of AWS Signer: ${path}, sha256:${program.sha256}`);
    return;
  }
  throw new GateError(
    'signing',
    `The plugin of AWS Signer for Notation (${SIGNER_PLUGIN}) is not installed in ${directories.join(' or ')}, or its file is not trusted.`,
    {
      nextStep:
        'Install it in a step before this one, for example with notaryproject/notation-action/setup and notation plugin install. The log says why a file is not trusted.',
    },
  );
}

/** What notation verified, or why it verified nothing. */
export type NotationChecked = { readonly ok: true } | ({ readonly ok: false } & NotationFailure);

const ATTEMPTS = 4;

/**
 * Has notation verify that one digest has a signature by a trusted identity with this metadata, again after a temporary
 * failure.
 * @throws GateError `timeout` or `cancelled` if the run has ended, `credentials`
 */
export async function verifySignature(
  session: NotationSession,
  subject: Subject,
  metadata: Metadata,
): Promise<NotationChecked> {
  const { deadline } = session.ports;
  const image = imageUri(subject.registry, subject.repository, subject.digest);
  return retry<NotationChecked>(
    async () => {
      const args = verifyArguments(image, metadata, commonRegion(session.trust));
      const result = await session.call(args, subject.registry);
      if (result.exitCode === 0 && provesSignature(result, image))
        return { value: { ok: true }, again: false };
      stopIfOver(deadline, `verifying ${image}`);
      const failure = failureOf(result);
      return { value: { ok: false, ...failure }, again: failure.transient };
    },
    { deadline, attempts: ATTEMPTS },
  );
}

/** Why a call failed. */
export function failureOf(result: Execution): NotationFailure {
  if (result.timedOut) {
    const nextStep = 'Raise the input timeout, or check that the registry and AWS Signer are reachable.';
    return { message: 'it did not finish in time', nextStep, transient: false, isUnsigned: false };
  }
  if (result.exitCode === 0) {
    const message = 'the output of notation does not say that a signature of this image was verified';
    return { message, nextStep: undefined, transient: false, isUnsigned: false };
  }
  return explainFailure(result.stderr);
}
